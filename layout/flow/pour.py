"""Pours a galley into legs: left to right, balanced to the line.

Legs of a story end on one line, or the later ones one line higher; a subhead is never the last thing in a leg. Where a
table goes on in the next leg, its heads are set again.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations, islice
from typing import NamedTuple

from layout.flow.galley import Galley, GalleyLine, LineKind
from layout.flow.region import Region, Stretch
from layout.text.justify import Fit
from layout.units import share


class PlacedLine(NamedTuple):
    """A galley line and the grid line, counted from the top of its leg, on which it begins."""

    line: int
    galley_line: GalleyLine


class Filled(NamedTuple):
    """Legs with their lines, and what did not fit."""

    legs: tuple[tuple[PlacedLine, ...], ...]
    rest: tuple[GalleyLine, ...]

    @property
    def depths(self) -> tuple[int, ...]:
        """Return the line after the last one of each leg."""
        return tuple(leg[-1].line + leg[-1].galley_line.depth if leg else 0 for leg in self.legs)


def pour(galley: Galley, capacities: tuple[int, ...]) -> Filled:
    """Return the galley poured into legs of the given depths in lines.

    A leg that ends early because a subhead and its first line do not fit gives the white to its own subheads.
    """
    legs = []
    start, needs = 0, _needs(galley.lines)
    for capacity in capacities:
        leg, start = _fill(galley.lines, needs, start, capacity)
        legs.append(leg)
    return Filled(tuple(legs), galley.lines[start:])


def _fill(lines: tuple[GalleyLine, ...], needs: Sequence[int], start: int, capacity: int) -> tuple[tuple[PlacedLine, ...], int]:
    leg: list[PlacedLine] = []
    again = lines[start].again if start < len(lines) else None
    used = again.depth if again else 0
    while start < len(lines) and used + needs[start] <= capacity:
        leg.append(PlacedLine(used, lines[start]))
        used += lines[start].depth
        start += 1
    if leg and again:
        leg.insert(0, PlacedLine(0, again))
    return shared_white(leg, capacity if start < len(lines) else used), start


_MOST_WHITE = 2
"""Lines of white that a subhead, a table or a pull quote may take on above it."""


def shared_white(leg: Sequence[PlacedLine], depth: int) -> tuple[PlacedLine, ...]:
    """Return a leg's lines with white shared out above its subheads and tables, so that it is so many lines deep.

    A leg that lacks more lines than its subheads can take stays short, which is told.
    """
    short = depth - (leg[-1].line + leg[-1].galley_line.depth if leg else depth)
    places = [number for number, placed in enumerate(leg) if number and _takes_white(placed.galley_line)]
    has_room = 0 < short <= _MOST_WHITE * len(places)
    if not has_room:
        return tuple(leg)
    white = dict(zip(places, share(short, len(places)), strict=True))
    lower = accumulate(white.get(number, 0) for number in range(len(leg)))
    return tuple(placed._replace(line=placed.line + down) for placed, down in zip(leg, lower, strict=True))


def _needs(lines: tuple[GalleyLine, ...]) -> list[int]:
    """Return the depth that must be free for each line to be set, with what must stand below it in the same leg."""
    needs = [line.depth for line in lines]
    is_text = [line.kind is LineKind.TEXT for line in lines]
    for place in range(len(lines) - 2, -1, -1):
        if not all(is_text[place : place + 3]) and _stay_together(lines[place : place + 3]):
            needs[place] += needs[place + 1]
    return needs


def _stay_together(lines: Sequence[GalleyLine]) -> bool:
    """Return whether the second line must stand in the first one's leg.

    What must follow a paragraph follows its last two lines, since the last one alone would be a 孤行.
    """
    before, line, *after = lines
    return before.kind.leads or line.kind.follows or (is_paragraphs_end(line) and any(below.kind.follows for below in after))


_WHITE_ABOVE = (LineKind.SUBHEAD, LineKind.HEADS, LineKind.PULL)


def _takes_white(line: GalleyLine) -> bool:
    return line.kind in _WHITE_ABOVE and line.span.start == 0


def balance(galley: Galley, region: Region) -> tuple[Stretch, ...]:
    """Return the least stretches into which the whole galley goes: legs that end level, or one line apart."""
    depth = depth_for(galley.depth, region)
    while pour(galley, capacities(region.stretches(depth))).rest:
        depth += 1
    return level(galley, region.stretches(depth))


def level(galley: Galley, stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return stretches that hold a galley without the lines that it leaves: of some legs one line each.

    The later legs are the shorter ones, unless another order spares a leg a line left alone at its head.
    """
    for shorter in range(spare_lines(galley, stretches), -1, -1):
        orders = list(islice(shortened(stretches, shorter), _ORDERS))
        if not pour(galley, capacities(orders[0])).rest:
            sound = (order for order in orders if _ill(pour(galley, capacities(order))) == (0, 0))
            return next(sound, orders[0])
    return tuple(stretches)


def balanced(galley: Galley, region: Region) -> Filled:
    """Return the galley poured into the least stretches that hold it."""
    return pour(galley, capacities(balance(galley, region)))


def capacities(stretches: Sequence[Stretch]) -> tuple[int, ...]:
    """Return the lines of each stretch."""
    return tuple(stretch.lines for stretch in stretches)


_ORDERS = 70
"""The most orders of longer and shorter legs that are tried: all of those of eight legs."""


def spare_lines(galley: Galley, stretches: Sequence[Stretch]) -> int:
    """Return how many lines stay free where a galley stands in stretches that hold it: less than one a leg."""
    legs = len({stretch.leg for stretch in stretches})
    return max(0, min(legs - 1, sum(capacities(stretches)) - galley.depth))


def shortened(stretches: Sequence[Stretch], shorter: int) -> Iterator[tuple[Stretch, ...]]:
    """Yield the ways to take a line from the end of so many legs, the last legs first."""
    ends = {stretch.leg: number for number, stretch in enumerate(stretches)}
    for longer in combinations(ends.values(), len(ends) - shorter):
        trimmed = set(ends.values()) - set(longer)
        yield tuple(stretch._replace(lines=stretch.lines - (number in trimmed)) for number, stretch in enumerate(stretches))


def depth_for(lines: int, region: Region) -> int:
    """Return the least depth in which a region has so many lines."""
    legs, depth = len(region.legs), -(-lines // len(region.legs))
    while (lacking := lines - sum(capacities(region.stretches(depth)))) > 0:
        depth += -(-lacking // legs)
    return depth


def _ill(filled: Filled) -> tuple[int, int]:
    return sum(line.depth for line in filled.rest), widows(filled)


def widows(filled: Filled) -> int:
    """Return how many legs begin with the last line of a paragraph that began before them (孤行)."""
    return sum(is_paragraphs_end(leg[0].galley_line) for leg in filled.legs[1:] if leg)


def is_paragraphs_end(line: GalleyLine) -> bool:
    """Return whether a line is the last of a paragraph with more lines than one: at the head of a leg it is a 孤行.

    Source: CLREQ `#adjustments_of_orphans_and_widows`.
    """
    return line.kind is LineKind.TEXT and line.fit is Fit.NATURAL and line.span.start > 0

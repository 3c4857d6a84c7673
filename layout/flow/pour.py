"""Pours a galley into legs: left to right, balanced to the line.

Legs of a story end on one line, or the later ones one line higher; a subhead is never the last thing in a leg. Where a
table goes on in the next leg, its heads are set again.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, combinations, islice, pairwise
from operator import attrgetter
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
    lines, starts = galley.lines, leg_starts(galley, capacities)
    legs = (_leg(lines, start, end, capacity) for (start, end), capacity in zip(pairwise(starts), capacities, strict=True))
    return Filled(tuple(legs), lines[starts[-1] :])


def holds(galley: Galley, capacities: tuple[int, ...]) -> bool:
    """Return whether a galley goes into legs of the given depths in lines."""
    return leg_starts(galley, capacities)[-1] == len(galley.lines)


def leg_starts(galley: Galley, capacities: Sequence[int]) -> list[int]:
    """Return the number of the line with which each leg begins, and of the first one that has no room."""
    lines, starts = galley.lines, [0]
    if is_plain(galley):
        for capacity in capacities:
            starts.append(min(len(lines), starts[-1] + max(0, capacity)))
        return starts
    needs = _needs(lines)
    for capacity in capacities:
        start = starts[-1]
        used = _repeated(lines, start)
        while start < len(lines) and used + needs[start] <= capacity:
            used += lines[start].depth
            start += 1
        starts.append(start)
    return starts


def is_plain(galley: Galley) -> bool:
    """Return whether a galley is nothing but lines of running text, which may be parted anywhere."""
    return all(map(_PLAIN.__eq__, map(_KIND_AND_DEPTH, galley.lines)))


_PLAIN, _KIND_AND_DEPTH = (LineKind.TEXT, 1), attrgetter("kind", "depth")


def _repeated(lines: Sequence[GalleyLine], start: int) -> int:
    """Return the depth of what is set again above a line where it begins a leg."""
    again = lines[start].again if start < len(lines) else None
    return again.depth if again else 0


def _leg(lines: Sequence[GalleyLine], start: int, end: int, capacity: int) -> tuple[PlacedLine, ...]:
    """Return the lines of a leg at their places."""
    used = _repeated(lines, start)
    again = lines[start].again if start < end else None
    leg = [PlacedLine(0, again)] if again else []
    for line in lines[start:end]:
        leg.append(PlacedLine(used, line))
        used += line.depth
    return shared_white(leg, capacity if end < len(lines) else used)


_MOST_WHITE = 2
"""Lines of white that a subhead, a table or a pull quote may take on above it."""


def shared_white(leg: Sequence[PlacedLine], depth: int) -> tuple[PlacedLine, ...]:
    """Return a leg's lines with white shared out above its subheads and tables, so that it is so many lines deep.

    A leg that lacks more lines than its subheads can take stays short, which is told.
    """
    short = depth - (leg[-1].line + leg[-1].galley_line.depth if leg else depth)
    if short <= 0:
        return tuple(leg)
    places = [number for number, placed in enumerate(leg) if number and _takes_white(placed.galley_line)]
    if short > _MOST_WHITE * len(places):
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
    while not holds(galley, capacities(region.stretches(depth))):
        depth += 1
    return level(galley, region.stretches(depth))


def level(galley: Galley, stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Return stretches that hold a galley without the lines that it leaves: of some legs one line each.

    The later legs are the shorter ones, unless another order spares a leg a line left alone at its head.
    """
    for shorter in range(spare_lines(galley, stretches), -1, -1):
        orders = islice(shortened(stretches, shorter), _ORDERS)
        first = next(orders)
        if holds(galley, capacities(first)):
            return next((order for order in chain((first,), orders) if _is_sound(galley, capacities(order))), first)
    return tuple(stretches)


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


def _is_sound(galley: Galley, capacities: tuple[int, ...]) -> bool:
    """Return whether legs hold a galley, and none begins with a line left alone."""
    starts = leg_starts(galley, capacities)
    return starts[-1] == len(galley.lines) and not _alone(galley, starts)


def _alone(galley: Galley, starts: Sequence[int]) -> int:
    heads = (galley.lines[start] for start, end in pairwise(starts[1:]) if start < end)
    return sum(map(is_paragraphs_end, heads))


def widows(galley: Galley, region: Region) -> int:
    """Return how many legs begin with the last line of a paragraph that began before them (孤行), the galley balanced."""
    return _alone(galley, leg_starts(galley, capacities(balance(galley, region))))


def is_paragraphs_end(line: GalleyLine) -> bool:
    """Return whether a line is the last of a paragraph with more lines than one: at the head of a leg it is a 孤行.

    Source: CLREQ `#adjustments_of_orphans_and_widows`.
    """
    return line.kind is LineKind.TEXT and line.fit is Fit.NATURAL and line.span.start > 0

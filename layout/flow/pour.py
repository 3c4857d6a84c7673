"""Pours a galley into legs: left to right, balanced to the line.

Legs of a story end on one line, or the later ones one line higher; a subhead is never the last thing in a leg. Where a
table goes on in the next leg, its heads are set again.
"""

from collections.abc import Iterator
from itertools import combinations, islice
from typing import NamedTuple

from layout.flow.galley import Galley, GalleyLine, LineKind
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
    start = 0
    for capacity in capacities:
        leg, start = _fill(galley.lines, start, capacity)
        legs.append(leg)
    return Filled(tuple(legs), galley.lines[start:])


def _fill(lines: tuple[GalleyLine, ...], start: int, capacity: int) -> tuple[tuple[PlacedLine, ...], int]:
    leg: list[PlacedLine] = []
    again = lines[start].again if start < len(lines) else None
    used = again.depth if again else 0
    while start < len(lines) and used + _needed(lines, start) <= capacity:
        leg.append(PlacedLine(used, lines[start]))
        used += lines[start].depth
        start += 1
    if leg and again:
        leg.insert(0, PlacedLine(0, again))
    short = capacity - used if start < len(lines) else 0
    return tuple(_stretched(leg, short)), start


def _stretched(leg: list[PlacedLine], short: int) -> Iterator[PlacedLine]:
    """Yield a leg's lines with `short` lines of white shared out above its subheads and tables, so that it ends level."""
    places = [number for number, placed in enumerate(leg) if number and _takes_white(placed.galley_line)]
    white = dict(zip(places, share(short, len(places)), strict=True)) if places else {}
    lower = 0
    for number, placed in enumerate(leg):
        lower += white.get(number, 0)
        yield placed._replace(line=placed.line + lower)


def _needed(lines: tuple[GalleyLine, ...], place: int) -> int:
    """Return the depth that must be free for a line to be set here: a subhead, or a table's heads, want a line below them."""
    depth = 0
    while place < len(lines):
        depth += lines[place].depth
        if not lines[place].kind.leads:
            break
        place += 1
    return depth


def _takes_white(line: GalleyLine) -> bool:
    return line.kind.leads and line.span.start == 0


def balance(galley: Galley, legs: int) -> tuple[int, ...]:
    """Return the least capacities, level or one line apart, into which the whole galley goes.

    The later legs are the shorter ones, unless another order spares a leg a line left alone at its head.
    """
    total = galley.depth
    while pour(galley, tuple(share(total, legs))).rest:
        total += 1
    orders = list(islice(_orders(total, legs), _ORDERS))
    sound = (capacities for capacities in orders if _ill(pour(galley, capacities)) == (0, 0))
    return next(sound, orders[0])


_ORDERS = 70
"""The most orders of longer and shorter legs that are tried: all of those of eight legs."""


def _orders(total: int, legs: int) -> Iterator[tuple[int, ...]]:
    """Yield the ways to share lines among legs so that they are level or one line apart, the usual one first."""
    least, longer = divmod(total, legs)
    for chosen in combinations(range(legs), longer):
        yield tuple(least + (number in chosen) for number in range(legs))


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

"""Pours a galley into legs: left to right, balanced to the line.

Legs of a story end on one line, or the later ones one line higher; a subhead is never the last thing in a leg.
"""

from dataclasses import dataclass

from layout.flow.galley import Galley, GalleyLine, LineKind
from layout.units import share

_AFTER_SUBHEAD = 2


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A galley line and the grid line, counted from the top of its leg, on which it begins."""

    line: int
    galley_line: GalleyLine


@dataclass(frozen=True, slots=True)
class Filled:
    """Legs with their lines, and what did not fit."""

    legs: tuple[tuple[PlacedLine, ...], ...]
    rest: tuple[GalleyLine, ...]


def pour(galley: Galley, capacities: tuple[int, ...]) -> Filled:
    """Return the galley poured into legs of the given depths in lines."""
    legs = []
    start = 0
    for capacity in capacities:
        leg, start = _fill(galley.lines, start, capacity)
        legs.append(leg)
    return Filled(tuple(legs), galley.lines[start:])


def _fill(lines: tuple[GalleyLine, ...], start: int, capacity: int) -> tuple[tuple[PlacedLine, ...], int]:
    leg: list[PlacedLine] = []
    used = 0
    while start < len(lines) and used + _needed(lines, start) <= capacity:
        leg.append(PlacedLine(used, lines[start]))
        used += lines[start].depth
        start += 1
    return tuple(leg), start


def _needed(lines: tuple[GalleyLine, ...], place: int) -> int:
    """Return the depth that must be free for a line to be set here: a subhead wants its first lines below it."""
    line = lines[place]
    if line.kind is not LineKind.SUBHEAD:
        return line.depth
    following = lines[place + 1 : place + 1 + _AFTER_SUBHEAD]
    return line.depth + sum(next_line.depth for next_line in following)


def balance(galley: Galley, legs: int) -> tuple[int, ...]:
    """Return the least capacities, level or the later legs one line shorter, into which the whole galley goes."""
    total = galley.depth
    while pour(galley, tuple(share(total, legs))).rest:
        total += 1
    return tuple(share(total, legs))

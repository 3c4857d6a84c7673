"""Where a story's text may stand: legs beside each other, and what the text runs round in them.

Text runs down a leg, past what stands in it, and on to the next leg. Where something closes all legs (腰截题), the text above
it is read first, in all of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from itertools import chain, groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from layout.manifest.areas import Remainder
from layout.units import Emu

LEAST_MEASURE = 5
"""The narrowest leg in ems; CLREQ's body lines have ten, captions and tables may have fewer."""

_LEAST_LINES = 2
"""A stretch of fewer lines stays white: one line above or below a picture is lost on the reader."""


class Anchor(Enum):
    """From where the lines of a hole are counted."""

    TOP = "top"
    MIDDLE = "middle"
    FOOT = "foot"


class Hole(NamedTuple):
    """What text runs round: its left edge and width, and its depth in lines; `line` is how far it stands from its anchor."""

    x: Emu
    width: Emu
    lines: int
    anchor: Anchor = Anchor.TOP
    line: int = 0

    def top(self, depth: int) -> int:
        """Return the line on which it begins in text so many lines deep."""
        starts = {Anchor.TOP: 0, Anchor.MIDDLE: (depth - self.lines) // 2, Anchor.FOOT: depth - self.lines}
        return starts[self.anchor] + (-self.line if self.anchor is Anchor.FOOT else self.line)


class LegRoom(NamedTuple):
    """A leg before anything stands in it: its left edge and its measure."""

    x: Emu
    measure: Emu


class Stretch(NamedTuple):
    """Lines below each other in one leg that nothing parts."""

    leg: int
    line: int
    lines: int
    x: Emu
    measure: Emu

    @property
    def end(self) -> int:
        """The line after the last one."""
        return self.line + self.lines


class _Row(NamedTuple):
    """Lines in which the room of each leg stays the same, up to `end`; it is None where a leg has none."""

    line: int
    end: int
    rooms: tuple[LegRoom | None, ...]


class Region(NamedTuple):
    """The legs of a story and its holes; text keeps `white` from a hole at its sides, and fills whole ems."""

    legs: tuple[LegRoom, ...]
    em: Emu
    white: Emu = 0
    holes: tuple[Hole, ...] = ()

    def stretches(self, depth: int) -> tuple[Stretch, ...]:
        """Return where text stands in a depth in lines, in the order in which it is read."""
        if not self.holes:
            return tuple(Stretch(number, 0, depth, *leg) for number, leg in enumerate(self.legs))
        parts = groupby(self._rows(depth), lambda row: any(row.rooms))
        stretches = chain.from_iterable(_down_legs(list(rows)) for is_open, rows in parts if is_open)
        return tuple(stretch for stretch in stretches if stretch.lines >= _LEAST_LINES)

    def _rows(self, depth: int) -> Iterator[_Row]:
        """Yield the rows between the tops and feet of all holes."""
        tops = [(hole, hole.top(depth)) for hole in self.holes]
        cuts = {line for hole, top in tops for line in (top, top + hole.lines)}
        for line, end in pairwise(sorted({0, depth, *(cut for cut in cuts if 0 < cut < depth)})):
            holes = [hole for hole, top in tops if top < end and top + hole.lines > line]
            yield _Row(line, end, tuple(self._room(number, holes) for number in range(len(self.legs))))

    def _room(self, number: int, holes: list[Hole]) -> LegRoom | None:
        """Return the widest part of a leg beside holes, in whole ems from the leg's edge; None where it is too narrow."""
        leg = self.legs[number]
        right = leg.x + leg.measure
        rooms = [(leg.x, right)]
        for hole in holes:
            before, after = hole.x - self.white, hole.x + hole.width + self.white
            rooms = [part for a, b in rooms for part in ((a, min(b, before)), (max(a, after), b)) if part[0] < part[1]]
        start, end = max(rooms, key=lambda room: room[1] - room[0], default=(0, 0))
        if (start, end) == (leg.x, right):
            return leg
        measure = (end - start) // self.em * self.em
        if measure < LEAST_MEASURE * self.em:
            return None
        return LegRoom(start if start == leg.x else end - measure, measure)


def _down_legs(rows: Sequence[_Row]) -> Iterator[Stretch]:
    """Yield the stretches of rows below each other, leg by leg; rows in which a leg has the same room are one."""
    for number, rooms in enumerate(zip(*(row.rooms for row in rows), strict=True)):
        for room, run in groupby(zip(rows, rooms, strict=True), itemgetter(1)):
            if room is not None:
                same = [row for row, _ in run]
                yield Stretch(number, same[0].line, same[-1].end - same[0].line, *room)


def depth_of(stretches: Iterable[Stretch]) -> int:
    """Return the line after the last one of the longest leg."""
    return max((stretch.end for stretch in stretches), default=0)


def share_width(ems: int, legs: int, gutter: int, em: Emu, remainder: Remainder = Remainder.GAPS) -> Region:
    """Return the legs of an area `ems` wide: whole ems each, and what does not divide goes to gaps or last legs (破栏)."""
    measure, spare = divmod(ems - (legs - 1) * gutter, legs)
    wider = spare if remainder is Remainder.LEGS else 0
    between = (gutter * em) + ((spare - wider) * em // (legs - 1) if legs > 1 else 0)
    rooms: list[LegRoom] = []
    for number in range(legs):
        x = rooms[-1].x + rooms[-1].measure + between if rooms else 0
        rooms.append(LegRoom(x, (measure + (number >= legs - wider)) * em))
    return Region(tuple(rooms), em, gutter * em)

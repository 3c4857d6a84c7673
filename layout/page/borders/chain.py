"""Ornaments: a unit repeated along the sides of an area, a corner piece of its own, and rules along both.

The pitch is adjusted so that a whole number of units fits each side. All sides run clockwise, so that a line that leaves a
corner at some distance from the outer edge comes back to the next one at the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from layout.frame import Ink, Path, Placed
from layout.geometry import Move, Rect, backwards, mapped
from layout.page.borders.figures import Figure, Figures
from layout.page.borders.frames import ground
from layout.page.rules import outline
from layout.units import Emu, divide

LEAST = 2
"""The fewest units of a side, or of half a symmetric one: fewer would be stretched out of their form."""

_INNER, _CLEAR = 700, 1200
"""In per mille of the thickness: from where on a rule is the inner one, and where a ground begins if there is none."""


class Edge(NamedTuple):
    """A rule along the whole band."""

    offset: int
    weight: int


class Chain(NamedTuple):
    """An ornament; its measures are in per mille of its thickness.

    `pitch` is the length of a unit along the side, `reach` that of the corner piece along both of its sides. The halves of
    a symmetric side are mirrored about its middle.
    """

    pitch: int
    unit: Figures
    corner: Figures
    reach: int = 1000
    edges: tuple[Edge, ...] = ()
    is_symmetric: bool = False

    @property
    def halves(self) -> int:
        """In how many parts a side is filled with units."""
        return 2 if self.is_symmetric else 1

    def fits(self, rect: Rect, thickness: Emu) -> bool:
        """Return whether both sides have room for enough units."""
        least = divide(thickness * (2 * self.reach + self.halves * LEAST * self.pitch), 1000)
        return min(rect.width, rect.height) >= least

    def items(self, rect: Rect, thickness: Emu) -> tuple[Placed, ...]:
        """Return the rules, what is filled, and the lines."""
        rules = [
            rule
            for edge in self.edges
            for rule in outline(rect.inset(divide(thickness * edge.offset, 1000)), divide(thickness * edge.weight, 1000))
        ]
        drawn = [
            (slot, _placed(figure, side, cell, thickness))
            for side in _sides(rect.width, rect.height)
            for cell in self.cells(side.length, thickness)
            for slot, figure in enumerate(cell.figures)
        ]
        return (*rules, *(Placed(rect.x, rect.y, path) for path in _paths(drawn)))

    def ground(self, rect: Rect, thickness: Emu, ink: Ink) -> Placed:
        """Return a ground up to the middle of the inner rule, or clear of the figures where there is none."""
        inner = max((edge.offset + edge.weight // 2 for edge in self.edges), default=0)
        return ground(rect.inset(divide(thickness * (inner if inner > _INNER else _CLEAR), 1000)), ink)

    def cells(self, length: Emu, thickness: Emu) -> "Iterator[Cell]":
        """Yield the corner that begins a side, and its units; those of a second, mirrored half run backwards."""
        reach = divide(thickness * self.reach, 1000)
        room = length - 2 * reach
        yield Cell(self.corner, self.reach, 0, reach)
        count = self.halves * max(1, divide(1000 * room, self.halves * thickness * self.pitch))
        cuts = [reach + divide(room * number, count) for number in range(count + 1)]
        for number, (start, end) in enumerate(pairwise(cuts)):
            is_backwards = self.is_symmetric and number >= count // 2
            yield Cell(self.unit, self.pitch, *((end, start) if is_backwards else (start, end)))


class Cell(NamedTuple):
    """A stretch of a side and its figures, which are `pitch` per mille long; they are mirrored where it runs backwards."""

    figures: Figures
    pitch: int
    start: Emu
    end: Emu

    def scale(self, anchor: int | None, thickness: Emu) -> tuple[int, Emu, Emu, int]:
        """Return an x of a figure and where it lies on the side; and a length on the side with its own in the figure."""
        length = self.end - self.start
        if anchor is None:
            return 0, self.start, length, self.pitch
        rigid = thickness if length > 0 else -thickness
        return anchor, self.start + divide(anchor * length, self.pitch), rigid, 1000


class _Side(NamedTuple):
    """A side of a rectangle from the corner at which it begins; `dx` and `dy` say which way it runs."""

    x: Emu
    y: Emu
    dx: int
    dy: int
    length: Emu


def _sides(width: Emu, height: Emu) -> tuple[_Side, ...]:
    return (
        _Side(0, 0, 1, 0, width),
        _Side(width, 0, 0, 1, height),
        _Side(width, height, -1, 0, width),
        _Side(0, height, 0, -1, height),
    )


def _placed(figure: Figure, side: _Side, cell: Cell, thickness: Emu) -> Figure:
    """Return a figure in its place, in EMU; inwards is to the right of the side's way."""
    x0, y0, dx, dy, _ = side
    origin, at, length, own = cell.scale(figure.anchor, thickness)

    def place(x: int, y: int) -> tuple[Emu, Emu]:
        along, across = at + divide((x - origin) * length, own), divide(y * thickness, 1000)
        return x0 + dx * along - dy * across, y0 + dy * along + dx * across

    steps = mapped(figure.steps, place)
    stroke = divide(figure.stroke * thickness, 1000)
    return figure._replace(steps=steps if length > 0 else backwards(steps), stroke=stroke)


def _paths(drawn: Iterable[tuple[int, Figure]]) -> Iterator[Path]:
    """Yield one path for all that is filled, and one for the lines of each weight."""
    in_slots = groupby(sorted(drawn, key=lambda pair: pair[0]), key=lambda pair: pair[0])
    figures = [figure for _, pairs in in_slots for figure in _joined([figure for _, figure in pairs])]
    figures.sort(key=_pen)
    for (stroke, is_closed), group in groupby(figures, key=_pen):
        steps = tuple(step for figure in group for step in (Move(*figure.start), *figure.steps[1:]))
        yield Path(steps, stroke, is_closed=is_closed)


def _pen(figure: Figure) -> tuple[Emu, bool]:
    return figure.stroke, figure.is_closed


def _joined(figures: Sequence[Figure]) -> list[Figure]:
    """Return the figures of one slot, of units and corners in their order, with lines that meet made one: no seam shows."""
    made: list[Figure] = []
    for figure in figures:
        if made and made[-1].meets(figure):
            made[-1] = made[-1].continued(figure)
        else:
            made.append(figure)
    if len(made) > 1 and made[-1].meets(made[0]):
        made[0] = made.pop().continued(made[0])
    if made and made[0].meets(made[0]):
        made[0] = made[0]._replace(is_closed=True)
    return made

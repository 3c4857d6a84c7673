"""What stands where on a page: the head, legs and picture of every placed block as plain values, in EMU.

Taboos are judged on these, never on frames. A block makes its parts from its own upper left corner; the page moves them to
their places.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.diagnostics import Span
from layout.flow.galley import Galley, GalleyLine, LineKind
from layout.flow.pour import Filled, PlacedLine, is_paragraphs_end
from layout.frame import SetHead
from layout.geometry import Rect
from layout.manifest.copy import Paragraph, Story
from layout.manifest.issue import Block
from layout.manifest.paper import Role
from layout.script.rules import Axis
from layout.units import Emu


class HeadPart(NamedTuple):
    """A story's head: across its lines it is as long as the room that it heads, along them as deep as its type.

    `size` and `role` are those of the headline; `made` tells how it was set.
    """

    rect: Rect
    title: str
    size: Emu
    role: Role
    axis: Axis = Axis.LEVEL
    made: SetHead | None = None

    def moved(self, x: Emu, y: Emu) -> "HeadPart":
        """Return the head moved by a distance."""
        return self._replace(rect=self.rect.moved(x, y))


class LegLine(NamedTuple):
    """A line of a leg with the paragraph that it comes from; `is_end` is true for the last of several lines."""

    text: str
    paragraph: Paragraph
    kind: LineKind = LineKind.TEXT
    is_end: bool = False

    @property
    def span(self) -> Span:
        """Where the line stands in the copy: the last place that reads like it, or the paragraph's own."""
        return self.paragraph.place_at(max(0, self.paragraph.raw.rfind(self.text)))


class Leg(NamedTuple):
    """A leg, or a tier of a story that runs down the page: as deep, or as broad, as its lines are."""

    rect: Rect
    lines: tuple[LegLine, ...]


class Parts(NamedTuple):
    """A placed block: its area, and what stands in it.

    `inset` is the white between its border and what stands within, 0 where it has no border. `name` is the size of the
    paper's name, 0 in all blocks but the masthead; `largest` is the size of the block's largest other type. `is_round` is
    true for a story whose text runs round something. `over` are the letters of the areas that its head stands over.
    `is_unmarked` is true for an advert that does not say that it is one.
    """

    letter: str
    span: Span
    box: Rect
    axis: Axis = Axis.LEVEL
    head: HeadPart | None = None
    legs: tuple[Leg, ...] = ()
    picture: Rect | None = None
    inset: Emu = 0
    name: Emu = 0
    largest: Emu = 0
    is_round: bool = False
    over: tuple[str, ...] = ()
    is_unmarked: bool = False

    def moved(self, x: Emu, y: Emu) -> "Parts":
        """Return the parts moved by a distance."""
        return self._replace(
            box=self.box.moved(x, y),
            head=self.head and self.head.moved(x, y),
            legs=tuple(leg._replace(rect=leg.rect.moved(x, y)) for leg in self.legs),
            picture=self.picture and self.picture.moved(x, y),
        )

    @property
    def inner(self) -> tuple[Rect, ...]:
        """Its head, legs and picture; the whole area where it has none of them."""
        head, picture = self.head and self.head.rect, self.picture
        return tuple(rect for rect in (head, *(leg.rect for leg in self.legs), picture) if rect) or (self.box,)

    @property
    def filled(self) -> tuple[Rect, ...]:
        """The area, or what stands in it where text runs round what is not its own."""
        return self.inner if self.is_round else (self.box,)

    @property
    def solid(self) -> tuple[Rect, ...]:
        """What lies across a gap that would run through the block: its border, or else what stands in it."""
        return (self.box,) if self.inset else self.inner


def area_parts(block: Block, grid: PageGrid, depth: int) -> Parts:
    """Return the parts of an area so many lines deep while nothing stands in it."""
    return Parts(block.letter, block.span, Rect(0, 0, grid.width(block.columns, block.column), depth * grid.pitch))


def poured_legs(galley: Galley, story: Story, filled: Filled, place: Callable[[int, int], Rect]) -> tuple[Leg, ...]:
    """Return the legs that have lines; `place` gives the rectangle of a leg by its number and its depth in lines."""
    paragraphs = _paragraphs(galley, story)
    legs = [
        Leg(place(number, depth), tuple(_leg_line(line, next(paragraphs)) for line in _own_lines(leg)))
        for number, (leg, depth) in enumerate(zip(filled.legs, filled.depths, strict=True))
    ]
    return tuple(leg for leg in legs if leg.lines)


def _own_lines(leg: Sequence[PlacedLine]) -> Iterator[GalleyLine]:
    """Yield the lines of a leg but for the heads of a table that are set again."""
    return (placed.galley_line for placed in leg if placed.galley_line.kind is not LineKind.REPEATED)


def _paragraphs(galley: Galley, story: Story) -> Iterator[Paragraph]:
    """Yield the paragraph of each line of a galley."""
    for made, paragraph in zip(galley.paragraphs, story.paragraphs, strict=True):
        yield from (paragraph for _ in made.lines)


def _leg_line(line: GalleyLine, paragraph: Paragraph) -> LegLine:
    return LegLine(line.text, paragraph, line.kind, is_paragraphs_end(line))

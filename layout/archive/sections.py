"""Sections of an area's frame: the items that belong to each of its marks."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from layout.archive.lines import Run, glyph_runs
from layout.frame import Art, Frame, Mark, MarkKind, Picture, Placed
from layout.geometry import Rect

_UNMARKED = Mark(MarkKind.FURNITURE)
_PICTURES = (Picture, Art)


@dataclass(slots=True)
class Section:
    """What belongs to a mark, placed from the upper left corner of the page, in paint order.

    Each item has its number among all that the page paints.
    """

    mark: Mark
    items: list[tuple[int, Placed]] = field(default_factory=list)

    @property
    def kind(self) -> MarkKind:
        """What the section is."""
        return self.mark.kind

    @property
    def runs(self) -> tuple[Run, ...]:
        """Its type."""
        return tuple(glyph_runs(self.items))

    @property
    def picture(self) -> tuple[int, Rect] | None:
        """The number and the place of its picture, None where it has none."""
        shown = ((number, at, at.item) for number, at in self.items)
        boxes = (
            (number, Rect(at.x, at.y, item.width, item.height)) for number, at, item in shown if isinstance(item, _PICTURES)
        )
        return next(boxes, None)


def sections(placed: Placed, first: int) -> tuple[Section, ...]:
    """Return the sections of a placed frame; what stands before its first mark makes one of furniture without a name.

    A mark reaches to the end of its own frame, or to the next mark in it. `first` is the number of the frame's first item
    among all that the page paints.
    """
    made: list[Section] = []
    outside = Section(_UNMARKED)
    for number, (section, item) in enumerate(_walk(Frame(0, 0, (placed,)), 0, 0, outside), first):
        if section is not outside and all(section is not known for known in made):
            made.append(section)
        if not isinstance(item.item, Mark):
            section.items.append((number, item))
    return (outside, *made) if outside.items else tuple(made)


def _walk(frame: Frame, x: int, y: int, section: Section) -> Iterator[tuple[Section, Placed]]:
    """Yield each item with its section, a mark with the one that it begins."""
    for placed in frame.items:
        if isinstance(placed.item, Frame):
            yield from _walk(placed.item, x + placed.x, y + placed.y, section)
            continue
        if isinstance(placed.item, Mark):
            section = Section(placed.item)
        yield section, Placed(x + placed.x, y + placed.y, placed.item)

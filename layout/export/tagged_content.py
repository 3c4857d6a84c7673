"""A page's content with its tags: which operators show which element, and which are artifacts.

What lies between two marks is one sequence of marked content (ISO 32000-1 14.7.4.2 and 14.8.2.2); text objects end before it
ends, so that the two never overlap.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from layout.export.content import Colours, PageContent, Texts, Writer
from layout.export.structure import Element, Shown
from layout.frame import Direction, GlyphRun, Mark, Page, Placed
from layout.typeface.catalogue import Faces


class Tag(NamedTuple):
    """What an element shows on a page, and which of its kids that is.

    Elements are numbered in the order in which the page paints them, their kids from the first one that is on the page: so two
    structures in which a page is the same have the same tags for it.
    """

    shown: Shown
    kind: str
    element: int
    kid: int

    def goes_on(self, other: "Tag | None") -> bool:
        """Return whether it shows what is read next after another one, in the same element."""
        return other is not None and (self.element, self.kid) == (other.element, other.kid + 1)


class Tagged(NamedTuple):
    """The content of a page, and by what is shown the number of the sequence that shows it."""

    content: PageContent
    sequences: Mapping[Shown, int]


def tags_of(root: Element) -> dict[int, tuple[Tag, ...]]:
    """Return the tags of each page that a structure shows, in paint order."""
    pages: dict[int, list[Tag]] = defaultdict(list)
    for number, element in enumerate(root.walk()):
        for kid, shown in enumerate(element.kids):
            if isinstance(shown, Shown):
                pages[shown.page].append(Tag(shown, element.kind, number, kid))
    return {page: tuple(_renumbered(tags)) for page, tags in pages.items()}


def _renumbered(tags: Sequence[Tag]) -> Iterator[Tag]:
    """Yield the tags of a page in paint order, with numbers that only depend on the page."""
    ordered = sorted(tags, key=lambda tag: (tag.shown.item, tag.shown.start))
    numbers: dict[int, int] = {}
    firsts: dict[int, int] = {}
    for tag in tags:
        firsts[tag.element] = min(tag.kid, firsts.get(tag.element, tag.kid))
    for tag in ordered:
        yield tag._replace(element=numbers.setdefault(tag.element, len(numbers)), kid=tag.kid - firsts[tag.element])


def tagged_content(page: Page, faces: Faces, texts: Texts, tags: Sequence[Tag], colours: Colours) -> Tagged:
    """Return the content of a page with its tags; `texts` gathers over all pages of an issue what each glyph stands for."""
    writer = _TaggedWriter(page, faces, texts, colours)
    by_item: dict[int, list[Tag]] = defaultdict(list)
    for known in tags:
        by_item[known.shown.item].append(known)
    for number, placed in enumerate(page.frame.walk()):
        for tag, part in _parts(placed, by_item.get(number, ())):
            writer.write_tagged(tag, part)
    writer.finish()
    return Tagged(writer.content, writer.sequences)


def _parts(placed: Placed, tags: Sequence[Tag]) -> Iterator[tuple[Tag | None, Placed]]:
    """Yield an item as it is shown by elements; of a run, what none of them shows by itself."""
    run = placed.item
    if not isinstance(run, GlyphRun):
        yield (tags[0] if tags else None), placed
        return
    end = len(run.glyphs)
    edges = sorted({0, end, *chain.from_iterable((tag.shown.start, tag.shown.end or end) for tag in tags)})
    owners = {tag.shown.start: tag for tag in tags}
    for start, stop in pairwise(edges):
        yield owners.get(start), _part(placed, run, start, stop)


def _part(placed: Placed, run: GlyphRun, start: int, end: int) -> Placed:
    if (start, end) == (0, len(run.glyphs)):
        return placed
    at = run.offsets[start]
    x, y = (at, 0) if run.direction is Direction.LEVEL else (0, at)
    return Placed(placed.x + x, placed.y + y, run.between(start, end))


class _TaggedWriter(Writer):
    """Draws a page in sequences of marked content."""

    def __init__(self, page: Page, faces: Faces, texts: Texts, colours: Colours) -> None:
        super().__init__(PageContent(page), faces, texts, colours)
        self.sequences: dict[Shown, int] = {}
        self.count = 0
        self.is_open = False
        self.tag: Tag | None = None

    def write_tagged(self, tag: Tag | None, placed: Placed) -> None:
        """Draw an item for an element, or as an artifact."""
        if not isinstance(placed.item, Mark):
            self._begin(tag)
        self.write(placed)

    def _begin(self, tag: Tag | None) -> None:
        """Begin a sequence unless the open one goes on."""
        goes_on = self.is_open and (self.tag is None if tag is None else tag.goes_on(self.tag))
        if not goes_on:
            self._end()
            number = self.count
            self.count += tag is not None
            self.emit("/Artifact BMC" if tag is None else f"/{tag.kind} <</MCID {number}>> BDC")
            self.is_open = True
        if tag is not None:
            self.sequences[tag.shown] = self.count - 1
        self.tag = tag

    def _end(self) -> None:
        self.leave_text()
        if self.is_open:
            self.emit("EMC")
            self.is_open = False

    def finish(self) -> None:
        """End what is open."""
        self._end()

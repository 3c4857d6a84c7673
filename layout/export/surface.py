"""What one page of a file shows: a page by itself, or the pages of one side of a sheet, with the marks round them."""

from typing import NamedTuple

from layout.export.content import PageContent
from layout.geometry import Size
from layout.units import Emu


class Surface(NamedTuple):
    """A page of a file: its trimmed size with its bleed, the pages that stand on it, and the marks in a room round it.

    `placed` has the x of each page's trimmed edge. `stories` are the titles of its bookmarks with their height in points
    above the foot of its bleed.
    """

    title: str
    size: Size
    bleed: Emu
    placed: tuple[tuple[Emu, PageContent], ...]
    stories: tuple[tuple[str, float], ...] = ()
    room: Emu = 0
    marks: PageContent | None = None

    @property
    def contents(self) -> tuple[PageContent, ...]:
        """All that is drawn on it."""
        return (*(content for _, content in self.placed), *((self.marks,) if self.marks else ()))

    @property
    def is_single(self) -> bool:
        """Whether one page fills it, whose content then is its own."""
        return len(self.placed) == 1 and self.placed[0][1].page.size == self.size


def page_surface(content: PageContent) -> Surface:
    """Return a page by itself, without marks."""
    page = content.page
    title = f"{page.label}版 {page.section}".rstrip()
    return Surface(title, page.size, page.bleed, ((0, content),), tuple(content.stories))

"""What was found in a file that came in: facts of the issue, articles, and the lines that are neither."""

from pathlib import Path
from typing import NamedTuple

from layout.diagnostics import Diagnostic, Span
from layout.geometry import Rect


class Line(NamedTuple):
    """A line of the input without white at its ends, and its place there."""

    text: str
    place: Span


class Passage(NamedTuple):
    """A paragraph of an article as Markdown, and its place in the input."""

    markdown: str
    place: Span


class Guess(NamedTuple):
    """What a line was taken for: a key of the story's head, or a subhead; `reason` is a row of `REASONS`."""

    part: str
    reason: str
    line: Line


class Left(NamedTuple):
    """A line that went into no story; `reason` is a row of `REASONS`."""

    reason: str
    line: Line


class Image(NamedTuple):
    """A picture of an article: what the input calls it, its place, and its bytes where the input holds them."""

    source: str
    place: Span
    data: bytes | None = None


class Outline(NamedTuple):
    """The area of an article on its page: the corners of a polygon, and the size of the page in the same pixels."""

    corners: tuple[tuple[int, int], ...]
    page: tuple[int, int]

    @property
    def bounds(self) -> Rect:
        """The least upright rectangle round it."""
        across, down = zip(*self.corners, strict=True)
        return Rect(min(across), min(down), max(across) - min(across), max(down) - min(down))


class Article(NamedTuple):
    """An article: the lines of its head, its paragraphs, its pictures, and what in it is guessed."""

    headline: tuple[Line, ...]
    passages: tuple[Passage, ...]
    kicker: tuple[Line, ...] = ()
    deck: tuple[Line, ...] = ()
    byline: tuple[Line, ...] = ()
    dateline: tuple[Line, ...] = ()
    images: tuple[Image, ...] = ()
    guesses: tuple[Guess, ...] = ()
    outlines: tuple[Outline, ...] = ()

    @property
    def place(self) -> Span:
        """Where it stands in the input: the first line of its headline, or of its text where it has none."""
        return self.headline[0].place if self.headline else self.passages[0].place


class Facts(NamedTuple):
    """What a page says of its issue and paper; empty where it does not say it."""

    number: str = ""
    date: str = ""
    label: str = ""
    section: str = ""
    paper: str = ""
    address: str = ""
    postcode: str = ""

    def with_others(self, other: "Facts") -> "Facts":
        """Return these facts, and those of another where these are silent."""
        return Facts(*(own or others for own, others in zip(self, other, strict=True)))


class PageMap(NamedTuple):
    """The image map of a page: by the file of each article its areas and its title."""

    outlines: dict[str, tuple[Outline, ...]]
    titles: dict[str, Line]


class Intake(NamedTuple):
    """All that was found in one file; nothing of its text is anywhere else."""

    path: Path
    facts: Facts = Facts()
    articles: tuple[Article, ...] = ()
    furniture: tuple[Left, ...] = ()
    unsorted: tuple[Left, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    page_map: PageMap | None = None

"""The typed issue that later stages get: stories read, paths resolved, sketches turned into blocks."""

import datetime
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from layout.diagnostics import Span
from layout.frame import ArtSource
from layout.inks.press import PRESS, Press
from layout.manifest.areas import NO_TINT, Border, FurnitureArea, Head, Remainder, Squeeze
from layout.manifest.copy import Story
from layout.manifest.issue_file import Contact, Extra, Ink, Staff
from layout.manifest.kinds import Located
from layout.manifest.modules import MODULES, Module
from layout.manifest.paper import Paper, Role
from layout.manifest.picture_areas import CENTRE, CaptionAt, Focus, InsetAt, Side
from layout.manifest.source import Scalar
from layout.script.rules import Axis


class Jump(NamedTuple):
    """A jump (转版): the label of the page where a story goes on, and the place where that is said."""

    label: str
    span: Span


class StoryContent(NamedTuple):
    """A story in an area; `columns` are its legs, or its tiers where it runs down the page.

    `jump` says where the story goes on. `is_rest` is true for what goes on from another page, `source` is that page's label;
    the story then has the words of its head only.
    """

    story: Story
    head: Head
    columns: int | None
    border: Border
    direction: Axis
    squeeze: Squeeze = Squeeze.NONE
    tint: Located[Fraction] = NO_TINT
    remainder: Remainder = Remainder.GAPS
    jump: Jump | None = None
    is_rest: bool = False
    source: str = ""
    insets: "tuple[InsetContent, ...]" = ()


class HeadlineContent(NamedTuple):
    """A head over several stories: `story` has its words and no text, `over` the letters of the stories."""

    story: Story
    head: Head
    over: tuple[str, ...]


class PictureContent(NamedTuple):
    """A picture in an area: its file, its size in pixels, or in EMU where the file holds art, and its words.

    `depth` is the range of lines that it may be cropped to, and `focus` the point that stays.
    """

    path: Path
    width: int
    height: int
    caption: str
    credit: str
    span: Span = Span("")
    is_line_art: bool = False
    caption_at: CaptionAt = CaptionAt.BELOW
    depth: tuple[int, int] | None = None
    focus: Focus = CENTRE
    art: ArtSource | None = None


class AdvertContent(NamedTuple):
    """An advert in an area: its art, its module by name, and whether it is marked; `title` says whose it is."""

    picture: PictureContent
    size: str
    is_marked: bool
    border: Border
    title: str = ""

    @property
    def module(self) -> Module:
        """The shapes in which the module is sold."""
        return MODULES[self.size]

    @property
    def tint(self) -> Located[Fraction]:
        """No ground lies under an advert."""
        return NO_TINT


class InsetContent(NamedTuple):
    """A picture within a story: its first leg, counted from 1, how many legs, and where in them; `ems` is its own width."""

    picture: PictureContent
    leg: int
    legs: int
    ems: int | None
    side: Side
    at: InsetAt


class IndexLine(NamedTuple):
    """An entry of an index: its words, and the label of its page."""

    text: Scalar
    page: str | None


class IndexContent(NamedTuple):
    """An index whose stories are found: what it prints."""

    lines: tuple[IndexLine, ...]
    title: str
    border: Border
    tint: Located[Fraction]


class SlotContent(NamedTuple):
    """A small framed slot: lines as they are written (天气), or the date and numbers of the issue, by its kind."""

    kind: str
    title: Scalar
    lines: tuple[Scalar, ...]
    border: Border
    tint: Located[Fraction]


class Notch(NamedTuple):
    """Cells within an area's bounds that are not its own, in base columns and bands of the page, counted from 0."""

    column: int
    columns: int
    band: int
    bands: int


class PictureGroup(NamedTuple):
    """Several pictures as a block, `across` side by side, with the caption that they have in common."""

    pictures: tuple[PictureContent, ...]
    across: int | None
    caption: str
    credit: str
    depth: tuple[int, int] | None


Content = (
    StoryContent | HeadlineContent | IndexContent | PictureContent | PictureGroup | AdvertContent | SlotContent | FurnitureArea
)


class Block(NamedTuple):
    """An area of the sketch in base columns and bands, counted from 0, with what stands in it; a story's may have notches."""

    letter: str
    column: int
    columns: int
    band: int
    bands: int
    content: Content
    span: Span
    notches: tuple[Notch, ...] = ()


class IssuePage(NamedTuple):
    """A page as later stages see it; `bands` gives the pinned depth of each band in lines, 0 where it is open.

    `spread` is the label of its right half where it is a spread over the fold (通版); it then counts as two pages.
    """

    number: int
    label: str
    name: Scalar
    bands: Located[tuple[int, ...]]
    blocks: tuple[Block, ...]
    staff: Staff
    span: Span
    ink: Ink = Ink.COLOUR
    spread: str = ""
    contact: Contact = Contact()


@dataclass(frozen=True, slots=True)
class FontChoice:
    """A paper's own face for a role: the file, the face in it, and its weight where it varies."""

    path: Path
    index: int
    weight: int
    span: Span


class Issue(NamedTuple):
    """An issue, read whole: every story, the font file of every role that the paper names, and its press.

    `masthead` is the art that stands for the paper's name, where it has one.
    """

    paper: Paper
    number: str
    date: datetime.date
    pages: tuple[IssuePage, ...]
    fonts: dict[Role, FontChoice]
    folder: Path
    span: Span
    press: Press = PRESS
    masthead: PictureContent | None = None
    edition: str | None = None
    extra: Extra | None = None

    @property
    def page_count(self) -> int:
        """How many pages the issue has; a spread counts as two."""
        return sum(2 if page.spread else 1 for page in self.pages)

    @property
    def name(self) -> str:
        """ASCII name of the issue: key and date, its edition where it names one, and what it is where it is no regular one."""
        edition = f"-{self.edition.lower()}" if self.edition else ""
        kind = f"_{self.extra.name.lower()}" if self.extra else ""
        return f"{self.paper.key}_{self.date:%Y%m%d}{edition}{kind}"

    @property
    def edition_name(self) -> str:
        """ASCII name of the edition: the one that the issue gives, or what it is where it is no regular one, or 1."""
        return self.edition or (self.extra.name.lower() if self.extra else "1")

"""The keys of an issue's file: its pages, their sketches and who made them."""

import datetime
from dataclasses import dataclass
from enum import Enum

from layout.diagnostics import Span
from layout.manifest.areas import AREA, LETTER, AreaFile
from layout.manifest.kinds import (
    DATE,
    DIGITS,
    EDITION,
    LABEL,
    LINE,
    TEXT,
    ListOf,
    Located,
    MapOf,
    Pattern,
    Place,
    Record,
    Words,
    entry,
    one_of,
    whole,
)
from layout.manifest.source import NOTHING, Scalar
from layout.messages import Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who made the page; only what is given is printed at the page's foot."""

    editor: Scalar = entry(Words(LINE), "editor (责编)", NOTHING)
    proof: Scalar = entry(Words(LINE), "proofreader (校对)", NOTHING)
    layout: Scalar = entry(Words(LINE), "layout (版式)", NOTHING)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How readers reach the editors of a page; only what is given is printed in its folio."""

    phone: Scalar = entry(Words(LINE), "telephone (电话)", NOTHING)
    website: Scalar = entry(Words(LINE), "website (网址)", NOTHING)
    email: Scalar = entry(Words(LINE), "e-mail (邮箱)", NOTHING)
    span: Span = Span("")


BAND: Pattern[int] = Pattern(
    Phrase("auto 或行数", "auto or a number of lines"),
    lambda text: 0 if text == "auto" else whole(1, 999).parse(text),
    r"^(auto|[0-9]{1,3})$",
    1,
    999,
)


class Extra(Enum):
    """What an issue is beside the paper's regular ones: 号外 (free of charge), 增期, 特刊."""

    EXTRA = "号外"
    ADDED = "增期"
    SPECIAL = "特刊"


EXTRAS = {extra.value: extra for extra in Extra}


class Ink(Enum):
    """The inks of a page: four, or black alone."""

    COLOUR = "colour"
    BLACK = "black"


INKS = {ink.value: ink for ink in Ink}


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFile:
    """A page: its sketch and what stands in each area."""

    label: Scalar = entry(Words(LABEL), "page label (版次)")
    spread: Scalar = entry(Words(LABEL), "label of the right-hand page, where this is a spread over the fold (通版)", NOTHING)
    name: Scalar = entry(Words(LINE), "section name (版名)", NOTHING)
    sketch: Scalar = entry(Words(TEXT), "one letter a base column, one row a band; each letter is one rectangle")
    rows: Located[tuple[int, ...]] = entry(Place(ListOf(BAND)), "lines of each band: a number, or auto", Located((), Span("")))
    areas: dict[str, Located[AreaFile | None]] = entry(MapOf(LETTER, AREA), "what stands in each letter's area")
    ink: Ink = entry(one_of(INKS), "four inks, or black alone, in which all pictures of the page are grey", Ink.COLOUR)
    staff: Staff = entry(Record(Staff), "who made the page", Staff())
    contact: Contact = entry(Record(Contact), "how readers reach the editors of the page, in its folio", Contact())
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFile:
    """An issue of a newspaper."""

    paper: Located[str] = entry(Place(TEXT), "the paper's file")
    number: str = entry(DIGITS, "issue number (总期号)")
    date: datetime.date = entry(DATE, "date of the issue")
    edition: str | None = entry(EDITION, "edition of the day, where there are several; its files are named for it", None)
    extra: Extra | None = entry(one_of(EXTRAS), "what an issue beside the regular ones is; its files are named for it", None)
    pages: Located[tuple[PageFile, ...]] = entry(Place(ListOf(Record(PageFile), 1)), "the pages in their order")
    span: Span = Span("")

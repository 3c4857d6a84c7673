"""The keys of an area: a story and its head, an ear, an index, a picture, or a piece of furniture."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from layout.diagnostics import Span
from layout.manifest.kinds import (
    LABEL,
    LINE,
    LINES,
    TEXT,
    Either,
    Kind,
    ListOf,
    Located,
    OneKey,
    Pattern,
    Place,
    Printed,
    Record,
    Words,
    entry,
    one_of,
    percentage,
    whole,
)
from layout.manifest.modules import MODULES
from layout.manifest.paper import PAGE, PAGE_DOC, ROLES, Role
from layout.manifest.source import NOTHING, Scalar
from layout.messages import Phrase
from layout.script.rules import Axis


class Border(Enum):
    """The border (花边) round an area."""

    NONE = "none"
    HAIRLINE = "hairline"
    HEAVY = "heavy"
    DOUBLE = "double"
    THICK_THIN = "thick-thin"
    THIN_THICK_THIN = "thin-thick-thin"
    ROUNDED = "rounded"
    DOTTED = "dotted"
    DASHED = "dashed"
    WAVE = "wave"
    FRET = "fret"
    LOZENGE = "lozenge"
    SAWTOOTH = "sawtooth"
    BRICK = "brick"
    BEADS = "beads"
    SCALES = "scales"
    SCROLL = "scroll"
    ROPE = "rope"
    COIN = "coin"
    STAR = "star"
    FENCE = "fence"
    RUYI = "ruyi"
    CLOUD = "cloud"
    BAMBOO = "bamboo"
    WHEAT = "wheat"
    LEAF = "leaf"
    PLUM = "plum"


class Squeeze(Enum):
    """How a story's paragraphs may give where it does not fill its area (GB/T 15834-2011 5.1.11)."""

    NONE = "none"
    TIGHT = "tight"
    LOOSE = "loose"
    EITHER = "either"

    @property
    def tightens(self) -> bool:
        """Whether paragraphs may become a line shorter."""
        return self in (Squeeze.TIGHT, Squeeze.EITHER)

    @property
    def loosens(self) -> bool:
        """Whether paragraphs may become a line longer."""
        return self in (Squeeze.LOOSE, Squeeze.EITHER)


class Align(Enum):
    """Where a line stands in its measure."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class HeadPlace(Enum):
    """Where a level head stands to its text (题文关系)."""

    OVER = "over"
    BESIDE = "beside"
    LEFT_CORNER = "left-corner"
    RIGHT_CORNER = "right-corner"
    BROW = "brow"
    CENTRE = "centre"
    WAIST = "waist"


class Remainder(Enum):
    """What takes the ems that do not divide among the legs (破栏): the white between them, or the last legs, an em each."""

    GAPS = "gaps"
    LEGS = "legs"


AXES = {axis.value: axis for axis in Axis}
BORDERS = {border.value: border for border in Border}
ALIGNS = {align.value: align for align in Align}
SQUEEZES = {squeeze.value: squeeze for squeeze in Squeeze}
HEAD_PLACES = {place.value: place for place in HeadPlace}
REMAINDERS = {way.value: way for way in Remainder}
SPACINGS = {"1/4": 250, "1/3": 333, "1/2": 500, "1": 1000}
"""CLREQ's steps of loose setting, in per mille of the em (`#principles_of_arrangement_of_han_characters`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How a story's head is set."""

    level: int = entry(whole(1, 5), "size step of the headline: 1 is the lead story's; by default 3, in an ear 5", 0)
    face: Role | None = entry(one_of(ROLES), "face of the headline", None)
    align: Align | None = entry(one_of(ALIGNS), "where the head stands in its width", None)
    tracking: int = entry(one_of(SPACINGS), "white between the characters of the headline, in ems (疏排)", 0)
    stretch: Fraction = entry(percentage(70, 130, 85), "width of the headline's type (长扁字)", Fraction(1))
    direction: Axis | None = entry(
        one_of(AXES), "level over the text, or vertical beside it (竖题); by default as the text runs", None
    )
    place: HeadPlace = entry(
        one_of(HEAD_PLACES),
        "over the text (盖文题), beside it (串文题), in a corner of it, in the middle of its top (眉心题),"
        " with text on all sides (文包题), or across its middle (腰截题)",
        HeadPlace.OVER,
    )
    columns: int | None = entry(whole(1, 11), "legs that a head within the text takes; by default about half of them", None)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryHead:
    """Front matter of a story file."""

    kicker: Scalar = entry(Words(LINE), "kicker (引题)", NOTHING)
    headline: Scalar = entry(Words(LINES), "headline (主题); a line break marks where it may be broken")
    short: Scalar = entry(Words(LINES), "short headline over the part that stands on another page (转版)", NOTHING)
    deck: Scalar = entry(Words(LINE), "deck (副题)", NOTHING)
    byline: Scalar = entry(Words(LINE), "byline (署名)", NOTHING)
    dateline: Scalar = entry(Words(LINE), "dateline (电头), run in before the first paragraph", NOTHING)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMatter(StoryHead):
    """A story that stands in the manifest."""

    text: Scalar = entry(Words(TEXT), "the story's Markdown", NOTHING)


StoryReference = Located[str] | Located[StoryMatter]
STORY: Kind[StoryReference] = Either(Place(TEXT), Place(Record(StoryMatter)))

TINT = Place(percentage(0, 100, 10))
TINT_DOC = "tint (底纹) under the text in per cent of black, 15% at most"
NO_TINT = Located(Fraction(0), Span(""))
JUMP_DOC = "label of the page where the story goes on (转版): what its area does not hold stands there as rest:"


def _furniture(kind: str) -> "Callable[[Span], FurnitureArea]":
    return lambda span: FurnitureArea(kind=kind, span=span)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArea:
    """An area with a story."""

    story: StoryReference = entry(STORY, "story file, or the story itself")
    head: Head = entry(Record(Head), "how the head is set", Head())
    columns: int | None = entry(
        whole(1, 12), "number of legs, the area's base columns by default; of tiers (档) in vertical text, one by default", None
    )
    remainder: Remainder = entry(
        one_of(REMAINDERS),
        "what takes the ems that do not divide among the legs (破栏): gaps, or the last legs",
        Remainder.GAPS,
    )
    direction: Axis = entry(one_of(AXES), "level text, or vertical (竖排): down the page, from right to left", Axis.LEVEL)
    border: Border = entry(one_of(BORDERS), "border (花边) round the story", Border.NONE)
    tint: Located[Fraction] = entry(TINT, TINT_DOC, NO_TINT)
    squeeze: Squeeze = entry(
        one_of(SQUEEZES), "whether paragraphs may be set a line tighter or looser so that the text fills its area", Squeeze.NONE
    )
    jump: Located[str] | None = entry(Place(LABEL), JUMP_DOC, None)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class RestArea:
    """The rest of a story that began on another page (转版)."""

    rest: Located[str] = entry(Place(TEXT), "file of the story that goes on here")
    head: Head = entry(Record(Head), "how the head is set: the story's short headline", Head())
    columns: int | None = entry(whole(1, 12), "number of legs, the area's base columns by default", None)
    border: Border = entry(one_of(BORDERS), "border (花边) round the story", Border.NONE)
    tint: Located[Fraction] = entry(TINT, TINT_DOC, NO_TINT)
    squeeze: Squeeze = entry(
        one_of(SQUEEZES), "whether paragraphs may be set a line tighter or looser so that the text fills its area", Squeeze.NONE
    )
    jump: Located[str] | None = entry(Place(LABEL), JUMP_DOC, None)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class EarArea:
    """The ear (报眼): a short boxed story beside the masthead."""

    ear: StoryReference = entry(STORY, "story file, or the story itself")
    head: Head = entry(Record(Head), "how the head is set", Head())
    columns: int | None = entry(whole(1, 12), "number of legs, or of tiers (档) in vertical text", 1)
    direction: Axis = entry(one_of(AXES), "level text, or vertical (竖排): down the page, from right to left", Axis.LEVEL)
    border: Border = entry(one_of(BORDERS), "border (花边) round the ear", Border.HAIRLINE)
    tint: Located[Fraction] = entry(TINT, TINT_DOC, NO_TINT)
    squeeze: Squeeze = entry(
        one_of(SQUEEZES), "whether paragraphs may be set a line tighter or looser so that the text fills its area", Squeeze.NONE
    )
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """A line of the index (导读)."""

    text: str = entry(LINE, "headline")
    page: str | None = entry(LABEL, "label of the page where it stands", None)
    span: Span = Span("")


def _bare_entry(text: str) -> IndexEntry | None:
    return IndexEntry(text=text) if text.strip() and "\n" not in text else None


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexArea:
    """An index (导读): headlines with the pages where they stand."""

    index: tuple[IndexEntry, ...] = entry(
        ListOf(Either(Printed(Pattern(Phrase("标题", "a headline"), _bare_entry, r"\S", is_words=True)), Record(IndexEntry))),
        "headlines",
    )
    title: str = entry(LINE, "title of the box", "导读")
    border: Border = entry(one_of(BORDERS), "border (花边) round the index", Border.HAIRLINE)
    tint: Located[Fraction] = entry(TINT, TINT_DOC, NO_TINT)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureArea:
    """A picture with its caption."""

    picture: Located[str] = entry(Place(TEXT), "picture file: PNG, JPEG, PDF or SVG")
    page: int | None = entry(PAGE, PAGE_DOC, None)
    caption: str = entry(LINE, "caption (图片说明)", "")
    credit: str = entry(LINE, "credit, set at the end of the caption", "")
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvertArea:
    """An advert (广告), marked as one."""

    advert: Located[str] = entry(Place(TEXT), "the advert's file: PDF, SVG, PNG or JPEG")
    size: str = entry(one_of({name: name for name in MODULES}), "module (广告规格), a share of the type area")
    page: int | None = entry(PAGE, PAGE_DOC, None)
    marked: bool = entry(one_of({"yes": True, "no": False}), "whether 广告 is printed in its corner; no where art has it", True)
    border: Border = entry(one_of(BORDERS), "border (花边) round the advert", Border.HAIRLINE)
    title: str = entry(LINE, "whose advert it is, for the archive; not printed", "")
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnitureArea:
    """Furniture whose text comes from paper and issue."""

    kind: str
    span: Span = Span("")


AreaFile = StoryArea | RestArea | EarArea | IndexArea | PictureArea | AdvertArea | FurnitureArea
FURNITURE = ("masthead", "datebar")

AREA: Kind[AreaFile] = OneKey(
    {
        "story": Record(StoryArea),
        "rest": Record(RestArea),
        "ear": Record(EarArea),
        "index": Record(IndexArea),
        "picture": Record(PictureArea),
        "advert": Record(AdvertArea),
    },
    {word: _furniture(word) for word in FURNITURE},
)
LETTER: Pattern[str] = Pattern(
    Phrase("版样中的一个字母", "a letter of the sketch"),
    lambda text: text if len(text) == 1 and text.isascii() and text.isalpha() else None,
    "^[A-Za-z]$",
)

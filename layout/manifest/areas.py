"""The keys of an area: a story and its head, an ear, an index, a picture, or a piece of furniture."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from layout.diagnostics import Span
from layout.manifest.kinds import (
    HEAD_SIZE,
    LABEL,
    LINE,
    LINES,
    TEXT,
    Either,
    Kind,
    ListOf,
    Located,
    OneKey,
    OneOrMore,
    Pattern,
    Place,
    Record,
    Words,
    entry,
    one_of,
    percentage,
    whole,
)
from layout.manifest.modules import MODULES
from layout.manifest.paper import ROLES, Role
from layout.manifest.picture_areas import PAGE, PAGE_DOC, InsetPicture, PictureArea, PictureGroupArea
from layout.manifest.source import NOTHING, Scalar
from layout.messages import Phrase
from layout.script.rules import Axis
from layout.units import PT, Emu


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


class SummaryLook(Enum):
    """How a summary (提要题) is set off."""

    PLAIN = "plain"
    RULED = "ruled"
    BOXED = "boxed"
    TINTED = "tinted"


class TitleLook(Enum):
    """How the title of a column (栏题) is set off."""

    BOXED = "boxed"
    REVERSED = "reversed"
    RULED = "ruled"


class Align(Enum):
    """Where a line stands in its measure."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


TYPE_SIZES = {"五号": 21 * PT // 2, "小五": 9 * PT, "六号": 63 * PT // 8}
"""Sizes (字号) of small print (CLREQ `#considerations_in_designing_type_area`)."""


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
TITLE_LOOKS = {look.value: look for look in TitleLook}
SUMMARY_LOOKS = {look.value: look for look in SummaryLook}
ALIGNS = {align.value: align for align in Align}
SQUEEZES = {squeeze.value: squeeze for squeeze in Squeeze}
HEAD_PLACES = {place.value: place for place in HeadPlace}
REMAINDERS = {way.value: way for way in Remainder}
SPACINGS = {"1/4": 250, "1/3": 333, "1/2": 500, "1": 1000}
"""CLREQ's steps of loose setting, in per mille of the em (`#principles_of_arrangement_of_han_characters`)."""


PALE_GROUND, DARK_GROUND = Fraction(30, 100), Fraction(70, 100)
"""The darkest ground on which black type of a head is read with ease, and the palest on which white type is."""

GROUND: Pattern[Fraction] = Pattern(
    Phrase("black 或 1% 到 100% 的百分数，如 20%", "black, or a percentage from 1% to 100%, such as 20%"),
    lambda text: Fraction(1) if text == "black" else percentage(1, 100, 20).parse(text),
    r"^black$|^\d{1,3}(\.\d)?%$",
)
NO_TINT = Located(Fraction(0), Span(""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """How a story's head is set."""

    level: int = entry(whole(1, 5), "size step of the headline: 1 is the lead story's; by default 3, in an ear 5", 0)
    face: Role | None = entry(one_of(ROLES), "face of the headline", None)
    align: Align | None = entry(one_of(ALIGNS), "where the head stands in its width", None)
    size: str | None = entry(HEAD_SIZE, "size of the headline, by its name (小初) or in points; by default its level's", None)
    kicker_size: str | None = entry(HEAD_SIZE, "size of the kicker; by default it keeps its proportion to the headline", None)
    deck_size: str | None = entry(HEAD_SIZE, "size of the deck; by default it keeps its proportion to the headline", None)
    tracking: int = entry(one_of(SPACINGS), "white between the characters of the headline, in ems (疏排)", 0)
    stretch: Fraction = entry(percentage(70, 130, 85), "width of the headline's type (长扁字)", Fraction(1))
    ground: Located[Fraction] = entry(
        Place(GROUND),
        "ground under the head: black or 70% at least with white type on it (反白), or 30% at most under black type",
        NO_TINT,
    )
    column_title: TitleLook = entry(
        one_of(TITLE_LOOKS),
        "how a column's title (栏题) is set: in a box, in white on black, or between rules",
        TitleLook.BOXED,
    )
    summary: SummaryLook = entry(
        one_of(SUMMARY_LOOKS),
        "how the summary (提要题) is set off: by hairlines, a box, a tint, or not",
        SummaryLook.RULED,
    )
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
class HeadWords:
    """The words of a head over several stories (通栏题、大标题、集纳题)."""

    column_title: Scalar = entry(Words(LINE), "title of the column (栏题), such as 本报评论, over the kicker", NOTHING)
    kicker: Scalar = entry(Words(LINES), "kicker (引题); a line break marks where it may be broken", NOTHING)
    headline: Scalar = entry(Words(LINES), "headline (主题); a line break marks where it may be broken")
    deck: Scalar = entry(
        Words(LINES), "deck (副题), with or without —— before it; a line break marks where it may be broken", NOTHING
    )
    summary: tuple[Scalar, ...] = entry(
        OneOrMore(Words(LINES), 4), "summary (提要题), set under the deck: a text, or a list of one to four points", ()
    )
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryHead(HeadWords):
    """Front matter of a story file."""

    short: Scalar = entry(Words(LINES), "short headline over the part that stands on another page (转版)", NOTHING)
    byline: Scalar = entry(Words(LINE), "byline (署名)", NOTHING)
    dateline: Scalar = entry(Words(LINE), "dateline (电头), run in before the first paragraph", NOTHING)
    index_title: Scalar = entry(Words(LINE), "short headline for the index (导读)", NOTHING)
    editor_note: Scalar = entry(Words(TEXT), "editor's note (编者按) before the text, in Markdown", NOTHING)
    editor_note_title: Scalar = entry(Words(LINE), "what the editor's note is called", Scalar("编者按", Span("")))


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryMatter(StoryHead):
    """A story that stands in the manifest."""

    text: Scalar = entry(Words(TEXT), "the story's Markdown", NOTHING)


StoryReference = Located[str] | Located[StoryMatter]
STORY: Kind[StoryReference] = Either(Place(TEXT), Place(Record(StoryMatter)))

TINT = Place(percentage(0, 100, 10))
TINT_DOC = "tint (底纹) under the text in per cent of black, 15% at most"
COLUMN_TITLE_DOC = "title of the column (栏题) in which the story stands; it goes before the story's own"
DIRECTION_DOC = "level text, or vertical (竖排): down the page, from right to left"
JUMP_DOC = "label of the page where the story goes on (转版): what its area does not hold stands there as rest:"


def _furniture(kind: str) -> "Callable[[Span], FurnitureArea]":
    return lambda span: FurnitureArea(kind=kind, span=span)


@dataclass(frozen=True, slots=True, kw_only=True)
class PouredArea:
    """What all areas have into whose legs a text with a head is poured."""

    head: Head = entry(Record(Head), "how the head is set", Head())
    columns: int | None = entry(whole(1, 12), "number of legs, the area's base columns by default", None)
    border: Border = entry(one_of(BORDERS), "border (花边) round the story", Border.NONE)
    tint: Located[Fraction] = entry(TINT, TINT_DOC, NO_TINT)
    squeeze: Squeeze = entry(
        one_of(SQUEEZES), "whether paragraphs may be set a line tighter or looser so that the text fills its area", Squeeze.NONE
    )
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArea(PouredArea):
    """An area with a story."""

    story: StoryReference = entry(STORY, "story file, or the story itself")
    column_title: Scalar = entry(Words(LINE), COLUMN_TITLE_DOC, NOTHING)
    columns: int | None = entry(
        whole(1, 12), "number of legs, the area's base columns by default; of tiers (档) in vertical text, one by default", None
    )
    remainder: Remainder = entry(
        one_of(REMAINDERS),
        "what takes the ems that do not divide among the legs (破栏): gaps, or the last legs",
        Remainder.GAPS,
    )
    direction: Axis = entry(one_of(AXES), DIRECTION_DOC, Axis.LEVEL)
    jump: Located[str] | None = entry(Place(LABEL), JUMP_DOC, None)
    insets: tuple[InsetPicture, ...] = entry(
        ListOf(Record(InsetPicture)), "pictures within the text, which runs round them", ()
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RestArea(PouredArea):
    """The rest of a story that began on another page (转版)."""

    rest: Located[str] = entry(Place(TEXT), "file of the story that goes on here")
    head: Head = entry(Record(Head), "how the head is set: the story's short headline", Head())
    jump: Located[str] | None = entry(Place(LABEL), JUMP_DOC, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EarArea(PouredArea):
    """The ear (报眼): a short boxed story beside the masthead."""

    ear: StoryReference = entry(STORY, "story file, or the story itself")
    column_title: Scalar = entry(Words(LINE), COLUMN_TITLE_DOC, NOTHING)
    columns: int | None = entry(whole(1, 12), "number of legs, or of tiers (档) in vertical text", 1)
    direction: Axis = entry(one_of(AXES), DIRECTION_DOC, Axis.LEVEL)
    border: Border = entry(one_of(BORDERS), "border (花边) round the ear", Border.HAIRLINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteArea:
    """A note (启事、提示、小资料): a short boxed text that needs no head."""

    note: Scalar = entry(Words(TEXT), "the text in Markdown, or a file of it whose name ends in .md or .txt")
    title: Scalar = entry(Words(LINE), "title of the box", NOTHING)
    columns: int | None = entry(whole(1, 12), "number of legs", 1)
    border: Border = entry(one_of(BORDERS), "border (花边) round the note", Border.HAIRLINE)
    tint: Located[Fraction] = entry(TINT, TINT_DOC, NO_TINT)
    squeeze: Squeeze = entry(
        one_of(SQUEEZES), "whether paragraphs may be set a line tighter or looser so that the text fills its area", Squeeze.NONE
    )
    span: Span = Span("")


COLUMN_RULES = {"none": False, "hairline": True}


@dataclass(frozen=True, slots=True, kw_only=True)
class TableArea:
    """A table (表) with its title above and a note below."""

    table: Scalar = entry(Words(TEXT), "a file that ends in .csv, .md or .txt, or the table itself in Markdown")
    title: Scalar = entry(Words(LINE), "title above the table", NOTHING)
    note: Scalar = entry(Words(TEXT), "note below the table (表注), small, in Markdown", NOTHING)
    size: Emu = entry(one_of(TYPE_SIZES), "size (字号) of the type; the body's by default", 0)
    column_rules: bool = entry(one_of(COLUMN_RULES), "rules between the columns (栏线)", False)
    columns: int | None = entry(whole(1, 12), "number of legs; the heads stand in each", 1)
    border: Border = entry(one_of(BORDERS), "border (花边) round the table", Border.NONE)
    tint: Located[Fraction] = entry(TINT, TINT_DOC, NO_TINT)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexEntry:
    """A line of the index (导读)."""

    text: Scalar = entry(Words(LINE), "headline")
    page: str | None = entry(LABEL, "label of the page where it stands", None)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexStory:
    """A line of the index made from a story of the issue: its headline and its page."""

    story: Located[str] = entry(Place(TEXT), "story file; it stands on a page of the issue")
    text: Scalar = entry(Words(LINE), "what is printed in place of the headline, or of the story's index-title", NOTHING)
    span: Span = Span("")


class Chosen(Enum):
    """What an index lists where its entries are not written."""

    AUTO = "auto"


IndexItem = Scalar | IndexEntry | IndexStory
_ITEM: Kind[IndexItem] = Either(Words(LINE), OneKey({"text": Record(IndexEntry), "story": Record(IndexStory)}, {}))
_INDEX: Kind[tuple[IndexItem, ...] | Chosen] = Either(one_of({"auto": Chosen.AUTO}), ListOf(_ITEM))


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexArea:
    """An index (导读): headlines with the pages where they stand."""

    index: tuple[IndexItem, ...] | Chosen = entry(
        _INDEX, "headlines, stories, or auto: the lead story of each page that follows"
    )
    title: str = entry(LINE, "title of the box", "导读")
    border: Border = entry(one_of(BORDERS), "border (花边) round the index", Border.HAIRLINE)
    tint: Located[Fraction] = entry(TINT, TINT_DOC, NO_TINT)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class WeatherArea:
    """A slot with the weather (天气): its lines stand as they are written."""

    weather: Scalar = entry(Words(LINES), "the weather in lines, or a file of it whose name ends in .txt")
    title: Scalar = entry(Words(LINE), "title of the slot", Scalar("天气", Span("")))
    border: Border = entry(one_of(BORDERS), "border (花边) round the slot", Border.HAIRLINE)
    tint: Located[Fraction] = entry(TINT, TINT_DOC, NO_TINT)
    span: Span = Span("")


LETTER: Pattern[str] = Pattern(
    Phrase("版样中的一个字母", "a letter of the sketch"),
    lambda text: text if len(text) == 1 and text.isascii() and text.isalpha() else None,
    "^[A-Za-z]$",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadlineArea:
    """An area with a head that stands over several stories (通栏题、大标题、集纳题)."""

    headline: HeadWords = entry(Record(HeadWords), "kicker, headline, deck and summary over the stories below")
    head: Head = entry(Record(Head), "how the head is set", Head())
    over: tuple[Located[str], ...] = entry(
        ListOf(Place(LETTER)), "letters of the stories below it; by default those right below, within its columns", ()
    )
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


AreaFile = (
    StoryArea
    | RestArea
    | EarArea
    | NoteArea
    | TableArea
    | IndexArea
    | WeatherArea
    | PictureArea
    | PictureGroupArea
    | AdvertArea
    | HeadlineArea
    | FurnitureArea
)
FURNITURE = ("masthead", "datebar", "numbers")

AREA: Kind[AreaFile] = OneKey(
    {
        "story": Record(StoryArea),
        "rest": Record(RestArea),
        "ear": Record(EarArea),
        "note": Record(NoteArea),
        "table": Record(TableArea),
        "index": Record(IndexArea),
        "weather": Record(WeatherArea),
        "picture": Record(PictureArea),
        "pictures": Record(PictureGroupArea),
        "advert": Record(AdvertArea),
        "headline": Record(HeadlineArea),
    },
    {word: _furniture(word) for word in FURNITURE},
)

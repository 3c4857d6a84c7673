"""The keys of paper, issue and story files, and the typed issue that reading makes of them.

The first half is what stands in the files (each key once, for reader and JSON Schema); the second half is
what later stages get: stories read, paths resolved, sketches turned into blocks.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from layout.diagnostics import Span
from layout.manifest.kinds import (
    DATE,
    DIGITS,
    LABEL,
    LINE,
    LINES,
    MARGIN,
    NAME,
    SIZE,
    TEXT,
    Either,
    Kind,
    ListOf,
    Located,
    MapOf,
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
from layout.manifest.source import NOTHING, Scalar
from layout.messages import Phrase
from layout.script.joint import join_lines
from layout.script.rules import Axis, Breaking, Digits, Grid, Kinsoku, MarkWidths, PairWidth, Region
from layout.units import MM, Emu


class Role(Enum):
    """What a face is for; a paper names its own file for each."""

    SONG = "song"
    SONG_HEAVY = "song-heavy"
    HEI = "hei"
    HEI_HEAVY = "hei-heavy"
    KAI = "kai"
    BRUSH = "brush"
    LATIN = "latin"
    LATIN_HEAVY = "latin-heavy"
    LATIN_HEI = "latin-hei"
    LATIN_HEI_HEAVY = "latin-hei-heavy"


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


AXES = {axis.value: axis for axis in Axis}
ROLES = {role.value: role for role in Role}
BORDERS = {border.value: border for border in Border}
ALIGNS = {align.value: align for align in Align}
SQUEEZES = {squeeze.value: squeeze for squeeze in Squeeze}
SPACINGS = {"1/4": 250, "1/3": 333, "1/2": 500, "1": 1000}
"""CLREQ's steps of loose setting, in per mille of the em (`#principles_of_arrangement_of_han_characters`)."""


# ---- what stands in the files ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """Trimmed page, type area and base columns of a format."""

    trim_width: Emu = entry(SIZE, "width of the trimmed page")
    trim_height: Emu = entry(SIZE, "height of the trimmed page")
    type_width: Emu = entry(SIZE, "width of the type area (版心)")
    type_height: Emu = entry(SIZE, "height of the type area (版心)")
    columns: int = entry(whole(1, 12), "number of base columns (基本栏)")
    ems: int = entry(whole(5, 60), "ems (字) in a base column")
    gutter: int = entry(whole(1, 4), "ems between base columns (栏距)")
    span: Span = Span("")


FORMATS = {
    "对开": Format(
        trim_width=390 * MM, trim_height=545 * MM, type_width=350 * MM, type_height=490 * MM, columns=8, ems=13, gutter=1
    ),
    "四开": Format(
        trim_width=275 * MM, trim_height=390 * MM, type_width=235 * MM, type_height=350 * MM, columns=5, ems=14, gutter=1
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FontFile:
    """A font file and what to take from it."""

    file: str = entry(TEXT, "TrueType or OpenType file, or a collection of them")
    index: int = entry(whole(0, 255), "number of the face in a collection, from 0", 0)
    weight: int = entry(whole(1, 1000), "weight of a variable font, such as 400 or 900", 400)
    span: Span = Span("")


def _bare_font(text: str) -> FontFile | None:
    return FontFile(file=text) if TEXT.parse(text) else None


FONT: Kind[Located[FontFile]] = Place(Either(Pattern(Phrase("字体文件", "a font file"), _bare_font, r"\S"), Record(FontFile)))


class Colon(Enum):
    """Whether the colon gives up its blank like a comma; CLREQ leaves it open."""

    FIXED = "fixed"
    SQUEEZED = "squeezed"


class Hyphens(Enum):
    """Whether Latin words are hyphenated: only where a line would be loose, or never."""

    LOOSE = "loose"
    NEVER = "never"


KINSOKU = {level.name.lower(): level for level in Kinsoku}


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeStyle:
    """The house style in setting Chinese."""

    kinsoku: Kinsoku = entry(one_of(KINSOKU), "what may not begin or end a line (避头尾)", Kinsoku.GB)
    marks: MarkWidths = entry(
        one_of({style.value: style for style in MarkWidths}), "how wide marks are (标点宽度)", MarkWidths.SQUEEZED
    )
    pairs: PairWidth = entry(
        one_of({style.value: style for style in PairWidth}),
        "how wide two marks beside each other are",
        PairWidth.ONE_AND_A_HALF,
    )
    digits: Digits = entry(one_of({style.value: style for style in Digits}), "how wide figures are", Digits.PROPORTIONAL)
    gap: Fraction = entry(percentage(0, 50, 25), "white between Han and Latin in per cent of the em", Fraction(1, 4))
    widest_gap: Fraction = entry(percentage(0, 50, 33), "what that white may grow to in a full line", Fraction(1, 3))
    colon: Colon = entry(one_of({style.value: style for style in Colon}), "whether the colon is squeezed", Colon.FIXED)
    region: Region = entry(
        one_of({region.value: region for region in Region}), "where marks stand in their em", Region.MAINLAND
    )
    breaking: Breaking = entry(
        one_of({way.value: way for way in Breaking}), "lines chosen over the whole paragraph, or one by one", Breaking.PARAGRAPH
    )
    grid: Grid = entry(
        one_of({style.value: style for style in Grid}), "lines fill their measure, or all characters keep to ems", Grid.FILLED
    )
    hyphens: Hyphens = entry(one_of({way.value: way for way in Hyphens}), "whether Latin words are parted", Hyphens.LOOSE)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """The imprint (版权标识); only what the paper gives is printed, in this order."""

    authority: Scalar = entry(Words(LINE), "competent department (主管)", NOTHING)
    sponsor: Scalar = entry(Words(LINE), "sponsor (主办)", NOTHING)
    publisher: Scalar = entry(Words(LINE), "publisher (出版)", NOTHING)
    cn: Scalar = entry(Words(LINE), "serial number (国内统一连续出版物号), written CN dd-0ddd", NOTHING)
    postal_code: Scalar = entry(Words(LINE), "subscription code of the post (邮发代号)", NOTHING)
    address: Scalar = entry(Words(LINE), "address (地址)", NOTHING)
    postcode: Scalar = entry(Words(DIGITS), "postcode (邮编)", NOTHING)
    phone: Scalar = entry(Words(LINE), "telephone (电话)", NOTHING)
    website: Scalar = entry(Words(LINE), "website (网址)", NOTHING)
    printer: Scalar = entry(Words(LINE), "printer (印刷)", NOTHING)
    price: Scalar = entry(Words(LINE), "price (零售)", NOTHING)
    span: Span = Span("")


class Gravity(Enum):
    """How much a taboo counts in a paper; the last two are named like a finding's severity."""

    OFF = "off"
    WARNING = "warning"
    ERROR = "error"


_GRAVITY = one_of({gravity.value: gravity for gravity in Gravity})


@dataclass(frozen=True, slots=True, kw_only=True)
class Taboos:
    """How much each taboo of make-up (版面忌讳) and each rule of the press law counts; a finding has its key for its code."""

    tombstone: Gravity = entry(_GRAVITY, "heads of two stories side by side (碰题)", Gravity.WARNING)
    stacked_heads: Gravity = entry(_GRAVITY, "a head right under another story's, with no text between (叠题)", Gravity.WARNING)
    stranded_head: Gravity = entry(
        _GRAVITY, "a head or subhead with fewer than two lines of its text below it in the leg (背题)", Gravity.WARNING
    )
    through_gap: Gravity = entry(_GRAVITY, "an upright gap from top to foot of the page (通缝、断版)", Gravity.WARNING)
    level_gap: Gravity = entry(_GRAVITY, "a level gap from edge to edge of the page (横通缝)", Gravity.OFF)
    widow: Gravity = entry(_GRAVITY, "a leg that begins with the last line of a paragraph (孤行)", Gravity.WARNING)
    unclear_run: Gravity = entry(
        _GRAVITY, "legs of a story that do not stand level beside each other (走文不清)", Gravity.WARNING
    )
    narrow_head: Gravity = entry(_GRAVITY, "text that runs wider than its head (题窄于文)", Gravity.WARNING)
    tombstoned_pictures: Gravity = entry(_GRAVITY, "pictures side by side with tops or feet level (图片并列)", Gravity.WARNING)
    no_masthead: Gravity = entry(_GRAVITY, "no masthead (报头) with the name of the paper on page 1", Gravity.OFF)
    small_name: Gravity = entry(_GRAVITY, "type on page 1 as large as the paper's name (报名), or larger", Gravity.ERROR)
    no_label: Gravity = entry(_GRAVITY, "a page after the first without its label (版次)", Gravity.WARNING)
    cn_number: Gravity = entry(_GRAVITY, "a serial number (国内统一连续出版物号) that no newspaper can have", Gravity.ERROR)
    postal_code: Gravity = entry(_GRAVITY, "a subscription code (邮发代号) that no newspaper can have", Gravity.WARNING)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A newspaper: what all its issues share."""

    key: str = entry(NAME, "short ASCII name, the first part of every file name")
    name: Scalar = entry(Words(LINE), "name of the paper (报名)")
    latin: str | None = entry(LINE, "name in Latin letters, set small under the name", None)
    format: Format = entry(
        Either(one_of(FORMATS), Record(Format)), "format (开本): a name, or a paper's own measures", FORMATS["对开"]
    )
    leading: Fraction = entry(percentage(0, 200, 40), "white between lines in per cent of the body size (行距)", Fraction(2, 5))
    bleed: Emu = entry(MARGIN, "bleed (出血) outside the trimmed page", 3 * MM)
    fonts: dict[str, Located[Located[FontFile] | None]] | None = entry(
        MapOf(one_of({name: name for name in ROLES}), FONT), "font file for each role, in place of the bundled faces", None
    )
    type: TypeStyle = entry(Record(TypeStyle), "house style in setting Chinese", TypeStyle())
    imprint: Imprint = entry(Record(Imprint), "imprint (版权标识)", Imprint())
    taboos: Taboos = entry(Record(Taboos), "taboos of make-up (版面忌讳) and rules of the press law", Taboos())
    roots: tuple[Located[str], ...] = entry(ListOf(Place(TEXT)), "further folders from which stories and pictures may come", ())
    span: Span = Span("")


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
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryHead:
    """Front matter of a story file."""

    kicker: Scalar = entry(Words(LINE), "kicker (引题)", NOTHING)
    headline: Scalar = entry(Words(LINES), "headline (主题); a line break marks where it may be broken")
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
    direction: Axis = entry(one_of(AXES), "level text, or vertical (竖排): down the page, from right to left", Axis.LEVEL)
    border: Border = entry(one_of(BORDERS), "border (花边) round the story", Border.NONE)
    tint: Located[Fraction] = entry(TINT, TINT_DOC, NO_TINT)
    squeeze: Squeeze = entry(
        one_of(SQUEEZES), "whether paragraphs may be set a line tighter or looser so that the text fills its area", Squeeze.NONE
    )
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

    picture: Located[str] = entry(Place(TEXT), "picture file: PNG or JPEG")
    caption: str = entry(LINE, "caption (图片说明)", "")
    credit: str = entry(LINE, "credit, set at the end of the caption", "")
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class FurnitureArea:
    """Furniture whose text comes from paper and issue."""

    kind: str
    span: Span = Span("")


AreaFile = StoryArea | EarArea | IndexArea | PictureArea | FurnitureArea
FURNITURE = ("masthead", "datebar")


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who made the page; only what is given is printed at the page's foot."""

    editor: str | None = entry(LINE, "editor (责编)", None)
    proof: str | None = entry(LINE, "proofreader (校对)", None)
    layout: str | None = entry(LINE, "layout (版式)", None)
    span: Span = Span("")


AREA: Kind[AreaFile] = OneKey(
    {"story": Record(StoryArea), "ear": Record(EarArea), "index": Record(IndexArea), "picture": Record(PictureArea)},
    {word: _furniture(word) for word in FURNITURE},
)
LETTER: Pattern[str] = Pattern(
    Phrase("版样中的一个字母", "a letter of the sketch"),
    lambda text: text if len(text) == 1 and text.isascii() and text.isalpha() else None,
    "^[A-Za-z]$",
)
BAND: Pattern[int] = Pattern(
    Phrase("auto 或行数", "auto or a number of lines"),
    lambda text: 0 if text == "auto" else whole(1, 999).parse(text),
    r"^(auto|[0-9]{1,3})$",
    1,
    999,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFile:
    """A page: its sketch and what stands in each area."""

    label: Scalar = entry(Words(LABEL), "page label (版次)")
    name: Scalar = entry(Words(LINE), "section name (版名)", NOTHING)
    sketch: Scalar = entry(Words(TEXT), "one letter a base column, one row a band; each letter is one rectangle")
    rows: Located[tuple[int, ...]] = entry(Place(ListOf(BAND)), "lines of each band: a number, or auto", Located((), Span("")))
    areas: dict[str, Located[AreaFile | None]] = entry(MapOf(LETTER, AREA), "what stands in each letter's area")
    staff: Staff = entry(Record(Staff), "who made the page", Staff())
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueFile:
    """An issue of a newspaper."""

    paper: Located[str] = entry(Place(TEXT), "the paper's file")
    number: str = entry(DIGITS, "issue number (总期号)")
    date: datetime.date = entry(DATE, "date of the issue")
    pages: Located[tuple[PageFile, ...]] = entry(Place(ListOf(Record(PageFile), 1)), "the pages in their order")
    span: Span = Span("")


# ---- what later stages get ---------------------------------------------------------------------------------------


class Emphasis(Enum):
    """In which face a piece of text is set in a story."""

    NONE = "none"
    STRONG = "strong"
    KAI = "kai"


class Sideline(Enum):
    """The line that runs beside or below a text: a name line (专名号) or a book line (书名号甲式).

    GB/T 15834-2011 4.15 and 4.16; CLREQ `#handling_interlinear_punctuation`.
    """

    NONE = "none"
    NAME = "name"
    BOOK = "book"


class Marking(NamedTuple):
    """How a text is marked in a story.

    A sideline, a frame, a level text, a reading and a fit belong to one item, which is one run: two runs beside each
    other that have the same are two items. Two kept runs beside each other are kept together.

    `dots` are those of emphasis (着重号, GB/T 15834-2011 4.12). `is_superior` makes a superior figure, such as a note
    mark. `is_framed` draws the frame round the name of one who has died (示亡号, CLREQ `#symbol_of_death`). `is_kept`
    text is never parted by a line end. `is_level` text stands level in one em where the text runs down (纵中横, CLREQ
    `#mixed_text_composition_in_vertical_writing_mode`). `ruby` is the reading (行间注: pinyin or zhuyin), its syllables
    parted by spaces: one for each Han letter, or one for all of them (CLREQ `#positioning_of_romanization`,
    `#positioning_of_zhuyin`); empty where there is none. `fit` is the number of ems into which the text is spread evenly
    (均排, CLREQ `#ways_of_alignments`), 0 for none. `spaced` is the white between characters in per mille of the em
    (疏排, CLREQ `#principles_of_arrangement_of_han_characters`).
    """

    emphasis: Emphasis = Emphasis.NONE
    dots: bool = False
    sideline: Sideline = Sideline.NONE
    is_superior: bool = False
    is_framed: bool = False
    is_kept: bool = False
    is_level: bool = False
    ruby: str = ""
    fit: int = 0
    spaced: int = 0


class TextRun(NamedTuple):
    """A text in one marking."""

    text: str
    marking: Marking = Marking()


class ParagraphKind(Enum):
    """What a paragraph is: running text, a subhead (小标题), a quotation set in (引文), an item of a list (列项)."""

    TEXT = "text"
    SUBHEAD = "subhead"
    QUOTATION = "quotation"
    ITEM = "item"


class Paragraph(NamedTuple):
    """A paragraph; `raw` is its Markdown, from which places of characters are found."""

    runs: tuple[TextRun, ...]
    span: Span
    raw: str
    kind: ParagraphKind = ParagraphKind.TEXT

    @property
    def is_subhead(self) -> bool:
        """Whether it is a subhead."""
        return self.kind is ParagraphKind.SUBHEAD

    @property
    def text(self) -> str:
        """The text without its marks."""
        return "".join(run.text for run in self.runs)

    def place_of(self, needle: str) -> Span:
        """Return where `needle` first stands in the file, or the paragraph's own place."""
        return self.place_at(max(0, self.raw.find(needle)))

    def place_at(self, offset: int) -> Span:
        """Return the place in the file of a character of `raw`; all lines of a text in a manifest are indented alike."""
        line = self.raw.count("\n", 0, offset)
        column = offset - self.raw.rfind("\n", 0, offset) - 1
        return Span(self.span.file, self.span.line + line, self.span.column + column)


class Story(NamedTuple):
    """A story: the words of its head, and its paragraphs."""

    name: str
    kicker: Scalar
    headline: Scalar
    deck: Scalar
    byline: Scalar
    dateline: Scalar
    paragraphs: tuple[Paragraph, ...]
    span: Span

    @property
    def headline_lines(self) -> tuple[str, ...]:
        """The headline in the lines that its writer marked."""
        return tuple(line.strip() for line in self.headline.text.splitlines() if line.strip())

    @property
    def title(self) -> str:
        """The headline in one line."""
        return join_lines(self.headline_lines)


class StoryContent(NamedTuple):
    """A story in an area; `columns` are its legs, or its tiers where it runs down the page."""

    story: Story
    head: Head
    columns: int | None
    border: Border
    direction: Axis
    squeeze: Squeeze = Squeeze.NONE
    tint: Located[Fraction] = NO_TINT


class PictureContent(NamedTuple):
    """A picture in an area: its file, its size in pixels, and its words."""

    path: Path
    width: int
    height: int
    caption: str
    credit: str


Content = StoryContent | IndexArea | PictureContent | FurnitureArea


class Block(NamedTuple):
    """An area of the sketch in base columns and bands, counted from 0, with what stands in it."""

    letter: str
    column: int
    columns: int
    band: int
    bands: int
    content: Content
    span: Span


class IssuePage(NamedTuple):
    """A page as later stages see it; `bands` gives the pinned depth of each band in lines, 0 where it is open."""

    number: int
    label: str
    name: Scalar
    bands: Located[tuple[int, ...]]
    blocks: tuple[Block, ...]
    staff: Staff
    span: Span


@dataclass(frozen=True, slots=True)
class FontChoice:
    """A paper's own face for a role: the file, the face in it, and its weight where it varies."""

    path: Path
    index: int
    weight: int
    span: Span


class Issue(NamedTuple):
    """An issue, read whole: every story, and the font file of every role that the paper names."""

    paper: Paper
    number: str
    date: datetime.date
    pages: tuple[IssuePage, ...]
    fonts: dict[Role, FontChoice]
    folder: Path
    span: Span

    @property
    def name(self) -> str:
        """ASCII name of the issue: key and date."""
        return f"{self.paper.key}_{self.date:%Y%m%d}"

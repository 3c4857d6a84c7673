"""The keys of a paper's file: format, faces, house style, imprint, taboos."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from layout.diagnostics import Span
from layout.frame import BLACK, Ink
from layout.inks.press import INK_LIMIT, Intent
from layout.manifest.colour import INK
from layout.manifest.format import FORMATS, Format, FormatKind
from layout.manifest.keeping import ADDRESS, KEEPING, Keeping
from layout.manifest.kinds import (
    DIGITS,
    LINE,
    MARGIN,
    NAME,
    TEXT,
    TYPE_SIZE,
    Either,
    Kind,
    ListOf,
    Located,
    MapOf,
    Pattern,
    Place,
    Record,
    Words,
    entry,
    one_of,
    percentage,
    whole,
)
from layout.manifest.picture_areas import PAGE, PAGE_DOC
from layout.manifest.pressroom import (
    DELIVERY,
    MARKS,
    PRINT,
    SHEETS,
    Delivery,
    PressMark,
    PrintStyle,
    Sheets,
)
from layout.manifest.source import NOTHING, Scalar
from layout.messages import Phrase
from layout.script.rules import (
    Adjustment,
    Breaking,
    Digits,
    Grid,
    Interlinear,
    Kinsoku,
    MarkWidths,
    PairWidth,
    Region,
    StandingFigures,
)
from layout.script.sizes import SIZES
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


ROLES = {role.value: role for role in Role}


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
    adjustment: Adjustment = entry(
        one_of({way.value: way for way in Adjustment}),
        "lines open or give as little as they can, or are squeezed wherever that is enough",
        Adjustment.EVEN,
    )
    hyphens: Hyphens = entry(one_of({way.value: way for way in Hyphens}), "whether Latin words are parted", Hyphens.LOOSE)
    standing_figures: StandingFigures = entry(
        one_of({way.value: way for way in StandingFigures}),
        "short numbers in lines that run down: level in one em (纵中横), or turned like longer ones",
        StandingFigures.LEVEL,
    )
    interlinear: Interlinear = entry(
        one_of({room.value: room for room in Interlinear}),
        "room that name lines and readings must have between lines: a newspaper's, or half an em",
        Interlinear.NEWSPAPER,
    )
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """The imprint (版权标识); only what the paper gives is printed, in this order."""

    authority: Scalar = entry(Words(LINE), "competent department (主管)", NOTHING)
    sponsor: Scalar = entry(Words(LINE), "sponsor (主办)", NOTHING)
    publisher: Scalar = entry(Words(LINE), "publisher (出版)", NOTHING)
    editor: Scalar = entry(Words(LINE), "editor-in-chief (总编辑)", NOTHING)
    cn: Scalar = entry(Words(LINE), "serial number (国内统一连续出版物号), written CN dd-0ddd", NOTHING)
    postal_code: Scalar = entry(Words(LINE), "subscription code of the post (邮发代号)", NOTHING)
    address: Scalar = entry(Words(LINE), "address (地址)", NOTHING)
    postcode: Scalar = entry(Words(DIGITS), "postcode (邮编)", NOTHING)
    phone: Scalar = entry(Words(LINE), "telephone (电话)", NOTHING)
    website: Scalar = entry(Words(LINE), "website (网址)", NOTHING)
    email: Scalar = entry(Words(LINE), "e-mail (邮箱)", NOTHING)
    distribution: Scalar = entry(Words(LINE), "who distributes the paper, and how (发行)", NOTHING)
    licence: Scalar = entry(Words(LINE), "licence for adverts (广告经营许可证), where the paper has one", NOTHING)
    printer: Scalar = entry(Words(LINE), "printer (印刷)", NOTHING)
    printer_address: Scalar = entry(Words(LINE), "address of the printer (印刷地址)", NOTHING)
    price: Scalar = entry(Words(LINE), "price of a copy (零售)", NOTHING)
    month_price: Scalar = entry(Words(LINE), "price of a month (月价)", NOTHING)
    year_price: Scalar = entry(Words(LINE), "price of a year (年价)", NOTHING)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Colour:
    """How coloured pictures become ink."""

    profile: Located[str] | None = entry(
        Place(TEXT), "CMYK profile (ICC) of the press, in place of the bundled one for newsprint", None
    )
    condition: str | None = entry(
        LINE, "registered name of the profile's printing condition (http://www.color.org), such as IFRA26", None
    )
    ink_limit: Fraction = entry(
        percentage(120, 400, INK_LIMIT),
        "ink in all four plates that a picture has in a place at most",
        Fraction(INK_LIMIT, 100),
    )
    intent: Intent = entry(
        one_of({intent.value: intent for intent in Intent}),
        "colours that cannot be printed: the nearest one, or all drawn together",
        Intent.COLORIMETRIC,
    )
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
    unflagged_extra: Gravity = entry(
        _GRAVITY, "an extra (号外、增期、特刊) with no masthead on page 1 that says so", Gravity.ERROR
    )
    imprint_gap: Gravity = entry(_GRAVITY, "items of the imprint (版权标识) that the paper does not give", Gravity.OFF)
    no_masthead: Gravity = entry(_GRAVITY, "no masthead (报头) with the name of the paper on page 1", Gravity.OFF)
    small_name: Gravity = entry(_GRAVITY, "type on page 1 as large as the paper's name (报名), or larger", Gravity.ERROR)
    no_label: Gravity = entry(_GRAVITY, "a page after the first without its label (版次)", Gravity.WARNING)
    cn_number: Gravity = entry(_GRAVITY, "a serial number (国内统一连续出版物号) that no newspaper can have", Gravity.ERROR)
    unmarked_advert: Gravity = entry(_GRAVITY, "an advert that is not marked as one (广告)", Gravity.WARNING)
    postal_code: Gravity = entry(_GRAVITY, "a subscription code (邮发代号) that no newspaper can have", Gravity.WARNING)
    span: Span = Span("")


class MastheadForm(Enum):
    """How the masthead is made up: the name in the middle, at the left of its data, or down a narrow area (竖报头)."""

    CENTRE = "centre"
    LEFT = "left"
    VERTICAL = "vertical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Masthead:
    """The masthead (报头): its form, its ink, and art in place of type."""

    form: MastheadForm = entry(
        one_of({form.value: form for form in MastheadForm}),
        "name in the middle; at the left, with date and numbers at its right; or down the page (竖报头), with these below",
        MastheadForm.CENTRE,
    )
    ink: Located[Ink] = entry(Place(INK), "ink of the name: black, red (套红), or its parts", Located(BLACK, Span("")))
    art: Located[str] | None = entry(
        Place(TEXT), "art that stands for the name in brush characters: SVG, PDF, PNG or JPEG", None
    )
    page: int | None = entry(PAGE, PAGE_DOC, None)
    span: Span = Span("")


class FolioForm(Enum):
    """What stands at the outer edge of a folio: the page label (版次), or the paper's name."""

    LABEL_OUT = "label-out"
    NAME_OUT = "name-out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Folio:
    """The folio (报眉): how it is made up."""

    form: FolioForm = entry(
        one_of({form.value: form for form in FolioForm}),
        "page label outermost, name and date at the other end; or the name outermost, date and label at the other end",
        FolioForm.LABEL_OUT,
    )
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The digital edition (数字报) of the paper."""

    address: str | None = entry(ADDRESS, "address at which the site stands; site maps and canonical links need it", None)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A newspaper: what all its issues share."""

    key: str = entry(NAME, "short ASCII name, the first part of every file name")
    name: Scalar = entry(Words(LINE), "name of the paper (报名)")
    latin: Scalar = entry(Words(LINE), "name in Latin letters, set small under the name", NOTHING)
    masthead: Masthead = entry(Record(Masthead), "how the masthead (报头) is made up", Masthead())
    folio: Folio = entry(Record(Folio), "how the folio (报眉) is made up", Folio())
    format: Format = entry(
        Either(one_of(FORMATS), FormatKind()), "format (开本): a name, or a paper's own measures", FORMATS["对开"]
    )
    leading: Fraction = entry(percentage(0, 200, 40), "white between lines in per cent of the body size (行距)", Fraction(2, 5))
    bleed: Emu = entry(MARGIN, "bleed (出血) outside the trimmed page", 3 * MM)
    fonts: dict[str, Located[Located[FontFile] | None]] | None = entry(
        MapOf(one_of({name: name for name in ROLES}), FONT), "font file for each role, in place of the bundled faces", None
    )
    head_sizes: dict[str, Located[Emu | None]] | None = entry(
        MapOf(one_of({name: name for name in SIZES}), TYPE_SIZE),
        "points of sizes by name (字号), where the paper's table differs; heads then shrink by the steps of that table",
        None,
    )
    head_condensed: Fraction = entry(
        percentage(70, 100, 85), "the narrowest to which a head is condensed by itself where it does not fit", Fraction(85, 100)
    )
    type: TypeStyle = entry(Record(TypeStyle), "house style in setting Chinese", TypeStyle())
    colour: Colour = entry(Record(Colour), "how coloured pictures become ink", Colour())
    imprint: Imprint = entry(Record(Imprint), "imprint (版权标识)", Imprint())
    taboos: Taboos = entry(Record(Taboos), "taboos of make-up (版面忌讳) and rules of the press law", Taboos())
    print: PrintStyle = entry(PRINT, "what the press asks of a print file", PrintStyle())
    sheets: Sheets | None = entry(SHEETS, "how pages stand on sheets (拼版); print files then include the sheets", None)
    marks: tuple[PressMark, ...] = entry(
        MARKS, "marks outside the bleed: none, all, or a list of trim, fold, register, colour and slug", ()
    )
    delivery: Delivery = entry(DELIVERY, "what the press gets, under which names", Delivery())
    archive: Keeping = entry(KEEPING, "what the package for libraries holds, and where it stands on the web", Keeping())
    preflight: Gravity = entry(
        _GRAVITY,
        "how much the preflight of adverts that come as PDF counts: error lets each finding be as grave as it is",
        Gravity.ERROR,
    )
    site: Site = entry(Record(Site), "the digital edition (数字报)", Site())
    roots: tuple[Located[str], ...] = entry(ListOf(Place(TEXT)), "further folders from which stories and pictures may come", ())
    span: Span = Span("")

"""A paper's own faces: each kind of font is set with its own outlines; what is broken or forbidden is refused, never set."""

import functools
import io
import json
import math
import re
import shutil
from contextlib import redirect_stdout
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.cffLib import FDArrayIndex, FDSelect, FontDict
from fontTools.fontBuilder import FontBuilder
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.basePen import BasePen
from fontTools.pens.qu2cuPen import Qu2CuPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

from layout.cli import main
from layout.export.proof import page_image
from layout.typeface.catalogue import Faces, read_catalogue
from tests.conftest import ROOT
from tests.finished import read_glyphs, squeezed

PAPER = """\
key: small
name: 小报
format: {trim-width: 200mm, trim-height: 120mm, type-width: 180mm, type-height: 55mm, columns: 3, ems: 11, gutter: 1}
"""
ISSUE = """\
paper: paper.yaml
number: 1
date: 2026-01-01
pages:
  - label: "01"
    sketch: A A A
    areas:
      A: {story: story.md, head: {level: 5}}
"""
FRONT = "---\nheadline: 集市\n---\n"
TEXT = (
    "汝河边的集市天一亮就开了：菜农挑来萝卜、青蒜和豆角，匠人摆出陶碗；一位老师傅说：“火候差一点，釉色就不对——急不得……”"
    "他今年76岁，烧窑52年，手机里存着AI写的配方，文件名叫Office waffle。买碗的人不还价，捧起来对着光看，看完轻轻放下，再捧起下一只。"
)
"""A story that fills the page of the small issue."""

LAST = "下一只"
"""Its last words, which stand once; a case puts a character before them that some face lacks."""

ASCII = "".join(map(chr, range(0x20, 0x7F)))
REPERTOIRE = TEXT + "小报月日　星期四第期" + ASCII
PDF = "small_20260101/print/small_20260101.pdf"
PLACE = ("paper.yaml", 4, 15)
"""Where the file of the first face stands in `fonts: {song: x.ttf}`."""

FREE = {"installable": 0, "preview and print": 4, "editable": 8}
BOUND = {"restricted": 2, "not to be subset": 0x100, "bitmaps only": 0x200, "editable, not to be subset": 0x108}
DPI, CELL = 100, 16
SAME, OTHER = 12, 40
"""Grey levels of 255: the most by which a cell of the page differs between kinds of font, and the least between designs."""

NOTO_CJK = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")


# ---- fonts -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def fonts(tmp_path_factory):
    """A folder of small fonts, made from the bundled ones; their names are those that pdffonts shows."""
    folder = tmp_path_factory.mktemp("fonts")
    plain = subset_of("NotoSerifSC-Regular.ttf", REPERTOIRE, "Plain")
    names, cids = keyed_by_name(plain, "Names"), keyed_by_cid(plain, "Cids")
    varying = variable(plain, "Varying")
    pair = collection(plain, names)
    files = {
        "plain.ttf": plain,
        "names.otf": names,
        "cids.otf": cids,
        "pair.ttc": pair,
        "mixed.ttc": collection(cids, varying),
        "varying.ttf": varying,
        "varying.otf": variable_cff(varying, "VaryingCFF"),
        "sans.ttf": subset_of("NotoSansSC-Regular.ttf", REPERTOIRE, "Sans"),
        "wenkai.ttf": subset_of("LXGWWenKai-Regular.ttf", REPERTOIRE + "鹤", "WenKai"),
        "half-bound.ttc": collection(plain, with_rights(names, BOUND["restricted"])),
        **{f"rights-{bits}.ttf": with_rights(plain, bits) for bits in (FREE | BOUND).values()},
        "words.ttf": TEXT.encode(),
        "empty.ttf": b"",
        "variants.ttf": with_variant(plain, "集", "\U000e0100", "Q"),
        "figures.ttf": subset_of("NotoSansSC-Bold.ttf", ASCII, "Figures"),
        "latin.ttf": subset_of("NotoSerifSC-Regular.ttf", ASCII, "Latin"),
        "hollow.ttf": hollow(plain, opened(plain).getGlyphOrder()),
        "cut.ttf": cut(plain),
        "cut.otf": cut(cids),
        "cut.ttc": cut(pair),
        "tag.ttf": plain.replace(b"STAT", b"\xffTAT", 1),
        "head.ttf": spoilt(plain, "head", bytes(54)),
        "curves.otf": spoilt(names, "CFF ", b"\x0a" * 100, 30_000),
        "weights.ttf": varied_beyond(varying, "集"),
        "beyond.ttf": mapped_beyond(plain, "集"),
        "blank.ttf": hollow(plain, [opened(plain).getBestCmap()[ord("匠")]]),
        "cff2.otf": static_cff2(plain, "Static"),
        "marks.ttf": saved(opened(plain), "A(B)/C#D"),
        "han.ttf": saved(opened(plain), "思源宋体"),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def opened(data):
    return TTFont(io.BytesIO(data), recalcTimestamp=False)


def saved(font, name=""):
    if name:
        font["name"].setName(name, 6, 3, 1, 0x409)
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()


def subset_of(file, text, name):
    font = TTFont(ROOT / "fonts" / file, lazy=True)
    subsetter = Subsetter(Options(layout_features=["ccmp", "fwid", "pwid", "kern", "liga", "locl"], notdef_outline=True))
    subsetter.populate(text=text)
    subsetter.subset(font)
    return saved(font, name)


def keyed_by_name(data, name):
    return saved(with_cubics(opened(data), name), name)


def keyed_by_cid(data, name):
    """Return a CFF font whose CIDs run against its glyph numbers: taken for each other, they set wrong characters."""
    font = opened(data)
    count = font["maxp"].numGlyphs
    font.setGlyphOrder([".notdef", *(f"cid{cid:05d}" for cid in range(count - 1, 0, -1))])
    top = with_cubics(font, name)["CFF "].cff.topDictIndex[0]
    part, top.FDArray, top.FDSelect = FontDict(), FDArrayIndex(), FDSelect()
    part.Private = top.Private
    top.FDArray.append(part)
    top.FDSelect.format, top.FDSelect.gidArray = 3, [0] * count
    top.ROS, top.CIDCount = ("Adobe", "Identity", 0), count
    del top.Private
    return saved(font, name)


def with_cubics(font, name):
    """Give a TrueType font the outlines of CFF instead of its own, as few curves as follow them."""
    glyphs = font.getGlyphSet()
    outlines = {glyph: cubic(glyphs[glyph], glyphs) for glyph in font.getGlyphOrder()}
    without_outlines(font).setupCFF(name, {}, outlines, {})
    return font


def cubic(glyph, glyphs):
    pen = T2CharStringPen(glyph.width, glyphs)
    glyph.draw(Qu2CuPen(pen, 0.5, all_cubic=True, reverse_direction=True))
    return pen.getCharString()


def without_outlines(font):
    for tag in {"glyf", "loca", "gvar", "gasp", "prep"} & set(font.keys()):
        del font[tag]
    font["maxp"].tableVersion = 0x00005000
    return FontBuilder(font=font)


def variable(data, name):
    """Return a font with an axis of weight: at 900 each point stands 25 units further out, at 200 8 units further in."""
    font = opened(data)
    builder = FontBuilder(font=font)
    builder.setupFvar([("wght", 200, 400, 900, "Weight")], [])
    builder.setupGvar({glyph: variations(font["glyf"][glyph]) for glyph in font.getGlyphOrder()})
    return saved(font, name)


def variations(glyph):
    if not glyph.numberOfContours:
        return []
    starts = [0, *(end + 1 for end in glyph.endPtsOfContours)]
    contours = [glyph.coordinates[start:end] for start, end in pairwise(starts)]
    outward = [direction for contour in contours for direction in directions(contour)]
    return [
        TupleVariation({"wght": axis}, [(round(x * far), round(y * far)) for x, y in outward] + [(0, 0)] * 4)
        for axis, far in (((0, 1, 1), 25), ((-1, -1, 0), -8))
    ]


def directions(contour):
    """Return the direction out of the ink at each point: ink is to the right of the way round a contour of TrueType."""
    for (x, y), (next_x, next_y) in zip(contour[-1:] + contour[:-1], contour[1:] + contour[:1], strict=True):
        length = math.hypot(next_x - x, next_y - y) or 1
        yield (y - next_y) / length, (next_x - x) / length


def variable_cff(varying, name):
    """Return a variable font with the outlines of CFF2."""
    font = opened(varying)
    masters = [font.getGlyphSet(location={"wght": weight}) for weight in (400, 200, 900)]
    outlines = {glyph: blended([steps(master, glyph) for master in masters]) for glyph in font.getGlyphOrder()}
    without_outlines(font).setupCFF2(outlines, regions=[{"wght": (-1, -1, 0)}, {"wght": (0, 1, 1)}])
    return saved(font, name)


def static_cff2(data, name):
    """Return a font with the outlines of CFF2 and no axis, as OpenType allows."""
    font = opened(data)
    glyphs = font.getGlyphSet()
    without_outlines(font).setupCFF2({glyph: blended([steps(glyphs, glyph)]) for glyph in font.getGlyphOrder()})
    return saved(font, name)


class _Steps(BasePen):
    """Writes an outline as operators of CFF2 with the steps from point to point."""

    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.at, self.steps = (0, 0), []

    def _moveTo(self, *points, operator="rmoveto"):  # noqa: N802
        rounded = [self.at, *((round(x), round(y)) for x, y in points)]
        pairs = pairwise(rounded)
        self.steps.append(
            (operator, [end - start for before, after in pairs for start, end in zip(before, after, strict=True)])
        )
        self.at = rounded[-1]

    _lineTo = functools.partialmethod(_moveTo, operator="rlineto")  # noqa: N815
    _curveToOne = functools.partialmethod(_moveTo, operator="rrcurveto")  # noqa: N815


def steps(master, glyph):
    pen = _Steps(master)
    master[glyph].draw(pen)
    return pen.steps


def blended(masters):
    """Return the charstring of a glyph from the steps of its masters, the default first."""
    program = []
    for (operator, default), *others in zip(*masters, strict=True):
        changes = [other[place] - start for place, start in enumerate(default) for _, other in others]
        program += [*default, *([*changes, len(default), "blend"] if others else []), operator]
    return T2CharString(program=program)


def collection(*members):
    fonts = TTCollection()
    fonts.fonts = [opened(member) for member in members]
    return saved(fonts)


def with_rights(data, bits):
    font = opened(data)
    font["OS/2"].fsType = bits
    return saved(font)


def hollow(data, glyphs):
    font = opened(data)
    for name in glyphs:
        font["glyf"][name] = Glyph()
    return saved(font)


def mapped_beyond(data, character):
    """Return a font whose character map leads to a glyph that the font does not have."""
    font = opened(data)
    for table in font["cmap"].tables:
        if ord(character) in table.cmap:
            table.cmap[ord(character)] = "glyph05000"
    return saved(font)


def with_variant(data, character, selector, shown):
    """Return a font that shows another character's shape for a character with a variation selector (IVS)."""
    font = opened(data)
    table = CmapSubtable.newSubtable(14)
    table.platformID, table.platEncID, table.language, table.cmap = 0, 5, 0xFF, {}
    table.uvsDict = {ord(selector): [(ord(character), font.getBestCmap()[ord(shown)])]}
    font["cmap"].tables.append(table)
    return saved(font, "Variants")


def varied_beyond(varying, character):
    """Return a variable font in which what changes in a glyph by weight reaches beyond its table."""
    font = opened(varying)
    glyph, table = font.getGlyphID(font.getBestCmap()[ord(character)]), font.reader["gvar"]
    start = int.from_bytes(table[16:20], "big") + 2 * int.from_bytes(table[20 + 2 * glyph :][:2], "big")
    return spoilt(varying, "gvar", b"\xff\xff", start + 4)


def spoilt(data, tag, patch, offset=0):
    """Return a font with other bytes at a place in one of its tables."""
    place = opened(data).reader.tables[tag].offset + offset
    return data[:place] + patch + data[place + len(patch) :]


def cut(data):
    return data[: len(data) * 6 // 10]


# ---- an issue that is set in them ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def write_issue(fonts, tmp_path_factory):
    """Write the small issue with the faces that its paper names; return its folder."""

    def write(faces, story=FRONT + TEXT, issue=ISSUE):
        folder = tmp_path_factory.mktemp("paper")
        for name in re.findall(r"[\w-]+\.(?:ttf|otf|ttc)", faces):
            if (fonts / name).exists():
                shutil.copy(fonts / name, folder)
        for name, text in {"paper.yaml": PAPER + faces, "issue.yaml": issue, "story.md": story}.items():
            (folder / name).write_text(text + "\n", encoding="utf-8")
        return folder

    return write


@pytest.fixture(scope="session")
def printed(write_issue):
    """Set an issue once, in this process; it has no findings. Return its PDF."""

    @functools.cache
    def printed(faces, **texts):
        folder = write_issue(faces, **texts)
        with redirect_stdout(io.StringIO()) as found:
            status = main(["build", str(folder / "issue.yaml"), "--only", "print", "--json", "--out", str(folder / "out")])

        assert status == 0
        assert {problem["code"] for problem in json.loads(found.getvalue())} <= {"fallback-face"}

        return folder / "out" / PDF

    return printed


@pytest.fixture(scope="session")
def findings(write_issue, make_issue):
    """Return code and place of what is found in an issue that is not set: nothing is written, and nothing else said."""

    def findings(faces, **texts):
        folder = write_issue(faces, **texts)
        result = make_issue("build", "issue.yaml", "--only", "print", "--json", "--out", "out", cwd=folder)

        assert (1, "") == (result.returncode, result.stderr)
        assert not (folder / "out").exists()

        return [(found["code"], (found["file"], found["line"], found["column"])) for found in json.loads(result.stdout)]

    return findings


@pytest.fixture(scope="session")
def picture(printed, judge):
    """Return the page as a renderer shows it, in grey."""

    @functools.cache
    def picture(faces, renderer="poppler"):
        pdf = printed(faces)
        file = pdf.with_name(f"{renderer}.pgm")
        match renderer:
            case "poppler":
                judge("pdftoppm", "-r", DPI, "-gray", "-singlefile", pdf, file.with_suffix(""))
            case "Ghostscript":
                options = ("-sDEVICE=pgmraw", f"-r{DPI}", "-dTextAlphaBits=4", f"-sOutputFile={file}")
                assert "" == judge("gs", "-q", "-dBATCH", "-dNOPAUSE", *options, pdf).stdout
            case "PDFium":
                Image.open(io.BytesIO(page_image(pdf.read_bytes(), DPI))).convert("L").save(file)
        with Image.open(file) as image:
            return image.copy()

    return picture


def one_face(font):
    return f"fonts: {{song: {font}}}"


def at_weight(file, weight):
    return one_face(f"{{file: {file}, weight: {weight}}}")


def worst_cell(one, other):
    """Return the grey levels by which two pages differ in the cell, about a character's, where they differ most."""
    return ImageChops.difference(one, other).reduce(CELL).getextrema()[1]


def mean_difference(one, other):
    return ImageStat.Stat(ImageChops.difference(one, other)).mean[0]


def blackness(image):
    return 255 - ImageStat.Stat(image).mean[0]


# ---- faces that are set ----------------------------------------------------------------------------------------------

TRUETYPE, CFF = "CID TrueType", "CID Type 0C"
GOOD = [
    pytest.param("plain.ttf", "Plain", TRUETYPE, id="TrueType"),
    pytest.param("names.otf", "Names", CFF, id="CFF keyed by name"),
    pytest.param("cids.otf", "Cids", CFF, id="CFF keyed by CID"),
    pytest.param("pair.ttc", "Plain", TRUETYPE, id="first of a collection"),
    pytest.param("{file: pair.ttc, index: 1}", "Names", CFF, id="second of a collection"),
    pytest.param("{file: mixed.ttc}", "Cids", CFF, id="CFF of a collection, keyed by CID"),
    pytest.param("{file: mixed.ttc, index: 1}", "Varying", TRUETYPE, id="variable font of a collection"),
    pytest.param("varying.ttf", "Varying", TRUETYPE, id="variable TrueType"),
    pytest.param("{file: varying.otf, weight: 400}", "VaryingCFF", CFF, id="variable CFF2"),
]
RENDERERS = ("poppler", "Ghostscript", "PDFium")


@pytest.mark.parametrize(("font", "name", "kind"), GOOD)
def test_a_face_is_embedded_subset_and_mapped(font, name, kind, printed, judge):
    rows = font_rows(judge("pdffonts", printed(one_face(font))).stdout)

    assert [(kind, "Identity-H", "yes", "yes", "yes")] == rows.pop(name)
    assert {"LXGWWenKai-Regular", "NotoSansSC-Bold"} == set(rows)


def font_rows(table):
    """Return kind, encoding, and whether embedded, subset and mapped, by the names of fonts without their tags."""
    rows = {}
    for line in table.splitlines()[2:]:
        tagged, *facts = re.split(r"\s{2,}", line, maxsplit=3)
        name = re.fullmatch(r"[A-Z]{6}\+(.+)", tagged)
        rows.setdefault(name[1] if name else tagged, []).append((*facts[:2], *facts[2].split()[:3]))
    return rows


@pytest.mark.parametrize(("font", "name", "kind"), GOOD)
def test_qpdf_finds_nothing(font, name, kind, printed, judge):
    result = judge("qpdf", "--check", printed(one_face(font)))

    assert (0, "") == (result.returncode, result.stderr)


@pytest.mark.parametrize(("font", "name", "kind"), GOOD)
def test_the_story_can_be_read_out_of_the_file(font, name, kind, printed, judge):
    pdf = printed(one_face(font))

    assert squeezed(TEXT) in squeezed(judge("pdftotext", "-raw", "-enc", "UTF-8", pdf, "-").stdout)
    assert squeezed(TEXT) in squeezed(PdfReader(pdf).pages[0].extract_text())


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize(("font", "name", "kind"), GOOD)
def test_a_face_shows_its_own_outlines(font, name, kind, renderer, picture):
    assert worst_cell(picture(one_face("plain.ttf"), renderer), picture(one_face(font), renderer)) < SAME


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("font", ["sans.ttf", "wenkai.ttf"])
def test_other_outlines_would_be_seen(font, renderer, picture):
    assert worst_cell(picture(one_face("plain.ttf"), renderer), picture(one_face(font), renderer)) > OTHER


@pytest.mark.parametrize("renderer", ["Ghostscript", "PDFium"])
def test_a_small_font_shows_what_the_bundled_one_shows(renderer, picture):
    assert 0 == worst_cell(picture("", renderer), picture(one_face("plain.ttf"), renderer))


@pytest.mark.skipif(not NOTO_CJK.exists(), reason="Noto Serif CJK is missing: install the Debian package fonts-noto-cjk")
def test_the_face_for_simplified_chinese_of_noto_cjk_is_set(printed, judge):
    pdf = printed(f"roots: [{NOTO_CJK.parent}]\nfonts: {{song: {{file: {NOTO_CJK}, index: 2}}}}")

    assert [(CFF, "Identity-H", "yes", "yes", "yes")] == font_rows(judge("pdffonts", pdf).stdout)["NotoSerifCJKsc-Regular"]
    assert squeezed(TEXT) in squeezed(judge("pdftotext", "-raw", "-enc", "UTF-8", pdf, "-").stdout)
    assert pdf.stat().st_size < 500_000


# ---- weights ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("file", ["varying.ttf", "varying.otf"])
def test_a_heavier_weight_is_blacker(file, renderer, picture):
    light, regular, heavy = (blackness(picture(at_weight(file, weight), renderer)) for weight in (200, 400, 900))

    assert light < 0.9 * regular < 0.7 * heavy


@pytest.mark.parametrize("weight", [200, 900])
def test_both_kinds_of_variable_font_have_the_same_weights(weight, picture):
    assert worst_cell(*(picture(at_weight(file, weight)) for file in ("varying.ttf", "varying.otf"))) < SAME


@pytest.mark.parametrize(("weight", "nearest"), [(1, 200), (1000, 900)])
def test_a_weight_beyond_the_axis_is_its_end(weight, nearest, picture):
    assert 0 == worst_cell(*(picture(at_weight("varying.ttf", value)) for value in (weight, nearest)))


def test_a_weight_changes_nothing_in_a_font_without_axis(picture):
    assert 0 == worst_cell(picture(at_weight("plain.ttf", 900)), picture(one_face("plain.ttf")))


def test_two_weights_of_a_font_have_different_names_in_a_file(printed):
    """Programs that keep fonts by name would show one weight for both (ISO 32000-1 9.6.4)."""
    faces = "fonts: {kai: {file: varying.ttf, weight: 200}, brush: {file: varying.ttf, weight: 900}}"
    head = "---\nkicker: 小报集市\nheadline: 小报集市\n---\n"
    pdf = printed(
        faces, story=head + TEXT.replace("再捧起下一只。", "走了。"), issue=ISSUE.replace("level: 5", "level: 5, face: brush")
    )

    names = base_fonts(pdf)

    assert 2 == len([name for name in names if name.endswith("+Varying")])
    assert len(names) == len(set(names))


def base_fonts(pdf):
    fonts = PdfReader(pdf).pages[0]["/Resources"]["/Font"].values()
    return [font["/BaseFont"][1:] for font in fonts]


@pytest.mark.parametrize(
    "font",
    [
        pytest.param("marks.ttf", id="with delimiters"),
        pytest.param("han.ttf", id="in Han"),
    ],
)
def test_a_font_with_a_name_that_is_none_is_named_in_plain_letters(font, printed, judge):
    pdf = printed(one_face(font))

    assert [] == [name for name in base_fonts(pdf) if not re.fullmatch(r"[A-Z]{6}\+[A-Za-z0-9.-]+", name)]
    assert "" == judge("qpdf", "--check", pdf).stderr
    assert {(TRUETYPE, "Identity-H", "yes", "yes", "yes")} == {
        row for rows in font_rows(judge("pdffonts", pdf).stdout).values() for row in rows
    }


# ---- rights ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("bits", FREE.values(), ids=FREE)
def test_a_face_that_may_be_embedded_is_set(bits, printed):
    assert printed(one_face(f"rights-{bits}.ttf")).is_file()


@pytest.mark.parametrize("bits", BOUND.values(), ids=BOUND)
def test_a_face_that_may_not_be_embedded_is_refused(bits, findings):
    assert [("embedding-rights", PLACE)] == findings(one_face(f"rights-{bits}.ttf"))


def test_the_rights_are_those_of_the_face_in_the_collection(printed, findings):
    assert printed(one_face("half-bound.ttc")).is_file()
    assert [("embedding-rights", PLACE)] == findings(one_face("{file: half-bound.ttc, index: 1}"))


# ---- broken files ----------------------------------------------------------------------------------------------------

BROKEN = [
    pytest.param("words.ttf", id="text"),
    pytest.param("empty.ttf", id="nothing"),
    pytest.param("hollow.ttf", id="empty glyphs"),
    pytest.param("latin.ttf", id="no Han"),
    pytest.param("cut.ttf", id="TrueType cut off"),
    pytest.param("cut.otf", id="CFF cut off"),
    pytest.param("{file: cut.ttc, index: 1}", id="collection cut off"),
    pytest.param("{file: pair.ttc, index: 2}", id="one beyond a collection"),
    pytest.param("{file: mixed.ttc, index: 255}", id="far beyond a collection"),
    pytest.param("{file: plain.ttf, index: 1}", id="second of one"),
]


@pytest.mark.parametrize("font", BROKEN)
def test_a_file_that_cannot_set_han_is_refused(font, findings):
    assert [("no-face", PLACE)] == findings(one_face(font))


def test_each_file_that_is_refused_has_its_own_finding(findings):
    found = findings("fonts: {song: cut.ttf, kai: rights-2.ttf, hei: varying.ttf, brush: words.ttf}")

    assert [("no-face", 15), ("embedding-rights", 29), ("no-face", 68)] == [(code, column) for code, (_, _, column) in found]


def damaged(name, font, whole="plain.ttf"):
    return pytest.param(font, whole, id=name)


@pytest.mark.parametrize(
    ("font", "whole"),
    [
        damaged("directory", "tag.ttf"),
        damaged("head", "head.ttf"),
        damaged("curves", "curves.otf"),
        damaged("character map", "beyond.ttf"),
        damaged(
            "weights",
            "{file: weights.ttf, weight: 900}",
            "{file: varying.ttf, weight: 900}",
        ),
        damaged("CFF2 without axis", "cff2.otf"),
    ],
)
def test_a_damaged_face_is_refused_or_sets_its_text(font, whole, write_issue, make_issue, picture):
    result = make_issue("build", "issue.yaml", "--only", "print", "--json", cwd=write_issue(one_face(font)))

    assert "" == result.stderr
    codes = [found["code"] for found in json.loads(result.stdout) if found["code"] != "fallback-face"]
    assert (result.returncode, codes) in ((0, []), (1, ["no-face"]))
    assert result.returncode == 1 or mean_difference(picture(one_face(whole)), picture(one_face(font))) < 2


# ---- characters that a face lacks ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "character", "serving"),
    [
        ("song", "鹤", "NotoSerifSC-Regular"),
        ("song", "𠮷", "LXGWWenKai-Regular"),
        ("kai", "鹤", "LXGWWenKai-Regular"),
        ("hei", "鹤", "NotoSansSC-Regular"),
        ("hei-heavy", "鹤", "NotoSansSC-Bold"),
        ("hei-heavy", "𠮷", "LXGWWenKai-Regular"),
        ("song-heavy", "鹤", "NotoSerifSC-Black"),
        ("brush", "鹤", "MaShanZheng-Regular"),
    ],
)
def test_a_character_that_a_face_lacks_comes_from_the_first_of_its_chain(role, character, serving, printed):
    story = FRONT.replace("集市", f"集{character}市") + TEXT
    pdf = printed(f"fonts: {{{role}: plain.ttf}}", story=story, issue=ISSUE.replace("level: 5", f"level: 5, face: {role}"))

    faces = [(glyph.text, glyph.face) for glyph in read_glyphs(PdfReader(pdf).pages[0])]

    place = faces.index((character, serving))
    assert [("集", "Plain"), (character, serving), ("市", "Plain")] == faces[place - 1 : place + 2]
    assert f"集{character}市" in squeezed(PdfReader(pdf).pages[0].extract_text())


def test_a_character_that_the_paper_s_face_lacks_is_named_with_the_file_that_served(write_issue, make_issue):
    folder = write_issue("fonts: {song: plain.ttf}", story=FRONT + TEXT.replace(LAST, "鹤一只，鹤一只"))

    result = make_issue("check", "issue.yaml", "--json", cwd=folder)

    assert result.returncode == 0
    (found,) = [problem for problem in json.loads(result.stdout) if "鹤" in problem["message"]["en"]]
    assert (found["code"], Path(found["file"]).name) == ("fallback-face", "story.md")
    assert "NotoSerifSC-Regular.ttf" in found["message"]["zh"]


def test_a_variation_sequence_shows_its_variant_and_keeps_its_text(printed):
    pdf = printed("fonts: {song: variants.ttf}", story=FRONT + TEXT.replace(LAST, "集\U000e0100，集，市"))

    page = PdfReader(pdf).pages[0]
    shown = {glyph.text for glyph in read_glyphs(page) if glyph.face == "Variants"}

    assert {"集\U000e0100", "集"} <= shown
    assert "集\U000e0100，集，市" in squeezed(page.extract_text())


def test_a_variant_that_the_face_lacks_is_told(write_issue, make_issue):
    folder = write_issue("fonts: {song: plain.ttf}", story=FRONT + TEXT.replace(LAST, "集\U000e0100市"))

    found = json.loads(make_issue("check", "issue.yaml", "--json", cwd=folder).stdout)

    assert [("fallback-face", "U+96C6 U+E0100")] == [
        (problem["code"], re.search(r"U\+[^)]+", problem["message"]["en"])[0]) for problem in found
    ]


def test_latin_comes_from_its_own_face_with_figures_as_high_as_those_beside_han(printed, faces):
    pdf = printed("fonts: {latin: figures.ttf}", story=FRONT + TEXT.replace(LAST, "第78回说Quiz"))

    glyphs = {glyph.text: glyph for glyph in read_glyphs(PdfReader(pdf).pages[0])}

    own, latin = faces["song"], faces["hei-heavy"]
    height = {face: face.ink(face.glyphs["0"])[3] / face.upem for face in (own, latin)}
    assert glyphs["说"].face == "NotoSerifSC-Regular"
    assert {glyphs[letter].face for letter in "78Quiz"} == {"Figures"}
    assert glyphs["7"].size * height[latin] == pytest.approx(glyphs["说"].size * height[own], rel=0.01)
    assert glyphs["7"].y == glyphs["说"].y


def test_a_bundled_face_of_the_role_serves_before_the_paper_s_other_faces(printed):
    pdf = printed("fonts: {song: plain.ttf, kai: wenkai.ttf}", story=FRONT + TEXT.replace(LAST, "鹤一只"))

    assert ["NotoSerifSC-Regular"] == faces_of("鹤", pdf)


def test_a_bundled_face_still_serves_where_the_paper_has_its_own(printed):
    pdf = printed("fonts: {song: plain.ttf, kai: wenkai.ttf}", story=FRONT + TEXT.replace(LAST, "鹳一只"))

    assert faces_of("鹳", pdf) in (["LXGWWenKai-Regular"], ["NotoSerifSC-Regular"])


def test_an_empty_glyph_is_none(printed):
    assert ["NotoSerifSC-Regular"] == faces_of("匠", printed(one_face("blank.ttf")))


@pytest.mark.parametrize("faces", [one_face("plain.ttf"), ""], ids=["own face", "bundled faces"])
def test_a_character_that_no_face_has_is_told_with_its_place(faces, findings):
    story = FRONT + TEXT.replace(LAST, "𪚥一只")

    assert [("missing-glyph", ("story.md", 4, TEXT.index(LAST) + 1))] == findings(faces, story=story)


def faces_of(character, pdf):
    return [glyph.face for glyph in read_glyphs(PdfReader(pdf).pages[0]) if glyph.text == character]


HAN = [*range(0x3400, 0x4DC0), *range(0x4E00, 0xA000), *range(0xF900, 0xFB00)]
MARKS = "，、；：。！？（）《》〈〉【】「」『』〔〕·"


@pytest.mark.parametrize("role", sorted(read_catalogue({})))
def test_han_and_marks_need_no_shaping(role):
    face = Faces(read_catalogue({}))[role]
    han = "".join(character for character in map(chr, HAN) if face.glyphs[character])
    marks = [mark for mark in MARKS if face.glyphs[mark]]

    shaped = [*face.shape(han, "pwid"), *(face.shape(mark, "kern")[0] for mark in marks)]

    assert [face.glyphs[character] for character in (*han, *marks)] == [glyph.glyph for glyph in shaped]
    assert [face.advances[glyph.glyph] for glyph in shaped] == [glyph.advance for glyph in shaped]

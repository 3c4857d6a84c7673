"""A paper's own faces: each kind of font is set with its own outlines; what is broken or forbidden is refused, never set."""

import functools
import io
import json
import math
import re
import shutil
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
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.tables.TupleVariation import TupleVariation
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

from layout.export.proof import page_image
from tests.conftest import ROOT
from tests.finished import read_glyphs, squeezed

PAPER = """\
key: small
name: 小报
format: {trim-width: 200mm, trim-height: 75mm, type-width: 180mm, type-height: 55mm, columns: 3, ems: 11, gutter: 1}
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

ASCII = "".join(map(chr, range(0x20, 0x7F)))
PDF, PAGE_TEXT = "small_20260101/print/small_20260101.pdf", ("pdftotext", "-raw", "-enc", "UTF-8")
FIRST, SECOND = ("paper.yaml", 4, 15), ("paper.yaml", 4, 29)
"""Where the files stand in `fonts: {song: x.ttf, kai: y.ttf}` with names of nine letters."""

DPI = 100
SAME, OTHER = 12, 40
"""Grey levels, of 255: the most that cells of one outline differ by in two kinds of font, the least in two designs."""

FREE = {"installable": 0, "preview and print": 4, "editable": 8}
BOUND = {"restricted": 2, "no subsetting": 0x100, "bitmaps only": 0x200, "editable, no subsetting": 0x108}
RIGHTS = FREE | BOUND

NOTO_CJK = Path("/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc")


# ---- fonts -----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def fonts(tmp_path_factory):
    """A folder of small fonts, made from the bundled ones; their names are those that pdffonts shows."""
    folder = tmp_path_factory.mktemp("fonts")
    plain = subset_of("NotoSerifSC-Regular.ttf", TEXT + ASCII, "Plain")
    names, cids = keyed_by_name(plain, "Names"), keyed_by_cid(plain, "Cids")
    varying, varying_cff = variable(plain, "Varying"), variable_cff(plain, "VaryingCFF")
    files = {
        "plain.ttf": plain,
        "names.otf": names,
        "cids.otf": cids,
        "plain-names.ttc": collection(plain, names),
        "cids-varying.ttc": collection(cids, varying),
        "varying.ttf": varying,
        "varying.otf": varying_cff,
        "sans.ttf": subset_of("NotoSansSC-Regular.ttf", TEXT + ASCII, "Sans"),
        "wenkai.ttf": subset_of("LXGWWenKai-Regular.ttf", TEXT + ASCII, "WenKai"),
        "latin.ttf": subset_of("NotoSerifSC-Regular.ttf", ASCII, "Latin"),
        "half-bound.ttc": collection(plain, with_rights(names, BOUND["restricted"])),
        "hollow.ttf": hollow(plain),
        "cut.ttf": cut(plain),
        "cut.otf": cut(cids),
        "cut.ttc": cut(collection(plain, names)),
        "words.ttf": TEXT.encode(),
        "empty.ttf": b"",
    }
    files |= {f"rights-{bits}.ttf": with_rights(plain, bits) for bits in RIGHTS.values()}
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
    subsetter = Subsetter(Options(layout_features=["fwid", "pwid", "kern", "liga", "locl"], notdef_outline=True))
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
    contours = [glyph.coordinates[start:end] for start, end in zip(starts, starts[1:], strict=False)]
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


def variable_cff(data, name):
    """Return the variable font with the outlines of CFF2."""
    font = opened(variable(data, name))
    masters = [font.getGlyphSet(location={"wght": weight}) for weight in (400, 200, 900)]
    outlines = {glyph: blended([steps(master, glyph) for master in masters]) for glyph in font.getGlyphOrder()}
    without_outlines(font).setupCFF2(outlines, regions=[{"wght": (-1, -1, 0)}, {"wght": (0, 1, 1)}])
    return saved(font)


class _Steps(BasePen):
    """Writes an outline as operators of CFF2 with the steps from point to point."""

    def __init__(self, glyphs):
        super().__init__(glyphs)
        self.at, self.steps = (0, 0), []

    def _moveTo(self, *points, operator="rmoveto"):  # noqa: N802
        rounded = [self.at, *((round(x), round(y)) for x, y in points)]
        pairs = zip(rounded, rounded[1:], strict=False)
        self.steps.append((operator, [end - start for before, after in pairs for start, end in zip(before, after, strict=True)]))
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
        program += [*default, *changes, len(default), "blend", operator]
    return T2CharString(program=program)


def collection(*members):
    fonts = TTCollection()
    fonts.fonts = [opened(member) for member in members]
    return saved(fonts)


def with_rights(data, bits):
    font = opened(data)
    font["OS/2"].fsType = bits
    return saved(font)


def hollow(data):
    font = opened(data)
    for name in font.getGlyphOrder():
        font["glyf"][name] = Glyph()
    return saved(font)


def cut(data):
    return data[: len(data) * 6 // 10]


# ---- an issue set in them --------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def write_issue(fonts):
    """Write the small issue into a folder, with the font files that its paper names."""

    def write(folder, own, story=FRONT + TEXT, issue=ISSUE):
        for name in re.findall(r"[\w-]+\.(?:ttf|otf|ttc)", own):
            if (fonts / name).exists():
                shutil.copy(fonts / name, folder)
        for name, text in {"paper.yaml": PAPER + own, "issue.yaml": issue, "story.md": story}.items():
            (folder / name).write_text(text + "\n", encoding="utf-8")
        return folder / "issue.yaml"

    return write


@pytest.fixture(scope="session")
def printed(write_issue, make_issue, tmp_path_factory):
    """Set the small issue once with the faces that a paper names; return its PDF."""

    @functools.cache
    def printed(own, **texts):
        folder = tmp_path_factory.mktemp("paper")
        result = make_issue("build", write_issue(folder, own, **texts), "--only", "print", "--out", folder)

        assert (0, "", "") == (result.returncode, result.stdout, result.stderr)

        return folder / PDF

    return printed

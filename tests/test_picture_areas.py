"""Pictures on finished pages: their inks, how they are cropped, and what stands with them."""

import math
import subprocess
import sys
from itertools import groupby, pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from layout.design.plan import resolve
from layout.diagnostics import Language
from layout.frame import GlyphRun, Picture
from layout.geometry import Rect
from layout.issue import set_issue
from layout.manifest.issue import PictureContent
from layout.page.pictures.cropping import visible_part
from layout.units import MM, divide
from layout.watch import Watch
from tests.conftest import ROOT

PAPER = """\
key: tiny
name: 小报
format: {trim-width: 220mm, trim-height: 170mm, type-width: 200mm, type-height: 130mm, columns: 4, ems: 13, gutter: 1}
"""


def issue_of(*areas, sketch, keys=""):
    """Return an issue of one page whose areas are A, B and so on."""
    listed = "".join(f"      {letter}: {area}\n" for letter, area in zip("ABCDEF", areas, strict=False))
    rows = "".join(f"      {row}\n" for row in sketch.split("/"))
    head = 'paper: paper.yaml\nnumber: 7\ndate: 2023-03-27\npages:\n  - label: "01"\n'
    return f"{head}    sketch: |\n{rows}    areas:\n{listed}{keys}"


@pytest.fixture
def write(tmp_path):
    """Write an issue with its paper and its pictures; return the issue's file."""

    def write(issue, paper=PAPER, **pictures):
        (tmp_path / "issue.yaml").write_text(issue, encoding="utf-8")
        (tmp_path / "paper.yaml").write_text(paper, encoding="utf-8")
        for name, image in pictures.items():
            image.save(tmp_path / f"{name}.tif")
        return tmp_path / "issue.yaml"

    return write


@pytest.fixture
def printed(write, make_issue, tmp_path):
    """Build an issue and return its PDF."""

    def printed(*given, **more):
        result = make_issue("build", write(*given, **more), "--only", "print", "--out", tmp_path)
        assert result.returncode == 0, result.stderr
        return tmp_path / "tiny_20230327" / "print" / "tiny_20230327.pdf"

    return printed


def rainbow(mode="RGB", size=(1600, 900)):
    """Return a picture of all hues from black to white."""
    hues, darks = Image.linear_gradient("L").rotate(90).resize(size), Image.linear_gradient("L").resize(size)
    coloured = Image.merge("HSV", (hues, Image.new("L", size, 255), darks)).convert("RGB")
    if mode != "CMYK":
        return coloured.convert(mode)
    return Image.merge("CMYK", (hues, Image.new("L", size, 230), darks, darks))


PICTURE = "{picture: p.tif, caption: 色轮}"


# ---- inks ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def plates(judge, tmp_path):
    """Return the page's inks as Ghostscript prints them, 255 in full."""

    def plates(pdf):
        made = judge("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiff32nc", "-r100", f"-sOutputFile={tmp_path}/ink.tif", pdf)
        assert (0, "") == (made.returncode, made.stdout)
        return Image.open(tmp_path / "ink.tif")

    return plates


def most_ink(image):
    return max(map(sum, set(image.get_flattened_data())))


@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
@pytest.mark.parametrize("limit", [180, 240])
def test_no_place_of_a_printed_picture_has_more_ink_than_the_paper_takes(mode, limit, printed, plates):
    paper = f"{PAPER}colour: {{ink-limit: {limit}%}}\n"
    ink = plates(printed(issue_of(PICTURE, sketch="AAAA"), paper, p=rainbow(mode)))

    assert 150 * 255 < 100 * most_ink(ink) <= limit * 255


def test_a_black_page_has_one_ink(printed, plates):
    ink = plates(printed(issue_of(PICTURE, sketch="AAAA", keys="    ink: black\n"), p=rainbow()))

    assert [(0, 0)] * 3 == [band.getextrema() for band in ink.split()[:3]]
    assert ink.getchannel("K").getextrema() == (0, 255)


def test_a_coloured_page_has_four(printed, plates):
    ink = plates(printed(issue_of(PICTURE, sketch="AAAA"), p=rainbow()))

    assert all(band.getextrema()[1] > 200 for band in ink.split())


BUILD = """\
import sys
from pathlib import Path
from layout.issue import Product, build_issue
from layout.watch import Watch
build_issue(Path("issue.yaml"), Path("out"), frozenset({Product.PRINT}), Watch())
assert Path("out/tiny_20230327/print/tiny_20230327.pdf").exists()
print("PIL.PngImagePlugin" in sys.modules)
"""


@pytest.mark.parametrize(("mode", "is_needed"), [("L", False), ("RGB", True)])
def test_grey_pictures_are_not_decoded(mode, is_needed, write):
    folder = write(issue_of(PICTURE.replace(".tif", ".png"), sketch="AAAA")).parent
    rainbow(mode).save(folder / "p.png")

    command = [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(ROOT)!r})\n{BUILD}"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    assert (f"{is_needed}\n", "") == (result.stdout, result.stderr)


def other_press():
    """Return the bundled profile with its colorimetric and its perceptual table in each other's place."""
    data = (ROOT / "layout/inks/profiles/snap-tr002.icc").read_bytes()
    head = data[:300].replace(b"B2A0", b"TEMP").replace(b"B2A1", b"B2A0").replace(b"TEMP", b"B2A1")
    return head + data[300:]


@pytest.mark.parametrize(
    ("colour", "is_other"),
    [("{}", False), ("{profile: own.icc}", True), ("{intent: perceptual}", True)],
)
def test_a_papers_own_profile_separates(colour, is_other, printed, tmp_path):
    issue, picture = issue_of(PICTURE, sketch="AAAA"), rainbow(size=(1300, 720))
    (tmp_path / "own.icc").write_bytes(other_press())

    usual = image_of(printed(issue, p=picture)).get_data()
    own = image_of(printed(issue, f"{PAPER}colour: {colour}\n", p=picture)).get_data()

    assert is_other is (own != usual)


# ---- cropping --------------------------------------------------------------------------------------------------------


@pytest.fixture
def composed(write):
    """Set an issue; return its pictures and its lines of type on the page, the grid, and the codes of its findings."""

    def composed(*given, **more):
        made = set_issue(write(*given, **more), Watch())
        items = [placed for page in made.pages for placed in page.frame.walk()]
        pictures = [placed for placed in items if isinstance(placed.item, Picture)]
        type_ = [placed for placed in items if isinstance(placed.item, GlyphRun)]
        return Composed(pictures, type_, resolve(made.issue).grid if made.issue else None, made.problems)

    return composed


class Composed(NamedTuple):
    pictures: list
    type: list
    grid: object
    problems: tuple

    @property
    def codes(self):
        return [problem.code for problem in self.problems]

    @property
    def areas(self):
        return [Rect(placed.x, placed.y, placed.item.width, placed.item.height) for placed in self.pictures]

    def line(self, words):
        """Return the run that begins with some words."""
        return next(placed for placed in self.type if placed.item.text.startswith(words))


def plain(width, height, mode="L"):
    return Image.new(mode, (width, height), 200)


def cropped(depth="", focus="", caption="色轮"):
    keys = {"depth": depth, "focus": focus, "caption": caption}
    return "{picture: p.tif" + "".join(f", {key}: {value}" for key, value in keys.items() if value) + "}"


STORY = "{story: {headline: 春, text: " + "春风又绿江南岸，明月何时照我还。" * 12 + "}, head: {level: 5}}"


def test_without_a_depth_nothing_is_cropped(composed):
    made = composed(issue_of(cropped(), sketch="AAAA"), p=plain(1600, 700))

    assert made.pictures[0].item.visible is None
    assert made.areas[0].height == divide(made.areas[0].width * 700, 1600)


@pytest.mark.parametrize(("pinned", "caption"), [(17, "色轮"), (19, "色轮"), (22, "色轮"), (20, "")])
def test_a_picture_is_cropped_so_that_it_fills_its_area(pinned, caption, composed):
    """The caption's last line stands at the foot of the area, whatever the depth."""
    keys = f"    rows: [{pinned}, auto]\n"
    made = composed(issue_of(cropped("14-22", caption=caption), STORY, sketch="AAAA/BBBB", keys=keys), p=plain(1600, 800))
    grid, picture = made.grid, made.areas[0]

    depth = pinned - 1
    rest = depth * grid.pitch - picture.height
    assert rest == (4 * grid.pitch // 3 if caption else 0)
    assert picture.width == grid.width(4)
    assert "picture-too-deep" not in made.codes


@pytest.mark.parametrize(
    ("size", "depth", "lines"), [((1600, 800), "10-12", 12), ((1600, 300), "14-22", 14), ((1600, 700), "20", 20)]
)
def test_a_picture_keeps_to_its_range(size, depth, lines, composed):
    made = composed(issue_of(cropped(depth), STORY, sketch="AAAA/BBBB"), p=plain(*size))

    assert made.areas[0].height == pytest.approx(lines * made.grid.pitch, abs=made.grid.pitch)


@pytest.mark.parametrize("depth", ["8", "12", "20"])
@pytest.mark.parametrize("size", [(1600, 700), (1500, 2000), (1600, 250)])
@pytest.mark.parametrize("focus", [(0, 0), (50, 30), (100, 100), (12.5, 80)])
def test_cropping_keeps_proportions_and_the_focus(depth, size, focus, composed):
    made = composed(issue_of(cropped(depth, f"{focus[0]}% {focus[1]}%"), STORY, sketch="AAAA/BBBB"), p=plain(*size))
    seen, (x, y) = made.pictures[0].item.visible, (size[0] * focus[0] / 100, size[1] * focus[1] / 100)

    assert seen.width / seen.height == pytest.approx(made.areas[0].width / made.areas[0].height, rel=0.01)
    assert seen.width == size[0] or seen.height == size[1]
    assert 0 <= seen.x <= x + 1 <= seen.right + 1 <= size[0] + 1
    assert 0 <= seen.y <= y + 1 <= seen.bottom + 1 <= size[1] + 1
    assert (x - seen.x) / seen.width == pytest.approx(focus[0] / 100, abs=0.01)
    assert (y - seen.y) / seen.height == pytest.approx(focus[1] / 100, abs=0.01)


SIDE, SHARE = st.integers(1, 5000), st.fractions(0, 1, max_denominator=1000)


@given(SIDE, SIDE, st.integers(MM, 500 * MM), st.integers(MM, 500 * MM), SHARE, SHARE)
def test_the_part_that_is_seen_lies_in_the_picture_and_fills_one_of_its_sides(broad, deep, width, height, x, y):
    content = PictureContent(Path("p.png"), broad, deep, "", "", focus=(x, y))
    seen = visible_part(content, width, height) or Rect(0, 0, broad, deep)

    assert 0 <= seen.x <= seen.right <= broad
    assert 0 <= seen.y <= seen.bottom <= deep
    assert seen.width == broad or seen.height == deep
    assert abs(seen.width * height - seen.height * width) <= max(width, height)
    assert seen.x <= x * broad <= seen.right + 1
    assert seen.y <= y * deep <= seen.bottom + 1


def image_of(pdf):
    return PdfReader(pdf).pages[0]["/Resources"]["/XObject"]["/Im0"]


def test_a_grey_png_is_cropped(printed, write):
    issue = issue_of(cropped("8", "100% 100%").replace(".tif", ".png"), STORY, sketch="AABB")
    plain(1600, 1700).save(write(issue).parent / "p.png")

    assert image_of(printed(issue))["/Height"] < 850


@pytest.mark.parametrize("mode", ["L", "RGB", "1"])
def test_only_what_is_seen_stands_in_the_file(mode, printed):
    """The lower half is white, and the focus is at the foot."""
    size = (4000, 6000) if mode == "1" else (1600, 1700)
    whole = Image.new("L", size)
    whole.paste(255, (0, size[1] // 2, *size))
    image = image_of(printed(issue_of(cropped("8", "100% 100%"), STORY, sketch="AABB"), p=whole.convert(mode)))

    assert image["/Width"] == size[0]
    assert image["/Height"] < size[1] / 2
    assert image["/BitsPerComponent"] == (1 if mode == "1" else 8)
    assert {255} == set(image.decode_as_image().convert("L").get_flattened_data())


BAD_KEYS = {
    "depth: 0": "wrong-value",
    "depth: 26-18": "wrong-value",
    "depth: 18-": "wrong-value",
    "depth: 1-301": "wrong-value",
    "focus: 30%": "wrong-value",
    "focus: 30% 101%": "wrong-value",
    "focus: 30 40": "wrong-value",
    "caption-at: above": "wrong-value",
}


@pytest.mark.parametrize(("key", "code"), BAD_KEYS.items())
def test_wrong_keys_of_pictures_are_told(key, code, composed):
    made = composed(issue_of(f"{{picture: p.tif, {key}}}", sketch="AAAA"), p=plain(1600, 700))

    assert [code] == made.codes
    assert made.problems[0].span.line == 9


# ---- resolution ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "ppi", "severity"),
    [
        ("L", 149, "warning"),
        ("L", 100, "warning"),
        ("L", 99, "error"),
        ("L", 150, ""),
        ("RGB", 120, "warning"),
        ("1", 540, "error"),
        ("1", 700, "warning"),
        ("1", 805, ""),
    ],
)
def test_too_few_pixels_an_inch_are_told(mode, ppi, severity, composed):
    width = math.ceil(ppi * 200 / 25.4)
    made = composed(issue_of(cropped(), sketch="AAAA"), p=Image.new(mode, (width, width // 3)))
    found = [problem for problem in made.problems if problem.code == "picture-coarse"]

    assert [severity] * bool(severity) == [problem.severity.value for problem in found]
    assert all((problem.span.line, problem.span.column) == (9, 20) for problem in found)
    assert all(f"has {ppi} pixels" in problem.message(Language.EN) for problem in found)


def test_pixels_that_cropping_takes_away_do_not_count(composed):
    """A picture cropped at its sides is enlarged."""
    made = composed(issue_of(cropped("20"), sketch="AAAA"), p=plain(1200, 200))

    assert "picture-coarse" in made.codes
    assert made.problems[made.codes.index("picture-coarse")].severity.value == "error"


@pytest.mark.parametrize(("mode", "ppi", "kept"), [("L", 460, 300), ("RGB", 440, 440), ("RGB", 900, 300), ("CMYK", 460, 300)])
def test_pixels_that_no_screen_shows_are_left_out(mode, ppi, kept, printed):
    width = round(ppi * 47.27 / 25.4)
    image = image_of(printed(issue_of(cropped(), STORY, sketch="ABBB"), p=plain(width, width // 2, "RGB").convert(mode)))

    assert image["/Width"] == pytest.approx(kept * 47.27 / 25.4, rel=0.02)
    assert image["/Height"] == pytest.approx(image["/Width"] / 2, abs=1)


# ---- captions --------------------------------------------------------------------------------------------------------

LONG = "一张只有色轮的图，从左到右是所有的颜色，从上到下由黑到浓，用来看油墨在新闻纸上怎样叠印。"
BESIDE = f"{{picture: p.tif, caption: {LONG}, credit: 示意图, caption-at: beside}}"


def test_a_caption_beside_its_picture_ends_at_its_foot(composed):
    made = composed(issue_of(BESIDE, STORY, sketch="AAAA/BBBB"), p=plain(1600, 800))
    grid, picture = made.grid, made.areas[0]
    first, credit = made.line(LONG[:5]), made.line("示意图")

    assert picture.width == grid.width(3)
    assert first.x == grid.x(3)
    assert credit.x + credit.item.width == grid.x(3) + grid.width(1)
    assert credit.y + divide(12 * credit.item.size, 100) == pytest.approx(picture.bottom, abs=2)


def test_a_caption_beside_a_picture_leaves_its_full_depth_to_it(composed):
    keys = "    rows: [19, auto]\n"
    made = composed(
        issue_of(BESIDE.replace("p.tif", "p.tif, depth: 12-22"), STORY, sketch="AAAA/BBBB", keys=keys), p=plain(1600, 900)
    )

    assert made.areas[0].height == 18 * made.grid.pitch


def test_a_caption_deeper_than_its_picture_makes_its_area_deeper(composed):
    made = composed(issue_of(BESIDE.replace(LONG, LONG * 3), STORY, sketch="AAAA/BBBB"), p=plain(1600, 100))
    heads = made.line("春")

    assert made.line("示意图").y < heads.y
    assert "picture-too-deep" not in made.codes


def test_a_caption_has_no_room_beside_in_one_column(composed):
    made = composed(issue_of(BESIDE, STORY, sketch="ABBB"), p=plain(800, 800))

    assert "no-room-beside" in made.codes
    assert made.line(LONG[:5]).y > made.areas[0].bottom


# ---- groups ----------------------------------------------------------------------------------------------------------


def group(count, keys="", each=""):
    names = "abcdefghijkl"[:count]
    return "{pictures: [" + ", ".join(f"{{picture: {name}.tif{each}}}" for name in names) + f"]{keys}}}"


def plains(*sizes):
    return {name: plain(*size) for name, size in zip("abcdefghijkl", sizes, strict=False)}


MIXED = [(1300, 900), (1300, 600), (900, 1300), (1300, 1300), (1300, 500), (1300, 860), (1300, 900)]


def rows_of(areas):
    return [list(row) for _, row in groupby(areas, key=lambda area: area.y)]


@pytest.mark.parametrize(
    ("count", "across", "rows"),
    [
        (1, "", [1]),
        (2, "", [2]),
        (3, "", [3]),
        (4, "", [2, 2]),
        (5, "", [3, 2]),
        (6, "", [3, 3]),
        (4, ", across: 1", [1, 1, 1, 1]),
        (7, ", across: 4", [4, 3]),
        (3, ", across: 2", [2, 1]),
    ],
)
def test_a_group_stands_in_even_rows(count, across, rows, composed):
    keys = f"{across}, caption: 组图, credit: 示意图, depth: 23"
    made = composed(issue_of(group(count, keys), sketch="AAAA"), **plains(*MIXED[:count]))
    grid, found = made.grid, rows_of(made.areas)

    assert rows == [len(row) for row in found]
    for row in found:
        assert len({area.height for area in row}) == 1
        assert (row[0].x, row[-1].right) == (grid.x(0), grid.x(0) + grid.width(4))
        assert {grid.gutter} >= {right.x - left.right for left, right in pairwise(row)}
        assert max(area.width for area in row) - min(area.width for area in row) <= 1
    for above, below in pairwise(found):
        assert below[0].y - above[0].bottom == grid.gutter
    for placed in made.pictures:
        seen = placed.item.visible or Rect(0, 0, *MIXED[made.pictures.index(placed)])
        assert seen.width / seen.height == pytest.approx(placed.item.width / placed.item.height, rel=0.01)


def test_pictures_of_a_group_over_base_columns_stand_on_them(composed):
    made = composed(issue_of(group(4, ", across: 4"), STORY, sketch="AAAA/BBBB"), **plains(*MIXED))

    assert [area.x for area in made.areas] == [made.grid.x(column) for column in range(4)]


def test_a_group_fills_its_area_to_the_foot(composed):
    keys = "    rows: [22, auto]\n"
    areas = (group(4, ", caption: 组图, depth: 14-24", ", caption: 一"), STORY)
    made = composed(issue_of(*areas, sketch="AAAA/BBBB", keys=keys), **plains(*MIXED))
    grid, rows = made.grid, rows_of(made.areas)

    words = 4 * grid.pitch // 3
    assert rows[1][0].bottom + 2 * words == pytest.approx(grid.y(21), abs=2)
    assert rows[1][0].y - rows[0][0].bottom == words + grid.gutter
    assert made.line("组图").y > rows[1][0].bottom + words


def test_the_focus_of_each_picture_stays(composed):
    areas = group(3).replace("a.tif", "a.tif, focus: 50% 0%").replace("b.tif", "b.tif, focus: 50% 100%")
    made = composed(issue_of(areas, STORY, sketch="AAAA/BBBB"), **plains((1300, 1300), (1300, 1300), (1300, 400)))
    first, second = (placed.item.visible for placed in made.pictures[:2])

    assert first.y == 0
    assert second.bottom == 1300


@pytest.mark.parametrize(
    ("area", "code", "column"),
    [
        (group(0), "no-pictures", 21),
        (group(2).replace("b.tif", "x.tif"), "missing-file", 50),
        (group(6, ", across: 6"), "pictures-too-narrow", 7),
        (group(2, ", depth: 99"), "picture-too-deep", 7),
        (group(2).replace("picture: a", "photo: a"), "missing-key", 22),
    ],
)
def test_what_is_wrong_with_a_group_is_told(area, code, column, composed):
    made = composed(issue_of(area, STORY, sketch="ABBB"), **plains(*MIXED))
    found = [problem for problem in made.problems if problem.code == code]

    assert [(9, column)] == [(problem.span.line, problem.span.column) for problem in found]


def test_a_group_keeps_near_its_natural_depth(composed):
    areas = (group(2, ", depth: 4-30"), cropped("4-30").replace("p.tif", "c.tif"))
    made = composed(issue_of(*areas, sketch="AAAA/BBBB"), **plains((1300, 500), (1300, 500), (1600, 700)))
    first, *_, last = made.areas

    assert first.height == pytest.approx(first.width * 500 / 1300, rel=0.3)
    assert last.height == pytest.approx(last.width * 700 / 1600, rel=0.4)


def test_columns_too_narrow_for_all_pictures_are_told(composed):
    paper = PAPER.replace("ems: 13, gutter: 1", "ems: 5, gutter: 4")
    made = composed(issue_of(group(6, ", across: 6"), STORY, sketch="ABBB"), paper, **plains(*MIXED))

    assert "pictures-too-narrow" in made.codes
    assert {made.grid.width(1)} == {area.width for area in made.areas}


PICTURE_PAGE = issue_of(
    "{pictures: [{picture: a.tif, focus: 50% 30%}, {picture: b.tif}, {picture: c.tif}], across: 3, depth: 6-10}",
    "{picture: d.tif, caption: 一张直幅的图，裁到满版。, credit: 示意图, depth: 8-20}",
    "{pictures: [{picture: e.tif, caption: 横幅之一。}, {picture: f.tif, caption: 横幅之二。}], credit: 示意图, depth: 8-20}",
    sketch="AAAA/BCCC",
)


def test_a_page_of_pictures_and_captions_alone_is_full(composed):
    made = composed(PICTURE_PAGE, f"{PAPER}taboos: {{tombstoned-pictures: off}}\n", **plains(*MIXED))
    credits = [placed for placed in made.type if placed.item.text == "示意图"]

    assert made.codes == []
    assert 6 == len(made.pictures)
    assert len({placed.y for placed in credits}) == 1
    assert credits[0].y == pytest.approx(made.grid.area.bottom, abs=made.grid.pitch // 2)


def test_a_page_of_pictures_prints(printed, judge):
    pdf = printed(PICTURE_PAGE, **{name: rainbow(size=size) for name, size in zip("abcdef", MIXED, strict=False)})

    assert 0 == judge("qpdf", "--check", pdf).returncode
    assert 6 == len(PdfReader(pdf).pages[0]["/Resources"]["/XObject"])
    assert "横幅之一。" in "".join(PdfReader(pdf).pages[0].extract_text().split())

"""Press marks in finished files: Ghostscript parts the plates, and every mark is on each of them, outside the bleed."""

import subprocess
import sys

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from layout.diagnostics import has_errors
from layout.issue import Product
from tests.conftest import ROOT as HOME
from tests.finished import squeezed
from tests.foreign import drawn
from tests.small_issue import PAGE, SENTENCE, build, write_issue
from tests.test_standards import X4
from tests.verapdf import broken_rules

MM = 72 / 25.4
PPI = 127
"""Five pixels a millimetre, so that the room for marks is a whole number of them."""

ROOM = 60
PLATES = ("Cyan", "Magenta", "Yellow", "Black")

COLOURED = (
    PAGE.replace("sketch: SKETCH", "sketch: |\n      PPP\n      AAA")
    .replace("areas:\n", "areas:\n      P: {picture: red.pdf}\n")
    .replace("TEXT", SENTENCE * 30)
)
"""A page with a picture in magenta and yellow above its story."""

RED = drawn(b"0 1 1 0 k 0 0 300 60 re f", size=(300, 60))


def printed(folder, paper, page=""):
    """Build two pages with sheets; return the folder of print files."""
    path = write_issue(folder, 4, paper, page=page)
    (folder / "red.pdf").write_bytes(RED)
    made, problems = build(path, Product.SHEETS)
    assert not has_errors(problems), problems
    return made / "print"


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    return printed(tmp_path_factory.mktemp("marked"), "marks: all\n")


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    return printed(tmp_path_factory.mktemp("plain"), "")


def files_of(folder):
    return [folder / f"tiny_20260101{part}.pdf" for part in ("_0001", "_sheets", "")]


def plates(judge, file, folder):
    """The plates of a file's first page, black where there is ink."""
    judge(
        "gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-dLastPage=1", f"-r{PPI}", f"-sOutputFile={folder}/s.tif", file
    )
    return {name: Image.open(folder / f"s({name}).tif").convert("L") for name in PLATES}


def pixels(box, height):
    """A box of the file in pixels from the upper left corner."""
    left, bottom, right, top = (float(edge) * PPI / 72 for edge in box)
    tall = float(height) * PPI / 72
    return tuple(round(edge) for edge in (left, tall - top, right, tall - bottom))


def test_boxes_grow_by_twelve_millimetres_and_bleed_and_trim_keep_their_size(marked, plain):
    for one, other in zip(files_of(marked), files_of(plain), strict=True):
        for page, bare in zip(PdfReader(one).pages, PdfReader(other).pages, strict=True):
            for name in ("trimbox", "bleedbox"):
                assert size(getattr(bare, name)) == pytest.approx(size(getattr(page, name)), abs=0.01)
            assert [side + 24 * MM for side in size(bare.mediabox)] == pytest.approx(size(page.mediabox), abs=0.01)
            assert [float(edge) for edge in bare.bleedbox] == [0, 0, *size(bare.bleedbox)]
            assert [12 * MM] * 2 == pytest.approx([float(page.bleedbox.left), float(page.bleedbox.bottom)], abs=0.01)


def size(box):
    return [float(box.width), float(box.height)]


@pytest.mark.parametrize("number", [0, 1], ids=["page", "sheet"])
def test_every_plate_shows_the_same_marks_and_none_within_the_bleed(judge, marked, tmp_path, number):
    """The issue prints black alone: on the other plates there is nothing but what is on all of them."""
    file = files_of(marked)[number]
    page = PdfReader(file).pages[0]
    inked = plates(judge, file, tmp_path)

    bleed = pixels(page.bleedbox, page.mediabox.height)
    for name in ("Cyan", "Magenta", "Yellow"):
        assert inked[name].getextrema() == (0, 255), name
        assert inked[name].crop(bleed).getextrema() == (255, 255), name
        assert not ImageChops.difference(inked["Cyan"], inked[name]).getbbox()
    outside = inked["Black"].copy()
    outside.paste(255, bleed)
    assert not ImageChops.subtract(outside, inked["Cyan"]).getbbox(), "a mark that black lacks"


@pytest.mark.parametrize("number", [0, 1], ids=["page", "sheet"])
def test_what_stands_within_the_bleed_is_what_stands_there_without_marks(judge, marked, plain, tmp_path, number):
    (tmp_path / "plain").mkdir()
    with_marks = plates(judge, files_of(marked)[number], tmp_path)
    without = plates(judge, files_of(plain)[number], tmp_path / "plain")

    for name in PLATES:
        width, height = without[name].size
        within = with_marks[name].crop((ROOM, ROOM, ROOM + width, ROOM + height))
        assert not ImageChops.difference(within, without[name]).getbbox(), name
    assert without["Black"].getextrema()[0] == 0


LINES = {
    "trim": [(x, y) for x in (0, 148) for y in (-8.5, 188.5)] + [(x, y) for x in (-8.5, 156.5) for y in (0, 180)],
    "register": [(-8, 90), (156, 90), (74, -8), (74, 188)],
}


@pytest.mark.parametrize("name", LINES)
def test_a_mark_stands_where_it_is_looked_for(judge, tmp_path, name):
    """Places in millimetres from the upper left corner of the trimmed page."""
    file = files_of(printed(tmp_path, f"marks: [{name}]\n"))[0]
    page = PdfReader(file).pages[0]
    cyan = plates(judge, file, tmp_path)["Cyan"]

    left, top, _, _ = pixels(page.trimbox, page.mediabox.height)
    for x, y in LINES[name]:
        px, py = (round(start + length * PPI / 25.4) for start, length in ((left, x), (top, y)))
        assert cyan.crop((px - 2, py - 2, px + 3, py + 3)).getextrema()[0] < 128, (x, y)


def test_a_fold_is_marked_in_the_middle_of_a_sheet_and_on_no_page(judge, tmp_path):
    page, sheet, _ = files_of(printed(tmp_path, "marks: [fold]\n"))

    assert (255, 255) == plates(judge, page, tmp_path)["Cyan"].getextrema()
    plate = plates(judge, sheet, tmp_path)["Cyan"]
    left, top, right, bottom = ImageChops.invert(plate).getbbox()
    assert abs((left + right) - plate.width) <= 4
    assert right - left <= 4
    assert (top, bottom) == pytest.approx((4 * PPI / 25.4, plate.height - 4 * PPI / 25.4), abs=5)


@pytest.mark.parametrize(("page", "expected"), [("", "K"), (COLOURED, "MYK")], ids=["black", "coloured"])
def test_bars_and_letters_are_those_of_the_inks_of_the_page(judge, tmp_path, page, expected):
    file = files_of(printed(tmp_path, "marks: [colour, slug]\n", page))[0]
    box = PdfReader(file).pages[0]
    inked = plates(judge, file, tmp_path)

    bleed = pixels(box.bleedbox, box.mediabox.height)
    bars = (0, bleed[3] + 1, inked["Cyan"].width, inked["Cyan"].height)
    assert set(expected) == {name[0].replace("B", "K") for name in PLATES if inked[name].crop(bars).getextrema() != (255, 255)}
    heading = (0, 0, inked["Cyan"].width, bleed[1] - 1)
    assert [] == [name for name in PLATES if inked[name].crop(heading).getextrema()[0] > 100], "a plate without the slug"
    slug = judge("pdftotext", "-enc", "UTF-8", "-l", 1, "-x", 0, "-y", 0, "-W", 600, "-H", 30, file, "-").stdout
    assert f"小报2026年1月1日第7期01版第1页{expected}" == squeezed(slug)
    if expected == "MYK":
        own = ImageChops.difference(inked["Magenta"], inked["Cyan"]).crop(heading)
        other = ImageChops.difference(inked["Yellow"], inked["Cyan"]).crop(heading)
        assert own.getbbox()[2] <= other.getbbox()[0], "each letter is on its own plate alone"


def test_bars_show_each_ink_in_full_and_in_half(judge, tmp_path):
    file = files_of(printed(tmp_path, "marks: [colour]\n", COLOURED))[0]
    box = PdfReader(file).pages[0]
    inked = plates(judge, file, tmp_path)
    bleed = pixels(box.bleedbox, box.mediabox.height)

    for name in ("Magenta", "Yellow", "Black"):
        bar = inked[name].crop((0, bleed[3] + 1, inked[name].width, inked[name].height))
        shades = sorted(shade for count, shade in bar.getcolors() if count > 400)
        assert [0, 127, 255] == pytest.approx(shades, abs=3), name


def test_verapdf_and_qpdf_find_marked_files_and_sheets_sound(judge, marked, plain):
    files = [*files_of(marked)[:2], files_of(plain)[1]]
    copies = []
    for number, file in enumerate(files):
        assert 0 == judge("qpdf", "--check", file).returncode
        copies.append(file.with_name(f"judged-{number}.pdf"))
        copies[-1].write_bytes(file.read_bytes())

    assert {f"2u judged-{number}.pdf": [] for number in range(3)} == broken_rules("2u", copies)


@pytest.mark.parametrize("rule", X4)
def test_marked_files_and_sheets_keep_each_rule_of_pdf_x_4(rule, marked, plain):
    files = [*files_of(marked), files_of(plain)[1]]

    assert [] == [file.name for file in files if not X4[rule](PdfReader(file))]


def test_marks_are_drawn_a_quarter_point_wide_in_the_space_of_all_plates(marked):
    page = PdfReader(files_of(marked)[0]).pages[0]
    (space,) = page["/Resources"]["/ColorSpace"].values()
    marks = page["/Contents"][-1].get_object().get_data()

    assert ["/Separation", "/All", "/DeviceCMYK"] == [str(part) for part in space.get_object()[:3]]
    assert {b"0.25"} == {line.split()[0] for line in marks.splitlines() if b" w " in line}


def test_files_without_marks_have_neither_room_nor_space_for_them(plain):
    for file in files_of(plain):
        assert b"/All" not in file.read_bytes()


def test_two_processes_make_the_same_marks(tmp_path):
    path = write_issue(tmp_path, 4, "marks: all\n")
    made = []
    for seed in "01":
        out = tmp_path / seed
        command = [sys.executable, HOME / "make_issue.py", "build", path, "--only", "sheets", "--out", out]
        subprocess.run(command, check=True, env={"PYTHONHASHSEED": seed, "LANG": "C.UTF-8"}, capture_output=True)
        made.append({file.name: file.read_bytes() for file in out.rglob("*.*") if file.is_file()})
    assert made[0] == made[1]

"""Pictures on finished pages: their inks, how they are cropped, and what stands with them."""

import subprocess
import sys

import pytest
from PIL import Image
from pypdf import PdfReader

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


def test_a_papers_own_profile_separates(printed, write):
    """Another paper's black is not the bundled profile's: the same picture has other samples."""
    issue = issue_of(PICTURE, sketch="AAAA")
    streams = []
    for paper in (PAPER, f"{PAPER}colour: {{profile: own.icc, intent: perceptual}}\n"):
        folder = write(issue).parent
        (folder / "own.icc").write_bytes((ROOT / "layout/inks/profiles/snap-tr002.icc").read_bytes())
        pdf = PdfReader(printed(issue, paper, p=rainbow(size=(400, 220))))
        streams.append(pdf.pages[0]["/Resources"]["/XObject"]["/Im0"].get_data())

    assert streams[0] != streams[1]

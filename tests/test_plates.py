"""What comes onto the plates, measured by Ghostscript: ink in any square of the samples, black text and rules over tints."""

import datetime
from collections.abc import Iterator

import pytest
from PIL import Image

from layout.design.styles import LineStyle
from layout.export.content import page_content
from layout.export.metadata import DocumentFacts
from layout.frame import BLACK, Fill, Frame, Ink, Page, Placed
from layout.geometry import Size
from layout.manifest.areas import Align
from layout.manifest.paper import Role
from layout.preflight.checks.ink import page_ink
from layout.preflight.facts import page_facts
from layout.preflight.reading import open_pdf
from layout.preflight.samples import Plate, heaviest_square
from layout.script.rules import TypeRules
from layout.text.shape import Shaper
from layout.text.single import set_single
from layout.units import PT
from tests.printed import write_document

LIMIT = 245
"""Per cent of ink in a square of 15 mm (GWG 2022 R0026)."""

FINE, REDUCED, SIDE = 101.6, 2, 30
"""Pixels an inch that Ghostscript paints, how many of them are one both ways, and then those of 15 mm."""


@pytest.mark.parametrize("sample_name", ["sample", "gallery"])
def test_no_square_of_a_sample_has_too_much_ink_and_preflight_measures_as_much(sample_name, request, judge, tmp_path):
    folder = request.getfixturevalue(sample_name)
    file = folder / "print" / f"{folder.name}.pdf"
    painted = list(painted_ink(judge, file, tmp_path))
    opened = open_pdf(file.read_bytes())

    told = [page_ink(opened, page_facts(record, number)) for number, record in enumerate(opened.pages, 1)]

    assert len(painted) == len(told) > 0
    assert LIMIT >= max(painted)
    assert [found[0] for found in told] == pytest.approx(painted, rel=0.03)


def painted_ink(judge, file, folder) -> Iterator[float]:
    """Yield the ink of the heaviest square of each page as Ghostscript paints it, in per cent."""
    options = ["-sDEVICE=tiff32nc", f"-r{FINE}", "-dGraphicsAlphaBits=4", "-dTextAlphaBits=4"]
    made = judge("gs", "-q", "-dNOPAUSE", "-dBATCH", *options, f"-sOutputFile={folder / '%d.tif'}", file)
    assert made.returncode == 0, made.stderr
    for path in sorted(folder.glob("*.tif"), key=lambda each: int(each.stem)):
        with Image.open(path) as fine:
            page = fine.reduce(REDUCED)
        yield heaviest_square([Plate(page.width, page.height, plate.tobytes()) for plate in page.split()], SIDE).percent


# ---- black text and thin rules

GROUND = Ink(300, 200, 100, 0)
SIZE = 200 * PT


@pytest.fixture
def plates(faces, judge, tmp_path):
    """The plates of a page of 200 points, one sample a point, 0 for full ink: its left half has a tint in three inks.

    Over both halves stand a rule half a point thick, a rule of 9 points and text of 9 and of 60 points, all in black.
    """
    shaper = Shaper(faces, TypeRules())
    lines = [(50, 9), (150, 60)]
    texts = [
        placed
        for baseline, points in lines
        for placed in set_single("春风又绿", LineStyle(Role.HEI_HEAVY, points * PT), shaper).placed(
            100 * PT - 2 * points * PT, baseline * PT, 4 * points * PT, Align.CENTRE
        )
    ]
    rules = [Placed(20 * PT, 20 * PT, Fill(160 * PT, PT // 2, BLACK)), Placed(20 * PT, 30 * PT, Fill(160 * PT, 9 * PT, BLACK))]
    items = (Placed(0, 0, Fill(SIZE // 2, SIZE, GROUND)), *rules, *texts)
    page = Page(1, "01", "", Size(SIZE, SIZE), 0, Frame(SIZE, SIZE, items))
    facts = DocumentFacts("", "", "", datetime.date(2026, 1, 1))
    (tmp_path / "page.pdf").write_bytes(write_document([page_content(page, faces, {})], faces, {}, facts))
    options = ["-dGraphicsAlphaBits=4", "-dTextAlphaBits=4", "-r72"]
    target = f"-sOutputFile={tmp_path / 'page.tif'}"
    made = judge("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", *options, target, tmp_path / "page.pdf")
    assert made.returncode == 0, made.stderr
    return {name: Image.open(tmp_path / f"page({name}).tif") for name in ("Cyan", "Magenta", "Yellow", "Black")}


@pytest.mark.parametrize(("name", "part"), [("Cyan", GROUND.cyan), ("Magenta", GROUND.magenta), ("Yellow", GROUND.yellow)])
def test_black_text_and_rules_leave_a_tint_below_them_whole_and_the_other_plates_bare(name, part, plates):
    tinted, bare = (plates[name].crop((left, 12, left + 88, 188)) for left in (12, 112))

    assert (255, 255) == bare.getextrema()
    assert [255 - 255 * part / 1000] * 2 == pytest.approx(tinted.getextrema(), abs=1)


def test_black_text_and_rules_are_whole_on_the_plate_of_black(plates):
    black = plates["Black"]

    on_tint, on_paper = (black.crop((left, 12, left + 88, 188)) for left in (12, 112))
    assert [0, 0] == [black.getpixel((x, 34)) for x in (60, 150)]
    assert all(black.getpixel((x, 20)) < 200 for x in (60, 150))
    assert sum(on_tint.histogram()[:64]) > 500
    assert sum(on_paper.histogram()[:64]) > 500

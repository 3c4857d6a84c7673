"""Art from other files in the printer's file: what it lacks is told where it is named, and the file claims no more than it keeps."""

import re
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader
from pypdf.generic import ArrayObject, NameObject, NumberObject

from layout.art.foreign import is_mapped
from tests.foreign import changed, cyan, drawn, embedded, made, named
from tests.small_issue import PAGE
from tests.test_x1a import SIZE, printed
from tests.verapdf import broken_rules

LEVEL = re.compile(rb"<pdfaid:conformance>(\w)</pdfaid:conformance>")


def without_unicode(writer):
    for font in writer.pages[0]["/Resources"]["/Font"].values():
        font.get_object().pop("/ToUnicode", None)


MAPPED = made(embedded, cyan, size=SIZE)
UNMAPPED = changed(MAPPED, without_unicode)


def claim(file: Path) -> str:
    return LEVEL.search(PdfReader(file).xmp_metadata.stream.get_data())[1].decode()


def test_a_page_with_art_is_a_pdf_a_2u_only_if_all_its_text_can_be_searched(tmp_path):
    files, found = {}, {}
    for name, art in (("mapped", MAPPED), ("unmapped", UNMAPPED)):
        (tmp_path / name).mkdir()
        _, folder, problems = printed(tmp_path / name, art, "")
        found[name] = sorted({problem.code for problem in problems})
        files[name] = (folder / "print" / "tiny_20260101_0001.pdf").rename(tmp_path / f"{name}.pdf")

    verdicts = broken_rules("2b,2u", files.values())

    assert {"mapped": [], "unmapped": ["art-unmapped"]} == found
    assert {"mapped": "U", "unmapped": "B"} == {name: claim(file) for name, file in files.items()}
    assert [] == verdicts["2u mapped.pdf"] == verdicts["2b mapped.pdf"] == verdicts["2b unmapped.pdf"]
    assert any(rule.startswith("6.2.11.7.2") for rule in verdicts["2u unmapped.pdf"])


def of_encoding(*names: object, base: str = "", **entries: object):
    """Return a simple font with an encoding of its own."""
    differences = ArrayObject([NumberObject(65), *map(NameObject, names)])
    bases = {"BaseEncoding": NameObject(base)} if base else {}
    return named(Subtype=NameObject("/TrueType"), Encoding=named(Differences=differences, **bases), **entries)


def of_collection(ordering: str):
    descendant = named(CIDSystemInfo=named(Ordering=ordering))
    return named(Subtype=NameObject("/Type0"), Encoding=NameObject("/Identity-H"), DescendantFonts=ArrayObject([descendant]))


@pytest.mark.parametrize(
    ("font", "mapped"),
    [
        (named(Subtype=NameObject("/TrueType"), Encoding=NameObject("/WinAnsiEncoding")), True),
        (named(Subtype=NameObject("/TrueType"), Encoding=NameObject("/StandardEncoding")), False),
        (named(Subtype=NameObject("/TrueType")), False),
        (of_encoding("/Euro", "/uni6C5D"), True),
        (of_encoding("/g31"), False),
        (of_encoding("/Euro", "/g31", base="/WinAnsiEncoding"), False),
        (of_collection("GB1"), True),
        (of_collection("Identity"), False),
        (named(Subtype=NameObject("/Type3"), ToUnicode=named()), True),
    ],
)
def test_a_font_is_mapped_by_a_table_by_known_names_or_by_its_collection(font, mapped):
    assert mapped is is_mapped(font)


# ---- pages in black ----------------------------------------------------------------------------------------------

BLACK_PAGE = (
    PAGE.replace("sketch: SKETCH", "ink: black\n    sketch: |\n      PPP\n      AAA")
    .replace("areas:\n", "areas:\n      P: {picture: art.pdf}\n")
    .replace("TEXT", "版心有多高，行就有多少；行与行一样远。" * 30)
)


def separation(name: str) -> bytes:
    """Return a square in a tint of one colorant."""
    function = named(FunctionType=NumberObject(2), N=NumberObject(1))
    function.update({NameObject("/Domain"): _numbers(0, 1), NameObject("/C0"): _numbers(0, 0, 0, 0)})
    function[NameObject("/C1")] = _numbers(0, 0, 0, 1)
    space = ArrayObject([NameObject("/Separation"), NameObject(f"/{name}"), NameObject("/DeviceCMYK"), function])
    return drawn(b"/C cs 0.5 scn 0 0 300 60 re f", size=SIZE, ColorSpace=named(C=space))


def _numbers(*values: int) -> ArrayObject:
    return ArrayObject(map(NumberObject, values))


COLOURED = {
    "cyan": drawn(b"1 0 0 0 k 0 0 300 60 re f", size=SIZE),
    "a trace of yellow": drawn(b"0 0 0.01 1 k 0 0 300 60 re f", size=SIZE),
    "another ink": separation("HKS 13"),
}
GREY = {
    "black ink": drawn(b"0 0 0 0.4 k 0 0 300 60 re f", size=SIZE),
    "grey": drawn(b"0.4 g 0 0 300 60 re f", size=SIZE),
    "black as a colorant": separation("Black"),
}


@pytest.fixture
def on_a_black_page(tmp_path, monkeypatch):
    monkeypatch.setattr("tests.test_x1a.WITH_ART", BLACK_PAGE)
    return lambda art: printed(tmp_path, art, "")


@pytest.mark.parametrize("name", COLOURED)
def test_coloured_art_on_a_page_in_black_is_told_where_it_is_named(name, on_a_black_page):
    path, folder, problems = on_a_black_page(COLOURED[name])

    lines = path.read_text("utf-8").splitlines()
    assert ["art-coloured"] * 4 == [problem.code for problem in problems]
    assert {"art.pdf"} == {lines[each.span.line - 1][each.span.column - 1 :].split("}")[0] for each in problems}
    assert not (folder / "print").exists()


@pytest.mark.parametrize("name", GREY)
def test_grey_art_on_a_page_in_black_is_on_one_plate(name, on_a_black_page, judge, tmp_path):
    _, folder, problems = on_a_black_page(GREY[name])
    page = folder / "print" / "tiny_20260101_0001.pdf"
    judge("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiff32nc", "-r40", f"-sOutputFile={tmp_path / 'page.tif'}", page)

    assert [] == [problem.code for problem in problems]
    with Image.open(tmp_path / "page.tif") as inks:
        assert [(0, 0), (0, 0), (0, 0)] == [plate.getextrema() for plate in inks.split()[:3]]

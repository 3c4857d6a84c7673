"""Art from outside: a page of a foreign PDF comes in as one form, with its drawing and nothing else, or is refused by name."""

import datetime
import io
import re
import subprocess
import tempfile
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops
from pypdf import PdfReader
from pypdf.generic import ArrayObject, BooleanObject, DecodedStreamObject, NameObject, NumberObject

from layout.art.foreign import read_page
from layout.art.operators import read_operators
from layout.diagnostics import Span
from layout.export.content import page_content
from layout.export.dump import dump_page
from layout.export.metadata import DocumentFacts
from layout.frame import Art, Fill, Frame, Ink, Page, Placed
from layout.geometry import Rect, Size
from layout.messages import Severity
from layout.units import PT
from tests.foreign import (
    REFUSED,
    SOUND,
    active,
    box,
    changed,
    cyan,
    drawn,
    embedded,
    form,
    made,
    named,
    saved,
)
from tests.printed import write_document

FACTS = DocumentFacts("题", "题", "社", datetime.date(2023, 3, 27))
SPAN = Span("issue.yaml", 12, 19)
PLACE, WIDTH, HEIGHT = (20 * PT, 30 * PT), 100 * PT, 50 * PT


@pytest.fixture
def read(tmp_path):
    """Read a PDF's page; it has no findings but those named."""

    def read(data, *codes, number=None):
        source, problems = read_page(saved(tmp_path, data), number, SPAN)
        assert list(codes) == [problem.code for problem in problems]
        return source

    return read


def page_with(*sources, before=(), width=WIDTH, height=HEIGHT):
    """Return a page of 200 × 200 points with art 20 points from the left, one piece under the other."""
    items = [Placed(PLACE[0], PLACE[1] + number * HEIGHT, Art(source, width, height)) for number, source in enumerate(sources)]
    return Page(1, "01", "", Size(200 * PT, 200 * PT), 0, Frame(200 * PT, 200 * PT, (*before, *items)))


def written(page, faces):
    return write_document([page_content(page, faces, {})], faces, {}, FACTS)


def pixels(data, scale=2, page=0):
    document = pypdfium2.PdfDocument(data)
    return document[page].render(scale=scale).to_pil().convert("RGB")


def separations(judge, path):
    """Return the plates of a page by Ghostscript, one sample a point: 0 is full ink."""
    judge("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r72", f"-sOutputFile={path.with_suffix('.tif')}", path)
    names = ("Cyan", "Magenta", "Yellow", "Black")
    return {name: Image.open(path.with_name(f"{path.stem}({name}).tif")) for name in names}


# ---- what comes in ---------------------------------------------------------------------------------------------------


def test_a_page_comes_in_as_one_form_that_judges_pass(read, faces, judge, tmp_path):
    path = saved(tmp_path, written(page_with(read(SOUND)), faces), "page.pdf")

    assert 0 == judge("qpdf", "--check", path).returncode
    assert "春风又绿江南岸" in judge("pdftotext", path, "-").stdout
    fonts = judge("pdffonts", path).stdout
    assert re.search(r"MaShanZheng\S* +TrueType +\S+ +yes", fonts)
    ((name, placed),) = PdfReader(path).pages[0]["/Resources"]["/XObject"].items()
    assert ("/Fm0", "/Form") == (name, placed["/Subtype"])


def test_it_stands_at_its_place_in_its_size(read, faces):
    """The upper right quarter is cyan: 50 × 25 points at 70 and 30 from the upper left corner."""
    image = pixels(written(page_with(read(made(cyan))), faces), scale=4)

    white = Image.new("RGB", image.size, "white")
    found = Image.eval(ImageChops.difference(image, white), lambda value: 255 * (value > 60)).getbbox()

    assert (280, 120, 480, 220) == pytest.approx(found, abs=1)


def test_what_lies_outside_the_page_is_clipped(read, faces):
    everywhere = drawn(b"1 0 0 0 k -500 -500 2000 2000 re f")

    image = pixels(written(page_with(read(everywhere)), faces), scale=1)

    assert [(255, 255, 255)] * 2 == [image.getpixel(place) for place in ((18, 50), (122, 50))]
    assert (255, 255, 255) != image.getpixel((22, 50))


@pytest.mark.parametrize(("turn", "corner"), [(0, (100, 0)), (180, (0, 50))])
def test_a_part_of_it_may_be_seen(turn, corner, read, faces):
    """The cyan quarter fills all of the art's room and nothing beyond it."""
    source = read(changed(made(cyan), lambda writer: writer.pages[0].rotate(turn)))
    part = Rect(corner[0] * PT, corner[1] * PT, 100 * PT, 50 * PT)
    page = page_with()
    art = Placed(*PLACE, Art(source, WIDTH, HEIGHT, visible=part))

    image = pixels(written(page._replace(frame=page.frame._replace(items=(art,))), faces), scale=4)

    difference = ImageChops.difference(image, Image.new("RGB", image.size, "white"))
    assert (80, 120, 480, 320) == pytest.approx(Image.eval(difference, lambda value: 255 * (value > 60)).getbbox(), abs=1)
    assert len(image.crop((84, 124, 476, 316)).getcolors()) == 1


def test_what_is_not_seen_of_it_is_clipped(read, faces):
    source = read(drawn(b"1 0 0 0 k 0 0 200 100 re f"))
    art = Placed(*PLACE, Art(source, WIDTH, HEIGHT, visible=Rect(50 * PT, 25 * PT, 100 * PT, 50 * PT)))
    page = page_with()

    image = pixels(written(page._replace(frame=page.frame._replace(items=(art,))), faces), scale=4)

    difference = ImageChops.difference(image, Image.new("RGB", image.size, "white"))
    assert (80, 120, 480, 320) == pytest.approx(Image.eval(difference, lambda value: 255 * (value > 60)).getbbox(), abs=1)


@pytest.mark.parametrize(
    ("boxes", "size"),
    [
        ({}, (200, 100)),
        ({"CropBox": (10, 10, 110, 60)}, (100, 50)),
        ({"TrimBox": (20, 20, 80, 60)}, (60, 40)),
        ({"CropBox": (10, 10, 110, 60), "TrimBox": (20, 20, 80, 60)}, (60, 40)),
        ({"ArtBox": (20, 20, 80, 60)}, (200, 100)),
        ({"TrimBox": (-50, 0, 500, 100)}, (200, 100)),
        ({"UserUnit": 2}, (400, 200)),
        ({"Rotate": 90}, (100, 200)),
        ({"Rotate": 180}, (200, 100)),
        ({"Rotate": 270, "TrimBox": (20, 20, 80, 60)}, (40, 60)),
    ],
    ids=str,
)
def test_the_size_is_that_of_the_trimmed_page_as_it_is_seen(boxes, size, read):
    values = {name: box(*value) if isinstance(value, tuple) else NumberObject(value) for name, value in boxes.items()}

    source = read(
        changed(SOUND, lambda writer: writer.pages[0].update({NameObject(f"/{name}"): value for name, value in values.items()}))
    )

    assert Size(size[0] * PT, size[1] * PT) == source.size


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_looks_as_its_reader_shows_it(turn, read, faces):
    data = changed(made(cyan, embedded), lambda writer: writer.pages[0].rotate(turn))
    source = read(data)
    width, height = source.size

    seen = pixels(data, scale=1)
    image = pixels(written(page_with(source, width=width // 2, height=height // 2), faces), scale=2).crop(
        (40, 60, 40 + seen.width, 60 + seen.height)
    )

    difference = ImageChops.difference(image, seen).convert("L").point(lambda value: 255 * (value > 90))
    assert difference.histogram()[255] < 60


def test_a_page_begins_with_the_state_of_a_page(read, faces, judge, tmp_path):
    """Condensed type, colour and overprint of ours do not reach into it, nor its own out again."""
    data = drawn(b"20 20 60 60 re f Q Q q q 0 1 0 0 k")
    below = Placed(0, 0, Fill(200 * PT, 200 * PT, Ink(cyan=500)))
    after = page_with(read(data), before=(Placed(0, 0, Fill(PT, PT)), below))
    frame = after.frame._replace(items=(*after.frame.items, Placed(150 * PT, 150 * PT, Fill(9 * PT, 9 * PT))))
    path = saved(tmp_path, written(after._replace(frame=frame), faces), "page.pdf")

    (form_made,) = PdfReader(path).pages[0]["/Resources"]["/XObject"].values()
    does = read_operators(form_made.get_data())
    plates = separations(judge, path)

    assert (0, 0) == (does.unopened, does.unclosed)
    in_art, after_it = (45, 55), (154, 154)
    assert [255, 0] == [plates[name].getpixel(in_art) for name in ("Cyan", "Black")]
    assert [128, 255, 0] == [plates[name].getpixel(after_it) for name in ("Cyan", "Magenta", "Black")]
    assert 0 == judge("qpdf", "--check", path).returncode


def test_its_overprint_is_its_own(read, faces, judge, tmp_path):
    """Without a mode of its own, overprinting zero inks knock out (mode 0), whatever our own mode is."""
    state = named(Type=NameObject("/ExtGState"), op=BooleanObject(True))
    data = drawn(b"1 0 0 0 k 0 0 200 100 re f /G gs 0 0 0 1 k 0 0 200 100 re f", ExtGState=named(G=state))
    path = saved(tmp_path, written(page_with(read(data)), faces), "page.pdf")

    plates = separations(judge, path)

    assert [255, 0] == [plates[name].getpixel((60, 50)) for name in ("Cyan", "Black")]


def test_transparency_groups_stay(read, faces):
    group = named(S=NameObject("/Transparency"), CS=NameObject("/DeviceCMYK"), K=BooleanObject(True))
    inner = form(b"1 0 0 0 k 0 0 9 9 re f", Group=group)
    data = changed(drawn(b"/A Do", XObject=named()), lambda writer: _give(writer, inner, group))

    (placed,) = PdfReader(io.BytesIO(written(page_with(read(data)), faces))).pages[0]["/Resources"]["/XObject"].values()

    assert ["/DeviceCMYK"] * 2 == [art["/Group"]["/CS"] for art in (placed, placed["/Resources"]["/XObject"]["/A"])]
    assert placed["/Group"]["/K"]


def _give(writer, stream, group):
    page = writer.pages[0]
    page["/Resources"]["/XObject"][NameObject("/A")] = writer._add_object(stream)
    page[NameObject("/Group")] = group


def test_art_placed_twice_is_written_once(read, faces):
    source, other = read(SOUND), read(made(cyan))
    once, twice, both = (len(written(page_with(*sources), faces)) for sources in ([source], [source, source], [source, other]))

    document = PdfReader(io.BytesIO(written(page_with(source, other, source), faces)))

    assert {"/Fm0", "/Fm1"} == set(document.pages[0]["/Resources"]["/XObject"])
    assert twice - once < 100 < both - once


def test_names_in_the_art_are_its_own(read, faces):
    """Resources of ours and of two files have the same names."""
    first, second = (form(b"0 0 200 100 re f"), form(b"1 0 0 0 k 0 0 200 100 re f"))
    black, blue = (
        read(changed(drawn(b"/Fm0 Do", XObject=named()), lambda writer, stream=stream: _give_fm(writer, stream)))
        for stream in (first, second)
    )

    image = pixels(written(page_with(black, blue), faces), scale=1)

    assert max(image.getpixel((60, 50))) < 60
    assert image.getpixel((60, 110))[2] > 150


def _give_fm(writer, stream):
    writer.pages[0]["/Resources"]["/XObject"][NameObject("/Fm0")] = writer._add_object(stream)


def test_the_same_input_gives_the_same_bytes(read, faces):
    assert written(page_with(read(SOUND)), faces) == written(page_with(read(SOUND)), faces)


def test_a_page_is_chosen_by_its_number(read):
    pages = made(cyan, pages=3)

    assert read(pages, number=2).size == Size(200 * PT, 100 * PT)
    assert None is read(pages, "art-no-page", number=4)
    assert read(made(cyan), number=1) is not None


def test_the_dump_names_art(read):
    assert "   20.00" not in dump_page(page_with(read(SOUND)))
    assert "art art.pdf 35.28 x 17.64" in dump_page(page_with(read(SOUND)))


# ---- what stays behind -----------------------------------------------------------------------------------------------

ACTS = (
    b"JavaScript",
    b"/JS",
    b"/AA",
    b"OpenAction",
    b"Annots",
    b"EmbeddedFile",
    b"AcroForm",
    b"XFA",
    b"PieceInfo",
    b"PrivateData",
    b"/OCG",
)


def test_nothing_that_acts_comes_in(read, faces, judge, tmp_path):
    data = changed(SOUND, active)
    source = read(data, "art-left-out", "art-left-out")
    path = saved(tmp_path, written(page_with(source), faces), "page.pdf")

    plain = subprocess.run(["qpdf", "--qdf", "--object-streams=disable", path, "-"], capture_output=True, check=False).stdout

    assert [] == [word for word in ACTS if re.search(re.escape(word) + rb"\b", plain)]
    assert all(
        word
        in subprocess.run(
            ["qpdf", "--qdf", "--object-streams=disable", saved(tmp_path, data), "-"], capture_output=True, check=False
        ).stdout
        for word in ACTS[:6]
    )
    assert "春风又绿江南岸" in judge("pdftotext", path, "-").stdout


def test_layers_lose_what_makes_them_layers(read, faces):
    layer = named(Type=NameObject("/OCG"), Name=NameObject("/L"))
    data = drawn(b"/OC /P BDC 0 0 9 9 re f EMC", Properties=named(P=layer))

    (placed,) = PdfReader(io.BytesIO(written(page_with(read(data)), faces))).pages[0]["/Resources"]["/XObject"].values()

    assert {"/P": {}} == placed["/Resources"]["/Properties"]


@pytest.mark.parametrize("case", REFUSED)
def test_what_must_not_come_in_is_refused_by_name(case, tmp_path):
    code, make = REFUSED[case]

    source, problems = read_page(saved(tmp_path, make()), None, SPAN)

    assert [(code, SPAN, "error")] == [(problem.code, problem.span, problem.severity.value) for problem in problems]
    assert (source is None) is (code != "art-font")


RGB = {
    "operators": drawn(b"1 0 0 rg 0 0 9 9 re f"),
    "strokes": drawn(b"1 0 0 RG 0 0 9 9 re s"),
    "a colour space by its name": drawn(b"/DeviceRGB cs 1 0 0 sc 0 0 9 9 re f"),
    "a colour space of its own": drawn(b"/C cs", ColorSpace=named(C=ArrayObject([NameObject("/CalRGB"), named()]))),
    "an inline picture": drawn(b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI"),
    "a form": changed(drawn(b"/A Do", XObject=named()), lambda writer: _give(writer, form(b"1 0 0 rg"), named())),
    "the group": changed(
        SOUND,
        lambda writer: writer.pages[0].update(
            {NameObject("/Group"): named(S=NameObject("/Transparency"), CS=NameObject("/DeviceRGB"))}
        ),
    ),
}


def in_a_glyph(colour: bytes, **entries: object) -> bytes:
    """Return a PDF that shows a glyph drawn by operators."""
    glyph = DecodedStreamObject()
    glyph.set_data(b"9 0 d0 " + colour + b" 0 0 9 9 re f")
    font = named(
        Type=NameObject("/Font"),
        Subtype=NameObject("/Type3"),
        FontBBox=box(0, 0, 9, 9),
        FontMatrix=box(0.1, 0, 0, 0.1, 0, 0),
        CharProcs=named(a=glyph),
        Encoding=named(Differences=ArrayObject([NumberObject(97), NameObject("/a")])),
        FirstChar=NumberObject(97),
        LastChar=NumberObject(97),
        Widths=ArrayObject([NumberObject(9)]),
        Resources=named(),
        **entries,
    )

    def give(writer):
        font[NameObject("/CharProcs")][NameObject("/a")] = writer._add_object(glyph)
        writer.pages[0][NameObject("/Resources")] = named(Font=named(F=writer._add_object(font)))

    return changed(drawn(b"BT /F 9 Tf (a) Tj ET"), give)


def in_a_mask(colour: bytes) -> bytes:
    """Return a PDF with a soft mask that is drawn in a colour."""

    def give(writer):
        mask = writer._add_object(form(colour + b" 0 0 9 9 re f", Group=named(S=NameObject("/Transparency"))))
        state = named(SMask=named(S=NameObject("/Luminosity"), G=mask))
        writer.pages[0][NameObject("/Resources")] = named(ExtGState=named(G=state))

    return changed(drawn(b"/G gs 0 0 9 9 re f"), give)


def in_a_mesh(space: str, count: int) -> bytes:
    """Return a PDF with a triangle whose corners have colours."""

    def give(writer):
        mesh = DecodedStreamObject()
        mesh.set_data(bytes((0, 0, 0, *(255,) * count)) * 3)
        bits = {f"/BitsPer{part}": 8 for part in ("Coordinate", "Component", "Flag")} | {"/ShadingType": 4}
        mesh.update({NameObject(key): NumberObject(value) for key, value in bits.items()})
        mesh.update({NameObject("/ColorSpace"): NameObject(space), NameObject("/Decode"): box(0, 9, 0, 9, *(0, 1) * count)})
        writer.pages[0][NameObject("/Resources")] = named(Shading=named(S=writer._add_object(mesh)))

    return changed(drawn(b"/S sh"), give)


RGB |= {
    "a glyph": in_a_glyph(b"1 0 0 rg"),
    "a soft mask": in_a_mask(b"1 0 0 rg"),
    "a mesh": in_a_mesh("/DeviceRGB", 3),
}
NO_RGB = {
    "in a string": drawn(b"(1 0 0 rg (nested \\) rg)) 1 0 0 0 k"),
    "in a comment": drawn(b"% 1 0 0 rg\n0 g"),
    "in samples": drawn(b"BI /W 1 /H 1 /BPC 8 /CS /G ID  rg EI"),
    "grey": drawn(b"0.5 g 0 0 9 9 re f"),
    "a name of its own": drawn(b"/RGBlike gs", ExtGState=named(RGBlike=named())),
}  # fmt: skip


@pytest.mark.parametrize("case", RGB)
def test_rgb_is_an_error(case, tmp_path):
    _, problems = read_page(saved(tmp_path, RGB[case]), None, SPAN)

    assert [("art-rgb", Severity.ERROR)] == [(problem.code, problem.severity) for problem in problems]


NO_RGB |= {
    "in a glyph": in_a_glyph(b"0 1 1 0 k"),
    "in a soft mask": in_a_mask(b"0.5 g"),
    "in a mesh": in_a_mesh("/DeviceCMYK", 4),
    "a colour space that is called so": drawn(b"/RGB cs 0 1 1 0 sc", ColorSpace=named(RGB=NameObject("/DeviceCMYK"))),
}


@pytest.mark.parametrize("case", NO_RGB)
def test_other_colour_is_none(case, read):
    assert read(NO_RGB[case]) is not None


def test_a_font_that_shows_nothing_need_not_be_in_the_file(read, faces, judge, tmp_path):
    """ReportLab names Helvetica at the head of each page."""
    path = saved(tmp_path, written(page_with(read(made(cyan, embedded))), faces), "page.pdf")

    assert b"/Helvetica" in made(cyan)
    assert "Helvetica" not in judge("pdffonts", path).stdout
    assert "" == judge("pdftotext", path, "-").stderr
    assert "春风又绿江南岸" in judge("pdftotext", path, "-").stdout


@pytest.mark.parametrize(
    ("content", "fonts"),
    [
        (b"/A 9 Tf (x) Tj", {"/A"}),
        (b"/A 9 Tf q /B 9 Tf Q [(x)] TJ", {"/A"}),
        (b"/A 9 Tf /B 9 Tf (x) '", {"/B"}),
        (b"/A 9 Tf", set()),
        (b"/A 9 Tf <41> Tj /B 9 Tf ((()) /C 9 Tf) Tj", {"/A", "/B"}),
    ],
)
def test_fonts_that_show_text(content, fonts):
    assert fonts == read_operators(content).fonts


def test_states_that_are_not_paired_are_counted():
    does = read_operators(b"Q q q Q Q Q q")

    assert (2, 1) == (does.unopened, does.unclosed)


@given(st.binary(max_size=300))
def test_any_bytes_can_be_searched_for_operators(data):
    read_operators(data)


SMALL = changed(
    drawn(b"/A Do BT /F 9 Tf (x) Tj ET", XObject=named()),
    lambda writer: _give(writer, form(b"0 0 9 9 re f", Resources=named()), named()),
)
FOLDER = Path(tempfile.mkdtemp())


@settings(max_examples=300)
@given(st.data())
def test_a_damaged_file_is_a_finding_or_a_page(data):
    changes = data.draw(st.lists(st.tuples(st.integers(0, len(SMALL) - 1), st.integers(0, 255)), min_size=1, max_size=12))
    damaged = bytearray(SMALL)
    for place, value in changes:
        damaged[place] = value

    source, problems = read_page(saved(FOLDER, bytes(damaged)), None, SPAN)

    assert source is not None or problems

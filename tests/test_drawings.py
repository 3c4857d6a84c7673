"""SVG drawings become paths with ink; what would not look as drawn is told at its place."""

import datetime
import tempfile
import zlib
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from layout.art import drawing as drawing_module
from layout.art.black import black_of, in_black
from layout.art.drawing import read_drawing
from layout.art.reading import read_art
from layout.diagnostics import Span
from layout.export.content import INKS, drawing_operators, page_content
from layout.export.metadata import DocumentFacts
from layout.frame import BLACK, WHITE, Art, Cap, Frame, Ink, Join, Page, Picture, Placed, tint
from layout.geometry import Size
from layout.inks.press import Press
from layout.pictures import colour_inks, read_samples
from layout.units import MM, PT
from tests.printed import write_document

SPAN = Span("issue.yaml", 12, 19)
FACTS = DocumentFacts("题", "题", "社", datetime.date(2023, 3, 27))
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 50">'
RED, BLUE, NAVY, LIME, AQUA = (
    Ink(*colour_inks(colour, Press())) for colour in ("#ff0000", "#0000ff", "#000080", "#00ff00", "#00ffff")
)
UNIT = 20 * PT
"""What a unit of that view box is in the room."""


@pytest.fixture
def read(tmp_path, monkeypatch):
    """Read an SVG with these elements; return its drawing, or its findings with their lines and columns."""
    monkeypatch.chdir(tmp_path)

    def read(elements, head=HEAD, name="logo.svg"):
        (tmp_path / name).write_text(head + elements + "</svg>", encoding="utf-8")
        made, problems = read_drawing((tmp_path / name).relative_to(tmp_path), SPAN, Press())
        assert (made is None) is bool(problems)
        return made or [(problem.code, dict(problem.values).get("what"), str(problem.span)) for problem in problems]

    return read


def corners(path):
    """Return where a path leads, in units of the view box."""
    return [(round(step[-2] / UNIT, 3), round(step[-1] / UNIT, 3)) for step in path.steps]


def box(path):
    xs, ys = zip(*corners(path), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


SHAPES = {
    "path": ('<path d="M1 2L11 2V22H1z"/>', (1, 2, 11, 22)),
    "relative path": ('<path d="m1,2 10,0v20h-10z"/>', (1, 2, 11, 22)),
    "rect": ('<rect x="1" y="2" width="10" height="20"/>', (1, 2, 11, 22)),
    "rounded rect": ('<rect x="1" y="2" width="10" height="20" rx="3"/>', (1, 2, 11, 22)),
    "circle": ('<circle cx="10" cy="20" r="5"/>', (5, 15, 15, 25)),
    "ellipse": ('<ellipse cx="10" cy="20" rx="5" ry="2"/>', (5, 18, 15, 22)),
    "polygon": ('<polygon points="1,2 11,2 11 22"/>', (1, 2, 11, 22)),
    "polyline": ('<polyline points="1,2 11,2 11 22"/>', (1, 2, 11, 22)),
    "units": ('<rect x="1mm" width="1in" height="3pt"/>', (3.78, 0, 99.78, 4)),
    "group": ('<g><a><g><rect width="9" height="8"/></g></a></g>', (0, 0, 9, 8)),
    "translated": ('<rect transform="translate(5)" width="9" height="8"/>', (5, 0, 14, 8)),
    "scaled and moved": ('<rect transform="translate(5 1) scale(2)" width="9" height="8"/>', (5, 1, 23, 17)),
    "moved in a scaled group": ('<g transform="scale(2)"><rect transform="translate(5 1)" width="9" height="8"/></g>', (10, 2, 28, 18)),
    "turned": ('<rect transform="rotate(90)" x="1" y="-9" width="10" height="8"/>', (1, 1, 9, 11)),
    "mirrored": ('<rect transform="matrix(-1 0 0 1 50 0)" width="9" height="8"/>', (41, 0, 50, 8)),
    "used": ('<defs><rect id="r" width="9" height="8"/></defs><use href="#r" x="3" y="4"/>', (3, 4, 12, 12)),
    "used by the old name": ('<defs><rect id="r" width="9" height="8"/></defs><use xlink:href="#r" transform="scale(2)" x="3"/>', (6, 0, 24, 16)),
    "used before it is there": ('<use href="#r"/><defs><g id="r"><rect width="9" height="8"/></g></defs>', (0, 0, 9, 8)),
    "switch": ('<switch><foreignObject requiredExtensions="u"/><g><rect width="9" height="8"/></g></switch>', (0, 0, 9, 8)),
    "symbol": ('<symbol id="s"><rect width="9" height="8"/></symbol><use href="#s" x="1"/>', (1, 0, 10, 8)),
}  # fmt: skip


@pytest.mark.parametrize("case", SHAPES)
def test_shapes_stand_where_they_are_drawn(case, read):
    elements, edges = SHAPES[case]

    (path,) = read(elements).paths

    assert edges == pytest.approx(box(path), abs=0.01)
    assert (0, BLACK) == (path.stroke, path.ink)


@pytest.mark.parametrize(
    ("head", "size", "edges"),
    [
        ('<svg viewBox="0 0 100 50">', (100, 50), (0, 0, 20, 20)),
        ('<svg width="100" height="50">', (100, 50), (0, 0, 20, 20)),
        ('<svg width="50mm" viewBox="0 0 100 50">', (50 * MM / 9525, 25 * MM / 9525), (0, 0, 20, 20)),
        ('<svg height="25mm" viewBox="0 0 100 50">', (50 * MM / 9525, 25 * MM / 9525), (0, 0, 20, 20)),
        ('<svg width="100%" height="100%" viewBox="0 0 100 50">', (100, 50), (0, 0, 20, 20)),
        ('<svg viewBox="-10,-10,100,50">', (100, 50), (10, 10, 30, 30)),
        ('<svg width="200" height="50" viewBox="0 0 50 50">', (200, 50), (37.5, 0, 47.5, 10)),
        ('<svg width="200" height="50" viewBox="0 0 50 50" preserveAspectRatio="xMinYMid">', (200, 50), (0, 0, 10, 10)),
        ('<svg width="200" height="50" viewBox="0 0 50 50" preserveAspectRatio="none">', (200, 50), (0, 0, 40, 10)),
    ],
)
def test_a_drawing_lies_in_its_view(head, size, edges, read):
    drawing = read('<rect width="20" height="20"/>', head)

    assert size == pytest.approx([side / 9525 for side in drawing.size], abs=0.001)
    assert max(drawing.room) == 2000 * PT
    assert edges == pytest.approx(box(drawing.paths[0]), abs=0.02)


COLOURS = {
    "black": ("", BLACK),
    "black by its name": ('fill="black"', BLACK),
    "grey": ('fill="#808080"', tint(498)),
    "white": ('fill="#fff"', WHITE),
    "red": ('fill="red"', RED),
    "navy": ('fill="rgb(0,0,128)"', NAVY),
    "in percent": ('fill="rgb(0%,100%,100%)"', AQUA),
    "in parts of a percent": ('fill="rgb(0%,99.8%,100%)"', AQUA),
    "of its style": ('fill="red" style="fill: lime"', LIME),
    "of the current colour": ('color="red" fill="currentColor"', RED),
    "seen through, not at all": ('fill="red" fill-opacity="1.0" opacity="1"', RED),
}


@pytest.mark.parametrize("case", COLOURS)
def test_colours_become_ink(case, read):
    attributes, ink = COLOURS[case]

    (path,) = read(f'<rect width="9" height="8" {attributes}/>').paths

    assert ink == path.ink


@pytest.mark.parametrize("colour", ["#ff0000", "#008000", "#123456", "#fedcba", "#808080", "#000000", "#ffffff"])
def test_a_colour_has_the_inks_that_a_picture_of_it_has(colour, tmp_path):
    Image.new("RGB", (20, 20), colour).save(tmp_path / "p.png")
    samples = read_samples(Picture(tmp_path / "p.png", 20 * PT, 20 * PT), Press())

    first = zlib.decompress(samples.deflated)[: samples.components]
    inks = (
        [round(1000 * ink / 255) for ink in first]
        if samples.components == 4
        else [0, 0, 0, round(1000 * (255 - first[0]) / 255)]
    )

    assert inks == pytest.approx(colour_inks(colour, Press()), abs=1)
    assert sum(inks) <= 2400


@pytest.mark.parametrize(
    ("ink", "black"), [(WHITE, 0), (BLACK, 1000), (tint(300), 300), (Ink(1000), 299), (Ink(0, 0, 1000), 114)]
)
def test_a_page_in_black_alone_has_tints_as_light_as_the_colours(ink, black):
    assert tint(black) == black_of(ink)


def test_a_drawing_in_black_is_the_same_value_wherever_it_is_placed(read):
    made = read('<rect width="9" height="8" fill="red"/>')

    assert in_black(made) is in_black(made)
    assert made.room == in_black(made).room
    assert in_black(made).paths[0].ink[:3] == (0, 0, 0)


@pytest.mark.parametrize(
    ("sheet", "attributes"),
    [
        (".a { fill: red }", 'class="b a"'),
        ("rect{fill:red;}", ""),
        ("*{fill:red}", ""),
        ("#r{fill:red}.a{fill:lime}", 'id="r" class="a"'),
        ("/* no { */ .a,.c{fill:red}", 'class="a"'),
        (".a{fill:lime}.a{fill:red}", 'class="a"'),
        ("rect.a{fill:red}.a{fill:lime}", 'class="a" fill="blue"'),
        ("g.b{fill:lime}", 'class="b" fill="red"'),
        ("#r{fill:red}*{fill:lime}", 'id="r"'),
        (".a{fill:red}rect{fill:lime}", 'class="a"'),
    ],
)
def test_style_sheets_are_followed(sheet, attributes, read):
    if sheet.startswith("rect.a"):
        sheet = ".a{fill:lime}rect.a{fill:red}"
    (path,) = read(f'<style>{sheet}</style><rect width="9" height="8" {attributes}/>').paths

    assert RED == path.ink


def test_properties_go_down_to_what_a_group_holds(read):
    paths = read(
        '<g fill="red"><rect width="9" height="8"/><g fill="none" stroke="blue"><rect width="9" height="8"/></g></g>'
    ).paths

    assert [(0, RED), (UNIT, BLUE)] == [(path.stroke, path.ink) for path in paths]


def test_a_fill_lies_below_its_stroke(read):
    fill, stroke = read('<path d="M0 0H9V9z" fill-rule="evenodd" stroke="red" stroke-width="3"/>').paths

    assert (0, True, BLACK) == (fill.stroke, fill.is_even_odd, fill.ink)
    assert (3 * UNIT, True) == (stroke.stroke, stroke.is_closed)


def test_strokes_have_their_width_ends_and_dashes(read):
    style = 'stroke="#000" stroke-width="2" stroke-linecap="round" stroke-linejoin="bevel" stroke-dasharray="1 2 3"'
    (path,) = read(f'<g transform="scale(3)"><line x1="1" x2="9" {style}/></g>').paths

    assert (6 * UNIT, Cap.ROUND, Join.BEVEL, 4000) == (path.stroke, *path.style[:3])
    assert [3, 6, 9, 3, 6, 9] == [dash / UNIT for dash in path.style.dashes]


def test_open_and_closed_figures_are_stroked_as_they_are(read):
    closed, opened = read('<path d="M0 0H9V9zM20 0H29zl5 5L20 20" fill="none" stroke="red"/>').paths

    assert [True, False] == [closed.is_closed, opened.is_closed]
    assert [(0, 0), (9, 0), (9, 9), (20, 0), (29, 0)] == corners(closed)
    assert [(20, 0), (25, 5), (20, 20)] == corners(opened)


NOTHING = {
    "fill none": '<rect width="9" height="8" fill="none"/>',
    "not displayed": '<g display="none"><text>x</text></g>',
    "hidden": '<rect width="9" height="8" visibility="hidden"/>',
    "no size": '<rect width="0" height="8"/>',
    "no data": '<path d=""/>',
    "a switch of nothing": "<switch/>",
    "what others refer to": '<linearGradient id="g"/><clipPath id="c"><rect width="9" height="8"/></clipPath>',
    "definitions": '<defs><linearGradient id="g"/><text>x</text></defs>',
    "words about it": "<title>题</title><desc>述</desc><metadata><x:y xmlns:x='u'/></metadata>",
    "another language": "<i:view xmlns:i='inkscape'><i:grid/></i:view>",
    "quite transparent": '<rect width="9" height="8" fill="red" fill-opacity="0"/>',
    "a stroke without width": '<rect width="9" height="8" fill="none" stroke="red" stroke-width="0"/>',
}


@pytest.mark.parametrize("case", NOTHING)
def test_what_shows_nothing_is_nothing(case, read):
    assert () == read(NOTHING[case]).paths


BEYOND = {
    "text": ("<text>广告</text>", "<text>"),
    "image": ('<image href="a.png"/>', "<image>"),
    "foreign object": ("<foreignObject/>", "<foreignObject>"),
    "script": ("<script/>", "<script>"),
    "inner svg": ('<svg viewBox="0 0 1 1"/>', "<svg>"),
    "gradient": ('<rect width="9" height="8" fill="url(#g)"/>', "fill: url(#g)"),
    "stroke with a pattern": ('<rect width="9" height="8" fill="none" stroke="url(#g)"/>', "stroke: url(#g)"),
    "unknown colour": ('<rect width="9" height="8" fill="vermilion-ish"/>', "fill: vermilion-ish"),
    "colour seen through": ('<rect width="9" height="8" fill="#ff000080"/>', "fill: #ff000080"),
    "opacity": ('<rect width="9" height="8" opacity=".5"/>', "opacity: .5"),
    "fill opacity": ('<rect width="9" height="8" fill-opacity=".5"/>', "fill-opacity: .5"),
    "filter": ('<g filter="url(#f)"/>', "filter: url(#f)"),
    "mask": ('<g style="mask:url(#f)"/>', "mask: url(#f)"),
    "clip path": ('<style>.a{clip-path:url(#c)}</style><g class="a"/>', "clip-path: url(#c)"),
    "blend mode": ('<g style="mix-blend-mode:multiply"/>', "mix-blend-mode: multiply"),
    "marker": ('<path d="M0 0L9 9" marker-end="url(#m)"/>', "marker-end: url(#m)"),
    "dash offset": ('<g stroke-dashoffset="3"/>', "stroke-dashoffset: 3"),
    "skewed stroke": ('<rect width="9" height="8" stroke="red" transform="skewX(20)"/>', "stroke-width: 1"),
    "width in percent": ('<rect width="9" height="8" stroke="red" stroke-width="5%"/>', "stroke-width: 5%"),
    "rect in percent": ('<rect width="100%" height="8"/>', "<rect>"),
    "bad data": ('<path d="M0 0 R 9 9"/>', "<path> M0 0 R 9 9"),
    "bad numbers": ('<path d="M0 0 L 9"/>', "<path> M0 0 L 9"),
    "data without a move": ('<path d="L9 9"/>', "<path> L9 9"),
    "endless": ('<path d="M0 0L1e999 9"/>', "<path> M0 0L1e999 9"),
    "far away": ('<path d="M0 0L1e20 9"/>', "<path> M0 0L1e20 9"),
    "odd points": ('<polygon points="1 2 3"/>', "<polygon>"),
    "bad transform": ('<g transform="spin(3)"/>', "transform: spin(3)"),
    "short transform": ('<g transform="matrix(1,2)"/>', "transform: matrix(1,2)"),
    "transform of style": ('<g style="transform: scale(2)"/>', "style: transform"),
    "selector": ("<style>g > rect{fill:red}</style>", "g > rect"),
    "at-rule": ("<style>@media print{}</style>", "@media print"),
    "symbol with a view": ('<symbol id="s" viewBox="0 0 1 1"/><use href="#s"/>', "<use> #s"),
    "use of nothing": ('<use href="#nowhere"/>', "<use> #nowhere"),
    "use of another file": ('<use href="other.svg#a"/>', "<use> other.svg#a"),
}


@pytest.mark.parametrize("case", BEYOND)
def test_what_cannot_be_drawn_is_told_at_its_place(case, read):
    elements, what = BEYOND[case]

    told = read("\n" + elements)

    assert [("art-not-drawn", what)] == [found[:2] for found in told][:1]
    assert told[0][2].startswith("logo.svg:2:")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("", "art-damaged", "logo.svg:1:1"),
        ("<svg", "art-damaged", "logo.svg:1:1"),
        ("<svg>\n<g></svg>", "art-damaged", "logo.svg:2:6"),
        ("<html/>", "art-damaged", "issue.yaml:12:19"),
        ("<svg/>", "art-damaged", "logo.svg:1:1"),
        ('<svg viewBox="0 0 0 50"/>', "art-damaged", "logo.svg:1:1"),
        ('<svg viewBox="0 0 9 9"><g id="a"><use href="#a"/></g></svg>', "art-cyclic", "logo.svg:1:34"),
        ('<svg viewBox="0 0 9 9">' + "<g>" * 100 + "</g>" * 100 + "</svg>", "art-too-deep", None),
        ('<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "' + "&a;" * 999 + '"><!ENTITY c "' + "&b;" * 9999 + '">]><svg>&c;</svg>', "art-damaged", None),
    ],
    ids=["empty", "cut", "not nested", "HTML", "no size", "a view of nothing", "a use of itself", "deep", "entities that multiply"],
)  # fmt: skip
def test_a_file_that_is_no_drawing_is_refused(text, code, place, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "logo.svg").write_text(text, encoding="utf-8")

    drawing, (problem,) = read_drawing(tmp_path.joinpath("logo.svg").relative_to(tmp_path), SPAN, Press())

    assert (None, code) == (drawing, problem.code)
    assert place in (None, str(problem.span))


def test_uses_that_multiply_come_to_an_end(read, monkeypatch):
    monkeypatch.setattr(drawing_module, "MAX_SHAPES", 300)
    levels = "".join(f'<g id="l{number}">' + f'<use href="#l{number - 1}"/>' * 10 + "</g>" for number in range(1, 8))
    told = read(f'<defs><rect id="l0" width="9" height="8"/>{levels}</defs><use href="#l7"/>')

    assert ["art-too-large"] == [code for code, _, _ in told]


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_data_and_transform_is_a_finding_or_a_drawing(data, transform):
    clean = [
        quoteattr("".join(sign for sign in text if sign >= " " and not "\ud800" <= sign <= "\udfff" and sign < "\ufffe"))
        for text in (data, transform)
    ]
    FILE.write_text(f"{HEAD}<path d={clean[0]} transform={clean[1]}/></svg>", encoding="utf-8")

    drawing, problems = read_drawing(FILE, SPAN, Press())

    assert drawing or problems


FILE = Path(tempfile.mkdtemp()) / "logo.svg"


# ---- in the file -----------------------------------------------------------------------------------------------------


def placed(drawing, width=100 * PT, height=50 * PT):
    items = (Placed(20 * PT, 30 * PT, Art(drawing, width, height)),)
    return Page(1, "01", "", Size(200 * PT, 200 * PT), 0, Frame(200 * PT, 200 * PT, items))


def written(page, faces):
    return write_document([page_content(page, faces, {})], faces, {}, FACTS)


def test_a_drawing_stands_at_its_place_clipped_to_its_view(read, faces, judge, tmp_path):
    drawing = read('<rect x="50" width="999" height="25" fill="#010101"/><circle cx="25" cy="25" r="10"/>')
    (tmp_path / "page.pdf").write_bytes(written(placed(drawing), faces))

    image = pypdfium2.PdfDocument(tmp_path / "page.pdf")[0].render(scale=2).to_pil().convert("RGB")

    def seen(x, y):
        return min(image.getpixel((2 * x, 2 * y)))

    assert [False, True, True, False, False] == [
        seen(*place) < 100 for place in ((68, 40), (72, 32), (118, 53), (122, 40), (118, 57))
    ]
    assert [True, False] == [seen(*place) < 100 for place in ((45, 55), (56, 55))]
    assert 0 == judge("qpdf", "--check", tmp_path / "page.pdf").returncode


def test_pure_black_overprints_and_all_else_knocks_out(read, faces, judge, tmp_path):
    layers = '<rect width="100" height="50" fill="cyan"/><rect width="50" height="25"/><rect x="50" width="50" height="25" fill="#808080"/><rect y="25" width="50" height="25" fill="white"/>'
    path = tmp_path / "page.pdf"
    path.write_bytes(written(placed(read(layers)), faces))
    judge("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=tiffsep", "-r72", f"-sOutputFile={path.with_suffix('.tif')}", path)

    cyan, black = (Image.open(tmp_path / f"page({name}).tif") for name in ("Cyan", "Black"))

    under = 255 - 255 * AQUA.cyan / 1000
    assert [under, 255, 255, under] == pytest.approx(
        [cyan.getpixel(place) for place in ((40, 40), (100, 40), (40, 70), (100, 70))], abs=1
    )
    assert [0, 128, 255, 255] == pytest.approx(
        [black.getpixel(place) for place in ((40, 40), (100, 40), (40, 70), (100, 70))], abs=1
    )


def test_a_tiny_view_is_as_exact_as_a_large_one(read):
    """A logo on a grid of one unit does not get steps of a thousandth of a point."""
    drawing = read('<path d="M0.1234 0.5H0.4567V.9z"/>', '<svg viewBox="0 0 1 1">')

    assert b"246.8 1000 m" in drawing_operators(drawing, INKS)
    assert b"913.4 1000 l" in drawing_operators(drawing, INKS)


def test_a_drawing_has_one_page(tmp_path):
    path = tmp_path / "logo.svg"
    path.write_text(f"{HEAD}</svg>", encoding="utf-8")

    assert [[], [], ["art-no-page"]] == [
        [problem.code for problem in read_art(path, page, SPAN, Press())[1]] for page in (None, 1, 2)
    ]

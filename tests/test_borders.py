"""Borders, tints and the white inside them: as drawn, as placed on a page, and as printed."""

import datetime
import io
import json
from collections import Counter
from fractions import Fraction
from itertools import pairwise

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from layout.design.grid import derive_grid
from layout.diagnostics import Span
from layout.export.content import page_content
from layout.export.metadata import DocumentFacts
from layout.export.proof import page_image
from layout.frame import BLACK, Direction, Fill, Frame, GlyphRun, Page, Path, Placed, tint
from layout.geometry import Move, Rect, Size, backwards, circle, mapped
from layout.issue import set_issue
from layout.manifest.areas import Border
from layout.manifest.format import FORMATS
from layout.manifest.issue import IndexContent
from layout.manifest.kinds import Located
from layout.page.borders.chain import LEAST, Chain
from layout.page.borders.enclosure import Padding, enclosure, is_enclosed, padding
from layout.page.borders.figures import lens, lobes, mirrored, rosette, shape, star, trace, turned
from layout.page.borders.frames import Rounded
from layout.page.borders.table import STYLES
from layout.units import MM, Emu
from layout.watch import Watch
from tests.conftest import ROOT
from tests.printed import write_document

SPECIMEN = ROOT / "issues" / "specimens" / "borders.yaml"
GRID = derive_grid(FORMATS["对开"], Fraction(2, 5))
SOLID = derive_grid(FORMATS["对开"], Fraction(0))
EM = GRID.em
CHAINS = [border for border, style in STYLES.items() if isinstance(style.drawing, Chain)]
LINES = [Border.DOTTED, Border.DASHED, Border.WAVE]
ORNAMENTS = [border for border in CHAINS if border not in LINES]
DRAWN = [border for border in Border if border is not Border.NONE]

EMS = st.integers(3 * MM // 2, 8 * MM)
SIZES = st.integers(0, 400 * MM)
BORDERS = st.sampled_from(DRAWN)


def content(border=Border.NONE, tint=0):
    """An index in a border and on a tint; a story's are the same to everything that draws them."""
    return IndexContent((), "", border, Located(Fraction(tint, 100), Span("")))


def drawing(border, width, height, em=EM):
    style = STYLES[border]
    return style.drawing.items(Rect(0, 0, width, height), style.thickness(em))


def stretches(placed):
    """Yield each stretch of an item: its places, control points among them, and how far its ink reaches from them."""
    item = placed.item
    if isinstance(item, Fill):
        yield [(placed.x, placed.y), (placed.x + item.width, placed.y + item.height)], 0
        return
    before = begin = item.steps[0][-2:]
    for step in [*item.steps[1:], Move(0, 0)]:
        if isinstance(step, Move):
            if item.is_closed and before != begin:
                yield [(placed.x + x, placed.y + y) for x, y in (before, begin)], item.stroke // 2 + 1
            before = begin = step[-2:]
            continue
        places = [before, *zip(step[::2], step[1::2], strict=True)]
        yield [(placed.x + x, placed.y + y) for x, y in places], item.stroke // 2 + 1
        before = step[-2:]


def bounds(places):
    xs, ys = zip(*places, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def inked(placed):
    """Yield places that an item inks, close to each other, and how far its line reaches from them."""
    for places, reach in stretches(placed):
        if isinstance(placed.item, Fill):
            left, top, right, bottom = bounds(places)
            corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
            for one, other in pairwise(corners):
                yield from ((*between((one, other), part), reach) for part in PARTS)
        else:
            yield from ((*between(places, part), reach) for part in PARTS)


PARTS = [Fraction(part, 6) for part in range(7)]


def between(places, part):
    """Return the place of a line or a curve after a part of its way."""
    while len(places) > 1:
        places = [tuple(a + round((b - a) * part) for a, b in zip(one, other, strict=True)) for one, other in pairwise(places)]
    return places[0]


def figures(path):
    """Return the figures of a path, each a list of steps."""
    parted = [[path.steps[0]]]
    for step in path.steps[1:]:
        if isinstance(step, Move):
            parted.append([])
        parted[-1].append(step)
    return parted


def area(steps):
    """Return twice the area that the places of a figure enclose, positive where they go round clockwise."""
    places = [place for step in steps for place in zip(step[::2], step[1::2], strict=True)]
    return sum(x * below - across * y for (x, y), (across, below) in pairwise([*places, places[0]]))


# ---- the table ---------------------------------------------------------------------------------------------------


def test_every_border_has_a_row():
    assert list(Border) == list(STYLES)
    assert len(ORNAMENTS) >= 12


@pytest.mark.parametrize("border", ORNAMENTS, ids=lambda border: border.value)
def test_an_ornament_is_from_1_2_to_2_5_mm_thick(border):
    assert 1.2 * MM <= STYLES[border].thickness(EM) <= 2.5 * MM


@pytest.mark.parametrize("border", DRAWN, ids=lambda border: border.value)
@pytest.mark.parametrize("em", [3 * MM // 2, EM])
def test_no_line_is_thinner_than_a_hairline_nor_an_ornament_s_than_a_tenth_of_a_millimetre(border, em):
    least = 3600 if border in CHAINS else 3175
    items = [placed.item for placed in drawing(border, 150 * MM, 150 * MM, em)]
    weights = [min(item.width, item.height) if isinstance(item, Fill) else item.stroke for item in items]

    assert [] == [weight for weight in weights if 0 < weight < least]


@pytest.mark.parametrize(
    ("border", "rules"),
    [
        (Border.HAIRLINE, [(0, 1)]),
        (Border.HEAVY, [(0, 6)]),
        (Border.DOUBLE, [(0, 1), (5, 1)]),
        (Border.THICK_THIN, [(0, 4), (8, 1)]),
        (Border.THIN_THICK_THIN, [(0, 1), (4, 4), (11, 1)]),
    ],
)
def test_rules_from_the_outside_in_hairlines(border, rules):
    items = drawing(border, 60 * MM, 40 * MM)
    tops, lefts = items[::4], items[2::4]

    assert rules == [(placed.y // 3175, placed.item.height // 3175) for placed in tops]
    assert rules == [(placed.x // 3175, placed.item.width // 3175) for placed in lefts]


@pytest.mark.parametrize("border", CHAINS, ids=lambda border: border.value)
def test_what_is_filled_goes_round_clockwise_so_that_figures_unite(border):
    chain = STYLES[border].drawing
    filled = [figure for figure in (*chain.unit, *chain.corner) if not figure.stroke]

    assert [] == [figure.steps for figure in filled if area(figure.steps) <= 0]


# ---- geometry, for any size --------------------------------------------------------------------------------------


@given(BORDERS, SIZES, SIZES, EMS)
@settings(max_examples=300)
def test_all_ink_lies_in_the_rectangle_and_outside_the_text(border, width, height, em):
    """A small rectangle gets a hairline, the smallest nothing."""
    items = enclosure(content(border), Rect(7, 11, width, height), GRID._replace(em=em))
    white = depth_of_ink(border, em)
    outer, inner = (7, 11, 7 + width, 11 + height), (7 + white, 11 + white, 7 + width - white, 11 + height - white)

    for x, y, reach in (place for placed in items for place in inked(placed)):
        left, top, right, bottom = x - reach, y - reach, x + reach, y + reach
        assert outer[0] - 1 <= left
        assert outer[1] - 1 <= top
        assert right <= outer[2] + 1
        assert bottom <= outer[3] + 1
        assert right <= inner[0] + 2 or left >= inner[2] - 2 or bottom <= inner[1] + 2 or top >= inner[3] - 2


def depth_of_ink(border, em):
    """Return how far the ink of a border reaches inwards; arcs lie three tenths of their radius inside a corner."""
    style = STYLES[border]
    arcs = 3 * style.drawing.radius * style.weight // 10 if isinstance(style.drawing, Rounded) else 0
    return style.thickness(em) + arcs


@given(st.sampled_from(CHAINS), SIZES, SIZES, EMS)
def test_a_rectangle_too_small_for_an_ornament_gets_a_hairline(border, width, height, em):
    rect, grid = Rect(0, 0, width, height), GRID._replace(em=em)
    style = STYLES[border]
    reaches = 2 * style.drawing.reach + LEAST * style.drawing.pitch
    if min(width, height) * 1000 < style.thickness(em) * reaches - 1000:
        assert enclosure(content(Border.HAIRLINE), rect, grid) == enclosure(content(border), rect, grid)
    if min(width, height) * 1000 > style.thickness(em) * 2 * reaches:
        assert style.drawing.items(rect, style.thickness(em)) == enclosure(content(border), rect, grid)


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (6349, 50 * MM), (50 * MM, 6349)])
def test_where_a_hairline_has_no_room_there_is_nothing(size):
    assert () == enclosure(content(Border.ROPE, 10), Rect(0, 0, *size), GRID)


@given(BORDERS, st.integers(40 * MM, 400 * MM), st.integers(40 * MM, 400 * MM), EMS)
@settings(max_examples=150)
def test_half_a_turn_leaves_every_border_as_it_is(border, width, height, em):
    items = drawing(border, width, height, em)
    found = Counter(form(places) for placed in items for places, _ in stretches(placed))
    turned_round = Counter(
        form([(width - x, height - y) for x, y in places]) for placed in items for places, _ in stretches(placed)
    )

    assert found == turned_round


def form(places):
    """A stretch without its direction; a rectangle by two of its corners."""
    return min(tuple(places), tuple(reversed(places)))


@given(st.sampled_from([Border.WAVE, Border.LEAF, Border.LOZENGE]), *[st.integers(60 * MM, 400 * MM)] * 2, EMS)
def test_running_lines_close_round_all_four_corners(border, width, height, em):
    lines = [placed.item for placed in drawing(border, width, height, em) if placed.item.stroke]

    assert [True] == [line.is_closed for line in lines]
    assert [2 if border is Border.LOZENGE else 1] == [len(figures(line)) for line in lines]
    assert [] == [figure for figure in figures(lines[0]) if figure[0][-2:] != figure[-1][-2:]]


@given(st.sampled_from(CHAINS), st.integers(40 * MM, 400 * MM), EMS)
def test_corner_and_units_fill_a_side_without_a_gap(border, length, em):
    chain, thickness = STYLES[border].drawing, STYLES[border].thickness(em)
    cells = list(chain.cells(length, thickness))
    ends = [(min(cell.start, cell.end), max(cell.start, cell.end)) for cell in cells]

    assert [0] == [ends[0][0]]
    assert [] == [(one, other) for one, other in pairwise(ends) if one[1] != other[0]]
    assert length - ends[-1][1] == ends[0][1]
    assert max(end - start for start, end in ends[1:]) - min(end - start for start, end in ends[1:]) <= 1


@given(st.sampled_from(CHAINS), st.integers(40 * MM, 400 * MM), EMS)
def test_a_unit_is_stretched_by_a_quarter_at_most(border, length, em):
    chain, thickness = STYLES[border].drawing, STYLES[border].thickness(em)
    if chain.fits(Rect(0, 0, length, length), thickness):
        *_, last = chain.cells(length, thickness)
        assert 750 <= abs(last.end - last.start) * 1_000_000 // (thickness * chain.pitch) <= 1251


def test_the_ears_of_wheat_are_mirrored_about_the_middle_of_each_side():
    width = 80 * MM
    grains = [figure for placed in drawing(Border.WHEAT, width, 60 * MM) if isinstance(placed.item, Path) for figure in figures(placed.item)]  # fmt: skip
    extents = [bounds([place for step in figure for place in zip(step[::2], step[1::2], strict=True)]) for figure in grains]
    top = sorted((left, right) for left, _, right, bottom in extents if bottom < 3 * MM)
    mirror = sorted((width - right, width - left) for left, right in top)

    assert len(top) > 40
    assert [] == [figure for figure in grains if area(figure) <= 0]
    assert all(abs(a - b) <= 2 for one, other in zip(top, mirror, strict=True) for a, b in zip(one, other, strict=True))


def test_dots_stand_at_one_distance_round_the_corners_too():
    (dots,) = drawing(Border.DOTTED, 90 * MM, 60 * MM)
    extents = [bounds([step[-2:] for step in figure]) for figure in figures(dots.item)]
    top = sorted(left for left, upper, _, _ in extents if upper < MM // 10)
    distances = [right - left for left, right in pairwise(top)]

    assert len(top) > 80
    assert max(distances) - min(distances) < MM // 100


@pytest.mark.parametrize("border", DRAWN, ids=lambda border: border.value)
def test_a_border_takes_few_paths(border):
    """Figures of one weight are one path, so that files and dumps of pages stay short."""
    paths = [placed for placed in drawing(border, 150 * MM, 100 * MM) if isinstance(placed.item, Path)]

    assert len(paths) <= 4


# ---- figures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "steps",
    [((0, 0), (5, 0), (5, 5)), circle(100), ((0, 0), (1, 2, 3, 4, 5, 6), (9, 9)), trace((0, 0), 30, (100, 200), (50, 0))],
)
def test_backwards_twice_is_forwards(steps):
    assert steps == backwards(backwards(steps))
    assert steps[0][-2:] == backwards(steps)[-1][-2:]
    assert steps[-1][-2:] == backwards(steps)[0]


def test_backwards_a_bend_has_its_control_points_in_the_other_order():
    assert ((9, 9), (5, 6), (3, 4, 1, 2, 0, 0)) == backwards(((0, 0), (1, 2, 3, 4, 5, 6), (9, 9)))


def test_moves_stay_moves_where_steps_are_mapped():
    steps = mapped(((0, 0), Move(1, 2), (1, 2, 3, 4, 5, 6)), lambda x, y: (y, -x))

    assert ((0, 0), Move(2, -1), (2, -1, 4, -3, 6, -5)) == steps
    assert [False, True, False] == [isinstance(step, Move) for step in steps]


@pytest.mark.parametrize(
    ("turns", "end"),
    [
        (((100, 0),), (100, 0)),
        (((100, 90),), (100, 100)),
        (((100, -90),), (100, -100)),
        (((100, 180),), (0, 200)),
        (((100, 360),), (0, 0)),
        (((50, 0), (100, 90), (50, 0)), (150, 150)),
    ],
)
def test_where_a_pen_comes_to(turns, end):
    assert end == trace((0, 0), 0, *turns)[-1][-2:]


def test_lobes_begin_and_end_where_circles_meet():
    outline = lobes(10, (0, 0, 50), (60, 0, 50), (120, 0, 50))

    assert ((30, -40), (90, -40)) == (outline.start, outline.end)


def test_a_blossom_closes():
    blossom = rosette(500, 500, 280, 205, 5, 60)

    assert blossom.start == blossom.end
    assert blossom.is_closed


@pytest.mark.parametrize("figure", [shape((0, 0), (9, 0), (9, 9)), star(50, 50, 40, 16, 5), lens((0, 0), (90, 10), 20)])
def test_figures_go_round_clockwise_whichever_way_they_are_turned(figure):
    assert [True] * 3 == [area(made.steps) > 0 for made in (figure, mirrored(figure, 30), turned(figure, 72, 30))]


# ---- the white inside --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("border", "ems", "lines"),
    [
        (Border.NONE, 0, 0),
        (Border.HAIRLINE, 1, 1),
        (Border.THIN_THICK_THIN, 1, 1),
        (Border.ROUNDED, 1, 1),
        (Border.FRET, 1, 1),
        (Border.WHEAT, 2, 1),
        (Border.RUYI, 2, 1),
    ],
)
def test_padding_in_whole_ems_and_lines(border, ems, lines):
    assert Padding(ems, lines) == padding(content(border), GRID)


@given(st.sampled_from(ORNAMENTS), st.integers(3 * MM, 8 * MM))
def test_padding_is_the_same_at_every_em_above_three_millimetres(border, em):
    assert padding(content(border), GRID).ems == padding(content(border), GRID._replace(em=em)).ems


def test_a_line_set_solid_is_as_short_as_an_em():
    assert Padding(2, 2) == padding(content(Border.RUYI), SOLID)


def test_a_tint_alone_keeps_an_em_and_a_line():
    assert Padding(1, 1) == padding(content(tint=10), GRID)


@given(BORDERS, EMS, st.integers(0, 100))
def test_padding_holds_the_border_and_its_clear_distance_and_no_em_more(border, em, leading):
    grid = GRID._replace(em=em, pitch=em * (100 + leading) // 100)
    ems, lines, _ = padding(content(border), grid)
    needed = STYLES[border].thickness(em) + STYLES[border].clear * em // 1000

    assert (ems - 1) * em < needed + 1 <= ems * em + 1
    assert (lines - 1) * grid.pitch < needed + 1 <= lines * grid.pitch + 1


@pytest.mark.parametrize(
    ("border", "tint", "enclosed"),
    [(Border.NONE, 0, False), (Border.NONE, 10, True), (Border.STAR, 0, True), (Border.STAR, 10, True)],
)
def test_what_is_set_off_from_its_neighbours(border, tint, enclosed):
    assert enclosed == is_enclosed(content(border, tint))


# ---- grounds -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("border", list(Border), ids=lambda border: border.value)
def test_a_ground_comes_first_and_lies_inside_the_border(border):
    first, *rest = enclosure(content(border, 10), Rect(0, 0, 80 * MM, 60 * MM), GRID)
    ((left, top, right, bottom),) = {bounds([place for places, _ in stretches(first) for place in places])}
    outer, inner = STYLES[border].thickness(EM) // 3, STYLES[border].thickness(EM) * 5 // 4

    assert tint(100) == first.item.ink
    assert {BLACK} == {placed.item.ink for placed in rest} or border is Border.NONE
    assert outer <= left == top <= inner
    assert (right, bottom) == (80 * MM - left, 60 * MM - top)


def test_the_ground_of_a_rounded_border_has_its_corners():
    ground, rule = enclosure(content(Border.ROUNDED, 10), Rect(0, 0, 80 * MM, 60 * MM), GRID)

    assert (ground.x, ground.y, ground.item.steps) == (rule.x, rule.y, rule.item.steps)
    assert 0 == ground.item.stroke < rule.item.stroke


def test_without_a_tint_there_is_no_ground():
    assert {BLACK} == {placed.item.ink for placed in enclosure(content(Border.CLOUD), Rect(0, 0, 80 * MM, 60 * MM), GRID)}


# ---- manifests ---------------------------------------------------------------------------------------------------

PAPER = """\
key: tiny
name: 小报
format: {{trim-width: 220mm, trim-height: 170mm, type-width: 200mm, type-height: 130mm, columns: 3, ems: 13, gutter: 1}}
leading: {leading}
"""
PAGE = {"label": "01", "sketch": "A A B"}
STORY = {"story": {"headline": "春眠", "text": "春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。" * 4}, "head": {"level": 5}}


def paged(folder, *areas, leading="40%"):
    """Set a page with areas A, over two columns, and B; return what was found by code and place, and the page."""
    page = PAGE | {"areas": dict(zip("AB", areas, strict=True))}
    issue = {"paper": "paper.yaml", "number": "1", "date": "2026-01-01", "pages": [page]}
    (folder / "paper.yaml").write_text(PAPER.format(leading=leading), encoding="utf-8")
    (folder / "1.yaml").write_text(json.dumps(issue, ensure_ascii=False, indent=1), encoding="utf-8")
    return set_issue(folder / "1.yaml", Watch())


def frames(made):
    """Return the blocks of the first page with their frames."""
    return list(zip(made.issue.pages[0].blocks, [placed.item for placed in made.pages[0].frame.items], strict=False))


def type_of(frame):
    """Return the em boxes of all type in a frame: left, top, right, bottom."""
    for x, y, run in frame.walk():
        if isinstance(run, GlyphRun) and run.direction is Direction.LEVEL:
            yield x, y - run.size * 88 // 100, x + run.width, y + run.size * 12 // 100
        elif isinstance(run, GlyphRun):
            yield x - run.size // 2, y, x + run.size // 2, y + run.width


def whites(frame):
    """Return the least white between type and the edges of its frame: at the left, above, at the right, below."""
    left, top, right, bottom = zip(*type_of(frame), strict=True)
    return min(left), min(top), frame.width - max(right), frame.height - max(bottom)


AREAS = {
    "story": STORY,
    "legs": STORY | {"columns": 2, "tint": "10%"},
    "vertical head": STORY | {"head": {"level": 5, "direction": "vertical"}},
    "vertical text": STORY | {"direction": "vertical"},
    "vertical text below a level head": STORY
    | {"direction": "vertical", "columns": 2, "head": {"level": 5, "direction": "level"}},
    "ear": {"ear": STORY["story"]},
    "index": {"index": ["春眠不觉晓，处处闻啼鸟", "夜来风雨声"]},
}


@pytest.mark.parametrize("border", list(Border), ids=lambda border: border.value)
@pytest.mark.parametrize("kind", AREAS)
def test_type_keeps_clear_of_every_border(kind, border, tmp_path):
    made = paged(tmp_path, AREAS[kind] | {"border": border.value}, STORY)
    (_, frame), _ = frames(made)
    em = frame.width // 27
    white = STYLES[border].thickness(em) + STYLES[border].clear * em // 1000

    assert [] == [distance for distance in whites(frame) if distance < white]


@pytest.mark.parametrize("border", [Border.RUYI, Border.CLOUD, Border.WHEAT], ids=lambda border: border.value)
@pytest.mark.parametrize("kind", AREAS)
def test_type_set_solid_keeps_clear_too(kind, border, tmp_path):
    made = paged(tmp_path, AREAS[kind] | {"border": border.value}, STORY, leading="0%")
    (_, frame), _ = frames(made)
    em = frame.width // 27
    white = STYLES[border].thickness(em) + STYLES[border].clear * em // 1000

    assert [] == [distance for distance in whites(frame) if distance < white]


def test_more_white_takes_ems_from_the_legs_and_no_text(tmp_path):
    made = paged(tmp_path, STORY | {"border": "hairline"}, STORY | {"border": "ruyi"})
    (_, thin), (_, thick) = frames(made)

    assert "overset" not in [problem.code for problem in made.problems]
    assert [1, 2] == [round(whites(frame)[0] / (frame.width / ems)) for frame, ems in ((thin, 27), (thick, 13))]


@pytest.mark.parametrize(
    ("area", "ink"),
    [
        (STORY | {"tint": "10%"}, 100),
        (STORY | {"tint": "15%"}, 150),
        (STORY | {"tint": "12.5%"}, 125),
        (STORY | {"tint": "10%", "border": "star"}, 100),
        ({"ear": STORY["story"], "tint": "5%"}, 50),
        ({"index": ["春眠不觉晓"], "tint": "10%"}, 100),
    ],
)
def test_a_tint_lies_below_all_text(area, ink, tmp_path):
    made = paged(tmp_path, area, STORY)
    items = [placed.item for placed in frames(made)[0][1].walk()]
    first = next(number for number, item in enumerate(items) if isinstance(item, GlyphRun))
    tints = [number for number, item in enumerate(items) if isinstance(item, Fill | Path) and item.ink != BLACK]

    assert [tint(ink)] == [items[number].ink for number in tints]
    assert tints[0] < first


def test_text_on_a_bare_tint_keeps_an_em(tmp_path):
    made = paged(tmp_path, STORY | {"tint": "10%"}, STORY)
    (_, frame), _ = frames(made)

    assert min(whites(frame)) >= frame.width // 27


@pytest.mark.parametrize(
    ("area", "found"),
    [
        (STORY | {"tint": "15.1%"}, ["tint-too-dark"]),
        (STORY | {"tint": "30%"}, ["tint-too-dark"]),
        ({"ear": STORY["story"], "tint": "16%"}, ["tint-too-dark"]),
        ({"index": ["春眠不觉晓"], "tint": "100%"}, ["tint-too-dark"]),
        (STORY | {"tint": "101%"}, ["wrong-value"]),
        (STORY | {"tint": "10"}, ["wrong-value"]),
        (STORY | {"border": "flowers"}, ["wrong-value"]),
        ({"picture": "a.png", "tint": "10%"}, ["unknown-key", "missing-file"]),
    ],
)
def test_what_is_no_border_or_tint_is_told(area, found, tmp_path):
    made = paged(tmp_path, area, STORY)

    assert (found, ()) == ([problem.code for problem in made.problems], made.pages)


def test_a_dark_tint_is_told_at_its_place(tmp_path):
    (problem,) = paged(tmp_path, STORY, STORY | {"tint": "20%"}).problems
    line = (tmp_path / "1.yaml").read_text(encoding="utf-8").splitlines()[problem.span.line - 1]

    assert '"20%"' == line[problem.span.column - 1 :]


@pytest.mark.parametrize(
    ("area", "rules"),
    [(STORY, 1), (STORY | {"tint": "10%"}, 0), (STORY | {"border": "wave"}, 0)],
    ids=["plain", "tint", "border"],
)
def test_no_rule_stands_beside_what_is_set_off(area, rules, tmp_path):
    made = paged(tmp_path, area, STORY)

    assert rules == sum(isinstance(placed.item, Fill) for placed in made.pages[0].frame.items)


# ---- files -------------------------------------------------------------------------------------------------------


def operators(path, faces):
    frame = Frame(MM, MM, (Placed(0, 0, path),))
    return page_content(Page(1, "01", "", Size(MM, MM), 0, frame), faces, {}).operators


TWO = ((0, 0), (12700, 0), Move(0, 25400), (12700, 25400, 12700, 25400, 25400, 25400))


@pytest.mark.parametrize(
    ("path", "drawn"),
    [
        (Path(TWO, 12700), ["m", "l", "m", "c", "S"]),
        (Path(TWO, 12700, is_closed=True), ["m", "l", "h", "m", "c", "s"]),
        (Path(TWO, is_closed=True), ["m", "l", "m", "c", "f"]),
    ],
    ids=["lines", "closed lines", "filled"],
)
def test_a_path_of_two_figures(path, drawn, faces):
    assert drawn == [operator.split()[-1] for operator in operators(path, faces)][-len(drawn) :]


@pytest.fixture(scope="module")
def specimen(tmp_path_factory, make_issue):
    """The print file of the page that shows all borders; it has no findings."""
    out = tmp_path_factory.mktemp("specimens")
    result = make_issue("build", SPECIMEN, "--out", out)

    assert (0, "") == (result.returncode, result.stderr)

    return out / "specimens_20260101" / "print" / "specimens_20260101.pdf"


@pytest.fixture(scope="module")
def shown():
    """The specimen's grid, and its blocks with their places and frames."""
    made = set_issue(SPECIMEN, Watch())
    placed = made.pages[0].frame.items
    grid = derive_grid(made.issue.paper.format, made.issue.paper.leading)
    return grid, made.issue.paper.bleed, list(zip(made.issue.pages[0].blocks, placed, strict=False))


def test_the_specimen_shows_every_border_and_names_it(shown):
    names = [block.content.story.title.rpartition("　")[2] for block, _ in shown[2][1:]]
    borders = [block.content.border for block, _ in shown[2][1:]]

    assert list(Border) == sorted(set(borders), key=list(Border).index)
    assert [*(border.value for border in borders[:-1]), "tint"] == names


def test_the_specimen_follows_the_schemas():
    for name, file in (("issue", SPECIMEN), ("paper", SPECIMEN.parent / "paper.yaml")):
        schema = json.loads((ROOT / "issues" / f"{name}.schema.json").read_text(encoding="utf-8"))
        plain = json.loads(json.dumps(yaml.safe_load(file.read_text(encoding="utf-8")), default=str))
        assert [] == [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(plain)]


def test_borders_and_tints_print_in_black_only(judge, specimen, tmp_path):
    judge("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep", "-r72", f"-sOutputFile={tmp_path}/%d.tif", specimen)

    inked = sorted(plate.name for plate in tmp_path.glob("*(*).tif") if Image.open(plate).getextrema() != (255, 255))

    assert 4 == len(list(tmp_path.glob("*(*).tif")))
    assert ["1(Black).tif"] == inked


@pytest.fixture(scope="module")
def image(specimen):
    return Image.open(io.BytesIO(page_image(specimen.read_bytes(), PPI))).convert("L")


PPI = 300
EDGE: Emu = MM // 6
"""Two pixels, for what lies on the border of one."""


def sampled(image, rect):
    """Return the lightest and the darkest value in a rectangle of the page that is whole pixels wide."""
    left, top, right, bottom = (edge * PPI / (25.4 * MM) for edge in (rect.x, rect.y, rect.right, rect.bottom))
    return image.crop((int(left) + 1, int(top) + 1, int(right), int(bottom))).getextrema()


def test_there_is_no_ink_between_border_and_text_nor_outside_the_border(image, shown):
    grid, bleed, blocks = shown
    for block, placed in blocks[1:]:
        rect = Rect(placed.x + bleed, placed.y + bleed, placed.item.width, placed.item.height)
        inside, ink = padding(block.content, grid).ems * grid.em, depth_of_ink(block.content.border, grid.em)
        beyond = ink * 5 // 4 + EDGE  # where a ground has begun
        strips = [
            Rect(rect.x + beyond, rect.y + beyond, inside - beyond - EDGE, rect.height - 2 * beyond),
            Rect(rect.right - inside + EDGE, rect.y + beyond, inside - beyond - EDGE, rect.height - 2 * beyond),
            Rect(rect.x + beyond, rect.bottom - grid.pitch * 7 // 8, rect.width - 2 * beyond, grid.pitch * 7 // 8 - beyond),
        ]
        paper = 255 - round(255 * block.content.tint.value)
        for strip in strips if inside else []:
            low, high = sampled(image, strip)
            assert high - low <= 1, block.content.story.title
            assert abs(high - paper) < 8, block.content.story.title
        assert (255, 255) == sampled(image, Rect(rect.x - grid.em + EDGE, rect.y, grid.em - 2 * EDGE, rect.height))
        assert (255, 255) == sampled(image, Rect(rect.right + EDGE, rect.y, grid.em - 2 * EDGE, rect.height))


def test_all_four_sides_of_every_border_are_printed(image, shown):
    grid, bleed, blocks = shown
    for block, placed in ((block, placed) for block, placed in blocks if block.content.border is not Border.NONE):
        rect = Rect(placed.x + bleed, placed.y + bleed, placed.item.width, placed.item.height)
        band = STYLES[block.content.border].thickness(grid.em) + 2 * EDGE
        sides = [
            rect._replace(height=band),
            rect._replace(width=band),
            rect._replace(y=rect.bottom - band, height=band),
            rect._replace(x=rect.right - band, width=band),
        ]
        darkest = [sampled(image, side._replace(x=side.x - EDGE, y=side.y - EDGE))[0] for side in sides]
        assert max(darkest) < 160, block.content.story.title


def rendered(border, faces):
    """Return a border in a frame of 60 by 40 mm, five millimetres from the page's edges, at ten pixels a millimetre."""
    rect = Rect(5 * MM, 5 * MM, 60 * MM, 40 * MM)
    items = STYLES[border].drawing.items(rect, STYLES[border].thickness(EM))
    page = Page(1, "01", "", Size(70 * MM, 50 * MM), 0, Frame(70 * MM, 50 * MM, items))
    facts = DocumentFacts("", "", "", datetime.date(2026, 1, 1))
    data = write_document([page_content(page, faces, {})], faces, {}, facts)
    return Image.open(io.BytesIO(page_image(data, 254))).convert("L")


@pytest.mark.parametrize("border", DRAWN, ids=lambda border: border.value)
def test_a_printed_border_is_the_same_upside_down_and_stays_in_its_band(border, faces):
    image = rendered(border, faces)
    left, top, right, bottom = ImageChops.invert(image).getbbox()
    band = -(-depth_of_ink(border, EM) * 10 // MM) + 1
    difference = ImageChops.difference(image, image.rotate(180)).point(lambda value: 255 * (value > 160))
    ink = 1 + sum(image.point(lambda value: 255 * (value < 128)).histogram()[255:])

    assert (255, 255) == image.crop((50 + band, 50 + band, 650 - band, 450 - band)).getextrema()
    assert 50 - 1 <= left <= 52
    assert 50 - 1 <= top <= 52
    assert 648 <= right <= 651
    assert 448 <= bottom <= 451
    assert difference.histogram()[255] <= ink / 100


MIRRORED = (Border.WAVE, Border.FRET, Border.LOZENGE, Border.SAWTOOTH, Border.BEADS, Border.SCALES, Border.RUYI, Border.PLUM, Border.STAR, Border.COIN, Border.FENCE, Border.WHEAT, Border.DASHED, Border.DOTTED, Border.ROUNDED)  # fmt: skip


@pytest.mark.parametrize("border", MIRRORED, ids=lambda border: border.value)
def test_left_and_right_of_a_printed_border_mirror_each_other(border, faces):
    image = rendered(border, faces)
    difference = ImageChops.difference(image, image.transpose(Image.Transpose.FLIP_LEFT_RIGHT))
    ink = sum(image.point(lambda value: 255 * (value < 128)).histogram()[255:])

    assert difference.point(lambda value: 255 * (value > 160)).histogram()[255] <= ink / 100

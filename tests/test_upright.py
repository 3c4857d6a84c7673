"""Vertical stories: where lines stand, how deep the tiers are, what is told, and what readers of the file get."""

import datetime
import re
from fractions import Fraction
from itertools import groupby, pairwise
from typing import NamedTuple

import pypdfium2
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from layout.design.grid import derive_grid
from layout.design.plan import RULE, Design
from layout.diagnostics import Span
from layout.export.content import page_content
from layout.export.metadata import DocumentFacts
from layout.flow.least import least_depth
from layout.frame import SOFT_HYPHEN, Direction, Fill, GlyphRun, Mark, MarkKind, Page
from layout.geometry import Size
from layout.manifest.areas import Border, Head
from layout.manifest.copy import Story
from layout.manifest.format import Format
from layout.manifest.issue import Block, IssuePage, StoryContent
from layout.manifest.issue_file import Staff
from layout.manifest.kinds import Located
from layout.manifest.load import load_issue
from layout.manifest.source import NOTHING, Report, Scalar
from layout.manifest.story import read_markdown
from layout.page.block import Setting
from layout.page.borders.enclosure import padding
from layout.page.compose import measure_block
from layout.page.stories.tiers import depth_of_tiers, lines_across, share_height
from layout.script.rules import Axis, TypeRules
from layout.text.shape import Shaper
from layout.typeface.catalogue import Faces, read_catalogue
from layout.units import MM, PT, divide, points
from tests.finished import Way, read_glyphs, squeezed
from tests.printed import write_document
from tests.strategies import HAN, PARAGRAPHS, POINTS

FORMAT = Format(
    trim_width=148 * MM, trim_height=200 * MM, type_width=120 * MM, type_height=160 * MM, columns=3, ems=12, gutter=1
)
GRID = derive_grid(FORMAT, Fraction(2, 5))
EM, PITCH = GRID.em, GRID.pitch
FACES = Faces(read_catalogue({}))
SPAN = Span("story.md", 1, 1)
PAGE = IssuePage(1, "01", NOTHING, Located((0,), SPAN), (), Staff(), SPAN)
SETTING = Setting(None, Design(GRID, 0, TypeRules()), Shaper(FACES), PAGE)

OPENING = frozenset("“‘（《【")
NEVER_FIRST = frozenset("，。、；：？！”’）》】")
FAR_TOO_LITTLE = {"overset", "tiers-too-short", "area-too-shallow"}

STORIES = st.lists(PARAGRAPHS, min_size=1, max_size=4).map("\n\n".join)
CLAUSES = st.tuples(st.one_of(HAN, HAN.map("“{}”".format), HAN.map("《{}》".format)), POINTS).map("".join)
PLAIN_STORIES = st.lists(st.lists(CLAUSES, min_size=1, max_size=20).map("".join), min_size=1, max_size=4).map("\n\n".join)
SHAPES = st.fixed_dictionaries(
    {
        "columns": st.integers(2, 3),
        "tiers": st.integers(1, 3),
        "border": st.sampled_from(Border),
        "head": st.sampled_from(Axis),
    }
)
VERSE = "天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。寒来暑往，秋收冬藏。闰余成岁，律吕调阳。"


def measured(text, columns=3, tiers=1, border=Border.NONE, head=Axis.VERTICAL, direction=Axis.VERTICAL, **words):
    """Return a story set for an area of the small page."""
    head_words = {"kicker": "", "headline": "题目", "deck": "", "byline": "", "dateline": ""} | words
    scalars = (Scalar(word, SPAN, SPAN) if word else NOTHING for word in head_words.values())
    story = Story("story", *scalars, tuple(read_markdown(text, SPAN, Report())), SPAN)
    content = StoryContent(story, Head(level=5, direction=head), tiers, border, direction)
    return measure_block(Block("A", 0, columns, 0, 1, content, SPAN), SETTING)


def codes(placed):
    return {problem.code for problem in placed.problems}


class Line(NamedTuple):
    """A line of type: its number from the right, the tier's top, where its middle is, its length and its text."""

    tier: int
    number: int
    middle: int
    top: int
    length: int
    text: str


def body(frame):
    """Return what stands in a frame after the mark of the text."""
    items = list(frame.walk())
    marks = [number for number, placed in enumerate(items) if placed.item == Mark(MarkKind.BODY)]
    return [placed for placed in items[marks[0] :] if isinstance(placed.item, GlyphRun)]


def middle(placed):
    """Return the middle of the line to which a run belongs; figures that stand level lie round it."""
    run = placed.item
    if run.direction is Direction.TURNED:
        return placed.x + divide(run.size * 380, 1000)
    if run.direction is Direction.UPRIGHT:
        return placed.x
    last = FACES[run.face].sized(run.size)[run.glyphs[-1]] * run.stretch // 1000
    return placed.x + (run.offsets[-1] + last) // 2


def lines_of(frame):
    """Return the lines of the text; a new one begins where a run stands farther left, a new tier where one is farther right."""
    found = body(frame)
    right = max(map(middle, found))
    lines, tier = [], 0
    for number, group in groupby(found, key=lambda placed: round((right - middle(placed)) / PITCH)):
        runs = list(group)
        if lines and number < lines[-1].number:
            tier += 1
        length = sum(placed.item.width for placed in runs)
        text = "".join(placed.item.text for placed in runs).replace(SOFT_HYPHEN, "")
        lines.append(Line(tier, number, middle(runs[0]), runs[0].y, length, text))
    return lines


def ink(placed):
    """Yield left, top, right and bottom of each upright glyph, through the face."""
    run = placed.item
    face = FACES[run.face]
    for glyph, offset in zip(run.glyphs, run.offsets, strict=True):
        (left, bottom, width, height), (_, x, y) = face.ink(glyph), face.vertical(glyph)
        corners = (left - x, y - bottom - height, left + width - x, y - bottom)
        across, down = (placed.x, 0), (placed.y + offset, 0)
        places = [divide(corner * run.size, face.upem) for corner in corners]
        yield across[0] + places[0], down[0] + places[1], across[0] + places[2], down[0] + places[3]


# ---- laws --------------------------------------------------------------------------------------------------------


@given(STORIES, SHAPES)
@settings(max_examples=60)
def test_the_least_depth_holds_the_story_and_one_line_less_does_not(text, shape):
    story = measured(text, **shape)
    natural = story.depths.natural

    assert set() == FAR_TOO_LITTLE & codes(story.place(natural))
    assert FAR_TOO_LITTLE & codes(story.place(natural - 1))


@given(STORIES, SHAPES, st.integers(1, 12))
@settings(max_examples=40)
def test_no_depth_beyond_the_least_is_too_small(text, shape, more):
    story = measured(text, **shape)

    assert set() == FAR_TOO_LITTLE & codes(story.place(story.depths.natural + more))


@given(STORIES, SHAPES)
@settings(max_examples=60)
def test_the_search_tries_some_ten_measures(text, shape):
    assert measured(text, **shape).galley.cache_info().misses <= 10


@pytest.mark.parametrize("tiers", [1, 2, 3])
@pytest.mark.parametrize("verses", [4, 12, 30])
def test_the_search_for_plain_copy_takes_few_trials(verses, tiers):
    assert measured(VERSE * verses, tiers=tiers, head=Axis.LEVEL).galley.cache_info().misses <= 4


@given(STORIES, SHAPES)
@settings(max_examples=60)
def test_the_text_is_read_whole_tier_by_tier_and_from_right_to_left(text, shape):
    story = measured(text, **shape)

    lines = lines_of(story.place(story.depths.natural).frame)

    assert text.replace("\n", "") == "".join(line.text for line in lines)
    assert all((a.tier, a.number) < (b.tier, b.number) for a, b in pairwise(lines))


@given(STORIES, SHAPES)
@settings(max_examples=60)
def test_the_middles_of_lines_are_whole_pitches_apart(text, shape):
    story = measured(text, **shape)

    frame = story.place(story.depths.natural).frame
    runs = [placed for placed in body(frame) if placed.item.direction is Direction.UPRIGHT]

    assert {0} == {(runs[0].x - placed.x) % PITCH for placed in runs}


@given(STORIES, st.integers(1, 3), st.sampled_from(Border))
@settings(max_examples=30)
def test_the_first_em_touches_the_right_edge_below_a_level_head(text, tiers, border):
    story = measured(text, tiers=tiers, border=border, head=Axis.LEVEL)
    frame = story.place(story.depths.natural).frame
    pad = padding(story.content, GRID).ems * EM
    first = lines_of(frame)[0]

    assert frame.width - pad == first.middle + EM - EM // 2


@pytest.mark.parametrize(
    ("head", "border", "above"),
    [(Axis.LEVEL, Border.NONE, 4), (Axis.VERTICAL, Border.NONE, 0), (Axis.VERTICAL, Border.DOUBLE, 1)],
)
def test_the_first_ems_stand_level_with_the_line_that_they_begin_on(head, border, above):
    story = measured("字" * 300, head=head, border=border)
    lines = lines_of(story.place(story.depths.natural).frame)

    assert above * PITCH + (PITCH - EM) // 2 == lines[1].top


@pytest.mark.parametrize(("width", "lines"), [(EM - 1, 0), (EM, 1), (EM + PITCH - 1, 1), (EM + PITCH, 2)])
def test_as_many_lines_as_have_room_stand_beside_each_other(width, lines):
    assert lines == lines_across(width, GRID)


@given(STORIES, SHAPES)
@settings(max_examples=60)
def test_full_lines_are_their_measure_to_the_emu_and_none_is_longer(text, shape):
    story = measured(text, **shape)
    placed = story.place(story.depths.natural)
    lines = lines_of(placed.frame)
    ends = set(ends_of(text.split("\n\n")))
    widest = max(line.length for line in lines)
    at = 0

    for line in lines:
        is_first = at in ends
        at += len(line.text)
        if at not in ends and not is_first and HAN.search(line.text):
            assert (widest, 0) == (line.length, line.length % EM)
        assert line.length <= widest


HAN = re.compile("[\u4e00-\u9fff]")
"""A line without Han, such as one of a single word or figure, may have no joint to open."""


def ends_of(paragraphs):
    """Yield the places in the text at which paragraphs begin and end."""
    at = 0
    yield at
    for paragraph in paragraphs:
        at += len(paragraph)
        yield at


@given(PLAIN_STORIES, SHAPES)
@settings(max_examples=60)
def test_no_line_begins_or_ends_with_a_forbidden_mark(text, shape):
    story = measured(text, **shape)

    lines = lines_of(story.place(story.depths.natural).frame)

    assert [] == [line.text for line in lines if line.text[0] in NEVER_FIRST or line.text[-1] in OPENING]


@given(STORIES, SHAPES, st.integers(0, 6))
@settings(max_examples=60)
def test_no_ink_lies_outside_the_area(text, shape, more):
    story = measured(text, **shape)

    frame = story.place(story.depths.natural + more).frame
    boxes = [box for placed in body(frame) if placed.item.direction is Direction.UPRIGHT for box in ink(placed)]

    assert all(0 <= left and 0 <= top and right <= frame.width and bottom <= frame.height for left, top, right, bottom in boxes)


@given(STORIES, SHAPES)
@settings(max_examples=40)
def test_pdfium_reads_any_story_in_order(text, shape):
    assume(text[0] not in "！？")  # two of them level in one em at the very top are read before the head beside them
    story = measured(text, **shape)

    assert squeezed("题目" + text).replace("-", "") == read_by_pdfium(story.place(story.depths.natural).frame)


@pytest.mark.parametrize("end", ["地。", "玄黄。", "2023。", "12。", "Wi-Fi。", "B2、A。", "A"])
def test_pdfium_reads_a_short_line_before_the_paragraph_after_it(end):
    text = "字" * 18 + f"{end}\n\n" + "天地玄黄" * 6
    frame = measured(text).place(depth_of_tiers(1, 20, GRID)).frame

    assert squeezed("题目" + text).replace("-", "") == read_by_pdfium(frame)


def read_by_pdfium(frame):
    """Return the text of a page with a frame as the reader of browsers gets it, without white space and hyphens."""
    page = Page(1, "01", "", Size(frame.width, frame.height), 0, frame)
    data = write_document([page_content(page, FACES, {})], FACES, {}, DocumentFacts("", "", "", datetime.date(2026, 1, 1)))
    with pypdfium2.PdfDocument(data) as document:
        return re.sub(rf"[\s{SOFT_HYPHEN}\ufffe-]", "", document[0].get_textpage().get_text_range())


@given(st.integers(1, 6), st.integers(1, 80))
def test_tiers_fill_the_depth_that_was_found_for_them(count, ems):
    depth = depth_of_tiers(count, ems, GRID)

    tiers = share_height(depth, count, GRID)

    assert tiers.ems >= ems > share_height(depth - 1, count, GRID).ems
    assert count == 1 or tiers.step - tiers.ems * EM >= PITCH
    assert (count - 1) * tiers.step + tiers.ems * EM <= depth * PITCH - (PITCH - EM)


@given(st.integers(1, 90), st.integers(1, 90), st.integers(1, 40))
def test_the_edge_is_found_from_any_guess(edge, guess, least):
    tried = []

    found = least_depth(lambda depth: tried.append(depth) or depth >= edge, guess, least, 100)

    assert max(edge, least) == found
    assert len(tried) <= 14


def test_where_nothing_fits_the_most_is_taken():
    assert 100 == least_depth(lambda _: False, 3, 1, 100)


# ---- cases: signs ------------------------------------------------------------------------------------------------


def glyphs(text, **words):
    """Return direction, text, ink box from the upper left corner of the em, and cell of each run or upright glyph."""
    story = measured(text, head=Axis.LEVEL, **words)
    for placed in body(story.place(story.depths.natural).frame):
        for cluster, box, offset in zip(placed.item.clusters, ink(placed), placed.item.offsets, strict=True):
            left, top = placed.x - EM // 2, placed.y + offset
            yield cluster, Box(*(place - corner for place, corner in zip(box, (left, top, left, top), strict=True)))


class Box(NamedTuple):
    """An ink box in EMU from the upper left corner of its em."""

    left: int
    top: int
    right: int
    bottom: int


@pytest.mark.parametrize("emphasis", ["", "**", "*"])
@pytest.mark.parametrize("mark", "，。、")
def test_points_stand_in_their_upper_right_corner(mark, emphasis):
    boxes = dict(glyphs(f"{emphasis}天地玄黄{mark}宇宙洪荒{emphasis}"))

    assert EM // 2 <= boxes[mark].left < boxes[mark].right <= EM
    assert 0 <= boxes[mark].top < boxes[mark].bottom <= EM // 2


@pytest.mark.parametrize(("mark", "corner"), [("“", "『"), ("”", "』"), ("‘", "「"), ("’", "」")])
def test_quotation_marks_are_drawn_as_corners_and_keep_their_text(mark, corner):
    run = next(placed.item for placed in body(measured(f"天{mark}地").place(20).frame))

    assert FACES["song"].standing[corner] == run.glyphs[1]
    assert mark == run.clusters[1]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("天12地", "天|12地|"),
        ("天123地", "天|123地|"),
        ("天2023地", "天|2023>地|"),
        ("用Wi-Fi上", "用|Wi-Fi>上|"),
        ("天A地", "天A地|"),
        ("天[3.0]{.level}地", "天|3.0地|"),
        ("天[2B]{.level}地", "天|2B地|"),
        ("天——地", "天——地|"),
    ],
)
def test_how_words_and_numbers_stand(text, runs):
    signs = {Direction.LEVEL: "", Direction.TURNED: ">", Direction.UPRIGHT: "|"}
    found = body(measured(text).place(20).frame)

    assert runs == "".join(f"{placed.item.text}{signs[placed.item.direction]}" for placed in found)


@pytest.mark.parametrize("text", ["天12地", "天123地", "天[3.0]{.level}地", "天[A+]{.level}地"])
def test_what_stands_level_is_no_wider_than_an_em_in_the_middle_of_its_line(text):
    first, level, last = body(measured(text).place(20).frame)
    advance = FACES["song"].sized(EM)[level.item.glyphs[-1]] * level.item.stretch // 1000

    assert abs(middle(level) - first.x) <= 1
    assert level.item.offsets[-1] + advance <= EM
    assert first.item.width + level.item.width == last.y - first.y


@pytest.mark.parametrize("direction", [Axis.LEVEL, Axis.VERTICAL])
def test_a_reading_stands_at_the_right_of_its_characters(direction):
    story = measured('读[汉字]{ruby="hàn zì"}的人', direction=direction)
    runs = body(story.place(20).frame)
    base = next(placed for placed in runs if placed.item.size == EM)
    readings = [placed for placed in runs if placed.item.size < EM]

    assert readings
    assert {direction is Axis.VERTICAL} == {placed.x > base.x + EM // 2 and placed.y > base.y for placed in readings}


# ---- cases: lines, tiers, heads ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("depth", "ems", "indent"), [(11, 15, 2), (10, 13, 1), (6, 8, 1)])
def test_the_first_line_stands_in_by_one_em_where_lines_are_short(depth, ems, indent):
    story = measured(VERSE * 2, columns=2)
    lines = lines_of(story.place(depth).frame)

    assert [(ems - indent) * EM, ems * EM] == [line.length for line in lines[:2]]
    assert indent * EM == lines[0].top - lines[1].top


@pytest.mark.parametrize("subhead", ["小标题", "长一些的小标题十个字"])
def test_a_subhead_is_heavy_and_stands_in_by_four_ems_or_as_far_as_it_can(subhead):
    story = measured(f"{VERSE * 5}\n\n## {subhead}\n\n{VERSE}", head=Axis.LEVEL)
    lines = lines_of(story.place(story.depths.natural).frame)
    found = next(placed for placed in body(story.place(story.depths.natural).frame) if placed.item.text == subhead)
    neighbours = [line for line in lines if PITCH < abs(line.middle - found.x) < 2 * PITCH]
    measure = max(line.length for line in lines)
    tier_top = min(line.top for line in lines if line.text != subhead)

    assert "hei-heavy" == found.item.face
    assert {-3 * PITCH // 2, 3 * PITCH // 2} == {found.x - line.middle for line in neighbours}
    assert min(4 * EM, measure - found.item.width) == found.y - tier_top


@pytest.mark.parametrize("tiers", [1, 2, 3])
@given(st.lists(st.integers(5, 60), min_size=3, max_size=6))
def test_a_subhead_is_never_the_last_line_of_a_tier(tiers, lengths):
    parts = ("字" * length + "。\n\n## 小标题\n\n" for length in lengths)
    story = measured("".join(parts) + VERSE, tiers=tiers)

    lines = lines_of(story.place(story.depths.natural).frame)

    assert "小标题" not in {last.text for last, after in pairwise(lines) if after.tier != last.tier}


def test_a_hairline_stands_between_two_tiers_and_clear_of_both():
    story = measured(VERSE * 4, tiers=2, head=Axis.LEVEL)
    frame = story.place(story.depths.natural).frame
    (rule,) = [placed for placed in frame.walk() if isinstance(placed.item, Fill)]
    lines = lines_of(frame)
    below = min(line.top for line in lines if line.tier == 1)
    above = max(line.top + line.length for line in lines if line.tier == 0)

    assert RULE == rule.item.height
    assert (max(line.middle for line in lines) + EM - EM // 2) == rule.x + rule.item.width
    assert (story.lines - 1) * PITCH + EM == rule.item.width
    assert abs((rule.y - above) - (below - rule.y - RULE)) <= 1
    assert below - above >= PITCH


def test_tiers_below_the_last_full_one_stay_white_at_their_left():
    story = measured(VERSE * 5, tiers=2, head=Axis.LEVEL)
    lines = lines_of(story.place(story.depths.natural).frame)
    counts = [max(line.number for line in lines if line.tier == tier) + 1 for tier in (0, 1)]

    assert story.lines == counts[0] >= counts[1]


def spans(frame):
    """Return the left and right edges of head and text."""
    items = list(frame.walk())
    kinds = [placed.item.kind if isinstance(placed.item, Mark) else None for placed in items]
    start = kinds.index(MarkKind.BODY)
    parts = items[kinds.index(MarkKind.HEAD) : start], items[start:]
    return [sorted(placed.x for placed in part if isinstance(placed.item, GlyphRun)) for part in parts]


def test_a_vertical_head_is_no_longer_than_its_text():
    story = measured(VERSE * 7, headline="天地玄黄宇宙洪荒")

    assert story.head.depth <= story.text == story.depths.natural
    assert EM < story.head.lines[0].size < 18 * PT
    assert lines_across(GRID.width(3) - story.head.ems * EM, GRID) == story.lines


def test_a_vertical_head_has_as_much_white_at_its_right_as_at_its_left():
    frame = measured(VERSE * 5, border=Border.HAIRLINE, headline="天地玄黄").place(20).frame
    head, text = spans(frame)

    assert len(head) == 1
    assert abs((frame.width - head[0]) - (head[0] - max(text) - EM // 2)) <= 2
    assert head[0] - max(text) - EM // 2 > EM


@pytest.mark.parametrize("border", Border)
@pytest.mark.parametrize(("direction", "is_right"), [(Axis.VERTICAL, True), (Axis.LEVEL, False)])
def test_a_vertical_head_stands_where_its_text_begins(direction, is_right, border):
    story = measured(VERSE * 5, direction=direction, border=border)
    head, text = spans(story.place(story.depths.natural).frame)

    assert is_right == (min(head) > max(text))
    assert is_right != (max(head) < min(text))


@pytest.mark.parametrize("direction", Axis)
@pytest.mark.parametrize("head", Axis)
def test_text_and_head_keep_clear_of_a_border(head, direction):
    story = measured(VERSE * 6, direction=direction, border=Border.HAIRLINE, head=head)
    depth = story.depths.natural
    runs = [placed for placed in story.place(depth).frame.walk() if isinstance(placed.item, GlyphRun)]
    upright = [box for placed in runs if placed.item.direction is Direction.UPRIGHT for box in ink(placed)]
    level = [placed.y for placed in runs if placed.item.direction is Direction.LEVEL]

    assert all(EM <= left and PITCH <= top and bottom <= (depth - 1) * PITCH for left, top, _, bottom in upright)
    assert all(PITCH <= y <= (depth - 1) * PITCH for y in level)


def test_a_level_head_takes_white_before_lines_grow():
    story = measured(VERSE * 6, head=Axis.LEVEL)
    tops = [lines_of(story.place(story.depths.natural + more).frame)[0].top for more in range(4)]

    assert [PITCH] * 3 == [below - above for above, below in pairwise(tops)]


@pytest.mark.parametrize(
    ("direction", "head"), [(Axis.VERTICAL, Axis.VERTICAL), (Axis.VERTICAL, Axis.LEVEL), (Axis.LEVEL, Axis.VERTICAL)]
)
def test_the_marks_of_a_story_come_in_reading_order(direction, head):
    frame = measured(VERSE, headline="题", direction=direction, head=head).place(20).frame
    items = [placed.item for placed in frame.walk() if isinstance(placed.item, Mark | GlyphRun)]

    assert [Mark(MarkKind.STORY, "story", "题"), Mark(MarkKind.HEAD), "题", Mark(MarkKind.BODY)] == [
        item.text if isinstance(item, GlyphRun) else item for item in items[:4]
    ]


def test_the_dateline_runs_in_before_the_first_words():
    runs = [placed.item for placed in body(measured(VERSE, dateline="本报讯").place(30).frame)]

    assert ["hei-heavy", "song"] == [run.face for run in runs[:2]]
    assert "本报讯" == runs[0].text


# ---- cases: findings ---------------------------------------------------------------------------------------------


def told(text, depth=None, **shape):
    """Return the findings of a story by code, with their values."""
    story = measured(text, **shape)
    placed = story.place(story.depths.natural if depth is None else depth)
    return {problem.code: dict(problem.values) for problem in placed.problems}


def test_what_does_not_fit_is_told_in_characters_and_lines():
    story = measured(VERSE * 6)
    found = told(VERSE * 6, depth=story.depths.natural - 2)["overset"]
    lines = lines_of(story.place(story.depths.natural - 2).frame)

    assert len(VERSE * 6) - sum(len(line.text) for line in lines) == found["characters"]
    assert found["lines"] >= 1
    assert 2 == found["more"]


def test_more_paragraphs_than_lines_are_told_without_a_depth_that_would_not_help():
    verses = "\n\n".join([VERSE] * 30)
    found = told(verses, depth=12)

    assert "overset" not in found
    assert (30, measured(verses).lines) == (found["too-many-paragraphs"]["lines"], found["too-many-paragraphs"]["most"])
    assert "too-many-paragraphs" not in told(verses, depth=12, tiers=2)


def test_a_story_longer_than_the_page_is_told_in_more_lines_than_the_page_has():
    assert told(VERSE * 100, depth=12)["overset"]["more"] > GRID.lines - 12


def test_what_stays_white_is_told_in_characters_and_a_line_less_is_enough():
    story = measured(VERSE * 6)
    found = told(VERSE * 6, depth=story.depths.natural + 8)["underset"]

    assert 8 == found["less"]
    assert found["lines"] * share_height(story.depths.natural + 8, 1, GRID).ems == found["characters"]


@pytest.mark.parametrize("tiers", [1, 2, 3])
@pytest.mark.parametrize("head", Axis)
def test_up_to_the_most_lines_are_no_longer_than_at_the_least_depth(tiers, head):
    story = measured("字" * 700, tiers=tiers, head=head)
    least, _, most = story.depths[:3]
    lengths = [lines_of(story.place(depth).frame)[1].length for depth in (least, most, most + 1)]

    assert lengths[0] == lengths[1] < lengths[2]


def test_an_upper_tier_that_ends_early_is_told():
    long = measured("字" * 700, tiers=2)
    first, second = ("字" * (15 * (long.lines - lines) - 2) for lines in (1, 3))
    depth = depth_of_tiers(2, 15, GRID)

    assert "uneven-legs" in told(f"{first}\n\n## 小标题\n\n{second}", depth=depth, tiers=2)
    assert "uneven-legs" not in told(f"{first}\n\n{second}", depth=depth, tiers=2)


@pytest.mark.parametrize("tiers", [1, 2, 3])
@pytest.mark.parametrize("verses", range(3, 9))
def test_a_story_at_its_least_depth_is_not_told_as_short(verses, tiers):
    assert set() == {"underset", "overset"} & set(told(VERSE * (verses * tiers), tiers=tiers))


def test_a_story_too_short_for_its_tiers_is_told():
    assert "underset" in told("天地玄黄，宇宙洪荒。", tiers=3)


@pytest.mark.parametrize(("depth", "most"), [(11, 2), (6, 1)])
def test_tiers_that_would_be_too_short_are_told(depth, most):
    found = told(VERSE, depth=depth, tiers=3)["tiers-too-short"]

    assert {"area": "A", "wanted": 3, "most": most, "least": 5, "depth": depth} == found


@pytest.mark.parametrize(("shape", "least"), [({"head": Axis.LEVEL}, 8), ({"border": Border.HAIRLINE}, 6)])
def test_an_area_without_room_for_head_and_a_tier_is_told(shape, least):
    text = "天地玄黄，宇宙洪荒。"

    assert least == told(text, depth=least - 1, **shape)["area-too-shallow"]["least"]
    assert "area-too-shallow" not in told(text, depth=least, **shape)


@pytest.mark.parametrize(
    ("text", "words", "code"),
    [
        ("天地\u0378玄黄。", {}, "missing-glyph"),
        ("天地玄DONAUDAMPFSCHIFFAHRT" * 6, {}, "loose-line"),
        ("", {"dateline": "本报讯"}, "dateline-alone"),
        ("读[汉字]{.dots}。", {}, "dots-too-tight"),
        (VERSE, {"columns": 1, "kicker": "引题", "deck": "副题", "byline": "作者", "headline": "一\n二\n三"}, "head-too-broad"),
    ],
)
def test_what_is_told_of_level_stories_is_told_of_vertical_ones(text, words, code):
    assert code in told(text, **words)


def test_a_story_without_text_has_its_head_only():
    assert {} == told("", head=Axis.LEVEL)


# ---- cases: manifest and finished file ---------------------------------------------------------------------------

PAPER = """key: upright
name: 竖排报
format: {trim-width: 148mm, trim-height: 200mm, type-width: 120mm, type-height: 160mm, columns: 3, ems: 12, gutter: 1}
"""
ISSUE = """paper: paper.yaml
number: 1
date: 2026-01-01
pages:
  - label: "01"
    sketch: |
      A A A
      B B C
    areas:
      A: {AREA}
      B: {story: b.md, direction: vertical, head: {level: 5, direction: level}}
      C: {story: {headline: 横题, text: TEXT}, columns: 1, head: {level: 5}}
"""
STORY = """---
kicker: 引题“竖排”
headline: 竖排的文字从右到左
deck: 副题12个字
byline: 作者　某某
dateline: 本报讯
---
他说：“天地玄黄，宇宙洪荒。”又说：“日月盈昃，辰宿列张！”2023年12月27日，看《论语·学而》——用Wi-Fi上网（八）……且听[3.0]{.level}版。

好。

寒来暑往，秋收冬藏；闰余成岁，律吕调阳。云腾致雨，露结为霜。金生丽水，玉出昆冈。剑号巨阙，珠称夜光。果珍李柰，菜重芥姜。海咸河淡，鳞潜羽翔。
龙师火帝，鸟官人皇。始制文字，乃服衣裳。还有‘单引号’，A座，B2。

## 小标题在中间

[北京]{.name}到[论语]{.book}，[某某]{.framed}。吊民伐罪，周发殷汤。坐朝问道，垂拱平章。爱育黎首，臣伏戎羌。遐迩一体，率宾归王。鸣凤在竹，白驹食场。
"""
AREA = "{story: a.md, direction: vertical, columns: 2, border: hairline, head: {level: 4}}"


def written(folder, area):
    """Write an issue with an area into a folder; return its manifest."""
    texts = {
        "paper.yaml": PAPER,
        "a.md": STORY,
        "b.md": f"---\nheadline: 题在上面\n---\n{VERSE * 3}\n",
        "issue.yaml": ISSUE.replace("{AREA}", area).replace("TEXT", VERSE),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder / "issue.yaml"


@pytest.mark.parametrize(
    ("area", "direction", "head"),
    [
        ("{story: a.md}", Axis.LEVEL, Axis.LEVEL),
        ("{story: a.md, direction: level}", Axis.LEVEL, Axis.LEVEL),
        ("{story: a.md, direction: vertical}", Axis.VERTICAL, Axis.VERTICAL),
        ("{story: a.md, direction: vertical, head: {level: 2}}", Axis.VERTICAL, Axis.VERTICAL),
        ("{story: a.md, direction: vertical, head: {direction: level}}", Axis.VERTICAL, Axis.LEVEL),
        ("{story: a.md, head: {direction: vertical}}", Axis.LEVEL, Axis.VERTICAL),
        ("{ear: a.md, direction: vertical}", Axis.VERTICAL, Axis.VERTICAL),
        ("{ear: a.md}", Axis.LEVEL, Axis.LEVEL),
    ],
)
def test_a_head_runs_as_its_text_does_unless_it_is_told(area, direction, head, tmp_path):
    issue, problems = load_issue(written(tmp_path, area))
    content = issue.pages[0].blocks[0].content

    assert () == problems
    assert (direction, head) == (content.direction, content.head.direction)


def test_another_direction_is_a_wrong_value(tmp_path):
    _, problems = load_issue(written(tmp_path, "{story: a.md, direction: down}"))

    assert ["wrong-value"] == [problem.code for problem in problems]


@pytest.fixture(scope="module")
def finished(tmp_path_factory, make_issue):
    """The print file of the issue."""
    folder = tmp_path_factory.mktemp("upright")
    result = make_issue("build", written(folder, AREA), "--only", "print", "--out", folder)

    assert 0 == result.returncode, result.stderr

    return folder / "upright_20260101" / "print" / "upright_20260101.pdf"


def expected_texts():
    """Return the words of the three stories from head to end, without marks and white space."""
    head, text = STORY.removeprefix("---").split("---", 1)
    words = re.sub(r"(?m)^\w+: ", "", head) + re.sub(r"\[(.+?)\]\{\.\w+\}|## ", r"\1", text)
    return [squeezed(words), "题在上面" + VERSE * 3, "横题" + VERSE]


@pytest.mark.parametrize("reader", ["pdftotext -raw", "pypdf", "pypdfium2"])
def test_readers_get_each_story_as_it_was_written(reader, finished, judge):
    if reader == "pypdf":
        text = PdfReader(finished).pages[0].extract_text()
    elif reader == "pypdfium2":
        with pypdfium2.PdfDocument(finished) as document:
            text = document[0].get_textpage().get_text_range()
    else:
        text = judge("pdftotext", "-enc", "UTF-8", "-raw", finished, "-").stdout

    assert [] == [story for story in expected_texts() if story not in squeezed(text)]


def test_the_file_has_the_lines_where_the_page_has_them(finished):
    glyphs = read_glyphs(PdfReader(finished).pages[0])
    start = [glyph.text for glyph in glyphs].index("面") + 1
    verse = glyphs[start : start + len(VERSE * 3)]
    lines = [list(line) for _, line in groupby(verse, key=lambda glyph: glyph.x)]
    bottoms = [line[-1].end + (line[-1].text in NEVER_FIRST) * points(EM) / 2 for line in lines[:-1]]

    assert VERSE * 3 == "".join(glyph.text for glyph in verse)
    assert {Way.UPRIGHT} == {glyph.way for glyph in verse}
    assert [points(PITCH)] * (len(lines) - 1) == pytest.approx([a[0].x - b[0].x for a, b in pairwise(lines)], abs=0.002)
    assert bottoms == pytest.approx(bottoms[:1] * len(bottoms), abs=0.02)


def test_bookmarks_lead_to_vertical_stories_too(finished):
    assert ["竖排的文字从右到左", "题在上面", "横题"] == [entry.title for entry in PdfReader(finished).outline[1]]


def test_qpdf_finds_nothing_in_a_page_with_vertical_stories(finished, judge):
    assert 0 == judge("qpdf", "--check", finished).returncode

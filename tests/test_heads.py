"""Heads: their sizes, their depth in lines of the grid, how their lines stand, and what the report tells of them."""

import json
from fractions import Fraction
from io import BytesIO
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from layout.design.plan import resolve
from layout.diagnostics import Span
from layout.export.content import page_content
from layout.export.printing import print_files
from layout.frame import BLACK, WHITE, Fill, GlyphRun, tint
from layout.issue import set_issue
from layout.manifest.areas import Border, Head, StoryHead
from layout.manifest.issue import StoryContent
from layout.manifest.kinds import Located, Record
from layout.manifest.paper import FORMATS, Format, Paper
from layout.manifest.source import Report, Scalar, parse_yaml
from layout.manifest.story import make_story
from layout.page.borders.enclosure import padding
from layout.page.heads.headline import set_head
from layout.page.heads.sidehead import set_side_head
from layout.page.heads.summary import Summary
from layout.script.rules import Axis
from layout.script.sizes import SIZES
from layout.text.shape import Shaper
from layout.typeface.catalogue import Faces, read_catalogue
from layout.units import MM, PT
from layout.watch import Watch
from tests.conftest import ROOT

FACES = Faces(read_catalogue({}))
PLACE = Span("a.md", 1, 1)


def textbook(columns, ems):
    """Return a format of the textbook: an em of 9 points, and lines of 11.25."""
    width = (columns * (ems + 1) - 1) * 9 * PT
    return Format(
        trim_width=width + 40 * MM, trim_height=545 * MM, type_width=width, type_height=124 * 45 * PT // 4, columns=columns, ems=ems, gutter=1
    )  # fmt: skip


def design_of(form=FORMATS["对开"], leading=Fraction(2, 5), **keys):
    paper = Paper(key="a", name=Scalar("报", PLACE, PLACE), format=form, leading=leading, **keys)
    return resolve(SimpleNamespace(paper=paper))


DESIGN = design_of()
BROADSHEET = design_of(textbook(8, 13), Fraction(1, 4))
TABLOID = design_of(textbook(6, 11), Fraction(1, 4))


def read(record, yaml):
    """Return what a record's keys say; no finding is expected."""
    report = Report()
    made = Record(record).read(parse_yaml(yaml, "a.md", report), report)
    assert not report.problems, report.problems
    return made


def story_of(front):
    return make_story("a", read(StoryHead, front), "春风", PLACE, Report())


def head_of(front, columns=5, head="level: 3", design=DESIGN, place=set_head):
    """Return a head set over so many base columns; its front matter and its keys are YAML."""
    return set_head(story_of(front), read(Head, head), design.grid.width(columns), design, Shaper(FACES), "A")


def headline(made):
    """Return the lines of the headline."""
    size = max(line.style.size for line in made.lines)
    return [line for line in made.lines if line.style.size == size]


def codes(made):
    return [problem.code for problem in made.problems]


# ---- depth -------------------------------------------------------------------------------------------------------


def test_the_textbook_example_of_30_and_21_points_makes_8_lines():
    made = head_of("headline: 春\ndeck: 风", head="{level: 3, size: 30pt, deck-size: 21pt}", design=BROADSHEET)

    assert 8 == made.depth
    assert [30 * PT, 21 * PT] == [line.style.size for line in made.lines]


@pytest.mark.parametrize(
    ("design", "fits"), [pytest.param(BROADSHEET, 24, id="broadsheet"), pytest.param(TABLOID, 21, id="tabloid")]
)
def test_a_head_of_30_points_over_six_columns(design, fits):
    def widths(count):
        made = head_of("headline: " + "春" * count, 6, "{level: 3, size: 30pt}", design)
        return [(line.style.size // PT, line.style.stretch) for line in headline(made)]

    assert [(30, 1000)] == widths(fits)
    assert widths(fits + 1) == [(30, widths(fits + 1)[0][1])]
    assert widths(fits + 1)[0][1] < 1000


@given(st.lists(st.integers(9, 54), min_size=1, max_size=4), st.integers(1, 3))
def test_a_head_has_white_for_what_it_takes(sizes, columns):
    keys = f"{{level: 3, size: {sizes[0]}pt, kicker-size: {sizes[-1]}pt}}"
    made = head_of("headline: 春\nkicker: 风", columns, keys)

    white = made.depth * DESIGN.grid.pitch - sum(line.style.size for line in made.lines)
    assert white >= 2 * DESIGN.grid.pitch


# ---- sizes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keys", "sizes", "head", "wanted"),
    [
        pytest.param("", "", "level: 1", [18, 48, 18], id="a level's"),
        pytest.param("", "", "{level: 1, size: 小初}", [12, 36, 12], id="by name, the others in proportion"),
        pytest.param("", "", "{level: 3, size: 42pt}", [24, 42, 21], id="in points"),
        pytest.param("", "", "{level: 3, kicker-size: 四号, deck-size: 10.5pt}", [14, 24, 10.5], id="kicker and deck"),
        pytest.param("小初: 30pt", "", "{level: 3, size: 小初}", [16, 30, 15], id="the paper's table"),
    ],
)
def test_sizes(keys, sizes, head, wanted):
    design = design_of(head_sizes=read(Paper, f"{{key: a, name: 报, head-sizes: {{{keys}}}}}").head_sizes) if keys else DESIGN
    made = head_of("headline: 春\nkicker: 夏\ndeck: 秋", 5, head, design)

    assert wanted == [line.style.size / PT for line in made.lines]


def test_names_of_sizes():
    assert ["初号", "小五", ""] == [DESIGN.size_name(size * PT) for size in (42, 9, 30)]
    assert sorted(SIZES.values(), reverse=True) == list(SIZES.values())


def test_a_head_shrinks_by_the_steps_of_the_papers_table():
    design = design_of(head_sizes={"小初": Located(30 * PT, PLACE)})
    made = head_of("headline: " + "春" * 30, 3, "{level: 3, size: 小初}", design)

    assert {line.style.size for line in headline(made)} <= set(design.sizes.values())
    assert 31 * PT not in design.steps


@pytest.mark.parametrize(
    ("narrowest", "lines"),
    [
        pytest.param(Fraction(85, 100), [(24, 857)], id="to 85 per cent by itself"),
        pytest.param(Fraction(90, 100), [(22, 935)], id="to 90 per cent, which is too wide at its size"),
        pytest.param(Fraction(1), [(20, 1000)], id="never"),
    ],
)
def test_the_paper_says_how_far_a_head_is_condensed(narrowest, lines):
    design = design_of(textbook(8, 16), head_condensed=narrowest)
    made = headline(head_of("headline: 甲乙丙丁戊己庚", 1, "{level: 3, size: 24pt}", design))

    assert lines == [(line.style.size // PT, line.style.stretch) for line in made]


# ---- lines -------------------------------------------------------------------------------------------------------


def texts(made):
    return [line.line.text for line in made.lines]


@pytest.mark.parametrize("part", ["kicker", "deck"])
@pytest.mark.parametrize(
    ("columns", "lines"),
    [
        pytest.param(4, ["字号相加再除以行高"], id="one where it has room"),
        pytest.param(1, ["字号相加", "再除以行高"], id="two where its writer marked a break"),
    ],
)
def test_kicker_and_deck_may_have_two_lines(part, columns, lines):
    made = head_of(
        f"headline: 春\n{part}: |\n  字号相加\n  再除以行高", columns, "{level: 3, kicker-size: 20pt, deck-size: 20pt}"
    )

    assert lines == [text for text in texts(made) if text != "春"]


def test_a_head_is_rather_a_step_smaller_than_broken_in_a_word():
    made = head_of("headline: 习近平向中国发展高层论坛2023年年会致贺信", 3, "{level: 3, size: 40pt}")

    assert ["习近平向中国发展高层论坛", "2023年年会致贺信"] == texts(made)
    assert 32 * PT == made.lines[0].style.size


def first_runs(frame):
    """Return the first run of each line."""
    runs = [placed for placed in frame.walk() if isinstance(placed.item, GlyphRun)]
    return [min((run for run in runs if run.y == y), key=lambda run: run.x) for y in dict.fromkeys(run.y for run in runs)]


@pytest.mark.parametrize("columns", [1, 2], ids=["condensed", "of its own width"])
@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_a_decks_second_line_aligns_after_its_dash(align, columns):
    deck = "——数字占半格，单位不离身，词中不乱断" * columns
    made = head_of(f"headline: 春\ndeck: {deck}", columns, f"{{level: 3, align: {align}}}")

    _, first, *others = first_runs(made.place(12 * DESIGN.grid.pitch))

    assert "——" == first.item.clusters[0]
    assert others
    assert all(abs(first.x + first.item.offsets[1] - line.x) < PT // 20 for line in others)


def test_a_vertical_decks_second_line_begins_level_with_what_follows_its_dash():
    made = set_side_head(
        story_of("headline: 题目\ndeck: |\n  ——数字占半格\n  单位不离身"), Head(level=3), DESIGN.grid.area.height, DESIGN, Shaper(FACES), "A"
    )  # fmt: skip
    _, first, second = made.lines

    assert first.length == second.length
    assert first.runs[0].y + 2 * first.size == second.runs[0].y


# ---- the report --------------------------------------------------------------------------------------------------


def test_the_report_tells_how_each_head_was_set(sample):
    pages = json.loads((sample / "proof" / "report.json").read_text(encoding="utf-8"))["pages"]
    heads = {(page["label"], head["area"]): head for page in pages for head in page["heads"]}
    lead = heads["01", "A"]

    assert 49 == len(heads)
    assert ("song-heavy", 48.0, "", 2, 16, "100%", 0, False) == tuple(
        lead[key] for key in ("face", "size", "size-name", "lines", "depth", "stretch", "tracking", "reduced")
    )
    assert ("vertical", 0.25, "小一") == tuple(heads["01", "F"][key] for key in ("direction", "tracking", "size-name"))


def test_the_report_tells_what_became_of_a_head_that_does_not_fit():
    made = head_of("headline: " + "春" * 30, 2, "{level: 2, stretch: 90%}").made

    assert made.is_reduced
    assert (2, 3, made.lines) == (made.level, made.lines, 3)
    assert made.stretch <= 900
    assert made.size < 32 * PT


# ---- summaries ---------------------------------------------------------------------------------------------------

GIST = "写题是文章功夫，占行是算术功夫，一条好标题，两样都要过关。主题最要紧，字号最大；引题、副题合称辅题。"


def summary_of(front=f"summary: {GIST}", columns=3, look="ruled"):
    """Return the summary of a head over so many columns, and all that stands in the head."""
    made = head_of(f"headline: 春\ndeck: 风\n{front}\nbyline: 作者", columns, f"{{level: 3, summary: {look}}}")
    (summary,) = (row for row in made.rows if isinstance(row, Summary))
    return summary, made


@pytest.mark.parametrize("look", ["plain", "ruled", "boxed", "tinted"])
@pytest.mark.parametrize("columns", [1, 2, 5, 8])
def test_a_summary_fills_its_lines_and_takes_whole_lines_of_the_grid(look, columns):
    summary, made = summary_of(columns=columns, look=look)
    runs = [placed for line in summary.lines for placed in line.runs(summary.measure)]
    widths = [sum(run.item.width for run in line.runs(summary.measure)) + line.indent for line in summary.lines]

    assert GIST == "".join(run.item.text for run in runs)
    assert {21 * PT // 2} == {run.item.size for run in runs}
    assert [summary.measure] * (len(widths) - 1) == widths[:-1]
    assert 0 == summary.height % DESIGN.grid.pitch
    assert summary.measure <= min(42 * summary.size, made.width - 2 * summary.size)


def test_a_summary_stands_between_deck_and_byline():
    _, made = summary_of()
    texts = [
        placed.item.text for placed in made.place(made.depth * DESIGN.grid.pitch).walk() if isinstance(placed.item, GlyphRun)
    ]

    assert "春风" + GIST + "作者" == "".join(texts)


@pytest.mark.parametrize(
    ("look", "fills"),
    [
        pytest.param("plain", [], id="plain"),
        pytest.param("ruled", [BLACK] * 2, id="two hairlines"),
        pytest.param("boxed", [BLACK] * 4, id="four"),
        pytest.param("tinted", [tint(100)], id="a tint"),
    ],
)
def test_what_sets_a_summary_off(look, fills):
    summary, made = summary_of(look=look)
    items = [placed for placed in summary.placed(0, made.width) if isinstance(placed.item, Fill)]
    text = [placed for placed in summary.placed(0, made.width) if isinstance(placed.item, GlyphRun)]

    assert fills == [placed.item.ink for placed in items]
    if items:
        left, right = min(placed.x for placed in items), max(placed.x + placed.item.width for placed in items)
        before = min(run.x for run in text) - left
        after = right - left - before - summary.measure
        assert abs(before - after) <= 1
        assert summary.size <= before < 3 * summary.size // 2
        assert (0, made.width) == (left, right) or made.width - (right - left) >= summary.size
        assert all(0 < placed.y < placed.y + placed.item.height < summary.height for placed in items)


@pytest.mark.parametrize("count", [1, 2, 4])
def test_points_begin_with_a_square_and_stand_out(count):
    summary, made = summary_of("summary:\n" + f"  - {GIST}\n" * count)
    squares = [
        placed for placed in summary.placed(0, made.width) if isinstance(placed.item, Fill) and placed.item.width < PT * 9
    ]

    assert (count if count > 1 else 0) == len(squares) == sum(line.is_point for line in summary.lines)
    assert count == 1 or {summary.size} == {line.indent for line in summary.lines}


@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_a_short_summary_stands_as_its_head_does(align):
    made = head_of("headline: 春\nsummary: 两样都要过关", 5, f"{{level: 3, align: {align}}}")
    *_, run = (placed for placed in made.place(12 * DESIGN.grid.pitch).walk() if isinstance(placed.item, GlyphRun))
    middle = 2 * run.x + run.item.width - made.width

    assert {"left": middle < 0, "centre": abs(middle) < PT, "right": middle > 0}[align]


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_no_line_of_a_summary_breaks_kinsoku(columns):
    summary, _ = summary_of(columns=columns)
    lines = ["".join(run.item.text for run in line.runs(summary.measure)) for line in summary.lines]

    assert not any(line[0] in "，。；、" for line in lines)


@pytest.mark.parametrize("points", [[], ["春"] * 5], ids=["none", "five"])
def test_a_summary_has_one_to_four_points(points):
    report = Report()
    Record(StoryHead).read(parse_yaml(f"headline: 春\nsummary: {json.dumps(points)}", "a.md", report), report)

    assert [("wrong-value", 2)] == [(problem.code, problem.span.line) for problem in report.problems]


def test_the_summary_of_a_vertical_head_runs_down_after_the_deck():
    made = set_side_head(
        story_of(f"headline: 题目\ndeck: 副题\nsummary: {GIST}\nbyline: 作者"), Head(level=3), DESIGN.grid.area.height, DESIGN, Shaper(FACES), "A"
    )  # fmt: skip

    assert "题目副题" + GIST + "作者" == "".join(line.text for line in made.lines)
    assert sum(line.size for line in made.lines) * 1.2 < made.ems * DESIGN.grid.em


def test_what_faces_lack_of_a_summary_is_told_with_its_place():
    assert ["missing-glyph"] == codes(head_of("headline: 春\nsummary: 夏\U0001f600", 3))


# ---- grounds -----------------------------------------------------------------------------------------------------

WORDS = "kicker: 引题\nheadline: 主题\ndeck: ——副题\nsummary: 提要\nbyline: 作者"


def on_ground(ground, columns=3, extra=0, front=WORDS, level=3, **more):
    """Return a head's ground, its runs, and the head, in its own depth and some lines more."""
    keys = "".join(f", {key}: {value}" for key, value in more.items())
    made = head_of(front, columns, f"{{level: {level}, ground: {ground}{keys}}}")
    items = list(made.place((made.depth + extra) * DESIGN.grid.pitch).walk())
    (fill,) = (placed for placed in items if isinstance(placed.item, Fill) and placed.item.height > PT)
    return fill, [placed for placed in items if isinstance(placed.item, GlyphRun)], made


@pytest.mark.parametrize("ground", ["black", "85%", "20%"])
@pytest.mark.parametrize("extra", [0, 1, 3])
@pytest.mark.parametrize("columns", [1, 3, 8])
def test_a_ground_takes_whole_lines_and_its_type_keeps_clear_of_its_edges(ground, columns, extra):
    fill, runs, made = on_ground(ground, columns, extra)
    pitch, em = DESIGN.grid.pitch, DESIGN.grid.em
    within = [run for run in runs if run.item.text in ("引题", "主题", "——副题")]
    below = [run for run in runs if run not in within]

    assert (0, 0, made.width, 0) == (fill.x, fill.y, fill.item.width, fill.item.height % pitch)
    assert min(run.y - run.item.size * 88 // 100 for run in within) >= pitch // 2
    assert max(run.y + run.item.size * 12 // 100 for run in within) <= fill.item.height - pitch // 2
    assert all(em <= run.x and run.x + run.item.width <= made.width - em for run in within)
    assert all(run.y - run.item.size >= fill.item.height for run in below)
    assert max(run.y for run in below) <= (made.depth + extra) * pitch - pitch


@pytest.mark.parametrize(
    ("ground", "ink", "kicker"),
    [
        pytest.param("black", WHITE, "hei", id="black"),
        pytest.param("70%", WHITE, "hei", id="dark"),
        pytest.param("30%", BLACK, "kai", id="pale"),
    ],
)
def test_type_is_white_on_a_dark_ground(ground, ink, kicker):
    _, runs, _ = on_ground(ground)

    assert [ink] * 3 + [BLACK] * 2 == [run.item.ink for run in runs]
    assert kicker == runs[0].item.face


def test_a_vertical_head_stands_on_a_ground():
    made = set_side_head(
        story_of(WORDS), read(Head, "{level: 3, ground: black}"), DESIGN.grid.area.height, DESIGN, Shaper(FACES), "A"
    )
    width, height = (made.ems - 1) * DESIGN.grid.em, 60 * DESIGN.grid.pitch
    items = list(made.place(width, height).walk())
    (fill,) = (placed for placed in items if isinstance(placed.item, Fill))
    white = [placed for placed in items if isinstance(placed.item, GlyphRun) and placed.item.ink == WHITE]

    assert "引题主题——副题" == "".join(run.item.text for run in white)
    assert 0 == fill.item.height % DESIGN.grid.pitch
    assert fill.x >= 0
    assert fill.x + fill.item.width <= width
    for run in white:
        assert fill.x <= run.x - run.item.size // 2 <= run.x + run.item.size // 2 <= fill.x + fill.item.width
        assert fill.y <= run.y <= run.y + run.item.width <= fill.y + fill.item.height


@pytest.mark.parametrize(
    ("front", "more", "found"),
    [
        pytest.param("headline: 主题", {}, [], id="heavy"),
        pytest.param("headline: 主题", {"size": "9pt"}, [], id="heavy, 9 points"),
        pytest.param("headline: 主题", {"size": "8.5pt"}, ["fine-reversed-type"], id="heavy, less"),
        pytest.param("headline: 主题", {"face": "song", "size": "16pt"}, ["fine-reversed-type"], id="song, small"),
        pytest.param("headline: 主题", {"face": "kai", "size": "18pt"}, [], id="kai, large"),
        pytest.param("headline: 主题\ndeck: 副题", {"deck-size": "7.5pt"}, ["fine-reversed-type"], id="small deck"),
    ],
)
def test_fine_type_in_white_is_told(front, more, found):
    assert found == codes(on_ground("black", front=front, **more)[2])
    assert [] == codes(on_ground("30%", front=front, **more)[2])


def test_a_ground_keeps_clear_of_a_border():
    content = StoryContent(story_of(WORDS), read(Head, "{level: 3, ground: black}"), 2, Border.HAIRLINE, Axis.LEVEL)
    plain = content._replace(head=Head(level=3))

    assert 1 == padding(content, DESIGN.grid).lowered == padding(content, DESIGN.grid).lines
    assert 0 == padding(plain, DESIGN.grid).lowered


ISSUE = """
paper: paper.yaml
number: 1
date: 2026-01-01
pages:
  - label: "01"
    sketch: |
SKETCH
    areas:
AREAS
"""


def issue_in(folder, sketch, areas):
    """Write an issue on a page of three columns; return its file."""
    (folder / "paper.yaml").write_text(
        "key: a\nname: 报\nformat: {trim-width: 148mm, trim-height: 180mm, type-width: 120mm, type-height: 140mm, columns: 3, ems: 12, gutter: 1}",
        encoding="utf-8",
    )
    rows = "\n".join(f"      {row}" for row in sketch.split())
    lines = "\n".join(f"      {letter}: {area}" for letter, area in areas.items())
    (folder / "issue.yaml").write_text(ISSUE.replace("SKETCH", rows).replace("AREAS", lines), encoding="utf-8")
    return folder / "issue.yaml"


def inline(text=400, head="{level: 5}", **front):
    words = {"headline": "春眠", **front, "text": "春眠不觉晓，处处闻啼鸟。" * (text // 12)}
    return f"{{story: {json.dumps(words, ensure_ascii=False)}, head: {head}}}"


@pytest.mark.parametrize("ground", ["31%", "50%", "69.9%"])
def test_a_ground_on_which_nothing_is_read_is_told_with_its_place(ground, tmp_path):
    found = set_issue(issue_in(tmp_path, "AAA", {"A": inline(head=f"{{level: 5, ground: {ground}}}")}), Watch()).problems

    (problem,) = (problem for problem in found if problem.code == "unclear-ground")
    assert (10, True) == (problem.span.line, problem.span.column > 100)


def test_white_type_is_knocked_out_of_its_ground_in_the_finished_file(tmp_path, judge):
    result = set_issue(issue_in(tmp_path, "AAA", {"A": inline(1100, "{level: 1, ground: black}")}), Watch())
    (page,) = result.pages
    name, file = next(iter(print_files(result.issue, result.pages, result.faces).named(result.issue).items()))
    (tmp_path / name).write_bytes(file)
    judge("pdftoppm", "-gray", "-overprint", "-r", 72, tmp_path / name, tmp_path / "page")
    with Image.open(next(tmp_path.glob("page*"))) as image:
        top = round((page.bleed + result.issue.paper.format.trim_height - 140 * MM) / 2 / PT)
        ground = image.crop((image.width // 3, top, 2 * image.width // 3, top + 60))

    assert ground.getextrema()[0] < 80
    assert ground.getextrema()[1] > 200
    content = page_content(page, result.faces, {}).operators
    white = content.index("0 0 0 0 k")
    assert "/GSk gs" == next(line for line in reversed(content[:white]) if line.endswith(" gs"))


# ---- heads over several stories ------------------------------------------------------------------------------------

SPANNING = "{headline: {kicker: 引题, headline: 两篇一题, deck: ——副题}, head: {level: 4}}"


def page_of(folder, sketch, **areas):
    """Return an issue of one page as it was set."""
    return set_issue(issue_in(folder, sketch, areas), Watch())


def codes_of(result):
    return {problem.code for problem in result.problems}


def test_a_head_over_stories_stands_right_above_theirs(tmp_path):
    result = page_of(tmp_path, "HHH ABB", H=SPANNING, A=inline(200), B=inline(400))

    assert "stacked-heads" not in codes_of(result)
    assert [("H", "两篇一题", 4), ("A", "春眠", 5), ("B", "春眠", 5)] == [
        (head.area, head.title, head.level) for head in result.pages[0].heads
    ]


@pytest.mark.parametrize(
    ("over", "found"),
    [
        pytest.param("", False, id="those right below by themselves"),
        pytest.param(", over: [A, B]", False, id="named"),
        pytest.param(", over: [B]", True, id="one of them not named"),
    ],
)
def test_heads_that_are_not_its_own_are_stacked(over, found, tmp_path):
    result = page_of(tmp_path, "HHH ABB", H=SPANNING[:-1] + over + "}", A=inline(200), B=inline(400))

    assert found == ("stacked-heads" in codes_of(result))


@pytest.mark.parametrize(
    ("sketch", "over", "found"),
    [
        pytest.param("HHC AAC", "A", set(), id="as wide as its story"),
        pytest.param("HCC AAC", "A", {"narrow-head"}, id="narrower"),
        pytest.param("HCC AAC", "", {"stacked-heads"}, id="not its story"),
    ],
)
def test_a_head_over_stories_is_as_wide_as_they_are(sketch, over, found, tmp_path):
    head = SPANNING[:-1] + (f", over: [{over}]" if over else "") + "}"
    result = page_of(tmp_path, sketch, H=head, A=inline(300), C=inline(500))

    assert found == codes_of(result) & {"narrow-head", "stacked-heads"}


@pytest.mark.parametrize(
    ("head", "code"),
    [
        pytest.param("{headline: {headline: 题}, over: [Z]}", "area-not-drawn", id="over nothing"),
        pytest.param("{headline: {headline: 题}, head: {direction: vertical}}", "headline-not-level", id="vertical"),
        pytest.param("{headline: {headline: 题}, head: {place: brow}}", "headline-not-level", id="within a text"),
        pytest.param("{headline: {kicker: 题}}", "missing-key", id="no headline"),
        pytest.param("{headline: {headline: 题, byline: 某}}", "unknown-key", id="byline"),
        pytest.param("{headline: {headline: 题}, head: {ground: 50%}}", "unclear-ground", id="ground"),
    ],
)
def test_what_is_wrong_with_a_head_over_stories_is_told_with_its_place(head, code, tmp_path):
    problems = page_of(tmp_path, "HHH AAA", H=head, A=inline(300)).problems

    assert [(code, 11)] == [(problem.code, problem.span.line) for problem in problems]


def test_a_head_over_stories_without_room_is_told(tmp_path):
    file = issue_in(tmp_path, "HHH AAA", {"H": SPANNING, "A": inline(300)})
    file.write_text(file.read_text(encoding="utf-8").replace("    areas:", "    rows: [3, auto]\n    areas:"), encoding="utf-8")

    assert "area-too-shallow" in {problem.code for problem in set_issue(file, Watch()).problems}


def test_a_head_over_stories_has_a_bookmark_of_its_own(tmp_path):
    result = page_of(tmp_path, "HHH ABB", H=SPANNING, A=inline(200), B=inline(400))
    file = next(iter(print_files(result.issue, result.pages, result.faces).named(result.issue).values()))

    titles = [entry.title for entry in _flat(PdfReader(BytesIO(file)).outline)]
    assert "两篇一题" in titles


def _flat(outline):
    for entry in outline:
        yield from _flat(entry) if isinstance(entry, list) else [entry]


# ---- titles of columns -----------------------------------------------------------------------------------------------

TITLED = "column-title: 本报评论\nkicker: 引题\nheadline: 主题\ndeck: 副题"


def shown(frame):
    """Return the texts of a frame's runs in their order."""
    return [placed.item.text for placed in frame.walk() if isinstance(placed.item, GlyphRun)]


@pytest.mark.parametrize("look", ["boxed", "reversed", "ruled"])
@pytest.mark.parametrize("align", ["left", "centre", "right"])
def test_a_columns_title_stands_over_its_head_clear_of_what_sets_it_off(look, align):
    made = head_of(TITLED, 3, f"{{level: 3, align: {align}, column-title: {look}}}")
    title = made.rows[0]
    items = title.placed(0, made.width)
    (text,) = (placed for placed in items if isinstance(placed.item, GlyphRun))
    fills = [placed for placed in items if isinstance(placed.item, Fill)]

    assert ["本报评论", "引题", "主题", "副题"] == shown(made.place(made.depth * DESIGN.grid.pitch))
    assert (WHITE if look == "reversed" else BLACK) == text.item.ink
    assert all(0 <= placed.x <= placed.x + placed.item.width <= made.width for placed in items)
    assert all(0 <= placed.y <= placed.y + placed.item.height <= title.height for placed in fills)
    half = title.style.size // 2
    if look == "ruled":
        assert all(rule.x + rule.item.width <= text.x - half or rule.x >= text.x + text.item.width + half for rule in fills)
    else:
        assert min(fill.x for fill in fills) <= text.x - half
        assert max(fill.x + fill.item.width for fill in fills) >= text.x + text.item.width + half


def test_a_columns_title_stands_above_the_ground_of_its_head():
    made = head_of(TITLED, 3, "{level: 3, ground: black, column-title: boxed}")
    items = list(made.place(made.depth * DESIGN.grid.pitch).walk())
    ground = next(placed for placed in items if isinstance(placed.item, Fill))
    title = next(placed for placed in items if isinstance(placed.item, GlyphRun))
    part = made.part(made.depth * DESIGN.grid.pitch, "")

    assert 0 < title.y < ground.y
    assert 0 == ground.y % DESIGN.grid.pitch == ground.item.height % DESIGN.grid.pitch
    assert 0 <= part.rect.y < ground.y
    assert ground.y + ground.item.height == part.rect.bottom


def test_a_columns_title_runs_down_before_a_vertical_head():
    made = set_side_head(
        story_of(TITLED), read(Head, "{level: 3, ground: black}"), DESIGN.grid.area.height, DESIGN, Shaper(FACES), "A"
    )  # fmt: skip
    items = list(made.place((made.ems - 1) * DESIGN.grid.em, made.depth * DESIGN.grid.pitch).walk())
    runs = [placed for placed in items if isinstance(placed.item, GlyphRun)]
    ground = max((placed for placed in items if isinstance(placed.item, Fill)), key=lambda placed: placed.item.width)

    assert "本报评论引题主题副题" == "".join(run.item.text for run in runs)
    assert runs[0].x > ground.x + ground.item.width
    assert [BLACK, WHITE] == [runs[0].item.ink, runs[-1].item.ink]


def test_the_title_that_an_area_gives_goes_before_the_storys_own(tmp_path):
    story = inline(300, **{"column-title": "一版一得"})
    result = page_of(tmp_path, "AAA", A=story[:-1] + ", column-title: 本报评论}")

    assert "本报评论" == result.issue.pages[0].blocks[0].content.story.column_title.text


def test_a_columns_title_shrinks_to_its_width_or_is_told():
    narrow = head_of("column-title: 本报评论员文章\nheadline: 春", 1, "level: 1").rows[0]
    wide = head_of("column-title: " + "评" * 30 + "\nheadline: 春", 1)

    assert narrow.style.size < 18 * PT
    assert ["head-too-wide"] == codes(wide)


@pytest.mark.parametrize(
    ("place", "clear"), [("over", 0), ("brow", 0), ("left-corner", 0), ("beside", 0), ("centre", 1), ("waist", 1)]
)
def test_a_ground_keeps_a_line_from_text_above_it(place, clear):
    over, made = (head_of(WORDS, 3, f"{{level: 3, ground: black, place: {where}}}") for where in ("over", place))
    ground = next(placed for placed in made.place(made.depth * DESIGN.grid.pitch).walk() if isinstance(placed.item, Fill))

    assert (clear, clear * DESIGN.grid.pitch) == (made.depth - over.depth, ground.y)


def test_a_head_too_wide_for_its_ground_is_told():
    assert ["head-too-wide"] == codes(head_of("headline: " + "A" * 19, 1, "{level: 5, ground: 20%}"))
    assert [] == codes(head_of("headline: " + "A" * 19, 1, "level: 5"))


@pytest.mark.parametrize("part", ["kicker", "headline", "deck"])
def test_what_is_marked_is_rather_broken_than_condensed(part):
    words = {"headline": "春", part: "|\n  甲乙丙丁，\n  戊己庚辛壬癸子"}
    keys = {"kicker": "kicker-size: 32pt", "headline": "size: 32pt", "deck": "deck-size: 32pt"}[part]
    made = head_of("\n".join(f"{key}: {value}" for key, value in words.items()), 3, f"{{level: 3, {keys}}}")

    assert ["甲乙丙丁，", "戊己庚辛壬癸子"] == [text for text in texts(made) if text != "春"]
    assert {1000} == {line.style.stretch for line in made.lines}


def test_the_specimen_of_heads_has_no_findings(make_issue):
    result = make_issue("check", ROOT / "issues" / "specimens" / "heads.yaml")

    assert (0, "", "") == (result.returncode, result.stdout, result.stderr)

"""Panels: notes, tables, editor's notes, pull quotes and the index, each set on a page of its own."""

from fractions import Fraction
from itertools import groupby
from operator import attrgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.design.grid import derive_grid
from layout.design.plan import resolve
from layout.diagnostics import Span
from layout.flow.galley import Galley, GalleyLine, LineKind, set_galley, shape_story
from layout.flow.piece import Piece
from layout.flow.pour import Filled, PlacedLine, balance, capacities, pour, shared_white
from layout.flow.region import Region, Stretch, share_width
from layout.flow.table import Column, column_widths
from layout.flow.uneven import pour_uneven, set_once
from layout.frame import Fill, GlyphRun, Path, tint
from layout.geometry import Rect
from layout.issue import Product, build_issue, set_issue
from layout.manifest.areas import StoryHead
from layout.manifest.copy import ParagraphKind
from layout.manifest.format import FORMATS
from layout.manifest.source import Report, Scalar
from layout.manifest.story import make_story, read_markdown
from layout.text.justify import Fit
from layout.text.measure import LineSpan
from layout.text.shape import Shaper
from layout.text.shaped import StyledText
from layout.typeface.catalogue import Faces, read_catalogue
from layout.watch import Watch
from tests.conftest import ROOT

PLACE = Span("s.md", 1, 1)
PAPER = """\
key: panels
name: 小报
format: {trim-width: 220mm, trim-height: 170mm, type-width: 200mm, type-height: 130mm, columns: 3, ems: 13, gutter: 1}
taboos: {no-masthead: off, through-gap: off, level-gap: off, tombstone: off}
"""
HEAD = """\
paper: paper.yaml
number: 7
date: 2023-03-27
pages:
"""
TEXT = "春风又绿江南岸，明月何时照我还。"


def page(areas, sketch="A A B", label="01"):
    rows = "".join(f"      {row}\n" for row in sketch.split("/"))
    listed = "".join(f"      {letter}: {area}\n" for letter, area in areas.items())
    return f'  - label: "{label}"\n    sketch: |\n{rows}    areas:\n{listed}'


def story(characters, front="headline: 春天来了", *paragraphs):
    return f"---\n{front}\n---\n" + "\n\n".join((*paragraphs, (TEXT * (characters // 16 + 1))[:characters])) + "\n"


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Write an issue of some pages and further files; return its manifest."""
    monkeypatch.chdir(tmp_path)

    def write(*pages, **files):
        texts = {"paper.yaml": PAPER, "issue.yaml": HEAD + "".join(pages), "b.md": story(160)}
        texts |= {name.replace("_", "."): text for name, text in files.items()}
        for name, text in texts.items():
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return tmp_path / "issue.yaml"

    return write


@pytest.fixture
def made(write):
    """Set an issue; return its pages' lines and its findings as "code file:line:column"."""

    def made(*pages, **files):
        result = set_issue(write(*pages, **files), Watch())
        return [lines(found) for found in result.pages], told(result.problems)

    return made


def balanced(made: Galley, legs: Region) -> Filled:
    """Return a galley poured into the least legs that hold it."""
    return pour(made, capacities(balance(made, legs)))


def told(problems):
    return [f"{found.code} {found.span.file.rsplit('/', 1)[-1]}:{found.span.line}:{found.span.column}" for found in problems]


def runs(page):
    return [placed for placed in page.frame.walk() if isinstance(placed.item, GlyphRun)]


def lines(page):
    """Return the texts of a page's lines, in the order in which they are painted."""
    return ["".join(placed.item.text for placed in line) for _, line in groupby(runs(page), key=attrgetter("y"))]


# ---- notes -------------------------------------------------------------------------------------------------------

B = "{story: b.md, head: {level: 5}}"
FITTING = {"underset", "areas-too-shallow"}
"""What is told of areas that have more room than text: the pages here are larger than their copy."""


def beyond_fit(found):
    return [problem for problem in found if problem.split()[0] not in FITTING]


@pytest.mark.parametrize("area", ["{note: note.md}", "{note: note.md, title: 提示}", '{note: "- 甲\\n- 乙\\n\\n1. 丙"}'])
def test_a_note_needs_no_head(area, made):
    pages, found = made(page({"A": area, "B": B}), note_md="- 甲\n- 乙\n\n1. 丙\n")

    assert [] == beyond_fit(found)
    assert "".join(pages[0]).count("●甲●乙①丙") == 1
    assert ("提示" in pages[0]) == ("提示" in area)


def test_a_note_may_bring_its_title_as_front_matter(made):
    pages, found = made(page({"A": "{note: note.md}", "B": B}), note_md="---\nheadline: 启事\n---\n今日停水。\n")

    assert [] == beyond_fit(found)
    assert ["启事", "今日停水。"] == pages[0][:2]


@pytest.mark.parametrize(
    ("area", "note", "found"),
    [
        ("{note: nothing.md}", "", ["missing-file issue.yaml:9:17"]),
        ("{note: ' '}", "", ["wrong-value issue.yaml:9:17"]),
        ("{note: b.md}", "", ["story-twice issue.yaml:10:18"]),
        ("{note: note.md}", "见图![](a.png)", ["markup note.md:1:3"]),
        ("{note: '**半'}", "", ["stray-mark issue.yaml:9:18"]),
        ("{note: note.md, columns: 9}", TEXT * 9, ["legs-too-narrow issue.yaml:9:7"]),
        ("{note: note.md}", TEXT * 90, ["overset issue.yaml:9:7"]),
    ],
)
def test_spoilt_notes(area, note, found, made):
    assert found[0] in made(page({"A": area, "B": B}), note_md=note)[1]


def test_a_note_without_title_has_no_bookmark(write, tmp_path):
    from pypdf import PdfReader

    path = write(page({"A": "{note: 今日停水。}", "B": B}))
    assert [] == beyond_fit(told(build_issue(path, tmp_path / "out", frozenset({Product.PRINT}), Watch())))
    (whole,) = [file for file in (tmp_path / "out").rglob("*.pdf") if "0001" not in file.name]
    titles = [item.title for group in PdfReader(whole).outline for item in (group if isinstance(group, list) else [group])]

    assert "春天来了" in titles
    assert "" not in titles


# ---- tables ------------------------------------------------------------------------------------------------------

SIZES = """\
| 字号 | 点数 | 用处 |
| :--: | ---- | :--- |
| 五号 | 10.5 | 社论 |
| 小五 | 9 | **正文**，一行十三字 |
| 六号 | 7.875 | – |
"""


@pytest.mark.parametrize(
    "area",
    [
        "{table: t.md}",
        "{table: t.md, title: 字号}",
        "{table: t.md, title: 字号, note: 注：点数照旧。, column-rules: hairline, size: 六号, border: double, tint: 10%}",
        "\n        table: |\n" + "".join(f"          {line}\n" for line in SIZES.splitlines()),
        "{table: t.csv}",
        "{story: s.md, columns: 1}",
    ],
)
def test_all_cells_of_a_table_are_set_in_their_order(area, made):
    values = "字号,点数,用处\n五号,10.5,社论\n小五,9,正文，一行十三字\n六号,7.875,–\n"
    pages, found = made(
        page({"A": area, "B": B}), t_md=SIZES, t_csv=values.encode("gb18030"), s_md=f"---\nheadline: 字号\n---\n{SIZES}"
    )

    assert [] == beyond_fit(found)
    assert "字号点数用处五号10.5社论小五9正文，一行十三字六号7.875–" in "".join(pages[0])


def cells(page, *texts):
    found = [placed for placed in runs(page) if placed.item.text in texts]
    assert sorted(texts) == sorted(placed.item.text for placed in found)
    return sorted(found, key=lambda placed: texts.index(placed.item.text))


def set_page(path):
    (page,) = set_issue(path, Watch()).pages
    return page


def test_numbers_are_level_at_their_units_and_signs_do_not_move_them(write):
    values = '甲\n10.5\n9\n7.875\n–\n"1,234.5"\n+3%\n−0.25%\n'
    found = cells(set_page(write(page({"A": "{table: t.csv}", "B": B}), t_csv=values)), *values.replace('"', "").split()[1:])
    points = [
        placed.x + next((at for at, text in zip(run.offsets, run.clusters, strict=True) if text in ".%"), run.width)
        for placed in found
        if (run := placed.item).text != "–"
    ]

    assert max(points) - min(points) <= 1


@pytest.mark.parametrize(("sign", "place"), [(":---", "left"), (":--:", "centre"), ("---:", "right")])
def test_a_column_stands_where_its_writer_says(sign, place, write):
    table = f"| 甲 | 这一栏宽 |\n| --- | {sign} |\n| 乙 | 1.5 |\n| 丙 | 12.25 |\n"
    short, long, head = cells(set_page(write(page({"A": "{table: t.md}", "B": B}), t_md=table)), "1.5", "12.25", "这一栏宽")
    edges = {
        "left": [found.x for found in (short, long)],
        "centre": [found.x + found.item.width // 2 for found in (short, long, head)],
        "right": [found.x + found.item.width for found in (short, long)],
    }[place]

    assert max(edges) - min(edges) <= 2


def test_a_table_takes_whole_lines_of_the_grid(write):
    table = "| 甲 | 乙 |\n| --- | --- |\n" + "".join(f"| 行{number} | {TEXT * 2} |\n" for number in range(3))
    result = set_issue(write(page({"A": "{table: t.md}", "B": B}), t_md=table), Watch())
    grid = resolve(result.issue).grid
    baselines = [placed.y for placed in runs(result.pages[0]) if placed.item.text[0] in "行春" and placed.item.face == "song"]

    assert {grid.baseline} == {(y - grid.area.y) % grid.pitch for y in baselines}


COLUMNS = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=12).map(
    lambda sizes: [Column(max(size), min(size)) for size in sizes]
)


@given(COLUMNS, st.integers(1, 400))
def test_columns_fill_the_measure_and_none_is_narrower_than_it_may_be(columns, room):
    widths = column_widths(columns, room)

    if widths is None:
        assert sum(column.least for column in columns) > room
        return
    assert sum(widths) == room
    assert all(width >= column.least for width, column in zip(widths, columns, strict=True))
    narrowed = [width for width, column in zip(widths, columns, strict=True) if width < column.natural]
    kept = [width for width, column in zip(widths, columns, strict=True) if width > max(column.least, column.natural)]
    assert not (narrowed and kept)


def test_the_heads_of_a_table_are_set_again_in_each_leg(made):
    rows = "".join(f"{number},选手{number:02d}\n" for number in range(1, 31))
    pages, found = made(page({"A": "{table: t.csv, columns: 2}", "B": B}), t_csv="序号,姓名\n" + rows)
    text = "".join(pages[0])

    assert [] == beyond_fit(found)
    assert 2 == text.count("序号姓名")
    assert [number for number in range(1, 31) if text.count(f"选手{number:02d}") != 1] == []


@pytest.mark.parametrize(
    "way", ["head: {level: 5, place: left-corner}", "head: {level: 5, place: waist}", "head: {level: 5}, remainder: legs"]
)
def test_a_table_among_stretches_of_differing_measure_keeps_its_own(way, write):
    rows = "".join(f"| {number} | 选手{number:02d} |\n" for number in range(1, 31))
    words = f"headline: 名单\n---\n{TEXT * 6}\n\n| 序号 | 姓名 |\n| --- | --- |\n{rows}\n{TEXT * 3}\n"
    made = set_page(write(page({"A": f"{{story: s.md, {way}, columns: 5}}"}, "A A A"), s_md="---\n" + words))
    text = "".join(lines(made))
    widths = {placed.item.width for placed in made.frame.walk() if isinstance(placed.item, Fill)}

    assert [number for number in range(1, 31) if text.count(f"选手{number:02d}") != 1] == []
    assert 1 < text.count("序号姓名")
    assert text.index("选手30") < text.index(TEXT[:3], text.index("选手30"))
    assert 1 == len(widths - {max(widths)})


def test_a_table_goes_on_on_another_page_with_its_heads(made):
    rows = "".join(f"| {number} | 选手{number:02d} |\n" for number in range(1, 51))
    words = f"---\nheadline: 名单\n---\n{TEXT * 2}\n\n| 序号 | 姓名 |\n| --- | --- |\n{rows}\n{TEXT * 3}\n"
    areas = {"A": '{story: s.md, jump: "02", columns: 2}', "B": B}
    pages, found = made(page(areas), page({"A": "{rest: s.md}"}, "A A A", label="02"), s_md=words)
    texts = ["".join(lines) for lines in pages]

    assert [] == beyond_fit(found)
    assert [number for number in range(1, 51) if "".join(texts).count(f"选手{number:02d}") != 1] == []
    assert "选手01" in texts[0]
    assert "选手50" in texts[1]
    assert [2, 3] == [text.count("序号姓名") for text in texts]


def shaped_story(copy, faces, leading=Fraction(2, 5)):
    grid = derive_grid(FORMATS["对开"], leading)
    text = make_story("s", StoryHead(headline=Scalar("题", PLACE, PLACE)), copy, PLACE, Report())
    return shape_story(text, grid, Shaper(faces)), grid


def test_each_leg_of_a_parted_table_ends_with_a_rule(write):
    rows = "".join(f"{number},选手\n" for number in range(1, 31))
    made = set_page(write(page({"A": "{table: t.csv, columns: 2}", "B": B}), t_csv="序号,姓名\n" + rows))
    fills = [placed.item for placed in made.frame.walk() if isinstance(placed.item, Fill)]
    measure = min(fill.width for fill in fills if fill.width > 20 * fill.height)
    heavy, hairline = sorted({fill.height for fill in fills if fill.width == measure}, reverse=True)

    assert [heavy, hairline, hairline, heavy, hairline, heavy] == [fill.height for fill in fills if fill.width == measure]


def test_a_table_skips_stretches_that_are_too_narrow_for_it(faces):
    table = "| 甲 | 乙 |\n| --- | --- |\n" + "".join(f"| 行{number} | 值 |\n" for number in range(8))
    shaped, grid = shaped_story(f"{table}\n" + "文" * 60, faces)
    stretches = [Stretch(0, 0, 6, 0, 20 * grid.em), Stretch(1, 0, 9, 0, 10 * grid.em), Stretch(2, 0, 20, 0, 20 * grid.em)]
    _, filled = pour_uneven(shaped, set_once(shaped, grid.em), stretches, grid.em)
    rows = [[placed.galley_line.text for placed in leg if placed.galley_line.piece] for leg in filled.legs]

    assert rows == [
        ["甲乙", *(f"行{number}值" for number in range(4))],
        [],
        ["甲乙", *(f"行{number}值" for number in range(4, 8))],
    ]
    assert not filled.rest


def test_rows_that_no_page_can_hold_are_counted_and_not_set(faces):
    table = "| 甲 |\n| --- |\n" + "| 值 |\n" * 3000
    shaped, grid = shaped_story(table, faces)
    lines = set_galley(shaped, 20 * grid.em, grid.em).lines

    assert 3001 == len(lines)
    assert 12 * grid.lines == sum(bool(line.piece.items) for line in lines[1:])
    assert 3001 == sum(line.characters for line in lines)


@pytest.mark.parametrize("before", range(4, 16))
@pytest.mark.parametrize("rows", [1, 2, 3, 4, 9])
def test_no_row_of_a_table_stands_alone_in_its_leg(before, rows, faces):
    table = "| 甲 | 乙 |\n| --- | --- |\n" + "".join(f"| 行{number} | 值 |\n" for number in range(rows))
    copy = "文" * (13 * before - 4) + f"\n\n{table}\n" + "文" * (13 * 6)
    shaped, grid = shaped_story(copy, faces)
    galley = set_galley(shaped, 13 * grid.em, grid.em)
    filled = balanced(galley, share_width(27, 2, 1, grid.em))
    counts = [sum(placed.galley_line.text.startswith("行") for placed in leg) for leg in filled.legs]

    assert rows == sum(counts)
    assert 1 not in counts or rows == 1


@pytest.mark.parametrize(
    ("area", "table", "found"),
    [
        ("{table: t.md}", SIZES + "| 七号 |\n", ["uneven-row t.md:6:1"]),
        ("{table: t.md}", SIZES + "| 七号 | 5.25 | 无 | 多 |\n| 八号 |\n", ["uneven-row t.md:6:1"]),
        ("{story: s.md}", SIZES + "紧接着的一段。\n", ["uneven-row s.md:9:1"]),
        ("{table: t.csv}", "甲,乙\n一,二\n三\n", ["uneven-row t.csv:3:1"]),
        ("{table: t.md}", "| 甲 |\n| --- |\n", ["empty-table t.md:1:1"]),
        ("{table: t.md}", "| 甲 |\n| --- |\n|  |\n", ["empty-table t.md:1:1"]),
        ("{table: t.csv}", "甲,乙\n", ["empty-table t.csv:1:1"]),
        ("{table: t.csv}", "", ["empty-table t.csv:1:1"]),
        ("{table: t.csv}", '甲,乙\n"一,二\n', ["csv t.csv:2:1"]),
        ("{table: t.csv}", "甲\n一\x07\n", ["control-character t.csv:2:2"]),
        ("{table: t.csv}", "甲\n一,二\n", ["uneven-row t.csv:2:1"]),
        ("{table: t.md}", "没有表格。\n", ["not-one-table t.md:1:1"]),
        ("{table: t.md}", SIZES + "\n又一段。\n", ["not-one-table t.md:1:1"]),
        ("{table: t.md}", "| 甲 | 乙 |\n| --- |\n| 一 | 二 |\n", ["no-table t.md:1:1"]),
        ("{story: s.md}", "上文\n\n| 甲 | 乙 |\n| 一 | 二 |\n", ["no-table s.md:6:1"]),
        ("{story: s.md}", "> | 甲 |\n> | --- |\n> | 一 |\n", ["markup s.md:4:1"]),
        ("{table: t.md}", "| 甲 |\n| --- |\n| ![](a.png) |\n", ["markup t.md:3:3"]),
        ("{table: t.md}", "| 甲 | 乙 |\n| --- | --- |\n| 一 | **二 |\n", ["stray-mark t.md:3:7"]),
        ("{table: t.md}", "| 甲 | 乙 |\n| --- | --- |\n| 一 | 你好,世界 |\n", ["halfwidth-mark t.md:3:9"]),
        ("{table: t.md}", f"|{'栏|' * 40}\n|{'---|' * 40}\n|{'内容|' * 40}\n", ["table-too-wide t.md:1:2"]),
        ("{table: t.md}", f"| 甲 | 乙 |\n| --- | --- |\n| {'x' * 200} | 丙 |\n", ["table-too-wide t.md:1:3"]),
        ("{story: s.md, direction: vertical}", SIZES, ["level-only s.md:4:1"]),
        ("{table: t.md, size: 初号}", SIZES, ["wrong-value issue.yaml:9:30"]),
        ("{table: t.md, tint: 40%}", SIZES, ["tint-too-dark issue.yaml:9:30"]),
        ("{table: nothing.csv}", SIZES, ["missing-file issue.yaml:9:18"]),
        ("{table: t.csv}", b"\xff\xff\xff", ["encoding t.csv:0:0"]),
        ("{table: t.csv}", "甲\n" + "乙\n" * 10_000, ["overset issue.yaml:9:7"]),
    ],
)
def test_spoilt_tables(area, table, found, made):
    whole = table if isinstance(table, bytes) else f"---\nheadline: 表\n---\n{table}".encode()

    told = beyond_fit(made(page({"A": area, "B": B}), t_md=table, t_csv=table, s_md=whole)[1])

    assert found == told or (found[0].startswith("markup") and found[0] == told[0])


# ---- editor's notes ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "label"),
    [("editor-note: 请读下文。", "编者按："), ("editor-note: 请读下文。\neditor-note-title: 编后", "编后：")],
)
@pytest.mark.parametrize("direction", ["level", "vertical"])
def test_an_editor_s_note_stands_before_the_text_in_kai(front, label, direction, write):
    words = story(160, f"headline: 春天来了\n{front}\ndateline: 本报讯　")
    made = set_page(write(page({"A": f"{{story: s.md, direction: {direction}}}", "B": B}), s_md=words))
    found = [(placed.item.text, placed.item.face) for placed in runs(made) if placed.item.face in ("hei-heavy", "kai")]
    text = "".join(placed.item.text for placed in runs(made))

    assert [(label, "hei-heavy"), ("请读下文。", "kai"), ("本报讯　", "hei-heavy")] == [
        (words, face) for words, face in found if words in (label, "请读下文。", "本报讯　")
    ]
    assert f"{label}请读下文。本报讯　春风" in text


def test_an_editor_s_note_may_have_paragraphs_and_a_list(made):
    note = "headline: 春\neditor-note: |\n  两件事：\n\n  - 甲\n  - 乙\n\n  请读下文。"
    pages, found = made(page({"A": "{story: s.md, columns: 1}", "B": B}), s_md=story(60, note))

    assert [] == beyond_fit(found)
    assert ["编者按：两件事：", "●甲", "●乙", "请读下文。"] == pages[0][1:5]


@pytest.mark.parametrize(
    ("front", "found"),
    [
        ("editor-note: ''", ["wrong-value s.md:3:14"]),
        ("editor-note: 见![](a.png)", ["markup s.md:3:15"]),
        ("editor-note: |\n  上文\n\n  你好,世界", ["halfwidth-mark s.md:6:5"]),
        ("editor-note: 下文\neditor-note-title: ''", ["wrong-value s.md:4:20"]),
        ("editor-notes: 下文", ["unknown-key s.md:3:1"]),
    ],
)
def test_spoilt_editor_s_notes(front, found, made):
    assert found == beyond_fit(made(page({"A": "{story: s.md}", "B": B}), s_md=story(320, f"headline: 春\n{front}"))[1])


# ---- pull quotes -------------------------------------------------------------------------------------------------

EM = 100_000
SHAPED, _ = Shaper(Faces(read_catalogue({}))).shape([StyledText("字", "song")], EM)
TEXT_LINE = GalleyLine(SHAPED, LineSpan(0, 1), LineKind.TEXT, Fit.FULL, 0, 1)
PULL_LINE = TEXT_LINE._replace(kind=LineKind.PULL, depth=4, piece=Piece((), "", 4, Span("")))
PULL = "::: pull\n明月何时照我还\n:::"


def pulled(before, after, words=PULL):
    return f"---\nheadline: 春天来了\n---\n{(TEXT * 20)[:before]}\n\n{words}\n\n{(TEXT * 20)[:after]}\n"


@pytest.mark.parametrize(
    "words", [PULL, PULL.replace("明月", "　　明月"), "::: pull\n\n明月何时照我还\n\n:::", "::: pull\n明月\n何时照我还\n:::\n"]
)
def test_a_pull_quote_is_larger_and_stands_between_rules_at_its_place(words, write):
    made = set_page(write(page({"A": "{story: s.md, columns: 1}", "B": B}), s_md=pulled(160, 160, words)))
    (quote,) = [placed for placed in runs(made) if placed.item.text == "明月何时照我还" and placed.item.face == "song-heavy"]
    text = [placed for placed in runs(made) if placed.item.face == "song" and placed.x < quote.x + quote.item.width]
    above, below = (max(t.y for t in text if t.y < quote.y), min(t.y for t in text if t.y > quote.y))
    rules = [placed for placed in made.frame.walk() if isinstance(placed.item, Fill) and above < placed.y < below]
    size, body = quote.item.size, text[0].item.size

    assert 1.2 * body < size < 1.7 * body
    assert 2 == len(rules)
    assert rules[0].y < quote.y - size * 0.8
    assert rules[1].y > quote.y + size * 0.1
    assert rules[0].y > above + 0.2 * body
    assert rules[1].y < below - 0.9 * body


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 6))
def test_a_pull_quote_neither_begins_nor_ends_a_leg(before, after, legs):
    lines = (*(TEXT_LINE,) * before, PULL_LINE, *(TEXT_LINE,) * after)
    galley = Galley(EM, lines, ())
    filled = balanced(galley, share_width(legs * 13 + legs - 1, legs, 1, EM))

    assert lines == tuple(placed.galley_line for leg in filled.legs for placed in leg)
    assert not any(PULL_LINE in (leg[0].galley_line, leg[-1].galley_line) for leg in filled.legs if leg)


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("明月何时照我还", ["明月何时照我还"]),
        ("栏宽了，一行里白多；栏窄了，一格要转好几行", ["栏宽了，一行里白多；", "栏窄了，一格要转好几行"]),
        ("春风又绿江南岸明月何时照我还", ["春风又绿江南岸", "明月何时照我还"]),
    ],
)
def test_a_pull_quote_has_lines_of_one_length_broken_behind_marks(words, lines, faces):
    shaped, grid = shaped_story(f"上文\n\n::: pull\n{words}\n:::\n\n下文", faces)
    piece = set_galley(shaped, 16 * grid.em, grid.em).lines[1].piece
    texts = [placed.item.text for placed in piece.items if isinstance(placed.item, GlyphRun)]

    assert lines == texts


@given(st.integers(2, 30), st.integers(1, 30), st.integers(2, 5))
def test_a_pull_quote_takes_two_lines_of_the_paragraph_before_it_along(before, after, legs):
    full, end = (TEXT_LINE._replace(span=LineSpan(1, 2), fit=fit) for fit in (Fit.FULL, Fit.NATURAL))
    lines = (*(full,) * before, end, PULL_LINE, *(TEXT_LINE,) * after)
    filled = balanced(Galley(EM, lines, ()), share_width(legs * 13 + legs - 1, legs, 1, EM))

    assert lines == tuple(placed.galley_line for leg in filled.legs for placed in leg)
    assert not any(leg[0].galley_line is end and leg[1].galley_line is PULL_LINE for leg in filled.legs if len(leg) > 1)


@pytest.mark.parametrize(("depth", "lines"), [(6, [0, 1, 3, 5]), (7, [0, 1, 4, 6]), (8, [0, 1, 2, 4])])
def test_a_leg_gives_its_subheads_two_lines_of_white_at_most(depth, lines):
    subhead = TEXT_LINE._replace(kind=LineKind.SUBHEAD, span=LineSpan(0, 1), depth=2)
    leg = [PlacedLine(line, made) for line, made in zip([0, 1, 2, 4], [TEXT_LINE, TEXT_LINE, subhead, TEXT_LINE], strict=True)]

    assert lines == [placed.line for placed in shared_white(leg, depth)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("::: pull\n明月何时照我还", ["open-container s.md:6:1"]),
        ("::: pul\n明月何时照我还\n:::", ["no-container s.md:6:1"]),
        ("::: pull\n:::", ["markup s.md:6:1"]),
        ("::: pull\n- 明月\n:::", ["markup s.md:7:1"]),
        ("::: pull\n| 甲 |\n| - |\n| 乙 |\n:::", ["markup s.md:7:1"]),
        ("::: pull\n你好,世界\n:::", ["halfwidth-mark s.md:7:3"]),
        (f"::: pull\n{TEXT * 40}\n:::", ["piece-too-deep s.md:7:1", "overset issue.yaml:9:7"]),
    ],
)
def test_spoilt_pull_quotes(words, found, made):
    told = beyond_fit(made(page({"A": "{story: s.md}", "B": B}), s_md=pulled(64, 64, words))[1])

    assert found == [problem for problem in told if "widow" not in problem and "uneven" not in problem][: len(found)]


def test_a_vertical_story_has_no_pull_quote(made):
    found = made(page({"A": "{story: s.md, direction: vertical}", "B": B}), s_md=pulled(64, 64))[1]

    assert "level-only s.md:7:1" in found


def test_pull_quotes_are_known_by_their_kind():
    kinds = [paragraph.kind for paragraph in read_markdown(f"上文\n\n{PULL}\n\n下文", Span("s.md", 1, 1), Report())]

    assert [ParagraphKind.TEXT, ParagraphKind.PULL, ParagraphKind.TEXT] == kinds


PARTS = [
    "字",
    "甲",
    "|",
    "| ",
    " |",
    "---",
    "| --- | --- |\n",
    "| 甲 | 乙 |\n",
    "\n",
    "\n\n",
    ":::",
    "::: pull\n",
    ":--:",
    "\\|",
    "　　",
]


@given(st.lists(st.sampled_from(PARTS), max_size=16).map("".join))
@settings(max_examples=500)
def test_bars_and_colons_keep_their_text_or_are_told(text):
    report = Report()

    kept = "".join(paragraph.text for paragraph in read_markdown(text, Span("s.md", 1, 1), report))

    signs = set("|-: \n\\　pul")
    assert report.problems or [c for c in kept if c not in signs] == [c for c in text if c not in signs]


# ---- the index ---------------------------------------------------------------------------------------------------

LATER = (
    page({"A": "{story: a.md, head: {level: 4}}", "B": "{story: c.md, head: {level: 2}}"}, label="02"),
    page({"A": "{note: 今日停水。}"}, "A A A", label="03"),
    page({"A": "{story: {headline: 写在版样里的稿, text: 春风。}}"}, "A A A", label="A04"),
)
STORIES = {
    "a_md": story(320, "headline: 甲稿"),
    "b_md": story(160),
    "c_md": story(40, "headline: |\n  乙稿的题\n  分成两行\nkicker: 引题"),
}


def first(index):
    return page({"A": index, "B": B})


def index_of(pages):
    return [line for line in pages[0] if line.endswith("版") or line in ("头一条", "末一条")]


@pytest.mark.parametrize(
    ("index", "printed"),
    [
        ("{index: auto}", ["乙稿的题分成两行02版", "写在版样里的稿A04版"]),
        ("{index: [头一条, {story: a.md}, {story: c.md, text: 短题}]}", ["头一条", "甲稿02版", "短题02版"]),
        ("{index: [{story: ./c.md}, {text: 末一条}]}", ["乙稿的题分成两行02版", "末一条"]),
        ("{index: [{story: b.md}, {text: 别处, page: 07}]}", ["春天来了01版", "别处07版"]),
    ],
)
def test_the_index_knows_the_stories_of_its_issue(index, printed, made):
    pages, found = made(first(index), *LATER, **STORIES)

    assert [] == beyond_fit(found)
    assert printed == [line for line in index_of(pages) if line != "01版"]


def test_the_index_follows_a_story_to_another_page(made):
    moved = (LATER[0].replace("c.md", "d.md"), page({"A": "{story: c.md}"}, "A A A", label="05"))
    pages, _ = made(first("{index: [{story: c.md}]}"), *moved, **STORIES, d_md=story(160))

    assert ["乙稿的题分成两行05版"] == [line for line in index_of(pages) if line != "01版"]


@pytest.mark.parametrize("index", ["{index: auto}", "{index: [{story: s.md}]}"])
def test_the_index_names_the_page_where_a_story_begins(index, made):
    later = (
        page({"A": '{story: s.md, jump: "03"}'}, "A A A", label="02"),
        page({"A": "{rest: s.md, head: {level: 2}}", "B": "{story: {headline: 另一篇, text: 春风。}}"}, label="03"),
    )
    pages, _ = made(first(index), *later, s_md=story(1300, "headline: 长稿"))

    assert "长稿02版" in pages[0]
    assert "长稿03版" not in pages[0]


def test_a_story_may_say_what_the_index_prints(made):
    stories = {**STORIES, "c_md": story(40, "headline: 很长很长的题\nindex-title: 短题")}
    pages, _ = made(first("{index: auto}"), LATER[0], **stories)

    assert "短题02版" in index_of(pages)


@pytest.mark.parametrize(
    ("index", "pages", "found"),
    [
        ("{index: [{story: e.md}]}", LATER, ["story-not-placed issue.yaml:9:27"]),
        ("{index: [{story: nothing.md}]}", LATER, ["missing-file issue.yaml:9:27"]),
        ("{index: [{story: ../x.md}]}", LATER, ["outside-roots issue.yaml:9:27"]),
        ("{index: auto}", LATER[1:2], ["index-empty issue.yaml:9:10"]),
        ("{index: automatic}", LATER, ["wrong-value issue.yaml:9:18"]),
        ("{index: [{page: 02}]}", LATER, ["wrong-value issue.yaml:9:19"]),
        ("{index: [{text: 题, pages: 02}]}", LATER, ["unknown-key issue.yaml:9:29"]),
        ("{index: [春, 风😀]}", LATER[:1], ["missing-glyph issue.yaml:9:23"]),
        ("{index: [{story: f.md}]}", LATER[:1], ["no-front-matter f.md:1:1"]),
    ],
)
def test_spoilt_indexes(index, pages, found, made):
    more = {"e_md": story(60), "f_md": "没有题。"}
    if "f.md" in index:
        pages = (pages[0].replace("a.md", "f.md"),)

    assert found == beyond_fit(made(first(index), *pages, **{**STORIES, **more})[1])


# ---- every panel -------------------------------------------------------------------------------------------------

PANELS = {
    "story": ("story: s.md", ""),
    "ear": ("ear: s.md", ", columns: 2"),
    "note": ("note: 今日停水。", ""),
    "note with title": ("note: 今日停水。", ", title: 启事"),
    "table": ("table: t.md", ""),
    "table with title": ("table: t.md", ", title: 表, note: 注。"),
    "index": ("index: [春, 夏]", ""),
}
WITH_ALL = f"---\nheadline: 春天来了\neditor-note: 按。\n---\n{TEXT}\n\n{SIZES}\n{TEXT}\n\n{PULL}\n\n{TEXT * 3}\n"


@pytest.mark.parametrize("border", ["hairline", "double", "dotted", "wave", "rounded", "fret"])
@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_takes_every_border_and_a_tint_and_keeps_clear_of_them(panel, border, write):
    kind, more = PANELS[panel]
    area = f"{{{kind}{more}, border: {border}, tint: 10%}}"
    path = write(page({"A": area, "B": B}, "A A B"), s_md=WITH_ALL, t_md=SIZES)
    result = set_issue(path, Watch())
    (made,) = result.pages
    grid = resolve(result.issue).grid
    box = Rect(grid.x(0), grid.area.y, grid.width(2), grid.area.height)
    inside = [placed for placed in runs(made) if box.y < placed.y <= box.bottom and placed.x < box.right]
    grounds = [placed for placed in made.frame.walk() if isinstance(placed.item, Fill | Path) and placed.item.ink == tint(100)]

    assert [] == beyond_fit(told(result.problems))
    assert 1 == len(grounds)
    assert inside
    assert all(box.x + grid.em // 2 <= placed.x for placed in inside)
    assert all(placed.x + placed.item.width <= box.right - grid.em // 2 for placed in inside)


def test_a_note_without_title_has_its_white_above_and_below(write):
    areas = {"A": "{note: 今日停水。}", "B": "{note: 今日停水。}", "C": "{story: b.md, head: {level: 5}}"}
    path = write(page(areas, "A A B/C C C").replace("    areas", "    rows: [6, auto]\n    areas"))
    result = set_issue(path, Watch())
    (made,), pitch = result.pages, resolve(result.issue).grid.pitch
    note = next(placed for placed in runs(made) if placed.item.text == "今日停水。")

    assert [] == [problem for problem in told(result.problems) if problem.endswith((":9:7", ":10:7"))]
    assert 2 == (note.y - made.frame.items[0].y) // pitch


def test_the_specimen_of_the_panels_has_no_findings():
    assert () == set_issue(ROOT / "issues" / "specimens" / "panels.yaml", Watch()).problems

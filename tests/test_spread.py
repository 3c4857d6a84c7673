"""Spreads over the fold (通版): two pages as one, whose heads and pictures reach over the fold, and whose lines do not."""

from fractions import Fraction

import pytest
from pypdf import PdfReader

from layout.design.grid import derive_grid, spread_grid
from layout.frame import Fill, GlyphRun, Mark, MarkKind
from layout.issue import Product, build_issue, set_issue
from layout.manifest.format import FORMATS
from layout.units import MM
from layout.watch import Watch

SENTENCE = "版心有多高，行就有多少；行与行一样远，栏与栏才对得齐。"
ISSUE = """paper: paper.yaml
number: 1
date: 2026-01-01
pages:
  - label: "01"
    sketch: |
      T T T T T
      . . . . .
    areas: {T: datebar}
  - label: "02"
    spread: "03"
    name: 通版
    sketch: SKETCH
    areas: AREAS
  - label: "04"
    sketch: ". . . . ."
    areas: {}
"""
WIDE = "{A: {story: {headline: 行与栏, text: TEXT}, head: {level: 3}KEYS}}"


@pytest.fixture
def issue(tmp_path):
    """The file of an issue with a spread."""

    def write(sketch="A A A A A A A A A A", areas=WIDE, keys="", issue=ISSUE):
        text = "\\n\\n".join([SENTENCE * 30] * 3)
        (tmp_path / "paper.yaml").write_text("key: tab\nname: 报\nformat: 四开\ntaboos: {widow: off}\n", encoding="utf-8")
        filled = areas.replace("TEXT", f'"{text}"').replace("KEYS", keys)
        path = tmp_path / "issue.yaml"
        path.write_text(issue.replace("SKETCH", f'"{sketch}"').replace("AREAS", filled), encoding="utf-8")
        return path

    return write


def lines(page):
    """The runs of a page's story text."""
    is_body = False
    for x, _, item in page.frame.walk():
        if isinstance(item, Mark):
            is_body = item.kind is MarkKind.BODY
        elif isinstance(item, GlyphRun) and is_body:
            yield x, x + item.width, item.text


@pytest.mark.parametrize("name", ["对开", "四开"])
def test_a_spread_has_the_em_and_the_lines_of_its_paper(name):
    page = derive_grid(FORMATS[name], Fraction(2, 5))
    spread = spread_grid(page)

    assert (page.em, page.pitch, page.lines) == (spread.em, spread.pitch, spread.lines)
    assert 2 * page.trim.width == spread.trim.width
    assert 2 * page.columns == spread.columns
    middle = spread.trim.width // 2
    left, right = spread.x(page.columns - 1) + page.width(1), spread.x(page.columns)
    assert abs((middle - left) - (right - middle)) <= 2
    assert left < middle - 15 * MM


@pytest.mark.parametrize(
    ("sketch", "keys"),
    [
        ("A A A A A A A A A A", ""),
        ("A A A A A A A A A A", ", columns: 7"),
        ("A A A A A A A A A A", ", columns: 2, remainder: legs"),
        (". . A A A A A A A A", ", columns: 5"),
        ("A A A A A A . . . .", ", columns: 2, border: fret"),
        (". . . A A A A . . .", ", border: hairline"),
    ],
)
def test_no_line_runs_over_the_fold(issue, sketch, keys):
    result = set_issue(issue(sketch, keys=keys), Watch())

    page = result.pages[1]
    middle = page.size.width // 2
    assert SENTENCE * 30 * 3 == "".join(text for _, _, text in lines(page))
    assert not [text for start, end, text in lines(page) if start < middle < end]
    assert {start < middle for start, _, _ in lines(page)} == {True, False}


@pytest.mark.parametrize(("sketch", "upright"), [("A A A A A B B B B B", 0), ("A A A A B B B B B B", 1)])
def test_the_white_of_the_fold_takes_no_rule(issue, sketch, upright):
    areas = "{A: {story: {headline: 行与栏, text: TEXT}}, B: {story: {headline: 栏与行, text: TEXT}, head: {level: 5}}}"

    page = set_issue(issue(sketch, areas=areas), Watch()).pages[1]

    rules = [item for _, _, item in page.frame.walk() if isinstance(item, Fill) and item.height > 100 * item.width]
    assert upright == len(rules)


def test_a_head_stands_over_the_fold_and_both_labels_in_the_folio(issue):
    page = set_issue(issue(), Watch()).pages[1]

    runs = {item.text: (x, x + item.width) for x, _, item in page.frame.walk() if isinstance(item, GlyphRun)}
    middle = page.size.width // 2
    assert runs["行与栏"][0] < middle < runs["行与栏"][1]
    assert runs["02"][1] < middle < runs["03"][0]


def test_a_spread_counts_as_two_pages_and_is_one_sheet_of_the_file(issue, tmp_path):
    path = issue()
    assert [1, 2, 4] == [page.number for page in set_issue(path, Watch()).pages]
    text = "".join(item.text for _, _, item in set_issue(path, Watch()).pages[0].frame.walk() if isinstance(item, GlyphRun))
    assert "今日4版" in text

    build_issue(path, tmp_path / "build", frozenset({Product.PRINT}), Watch())

    pdf = PdfReader(tmp_path / "build" / "tab_20260101" / "print" / "tab_20260101.pdf")
    assert [275, 550, 275] == [round(float(page.trimbox.width) / 72 * 25.4) for page in pdf.pages]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (
            ('  - label: "01"\n', '  - label: "99"\n    sketch: ". . . . ."\n    areas: {}\n  - label: "01"\n'),
            "spread-not-left",
        ),
        (('spread: "03"', 'spread: "04"'), "label-twice"),
        (("SKETCH", '"A A A A A"'), "sketch-width"),
        (("KEYS", ", columns: 1"), "legs-over-fold"),
        (("KEYS", ', jump: "04"'), "jump-needs-legs"),
    ],
)
def test_what_a_spread_cannot_be_is_told(issue, change, code):
    path = issue(keys=change[1]) if change[0] == "KEYS" else issue(issue=ISSUE.replace(*change))

    assert code in {problem.code for problem in set_issue(path, Watch()).problems}

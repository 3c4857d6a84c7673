"""Panels: notes, tables, editor's notes, pull quotes and the index, each set on a page of its own."""

from itertools import groupby
from operator import attrgetter

import pytest

from layout.frame import GlyphRun
from layout.issue import Product, build_issue, set_issue
from layout.watch import Watch

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

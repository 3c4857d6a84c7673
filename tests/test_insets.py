"""Pictures within a story: the text runs round them, and none of it is lost."""

import pytest
from PIL import Image

from layout.frame import GlyphRun, Mark, MarkKind, Picture
from layout.geometry import Rect
from layout.issue import set_issue
from layout.watch import Watch

PAPER = """key: inset
name: 报
format: {trim-width: 300mm, trim-height: 300mm, type-width: 270mm, type-height: 260mm, columns: 4, ems: 13, gutter: 1}
taboos: {widow: off, stranded-head: off, through-gap: off}
"""
SENTENCE = "版心有多高，行就有多少；行与行一样远，栏与栏才对得齐。"
TEXT = [SENTENCE * count for count in (3, 8, 2, 9, 5, 7)]
ISSUE = """paper: paper.yaml
number: 1
date: 2026-01-01
pages:
  - label: "01"
    sketch: |
      A A A A
      . . . .
    areas:
      A: {{story: story.md, head: {{level: 5{head}}}, {keys}insets: [{insets}]}}
"""


@pytest.fixture
def made(tmp_path):
    """The page of one story with pictures in its text."""

    def make(*insets, keys="", head=""):
        Image.new("L", (2400, 1800), 128).save(tmp_path / "grey.png")
        (tmp_path / "paper.yaml").write_text(PAPER, encoding="utf-8")
        (tmp_path / "story.md").write_text("---\nheadline: 行数\n---\n" + "\n\n".join(TEXT), encoding="utf-8")
        listed = ", ".join(f"{{picture: grey.png, {inset}}}" for inset in insets)
        issue = tmp_path / "issue.yaml"
        issue.write_text(ISSUE.format(insets=listed, keys=keys, head=head), encoding="utf-8")
        return set_issue(issue, Watch())

    return make


def pictures_and_lines(page) -> tuple[list[Rect], list[tuple[Rect, str]]]:
    """The pictures of a page, and the text in its legs with its ems."""
    pictures, lines, is_body = [], [], False
    for x, y, item in page.frame.walk():
        if isinstance(item, Mark):
            is_body = item.kind is MarkKind.BODY
        elif isinstance(item, Picture):
            pictures.append(Rect(x, y, item.width, item.height))
        elif isinstance(item, GlyphRun) and is_body:
            lines.append((Rect(x, y - item.size * 88 // 100, item.width, item.size), item.text))
    return pictures, lines


def lap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


@pytest.mark.parametrize(
    ("insets", "keys"),
    [
        (["leg: 2, at: top"], ""),
        (["leg: 2, at: middle"], ""),
        (["leg: 4, at: foot"], ""),
        (["leg: 2, legs: 2, caption: 示意图"], ""),
        (["leg: 1, legs: 4, at: middle, depth: 9"], ""),
        (["leg: 1, ems: 6, side: left"], "columns: 3, "),
        (["leg: 1, ems: 6, side: right, at: top, caption: 示意图"], "columns: 3, "),
        (["leg: 1, ems: 8, side: right", "leg: 2, ems: 6, at: foot"], "columns: 2, "),
        (["leg: 2, legs: 2, depth: 8-9"], "border: fret, columns: 4, "),
        (["leg: 1, at: foot"], "columns: 3, remainder: legs, "),
    ],
)
def test_text_runs_round_a_picture_and_is_whole(made, insets, keys):
    result = made(*insets, keys=keys)

    pictures, lines = pictures_and_lines(result.pages[0])
    assert {"underset", "loose-line"} >= {problem.code for problem in result.problems}
    assert len(insets) == len(pictures)
    assert "".join(TEXT) == "".join(text for _, text in lines)
    assert not [text for rect, text in lines for picture in pictures if lap(rect, picture)]


@pytest.mark.parametrize(
    ("insets", "head", "code"),
    [
        (["leg: 5"], "", "inset-off-legs"),
        (["leg: 3, legs: 3"], "", "inset-off-legs"),
        (["leg: 1, ems: 8"], "", "inset-too-broad"),
        (["leg: 2", "leg: 1, legs: 2"], "", "insets-overlap"),
        (["leg: 2, at: top"], ", place: brow", "insets-overlap"),
        (["leg: 1, depth: 60"], "", "inset-too-deep"),
        (["leg: 0"], "", "wrong-value"),
    ],
)
def test_a_picture_that_cannot_stand_there_is_told(made, insets, head, code):
    result = made(*insets, head=head)

    assert code in {problem.code for problem in result.problems}

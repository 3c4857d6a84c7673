"""Paragraphs set a line tighter or looser, and what that is for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.design.grid import derive_grid
from layout.diagnostics import Language
from layout.flow.fit import refitted, without_widows
from layout.flow.galley import Galley
from layout.flow.pour import balance, widows
from layout.flow.region import depth_of
from layout.issue import set_issue
from layout.manifest.format import FORMATS
from layout.text.justify import Fit, set_line
from layout.text.measure import opening
from layout.typeface.catalogue import Faces, read_catalogue
from layout.watch import Watch
from tests.strategies import PARAGRAPHS
from tests.test_galley import LEADING, galley
from tests.test_pour import region

FACES = Faces(read_catalogue({}))
STORIES = st.lists(PARAGRAPHS, min_size=1, max_size=6).map("\n\n".join)
GRID = derive_grid(FORMATS["对开"], LEADING)
LONG = "春风又绿江南岸，明月何时照我还。天地玄黄，宇宙洪荒；日月盈昃，辰宿列张。" * 4


def words(made: Galley) -> str:
    return "".join("".join(line.shaped.clusters[line.span.start : line.span.end]) for line in made.lines)


def is_full(made: Galley) -> bool:
    """Whether all full lines reach their measure by what they may give and take."""
    full = [line for line in made.lines if line.fit is Fit.FULL]
    return all(
        made.measure - line.indent
        == sum(placed.item.width for placed in set_line(line.shaped, line.span, made.measure - line.indent, Fit.FULL))
        for line in full
    )


@given(STORIES, st.integers(2, 5))
def test_a_story_without_lines_left_alone_has_all_its_text_in_lines_that_are_full(copy, legs):
    before = galley(copy, FACES)

    made = without_widows(before, region(legs))

    assert words(before) == words(made)
    assert is_full(made)
    assert widows(made, region(legs)) <= widows(before, region(legs))


@given(STORIES, st.integers(1, 4), st.sampled_from([-1, 1]))
def test_a_refitted_story_has_the_depth_asked_for_and_all_its_text(copy, legs, more):
    before = galley(copy, FACES)
    depth = depth_of(balance(before, region(legs))) + more

    made = refitted(before, region(legs), depth)

    if made is not None:
        assert depth == depth_of(balance(made, region(legs)))
        assert words(before) == words(made)
        assert is_full(made)
        assert all(
            opening(line.shaped, line.span, made.measure - line.indent) <= GRID.em // 8
            for made_lines, old in zip(made.paragraphs, before.paragraphs, strict=True)
            if made_lines.lines != old.lines
            for line in made_lines.lines[:-1]
        )


def stories_with_a_line_left_alone():
    """Stories whose second leg begins with the last line of a paragraph."""
    for cut in range(40, len(LONG)):
        copy = LONG + "\n\n" + LONG[:cut] + "。"
        made = galley(copy, FACES)
        if widows(made, region(2)):
            yield copy


@pytest.mark.parametrize("copy", list(stories_with_a_line_left_alone())[:4])
def test_a_line_left_alone_at_the_head_of_a_leg_is_taken_along_or_back(copy):
    made = galley(copy, FACES)

    assert widows(made, region(2)) == 1
    assert widows(without_widows(made, region(2)), region(2)) == 0


def test_a_story_is_tightened_by_a_line_a_leg():
    made = galley("\n\n".join([LONG] * 6), FACES)
    depth = depth_of(balance(made, region(3)))

    assert depth - 1 == depth_of(balance(refitted(made, region(3), depth - 1), region(3)))
    assert refitted(made, region(3), depth - 9) is None


PAPER = """key: fit
name: 报
format: {trim-width: 220mm, trim-height: 170mm, type-width: 200mm, type-height: 130mm, columns: 3, ems: 13, gutter: 1}
taboos: {widow: off}
"""
ISSUE = """paper: paper.yaml
number: 1
date: 2026-01-01
pages:
  - label: "01"
    sketch: A A A
    areas: {A: {story: {headline: 春, text: "TEXT"}, head: {level: 5}, squeeze: CHOICE}}
"""


@pytest.fixture
def checked(tmp_path):
    """The findings of a page whose one story has so many characters."""

    def check(characters, choice):
        text = "\\n\\n".join(
            (LONG * 6)[start : min(characters, start + len(LONG))] for start in range(0, characters, len(LONG))
        )
        (tmp_path / "paper.yaml").write_text(PAPER, encoding="utf-8")
        (tmp_path / "issue.yaml").write_text(ISSUE.replace("TEXT", text).replace("CHOICE", choice), encoding="utf-8")
        return [problem for problem in set_issue(tmp_path / "issue.yaml", Watch()).problems if problem.code != "areas-too-deep"]

    return check


def test_a_story_a_few_lines_too_long_says_that_squeezing_would_help_and_it_does(checked):
    (found,) = checked(4 * len(LONG) + 5, "none")

    assert found.code == "overset"
    assert "squeeze: tight" in found.hint(Language.EN)
    assert [] == checked(4 * len(LONG) + 5, "tight")
    assert [] == checked(4 * len(LONG) + 5, "either")


def test_squeezing_is_not_offered_where_it_would_not_help(checked):
    (found,) = checked(4 * len(LONG) + 100, "none")

    assert found.code == "overset"
    assert "squeeze" not in found.hint(Language.EN)


def test_a_story_a_few_lines_too_short_is_set_looser_where_that_is_allowed(checked):
    short = next(count for count in range(4 * len(LONG), 0, -3) if checked(count, "none") and not checked(count, "loose"))

    assert ["underset"] == [problem.code for problem in checked(short, "none")]
    assert ["underset"] == [problem.code for problem in checked(short, "tight")]

"""Legs end level, and a subhead is never the last thing in one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.flow.galley import Galley, GalleyLine, LineKind
from layout.flow.pour import balanced, pour
from layout.flow.region import Region, share_width
from layout.text.justify import Fit
from layout.text.measure import LineSpan
from layout.text.shape import Shaper
from layout.text.shaped import StyledText
from layout.typeface.catalogue import Faces, read_catalogue

EM = 100_000
SHAPED, _ = Shaper(Faces(read_catalogue({}))).shape([StyledText("字", "song")], EM)
TEXT = GalleyLine(SHAPED, LineSpan(0, 1), LineKind.TEXT, Fit.FULL, 0, 1)
SUBHEAD = GalleyLine(SHAPED, LineSpan(0, 1), LineKind.SUBHEAD, Fit.NATURAL, 0, 2)


def galley(words: str) -> Galley:
    """A galley of text lines (t) and subheads (S)."""
    return Galley(13 * EM, tuple({"t": TEXT, "S": SUBHEAD}[letter] for letter in words), ())


def region(legs: int) -> Region:
    """Legs of 13 ems."""
    return share_width(14 * legs - 1, legs, 1, EM)


@given(st.integers(1, 200), st.integers(1, 8))
def test_a_story_without_subheads_ends_level_or_one_apart(lines, legs):
    filled = balanced(galley("t" * lines), region(legs))

    assert not filled.rest
    assert max(filled.depths) - min(filled.depths) <= 1
    assert sorted(filled.depths, reverse=True) == list(filled.depths)


@given(st.text("tttttS", min_size=1, max_size=80).map(lambda words: words + "t"), st.integers(1, 6))
def test_every_line_is_poured_once_and_no_leg_ends_with_a_subhead(words, legs):
    story = galley(words)

    filled = balanced(story, region(legs))

    assert story.lines == tuple(placed.galley_line for leg in filled.legs for placed in leg)
    assert all(leg[-1].galley_line.kind is LineKind.TEXT for leg in filled.legs if leg)


@given(st.text("tttttS", min_size=1, max_size=80), st.integers(1, 6), st.integers(1, 30))
def test_lines_of_a_leg_never_overlap_and_stay_inside(words, legs, depth):
    filled = pour(galley(words), (depth,) * legs)

    for leg in filled.legs:
        ends = [placed.line + placed.galley_line.depth for placed in leg]
        assert all(end <= following.line for end, following in zip(ends, leg[1:], strict=False))
        assert not ends or ends[-1] <= depth


@pytest.mark.parametrize(
    ("words", "legs", "depths"),
    [("t" * 10, 3, (4, 3, 3)), ("ttttSttttt", 2, (7, 4)), ("tSttttttSttt", 2, (7, 7)), ("tStttttSttttt", 2, (8, 7))],
)
def test_depths(words, legs, depths):
    assert depths == balanced(galley(words), region(legs)).depths

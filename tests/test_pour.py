"""Legs end level, and a subhead is never the last thing in one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.diagnostics import Span
from layout.flow.galley import Galley, GalleyLine, LineKind
from layout.flow.piece import Piece
from layout.flow.pour import Filled, balance, capacities, pour
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


def balanced(made: Galley, legs: Region) -> Filled:
    """Return a galley poured into the least legs that hold it."""
    return pour(made, capacities(balance(made, legs)))


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


RULE = GalleyLine(SHAPED, LineSpan(0, 0), LineKind.RULE, Fit.NATURAL, 0, 1, Piece((), "", 1, Span("")))


@given(st.integers(1, 20), st.integers(1, 40), st.integers(1, 6))
def test_a_rule_never_begins_a_leg(before, after, legs):
    lines = (*(TEXT,) * before, RULE, *(TEXT,) * after)
    filled = balanced(Galley(EM, lines, ()), region(legs))

    assert lines == tuple(placed.galley_line for leg in filled.legs for placed in leg)
    assert all(leg[0].galley_line is not RULE for leg in filled.legs if leg)


HEADS = GalleyLine(SHAPED, LineSpan(0, 0), LineKind.HEADS, Fit.NATURAL, 0, 2, Piece((), "", 2, Span("")))
ROW = HEADS._replace(kind=LineKind.ROW, depth=1, again=HEADS._replace(kind=LineKind.REPEATED))


@given(st.integers(0, 20), st.integers(1, 40), st.integers(0, 20), st.integers(1, 6))
def test_the_heads_of_a_table_stand_above_its_rows_in_every_leg(before, rows, after, legs):
    lines = (*(TEXT,) * before, HEADS, *(ROW,) * rows, *(TEXT,) * after)
    filled = balanced(Galley(EM, lines, ()), region(legs))
    poured = [[placed.galley_line for placed in leg] for leg in filled.legs]

    assert list(lines) == [line for leg in poured for line in leg if line.kind is not LineKind.REPEATED]
    for leg in poured:
        kinds = [line.kind for line in leg]
        assert not kinds or not kinds[-1].leads
        assert not kinds or kinds[0] is not LineKind.ROW
        assert LineKind.REPEATED not in kinds[1:]
        assert kinds[:1] != [LineKind.REPEATED] or kinds[1] is LineKind.ROW

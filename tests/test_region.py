"""Where text may stand: laws of the stretches of any region, and the textbooks' numbers of legs and measures."""

from dataclasses import replace
from itertools import combinations, groupby, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.design.grid import derive_grid
from layout.flow.pour import capacities, depth_for
from layout.flow.region import LEAST_MEASURE, Anchor, Hole, LegRoom, Region, Stretch, depth_of, share_width
from layout.manifest.areas import Remainder
from layout.manifest.paper import FORMATS
from tests.test_galley import LEADING

EM = 1000
DEPTHS = st.integers(0, 40)


def right_of(region: Region) -> int:
    """Return the right edge of the last leg."""
    return region.legs[-1].x + region.legs[-1].measure


@st.composite
def legs(draw: st.DrawFn) -> Region:
    """Return legs of one measure, or the last ones an em wider, in which nothing stands."""
    count, gutter = draw(st.integers(1, 6)), draw(st.integers(1, 2))
    ems = count * draw(st.integers(LEAST_MEASURE, 20)) + (count - 1) * gutter + draw(st.integers(0, count - 1))
    return share_width(ems, count, gutter, EM, draw(st.sampled_from(Remainder)))


@st.composite
def regions(draw: st.DrawFn) -> Region:
    """Return legs with one to three holes at any place, also beyond their edges and across each other."""
    region = draw(legs())
    holes = st.builds(
        Hole,
        st.integers(-EM, right_of(region)),
        st.one_of(st.integers(1, right_of(region) + 2 * EM), st.just(right_of(region) + 2 * EM)),
        st.integers(1, 20),
        st.sampled_from(Anchor),
        st.integers(0, 8),
    )
    return region._replace(holes=tuple(draw(st.lists(holes, min_size=1, max_size=3))))


def is_clear(region: Region, hole: Hole, stretch: Stretch, depth: int) -> bool:
    """Whether a stretch keeps off a hole and the white at its sides."""
    top = hole.top(depth)
    return (
        stretch.end <= top
        or stretch.line >= top + hole.lines
        or stretch.x + stretch.measure <= hole.x - region.white
        or stretch.x >= hole.x + hole.width + region.white
    )


def room(region: Region, leg: LegRoom, line: int, depth: int) -> tuple[int, int] | None:
    """Return the left edge and the measure of the text in a leg's line: the widest part of it that is clear."""
    taken = [hole for hole in region.holes if hole.top(depth) <= line < hole.top(depth) + hole.lines]
    end = leg.x + leg.measure
    edges = {edge for hole in taken for edge in (hole.x - region.white, hole.x + hole.width + region.white)}
    parts = [
        (x, right)
        for x, right in combinations(sorted({leg.x, end, *(edge for edge in edges if leg.x < edge < end)}), 2)
        if all(right <= hole.x - region.white or x >= hole.x + hole.width + region.white for hole in taken)
    ]
    x, right = max(parts, key=lambda part: part[1] - part[0], default=(0, 0))
    measure = (right - x) // EM * EM
    if measure < LEAST_MEASURE * EM:
        return None
    return (x if x == leg.x else right - measure), measure


def rooms(region: Region, depth: int) -> list[list[tuple[int, int] | None]]:
    """Return the room of each line of each leg."""
    return [[room(region, leg, line, depth) for line in range(depth)] for leg in region.legs]


@given(regions(), DEPTHS)
def test_stretches_lie_in_their_legs_clear_of_holes_and_of_each_other(region, depth):
    stretches = region.stretches(depth)

    for stretch in stretches:
        leg = region.legs[stretch.leg]
        assert leg.x <= stretch.x
        assert stretch.x + stretch.measure <= leg.x + leg.measure
        assert 0 <= stretch.line
        assert stretch.end <= depth
        assert stretch.lines >= 2
        assert stretch.measure % EM == 0
        assert stretch.measure >= LEAST_MEASURE * EM
        assert all(is_clear(region, hole, stretch, depth) for hole in region.holes)
    for one, other in combinations(stretches, 2):
        assert one.leg != other.leg or one.end <= other.line or other.end <= one.line
    assert depth_of(stretches) <= depth


@given(regions(), DEPTHS)
def test_text_stands_in_every_part_of_a_leg_that_has_two_lines(region, depth):
    wanted = set()
    for number, lines in enumerate(rooms(region, depth)):
        runs = [(place, list(run)) for place, run in groupby(range(depth), lines.__getitem__)]
        wanted |= {(number, run[0], len(run), *place) for place, run in runs if place and len(run) > 1}

    assert wanted == set(map(tuple, region.stretches(depth)))


@given(regions(), DEPTHS)
def test_text_is_read_down_a_leg_and_on_to_the_next_but_first_above_what_lies_across_all_legs(region, depth):
    closed = [line for line, places in enumerate(zip(*rooms(region, depth), strict=True)) if not any(places)]

    def place(stretch: Stretch) -> tuple[int, int, int]:
        return sum(line < stretch.line for line in closed), stretch.leg, stretch.line

    read = list(map(place, region.stretches(depth)))

    assert sorted(read) == read


@given(regions(), DEPTHS)
def test_a_line_more_takes_no_room_away(region, depth):
    less, more = (sum(capacities(region.stretches(lines))) for lines in (depth, depth + 1))
    if all(hole.anchor is Anchor.TOP for hole in region.holes):
        assert less <= more


@given(regions(), st.integers(1, 300))
def test_the_guess_holds_the_lines_and_one_less_does_not(region, lines):
    if all(hole.anchor is Anchor.TOP for hole in region.holes):
        depth = depth_for(lines, region)

        assert sum(capacities(region.stretches(depth))) >= lines
        assert sum(capacities(region.stretches(depth - 1))) < lines


@given(legs(), DEPTHS)
def test_legs_in_which_nothing_stands_are_whole(region, depth):
    assert [(number, 0, depth, *leg) for number, leg in enumerate(region.legs)] == list(map(tuple, region.stretches(depth)))


@given(legs())
def test_legs_and_gaps_make_up_the_width(region):
    gaps = [right.x - left.x - left.measure for left, right in pairwise(region.legs)]

    assert all(gap >= region.white for gap in gaps)
    assert len(set(gaps)) <= 1
    assert region.legs[0].x == 0


# ---- the textbooks' numbers ------------------------------------------------------------------------------------------

MERGED = {(13, 1): (13, 27, 41, 55, 69, 83, 97, 111), (11, 1): (11, 23, 35, 47, 59, 71)}


@pytest.mark.parametrize(("ems", "gutter"), MERGED, ids=["对开", "四开"])
def test_merged_columns(ems, gutter):
    format_ = replace(FORMATS["对开"], ems=ems, gutter=gutter, columns=len(MERGED[ems, gutter]))
    grid = derive_grid(format_, LEADING)

    assert MERGED[ems, gutter] == tuple(map(grid.ems_across, range(1, grid.columns + 1)))
    assert grid.em == format_.type_width // MERGED[ems, gutter][-1]


@pytest.mark.parametrize(
    ("base", "count", "remainder", "wanted", "gap"),
    [
        pytest.param(3, 2, Remainder.GAPS, (20, 20), 1, id="三破二"),
        pytest.param(3, 2, Remainder.LEGS, (20, 20), 1, id="三破二, nothing left"),
        pytest.param(5, 3, Remainder.GAPS, (22, 22, 22), 1.5, id="五破三, gaps half an em wider"),
        pytest.param(5, 3, Remainder.LEGS, (22, 22, 23), 1, id="五破三, one leg of 23"),
        pytest.param(4, 3, Remainder.LEGS, (17, 18, 18), 1, id="四破三"),
        pytest.param(4, 3, Remainder.GAPS, (17, 17, 17), 2, id="四破三, gaps an em wider"),
        pytest.param(5, 2, Remainder.GAPS, (34, 34), 1, id="五破二"),
        pytest.param(8, 7, Remainder.GAPS, (15,) * 7, 1, id="八破七"),
        pytest.param(8, 6, Remainder.LEGS, (17, 17, 18, 18, 18, 18), 1, id="八破六"),
        pytest.param(8, 6, Remainder.GAPS, (17,) * 6, 1.8, id="八破六, gaps four fifths of an em wider"),
        pytest.param(1, 1, Remainder.LEGS, (13,), 0, id="one leg"),
    ],
)
def test_split_measures(base, count, remainder, wanted, gap):
    ems = 13 * base + base - 1

    region = share_width(ems, count, 1, EM, remainder)

    assert wanted == tuple(leg.measure // EM for leg in region.legs)
    assert [gap * EM] * (count - 1) == [right.x - left.x - left.measure for left, right in pairwise(region.legs)]
    assert right_of(region) == ems * EM


# ---- small named cases -----------------------------------------------------------------------------------------------

THREE = share_width(41, 3, 1, EM)
FOUR = share_width(55, 4, 1, EM)


def told(stretches: tuple[Stretch, ...]) -> list[str]:
    """Return stretches as leg, first line, line after the last, left edge and measure in ems."""
    return [f"{s.leg} {s.line}-{s.end} {s.x // EM}+{s.measure // EM}" for s in stretches]


@pytest.mark.parametrize(
    ("region", "hole", "depth", "wanted"),
    [
        pytest.param(THREE, Hole(0, 27 * EM, 4), 10, ["0 4-10 0+13", "1 4-10 14+13", "2 0-10 28+13"], id="corner"),
        pytest.param(
            THREE, Hole(14 * EM, 13 * EM, 4, Anchor.MIDDLE), 10, ["0 0-10 0+13", "1 0-3 14+13", "1 7-10 14+13", "2 0-10 28+13"],
            id="surrounded",
        ),
        pytest.param(
            THREE, Hole(0, 41 * EM, 4, Anchor.MIDDLE), 10,
            ["0 0-3 0+13", "1 0-3 14+13", "2 0-3 28+13", "0 7-10 0+13", "1 7-10 14+13", "2 7-10 28+13"],
            id="across all legs",
        ),
        pytest.param(
            THREE, Hole(3 * EM, 38 * EM, 4, Anchor.MIDDLE), 10,
            ["0 0-3 0+13", "1 0-3 14+13", "2 0-3 28+13", "0 7-10 0+13", "1 7-10 14+13", "2 7-10 28+13"],
            id="across all legs, since what is left is too narrow",
        ),
        pytest.param(THREE, Hole(0, 41 * EM, 4, Anchor.MIDDLE), 6, [], id="a line above and below is white"),
        pytest.param(THREE, Hole(28 * EM, 13 * EM, 4, Anchor.FOOT, 0), 10, ["0 0-10 0+13", "1 0-10 14+13", "2 0-6 28+13"], id="at the foot"),
        pytest.param(THREE, Hole(28 * EM, 13 * EM, 4, Anchor.TOP, 5), 10, ["0 0-10 0+13", "1 0-10 14+13", "2 0-5 28+13"], id="a line is left below"),
        pytest.param(
            FOUR, Hole(20 * EM, 15 * EM, 4), 10,
            ["0 0-10 0+13", "1 0-4 14+5", "1 4-10 14+13", "2 0-4 36+5", "2 4-10 28+13", "3 0-10 42+13"],
            id="between legs, which keep an em of white and their other edge",
        ),
        pytest.param(FOUR, Hole(19 * EM, 17 * EM, 4), 10, ["0 0-10 0+13", "1 4-10 14+13", "2 4-10 28+13", "3 0-10 42+13"], id="too narrow beside it"),
    ],
)  # fmt: skip
def test_where_text_stands(region, hole, depth, wanted):
    assert wanted == told(region._replace(holes=(hole,)).stretches(depth))

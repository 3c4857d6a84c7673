"""Band depths: exact against every possibility of small pages, and the cases that a night editor meets."""

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layout.flow.conflict import Conflict, find_conflict
from layout.flow.solve import Need, Price, solve_bands

BANDS, LINES = 3, 18


@st.composite
def needs(draw: st.DrawFn) -> Need:
    band = draw(st.integers(0, BANDS - 1))
    natural = draw(st.integers(2, 14))
    return Need(
        band, draw(st.integers(1, BANDS - band)), natural - draw(st.integers(0, 3)), natural, natural + draw(st.integers(0, 5)),
        draw(st.integers(1, 8)), draw(st.integers(0, 4)), draw(st.sampled_from(Price)),
    )  # fmt: skip


def cost(depths: tuple[int, ...], wanted: list[Need]) -> int:
    return sum(need.cost(sum(depths[need.band : need.band + need.bands])) for need in wanted)


@given(st.lists(needs(), min_size=1, max_size=6))
def test_no_division_of_the_page_is_better(wanted):
    every = [depths for depths in product(range(1, LINES), repeat=BANDS) if sum(depths) == LINES]

    solved = solve_bands(LINES, (0,) * BANDS, wanted)

    assert sum(solved) == LINES
    assert min(cost(depths, wanted) for depths in every) == cost(solved, wanted)


def test_natural_depths_that_sum_to_the_page_are_kept():
    assert (15, 3, 40, 53) == solve_bands(
        111, (0, 0, 0, 0), [Need(band, 1, n, n, n + 3) for band, n in enumerate((15, 3, 40, 53))]
    )


@given(needs())
def test_what_a_depth_costs_grows_ever_faster_away_from_the_best_one(need):
    costs = [need.cost(depth) for depth in range(1, 30)]
    steps = [after - before for before, after in pairwise(costs)]

    assert 0 == need.cost(need.natural)
    assert sorted(steps) == steps


@pytest.mark.parametrize(
    ("total", "wanted"),
    [
        (64, (15, 14, 20, 15)),
        (63, (15, 14, 20, 14)),
        (60, (15, 14, 20, 11)),
        (59, (15, 14, 19, 11)),
        (57, (15, 14, 17, 11)),
        (56, (15, 13, 17, 11)),
        (65, (16, 14, 20, 15)),
        (67, (18, 14, 20, 15)),
        (68, (18, 14, 21, 15)),
        (70, (18, 14, 23, 15)),
        (71, (18, 15, 23, 15)),
    ],
)
def test_what_may_give_gives_in_its_order(total, wanted):
    """A jump first, then white round a head, then a picture within its range, squeezed text last."""
    head = Need(0, 1, 15, 15, 18, white=3, price=Price.SQUEEZE)
    squeezed = Need(1, 1, 12, 14, 16, white=0, price=Price.SQUEEZE)
    picture = Need(2, 1, 17, 20, 23, white=0, price=Price.PICTURE)
    jump = Need(3, 1, 11, 15, 15, white=0, price=Price.JUMP)

    assert wanted == solve_bands(total, (0,) * 4, [head, squeezed, picture, jump])


def test_a_pinned_band_keeps_its_depth():
    assert 30 == solve_bands(111, (0, 30, 0), [Need(1, 1, 20, 20, 21)])[1]


def test_spare_lines_are_shared_out_where_heads_can_take_them():
    assert (12, 12) == solve_bands(24, (0, 0), [Need(0, 1, 10, 11, 14), Need(1, 1, 10, 11, 14)])


def test_a_story_beside_two_others_gets_their_depth():
    solved = solve_bands(40, (0, 0), [Need(0, 2, 38, 40, 42), Need(0, 1, 15, 16, 18), Need(1, 1, 22, 24, 26)])

    assert (16, 24) == solved


def is_feasible(total, wanted):
    """Whether some division of the page suits every area."""
    return any(
        all(need.least <= sum(depths[need.band : need.band + need.bands]) <= need.most for need in wanted)
        for depths in product(range(1, total), repeat=BANDS)
        if sum(depths) == total
    )


@given(st.lists(needs(), min_size=1, max_size=6))
def test_a_conflict_is_found_exactly_where_no_division_suits_every_area(wanted):
    assert (find_conflict(LINES, (0,) * BANDS, wanted) is None) == is_feasible(LINES, wanted)


@given(st.lists(needs(), min_size=1, max_size=6))
def test_a_conflict_names_areas_that_contradict_each_other_by_themselves(wanted):
    found = find_conflict(LINES, (0,) * BANDS, wanted)

    if found is not None:
        assert found.needed > found.given
        assert not is_feasible(LINES, [wanted[number] for number in (*found.deep, *found.shallow)])


@pytest.mark.parametrize(
    ("total", "pinned", "wanted", "conflict"),
    [
        (100, (0, 0), [Need(0, 1, 50, 50, 53), Need(1, 1, 57, 57, 60)], Conflict((1, 0), (), 107, 100)),
        (100, (0, 0), [Need(0, 1, 40, 40, 43), Need(1, 1, 50, 50, 53)], Conflict((), (0, 1), 100, 96)),
        (
            100,
            (0, 0, 0),
            [Need(0, 2, 50, 50, 52), Need(0, 1, 30, 30, 33), Need(1, 1, 25, 25, 28), Need(2, 1, 40, 45, 50)],
            Conflict((2, 1), (0,), 55, 52),
        ),
        (100, (0, 30), [Need(1, 1, 34, 34, 37)], Conflict((0,), (), 34, 30)),
        (100, (0, 0), [Need(0, 1, 40, 40, 43), Need(1, 1, 58, 58, 61)], None),
    ],
    ids=["too deep", "too shallow", "beside each other", "pinned", "full"],
)
def test_the_shortest_list_of_causes(total, pinned, wanted, conflict):
    assert conflict == find_conflict(total, pinned, wanted)

"""Band depths: exact against every possibility of small pages, and the cases that a night editor meets."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from layout.flow.solve import Need, solve_bands

BANDS, LINES = 3, 18


@st.composite
def needs(draw: st.DrawFn) -> Need:
    band = draw(st.integers(0, BANDS - 1))
    natural = draw(st.integers(2, 14))
    return Need(
        band, draw(st.integers(1, BANDS - band)), natural - draw(st.integers(0, 1)), natural, natural + draw(st.integers(0, 3)),
        draw(st.integers(1, 8)),
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


def test_a_pinned_band_keeps_its_depth():
    assert 30 == solve_bands(111, (0, 30, 0), [Need(1, 1, 20, 20, 21)])[1]


def test_spare_lines_are_shared_out_where_heads_can_take_them():
    assert (12, 12) == solve_bands(24, (0, 0), [Need(0, 1, 10, 11, 14), Need(1, 1, 10, 11, 14)])


def test_a_story_beside_two_others_gets_their_depth():
    solved = solve_bands(40, (0, 0), [Need(0, 2, 38, 40, 42), Need(0, 1, 15, 16, 18), Need(1, 1, 22, 24, 26)])

    assert (16, 24) == solved

"""Formats and the grid that follows from them: the numbers of the textbooks."""

from fractions import Fraction

import pytest

from layout.design.grid import derive_grid
from layout.manifest.format import FORMATS, Format, FormatKind
from layout.manifest.source import Report, parse_yaml
from layout.units import MM

KIND = FormatKind()


def read(text: str) -> tuple[Format | None, list[str]]:
    report = Report()
    node = parse_yaml(text, "paper.yaml", report)
    assert node is not None
    return KIND.read(node, report), [f"{problem.code} {dict(problem.values)['key']}" for problem in report.problems]


@pytest.mark.parametrize(
    ("name", "ems", "widths"),
    [("对开", 8, (13, 27, 41, 55, 69, 83, 97, 111)), ("四开", 5, (14, 29, 44, 59, 74))],
)
def test_merged_columns_of_the_named_formats(name, ems, widths):
    grid = derive_grid(FORMATS[name], Fraction(2, 5))

    assert widths == tuple(grid.ems_across(columns) for columns in range(1, ems + 1))


def test_the_em_of_a_broadsheet_is_derived():
    """350 mm by 111 ems: 3.153 mm, 8.938 points; a quarter of leading makes 124 lines, a third 116."""
    grids = [derive_grid(FORMATS["对开"], leading) for leading in (Fraction(1, 4), Fraction(1, 3))]

    assert 3153 == grids[0].em * 1000 // MM
    assert [124, 117] == [grid.lines for grid in grids]


def test_a_slim_paper_keeps_the_margins_of_the_format_that_it_is_like():
    made, problems = read("{like: 对开, trim-width: 350mm, columns: 7}")

    assert made is not None
    assert [] == problems
    assert (350 * MM, 310 * MM, 545 * MM, 490 * MM) == (made.trim_width, made.type_width, made.trim_height, made.type_height)
    assert (7, 13, 1) == (made.columns, made.ems, made.gutter)


def test_measures_that_are_given_win():
    made, _ = read("{like: 四开, type-width: 240mm, ems: 11, columns: 6}")

    assert made is not None
    assert (275 * MM, 240 * MM, 6, 11) == (made.trim_width, made.type_width, made.columns, made.ems)


def test_a_format_of_its_own_wants_all_measures():
    made, problems = read("{trim-width: 200mm, trim-height: 300mm, type-width: 180mm, columns: 4}")

    assert made is None
    assert ["missing-key type-height", "missing-key ems", "missing-key gutter"] == problems

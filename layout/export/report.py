"""The report that stands beside the proofs: findings, and the characters of each page as inspectors count them."""

from collections.abc import Sequence

from layout.design.grid import PageGrid
from layout.diagnostics import Diagnostic
from layout.frame import Art, Page, Picture
from layout.manifest.issue import Issue
from layout.units import divide

COUNTED_BY = "报纸编校差错率计算方法（国家新闻出版署，2020年）：版面字数＝行字数×行数，作品性图片按 80%"
"""Where the count comes from."""

_LESS = 20
"""By how many per cent the room of a picture counts less than that of text."""


def report(issue: Issue, pages: Sequence[Page], problems: Sequence[Diagnostic], grid: PageGrid) -> dict[str, object]:
    """Return the report as plain data."""
    return {
        "issue": issue.name,
        "counted-by": COUNTED_BY,
        "pages": [{"label": page.label, "characters": page_characters(page, grid)} for page in pages],
        "problems": [problem.as_json() for problem in problems],
    }


def page_characters(page: Page, grid: PageGrid) -> int:
    """Return the characters of a page (版面字数), from which its rate of errors is counted.

    Source: 报纸编校差错率计算方法, annex of the 报纸期刊质量管理规定 of 2020, II.1: the characters of a line at body size times
    the lines of the page; heads, tables, gutters and captions count by the room that they take, pictures that are works
    (news photographs, art) at 80 %. Folio and page foot stand outside the type area and are left out.
    """
    pictures = sum(
        placed.item.width * placed.item.height for placed in page.frame.walk() if isinstance(placed.item, Picture | Art)
    )
    less = divide(pictures * _LESS, 100 * grid.em * grid.pitch)
    return grid.ems_across(grid.columns) * grid.lines - less

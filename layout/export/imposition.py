"""Which page stands where on the sheets of the press (拼版), and what keeps an issue from standing on them."""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from layout.diagnostics import Diagnostic, finding
from layout.manifest.issue import Issue, IssuePage
from layout.manifest.pressroom import Folding, Sheets
from layout.messages import Phrase

BLANK = 0
"""What stands for a page without ink."""

BLANK_NAME = "白页"

FOLDINGS = {
    Folding.SINGLE: Phrase("各折各的", "each sheet folded by itself"),
    Folding.NESTED: Phrase("套折", "sheets nested in each other"),
}


def label_of(page: IssuePage) -> str:
    """Return the label of a page, both of them for a spread."""
    return f"{page.label}-{page.spread}" if page.spread else page.label


class SideName(Enum):
    """The sides of a sheet; the front has the outer pages."""

    FRONT = "front"
    BACK = "back"


SIDES = {SideName.FRONT: Phrase("正面", "front"), SideName.BACK: Phrase("反面", "back")}


PLACES: dict[int, tuple[Phrase, ...]] = {1: (Phrase("", "whole"),), 2: (Phrase("左", "left"), Phrase("右", "right"))}
"""The places of a side by the number of its pages; a leaf and a spread have a single one."""


class Side(NamedTuple):
    """One side of a sheet: the numbers of its pages from left to right. A leaf (单页) has one page a side."""

    sheet: int
    name: SideName
    pages: tuple[int, ...]


def impose(count: int, folding: Folding) -> tuple[Side, ...]:
    """Return the sides of the sheets for so many pages, front before back, in the order in which a reader meets them.

    A sheet of four has the last of its pages left of the first on its front, and the two between on its back. Two pages
    that are left make a leaf, as wide as a page: after the last sheet, or within the innermost. An odd last page has a
    blank one behind it. Pages are counted from 1.
    """
    sheets = _single(count) if folding is Folding.SINGLE else _nested(count)
    return tuple(
        Side(number, name, tuple(page if page <= count else BLANK for page in pages))
        for number, sides in enumerate(sheets, 1)
        for name, pages in zip(SideName, sides, strict=True)
    )


_Sides = tuple[tuple[int, ...], tuple[int, ...]]


def _single(count: int) -> Iterator[_Sides]:
    for first in range(1, count + 1, 4):
        yield _sheet(first, first + 3) if count - first >= 2 else _leaf(first)


def _nested(count: int) -> Iterator[_Sides]:
    first, last = 1, count + count % 2
    while last - first >= 3:
        yield _sheet(first, last)
        first, last = first + 2, last - 2
    if first < last:
        yield _leaf(first)


def _sheet(first: int, last: int) -> _Sides:
    return (last, first), (first + 1, last - 1)


def _leaf(first: int) -> _Sides:
    return (first,), (first + 1,)


def issue_sides(issue: Issue) -> tuple[Side, ...]:
    """Return the sides of an issue's sheets; a spread stands there as its left page, and its right one is left out."""
    sides = impose(issue.page_count, _sheets(issue).folding)
    halves = {page.number + 1 for page in issue.pages if page.spread}
    return tuple(side._replace(pages=tuple(page for page in side.pages if page not in halves)) for side in sides)


def _sheets(issue: Issue) -> Sheets:
    return issue.paper.sheets or Sheets()


def folding_of(issue: Issue) -> Folding:
    """Return how the sheets of an issue are folded."""
    return _sheets(issue).folding


def sheet_problems(issue: Issue) -> tuple[Diagnostic, ...]:
    """Return findings: a spread whose halves do not lie beside each other on a sheet, and a last page with a blank one."""
    folding, count = folding_of(issue), issue.page_count
    beside = {side.pages for side in impose(count, folding)}
    split = [page for page in issue.pages if page.spread and (page.number, page.number + 1) not in beside]
    inner = [f"{left}-{right}" for left, right in sorted(pages for pages in beside if _is_inside(pages))]
    places = ", ".join(inner or ["2-3"])
    found = [
        finding("spread-not-on-a-side", page.span, page=page.label, other=page.spread, folding=FOLDINGS[folding], places=places)
        for page in split
    ]
    if count % 2 and issue.pages:
        found.append(finding("blank-page", issue.pages[-1].span, page=issue.pages[-1].label, count=count))
    return tuple(found)


def _is_inside(pages: tuple[int, ...]) -> bool:
    return len(pages) == 2 and pages[1] == pages[0] + 1

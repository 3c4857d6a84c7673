"""The report that stands beside the proofs.

It tells the findings, how heads were set, and the characters of each page as inspectors count them.
"""

from collections.abc import Sequence

from layout.design.grid import PageGrid
from layout.design.plan import Design
from layout.diagnostics import Diagnostic
from layout.frame import Art, Direction, Frame, Mark, MarkKind, Page, Picture, SetHead
from layout.manifest.issue import Issue
from layout.units import divide, points

COUNTED_BY = "报纸编校差错率计算方法（国家新闻出版署，2020年）：版面字数＝行字数×行数，作品性图片按 80%"
"""Where the count comes from."""

_LESS = 20
"""By how many per cent the room of a picture counts less than that of text."""


def report(issue: Issue, pages: Sequence[Page], problems: Sequence[Diagnostic], design: Design) -> dict[str, object]:
    """Return the report as plain data."""
    return {
        "issue": issue.name,
        "counted-by": COUNTED_BY,
        "pages": [
            {
                "label": page.label,
                "characters": page_characters(page, design.on(own).grid),
                "heads": [_head(head, design) for head in page.heads],
            }
            for own, page in zip(issue.pages, pages, strict=True)
        ],
        "problems": [problem.as_json() for problem in problems],
    }


def _head(head: SetHead, design: Design) -> dict[str, object]:
    """Return how a head was set, with the size in points and by its name (字号) where it has one."""
    return {
        "area": head.area,
        "headline": head.title,
        "level": head.level,
        "face": head.role,
        "size": points(head.size),
        "size-name": design.size_name(head.size),
        "lines": head.lines,
        "depth": head.depth,
        "direction": "level" if head.direction is Direction.LEVEL else "vertical",
        "stretch": f"{head.stretch / 10:g}%",
        "tracking": head.tracking / 1000,
        "reduced": head.is_reduced,
    }


def page_characters(page: Page, grid: PageGrid) -> int:
    """Return the characters of a page (版面字数), from which its rate of errors is counted.

    Source: 报纸编校差错率计算方法, annex of the 报纸期刊质量管理规定 of 2020, II.1: the characters of a line at body size times
    the lines of the page; heads, tables, gutters and captions count by the room that they take, pictures that are works
    (news photographs, art) at 80 %. Folio and page foot stand outside the type area and are left out, as adverts are.
    """
    pictures, adverts = _rooms(page.frame)
    less = divide(pictures * _LESS + adverts * 100, 100 * grid.em * grid.pitch)
    return grid.ems_across(grid.columns) * grid.lines - less


def _rooms(frame: Frame) -> tuple[int, int]:
    """Return the room that pictures take in a frame and the room that adverts take, in square EMU."""
    pictures = adverts = 0
    for item in (placed.item for placed in frame.items):
        if isinstance(item, Picture | Art):
            pictures += item.width * item.height
        elif isinstance(item, Frame) and _is_advert(item):
            adverts += item.width * item.height
        elif isinstance(item, Frame):
            inner = _rooms(item)
            pictures, adverts = pictures + inner[0], adverts + inner[1]
    return pictures, adverts


def _is_advert(frame: Frame) -> bool:
    first = frame.items[0].item if frame.items else None
    return isinstance(first, Mark) and first.kind is MarkKind.ADVERT

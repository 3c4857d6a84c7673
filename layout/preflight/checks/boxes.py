"""Boxes, sizes and number of pages (GWG 2022 R0002 to R0006, ISO 15930-7 6.12)."""

from collections.abc import Iterator
from itertools import pairwise

from layout.messages import Phrase
from layout.preflight.facts import FileFacts, Found, PageFacts, Rules, Size, solid
from layout.preflight.plane import Box

_SLACK_MM = 0.5
"""How far the trim of an advert may be from the booked size."""

_SIDES = (3.0, 14_400.0)
"""The shortest and the longest side of a page in points."""


def check_boxes(page: PageFacts, _: Rules) -> Iterator[Found]:
    """Yield what is wrong with the boxes of a page."""
    number = page.number
    if page.trim is None and page.art is None:
        yield Found("no-box", number)
    if page.trim is not None and page.art is not None:
        yield Found("two-boxes", number)
    yield from _nesting(page)
    if not _same(page.crop, page.media):
        yield Found("crop-box", number, page.crop, has=_difference(page.crop, page.media))
    if not (_SIDES[0] <= min(page.media.width, page.media.height) and max(page.media.width, page.media.height) <= _SIDES[1]):
        yield Found("page-size", number, has=f"{page.media.width:g} × {page.media.height:g} pt")
    unit = page.record.number("UserUnit", 1)
    if unit != 1:
        yield Found("user-unit", number, has=f"{unit:g}")
    if page.turn:
        yield Found("rotated", number, has=page.turn)
        yield Found("rotated-advert", number, has=page.turn)
    if _is_bare(page):
        yield Found("empty-page", number)


def _nesting(page: PageFacts) -> Iterator[Found]:
    named = [("MediaBox", page.media), ("BleedBox", page.bleed), ("TrimBox" if page.trim else "ArtBox", page.trim or page.art)]
    known = [(name, box) for name, box in named if box is not None]
    for (outer, around), (inner, box) in pairwise(known):
        if not around.holds(box):
            yield Found(
                "box-nesting", page.number, box, has=Phrase(f"{inner} 超出 {outer}", f"the {inner} goes beyond the {outer}")
            )


def _same(one: Box, other: Box) -> bool:
    return one.holds(other) and other.holds(one)


def _difference(one: Box, other: Box) -> str:
    return f"{one.width:.1f} × {one.height:.1f} / {other.width:.1f} × {other.height:.1f} pt"


def _is_bare(page: PageFacts) -> bool:
    """Whether no object leaves ink; a picture or a shading counts as ink."""
    if page.content.troubles:
        return False
    if any(each.image is not None for each in page.shown):
        return False
    return all(each.paint is None or each.paint.colour.is_white for each in solid(page.shown))


def check_sizes(file: FileFacts, rules: Rules, booked: Size | None) -> Iterator[Found]:
    """Yield what is wrong with the number of pages and their sizes."""
    if len(file.pages) != 1:
        yield Found("page-count", has=len(file.pages))
    first = file.pages[0] if file.pages else None
    for page in file.pages:
        if first and not _close(page.size, first.size, 0.1):
            is_spread = _close(page.size, Size(2 * first.size.width, first.size.height), 0.2)
            yield Found("spread" if is_spread else "uneven-pages", page.number, has=str(page.size), limit=str(first.size))
        if booked and not _close(_as_shown(page), booked, _SLACK_MM):
            yield Found("booked-size", page.number, page.edge, has=str(_as_shown(page)), limit=str(booked))


def _as_shown(page: PageFacts) -> Size:
    return Size(page.size.height, page.size.width) if page.turn in (90, 270) else page.size


def _close(one: Size, other: Size, slack: float) -> bool:
    return abs(one.width - other.width) <= slack + 1e-6 and abs(one.height - other.height) <= slack + 1e-6

"""Total ink (GWG 2022 R0026): the mean of all four plates in any square of 15 mm."""

from collections.abc import Iterator

from layout.preflight.covered import covered
from layout.preflight.facts import Found, PageFacts, Rules
from layout.preflight.placed import Coat, Kind
from layout.preflight.plane import Box
from layout.preflight.plates import blends, heaviest_colour, ink_plates
from layout.preflight.reading import Opened
from layout.preflight.samples import heaviest_square

SQUARE_MM = 15
_A_MM = 72 / 25.4

_SIDES = (30, 15, 10, 5)
"""In how many pixels the side of the square may be measured, finest first."""

_MOST_BLENDING = 80_000_000
"""Square points that blending may have painted anew, before the ink of a page is left unmeasured: some two seconds."""

_MOST_ROWS = 150_000
"""Of pixels that the objects of a page may take up, one above the other, before it is painted less finely."""


def check_ink(opened: Opened, page: PageFacts, rules: Rules) -> Iterator[Found]:
    """Yield the square of a page with the most ink, where it has too much; samples of 8 bits tell whole per cents."""
    limit = rules.limit("ink")
    if limit is None or most_ink(page) <= limit:
        return
    found = page_ink(opened, page)
    if found is None:
        yield Found("ink-unmeasured", page.number)
    elif rules.above("ink", round(found[0])):
        percent, box = found
        yield Found("ink", page.number, box, has=round(percent))


def most_ink(page: PageFacts) -> float:
    """Return how many per cent of ink the objects of a page can come to at most, without painting them."""
    shown = list(page.shown)
    if any(each.image is not None and not each.image.is_mask and _is_coloured(each.image.space) for each in shown):
        return 400.0
    return 100 * heaviest_colour(each.paint for each in shown if each.paint is not None)


def _is_coloured(space: object) -> bool:
    return getattr(space, "family", "") not in ("DeviceGray", "CalGray")


def page_ink(opened: Opened, page: PageFacts) -> tuple[float, Box] | None:
    """Return the ink in per cent of the heaviest square of a page, and where that square lies in points.

    None where it cannot be told, or not in time.
    """
    if _blending(page) > _MOST_BLENDING:
        return None
    hidden = covered(opened, page)
    side = _side(page, hidden)
    pixel = SQUARE_MM * _A_MM / side
    plates = ink_plates(opened, page, hidden, 72 / pixel)
    if plates is None:
        return None
    square = heaviest_square(plates, side)
    left, top = page.media.left + square.left * pixel, page.media.top - square.top * pixel
    return square.percent, Box(left, top - side * pixel, left + side * pixel, top)


def _blending(page: PageFacts) -> float:
    """Return how many square points PDFium paints anew because objects blend: for each one all that lies below it."""
    below = anew = 0.0
    for number, each in enumerate(page.shown):
        box = each.box.within(page.media)
        area = box.width * box.height
        if each.paint is not None and blends(each.paint, each.kind is Kind.IMAGE):
            anew += min(number * area, below)
        below += area
    return anew


def _side(page: PageFacts, hidden: frozenset[Coat]) -> int:
    """Return in how many pixels the side of the square is measured: painting takes as long as the objects have rows of pixels.

    A mean over a square hardly changes with its pixels.
    """
    height = sum(each.box.within(page.media).height for each in page.shown)
    height -= sum(coat.box.within(page.media).height for coat in hidden)
    squares = max(height, 0) / (SQUARE_MM * _A_MM)
    return next((side for side in _SIDES if squares * side <= _MOST_ROWS), _SIDES[-1])

"""Total ink (GWG 2022 R0026): the mean of all four plates in any square of 15 mm."""

from collections.abc import Iterator

from layout.preflight.facts import Found, PageFacts, Rules
from layout.preflight.plane import Box
from layout.preflight.plates import PIXELS_A_MM, heaviest_colour, ink_plates
from layout.preflight.reading import Opened
from layout.preflight.samples import heaviest_square

SQUARE_MM = 15
_A_MM = 72 / 25.4


def check_ink(opened: Opened, page: PageFacts, rules: Rules) -> Iterator[Found]:
    """Yield the square of a page with the most ink, where it has too much; samples of 8 bits tell whole per cents."""
    limit = rules.limit("ink")
    if limit is None or most_ink(page) <= limit:
        return
    found = page_ink(opened, page)
    if found is not None and rules.above("ink", round(found[0])):
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
    """Return the ink in per cent of the heaviest square of a page, and where that square lies in points."""
    plates = ink_plates(opened, page)
    if plates is None:
        return None
    side = SQUARE_MM * PIXELS_A_MM
    square = heaviest_square(plates, side)
    pixel = _A_MM / PIXELS_A_MM
    left, top = page.media.left + square.left * pixel, page.media.top - square.top * pixel
    return square.percent, Box(left, top - side * pixel, left + side * pixel, top)

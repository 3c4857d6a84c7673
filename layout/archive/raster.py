"""The pixels of the page images: the unit in which the archive tells places."""

from layout.geometry import Rect, Size
from layout.units import Emu, divide

PAGE_PPI = 150
"""Pixels an inch of the page images: body type can be read on them."""

FINER = 2
"""How many times as many pixels an inch the fine images have, so that places on them are those on the page images doubled."""

_INCH: Emu = 914_400


def pixels(length: Emu) -> int:
    """Return a length in pixels of the page images."""
    return divide(length * PAGE_PPI, _INCH)


def pixel_box(box: Rect) -> Rect:
    """Return a rectangle in pixels: its edges are rounded, so that what lies within another one still does."""
    x, y = pixels(box.x), pixels(box.y)
    return Rect(x, y, max(1, pixels(box.right) - x), max(1, pixels(box.bottom) - y))


def pixel_size(size: Size) -> Size:
    """Return the size of a page in pixels of its image."""
    return Size(pixels(size.width), pixels(size.height))

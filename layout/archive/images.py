"""The images of pages: each as large as places are told in, its thumbnail, and where they are wanted fine ones and pictures."""

from collections.abc import Mapping
from typing import NamedTuple

from layout.archive.model import ArchivePage
from layout.archive.raster import FINER, PAGE_PPI, pixel_box, pixel_size
from layout.archive.tiles import WHOLE, tiles
from layout.export.proof import painted_page
from layout.geometry import Rect, Size
from layout.manifest.keeping import Beside

_SMALLER = 8
"""How many times smaller than the page image its thumbnail is: a broadsheet page is 288 pixels wide."""


class PageImages(NamedTuple):
    """JPEG files of a page: image and thumbnail, the fine image with its tiles by their paths, pictures by their ids."""

    image: bytes
    thumbnail: bytes
    fine: Mapping[str, bytes] = {}
    pictures: Mapping[str, bytes] = {}


def page_images(pdf: bytes, page: ArchivePage, also: tuple[Beside, ...], pictures: Mapping[str, Rect]) -> PageImages:
    """Return the images of a page from its PDF, and what is wanted beside them: `pictures` by their places in EMU.

    Pictures are cut from the painted page, so that they are shown as they were cropped for it, drawings too.
    """
    painting = painted_page(pdf, PAGE_PPI, pixel_size(page.size))
    images = PageImages(painting.photograph(), painting.photograph(times=_SMALLER))
    cut = pictures if Beside.EPUB in also else {}
    if not cut and not wants_fine(also):
        return images
    painting = painted_page(pdf, FINER * PAGE_PPI, fine_size(page))
    wanted = list(tiles(painting.size)) if Beside.TILES in also else []
    fine = {tile.path: painting.photograph(tile.part, tile.times) for tile in wanted}
    if wants_fine(also):
        fine.setdefault(WHOLE, painting.photograph())
    return images._replace(fine=fine, pictures={own: painting.photograph(_on_fine(box, page)) for own, box in cut.items()})


def wants_fine(also: tuple[Beside, ...]) -> bool:
    """Return whether pages have fine images."""
    return Beside.TILES in also or Beside.FINE_IMAGES in also


def fine_size(page: ArchivePage) -> Size:
    """Return the size of a page's fine image in pixels."""
    size = pixel_size(page.size)
    return Size(FINER * size.width, FINER * size.height)


def thumbnail_size(page: ArchivePage) -> Size:
    """Return the size of a page's thumbnail in pixels."""
    width, height = pixel_size(page.size)
    return Size(-(-width // _SMALLER), -(-height // _SMALLER))


def _on_fine(box: Rect, page: ArchivePage) -> Rect:
    """Return a place on a page in pixels of its fine image, as far as it lies on the page."""
    width, height = fine_size(page)
    place = pixel_box(box)
    left, upper = max(0, FINER * place.x), max(0, FINER * place.y)
    return Rect(left, upper, min(FINER * place.right, width) - left, min(FINER * place.bottom, height) - upper)

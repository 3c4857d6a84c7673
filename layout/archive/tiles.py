"""Page images in tiles for deep zoom: IIIF Image API 3.0, level 0 (https://iiif.io/api/image/3.0/), for which files suffice.

A tile is asked for by the part of the page that it shows and by its own size. The numbers are those that a viewer works out
from `info.json` (section 5.2 and the implementation notes): each scale halves the one before it, a pixel begun counts as
one, and an image asked for whole at its own size is `full/max`. Pillow cuts the tiles: libvips, quicker at it, would come
as a second imaging library of 20 MB for what are a few lines here.
"""

from collections.abc import Iterator
from typing import NamedTuple

from layout.archive.data import as_json
from layout.geometry import Rect, Size

EDGE = 1024
"""Pixels along the edge of a tile: a broadsheet page of 300 pixels an inch makes some fifty files, and with 256 six hundred."""

WHOLE = "full/max/0/default.jpg"
"""The path of the image as it is, below that of its service."""

INFORMATION = "info.json"
"""The path of what a viewer reads first."""


class Tile(NamedTuple):
    """A tile: its path below that of its service, the part of the image that it shows, and how many times it is reduced."""

    path: str
    part: Rect
    times: int


def scales(size: Size) -> tuple[int, ...]:
    """Return how many times an image is reduced, from 1 up to where all of it fits into one tile."""
    times = [1]
    while max(size) > EDGE * times[-1]:
        times.append(2 * times[-1])
    return tuple(times)


def _reduced(size: Size, times: int) -> Size:
    return Size(-(-size.width // times), -(-size.height // times))


def tiles(size: Size) -> Iterator[Tile]:
    """Yield the tiles of an image of a size in pixels, with the image as it is."""
    whole = Rect(0, 0, *size)
    yield Tile(WHOLE, whole, 1)
    for times in scales(size):
        if max(_reduced(size, times)) <= EDGE:
            if times > 1:
                yield Tile(_path("full", _reduced(size, times)), whole, times)
            continue
        step = EDGE * times
        for y in range(0, size.height, step):
            for x in range(0, size.width, step):
                part = Rect(x, y, min(step, size.width - x), min(step, size.height - y))
                yield Tile(_path(",".join(map(str, part)), _reduced(Size(part.width, part.height), times)), part, times)


def _path(region: str, size: Size) -> str:
    return f"{region}/{size.width},{size.height}/0/default.jpg"


def information(own: str, size: Size) -> bytes:
    """Return the `info.json` of an image by the address of its service and its size in pixels."""
    smaller = [_reduced(size, times) for times in scales(size)[-1:] if times > 1]
    return as_json(
        {
            "@context": "http://iiif.io/api/image/3/context.json",
            "id": own,
            "type": "ImageService3",
            "protocol": "http://iiif.io/api/image",
            "profile": "level0",
            "width": size.width,
            "height": size.height,
            **({"sizes": [each._asdict() for each in smaller]} if smaller else {}),
            "tiles": [{"width": EDGE, "height": EDGE, "scaleFactors": list(scales(size))}],
        }
    )

"""Pictures: resolution, bits, compression (GWG 2022 R0031 to R0033)."""

from collections.abc import Iterator

from layout.preflight.facts import Found, PageFacts, Rules, measure, of
from layout.preflight.placed import ImageFacts, Placed
from layout.preflight.samples import jpeg_quality

_SMALL = 16
"""Pictures of no side longer than this are specks, whose resolution is of no matter (R0031)."""


def check_images(page: PageFacts, rules: Rules) -> Iterator[Found]:
    """Yield what is wrong with the pictures of a page."""
    shown = list(page.shown)
    for each in shown:
        if each.image is not None:
            yield from _resolution(page, rules, each, each.image, alone=len(shown) == 1)
            yield from _samples(page, rules, each, each.image)


def _resolution(page: PageFacts, rules: Rules, placed: Placed, image: ImageFacts, alone: bool) -> Iterator[Found]:
    if max(image.width, image.height) <= _SMALL:
        return
    row = "bitmap-resolution" if image.bits == 1 and not _is_coloured(image) else "image-resolution"
    codes = [row, f"{row}-low", *(["page-picture-low"] if alone else [])]
    for code in codes:
        limit = rules.limit(code)
        if limit is not None and image.ppi <= limit:
            yield of(code, page, placed, measure(image.ppi))
            return


def _is_coloured(image: ImageFacts) -> bool:
    return image.space is not None and image.space.components > 1


def _samples(page: PageFacts, rules: Rules, placed: Placed, image: ImageFacts) -> Iterator[Found]:
    if rules.above("image-bits", image.bits):
        yield of("image-bits", page, placed, image.bits)
    if "JPXDecode" in image.filters:
        yield of("jpeg2000", page, placed)
    if image.filters and image.filters[-1] in ("DCTDecode", "DCT"):
        quality = jpeg_quality(image)
        if quality is None:
            yield of("broken-image", page, placed)
        elif rules.below("jpeg-quality", quality):
            yield of("jpeg-quality", page, placed, quality)
    if {"LZWDecode", "LZW"} & set(image.filters):
        yield of("lzw", page, placed)
    if image.record.get("Alternates") is not None:
        yield of("alternates", page, placed)
    if image.record.get("OPI") is not None:
        yield of("opi", page, placed)

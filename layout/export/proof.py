"""Page images for people and archives; the only module that imports pypdfium2."""

import io
from dataclasses import dataclass
from typing import Any

from layout.geometry import Rect, Size

PROOF_PPI = 100


def page_image(pdf: bytes, ppi: float = PROOF_PPI, number: int = 1) -> bytes:
    """Return a page of a PDF as a PNG in grey or colour at a resolution."""
    return _written(_rendered(pdf, ppi, number), "PNG")


_ROUNDING = 0.01
"""Pixels by which a page's box falls short of whole ones: a rounded length that were longer would make one pixel more."""

_QUALITY = 85
"""At which JPEG leaves no rings round type that a reader sees."""


@dataclass(frozen=True, slots=True)
class Painting:
    """A page painted as it is trimmed, from which photographs are taken; `size` is in pixels."""

    size: Size
    ppi: int
    _image: Any

    def photograph(self, part: Rect | None = None, times: int = 1) -> bytes:
        """Return a JPEG of the page or of a part of it, reduced so many times; a pixel begun counts as one."""
        box = (0, 0, *self.size) if part is None else (part.x, part.y, part.right, part.bottom)
        shown = self._image
        if times > 1:
            shown = shown.reduce(times, box)
        elif box != (0, 0, *shown.size):
            shown = shown.crop(box)
        return _written(shown, "JPEG", quality=_QUALITY, dpi=(self.ppi // times, self.ppi // times))


def painted_page(pdf: bytes, ppi: int, size: Size) -> Painting:
    """Return a PDF's first page as it is trimmed, of a size in pixels, in colour at a resolution.

    It begins with a whole pixel at the corner of the trimmed page, wherever that lies on the sheet: so all files of a page
    make the same painting.
    """
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        left, _, _, top = page.get_trimbox()
        width, height = ((length - _ROUNDING) * 72 / ppi for length in size)
        page.set_cropbox(left, top - height, left + width, top)
        image = page.render(scale=ppi / 72).to_pil()
    return Painting(size, ppi, image.convert("RGB") if image.mode != "RGB" else image)


def count_pages(pdf: bytes) -> int | None:
    """Return how many pages a PDF has, None where it cannot be read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return None
    try:
        return len(document)
    finally:
        document.close()


def _rendered(pdf: bytes, ppi: float, number: int) -> Any:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[number - 1].render(scale=ppi / 72).to_pil().convert("RGB")
    finally:
        document.close()


def _written(image: Any, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()


def foreign_page_image(pdf: bytes, ppi: float, number: int) -> bytes | None:
    """Return a page of anyone's PDF as a PNG, None where PDFium cannot paint it."""
    import pypdfium2

    try:
        return page_image(pdf, ppi, number)
    except (pypdfium2.PdfiumError, IndexError, ValueError, MemoryError):
        return None


def page_samples(pdf: bytes, ppi: float) -> list[tuple[int, int, bytes]] | None:
    """Return width, height and grey samples of every page of a PDF, None where it cannot be read."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError:
        return None
    try:
        images = (page.render(scale=ppi / 72, grayscale=True).to_pil().convert("L") for page in document)
        return [(image.width, image.height, image.tobytes()) for image in images]
    except pypdfium2.PdfiumError:
        return None
    finally:
        document.close()

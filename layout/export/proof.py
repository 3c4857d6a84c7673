"""Page images for people and archives; the only module that imports pypdfium2."""

import io
from typing import Any

from layout.geometry import Rect

PROOF_PPI = 100


def page_image(pdf: bytes, ppi: int = PROOF_PPI) -> bytes:
    """Return the first page of a PDF as a PNG in grey or colour at a resolution."""
    return _written(_rendered(pdf, ppi), "PNG")


_QUALITY = 85
"""At which JPEG leaves no rings round type that a reader sees."""


def page_photograph(pdf: bytes, ppi: int, part: Rect) -> bytes:
    """Return a part of a PDF's first page, given in pixels, as a JPEG in colour at a resolution."""
    image = _rendered(pdf, ppi).crop((part.x, part.y, part.right, part.bottom))
    return _written(image, "JPEG", quality=_QUALITY, dpi=(ppi, ppi))


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


def _rendered(pdf: bytes, ppi: int) -> Any:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[0].render(scale=ppi / 72)
        return bitmap.to_pil().convert("RGB")
    finally:
        document.close()


def _written(image: Any, form: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **options)
    return buffer.getvalue()

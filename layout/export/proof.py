"""Page images for people; the only module that imports pypdfium2."""

import io

PROOF_PPI = 100


def page_image(pdf: bytes, ppi: float = PROOF_PPI, number: int = 1) -> bytes:
    """Return a page of a PDF as a PNG in grey or colour at a resolution."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[number - 1].render(scale=ppi / 72)
        buffer = io.BytesIO()
        bitmap.to_pil().convert("RGB").save(buffer, "PNG")
        return buffer.getvalue()
    finally:
        document.close()


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

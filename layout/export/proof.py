"""Page images for people; the only module that imports pypdfium2."""

import io

PROOF_PPI = 100


def page_image(pdf: bytes, ppi: int = PROOF_PPI) -> bytes:
    """Return the first page of a PDF as a PNG in grey or colour at a resolution."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        bitmap = document[0].render(scale=ppi / 72)
        buffer = io.BytesIO()
        bitmap.to_pil().convert("RGB").save(buffer, "PNG")
        return buffer.getvalue()
    finally:
        document.close()

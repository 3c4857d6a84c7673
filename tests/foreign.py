"""Makes the PDFs that come from outside: sound ones, and each kind that must not get in."""

import io
import zlib
from collections.abc import Callable
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from tests.conftest import ROOT

POINTS = (200, 100)

Draw = Callable[[Canvas], None]


def embedded(canvas: Canvas) -> None:
    """Show words in a font that is in the file."""
    if "Kai" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Kai", ROOT / "fonts" / "MaShanZheng-Regular.ttf"))
    canvas.setFont("Kai", 20)
    canvas.drawString(10, 60, "春风又绿江南岸")


def cyan(canvas: Canvas) -> None:
    """Draw a cyan square in the upper right quarter."""
    canvas.setFillColorCMYK(1, 0, 0, 0)
    canvas.rect(POINTS[0] / 2, POINTS[1] / 2, POINTS[0] / 2, POINTS[1] / 2, stroke=0, fill=1)


def made(*draws: Draw, size: tuple[float, float] = POINTS, pages: int = 1) -> bytes:
    """Return a PDF drawn by ReportLab."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, size, invariant=1, initialFontName="Helvetica")
    for _ in range(pages):
        for draw in draws:
            draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def changed(data: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    """Return a PDF with something in it changed by pypdf."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def drawn(content: bytes, *, size: tuple[float, float] = POINTS, **resources: object) -> bytes:
    """Return a PDF whose page has a content stream and resources."""
    writer = PdfWriter()
    page = writer.add_blank_page(*size)
    stream = DecodedStreamObject()
    stream.set_data(content)
    page[NameObject("/Contents")] = writer._add_object(stream)
    page[NameObject("/Resources")] = DictionaryObject({NameObject(f"/{name}"): value for name, value in resources.items()})
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def box(*edges: float) -> ArrayObject:
    return ArrayObject([FloatObject(edge) for edge in edges])


def form(content: bytes, **entries: object) -> DecodedStreamObject:
    stream = DecodedStreamObject()
    stream.set_data(content)
    stream.update({NameObject("/Type"): NameObject("/XObject"), NameObject("/Subtype"): NameObject("/Form")})
    stream.update({NameObject("/BBox"): box(0, 0, *POINTS)})
    stream.update({NameObject(f"/{name}"): value for name, value in entries.items()})
    return stream


def named(**entries: object) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{name}"): value for name, value in entries.items()})


def _page(writer: PdfWriter) -> DictionaryObject:
    return writer.pages[0]


def _with_self(writer: PdfWriter) -> None:
    reference = writer._add_object(form(b"/A Do"))
    reference.get_object()[NameObject("/Resources")] = named(XObject=named(A=reference))
    _page(writer)[NameObject("/Resources")] = named(XObject=named(A=reference))


def _with_bomb(writer: PdfWriter) -> None:
    stream = form(b"")
    stream._data = zlib.compress(zlib.compress(bytes(300_000_000), 9), 9)
    stream[NameObject("/Filter")] = ArrayObject([NameObject("/FlateDecode"), NameObject("/FlateDecode")])
    _page(writer)[NameObject("/Resources")] = named(XObject=named(A=writer._add_object(stream)))


def _content(writer: PdfWriter, data: bytes) -> None:
    """Give the page a content stream of deflated data."""
    stream = form(b"")
    stream._data = data
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    _page(writer)[NameObject("/Contents")] = writer._add_object(stream)


def _with_torn_stream(writer: PdfWriter) -> None:
    _content(writer, zlib.compress(b"0 0 1 1 re f " * 999)[:-5])


def _with_noise(writer: PdfWriter) -> None:
    _content(writer, b"0 0 1 1 re f")


def _with_simple_bomb(writer: PdfWriter) -> None:
    _content(writer, zlib.compress(bytes(300_000_000), 9))


def _with_picture_bomb(writer: PdfWriter) -> None:
    stream = form(b"")
    stream.update({NameObject("/Subtype"): NameObject("/Image"), NameObject("/Filter"): NameObject("/DCTDecode")})
    stream.update({NameObject(f"/{side}"): NumberObject(60_000) for side in ("Width", "Height")})
    _page(writer)[NameObject("/Resources")] = named(XObject=named(A=writer._add_object(stream)))


def _with_layers(writer: PdfWriter) -> None:
    """Forms that each draw the next one ten times: a million in all."""
    reference = writer._add_object(form(b"0 0 1 1 re f"))
    for _ in range(6):
        reference = writer._add_object(form(b"/A Do " * 10, Resources=named(XObject=named(A=reference))))
    _page(writer)[NameObject("/Resources")] = named(XObject=named(A=reference))
    stream = DecodedStreamObject()
    stream.set_data(b"/A Do")
    _page(writer)[NameObject("/Contents")] = writer._add_object(stream)


def _nested(writer: PdfWriter) -> None:
    value = ArrayObject()
    for _ in range(200):
        value = ArrayObject([value])
    _page(writer)[NameObject("/Resources")] = named(ColorSpace=named(A=value))


def _hidden(writer: PdfWriter) -> None:
    layer = writer._add_object(named(Type=NameObject("/OCG")))
    settings = named(OCGs=ArrayObject([layer]), D=named(OFF=ArrayObject([layer])))
    writer.root_object[NameObject("/OCProperties")] = settings


def _outside(writer: PdfWriter) -> None:
    stream = form(b"", F=named(F=NameObject("/x")))
    _page(writer)[NameObject("/Resources")] = named(XObject=named(A=writer._add_object(stream)))


def _postscript(writer: PdfWriter) -> None:
    stream = form(b"", Subtype=NameObject("/PS"))
    _page(writer)[NameObject("/Resources")] = named(XObject=named(A=writer._add_object(stream)))


def active(writer: PdfWriter) -> None:
    """Put into a file all that acts, asks or is attached."""
    writer.add_attachment("secret.txt", b"attached words")
    page = _page(writer)
    action = named(S=NameObject("/JavaScript"), JS=NameObject("/alert"))
    page[NameObject("/AA")] = named(O=action)
    page[NameObject("/Annots")] = ArrayObject([named(Subtype=NameObject("/Widget"), A=action, Rect=box(0, 0, 9, 9))])
    page[NameObject("/PieceInfo")] = named(Illustrator=named(Private=NameObject("/PrivateData")))
    writer.root_object[NameObject("/AcroForm")] = named(XFA=NameObject("/XfaData"))
    writer.root_object[NameObject("/OpenAction")] = action
    writer.root_object["/Names"][NameObject("/JavaScript")] = named(Names=ArrayObject([TextStringObject("a"), action]))


def _encrypted(writer: PdfWriter) -> None:
    writer.encrypt("", "owner", algorithm="RC4-128")


SOUND = made(cyan, embedded)
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "encrypted": ("art-encrypted", lambda: changed(SOUND, _encrypted)),
    "truncated": ("art-damaged", lambda: SOUND[: len(SOUND) // 2]),
    "without its end": ("art-damaged", lambda: SOUND[:-1100]),
    "without its last mark": ("art-damaged", lambda: SOUND.rstrip()[:-2]),
    "no PDF": ("art-damaged", lambda: b"<html>no such file</html>"),
    "empty": ("art-damaged", lambda: b""),
    "a stream without its end": ("art-damaged", lambda: changed(SOUND, _with_torn_stream)),
    "a stream of other bytes": ("art-damaged", lambda: changed(SOUND, _with_noise)),
    "without size": ("art-damaged", lambda: changed(SOUND, lambda writer: _page(writer).update({NameObject("/TrimBox"): box(5, 5, 5, 9)}))),
    "a form that contains itself": ("art-cyclic", lambda: changed(SOUND, _with_self)),
    "a bomb": ("art-too-large", lambda: changed(SOUND, _with_simple_bomb)),
    "a bomb in a bomb": ("art-too-large", lambda: changed(SOUND, _with_bomb)),
    "a picture of 3 600 million pixels": ("art-too-large", lambda: changed(SOUND, _with_picture_bomb)),
    "a million forms": ("art-unsafe", lambda: changed(SOUND, _with_layers)),
    "nested": ("art-too-deep", lambda: changed(SOUND, _nested)),
    "hidden layers": ("art-hidden-layers", lambda: changed(SOUND, _hidden)),
    "data in another file": ("art-unsafe", lambda: changed(SOUND, _outside)),
    "PostScript": ("art-unsafe", lambda: changed(SOUND, _postscript)),
    "two pages": ("art-pages", lambda: made(cyan, pages=2)),
    "a font that is not in the file": ("art-font", lambda: made(lambda canvas: canvas.drawString(9, 9, "Helvetica"))),
}  # fmt: skip
"""Files that are refused: the finding, and what makes them."""


def saved(folder: Path, data: bytes, name: str = "art.pdf") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path

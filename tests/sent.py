"""Makes PDF files as other people's programs do, sound ones and such as no press can print."""

import io
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String

TRIM = (20, 20, 320, 220)
"""Of a sound page, in points: 300 by 200."""

GROUND = "0 0 0 1 k 40 40 60 60 re f\n"
"""A square of black ink, so that no page is empty."""

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" pdf:Trapped="False"
 xmpMM:VersionID="1" xmpMM:RenditionClass="default" xmp:MetadataDate="2026-01-01T00:00:00+08:00">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">advert</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>2026-01-01T00:00:00+08:00</xmp:CreateDate><xmp:ModifyDate>2026-01-01T00:00:00+08:00</xmp:ModifyDate>
<xmpMM:DocumentID>uuid:1</xmpMM:DocumentID><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""

_AS_MADE = {
    "deterministic_id": True,
    "compress_streams": False,
    "stream_decode_level": pikepdf.StreamDecodeLevel.none,
    "min_version": "1.6",
    "force_version": "1.6",
}

Change = Callable[[Pdf, Any], None]
"""What makes a sound file unsound: takes the file and its first page."""


def unchanged(pdf: Pdf, page: Any) -> None:
    """Leave a file sound."""


def profile(kind: bytes = b"prtr", space: bytes = b"CMYK", version: bytes = b"\x02\x40") -> bytes:
    """Return an ICC profile as far as its header goes."""
    header = bytearray(132)
    header[8:10], header[12:16], header[16:20], header[36:40] = version, kind, space, b"acsp"
    return bytes(header)


def output_intent(pdf: Pdf, data: bytes) -> Dictionary:
    return Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String("IFRA26"),
        DestOutputProfile=pdf.make_indirect(Stream(pdf, data, N=4)),
    )


def font(pdf: Pdf, name: str = "/ABCDEF+Song", **entries: Any) -> Any:
    """Return a simple font of 500 units a letter, embedded as far as a reader of dictionaries can tell."""
    program = pdf.make_indirect(Stream(pdf, b"no outlines"))
    descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name(name), Flags=4, FontFile2=program)
    made = Dictionary(
        Type=Name.Font,
        Subtype=Name.TrueType,
        BaseFont=Name(name),
        FirstChar=32,
        LastChar=126,
        Widths=Array([500] * 95),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    for key, value in entries.items():
        made["/" + key] = value
    return pdf.make_indirect(made)


def picture(pdf: Pdf, width: int, height: int, space: Any = Name.DeviceCMYK, bits: int = 8, data: bytes | None = None) -> Any:
    """Return a picture of so many samples, white where no data are given."""
    count = {"/DeviceCMYK": 4, "/DeviceRGB": 3}.get(str(space), 1) if isinstance(space, Name) else 1
    samples = data if data is not None else bytes((width * count * bits + 7) // 8 * height)
    made = Stream(pdf, zlib.compress(samples), Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height)
    made.Filter, made.BitsPerComponent, made.ColorSpace = Name.FlateDecode, bits, space
    return pdf.make_indirect(made)


def pdf_bytes(content: str = "", change: Change = unchanged, pages: int = 1, **saving: Any) -> bytes:
    """Return a sound PDF/X-4 file whose pages hold some operators, after a change.

    Its resources: the font ``F``, states ``Op`` (overprint, mode 1), ``Op0`` (mode 0) and ``Half`` (opacity).
    """
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(340, 240))
    for page in pdf.pages:
        page.CropBox = page.MediaBox
        page.BleedBox = Array([12, 12, 328, 228])
        page.TrimBox = Array(TRIM)
        page.Contents = pdf.make_stream((GROUND + content).encode("latin-1"))
        page.Resources = Dictionary(
            Font=Dictionary(F=font(pdf)),
            ExtGState=Dictionary(
                Op=Dictionary(OP=True, op=True, OPM=1), Op0=Dictionary(OP=True, op=True, OPM=0), Half=Dictionary(ca=0.5)
            ),
            XObject=Dictionary(),
            ColorSpace=Dictionary(),
            Shading=Dictionary(),
            Pattern=Dictionary(),
        )
    metadata = Stream(pdf, XMP.encode(), Type=Name.Metadata, Subtype=Name.XML)
    pdf.Root.Metadata = pdf.make_indirect(metadata)
    pdf.Root.OutputIntents = Array([output_intent(pdf, profile())])
    pdf.trailer["/Info"] = pdf.make_indirect(Dictionary(Title=String("advert")))
    pdf.trailer["/Info"]["/Trapped"] = Name("/False")
    change(pdf, pdf.pages[0])
    buffer = io.BytesIO()
    pdf.save(buffer, **(saving if "encryption" in saving else {**_AS_MADE, **saving}))
    return buffer.getvalue()

"""What a print file says of itself: what it is, and to which standards it is made.

Sources: ISO 15930-7 6.10 (PDF/X-4), ISO 19005-2 6.6.2 and 6.6.4 (PDF/A-2u); properties that XMP 2005 does not define are
described in the packet (ISO 19005-2 6.6.2.3.3).
"""

import datetime
from html import escape
from typing import NamedTuple
from uuid import UUID

from layout.manifest.pressroom import Standard

PRODUCER = "Banmian"

X1A_VERSION = "PDF/X-1a:2003"
"""What the information dictionary of a PDF/X-1a says; its packet says nothing of standards (ISO 15930-4)."""


class DocumentFacts(NamedTuple):
    """What a file says of itself; the date is the issue's, never the clock's.

    `is_mapped` is whether all of its text can be read as Unicode, so that it is a PDF/A-2u and not only a PDF/A-2b.
    """

    title: str
    subject: str
    publisher: str
    date: datetime.date
    standard: Standard = Standard.X4
    is_mapped: bool = True

    @property
    def pdf_date(self) -> str:
        """The date as PDF writes it."""
        return f"D:{self.date:%Y%m%d}000000+08'00'"

    @property
    def xmp_date(self) -> str:
        """The date as XMP writes it."""
        return f"{self.date.isoformat()}T00:00:00+08:00"


class _Property(NamedTuple):
    """A property of a schema that XMP 2005 does not have."""

    schema: str
    namespace: str
    prefix: str
    name: str
    description: str


_OWN_PROPERTIES = (
    _Property(
        "PDF/X identification", "http://www.npes.org/pdfx/ns/id/", "pdfxid", "GTS_PDFXVersion", "PDF/X version of the file"
    ),
    _Property("Adobe PDF", "http://ns.adobe.com/pdf/1.3/", "pdf", "Trapped", "Whether the file has been trapped"),
)


_CLAIMS = {
    Standard.X4: """<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>
""",
    Standard.X1A: "",
}


def xmp_packet(facts: DocumentFacts, digest: bytes) -> bytes:
    """Return the packet; `digest` are the 16 bytes from which the file's name among all others is made."""
    title, subject, publisher = (escape(text, quote=False) for text in facts[:3])
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:creator><rdf:Seq><rdf:li>{publisher}</rdf:li></rdf:Seq></dc:creator>
<dc:date><rdf:Seq><rdf:li>{facts.date.isoformat()}</rdf:li></rdf:Seq></dc:date>
<dc:language><rdf:Bag><rdf:li>zh-Hans</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{facts.xmp_date}</xmp:CreateDate><xmp:ModifyDate>{facts.xmp_date}</xmp:ModifyDate>
<xmp:MetadataDate>{facts.xmp_date}</xmp:MetadataDate><xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>
<pdf:Producer>{PRODUCER} with ReportLab</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>uuid:{UUID(bytes=digest)}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
{_CLAIMS[facts.standard].format(level="U" if facts.is_mapped else "B")}</rdf:Description>
{_extensions()}
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
    return packet.encode("utf-8")


def _extensions() -> str:
    schemas = "\n".join(map(_extension, _OWN_PROPERTIES))
    return f"""<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag>
{schemas}
</rdf:Bag></pdfaExtension:schemas>
</rdf:Description>"""


def _extension(own: _Property) -> str:
    return f"""<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{own.schema}</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{own.namespace}</pdfaSchema:namespaceURI><pdfaSchema:prefix>{own.prefix}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource"><pdfaProperty:name>{own.name}</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>{own.description}</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>"""

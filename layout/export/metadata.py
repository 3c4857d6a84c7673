"""What a file says of itself: what it is, and to which standards it is made.

Sources: ISO 15930-7 6.10 (PDF/X-4), ISO 19005-2 and 19005-3 6.6.2 and 6.6.4 (PDF/A-2u and 3u), ISO 14289-1 5 (PDF/UA-1);
properties that XMP 2005 does not define are described in the packet (ISO 19005-2 6.6.2.3.3).
"""

import datetime
from collections.abc import Iterable
from enum import Enum
from html import escape
from typing import NamedTuple
from uuid import UUID

from layout.manifest.pressroom import Standard

PRODUCER = "Banmian"

X1A_VERSION = "PDF/X-1a:2003"
"""What the information dictionary of a PDF/X-1a says; its packet says nothing of standards (ISO 15930-4)."""


class Archival(Enum):
    """In which colours archival files are, which are PDF/A-3u and PDF/UA-1 at once: inks of the press, or sRGB."""

    INKS = "inks"
    SCREEN = "screen"


class DocumentFacts(NamedTuple):
    """What a file says of itself; the date is the issue's, never the clock's.

    `is_mapped` is whether all of its text can be read as Unicode, which PDF/A-2u, 3u and PDF/UA-1 ask for.
    """

    title: str
    subject: str
    publisher: str
    date: datetime.date
    standard: Standard | Archival = Standard.X4
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
    kind: str = "Text"


_TRAPPED = _Property("Adobe PDF", "http://ns.adobe.com/pdf/1.3/", "pdf", "Trapped", "Whether the file has been trapped")
_X_VERSION = _Property(
    "PDF/X identification", "http://www.npes.org/pdfx/ns/id/", "pdfxid", "GTS_PDFXVersion", "PDF/X version of the file"
)
_UA_PART = _Property(
    "PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "part", "Part of ISO 14289", "Integer"
)


class _Claims(NamedTuple):
    """What a packet says of standards: the namespace of its first claim, its claims, and properties of its own."""

    namespace: _Property
    claims: str
    properties: tuple[_Property, ...]


_CLAIMS: dict[Standard | Archival, _Claims] = {
    Standard.X4: _Claims(
        _X_VERSION,
        """<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>
""",
        (_X_VERSION, _TRAPPED),
    ),
    Standard.X1A: _Claims(_X_VERSION, "", (_X_VERSION, _TRAPPED)),
    **dict.fromkeys(
        Archival,
        _Claims(
            _UA_PART,
            """{access}<pdfaid:part>3</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>
""",
            (_UA_PART, _TRAPPED),
        ),
    ),
}


def _told(claims: str, is_mapped: bool) -> str:
    """Return claims as a file may make them: PDF/UA-1 and the level u ask that all text can be read (ISO 14289-1 7.21.7)."""
    access = "<pdfuaid:part>1</pdfuaid:part>\n" if is_mapped else ""
    return claims.format(level="U" if is_mapped else "B", access=access)


def xmp_packet(facts: DocumentFacts, digest: bytes) -> bytes:
    """Return the packet; `digest` are the 16 bytes from which the file's name among all others is made."""
    title, subject, publisher = (escape(text, quote=False) for text in facts[:3])
    own = _CLAIMS[facts.standard]
    packet = f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:{own.namespace.prefix}="{own.namespace.namespace}" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
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
{_told(own.claims, facts.is_mapped)}</rdf:Description>
{_extensions(own.properties)}
</rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
    return packet.encode("utf-8")


def _extensions(properties: Iterable[_Property]) -> str:
    schemas = "\n".join(map(_extension, properties))
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
<pdfaProperty:valueType>{own.kind}</pdfaProperty:valueType><pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>{own.description}</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li>"""

"""The objects of PDF files; the only module that imports reportlab.

ReportLab serves as object model and serializer. Its gaps are closed here in subclasses: streams end with an end of
line before ``endstream`` (ISO 32000-1 7.3.8.1), metadata are ours, and nothing depends on the clock.
"""

import hashlib
from typing import Any, TypeAlias

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from layout.deflated import deflated
from layout.export.metadata import PRODUCER, X1A_VERSION, Archival, DocumentFacts, xmp_packet
from layout.inks.press import CUSTOM, REGISTRY, SCREEN, Press, deflated_profile
from layout.manifest.pressroom import Standard
from layout.pictures import screen_profile
from layout.units import Emu, points

# A user's ReportLab settings must not reach our files.
rl_config.pdfComments = 0
rl_config.pdfMultiLine = 0

Array: TypeAlias = pdfdoc.PDFArray
Dictionary: TypeAlias = pdfdoc.PDFDictionary
Object: TypeAlias = pdfdoc.PDFObject
PdfPage: TypeAlias = pdfdoc.PDFPage
String: TypeAlias = pdfdoc.PDFString


def dictionary(**entries: Any) -> Dictionary:
    """Return a dictionary."""
    return Dictionary(entries)


def named(text: str) -> str:
    """Return a name as it is written; ReportLab leaves the slash of a media type as it is."""
    return "/" + str(pdfdoc.PDFName(text))[1:].replace("/", "#2F")


def box(*edges: Emu) -> Array:
    """Return a rectangle by its left, lower, right and upper edge."""
    return Array([f"{points(edge):.3f}" for edge in edges])


class Stream(pdfdoc.PDFStream):  # type: ignore[misc]
    """A stream that is already deflated, or is to stay as it is; ends with an end of line before its keyword."""

    def __init__(self, data: bytes, deflated: bool = False, **entries: Any) -> None:
        super().__init__(dictionary(**entries), data, filters=[])
        if deflated:
            self.dictionary["Filter"] = named("FlateDecode")

    def format(self, document: Any) -> bytes:
        """Return the stream as it stands in the file."""
        entries = self.dictionary.copy()
        entries["Length"] = len(self.content)
        return bytes(entries.format(document) + b"\nstream\n" + self.content + b"\nendstream\n")


def deflated_stream(data: bytes, **entries: Any) -> Stream:
    """Return a stream of data that are yet to be deflated."""
    return Stream(deflated(data), deflated=True, **entries)


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]
    """The information dictionary with the issue's date."""

    def __init__(self, facts: DocumentFacts) -> None:
        super().__init__()
        self.facts = facts

    def format(self, document: Any) -> bytes:
        date = String(self.facts.pdf_date)
        entries = dictionary(
            Title=String(self.facts.title),
            Subject=String(self.facts.subject),
            Author=String(self.facts.publisher),
            Creator=String(PRODUCER),
            Producer=String(f"{PRODUCER} with ReportLab"),
            CreationDate=date,
            ModDate=date,
            Trapped=named("False"),
            **({"GTS_PDFXVersion": String(X1A_VERSION)} if self.facts.standard is Standard.X1A else {}),
        )
        return bytes(entries.format(document))


_VERSIONS: dict[Standard | Archival, tuple[int, int]] = {
    Standard.X1A: (1, 4),
    Standard.X4: (1, 6),
    **dict.fromkeys(Archival, (1, 7)),
}
_INTENTS: dict[Standard | Archival, tuple[str, ...]] = {
    Standard.X1A: ("GTS_PDFX",),
    Standard.X4: ("GTS_PDFX", "GTS_PDFA1"),
    **dict.fromkeys(Archival, ("GTS_PDFA1",)),
}


class Document(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A document whose identity is its content."""

    def __init__(self, facts: DocumentFacts, press: Press) -> None:
        version = _VERSIONS[facts.standard]
        super().__init__(dummyoutline=1, compression=0, invariant=1, pdfVersion=version, lang="zh-Hans")
        self.signature = hashlib.md5(PRODUCER.encode(), usedforsecurity=False)
        self.info = _Info(facts)
        self.facts = facts
        self.press = press
        self.Catalog.__NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents", "AF"]

    def bytes(self) -> bytes:
        """Return the file."""
        self.Catalog.OutputIntents = _output_intents(self, self.press, self.facts.standard)
        packet = xmp_packet(self.facts, self.signature.digest())
        self.Catalog.Metadata = Stream(packet, Type=named("Metadata"), Subtype=named("XML"))
        self.Catalog.ViewerPreferences = dictionary(DisplayDocTitle="true")
        return bytes(self.format())


def _output_intents(document: Document, press: Press, standard: Standard | Archival) -> Array:
    """Return the press's printing condition, or sRGB, for PDF/X and for PDF/A, as far as the file is one.

    Both share one profile.

    Sources: ISO 15930-4, 15930-7 6.4; ISO 19005-2 6.2.3, 19005-3 6.2.3.
    """
    if standard is Archival.SCREEN:
        condition, info, stream = SCREEN, SCREEN, deflated_stream(screen_profile(), N=3)
    else:
        condition, info = press.condition, press.condition or press.profile.stem
        stream = Stream(deflated_profile(press.profile), deflated=True, N=4)
    profile = document.Reference(stream)
    told = {"OutputConditionIdentifier": condition or CUSTOM, "Info": info}
    if condition:
        told["RegistryName"] = REGISTRY
    words = {key: String(text) for key, text in told.items()}

    def intent(kind: str) -> Any:
        return document.Reference(dictionary(Type=named("OutputIntent"), S=named(kind), DestOutputProfile=profile, **words))

    return Array([intent(kind) for kind in _INTENTS[standard]])

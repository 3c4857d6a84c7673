"""The objects of PDF files; the only module that imports reportlab.

ReportLab serves as object model and serializer. Its gaps are closed here in subclasses: streams end with an end of
line before ``endstream`` (ISO 32000-1 7.3.8.1), metadata are ours, and nothing depends on the clock.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple, TypeAlias

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


class _Written(NamedTuple):
    """An object as it stands in the file, and the digest of that."""

    data: bytes
    digest: bytes


class Document(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A document whose identity is its content, and which can be written again with some of its objects replaced."""

    def __init__(self, facts: DocumentFacts, press: Press) -> None:
        self._places: Iterator[int] = iter(())
        version = _VERSIONS[facts.standard]
        super().__init__(dummyoutline=1, compression=0, invariant=1, pdfVersion=version, lang="zh-Hans")
        self.info = _Info(facts)
        self.facts = facts
        self.press = press
        self.Catalog.__NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents", "AF"]
        self._metadata: Stream | None = None
        self._written: dict[int, _Written] = {}

    def Reference(self, made: Any, name: str | None = None) -> Any:  # noqa: N802
        """Return what leads to an object; a new one gets the next number, or that of the object that it replaces."""
        number = None if hasattr(made, "__InternalName__") else next(self._places, None)
        if number is None:
            return super().Reference(made, name)
        made.__InternalName__ = self.numberToId[number]
        self.idToObject[made.__InternalName__] = made
        self._written.pop(number, None)
        return pdfdoc.PDFObjectReference(made.__InternalName__)

    def numbered(self, make: Callable[[], object]) -> range:
        """Return the numbers of the objects that something makes."""
        before = self.objectcounter
        make()
        return range(before + 1, self.objectcounter + 1)

    def replace(self, numbers: range, make: Callable[[], object]) -> None:
        """Put the objects that something makes in the places of those that it made when they got these numbers."""
        self._places = iter(numbers)
        make()
        assert next(self._places, None) is None

    def renew(self, made: Object) -> None:
        """Have an object written anew that says something else now."""
        number, _ = self.idToObjectNumberAndVersion[made.__InternalName__]
        self._written.pop(number, None)

    def bytes(self) -> bytes:
        """Return the file; of one that was written before only the objects that were replaced are written anew."""
        metadata = self._metadata or self._finish()
        number = 1
        while number in self.numberToId:
            if number not in self._written and self.idToObject[self.numberToId[number]] is not metadata:
                self._write(number)
            number += 1
        self.renew(metadata)
        self.signature = hashlib.md5(PRODUCER.encode(), usedforsecurity=False)
        self.signature.update(b"".join(self._written[number].digest for number in sorted(self._written)))
        metadata.content = xmp_packet(self.facts, self.signature.digest())
        self._write(self.idToObjectNumberAndVersion[metadata.__InternalName__][0])
        self._ID = None
        return _file(self, (self._written[number].data for number in sorted(self._written)))

    def _finish(self) -> Stream:
        """Add what every file has; return its metadata, whose text is made last."""
        self.Catalog.OutputIntents = _output_intents(self, self.press, self.facts.standard)
        metadata = self._metadata = Stream(b"", Type=named("Metadata"), Subtype=named("XML"))
        self.Catalog.Metadata = metadata
        self.Catalog.ViewerPreferences = dictionary(DisplayDocTitle="true")
        self.Reference(self.Catalog)
        self.Reference(self.info)
        return metadata

    def _write(self, number: int) -> None:
        name = self.numberToId[number]
        data = pdfdoc.PDFIndirectObject(name, self.idToObject[name]).format(self)
        self._written[number] = _Written(data, hashlib.md5(data, usedforsecurity=False).digest())


def _file(document: Document, objects: Iterable[bytes]) -> bytes:
    """Return a file of a document's objects with the table of their places."""
    file = pdfdoc.PDFFile(document._pdfVersion)
    places = [file.add(data) for data in objects]
    size = len(places) + 1
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = file.add(b"xref\n0 %d\n0000000000 65535 f \n" % size + rows)
    root, info = document.Reference(document.Catalog), document.Reference(document.info)
    file.add(pdfdoc.PDFTrailer(start, size, None, root, info, document.ID()).format(document))
    return bytes(file.format(document))


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

"""Writes PDF files; the only module that imports reportlab.

ReportLab serves as object model and serializer. Its gaps are closed here in subclasses: streams end with an end of
line before ``endstream`` (ISO 32000-1 7.3.8.1), fonts are Type0 with Identity-H, colour states and metadata are
ours, and nothing depends on the clock.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from layout.deflated import deflated
from layout.export.content import ALL_PLATES, KNOCK_OUT, OVERPRINT, STANDING, UNTOUCHED, PageContent, drawing_operators
from layout.export.fonts import EmbeddedFont
from layout.export.metadata import PRODUCER, X1A_VERSION, DocumentFacts, xmp_packet
from layout.export.surface import Surface
from layout.frame import ArtSource, Drawing, ForeignObject, ForeignPage, Picture
from layout.inks.press import CUSTOM, REGISTRY, Press, deflated_profile
from layout.manifest.pressroom import Standard
from layout.pictures import Samples
from layout.typeface.face import Outlines
from layout.units import Emu, points

# A user's ReportLab settings must not reach our files.
rl_config.pdfComments = 0
rl_config.pdfMultiLine = 0


def write_surfaces(
    surfaces: Sequence[Surface],
    fonts: dict[str, EmbeddedFont],
    samples: dict[Picture, Samples],
    facts: DocumentFacts,
    press: Press,
) -> bytes:
    """Return a PDF of the standard that the facts name: each surface a page, what they share written once."""
    document = _Document(facts, press)
    shared = _Shared(document, samples, _add_fonts(document, surfaces, fonts), _add_states(document))
    pages = [_add_page(document, surface, shared) for surface in surfaces]
    _add_outline(document, surfaces, pages)
    return document.bytes()


@dataclass(slots=True)
class _Shared:
    """What the pages of a document draw with; each thing is written once."""

    document: "_Document"
    samples: dict[Picture, Samples]
    fonts: dict[str, Any]
    states: pdfdoc.PDFDictionary
    images: dict[Picture, Any] = field(default_factory=dict)
    forms: dict[ArtSource, Any] = field(default_factory=dict)
    registration: Any = None

    def resources(self, *contents: PageContent) -> dict[str, pdfdoc.PDFDictionary]:
        """Return the resources that contents name; where there are several, no two of them have pictures."""
        return {
            "Font": _dictionary(**{name: font for content in contents for name, font in self._fonts(content).items()}),
            "ExtGState": self.states,
            "XObject": _dictionary(**{name: form for content in contents for name, form in self._objects(content).items()}),
        }

    def _fonts(self, content: PageContent) -> dict[str, Any]:
        names = [*content.glyphs, *(role + STANDING for role in sorted(content.standing))]
        return {name: self.fonts[name] for name in names}

    def _objects(self, content: PageContent) -> dict[str, Any]:
        return {
            **{name: _image(self.document, self.images, picture, self.samples) for picture, name in content.pictures.items()},
            **{name: _form(self.document, self.forms, source, self.states) for source, name in content.art.items()},
        }

    def page_form(self, surface: Surface, x: Emu, content: PageContent) -> Any:
        """Return a page as a form, cut at the edges where the next page of the side begins."""
        page, bleed = content.page, content.page.bleed
        left = 0 if x == 0 else bleed
        right = bleed + page.size.width + (bleed if x + page.size.width == surface.size.width else 0)
        form = _Stream(
            content.deflated,
            deflated=True,
            Type=_name("XObject"),
            Subtype=_name("Form"),
            BBox=_box(left, 0, right, page.size.height + 2 * bleed),
            Resources=_dictionary(**self.resources(content)),
        )
        return self.document.Reference(form)

    def marks_space(self) -> pdfdoc.PDFDictionary:
        """Return the colour space of marks: /All, which is on every plate."""
        if self.registration is None:
            tint = _dictionary(
                FunctionType=2,
                Domain=pdfdoc.PDFArray([0, 1]),
                C0=pdfdoc.PDFArray([0, 0, 0, 0]),
                C1=pdfdoc.PDFArray([1, 1, 1, 1]),
                N=1,
            )
            parts = [_name("Separation"), _name("All"), _name("DeviceCMYK"), self.document.Reference(tint)]
            self.registration = self.document.Reference(pdfdoc.PDFArray(parts))
        return _dictionary(**{ALL_PLATES: self.registration})


def _dictionary(**entries: Any) -> pdfdoc.PDFDictionary:
    return pdfdoc.PDFDictionary(entries)


def _name(text: str) -> str:
    return str(pdfdoc.PDFName(text))


class _Stream(pdfdoc.PDFStream):  # type: ignore[misc]
    """A stream that is already deflated, or is to stay as it is; ends with an end of line before its keyword."""

    def __init__(self, data: bytes, deflated: bool = False, **entries: Any) -> None:
        super().__init__(_dictionary(**entries), data, filters=[])
        if deflated:
            self.dictionary["Filter"] = _name("FlateDecode")

    def format(self, document: Any) -> bytes:
        dictionary = self.dictionary.copy()
        dictionary["Length"] = len(self.content)
        return bytes(dictionary.format(document) + b"\nstream\n" + self.content + b"\nendstream\n")


def _deflated(data: bytes, **entries: Any) -> _Stream:
    return _Stream(deflated(data), deflated=True, **entries)


class _Info(pdfdoc.PDFInfo):  # type: ignore[misc]
    """The information dictionary with the issue's date."""

    def __init__(self, facts: DocumentFacts) -> None:
        super().__init__()
        self.facts = facts

    def format(self, document: Any) -> bytes:
        date = pdfdoc.PDFString(self.facts.pdf_date)
        entries = _dictionary(
            Title=pdfdoc.PDFString(self.facts.title),
            Subject=pdfdoc.PDFString(self.facts.subject),
            Author=pdfdoc.PDFString(self.facts.publisher),
            Creator=pdfdoc.PDFString(PRODUCER),
            Producer=pdfdoc.PDFString(f"{PRODUCER} with ReportLab"),
            CreationDate=date,
            ModDate=date,
            Trapped=_name("False"),
            **({"GTS_PDFXVersion": pdfdoc.PDFString(X1A_VERSION)} if self.facts.standard is Standard.X1A else {}),
        )
        return bytes(entries.format(document))


class _Document(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A document whose identity is its content."""

    def __init__(self, facts: DocumentFacts, press: Press) -> None:
        version = (1, 4) if facts.standard is Standard.X1A else (1, 6)
        super().__init__(dummyoutline=1, compression=0, invariant=1, pdfVersion=version, lang="zh-Hans")
        self.signature = hashlib.md5(PRODUCER.encode(), usedforsecurity=False)
        self.info = _Info(facts)
        self.facts = facts
        self.press = press
        self.Catalog.__NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]

    def bytes(self) -> bytes:
        """Return the file."""
        self.Catalog.OutputIntents = _output_intents(self, self.press, self.facts.standard)
        packet = xmp_packet(self.facts, self.signature.digest())
        self.Catalog.Metadata = _Stream(packet, Type=_name("Metadata"), Subtype=_name("XML"))
        self.Catalog.ViewerPreferences = _dictionary(DisplayDocTitle="true")
        return bytes(self.format())


def _output_intents(document: "_Document", press: Press, standard: Standard) -> pdfdoc.PDFArray:
    """Return the press's printing condition, for PDF/X and, where the file is one, for PDF/A: both share one profile.

    Sources: ISO 15930-4 6.4 and 15930-7 6.4; ISO 19005-2 6.2.3.
    """
    profile = document.Reference(_Stream(deflated_profile(press.profile), deflated=True, N=4))
    told = {"OutputConditionIdentifier": press.condition or CUSTOM, "Info": press.condition or press.profile.stem}
    if press.condition:
        told["RegistryName"] = REGISTRY
    words = {key: pdfdoc.PDFString(text) for key, text in told.items()}

    def intent(kind: str) -> Any:
        return document.Reference(_dictionary(Type=_name("OutputIntent"), S=_name(kind), DestOutputProfile=profile, **words))

    kinds = ("GTS_PDFX",) if standard is Standard.X1A else ("GTS_PDFX", "GTS_PDFA1")
    return pdfdoc.PDFArray([intent(kind) for kind in kinds])


def _add_states(document: _Document) -> pdfdoc.PDFDictionary:
    """Return the graphics states: black overprints by mode 1, everything else knocks out, art begins without a mode."""

    def state(overprint: str, mode: int) -> Any:
        entries = _dictionary(Type=_name("ExtGState"), OP=overprint, op=overprint, OPM=mode)
        return document.Reference(entries)

    return _dictionary(**{OVERPRINT: state("true", 1), KNOCK_OUT: state("false", 1), UNTOUCHED: state("false", 0)})


def _image(document: _Document, images: dict[Picture, Any], picture: Picture, samples: dict[Picture, Samples]) -> Any:
    if picture not in images:
        data = samples[picture]
        stream = _Stream(
            data.deflated,
            deflated=True,
            Type=_name("XObject"),
            Subtype=_name("Image"),
            Width=data.width,
            Height=data.height,
            ColorSpace=_name("DeviceGray" if data.components == 1 else "DeviceCMYK"),
            BitsPerComponent=data.bits,
        )
        if data.predictor > 1:
            values = {"Predictor": data.predictor, "Colors": data.components, "Columns": data.width}
            stream.dictionary["DecodeParms"] = _dictionary(**values)
        document.updateSignature(data.deflated)
        images[picture] = document.Reference(stream)
    return images[picture]


class _Foreign(pdfdoc.PDFObject):  # type: ignore[misc]
    """An object of another file; its numbers are those of the objects that came with it."""

    def __init__(self, made: ForeignObject, others: list["_Foreign"]) -> None:
        self.made = made
        self.others = others

    def format(self, document: Any) -> bytes:
        parts = (part if isinstance(part, bytes) else self._reference(document, part) for part in self.made.parts)
        written, data = b"".join(parts), self.made.stream
        if data is None:
            return written
        return written.removesuffix(b">>") + b"/Length %d >>\nstream\n" % len(data) + data + b"\nendstream\n"

    def _reference(self, document: Any, number: int) -> bytes:
        return bytes(document.Reference(self.others[number]).format(document))


def _form(document: _Document, forms: dict[ArtSource, Any], source: ArtSource, states: pdfdoc.PDFDictionary) -> Any:
    if source not in forms:
        made = _drawing(source, states) if isinstance(source, Drawing) else _foreign_page(source)
        document.updateSignature(made.content if isinstance(made, _Stream) else made.made.stream or b"")
        forms[source] = document.Reference(made)
    return forms[source]


def _foreign_page(source: ForeignPage) -> _Foreign:
    objects: list[_Foreign] = []
    objects += (_Foreign(made, objects) for made in source.objects)
    return objects[0]


def _drawing(source: Drawing, states: pdfdoc.PDFDictionary) -> _Stream:
    return _deflated(
        drawing_operators(source),
        Type=_name("XObject"),
        Subtype=_name("Form"),
        BBox=_box(0, 0, *source.room),
        Resources=_dictionary(ExtGState=states),
    )


def _add_page(document: _Document, surface: Surface, shared: _Shared) -> pdfdoc.PDFPage:
    resources = _page_resources(surface, shared)
    made = pdfdoc.PDFPage()
    outer, bleed = _grown(surface, surface.room + surface.bleed), _grown(surface, surface.bleed)
    made.MediaBox = made.CropBox = outer
    made.BleedBox = bleed
    made.TrimBox = _grown(surface, 0)
    made.Parent = document.Reference(document.Pages)
    made.Resources = resources
    streams = [document.Reference(stream) for stream in _page_streams(surface)]
    made.Contents = streams[0] if len(streams) == 1 else pdfdoc.PDFArray(streams)
    made.check_format = lambda _document: None
    for content in surface.contents:
        document.updateSignature(content.deflated)
    document.addPage(made)
    return made


def _grown(surface: Surface, margin: Emu) -> pdfdoc.PDFArray:
    """Return a box that is by a margin larger than the trimmed surface."""
    low = surface.room + surface.bleed - margin
    return _box(low, low, low + surface.size.width + 2 * margin, low + surface.size.height + 2 * margin)


def _page_resources(surface: Surface, shared: _Shared) -> pdfdoc.PDFDictionary:
    """Return what the streams of a page name: its content's resources, or the forms of the pages on it, and its marks'."""
    marks = () if surface.marks is None else (surface.marks,)
    if surface.is_single:
        entries = shared.resources(surface.placed[0][1], *marks)
    else:
        entries = shared.resources(*marks)
        entries["XObject"] = _dictionary(**{f"Pg{x}": shared.page_form(surface, x, content) for x, content in surface.placed})
    if marks:
        entries["ColorSpace"] = shared.marks_space()
    return _dictionary(**entries)


def _page_streams(surface: Surface) -> Iterator[_Stream]:
    """Yield the streams of a page: its content moved to where it stands, or the forms of the pages on it, then its marks."""
    room = f"{points(surface.room):.3f}"
    if not surface.is_single:
        moves = [f"q 1 0 0 1 {points(surface.room + x):.3f} {room} cm /Pg{x} Do Q" for x, _ in surface.placed]
        yield _Stream("\n".join(moves).encode("ascii"))
    elif not surface.room:
        yield _Stream(surface.placed[0][1].deflated, deflated=True)
    else:
        yield _Stream(f"q 1 0 0 1 {room} {room} cm".encode("ascii"))
        yield _Stream(surface.placed[0][1].deflated, deflated=True)
        yield _Stream(b"Q")
    if surface.marks is not None:
        yield _Stream(surface.marks.deflated, deflated=True)


def _box(*edges: int) -> pdfdoc.PDFArray:
    return pdfdoc.PDFArray([f"{points(edge):.3f}" for edge in edges])


def _add_fonts(document: _Document, surfaces: Sequence[Surface], fonts: dict[str, EmbeddedFont]) -> dict[str, Any]:
    """Return the fonts by name: one for each face, and one more for a face that also goes down the page."""
    used = {role for surface in surfaces for content in surface.contents for role in content.glyphs}
    added = {}
    for role, embedded in fonts.items():
        if role not in used:
            continue
        font = _font(document, embedded)
        added[role] = document.Reference(font)
        if embedded.upright is not None:
            upright = font.copy()
            upright["Encoding"] = _name("Identity-V")
            added[role + STANDING] = document.Reference(upright)
    return added


def _font(document: _Document, embedded: EmbeddedFont) -> pdfdoc.PDFDictionary:
    """Return a Type0 font."""
    document.updateSignature(embedded.data)
    metrics, name = embedded.metrics, _name(embedded.name)
    is_cff = embedded.outlines is Outlines.CFF
    told = {"Subtype": _name("CIDFontType0C")} if is_cff else {"Length1": len(embedded.data)}
    program = _Stream(embedded.program, deflated=True, **told)
    descriptor = _dictionary(
        Type=_name("FontDescriptor"),
        FontName=name,
        Flags=4,
        ItalicAngle=0,
        StemV=80,
        FontBBox=pdfdoc.PDFArray(metrics.box),
        Ascent=metrics.ascent,
        Descent=metrics.descent,
        CapHeight=metrics.ascent,
        **{"FontFile3" if is_cff else "FontFile2": document.Reference(program)},
    )
    descendant = _dictionary(
        Type=_name("Font"),
        Subtype=_name("CIDFontType0" if is_cff else "CIDFontType2"),
        BaseFont=name,
        DW=1000,
        W=pdfdoc.PDFArray(embedded.widths),
        CIDSystemInfo=_dictionary(Registry=pdfdoc.PDFString("Adobe"), Ordering=pdfdoc.PDFString("Identity"), Supplement=0),
        FontDescriptor=document.Reference(descriptor),
    )
    if embedded.glyph_map is not None:
        descendant["CIDToGIDMap"] = document.Reference(_Stream(embedded.glyph_map, deflated=True))
    if embedded.upright is not None:
        descendant["W2"] = pdfdoc.PDFArray(embedded.upright)
    return _dictionary(
        Type=_name("Font"),
        Subtype=_name("Type0"),
        BaseFont=name,
        Encoding=_name("Identity-H"),
        DescendantFonts=pdfdoc.PDFArray([document.Reference(descendant)]),
        ToUnicode=document.Reference(_Stream(embedded.texts, deflated=True)),
    )


def _add_outline(document: _Document, surfaces: Sequence[Surface], pages: Sequence[pdfdoc.PDFPage]) -> None:
    """Add bookmarks: a page each, its stories below it."""
    root = _dictionary(Type=_name("Outlines"))
    entries = []
    for surface, page in zip(surfaces, pages, strict=True):
        foot = points(surface.room)
        top = foot + points(surface.size.height + 2 * surface.bleed)
        entry = _entry(document, surface.title, page, top)
        stories = [_entry(document, story, page, foot + y) for story, y in surface.stories if story]
        _link(document, entry, stories)
        entry.dict["Count"] = len(stories)
        entries.append(entry)
    _link(document, root, entries)
    root["Count"] = len(entries) + sum(len(surface.stories) for surface in surfaces)
    document.Catalog.Outlines = document.Reference(root)
    document.Catalog.PageMode = _name("UseOutlines")


def _entry(document: _Document, title: str, page: pdfdoc.PDFPage, top: float) -> pdfdoc.PDFDictionary:
    target = pdfdoc.PDFArray([document.Reference(page), _name("XYZ"), 0, f"{top:.3f}", "null"])
    return _dictionary(Title=pdfdoc.PDFString(title), Dest=target)


def _link(document: _Document, parent: pdfdoc.PDFDictionary, children: Sequence[pdfdoc.PDFDictionary]) -> None:
    """Chain the children of a bookmark."""
    references = [document.Reference(child) for child in children]
    for number, child in enumerate(children):
        child["Parent"] = document.Reference(parent)
        if number:
            child["Prev"] = references[number - 1]
        if number + 1 < len(children):
            child["Next"] = references[number + 1]
    if references:
        parent["First"], parent["Last"] = references[0], references[-1]

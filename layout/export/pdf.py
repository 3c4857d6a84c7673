"""Writes PDF files; the only module that imports reportlab.

ReportLab serves as object model and serializer. Its gaps are closed here in subclasses: streams end with an end of
line before ``endstream`` (ISO 32000-1 7.3.8.1), fonts are Type0 with Identity-H, colour states and metadata are
ours, and nothing depends on the clock.
"""

import hashlib
import zlib
from collections.abc import Sequence
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfdoc

from layout.export.content import KNOCK_OUT, OVERPRINT, STANDING, UNTOUCHED, WITHOUT_TEXT, PageContent, drawing_operators
from layout.export.metadata import PRODUCER, DocumentFacts, xmp_packet
from layout.frame import ArtSource, Drawing, ForeignObject, ForeignPage, Picture
from layout.inks.press import CUSTOM, PRESS, REGISTRY, Press, deflated_profile
from layout.pictures import Samples
from layout.typeface.catalogue import Faces
from layout.typeface.face import Face, Outlines
from layout.units import divide, points

_LEVEL = 4
"""Of deflate: fonts grow by a hundredth against level 6 and take two thirds of its time."""

# A user's ReportLab settings must not reach our files.
rl_config.pdfComments = 0
rl_config.pdfMultiLine = 0


def write_document(
    contents: Sequence[PageContent], faces: Faces, samples: dict[Picture, Samples], facts: DocumentFacts, press: Press = PRESS
) -> bytes:
    """Return a PDF/X-4 that is a PDF/A-2u, too: the pages in their order, fonts subset, bookmarks by page and story."""
    document = _Document(facts, press)
    fonts = _add_fonts(document, contents, faces)
    states = _add_states(document)
    images: dict[Picture, Any] = {}
    forms: dict[ArtSource, Any] = {}
    pages = []
    for content in contents:
        resources = _dictionary(
            Font=_dictionary(**_page_fonts(content, fonts)),
            ExtGState=states,
            XObject=_dictionary(
                **{name: _image(document, images, picture, samples) for picture, name in content.pictures.items()},
                **{name: _form(document, forms, source, states) for source, name in content.art.items()},
            ),
        )
        pages.append(_add_page(document, content, resources))
    _add_outline(document, contents, pages)
    return document.bytes()


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
    return _Stream(zlib.compress(data, _LEVEL), deflated=True, **entries)


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
        )
        return bytes(entries.format(document))


class _Document(pdfdoc.PDFDocument):  # type: ignore[misc]
    """A document whose identity is its content."""

    def __init__(self, facts: DocumentFacts, press: Press) -> None:
        super().__init__(dummyoutline=1, compression=0, invariant=1, pdfVersion=(1, 6), lang="zh-Hans")
        self.signature = hashlib.md5(PRODUCER.encode(), usedforsecurity=False)
        self.info = _Info(facts)
        self.facts = facts
        self.press = press
        self.Catalog.__NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]

    def bytes(self) -> bytes:
        """Return the file."""
        self.Catalog.OutputIntents = _output_intents(self, self.press)
        packet = xmp_packet(self.facts, self.signature.digest())
        self.Catalog.Metadata = _Stream(packet, Type=_name("Metadata"), Subtype=_name("XML"))
        self.Catalog.ViewerPreferences = _dictionary(DisplayDocTitle="true")
        return bytes(self.format())


def _output_intents(document: "_Document", press: Press) -> pdfdoc.PDFArray:
    """Return the press's printing condition, for PDF/X and for PDF/A: both share one profile.

    Sources: ISO 15930-7 6.4; ISO 19005-2 6.2.3.
    """
    profile = document.Reference(_Stream(deflated_profile(press.profile), deflated=True, N=4))
    told = {"OutputConditionIdentifier": press.condition or CUSTOM, "Info": press.condition or press.profile.stem}
    if press.condition:
        told["RegistryName"] = REGISTRY
    words = {key: pdfdoc.PDFString(text) for key, text in told.items()}

    def intent(standard: str) -> Any:
        return document.Reference(
            _dictionary(Type=_name("OutputIntent"), S=_name(standard), DestOutputProfile=profile, **words)
        )

    return pdfdoc.PDFArray([intent("GTS_PDFX"), intent("GTS_PDFA1")])


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


def _add_page(document: _Document, content: PageContent, resources: pdfdoc.PDFDictionary) -> pdfdoc.PDFPage:
    page, bleed = content.page, content.page.bleed
    width, height = page.size.width, page.size.height
    outer = _box(0, 0, width + 2 * bleed, height + 2 * bleed)
    made = pdfdoc.PDFPage()
    made.MediaBox = outer
    made.CropBox = outer
    made.BleedBox = outer
    made.TrimBox = _box(bleed, bleed, bleed + width, bleed + height)
    made.Parent = document.Reference(document.Pages)
    made.Resources = resources
    made.Contents = document.Reference(_Stream(content.deflated, deflated=True))
    made.check_format = lambda _document: None
    document.updateSignature(content.deflated)
    document.addPage(made)
    return made


def _box(*edges: int) -> pdfdoc.PDFArray:
    return pdfdoc.PDFArray([f"{points(edge):.3f}" for edge in edges])


def _page_fonts(content: PageContent, fonts: dict[str, Any]) -> dict[str, Any]:
    names = [*content.glyphs, *(role + STANDING for role in sorted(content.standing))]
    return {name: fonts[name] for name in names}


def _add_fonts(document: _Document, contents: Sequence[PageContent], faces: Faces) -> dict[str, Any]:
    """Return the fonts by name: one for each face, and one more for a face that also goes down the page."""
    used: dict[str, dict[int, str]] = {}
    for content in contents:
        for role, glyphs in content.glyphs.items():
            texts = used.setdefault(role, {})
            texts.update((glyph, text) for glyph, text in glyphs.items() if text not in WITHOUT_TEXT or glyph not in texts)
    standing = {role for content in contents for role in content.standing}
    fonts = {}
    for role, glyphs in used.items():
        font = _font(document, faces[role], glyphs, role in standing)
        fonts[role] = document.Reference(font)
        if role in standing:
            upright = font.copy()
            upright["Encoding"] = _name("Identity-V")
            fonts[role + STANDING] = document.Reference(upright)
    return fonts


def _font(document: _Document, face: Face, glyphs: dict[int, str], stands: bool) -> pdfdoc.PDFDictionary:
    """Return a Type0 font whose codes are the face's own glyph numbers."""
    subset = face.subset(glyphs)
    document.updateSignature(subset.data)
    metrics = face.metrics()
    name = _name(f"{_tag(subset.data)}+{metrics.name}")
    is_cff = subset.outlines is Outlines.CFF
    program = _deflated(subset.data, **({"Subtype": _name("CIDFontType0C")} if is_cff else {"Length1": len(subset.data)}))
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
        W=_widths(face, glyphs),
        CIDSystemInfo=_dictionary(Registry=pdfdoc.PDFString("Adobe"), Ordering=pdfdoc.PDFString("Identity"), Supplement=0),
        FontDescriptor=document.Reference(descriptor),
    )
    if not is_cff:
        descendant["CIDToGIDMap"] = document.Reference(_deflated(_glyph_map(subset.places, glyphs)))
    if stands:
        descendant["W2"] = _vertical_widths(face, glyphs)
    return _dictionary(
        Type=_name("Font"),
        Subtype=_name("Type0"),
        BaseFont=name,
        Encoding=_name("Identity-H"),
        DescendantFonts=pdfdoc.PDFArray([document.Reference(descendant)]),
        ToUnicode=document.Reference(_deflated(_to_unicode(glyphs))),
    )


def _tag(data: bytes) -> str:
    """Return the six letters of a subset's name, made from its data."""
    number = zlib.crc32(data)
    return "".join(chr(65 + number // 26**place % 26) for place in range(6))


def _widths(face: Face, glyphs: dict[int, str]) -> pdfdoc.PDFArray:
    widths = ((glyph, divide(face.advances[glyph] * 1000, face.upem)) for glyph in sorted(glyphs))
    return pdfdoc.PDFArray([f"{glyph} [{width}]" for glyph, width in widths if width != 1000])


def _vertical_widths(face: Face, glyphs: dict[int, str]) -> pdfdoc.PDFArray:
    """Return advance down the page and vertical origin of each glyph, in thousandths of an em."""
    rows = []
    for glyph in sorted(glyphs):
        advance, x, y = (divide(value * 1000, face.upem) for value in face.vertical(glyph))
        rows.append(f"{glyph} [{-advance} {x} {y}]")
    return pdfdoc.PDFArray(rows)


def _glyph_map(places: dict[int, int], glyphs: dict[int, str]) -> bytes:
    table = bytearray(2 * (max(glyphs) + 1))
    for glyph in glyphs:
        table[2 * glyph : 2 * glyph + 2] = places[glyph].to_bytes(2, "big")
    return bytes(table)


def _to_unicode(glyphs: dict[int, str]) -> bytes:
    """Return the CMap that gives each glyph the text that it stood for in the copy."""
    rows = [f"<{glyph:04X}><{text.encode('utf-16-be').hex().upper()}>" for glyph, text in sorted(glyphs.items()) if text]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n{body}\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")


def _add_outline(document: _Document, contents: Sequence[PageContent], pages: Sequence[pdfdoc.PDFPage]) -> None:
    """Add bookmarks: a page each, its stories below it."""
    root = _dictionary(Type=_name("Outlines"))
    entries = []
    for content, page in zip(contents, pages, strict=True):
        top = points(content.page.size.height + 2 * content.page.bleed)
        title = f"{content.page.label}版 {content.page.section}".rstrip()
        entry = _entry(document, title, page, top)
        stories = [_entry(document, story, page, y) for story, y in content.stories if story]
        _link(document, entry, stories)
        entry.dict["Count"] = len(stories)
        entries.append(entry)
    _link(document, root, entries)
    root["Count"] = len(entries) + sum(len(content.stories) for content in contents)
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

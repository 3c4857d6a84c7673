"""Writes PDF files: pages with what they draw with, and bookmarks.

Fonts are Type0 with Identity-H, and colour states are ours.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from layout.art.bare import bare
from layout.export.content import (
    ALL_PLATES,
    INKS,
    KNOCK_OUT,
    OVERPRINT,
    STANDING,
    UNTOUCHED,
    PageContent,
    drawing_operators,
    screen_colours,
)
from layout.export.fonts import EmbeddedFont
from layout.export.metadata import Archival, DocumentFacts
from layout.export.objects import (
    Array,
    Dictionary,
    Document,
    Object,
    PdfPage,
    Stream,
    String,
    box,
    deflated_stream,
    dictionary,
    named,
)
from layout.export.surface import Surface
from layout.frame import ArtSource, Drawing, ForeignObject, ForeignPage, Picture
from layout.inks.press import Press
from layout.pictures import Samples
from layout.typeface.face import Outlines
from layout.units import Emu, points


class Paged(NamedTuple):
    """A document with its pages, which are written with it, and the numbers of objects that may be replaced.

    `fonts` are those of each font by its role, `streams` and `bookmarks` those of each page.
    """

    document: Document
    pages: tuple[PdfPage, ...]
    fonts: dict[str, range]
    streams: tuple[range, ...]
    bookmarks: tuple[tuple[Dictionary, ...], ...]


def write_surfaces(
    surfaces: Sequence[Surface],
    fonts: dict[str, EmbeddedFont],
    samples: Mapping[Picture, Samples],
    facts: DocumentFacts,
    press: Press,
) -> bytes:
    """Return a PDF of the standard that the facts name: each surface a page, what they share written once."""
    return paged(surfaces, fonts, samples, facts, press).document.bytes()


def paged(
    surfaces: Sequence[Surface],
    fonts: dict[str, EmbeddedFont],
    samples: Mapping[Picture, Samples],
    facts: DocumentFacts,
    press: Press,
) -> Paged:
    """Return a document of surfaces before it is written, so that more can be said of its pages."""
    document = Document(facts, press)
    added: dict[str, Any] = {}
    used = {role for surface in surfaces for content in surface.contents for role in content.glyphs}
    own = {role: document.numbered(partial(_add_font, document, role, fonts[role], added)) for role in fonts if role in used}
    shared = _Shared(document, samples, added, _add_states(document))
    made = [_add_page(document, surface, shared) for surface in surfaces]
    pages = tuple(page for page, _ in made)
    bookmarks = _add_outline(document, surfaces, pages)
    return Paged(document, pages, own, tuple(streams for _, streams in made), bookmarks)


class KeptFile:
    """A PDF of surfaces that is written again and again: what an edit leaves as it was is not written anew.

    Objects are replaced as long as all surfaces and fonts need the objects that they needed; else the file is begun again.
    """

    def __init__(self, samples: Mapping[Picture, Samples], press: Press) -> None:
        self._samples = samples
        self._press = press
        self._paged: Paged | None = None
        self._surfaces: Sequence[Surface] = ()
        self._fonts: dict[str, EmbeddedFont] = {}

    def written(self, surfaces: Sequence[Surface], fonts: dict[str, EmbeddedFont], facts: DocumentFacts) -> bytes:
        """Return what `write_surfaces` returns."""
        made = self._paged
        if made is not None and facts == made.document.facts and self._is_alike(surfaces, fonts):
            self._replace(made, surfaces, fonts)
        else:
            made = paged(surfaces, fonts, self._samples, facts, self._press)
        self._paged, self._surfaces, self._fonts = made, surfaces, fonts
        return made.document.bytes()

    def _is_alike(self, surfaces: Sequence[Surface], fonts: dict[str, EmbeddedFont]) -> bool:
        """Return whether surfaces and fonts need the same objects as the former ones."""
        if list(fonts) != list(self._fonts) or len(surfaces) != len(self._surfaces):
            return False
        return all(_font_objects(fonts[role]) == _font_objects(font) for role, font in self._fonts.items()) and all(
            surface == former or _needs(surface) == _needs(former)
            for surface, former in zip(surfaces, self._surfaces, strict=True)
        )

    def _replace(self, made: Paged, surfaces: Sequence[Surface], fonts: dict[str, EmbeddedFont]) -> None:
        document = made.document
        for role, numbers in made.fonts.items():
            if fonts[role] is not self._fonts[role]:
                document.replace(numbers, partial(_add_font, document, role, fonts[role], {}))
        for number, (surface, former) in enumerate(zip(surfaces, self._surfaces, strict=True)):
            if surface == former:
                continue
            document.replace(made.streams[number], partial(_add_streams, document, surface))
            for entry, told in zip(made.bookmarks[number], _bookmarks(document, surface, made.pages[number]), strict=True):
                entry.dict.update(told)
                document.renew(entry)


def _needs(surface: Surface) -> tuple[object, ...]:
    """Return what settles which objects a surface needs, and all that they say but streams and bookmarks."""
    names = [
        (list(content.glyphs), content.standing, list(content.pictures.items()), list(content.art.items()))
        for content in surface.contents
    ]
    stories = [bool(title) for title, _ in surface.stories]
    edges = [x for x, _ in surface.placed]
    return surface.size, surface.bleed, surface.room, surface.is_single, surface.marks is None, edges, stories, names


def _font_objects(font: EmbeddedFont) -> tuple[bool, bool]:
    """Return which of the objects that a font may have are there."""
    return font.glyph_map is None, font.upright is None


@dataclass(slots=True)
class _Shared:
    """What the pages of a document draw with; each thing is written once."""

    document: Document
    samples: Mapping[Picture, Samples]
    fonts: dict[str, Any]
    states: Dictionary
    images: dict[Picture, Any] = field(default_factory=dict)
    forms: dict[ArtSource, Any] = field(default_factory=dict)
    registration: Any = None

    def resources(self, *contents: PageContent) -> dict[str, Dictionary]:
        """Return the resources that contents name; where there are several, no two of them have pictures."""
        return {
            "Font": dictionary(**{name: font for content in contents for name, font in self._fonts(content).items()}),
            "ExtGState": self.states,
            "XObject": dictionary(**{name: form for content in contents for name, form in self._objects(content).items()}),
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
        form = Stream(
            content.deflated,
            deflated=True,
            Type=named("XObject"),
            Subtype=named("Form"),
            BBox=box(left, 0, right, page.size.height + 2 * bleed),
            Resources=dictionary(**self.resources(content)),
        )
        return self.document.Reference(form)

    def marks_space(self) -> Dictionary:
        """Return the colour space of marks: /All, which is on every plate."""
        if self.registration is None:
            tint = dictionary(
                FunctionType=2,
                Domain=Array([0, 1]),
                C0=Array([0, 0, 0, 0]),
                C1=Array([1, 1, 1, 1]),
                N=1,
            )
            parts = [named("Separation"), named("All"), named("DeviceCMYK"), self.document.Reference(tint)]
            self.registration = self.document.Reference(Array(parts))
        return dictionary(**{ALL_PLATES: self.registration})


def _add_states(document: Document) -> Dictionary:
    """Return the graphics states: black overprints by mode 1, everything else knocks out, art begins without a mode.

    On screens nothing overprints.
    """
    overprint = "false" if document.facts.standard is Archival.SCREEN else "true"

    def state(overprint: str, mode: int) -> Any:
        entries = dictionary(Type=named("ExtGState"), OP=overprint, op=overprint, OPM=mode)
        return document.Reference(entries)

    return dictionary(**{OVERPRINT: state(overprint, 1), KNOCK_OUT: state("false", 1), UNTOUCHED: state("false", 0)})


_SPACES = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}
"""The colour spaces of pictures by their components."""


def _image(document: Document, images: dict[Picture, Any], picture: Picture, samples: Mapping[Picture, Samples]) -> Any:
    if picture not in images:
        data = samples[picture]
        stream = Stream(
            data.deflated,
            deflated=True,
            Type=named("XObject"),
            Subtype=named("Image"),
            Width=data.width,
            Height=data.height,
            ColorSpace=named(_SPACES[data.components]),
            BitsPerComponent=data.bits,
        )
        if data.predictor > 1:
            values = {"Predictor": data.predictor, "Colors": data.components, "Columns": data.width}
            stream.dictionary["DecodeParms"] = dictionary(**values)
        images[picture] = document.Reference(stream)
    return images[picture]


class _Foreign(Object):  # type: ignore[misc]
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


def _form(document: Document, forms: dict[ArtSource, Any], source: ArtSource, states: Dictionary) -> Any:
    if source not in forms:
        made = _drawing(source, states, document) if isinstance(source, Drawing) else _foreign_page(source, document)
        forms[source] = document.Reference(made)
    return forms[source]


def _foreign_page(source: ForeignPage, document: Document) -> _Foreign:
    """Return a foreign page; in a tagged file it has no tags of its own."""
    page = bare(source) if isinstance(document.facts.standard, Archival) else source
    objects: list[_Foreign] = []
    objects += (_Foreign(made, objects) for made in page.objects)
    return objects[0]


def _drawing(source: Drawing, states: Dictionary, document: Document) -> Stream:
    colours = screen_colours(document.press) if document.facts.standard is Archival.SCREEN else INKS
    return deflated_stream(
        drawing_operators(source, colours),
        Type=named("XObject"),
        Subtype=named("Form"),
        BBox=box(0, 0, *source.room),
        Resources=dictionary(ExtGState=states),
    )


def _add_page(document: Document, surface: Surface, shared: _Shared) -> tuple[PdfPage, range]:
    """Return an added page, and the numbers of its streams."""
    resources = _page_resources(surface, shared)
    made = PdfPage()
    outer, bleed = _grown(surface, surface.room + surface.bleed), _grown(surface, surface.bleed)
    made.MediaBox = made.CropBox = outer
    made.BleedBox = bleed
    made.TrimBox = _grown(surface, 0)
    made.Parent = document.Reference(document.Pages)
    made.Resources = resources
    streams: list[Any] = []
    numbers = document.numbered(lambda: streams.extend(_add_streams(document, surface)))
    made.Contents = streams[0] if len(streams) == 1 else Array(streams)
    made.check_format = lambda _document: None
    document.addPage(made)
    return made, numbers


def _add_streams(document: Document, surface: Surface) -> list[Any]:
    return [document.Reference(stream) for stream in _page_streams(surface)]


def _grown(surface: Surface, margin: Emu) -> Array:
    """Return a box that is by a margin larger than the trimmed surface."""
    low = surface.room + surface.bleed - margin
    return box(low, low, low + surface.size.width + 2 * margin, low + surface.size.height + 2 * margin)


def _page_resources(surface: Surface, shared: _Shared) -> Dictionary:
    """Return what the streams of a page name: its content's resources, or the forms of the pages on it, and its marks'."""
    marks = () if surface.marks is None else (surface.marks,)
    if surface.is_single:
        entries = shared.resources(surface.placed[0][1], *marks)
    else:
        entries = shared.resources(*marks)
        entries["XObject"] = dictionary(**{f"Pg{x}": shared.page_form(surface, x, content) for x, content in surface.placed})
    if marks:
        entries["ColorSpace"] = shared.marks_space()
    return dictionary(**entries)


def _page_streams(surface: Surface) -> Iterator[Stream]:
    """Yield the streams of a page: its content moved to where it stands, or the forms of the pages on it, then its marks."""
    room = f"{points(surface.room):.3f}"
    if not surface.is_single:
        moves = [f"q 1 0 0 1 {points(surface.room + x):.3f} {room} cm /Pg{x} Do Q" for x, _ in surface.placed]
        yield Stream("\n".join(moves).encode("ascii"))
    elif not surface.room:
        yield Stream(surface.placed[0][1].deflated, deflated=True)
    else:
        yield Stream(f"q 1 0 0 1 {room} {room} cm".encode("ascii"))
        yield Stream(surface.placed[0][1].deflated, deflated=True)
        yield Stream(b"Q")
    if surface.marks is not None:
        yield Stream(surface.marks.deflated, deflated=True)


def _add_font(document: Document, role: str, embedded: EmbeddedFont, added: dict[str, Any]) -> None:
    """Add a face's font, and one more for a face that also goes down the page."""
    font = _font(document, embedded)
    added[role] = document.Reference(font)
    if embedded.upright is not None:
        upright = font.copy()
        upright["Encoding"] = named("Identity-V")
        added[role + STANDING] = document.Reference(upright)


def _font(document: Document, embedded: EmbeddedFont) -> Dictionary:
    """Return a Type0 font."""
    metrics, name = embedded.metrics, named(embedded.name)
    is_cff = embedded.outlines is Outlines.CFF
    told = {"Subtype": named("CIDFontType0C")} if is_cff else {"Length1": len(embedded.data)}
    program = Stream(embedded.program, deflated=True, **told)
    descriptor = dictionary(
        Type=named("FontDescriptor"),
        FontName=name,
        Flags=4,
        ItalicAngle=0,
        StemV=80,
        FontBBox=Array(metrics.box),
        Ascent=metrics.ascent,
        Descent=metrics.descent,
        CapHeight=metrics.ascent,
        **{"FontFile3" if is_cff else "FontFile2": document.Reference(program)},
    )
    descendant = dictionary(
        Type=named("Font"),
        Subtype=named("CIDFontType0" if is_cff else "CIDFontType2"),
        BaseFont=name,
        DW=1000,
        W=Array(embedded.widths),
        CIDSystemInfo=dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=document.Reference(descriptor),
    )
    if embedded.glyph_map is not None:
        descendant["CIDToGIDMap"] = document.Reference(Stream(embedded.glyph_map, deflated=True))
    if embedded.upright is not None:
        descendant["W2"] = Array(embedded.upright)
    return dictionary(
        Type=named("Font"),
        Subtype=named("Type0"),
        BaseFont=name,
        Encoding=named("Identity-H"),
        DescendantFonts=Array([document.Reference(descendant)]),
        ToUnicode=document.Reference(Stream(embedded.texts, deflated=True)),
    )


def _add_outline(
    document: Document, surfaces: Sequence[Surface], pages: Sequence[PdfPage]
) -> tuple[tuple[Dictionary, ...], ...]:
    """Add bookmarks: a page each, its stories below it; return them by pages."""
    root = dictionary(Type=named("Outlines"))
    added = []
    for surface, page in zip(surfaces, pages, strict=True):
        entry, *stories = (dictionary(**told) for told in _bookmarks(document, surface, page))
        _link(document, entry, stories)
        entry.dict["Count"] = len(stories)
        added.append((entry, *stories))
    _link(document, root, [entry for entry, *_ in added])
    root["Count"] = len(added) + sum(len(surface.stories) for surface in surfaces)
    document.Catalog.Outlines = document.Reference(root)
    document.Catalog.PageMode = named("UseOutlines")
    return tuple(added)


def _bookmarks(document: Document, surface: Surface, page: PdfPage) -> Iterator[dict[str, Any]]:
    """Yield title and target of a page's bookmark, then of those of its stories."""
    foot = points(surface.room)
    top = foot + points(surface.size.height + 2 * surface.bleed)
    for title, y in ((surface.title, top), *((story, foot + y) for story, y in surface.stories if story)):
        target = Array([document.Reference(page), named("XYZ"), 0, f"{y:.3f}", "null"])
        yield {"Title": String(title), "Dest": target}


def _link(document: Document, parent: Dictionary, children: Sequence[Dictionary]) -> None:
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

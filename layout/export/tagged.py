"""Writes archival PDF files, PDF/A-3u and PDF/UA-1 at once: tagged, with links, threads, page labels and attached files.

Sources: ISO 32000-1 14.7 and 14.8 (structure), 12.4.2 (page labels), 12.4.3 (threads), 12.5.6.5 (links), 7.11.4 (attached
files); ISO 19005-3 6.8 and annex E (AFRelationship); ISO 14289-1 7 and 8.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from layout.export.fonts import EmbeddedFont
from layout.export.metadata import DocumentFacts
from layout.export.objects import Array, Dictionary, PdfPage, String, box, deflated_stream, dictionary, named
from layout.export.pdf import Paged, paged
from layout.export.structure import Attached, Element, Link, Shown, Spot, Thread
from layout.export.surface import page_surface
from layout.export.tagged_content import Tagged
from layout.frame import Picture
from layout.inks.press import Press
from layout.pictures import Samples

_PRINTED = 4
"""The flag of an annotation that is shown on paper as well, which all visible ones must be (ISO 19005-3 6.3.2)."""


class Reading(NamedTuple):
    """What an archival file says beside what it paints.

    `labels` are those of its pages, in their order. `others` are the names of the files of all pages of the issue by number,
    to which links lead that leave the file.
    """

    structure: Element
    threads: Sequence[Thread]
    labels: Sequence[str]
    attached: Sequence[Attached]
    others: Mapping[int, str]


def write_tagged(
    pages: Sequence[Tagged],
    reading: Reading,
    fonts: dict[str, EmbeddedFont],
    samples: Mapping[Picture, Samples],
    facts: DocumentFacts,
    press: Press,
) -> bytes:
    """Return an archival PDF of tagged pages; a reader shows them as they are trimmed."""
    made = paged([page_surface(page.content) for page in pages], fonts, samples, facts, press)
    places = {page.content.page.number: _Place(page, own, made) for page, own in zip(pages, made.pages, strict=True)}
    for place in places.values():
        place.page.__NoDefault__ = [*PdfPage.__NoDefault__, "StructParents", "Tabs"]
        place.page.CropBox = place.page.TrimBox
        place.page.Tabs = named("S")
    _Structure(made, places, reading).add()
    _add_threads(made, places, reading.threads)
    _add_labels(made, reading.labels)
    _add_attached(made, reading.attached, facts)
    return made.document.bytes()


class _Place(NamedTuple):
    """A page of the file with its content."""

    tagged: Tagged
    page: PdfPage
    made: Paged

    @property
    def reference(self) -> Any:
        """What leads to the page."""
        return self.made.document.Reference(self.page)

    def box(self, spot: Spot) -> Array:
        """Return the rectangle of a place on it."""
        page = self.tagged.content.page
        left, foot = page.bleed + spot.box.x, page.bleed + page.size.height - spot.box.bottom
        return box(left, foot, left + spot.box.width, foot + spot.box.height)

    def view(self, spot: Spot) -> list[Any]:
        """Return the view whose upper left corner is that of a place on it."""
        left, _, _, top = self.box(spot).sequence
        return [named("XYZ"), left, top, "null"]


# ---- structure ---------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Structure:
    """Writes the structure tree; `owners` are by page the elements of its sequences, `links` those of annotations."""

    made: Paged
    places: Mapping[int, _Place]
    reading: Reading
    owners: dict[int, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    links: list[Any] = field(default_factory=list)
    annotations: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add(self) -> None:
        """Add the tree to the document, and to each page what leads from its sequences to their elements."""
        catalog, refer = self.made.document.Catalog, self.made.document.Reference
        root = dictionary(Type=named("StructTreeRoot"))
        catalog.StructTreeRoot = root
        catalog.MarkInfo = dictionary(Marked="true")
        root["K"] = Array([self._element(self.reading.structure, refer(root))])
        numbers: list[Any] = []
        for number, place in enumerate(self.places.values()):
            own = self.owners[place.tagged.content.page.number]
            place.page.StructParents = number
            numbers += [number, refer(Array([own[sequence] for sequence in sorted(own)]))]
            if made := self.annotations[place.tagged.content.page.number]:
                place.page.Annots = Array(made)
        for number, link in enumerate(self.links, len(self.places)):
            numbers += [number, link]
        root["ParentTree"] = refer(dictionary(Nums=Array(numbers)))
        root["ParentTreeNextKey"] = len(self.places) + len(self.links)

    def _element(self, element: Element, parent: Any) -> Any:
        """Return what leads to an element, written with all that it holds."""
        made = dictionary(Type=named("StructElem"), S=named(element.kind), P=parent, **_told(element))
        own = self.made.document.Reference(made)
        if element.box is not None:
            area = self.places[element.box.page].box(element.box)
            made["A"] = dictionary(O=named("Layout"), BBox=area, Placement=named("Block"))
        first = next((kid.page for kid in element.kids if isinstance(kid, Shown)), None)
        if first is not None:
            made["Pg"] = self.places[first].reference
        kids = list(dict.fromkeys(self._sequence(kid, own) if isinstance(kid, Shown) else kid for kid in element.kids))
        written = [self._element(kid, own) if isinstance(kid, Element) else self._marked(kid, first) for kid in kids]
        made["K"] = Array([*written, *(self._links(element.link, own) if element.link else ())])
        return own

    def _sequence(self, shown: Shown, own: Any) -> tuple[int, int]:
        """Return the page and the number of the sequence that shows something of an element."""
        number = self.places[shown.page].tagged.sequences[shown]
        self.owners[shown.page][number] = own
        return shown.page, number

    def _marked(self, sequence: tuple[int, int], first: int | None) -> Any:
        """Return what leads to a sequence, with its page where that is not the element's first one."""
        page, number = sequence
        if page == first:
            return number
        return dictionary(Type=named("MCR"), Pg=self.places[page].reference, MCID=number)

    def _links(self, link: Link, own: Any) -> Iterator[Dictionary]:
        """Yield what leads to the annotations of a link, which are added to their pages."""
        for spot in link.spots:
            place = self.places[spot.page]
            made = dictionary(
                Type=named("Annot"),
                Subtype=named("Link"),
                Rect=place.box(spot),
                Border=Array([0, 0, 0]),
                F=_PRINTED,
                P=place.reference,
                Contents=String(link.words),
                StructParent=len(self.places) + len(self.links),
            )
            made.dict.update(self._target(link.target))
            annotation = self.made.document.Reference(made)
            self.links.append(own)
            self.annotations[spot.page].append(annotation)
            yield dictionary(Type=named("OBJR"), Obj=annotation, Pg=place.reference)

    def _target(self, target: Spot) -> dict[str, Any]:
        """Return where a link leads: to a page of the file, or to the file of another page."""
        place = self.places.get(target.page)
        if place is not None:
            return {"Dest": Array([place.reference, *place.view(target)])}
        file = String(self.reading.others[target.page])
        return {"A": dictionary(Type=named("Action"), S=named("GoToR"), F=file, D=Array([0, named("Fit")]))}


def _told(element: Element) -> dict[str, Any]:
    """Return what an element says of itself."""
    told: dict[str, Any] = {}
    if element.title:
        told["T"] = String(element.title)
    if element.alt:
        told["Alt"] = String(element.alt)
    if element.kind == "TH":
        told["A"] = dictionary(O=named("Table"), Scope=named("Column"))
    return told


# ---- threads, labels, attached files -----------------------------------------------------------------------------


def _add_threads(made: Paged, places: Mapping[int, _Place], threads: Sequence[Thread]) -> None:
    """Add the threads; the beads of each lead to each other in a ring."""
    refer = made.document.Reference
    written: list[Any] = []
    beads_on: dict[int, list[Any]] = defaultdict(list)
    for thread in threads:
        own = dictionary(Type=named("Thread"), I=dictionary(Title=String(thread.title)))
        beads = [
            dictionary(Type=named("Bead"), T=refer(own), P=places[spot.page].reference, R=places[spot.page].box(spot))
            for spot in thread.spots
        ]
        references = [refer(bead) for bead in beads]
        for number, bead in enumerate(beads):
            bead["V"], bead["N"] = references[number - 1], references[(number + 1) % len(beads)]
            beads_on[thread.spots[number].page].append(references[number])
        own["F"] = references[0]
        written.append(refer(own))
    if written:
        made.document.Catalog.Threads = Array(written)
    for number, own_beads in beads_on.items():
        places[number].page.B = Array(own_beads)


def _add_labels(made: Paged, labels: Sequence[str]) -> None:
    """Add the labels that are printed on the pages."""
    entries = [entry for number, label in enumerate(labels) for entry in (number, dictionary(P=String(label)))]
    made.document.Catalog.PageLabels = dictionary(Nums=Array(entries))


def _add_attached(made: Paged, attached: Sequence[Attached], facts: DocumentFacts) -> None:
    """Attach files to the document, by name and as what they are to it."""
    refer, names = made.document.Reference, []
    for file in sorted(attached, key=lambda file: _sorted(file.name)):
        digest = hashlib.md5(file.data, usedforsecurity=False).hexdigest()
        told = dictionary(ModDate=String(facts.pdf_date), Size=len(file.data), CheckSum=f"<{digest}>")
        stream = refer(deflated_stream(file.data, Type=named("EmbeddedFile"), Subtype=named(file.media_type), Params=told))
        spec = dictionary(
            Type=named("Filespec"),
            F=String(file.name.encode("ascii", "replace").decode("ascii").replace("?", "_")),
            UF=String(file.name),
            Desc=String(file.origin),
            AFRelationship=named(file.relation.value),
            EF=dictionary(F=stream, UF=stream),
        )
        names.append((file.name, refer(spec)))
    if names:
        made.document.Catalog.AF = Array([spec for _, spec in names])
        pairs = [entry for name, spec in names for entry in (String(name), spec)]
        made.document.Catalog.Names = dictionary(EmbeddedFiles=dictionary(Names=Array(pairs)))


def _sorted(name: str) -> bytes:
    """Return a name as its string stands in the file, by which names are sorted."""
    return name.encode("ascii") if name.isascii() else b"\xfe\xff" + name.encode("utf-16-be")

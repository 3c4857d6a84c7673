"""The printer's files: one PDF a page, one for the issue, and one for its sheets."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from layout.crew import share
from layout.design.plan import type_rules
from layout.export.content import PageContent, Texts, marks_content, page_contents
from layout.export.fonts import EmbeddedFont, Fonts
from layout.export.imposition import BLANK_NAME, PLACES, SIDES, Side, label_of
from layout.export.metadata import DocumentFacts
from layout.export.pdf import KeptFile, write_surfaces
from layout.export.plates import Plate, Plates
from layout.export.surface import Surface, page_surface
from layout.frame import ForeignPage, Page, Picture
from layout.geometry import Size
from layout.manifest.issue import Issue
from layout.page.press_marks import ROOM, Marked, press_marks
from layout.pictures import Samples, read_samples
from layout.script.numerals import date_in_words
from layout.text.shape import Shaper
from layout.typeface.catalogue import Faces

_BETWEEN = "\u3000"
"""What parts the words of a slug."""

_LATEST = 8
"""Fonts of a face that are kept between edits, so that a word that is taken back finds the one that it had."""

_FEWEST = 3
"""Files that are worth a process of their own."""


class Supplies(NamedTuple):
    """What all files with the same pages are made of beside their contents: fonts, and samples of pictures."""

    fonts: Fonts
    samples: Mapping[Picture, Samples]


def supplies_of(issue: Issue, pages: Sequence[Page], faces: Faces) -> Supplies:
    """Return the supplies of files with these pages; fonts are made as files ask for them."""
    items = (placed.item for page in pages for placed in page.frame.walk())
    pictures = dict.fromkeys(item for item in items if isinstance(item, Picture))
    return Supplies(Fonts(faces), {picture: read_samples(picture, issue.press) for picture in pictures})


class PrintFiles(NamedTuple):
    """The files of an issue: of each page by its number, of the issue, and of its sheets, where they were asked for.

    `plates` are what each page needs, by its number. `supplies` are kept for files with the same pages.
    """

    pages: Mapping[int, bytes]
    issue: bytes
    sheets: bytes | None
    plates: Plates
    supplies: Supplies

    def named(self, issue: Issue) -> dict[str, bytes]:
        """Return the files by their names in the folder of print files."""
        files = {f"{issue.name}.pdf": self.issue}
        files |= {page_file_name(issue, number): data for number, data in self.pages.items()}
        return files if self.sheets is None else {**files, sheets_file_name(issue): self.sheets}


def page_file_name(issue: Issue, number: int) -> str:
    """Return the name of a page's file in the folder of print files."""
    return f"{issue.name}_{number:04d}.pdf"


def sheets_file_name(issue: Issue) -> str:
    """Return the name of the file with the sheets in the folder of print files."""
    return f"{issue.name}_sheets.pdf"


def print_files(
    issue: Issue, pages: Sequence[Page], faces: Faces, sides: Sequence[Side] = (), singly: Collection[int] | None = None
) -> PrintFiles:
    """Return the bytes of the issue's file, of the file with the sides of its sheets, and of files of pages by themselves.

    `singly` are the numbers of the pages that have a file of their own, which all have by default.

    Files are made by as many processes as there are processors.
    """
    texts: Texts = {}
    contents = {content.page.number: content for content in page_contents(pages, faces, texts)}
    supplies = supplies_of(issue, pages, faces)
    plates = Plates(pages, supplies.samples)
    marker = _Marker(issue, faces, texts, plates)
    labels = _labels(issue)
    surfaces = {content.page.number: _surface(content, marker, labels) for content in contents.values()}
    imposed = [marker.marked(surface, surface.title) for surface in (_imposed(issue, side, contents, labels) for side in sides)]
    whole = list(surfaces.values())

    def written(part: str, made: Sequence[Surface], beside: Sequence[Surface] = ()) -> Callable[[], tuple[bytes, ...]]:
        files = [(facts_of(issue, part), made), (facts_of(issue, " 拼版"), beside)]
        return lambda: _written(issue, supplies, files)

    alone = {number: surface for number, surface in surfaces.items() if singly is None or number in singly}
    jobs = [written("", whole, imposed), *(written(f" {surface.title}", [surface]) for surface in alone.values())]
    (first, *others), *singles = share(lambda job: job(), jobs, _FEWEST)
    files = dict(zip(alone, (file for (file,) in singles), strict=True))
    return PrintFiles(files, first, others[0] if others else None, plates, supplies)


class Stock:
    """What an issue's file is made of beside the contents of its pages, kept for the next one: fonts, samples of pictures."""

    def __init__(self, faces: Faces) -> None:
        self.faces = faces
        self._fonts = Fonts(faces)
        self._samples: dict[Picture, Samples] = {}
        self._file: KeptFile | None = None
        self._used: dict[str, EmbeddedFont] = {}

    def issue_file(self, issue: Issue, contents: Sequence[PageContent], texts: Texts) -> bytes:
        """Return the file of an issue, whose pages have these contents with glyphs that stand for `texts`."""
        for picture in (picture for content in contents for picture in content.pictures):
            if picture not in self._samples:
                self._samples[picture] = read_samples(picture, issue.press)
        plates = Plates([content.page for content in contents], self._samples)
        marker, labels = _Marker(issue, self.faces, texts, plates), _labels(issue)
        surfaces = [_surface(content, marker, labels) for content in contents]
        used = [content for surface in surfaces for content in surface.contents]
        fonts = self._fonts.embed(used)
        for role in fonts.keys() & self._used.keys():
            if fonts[role] is not self._used[role]:
                self.faces[role].prepare_subsets()
        self._fonts, self._used = self._fonts.latest(_LATEST), fonts
        told = facts_of(issue, "")._replace(is_mapped=are_mapped(used))
        self._file = self._file or KeptFile(self._samples, issue.press)
        return self._file.written(surfaces, fonts, told)


def _labels(issue: Issue) -> dict[int, str]:
    return {page.number: f"{label_of(page)}版" for page in issue.pages}


def _surface(content: PageContent, marker: "_Marker", labels: Mapping[int, str]) -> Surface:
    """Return a page by itself with the marks that its paper asks for."""
    return marker.marked(page_surface(content), f"{labels[content.page.number]} {content.page.section}".rstrip())


def _written(issue: Issue, supplies: Supplies, files: Sequence[tuple[DocumentFacts, Sequence[Surface]]]) -> tuple[bytes, ...]:
    """Return files; one without surfaces is left out."""
    made = []
    for facts, surfaces in files:
        contents = {id(content): content for surface in surfaces for content in surface.contents}
        if surfaces:
            told = facts._replace(is_mapped=are_mapped(contents.values()))
            fonts = supplies.fonts.embed(contents.values())
            made.append(write_surfaces(surfaces, fonts, supplies.samples, told, issue.press))
    return tuple(made)


def are_mapped(contents: Iterable[PageContent]) -> bool:
    """Return whether all text of art on some pages can be read as Unicode, as ours can."""
    return all(source.is_mapped for content in contents for source in content.art if isinstance(source, ForeignPage))


def _imposed(issue: Issue, side: Side, contents: Mapping[int, PageContent], labels: Mapping[int, str]) -> Surface:
    """Return the pages of one side of a sheet beside each other; a blank one keeps its place."""
    own = issue.paper.format
    found = [contents.get(number) for number in side.pages]
    widths = [content.page.size.width if content else own.trim_width for content in found]
    placed = tuple((x, content) for x, content in zip(accumulate(widths, initial=0), found, strict=False) if content)
    places = zip(PLACES[len(found)], side.pages, strict=True)
    named = (f"{place.zh}{labels.get(number, BLANK_NAME)}" for place, number in places)
    title = " ".join((f"第{side.sheet}张{SIDES[side.name].zh}", *named))
    return Surface(title, Size(sum(widths), own.trim_height), issue.paper.bleed, placed)


@dataclass(frozen=True, slots=True)
class _Marker:
    """Puts the marks that a paper asks for round surfaces."""

    issue: Issue
    faces: Faces
    texts: Texts
    plates: Plates

    def marked(self, surface: Surface, named: str) -> Surface:
        """Return the surface with its marks, by its name in the slug; as it is where the paper wants none."""
        paper = self.issue.paper
        if not paper.marks:
            return surface
        width = paper.format.trim_width
        folds = tuple(range(width, surface.size.width, width))
        title = named.replace(" ", _BETWEEN)
        slug = _BETWEEN.join((paper.name.text, date_in_words(self.issue.date), f"第{self.issue.number}期", title))
        needed = {plate for _, content in surface.placed for plate in self.plates[content.page.number]}
        plates = tuple((plate.value, plate.ink) for plate in Plate if plate in needed)
        marked = Marked(surface.size, surface.bleed, folds, slug, plates)
        frame = press_marks(marked, paper.marks, Shaper(self.faces, type_rules(paper.type)))
        return surface._replace(room=ROOM, marks=marks_content(frame, self.faces, self.texts))


def facts_of(issue: Issue, part: str) -> DocumentFacts:
    """Return what a file says of an issue, or of a part of it by its name."""
    date = date_in_words(issue.date)
    imprint = issue.paper.imprint
    number = f"第{issue.number}期{issue.extra.value if issue.extra else ''}"
    publisher = imprint.publisher.text or imprint.sponsor.text or issue.paper.name.text
    return DocumentFacts(
        f"{issue.paper.name.text} {number}{part}",
        f"{issue.paper.name.text} {date} {number}",
        publisher,
        issue.date,
        issue.paper.print.standard,
    )

"""The archival PDF files of an issue: of all of it, and of each page."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from layout.archive.data import as_json, issue_data
from layout.archive.model import ArchiveIssue
from layout.archive.packed import PackedFile, Use
from layout.archive.sources import page_sources
from layout.archive.tags import structure_of, threads_of
from layout.diagnostics import Diagnostic, finding
from layout.export.content import INKS, Colours, Texts, screen_colours
from layout.export.fonts import Fonts
from layout.export.imposition import label_of
from layout.export.metadata import Archival
from layout.export.printing import Supplies, are_mapped, facts_of, page_file_name
from layout.export.structure import Attached, Element, Relation
from layout.export.tagged import Reading, write_tagged
from layout.export.tagged_content import Tag, Tagged, tagged_content, tags_of
from layout.frame import Art, ForeignPage, Page, Picture
from layout.manifest.issue import Issue, IssuePage
from layout.manifest.keeping import ArchiveColour
from layout.pictures import Samples, screen_samples

_TEXTS = frozenset(("application/yaml", "text/markdown", "text/csv", "text/plain"))
"""Media types of what is attached; pictures are on the pages anyway."""

_AS_DATA = frozenset(("text/csv", "application/json"))
"""Media types of what is the document's content as data; all else is what it was made from."""


@dataclass(frozen=True, slots=True)
class _Painter:
    """Paints pages with their tags, each once for all files in which its tags are the same."""

    fonts: Fonts
    colours: Colours
    texts: Texts = field(default_factory=dict)
    made: dict[tuple[Tag, ...], Tagged] = field(default_factory=dict)

    def painted(self, page: Page, tags: tuple[Tag, ...]) -> Tagged:
        """Return the content of a page with these tags."""
        if tags not in self.made:
            self.made[tags] = tagged_content(page, self.fonts.faces, self.texts, tags, self.colours)
        return self.made[tags]


class _Maker(NamedTuple):
    """Makes the archival files of an issue."""

    issue: Issue
    archived: ArchiveIssue
    pages: Sequence[Page]
    samples: Mapping[Picture, Samples]
    painter: _Painter
    standard: Archival

    def document(self, numbers: Sequence[int], part: str, attached: Sequence[Attached]) -> bytes:
        """Return the file of some pages by their numbers."""
        structure = structure_of(self.archived, numbers)
        pages = self.painted(structure, numbers)
        labels = [label_of(page) for page in self.issue.pages if page.number in numbers]
        others = {page.number: page_file_name(self.issue, page.number) for page in self.pages}
        reading = Reading(structure, threads_of(self.archived, numbers), labels, attached, others)
        contents = [page.content for page in pages]
        facts = facts_of(self.issue, part)._replace(standard=self.standard, is_mapped=are_mapped(contents))
        fonts = self.painter.fonts.embed(contents)
        return write_tagged(pages, reading, fonts, self.samples, facts, self.issue.press)

    @property
    def numbers(self) -> list[int]:
        """The numbers of all pages."""
        return [page.number for page in self.pages]

    def painted(self, structure: Element, numbers: Sequence[int]) -> list[Tagged]:
        """Return the contents of some pages by their numbers, with the tags of a structure."""
        tags = tags_of(structure)
        return [self.painter.painted(page, tags.get(page.number, ())) for page in self.pages if page.number in numbers]


def colour_problems(issue: Issue, pages: Sequence[Page]) -> Iterator[Diagnostic]:
    """Yield a finding for each art in inks that keeps an issue from the colours of screens that its paper wants."""
    if issue.paper.archive.colour is ArchiveColour.PRINT:
        return
    for page in pages:
        for art in _foreign(page):
            yield finding("archive-colour", issue.paper.archive.span, page=page.label, path=art.name)


def _foreign(page: Page) -> Iterator[ForeignPage]:
    items = (placed.item for placed in page.frame.walk())
    return (item.source for item in items if isinstance(item, Art) and isinstance(item.source, ForeignPage))


def _keeps_inks(issue: Issue, pages: Sequence[Page]) -> bool:
    """Return whether archival files are in the inks of the press: as their paper wants it, or because of art in inks."""
    is_wanted = issue.paper.archive.colour is ArchiveColour.PRINT
    return is_wanted or any(True for _ in colour_problems(issue, pages))


class Documents(NamedTuple):
    """Makes the archival files of an issue: each by itself, so that several processes can make them.

    The issue's pages are painted beforehand, in their order: it decides what a glyph stands for.
    """

    maker: _Maker
    sources: Mapping[str, bytes]

    def whole(self) -> dict[str, bytes]:
        """Return the file of the issue by its name, with its manifests, its stories and its data."""
        issue, data = self.maker.issue, as_json(issue_data(self.maker.archived))
        name = f"{issue.name}.json"
        attached = [*_attached(self.sources), Attached(name, name, data, "application/json", Relation.DATA)]
        return {f"{issue.name}.pdf": self.maker.document(self.maker.numbers, "", attached)}

    def page(self, page: IssuePage) -> dict[str, bytes]:
        """Return the file of a page by its name, with what it shows."""
        issue = self.maker.issue
        shown = {path: self.sources[path] for path in page_sources(issue)[page.number]}
        part = f" {label_of(page)}版 {page.name.text}".rstrip()
        return {page_file_name(issue, page.number): self.maker.document([page.number], part, list(_attached(shown)))}


def archival_files(
    issue: Issue, archived: ArchiveIssue, pages: Sequence[Page], supplies: Supplies, sources: Mapping[str, bytes]
) -> Documents:
    """Return what makes the archival files of an issue and its finished pages; `supplies` are those of its print files."""
    if _keeps_inks(issue, pages):
        maker = _Maker(issue, archived, pages, supplies.samples, _Painter(supplies.fonts, INKS), Archival.INKS)
    else:
        samples = {picture: screen_samples(picture, issue.press) for picture in supplies.samples}
        painter = _Painter(supplies.fonts, screen_colours(issue.press))
        maker = _Maker(issue, archived, pages, samples, painter, Archival.SCREEN)
    maker.painted(structure_of(archived, maker.numbers), maker.numbers)
    return Documents(maker, sources)


def _attached(sources: Mapping[str, bytes]) -> Iterator[Attached]:
    """Yield the texts among sources as they are attached."""
    for path, name in _flat(sources).items():
        kind = PackedFile(path, sources[path], Use.SOURCE).media_type
        if kind in _TEXTS:
            yield Attached(name, path, sources[path], kind, Relation.DATA if kind in _AS_DATA else Relation.SOURCE)


def _flat(paths: Iterable[str]) -> dict[str, str]:
    """Return names without folders, in which programs can save files: their own, or the whole path where two have the same."""
    own = {path: path.rpartition("/")[2] for path in paths}
    counts = Counter(own.values())
    return {path: name if counts[name] == 1 else path.replace("/", "__") for path, name in own.items()}

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
from layout.export.printing import PrintFiles, are_mapped, facts_of, page_file_name
from layout.export.structure import Attached, Relation
from layout.export.tagged import Reading, write_tagged
from layout.export.tagged_content import Tag, Tagged, tagged_content, tags_of
from layout.frame import Art, ForeignPage, Page, Picture
from layout.manifest.issue import Issue
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
        tags = tags_of(structure)
        pages = [self.painter.painted(page, tags.get(page.number, ())) for page in self.pages if page.number in numbers]
        labels = [label_of(page) for page in self.issue.pages if page.number in numbers]
        others = {page.number: page_file_name(self.issue, page.number) for page in self.pages}
        reading = Reading(structure, threads_of(self.archived, numbers), labels, attached, others)
        contents = [page.content for page in pages]
        facts = facts_of(self.issue, part)._replace(standard=self.standard, is_mapped=are_mapped(contents))
        fonts = self.painter.fonts.embed(contents)
        return write_tagged(pages, reading, fonts, self.samples, facts, self.issue.press)


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


def archival_files(
    issue: Issue, archived: ArchiveIssue, pages: Sequence[Page], files: PrintFiles, sources: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return the archival files by name: of the issue with its manifests and stories, of each page with those that it shows."""
    if _keeps_inks(issue, pages):
        maker = _Maker(issue, archived, pages, files.samples, _Painter(files.fonts, INKS), Archival.INKS)
    else:
        samples = {picture: screen_samples(picture, issue.press) for picture in files.samples}
        painter = _Painter(files.fonts, screen_colours(issue.press))
        maker = _Maker(issue, archived, pages, samples, painter, Archival.SCREEN)
    name = f"{issue.name}.json"
    data = Attached(name, name, as_json(issue_data(archived)), "application/json", Relation.DATA)
    made = {f"{issue.name}.pdf": maker.document([page.number for page in pages], "", [*_attached(sources), data])}
    shown_by = page_sources(issue)
    for page in issue.pages:
        shown = {path: sources[path] for path in shown_by[page.number]}
        part = f" {label_of(page)}版 {page.name.text}".rstrip()
        made[page_file_name(issue, page.number)] = maker.document([page.number], part, list(_attached(shown)))
    return made


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

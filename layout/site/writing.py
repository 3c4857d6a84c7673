"""Adds an issue to the site of its paper.

Everything that is needed is read and checked first. The issue's own pages are written before those that lead to them, and a
file that stays as it is is not written, so that a run that is stopped leaves a site that works, and the next run mends it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple, TypeAlias

from layout.archive.articles import archive_issue
from layout.archive.model import ArchiveIssue, Figure
from layout.archive.raster import FINER, PAGE_PPI, pixel_box, pixel_size
from layout.crew import share
from layout.diagnostics import Diagnostic, Span, has_errors
from layout.export.files import alone, remove_others, write_changed
from layout.export.printing import PrintFiles
from layout.export.proof import painted_page
from layout.frame import Page
from layout.geometry import Rect, Size
from layout.manifest.issue import Issue
from layout.pictures import web_picture
from layout.site.index import digest, index_years
from layout.site.names import DATA
from layout.site.pages import issue_links, issue_pages, relinked
from layout.site.record import Entry, Record, record_file, record_of
from layout.site.register import Around, Register, damaged, read_records, read_register, taken
from layout.site.shared import FED_ISSUES, Shared, issue_map, shared_files
from layout.site.views import Image, Images, image_name

_SMALLER = 2
"""How many times smaller a page's small image is: a broadsheet is as wide as a window."""

_LONGEST = 1600
"""Pixels of an article's picture in its longer direction."""

_BRIEF = "_brief"
_FEWEST = 2
"""Images that are worth a process of their own."""


def write_site(out: Path, issue: Issue, pages: Sequence[Page], files: PrintFiles) -> tuple[Diagnostic, ...]:
    """Add an issue to the site of its paper below `out`, unless an error stands against it; return what was found.

    The search index is left to `index_sites`, so that a year is read once for all issues that were added to it.
    """
    archived, problems = archive_issue(issue, pages)
    if has_errors(problems):
        return problems
    painted = _painted(issue, archived, pages, files)
    folder = out / f"{issue.paper.key}_site"
    out.mkdir(parents=True, exist_ok=True)
    with alone(out):
        return (
            *problems,
            *_Addition(folder, record_of(issue, archived), archived, painted, files.named(issue)).add(issue.span),
        )


def index_sites(out: Path) -> tuple[Diagnostic, ...]:
    """Bring the search indexes of all sites below `out` up to date; return what was found."""
    with alone(out):
        return tuple(problem for folder in sorted(out.glob("*_site")) for problem in index_years(folder))


class _Painted(NamedTuple):
    """The images of an issue, and their files by name."""

    images: Images
    files: Mapping[str, bytes]


class _Addition(NamedTuple):
    """An issue on its way to a site."""

    folder: Path
    record: Record
    archived: ArchiveIssue
    painted: _Painted
    prints: Mapping[str, bytes]

    def add(self, span: Span) -> tuple[Diagnostic, ...]:
        """Write the issue and what leads to it; return what was found, and write nothing where that is an error."""
        listed, problems = read_register(self.folder)
        before = listed.on_disk(self.folder)
        found = (*problems, *taken(before, self.record.entry, span))
        if found:
            return found
        data = record_file(self.record)
        entry = replace(self.record.entry, digest=digest(data))
        register = before.with_entry(entry)
        read = read_records(self.folder, [each for each in register.latest(FED_ISSUES) if each.folder != entry.folder])
        beside = tuple(self._beside(listed, register, entry))
        found = (*read.problems, *(damaged(path, _NO_PLACE) for path, page in beside if page is None))
        if found:
            return found
        self._write_own(register.arounds[entry.folder])
        records = read.records | {entry.folder: self.record}
        shared = shared_files(Shared(register, [records[each.folder] for each in register.latest(FED_ISSUES)]))
        for path, page in (*beside, (self.folder / entry.folder / DATA, data)):
            write_changed(path, page or b"")
        for name, made in shared.items():
            write_changed(self.folder / name, made)
        for kept in ("issues", "calendar"):
            remove_others(self.folder / kept, "*.*", {Path(name).name for name in shared if name.startswith(kept)})
        return ()

    def _write_own(self, around: Around) -> None:
        """Write the pages, images and prints of the issue, and remove those that an earlier build left."""
        record = self.record
        files = {**self.painted.files, **self.prints}
        files |= issue_pages(self.archived, record, self.painted.images, around)
        files |= {"sitemap.xml": issue_map(record)} if record.paper.address else {}
        folder = self.folder / record.entry.folder
        for name, made in files.items():
            write_changed(folder / name, made)
        remove_others(folder, "*.*", {DATA, *files})

    def _beside(self, listed: Register, register: Register, own: Entry) -> Iterator[tuple[Path, bytes | None]]:
        """Yield the pages of other issues whose neighbours change, with their new bytes; None for one that is damaged."""
        before, after = listed.arounds, register.arounds
        for entry in register.entries:
            around = after[entry.folder]
            if entry.folder == own.folder or (entry.folder in before and before[entry.folder].firsts == around.firsts):
                continue
            links = issue_links(entry, around)
            for path in sorted((self.folder / entry.folder).glob("*.htm")):
                yield path, relinked(path.read_bytes(), links)


_NO_PLACE = ValueError("no <!--issues--> in it")


# ---- images ------------------------------------------------------------------------------------------------------

_Made: TypeAlias = tuple[Image, bytes]
"""An image and its file."""


def _painted(issue: Issue, archived: ArchiveIssue, pages: Sequence[Page], files: PrintFiles) -> _Painted:
    """Return the images of pages and pictures, made by as many processes as there are processors."""
    figures = (*archived.figures, *(figure for article in archived.articles for figure in article.figures))
    jobs: list[Callable[[], tuple[_Made, ...]]] = [
        *(partial(_page_images, page, archived.name, files.pages[page.number]) for page in pages),
        *(partial(_picture, figure, pages, issue, files) for figure in figures),
    ]
    made = share(lambda job: job(), jobs, _FEWEST)
    photographs, pictures = made[: len(pages)], made[len(pages) :]
    images = Images(
        {page.number: small for page, (_, (small, _)) in zip(pages, photographs, strict=True)},
        {figure.id: image for figure, ((image, _),) in zip(figures, pictures, strict=True)},
    )
    return _Painted(images, {image.file: data for each in made for image, data in each})


def _page_images(page: Page, issue: str, pdf: bytes) -> tuple[_Made, ...]:
    """Return the image of a page and the small one."""
    size = pixel_size(page.size)
    painting = painted_page(pdf, PAGE_PPI, size)
    large = Image(image_name(issue, page.number), *size), painting.photograph()
    width, height = (-(-length // _SMALLER) for length in size)
    return large, (Image(image_name(issue, page.number, _BRIEF), width, height), painting.photograph(times=_SMALLER))


def _picture(figure: Figure, pages: Sequence[Page], issue: Issue, files: PrintFiles) -> tuple[_Made, ...]:
    """Return a picture from its file; a drawing is cut from its page, painted finer."""
    name = f"{figure.id}.jpg"
    if not figure.is_art:
        made = web_picture(figure.path, _LONGEST, issue.press)
        return ((Image(name, made.width, made.height), made.jpeg),)
    page = next(page for page in pages if page.number == figure.number)
    width, height = (FINER * length for length in pixel_size(page.size))
    box = pixel_box(figure.box)
    left, top = max(0, FINER * box.x), max(0, FINER * box.y)
    part = Rect(left, top, min(FINER * box.right, width) - left, min(FINER * box.bottom, height) - top)
    painting = painted_page(files.pages[figure.number], FINER * PAGE_PPI, Size(width, height))
    return ((Image(name, part.width, part.height), painting.photograph(part)),)

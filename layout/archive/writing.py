"""Writes the package of an issue."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from layout.archive.alto import alto_file
from layout.archive.articles import archive_issue
from layout.archive.documents import Documents, archival_files, colour_problems
from layout.archive.images import PageImages, page_images
from layout.archive.model import ArchiveIssue
from layout.archive.package import package
from layout.archive.packed import page_path
from layout.archive.sources import source_files
from layout.archive.standing import standing_findings
from layout.crew import share
from layout.diagnostics import Diagnostic, has_errors
from layout.export.files import write_folder
from layout.export.printing import Supplies
from layout.frame import Page
from layout.manifest.issue import Issue, IssuePage

_FEWEST = 1
"""Files with images that are worth a process of their own."""


class _Part(NamedTuple):
    """What one process makes at a time: PDF files by name, images and ALTO files of pages by number."""

    documents: Mapping[str, bytes]
    images: Mapping[int, PageImages] = {}
    texts: Mapping[int, bytes] = {}


def write_archive(folder: Path, issue: Issue, pages: Sequence[Page], supplies: Supplies) -> tuple[Diagnostic, ...]:
    """Write the package of an issue; return what was found while it was made.

    It is not written where its text is not that of its pages, or where the package of another issue stands. Raises
    BrokenFaceError where a font file is damaged.
    """
    taken = standing_findings(folder / issue.name, issue)
    if taken:
        return taken
    archived, problems = archive_issue(issue, pages)
    if has_errors(problems):
        return problems
    sources = source_files(issue)
    faces = supplies.fonts.faces
    families = {style.face: faces[style.face].metrics().name for page in archived.pages for style in page.styles}
    parts = _parts(archived, issue, archival_files(issue, archived, pages, supplies, sources), families)
    documents = {name: data for part in parts for name, data in part.documents.items()}
    images = {number: made for part in parts for number, made in part.images.items()}
    texts = {number: made for part in parts for number, made in part.texts.items()}
    write_folder(folder / issue.name, package(archived, documents, images, texts, sources))
    return (*problems, *colour_problems(issue, pages))


def _parts(archived: ArchiveIssue, issue: Issue, documents: Documents, families: Mapping[str, str]) -> list[_Part]:
    """Return the file of the issue, and each page's with the images that are painted from it and its text."""
    shown = {page.number: page for page in archived.pages}

    def page_part(page: IssuePage) -> _Part:
        number, made = page.number, documents.page(page)
        (pdf,) = made.values()
        images = page_images(pdf, shown[number], archived.also, archived.pictures_of(number))
        image = page_path(archived.name, number, "jpg").rpartition("/")[2]
        return _Part(made, {number: images}, {number: alto_file(shown[number], archived, image, families)})

    jobs: list[Callable[[], _Part]] = [lambda: _Part(documents.whole()), *(partial(page_part, page) for page in issue.pages)]
    return share(lambda job: job(), jobs, _FEWEST)

"""Writes the package of an issue."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from layout.archive.articles import archive_issue
from layout.archive.documents import archival_files, colour_problems
from layout.archive.images import page_images, with_fine_images
from layout.archive.package import package
from layout.archive.sources import source_files
from layout.archive.standing import standing_findings
from layout.diagnostics import Diagnostic, has_errors
from layout.export.files import write_folder
from layout.export.printing import PrintFiles
from layout.frame import Page
from layout.manifest.issue import Issue
from layout.typeface.catalogue import Faces

_PAINTERS = 2
"""Threads that paint: while one has PDFium, another one writes its image."""


def write_archive(folder: Path, issue: Issue, pages: Sequence[Page], files: PrintFiles, faces: Faces) -> tuple[Diagnostic, ...]:
    """Write the package of an issue; return what was found while it was made.

    It is not written where its text is not that of its pages, or where the package of another issue stands.

    Page images are painted in threads meanwhile: PDFium and JPEG leave Python free.
    """
    taken = standing_findings(folder / issue.name, issue)
    if taken:
        return taken
    pdfs = files.pages
    with ThreadPoolExecutor(_PAINTERS) as pool:
        painted = {page.number: pool.submit(page_images, pdfs[page.number], page.size) for page in pages}
        archived, problems = archive_issue(issue, pages)
        if has_errors(problems):
            return problems
        sources = source_files(issue)
        documents = archival_files(issue, archived, pages, files, sources)
        finer = {
            page.number: pool.submit(
                with_fine_images,
                painted[page.number].result(),
                page,
                pdfs[page.number],
                archived.also,
                archived.pictures_of(page.number),
            )
            for page in archived.pages
        }
        images = {number: made.result() for number, made in finer.items()}
    families = {style.face: faces[style.face].metrics().name for page in archived.pages for style in page.styles}
    write_folder(folder / issue.name, package(archived, documents, images, sources, families))
    return (*problems, *colour_problems(issue, pages))

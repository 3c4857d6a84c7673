"""Writes the package of an issue."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from layout.archive.articles import archive_issue
from layout.archive.documents import archival_files, colour_problems
from layout.archive.package import package
from layout.archive.raster import PAGE_PPI, pixels
from layout.archive.sources import source_files
from layout.diagnostics import Diagnostic, has_errors
from layout.export.files import write_folder
from layout.export.printing import PrintFiles
from layout.export.proof import page_photograph
from layout.frame import Page
from layout.geometry import Size
from layout.manifest.issue import Issue
from layout.typeface.catalogue import Faces

_PAINTERS = 2
"""Threads that paint: while one has PDFium, another one writes its image."""


def write_archive(folder: Path, issue: Issue, pages: Sequence[Page], files: PrintFiles, faces: Faces) -> tuple[Diagnostic, ...]:
    """Write the package of an issue, unless its text is not that of its pages; return what was found while it was made.

    Page images are painted in threads meanwhile: PDFium and JPEG leave Python free.
    """
    with ThreadPoolExecutor(_PAINTERS) as pool:
        photographs = {page.number: pool.submit(_photograph, page, files.pages[page.number]) for page in pages}
        archived, problems = archive_issue(issue, pages)
        sources = source_files(issue)
        documents = {} if has_errors(problems) else archival_files(issue, archived, pages, files, sources)
        images = {number: photograph.result() for number, photograph in photographs.items()}
    if has_errors(problems):
        return problems
    families = {style.face: faces[style.face].metrics().name for page in archived.pages for style in page.styles}
    write_folder(folder / issue.name, package(archived, documents, images, sources, families))
    return (*problems, *colour_problems(issue, pages))


def _photograph(page: Page, pdf: bytes) -> bytes:
    """Return the image of a page as it is trimmed."""
    return page_photograph(pdf, PAGE_PPI, Size(pixels(page.size.width), pixels(page.size.height)))

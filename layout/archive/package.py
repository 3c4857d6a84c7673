"""The archive's package of an issue: one bag with its pages, their text with places, its articles, and its sources."""

from collections.abc import Iterator, Mapping

from layout import __version__
from layout.archive.bag import bag_files
from layout.archive.data import article_data, as_json, issue_data, issue_table
from layout.archive.epub import epub_file
from layout.archive.iiif import iiif_manifest, service_address
from layout.archive.images import PageImages, fine_size
from layout.archive.mets import mets_file
from layout.archive.model import ArchiveIssue, ArchivePage
from layout.archive.packed import (
    VIEW_NAME,
    PackedFile,
    Use,
    article_path,
    image_path,
    mets_name,
    page_path,
    service_path,
)
from layout.archive.plain import markdown, plain_text
from layout.archive.raster import FINER, PAGE_PPI
from layout.archive.tiles import INFORMATION, WHOLE, information
from layout.manifest.keeping import Beside


def package(
    issue: ArchiveIssue,
    documents: Mapping[str, bytes],
    images: Mapping[int, PageImages],
    texts: Mapping[int, bytes],
    sources: Mapping[str, bytes],
) -> dict[str, bytes]:
    """Return the files of an issue's bag by path.

    `documents` are its PDF files by name, `images` and `texts` the images and the ALTO files of its pages by number.
    """
    shown = [*_pages(issue, documents, images, texts), *_issue_files(issue, documents), *_books(issue, images)]
    view = PackedFile(VIEW_NAME, iiif_manifest(issue, shown), Use.VIEW)
    files = [*shown, *_tiles(issue, images), view, *_articles(issue), *_sources(sources)]
    payload = {file.path: file.data for file in files}
    payload[mets_name(issue.name)] = mets_file(issue, files)
    return bag_files(payload, _facts(issue))


def _pages(
    issue: ArchiveIssue, documents: Mapping[str, bytes], images: Mapping[int, PageImages], texts: Mapping[int, bytes]
) -> Iterator[PackedFile]:
    for page in issue.pages:
        pdf, image, text = (page_path(issue.name, page.number, ending) for ending in ("pdf", "jpg", "xml"))
        yield PackedFile(image, images[page.number].image, Use.IMAGE, page=page.number)
        yield PackedFile(pdf, documents[pdf.rpartition("/")[2]], Use.PRINT, page=page.number)
        yield PackedFile(text, texts[page.number], Use.TEXT, page=page.number)
        yield from _further(issue, page, images[page.number])


def _further(issue: ArchiveIssue, page: ArchivePage, images: PageImages) -> Iterator[PackedFile]:
    """Yield the thumbnail of a page, its fine image, and what tells of its tiles."""
    yield PackedFile(image_path(issue.name, page.number, "thumbnail"), images.thumbnail, Use.THUMBNAIL, page=page.number)
    if not images.fine:
        return
    service = service_path(issue.name, page.number)
    has_tiles = Beside.TILES in issue.also
    path = f"{service}/{WHOLE}" if has_tiles else image_path(issue.name, page.number, str(FINER * PAGE_PPI))
    yield PackedFile(path, images.fine[WHOLE], Use.FINE_IMAGE, page=page.number)
    if has_tiles:
        told = information(service_address(issue, page.number), fine_size(page))
        yield PackedFile(f"{service}/{INFORMATION}", told, Use.VIEW, page=page.number)


def _tiles(issue: ArchiveIssue, images: Mapping[int, PageImages]) -> Iterator[PackedFile]:
    for page in issue.pages:
        for path, data in images[page.number].fine.items():
            if path != WHOLE:
                yield PackedFile(f"{service_path(issue.name, page.number)}/{path}", data, Use.TILE)


def _books(issue: ArchiveIssue, images: Mapping[int, PageImages]) -> Iterator[PackedFile]:
    if Beside.EPUB in issue.also:
        pictures = {own: data for each in images.values() for own, data in each.pictures.items()}
        cover = images[issue.pages[0].number].image
        yield PackedFile(f"{issue.name}.epub", epub_file(issue, cover, pictures), Use.ISSUE)


def _issue_files(issue: ArchiveIssue, documents: Mapping[str, bytes]) -> Iterator[PackedFile]:
    yield PackedFile(f"{issue.name}.pdf", documents[f"{issue.name}.pdf"], Use.ISSUE)
    yield PackedFile(f"{issue.name}.json", as_json(issue_data(issue)), Use.ISSUE)
    yield PackedFile(f"{issue.name}.csv", issue_table(issue), Use.ISSUE)


def _articles(issue: ArchiveIssue) -> Iterator[PackedFile]:
    for article in issue.articles:
        made = {
            "json": as_json(article_data(article, issue)),
            "txt": plain_text(article).encode("utf-8"),
            "md": markdown(article).encode("utf-8"),
        }
        for ending, data in made.items():
            yield PackedFile(article_path(article.id, ending), data, Use.ARTICLE, article.id)


def _sources(sources: Mapping[str, bytes]) -> Iterator[PackedFile]:
    for path in sorted(sources):
        yield PackedFile(f"sources/{path}", sources[path], Use.SOURCE)


def _facts(issue: ArchiveIssue) -> dict[str, str]:
    return {
        "Source-Organization": issue.publisher,
        "External-Identifier": issue.name,
        "External-Description": f"{issue.paper} 第{issue.number}期{issue.extra} {issue.date.isoformat()}",
        "Bagging-Date": issue.date.isoformat(),
        "Bag-Software-Agent": f"Banmian {__version__}",
    }

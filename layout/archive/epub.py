"""The issue as EPUB 3.3 (https://www.w3.org/TR/epub-33/): articles that flow, for phones and for reading aloud.

Adverts and furniture are left to the pages. Nothing is taken from the clock: the same issue makes the same file.
"""

import io
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from layout.archive.chapters import (
    STYLE,
    STYLE_NAME,
    article_document,
    article_file,
    article_name,
    document,
    page_document,
    page_file,
    page_name,
    picture_file,
)
from layout.archive.iiif import payload_address
from layout.archive.markup import add, page_bytes, root, xml_bytes
from layout.archive.model import ArchiveIssue, Figure
from layout.script.numerals import date_in_words

TYPE = b"application/epub+zip"

_FOLDER = "EPUB"
_PACKAGE = "package.opf"
_NAVIGATION = "nav.xhtml"
_COVER, _COVER_PAGE = "cover.jpg", "cover.xhtml"
_TYPES = {"xhtml": "application/xhtml+xml", "jpg": "image/jpeg", "css": "text/css"}
_PROPERTIES = {_NAVIGATION: "nav", _COVER: "cover-image"}
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)
"""The date of each file within the archive: the earliest that there is."""

_PLAIN_FILE = 0o100644 << 16

_ACCESS = (
    ("schema:accessMode", "textual"),
    ("schema:accessMode", "visual"),
    ("schema:accessModeSufficient", "textual"),
    ("schema:accessibilityFeature", "alternativeText"),
    ("schema:accessibilityFeature", "readingOrder"),
    ("schema:accessibilityFeature", "structuralNavigation"),
    ("schema:accessibilityFeature", "tableOfContents"),
    ("schema:accessibilityHazard", "none"),
    ("schema:accessibilitySummary", "各版稿件按阅读顺序排列，有目录和标题层级；图片有替代文字。"),
)
"""What the book says of its use by all (EPUB Accessibility 1.1, section 2.2)."""


class _Chapter(NamedTuple):
    """A document: its file and its bytes, in the order in which they are read."""

    name: str
    data: bytes


def epub_file(issue: ArchiveIssue, cover: bytes, pictures: Mapping[str, bytes]) -> bytes:
    """Return the EPUB of an issue; `cover` and `pictures`, by their ids, are JPEG files."""
    chapters = list(_chapters(issue))
    shown = {picture_file(figure): pictures[figure.id] for figure in _figures(issue)}
    files = {chapter.name: chapter.data for chapter in chapters}
    files |= {_NAVIGATION: _navigation(issue), STYLE_NAME: STYLE.encode("ascii"), _COVER: cover, **shown}
    whole = {"META-INF/container.xml": _container()}
    whole[f"{_FOLDER}/{_PACKAGE}"] = _package(issue, list(files), [chapter.name for chapter in chapters])
    return _zipped(whole | {f"{_FOLDER}/{name}": data for name, data in files.items()})


def _chapters(issue: ArchiveIssue) -> Iterator[_Chapter]:
    """Yield the cover, then each page with the articles that begin on it."""
    yield _Chapter(_COVER_PAGE, _cover(issue))
    for page in issue.pages:
        yield _Chapter(page_file(issue, page), page_document(page, issue))
        for article in issue.articles:
            if article.number == page.number:
                yield _Chapter(article_file(article), article_document(article, issue))


def _figures(issue: ArchiveIssue) -> Iterator[Figure]:
    yield from issue.figures
    for article in issue.articles:
        yield from article.figures


def _title(issue: ArchiveIssue) -> str:
    return f"{issue.paper} 第{issue.number}期{issue.extra} {date_in_words(issue.date)}"


def _cover(issue: ArchiveIssue) -> bytes:
    made, body = document(_title(issue))
    section = add(body, "section", {"epub:type": "cover"})
    add(section, "img", {"src": _COVER, "alt": f"{_title(issue)} 第{issue.pages[0].label}版版面"})
    return page_bytes(made)


def _navigation(issue: ArchiveIssue) -> bytes:
    """Return the contents: each page with the articles that begin on it."""
    made, body = document(_title(issue))
    contents = add(body, "nav", {"epub:type": "toc", "role": "doc-toc"})
    add(contents, "h1", text="目录")
    pages = add(contents, "ol")
    for page in issue.pages:
        entry = add(pages, "li")
        add(entry, "a", {"href": page_file(issue, page)}, page_name(page))
        begun = [article for article in issue.articles if article.number == page.number]
        listed = add(entry, "ol") if begun else entry
        for article in begun:
            add(add(listed, "li"), "a", {"href": article_file(article)}, article_name(article))
    return page_bytes(made)


def _container() -> bytes:
    made = root("container", {"version": "1.0", "xmlns": "urn:oasis:names:tc:opendocument:xmlns:container"})
    files = add(made, "rootfiles")
    add(files, "rootfile", {"full-path": f"{_FOLDER}/{_PACKAGE}", "media-type": "application/oebps-package+xml"})
    return xml_bytes(made)


def _package(issue: ArchiveIssue, names: list[str], spine: list[str]) -> bytes:
    attributes = {"version": "3.0", "unique-identifier": "id", "xml:lang": "zh-Hans", "xmlns": "http://www.idpf.org/2007/opf"}
    made = root("package", attributes)
    _metadata(made, issue)
    ids = {name: f"f{number:04d}" for number, name in enumerate(names, 1)}
    manifest = add(made, "manifest")
    for name, own in ids.items():
        kind = _TYPES[name.rpartition(".")[2]]
        add(manifest, "item", {"id": own, "href": name, "media-type": kind, "properties": _PROPERTIES.get(name, "")})
    order = add(made, "spine")
    for name in spine:
        add(order, "itemref", {"idref": ids[name]})
    return xml_bytes(made)


def _metadata(parent: Element, issue: ArchiveIssue) -> None:
    """Write what the book is; its identifier follows from where its issue has its name."""
    made = add(parent, "metadata", {"xmlns:dc": "http://purl.org/dc/elements/1.1/"})
    own = uuid.uuid5(uuid.NAMESPACE_URL, f"{payload_address(issue)}/{issue.name}.epub")
    add(made, "dc:identifier", {"id": "id"}, f"urn:uuid:{own}")
    add(made, "dc:title", text=_title(issue))
    add(made, "dc:language", text="zh-Hans")
    if issue.publisher:
        add(made, "dc:publisher", text=issue.publisher)
    add(made, "dc:date", text=issue.date.isoformat())
    _say(made, "dcterms:modified", f"{issue.date.isoformat()}T00:00:00Z")
    add(made, "meta", {"property": "belongs-to-collection", "id": "paper"}, issue.paper)
    add(made, "meta", {"refines": "#paper", "property": "collection-type"}, "series")
    add(made, "meta", {"refines": "#paper", "property": "group-position"}, issue.number)
    for name, value in _ACCESS:
        _say(made, name, value)


def _say(parent: Element, name: str, value: str) -> None:
    add(parent, "meta", {"property": name}, value)


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """Return the container (OCF): its type first and as it is, pictures as they are, all else deflated."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as container:
        for name, data in {"mimetype": TYPE, **files}.items():
            entry = zipfile.ZipInfo(name, _FIRST_DAY)
            entry.external_attr, entry.create_system = _PLAIN_FILE, 3
            is_stored = name == "mimetype" or name.endswith(".jpg")
            container.writestr(entry, data, zipfile.ZIP_STORED if is_stored else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()

"""The archive's package of an issue: one bag with its pages, their text with places, its articles, and its sources."""

from collections.abc import Iterator, Mapping

from layout import __version__
from layout.archive.alto import alto_file
from layout.archive.bag import bag_files
from layout.archive.data import article_data, as_json, issue_data, issue_table
from layout.archive.mets import mets_file
from layout.archive.model import ArchiveIssue
from layout.archive.packed import PackedFile, Use, article_path, mets_name, page_path
from layout.archive.plain import markdown, plain_text


def package(
    issue: ArchiveIssue,
    documents: Mapping[str, bytes],
    images: Mapping[int, bytes],
    sources: Mapping[str, bytes],
    families: Mapping[str, str],
) -> dict[str, bytes]:
    """Return the files of an issue's bag by path.

    `documents` are its PDF files by name, `images` those of its pages by number, `families` the names of its faces by their
    roles.
    """
    files = [
        *_pages(issue, documents, images, families),
        *_issue_files(issue, documents),
        *_articles(issue),
        *_sources(sources),
    ]
    payload = {file.path: file.data for file in files}
    payload[mets_name(issue.name)] = mets_file(issue, files)
    return bag_files(payload, _facts(issue))


def _pages(
    issue: ArchiveIssue, documents: Mapping[str, bytes], images: Mapping[int, bytes], families: Mapping[str, str]
) -> Iterator[PackedFile]:
    for page in issue.pages:
        pdf, image, text = (page_path(issue.name, page.number, ending) for ending in ("pdf", "jpg", "xml"))
        yield PackedFile(image, images[page.number], Use.IMAGE, page=page.number)
        yield PackedFile(pdf, documents[pdf.rpartition("/")[2]], Use.PRINT, page=page.number)
        alto = alto_file(page, issue, image.rpartition("/")[2], families)
        yield PackedFile(text, alto, Use.TEXT, page=page.number)


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

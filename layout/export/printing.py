"""The printer's files: one PDF a page and one for the issue."""

from collections.abc import Iterator, Sequence

from layout.export.content import page_content
from layout.export.pdf import DocumentFacts, write_document
from layout.frame import Page, Picture
from layout.manifest.schema import Issue
from layout.pictures import Samples, read_samples
from layout.script.numerals import date_in_words
from layout.typeface.catalogue import Faces


def print_files(issue: Issue, pages: Sequence[Page], faces: Faces) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each page's file and of the issue's file."""
    contents = [page_content(page, faces) for page in pages]
    samples: dict[Picture, Samples] = {
        picture: read_samples(picture.path) for content in contents for picture in content.pictures
    }
    for content in contents:
        facts = _facts(issue, f" {content.page.label}版 {content.page.section}".rstrip())
        name = f"{issue.name}_{content.page.number:04d}.pdf"
        yield name, write_document([content], faces, {p: samples[p] for p in content.pictures}, facts)
    yield f"{issue.name}.pdf", write_document(contents, faces, samples, _facts(issue, ""))


def _facts(issue: Issue, part: str) -> DocumentFacts:
    date = date_in_words(issue.date)
    publisher = issue.paper.imprint.publisher or issue.paper.imprint.sponsor or issue.paper.name
    return DocumentFacts(
        f"{issue.paper.name} 第{issue.number}期{part}", f"{issue.paper.name} {date} 第{issue.number}期", publisher, issue.date
    )

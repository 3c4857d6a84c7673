"""The printer's files: one PDF a page and one for the issue."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from layout.export.content import Texts, page_content
from layout.export.metadata import DocumentFacts
from layout.export.pdf import write_document
from layout.frame import Page
from layout.manifest.issue import Issue
from layout.pictures import read_samples
from layout.script.numerals import date_in_words
from layout.typeface.catalogue import Faces


def print_files(issue: Issue, pages: Sequence[Page], faces: Faces) -> dict[str, bytes]:
    """Return the bytes of each page's file and of the issue's file by name.

    Files are made in threads: more than half of the work is deflating, which leaves Python free.
    """
    texts: Texts = {}
    contents = [page_content(page, faces, texts) for page in pages]
    samples = {picture: read_samples(picture, issue.press) for content in contents for picture in content.pictures}
    jobs = {f"{issue.name}.pdf": (contents, _facts(issue, ""))}
    for content in contents:
        part = f" {content.page.label}版 {content.page.section}".rstrip()
        jobs[f"{issue.name}_{content.page.number:04d}.pdf"] = ([content], _facts(issue, part))
    with ThreadPoolExecutor() as pool:
        made = pool.map(lambda job: write_document(job[0], faces, samples, job[1], issue.press), jobs.values())
        return dict(zip(jobs, made, strict=True))


def _facts(issue: Issue, part: str) -> DocumentFacts:
    date = date_in_words(issue.date)
    imprint = issue.paper.imprint
    number = f"第{issue.number}期{issue.extra.value if issue.extra else ''}"
    publisher = imprint.publisher.text or imprint.sponsor.text or issue.paper.name.text
    return DocumentFacts(
        f"{issue.paper.name.text} {number}{part}",
        f"{issue.paper.name.text} {date} {number}",
        publisher,
        issue.date,
    )

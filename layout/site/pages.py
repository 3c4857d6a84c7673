"""Makes the pages of an issue: one for each page of the paper, one for each article."""

import re
from collections.abc import Mapping

from layout.archive.model import ArchiveIssue
from layout.script.numerals import date_in_words, weekday
from layout.site.metadata import article_data, article_property, citation_tags, page_data, page_property
from layout.site.names import calendar_name, relative, root_of
from layout.site.record import Entry, Record
from layout.site.register import Around
from layout.site.templates import Markup, fill, filled
from layout.site.views import Images, article_views, page_views

_ISSUES = re.compile(rb"<!--issues-->.*?<!--/issues-->", re.DOTALL)


def issue_pages(issue: ArchiveIssue, record: Record, images: Images, around: Around) -> dict[str, bytes]:
    """Return the pages of an issue by name."""
    pages = page_views(issue, record, images)
    shared = _shared(issue, record, around)
    files = {}
    for before, page, after in zip((None, *pages), pages, (*pages[1:], None), strict=False):
        beside = {"page_before": before, "page_after": after, "pages": pages}
        told = {"data": page_data(page, record), "property": page_property(page, record)}
        files[page.file] = fill("page.html", page=page, path=f"{record.entry.folder}/{page.file}", **beside, **told, **shared)
    for view in article_views(issue, pages, images):
        told = {"data": article_data(view, record), "property": article_property(view, record)}
        path = f"{record.entry.folder}/{view.file}"
        tags = tuple(citation_tags(view, record))
        files[view.file] = fill(
            "article.html", view=view, article=view.article, page=view.parts[0], tags=tags, path=path, **told, **shared
        )
    return files


def _shared(issue: ArchiveIssue, record: Record, around: Around) -> Mapping[str, object]:
    """Return what all pages of an issue show."""
    entry = record.entry
    return {
        "paper": record.paper,
        "entry": entry,
        "issue_pdf": f"{issue.name}.pdf",
        "root": root_of(entry.first),
        "calendar": f"{calendar_name(entry.year)}#m{issue.date.month}",
        "date": date_in_words(issue.date),
        "weekday": weekday(issue.date),
        "issues": issue_links(entry, around),
    }


def issue_links(entry: Entry, around: Around) -> Markup:
    """Return the links of an issue's pages to the issues before and after it."""
    before, after = (relative(first, entry.first) if first else "" for first in around.firsts)
    return filled("issues.html", before=before, after=after).strip()


def relinked(page: bytes, links: Markup) -> bytes | None:
    """Return a page of an issue with other links to the issues before and after it; None where it has no place for them."""
    made, count = _ISSUES.subn(lambda _: links.encode("utf-8"), page)
    return made if count == 1 else None

"""Articles and the issue as JSON, and the issue's articles as a table.

An article's object has ``id``, ``issue``, ``date``, ``page`` (its number), ``label``, ``section``, ``order`` (among the
articles of its page), ``column-title``, ``kicker``, ``headline``, ``deck``, ``summary`` (a list), ``byline``, ``dateline``,
``paragraphs``, ``pictures``, ``parts`` and ``over`` (ids of the articles under a head over several). A paragraph has its
``kind`` (text, subhead, quotation, item, table, remark, editorial, rule, pull) and its ``text``, a table its ``rows`` of
cells, the heads first. A picture has ``id``, ``file``, ``caption``, ``credit``, ``page`` and ``box``. A part is what stands on
one page: ``page``, ``label``, the ``area`` and the ``boxes`` of its head and its legs. A box is [x, y, width, height] in pixels
of the page image.
"""

import csv
import io
import json

from layout.archive.model import ArchiveIssue, ArchivePage, Article, Block, BlockRole, Figure, Text
from layout.archive.raster import PAGE_PPI, pixel_box, pixels
from layout.geometry import Rect

_COLUMNS = (
    "id", "issue", "date", "page", "label", "section", "order", "column_title",
    "kicker", "headline", "deck", "byline", "dateline", "characters", "pages", "text",
)  # fmt: skip


def as_json(value: object) -> bytes:
    """Return plain data as the bytes of a JSON file."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def article_data(article: Article, issue: ArchiveIssue) -> dict[str, object]:
    """Return an article as plain data."""
    return {
        "id": article.id,
        "issue": issue.name,
        "date": issue.date.isoformat(),
        "page": article.number,
        "label": article.label,
        "section": article.section,
        "order": article.order,
        "column-title": article.column_title,
        "kicker": article.kicker,
        "headline": article.headline,
        "deck": article.deck,
        "summary": list(article.summary),
        "byline": article.byline,
        "dateline": article.dateline,
        "paragraphs": list(map(_paragraph, article.paragraphs)),
        "pictures": list(map(_figure, article.figures)),
        "parts": [
            {"page": part.number, "label": part.label, "area": _box(part.area), "boxes": list(map(_box, part.boxes))}
            for part in article.parts
        ],
        "over": list(article.over),
    }


def _paragraph(paragraph: Text) -> dict[str, object]:
    if paragraph.rows:
        return {"kind": paragraph.kind.value, "rows": [list(row) for row in paragraph.rows]}
    return {"kind": paragraph.kind.value, "text": paragraph.text}


def _figure(figure: Figure) -> dict[str, object]:
    return {
        "id": figure.id,
        "file": figure.file,
        "caption": figure.caption,
        "credit": figure.credit,
        "page": figure.number,
        "box": _box(figure.box),
    }


def _box(box: Rect) -> list[int]:
    return list(pixel_box(box))


def issue_data(issue: ArchiveIssue) -> dict[str, object]:
    """Return the issue as plain data: its pages with their furniture, the ids of its articles, its pictures and adverts."""
    return {
        "issue": issue.name,
        "paper": issue.paper,
        "number": issue.number,
        "date": issue.date.isoformat(),
        "extra": issue.extra,
        "edition": issue.edition,
        "manifest": issue.manifest,
        "ppi": PAGE_PPI,
        "pages": [_page(page, issue) for page in issue.pages],
        "pictures": list(map(_figure, issue.figures)),
        "adverts": [
            {"id": each.id, "title": each.title, "file": each.file, "page": each.number, "box": _box(each.box)}
            for each in issue.adverts
        ],
    }


def _page(page: ArchivePage, issue: ArchiveIssue) -> dict[str, object]:
    return {
        "number": page.number,
        "label": page.label,
        "section": page.section,
        "width": pixels(page.size.width),
        "height": pixels(page.size.height),
        "articles": [article.id for article in issue.articles_of(page.number)],
        "furniture": [_furniture(block) for block in page.blocks if block.role is BlockRole.FURNITURE],
    }


def _furniture(block: Block) -> dict[str, object]:
    return {"name": block.owner, "text": block.text or block.words, "box": _box(block.box)}


def issue_table(issue: ArchiveIssue) -> bytes:
    """Return the issue's articles as comma-separated values, a row each, for spreadsheets: UTF-8 with its mark, CRLF."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(_COLUMNS)
    for article in issue.articles:
        text = article.text
        writer.writerow((
            article.id, issue.name, issue.date.isoformat(), article.number, article.label, article.section, article.order,
            article.column_title, article.kicker, article.headline, article.deck, article.byline, article.dateline,
            len("".join(text.split())), " ".join(part.label for part in article.parts), text,
        ))  # fmt: skip
    return buffer.getvalue().encode("utf-8-sig")

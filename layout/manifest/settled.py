"""Paragraphs as they are set: checked for what copy should not have, and without what has no ink."""

from collections.abc import Iterator

from layout.manifest.copy import Paragraph
from layout.manifest.source import Report
from layout.manifest.wording import check_western_marks, check_words
from layout.script.unprintable import settable
from layout.script.white import body_white


def settled(paragraph: Paragraph, report: Report) -> Iterator[Paragraph]:
    """Yield the paragraph as it is set; nothing where it has no text."""
    if paragraph.table is not None:
        yield paragraph
        return
    check_western_marks(paragraph.raw, paragraph.place_at, report)
    if "&" in paragraph.raw:  # names such as &#8203; are characters now
        check_words(paragraph.text, lambda _: paragraph.place_of("&"), report, told=paragraph.raw)
    texts = body_white([settable(run.text) for run in paragraph.runs])
    if not any(texts):
        return
    runs = (
        run if text == run.text else run._replace(text=text) for run, text in zip(paragraph.runs, texts, strict=True) if text
    )
    yield paragraph._replace(runs=tuple(runs))


def settled_cell(cell: Paragraph, report: Report) -> Paragraph:
    """Return the cell of a table as it is set; it may be empty."""
    return next(settled(cell, report), cell._replace(runs=()))

"""Tables as they are read, from Markdown or from files of comma-separated values; the only reader of those files."""

import csv
import io
import re
from collections.abc import Sequence
from typing import NamedTuple

from layout.diagnostics import Span
from layout.manifest.areas import Align
from layout.manifest.copy import Paragraph, ParagraphKind, Table, TextRun
from layout.manifest.settled import settled_cell
from layout.manifest.source import Report
from layout.manifest.wording import check_words, is_too_long
from layout.script.joint import join_lines

_BARS = re.compile(r"(?<!\\)\|")


class Row(NamedTuple):
    """A row as it was read."""

    cells: tuple[Paragraph, ...]
    span: Span


def bare_cells(line: str, span: Span) -> list[Paragraph]:
    """Return the cells of a line of Markdown without their text: raw, and each at its place."""
    ends = [match.start() for match in _BARS.finditer(line)]
    starts = [0, *(end + 1 for end in ends)]
    cells = [(start, line[start:end]) for start, end in zip(starts, [*ends, len(line)], strict=True)]
    if ends and not cells[0][1].strip():
        cells = cells[1:]
    if ends and cells and not cells[-1][1].strip():
        cells = cells[:-1]
    blanks = [len(raw) - len(raw.lstrip()) for _, raw in cells]
    return [
        Paragraph((), span._replace(column=span.column + start + blank), raw.strip())
        for (start, raw), blank in zip(cells, blanks, strict=True)
    ]


def make_table(rows: Sequence[Row], aligns: Sequence[Align | None], report: Report) -> Paragraph | None:
    """Return the table of some rows, of which the first has the heads, as a paragraph; None with findings."""
    heads, *body = rows
    uneven = [row for row in body if len(row.cells) != len(heads.cells)]
    if uneven:
        got, wanted = len(uneven[0].cells), len(heads.cells)
        report.add("uneven-row", uneven[0].span, got=got, wanted=wanted, count=len(uneven))
        return None
    if not any(cell.runs for row in body for cell in row.cells):
        report.add("empty-table", heads.span)
        return None
    table = Table(heads.cells, tuple(row.cells for row in body), tuple(aligns))
    raw = heads.cells[0].raw
    return Paragraph((), heads.span, raw, ParagraphKind.TABLE, table)


def read_csv(text: str, name: str, report: Report) -> Paragraph | None:
    """Return the table of a file of comma-separated values, whose first row has the heads; None with findings."""
    if is_too_long(text, Span(name, 1, 1), report) or not check_words(
        text, Paragraph((), Span(name, 1, 1), text).place_at, report
    ):
        return None
    reader = csv.reader(io.StringIO(text), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for texts in reader:
            if any(map(str.strip, texts)):
                span = Span(name, line, 1)
                rows.append(Row(tuple(_cell(words, span, report) for words in texts), span))
            line = reader.line_num + 1
    except csv.Error as error:
        report.add("csv", Span(name, line, 1), reason=str(error))
        return None
    if not rows:
        report.add("empty-table", Span(name, 1, 1))
        return None
    return make_table(rows, [None] * len(rows[0].cells), report)


def _cell(words: str, span: Span, report: Report) -> Paragraph:
    text = join_lines(words.splitlines()) if "\n" in words else words
    return settled_cell(Paragraph((TextRun(text),), span, words), report)

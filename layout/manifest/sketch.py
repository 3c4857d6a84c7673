"""The sketch: one letter a base column, one row a band; every letter's cells form one rectangle."""

from dataclasses import dataclass

from layout.diagnostics import Span
from layout.manifest.kinds import Located
from layout.manifest.source import Report

EMPTY = "."


@dataclass(frozen=True, slots=True)
class Cells:
    """The rectangle of a letter in base columns and bands, counted from 0."""

    letter: str
    column: int
    columns: int
    band: int
    bands: int
    span: Span


def read_sketch(sketch: Located[str], columns: int, report: Report) -> tuple[int, tuple[Cells, ...]]:
    """Return the number of bands and the letters' rectangles in reading order of their upper left corners.

    A row is written with or without white between its letters. Rows of another width than the page's
    base columns and letters that form no rectangle are findings.
    """
    rows = [_row(line) for line in sketch.value.splitlines() if line.strip()]
    places: dict[str, list[tuple[int, int]]] = {}
    for band, row in enumerate(rows):
        span = _row_span(sketch, band)
        if len(row) != columns:
            report.add("sketch-width", span, got=len(row), wanted=columns)
        for column, letter in enumerate(row):
            if letter != EMPTY:
                places.setdefault(letter, []).append((band, column))
    cells = (_rectangle(letter, spots, sketch, report) for letter, spots in places.items())
    return len(rows), tuple(cell for cell in cells if cell is not None)


def _row(line: str) -> list[str]:
    return line.split() if " " in line.strip() else list(line.strip())


def _row_span(sketch: Located[str], band: int) -> Span:
    file, line, column = sketch.span
    return Span(file, line + band + (1 if "\n" in sketch.value else 0), column)


def _rectangle(letter: str, spots: list[tuple[int, int]], sketch: Located[str], report: Report) -> Cells | None:
    bands, columns = zip(*spots, strict=True)
    top, left = min(bands), min(columns)
    depth, width = max(bands) - top + 1, max(columns) - left + 1
    if len(letter) != 1 or depth * width != len(spots):
        report.add("no-rectangle", _row_span(sketch, top), letter=letter)
        return None
    return Cells(letter, left, width, top, depth, _row_span(sketch, top))

"""The sketch: one letter a base column, one row a band; every letter's cells form one rectangle."""

from typing import NamedTuple

from layout.diagnostics import Span
from layout.manifest.source import Report, Scalar

EMPTY = "."


class Cells(NamedTuple):
    """The rectangle of a letter in base columns and bands, counted from 0."""

    letter: str
    column: int
    columns: int
    band: int
    bands: int
    span: Span


class Sketch(NamedTuple):
    """A sketch as read: the number of its bands, every letter in it, and the rectangles of those that form one."""

    bands: int
    letters: frozenset[str]
    cells: tuple[Cells, ...]


class _Spot(NamedTuple):
    """A letter's cell and its place in the file."""

    band: int
    column: int
    span: Span


def read_sketch(sketch: Scalar, columns: int | None, report: Report) -> Sketch:
    """Return the sketch, its rectangles in reading order of their upper left corners; `columns` is None if unknown.

    A row is written with or without white between its letters. Rows of another width than the page's base columns
    and letters that form no rectangle are findings.
    """
    band = 0
    start = 0
    places: dict[str, list[_Spot]] = {}
    for line in sketch.text.split("\n"):
        row = _row(line)
        if row and columns is not None and len(row) != columns:
            report.add("sketch-width", _place(sketch, start + row[0][1]), got=len(row), wanted=columns)
        for column, (letter, offset) in enumerate(row):
            if letter != EMPTY:
                places.setdefault(letter, []).append(_Spot(band, column, _place(sketch, start + offset)))
        band += bool(row)
        start += len(line) + 1
    cells = (_rectangle(letter, spots, report) for letter, spots in places.items())
    return Sketch(band, frozenset(places), tuple(cell for cell in cells if cell is not None))


def _row(line: str) -> list[tuple[str, int]]:
    """Return the letters of a row with their offsets in the line."""
    return [(sign, offset) for offset, sign in enumerate(line) if not sign.isspace()]


def _place(sketch: Scalar, offset: int) -> Span:
    return sketch.place_at(offset) if sketch.is_block else sketch.span


def _rectangle(letter: str, spots: list[_Spot], report: Report) -> Cells | None:
    top, left = min(spot.band for spot in spots), min(spot.column for spot in spots)
    depth = max(spot.band for spot in spots) - top + 1
    width = max(spot.column for spot in spots) - left + 1
    if depth * width != len(spots):
        report.add("no-rectangle", spots[0].span, letter=letter)
        return None
    return Cells(letter, left, width, top, depth, spots[0].span)

"""The sketch: one letter a base column, one row a band; every letter's cells form one shape, a rectangle as a rule."""

from collections.abc import Iterator
from typing import NamedTuple

from layout.diagnostics import Span
from layout.manifest.issue import Notch
from layout.manifest.source import Report, Scalar

EMPTY = "."


class Cells(NamedTuple):
    """The bounds of a letter's cells in base columns and bands, counted from 0; `notches` are not its own."""

    letter: str
    column: int
    columns: int
    band: int
    bands: int
    span: Span
    notches: tuple[Notch, ...] = ()


class Sketch(NamedTuple):
    """A sketch as read: the number of its bands, every letter in it, and the bounds of those whose cells hang together."""

    bands: int
    letters: frozenset[str]
    cells: tuple[Cells, ...]


class _Spot(NamedTuple):
    """A letter's cell and its place in the file."""

    band: int
    column: int
    span: Span


MOST_BANDS, MOST_COLUMNS = 2000, 100
"""More than any page has lines and base columns, so that a finding is certain where a sketch has them; the rest is not read."""


def read_sketch(sketch: Scalar, columns: int | None, report: Report) -> Sketch:
    """Return the sketch, its areas in reading order; `columns` is None if unknown.

    A row is written with or without white between its letters. Rows of another width than the page's base columns
    and letters whose cells lie apart are findings.
    """
    band = 0
    start = 0
    places: dict[str, list[_Spot]] = {}
    for line in sketch.text.split("\n"):
        row = _row(line)
        if row and columns is not None and len(row) != columns:
            report.add("sketch-width", _place(sketch, start + row[0][1]), got=len(row), wanted=columns)
        for column, (letter, offset) in enumerate(row[:MOST_COLUMNS]):
            if letter != EMPTY:
                spots = places.setdefault(letter, [])
                spots.append(_Spot(band, column, spots[0].span if spots else _place(sketch, start + offset)))
        band += bool(row)
        start += len(line) + 1
        if band == MOST_BANDS:
            break
    cells = (_shape(letter, spots, report) for letter, spots in places.items())
    return Sketch(band, frozenset(places), tuple(cell for cell in cells if cell is not None))


def _row(line: str) -> list[tuple[str, int]]:
    """Return the letters of a row with their offsets in the line."""
    return [(sign, offset) for offset, sign in enumerate(line) if not sign.isspace()]


def _place(sketch: Scalar, offset: int) -> Span:
    return sketch.place_at(offset) if sketch.is_block else sketch.span


def _shape(letter: str, spots: list[_Spot], report: Report) -> Cells | None:
    """Return the bounds of a letter's cells with what lacks in them; cells that do not hang together are a finding."""
    own = {(spot.band, spot.column) for spot in spots}
    top, left = min(band for band, _ in own), min(column for _, column in own)
    bands = range(top, max(band for band, _ in own) + 1)
    columns = range(left, max(column for _, column in own) + 1)
    if len(_joined(own)) < len(own):
        report.add("cells-apart", spots[0].span, letter=letter)
        return None
    notches = tuple(_notches(own, bands, columns))
    return Cells(letter, left, len(columns), top, len(bands), spots[0].span, notches)


def _joined(cells: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the cells that hang together with the first one, side to side."""
    found = {min(cells)}
    open_cells = list(found)
    while open_cells:
        band, column = open_cells.pop()
        beside = {(band - 1, column), (band + 1, column), (band, column - 1), (band, column + 1)}
        new = (beside & cells) - found
        found |= new
        open_cells += new
    return found


def _notches(own: set[tuple[int, int]], bands: range, columns: range) -> Iterator[Notch]:
    """Yield the rectangles that lack in a shape: runs of cells beside each other, as deep as they stay the same."""
    before: dict[tuple[int, int], int] = {}
    for band in range(bands.start, bands.stop + 1):
        lacking = [column for column in columns if band < bands.stop and (band, column) not in own]
        starts = [column for column in lacking if column - 1 not in lacking]
        runs = {(start, next(end for end in range(start, columns.stop + 1) if end not in lacking) - start) for start in starts}
        for (column, width), first in before.items():
            if (column, width) not in runs:
                yield Notch(column, width, first, band - first)
        before = {run: before.get(run, band) for run in runs}

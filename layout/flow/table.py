"""Tables (表): columns by whole half ems, rows in whole lines of the grid, three rules (三线表).

Widths: each column gets what its widest cell takes on one line, with half an em on both sides. Where that is more than
the measure, the widest column of text is made narrower by half an em, again and again, until all of them fit; no column
becomes narrower than its longest word or number. What is left over is shared out evenly. A table that does not fit is
set in 六号; one that does not fit then is told.

Sources: CY/T 170-2019 (学术出版规范 表格) for the three rules, heads in the middle, text of several lines at the left,
figures level at their units and heads repeated where a table goes on; CLREQ `#considerations_in_designing_type_area` for
六号 as the smallest size.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.design.plan import RULE
from layout.design.styles import SMALLEST
from layout.diagnostics import Absent, Diagnostic, absent_glyphs, finding
from layout.flow.interlinear import interlinear_findings
from layout.flow.piece import Piece
from layout.flow.styling import styled
from layout.frame import Fill, Placed
from layout.manifest.areas import Align
from layout.manifest.copy import Paragraph, Table
from layout.manifest.paper import Role
from layout.script.figures import is_missing, is_number, units_end
from layout.script.rules import Interlinear
from layout.text.justify import Fit, set_line
from layout.text.lines import break_lines
from layout.text.measure import LineSpan, line_width, natural_width, opening
from layout.text.shape import Shaper
from layout.text.shaped import ShapedText
from layout.units import PT, Emu, share

PAD = 1
"""Half ems of white at each side of a column."""

_LEAST_TEXT = 8
"""Half ems below which a column of text is not made narrower."""

_LOOSE = 8
"""A full line of a cell opens at each joint by no more than this part of an em, or else it is left ragged."""

MOST_LEGS = 12
"""More legs than any area has: what lies beyond so many of the page's depth is counted, and needs no setting."""


class _Cell(NamedTuple):
    """A shaped cell; `before` is the width of its number up to its units, None where it is no number in a column of them."""

    shaped: ShapedText
    width: Emu
    absent: tuple[Absent, ...]
    before: Emu | None = None


class Column(NamedTuple):
    """What a column needs in half ems without white: on one line, and at least."""

    natural: int
    least: int


class _Shaped(NamedTuple):
    """A table shaped at a size: its heads, the rows that a page may hold, and by column where its cells stand.

    `units` is by column the width before the units and of the whole of its numbers, None where it has text.
    """

    heads: tuple[_Cell, ...]
    rows: tuple[tuple[_Cell, ...], ...]
    units: tuple[tuple[Emu, Emu] | None, ...]


def set_table(paragraph: Paragraph, grid: PageGrid, shaper: Shaper, measure: Emu) -> tuple[Piece, ...]:
    """Return the table of a paragraph set to a measure: its heads, which bring what was found, and its rows."""
    table = paragraph.table
    assert table is not None
    room = 2 * measure // grid.em
    wanted = table.size or grid.em
    shown = table._replace(rows=table.rows[: MOST_LEGS * grid.lines])
    problems: tuple[Diagnostic, ...] = ()
    widths: list[int] | None = None
    for size in dict.fromkeys((wanted, min(wanted, SMALLEST))):
        shaped = _shape(shown, grid, shaper, size)
        columns = [_column(shaped, number, grid.em) for number in range(len(table.heads))]
        widths = column_widths(columns, room - 2 * PAD * len(columns))
        if widths is not None:
            break
    if widths is None:
        problems = (_too_wide(table, columns, room),)
        widths = share(max(len(columns), room - 2 * PAD * len(columns)), len(columns))
    setter = _Setter(shown, shaped, widths, grid)
    rest = (Piece((), "".join(cell.text for cell in row), 1, row[0].span) for row in table.rows[len(shown.rows) :])
    problems += tuple(_findings(shown, shaped, grid, shaper.rules.interlinear))
    return (setter.heads()._replace(problems=problems), *setter.rows(), *rest)


def column_widths(columns: Sequence[Column], room: int) -> list[int] | None:
    """Return the widths of columns in half ems that sum to `room`, or None where their least ones are more."""
    widths = [max(column.least, min(column.natural, room)) for column in columns]
    over = sum(widths) - room
    while over > 0:
        open_columns = [number for number, column in enumerate(columns) if widths[number] > column.least]
        if not open_columns:
            return None
        widths[max(open_columns, key=widths.__getitem__)] -= 1
        over -= 1
    return [width + more for width, more in zip(widths, share(-over, len(columns)), strict=True)]


def _too_wide(table: Table, columns: Sequence[Column], room: int) -> Diagnostic:
    needed = sum(column.least + 2 * PAD for column in columns)
    widest = max(range(len(columns)), key=lambda number: columns[number].least)
    values = {"columns": len(columns), "needed": -(-needed // 2), "given": room // 2, "widest": widest + 1}
    return finding("table-too-wide", table.heads[widest].span, **values)


# ---- shaping -----------------------------------------------------------------------------------------------------


def _shape(table: Table, grid: PageGrid, shaper: Shaper, size: Emu) -> _Shaped:
    numeric = [_has_numbers(table, number) for number in range(len(table.heads))]
    heads = tuple(_cell(cell, grid, shaper, size, Role.HEI, False) for cell in table.heads)
    rows = tuple(
        tuple(_cell(cell, grid, shaper, size, None, has) for cell, has in zip(row, numeric, strict=True)) for row in table.rows
    )
    return _Shaped(heads, rows, tuple(_units(rows, number) if has else None for number, has in enumerate(numeric)))


def _has_numbers(table: Table, number: int) -> bool:
    """Return whether a column whose writer did not say where it stands has numbers, and nothing else."""
    texts = [row[number].text for row in table.rows]
    return (
        table.aligns[number] is None
        and any(map(is_number, texts))
        and all(is_number(text) or is_missing(text) for text in texts)
    )


def _cell(cell: Paragraph, grid: PageGrid, shaper: Shaper, size: Emu, plain: Role | None, in_numbers: bool) -> _Cell:
    shaped, absent = shaper.shape(list(styled(cell, grid, plain=plain)), size)
    is_figure = in_numbers and not is_missing(cell.text)
    before = sum(shaped.advances[: units_end(cell.text)]) if is_figure else None
    return _Cell(shaped, line_width(shaped), absent, before)


def _units(rows: tuple[tuple[_Cell, ...], ...], number: int) -> tuple[Emu, Emu]:
    cells = [row[number] for row in rows]
    before = max(cell.before or 0 for cell in cells)
    after = max(cell.width - cell.before for cell in cells if cell.before is not None)
    return before, max(before + after, *(cell.width for cell in cells))


def _column(shaped: _Shaped, number: int, em: Emu) -> Column:
    cells = [row[number] for row in shaped.rows]
    units = shaped.units[number]
    widest = units[1] if units else max((cell.width for cell in cells), default=0)
    natural = max(1, _halves(max(widest, shaped.heads[number].width), em))
    words = [shaped.heads[number]] if units else [shaped.heads[number], *cells]
    unbroken = max(map(_longest_word, (cell.shaped for cell in words)))
    least = max(_halves(max(unbroken, units[1] if units else 0), em), min(natural, 1 if units else _LEAST_TEXT))
    return Column(natural, min(natural, least))


def _halves(width: Emu, em: Emu) -> int:
    return -(-2 * width // em)


def _longest_word(shaped: ShapedText) -> Emu:
    """Return the width of the longest part that no line end may part."""
    ends = list(accumulate(shaped.advances, initial=0))
    places = [place for place, kind in enumerate(shaped.breaks) if kind]
    widest = max(pairwise(places), key=lambda part: ends[part[1]] - ends[part[0]], default=None)
    return natural_width(shaped, LineSpan(*widest)) if widest else 0


def _findings(table: Table, shaped: _Shaped, grid: PageGrid, room: Interlinear) -> Iterator[Diagnostic]:
    """Yield what is told of the cells: characters that their faces lack, marks without room."""
    for row, cells in zip((table.heads, *table.rows), (shaped.heads, *shaped.rows), strict=True):
        for paragraph, cell in zip(row, cells, strict=True):
            yield from absent_glyphs(cell.absent, paragraph.place_of)
            yield from interlinear_findings(paragraph, grid, room=room)


# ---- setting -----------------------------------------------------------------------------------------------------

_HEAVY: Emu = 3 * PT // 2
"""The rules above and below a table: lighter than those of masthead and folio, as heavy as the stems of 黑."""

_TOP, _BELOW_HEADS, _FOOT = 300, -80, 400
"""Where the middle of a table's rules lies, in per mille of the line pitch.

The heavy rule is below the top of the heads, which take a line more than their text and have it in the middle; the
hairline below them is above their foot; the heavy rule that ends the table is below the last row, in a line of its own.
Where the table goes on in the next leg, a hairline ends this one, between two lines.
"""


class _Setter(NamedTuple):
    """A table with the widths of its columns in half ems."""

    table: Table
    shaped: _Shaped
    widths: Sequence[int]
    grid: PageGrid

    @property
    def _edges(self) -> list[Emu]:
        """Where the columns begin and end, their white included."""
        return [halves * self.grid.em // 2 for halves in accumulate((2 * PAD + width for width in self.widths), initial=0)]

    def heads(self) -> Piece:
        """Return the heads between their rules."""
        pitch = self.grid.pitch
        lines = [self._lines(cell, number) for number, cell in enumerate(self.shaped.heads)]
        count = max(map(len, lines))
        depth = count + 1 if count else 1
        top = pitch * _TOP // 1000
        foot = depth * pitch + (pitch * _BELOW_HEADS // 1000 if count else 0)
        items = [self._level(top, _HEAVY), *self._uprights(top, depth * pitch)]
        if count:
            items.append(self._level(foot, RULE))
        for number, (cell, spans) in enumerate(zip(self.shaped.heads, lines, strict=True)):
            shift = (top + foot - len(spans) * pitch) // 2
            items += self._cell(cell, spans, number, Align.CENTRE, shift)
        return self._piece(items, self.table.heads, depth)

    def rows(self) -> Iterator[Piece]:
        """Yield the rows, the last one with the rule below it."""
        pitch = self.grid.pitch
        for row, cells in zip(self.table.rows, self.shaped.rows, strict=True):
            lines = [self._lines(cell, number) for number, cell in enumerate(cells)]
            depth = max(1, *map(len, lines))
            foot = depth * pitch
            items: list[Placed] = []
            is_last = row is self.table.rows[-1]
            if is_last:
                foot += pitch * _FOOT // 1000
                depth += 1
                items.append(self._level(foot, _HEAVY))
            items += self._uprights(0, foot)
            for number, (cell, spans) in enumerate(zip(cells, lines, strict=True)):
                items += self._cell(cell, spans, number, self.table.aligns[number], 0)
            yield self._piece(items, row, depth)._replace(foot=() if is_last else (self._level(foot, RULE),))

    def _piece(self, items: list[Placed], row: tuple[Paragraph, ...], depth: int) -> Piece:
        return Piece(tuple(items), "".join(cell.text for cell in row), depth, row[0].span)

    def _level(self, y: Emu, weight: Emu) -> Placed:
        return Placed(0, y - weight // 2, Fill(self._edges[-1], weight))

    def _uprights(self, top: Emu, foot: Emu) -> Iterator[Placed]:
        """Yield the rules between columns, where the table has them."""
        if self.table.has_rules:
            yield from (Placed(x - RULE // 2, top, Fill(RULE, foot - top)) for x in self._edges[1:-1])

    def _lines(self, cell: _Cell, number: int) -> tuple[LineSpan, ...]:
        measure = self.widths[number] * self.grid.em // 2
        if cell.width <= measure:
            return (LineSpan(0, len(cell.shaped.glyphs)),) if cell.shaped.glyphs else ()
        return break_lines(cell.shaped, measure)

    def _cell(self, cell: _Cell, spans: Sequence[LineSpan], number: int, align: Align | None, down: Emu) -> Iterator[Placed]:
        """Yield the lines of a cell, the first one's top so far below the top of its row."""
        measure = self.widths[number] * self.grid.em // 2
        left = self._edges[number] + PAD * self.grid.em // 2
        for line, span in enumerate(spans):
            is_ragged = span is spans[-1] or align in (Align.CENTRE, Align.RIGHT)
            fit = Fit.NATURAL if is_ragged else _fit(cell.shaped, span, measure)
            x = left + self._indent(cell, number, align, max(0, measure - natural_width(cell.shaped, span)))
            y = down + line * self.grid.pitch + self.grid.baseline
            for run in set_line(cell.shaped, span, measure, fit):
                yield Placed(x + run.x, y + run.y, run.item)

    def _indent(self, cell: _Cell, number: int, align: Align | None, spare: Emu) -> Emu:
        """Return by how much a line with so much white stands in: numbers are level at their units, in the middle together."""
        units = self.shaped.units[number]
        if align is None and units is not None and cell.before is not None:
            before, whole = units
            return max(0, self.widths[number] * self.grid.em // 2 - whole) // 2 + before - cell.before
        if align is None:
            align = Align.LEFT if units is None else Align.CENTRE
        return {Align.LEFT: 0, Align.CENTRE: spare // 2, Align.RIGHT: spare}[align]


def _fit(shaped: ShapedText, span: LineSpan, measure: Emu) -> Fit:
    return Fit.FULL if opening(shaped, span, measure) <= shaped.size // _LOOSE else Fit.NATURAL

"""The data of a masthead (报头) as a block of rows: the date large, the others below it, each told once."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from layout.design.grid import ascent
from layout.design.styles import LineStyle
from layout.diagnostics import Diagnostic, Span
from layout.frame import Placed
from layout.manifest.areas import Align
from layout.manifest.paper import Role
from layout.page.block import Setting
from layout.page.furniture.piece import SMALLEST, Datum, lacking, widest
from layout.page.furniture.words import says_date
from layout.text.single import SingleLine, set_single
from layout.units import PT, Emu, divide

_SIZE = 21 * PT // 2
_DATE = 1400
"""Size of the date's type in per mille of the others'."""

_FEED = 1400
"""From one row to the next, in per mille of the size of its type."""


class DataBlock(NamedTuple):
    """Rows of data, one below the other; `span` is where the words of the widest row stand."""

    rows: tuple[SingleLine, ...]
    width: Emu
    height: Emu
    fits: bool
    problems: tuple[Diagnostic, ...]
    span: Span

    def placed(self, x: Emu, y: Emu, width: Emu, align: Align) -> Iterator[Placed]:
        """Yield the rows with their top at `y`, aligned in a width that begins at `x`."""
        for line in self.rows:
            feed = _feed(line.size)
            yield from line.placed(x, y + (feed - line.size) // 2 + ascent(line.size), width, align)
            y += feed


def set_data(data: Sequence[Datum], setting: Setting, width: Emu, height: Emu) -> DataBlock:
    """Return the data in rows at the largest size, by half points, with which they fit a width and a height.

    A row too wide for the width is broken after its label.
    """
    size = _SIZE
    while True:
        made = _sized(data, setting, width, size)
        if (made.width <= width and made.height <= height) or size <= SMALLEST:
            return made._replace(fits=made.width <= width and made.height <= height)
        size -= PT // 2


def _sized(data: Sequence[Datum], setting: Setting, width: Emu, size: Emu) -> DataBlock:
    leads = says_date(data, setting.issue)
    told: list[Datum] = []
    rows: list[SingleLine] = []
    for number, datum in enumerate(data):
        is_date = leads and number == 0
        style = LineStyle(Role.HEI, divide(size * _DATE, 1000)) if is_date else LineStyle(Role.SONG, size)
        line = set_single(datum.words, style, setting.shaper)
        parts = [datum] if line.width <= width or not datum.label else datum.parted
        told += parts
        rows += [set_single(part.words, style, setting.shaper) for part in parts]
    depth = sum(_feed(line.size) for line in rows)
    across = max((line.width for line in rows), default=0)
    return DataBlock(tuple(rows), across, depth, True, lacking(told, rows, setting), widest(told, rows, setting))


def _feed(size: Emu) -> Emu:
    return divide(size * _FEED, 1000)

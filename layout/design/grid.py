"""The grid of a page: the em and the line pitch are derived from the type area, never given.

Source: the column arithmetic of newspaper make-up (对开: 8 base columns of 13 ems with a gutter of 1 make 111 ems).
"""

from fractions import Fraction
from typing import NamedTuple

from layout.geometry import Rect, Size
from layout.manifest.format import Format
from layout.units import Emu, divide

_ASCENT = Fraction(88, 100)
"""Where the baseline cuts the em square of Chinese faces, from its top."""


class PageGrid(NamedTuple):
    """Columns and lines of a type area; x in base columns and ems, y in lines, both counted from 0."""

    trim: Size
    area: Rect
    columns: int
    column_ems: int
    gutter_ems: int
    em: Emu
    pitch: Emu
    lines: int

    def ems_across(self, columns: int) -> int:
        """Return the ems of merged columns (长栏): 13k + (k−1) for columns of 13 with a gutter of 1."""
        return columns * self.column_ems + (columns - 1) * self.gutter_ems

    def width(self, columns: int) -> Emu:
        """Return the width of merged columns."""
        return self.ems_across(columns) * self.em

    def x(self, column: int) -> Emu:
        """Return the left edge of a base column."""
        return self.area.x + column * (self.column_ems + self.gutter_ems) * self.em

    def y(self, line: int) -> Emu:
        """Return the top of a line."""
        return self.area.y + line * self.pitch

    @property
    def gutter(self) -> Emu:
        """The white between base columns."""
        return self.gutter_ems * self.em

    @property
    def baseline(self) -> Emu:
        """Where body text's baseline lies below the top of its line."""
        return divide(self.pitch - self.em, 2) + ascent(self.em)


def ascent(size: Emu) -> Emu:
    """Return the distance from the top of an em square to its baseline."""
    return divide(size * _ASCENT.numerator, _ASCENT.denominator)


def derive_grid(format_: Format, leading: Fraction) -> PageGrid:
    """Return the grid of a format: the em is type-area width ÷ ems, the pitch nearest to em × (1 + leading).

    The few EMU that the divisions leave go to the margins; the head margin gets nothing less than the foot.
    """
    ems = format_.columns * format_.ems + (format_.columns - 1) * format_.gutter
    em = format_.type_width // ems
    wanted = em * (1 + leading)
    lines = max(1, divide(format_.type_height * wanted.denominator, wanted.numerator))
    pitch = format_.type_height // lines
    width, height = ems * em, lines * pitch
    x = (format_.trim_width - width) // 2
    y = format_.trim_height - height - (format_.trim_height - height) // 2
    return PageGrid(
        Size(format_.trim_width, format_.trim_height),
        Rect(x, y, width, height),
        format_.columns,
        format_.ems,
        format_.gutter,
        em,
        pitch,
        lines,
    )

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
    """Columns and lines of a type area; x in base columns and ems, y in lines, both counted from 0.

    In a spread (通版) `fold` is the first column right of the fold, over which the white is `fold_ems` wide.
    """

    trim: Size
    area: Rect
    columns: int
    column_ems: int
    gutter_ems: int
    em: Emu
    pitch: Emu
    lines: int
    fold: int = 0
    fold_ems: int = 0

    def ems_across(self, columns: int, first: int = 0) -> int:
        """Return the ems of merged columns (长栏) from a column on: 13k + (k−1) for columns of 13 with a gutter of 1."""
        return columns * self.column_ems + (columns - 1) * self.gutter_ems + self._beyond_fold(first, first + columns - 1)

    def width(self, columns: int, first: int = 0) -> Emu:
        """Return the width of merged columns from a column on."""
        return self.ems_across(columns, first) * self.em

    def x(self, column: int) -> Emu:
        """Return the left edge of a base column."""
        ems = column * (self.column_ems + self.gutter_ems) + self._beyond_fold(0, column)
        return self.area.x + ems * self.em

    def crosses_fold(self, columns: int, first: int) -> bool:
        """Return whether merged columns from a column on reach over the fold of a spread (通版)."""
        return bool(self._beyond_fold(first, first + columns - 1))

    def _beyond_fold(self, first: int, last: int) -> int:
        """Return the ems that the fold adds to a gutter where it lies between two columns."""
        return self.fold_ems - self.gutter_ems if first < self.fold <= last else 0

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


def spread_grid(page: PageGrid) -> PageGrid:
    """Return the grid of two pages as one (通版): the columns of both, and between them the margins as whole ems.

    The em stays that of the paper, and so do the lines; what the whole ems leave goes to the outer margins.
    """
    inner = page.trim.width - page.area.width
    fold_ems = max(page.gutter_ems, divide(inner, page.em))
    width = 2 * page.area.width + fold_ems * page.em
    trim = Size(2 * page.trim.width, page.trim.height)
    area = Rect((trim.width - width) // 2, page.area.y, width, page.area.height)
    return page._replace(trim=trim, area=area, columns=2 * page.columns, fold=page.columns, fold_ems=fold_ems)

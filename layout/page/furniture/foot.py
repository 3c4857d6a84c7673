"""The page foot (版脚): the imprint on the front page, and who made the page."""

from collections.abc import Sequence
from itertools import combinations, pairwise

from layout.design.plan import RULE
from layout.design.styles import LineStyle
from layout.manifest.areas import Align
from layout.manifest.paper import Role
from layout.page.block import Setting
from layout.page.furniture.piece import Furniture, fitted_lines, lacking, row, row_width, spread, too_wide, widest
from layout.page.furniture.words import imprint_data, staff_data
from layout.page.rules import horizontal
from layout.text.single import SingleLine
from layout.units import PT, Emu

_SIZE = 15 * PT // 2
_FEED = 11 * PT
_MOST_ROWS = 3
"""A long imprint takes more rows before it becomes smaller."""

_SPREAD = 85
"""The share of the width, in per cent, from which a row is spread over all of it."""


def foot(setting: Setting, is_front: bool) -> Furniture:
    """Return the page foot in one to three rows; empty where nothing is given.

    One row stands at the right; of several the last one is that with who made the page.
    """
    width, pitch = setting.design.grid.area.width, setting.design.grid.pitch
    data = (*(imprint_data(setting.issue) if is_front else ()), *staff_data(setting.page.staff))
    if not data:
        return Furniture(())
    style = LineStyle(Role.SONG, _SIZE)
    lines, fits = fitted_lines(data, style, setting.shaper, lambda lines: _widest(_rows(lines, width)) <= width)
    rows = _rows(lines, width)
    baseline = pitch // 2 + _SIZE + _SIZE // 3
    items = [horizontal(0, pitch // 2, width, RULE)]
    for number, made in enumerate(rows):
        is_spread = number < len(rows) - 1 and len(made) > 1 and 100 * row_width(made, _GAP) >= _SPREAD * width
        y = baseline + number * _FEED
        items += (
            spread(made, width, y) if is_spread else row(made, _GAP, width, y, Align.RIGHT if len(rows) == 1 else Align.LEFT)
        )
    wide = () if fits else (too_wide("foot", widest(data, lines, setting), setting),)
    height = pitch // 2 + 2 * _SIZE + (len(rows) - 1) * _FEED
    return Furniture(tuple(items), (*lacking(data, lines, setting), *wide), height=height)


_GAP = 2 * _SIZE


def _rows(lines: Sequence[SingleLine], width: Emu) -> tuple[Sequence[SingleLine], ...]:
    """Return the lines in as few rows as hold them, three at most, the widest of these as narrow as can be."""
    for count in range(_MOST_ROWS):
        cuts = combinations(range(1, len(lines)), count)
        rows = min((_cut(lines, cut) for cut in cuts), key=_widest, default=(lines,))
        if _widest(rows) <= width:
            break
    return rows


def _cut(lines: Sequence[SingleLine], cuts: Sequence[int]) -> tuple[Sequence[SingleLine], ...]:
    return tuple(lines[start:end] for start, end in pairwise((0, *cuts, len(lines))))


def _widest(rows: Sequence[Sequence[SingleLine]]) -> Emu:
    return max(row_width(row, _GAP) for row in rows)

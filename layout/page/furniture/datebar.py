"""The date bar: date, numbers and serial number on one line between a heavy rule and a hairline."""

from layout.design.grid import ascent
from layout.design.plan import HEAVY_RULE, RULE
from layout.design.styles import LineStyle
from layout.manifest.paper import Role
from layout.page.block import Depths, Setting
from layout.page.furniture.piece import Furniture, fitted_lines, lacking, row_width, spread, too_wide, widest
from layout.page.furniture.words import bar_data
from layout.page.rules import horizontal
from layout.units import PT, Emu

DEPTHS = Depths(3, 3, 3)
_SIZE = 11 * PT


def date_bar(setting: Setting, width: Emu) -> Furniture:
    """Return the date bar, its items spread evenly over its width."""
    data = bar_data(setting.issue)
    pitch = setting.design.grid.pitch
    style = LineStyle(Role.SONG, _SIZE)
    lines, fits = fitted_lines(data, style, setting.shaper, lambda lines: row_width(lines, 2 * pitch) <= width)
    size = lines[0].size
    top, bottom = pitch // 2, pitch // 2 + 7 * pitch // 4
    baseline = (top + bottom) // 2 - size // 2 + ascent(size)
    rules = (horizontal(0, top, width, HEAVY_RULE), horizontal(0, bottom, width, RULE))
    wide = () if fits else (too_wide("datebar", widest(data, lines, setting), setting),)
    return Furniture((*rules, *spread(lines, width, baseline)), (*lacking(data, lines, setting), *wide), size)

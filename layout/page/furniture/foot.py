"""The page foot (版脚): the imprint on the front page, and who made the page."""

from layout.design.plan import RULE
from layout.design.styles import LineStyle
from layout.manifest.areas import Align
from layout.manifest.paper import Role
from layout.page.block import Setting
from layout.page.furniture.piece import Furniture, fitted_lines, lacking, row, row_width, too_wide, widest
from layout.page.furniture.words import imprint_data, staff_data
from layout.page.rules import horizontal
from layout.units import PT

_SIZE = 15 * PT // 2


def foot(setting: Setting, is_front: bool) -> Furniture:
    """Return the page foot; empty where nothing is given."""
    width, pitch = setting.design.grid.area.width, setting.design.grid.pitch
    data = (*(imprint_data(setting.issue.paper.imprint) if is_front else ()), *staff_data(setting.page.staff))
    if not data:
        return Furniture(())
    style = LineStyle(Role.SONG, _SIZE)
    gap = 2 * _SIZE
    lines, fits = fitted_lines(data, style, setting.shaper, lambda lines: row_width(lines, gap) <= width)
    baseline = pitch // 2 + _SIZE + _SIZE // 3
    items = (horizontal(0, pitch // 2, width, RULE), *row(lines, gap, width, baseline, Align.RIGHT))
    wide = () if fits else (too_wide("foot", widest(data, lines, setting), setting),)
    return Furniture(items, (*lacking(data, lines, setting), *wide), height=pitch // 2 + 2 * _SIZE)

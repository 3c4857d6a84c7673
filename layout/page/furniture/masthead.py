"""The masthead (报头): the paper's name with its Latin letters."""

from layout.design.styles import LineStyle
from layout.manifest.areas import Align
from layout.manifest.paper import Role
from layout.page.block import Depths, Setting
from layout.page.furniture.name import level_name
from layout.page.furniture.piece import Datum, Furniture, fitted_lines, lacking, too_wide
from layout.units import Emu, divide


def masthead_depths(setting: Setting, width: Emu) -> Depths:
    """Return the depths that suit a masthead: some three tenths of its width."""
    natural = max(4, divide(width * 3, 10 * setting.design.grid.pitch))
    return Depths(natural * 3 // 4, natural, natural * 6 // 5)


def masthead(setting: Setting, width: Emu, height: Emu) -> Furniture:
    """Return the name with the Latin name below it, in a width and a height."""
    latin = setting.issue.paper.latin
    latin_size = divide(height, 15)
    name = level_name(setting, width, height - (2 * latin_size if latin.text else 0))
    if not latin.text:
        return name
    data = [Datum(latin.text, latin)]
    style = LineStyle(Role.SONG, latin_size, tracking=450)
    lines, fits = fitted_lines(data, style, setting.shaper, lambda lines: lines[0].width <= width)
    items = (*name.items, *lines[0].placed(0, height - latin_size, width, Align.CENTRE))
    wide = () if fits else (too_wide("masthead", latin.span, setting),)
    return Furniture(items, (*name.problems, *lacking(data, lines, setting), *wide), name.size)

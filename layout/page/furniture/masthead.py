"""The masthead (报头): the paper's name with its Latin letters, the flag of an extra, and the data that its form has."""

from collections.abc import Callable

from layout.design.plan import RULE
from layout.design.styles import LineStyle
from layout.diagnostics import Diagnostic
from layout.frame import Placed
from layout.manifest.areas import Align
from layout.manifest.paper import MastheadForm, Role
from layout.page.block import Depths, Setting, lines_for
from layout.page.furniture.data import DataBlock, set_data
from layout.page.furniture.flag import set_flag
from layout.page.furniture.name import level_name, name_down, name_ink
from layout.page.furniture.piece import Datum, Furniture, fitted_lines, lacking, too_large, too_wide
from layout.page.furniture.words import block_data
from layout.page.rules import horizontal, vertical
from layout.script.rules import Axis
from layout.units import MM, Emu, divide

_DATA_WIDTH, _DATA_HEIGHT = 36, 45
"""The most of a masthead's width, or of the height of one that goes down, that its data take, in per cent."""

_LARGEST_DOWN = 40 * MM
"""The size of characters with which a masthead that goes down is deep enough."""


def masthead_depths(setting: Setting, width: Emu) -> Depths:
    """Return the depths that suit a masthead: some three tenths of its width, or as many characters as go down."""
    pitch, paper = setting.design.grid.pitch, setting.issue.paper
    natural = max(4, divide(width * 3, 10 * pitch))
    if paper.masthead.form is MastheadForm.VERTICAL:
        name = len(paper.name.text) * min(width * 4 // 5, _LARGEST_DOWN)
        data = set_data(block_data("masthead", setting), setting, width, setting.design.grid.area.height)
        natural = lines_for(name + data.height + 2 * pitch, pitch)
    return Depths(natural * 3 // 4, natural, natural * 6 // 5)


def masthead(setting: Setting, width: Emu, height: Emu) -> Furniture:
    """Return the masthead in a width and a height, in the form that the paper gives it."""
    return _FORMS[setting.issue.paper.masthead.form](setting, width, height)


def _centred(setting: Setting, width: Emu, height: Emu) -> Furniture:
    """Return the name in the middle, the flag of an extra at its right."""
    flag = set_flag(setting, divide(height, 7), Axis.VERTICAL)
    if not flag.height:
        return _named(setting, width, height)
    x = width - flag.width - setting.design.grid.em
    name = _named(setting, x, height)
    return name._replace(items=(*name.items, Placed(x, (height - flag.height) * 9 // 20, flag)))


def _beside(setting: Setting, width: Emu, height: Emu) -> Furniture:
    """Return the name at the left, and at the right, behind a hairline, the flag of an extra above the data."""
    em = setting.design.grid.em
    flag = set_flag(setting, divide(height, 9), Axis.LEVEL)
    below = flag.height + em if flag.height else 0
    data = set_data(block_data("masthead", setting), setting, width * _DATA_WIDTH // 100, height * 19 // 20 - below)
    breadth = max(data.width, flag.width)
    if not breadth:
        return _named(setting, width, height)
    name, x, top = _named(setting, width - breadth - 3 * em, height), width - breadth, (height - data.height - below) // 2
    items = (
        *name.items,
        vertical(x - 3 * em // 2, height // 12, height * 5 // 6, RULE),
        Placed(x, top, flag),
        *data.placed(x, top + below, breadth, Align.LEFT),
    )
    return Furniture(items, (*name.problems, *_found(data, setting)), name.size)


def _down(setting: Setting, width: Emu, height: Emu) -> Furniture:
    """Return the name down the page; below it the Latin name, the flag of an extra and, under a hairline, the data."""
    em, pitch = setting.design.grid.em, setting.design.grid.pitch
    data = set_data(block_data("masthead", setting), setting, width, height * _DATA_HEIGHT // 100)
    flag = set_flag(setting, min(divide(width, 6), divide(height, 22)), Axis.LEVEL)
    y = height - data.height
    items = [*data.placed(0, y, width, Align.CENTRE)]
    if data.rows:
        y -= pitch
        items.append(horizontal(0, y + pitch // 2, width, RULE))
    if flag.height:
        y -= flag.height + em
        items.append(Placed((width - flag.width) // 2, y + em // 2, flag))
    latin, depth = _latin(setting, width, min(divide(width, 8), divide(height, 20)))
    items += (placed._replace(y=y + placed.y) for placed in latin.items)
    name = name_down(setting, width, y - depth)
    return Furniture((*name.items, *items), (*name.problems, *latin.problems, *_found(data, setting)), name.size)


def _named(setting: Setting, width: Emu, height: Emu) -> Furniture:
    """Return the name on one line with the Latin name at the foot of the masthead."""
    latin, depth = _latin(setting, width, divide(height, 15))
    name = level_name(setting, width, height - depth)
    items = (placed._replace(y=height + placed.y) for placed in latin.items)
    return Furniture((*name.items, *items), (*name.problems, *latin.problems), name.size)


def _latin(setting: Setting, width: Emu, size: Emu) -> tuple[Furniture, Emu]:
    """Return the name in Latin letters, placed from the foot of its room, and the depth that it takes."""
    latin = setting.issue.paper.latin
    if not latin.text:
        return Furniture(()), 0
    data = [Datum(latin.text, latin)]
    style = LineStyle(Role.SONG, size, tracking=450, ink=name_ink(setting))
    lines, fits = fitted_lines(data, style, setting.shaper, lambda lines: 10 * lines[0].width <= 9 * width)
    wide = () if fits else (too_wide("masthead", latin.span, setting),)
    return Furniture(lines[0].placed(0, -size, width, Align.CENTRE), (*lacking(data, lines, setting), *wide)), 2 * size


def _found(data: DataBlock, setting: Setting) -> tuple[Diagnostic, ...]:
    """Return the findings of the data, with one where they do not fit their room."""
    return data.problems if data.fits else (*data.problems, too_large("masthead", data.span, setting))


_FORMS: dict[MastheadForm, Callable[[Setting, Emu, Emu], Furniture]] = {
    MastheadForm.CENTRE: _centred,
    MastheadForm.LEFT: _beside,
    MastheadForm.VERTICAL: _down,
}

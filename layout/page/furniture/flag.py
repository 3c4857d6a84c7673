"""The flag of an extra (号外、增期、特刊): its word in a box beside or under the paper's name.

The press law asks for it in the masthead: 《报纸出版管理规定》 (2005), articles 35 and 36.
"""

from layout.design.grid import ascent
from layout.design.styles import LineStyle
from layout.frame import Frame, Placed
from layout.geometry import Rect
from layout.manifest.areas import Align
from layout.manifest.paper import Role
from layout.page.block import Setting
from layout.page.furniture.name import name_ink
from layout.page.furniture.piece import SMALLEST
from layout.page.rules import outline
from layout.script.rules import Axis
from layout.text.single import set_single
from layout.text.vertical import set_vertical
from layout.units import PT, Emu

NO_FLAG = Frame(0, 0, ())


def set_flag(setting: Setting, size: Emu, axis: Axis) -> Frame:
    """Return the flag of an issue with type of a size, in the ink of the name; one of no size where it needs none."""
    extra = setting.issue.extra
    if extra is None:
        return NO_FLAG
    size = max(size, 2 * SMALLEST)
    ink, white, weight = name_ink(setting), size // 3, max(PT, size // 12)
    style = LineStyle(Role.HEI_HEAVY, size, tracking=150, ink=ink)
    if axis is Axis.VERTICAL:
        down = set_vertical(extra.value, style, setting.shaper)
        width, height = size + 2 * white, down.length + 2 * white
        words = tuple(Placed(width // 2 + run.x, white + run.y, run.item) for run in down.runs)
    else:
        line = set_single(extra.value, style, setting.shaper)
        width, height = line.width + 2 * white, size + 2 * white
        words = line.placed(0, white + ascent(size), width, Align.CENTRE)
    return Frame(width, height, (*outline(Rect(0, 0, width, height), weight, ink), *words))

"""The title of an index or a slot (导读、天气): in the middle of the box between two rules, in whole lines."""

from typing import NamedTuple

from layout.design.plan import RULE
from layout.design.styles import LineStyle
from layout.frame import Placed
from layout.manifest.areas import Align
from layout.manifest.paper import Role
from layout.page.rules import horizontal
from layout.text.shape import Shaper
from layout.text.single import SingleLine, set_single
from layout.units import PT, Emu


class BoxTitle(NamedTuple):
    """A title with the lines that it takes."""

    line: SingleLine
    lines: int

    def placed(self, width: Emu, pitch: Emu, inset: Emu) -> tuple[Placed, ...]:
        """Return the title in the middle of a width, and rules at its sides where there is room for them, clear of it."""
        baseline = self.lines * pitch // 2 + pitch // 4
        side = max(0, (width - self.line.width) // 2 - inset - pitch)
        y = baseline - pitch // 2
        rules = (horizontal(inset, y, side, RULE), horizontal(width - inset - side, y, side, RULE))
        return (*self.line.placed(0, baseline, width, Align.CENTRE), *(rules if side > pitch else ()))


def roomy_title(text: str, width: Emu, shaper: Shaper) -> BoxTitle:
    """Return a title in four lines."""
    return BoxTitle(_fitted(text, LineStyle(Role.HEI_HEAVY, 18 * PT, tracking=600), width, shaper), 4)


def narrow_title(text: str, width: Emu, shaper: Shaper) -> BoxTitle:
    """Return a title in three lines, for a small box."""
    return BoxTitle(_fitted(text, LineStyle(Role.HEI_HEAVY, 14 * PT, tracking=400), width, shaper), 3)


def _fitted(text: str, style: LineStyle, width: Emu, shaper: Shaper) -> SingleLine:
    """Return the title, letterspaced where it may be, smaller where it must."""
    half = PT // 2
    styles = [style, *(style._replace(size=size * half, tracking=0) for size in range(style.size // half, 17, -1))]
    for each in styles:
        line = set_single(text, each, shaper)
        if line.width <= width:
            break
    return line

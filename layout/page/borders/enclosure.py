"""What encloses an area, border and tint, and the white that its content keeps inside them."""

from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.frame import Placed, tint
from layout.geometry import Rect
from layout.manifest.areas import Border
from layout.manifest.issue import AdvertContent, IndexContent, SlotContent, StoryContent
from layout.page.borders.table import STYLES
from layout.units import per_mille

Enclosed = StoryContent | IndexContent | AdvertContent | SlotContent
"""What may stand in a border or on a tint."""

_EDGE = 500
"""White between text and the bare edge of a tint, in per mille of the em."""


class Padding(NamedTuple):
    """What lies between an area's edge and its text: whole ems at the sides, whole lines above and below.

    `head_white` is how many lines of white a head brings above it: none where it stands on a ground.
    """

    ems: int
    lines: int
    head_white: int = 1

    @property
    def lowered(self) -> int:
        """Lines by which heads go down, since their own white is clear of a border whose padding is one line."""
        return max(0, self.lines - self.head_white)


def is_enclosed(content: Enclosed) -> bool:
    """Return whether the area is set off from its neighbours, so that no rule need stand between them."""
    return content.border is not Border.NONE or bool(content.tint.value)


def padding(content: Enclosed, grid: PageGrid) -> Padding:
    """Return the least whole ems and lines that hold the border and the white that text keeps from it."""
    style = STYLES[content.border]
    clear = max(style.clear, _EDGE if content.tint.value else 0)
    needed = style.thickness(grid.em) * 1000 + clear * grid.em
    lines = -(-needed // (1000 * grid.pitch))
    has_ground = isinstance(content, StoryContent) and content.head.ground.value > 0
    return Padding(-(-needed // (1000 * grid.em)), lines, 0 if has_ground else 1)


def enclosure(content: Enclosed, rect: Rect, grid: PageGrid) -> tuple[Placed, ...]:
    """Return the tint and the border inside the edges of an area, to be painted before its text.

    An area too small for its border gets a hairline, one too small for that gets nothing.
    """
    for style in (STYLES[content.border], STYLES[Border.HAIRLINE]):
        thickness = style.thickness(grid.em)
        if style.drawing.fits(rect, thickness):
            ground_ink = per_mille(content.tint.value)
            ground = (style.drawing.ground(rect, thickness, tint(ground_ink)),) if ground_ink else ()
            return (*ground, *style.drawing.items(rect, thickness))
    return ()

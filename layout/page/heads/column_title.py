"""The column title (栏题) of a story: the name of its column, such as 本报评论, over its head or beside it.

Trade rules: a column's title keeps one look in all issues, small and heavy, in a box, in white on black, or between rules.
"""

from typing import NamedTuple

from layout.design.grid import ascent
from layout.design.plan import RULE, Design
from layout.design.styles import LineStyle
from layout.diagnostics import Diagnostic, absent_glyphs, finding
from layout.frame import BLACK, WHITE, Fill, Placed
from layout.geometry import Rect
from layout.manifest.areas import Align, Head, TitleLook
from layout.manifest.paper import Role
from layout.manifest.source import Scalar
from layout.page.rules import horizontal, outline
from layout.text.shape import Shaper
from layout.text.single import SingleLine, aligned, set_single
from layout.text.vertical import VerticalLine, set_vertical
from layout.units import PT, Emu, divide

_LEAST = 12 * PT
"""A column's title is as large as the kicker, and never smaller than this."""

_TRACKING = 250
_BESIDE, _AROUND, _BELOW = 600, 250, 500
"""White beside the title in its box, above and below it there, and below the box, in per mille of its size."""


class ColumnTitle(NamedTuple):
    """A set title with its look."""

    line: SingleLine
    style: LineStyle
    look: TitleLook

    def _white(self, per_mille: int) -> Emu:
        return divide(self.style.size * per_mille, 1000)

    @property
    def height(self) -> Emu:
        """The height of its box, and the white below it."""
        return self._box_height + self._white(_BELOW)

    @property
    def _box_height(self) -> Emu:
        return self.style.size + 2 * self._white(_AROUND)

    def placed(self, y: Emu, width: Emu) -> tuple[Placed, ...]:
        """Return the title in its box with its top at `y`, aligned in a width; rules go on to the edges."""
        outer = self.line.width + 2 * self._white(_BESIDE)
        box = Rect(aligned(outer, width, self.style.align), y, outer, self._box_height)
        baseline = y + self._white(_AROUND) + ascent(self.style.size)
        text = self.line.placed(box.x + self._white(_BESIDE), baseline, self.line.width, Align.LEFT)
        return (*_set_off(box, self.look, width), *text)


def _set_off(box: Rect, look: TitleLook, width: Emu) -> tuple[Placed, ...]:
    if look is TitleLook.BOXED:
        return outline(box, RULE)
    if look is TitleLook.REVERSED:
        return (Placed(box.x, box.y, Fill(box.width, box.height, BLACK)),)
    middle = box.y + box.height // 2
    sides = ((0, box.x), (box.right, width - box.right))
    return tuple(horizontal(x, middle, length, RULE) for x, length in sides if length > 0)


def _set_off_upright(box: Rect, look: TitleLook) -> tuple[Placed, ...]:
    if look is TitleLook.RULED:
        return (horizontal(box.x, box.y, box.width, RULE), horizontal(box.x, box.bottom, box.width, RULE))
    return outline(box, RULE) if look is TitleLook.BOXED else (Placed(box.x, box.y, Fill(box.width, box.height, BLACK)),)


def set_column_title(
    words: Scalar, head: Head, kicker: LineStyle, width: Emu, design: Design, shaper: Shaper, area: str
) -> tuple[ColumnTitle, tuple[Diagnostic, ...]]:
    """Return the title of a column at the largest size at which it fits a width, with findings."""
    style = _style(head, kicker)
    for size in design.smaller(style.size):
        sized = style._replace(size=size)
        title = ColumnTitle(set_single(words.text, sized, shaper), sized, head.column_title)
        over = title.line.width + 2 * divide(size * _BESIDE, 1000) - width
        if over <= 0:
            break
    problems = absent_glyphs(title.line.absent, words.place_of)
    if over > 0:
        wide = finding("head-too-wide", words.span, text=words.text.strip(), area=area, points=-(-over // PT))
        problems = (*problems, wide)
    return title, problems


def _style(head: Head, kicker: LineStyle) -> LineStyle:
    """Return the style of the title: in 黑, which is heavy enough for white on black."""
    ink = WHITE if head.column_title is TitleLook.REVERSED else BLACK
    return LineStyle(Role.HEI_HEAVY, max(_LEAST, kicker.size), kicker.align, _TRACKING, ink=ink)


def set_vertical_title(words: Scalar, head: Head, kicker: LineStyle, shaper: Shaper) -> tuple[VerticalLine, VerticalLine]:
    """Return the title of a column as a line that runs down the page, and the white between it and the lines of its head."""
    style = _style(head, kicker)
    line = set_vertical(words.text, style, shaper)
    beside, around = (divide(style.size * white, 1000) for white in (_BESIDE, _AROUND))
    breadth = style.size + 2 * around
    lowered = line.lowered(beside)
    box = Rect(-breadth // 2, 0, breadth, lowered.length + beside)
    runs = (*_set_off_upright(box, head.column_title), *lowered.runs)
    return lowered._replace(runs=runs, length=box.height), VerticalLine((), 0, style.size // 2, ())

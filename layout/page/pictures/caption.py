"""The caption of a picture (图片说明) with its credit: at the end of its last line, or on a line of its own."""

from layout.design.grid import ascent
from layout.design.styles import CAPTION, CREDIT, LineStyle
from layout.diagnostics import Absent
from layout.frame import Frame, GlyphRun, Placed
from layout.manifest.areas import Align
from layout.page.block import Setting
from layout.text.justify import Fit, set_line
from layout.text.lines import break_lines
from layout.text.measure import line_width
from layout.text.shaped import StyledText
from layout.units import Emu, divide


def set_caption(caption: str, credit: str, width: Emu, setting: Setting) -> tuple[Frame, tuple[Absent, ...]]:
    """Return caption and credit set to a width, with a third of a line above them; a frame without height if both are empty.

    All lines of the caption but its last one are full.
    """
    pitch = setting.design.grid.pitch
    items: list[Placed] = []
    absent: list[Absent] = []
    row = used = 0
    for words, style in ((caption, CAPTION), (credit, CREDIT)):
        text, found = setting.shaper.shape([StyledText(words, style.role.value)], style.size)
        absent += found
        lines = break_lines(text, width)
        beside = len(lines) == 1 and row and used + line_width(text) + setting.design.grid.em <= width
        row -= 1 if beside else 0
        for line in lines:
            fit = Fit.NATURAL if line is lines[-1] else Fit.FULL
            runs = set_line(text, line, width, fit)
            used = sum(placed.item.width for placed in runs if isinstance(placed.item, GlyphRun))
            x = width - used if style.align is Align.RIGHT else 0
            items += [Placed(x + run.x, _baseline(row, pitch, style) + run.y, run.item) for run in runs]
            row += 1
    return Frame(width, row * pitch + pitch // 3 if row else 0, tuple(items)), tuple(absent)


def _baseline(row: int, pitch: Emu, style: LineStyle) -> Emu:
    return pitch // 3 + row * pitch + (pitch - style.size) // 2 + ascent(style.size)


def below_type(setting: Setting) -> Emu:
    """Return the white between the type of a caption's last line and the foot of its frame."""
    return divide(setting.design.grid.pitch - CAPTION.size, 2)

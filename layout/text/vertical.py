"""Single lines that run down the page: vertical heads (竖题)."""

from typing import NamedTuple

from layout.design.styles import LineStyle
from layout.diagnostics import Absent
from layout.frame import GlyphRun, Placed
from layout.manifest.copy import Marking
from layout.script.rules import Axis
from layout.text.justify import Fit, set_line
from layout.text.measure import LineSpan, line_width
from layout.text.shape import Shaper
from layout.text.shaped import StyledText
from layout.units import Emu


class VerticalLine(NamedTuple):
    """A text that runs down the page; runs are placed from the middle of the line's top edge."""

    runs: tuple[Placed, ...]
    length: Emu
    size: Emu
    absent: tuple[Absent, ...]

    @property
    def text(self) -> str:
        """The text of the line."""
        return "".join(placed.item.text for placed in self.runs if isinstance(placed.item, GlyphRun))

    def lowered(self, depth: Emu) -> "VerticalLine":
        """Return the line with white before it."""
        runs = tuple(placed._replace(y=placed.y + depth) for placed in self.runs)
        return self._replace(runs=runs, length=self.length + depth)


def set_vertical(text: str, style: LineStyle, shaper: Shaper) -> VerticalLine:
    """Return the text on one line down the page: marks in their vertical forms, words turned, short numbers level."""
    shaped, absent = shaper.shape(
        [StyledText(text, style.role.value, Marking(spaced=style.tracking))], style.size, Axis.VERTICAL
    )
    length = line_width(shaped)
    line = LineSpan(0, len(shaped.glyphs))
    runs = set_line(shaped, line, length, Fit.NATURAL, style.ink) if shaped.glyphs else ()
    return VerticalLine(runs, length, style.size, absent)

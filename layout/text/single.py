"""Single lines: heads, folios and other text that is not broken by measure."""

from collections.abc import Iterator
from typing import NamedTuple

from layout.design.styles import LineStyle
from layout.diagnostics import Absent
from layout.frame import GlyphRun, Placed
from layout.manifest.areas import Align
from layout.manifest.copy import Marking
from layout.text.justify import Fit, set_line
from layout.text.measure import LineSpan, line_width
from layout.text.shape import Shaper
from layout.text.shaped import StyledText
from layout.units import Emu, divide

FULL_WIDTH = 1000


class SingleLine(NamedTuple):
    """A text on one line: runs placed from the start of its baseline, its width, and characters that its face lacks."""

    runs: tuple[Placed, ...]
    width: Emu
    absent: tuple[Absent, ...]

    @property
    def text(self) -> str:
        """The text of the line."""
        return "".join(placed.item.text for placed in self.runs if isinstance(placed.item, GlyphRun))

    @property
    def size(self) -> Emu:
        """The size of its first run, 0 where it has none."""
        return next((placed.item.size for placed in self.runs if isinstance(placed.item, GlyphRun)), 0)

    def placed(self, x: Emu, baseline: Emu, measure: Emu, align: Align) -> tuple[Placed, ...]:
        """Return the runs at a baseline, aligned in a measure that begins at `x`."""
        start = x + aligned(self.width, measure, align)
        return tuple(Placed(start + run.x, baseline + run.y, run.item) for run in self.runs)


def aligned(width: Emu, measure: Emu, align: Align) -> Emu:
    """Return where something so wide begins in a measure."""
    spare = measure - width
    return {Align.LEFT: 0, Align.CENTRE: spare // 2, Align.RIGHT: spare}[align]


def set_single(text: str, style: LineStyle, shaper: Shaper) -> SingleLine:
    """Return the text on one line."""
    shaped, absent = shaper.shape([StyledText(text, style.role.value, Marking(spaced=style.tracking))], style.size)
    if not shaped.glyphs:
        return SingleLine((), 0, absent)
    natural = line_width(shaped)
    runs = set_line(shaped, LineSpan(0, len(shaped.glyphs)), natural, Fit.NATURAL, style.ink)
    if style.stretch == FULL_WIDTH:
        return SingleLine(runs, natural, absent)
    return SingleLine(tuple(_stretched(runs, style.stretch)), divide(natural * style.stretch, FULL_WIDTH), absent)


def _stretched(runs: tuple[Placed, ...], stretch: int) -> Iterator[Placed]:
    for placed in runs:
        run = placed.item
        assert isinstance(run, GlyphRun)
        offsets = tuple(divide(offset * stretch, FULL_WIDTH) for offset in run.offsets)
        width = divide(run.width * stretch, FULL_WIDTH)
        item = run._replace(offsets=offsets, width=width, stretch=stretch)
        yield Placed(divide(placed.x * stretch, FULL_WIDTH), placed.y, item)

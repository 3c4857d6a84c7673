"""Single lines: heads, folios and other text that is not broken by measure."""

from typing import NamedTuple

from layout.design.styles import LineStyle
from layout.diagnostics import Absent
from layout.frame import BLACK, GlyphRun, Placed
from layout.manifest.schema import Align
from layout.text.justify import Fit, set_line
from layout.text.measure import LineSpan, line_width
from layout.text.shape import Shaper
from layout.text.shaped import ShapedText, StyledText
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
        spare = measure - self.width
        start = x + {Align.LEFT: 0, Align.CENTRE: spare // 2, Align.RIGHT: spare}[align]
        return tuple(Placed(start + run.x, baseline + run.y, run.item) for run in self.runs)


def set_single(text: str, style: LineStyle, shaper: Shaper, stretch: int = FULL_WIDTH, ink: int = BLACK) -> SingleLine:
    """Return the text on one line; `stretch` makes it narrower or wider, in per mille (长扁字)."""
    shaped, absent = shaper.shape([StyledText(text, style.role.value)], style.size)
    return SingleLine(*_tracked(shaped, style, stretch, ink), absent)


def _tracked(shaped: ShapedText, style: LineStyle, stretch: int, ink: int) -> tuple[tuple[Placed, ...], Emu]:
    if not shaped.glyphs:
        return (), 0
    natural = line_width(shaped)
    step = divide(style.size * style.tracking, 1000)
    runs: list[Placed] = []
    before = 0
    for placed in set_line(shaped, LineSpan(0, len(shaped.glyphs)), natural, Fit.NATURAL, ink):
        run = placed.item
        assert isinstance(run, GlyphRun)
        offsets = tuple(divide((offset + number * step) * stretch, FULL_WIDTH) for number, offset in enumerate(run.offsets))
        width = divide((run.width + len(offsets) * step) * stretch, FULL_WIDTH)
        place = divide((placed.x + before * step) * stretch, FULL_WIDTH)
        runs.append(Placed(place, placed.y, run._replace(offsets=offsets, width=width, stretch=stretch)))
        before += len(offsets)
    return tuple(runs), divide((natural + (before - 1) * step) * stretch, FULL_WIDTH)

"""Single lines: heads, folios and other text that is not broken by measure."""

from typing import NamedTuple

from layout.design.styles import LineStyle
from layout.frame import BLACK, GlyphRun, Placed
from layout.manifest.schema import Align
from layout.text.justify import Fit, line_width, set_line
from layout.text.lines import LineSpan
from layout.text.shape import ShapedText, Shaper, StyledText
from layout.units import Emu, divide

FULL_WIDTH = 1000


class SingleLine(NamedTuple):
    """A text on one line: runs with their x from the line's start, its width, and characters that no face has."""

    runs: tuple[tuple[GlyphRun, Emu], ...]
    width: Emu
    missing: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text of the line."""
        return "".join(run.text for run, _ in self.runs)

    def placed(self, x: Emu, baseline: Emu, measure: Emu, align: Align) -> tuple[Placed, ...]:
        """Return the runs at a baseline, aligned in a measure that begins at `x`."""
        spare = measure - self.width
        start = x + {Align.LEFT: 0, Align.CENTRE: spare // 2, Align.RIGHT: spare}[align]
        return tuple(Placed(start + offset, baseline, run) for run, offset in self.runs)


def set_single(text: str, style: LineStyle, shaper: Shaper, stretch: int = FULL_WIDTH, ink: int = BLACK) -> SingleLine:
    """Return the text on one line; `stretch` makes it narrower or wider, in per mille (长扁字)."""
    shaped, missing = shaper.shape([StyledText(text, style.role.value)], style.size)
    return SingleLine(*_tracked(shaped, style, stretch, ink), missing)


def _tracked(shaped: ShapedText, style: LineStyle, stretch: int, ink: int) -> tuple[tuple[tuple[GlyphRun, Emu], ...], Emu]:
    if not shaped.glyphs:
        return (), 0
    natural = line_width(shaped)
    step = divide(style.size * style.tracking, 1000)
    runs: list[tuple[GlyphRun, Emu]] = []
    before = 0
    for run, x in set_line(shaped, LineSpan(0, len(shaped.glyphs)), natural, Fit.NATURAL, ink):
        offsets = tuple(divide((offset + number * step) * stretch, FULL_WIDTH) for number, offset in enumerate(run.offsets))
        width = divide((run.width + len(offsets) * step) * stretch, FULL_WIDTH)
        place = divide((x + before * step) * stretch, FULL_WIDTH)
        runs.append((run._replace(offsets=offsets, width=width, stretch=stretch), place))
        before += len(offsets)
    return tuple(runs), divide((natural + (before - 1) * step) * stretch, FULL_WIDTH)

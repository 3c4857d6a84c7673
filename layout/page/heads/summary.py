"""The summary (提要题) of a story: the gist in its own face and size, set off under the deck.

Trade rules: 提要题 is set in 楷 or 宋 a step above the body, often boxed or shaded, of one paragraph or of a few points.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from layout.design.grid import ascent
from layout.design.plan import RULE, Design
from layout.diagnostics import Diagnostic, absent_glyphs
from layout.frame import Fill, Placed, tint
from layout.geometry import Rect
from layout.manifest.areas import Align, Head, SummaryLook
from layout.manifest.copy import marked_lines
from layout.manifest.paper import Role
from layout.manifest.source import Scalar
from layout.page.block import lines_for
from layout.page.rules import horizontal, outline
from layout.script.joint import join_lines
from layout.script.rules import Axis
from layout.text.justify import Fit, set_line
from layout.text.lines import break_lines
from layout.text.measure import LineSpan, line_width
from layout.text.shape import Shaper
from layout.text.shaped import ShapedText, StyledText
from layout.text.single import aligned
from layout.text.vertical import VerticalLine
from layout.units import Emu, divide

_ROLE = Role.KAI
_LONGEST = 42
"""Characters that a line has at most; a wider head has its summary in its middle."""

_LEADING = 1400
"""Distance between its lines in per mille of their size."""

_TINT = tint(100)
"""Its ground."""

_BULLET = 360
"""The side of the square before a point, in per mille of the size."""


class SummaryLine(NamedTuple):
    """A line of a summary: `indent` before it, with a square in it where a point begins."""

    shaped: ShapedText
    span: LineSpan
    indent: Emu
    is_point: bool

    def runs(self, measure: Emu) -> tuple[Placed, ...]:
        """Return its runs from the start of its baseline; all lines but the last of a paragraph are full."""
        fit = Fit.NATURAL if self.span.end == len(self.shaped.glyphs) else Fit.FULL
        return set_line(self.shaped, self.span, measure - self.indent, fit)


class Summary(NamedTuple):
    """A set summary: its measure, and its depth in lines of the grid with half a line of white above and below."""

    lines: tuple[SummaryLine, ...]
    look: SummaryLook
    align: Align
    size: Emu
    measure: Emu
    pitch: Emu
    problems: tuple[Diagnostic, ...] = ()

    @property
    def _leading(self) -> Emu:
        return divide(self.size * _LEADING, 1000)

    @property
    def depth(self) -> int:
        """Whole lines of the grid."""
        white = 0 if self.look is SummaryLook.PLAIN else self.size
        return lines_for(len(self.lines) * self._leading + white, self.pitch) + 1

    @property
    def height(self) -> Emu:
        """The height that the summary takes in the head."""
        return self.depth * self.pitch

    def placed(self, y: Emu, width: Emu) -> tuple[Placed, ...]:
        """Return the summary with its top at `y`, at least an em of its own from the edges of what sets it off.

        That reaches to both edges of the head where less than an em would be left.
        """
        outer = self.measure + 2 * self.size
        spare = width - outer if width - outer < self.size else 0
        outer += spare
        box = Rect(aligned(outer, width, self.align), y + self.pitch // 2, outer, self.height - self.pitch)
        top = box.y + (box.height - len(self.lines) * self._leading) // 2
        return (*_set_off(box, self.look), *self._text(box.x + self.size + spare // 2, top))

    def _text(self, x: Emu, top: Emu) -> Iterator[Placed]:
        for number, line in enumerate(self.lines):
            em_top = top + number * self._leading + (self._leading - self.size) // 2
            if line.is_point:
                yield _bullet(x, em_top, self.size)
            for run in line.runs(self.measure):
                yield Placed(x + line.indent + run.x, em_top + ascent(self.size) + run.y, run.item)


def _bullet(x: Emu, y: Emu, size: Emu) -> Placed:
    """Return the square of a point in the middle of an em that begins at a place."""
    side = divide(size * _BULLET, 1000)
    return Placed(x + (size - side) // 2, y + (size - side) // 2, Fill(side, side))


def _set_off(box: Rect, look: SummaryLook) -> tuple[Placed, ...]:
    if look is SummaryLook.TINTED:
        return (Placed(box.x, box.y, Fill(box.width, box.height, _TINT)),)
    if look is SummaryLook.BOXED:
        return outline(box, RULE)
    if look is SummaryLook.RULED:
        return (horizontal(box.x, box.y, box.width, RULE), horizontal(box.x, box.bottom, box.width, RULE))
    return ()


def set_summary(points: Sequence[Scalar], head: Head, width: Emu, design: Design, shaper: Shaper) -> Summary:
    """Return the summary set for a width: whole ems of its own, `_LONGEST` at most."""
    size = design.summary_size
    measure = max(size, min(_LONGEST, width // size - 2) * size)
    lines, problems = _lines(points, measure, size, shaper, Axis.LEVEL)
    align = head.align or Align.CENTRE
    if len(lines) == len(points) == 1:
        (line,) = lines
        lines = [line._replace(indent=aligned(line_width(line.shaped), measure, align))]
    return Summary(tuple(lines), head.summary, align, size, measure, design.grid.pitch, tuple(problems))


def set_vertical_summary(
    points: Sequence[Scalar], length: Emu, design: Design, shaper: Shaper
) -> tuple[tuple[VerticalLine, ...], tuple[Diagnostic, ...]]:
    """Return the summary in lines that run down the page, no longer than `length`, from right to left, with white before."""
    size = design.summary_size
    measure = max(size, length // size * size)
    lines, problems = _lines(points, measure, size, shaper, Axis.VERTICAL)
    white = VerticalLine((), 0, size // 2, ())
    return (*((white,) if lines else ()), *(_vertical(line, measure, size) for line in lines)), tuple(problems)


def _vertical(line: SummaryLine, measure: Emu, size: Emu) -> VerticalLine:
    runs = (Placed(run.x, run.y + line.indent, run.item) for run in line.runs(measure))
    point = (_bullet(-size // 2, 0, size),) if line.is_point else ()
    return VerticalLine((*point, *runs), measure, size, ())


def _lines(
    points: Sequence[Scalar], measure: Emu, size: Emu, shaper: Shaper, axis: Axis
) -> tuple[list[SummaryLine], list[Diagnostic]]:
    """Return the lines of all points; a single text is indented as a paragraph if it has more than one line."""
    lines: list[SummaryLine] = []
    problems: list[Diagnostic] = []
    for words in points:
        text = join_lines(marked_lines(words))
        shaped, absent = shaper.shape([StyledText(text, _ROLE.value)], size, axis)
        problems += absent_glyphs(absent, words.place_of)
        if len(points) > 1:
            spans = break_lines(shaped, measure - size)
            lines += (SummaryLine(shaped, span, size, span is spans[0]) for span in spans)
        else:
            indent = 2 * size if line_width(shaped) > measure > 8 * size else 0
            spans = break_lines(shaped, measure, indent)
            lines += (SummaryLine(shaped, span, indent if span is spans[0] else 0, False) for span in spans)
    return lines, problems

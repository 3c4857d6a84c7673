"""Pull quotes (引语): words of a story set again, a step larger, between two rules in a leg."""

from collections.abc import Iterator

from layout.design.grid import PageGrid, ascent
from layout.design.plan import RULE
from layout.design.styles import STEPS
from layout.diagnostics import Span
from layout.flow.piece import Piece
from layout.frame import Fill, Placed
from layout.script.breaks import Break
from layout.script.classes import HAN
from layout.text.justify import Fit, set_line
from layout.text.lines import break_lines
from layout.text.measure import LineSpan, line_width, natural_width
from layout.text.shaped import ShapedText
from layout.units import PT, Emu, divide

_LARGER, _FEED = 1300, 1450
"""How much larger than the body it is at least, and the distance of its lines, in per mille."""

_HEAVY: Emu = 3 * PT // 2
_MOST_EVENED = 6
"""Pull quotes of more lines are set like any paragraph."""

_PHRASE = 9.0
"""Breaking a phrase costs as much as a line of three ems too few."""

_WHITE = 450
"""From the edge of the piece to its rules, in per mille of the line pitch; the text keeps as much from them."""


def pull_size(em: Emu) -> Emu:
    """Return the size of pull quotes: the step of head sizes that shows beside a body of this em."""
    return next((size for size in STEPS if 1000 * size >= _LARGER * em), STEPS[-1])


def set_pull(span: Span, shaped: ShapedText, grid: PageGrid, measure: Emu) -> tuple[Piece, ...]:
    """Return a pull quote set to a measure, its lines of about one length and in the middle."""
    lines = _even_lines(shaped, measure)
    feed = divide(shaped.size * _FEED, 1000)
    white = divide(grid.pitch * _WHITE, 1000)
    text = len(lines) * feed - (feed - shaped.size)
    depth = -(-(text + 4 * white) // grid.pitch)
    height = depth * grid.pitch
    items = [
        Placed(0, white - _HEAVY // 2, Fill(measure, _HEAVY)),
        Placed(0, height - white - RULE // 2, Fill(measure, RULE)),
    ]
    for number, line in enumerate(lines):
        x = max(0, measure - natural_width(shaped, line)) // 2
        y = (height - text) // 2 + number * feed + ascent(shaped.size)
        items += [Placed(x + run.x, y + run.y, run.item) for run in set_line(shaped, line, measure, Fit.NATURAL)]
    return (Piece(tuple(items), shaped.text, depth, span),)


def _even_lines(shaped: ShapedText, measure: Emu) -> tuple[LineSpan, ...]:
    """Return the fewest lines at a measure, of about one length, and rather broken behind a mark than within a phrase."""
    lines = break_lines(shaped, measure)
    if len(lines) > _MOST_EVENED:
        return lines
    target, end = line_width(shaped) // len(lines), len(shaped.glyphs)
    best: dict[int, tuple[float, tuple[LineSpan, ...]]] = {0: (0.0, ())}
    for _ in lines:
        reached: dict[int, tuple[float, tuple[LineSpan, ...]]] = {}
        for start, (cost, made) in best.items():
            for line, width in _next_lines(shaped, start, measure):
                more = cost + ((width - target) / shaped.size) ** 2 + _within_phrase(shaped, line)
                if line.end not in reached or more < reached[line.end][0]:
                    reached[line.end] = (more, (*made, line))
        best = reached
    return best[end][1] if end in best else lines


def _next_lines(shaped: ShapedText, start: int, measure: Emu) -> Iterator[tuple[LineSpan, Emu]]:
    """Yield the lines that begin at a glyph and fit a measure, with their widths."""
    for end in range(start + 1, len(shaped.glyphs) + 1):
        if shaped.breaks[end] == Break.FREE:
            width = natural_width(shaped, LineSpan(start, end))
            if width > measure:
                return
            yield LineSpan(start, end), width


def _within_phrase(shaped: ShapedText, line: LineSpan) -> float:
    """Return what a line costs that ends within a phrase: as much as one that is some ems too short."""
    is_end = line.end == len(shaped.glyphs) or shaped.classes[line.end - 1] != HAN.code
    return 0.0 if is_end else _PHRASE

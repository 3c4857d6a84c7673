"""Pull quotes (引语): words of a story set again, a step larger, between two rules in a leg."""

from layout.design.grid import PageGrid, ascent
from layout.design.plan import RULE
from layout.design.styles import SIZE_STEPS
from layout.diagnostics import Span
from layout.flow.piece import Piece
from layout.frame import Fill, Placed
from layout.text.justify import Fit, set_line
from layout.text.lines import break_lines
from layout.text.measure import LineSpan, natural_width
from layout.text.shaped import ShapedText
from layout.units import PT, Emu, divide

_LARGER, _FEED = 1300, 1450
"""How much larger than the body it is at least, and the distance of its lines, in per mille."""

_HEAVY: Emu = 3 * PT // 2
_WHITE = 450
"""From the edge of the piece to its rules, in per mille of the line pitch; the text keeps as much from them."""


def pull_size(em: Emu) -> Emu:
    """Return the size of pull quotes: the step of head sizes that shows beside a body of this em."""
    return next((size for size in SIZE_STEPS if 1000 * size >= _LARGER * em), SIZE_STEPS[-1])


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
    """Return the fewest lines at a measure, broken for the least measure that needs no more of them."""
    lines = break_lines(shaped, measure)
    for width in range(measure - shaped.size, measure // 2, -shaped.size):
        narrower = break_lines(shaped, width)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines

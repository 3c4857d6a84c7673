"""Pieces: what stands in a galley in lines of its own, drawn before it has its place, such as a row of a table."""

from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.design.plan import RULE
from layout.diagnostics import Diagnostic, Span
from layout.frame import Fill, Placed
from layout.units import Emu


class Piece(NamedTuple):
    """Drawn items, placed from the upper left corner of the piece's first line, and the text that they show.

    `depth` is in lines of the grid, `span` where the piece stands in the copy. `foot` is drawn, too, where no other piece
    of its paragraph follows in its leg. `problems` are what was found while it was set.
    """

    items: tuple[Placed, ...]
    text: str
    depth: int
    span: Span
    foot: tuple[Placed, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def set_rule(span: Span, grid: PageGrid, measure: Emu) -> tuple[Piece, ...]:
    """Return a hairline as long as a measure, in the middle of a line."""
    return (Piece((Placed(0, (grid.pitch - RULE) // 2, Fill(measure, RULE)),), "", 1, span),)

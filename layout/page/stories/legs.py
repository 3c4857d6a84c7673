"""Sets the lines of a story into its legs."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest

from layout.design.grid import PageGrid
from layout.flow.galley import GalleyLine, LineKind
from layout.flow.pour import Filled
from layout.flow.region import Stretch
from layout.frame import Frame, Mark, MarkKind, Placed
from layout.geometry import Rect
from layout.text.justify import set_line
from layout.text.measure import natural_width
from layout.units import Emu


def set_legs(filled: Filled, stretches: Sequence[Stretch], grid: PageGrid, height: Emu) -> Frame:
    """Return the lines of all legs at their places, in a frame so high."""
    items: list[Placed] = [Placed(0, 0, Mark(MarkKind.BODY))]
    for stretch, leg in zip(stretches, filled.legs, strict=True):
        for placed, below in zip_longest(leg, leg[1:]):
            top = (stretch.line + placed.line) * grid.pitch
            items += _line(placed.galley_line, stretch, top + grid.baseline, grid)
            piece = placed.galley_line.piece
            if piece is not None and (below is None or below.galley_line.piece is None):
                items += _moved(piece.foot, stretch.x, top)
    return Frame(max((stretch.x + stretch.measure for stretch in stretches), default=0), height, tuple(items))


def _line(line: GalleyLine, stretch: Stretch, baseline: Emu, grid: PageGrid) -> Iterator[Placed]:
    """Yield a line on its baseline; a subhead stands in the middle of the lines that it takes."""
    if line.piece is not None:
        yield from _moved(line.piece.items, stretch.x, baseline - grid.baseline)
        return
    indent = line.indent
    if line.kind is LineKind.SUBHEAD:
        indent = max(0, (stretch.measure - natural_width(line.shaped, line.span)) // 2)
        baseline += (line.depth - 1) * grid.pitch // 2
    for run in set_line(line.shaped, line.span, stretch.measure - indent, line.fit):
        yield Placed(stretch.x + indent + run.x, baseline + run.y, run.item)


def _moved(items: Iterable[Placed], x: Emu, y: Emu) -> Iterator[Placed]:
    return (Placed(x + placed.x, y + placed.y, placed.item) for placed in items)


def leg_places(stretches: Sequence[Stretch], x: Emu, y: Emu, grid: PageGrid) -> Callable[[int, int], Rect]:
    """Return what gives the rectangle of a stretch by its number and its depth in lines; the text begins at `x` and `y`."""

    def place(number: int, lines: int) -> Rect:
        stretch = stretches[number]
        return Rect(x + stretch.x, y + stretch.line * grid.pitch, stretch.measure, lines * grid.pitch)

    return place

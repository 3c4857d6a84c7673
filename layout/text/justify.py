"""Sets a line to its measure: compresses in CLREQ's order, expands in CLREQ's order, to the last EMU.

Sources: CLREQ `#procedures_for_inter-character_spacing_reduction` and
`#procedures_for_inter-character_space_expansion`: within a class all places give equal amounts.
"""

from bisect import bisect_right
from collections.abc import Sequence
from enum import Enum
from itertools import accumulate, repeat
from operator import add, attrgetter, sub

from layout.design.grid import ascent
from layout.frame import BLACK, SOFT_HYPHEN, Direction, GlyphRun, Ink, Placed
from layout.script.rules import Axis, Grid
from layout.script.squeeze import Step, trims_line_edges
from layout.text.measure import (
    LineSpan,
    end_trim,
    gives,
    growths,
    hyphen_width,
    joints_of,
    start_trim,
)
from layout.text.overlays import overlay_items
from layout.text.shaped import Piece, ShapedText
from layout.units import Emu, divide, share

_ORDER = tuple(Step)

_WHITE = frozenset({Step.SPACES, Step.GAPS})
"""Steps in which white gives that has no ink in it."""

MIDDLE = 380
"""How far the middle of Latin letters lies above their baseline, in thousandths of an em."""


class Fit(Enum):
    """What becomes of a line that is narrower than its measure."""

    FULL = "full"
    NATURAL = "natural"


def set_line(shaped: ShapedText, line: LineSpan, measure: Emu, fit: Fit, ink: Ink = BLACK) -> tuple[Placed, ...]:
    """Return the line's glyph runs and what stands over them, placed from the start of the line's baseline.

    A vertical line is placed from the middle of its top edge. A full line's advances sum to `measure` exactly; a natural
    one keeps its width unless it must be squeezed.
    """
    advances, shifts = _edges_trimmed(shaped, line)
    hyphen = hyphen_width(shaped, line.end) if line.has_hyphen else 0
    spare = measure - sum(advances) - hyphen
    if spare < 0:
        _compress(shaped, line, advances, shifts, -spare)
    elif fit is Fit.FULL and spare > 0 and shaped.rules.grid is Grid.FILLED:
        _expand(shaped, line, advances, spare)
    edges = list(accumulate(advances, initial=0))
    origins = list(map(add, edges, shifts)) if any(shifts) else edges
    items = _runs(shaped, line, origins, edges, ink)
    if line.has_hyphen:
        items.append(_hyphen(shaped, line, edges[-1], hyphen, ink))
    if shaped.overlays:
        items += overlay_items(shaped, line, edges)
    return tuple(items)


def _edges_trimmed(shaped: ShapedText, line: LineSpan) -> tuple[list[Emu], list[Emu]]:
    start, last = line.start, line.end - 1
    advances, shifts = list(shaped.advances[start : last + 1]), list(shaped.shifts[start : last + 1])
    if trim := start_trim(shaped, start):
        advances[0] -= trim
        shifts[0] -= trim
    if trim := end_trim(shaped, last):
        advances[-1] -= trim
        if shaped.trails[last] and trims_line_edges(shaped.rules):
            shifts[-1] -= shaped.leads[last]
    return advances, shifts


def _compress(shaped: ShapedText, line: LineSpan, advances: list[Emu], shifts: list[Emu], need: Emu) -> None:
    """Take what a line needs from the places inside it, step by step.

    The last glyph has its own rule, and so has a mark that is trimmed at the line's start.
    """
    giving = gives(shaped, line.start + (start_trim(shaped, line.start) > 0), line.end - 1)
    for step in filter(giving.__contains__, _ORDER):
        places = giving[step]
        limits = [limit for _, limit in places]
        give = min(need, sum(limits))
        for (glyph, limit), amount in zip(places, _equal(give, limits), strict=True):
            assert amount <= limit
            advances[glyph - line.start] -= amount
            lead, trail = shaped.leads[glyph], shaped.trails[glyph]
            if lead and step not in _WHITE:
                shifts[glyph - line.start] -= amount * lead // (lead + trail)
        need -= give
        if not need:
            return


def _equal(total: Emu, limits: Sequence[Emu]) -> list[Emu]:
    """Return equal amounts under the limits that sum to `total`."""
    amounts = [0] * len(limits)
    open_places = list(range(len(limits)))
    while total and open_places:
        for place, part in zip(open_places, share(total, len(open_places)), strict=True):
            part = min(part, limits[place] - amounts[place])
            amounts[place] += part
            total -= part
        open_places = [place for place in open_places if amounts[place] < limits[place]]
    return amounts


def _expand(shaped: ShapedText, line: LineSpan, advances: list[Emu], spare: Emu) -> None:
    """Open word spaces, then Han-Latin gaps, to their limits, then all joints by equal amounts."""
    for limits in filter(None, growths(shaped, line.start, line.end - 1)):
        first = min(spare, sum(limits.values()))
        for place, amount in zip(limits, _equal(first, list(limits.values())), strict=True):
            advances[place - line.start] += amount
        spare -= first
    joints = joints_of(shaped, line)
    for place, amount in zip(joints, share(spare, len(joints) or 1), strict=False):
        advances[place] += amount


def _runs(shaped: ShapedText, line: LineSpan, origins: list[Emu], edges: list[Emu], ink: Ink) -> list[Placed]:
    """Return the run of each piece that a line has a part of."""
    runs, pieces = [], shaped.pieces
    number = bisect_right(pieces, line.start, key=_start) - 1
    start = line.start
    while start < line.end:
        piece, number = pieces[number], number + 1
        end = min(pieces[number].start, line.end) if number < len(pieces) else line.end
        first, last = start - line.start, end - line.start
        along = origins[first]
        offsets = tuple(map(sub, origins[first:last], repeat(along))) if along else tuple(origins[first:last])
        width, glyphs, clusters = edges[last] - edges[first], shaped.glyphs[start:end], shaped.clusters[start:end]
        run = GlyphRun(piece.role, piece.size, glyphs, offsets, clusters, width, ink=ink)
        runs.append(_placed(run, along, piece, shaped.axis))
        start = end
    return runs


_start = attrgetter("start")


def _placed(run: GlyphRun, along: Emu, piece: Piece, axis: Axis) -> Placed:
    """Return a run where it stands: along the line, and beside or across it where the line goes down the page."""
    if axis is Axis.LEVEL:
        return Placed(along, -piece.rise, run)
    if piece.across:
        offsets = tuple(place - piece.across[0] for place in piece.across)
        together = run._replace(offsets=offsets, stretch=piece.stretch)
        return Placed(piece.across[0], along + ascent(piece.size), together)
    middle = divide(piece.size * MIDDLE, 1000) if piece.direction is Direction.TURNED else 0
    return Placed(piece.rise - middle, along, run._replace(direction=piece.direction))


def _hyphen(shaped: ShapedText, line: LineSpan, place: Emu, width: Emu, ink: Ink) -> Placed:
    """Return the hyphen of a parted word; for readers it is a soft one, no part of the word."""
    piece = next(piece for piece in reversed(shaped.pieces) if piece.start < line.end)
    glyph = shaped.hyphens[piece.role].glyph
    return _placed(GlyphRun(piece.role, piece.size, (glyph,), (0,), (SOFT_HYPHEN,), width, ink=ink), place, piece, shaped.axis)

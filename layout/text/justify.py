"""Sets a line to its measure: compresses in CLREQ's order, expands in CLREQ's order, to the last EMU.

Sources: CLREQ `#procedures_for_inter-character_spacing_reduction` and
`#procedures_for_inter-character_space_expansion`: within a class all places give equal amounts.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import accumulate
from operator import attrgetter

from layout.design.grid import ascent
from layout.frame import BLACK, SOFT_HYPHEN, Direction, GlyphRun, Ink, Placed
from layout.script.classes import SPACE
from layout.script.rules import Axis, Grid
from layout.script.squeeze import Step, trims_line_edges
from layout.text.measure import (
    LineSpan,
    end_trim,
    gap_growth,
    gives,
    hyphen_width,
    joints_of,
    space_growth,
    start_trim,
)
from layout.text.overlays import overlay_items
from layout.text.shaped import Piece, ShapedText
from layout.units import Emu, divide, share

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
    origins = [edge + shift for edge, shift in zip(edges, shifts, strict=False)]
    items = list(_runs(shaped, line, origins, edges, ink))
    if line.has_hyphen:
        items.append(_hyphen(shaped, line, edges[-1], hyphen, ink))
    if shaped.overlays:
        items += overlay_items(shaped, line, edges)
    return tuple(items)


def _edges_trimmed(shaped: ShapedText, line: LineSpan) -> tuple[list[Emu], list[Emu]]:
    advances = list(shaped.advances[line.start : line.end])
    shifts = list(shaped.shifts[line.start : line.end])
    trim = start_trim(shaped, line.start)
    advances[0] -= trim
    shifts[0] -= trim
    trim = end_trim(shaped, line.end - 1)
    advances[-1] -= trim
    if trim and shaped.trails[line.end - 1] and trims_line_edges(shaped.rules):
        shifts[-1] -= shaped.leads[line.end - 1]
    return advances, shifts


def _compress(shaped: ShapedText, line: LineSpan, advances: list[Emu], shifts: list[Emu], need: Emu) -> None:
    giving = _giving(shaped, line)
    for step in Step:
        places = giving.get(step, ())
        give = min(need, sum(limit for _, limit in places))
        for (place, limit), amount in zip(places, _equal(give, [limit for _, limit in places]), strict=True):
            assert amount <= limit
            advances[place] -= amount
            lead, trail = shaped.leads[line.start + place], shaped.trails[line.start + place]
            if lead and step not in _WHITE:
                shifts[place] -= amount * lead // (lead + trail)
        need -= give
        if not need:
            return


def _giving(shaped: ShapedText, line: LineSpan) -> dict[Step, list[tuple[int, Emu]]]:
    """Return by step the places inside the line that can give, and how much each can.

    The last glyph has its own rule, and so has a mark that is trimmed at the line's start.
    """
    found: dict[Step, list[tuple[int, Emu]]] = {}
    first = line.start + (start_trim(shaped, line.start) > 0)
    for glyph, give in gives(shaped, first, line.end - 1):
        found.setdefault(give.step, []).append((glyph - line.start, give.amount))
    return found


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
    inner = range(line.start, line.end - 1)
    spaces = {place: space_growth(shaped, shaped.advances[place]) for place in inner if shaped.classes[place] == SPACE.code}
    gaps = {place: gap_growth(shaped, shaped.gaps[place]) for place in inner if shaped.gaps[place]}
    for limits in (spaces, gaps):
        first = min(spare, sum(limits.values()))
        for place, amount in zip(limits, _equal(first, list(limits.values())), strict=True):
            advances[place - line.start] += amount
        spare -= first
    joints = joints_of(shaped, line)
    for place, amount in zip(joints, share(spare, len(joints) or 1), strict=False):
        advances[place] += amount


def _runs(shaped: ShapedText, line: LineSpan, origins: list[Emu], edges: list[Emu], ink: Ink) -> Iterator[Placed]:
    first = bisect_right(shaped.pieces, line.start, key=_start) - 1
    for number in range(first, bisect_left(shaped.pieces, line.end, key=_start)):
        piece = shaped.pieces[number]
        after = shaped.pieces[number + 1].start if number + 1 < len(shaped.pieces) else line.end
        start, end = max(piece.start, line.start), min(after, line.end)
        places = origins[start - line.start : end - line.start]
        width = edges[end - line.start] - edges[start - line.start]
        run = GlyphRun(
            piece.role,
            piece.size,
            shaped.glyphs[start:end],
            tuple(place - places[0] for place in places),
            shaped.clusters[start:end],
            width,
            ink=ink,
        )
        yield _placed(run, places[0], piece, shaped.axis)


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

"""Sets a line to its measure: compresses in CLREQ's order, expands in CLREQ's order, to the last EMU.

Sources: CLREQ `#procedures_for_inter-character_spacing_reduction` and
`#procedures_for_inter-character_space_expansion`: within a class all places give equal amounts.
"""

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import accumulate, pairwise

from layout.frame import BLACK, GlyphRun
from layout.script.classes import BY_CODE, WESTERN, Blank
from layout.script.squeeze import compression_step
from layout.text.lines import LineSpan, end_trim, natural_width, start_trim, widened
from layout.text.shape import ShapedText
from layout.units import Emu, share

_COMPRESSION = (4, 5, 6, 7)
_GAP_STEP = 6
_RIGID_PAIRS = frozenset(a + b for a in WESTERN for b in WESTERN if b != "w") | {"dd", "ee", "xx"}
_RIGID = frozenset("nly")


class Fit(Enum):
    """What becomes of a line that is narrower than its measure."""

    FULL = "full"
    NATURAL = "natural"


def set_line(shaped: ShapedText, line: LineSpan, measure: Emu, fit: Fit, ink: int = BLACK) -> tuple[tuple[GlyphRun, Emu], ...]:
    """Return the line's glyph runs, one a face, with the x of each from the start of the measure.

    A full line's advances sum to `measure` exactly; a natural one keeps its width unless it must be squeezed.
    """
    advances, shifts = _edges_trimmed(shaped, line)
    spare = measure - sum(advances)
    if spare < 0:
        _compress(shaped, line, advances, shifts, -spare)
    elif fit is Fit.FULL and spare > 0:
        _expand(shaped, line, advances, spare)
    edges = list(accumulate(advances, initial=0))
    origins = [edge + shift for edge, shift in zip(edges, shifts, strict=False)]
    return tuple(_runs(shaped, line, origins, edges, ink))


def _edges_trimmed(shaped: ShapedText, line: LineSpan) -> tuple[list[Emu], list[Emu]]:
    advances = list(shaped.advances[line.start : line.end])
    shifts = list(shaped.shifts[line.start : line.end])
    trim = start_trim(shaped, line.start)
    advances[0] -= trim
    shifts[0] -= trim
    advances[-1] -= end_trim(shaped, line.end - 1)
    return advances, shifts


def _compress(shaped: ShapedText, line: LineSpan, advances: list[Emu], shifts: list[Emu], need: Emu) -> None:
    for step in _COMPRESSION:
        places = list(_giving(shaped, line, step))
        give = min(need, sum(limit for _, limit in places))
        for (place, limit), amount in zip(places, _equal(give, [limit for _, limit in places]), strict=True):
            assert amount <= limit
            advances[place] -= amount
            if BY_CODE[shaped.classes[line.start + place]].blank is Blank.LEFT and step != _GAP_STEP:
                shifts[place] -= amount
        need -= give
        if not need:
            return


def _giving(shaped: ShapedText, line: LineSpan, step: int) -> Iterator[tuple[int, Emu]]:
    """Yield the places inside the line that may give in a step of compression, and how much each may."""
    for place in range(line.end - line.start):
        glyph = line.start + place
        if step == _GAP_STEP:
            if shaped.gaps[glyph] and glyph + 1 < line.end:
                yield place, shaped.gaps[glyph] // 2
        elif (
            compression_step(shaped.classes[glyph], shaped.rules) == step
            and shaped.blanks[glyph]
            and _is_inner(shaped, line, glyph)
        ):
            yield place, shaped.blanks[glyph]


def _is_inner(shaped: ShapedText, line: LineSpan, glyph: int) -> bool:
    """Return whether a mark's blank was not already trimmed at an edge of the line."""
    if BY_CODE[shaped.classes[glyph]].blank is Blank.LEFT:
        return glyph > line.start
    return glyph + 1 < line.end


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
    gaps = [place for place in range(len(advances) - 1) if shaped.gaps[line.start + place]]
    limits = [widened(shaped.gaps[line.start + place]) for place in gaps]
    first = _equal(min(spare, sum(limits)), limits)
    for place, amount in zip(gaps, first, strict=True):
        advances[place] += amount
    joints = _joints(shaped.classes[line.start : line.end])
    for place, amount in zip(joints, share(spare - sum(first), len(joints) or 1), strict=False):
        advances[place] += amount


def _joints(classes: str) -> list[int]:
    """Return the glyphs after which a full line may open; all joints where none of them is soft."""
    joints = [
        place
        for place, (this, following) in enumerate(pairwise(classes))
        if this + following not in _RIGID_PAIRS and this not in _RIGID and following not in _RIGID
    ]
    return joints or list(range(len(classes) - 1))


def _runs(shaped: ShapedText, line: LineSpan, origins: list[Emu], edges: list[Emu], ink: int) -> Iterator[tuple[GlyphRun, Emu]]:
    starts = [start for start, _ in shaped.faces]
    for (start, role), end in zip(shaped.faces, [*starts[1:], len(shaped.glyphs)], strict=True):
        start, end = max(start, line.start), min(end, line.end)
        if start >= end:
            continue
        places = origins[start - line.start : end - line.start]
        width = edges[end - line.start] - edges[start - line.start]
        run = GlyphRun(
            role,
            shaped.size,
            shaped.glyphs[start:end],
            tuple(place - places[0] for place in places),
            shaped.clusters[start:end],
            width,
            ink=ink,
        )
        yield run, places[0]


def opening(shaped: ShapedText, line: LineSpan, measure: Emu) -> Emu:
    """Return what each joint of a full line must take beyond its own width; 0 where the line is squeezed."""
    spare = measure - natural_width(shaped, line)
    if spare <= 0:
        return 0
    gaps = sum(widened(gap) for gap in shaped.gaps[line.start : line.end - 1])
    joints = _joints(shaped.classes[line.start : line.end])
    return max(0, spare - gaps) // (len(joints) or 1)


def line_width(shaped: ShapedText) -> Emu:
    """Return the natural width of a text set on one line."""
    return natural_width(shaped, LineSpan(0, len(shaped.glyphs))) if shaped.glyphs else 0

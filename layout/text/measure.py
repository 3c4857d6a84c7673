"""How wide lines are and what they could give or take: the arithmetic that breaking and setting share."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import compress
from operator import attrgetter
from typing import NamedTuple

from layout.script.classes import SPACE
from layout.script.squeeze import Step, hangs, steps_of, trims_line_edges
from layout.text.shaped import ShapedText
from layout.units import Emu


class LineSpan(NamedTuple):
    """The glyphs of a line: from `start` up to `end`, with a hyphen behind them where it parts a word."""

    start: int
    end: int
    has_hyphen: bool = False


def start_trim(shaped: ShapedText, place: int) -> Emu:
    """Return what an opening bracket loses at the start of a line; marks in the middle of their em lose nothing there."""
    lead = shaped.leads[place]
    return lead if lead and not shaped.trails[place] and trims_line_edges(shaped.rules) else 0


def end_trim(shaped: ShapedText, place: int) -> Emu:
    """Return what the last glyph of a line loses: a mark's half em (GB/T 15834-2011 5.1.10), a gap, a space."""
    if shaped.classes[place] == SPACE.code:
        return shaped.advances[place]
    return _mark_trim(shaped, place) + shaped.whites.get(place, 0)


def _mark_trim(shaped: ShapedText, place: int) -> Emu:
    if shaped.trails[place] and trims_line_edges(shaped.rules):
        return shaped.leads[place] + shaped.trails[place] + shaped.gaps[place]
    if hangs(shaped.classes[place], shaped.classes[place - 1 : place], shaped.rules, shaped.axis):
        return shaped.advances[place]
    return shaped.gaps[place]


def hyphen_width(shaped: ShapedText, place: int) -> Emu:
    """Return the width of the hyphen that a word takes when it is parted before a glyph."""
    piece = shaped.pieces[bisect_left(shaped.pieces, place, key=attrgetter("start")) - 1]
    return shaped.hyphens[piece.role].advance * piece.size // 1000


def natural_width(shaped: ShapedText, line: LineSpan) -> Emu:
    """Return the width of a line before anything in it is adjusted."""
    hyphen = hyphen_width(shaped, line.end) if line.has_hyphen else 0
    return sum(shaped.advances[line.start : line.end]) + hyphen - edge_trims(shaped, line)


def edge_trims(shaped: ShapedText, line: LineSpan) -> Emu:
    """Return what the first and the last glyph of a line lose at its edges."""
    return start_trim(shaped, line.start) + end_trim(shaped, line.end - 1)


def line_width(shaped: ShapedText) -> Emu:
    """Return the natural width of a text set on one line."""
    return natural_width(shaped, LineSpan(0, len(shaped.glyphs))) if shaped.glyphs else 0


def gap_growth(shaped: ShapedText, gap: Emu) -> Emu:
    """Return how much a Han-Latin gap may grow: to the widest that the style allows, CLREQ's half an em at most."""
    return max(0, shaped.size * shaped.rules.widest_gap // 1000 - gap) if gap else 0


def space_growth(shaped: ShapedText, space: Emu) -> Emu:
    """Return how much a word space may grow: to half an em."""
    return max(0, shaped.size // 2 - space)


_LEAST = {Step.SPACES: 4, Step.GAPS: 8}
"""What white keeps, as a part of an em: a word space a quarter, a Han-Latin gap an eighth."""


def gives(shaped: ShapedText, start: int, end: int) -> dict[Step, list[tuple[int, Emu]]]:
    """Return by step of compression the glyphs from `start` up to `end` that can give inside a line, and what each can.

    A gap gives, a word space, and the blanks of a mark.
    """
    found: dict[Step, list[tuple[int, Emu]]] = {}
    gaps, leads, trails, classes = shaped.gaps, shaped.leads, shaped.trails, shaped.classes
    least = shaped.size // _LEAST[Step.GAPS]
    if wide := [(place, gaps[place] - least) for place in filled(gaps, start, end) if gaps[place] > least]:
        found[Step.GAPS] = wide
    least = shaped.size // _LEAST[Step.SPACES]
    spaces = ((place, shaped.advances[place] - least) for place in places_of(SPACE.code, classes, start, end))
    if wide := [(place, give) for place, give in spaces if give > 0]:
        found[Step.SPACES] = wide
    steps = steps_of(shaped.rules)
    for place in sorted({*filled(leads, start, end), *filled(trails, start, end)}):
        step = steps.get(classes[place])
        if step is not None and not gaps[place]:
            found.setdefault(step, []).append((place, leads[place] + trails[place]))
    return found


def filled(values: Sequence[Emu], start: int, end: int) -> Iterator[int]:
    """Return the places from `start` up to `end` where there is a value."""
    return compress(range(start, end), values[start:end])


def places_of(code: str, classes: str, start: int, end: int) -> Iterator[int]:
    """Yield the places from `start` up to `end` that are of a class."""
    place = classes.find(code, start, end)
    while place >= 0:
        yield place
        place = classes.find(code, place + 1, end)


def growths(shaped: ShapedText, start: int, end: int) -> tuple[dict[int, Emu], dict[int, Emu]]:
    """Return what word spaces, and what gaps, from glyph `start` up to `end` may grow before other joints open."""
    spaces = places_of(SPACE.code, shaped.classes, start, end)
    return (
        {place: space_growth(shaped, shaped.advances[place]) for place in spaces},
        {place: gap_growth(shaped, shaped.gaps[place]) for place in filled(shaped.gaps, start, end)},
    )


def opening(shaped: ShapedText, line: LineSpan, measure: Emu) -> Emu:
    """Return what each joint of a full line must take beyond its own width; 0 where the line is squeezed.

    A line without joints, such as one long word, opens nowhere and ends short.
    """
    spare = measure - natural_width(shaped, line)
    if spare <= 0:
        return 0
    grown = sum(sum(places.values()) for places in growths(shaped, line.start, line.end - 1))
    joints = sum(shaped.joints[line.start : line.end - 1]) or len(joints_of(shaped, line))
    return max(0, spare - grown) // joints if joints else 0


def joints_of(shaped: ShapedText, line: LineSpan) -> list[int]:
    """Return the glyphs, counted from the line's first, after which a full line may open.

    Where it has nothing else, its gaps and word spaces open beyond their limits; a single word stays as it is.
    """
    inner = slice(line.start, line.end - 1)
    joints = list(compress(range(line.end - line.start - 1), shaped.joints[inner]))
    if joints:
        return joints
    whites = zip(shaped.gaps[inner], shaped.classes[inner], strict=True)
    return [place for place, (gap, code) in enumerate(whites) if gap or code == SPACE.code]

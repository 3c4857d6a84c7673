"""How wide lines are and what they could give or take: the arithmetic that breaking and setting share."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, compress
from typing import NamedTuple

from layout.script.breaks import Break
from layout.script.classes import SPACE
from layout.script.squeeze import compression_step, hangs, trims_line_edges
from layout.text.shaped import ShapedText
from layout.units import Emu

_RUNT = 4000.0
_STRETCH = 15_000.0
_GROWING = 10.0
_SQUEEZE = 70.0
_STOPS = 400.0
_OVERFULL = 1e9
_PENALTIES = {Break.FREE: 0.0, Break.HYPHEN: 250.0, Break.RESCUE: 2500.0}
_EARLY_STEPS = frozenset({3, 4, 5})
_LAST_STEP = 7
_COUNTED = frozenset("HDLeSPt")


class LineSpan(NamedTuple):
    """The glyphs of a line: from `start` up to `end`, with a hyphen behind them where it parts a word."""

    start: int
    end: int
    has_hyphen: bool = False


def start_trim(shaped: ShapedText, place: int) -> Emu:
    """Return what an opening bracket loses at the start of a line; marks in the middle of their em lose nothing there."""
    return shaped.leads[place] if trims_line_edges(shaped.rules) and not shaped.trails[place] else 0


def end_trim(shaped: ShapedText, place: int) -> Emu:
    """Return what the last glyph of a line loses: a mark's half em (GB/T 15834-2011 5.1.10), a gap, a space."""
    if shaped.classes[place] == SPACE.code:
        return shaped.advances[place]
    if shaped.trails[place] and trims_line_edges(shaped.rules):
        return shaped.leads[place] + shaped.trails[place] + shaped.gaps[place]
    if hangs(shaped.classes[place], shaped.classes[place - 1 : place], shaped.rules):
        return shaped.advances[place]
    return shaped.gaps[place]


def hyphen_width(shaped: ShapedText, place: int) -> Emu:
    """Return the width of the hyphen that a word takes when it is parted before a glyph."""
    piece = next(piece for piece in reversed(shaped.pieces) if piece.start < place)
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


def gap_give(shaped: ShapedText, gap: Emu) -> Emu:
    """Return how much a Han-Latin gap may shrink: to an eighth of an em."""
    return max(0, gap - shaped.size // 8)


def space_growth(shaped: ShapedText, space: Emu) -> Emu:
    """Return how much a word space may grow: to half an em."""
    return max(0, shaped.size // 2 - space)


def space_give(shaped: ShapedText, space: Emu) -> Emu:
    """Return how much a word space may shrink: to a quarter of an em."""
    return max(0, space - shaped.size // 4)


def growths(shaped: ShapedText) -> list[Emu]:
    """Return by glyph what its gap or word space may grow before other joints open."""
    most = {gap: gap_growth(shaped, gap) for gap in set(shaped.gaps)}
    grown = [most[gap] for gap in shaped.gaps]
    if SPACE.code in shaped.classes:
        for place in _places(shaped.classes, SPACE.code):
            grown[place] = space_growth(shaped, shaped.advances[place])
    return grown


def _places(classes: str, code: str) -> list[int]:
    return [place for place, this in enumerate(classes) if this == code]


def opening(shaped: ShapedText, line: LineSpan, measure: Emu) -> Emu:
    """Return what each joint of a full line must take beyond its own width; 0 where the line is squeezed."""
    spare = measure - natural_width(shaped, line)
    if spare <= 0:
        return 0
    grown = sum(gap_growth(shaped, gap) for gap in shaped.gaps[line.start : line.end - 1] if gap)
    for place in _places(shaped.classes[line.start : line.end - 1], SPACE.code):
        grown += space_growth(shaped, shaped.advances[line.start + place])
    return max(0, spare - grown) // (len(joints_of(shaped, line)) or 1)


def joints_of(shaped: ShapedText, line: LineSpan) -> list[int]:
    """Return the glyphs, counted from the line's first, after which a full line may open; all where none is soft."""
    count = line.end - line.start - 1
    joints = list(compress(range(count), shaped.joints[line.start : line.end - 1]))
    return joints or list(range(count))


class Sums:
    """Prefix sums at the breaks of a paragraph: with them every candidate line is a few subtractions.

    Lists with `_from` count from a line's first glyph, those with `_to` up to its last but one, whose blanks and
    gaps lie inside the line.
    """

    def __init__(self, shaped: ShapedText, breaks: list[tuple[int, int]], indent: Emu) -> None:
        places = [place for place, _ in breaks]
        ends = list(accumulate(shaped.advances, initial=0))
        lone, stops = _gives(shaped)
        counted = list(accumulate((code in _COUNTED for code in shaped.classes), initial=0))
        self.places = places
        self.kinds = [kind for _, kind in breaks]
        self.penalties = [_PENALTIES[Break(kind)] for kind in self.kinds]
        trims = [*(start_trim(shaped, place) for place in places[:-1]), 0]
        self.begin = [ends[place] + trim for place, trim in zip(places, trims, strict=True)]
        self.begin[0] -= indent
        self.end = [0, *(ends[place] - end_trim(shaped, place - 1) for place in places[1:])]
        for number, kind in enumerate(self.kinds):
            if kind == Break.HYPHEN:
                self.end[number] += hyphen_width(shaped, places[number])
        lone_from, self.lone_to = _at(lone, places)
        self.lone_from = [lone + trim for lone, trim in zip(lone_from, trims, strict=True)]
        self.stops_from, self.stops_to = _at(stops, places)
        self.grows_from, self.grows_to = _at(growths(shaped), places)
        self.joints_from, self.joints_to = _at(shaped.joints, places)
        self.counted = [counted[place] for place in places]
        self.size = shaped.size
        self.stretch_factor = _STRETCH / (shaped.size * shaped.size)
        self.grow_factor = _GROWING / shaped.size

    def width(self, start: int, end: int) -> Emu:
        """Return the natural width of the line between two breaks."""
        return self.end[end] - self.begin[start]

    def give(self, start: int, end: int) -> Emu:
        """Return how much the line between two breaks can be squeezed."""
        return max(0, self.lone_to[end] - self.lone_from[start]) + max(0, self.stops_to[end] - self.stops_from[start])

    def natural_end(self, start: int, width: Emu) -> int:
        """Return the last break up to which a line from `start` fits without squeezing; edges' trims are left out."""
        return bisect_right(self.end, self.begin[start] + width) - 1

    def open_cost(self, start: int, end: int, spare: Emu) -> float:
        """Return the cost of a line that must take `spare` more than its width."""
        grows = max(0, self.grows_to[end] - self.grows_from[start])
        each = max(0, spare - grows) / (max(0, self.joints_to[end] - self.joints_from[start]) or 1)
        return self.stretch_factor * each * each + self.grow_factor * min(spare, grows)

    def trace(self, previous: Sequence[int]) -> tuple[LineSpan, ...]:
        """Return the lines that end at the last break, each begun at the break before it."""
        lines = []
        index = len(previous) - 1
        while index > 0:
            lines.append(self._span(previous[index], index))
            index = previous[index]
        return tuple(reversed(lines))

    def trace_layers(self, layers: Sequence[dict[int, tuple[float, int]]], count: int) -> tuple[LineSpan, ...]:
        """Return the first `count` lines of a search that went line by line."""
        lines = []
        index = len(self.places) - 1
        for number in range(count, 0, -1):
            start = layers[number][index][1]
            lines.append(self._span(start, index))
            index = start
        return tuple(reversed(lines))

    def _span(self, start: int, end: int) -> LineSpan:
        return LineSpan(self.places[start], self.places[end], self.kinds[end] == Break.HYPHEN)


def _gives(shaped: ShapedText) -> tuple[list[Emu], list[Emu]]:
    """Return by glyph what it may give in the early steps of compression, and in the last one."""
    steps = {code: compression_step(code, shaped.rules) for code in set(shaped.classes)}
    early = frozenset(code for code, step in steps.items() if step in _EARLY_STEPS)
    late = frozenset(code for code, step in steps.items() if step == _LAST_STEP)
    gaps = {gap: gap_give(shaped, gap) for gap in set(shaped.gaps)}
    rows = list(zip(shaped.leads, shaped.trails, shaped.gaps, shaped.classes, strict=True))
    lone = [lead + trail if code in early else gaps[gap] for lead, trail, gap, code in rows]
    stops = [lead + trail if code in late else 0 for lead, trail, _, code in rows]
    for place in _places(shaped.classes, SPACE.code) if SPACE.code in shaped.classes else ():
        lone[place] = space_give(shaped, shaped.advances[place])
    return lone, stops


def _at(values: Sequence[int], places: list[int]) -> tuple[list[int], list[int]]:
    sums = list(accumulate(values, initial=0))
    return [sums[place] for place in places], [sums[max(0, place - 1)] for place in places]


def last_cost(sums: Sums, start: int, index: int, measure: Emu) -> float:
    """Return the cost of a paragraph's last line, which may be short but not of one character."""
    spare = measure - sums.end[index] + sums.begin[start]
    cost = _SQUEEZE + squeeze_cost(sums, start, index, -spare) if spare < 0 else 0.0
    return cost + _RUNT if start and sums.counted[index] - sums.counted[start] < 2 else cost


def squeeze_cost(sums: Sums, start: int, index: int, need: Emu) -> float:
    """Return what squeezing a line by `need` costs beyond its fixed part: more the nearer its marks come to half an em."""
    lone = sums.lone_to[index] - sums.lone_from[start]
    if 0 < need <= lone:
        ratio = need / lone
        return 130.0 * ratio * ratio
    stops = sums.stops_to[index] - sums.stops_from[start]
    if need <= lone + stops:
        return 130.0 + _STOPS * (need - lone) / stops
    return _OVERFULL

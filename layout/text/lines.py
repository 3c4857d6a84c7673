"""Breaks a shaped paragraph into lines: total fit over the paragraph.

Each break is the best end of the text before it; the cost of a line grows with what its spaces must give. A
line of one character at the end of a paragraph (孤字, CLREQ `#adjustments_of_orphans_and_widows`) is dear.
Ten thousand characters take some 40 ms, and the time is linear: a line's begin lies within a few breaks of
the first from which the text still fits.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from layout.script.classes import BY_CODE
from layout.script.squeeze import TRIMS_AT_END, TRIMS_AT_START
from layout.text.shape import ShapedText
from layout.units import Emu

_LOOSER = 2
"""How many breaks beyond the first line that is not squeezed are tried: each makes a looser line."""

_RUNT = 4000.0
_STRETCH = 15_000.0
_GAPS = 10.0
_SQUEEZE = 70.0
_STOPS = 400.0
_OVERFULL = 1e9
_LONE = frozenset(code for code, row in BY_CODE.items() if row.step in (4, 5))
_LAST_STEP = frozenset(code for code, row in BY_CODE.items() if row.step == 7)
_COUNTED = frozenset("HDLeSP")


def widened(gaps: Emu) -> Emu:
    """Return how much Han-Latin gaps of a quarter em may widen together: to a third of an em each.

    CLREQ lets them grow to half an em; many styles stop at a third, which newspaper columns want.
    """
    return gaps // 3


class LineSpan(NamedTuple):
    """The glyphs of a line: from `start` up to `end`."""

    start: int
    end: int


def start_trim(shaped: ShapedText, place: int) -> Emu:
    """Return what an opening bracket loses at the start of a line."""
    return shaped.blanks[place] if shaped.classes[place] in TRIMS_AT_START else 0


def end_trim(shaped: ShapedText, place: int) -> Emu:
    """Return what the last glyph of a line loses: a mark's half em (GB/T 15834-2011 5.1.10), a gap, a space."""
    if shaped.classes[place] == "w":
        return shaped.advances[place]
    mark = shaped.blanks[place] if shaped.classes[place] in TRIMS_AT_END else 0
    return mark + shaped.gaps[place]


def natural_width(shaped: ShapedText, line: LineSpan) -> Emu:
    """Return the width of a line before anything in it is adjusted."""
    trims = start_trim(shaped, line.start) + end_trim(shaped, line.end - 1)
    return sum(shaped.advances[line.start : line.end]) - trims


def break_lines(shaped: ShapedText, measure: Emu, indent: Emu = 0) -> tuple[LineSpan, ...]:
    """Return the lines of a paragraph at a measure; the first is `indent` shorter.

    The lines partition the glyphs. None is wider than its measure once squeezed, unless a single glyph is.
    """
    if not shaped.glyphs:
        return ()
    places = _breaks(shaped, measure - indent)
    return _trace(places, _search(_Sums(shaped, places, indent), measure))


def _breaks(shaped: ShapedText, measure: Emu) -> list[int]:
    """Return the allowed breaks, with every glyph's edge where an unbreakable run is wider than the measure."""
    places = [place for place, allowed in enumerate(shaped.allowed) if allowed]
    ends = list(accumulate(shaped.advances, initial=0))
    if all(ends[b] - ends[a] <= measure for a, b in pairwise(places)):
        return places
    opened: list[int] = []
    for a, b in pairwise(places):
        opened += range(a, b) if ends[b] - ends[a] > measure else (a,)
    return [*opened, places[-1]]


class _Sums:
    """Prefix sums at the breaks of a paragraph: with them every candidate line is a few subtractions.

    Lists with `_from` count from a line's first glyph, those with `_to` up to its last but one, whose blanks and
    gaps lie inside the line.
    """

    def __init__(self, shaped: ShapedText, places: list[int], indent: Emu) -> None:
        classes, blanks, gaps = shaped.classes, shaped.blanks, shaped.gaps
        ends = list(accumulate(shaped.advances, initial=0))
        lone = [blank if code in _LONE else gap // 2 for blank, gap, code in zip(blanks, gaps, classes, strict=True)]
        stops = [blank if code in _LAST_STEP else 0 for blank, code in zip(blanks, classes, strict=True)]
        counted = list(accumulate((code in _COUNTED for code in classes), initial=0))
        self.size = shaped.size
        self.places = places
        self.begin = [ends[place] + start_trim(shaped, place) for place in places[:-1]] + [ends[-1]]
        self.begin[0] -= indent
        self.end = [0, *(ends[place] - end_trim(shaped, place - 1) for place in places[1:])]
        self.lone_from, self.lone_to = _at(lone, places)
        self.stops_from, self.stops_to = _at(stops, places)
        self.gaps_from, self.gaps_to = _at(gaps, places)
        self.counted = [counted[place] for place in places]


def _at(values: Sequence[int], places: list[int]) -> tuple[list[int], list[int]]:
    sums = list(accumulate(values, initial=0))
    return [sums[place] for place in places], [sums[max(0, place - 1)] for place in places]


def _search(sums: _Sums, measure: Emu) -> list[int]:
    """Return for each break the break before it in the best lines that lead to it."""
    best, previous = [0.0], [0]
    tight, solid, final = 0, 0, len(sums.places) - 1
    begin, lone, stops = sums.begin, sums.lone_from, sums.stops_from
    for index in range(1, final + 1):
        end = sums.end[index]
        least = end - sums.lone_to[index] - sums.stops_to[index] - measure
        while tight < index - 1 and least - begin[tight] + lone[tight] + stops[tight] > 0:
            tight += 1
        while solid < index - 1 and end - begin[solid] > measure:
            solid += 1
        if index == final:
            starts = range(tight, index)
            costs = [best[start] + _last_cost(sums, start, index, measure) for start in starts]
        else:
            starts = range(tight, min(solid + _LOOSER, index))
            costs = _costs(sums, starts, index, measure, best)
        cost = min(costs)
        best.append(cost)
        previous.append(starts[costs.index(cost)])
    return previous


def _costs(sums: _Sums, starts: range, index: int, measure: Emu, best: list[float]) -> list[float]:
    """Return the costs up to a break of all lines that end there: 0 for one set solid, more the more it gives."""
    begin, gaps, places = sums.begin, sums.gaps_from, sums.places
    short = measure - sums.end[index]
    gap_end, glyph_end = sums.gaps_to[index], places[index] - 1
    factor = _STRETCH / (sums.size * sums.size)
    costs = []
    for start in starts:
        spare = short + begin[start]
        if spare > 0:
            rest = spare - widened(gap_end - gaps[start])
            each = rest / ((glyph_end - places[start]) or 1) if rest > 0 else 0.0
            costs.append(best[start] + factor * each * each + _GAPS * min(spare, spare - rest) / sums.size)
        elif spare < 0:
            costs.append(best[start] + _squeeze_cost(sums, start, index, -spare))
        else:
            costs.append(best[start])
    return costs


def _last_cost(sums: _Sums, start: int, index: int, measure: Emu) -> float:
    """Return the cost of a paragraph's last line, which may be short but not of one character."""
    spare = measure - sums.end[index] + sums.begin[start]
    cost = _squeeze_cost(sums, start, index, -spare) if spare < 0 else 0.0
    return cost + _RUNT if start and sums.counted[index] - sums.counted[start] < 2 else cost


def _squeeze_cost(sums: _Sums, start: int, index: int, need: Emu) -> float:
    lone = sums.lone_to[index] - sums.lone_from[start]
    if 0 < need <= lone:
        ratio = need / lone
        return _SQUEEZE + 130.0 * ratio * ratio
    stops = sums.stops_to[index] - sums.stops_from[start]
    if need <= lone + stops:
        return 200.0 + _STOPS * (need - lone) / stops
    return _OVERFULL


def _trace(places: list[int], previous: list[int]) -> tuple[LineSpan, ...]:
    lines = []
    index = len(previous) - 1
    while index > 0:
        lines.append(LineSpan(places[previous[index]], places[index]))
        index = previous[index]
    return tuple(reversed(lines))

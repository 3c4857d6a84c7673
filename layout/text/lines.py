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
from layout.script.squeeze import TRIMS_AT_END, TRIMS_AT_START, compression_step, trims_line_end
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
_ENDLESS = 1e18
_WIDENED = 3
_EARLY_STEPS = frozenset({4, 5})
_LAST_STEP = 7
_COUNTED = frozenset("HDLeSP")


def widened(gaps: Emu) -> Emu:
    """Return how much Han-Latin gaps of a quarter em may widen together: to a third of an em each.

    CLREQ lets them grow to half an em; many styles stop at a third, which newspaper columns want.
    """
    return gaps // _WIDENED


class LineSpan(NamedTuple):
    """The glyphs of a line: from `start` up to `end`."""

    start: int
    end: int


def start_trim(shaped: ShapedText, place: int) -> Emu:
    """Return what an opening bracket loses at the start of a line."""
    is_trimmed = shaped.classes[place] in TRIMS_AT_START and trims_line_end(shaped.rules)
    return shaped.blanks[place] if is_trimmed else 0


def end_trim(shaped: ShapedText, place: int) -> Emu:
    """Return what the last glyph of a line loses: a mark's half em (GB/T 15834-2011 5.1.10), a gap, a space."""
    if shaped.classes[place] == "w":
        return shaped.advances[place]
    is_trimmed = shaped.classes[place] in TRIMS_AT_END and trims_line_end(shaped.rules)
    return (shaped.blanks[place] if is_trimmed else 0) + shaped.gaps[place]


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
        steps = {code: compression_step(code, shaped.rules) for code in BY_CODE}
        early = frozenset(code for code, step in steps.items() if step in _EARLY_STEPS)
        late = frozenset(code for code, step in steps.items() if step == _LAST_STEP)
        lone = [blank if code in early else gap // 2 for blank, gap, code in zip(blanks, gaps, classes, strict=True)]
        stops = [blank if code in late else 0 for blank, code in zip(blanks, classes, strict=True)]
        counted = list(accumulate((code in _COUNTED for code in classes), initial=0))
        self.size = shaped.size
        self.places = places
        trims = [*(start_trim(shaped, place) for place in places[:-1]), 0]
        self.begin = [ends[place] + trim for place, trim in zip(places, trims, strict=True)]
        self.begin[0] -= indent
        self.end = [0, *(ends[place] - end_trim(shaped, place - 1) for place in places[1:])]
        lone_from, self.lone_to = _at(lone, places)
        self.lone_from = [lone + trim for lone, trim in zip(lone_from, trims, strict=True)]
        self.stops_from, self.stops_to = _at(stops, places)
        self.gaps_from, self.gaps_to = _at(gaps, places)
        self.counted = [counted[place] for place in places]


def _at(values: Sequence[int], places: list[int]) -> tuple[list[int], list[int]]:
    sums = list(accumulate(values, initial=0))
    return [sums[place] for place in places], [sums[max(0, place - 1)] for place in places]


def _search(sums: _Sums, measure: Emu) -> list[int]:
    """Return for each break the break before it in the best lines that lead to it.

    The one hot loop of the house; it is written out for that reason. A line set solid costs nothing, an opened
    one by the square of what each of its joints takes, a squeezed one by `_squeeze_cost`.
    """
    best, previous = [0.0], [0]
    tight, solid, final = 0, 0, len(sums.places) - 1
    begin, lone, stops, gaps, places = sums.begin, sums.lone_from, sums.stops_from, sums.gaps_from, sums.places
    factor, gap_factor = _STRETCH / (sums.size * sums.size), _GAPS / sums.size
    for index in range(1, final):
        end = sums.end[index] - measure
        least = end - sums.lone_to[index] - sums.stops_to[index]
        before = index - 1
        while tight < before and least - begin[tight] + lone[tight] + stops[tight] > 0:
            tight += 1
        solid = max(solid, tight)
        while solid < before and end > begin[solid]:
            solid += 1
        gap_end, glyph_end = sums.gaps_to[index], places[index] - 1
        cost, chosen = _ENDLESS, tight
        for start in range(solid, min(solid + _LOOSER, index)):
            spare = begin[start] - end
            if spare < 0:
                continue
            give = (gap_end - gaps[start]) // _WIDENED
            rest = spare - give
            if rest > 0:
                each = rest / ((glyph_end - places[start]) or 1)
                this = best[start] + factor * each * each + gap_factor * give
            else:
                this = best[start] + gap_factor * spare
            if this < cost:
                cost, chosen = this, start
        for start in range(tight, solid + (end > begin[solid])):
            this = best[start] + _SQUEEZE
            if this < cost:
                this += _squeeze_cost(sums, start, index, end - begin[start])
                if this < cost:
                    cost, chosen = this, start
        best.append(cost)
        previous.append(chosen)
    previous.append(_last_start(sums, measure, tight, best))
    return previous


def _last_start(sums: _Sums, measure: Emu, tight: int, best: list[float]) -> int:
    """Return where a paragraph's last line begins: it may be short, so every later break is tried."""
    final = len(sums.places) - 1
    return min(range(tight, final), key=lambda start: best[start] + _last_cost(sums, start, final, measure))


def _last_cost(sums: _Sums, start: int, index: int, measure: Emu) -> float:
    """Return the cost of a paragraph's last line, which may be short but not of one character."""
    spare = measure - sums.end[index] + sums.begin[start]
    cost = _SQUEEZE + _squeeze_cost(sums, start, index, -spare) if spare < 0 else 0.0
    return cost + _RUNT if start and sums.counted[index] - sums.counted[start] < 2 else cost


def _squeeze_cost(sums: _Sums, start: int, index: int, need: Emu) -> float:
    """Return what squeezing a line costs beyond `_SQUEEZE`: more the nearer its marks come to half an em."""
    lone = sums.lone_to[index] - sums.lone_from[start]
    if 0 < need <= lone:
        ratio = need / lone
        return 130.0 * ratio * ratio
    stops = sums.stops_to[index] - sums.stops_from[start]
    if need <= lone + stops:
        return 130.0 + _STOPS * (need - lone) / stops
    return _OVERFULL


def _trace(places: list[int], previous: list[int]) -> tuple[LineSpan, ...]:
    lines = []
    index = len(previous) - 1
    while index > 0:
        lines.append(LineSpan(places[previous[index]], places[index]))
        index = previous[index]
    return tuple(reversed(lines))

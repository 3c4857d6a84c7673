"""Breaks a shaped paragraph into lines: total fit over the paragraph.

Each break is the best end of the text before it; the cost of a line grows with what its spaces must give. A
line of one character at the end of a paragraph (孤字, CLREQ `#adjustments_of_orphans_and_widows`) is dear.
Ten thousand characters take some 40 ms, and the time is linear: a line's begin lies within a few breaks of
the first from which the text still fits.
"""

from itertools import accumulate, pairwise
from typing import NamedTuple

from layout.script.classes import BY_CODE
from layout.script.squeeze import TRIMS_AT_END, TRIMS_AT_START
from layout.text.shape import ShapedText
from layout.units import Emu

_LOOSER = 3
"""How many breaks beyond the first line that is not squeezed are tried: each makes a looser line."""

_RUNT = 4000.0
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
    sums = _Sums(shaped, indent)
    best, previous = _search(places, sums, measure)
    return _trace(places, best, previous)


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
    """Prefix sums over a paragraph: with them every candidate line is a few subtractions."""

    def __init__(self, shaped: ShapedText, indent: Emu) -> None:
        size, classes = shaped.size, shaped.classes
        ends = list(accumulate(shaped.advances, initial=0))
        self.size = size
        self.begin = [end + start_trim(shaped, place) if place < len(classes) else end for place, end in enumerate(ends)]
        self.begin[0] -= indent
        self.end = [0, *(ends[place + 1] - end_trim(shaped, place) for place in range(len(classes)))]
        lone = [
            blank if code in _LONE else gap // 2 for blank, gap, code in zip(shaped.blanks, shaped.gaps, classes, strict=True)
        ]
        stops = [blank if code in _LAST_STEP else 0 for blank, code in zip(shaped.blanks, classes, strict=True)]
        self.lone = list(accumulate(lone, initial=0))
        self.stops = list(accumulate(stops, initial=0))
        self.gaps = list(accumulate(shaped.gaps, initial=0))
        self.counted = list(accumulate((code in _COUNTED for code in classes), initial=0))

    def cost(self, start: int, end: int, measure: Emu, last: bool) -> float:
        """Return how bad a line is: 0 where it is set solid."""
        spare = measure - self.width(start, end)
        if spare < 0:
            inner = end - 1
            lone = self.lone[inner] - self.lone[start]
            stops = self.stops[inner] - self.stops[start]
            cost = _squeeze_cost(-spare, lone, stops)
        else:
            cost = 0.0 if last else self._stretch_cost(spare, start, end)
        if last and self.counted[end] - self.counted[start] < 2 and start:
            cost += _RUNT
        return cost

    def _stretch_cost(self, spare: Emu, start: int, end: int) -> float:
        rest = spare - widened(self.gaps[end - 1] - self.gaps[start])
        if rest <= 0:
            return 10.0 * spare / self.size
        each = rest / ((end - start - 1 or 1) * self.size)
        return 15_000.0 * each * each

    def width(self, start: int, end: int) -> Emu:
        """Return the natural width of a line."""
        return self.end[end] - self.begin[start]

    def least(self, start: int, end: int) -> Emu:
        """Return the width below which a line cannot be squeezed."""
        inner = end - 1
        give = self.lone[inner] - self.lone[start] + self.stops[inner] - self.stops[start] if inner > start else 0
        return self.width(start, end) - give


def _squeeze_cost(need: Emu, lone: Emu, stops: Emu) -> float:
    if need <= lone:
        ratio = need / lone
        return 70.0 + 130.0 * ratio * ratio
    if need <= lone + stops:
        return 200.0 + _STOPS * (need - lone) / stops
    return _OVERFULL


def _search(places: list[int], sums: _Sums, measure: Emu) -> tuple[list[float], list[int]]:
    best, previous = [0.0], [0]
    tight, solid, final = 0, 0, len(places) - 1
    for index in range(1, len(places)):
        end = places[index]
        while tight < index - 1 and sums.least(places[tight], end) > measure:
            tight += 1
        while solid < index - 1 and sums.width(places[solid], end) > measure:
            solid += 1
        chosen, least = tight, float("inf")
        for start in range(tight, index if index == final else min(solid + _LOOSER, index)):
            cost = best[start] + sums.cost(places[start], end, measure, index == final)
            if cost < least:
                chosen, least = start, cost
        best.append(least)
        previous.append(chosen)
    return best, previous


def _trace(places: list[int], best: list[float], previous: list[int]) -> tuple[LineSpan, ...]:
    lines = []
    index = len(best) - 1
    while index > 0:
        lines.append(LineSpan(places[previous[index]], places[index]))
        index = previous[index]
    return tuple(reversed(lines))

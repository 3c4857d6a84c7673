"""Running sums of a paragraph at its breaks: with them every line that is tried is a few subtractions.

Marks and gaps are few among Han, so that only they are looked at one by one; all else runs over whole lists.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import accumulate
from operator import add, itemgetter
from typing import NamedTuple

from layout.script.breaks import Break
from layout.script.classes import CLASSES, COUNTED, SPACE
from layout.script.rules import Adjustment, Grid, Kinsoku
from layout.script.squeeze import Step, trims_line_edges
from layout.text.costs import GROWN, MARKS_HALVED, OPENED, OPENED_FIRST, PUSHED_IN, RUNT, SQUEEZED, STOPS_HALVED, TOO_WIDE
from layout.text.measure import LineSpan, end_trim, filled, gives, growths, hyphen_width, places_of, start_trim
from layout.text.shaped import ShapedText
from layout.units import Emu


class Breaks(NamedTuple):
    """The places where lines of a paragraph may end, its two ends among them, and the `Break` of each."""

    places: list[int]
    kinds: bytes

    @property
    def last(self) -> int:
        """The number of the last one."""
        return len(self.places) - 1

    def part(self, first: int, last: int) -> "Breaks":
        """Return those from one to another."""
        return Breaks(self.places[first : last + 1], self.kinds[first : last + 1])

    def line(self, start: int, end: int) -> LineSpan:
        """Return the line between two of them, by their numbers."""
        return LineSpan(self.places[start], self.places[end], self.kinds[end] == Break.HYPHEN)


class Sums:
    """How much lies before each of the breaks of a paragraph, or of a part of it.

    `begin` and `end` say where a line that begins, or ends, at a break does so, once it is trimmed; `tightest_` and `grown_`
    the same where all marks and gaps give what they can, and where gaps and word spaces take what they may; `joints_` count
    what opens and `lone_` what gives before the last step. The last glyph of a line neither gives nor takes.
    """

    def __init__(self, shaped: ShapedText, breaks: Breaks, indent: Emu = 0) -> None:
        self.breaks, self._shaped = breaks, shaped
        first, last = breaks.places[0], breaks.places[-1]
        tight, grown, lone = _widths(shaped, first, last)
        own, edge = shaped.advances[first:last], _with_trims(shaped, first, last)
        widths = (own, tight, grown, lone, shaped.joints[first:last])
        ends, tightest, most, lones, joints = (list(accumulate(each, initial=0)) for each in widths)
        at = _picker([place - first for place in breaks.places] if first else breaks.places)
        self._leads, trimmed = at(_leads(shaped, first, last)), at((0, *edge))
        self.begin, self.grown_begin = _sums(at(ends), self._leads), _sums(at(most), self._leads)
        self.tightest_begin, self.joints_from, self._lone_from = list(at(tightest)), at(joints), at(lones)
        self.end, self.tightest_end, self.grown_end = (_sums(at((0, *each)), trimmed) for each in (ends, tightest, most))
        self.joints_to, self._lone_to = at((0, *joints)), at((0, *lones))
        for begins in (self.begin, self.grown_begin, self.tightest_begin):
            begins[0] -= indent
        if Break.HYPHEN in breaks.kinds:
            self._add_hyphens()
        self.runt_from = _runt_from(shaped.classes)
        self.size = shaped.size
        self.is_strict = shaped.rules.grid is Grid.STRICT
        dearer = OPENED_FIRST if shaped.rules.adjustment is Adjustment.SQUEEZE_FIRST else 1.0
        self.stretch_factor = dearer * OPENED / (shaped.size * shaped.size)
        self.grow_factor = GROWN / shaped.size
        self.squeezes = _squeezes(shaped.rules.kinsoku)

    def _add_hyphens(self) -> None:
        for number, kind in enumerate(self.breaks.kinds):
            if kind == Break.HYPHEN:
                width = hyphen_width(self._shaped, self.breaks.places[number])
                for ends in (self.end, self.tightest_end, self.grown_end):
                    ends[number] += width

    def width(self, start: int, end: int) -> Emu:
        """Return the natural width of the line between two breaks."""
        return self.end[end] - self.begin[start]

    def lone(self, start: int, end: int) -> Emu:
        """Return what the line between two breaks can give in all steps but the last."""
        return self._lone_to[end] - self._lone_from[start] - self._leads[start]

    def stops(self, start: int, end: int) -> Emu:
        """Return what it can give in the last step."""
        tightest = self.tightest_end[end] - self.tightest_begin[start]
        return self.width(start, end) - tightest - self.lone(start, end)

    def give(self, start: int, end: int) -> Emu:
        """Return how much the line between two breaks can be squeezed: nothing on the strict grid."""
        if self.is_strict:
            return 0
        return max(0, self.lone(start, end)) + max(0, self.stops(start, end))

    def natural_end(self, start: int, width: Emu) -> int:
        """Return the last break up to which a line from `start` fits without squeezing; edges' trims are left out."""
        return bisect_right(self.end, self.begin[start] + width) - 1

    def part_squeezed(self, end: int) -> float:
        """Return what part of its cost the squeezing of a line has that ends at a break."""
        return self.squeezes[self._shaped.classes[self.breaks.places[end] - 1]]

    def open_cost(self, start: int, end: int, spare: Emu) -> float:
        """Return the cost of a line that must take `spare` more than its width."""
        grows = self.grown_end[end] - self.grown_begin[start] - self.width(start, end)
        each = max(0, spare - grows) / ((self.joints_to[end] - self.joints_from[start]) or 1)
        return self.stretch_factor * each * each + self.grow_factor * min(spare, grows)

    def squeeze_cost(self, start: int, end: int, need: Emu) -> float:
        """Return what squeezing a line by `need` costs: more the nearer its marks come to half an em."""
        lone = self.lone(start, end)
        if 0 < need <= lone:
            ratio = need / lone
            return (SQUEEZED + MARKS_HALVED * ratio * ratio) * self.part_squeezed(end)
        stops = self.stops(start, end)
        if need <= lone + stops:
            return (SQUEEZED + MARKS_HALVED + STOPS_HALVED * (need - lone) / stops) * self.part_squeezed(end)
        return TOO_WIDE

    def last_cost(self, start: int, measure: Emu) -> float:
        """Return the cost of a paragraph's last line, which may be short but not of one character."""
        end, place = self.breaks.last, self.breaks.places[start]
        spare = measure - self.width(start, end)
        cost = self.squeeze_cost(start, end, -spare) if spare < 0 else 0.0
        return cost + RUNT if place and place >= self.runt_from else cost


def _picker(places: Iterable[int]) -> Callable[[Sequence[int]], tuple[int, ...]]:
    """Return a function that picks the values at some places, which are two at least."""
    return itemgetter(*places)


def _sums(first: Sequence[int], second: Sequence[int]) -> list[int]:
    return list(map(add, first, second))


@cache
def _squeezes(kinsoku: Kinsoku) -> dict[str, float]:
    """Return for each class what part of its cost the squeezing of a line has that ends with it."""
    return {row.code: 1.0 if row.may_start(kinsoku) else PUSHED_IN for row in CLASSES}


def _widths(shaped: ShapedText, first: int, last: int) -> tuple[list[Emu], list[Emu], list[Emu]]:
    """Return by glyph its advance less what it gives, its advance and what it takes, and what it gives before the last step."""
    tight, lone = list(shaped.advances[first:last]), [0] * (last - first)
    grown = tight.copy()
    for step, places in gives(shaped, first, last).items():
        for place, amount in places:
            tight[place - first] -= amount
            if step is not Step.STOPS:
                lone[place - first] = amount
    for limits in growths(shaped, first, last):
        for place, amount in limits.items():
            grown[place - first] += amount
    return tight, grown, lone


def _leads(shaped: ShapedText, first: int, last: int) -> list[Emu]:
    """Return by place what the glyph there loses at the start of a line."""
    leads = [0] * (last - first + 1)
    for place in filled(shaped.leads, first, last):
        leads[place - first] = start_trim(shaped, place)
    return leads


def _with_trims(shaped: ShapedText, first: int, last: int) -> list[Emu]:
    """Return by glyph its advance at the end of a line."""
    edge = list(shaped.advances[first:last])
    for place, trim in _end_trims(shaped, first, last):
        edge[place - first] -= trim
    return edge


def _end_trims(shaped: ShapedText, first: int, last: int) -> Iterable[tuple[int, Emu]]:
    """Return what `end_trim` says of the glyphs that lose anything at the end of a line."""
    if shaped.whites or shaped.rules.grid is Grid.STRICT:
        return ((place, end_trim(shaped, place)) for place in range(first, last))
    leads, trails, gaps = shaped.leads, shaped.trails, shaped.gaps
    trims = {place: gaps[place] for place in filled(gaps, first, last)}
    for place in filled(trails, first, last) if trims_line_edges(shaped.rules) else ():
        trims[place] = leads[place] + trails[place] + gaps[place]
    trims.update((place, shaped.advances[place]) for place in places_of(SPACE.code, shaped.classes, first, last))
    return trims.items()


def _runt_from(classes: str) -> int:
    """Return the place from which a last line would hold less than two characters."""
    found = 0
    for place in range(len(classes) - 1, -1, -1):
        found += classes[place] in COUNTED
        if found == 2:
            return place + 1
    return 0

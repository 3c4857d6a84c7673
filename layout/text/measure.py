"""How wide lines are and what they could give or take: the arithmetic that breaking and setting share."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate, compress
from operator import attrgetter, itemgetter
from typing import NamedTuple

from layout.script.breaks import Break
from layout.script.classes import CLASSES, COUNTED, SPACE
from layout.script.rules import Adjustment, Grid, Kinsoku
from layout.script.squeeze import Step, hangs, step_of, trims_line_edges
from layout.text.costs import (
    GROWN,
    MARKS_HALVED,
    OPENED,
    OPENED_FIRST,
    PENALTIES,
    PUSHED_IN,
    RUNT,
    SQUEEZED,
    STOPS_HALVED,
    TOO_WIDE,
)
from layout.text.shaped import ShapedText
from layout.units import Emu


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


class Give(NamedTuple):
    """What a glyph can lose inside a line, and in which step of compression."""

    step: Step
    amount: Emu


_LEAST = {Step.SPACES: 4, Step.GAPS: 8}
"""What white keeps, as a part of an em: a word space a quarter, a Han-Latin gap an eighth."""


def gives(shaped: ShapedText, start: int, end: int) -> Iterator[tuple[int, Give]]:
    """Yield the glyphs from `start` up to `end` that can give, as they stand inside a line, and what each gives."""
    span = range(start, end)
    places = {place for lists in (shaped.leads, shaped.trails, shaped.gaps) for place in compress(span, lists[start:end])}
    classes = shaped.classes[start:end]
    if SPACE.code in classes:
        places.update(start + place for place in _places(classes, SPACE.code))
    for place in sorted(places):
        give = _give(shaped, place)
        if give is not None and give.amount > 0:
            yield place, give


def _give(shaped: ShapedText, place: int) -> Give | None:
    """Return what a glyph can give: the gap behind a letter or a Han, a word space, or the blanks of a mark."""
    if shaped.gaps[place]:
        return Give(Step.GAPS, shaped.gaps[place] - shaped.size // _LEAST[Step.GAPS])
    step = step_of(shaped.classes[place], shaped.rules)
    if step is Step.SPACES:
        return Give(step, shaped.advances[place] - shaped.size // _LEAST[step])
    return None if step is None else Give(step, shaped.leads[place] + shaped.trails[place])


def growths(shaped: ShapedText) -> list[Emu]:
    """Return by glyph what its gap or word space may grow before other joints open."""
    grown = [0] * len(shaped.glyphs)
    for place in compress(range(len(grown)), shaped.gaps):
        grown[place] = gap_growth(shaped, shaped.gaps[place])
    if SPACE.code in shaped.classes:
        for place in _places(shaped.classes, SPACE.code):
            grown[place] = space_growth(shaped, shaped.advances[place])
    return grown


def _places(classes: str, code: str) -> list[int]:
    return [place for place, this in enumerate(classes) if this == code]


def opening(shaped: ShapedText, line: LineSpan, measure: Emu) -> Emu:
    """Return what each joint of a full line must take beyond its own width; 0 where the line is squeezed.

    A line without joints, such as one long word, opens nowhere and ends short.
    """
    spare = measure - natural_width(shaped, line)
    if spare <= 0:
        return 0
    grown = sum(gap_growth(shaped, gap) for gap in shaped.gaps[line.start : line.end - 1] if gap)
    for place in _places(shaped.classes[line.start : line.end - 1], SPACE.code):
        grown += space_growth(shaped, shaped.advances[line.start + place])
    joints = len(joints_of(shaped, line))
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


class Sums:
    """Prefix sums at the breaks of a paragraph: with them every candidate line is a few subtractions.

    Lists with `_from` count from a line's first glyph, those with `_to` up to its last but one, whose blanks and
    gaps lie inside the line. Marks and gaps are few among Han, so that only they are looked at one by one.
    """

    def __init__(self, shaped: ShapedText, breaks: list[tuple[int, int]], indent: Emu) -> None:
        places = self.places = [place for place, _ in breaks]
        self.kinds = [kind for _, kind in breaks]
        self.penalties = [PENALTIES[kind] for kind in self.kinds]
        ends = list(accumulate(shaped.advances, initial=0))
        lone, stops = _gives(shaped)
        lasts = [0, *(place - 1 for place in places[1:])]
        at, before = _picker(places), _picker(lasts)
        self.squeezes = list(map(_squeezes(shaped.rules.kinsoku).__getitem__, map(shaped.classes.__getitem__, lasts)))
        starts, trimmed = _edges(shaped, ends)
        self.begin, self.end = at(starts), at(trimmed)
        self.begin[0] -= indent
        if Break.HYPHEN in self.kinds:
            for number in (number for number, kind in enumerate(self.kinds) if kind == Break.HYPHEN):
                self.end[number] += hyphen_width(shaped, places[number])
        lone_sums, stop_sums, grow_sums, joint_sums = (
            list(accumulate(values, initial=0)) for values in (lone, stops, growths(shaped), shaped.joints)
        )
        self.lone_to, self.stops_to, self.grows_to, self.joints_to = map(before, (lone_sums, stop_sums, grow_sums, joint_sums))
        for place in compress(range(len(starts)), shaped.leads):
            lone_sums[place] += starts[place] - ends[place]
        self.lone_from, self.stops_from, self.grows_from, self.joints_from = map(
            at, (lone_sums, stop_sums, grow_sums, joint_sums)
        )
        self.tightest_begin = [a - b - c for a, b, c in zip(self.begin, self.lone_from, self.stops_from, strict=True)]
        self.tightest_end = [a - b - c for a, b, c in zip(self.end, self.lone_to, self.stops_to, strict=True)]
        self.runt_from = _runt_from(shaped.classes)
        self.size = shaped.size
        self.is_strict = shaped.rules.grid is Grid.STRICT
        dearer = OPENED_FIRST if shaped.rules.adjustment is Adjustment.SQUEEZE_FIRST else 1.0
        self.stretch_factor = dearer * OPENED / (shaped.size * shaped.size)
        self.grow_factor = GROWN / shaped.size

    def width(self, start: int, end: int) -> Emu:
        """Return the natural width of the line between two breaks."""
        return self.end[end] - self.begin[start]

    def give(self, start: int, end: int) -> Emu:
        """Return how much the line between two breaks can be squeezed: nothing on the strict grid."""
        if self.is_strict:
            return 0
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


@cache
def _squeezes(kinsoku: Kinsoku) -> dict[str, float]:
    """Return for each class what part of its cost the squeezing of a line has that ends with it."""
    return {row.code: 1.0 if row.may_start(kinsoku) else PUSHED_IN for row in CLASSES}


def _picker(places: list[int]) -> Callable[[Sequence[int]], list[int]]:
    """Return a function that picks the values at the places of breaks; there are always two at least."""
    pick = itemgetter(*places)
    return lambda values: list(pick(values))


def _edges(shaped: ShapedText, ends: list[Emu]) -> tuple[list[Emu], list[Emu]]:
    """Return for each place where a line that begins there starts, and where one that ends there ends, once trimmed."""
    starts, trimmed = ends.copy(), ends.copy()
    count = range(len(shaped.glyphs))
    for place in compress(count, shaped.leads):
        starts[place] += start_trim(shaped, place)
    spaces = _places(shaped.classes, SPACE.code) if SPACE.code in shaped.classes else ()
    is_strict = shaped.rules.grid is Grid.STRICT
    changed = {*compress(count, shaped.trails), *compress(count, shaped.gaps), *spaces, *shaped.whites}
    for place in count if is_strict else changed:
        trimmed[place + 1] -= end_trim(shaped, place)
    return starts, trimmed


def _runt_from(classes: str) -> int:
    """Return the place from which a last line would hold less than two characters."""
    found = 0
    for place in range(len(classes) - 1, -1, -1):
        found += classes[place] in COUNTED
        if found == 2:
            return place + 1
    return 0


def _gives(shaped: ShapedText) -> tuple[list[Emu], list[Emu]]:
    """Return by glyph what it can give in all steps but the last, and in the last one."""
    early, last = [0] * len(shaped.glyphs), [0] * len(shaped.glyphs)
    for place, give in gives(shaped, 0, len(shaped.glyphs)):
        (last if give.step is Step.STOPS else early)[place] = give.amount
    return early, last


def last_cost(sums: Sums, start: int, index: int, measure: Emu) -> float:
    """Return the cost of a paragraph's last line, which may be short but not of one character."""
    spare = measure - sums.end[index] + sums.begin[start]
    cost = squeeze_cost(sums, start, index, -spare) if spare < 0 else 0.0
    return cost + RUNT if start and sums.places[start] >= sums.runt_from else cost


def squeeze_cost(sums: Sums, start: int, index: int, need: Emu) -> float:
    """Return what squeezing a line by `need` costs: more the nearer its marks come to half an em."""
    lone = sums.lone_to[index] - sums.lone_from[start]
    if 0 < need <= lone:
        ratio = need / lone
        return (SQUEEZED + MARKS_HALVED * ratio * ratio) * sums.squeezes[index]
    stops = sums.stops_to[index] - sums.stops_from[start]
    if need <= lone + stops:
        return (SQUEEZED + MARKS_HALVED + STOPS_HALVED * (need - lone) / stops) * sums.squeezes[index]
    return TOO_WIDE

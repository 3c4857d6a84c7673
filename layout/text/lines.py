"""Breaks a shaped paragraph into lines: total fit over the paragraph, or line by line.

Each break is the best end of the text before it; the cost of a line grows with what its spaces must give. A
line of one character at the end of a paragraph (孤字, CLREQ `#adjustments_of_orphans_and_widows`) is dear.
Ten thousand characters take some 20 ms, and the time is linear: a line's begin lies within a few breaks of
the first from which the text still fits.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, compress, islice, pairwise, repeat
from operator import itemgetter, sub
from typing import NamedTuple

from layout.script.breaks import Break
from layout.script.classes import BY_CODE
from layout.script.hyphens import has_words, word_breaks
from layout.script.rules import Breaking, Grid
from layout.text.costs import DEAR, ENDLESS, HOPELESS, PENALTIES, SQUEEZED, TOLERANCE
from layout.text.measure import LineSpan, natural_width, opening
from layout.text.shaped import ShapedText
from layout.text.sums import Breaks, Sums
from layout.units import Emu

_LOOSER, _LOOSEST = 2, 12
"""How many breaks beyond the first line that is not squeezed are tried: as a rule, and where all of these are dear."""

_FIRST_LOOSER = 4
"""How many breaks before the last one that fits the first line may end at."""

_LOOSE_FROM = 8
"""A paragraph with a line that opens by more than this part of an em at each joint is broken anew, with hyphens."""


def break_lines(shaped: ShapedText, measure: Emu, indent: Emu = 0) -> tuple[LineSpan, ...]:
    """Return the lines of a paragraph at a measure; the first is `indent` shorter.

    The lines partition the glyphs. None is wider than its measure once squeezed, unless a single glyph is. Words are
    hyphenated only where the paragraph has a loose line without it, or a word that had to be cut.
    """
    if not shaped.glyphs:
        return ()
    lines = _lines(shaped, shaped.breaks, measure, indent)
    may_hyphenate = shaped.hyphens and shaped.rules.hyphenates and shaped.rules.grid is not Grid.STRICT
    if may_hyphenate and has_words(shaped.clusters) and _is_loose(shaped, lines, measure, indent):
        hyphenated = _with_hyphens(shaped)
        return lines if hyphenated is None else _lines(shaped, hyphenated, measure, indent)
    return lines


def _lines(shaped: ShapedText, breaks: bytes | bytearray, measure: Emu, indent: Emu) -> tuple[LineSpan, ...]:
    """Return the lines of a paragraph that may end where `breaks` say."""
    found = _breaks(shaped, breaks, measure, indent)
    if shaped.rules.grid is Grid.STRICT or shaped.rules.breaking is Breaking.LINE:
        previous = _one_by_one(Sums(shaped, found, indent), measure)
    else:
        previous = _total_fit(shaped, found, measure, indent)
    return _traced(found, previous)


def _traced(breaks: Breaks, previous: Sequence[int]) -> tuple[LineSpan, ...]:
    """Return the lines that end at the last break, each begun at the break before it."""
    lines, end = [], breaks.last
    while end:
        lines.append(breaks.line(previous[end], end))
        end = previous[end]
    return tuple(reversed(lines))


def _is_loose(shaped: ShapedText, lines: tuple[LineSpan, ...], measure: Emu, indent: Emu) -> bool:
    widths = [measure - indent, *(measure for _ in lines[1:])]
    limit = shaped.size // _LOOSE_FROM
    return any(
        opening(shaped, line, width) > limit or not shaped.breaks[line.end]
        for line, width in zip(lines[:-1], widths, strict=False)
    )


def _with_hyphens(shaped: ShapedText) -> bytearray | None:
    """Return the breaks with those inside Latin words added, or None where there are none."""
    found = [place for place in word_breaks(shaped.clusters) if not any(start < place < end for start, end in shaped.kept)]
    if not found or not all(hyphen.glyph for hyphen in shaped.hyphens.values()):
        return None
    breaks = bytearray(shaped.breaks)
    for place in found:
        breaks[place] = breaks[place] or Break.HYPHEN
    return breaks


def _breaks(shaped: ShapedText, breaks: bytes | bytearray, measure: Emu, indent: Emu = 0) -> Breaks:
    """Return the breaks of a paragraph, with every glyph's edge where an unbreakable run is wider than the measure."""
    found = Breaks(list(compress(range(len(breaks)), breaks)), bytes(filter(None, breaks)))
    edges = itemgetter(*found.places)(list(accumulate(shaped.advances, initial=0)))
    widths = list(map(sub, edges[1:], edges))
    if max(widths) <= min(measure, measure - indent):
        return found
    places, kinds = [0], bytearray(found.kinds[:1])
    for (a, b), kind, width in zip(pairwise(found.places), found.kinds[1:], widths, strict=True):
        room = measure if a else measure - indent
        if width > room and natural_width(shaped, LineSpan(a, b)) > room:
            places += _cuts(shaped, a, b, room)
            kinds += bytes((Break.FREE,)) * (len(places) - len(kinds))
        places.append(b)
        kinds.append(kind)
    return Breaks(places, bytes(kinds))


def _cuts(shaped: ShapedText, start: int, end: int, room: Emu) -> Iterator[int]:
    """Yield the places where what is wider than its line may be cut: not before marks that begin no line, if that will do."""
    edges = [place for place in range(start + 1, end) if shaped.clusters[place]]
    sound = [place for place in edges if BY_CODE[shaped.classes[place]].may_start(shaped.rules.kinsoku)]
    for a, b in pairwise([start, *sound, end]):
        if sum(shaped.advances[a:b]) > room:
            yield from (place for place in edges if a < place < b)
        if b != end:
            yield b


class _Search(NamedTuple):
    """How far a search has come, as what it needs to go on.

    `best` has the least cost of lines that lead to each break from `first` on, before which no line begins that is still to
    come. A line to the next break is squeezed if it begins at one from there on, and opened from `solid` on, which is counted
    from `first`. `previous` are the breaks before those that were reached last.
    """

    first: int
    solid: int
    best: list[float]
    previous: list[int]


_PART = 400
"""How many breaks are searched at once: their sums then stay at hand, and a character takes as long in the longest text."""


_PENALTIES = tuple(PENALTIES.get(kind, ENDLESS) for kind in Break)


def _total_fit(shaped: ShapedText, breaks: Breaks, measure: Emu, indent: Emu) -> list[int]:
    """Return for each break the break before it in the best lines that lead to it, found part by part of a paragraph."""
    step = _PART + 4 * measure // shaped.size
    sums = Sums(shaped, breaks.part(0, step), indent)
    early = max(1, min(sums.breaks.last, sums.natural_end(0, measure) - _FIRST_LOOSER))
    found = _searched(sums, _Search(0, 0, [0.0, *[ENDLESS] * (early - 1)], []), measure)
    previous = [0] * early + found.previous
    while sums.breaks.places[-1] < breaks.places[-1]:
        sums = Sums(shaped, breaks.part(found.first, len(previous) + step))
        found = _searched(sums, found, measure)
        previous += found.previous
    return [*previous, _last_start(sums, measure, found)]


def _searched(sums: Sums, found: _Search, measure: Emu) -> _Search:
    """Return a search that has come to the last but one of the breaks of some sums.

    The one hot loop of the house; it is written out for that reason. A line set solid costs nothing, an opened one by
    `Sums.open_cost`, a squeezed one by `Sums.squeeze_cost`.
    """
    origin, solid, best, _ = found
    tight, final, chosen = 0, sums.breaks.last, []
    begin, tightest, grown, joints = sums.begin, sums.tightest_begin, sums.grown_begin, sums.joints_from
    factor, grow_factor, dear, hopeless = sums.stretch_factor, sums.grow_factor, DEAR, HOPELESS
    lists = (sums.end, sums.tightest_end, sums.grown_end, sums.joints_to, map(_PENALTIES.__getitem__, sums.breaks.kinds))
    rows = zip(range(len(best), final), *(islice(values, len(best), final) for values in lists), strict=True)
    for index, full_end, full_least, full_grown, joint_end, penalty in rows:
        end, least, grown_end, before = full_end - measure, full_least - measure, full_grown - measure, index - 1
        while tight < before and least > tightest[tight]:
            tight += 1
        solid = max(solid, tight)
        while solid < before and end > begin[solid]:
            solid += 1
        cost, first, near = ENDLESS, tight, solid + _LOOSER
        for start in range(solid, index):
            so_far = best[start]
            if start >= near and (cost <= so_far + dear or start >= solid + _LOOSEST):
                break
            if so_far < cost and begin[start] >= end:
                spare, rest = begin[start] - end, grown[start] - grown_end
                if rest > 0:
                    each = rest / ((joint_end - joints[start]) or 1)
                    this = so_far + factor * each * each + grow_factor * (spare - rest)
                else:
                    this = so_far + grow_factor * spare
                if this < cost:
                    cost, first = this, start
                if this - so_far > hopeless:
                    break
        if tight < solid or end > begin[solid]:
            squeezed = range(tight, solid if end <= begin[solid] else solid + 1)
            cost, first = _squeezed(sums, best, squeezed, index, end, cost, first)
        best.append(cost + penalty)
        chosen.append(first)
    return _Search(origin + tight, solid - tight, best[tight:], list(map(origin.__add__, chosen)))


def _squeezed(
    sums: Sums, best: list[float], starts: range, index: int, end: Emu, cost: float, chosen: int
) -> tuple[float, int]:
    """Return the cost and the begin of the best line to a break among one that was chosen and those that are squeezed."""
    least = sums.part_squeezed(index) * SQUEEZED
    for start in starts:
        if best[start] + least < cost:
            this = best[start] + sums.squeeze_cost(start, index, end - sums.begin[start])
            if this < cost:
                cost, chosen = this, start
    return cost, chosen


def _last_start(sums: Sums, measure: Emu, found: _Search) -> int:
    """Return where a paragraph's last line begins: it may be short, so every later break is tried."""
    skipped = sums.breaks.last - len(found.best)
    costs = [cost + sums.last_cost(start, measure) for start, cost in enumerate(found.best, skipped)]
    return found.first + costs.index(min(costs))


def _one_by_one(sums: Sums, measure: Emu) -> list[int]:
    """Return the breaks of lines that are each filled as far as they go: first squeeze in, then push out.

    A last line of one character takes another one from the line before it, which is then opened; on the strict grid, which
    opens nothing, it does not. Sources: CLREQ `#prohibition_rules_for_line_start_end`, notes (先挤进，后推出),
    `#adjustments_of_orphans_and_widows`.
    """
    final = sums.breaks.last
    previous = [0] * (final + 1)
    start = 0
    while start < final:
        end = _line_end(sums, start, measure)
        previous[start + 1 : end + 1] = [start] * (end - start)
        start = end
    if not sums.is_strict:
        previous[final] = _with_company(sums, previous[final], previous)
    return previous


def _with_company(sums: Sums, start: int, previous: list[int]) -> int:
    """Return the break at which a last line that begins at `start` begins, once it has two characters."""
    if not start or sums.breaks.places[start] < sums.runt_from:
        return start
    sound = (place for place in range(start - 1, previous[start], -1) if sums.breaks.kinds[place] != Break.RESCUE)
    return next((place for place in sound if sums.breaks.places[place] < sums.runt_from), start)


def _line_end(sums: Sums, start: int, measure: Emu) -> int:
    final = sums.breaks.last
    end = start + 1
    while end < final and sums.width(start, end + 1) <= measure:
        end += 1
    is_short = sums.width(start, end) < measure
    if end < final and is_short and sums.width(start, end + 1) - sums.give(start, end + 1) <= measure:
        end += 1
    if end == final:
        return end
    unforced = (place for place in range(end, start, -1) if sums.breaks.kinds[place] != Break.RESCUE)
    return next(unforced, end)


def fit_lines(shaped: ShapedText, widths: Sequence[Emu], count: int | None = None) -> tuple[LineSpan, ...] | None:
    """Return the lines of a paragraph in slots of differing width, the last width holding for all lines after it.

    With `count` the paragraph makes exactly so many lines, tighter or looser than it would by itself, or None where its
    marks and gaps cannot give so much. Sources: CLREQ `#adjustments_of_orphans_and_widows`; GB/T 15834-2011 5.1.11.
    """
    if not shaped.glyphs:
        return ()
    sums = Sums(shaped, _breaks(shaped, shaped.breaks, min(widths)))
    final = sums.breaks.last
    layers: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    ends: list[tuple[float, int]] = []
    while layers[-1] and (count is None or len(layers) <= count):
        width = widths[min(len(layers), len(widths)) - 1]
        layers.append(_layer(sums, layers[-1], width))
        if final in layers[-1] and count in (None, len(layers) - 1):
            ends.append((layers[-1][final][0], len(layers) - 1))
    return _traced_back(sums.breaks, layers[: min(ends)[1] + 1]) if ends else None


def _traced_back(breaks: Breaks, layers: Sequence[dict[int, tuple[float, int]]]) -> tuple[LineSpan, ...]:
    """Return the lines of a search that went line by line and ended with the last layer."""
    lines, end = [], breaks.last
    for layer in reversed(layers[1:]):
        start = layer[end][1]
        lines.append(breaks.line(start, end))
        end = start
    return tuple(reversed(lines))


_LOOSEST_JOINT = 8
"""A paragraph of more lines or fewer than it would make opens by no more than this part of an em at each joint."""


def fit_tightly(shaped: ShapedText, widths: Sequence[Emu], count: int) -> tuple[LineSpan, ...] | None:
    """Return a paragraph in exactly so many lines, in slots like those of `fit_lines`; None where a line would be too loose."""
    spans = fit_lines(shaped, widths, count) if shaped.rules.grid is not Grid.STRICT else None
    slots = chain(widths, repeat(widths[-1]))
    if spans is None or any(
        opening(shaped, span, width) > shaped.size // _LOOSEST_JOINT for span, width in zip(spans[:-1], slots, strict=False)
    ):
        return None
    return spans


_BEYOND = 2
"""Ems by which a line must be too wide before no later end is tried: a mark that is trimmed at the edge may fit again."""


def _layer(sums: Sums, before: dict[int, tuple[float, int]], width: Emu) -> dict[int, tuple[float, int]]:
    """Return the breaks that one more line reaches, each with its least cost and the break that it came from."""
    final = sums.breaks.last
    reached: dict[int, tuple[float, int]] = {}
    for start, (cost, _) in before.items():
        if start == final:
            continue
        for end, this in _ends(sums, start, width):
            total = cost + this
            if end not in reached or total < reached[end][0]:
                reached[end] = (total, start)
    bound = min((cost for cost, _ in reached.values()), default=0.0) + TOLERANCE
    return {end: state for end, state in reached.items() if state[0] <= bound}


def _ends(sums: Sums, start: int, width: Emu) -> Iterator[tuple[int, float]]:
    """Yield the ends that a line from `start` may have, with the cost of the line."""
    final = sums.breaks.last
    solid = sums.natural_end(start, width)
    for end in range(max(start + 1, solid - _LOOSER), final + 1):
        over = sums.width(start, end) - width
        beyond = over - sums.give(start, end)
        if beyond > _BEYOND * sums.size:
            return
        if over > 0 and beyond > 0 and end > start + 1:
            continue
        if end == final:
            yield end, sums.last_cost(start, width)
        elif over > 0:
            yield end, sums.squeeze_cost(start, end, over) + PENALTIES[sums.breaks.kinds[end]]
        else:
            yield end, sums.open_cost(start, end, -over) + PENALTIES[sums.breaks.kinds[end]]

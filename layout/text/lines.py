"""Breaks a shaped paragraph into lines: total fit over the paragraph, or line by line.

Each break is the best end of the text before it; the cost of a line grows with what its spaces must give. A
line of one character at the end of a paragraph (孤字, CLREQ `#adjustments_of_orphans_and_widows`) is dear.
Ten thousand characters take some 25 ms, and the time is linear: a line's begin lies within a few breaks of
the first from which the text still fits.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, islice, pairwise, repeat
from operator import sub

from layout.script.breaks import Break
from layout.script.classes import BY_CODE
from layout.script.hyphens import word_breaks
from layout.script.rules import Breaking, Grid
from layout.text.costs import DEAR, ENDLESS, HOPELESS, SQUEEZED, TOLERANCE
from layout.text.measure import LineSpan, Sums, last_cost, natural_width, opening, squeeze_cost
from layout.text.shaped import ShapedText
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
    sums = Sums(shaped, _breaks(shaped, shaped.breaks, measure, indent), indent)
    if shaped.rules.grid is Grid.STRICT:
        return sums.trace(_one_by_one(sums, measure))
    search = _one_by_one if shaped.rules.breaking is Breaking.LINE else _search
    lines = sums.trace(search(sums, measure))
    if shaped.hyphens and shaped.rules.hyphenates and _is_loose(shaped, lines, measure, indent):
        hyphenated = _with_hyphens(shaped)
        if hyphenated is not None:
            sums = Sums(shaped, _breaks(shaped, hyphenated, measure, indent), indent)
            return sums.trace(search(sums, measure))
    return lines


def _is_loose(shaped: ShapedText, lines: tuple[LineSpan, ...], measure: Emu, indent: Emu) -> bool:
    widths = [measure - indent, *(measure for _ in lines[1:])]
    limit = shaped.size // _LOOSE_FROM
    return any(
        opening(shaped, line, width) > limit or not shaped.breaks[line.end]
        for line, width in zip(lines[:-1], widths, strict=False)
    )


def _with_hyphens(shaped: ShapedText) -> list[int] | None:
    """Return the breaks with those inside Latin words added, or None where there are none."""
    found = [place for place in word_breaks(shaped.clusters) if not any(start < place < end for start, end in shaped.kept)]
    if not found or not all(hyphen.glyph for hyphen in shaped.hyphens.values()):
        return None
    breaks = list(shaped.breaks)
    for place in found:
        breaks[place] = breaks[place] or Break.HYPHEN
    return breaks


def _breaks(shaped: ShapedText, breaks: Sequence[int], measure: Emu, indent: Emu = 0) -> list[tuple[int, int]]:
    """Return the places and kinds of breaks, with every glyph's edge where an unbreakable run is wider than the measure."""
    places = [(place, kind) for place, kind in enumerate(breaks) if kind]
    ends = list(accumulate(shaped.advances, initial=0))
    least = min(measure, measure - indent)
    edges = [ends[place] for place, _ in places]
    if max(map(sub, edges[1:], edges)) <= least:
        return places
    opened: list[tuple[int, int]] = []
    for (a, kind), (b, _) in pairwise(places):
        opened.append((a, kind))
        room = measure if a else measure - indent
        if ends[b] - ends[a] > room and natural_width(shaped, LineSpan(a, b)) > room:
            opened += ((place, Break.FREE) for place in _cuts(shaped, a, b, room))
    return [*opened, places[-1]]


def _cuts(shaped: ShapedText, start: int, end: int, room: Emu) -> Iterator[int]:
    """Yield the places where what is wider than its line may be cut: not before marks that begin no line, if that will do."""
    edges = [place for place in range(start + 1, end) if shaped.clusters[place]]
    sound = [place for place in edges if BY_CODE[shaped.classes[place]].may_start(shaped.rules.kinsoku)]
    for a, b in pairwise([start, *sound, end]):
        if sum(shaped.advances[a:b]) > room:
            yield from (place for place in edges if a < place < b)
        if b != end:
            yield b


def _search(sums: Sums, measure: Emu) -> list[int]:
    """Return for each break the break before it in the best lines that lead to it.

    The one hot loop of the house; it is written out for that reason. A line set solid costs nothing, an opened
    one by the square of what each of its joints takes, a squeezed one by `squeeze_cost`.
    """
    final = len(sums.places) - 1
    first = max(1, min(final, sums.natural_end(0, measure) - _FIRST_LOOSER))
    best, previous = [0.0, *[ENDLESS] * (first - 1)], [0] * first
    tight = solid = 0
    begin, tightest, grows, joints = sums.begin, sums.tightest_begin, sums.grows_from, sums.joints_from
    factor, grow_factor = sums.stretch_factor, sums.grow_factor
    rows = zip(sums.end, sums.tightest_end, sums.grows_to, sums.joints_to, sums.penalties, sums.squeezes, strict=True)
    for index, (full_end, full_least, grow_end, joint_end, penalty, part) in enumerate(islice(rows, first, final), first):
        end, least, before = full_end - measure, full_least - measure, index - 1
        while tight < before and least > tightest[tight]:
            tight += 1
        solid = max(solid, tight)
        while solid < before and end > begin[solid]:
            solid += 1
        cost, chosen = ENDLESS, tight
        near, far = solid + _LOOSER, min(index, solid + _LOOSEST)
        for start in range(solid, far):
            so_far = best[start]
            if start >= near and cost <= so_far + DEAR:
                break
            spare = begin[start] - end
            if spare >= 0 and so_far < cost:
                rest = spare - grow_end + grows[start]
                each = rest / ((joint_end - joints[start]) or 1)
                opened = so_far + factor * each * each + grow_factor * (spare - rest)
                this = opened if rest > 0 else so_far + grow_factor * spare
                if this < cost:
                    cost, chosen = this, start
                if this - so_far > HOPELESS:
                    break
        for start in range(tight, solid if end <= begin[solid] else solid + 1):
            if best[start] + part * SQUEEZED < cost:
                this = best[start] + squeeze_cost(sums, start, index, end - begin[start])
                if this < cost:
                    cost, chosen = this, start
        best.append(cost + penalty)
        previous.append(chosen)
    previous.append(_last_start(sums, measure, tight, best))
    return previous


def _last_start(sums: Sums, measure: Emu, tight: int, best: list[float]) -> int:
    """Return where a paragraph's last line begins: it may be short, so every later break is tried."""
    final = len(sums.places) - 1
    return min(range(tight, final), key=lambda start: best[start] + last_cost(sums, start, final, measure))


def _one_by_one(sums: Sums, measure: Emu) -> list[int]:
    """Return the breaks of lines that are each filled as far as they go: first squeeze in, then push out.

    A last line of one character takes another one from the line before it, which is then opened; on the strict grid, which
    opens nothing, it does not. Sources: CLREQ `#prohibition_rules_for_line_start_end`, notes (先挤进，后推出),
    `#adjustments_of_orphans_and_widows`.
    """
    final = len(sums.places) - 1
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
    if not start or sums.places[start] < sums.runt_from:
        return start
    sound = (place for place in range(start - 1, previous[start], -1) if sums.kinds[place] != Break.RESCUE)
    return next((place for place in sound if sums.places[place] < sums.runt_from), start)


def _line_end(sums: Sums, start: int, measure: Emu) -> int:
    final = len(sums.places) - 1
    end = start + 1
    while end < final and sums.width(start, end + 1) <= measure:
        end += 1
    is_short = sums.width(start, end) < measure
    if end < final and is_short and sums.width(start, end + 1) - sums.give(start, end + 1) <= measure:
        end += 1
    if end == final:
        return end
    unforced = (place for place in range(end, start, -1) if sums.kinds[place] != Break.RESCUE)
    return next(unforced, end)


def fit_lines(shaped: ShapedText, widths: Sequence[Emu], count: int | None = None) -> tuple[LineSpan, ...] | None:
    """Return the lines of a paragraph in slots of differing width, the last width holding for all lines after it.

    With `count` the paragraph makes exactly so many lines, tighter or looser than it would by itself, or None where its
    marks and gaps cannot give so much. Sources: CLREQ `#adjustments_of_orphans_and_widows`; GB/T 15834-2011 5.1.11.
    """
    if not shaped.glyphs:
        return ()
    sums = Sums(shaped, _breaks(shaped, shaped.breaks, min(widths)), 0)
    final = len(sums.places) - 1
    layers: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    ends: list[tuple[float, int]] = []
    while layers[-1] and (count is None or len(layers) <= count):
        width = widths[min(len(layers), len(widths)) - 1]
        layers.append(_layer(sums, layers[-1], width))
        if final in layers[-1] and count in (None, len(layers) - 1):
            ends.append((layers[-1][final][0], len(layers) - 1))
    return sums.trace_layers(layers, min(ends)[1]) if ends else None


_LOOSEST = 8
"""A paragraph of more lines or fewer than it would make opens by no more than this part of an em at each joint."""


def fit_tightly(shaped: ShapedText, widths: Sequence[Emu], count: int) -> tuple[LineSpan, ...] | None:
    """Return a paragraph in exactly so many lines, in slots like those of `fit_lines`; None where a line would be too loose."""
    spans = fit_lines(shaped, widths, count) if shaped.rules.grid is not Grid.STRICT else None
    slots = chain(widths, repeat(widths[-1]))
    if spans is None or any(
        opening(shaped, span, width) > shaped.size // _LOOSEST for span, width in zip(spans[:-1], slots, strict=False)
    ):
        return None
    return spans


_BEYOND = 2
"""Ems by which a line must be too wide before no later end is tried: a mark that is trimmed at the edge may fit again."""


def _layer(sums: Sums, before: dict[int, tuple[float, int]], width: Emu) -> dict[int, tuple[float, int]]:
    """Return the breaks that one more line reaches, each with its least cost and the break that it came from."""
    final = len(sums.places) - 1
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
    final = len(sums.places) - 1
    solid = sums.natural_end(start, width)
    for end in range(max(start + 1, solid - _LOOSER), final + 1):
        over = sums.width(start, end) - width
        beyond = over - sums.give(start, end)
        if beyond > _BEYOND * sums.size:
            return
        if over > 0 and beyond > 0 and end > start + 1:
            continue
        if end == final:
            yield end, last_cost(sums, start, end, width)
        elif over > 0:
            yield end, squeeze_cost(sums, start, end, over) + sums.penalties[end]
        else:
            yield end, sums.open_cost(start, end, -over) + sums.penalties[end]

"""The last step of shaping: what marks lose beside each other, gaps and even white, where lines may end and open."""

import re
from functools import cache
from itertools import accumulate, compress

from layout.frame import Direction
from layout.script.breaks import Break, may_break
from layout.script.classes import CLASSES, HAN, POINTS, SPACE, SUPERIOR, WESTERN, Blank
from layout.script.pairs import Pairs
from layout.script.rules import Axis, Digits, Grid, MarkWidths, Region, TypeRules
from layout.script.squeeze import is_half, trims_after, trims_before
from layout.text.cells import Cells, Spread
from layout.text.shaped import ShapedText
from layout.units import Emu, share

_MARKS = f"oc{POINTS}"
_MARK_PAIRS = re.compile(rf"[{_MARKS}](?=[{_MARKS}])")
_GAPS = Pairs(lambda first, second: (first == "H" and second in "DLPS") or (first in "DLPSu" and second == "H"))
_GAPS_WITHOUT_DIGITS = Pairs(lambda first, second: (first == "H" and second in "LP") or (first in "LS" and second == "H"))
_EXCLAMATIONS = re.compile(r"x{2,}")
_OFF_GRID = re.compile(rf"[{WESTERN}]+|[mly]")
_WORDS = WESTERN.replace("w", "")
_LINES = "nly"
_WHOLE = frozenset({"dd", "ee", "xx", "FF", "GG"})


def _opens(first: str, second: str) -> bool:
    """Return whether a joint opens: none in words, numbers, dashes and ellipses, nor beside connectors and solidi.

    White has its own steps.
    """
    is_in_word = first == SPACE.code or second == SUPERIOR.code or (first in _WORDS and second in WESTERN)
    return not (is_in_word or first in _LINES or second in _LINES or first + second in _WHOLE)


_OPEN = Pairs(_opens)


@cache
def _sides(region: Region, axis: Axis) -> dict[str, Blank]:
    sides = {row.code: row.side(region, axis) for row in CLASSES}
    return {code: side for code, side in sides.items() if side is not Blank.NONE}


@cache
def _blank_marks(region: Region, axis: Axis) -> re.Pattern[str]:
    return re.compile("[" + "".join(_sides(region, axis)) + "]")


class _Blanks:
    """What the marks of a paragraph can still lose before and after their ink."""

    def __init__(self, cells: Cells, classes: str) -> None:
        self.cells = cells
        self.leads, self.trails = [0] * len(classes), [0] * len(classes)
        sides, half = _sides(cells.rules.region, cells.axis), cells.size // 2
        for match in _blank_marks(cells.rules.region, cells.axis).finditer(classes):
            place = match.start()
            side = sides[match[0]]
            if side is Blank.BOTH:
                self.leads[place] = self.trails[place] = half // 2
            elif side is Blank.BEFORE:
                self.leads[place] = half
            else:
                self.trails[place] = half

    def lose_lead(self, place: int) -> None:
        self.cells.advances[place] -= self.leads[place]
        self.cells.shifts[place] -= self.leads[place]
        self.leads[place] = 0

    def lose_trail(self, place: int) -> None:
        self.cells.advances[place] -= self.trails[place]
        self.trails[place] = 0


def finish(cells: Cells, text: str, classes: str) -> ShapedText:
    """Return the paragraph that the cells make; `classes` are those of the text's characters."""
    breaks = may_break(text, classes, cells.rules.kinsoku)
    is_plain = len(cells.glyphs) == len(text) and "" not in cells.clusters
    if not is_plain:
        breaks, classes = _by_glyph(cells.clusters, breaks, classes)
    joints = bytearray(_OPEN.between(classes + HAN.code))
    for start, end in cells.kept:
        breaks[start + 1 : end] = bytes((Break.NEVER,)) * (end - start - 1)
        joints[start : end - 1] = bytes(end - start - 1)
    blanks = _Blanks(cells, classes)
    _narrow(blanks, classes, cells.rules)
    gaps = _open_gaps(cells, classes)
    for place in compress(range(len(gaps)), gaps):
        joints[place] = 0
    for spread in cells.spreads:
        _spread(spread, blanks, gaps)
    return ShapedText(
        cells.size,
        cells.rules,
        cells.axis,
        text if is_plain else tuple(cells.clusters),
        classes,
        tuple(cells.glyphs),
        tuple(cells.advances),
        tuple(cells.shifts),
        tuple(blanks.leads),
        tuple(blanks.trails),
        tuple(gaps),
        bytes(joints),
        bytes(breaks),
        tuple(cells.pieces),
        cells.hyphens,
        cells.whites,
        tuple(cells.kept),
        tuple(cells.overlays),
    )


def _by_glyph(clusters: list[str], breaks: bytearray, classes: str) -> tuple[bytearray, str]:
    """Return breaks and classes by glyph instead of by character; no line ends inside a cluster, which is of one class."""
    places = list(accumulate(map(len, clusters), initial=0))
    found, codes = bytearray(map(breaks.__getitem__, places)), list(map(classes.__getitem__, places[:-1]))
    for glyph in (glyph for glyph, cluster in enumerate(clusters) if not cluster):
        found[glyph], codes[glyph] = Break.NEVER, codes[glyph - 1]
    return found, "".join(codes)


def _narrow(blanks: _Blanks, classes: str, rules: TypeRules) -> None:
    """Take the blanks that marks lose by the style, beside each other, and in runs of ！？."""
    if rules.grid is Grid.STRICT:
        return
    if rules.marks is MarkWidths.KAIMING:
        for place, code in enumerate(classes):
            if is_half(code, rules):
                blanks.lose_lead(place)
                blanks.lose_trail(place)
    for match in _MARK_PAIRS.finditer(classes):
        place = match.start()
        if trims_after(classes[place], classes[place + 1], rules):
            blanks.lose_trail(place)
        if trims_before(classes[place], classes[place + 1]):
            blanks.lose_lead(place + 1)
    if rules.marks is not MarkWidths.FULL:
        for match in _EXCLAMATIONS.finditer(classes):
            _stack(blanks, match.start(), match.end())


def _stack(blanks: _Blanks, start: int, end: int) -> None:
    """Set two of ！？ in one em and three in two (GB/T 15834-2011 5.1.2); more of them as three."""
    cells = blanks.cells
    if cells.axis is Axis.VERTICAL:
        return
    cell = cells.size // 2 if end - start == 2 else 2 * cells.size // 3
    for place in range(start, end):
        blanks.leads[place] = blanks.trails[place] = 0
        cells.advances[place] = cell


def _pad_to_ems(cells: Cells, classes: str) -> None:
    """Give Western runs and half-width marks white on both sides, half an em at most, so that they take whole ems.

    Source: CLREQ `#handling_of_grid_alignment_in_chinese_and_western_mixed_text_composition`.
    """
    for match in _OFF_GRID.finditer(classes):
        first, last = match.start(), match.end() - 1
        over = sum(cells.advances[first : last + 1]) % cells.size
        if not over and (cells.axis is Axis.VERTICAL or match[0] in "mly"):
            continue  # figures that stand level in one em, marks that take one
        white = cells.size - over
        cells.advances[first] += white // 2
        cells.shifts[first] += white // 2
        cells.advances[last] += white - white // 2


def _open_gaps(cells: Cells, classes: str) -> list[Emu]:
    """Put white between Han and Latin (`#mixed_text_composition_in_horizontal_writing_mode`); return it by glyph.

    Where lines run down, what stands upright or level in its em is set solid
    (`#mixed_text_composition_in_vertical_writing_mode`).
    """
    gaps = [0] * len(classes)
    if cells.rules.grid is Grid.STRICT:
        _pad_to_ems(cells, classes)
        return gaps
    gap = cells.size * cells.rules.gap // 1000
    table = _GAPS_WITHOUT_DIGITS if cells.rules.digits is Digits.FULL else _GAPS
    for before in compress(range(len(classes)), table.between(classes)):
        if cells.axis is Axis.LEVEL or Direction.TURNED in (cells.direction(before), cells.direction(before + 1)):
            gaps[before] = gap
            cells.advances[before] += gap
    return gaps


def _spread(spread: Spread, blanks: _Blanks, gaps: list[Emu]) -> None:
    """Spread a text evenly over its ems; one character, which nothing can spread, stands in the middle of them.

    Sources: CLREQ "Even inter-character spacing", `#ways_of_alignments`. The gaps and the blanks of marks inside the text
    become a part of its white, so that it keeps its ems in every line. A text that is wider keeps its width.
    """
    cells, (start, end, ems) = blanks.cells, spread
    inner = range(start, end - 1)
    spare = ems * cells.size - sum(cells.advances[start:end]) + sum(gaps[start:end])
    if spare < 0:
        return
    for place in inner:
        cells.advances[place] -= gaps[place]
        gaps[place] = blanks.leads[place] = blanks.trails[place] = 0
    joints = [place for place in inner if cells.ends_its_em(place)]
    for place, amount in zip(joints, share(spare, len(joints) or 1), strict=False):
        cells.advances[place] += amount
        cells.whites[place] = amount
    if not joints:
        cells.advances[start] += spare // 2
        cells.shifts[start] += spare // 2
        cells.advances[end - 1] += spare - spare // 2

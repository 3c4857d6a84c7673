"""What stands beside or round the characters of a line: dots, lines, frames and readings.

Sources: CLREQ `#handling_interlinear_punctuation` (level: all below; vertical: lines left, dots right; a dot is centred on
its character, neighbouring lines stay visibly apart), `#symbol_of_death`, `#positioning_of_zhuyin`.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import NamedTuple

from layout.design.grid import ascent
from layout.frame import Direction, GlyphRun, Path, Placed
from layout.geometry import circle, wave
from layout.script.classes import HAN, WESTERN
from layout.script.readings import is_neutral_tone, is_tone
from layout.script.rules import Axis
from layout.text.measure import LineSpan, line_width
from layout.text.shaped import Over, Overlay, ShapedText
from layout.units import Emu, divide

_DOT, _DOT_AWAY = 170, 130
_LINE, _LINE_AWAY, _LINE_INSET = 35, 90, 90
_WAVE, _WAVE_AWAY = 60, 110
_FRAME, _FRAME_AWAY = 40, 45
_READING_AWAY = 90
"""Sizes and distances from the em's edge, in thousandths of the em."""

_NEUTRAL_PART = 15
"""The dot of the neutral tone takes this part of its character's em (CLREQ `#h-positioning_tones_in_zhuyin`)."""

_DOTTED = HAN.code + WESTERN.replace("w", "")


class _Part(NamedTuple):
    """The part of a line that an overlay covers: glyphs from `first` up to `end`; `edges` are where their cells begin."""

    shaped: ShapedText
    overlay: Overlay
    first: int
    end: int
    edges: list[Emu]

    @property
    def start(self) -> Emu:
        """Where the part begins along the line."""
        return self.edges[0]

    @property
    def length(self) -> Emu:
        """The part's length without the white behind its last character."""
        return self.edges[-2] - self.edges[0] + min(self._own(self.end - 1), self.edges[-1] - self.edges[-2])

    def _own(self, place: int) -> Emu:
        return self.shaped.advances[place] - self.shaped.gaps[place] - self.shaped.whites.get(place, 0)

    def ink_middle(self, place: int) -> Emu:
        """Return where the middle of a character is along the line, without the room that its reading or its gap takes."""
        shift, own = self.shaped.shifts[place], self._own(place)
        is_han = self.shaped.classes[place] == HAN.code
        width = min(own - shift, self.shaped.size) if is_han else own - 2 * shift
        return self.edges[place - self.first] + shift + width // 2

    @property
    def is_level(self) -> bool:
        """Whether the line goes from left to right."""
        return self.shaped.axis is Axis.LEVEL

    @property
    def near(self) -> Emu:
        """The em's upper edge across a level line, its right edge across a vertical one."""
        return -ascent(self.shaped.size) if self.is_level else -self.shaped.size // 2

    @property
    def far(self) -> Emu:
        """The em's lower edge across a level line, its left edge across a vertical one."""
        return self.near + self.shaped.size

    def per_mille(self, amount: int) -> Emu:
        """Return thousandths of the em."""
        return divide(self.shaped.size * amount, 1000)

    def place(self, along: Emu, across: Emu) -> tuple[Emu, Emu]:
        """Return x and y; `across` goes down from a level line's baseline, leftwards from the middle of a vertical one."""
        return (along, across) if self.is_level else (-across, along)


def overlay_items(shaped: ShapedText, line: LineSpan, edges: list[Emu]) -> Iterator[Placed]:
    """Yield what stands over a line; `edges` are where its cells begin, and where the last one ends."""
    for kind, draw in _DRAWN.items():
        for overlay in _over(shaped, kind, line.start, line.end):
            first, end = max(overlay.start, line.start), min(overlay.end, line.end)
            yield from draw(_Part(shaped, overlay, first, end, edges[first - line.start : end - line.start + 1]))


def overlay_order(overlay: Overlay) -> tuple[str, int]:
    """Return the key by which the overlays of a shaped text are sorted: those of a kind follow each other along the text."""
    return overlay.kind.value, overlay.end


def _over(shaped: ShapedText, kind: Over, start: int, end: int) -> Iterator[Overlay]:
    """Yield the overlays of a kind that cover any of the glyphs from `start` up to `end`."""
    first = bisect_right(shaped.overlays, (kind.value, start), key=overlay_order)
    for number in range(first, len(shaped.overlays)):
        overlay = shaped.overlays[number]
        if overlay.kind is not kind or overlay.start >= end:
            return
        yield overlay


def _dots(part: _Part) -> Iterator[Placed]:
    """Yield a dot a character: below a level line and its lines, at the right of a vertical one."""
    away = part.per_mille(_DOT_AWAY + _DOT // 2)
    across = part.far + away if part.is_level else part.near - away
    if part.is_level and _is_lined(part):
        across += part.per_mille(_LINE_AWAY)
    for place in range(part.first, part.end):
        if part.shaped.classes[place] in _DOTTED and _ends_its_em(part.shaped, place):
            middle = part.place(part.ink_middle(place), across)
            yield Placed(*middle, Path(circle(part.per_mille(_DOT)), is_closed=True))


def _ends_its_em(shaped: ShapedText, place: int) -> bool:
    """Return whether a glyph stands by itself, or is the last of those that stand level in one em."""
    piece = shaped.pieces[bisect_right(shaped.pieces, place, key=lambda piece: piece.start) - 1]
    return not piece.across or place == piece.start + len(piece.across) - 1


def _is_lined(part: _Part) -> bool:
    lines = (_over(part.shaped, kind, part.first, part.end) for kind in (Over.NAME, Over.BOOK))
    return any(True for line in lines for _ in line)


def _name(part: _Part) -> Iterator[Placed]:
    inset = part.per_mille(_LINE_INSET)
    place = part.place(part.start + inset, part.far + part.per_mille(_LINE_AWAY))
    length = part.length - 2 * inset
    end = (length, 0) if part.is_level else (0, length)
    yield Placed(*place, Path(((0, 0), end), stroke=part.per_mille(_LINE)))


def _book(part: _Part) -> Iterator[Placed]:
    inset = part.per_mille(_LINE_INSET)
    place = part.place(part.start + inset, part.far + part.per_mille(_LINE_AWAY + _WAVE // 2))
    steps = wave(part.length - 2 * inset, part.per_mille(_WAVE), part.is_level)
    yield Placed(*place, Path(steps, stroke=part.per_mille(_LINE)))


def _frame(part: _Part) -> Iterator[Placed]:
    away, stroke = part.per_mille(_FRAME_AWAY), part.per_mille(_FRAME)
    length, breadth = part.length + 2 * away, part.shaped.size + 2 * away
    width, height = (length, breadth) if part.is_level else (breadth, length)
    x, y = part.place(part.start, part.near if part.is_level else part.far)
    yield Placed(x - away, y - away, Path(((0, 0), (width, 0), (width, height), (0, height)), stroke, is_closed=True))


def _reading(part: _Part) -> Iterator[Placed]:
    """Yield a reading centred over its characters, or turned at their right where they go down the page."""
    reading = part.overlay.reading
    assert reading is not None
    start = part.start + (part.length - line_width(reading)) // 2
    x, y = part.place(start, part.near - part.per_mille(_READING_AWAY))
    runs = _whole(reading)
    direction = Direction.LEVEL if part.is_level else Direction.TURNED
    for along, run in runs:
        step = (along, 0) if part.is_level else (0, along)
        yield Placed(x + step[0], y + step[1], run._replace(direction=direction))


def _whole(reading: ShapedText) -> Iterator[tuple[Emu, GlyphRun]]:
    """Yield the runs of a reading with their place along it."""
    edges = list(accumulate(reading.advances, initial=0))
    ends = [piece.start for piece in reading.pieces[1:]]
    for piece, end in zip(reading.pieces, [*ends, len(reading.glyphs)], strict=True):
        start = piece.start
        offsets = tuple(edges[place] - edges[start] + reading.shifts[place] for place in range(start, end))
        width = edges[end] - edges[start]
        glyphs, clusters = reading.glyphs[start:end], reading.clusters[start:end]
        yield edges[start], GlyphRun(piece.role, piece.size, glyphs, offsets, clusters, width)


def _zhuyin(part: _Part) -> Iterator[Placed]:
    """Yield the signs of a syllable below each other at the right of its character, the tone beside the last one."""
    reading = part.overlay.reading
    assert reading is not None
    signs = list(zip(reading.clusters, reading.glyphs, reading.advances, reading.shifts, strict=True))
    stacked = [sign for sign in signs if not is_tone(sign[0])]
    size, flat = reading.size, divide(part.shaped.size, _NEUTRAL_PART)
    depths = [flat if is_neutral_tone(sign[0]) else size for sign in stacked]
    x = part.start + part.length - part.shaped.size // 2 if part.is_level else part.shaped.size // 2
    middle = part.near + part.shaped.size // 2 if part.is_level else part.start + part.length // 2
    y = middle - sum(depths) // 2
    for (text, glyph, advance, shift), depth in zip(stacked, depths, strict=True):
        run = GlyphRun(reading.pieces[0].role, size, (glyph,), (shift,), (text,), advance)
        aside = (size - advance) // 2 if depth == flat else 0
        yield Placed(x + aside, y + ascent(size) - (size - depth) // 2, run)
        y += depth
    for text, glyph, advance, _ in signs:
        if is_tone(text):
            run = GlyphRun(reading.pieces[0].role, size, (glyph,), (0,), (text,), advance)
            yield Placed(x + size, y - size + ascent(size) - size // 2, run)


_DRAWN: dict[Over, Callable[[_Part], Iterator[Placed]]] = {
    Over.DOTS: _dots,
    Over.NAME: _name,
    Over.BOOK: _book,
    Over.FRAME: _frame,
    Over.RUBY: _reading,
    Over.ZHUYIN: _zhuyin,
}

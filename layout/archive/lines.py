"""Lines of type on a finished page, read back from its glyph runs: words with boxes and styles, in EMU of the trimmed page."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple
from unicodedata import category, east_asian_width

from layout.design.grid import ascent
from layout.frame import SOFT_HYPHEN, Direction, GlyphRun, Placed
from layout.geometry import Rect
from layout.script.han import count_han
from layout.units import Emu, divide

_OPENING = ("Ps", "Pi")
"""The categories of opening marks (Unicode)."""


class TextStyle(NamedTuple):
    """A face by its role, and its size."""

    face: str
    size: Emu


class Word(NamedTuple):
    """Text without white in a line: in Chinese as a rule all of it. `is_parted` says that white follows it.

    `styles` are those of its characters, each once, in the order in which they begin.
    """

    text: str
    box: Rect
    styles: tuple[TextStyle, ...]
    is_parted: bool = False


class Stretch(NamedTuple):
    """Glyphs of a run from one up to another, and their text.

    `item` is the run's number among all that its page paints, in paint order.
    """

    item: int
    start: int
    end: int
    text: str


class TextLine(NamedTuple):
    """A line of type; `hyphen` is the box of the hyphen of a parted word at its end. `is_vertical` lines go down the page.

    `stretches` are the glyphs that show it.
    """

    words: tuple[Word, ...]
    box: Rect
    is_vertical: bool = False
    hyphen: Rect | None = None
    stretches: tuple[Stretch, ...] = ()

    @property
    def text(self) -> str:
        """The text of the line, with a space where its copy has white."""
        return "".join(word.text + " " * word.is_parted for word in self.words)


class Run(NamedTuple):
    """A glyph run at its place, or a part of one.

    `number` is the whole run's among all that its page paints, `start` the first of its glyphs that are here.
    """

    x: Emu
    y: Emu
    item: GlyphRun
    number: int = -1
    start: int = 0

    @property
    def is_level(self) -> bool:
        """Whether it goes from left to right; short numbers in a line that goes down the page do so, too."""
        return self.item.direction is Direction.LEVEL

    @property
    def length(self) -> Emu:
        """How far it reaches from its origin: its cells, or more where its first mark lost the white before its ink."""
        return max(self.item.width, self.item.offsets[-1] + self._last) if self.item.clusters else self.item.width

    @property
    def _last(self) -> Emu:
        """How far its last character reaches at least: an em, a mark half of one; a Western one as far as that before it.

        A Western one is told only behind an opening mark, since the cells of any other run end where it does.
        """
        clusters, offsets = self.item.clusters, self.item.offsets
        em = divide(self.item.size * self.item.stretch, 1000)
        if _is_wide(clusters[-1]):
            return em if count_han(clusters[-1]) else em // 2
        if category(clusters[0][:1] or " ") not in _OPENING or len(clusters) == 1:
            return 0
        return em // 2 if _is_wide(clusters[-2]) else offsets[-1] - offsets[-2]

    def box(self, start: Emu, end: Emu) -> Rect:
        """Return the box of its ems from one place along it up to another."""
        size, length = self.item.size, max(0, end - start)
        if self.is_level:
            return Rect(self.x + start, self.y - ascent(size), length, size)
        before = size // 2 if self.item.direction is Direction.UPRIGHT else size - ascent(size)
        return Rect(self.x - before, self.y + start, size, length)

    def parted(self, characters: int) -> "tuple[Run, Run]":
        """Return the run in two, the first with so many characters; a glyph's text is never parted."""
        ends = accumulate(map(len, self.item.clusters))
        number = next((place for place, end in enumerate(ends, 1) if end >= characters), len(self.item.clusters))
        at = (*self.item.offsets, self.item.width)[number]
        moved = (self.x + at, self.y) if self.is_level else (self.x, self.y + at)
        before, after = self.item.between(0, number), self.item.between(number, len(self.item.clusters))
        return self._replace(item=before), Run(*moved, after, self.number, self.start + number)

    @property
    def stretch(self) -> Stretch:
        """Which glyphs of which run are here."""
        return Stretch(self.number, self.start, self.start + len(self.item.clusters), self.item.text)


def _is_wide(cluster: str) -> bool:
    return east_asian_width(cluster[-1:] or " ") in "WF"


def glyph_runs(items: Iterable[tuple[int, Placed]]) -> Iterator[Run]:
    """Yield the glyph runs among numbered items."""
    return (Run(at.x, at.y, at.item, number) for number, at in items if isinstance(at.item, GlyphRun))


def union(boxes: Sequence[Rect]) -> Rect:
    """Return the least rectangle round some rectangles."""
    if len(boxes) == 1:
        return boxes[0]
    x, y = min(box.x for box in boxes), min(box.y for box in boxes)
    return Rect(x, y, max(box.right for box in boxes) - x, max(box.bottom for box in boxes) - y)


def text_lines(runs: Iterable[Run]) -> Iterator[TextLine]:
    """Yield the lines that runs make: one goes on as long as each run begins where the one before it ends."""
    line: list[Run] = []
    for run in runs:
        if not run.item.text.strip():
            continue
        if line and not _goes_on(line, run):
            yield _line(line)
            line = []
        line.append(run)
    if line:
        yield _line(line)


def _goes_on(line: Sequence[Run], run: Run) -> bool:
    """Return whether a run begins within half an em of the last one's end, at the same height or on the same middle."""
    before, box = _whole(line[-1]), _whole(run)
    near = max(line[-1].item.size, run.item.size) // 2
    if all(each.is_level for each in (*line, run)):
        return abs(box.x - before.right) <= near and _overlap(before.y, before.bottom, box.y, box.bottom)
    return abs(box.y - before.bottom) <= near and _overlap(before.x, before.right, box.x, box.right)


def _whole(run: Run) -> Rect:
    return run.box(0, run.length)


def _overlap(start: Emu, end: Emu, other_start: Emu, other_end: Emu) -> bool:
    """Return whether two stretches have more than half of the shorter one in common."""
    return 2 * (min(end, other_end) - max(start, other_start)) > min(end - start, other_end - other_start)


class _Part(NamedTuple):
    """Text of one run without white, with white alone, or a hyphen."""

    text: str
    box: Rect
    style: TextStyle


def _line(runs: Sequence[Run]) -> TextLine:
    parts = [part for run in runs for part in _parts(run)]
    hyphen = next((part.box for part in parts if part.text == SOFT_HYPHEN), None)
    words: list[Word] = []
    pending: list[_Part] = []
    for part in parts:
        if part.text == SOFT_HYPHEN:
            continue
        if not part.text.isspace():
            pending.append(part)
        elif pending:
            words.append(_word(pending, True))
            pending = []
    if pending:
        words.append(_word(pending, False))
    box, stretches = union([part.box for part in parts]), tuple(run.stretch for run in runs)
    return TextLine(tuple(words), box, any(not run.is_level for run in runs), hyphen, stretches)


def _word(parts: Sequence[_Part], is_parted: bool) -> Word:
    styles = dict.fromkeys(part.style for part in parts)
    return Word("".join(part.text for part in parts), union([part.box for part in parts]), tuple(styles), is_parted)


def _parts(run: Run) -> Iterator[_Part]:
    """Yield the parts of a run between white and hyphens."""
    item = run.item
    style = TextStyle(item.face, item.size)
    apart = [number for number, cluster in enumerate(item.clusters) if cluster == SOFT_HYPHEN or cluster.isspace()]
    edges = [*item.offsets, run.length]
    start = 0
    for number in (*apart, len(item.clusters)):
        if text := "".join(item.clusters[start:number]):
            yield _Part(text, run.box(edges[start], edges[number]), style)
        if number < len(item.clusters):
            yield _Part(item.clusters[number], run.box(edges[number], edges[number + 1]), style)
        start = number + 1

"""Counts what the lines of a finished PDF do: one table of predicates for every engine.

The counter knows glyphs and their places only, so that it judges what a reader sees. It has its own lists of marks, taken
from GB/T 15834-2011 5.1 and CLREQ `#prohibition_rules_for_line_start_end`, and nothing of our own line breaking.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise
from typing import NamedTuple

FLUSH = 0.01
"""How far from the edge of its measure a full line may end, in ems."""

QUARTER = 0.252
"""A quarter of an em, and the rounding of two places in a PDF."""

_EVEN = 0.01
_INDENTED = 1.0
_RAISED = 2.0
"""Points by which glyphs of one line may stand above each other."""

_SQUEEZED = 0.75

_POINTS = frozenset("，、；：。！？")
_OPENING = frozenset("“‘「『（《〈【〖〔［｛")
_CLOSING = frozenset("”’」』）》〉】〗〕］｝")
_MARKS = _POINTS | _OPENING | _CLOSING
_CENTRED = {"·": 0.5, "-": 0.5, "/": 0.5, "—": 1, "——": 2, "…": 1}
"""Marks in the middle of their cells, and the ems of those."""

_HAN = re.compile("[\u3400-\u9fff〇]")
_WESTERN = re.compile("[0-9A-Za-z%]")
_AFTER_HAN, _BEFORE_HAN = "(?<=[\u3400-\u9fff])", "(?=[\u3400-\u9fff])"
_NEVER_FIRST = re.compile(f"[{''.join(_POINTS | _CLOSING)}·‧・．]")
_NEVER_LAST = re.compile(f"[{''.join(_OPENING)}]")
_ONE_EM_LINE = re.compile("(?<!—)—(?!—)")
_CONNECTOR = re.compile(f"[～〜–]|{_AFTER_HAN}-{_BEFORE_HAN}")
_SOLIDUS = re.compile(f"{_AFTER_HAN}/|/{_BEFORE_HAN}")
_LONG_MARK = re.compile("——|……")
_FIGURES = re.compile("[0-9](?:[0-9.,:]*[0-9])?")
_SIGNED = re.compile("(?:[±＋$€￥¥]|(?<![0-9A-Za-z])[-+])(?=[0-9])|[0-9](?=[%‰℃])")
_CUT_WORD = re.compile("[A-Za-z](?=[0-9A-Za-z])|[0-9](?=[A-Za-z])")
_BARE_MARKS = re.compile(f"[{''.join(_MARKS)}…—～·]")


class Cell(NamedTuple):
    """A glyph in ems from the left edge of its measure: what it stands for, its origin, where its own advance ends."""

    text: str
    x: float
    end: float
    baseline: float


class Line(NamedTuple):
    """A line of a paragraph; `start` and `end` are its places in the copy, a hyphen that the engine added aside."""

    cells: tuple[Cell, ...]
    measure: float
    copy: str
    start: int
    end: int
    is_first: bool
    is_last: bool

    @property
    def text(self) -> str:
        return "".join(cell.text for cell in self.cells)

    @property
    def is_hyphenated(self) -> bool:
        return self.text.endswith("-") and self.copy[self.end - 1] != "-"


class Counted(NamedTuple):
    """The lines of a setting, and how many characters of the copy are lost or changed in it."""

    lines: list[Line]
    lost: int


def read_lines(copy: Sequence[str], cells: Sequence[Cell], measure: float) -> Counted:
    """Return the lines of a setting, each with its place in the copy; a file with more or fewer paragraphs is an error."""
    found = list(_paragraphs(cells))
    assert len(copy) == len(found), f"{len(copy)} paragraphs of copy, {len(found)} in the file"
    paragraphs = [list(_placed(words, lines, measure)) for words, lines in zip(copy, found, strict=True)]
    lost = sum(_differences(words, lines) for words, lines in zip(copy, paragraphs, strict=True))
    return Counted([line for lines in paragraphs for line in lines], lost)


def _paragraphs(cells: Sequence[Cell]) -> Iterator[list[tuple[Cell, ...]]]:
    """Yield the lines of each paragraph: one begins where a line is indented."""
    lines: list[tuple[Cell, ...]] = []
    for line in _lines(cells):
        if line[0].x > _INDENTED and lines:
            yield lines
            lines = []
        lines.append(line)
    yield lines


def _lines(cells: Sequence[Cell]) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of each line; a mark that is raised by the middle of its ink stays in its line."""
    edges = (place for place, (a, b) in enumerate(pairwise(cells), 1) if abs(a.baseline - b.baseline) > _RAISED)
    yield from (tuple(cells[start:end]) for start, end in pairwise([0, *edges, len(cells)]))


def _placed(copy: str, lines: list[tuple[Cell, ...]], measure: float) -> Iterator[Line]:
    inked = [place for place, character in enumerate(copy) if not character.isspace()]
    at = 0
    for number, cells in enumerate(lines, 1):
        text = "".join(cell.text for cell in cells)
        start = at
        at = min(len(inked), at + len(text))
        if text.endswith("-") and copy[inked[at - 1]] != "-":
            at -= 1
        yield Line(cells, measure, copy, inked[min(start, at - 1)], inked[at - 1] + 1, number == 1, number == len(lines))


def _differences(copy: str, lines: list[Line]) -> int:
    """Return how many characters differ, white space and added hyphens aside."""
    expected = "".join(copy.split())
    found = "".join(line.text[:-1] if line.is_hyphenated else line.text for line in lines)
    if expected == found:
        return 0
    changes = SequenceMatcher(None, expected, found, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in changes if kind != "equal")


# ---- faults: lines that should not be ----------------------------------------------------------------------------


def _starts_with(line: Line, mark: re.Pattern[str]) -> bool:
    return not line.is_first and bool(mark.match(line.copy, line.start))


def _ends_with(line: Line, mark: re.Pattern[str]) -> bool:
    return not line.is_last and bool(mark.match(line.copy, line.end - 1))


def _cuts(line: Line, unit: re.Pattern[str]) -> bool:
    return not line.is_last and any(match.start() < line.end < match.end() for match in unit.finditer(line.copy))


def _is_runt(line: Line) -> bool:
    """Return whether a last line has no more than one character, marks aside (孤字); a paragraph of one line has none."""
    return line.is_last and not line.is_first and len(_BARE_MARKS.sub("", line.text)) < 2


FAULTS: dict[str, Callable[[Line], bool]] = {
    "forbidden line starts: points, closing marks, interpuncts": lambda line: _starts_with(line, _NEVER_FIRST),
    "forbidden line starts: one-em lines (一字线)": lambda line: _starts_with(line, _ONE_EM_LINE),
    "forbidden line starts: other connectors": lambda line: _starts_with(line, _CONNECTOR),
    "forbidden line ends: opening marks": lambda line: _ends_with(line, _NEVER_LAST),
    "forbidden line starts and ends: solidi": lambda line: _starts_with(line, _SOLIDUS) or _ends_with(line, _SOLIDUS),
    "—— or …… split": lambda line: _cuts(line, _LONG_MARK),
    "figures split": lambda line: _cuts(line, _FIGURES),
    "figures parted from their sign": lambda line: _ends_with(line, _SIGNED),
    "words cut without a hyphen": lambda line: not line.is_hyphenated and _ends_with(line, _CUT_WORD),
    "last lines of one character (孤字)": _is_runt,
}


# ---- shares: of all cases, those for which it holds --------------------------------------------------------------


def _pairs(line: Line) -> Iterator[tuple[Cell, Cell]]:
    return pairwise(line.cells)


def _are_han(*cells: Cell) -> bool:
    return all(_HAN.fullmatch(cell.text) for cell in cells)


def _han_gaps(line: Line) -> list[float]:
    return [second.x - first.x - 1 for first, second in _pairs(line) if _are_han(first, second)]


def _edges(cell: Cell) -> Iterator[float]:
    """Yield where a last cell may end: a mark after half its em (GB/T 15834-2011 5.1.10), others by advance or cell."""
    if cell.text in _MARKS:
        yield cell.x + 0.5
        return
    yield cell.end
    if cell.text in _CENTRED:
        yield (cell.x + cell.end + _CENTRED[cell.text]) / 2


def flush(line: Line) -> Iterator[bool]:
    """Yield for a full line whether it ends at the edge of its measure."""
    if not line.is_last:
        yield any(abs(edge - line.measure) <= FLUSH for edge in _edges(line.cells[-1]))


def _solid(line: Line) -> Iterator[bool]:
    gaps = _han_gaps(line)
    if not line.is_last and gaps:
        yield max(map(abs, gaps)) <= _EVEN


def opened(line: Line) -> Iterator[bool]:
    """Yield for a full line whether a joint in it opens by more than a quarter em."""
    if not line.is_last:
        yield max(_joints(line), default=0) > QUARTER


def _joints(line: Line) -> Iterator[float]:
    """Yield by how much each joint of Han with Han, or of Han with a mark, is wider than an em."""
    for first, second in _pairs(line):
        if (_are_han(first) and second.text in _MARKS) or (_are_han(second) and (first.text in _MARKS or _are_han(first))):
            yield second.x - first.x - 1


def _squeezed_pairs(line: Line) -> Iterator[bool]:
    """Yield for two marks of which one is a bracket whether they stand in an em and a half."""
    for first, second in _pairs(line):
        is_pair = first.text in _POINTS | _CLOSING and second.text in _MARKS
        if (is_pair and not {first.text, second.text} <= _POINTS) or (first.text in _OPENING and second.text in _OPENING):
            yield second.x - first.x < _SQUEEZED


def _squeezed_alone(line: Line) -> Iterator[bool]:
    for before, mark, after in zip(line.cells, line.cells[1:], line.cells[2:], strict=False):
        if mark.text in _POINTS and _are_han(before, after):
            yield after.x - mark.x < _SQUEEZED


SHARES: dict[str, Callable[[Line], Iterator[bool]]] = {
    "full lines flush within 0.01 em": flush,
    "full lines set solid": _solid,
    "full lines with a joint opened by more than 1/4 em": opened,
    "pairs of marks set in 1.5 em": _squeezed_pairs,
    "lone marks between Han squeezed below 0.75 em": _squeezed_alone,
}


# ---- widths in ems -----------------------------------------------------------------------------------------------


def widest_han_gap(line: Line) -> Iterator[float]:
    """Yield the widest white between two Han of a full line."""
    if not line.is_last:
        yield from sorted(_han_gaps(line))[-1:]


def latin_gaps(line: Line) -> Iterator[float]:
    """Yield the white between Han and Latin letters, figures or the per cent sign."""
    for first, second in _pairs(line):
        if _are_han(first) and _WESTERN.match(second.text):
            yield second.x - first.x - 1
        elif _WESTERN.match(first.text[-1]) and _are_han(second):
            yield second.x - first.end


def shares(lines: Sequence[Line], cases: Callable[[Line], Iterator[bool]]) -> tuple[int, int]:
    """Return for how many cases it holds, and how many there are."""
    found = [case for line in lines for case in cases(line)]
    return sum(found), len(found)


def quantiles(lines: Sequence[Line], widths: Callable[[Line], Iterator[float]], *parts: float) -> list[float]:
    """Return the widths below which the given parts of all widths lie; 1 asks for the widest."""
    found = sorted(width for line in lines for width in widths(line)) or [0.0]
    return [found[min(len(found) - 1, round(part * (len(found) - 1)))] for part in parts]

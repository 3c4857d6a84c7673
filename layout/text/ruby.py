"""Readings beside characters (行间注): pinyin over them, zhuyin at their right.

Sources: CLREQ `#positioning_of_romanization` and `#positioning_of_zhuyin`: zhuyin is three tenths of the base, a syllable's
signs stand below each other at its right and take half an em of a level line; the dot of the neutral tone stands first.
CLREQ has pinyin in level lines only; in those that run down it is turned, and has the same room.
"""

from collections.abc import Callable, Iterator

from layout.diagnostics import Absent
from layout.script.han import count_han
from layout.script.readings import is_zhuyin
from layout.script.rules import Axis
from layout.text.cells import Cells
from layout.text.shaped import Over, Overlay, ShapedText, StyledText
from layout.units import Emu, divide

PINYIN_SIZE, ZHUYIN_SIZE = 380, 300
"""Sizes of readings in thousandths of the em."""

_APART = 100
"""Least white between two readings, in thousandths of the em."""

Reading = Callable[[str, str, Emu], tuple[ShapedText, tuple[Absent, ...]]]


def append_readings(cells: Cells, start: int, run: StyledText, shape: Reading) -> None:
    """Note the readings of the glyphs from `start` on and what faces lack of them; widen cells narrower than their reading."""
    for first, end, syllable in _syllables(cells, start, run.marking.ruby):
        stacked = is_zhuyin(syllable)
        size = divide(cells.size * (ZHUYIN_SIZE if stacked else PINYIN_SIZE), 1000)
        reading, absent = shape(syllable, run.role, size)
        cells.absent += absent
        cells.overlays.append(Overlay(first, end, Over.ZHUYIN if stacked else Over.RUBY, reading))
        cells.kept.append((first, end))
        if cells.axis is Axis.LEVEL or not stacked:
            _widen(cells, first, end, stacked, sum(reading.advances))


def _syllables(cells: Cells, start: int, ruby: str) -> Iterator[tuple[int, int, str]]:
    """Yield the glyphs of each syllable: one character each, or all of them where the reading is one word."""
    syllables = ruby.split()
    han = [place for place in range(start, len(cells.glyphs)) if count_han(cells.clusters[place])]
    if len(syllables) == len(han):
        yield from ((place, place + 1, syllable) for place, syllable in zip(han, syllables, strict=True))
    else:
        yield start, len(cells.glyphs), " ".join(syllables)


def _widen(cells: Cells, first: int, end: int, stacked: bool, reading: Emu) -> None:
    if stacked:
        cells.advances[end - 1] += cells.size // 2
        return
    short = reading + divide(cells.size * _APART, 1000) - sum(cells.advances[first:end])
    if short > 0:
        cells.advances[first] += short // 2
        cells.shifts[first] += short // 2
        cells.advances[end - 1] += short - short // 2

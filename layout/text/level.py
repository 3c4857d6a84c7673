"""Cells of a run that goes from left to right."""

import re
from collections.abc import Iterator
from functools import cache

from layout.diagnostics import Absent
from layout.frame import Direction
from layout.script.classes import (
    BOX_LINE,
    BY_CODE,
    CONNECTOR,
    DIGIT,
    HYPHEN,
    ONE_EM_LINE,
    SEMICOLON,
    TWO_EM_DASH,
    VARIATION,
    WESTERN,
    Blank,
    cells_of,
)
from layout.script.rules import Axis, Digits, Region
from layout.text.cells import Cells
from layout.text.justify import MIDDLE
from layout.text.shaped import Hyphen
from layout.typeface.face import Face, ShapedGlyph
from layout.units import Emu, divide

_LINES = CONNECTOR.code + HYPHEN.code
_BY_INK = {Region.MAINLAND: _LINES, Region.TAIWAN: _LINES + SEMICOLON.code}
"""Classes that stand in the middle of their em by their own ink, where faces draw them for Latin or lower."""

_SEGMENTS = {region: re.compile(rf"[{WESTERN}]+|dd|[{codes}]|[^{WESTERN}d{codes}]+|d") for region, codes in _BY_INK.items()}
_DIGITS = re.compile(r"D+|[^D]+")
_DIGIT_CELLS = {Digits.HALF: ("hwid", 1), Digits.FULL: ("fwid", 2)}
_CELLED = re.compile("[" + "".join(cells_of(Region.MAINLAND)) + "]")
_WIDE_LINES = re.compile("[nb]")
"""Lines of an em or more, which many faces draw for Latin; the full-width forms stand in the middle of Han."""

_CENTRED = "\ufe01"
"""The selector of a mark's form in the middle of its em (Unicode, standardized variants)."""

_UNSEEN = 10
"""Thousandths of the em by which ink may lie beside the middle without being moved."""

_HYPHENS = "\u2010-"
_WIDEST_HYPHEN = 600


def append_level(cells: Cells, text: str, classes: str, face: Face) -> None:
    """Append a run of one face."""
    for match in _SEGMENTS[cells.rules.region].finditer(classes):
        start, end = match.span()
        first = classes[start]
        if first in WESTERN:
            append_western(cells, text[start:end], classes[start:end], face)
        elif first in _BY_INK[cells.rules.region]:
            _append_by_ink(cells, text[start:end], first, face)
        elif first == "d" and end - start == 2:
            cells.begin(face)
            append_dash(cells, text[start:end], face)
        else:
            cells.begin(face)
            _append_han(cells, text[start:end], classes[start:end], face)


def _append_han(cells: Cells, text: str, classes: str, face: Face) -> None:
    if VARIATION.code in classes:
        for base, selector, code in _varied(text, classes):
            _append_plain(cells, [base + selector], code, [varied_glyph(cells, base, selector, face)], face)
        return
    glyphs = list(map(face.glyphs.__getitem__, text))
    for match in _WIDE_LINES.finditer(classes):
        glyphs[match.start()] = _wide_line(text[match.start()], face)
    if cells.rules.region is Region.TAIWAN:
        glyphs = [
            centred_form(character, code, Region.TAIWAN, face) or glyph
            for character, code, glyph in zip(text, classes, glyphs, strict=True)
        ]
    _append_plain(cells, text, classes, glyphs, face)


@cache
def _wide_line(line: str, face: Face) -> int:
    """Return the glyph of a line of an em or more; the one-em line is longer than 一 (GB/T 15834-2011 5.1.6)."""
    wide, longest = face.wide[line], face.glyphs[BOX_LINE]
    is_short = line == ONE_EM_LINE and face.ink(wide)[2] <= face.ink(face.glyphs["一"])[2]
    return longest if is_short and longest else wide


def centred_form(character: str, code: str, region: Region, face: Face) -> int:
    """Return the glyph of a mark in the middle of its em where the region sets it so, else 0, as where the face has none."""
    return face.variant(character, _CENTRED) if region is Region.TAIWAN and BY_CODE[code].is_centred else 0


def _append_by_ink(cells: Cells, text: str, code: str, face: Face) -> None:
    """Append a mark in a piece of its own, raised so that the middle of its ink is that of its em."""
    start = len(cells.glyphs)
    _append_han(cells, text, code, face)
    rise, off = cells.rise, off_the_middle(cells.glyphs[start], cells.at, face)
    cells.rise += off if abs(off) * 1000 > cells.at * _UNSEEN else 0
    cells.begin(face, start=start)
    cells.rise = rise


def off_the_middle(glyph: int, size: Emu, face: Face) -> Emu:
    """Return how far the middle of a glyph's ink lies below the middle of its em, which is that of Latin letters."""
    _, bottom, _, height = face.ink(glyph)
    return divide(size * MIDDLE, 1000) - divide((2 * bottom + height) * size, 2 * face.upem)


def varied_glyph(cells: Cells, base: str, selector: str, face: Face) -> int:
    """Return the glyph of a character in the variant that follows it; one that the face lacks is noted."""
    variant = face.variant(base, selector) if selector else 0
    if selector and not variant and face.glyphs[base]:
        cells.absent.append(Absent(base + selector, face.file_name))
    return variant or face.glyphs[base]


def _varied(text: str, classes: str) -> Iterator[tuple[str, str, str]]:
    """Yield each character with the variation selector behind it and its class."""
    for place, (character, code) in enumerate(zip(text, classes, strict=True)):
        if code != VARIATION.code:
            is_varied = classes[place + 1 : place + 2] == VARIATION.code
            yield character, text[place + 1] if is_varied else "", code


def _append_plain(cells: Cells, clusters: str | list[str], classes: str, glyphs: list[int], face: Face) -> None:
    own = list(map(face.sized(cells.at).__getitem__, glyphs))
    advances, shifts = own.copy(), [0] * len(own)
    table = cells_of(cells.rules.region)
    for match in _CELLED.finditer(classes):
        place, cell = match.start(), table[match[0]] * cells.at // 2
        if own[place] != cell:
            advances[place] = cell
            shifts[place] = _shift(match[0], cell - own[place], cells)
    cells.clusters += clusters
    cells.classes += classes
    cells.glyphs += glyphs
    cells.advances += advances
    cells.shifts += shifts


def _shift(code: str, spare: Emu, cells: Cells) -> Emu:
    """Return where a glyph stands in a cell that is `spare` wider: a mark keeps its blank on its blank side."""
    blank = BY_CODE[code].side(cells.rules.region, Axis.LEVEL)
    return spare if blank is Blank.BEFORE else 0 if blank is Blank.AFTER else spare // 2


def append_western(cells: Cells, text: str, classes: str, face: Face, direction: Direction = Direction.LEVEL) -> None:
    """Append Latin words and figures; figures of a fixed width stand by themselves, centred in their cells."""
    cells.begin(face, direction)
    cells.hyphens.setdefault(face.role, _hyphen(face))
    if cells.rules.digits is Digits.PROPORTIONAL or DIGIT.code not in classes:
        _append_shaped(cells, text, classes, face, "pwid", 0)
        return
    feature, cell = _DIGIT_CELLS[cells.rules.digits]
    for match in _DIGITS.finditer(classes):
        start, end = match.span()
        is_number = classes[start] == DIGIT.code
        width = cell * cells.at // 2 if is_number else 0
        _append_shaped(cells, text[start:end], classes[start:end], face, feature if is_number else "pwid", width)


def _hyphen(face: Face) -> Hyphen:
    """Return the hyphen for parted words; many Chinese faces have U+2010 on a whole em, which is none."""
    found = (Hyphen(face.glyphs[sign], face.thousandths(face.glyphs[sign])) for sign in _HYPHENS)
    return next((hyphen for hyphen in found if hyphen.glyph and hyphen.advance < _WIDEST_HYPHEN), Hyphen(0, 0))


def _append_shaped(cells: Cells, text: str, classes: str, face: Face, feature: str, cell: Emu) -> None:
    size = cells.pieces[-1].size
    for glyph, cluster in clustered(face.shape(text, feature), text):
        own = (glyph.advance * size * 2 + face.upem) // (2 * face.upem)
        shift = (cell - own) // 2 if cell else 0
        cells.add(cluster, classes[glyph.cluster], glyph.glyph, cell or own, shift)


def clustered(shaped: list[ShapedGlyph], text: str) -> Iterator[tuple[ShapedGlyph, str]]:
    """Yield glyphs with the text that each stands for: all of its cluster's with the first one, none with the others."""
    if len(shaped) == len(text) and len({glyph.cluster for glyph in shaped}) == len(text):
        yield from zip(shaped, text, strict=True)
        return
    starts = [glyph.cluster for glyph in shaped] + [len(text)]
    for number, glyph in enumerate(shaped):
        is_first = number == 0 or glyph.cluster != starts[number - 1]
        end = next(start for start in starts[number + 1 :] if start != glyph.cluster)
        yield glyph, text[glyph.cluster : end] if is_first else ""


def append_dash(cells: Cells, text: str, face: Face) -> None:
    """Set a dash of two em dashes as one glyph of 2 em where the face has one (GB/T 15834-2011 5.1.4)."""
    shaped = face.shape(text, "fwid")
    glyph = shaped[0].glyph if len(shaped) == 1 else face.glyphs[TWO_EM_DASH.characters]
    if not glyph:
        _append_han(cells, text, "dd", face)
        return
    cells.add(text, "d", glyph, 2 * cells.at, (2 * cells.at - face.sized(cells.at)[glyph]) // 2)

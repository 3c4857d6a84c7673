"""Cells of a run that goes from left to right."""

import re
from collections.abc import Sequence
from functools import cache

from layout.diagnostics import Absent
from layout.frame import Direction
from layout.script.classes import (
    BOX_LINE,
    BY_CODE,
    CLASSES,
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
from layout.typeface.face import Face
from layout.units import Emu, divide

_LINES = CONNECTOR.code + HYPHEN.code
_BY_INK = {Region.MAINLAND: _LINES, Region.TAIWAN: _LINES + SEMICOLON.code}
"""Classes that stand in the middle of their em by their own ink, where faces draw them for Latin or lower."""

_SEGMENTS = {region: re.compile(rf"[{WESTERN}]+|dd|[{codes}]|[^{WESTERN}d{codes}]+|d") for region, codes in _BY_INK.items()}
_DIGITS = re.compile(r"D+|[^D]+")
_DIGIT_CELLS = {Digits.HALF: ("hwid", 1), Digits.FULL: ("fwid", 2)}
_CELLED = re.compile("[" + "".join(cells_of(Region.MAINLAND)) + "]")
_CENTRED_MARKS = re.compile("[" + "".join(row.code for row in CLASSES if row.is_centred) + "]")
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
    by_ink, glyphs = _BY_INK[cells.rules.region], _han_glyphs(cells, text, classes, face)
    for match in _SEGMENTS[cells.rules.region].finditer(classes):
        start, end = match.span()
        first = classes[start]
        if first in WESTERN:
            append_western(cells, text[start:end], classes[start:end], face)
        elif first in by_ink:
            _append_by_ink(cells, text[start:end], first, face)
        elif first == "d" and end - start == 2:
            cells.begin(face)
            append_dash(cells, text[start:end], face)
        else:
            cells.begin(face)
            _append_plain(cells, text[start:end], classes[start:end], glyphs[start:end], face)


def _han_glyphs(cells: Cells, text: str, classes: str, face: Face) -> list[int]:
    """Return the glyph of each character as it stands among Han; words, and pairs of dashes, have others."""
    glyphs = list(map(face.glyphs.__getitem__, text))
    for match in _WIDE_LINES.finditer(classes):
        glyphs[match.start()] = _wide_line(text[match.start()], face)
    if cells.rules.region is Region.TAIWAN:
        for match in _CENTRED_MARKS.finditer(classes):
            place = match.start()
            glyphs[place] = centred_form(text[place], match[0], Region.TAIWAN, face) or glyphs[place]
    return glyphs


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
    _append_plain(cells, text, code, _han_glyphs(cells, text, code, face), face)
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


def _append_plain(cells: Cells, text: str, classes: str, glyphs: list[int], face: Face) -> None:
    """Append characters in their cells; a mark stands in the middle of its own, or where its blank lets it."""
    clusters: Sequence[str] = text
    if VARIATION.code in classes:
        clusters, classes, glyphs = _varied(cells, text, classes, glyphs, face)
    advances, shifts = list(map(face.sized(cells.at).__getitem__, glyphs)), [0] * len(glyphs)
    table = cells_of(cells.rules.region)
    for match in _CELLED.finditer(classes):
        place, cell = match.start(), table[match[0]] * cells.at // 2
        own = advances[place]
        if own != cell:
            advances[place], shifts[place] = cell, _shift(match[0], cell - own, cells)
    cells.extend(clusters, glyphs, advances, shifts)


def _varied(cells: Cells, text: str, classes: str, glyphs: list[int], face: Face) -> tuple[list[str], str, list[int]]:
    """Return each character with the variation selector behind it, their classes, and the glyphs of their variants."""
    bases = [place for place, code in enumerate(classes) if code != VARIATION.code]
    selectors = [text[place + 1] if classes[place + 1 : place + 2] == VARIATION.code else "" for place in bases]
    clusters = [text[place] + selector for place, selector in zip(bases, selectors, strict=True)]
    variants = [
        varied_glyph(cells, text[place], selector, face) if selector else glyphs[place]
        for place, selector in zip(bases, selectors, strict=True)
    ]
    return clusters, "".join(classes[place] for place in bases), variants


def _shift(code: str, spare: Emu, cells: Cells) -> Emu:
    """Return where a glyph stands in a cell that is `spare` wider: a mark keeps its blank on its blank side."""
    blank = BY_CODE[code].side(cells.rules.region, Axis.LEVEL)
    return spare if blank is Blank.BEFORE else 0 if blank is Blank.AFTER else spare // 2


def append_western(cells: Cells, text: str, classes: str, face: Face, direction: Direction = Direction.LEVEL) -> None:
    """Append Latin words and figures; figures of a fixed width stand by themselves, centred in their cells."""
    cells.begin(face, direction)
    if face.role not in cells.hyphens:
        cells.hyphens[face.role] = _hyphen(face)
    if cells.rules.digits is Digits.PROPORTIONAL or DIGIT.code not in classes:
        _append_shaped(cells, text, face, "pwid", 0)
        return
    feature, cell = _DIGIT_CELLS[cells.rules.digits]
    for match in _DIGITS.finditer(classes):
        start, end = match.span()
        is_number = classes[start] == DIGIT.code
        width = cell * cells.at // 2 if is_number else 0
        _append_shaped(cells, text[start:end], face, feature if is_number else "pwid", width)


def _hyphen(face: Face) -> Hyphen:
    """Return the hyphen for parted words; many Chinese faces have U+2010 on a whole em, which is none."""
    found = (Hyphen(face.glyphs[sign], face.thousandths(face.glyphs[sign])) for sign in _HYPHENS)
    return next((hyphen for hyphen in found if hyphen.glyph and hyphen.advance < _WIDEST_HYPHEN), Hyphen(0, 0))


def _append_shaped(cells: Cells, text: str, face: Face, feature: str, cell: Emu) -> None:
    word = face.word(text, feature, cells.pieces[-1].size)
    if cell:
        shifts = [(cell - own) // 2 for own in word.advances]
        cells.extend(word.clusters, word.glyphs, [cell] * len(shifts), shifts)
    else:
        cells.extend(word.clusters, word.glyphs, word.advances, [0] * len(word.glyphs))


def append_dash(cells: Cells, text: str, face: Face) -> None:
    """Set a dash of two em dashes as one glyph of 2 em where the face has one (GB/T 15834-2011 5.1.4)."""
    shaped = face.shape(text, "fwid")
    glyph = shaped[0].glyph if len(shaped) == 1 else face.glyphs[TWO_EM_DASH.characters]
    if not glyph:
        _append_plain(cells, text, "dd", _han_glyphs(cells, text, "dd", face), face)
        return
    cells.add(text, glyph, 2 * cells.at, (2 * cells.at - face.sized(cells.at)[glyph]) // 2)

"""Shapes a paragraph once: glyphs, cells and breaks in parallel lists; nothing here is changed later.

Plain Han runs take glyphs from the face's character map and stand on their em; Western runs, dashes and
ellipses go through HarfBuzz, so that kerning works and —— is the one glyph of 2 em that closes up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from layout.script.breaks import may_break
from layout.script.classes import BY_CODE, DIGIT, WESTERN, Blank, classify
from layout.script.rules import Digits, MarkWidths, TypeRules
from layout.script.squeeze import is_half, trims_left, trims_right
from layout.typeface.catalogue import Faces
from layout.typeface.face import Face
from layout.units import Emu

TWO_EM_DASH = "⸺"

_SEGMENTS = re.compile(rf"[{WESTERN}]+|dd|[^{WESTERN}d]+|d")
_DIGITS = re.compile(r"D+|[^D]+")
_MARK_PAIRS = re.compile(r"[ocpksx](?=[ocpksx])")
_GAPS = re.compile(r"(?<=H)(?=[DLPS])|(?<=[DLPS])(?=H)")
_GAPS_WITHOUT_DIGITS = re.compile(r"(?<=H)(?=[LP])|(?<=[LS])(?=H)")
_EXCLAMATIONS = re.compile(r"x{2,}")
_CELLS = {code: row.halves for code, row in BY_CODE.items() if row.halves}
_DIGIT_CELLS = {Digits.HALF: ("hwid", 1), Digits.FULL: ("fwid", 2)}
_ADJUSTABLE = re.compile("[" + "".join(code for code, row in BY_CODE.items() if row.blank is not Blank.NONE) + "]")


class StyledText(NamedTuple):
    """A text and the role of the face that sets it."""

    text: str
    role: str


class ShapedText(NamedTuple):
    """A paragraph as glyphs. All lists but `allowed` (one longer) run in parallel, one entry a glyph.

    `advances` are EMU to the next cell with neighbours squeezed and the gap between Han and Latin added;
    `shifts` lead from the cell's left edge to the glyph's origin; `blanks` are what a mark could still lose
    on its blank side, `gaps` the part of the advance that is Han-Latin gap; `allowed[i]` says whether a line
    may end before glyph i. `faces` gives the first glyph of each face and its role.
    """

    size: Emu
    rules: TypeRules
    clusters: Sequence[str]
    classes: str
    glyphs: Sequence[int]
    advances: Sequence[Emu]
    shifts: Sequence[Emu]
    blanks: Sequence[Emu]
    gaps: Sequence[Emu]
    allowed: Sequence[bool]
    faces: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        """The text as it came in."""
        return "".join(self.clusters)


@dataclass(slots=True)
class _Cells:
    """The lists while they grow."""

    size: Emu
    rules: TypeRules
    clusters: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    glyphs: list[int] = field(default_factory=list)
    advances: list[Emu] = field(default_factory=list)
    shifts: list[Emu] = field(default_factory=list)
    faces: list[tuple[int, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


class Shaper(NamedTuple):
    """Shapes text with the faces of an issue by the rules of its house style."""

    faces: Faces
    rules: TypeRules = TypeRules()

    def shape(self, runs: Sequence[StyledText], size: Emu) -> tuple[ShapedText, tuple[str, ...]]:
        """Return the shaped paragraph, and the characters that no face has."""
        text = "".join(run.text for run in runs)
        classes = classify(text)
        cells = _Cells(size, self.rules)
        start = 0
        for run in runs:
            end = start + len(run.text)
            _append_run(cells, run.text, classes[start:end], run.role, self.faces)
            start = end
        return _finish(cells, text, classes), tuple(cells.missing)


def _append_run(cells: _Cells, text: str, classes: str, role: str, faces: Faces) -> None:
    face = faces[role]
    glyphs = face.glyphs
    if all(map(glyphs.__getitem__, text)):
        _append_segments(cells, text, classes, face)
        return
    start = 0
    serving = [faces.serving(role, character) for character in text]
    cells.missing += [character for character, server in zip(text, serving, strict=True) if server is None]
    servers = [server or face for server in serving]
    for end in range(1, len(text) + 1):
        if end == len(text) or servers[end] is not servers[start]:
            _append_segments(cells, text[start:end], classes[start:end], servers[start])
            start = end


def _append_segments(cells: _Cells, text: str, classes: str, face: Face) -> None:
    cells.faces.append((len(cells.glyphs), face.role))
    for match in _SEGMENTS.finditer(classes):
        start, end = match.span()
        first = classes[start]
        if first in WESTERN:
            _append_western(cells, text[start:end], classes[start:end], face)
        elif first == "d" and end - start == 2:
            _append_dash(cells, text[start:end], face)
        else:
            _append_han(cells, text[start:end], classes[start:end], face)


def _append_han(cells: _Cells, text: str, classes: str, face: Face) -> None:
    glyphs = list(map(face.glyphs.__getitem__, text))
    own = list(map(face.sized(cells.size).__getitem__, glyphs))
    advances, shifts = own.copy(), [0] * len(own)
    for place, code in enumerate(classes):
        halves = _CELLS.get(code)
        if halves and own[place] * 2 != halves * cells.size:
            cell = halves * cells.size // 2
            advances[place] = cell
            shifts[place] = _shift(code, cell - own[place])
    cells.clusters += text
    cells.classes += classes
    cells.glyphs += glyphs
    cells.advances += advances
    cells.shifts += shifts


def _shift(code: str, spare: Emu) -> Emu:
    """Return where a glyph stands in a cell that is `spare` wider: a mark keeps its blank on its blank side."""
    blank = BY_CODE[code].blank
    return spare if blank is Blank.LEFT else 0 if blank is Blank.RIGHT else spare // 2


def _append_western(cells: _Cells, text: str, classes: str, face: Face) -> None:
    """Append Latin words and figures; figures of a fixed width stand by themselves, centred in their cells."""
    if cells.rules.digits is Digits.PROPORTIONAL or DIGIT.code not in classes:
        _append_shaped(cells, text, classes, face, "pwid", 0)
        return
    feature, cell = _DIGIT_CELLS[cells.rules.digits]
    for match in _DIGITS.finditer(classes):
        start, end = match.span()
        is_number = classes[start] == DIGIT.code
        width = cell * cells.size // 2 if is_number else 0
        _append_shaped(cells, text[start:end], classes[start:end], face, feature if is_number else "pwid", width)


def _append_shaped(cells: _Cells, text: str, classes: str, face: Face, feature: str, cell: Emu) -> None:
    shaped = face.shape(text, feature)
    ends = [glyph.cluster for glyph in shaped[1:]] + [len(text)]
    for glyph, end in zip(shaped, ends, strict=True):
        own = (glyph.advance * cells.size * 2 + face.upem) // (2 * face.upem)
        cells.clusters.append(text[glyph.cluster : end])
        cells.classes.append(classes[glyph.cluster])
        cells.glyphs.append(glyph.glyph)
        cells.advances.append(cell or own)
        cells.shifts.append((cell - own) // 2 if cell else 0)


def _append_dash(cells: _Cells, text: str, face: Face) -> None:
    """Set a dash of two em dashes as one glyph of 2 em where the face has one (GB/T 15834-2011 5.1.4)."""
    shaped = face.shape(text, "fwid")
    glyph = shaped[0].glyph if len(shaped) == 1 else face.glyphs[TWO_EM_DASH]
    if not glyph:
        _append_han(cells, text, "dd", face)
        return
    cells.clusters.append(text)
    cells.classes.append("d")
    cells.glyphs.append(glyph)
    cells.advances.append(2 * cells.size)
    cells.shifts.append((2 * cells.size - face.sized(cells.size)[glyph]) // 2)


def _finish(cells: _Cells, text: str, classes: str) -> ShapedText:
    allowed = may_break(text, classes, cells.rules.kinsoku)
    is_plain = len(cells.glyphs) == len(text) and "" not in cells.clusters
    if not is_plain:
        allowed = _by_glyph(cells.clusters, allowed)
        classes = "".join(cells.classes)
    half = cells.size // 2
    blanks = [0] * len(classes)
    for match in _ADJUSTABLE.finditer(classes):
        blanks[match.start()] = half
    _narrow(cells, classes, blanks, half)
    gaps = _open_gaps(cells, classes)
    return ShapedText(
        cells.size,
        cells.rules,
        text if is_plain else tuple(cells.clusters),
        classes,
        tuple(cells.glyphs),
        tuple(cells.advances),
        tuple(cells.shifts),
        tuple(blanks),
        tuple(gaps),
        tuple(allowed),
        tuple(cells.faces),
    )


def _open_gaps(cells: _Cells, classes: str) -> list[Emu]:
    """Put white between Han and Latin (`#mixed_text_composition_in_horizontal_writing_mode`); return it by glyph."""
    gaps = [0] * len(classes)
    gap = cells.size * cells.rules.gap // 1000
    for match in (_GAPS_WITHOUT_DIGITS if cells.rules.digits is Digits.FULL else _GAPS).finditer(classes):
        gaps[match.start() - 1] = gap
        cells.advances[match.start() - 1] += gap
    return gaps


def _by_glyph(clusters: list[str], allowed: list[bool]) -> list[bool]:
    """Return the breaks by glyph instead of by character; no line ends inside a cluster."""
    places, place = [], 0
    for cluster in clusters:
        places.append(allowed[place] if cluster else False)
        place += len(cluster)
    return [*places, True]


def _narrow(cells: _Cells, classes: str, blanks: list[Emu], half: Emu) -> None:
    """Take the blanks that marks lose by the style, beside each other, and in runs of ！？."""
    rules = cells.rules
    lost = {place for place, code in enumerate(classes) if is_half(code, rules)} if rules.marks is MarkWidths.KAIMING else set()
    for match in _MARK_PAIRS.finditer(classes):
        place = match.start()
        if trims_right(classes[place], classes[place + 1], rules):
            lost.add(place)
        if trims_left(classes[place], classes[place + 1], rules):
            lost.add(place + 1)
    for place in lost:
        blanks[place] = 0
        cells.advances[place] -= half
        if BY_CODE[classes[place]].blank is Blank.LEFT:
            cells.shifts[place] -= half
    if rules.marks is not MarkWidths.FULL:
        for match in _EXCLAMATIONS.finditer(classes):
            _stack(cells, match.start(), match.end(), blanks)


def _stack(cells: _Cells, start: int, end: int, blanks: list[Emu]) -> None:
    """Set two of ！？ in one em and three in two (GB/T 15834-2011 5.1.2); more of them as three."""
    cell = cells.size // 2 if end - start == 2 else 2 * cells.size // 3
    for place in range(start, end):
        blanks[place] = 0
        cells.advances[place] = cell

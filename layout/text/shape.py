"""Shapes a paragraph once: glyphs, cells and breaks in parallel lists; nothing here is changed later.

Plain Han runs take glyphs from the face's character map and stand on their em; Western runs, dashes and
ellipses go through HarfBuzz, so that kerning works and —— is the one glyph of 2 em that closes up.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from layout.script.breaks import may_break
from layout.script.classes import BY_CODE, Blank, classify
from layout.script.squeeze import trims_left, trims_right
from layout.typeface.catalogue import Faces
from layout.typeface.face import Face
from layout.units import Emu

TWO_EM_DASH = "⸺"

_SEGMENTS = re.compile(r"[DLPSw]+|dd|[^DLPSwd]+|d")
_MARK_PAIRS = re.compile(r"[ocpksx](?=[ocpksx])")
_GAPS = re.compile(r"(?<=H)(?=[DLPS])|(?<=[DLPS])(?=H)")
_CELLS = {code: row.halves for code, row in BY_CODE.items() if row.halves}
_SHAPED = frozenset("DLPSw")
_ADJUSTABLE = re.compile("[" + "".join(code for code, row in BY_CODE.items() if row.blank is not Blank.NONE) + "]")


class StyledText(NamedTuple):
    """A text and the role of the face that sets it."""

    text: str
    role: str


@dataclass(frozen=True, slots=True)
class ShapedText:
    """A paragraph as glyphs. All lists but `allowed` (one longer) run in parallel, one entry a glyph.

    `advances` are EMU to the next cell with neighbours squeezed and the gap between Han and Latin added;
    `shifts` lead from the cell's left edge to the glyph's origin; `blanks` are what a mark could still lose
    on its blank side, `gaps` the part of the advance that is Han-Latin gap; `allowed[i]` says whether a line
    may end before glyph i. `faces` gives the first glyph of each face and its role.
    """

    size: Emu
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
    clusters: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    glyphs: list[int] = field(default_factory=list)
    advances: list[Emu] = field(default_factory=list)
    shifts: list[Emu] = field(default_factory=list)
    faces: list[tuple[int, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


def shape_text(runs: Sequence[StyledText], size: Emu, faces: Faces) -> tuple[ShapedText, tuple[str, ...]]:
    """Return the shaped paragraph, and the characters that no face has."""
    text = "".join(run.text for run in runs)
    classes = classify(text)
    cells = _Cells(size)
    start = 0
    for run in runs:
        end = start + len(run.text)
        _append_run(cells, run.text, classes[start:end], run.role, faces)
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
        if first in _SHAPED:
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
    shaped = face.shape(text)
    ends = [glyph.cluster for glyph in shaped[1:]] + [len(text)]
    for glyph, end in zip(shaped, ends, strict=True):
        cells.clusters.append(text[glyph.cluster : end])
        cells.classes.append(classes[glyph.cluster])
        cells.glyphs.append(glyph.glyph)
        cells.advances.append((glyph.advance * cells.size * 2 + face.upem) // (2 * face.upem))
        cells.shifts.append(0)


def _append_dash(cells: _Cells, text: str, face: Face) -> None:
    """Set a dash of two em dashes as one glyph of 2 em where the face has one (GB/T 15834-2011 5.1.4)."""
    shaped = face.shape(text)
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
    allowed = may_break(text, classes)
    if len(cells.glyphs) != len(text) or "" in cells.clusters:
        allowed = _by_glyph(cells.clusters, allowed)
        classes = "".join(cells.classes)
    half = cells.size // 2
    blanks = [0] * len(classes)
    for match in _ADJUSTABLE.finditer(classes):
        blanks[match.start()] = half
    _squeeze_neighbours(cells, classes, blanks, half)
    gaps = [0] * len(classes)
    for match in _GAPS.finditer(classes):
        gaps[match.start() - 1] = cells.size // 4
        cells.advances[match.start() - 1] += cells.size // 4
    clusters: Sequence[str] = text if len(text) == len(cells.clusters) and "" not in cells.clusters else tuple(cells.clusters)
    return ShapedText(
        cells.size,
        clusters,
        classes,
        tuple(cells.glyphs),
        tuple(cells.advances),
        tuple(cells.shifts),
        tuple(blanks),
        tuple(gaps),
        tuple(allowed),
        tuple(cells.faces),
    )


def _by_glyph(clusters: list[str], allowed: list[bool]) -> list[bool]:
    """Return the breaks by glyph instead of by character; no line ends inside a cluster."""
    places, place = [], 0
    for cluster in clusters:
        places.append(allowed[place] if cluster else False)
        place += len(cluster)
    return [*places, True]


def _squeeze_neighbours(cells: _Cells, classes: str, blanks: list[Emu], half: Emu) -> None:
    for match in _MARK_PAIRS.finditer(classes):
        place = match.start()
        this, following = classes[place], classes[place + 1]
        if trims_right(this, following) and blanks[place]:
            cells.advances[place] -= half
            blanks[place] = 0
        if trims_left(this, following):
            cells.advances[place + 1] -= half
            cells.shifts[place + 1] -= half
            blanks[place + 1] = 0

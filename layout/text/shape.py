"""Shapes a paragraph once: text and faces become a `ShapedText`.

Plain Han runs take glyphs from the face's character map and stand on their em; Western runs, dashes and
ellipses go through HarfBuzz, so that kerning works and —— is the one glyph of 2 em that closes up.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from layout.diagnostics import Absent
from layout.manifest.copy import Marking, Sideline
from layout.script.classes import HAN, SUPERIOR, VARIATION, WESTERN, classify
from layout.script.rules import Axis, TypeRules
from layout.script.vertical import with_words_whole
from layout.text.cells import Cells, Spread
from layout.text.level import append_level
from layout.text.lines import break_lines
from layout.text.measure import LineSpan
from layout.text.overlays import overlay_order
from layout.text.ruby import append_readings
from layout.text.shaped import PLAIN, Over, Overlay, ShapedText, StyledText
from layout.text.upright import append_upright
from layout.text.widths import finish
from layout.typeface.catalogue import Faces
from layout.typeface.face import Face
from layout.units import Emu, divide

_SUPERIOR_SIZE, _SUPERIOR_RISE = 600, 340
"""Size and rise of superior figures in thousandths of the em."""

_SELECTOR = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")

_SIDELINES = {Sideline.NAME: Over.NAME, Sideline.BOOK: Over.BOOK}


class Shaper(NamedTuple):
    """Shapes text with the faces of an issue by the rules of its house style."""

    faces: Faces
    rules: TypeRules = TypeRules()

    def shape(self, runs: Sequence[StyledText], size: Emu, axis: Axis = Axis.LEVEL) -> tuple[ShapedText, tuple[Absent, ...]]:
        """Return the shaped paragraph, and the characters that the faces of its roles lack."""
        runs = [run._replace(text=text) for run in runs if (text := _with_bases(run.text))]
        text = "".join(run.text for run in runs)
        classes = classify(text)
        cells = Cells(size, self.rules, axis, size)
        start = 0
        for run in runs:
            end = start + len(run.text)
            cells.follows_kept &= run.marking.is_kept
            if run.marking == PLAIN:
                _append_run(cells, run.text, classes[start:end], run.role, self.faces)
            else:
                classes = classes[:start] + self._append_marked(cells, run, classes[start:end]) + classes[end:]
            start = end
        cells.overlays.sort(key=overlay_order)
        return finish(cells, text, classes), tuple(cells.absent)

    def break_lines(self, shaped: ShapedText, measure: Emu, indent: Emu) -> tuple[LineSpan, ...]:
        """Return the lines of a paragraph that was shaped here."""
        return break_lines(shaped, measure, indent)

    def _append_marked(self, cells: Cells, run: StyledText, classes: str) -> str:
        """Append a run that its writer marked; return its classes."""
        marking, start = run.marking, len(cells.glyphs)
        if marking.is_superior:
            classes = SUPERIOR.code * len(classes)
        cells.is_level = marking.is_level
        cells.at, cells.rise = _size_and_rise(cells.size, marking)
        _append_run(cells, run.text, classes, run.role, self.faces)
        cells.is_level, cells.at, cells.rise = False, cells.size, 0
        if start == len(cells.glyphs):
            return classes
        if marking.ruby:
            append_readings(cells, start, run, self._reading)
        _space_out(cells, start, marking)
        cells.overlays += _overlays(marking, start, len(cells.glyphs))
        if marking.is_kept or marking.fit or marking.is_level:
            cells.kept.append((start - cells.follows_kept, len(cells.glyphs)))
        cells.follows_kept = marking.is_kept
        return HAN.code * len(classes) if marking.is_level and cells.axis is Axis.VERTICAL else classes

    def _reading(self, text: str, role: str, size: Emu) -> tuple[ShapedText, tuple[Absent, ...]]:
        return Shaper(self.faces).shape([StyledText(text, role)], size)


def _with_bases(text: str) -> str:
    """Return a text without variation selectors that follow no Han: they stand for nothing and have no ink."""
    if not _SELECTOR.search(text):
        return text
    kept, before = "", ""
    for character, code in zip(text, classify(text), strict=True):
        if code != VARIATION.code or before == HAN.code:
            kept, before = kept + character, code
    return kept


def _size_and_rise(size: Emu, marking: Marking) -> tuple[Emu, Emu]:
    if marking.is_superior:
        return divide(size * _SUPERIOR_SIZE, 1000), divide(size * _SUPERIOR_RISE, 1000)
    return size, 0


def _space_out(cells: Cells, start: int, marking: Marking) -> None:
    """Put fixed white between characters (疏排), or note that they are spread over some ems (均排).

    Source: CLREQ, "Increased inter-character spacing".
    """
    if marking.fit:
        cells.spreads.append(Spread(start, len(cells.glyphs), marking.fit))
        return
    white = cells.size * marking.spaced // 1000
    for place, following in enumerate(cells.clusters[start + 1 :], start):
        amount = white if following else 0
        cells.advances[place] += amount
        cells.whites[place] = amount


def _overlays(marking: Marking, start: int, end: int) -> Iterator[Overlay]:
    if marking.sideline in _SIDELINES:
        yield Overlay(start, end, _SIDELINES[marking.sideline])
    if marking.dots:
        yield Overlay(start, end, Over.DOTS)
    if marking.is_framed:
        yield Overlay(start, end, Over.FRAME)


def _append_run(cells: Cells, text: str, classes: str, role: str, faces: Faces) -> None:
    """Append a run; what its face lacks comes from the next face of the chain that has it."""
    face = faces[role]
    append = append_upright if cells.axis is Axis.VERTICAL else append_level
    is_one = faces.western(role) is None or (cells.is_level and cells.axis is Axis.VERTICAL)
    if is_one and all(map(face.glyphs.__getitem__, text)):
        append(cells, text, classes, face)
        return
    servers = _servers(cells, text, classes, role, faces)
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text) or servers[end] is not servers[start]:
            append(cells, text[start:end], classes[start:end], servers[start])
            start = end


def _servers(cells: Cells, text: str, classes: str, role: str, faces: Faces) -> list[Face]:
    """Return the face of each character; note those that the role's own lacks."""
    own, western = faces[role], faces.western(role)
    servers: list[Face] = []
    if cells.axis is Axis.VERTICAL:
        classes = with_words_whole(classes)
    for character, code in zip(text, classes, strict=True):
        if code == VARIATION.code and servers:
            server = servers[-1]
        elif western is not None and code in WESTERN and western.glyphs[character]:
            server = western
        elif own.glyphs[character]:
            server = own
        else:
            found = faces.serving(role, character)
            cells.absent.append(Absent(character, found.file_name if found else ""))
            server = found or own
        servers.append(server)
    return servers

"""Cells of a run that goes down the page: characters upright, words turned, short numbers level in one em."""

from itertools import accumulate

from layout.design.grid import ascent
from layout.frame import Direction
from layout.script.classes import DASH, EXCLAMATION, SEMICOLON
from layout.script.vertical import CORNERS, Stand, pieces, vertical_halves
from layout.text.cells import Cells
from layout.text.level import append_dash, append_western, centred_form, off_the_middle, varied_glyph
from layout.text.shaped import Piece
from layout.typeface.face import Face
from layout.units import Emu, divide

_TURNED = frozenset("nlyebd")
"""Marks that are turned with the line (CLREQ `#table_of_punctuation_marks`)."""


def append_upright(cells: Cells, text: str, classes: str, face: Face) -> None:
    """Append a run of one face."""
    for piece, codes, stand in pieces(text, classes, cells.is_level, cells.rules.standing_figures):
        if stand is Stand.LEVEL:
            _append_together(cells, piece, codes, face)
        elif stand is Stand.TURNED:
            append_western(cells, piece, codes, face, Direction.TURNED)
        elif codes == "dd" and not _has_standing_dash(piece, face):
            _append_turned_dash(cells, piece, face)
        elif codes in _TURNED and face.standing[piece] in (face.glyphs[piece], face.wide[piece]):
            _append_turned_mark(cells, piece, codes, face)
        else:
            _append_standing(cells, piece, codes[0], face)


def _append_standing(cells: Cells, text: str, code: str, face: Face) -> None:
    cells.begin(face, Direction.UPRIGHT)
    region, is_varied = cells.rules.region, len(text) == 2 and code != DASH.code
    centred = centred_form(text, code, region, face)
    glyph = varied_glyph(cells, text[0], text[1], face) if is_varied else centred or face.standing[CORNERS.get(text, text)]
    depth = vertical_halves(text, code, region) * cells.at // 2
    natural = divide(face.vertical(glyph)[0] * _matched(cells, face), face.upem)
    low = off_the_middle(glyph, cells.at, face) if centred and code == SEMICOLON.code else 0
    cells.add(text, glyph, depth, ((depth - natural) // 2 if natural != depth else 0) - low)


def _has_standing_dash(text: str, face: Face) -> bool:
    """Return whether the face has the dash of two ems as one upright glyph; else it is turned."""
    shaped = face.stand(text)
    return len(shaped) == 1 and shaped[0].advance == 2 * face.upem


def _append_turned_dash(cells: Cells, text: str, face: Face) -> None:
    cells.begin(face, Direction.TURNED)
    append_dash(cells, text, face)


def _append_turned_mark(cells: Cells, text: str, code: str, face: Face) -> None:
    """Turn a connector, solidus or ellipsis that has no form of its own for vertical lines, in the middle of its cell.

    Turned type stands by the middle of Latin letters; such a mark stands by that of its own ink.
    """
    glyph = face.glyphs[text]
    rise = cells.rise
    cells.rise += off_the_middle(glyph, cells.at, face)
    cells.begin(face, Direction.TURNED)
    cells.rise = rise
    depth = vertical_halves(text, code, cells.rules.region) * cells.at // 2
    cells.add(text, glyph, depth, (depth - face.sized(cells.at)[glyph]) // 2)


def _matched(cells: Cells, face: Face) -> Emu:
    """Return the size of a face beside the Han of the line."""
    return divide(cells.at * face.matched, 1000)


def _append_together(cells: Cells, text: str, classes: str, face: Face) -> None:
    """Set two or three figures, or two of ！？, beside each other in one em (纵中横); only the last one has an advance.

    What a writer marked to stand so is one character like Han, whose marks have no blanks to lose.
    """
    shaped = face.shape(text, "pwid")
    is_exclamation = classes[0] == EXCLAMATION.code
    size = _matched(cells, face)
    widths = [cells.at // 2 if is_exclamation else divide(glyph.advance * size, face.upem) for glyph in shaped]
    stretch = 1000 if is_exclamation else min(1000, cells.at * 1000 // max(1, sum(widths)))
    narrowed = [divide(width * stretch, 1000) for width in widths]
    across = tuple(edge - sum(narrowed) // 2 for edge in accumulate(narrowed[:-1], initial=0))
    start = len(cells.glyphs)
    cells.pieces.append(Piece(start, face.role, size, cells.rise, Direction.LEVEL, across, stretch))
    ends = [glyph.cluster for glyph in shaped[1:]] + [len(text)]
    for glyph, end in zip(shaped, ends, strict=True):
        cells.add(text[glyph.cluster : end], glyph.glyph, 0, ascent(cells.at) - ascent(size))
    cells.advances[-1] = cells.at
    cells.kept.append((start, len(cells.glyphs)))

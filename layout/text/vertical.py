"""Single lines that run down the page: vertical heads (竖题)."""

from collections.abc import Iterator
from typing import NamedTuple

from layout.design.grid import ascent
from layout.design.styles import LineStyle
from layout.frame import Direction, GlyphRun, Placed
from layout.script.classes import BY_CODE, Blank, classify
from layout.script.squeeze import trims_left, trims_right
from layout.script.vertical import CORNERS, Stand, has_blank, pieces, vertical_halves
from layout.text.justify import Fit, line_width, set_line
from layout.text.lines import LineSpan
from layout.text.shape import Shaper, StyledText
from layout.typeface.face import Face
from layout.units import Emu, divide

_MIDDLE = 380
"""How far the middle of Latin letters lies above their baseline, in thousandths of an em."""


class VerticalLine(NamedTuple):
    """A text that runs down the page; runs are placed from the middle of the line's top edge."""

    runs: tuple[Placed, ...]
    length: Emu
    size: Emu
    missing: tuple[str, ...]

    @property
    def text(self) -> str:
        """The text of the line."""
        return "".join(placed.item.text for placed in self.runs if isinstance(placed.item, GlyphRun))


class _Cell(NamedTuple):
    """An upright character: its glyph, where it stands in its cell, and the cell's depth."""

    text: str
    face: str
    glyph: int
    shift: Emu
    depth: Emu


def set_vertical(text: str, style: LineStyle, shaper: Shaper) -> VerticalLine:
    """Return the text on one line down the page: marks in their vertical forms, words turned, short numbers level."""
    classes = classify(text)
    runs: list[Placed] = []
    missing: list[str] = []
    y = place = 0
    before = ("", Stand.UPRIGHT)
    for piece, codes, stand in pieces(text, classes):
        around = classes[place - 1 : place], classes[place + len(piece) : place + len(piece) + 1]
        place += len(piece)
        if codes == "dd" and not _has_standing_dash(piece, style, shaper):
            stand = Stand.TURNED
        y += _gap(before, (codes, stand), style, shaper)
        before = codes, stand
        made, depth = (
            _upright(piece, codes[0], around, style, shaper)
            if stand is Stand.UPRIGHT
            else _western(piece, stand, style, shaper)
        )
        runs += [Placed(run.x, y + run.y, run.item) for run in made]
        y += depth
        if not made:
            missing.append(piece)
    return VerticalLine(tuple(_joined(runs)), y, style.size, tuple(missing))


def _gap(before: tuple[str, Stand], this: tuple[str, Stand], style: LineStyle, shaper: Shaper) -> Emu:
    """Return the white between Han and a turned word."""
    codes = {before[0][-1:], this[0][:1]}
    turned = Stand.TURNED in (before[1], this[1]) and before[1] is not this[1]
    return style.size * shaper.rules.gap // 1000 if turned and "H" in codes and "d" not in codes else 0


def _upright(text: str, code: str, around: tuple[str, str], style: LineStyle, shaper: Shaper) -> tuple[list[Placed], Emu]:
    cell = _cell(text, code, around, style, shaper)
    if cell is None:
        return [], 0
    run = GlyphRun(cell.face, style.size, (cell.glyph,), (0,), (text,), cell.depth, direction=Direction.UPRIGHT)
    return [Placed(0, cell.shift, run)], cell.depth


def _cell(text: str, code: str, around: tuple[str, str], style: LineStyle, shaper: Shaper) -> _Cell | None:
    face = shaper.faces.serving(style.role.value, text[0])
    if face is None:
        return None
    glyph = _glyph(face, text)
    depth = vertical_halves(text, code) * style.size // 2
    natural = divide(face.vertical(glyph)[0] * style.size, face.upem)
    shift = (depth - natural) // 2 if natural != depth else 0
    before, after = around
    if has_blank(text, code):
        half = style.size // 2
        if trims_right(code, after, shaper.rules):
            depth -= half
        if trims_left(before, code, shaper.rules) or (not before and BY_CODE[code].blank is Blank.LEFT):
            depth, shift = depth - half, shift - half
    return _Cell(text, face.role, glyph, shift, depth)


def _glyph(face: Face, text: str) -> int:
    return face.stand(CORNERS.get(text, text))[0].glyph


def _has_standing_dash(text: str, style: LineStyle, shaper: Shaper) -> bool:
    """Return whether the face has the dash of two ems as one upright glyph; else it is turned."""
    shaped = shaper.faces[style.role.value].stand(text)
    return len(shaped) == 1 and shaped[0].advance == 2 * shaper.faces[style.role.value].upem


def _western(text: str, stand: Stand, style: LineStyle, shaper: Shaper) -> tuple[list[Placed], Emu]:
    """Return Latin words turned to run down, or a short number level in one em, and the depth that it takes."""
    shaped, _ = shaper.shape([StyledText(text, style.role.value)], style.size)
    width = line_width(shaped)
    runs = set_line(shaped, LineSpan(0, len(shaped.glyphs)), width, Fit.NATURAL)
    if stand is Stand.TURNED:
        x = -divide(style.size * _MIDDLE, 1000)
        return [Placed(x, offset, run._replace(direction=Direction.TURNED)) for run, offset in runs], width
    stretch = min(1000, style.size * 1000 // width)
    narrowed = divide(width * stretch, 1000)
    return [
        Placed(divide(offset * stretch, 1000) - narrowed // 2, ascent(style.size), _narrowed(run, stretch))
        for run, offset in runs
    ], style.size


def _narrowed(run: GlyphRun, stretch: int) -> GlyphRun:
    offsets = tuple(divide(offset * stretch, 1000) for offset in run.offsets)
    return run._replace(offsets=offsets, width=divide(run.width * stretch, 1000), stretch=stretch)


def _joined(runs: list[Placed]) -> Iterator[Placed]:
    """Yield the runs with upright neighbours of one face joined, so that a line reads as one."""
    pending: list[tuple[Emu, GlyphRun]] = []
    for placed in runs:
        run = placed.item
        assert isinstance(run, GlyphRun)
        if pending and (run.direction is not Direction.UPRIGHT or run.face != pending[0][1].face):
            yield _one(pending)
            pending = []
        if run.direction is Direction.UPRIGHT:
            pending.append((placed.y, run))
        else:
            yield placed
    if pending:
        yield _one(pending)


def _one(runs: list[tuple[Emu, GlyphRun]]) -> Placed:
    top, first = runs[0]
    joined = first._replace(
        glyphs=tuple(run.glyphs[0] for _, run in runs),
        offsets=tuple(y - top for y, _ in runs),
        clusters=tuple(run.clusters[0] for _, run in runs),
        width=sum(run.width for _, run in runs),
    )
    return Placed(0, top, joined)

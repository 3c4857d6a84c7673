"""Press marks (裁切标记等): what stands outside the bleed for those who print, fold and cut; nothing of it is in the paper."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from layout.design.plan import RULE
from layout.design.styles import LineStyle
from layout.frame import PLAIN_STROKE, REGISTRATION, Fill, Frame, Ink, Path, Placed, StrokeStyle
from layout.geometry import Move, Rect, Size, Step
from layout.manifest.areas import Align
from layout.manifest.paper import Role
from layout.manifest.pressroom import PressMark
from layout.text.shape import Shaper
from layout.text.single import set_single
from layout.units import MM, PT, Emu, divide

ROOM: Emu = 12 * MM
"""What is added outside the bleed on all four sides where there are marks."""

_NEAR, _FAR = 2 * MM, 8 * MM
"""Between which distances from the bleed lines stand; the slug stands farther out."""

_DASHES = (3 * PT, 2 * PT)
_ARM, _RADIUS = 3 * MM, 3 * MM // 2
_PATCH, _FIRST_PATCH = 5 * MM, 8 * MM
_HALF_TONE = 2
_SLUG_SIZE = 7 * PT
_SLUG_BASELINE = 17 * MM // 5
_SLUG_GAP = 3 * MM

_CIRCLE = 552
"""How far the control points of a quarter circle are from its ends, in thousandths of its radius."""


class Marked(NamedTuple):
    """A surface that gets marks: its trimmed size and bleed, and where it is folded, from the left.

    `slug` is what its line says, `plates` are the inks that it needs, by the letter of their plate.
    """

    size: Size
    bleed: Emu
    folds: tuple[Emu, ...]
    slug: str
    plates: tuple[tuple[str, Ink], ...]

    @property
    def trim(self) -> Rect:
        """The trimmed edge within the room for marks."""
        return Rect(ROOM + self.bleed, ROOM + self.bleed, *self.size)

    @property
    def outer(self) -> Size:
        """The size with bleed and room."""
        return Size(self.size.width + 2 * (ROOM + self.bleed), self.size.height + 2 * (ROOM + self.bleed))


def press_marks(marked: Marked, wanted: Sequence[PressMark], shaper: Shaper) -> Frame:
    """Return the marks; the frame has the size of the surface with bleed and room."""
    made = {
        PressMark.TRIM: _trim_marks(marked),
        PressMark.FOLD: _fold_marks(marked),
        PressMark.REGISTER: _register_marks(marked),
        PressMark.COLOUR: _colour_bars(marked),
        PressMark.SLUG: _slug(marked, shaper),
    }
    return Frame(*marked.outer, tuple(placed for mark in PressMark if mark in wanted for placed in made[mark]))


def _line(x: Emu, y: Emu, to: Step, style: StrokeStyle = PLAIN_STROKE) -> Placed:
    return Placed(x, y, Path(((0, 0), to), RULE, REGISTRATION, style=style))


def _trim_marks(marked: Marked) -> Iterator[Placed]:
    """Yield two lines at each corner, in the prolongation of the trimmed edges."""
    trim, length = marked.trim, _FAR - _NEAR
    for x in (trim.x, trim.right):
        yield from _upright(marked, x, PLAIN_STROKE)
    for y in (trim.y, trim.bottom):
        yield _line(ROOM - _FAR, y, (length, 0))
        yield _line(marked.outer.width - ROOM + _NEAR, y, (length, 0))


def _fold_marks(marked: Marked) -> Iterator[Placed]:
    for fold in marked.folds:
        yield from _upright(marked, marked.trim.x + fold, StrokeStyle(dashes=_DASHES))


def _upright(marked: Marked, x: Emu, style: StrokeStyle) -> Iterator[Placed]:
    """Yield a line above the bleed and one below it."""
    for y in (ROOM - _FAR, marked.outer.height - ROOM + _NEAR):
        yield _line(x, y, (0, _FAR - _NEAR), style)


def _register_marks(marked: Marked) -> Iterator[Placed]:
    """Yield a mark in the middle of either side, and above and below the middle of each page."""
    trim, outer, out = marked.trim, marked.outer, ROOM - (_NEAR + _FAR) // 2
    middle = trim.y + trim.height // 2
    edges = (0, *marked.folds, trim.width)
    yield from _register_mark(out, middle)
    yield from _register_mark(outer.width - out, middle)
    for left, right in pairwise(edges):
        for y in (out, outer.height - out):
            yield from _register_mark(trim.x + (left + right) // 2, y)


def _register_mark(x: Emu, y: Emu) -> Iterator[Placed]:
    """Yield a circle with a cross."""
    yield _line(x - _ARM, y, (2 * _ARM, 0))
    yield _line(x, y - _ARM, (0, 2 * _ARM))
    r, c = _RADIUS, divide(_RADIUS * _CIRCLE, 1000)
    quarters = ((r, c, c, r, 0, r), (-c, r, -r, c, -r, 0), (-r, -c, -c, -r, 0, -r), (c, -r, r, -c, r, 0))
    steps: tuple[Step, ...] = (Move(r, 0), *quarters)
    yield Placed(x, y, Path(steps, RULE, REGISTRATION, is_closed=True))


def _colour_bars(marked: Marked) -> Iterator[Placed]:
    """Yield a full and a half-tone patch of each ink below the first page, as many as its half width has room for."""
    trim, end = marked.trim, min((*marked.folds, marked.size.width)) // 2 - _ARM
    tones = [Ink(*(part // share for part in ink)) for _, ink in marked.plates for share in (1, _HALF_TONE)]
    for number, ink in enumerate(tones[: max(0, (end - _FIRST_PATCH) // _PATCH)]):
        yield Placed(trim.x + _FIRST_PATCH + number * _PATCH, marked.outer.height - ROOM + _NEAR, Fill(_PATCH, _PATCH, ink))


def _slug(marked: Marked, shaper: Shaper) -> Iterator[Placed]:
    """Yield the line that names the surface on every plate, and the letter of each plate in its own ink."""
    x = marked.trim.x
    for text, ink in ((marked.slug, REGISTRATION), *marked.plates):
        line = set_single(text, LineStyle(Role.HEI, _SLUG_SIZE, ink=ink), shaper)
        yield from line.placed(x, _SLUG_BASELINE, line.width, Align.LEFT)
        x += line.width + _SLUG_GAP

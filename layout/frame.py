"""The finished page as a value: a tree of frozen frames that exporters only walk.

Everything before this computes, everything after it translates. Positions are relative to the frame that
holds the item, so a block is moved by moving its frame.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path as FilePath
from typing import NamedTuple

from layout.geometry import Rect, Size, Step
from layout.units import Emu


class Ink(NamedTuple):
    """How much of the four inks stands in a place, in per mille."""

    cyan: int = 0
    magenta: int = 0
    yellow: int = 0
    black: int = 0


BLACK = Ink(black=1000)
"""Full black, the one ink that overprints."""

WHITE = Ink()
"""No ink: what lies below is knocked out, and the paper shows."""

REGISTRATION = Ink(1000, 1000, 1000, 1000)
"""Every plate in full, in which press marks are drawn; no place of the paper itself takes so much ink."""


def tint(per_mille: int) -> Ink:
    """Return a tint of black."""
    return Ink(black=per_mille)


SOFT_HYPHEN = "\u00ad"
"""What the hyphen of a parted word stands for: readers join the word again."""


class Direction(Enum):
    """How a run goes: level, down the page with upright characters, or level type turned to go down the page."""

    LEVEL = "level"
    UPRIGHT = "upright"
    TURNED = "turned"


class GlyphRun(NamedTuple):
    """Glyphs of one face and size on one line; the run's place is the origin of its baseline.

    An upright run's place is the middle of the top edge of its first character's em, and its offsets go down.

    `glyphs` and `offsets` (EMU from the run's place to each glyph's origin) run in parallel with `clusters`,
    the text that each glyph stands for: one character as a rule, two for a dash of 2 em, none for the second
    glyph of a character that needs two. `width` is the sum of the glyphs' cells: over a full line the widths sum to
    the measure. `stretch` scales the glyphs sideways, in per mille (长扁字).
    """

    face: str
    size: Emu
    glyphs: Sequence[int]
    offsets: Sequence[Emu]
    clusters: Sequence[str]
    width: Emu
    stretch: int = 1000
    ink: Ink = BLACK
    direction: Direction = Direction.LEVEL

    @property
    def text(self) -> str:
        """The text that the run shows."""
        return "".join(self.clusters)

    def between(self, start: int, end: int) -> "GlyphRun":
        """Return its glyphs from one up to another; its place is then the first one's origin."""
        part = slice(start, end)
        edges = (*self.offsets, self.width)
        first = edges[start]
        return self._replace(
            glyphs=self.glyphs[part],
            offsets=tuple(offset - first for offset in self.offsets[part]),
            clusters=self.clusters[part],
            width=edges[min(end, len(self.glyphs))] - first,
        )


class Fill(NamedTuple):
    """A rectangle of ink: rules, borders, grounds. Its place is its upper left corner."""

    width: Emu
    height: Emu
    ink: Ink = BLACK


class Cap(Enum):
    """How a stroke ends."""

    BUTT = 0
    ROUND = 1
    SQUARE = 2


class Join(Enum):
    """How a stroke turns."""

    MITER = 0
    ROUND = 1
    BEVEL = 2


class StrokeStyle(NamedTuple):
    """How a stroke ends and turns; `miter` limits its points in thousandths of its width, `dashes` go on and off."""

    cap: Cap = Cap.BUTT
    join: Join = Join.MITER
    miter: int = 10_000
    dashes: tuple[Emu, ...] = ()


PLAIN_STROKE = StrokeStyle()


class Path(NamedTuple):
    """A line or figure, or several parted by moves: it begins at its first step, and its place is their origin.

    It is stroked `stroke` wide, or filled where `stroke` is 0. `is_closed` closes each figure. `is_even_odd` leaves out
    what figures enclose twice.
    """

    steps: tuple[Step, ...]
    stroke: Emu = 0
    ink: Ink = BLACK
    is_closed: bool = False
    is_even_odd: bool = False
    style: StrokeStyle = PLAIN_STROKE


class Picture(NamedTuple):
    """A picture scaled to a size; its place is its upper left corner.

    `is_black` keeps it to black ink. `visible` is the part of it that is seen, in pixels; None where all of it is.
    """

    path: FilePath
    width: Emu
    height: Emu
    caption: str = ""
    is_black: bool = False
    visible: Rect | None = None


class ForeignObject(NamedTuple):
    """An object of another PDF, ready to be written: bytes, with the numbers of further objects of its page between them.

    A stream's object has its dictionary, which lacks nothing but its length, and its data as they are stored.
    """

    parts: tuple[bytes | int, ...]
    stream: bytes | None = None


@dataclass(frozen=True, eq=False, slots=True)
class ForeignPage:
    """A page of another PDF, of `size`: the first object is its form, and all that the objects name is among them.

    `is_mapped` is whether all that its text shows can be read as Unicode.
    """

    name: str
    size: Size
    objects: tuple[ForeignObject, ...]
    is_mapped: bool = True


@dataclass(frozen=True, eq=False, slots=True)
class Drawing:
    """A drawing of paths, of `size`; it is drawn in a `room` of its own measure, from whose upper left corner paths count."""

    name: str
    size: Size
    room: Size
    paths: tuple[Path, ...]


ArtSource = ForeignPage | Drawing


class Art(NamedTuple):
    """Art from outside scaled to a size and clipped to it; its place is its upper left corner.

    `visible` is the part of it that is seen, in EMU of its own size; None where all of it is.
    """

    source: ArtSource
    width: Emu
    height: Emu
    caption: str = ""
    visible: Rect | None = None


class MarkKind(Enum):
    """What a mark begins."""

    STORY = "story"
    HEAD = "head"
    BODY = "body"
    PICTURE = "picture"
    ADVERT = "advert"
    FURNITURE = "furniture"


class Mark(NamedTuple):
    """A sign without ink: what the items after it belong to. Bookmarks and reading order come from it."""

    kind: MarkKind
    name: str = ""
    title: str = ""


class Frame(NamedTuple):
    """Placed items and their common size."""

    width: Emu
    height: Emu
    items: "tuple[Placed, ...]"

    def walk(self, x: Emu = 0, y: Emu = 0) -> "Iterator[Placed]":
        """Yield every item of the tree that is no frame, in paint order, with its absolute place."""
        for placed in self.items:
            if isinstance(placed.item, Frame):
                yield from placed.item.walk(x + placed.x, y + placed.y)
            else:
                yield Placed(x + placed.x, y + placed.y, placed.item)


Item = GlyphRun | Fill | Path | Picture | Art | Mark | Frame


class Placed(NamedTuple):
    """An item and its place in EMU."""

    x: Emu
    y: Emu
    item: Item


class SetHead(NamedTuple):
    """How the head in an area was set: its level, the headline's face, size and lines, and the depth in lines of the grid.

    `stretch` is the width of the headline's type and `tracking` the white between its characters, both in per mille.
    `is_reduced` says that the headline had to become smaller than it should be.
    """

    area: str
    title: str
    level: int
    role: str
    size: Emu
    lines: int
    depth: int
    stretch: int = 1000
    tracking: int = 0
    direction: Direction = Direction.LEVEL
    is_reduced: bool = False


class Page(NamedTuple):
    """One finished page: `size` is the trimmed page, and the frame's origin is its upper left corner.

    `heads` tells how the heads on it were set.
    """

    number: int
    label: str
    section: str
    size: Size
    bleed: Emu
    frame: Frame
    heads: tuple[SetHead, ...] = ()

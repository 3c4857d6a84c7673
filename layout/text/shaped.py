"""A shaped paragraph: glyphs, cells and breaks in parallel lists; made once by `layout.text.shape`, never changed."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from layout.frame import Direction
from layout.manifest.copy import Marking
from layout.script.rules import Axis, TypeRules
from layout.units import Emu

PLAIN = Marking()


class StyledText(NamedTuple):
    """A text, the role of the face that sets it, and what its writer marked on it."""

    text: str
    role: str
    marking: Marking = PLAIN


class Piece(NamedTuple):
    """The glyphs from `start` on that share face, size, rise over the baseline, and direction.

    Figures that stand level in a vertical line (纵中横) share one em: `across` leads from the middle of the line to each of
    them, and `stretch` narrows them, in per mille.
    """

    start: int
    role: str
    size: Emu
    rise: Emu = 0
    direction: Direction = Direction.LEVEL
    across: tuple[Emu, ...] = ()
    stretch: int = 1000


class Over(Enum):
    """What stands beside or round characters without a cell of its own (行间标号, 行间注, 示亡号)."""

    DOTS = "dots"
    NAME = "name"
    BOOK = "book"
    FRAME = "frame"
    RUBY = "ruby"
    ZHUYIN = "zhuyin"


class Overlay(NamedTuple):
    """What stands over the glyphs from `start` up to `end`; a reading brings its own shaped text."""

    start: int
    end: int
    kind: Over
    reading: "ShapedText | None" = None


class Hyphen(NamedTuple):
    """The hyphen of a face: its glyph, and its advance in thousandths of an em."""

    glyph: int
    advance: int


class ShapedText(NamedTuple):
    """A paragraph as glyphs. All lists but `breaks` (one longer) run in parallel, one entry a glyph.

    `advances` are EMU to the next cell with neighbours squeezed and the gap between Han and Latin added; they run along
    the line, which goes down the page where `axis` is vertical. `shifts` lead from the cell's start to the glyph's
    origin; `leads` and `trails` are what a mark could still lose before and after its ink, `gaps` the part of the advance
    that is Han-Latin gap; `joints` is 1 where a full line may open after the glyph; `breaks[i]` is the `Break` before
    glyph i. `whites` is by glyph the fixed white behind it, which goes at
    the end of a line. `kept` are the glyphs from one up to another that no line
    end may part. `pieces` say which glyphs share face and size, `overlays` what stands beside them.
    """

    size: Emu
    rules: TypeRules
    axis: Axis
    clusters: Sequence[str]
    classes: str
    glyphs: Sequence[int]
    advances: Sequence[Emu]
    shifts: Sequence[Emu]
    leads: Sequence[Emu]
    trails: Sequence[Emu]
    gaps: Sequence[Emu]
    joints: bytes
    breaks: bytes
    pieces: tuple[Piece, ...]
    hyphens: dict[str, Hyphen]
    whites: dict[int, Emu]
    kept: tuple[tuple[int, int], ...]
    overlays: tuple[Overlay, ...] = ()

    @property
    def text(self) -> str:
        """The text as it came in."""
        return self.text_of(0, len(self.clusters))

    def text_of(self, start: int, end: int) -> str:
        """Return the text of the glyphs from `start` up to `end`."""
        part = self.clusters[start:end]
        return part if isinstance(part, str) else "".join(part)

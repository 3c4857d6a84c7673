"""The lists of a shaped paragraph while they grow; nothing outside the shaping of a paragraph sees them."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from layout.diagnostics import Absent
from layout.frame import Direction
from layout.script.rules import Axis, TypeRules
from layout.text.shaped import Hyphen, Overlay, Piece
from layout.typeface.face import Face
from layout.units import Emu, divide


class Spread(NamedTuple):
    """The glyphs from `start` up to `end` that are spread evenly over some ems (均排)."""

    start: int
    end: int
    ems: int


@dataclass(slots=True)
class Cells:
    """The lists and what they grow by: `at` is the size of what is appended now, `rise` its place over the baseline."""

    size: Emu
    rules: TypeRules
    axis: Axis
    at: Emu
    rise: Emu = 0
    is_level: bool = False
    follows_kept: bool = False
    clusters: list[str] = field(default_factory=list)
    glyphs: list[int] = field(default_factory=list)
    advances: list[Emu] = field(default_factory=list)
    shifts: list[Emu] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    kept: list[tuple[int, int]] = field(default_factory=list)
    overlays: list[Overlay] = field(default_factory=list)
    whites: dict[int, Emu] = field(default_factory=dict)
    spreads: list[Spread] = field(default_factory=list)
    hyphens: dict[str, Hyphen] = field(default_factory=dict)
    absent: list[Absent] = field(default_factory=list)

    def begin(self, face: Face, direction: Direction = Direction.LEVEL, start: int | None = None) -> None:
        """Begin a piece of a face at the present size, unless the last one goes on; `start` is its first glyph, or the next."""
        first = len(self.glyphs) if start is None else start
        traits = face.role, divide(self.at * face.matched, 1000), self.rise, direction, (), 1000
        if not self.pieces or self.pieces[-1][1:] != traits:
            self.pieces.append(Piece(first, *traits))

    def direction(self, glyph: int) -> Direction:
        """Return how a glyph stands."""
        return self._piece(glyph).direction

    def ends_its_em(self, glyph: int) -> bool:
        """Return whether white may follow a glyph: not inside a cluster, nor among those that stand level in one em."""
        piece = self._piece(glyph)
        return bool(self.clusters[glyph + 1]) and not glyph + 1 < piece.start + len(piece.across)

    def _piece(self, glyph: int) -> Piece:
        return self.pieces[bisect_right(self.pieces, glyph, key=lambda piece: piece.start) - 1]

    def add(self, cluster: str, glyph: int, advance: Emu, shift: Emu = 0) -> None:
        """Append one glyph."""
        self.clusters.append(cluster)
        self.glyphs.append(glyph)
        self.advances.append(advance)
        self.shifts.append(shift)

    def extend(self, clusters: Iterable[str], glyphs: Sequence[int], advances: Iterable[Emu], shifts: Iterable[Emu]) -> None:
        """Append glyphs."""
        self.clusters += clusters
        self.glyphs += glyphs
        self.advances += advances
        self.shifts += shifts

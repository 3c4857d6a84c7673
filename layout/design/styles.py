"""Sizes and styles: the steps of sizes, and the table of heads.

A head that does not fit its width is first condensed (长扁字), then set the next size down.
Sizes are points of 12 700 EMU; the body's size comes from the grid.
"""

from typing import NamedTuple

from layout.frame import BLACK, Ink
from layout.manifest.areas import TYPE_SIZES, Align
from layout.manifest.paper import Role
from layout.units import PT, Emu

STEPS: tuple[Emu, ...] = tuple(
    size * PT // 2 for size in (18, 20, 21, 24, 28, 30, 32, 36, 40, 42, 44, 48, 52, 56, 64, 72, 78, 84, 96, 108)
)
"""Steps of head sizes in half points, for papers without a table of their own: 小五 to 特号."""

SMALLEST: Emu = TYPE_SIZES["六号"]
"""The smallest size of what is read (CLREQ `#considerations_in_designing_type_area`)."""


class LineStyle(NamedTuple):
    """How a line of a head or of furniture is set.

    Type of no ink is white. `tracking` is white between characters, `stretch` the width of the type (长扁字), both in
    per mille of the size.
    """

    role: Role
    size: Emu
    align: Align = Align.CENTRE
    tracking: int = 0
    stretch: int = 1000
    ink: Ink = BLACK


class HeadStyle(NamedTuple):
    """The styles of a head's lines, and the white above and below it in lines of body text."""

    kicker: LineStyle
    headline: LineStyle
    deck: LineStyle
    byline: LineStyle
    white: int


def _head(role: Role, size: int, kicker: int, deck: int, white: int) -> HeadStyle:
    """Return a head style; sizes in half points."""
    half = PT // 2
    return HeadStyle(
        LineStyle(Role.KAI, kicker * half),
        LineStyle(role, size * half),
        LineStyle(Role.KAI, deck * half),
        LineStyle(Role.KAI, 19 * half),
        white,
    )


WHITE_ROLES = {Role.KAI: Role.HEI, Role.SONG: Role.HEI}
"""Faces in which kicker and deck are set on a dark ground, where thin strokes fill in."""

_HEAVY = frozenset({Role.SONG_HEAVY, Role.HEI_HEAVY, Role.HEI})


def least_white_size(role: Role) -> Emu:
    """Return the size from which white type of a face holds on newsprint: hairlines need twice that of even strokes.

    Trade rule: reversed type is no smaller than 9 points in 黑, and fine strokes are kept above half a point.
    """
    return (9 if role in _HEAVY else 18) * PT


HEADS: dict[int, HeadStyle] = {
    1: _head(Role.SONG_HEAVY, 96, 36, 36, 3),
    2: _head(Role.SONG_HEAVY, 64, 32, 30, 3),
    3: _head(Role.HEI_HEAVY, 48, 28, 24, 2),
    4: _head(Role.SONG_HEAVY, 40, 24, 22, 2),
    5: _head(Role.KAI, 36, 21, 20, 2),
}
"""Heads by level: rank is read from size, faces alternate from one level to the next."""

CAPTION = LineStyle(Role.KAI, 17 * PT // 2, Align.LEFT)
CREDIT = LineStyle(Role.KAI, 17 * PT // 2, Align.RIGHT)
"""How the words of a picture are set."""

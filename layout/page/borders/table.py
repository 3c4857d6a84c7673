"""The table of borders: how each is drawn, how thick it is, and how far text keeps from it."""

from typing import NamedTuple

from layout.design.plan import RULE
from layout.manifest.areas import Border
from layout.page.borders import ornaments
from layout.page.borders.frames import Drawing, Rounded, Rules
from layout.units import MM, Emu

_LEAST_EM: Emu = 3 * MM
"""The em below which ornaments become no finer: their lines would fall below a tenth of a millimetre."""


class Style(NamedTuple):
    """A border's drawing and measures: `weight` in EMU at any size of type, or `ems` in per mille of the em.

    `clear` is the least white between border and text in per mille of the em.
    """

    drawing: Drawing
    weight: Emu = 0
    ems: int = 0
    clear: int = 600

    def thickness(self, em: Emu) -> Emu:
        """Return how far the border reaches inwards at an em."""
        return self.weight + max(em, _LEAST_EM) * self.ems // 1000


STYLES: dict[Border, Style] = {
    Border.NONE: Style(Rules(()), clear=0),
    Border.HAIRLINE: Style(Rules((1,)), weight=RULE),
    Border.HEAVY: Style(Rules((1,)), weight=6 * RULE),
    Border.DOUBLE: Style(Rules((1, 4, 1)), weight=6 * RULE),
    Border.THICK_THIN: Style(Rules((4, 4, 1)), weight=9 * RULE),
    Border.THIN_THICK_THIN: Style(Rules((1, 3, 4, 3, 1)), weight=12 * RULE),
    Border.ROUNDED: Style(Rounded(14), weight=2 * RULE),
    Border.DOTTED: Style(ornaments.dots(), ems=100),
    Border.DASHED: Style(ornaments.dashes(), ems=60),
    Border.WAVE: Style(ornaments.wave(), ems=240),
    Border.FRET: Style(ornaments.fret(), ems=400),
    Border.LOZENGE: Style(ornaments.lozenge(), ems=400),
    Border.SAWTOOTH: Style(ornaments.sawtooth(), ems=400),
    Border.BRICK: Style(ornaments.brick(), ems=400),
    Border.BEADS: Style(ornaments.beads(), ems=400),
    Border.SCALES: Style(ornaments.scales(), ems=500),
    Border.SCROLL: Style(ornaments.scroll(), ems=700),
    Border.ROPE: Style(ornaments.rope(), ems=400),
    Border.COIN: Style(ornaments.coin(), ems=550),
    Border.STAR: Style(ornaments.star_row(), ems=400),
    Border.FENCE: Style(ornaments.fence(), ems=550),
    Border.RUYI: Style(ornaments.ruyi(), ems=700),
    Border.CLOUD: Style(ornaments.cloud(), ems=700),
    Border.BAMBOO: Style(ornaments.bamboo(), ems=600),
    Border.WHEAT: Style(ornaments.wheat(), ems=500),
    Border.LEAF: Style(ornaments.leaf(), ems=600),
    Border.PLUM: Style(ornaments.plum(), ems=650),
}

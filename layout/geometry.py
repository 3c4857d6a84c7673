"""Places on a page: EMU, origin at the upper left corner of the trimmed page, y downwards."""

from typing import NamedTuple

from layout.units import Emu


class Size(NamedTuple):
    """A width and a height in EMU."""

    width: Emu
    height: Emu


class Rect(NamedTuple):
    """An upright rectangle in EMU."""

    x: Emu
    y: Emu
    width: Emu
    height: Emu

    @property
    def right(self) -> Emu:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> Emu:
        """The y of the lower edge."""
        return self.y + self.height

    def inset(self, margin: Emu) -> "Rect":
        """Return the rectangle that lies `margin` inside this one on all four sides."""
        return Rect(self.x + margin, self.y + margin, self.width - 2 * margin, self.height - 2 * margin)

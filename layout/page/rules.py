"""Rules: lines as filled rectangles, exact to the EMU."""

from layout.frame import BLACK, Fill, Ink, Placed
from layout.geometry import Rect
from layout.units import Emu


def horizontal(x: Emu, y: Emu, width: Emu, weight: Emu, ink: Ink = BLACK) -> Placed:
    """Return a level rule whose middle lies at `y`."""
    return Placed(x, y - weight // 2, Fill(width, weight, ink))


def vertical(x: Emu, y: Emu, height: Emu, weight: Emu, ink: Ink = BLACK) -> Placed:
    """Return an upright rule whose middle lies at `x`."""
    return Placed(x - weight // 2, y, Fill(weight, height, ink))


def outline(rect: Rect, weight: Emu, ink: Ink = BLACK) -> tuple[Placed, ...]:
    """Return the four rules that run inside the edges of a rectangle."""
    return (
        Placed(rect.x, rect.y, Fill(rect.width, weight, ink)),
        Placed(rect.x, rect.bottom - weight, Fill(rect.width, weight, ink)),
        Placed(rect.x, rect.y, Fill(weight, rect.height, ink)),
        Placed(rect.right - weight, rect.y, Fill(weight, rect.height, ink)),
    )

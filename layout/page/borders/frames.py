"""Borders of plain rules: one or more round the area, or one with rounded corners."""

from typing import NamedTuple, Protocol

from layout.frame import BLACK, Fill, Ink, Path, Placed
from layout.geometry import ROUND, Rect, Step
from layout.page.rules import outline
from layout.units import Emu, divide


class Drawing(Protocol):
    """How a border is drawn inside the edges of a rectangle, at any thickness."""

    def fits(self, rect: Rect, thickness: Emu) -> bool:
        """Return whether the rectangle has room for the border."""

    def items(self, rect: Rect, thickness: Emu) -> tuple[Placed, ...]:
        """Return the border."""

    def ground(self, rect: Rect, thickness: Emu, ink: Ink) -> Placed:
        """Return the ground inside the border."""


class Rules(NamedTuple):
    """Rules inside each other; `parts` are the shares of their weights and of the whites between, from the outer edge."""

    parts: tuple[int, ...]

    def fits(self, rect: Rect, thickness: Emu) -> bool:
        """Return whether the rules of opposite sides keep off each other."""
        return min(rect.width, rect.height) >= 2 * thickness

    def items(self, rect: Rect, thickness: Emu) -> tuple[Placed, ...]:
        """Return four rules for each weight."""
        items: list[Placed] = []
        for number, part in enumerate(self.parts):
            if number % 2 == 0:
                inner = rect.inset(self._share(thickness, sum(self.parts[:number])))
                items += outline(inner, self._share(thickness, part))
        return tuple(items)

    def ground(self, rect: Rect, thickness: Emu, ink: Ink) -> Placed:
        """Return a ground up to the middle of the innermost rule."""
        return ground(rect.inset(thickness - self._share(thickness, self.parts[-1]) // 2 if self.parts else 0), ink)

    def _share(self, thickness: Emu, part: int) -> Emu:
        return thickness * part // sum(self.parts)


class Rounded(NamedTuple):
    """One rule with rounded corners; `radius` is that of its outer edge, in multiples of its weight."""

    radius: int

    def fits(self, rect: Rect, thickness: Emu) -> bool:
        """Return whether the rectangle has room for the arcs."""
        return min(rect.width, rect.height) >= 2 * self.radius * thickness

    def items(self, rect: Rect, thickness: Emu) -> tuple[Placed, ...]:
        """Return the rule as one line."""
        return (self._placed(rect, thickness, thickness, BLACK),)

    def ground(self, rect: Rect, thickness: Emu, ink: Ink) -> Placed:
        """Return a ground with the same corners, up to the middle of the rule."""
        return self._placed(rect, thickness, 0, ink)

    def _placed(self, rect: Rect, weight: Emu, stroke: Emu, ink: Ink) -> Placed:
        middle = rect.inset(weight // 2)
        steps = _rounded(middle.width, middle.height, self.radius * weight - weight // 2)
        return Placed(middle.x, middle.y, Path(steps, stroke, ink, is_closed=True))


def ground(rect: Rect, ink: Ink) -> Placed:
    """Return a rectangle filled with a tint."""
    return Placed(rect.x, rect.y, Fill(rect.width, rect.height, ink))


def _rounded(width: Emu, height: Emu, radius: Emu) -> tuple[Step, ...]:
    """Return a rectangle from the origin whose corners are quarter circles."""
    k = radius - divide(radius * ROUND, 1000)
    return (
        (radius, 0),
        (width - radius, 0),
        (width - k, 0, width, k, width, radius),
        (width, height - radius),
        (width, height - k, width - k, height, width - radius, height),
        (radius, height),
        (k, height, 0, height - k, 0, height - radius),
        (0, radius),
        (0, k, k, 0, radius, 0),
    )

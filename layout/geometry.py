"""Places on a page: EMU, origin at the upper left corner of the trimmed page, y downwards."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from layout.units import Emu


class Size(NamedTuple):
    """A width and a height in EMU."""

    width: Emu
    height: Emu


class Rect(NamedTuple):
    """An upright rectangle in EMU, or in pixels of a picture."""

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

    def moved(self, x: Emu, y: Emu) -> "Rect":
        """Return the rectangle moved by a distance."""
        return Rect(self.x + x, self.y + y, self.width, self.height)

    def inset(self, margin: Emu) -> "Rect":
        """Return the rectangle that lies `margin` inside this one on all four sides."""
        return Rect(self.x + margin, self.y + margin, self.width - 2 * margin, self.height - 2 * margin)


class Move(NamedTuple):
    """A place where a path begins a further figure."""

    x: Emu
    y: Emu


Step = tuple[Emu, Emu] | Move | tuple[Emu, Emu, Emu, Emu, Emu, Emu]
"""A place to which a path goes straight or moves, or two control points and the place to which it bends."""


def mapped(steps: Iterable[Step], place: Callable[[Emu, Emu], tuple[Emu, Emu]]) -> tuple[Step, ...]:
    """Return steps with all of their places moved by a function of x and y."""
    return tuple(
        (*place(*step[:2]), *place(*step[2:4]), *place(*step[4:]))
        if len(step) == 6
        else Move(*place(*step))
        if isinstance(step, Move)
        else place(*step)
        for step in steps
    )


def shifted(steps: Iterable[Step], x: Emu, y: Emu) -> tuple[Step, ...]:
    """Return steps moved by a distance."""
    return mapped(steps, lambda at, down: (at + x, down + y))


def backwards(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps of one figure from its end to its beginning."""
    turned: list[Step] = [end_of(steps[-1])]
    for before, step in zip(steps[-2::-1], steps[:0:-1], strict=True):
        turned.append((*step[2:4], *step[:2], *end_of(before)) if len(step) == 6 else end_of(before))
    return tuple(turned)


def end_of(step: Step) -> tuple[Emu, Emu]:
    """Return the place that a step leads to."""
    return step[-2], step[-1]


ROUND = 552
"""Control points of a quarter circle, in thousandths of the radius."""


def circle(diameter: Emu) -> tuple[Step, ...]:
    """Return a circle round the origin."""
    r = diameter // 2
    k = r * ROUND // 1000
    return ((r, 0), (r, k, k, r, 0, r), (-k, r, -r, k, -r, 0), (-r, -k, -k, -r, 0, -r), (k, -r, r, -k, r, 0))


def wave(length: Emu, height: Emu, is_level: bool) -> tuple[Step, ...]:
    """Return a wavy line from the origin along an axis: arcs about four times as long as high, on both sides in turn."""
    count = max(2, round(length / (4 * height)))
    steps: list[Step] = [(0, 0)]
    for number in range(count):
        start, end = length * number // count, length * (number + 1) // count
        side = height if number % 2 else -height
        third = (end - start) // 3
        if is_level:
            steps.append((start + third, side, end - third, side, end, 0))
        else:
            steps.append((side, start + third, side, end - third, 0, end))
    return tuple(steps)

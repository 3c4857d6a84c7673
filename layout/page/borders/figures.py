"""The figures of which ornaments are drawn, in per mille of the band's thickness.

x goes along the band, y across it from its outer edge at 0 to its inner one at 1000. What is filled goes round clockwise,
so that figures unite where they overlap.
"""

import math
from itertools import pairwise
from typing import NamedTuple

from layout.geometry import Step, backwards, circle, end_of, mapped, shifted


class Figure(NamedTuple):
    """A figure: filled where `stroke` is 0, or else drawn with a line so wide.

    It is stretched with its cell, or keeps its form where it has an `anchor`: the x that goes with the cell.
    """

    steps: tuple[Step, ...]
    stroke: int = 0
    is_closed: bool = True
    anchor: int | None = None

    @property
    def start(self) -> tuple[int, int]:
        """Where it begins."""
        return end_of(self.steps[0])

    @property
    def end(self) -> tuple[int, int]:
        """Where it ends."""
        return end_of(self.steps[-1])

    def meets(self, other: "Figure") -> bool:
        """Return whether this is a line that ends where another one begins."""
        return not self.is_closed and not other.is_closed and self.end == other.start

    def continued(self, other: "Figure") -> "Figure":
        """Return this line with the one that it meets."""
        return self._replace(steps=(*self.steps, *other.steps[1:]))


Figures = tuple[Figure, ...]
Circle = tuple[float, float, float]
"""Middle and radius."""


# ---- forms -------------------------------------------------------------------------------------------------------


def shape(*steps: Step, stroke: int = 0) -> Figure:
    """Return a closed figure."""
    return Figure(steps, stroke)


def box(left: int, top: int, right: int, bottom: int, stroke: int = 0) -> Figure:
    """Return an upright rectangle; a stroke lies inside its edges."""
    half = stroke // 2
    left, top, right, bottom = left + half, top + half, right - half, bottom - half
    return shape((left, top), (right, top), (right, bottom), (left, bottom), stroke=stroke)


def disc(x: int, y: int, diameter: int) -> Figure:
    """Return a filled circle that stays round."""
    return Figure(shifted(circle(diameter), x, y), anchor=x)


def ring(x: int, y: int, diameter: int, stroke: int) -> Figure:
    """Return a circle that stays round; its line lies inside the diameter."""
    return disc(x, y, diameter - stroke)._replace(stroke=stroke)


def star(x: int, y: int, outer: int, inner: int, count: int) -> Figure:
    """Return a filled star with so many points, one of them outwards; `outer` and `inner` are radii."""
    places = []
    for number in range(2 * count):
        angle, radius = math.pi * number / count, inner if number % 2 else outer
        places.append((x + round(radius * math.sin(angle)), y - round(radius * math.cos(angle))))
    return Figure(tuple(places), anchor=x)


def lens(start: tuple[int, int], end: tuple[int, int], breadth: int) -> Figure:
    """Return a filled leaf between two places, widest before its middle; its edges are pulled `breadth` apart."""
    (x, y), (to_x, to_y) = start, end
    length = math.hypot(to_x - x, to_y - y)
    across_x, across_y = (y - to_y) / length * breadth * 2 / 3, (to_x - x) / length * breadth * 2 / 3

    def pulled(sign: int, along: float) -> tuple[int, int]:
        return round(x + (to_x - x) * along + sign * across_x), round(y + (to_y - y) * along + sign * across_y)

    there: Step = (*pulled(-1, 0.25), *pulled(-1, 0.7), to_x, to_y)
    back: Step = (*pulled(1, 0.7), *pulled(1, 0.25), x, y)
    return Figure((start, there, back))


def rosette(x: int, y: int, distance: int, radius: int, count: int, stroke: int) -> Figure:
    """Return the outline of a blossom, one petal outwards; its petals' middles lie at a distance from its own."""
    angles = [2 * math.pi * number / count for number in range(-1, count + 1)]
    petals = [(x + distance * math.sin(angle), y - distance * math.cos(angle), radius) for angle in angles]
    return lobes(stroke, *petals)._replace(is_closed=True, anchor=x)


# ---- lines -------------------------------------------------------------------------------------------------------


def line(stroke: int, *steps: Step) -> Figure:
    """Return an open line."""
    return Figure(steps, stroke, is_closed=False)


def trace(start: tuple[float, float], heading: float, *turns: tuple[float, float]) -> tuple[Step, ...]:
    """Return the way of a pen: each turn is a radius and the degrees that it goes round, clockwise where they are positive.

    A turn of no degrees goes straight on by its length. `heading` is in degrees clockwise from the x axis.
    """
    (x, y), angle = start, math.radians(heading)
    steps: list[Step] = [(round(x), round(y))]
    for radius, degrees in turns:
        if not degrees:
            x, y = x + radius * math.cos(angle), y + radius * math.sin(angle)
            steps.append((round(x), round(y)))
        parts = math.ceil(abs(degrees) / 90)
        for _ in range(parts):
            turn = math.radians(degrees / parts)
            pull, side = 4 / 3 * math.tan(abs(turn) / 4) * radius, math.copysign(radius, turn)
            first = (x + pull * math.cos(angle), y + pull * math.sin(angle))
            middle_x, middle_y = x - side * math.sin(angle), y + side * math.cos(angle)
            angle += turn
            x, y = middle_x + side * math.sin(angle), middle_y - side * math.cos(angle)
            second = (x - pull * math.cos(angle), y - pull * math.sin(angle))
            steps.append((round(first[0]), round(first[1]), round(second[0]), round(second[1]), round(x), round(y)))
    return tuple(steps)


def lobes(stroke: int, *circles: Circle) -> Figure:
    """Return the outline of circles that overlap in a row, to the left of the way along them.

    Of the first and the last circle only the places where they meet their neighbours count.
    """
    notches = [_meeting(*pair) for pair in pairwise(circles)]
    steps: list[Step] = []
    for (x, y, radius), start, end in zip(circles[1:], notches, notches[1:], strict=False):
        entry, leave = (math.degrees(math.atan2(place[1] - y, place[0] - x)) for place in (start, end))
        made = trace(start, entry + 90, (radius, (leave - entry) % 360))
        steps += made[1:] if steps else made
    return line(stroke, *steps)


def _meeting(one: Circle, other: Circle) -> tuple[float, float]:
    """Return where two circles meet, to the left of the way from one to the other."""
    (x, y, radius), (to_x, to_y, to_radius) = one, other
    apart = math.hypot(to_x - x, to_y - y)
    along = (apart**2 + radius**2 - to_radius**2) / (2 * apart)
    aside = math.sqrt(radius**2 - along**2)
    dx, dy = (to_x - x) / apart, (to_y - y) / apart
    return x + along * dx + aside * dy, y + along * dy - aside * dx


def ended(figure: Figure, diameter: int) -> Figures:
    """Return a line with a filled circle on its end."""
    return figure, disc(*figure.end, diameter)


# ---- the same again ----------------------------------------------------------------------------------------------


def rigid(anchor: int, *figures: Figure) -> Figures:
    """Return figures that keep their form and go together with the place `anchor` of their cell."""
    return tuple(figure._replace(anchor=anchor) for figure in figures)


def moved(figure: Figure, x: int) -> Figure:
    """Return a figure moved along the band."""
    anchor = None if figure.anchor is None else figure.anchor + x
    return figure._replace(steps=shifted(figure.steps, x, 0), anchor=anchor)


def mirrored(figure: Figure, axis: int) -> Figure:
    """Return a figure with left and right exchanged about `axis`; it still goes round clockwise."""
    anchor = None if figure.anchor is None else 2 * axis - figure.anchor
    return figure._replace(steps=backwards(mapped(figure.steps, lambda x, y: (2 * axis - x, y))), anchor=anchor)


def turned(figure: Figure, degrees: float, x: int, y: int = 500) -> Figure:
    """Return a figure turned clockwise about a place, which alone can go on being its anchor."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))

    def place(a: int, b: int) -> tuple[int, int]:
        return round(x + (a - x) * cos - (b - y) * sin), round(y + (a - x) * sin + (b - y) * cos)

    return figure._replace(steps=mapped(figure.steps, place), anchor=x if figure.anchor == x else None)


def flipped(figure: Figure) -> Figure:
    """Return a figure of a corner mirrored about its diagonal."""
    return figure._replace(steps=backwards(mapped(figure.steps, lambda x, y: (y, x))))


def closing(figure: Figure, reach: int) -> Figure:
    """Return a figure that begins a unit where the side before a corner ends, for a corner piece of that `reach`."""
    return figure._replace(steps=mapped(figure.steps, lambda x, y: (y, reach - x)), anchor=None)

"""Boxes and matrices of a PDF page, in points with y upwards: floats, as they stand in the file.

What the newspaper itself sets is in EMU; here the file is the fact, and GWG asks that values be rounded once, at the end.
"""

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle in points."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.top - self.bottom

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing; a line that is level or upright holds something."""
        return self.right < self.left or self.top < self.bottom

    def within(self, other: "Box") -> "Box":
        """Return what both boxes hold."""
        return Box(
            max(self.left, other.left), max(self.bottom, other.bottom), min(self.right, other.right), min(self.top, other.top)
        )

    def meets(self, other: "Box") -> bool:
        """Return whether the boxes have an area in common."""
        shared = self.within(other)
        return shared.right > shared.left and shared.top > shared.bottom

    def holds(self, other: "Box", slack: float = 0.01) -> bool:
        """Return whether the other box lies in this one, but for rounding in the file."""
        return (
            other.left >= self.left - slack
            and other.bottom >= self.bottom - slack
            and other.right <= self.right + slack
            and other.top <= self.top + slack
        )

    def grown(self, by: float) -> "Box":
        """Return the box with a margin."""
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


EVERYWHERE = Box(-math.inf, -math.inf, math.inf, math.inf)


def box_of(numbers: Iterable[float]) -> Box | None:
    """Return a PDF rectangle with its corners in order, None where it has no four finite numbers."""
    values = tuple(numbers)
    if len(values) != 4 or not all(map(math.isfinite, values)):
        return None
    x0, y0, x1, y1 = values
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def around(places: Iterable[tuple[float, float]]) -> Box:
    """Return the box of some places."""
    xs, ys = zip(*places, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def hull(boxes: Sequence[Box]) -> Box:
    """Return the box round some boxes."""
    if len(boxes) == 1:
        return boxes[0]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return Box(min(lefts), min(bottoms), max(rights), max(tops))


class Matrix(NamedTuple):
    """A PDF matrix: what is left of an operator is applied first."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def then(self, other: "Matrix") -> "Matrix":
        """Return this matrix followed by another."""
        a, b, c, d, e, f = self
        k, m, n, p, q, r = other
        return Matrix(a * k + b * n, a * m + b * p, c * k + d * n, c * m + d * p, e * k + f * n + q, e * m + f * p + r)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a place comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def box(self, box: Box) -> Box:
        """Return the box round where a box comes to lie."""
        corners = ((box.left, box.bottom), (box.right, box.bottom), (box.right, box.top), (box.left, box.top))
        return around(self.place(x, y) for x, y in corners)

    @property
    def width(self) -> float:
        """The length of a level unit."""
        return math.hypot(self.a, self.b)

    @property
    def height(self) -> float:
        """The length of an upright unit."""
        return math.hypot(self.c, self.d)

    @property
    def scale(self) -> float:
        """The factor of lengths, as the root of that of areas."""
        return math.sqrt(abs(self.a * self.d - self.b * self.c))


UNMOVED = Matrix()


def matrix_of(numbers: Iterable[float]) -> Matrix:
    """Return a PDF matrix, the identity where the numbers are not six."""
    values = tuple(numbers)
    return Matrix(*values) if len(values) == 6 and all(map(math.isfinite, values)) else Matrix()

"""Why a page cannot be made full: the shortest list of areas whose depths contradict each other.

Depths are bounds on the distance between two lines of bands. Such bounds contradict each other exactly where they go round
in a circle that ends before it began (a negative cycle of difference constraints); the circle with the fewest bounds is
the shortest list of causes.
"""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from layout.flow.solve import Need


class Bound(NamedTuple):
    """From the line `start` to the line `end` there are at most `most` lines; negative ones say how many at least.

    `need` is the number of the area that says so, or None for the page.
    """

    start: int
    end: int
    most: int
    need: int | None


class Conflict(NamedTuple):
    """Areas that need more lines one above the other than others beside them, or the page, give; by their numbers.

    An empty list stands for the page: `deep` is empty where the page is deeper than what can fill it.
    """

    deep: tuple[int, ...]
    shallow: tuple[int, ...]
    needed: int
    given: int


def find_conflict(total: int, pinned: Sequence[int], needs: Sequence[Need]) -> Conflict | None:
    """Return the shortest contradiction between areas, pins and page, or None where the page can be made full."""
    nodes, page = len(pinned) + 1, _page_bounds(total, pinned)
    areas = [_area_bounds(number, need) for number, need in enumerate(needs)]
    alone = (_shortest_circle(nodes, [*page, *area]) for area in areas)
    circle = next((found for found in alone if found), None) or _shortest_circle(nodes, [*page, *chain(*areas)])
    if circle is None:
        return None
    deep = tuple(bound.need for bound in circle if bound.most < 0 and bound.need is not None)
    shallow = tuple(bound.need for bound in circle if bound.most >= 0 and bound.need is not None)
    needed = -sum(bound.most for bound in circle if bound.most < 0)
    return Conflict(deep, shallow, needed, sum(bound.most for bound in circle if bound.most >= 0))


def _page_bounds(total: int, pinned: Sequence[int]) -> list[Bound]:
    last = len(pinned)
    bounds = [Bound(0, last, total, None), Bound(last, 0, -total, None)]
    for band, depth in enumerate(pinned):
        bounds.append(Bound(band + 1, band, -(depth or 1), None))
        if depth:
            bounds.append(Bound(band, band + 1, depth, None))
    return bounds


def _area_bounds(number: int, need: Need) -> list[Bound]:
    above, below = need.band, need.band + need.bands
    return [Bound(above, below, need.most, number), Bound(below, above, -need.least, number)]


def _shortest_circle(nodes: int, bounds: Sequence[Bound]) -> list[Bound] | None:
    """Return the bounds of the negative circle that has the fewest of them, or None."""
    found: list[list[Bound]] = []
    for start in range(nodes):
        paths: dict[int, tuple[int, list[Bound]]] = {start: (0, [])}
        for _ in range(nodes):
            paths = _longer(paths, bounds)
            if start in paths and paths[start][0] < 0:
                found.append(paths[start][1])
                break
    return min(found, key=len, default=None)


def _longer(paths: dict[int, tuple[int, list[Bound]]], bounds: Sequence[Bound]) -> dict[int, tuple[int, list[Bound]]]:
    """Return the tightest paths with one more bound, by the line where they end."""
    longer: dict[int, tuple[int, list[Bound]]] = {}
    for bound in bounds:
        if bound.start in paths:
            most, way = paths[bound.start]
            if bound.end not in longer or most + bound.most < longer[bound.end][0]:
                longer[bound.end] = (most + bound.most, [*way, bound])
    return longer

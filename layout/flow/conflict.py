"""Why a page cannot be made full: a list of areas whose depths contradict each other, the worst one that there is.

Depths are bounds on the distance between two lines of bands. Such bounds contradict each other exactly where they go round
in a circle that ends before it began (a negative cycle of difference constraints). The circle that ends furthest before its
beginning is told, since a page with one fault is sound once that is mended; of several, the one with the fewest bounds.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain
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


def is_full(bands: Sequence[int], pinned: Sequence[int], needs: Sequence[Need]) -> bool:
    """Return whether bands suit all areas and pins: then nothing contradicts anything."""
    lines = list(accumulate(bands, initial=0))
    depths = (lines[need.band + need.bands] - lines[need.band] for need in needs)
    suit = all(need.least <= depth <= need.most for need, depth in zip(needs, depths, strict=True))
    return suit and all(band >= 1 and pin in (0, band) for band, pin in zip(bands, pinned, strict=True))


def find_conflict(total: int, pinned: Sequence[int], needs: Sequence[Need]) -> Conflict | None:
    """Return the worst contradiction between areas, pins and page, or None where the page can be made full."""
    nodes, page = len(pinned) + 1, _page_bounds(total, pinned)
    areas = [_area_bounds(number, need) for number, need in enumerate(needs)]
    circle = max(_circles(nodes, [*page, *chain(*areas)]), key=_badness, default=None)
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


def _badness(circle: Sequence[Bound]) -> tuple[int, int]:
    return -sum(bound.most for bound in circle), -len(circle)


def _circles(nodes: int, bounds: Sequence[Bound]) -> Iterator[list[Bound]]:
    """Yield negative circles that pass each line once: the shortest ones, and those that their ways lead to."""
    for start in range(nodes):
        ways: dict[int, list[Bound]] = {start: []}
        for _ in range(nodes):
            yield from (circle for circle in _closed(ways, start, bounds) if sum(bound.most for bound in circle) < 0)
            ways = _longer(ways, start, bounds)


def _closed(ways: dict[int, list[Bound]], start: int, bounds: Sequence[Bound]) -> Iterator[list[Bound]]:
    return ([*ways[bound.start], bound] for bound in bounds if bound.end == start and bound.start in ways)


def _longer(ways: dict[int, list[Bound]], start: int, bounds: Sequence[Bound]) -> dict[int, list[Bound]]:
    """Return the tightest ways from a line to each other one with up to one more bound; none passes a line twice."""
    longer = dict(ways)
    for bound in bounds:
        way = ways.get(bound.start)
        if way is None or bound.end == start or any(passed.end == bound.end for passed in way):
            continue
        tighter = sum(passed.most for passed in way) + bound.most
        if bound.end not in longer or tighter < sum(passed.most for passed in longer[bound.end]):
            longer[bound.end] = [*way, bound]
    return longer

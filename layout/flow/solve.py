"""Band heights in whole lines: every area gets the depth that it needs, and the page is exactly full.

The unknowns are the lines between the bands; each area is a convex cost of the distance between two of them.
Such a sum is L♮-convex (Murota, Discrete Convex Analysis), so steepest descent with halving steps ends at the
true least, and the best step is a minimum cut of a graph with a node a line.
"""

import itertools
from collections import deque
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

_OVER = 1_000_000
_UNDER = 10_000
MISFIT = _UNDER
"""What areas that do not fit cost at least, together."""

_WHITE = 20
"""What white round a head costs by the square of its lines: the first three take 20, 60 and 100."""


class Price(IntEnum):
    """What a line costs that something else gives: what costs least gives first, and squeezed text last.

    A story that goes on on another page gives before white is added anywhere; furniture keeps near its best depth.
    """

    JUMP = 5
    FURNITURE = 60
    PICTURE = 120
    SQUEEZE = 250


_NEAR = 2
"""The first step from depths that are about right."""


class Need(NamedTuple):
    """The depths in lines that suit an area over some bands: `natural` suits best, `least` to `most` will do.

    `weight` is the area's width in base columns: a line that is missing or too many counts for each of them. The first
    `white` lines beyond `natural` are white round a head; all other lines within bounds cost their `price`.
    """

    band: int
    bands: int
    least: int
    natural: int
    most: int
    weight: int = 1
    white: int = 1000
    price: Price = Price.FURNITURE

    def cost(self, depth: int) -> int:
        """Return how ill a depth suits; convex in `depth`."""
        misfit = 0
        if depth < self.least:
            misfit = self.weight * _OVER * (self.least - depth)
        if depth > self.most:
            misfit += self.weight * _UNDER * (depth - self.most)
        off = min(max(depth, self.least), self.most) - self.natural
        if off <= 0:
            return misfit - self.price * off
        white = min(off, self.white)
        beyond = max(self.price, _WHITE * (2 * white - 1))
        return misfit + _WHITE * white * white + beyond * (off - white)


class Limit(NamedTuple):
    """The depths that some bands may have at all: one that the editor pinned, any from one line up, or what holds a head."""

    band: int
    least: int
    most: int
    bands: int = 1

    def cost(self, depth: int) -> int:
        """Return how far a depth is out of bounds, dearer than any need."""
        return 1000 * _OVER * (max(0, self.least - depth) + max(0, depth - self.most))


class Wish(NamedTuple):
    """A depth that looks best where nothing else settles how deep some bands are."""

    band: int
    bands: int
    depth: int

    def cost(self, depth: int) -> int:
        """Return how far a depth is from the one wished for, cheaper than any need."""
        return abs(depth - self.depth)


Cost = Need | Limit | Wish


def solve_bands(total: int, pinned: Sequence[int], needs: Sequence[Cost], near: Sequence[int] = ()) -> tuple[int, ...]:
    """Return the depth of each band, `total` lines together; `pinned` gives fixed depths, 0 where one is open.

    Depths that are about right, `near`, save most of the search.
    """
    count = len(pinned)
    every: list[Cost] = [*needs, *(Limit(band, depth or 1, depth or total) for band, depth in enumerate(pinned))]
    lines = list(itertools.accumulate(near, initial=0)) if near else [total * number // count for number in range(count + 1)]
    step = _NEAR if near else 1 << max(0, total.bit_length() - 1)
    while step:
        if not any(_descend(lines, every, step * sign) for sign in (1, -1)):
            step //= 2
    return tuple(below - above for above, below in itertools.pairwise(lines))


def cost_of(bands: Sequence[int], needs: Sequence[Cost]) -> int:
    """Return how ill depths of bands suit some needs."""
    return _cost(list(itertools.accumulate(bands, initial=0)), needs)


def _descend(lines: list[int], needs: Sequence[Cost], step: int) -> bool:
    """Move the best set of lines by `step` in place; return whether that made the page better."""
    chosen = _best_set(lines, needs, step)
    moved = [line + step if number in chosen else line for number, line in enumerate(lines)]
    if not chosen or _cost(moved, needs) >= _cost(lines, needs):
        return False
    lines[:] = moved
    return True


def _cost(lines: Sequence[int], needs: Sequence[Cost]) -> int:
    return sum(need.cost(lines[need.band + need.bands] - lines[need.band]) for need in needs)


def _best_set(lines: Sequence[int], needs: Sequence[Cost], step: int) -> set[int]:
    """Return the inner lines whose common move by `step` saves most: the source side of a minimum cut."""
    last = len(lines) - 1
    source, sink = 0, last
    capacity = [[0] * (last + 1) for _ in range(last + 1)]
    gain = [0] * (last + 1)
    for need in needs:
        above, below = need.band, need.band + need.bands
        depth = lines[below] - lines[above]
        now = need.cost(depth)
        deeper, shallower = need.cost(depth + step) - now, need.cost(depth - step) - now
        if below != last:
            gain[below] += deeper
        if above != 0:
            gain[above] -= deeper
            capacity[above][below] += deeper + shallower
    for line in range(1, last):
        if gain[line] > 0:
            capacity[line][sink] += gain[line]
        else:
            capacity[source][line] -= gain[line]
    return _source_side(capacity, source, sink) - {source}


def _source_side(capacity: list[list[int]], source: int, sink: int) -> set[int]:
    """Return the source side of a minimum cut; `capacity` becomes the residual of a maximum flow."""
    while True:
        parents = _reachable(capacity, source)
        if sink not in parents:
            return set(parents)
        path, node = [], sink
        while node != source:
            path.append((parents[node], node))
            node = parents[node]
        flow = min(capacity[a][b] for a, b in path)
        for a, b in path:
            capacity[a][b] -= flow
            capacity[b][a] += flow


def _reachable(capacity: list[list[int]], source: int) -> dict[int, int]:
    parents = {source: source}
    queue = deque([source])
    while queue:
        node = queue.popleft()
        for other, room in enumerate(capacity[node]):
            if room > 0 and other not in parents:
                parents[other] = node
                queue.append(other)
    return parents

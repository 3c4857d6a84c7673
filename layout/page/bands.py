"""The depths of a page's bands: what each area needs, and what areas with notches need beside their neighbours.

How deep a notched area must be follows from how deep its notches are, and the other way round. The bands are solved for given
depths of the notches; these are then moved, together and one by one, as long as that makes the page better.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import product
from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.flow.region import Anchor, Hole
from layout.flow.solve import MISFIT, Cost, Limit, Need, Wish, cost_of, solve_bands
from layout.manifest.areas import FurnitureArea
from layout.manifest.issue import Block, HeadlineContent, IssuePage, Notch, StoryContent
from layout.page.block import Depths, MeasuredBlock
from layout.page.stories.runround import RoundStory

GAP = 1
"""Lines of white below a block that does not stand at the foot of the page; a rule may stand in it."""

FIRM = 50
"""How much more a line that misfits furniture, a picture or an index counts than one that misfits a story."""

_STEPS = (2, 1)
"""Lines by which the depth of a notch is changed in the search for better ones."""

_FEW = 3
"""Up to so many notches are moved in every way, also against each other."""

_ROUNDS = 3
"""How often bands and notches are measured by each other before the search, and after it."""


class Bands(NamedTuple):
    """The depths of bands in lines, the blocks measured for them, and what each of these needs."""

    depths: tuple[int, ...]
    measured: tuple[MeasuredBlock, ...]
    needs: tuple[Need, ...]


def gap_below(block: Block, page: IssuePage) -> int:
    """Return the white below a block: none at the page's foot, none under furniture and heads, which bring their own."""
    at_foot = block.band + block.bands == len(page.bands.value)
    return 0 if at_foot or isinstance(block.content, FurnitureArea | HeadlineContent) else GAP


def top_of(block: Block, bands: Sequence[int]) -> int:
    """Return the line on which a block begins."""
    return sum(bands[: block.band])


def depth_of_block(block: Block, bands: Sequence[int], page: IssuePage) -> int:
    """Return the depth of a block without the white below it."""
    return sum(bands[block.band : block.band + block.bands]) - gap_below(block, page)


_MOST_SOLVED = 256
"""Pages whose bands are kept: those of an issue and more."""

_solved = lru_cache(_MOST_SOLVED)(solve_bands)
"""`solve_bands`, which is asked again for the same page wherever an edit leaves every area as deep as it was."""


class _Trial(NamedTuple):
    """A page whose notches have given depths: the holes of each block, and the bands that are best for them."""

    bands: tuple[int, ...]
    holes: tuple[tuple[Hole, ...], ...]
    needs: tuple[Need, ...]

    @property
    def cost(self) -> int:
        """How ill the depths suit."""
        return cost_of(self.bands, self.needs)


class _Tried(NamedTuple):
    """What is tried: how deep notches are, and how many lines below the middle those stand that text surrounds."""

    depths: dict[Notch, int]
    lowered: dict[Notch, int]


_NOTHING = _Tried({}, {})


class _Solver(NamedTuple):
    """What bands are solved with: the blocks, and their depths by number and holes."""

    measured: tuple[MeasuredBlock, ...]
    page: IssuePage
    grid: PageGrid
    depths_of: Callable[[int, tuple[Hole, ...]], Depths]

    def plain(self) -> _Trial:
        """Return the best bands for blocks without notches."""
        return self._solved(tuple(() for _ in self.measured), _NOTHING, ())

    def rough(self) -> _Trial:
        """Return bands for the blocks that have no notches, and then for all of them by turns."""
        others = [number for number, block in enumerate(self.measured) if not block.block.notches]
        needs = [_need(self.measured[number].block, self.depths_of(number, ()), self.page) for number in others]
        trial = _Trial(_solved(self.grid.lines, self.page.bands.value, tuple(needs)), (), ())
        for _ in range(_ROUNDS):
            trial = self._solved(self._guesses(self.depths_of_notches(trial)), _NOTHING, trial.bands)
        return trial

    def with_tried(self, tried: _Tried, near: Sequence[int]) -> _Trial:
        """Return the best bands in which notches have given depths and places."""
        trial = self._solved(self._guesses(tried.depths), tried, near)
        for _ in range(_ROUNDS):
            holes = self._placed(trial.bands)
            if holes == trial.holes:
                return trial
            trial = self._solved(holes, tried, trial.bands)
        holes = self._placed(trial.bands)
        return _Trial(trial.bands, holes, self._needs(holes))

    def depths_of_notches(self, trial: _Trial) -> dict[Notch, int]:
        """Return how deep bands make the notches."""
        notches = (notch for block in self.measured for notch in block.block.notches)
        return {notch: sum(trial.bands[notch.band : notch.band + notch.bands]) for notch in notches}

    def _solved(self, holes: tuple[tuple[Hole, ...], ...], tried: _Tried, near: Sequence[int]) -> _Trial:
        needs = self._needs(holes)
        firm = [Need(notch.band, notch.bands, depth, depth, depth, FIRM) for notch, depth in tried.depths.items()]
        every: list[Cost] = [*needs, *firm, *self._below_heads(), *self._wishes(holes, tried.lowered)]
        return _Trial(_solved(self.grid.lines, self.page.bands.value, tuple(every), tuple(near)), holes, needs)

    def _needs(self, holes: tuple[tuple[Hole, ...], ...]) -> tuple[Need, ...]:
        return tuple(
            _need(block.block, self.depths_of(number, mine), self.page)
            for number, (block, mine) in enumerate(zip(self.measured, holes, strict=True))
        )

    def _below_heads(self) -> Iterator[Limit]:
        """Yield what keeps the notches below a head clear of it."""
        for block in self.measured:
            area = block.block
            for notch in area.notches:
                lines = _least_above(block, notch)
                if lines:
                    yield Limit(area.band, lines + GAP, self.grid.lines, notch.band - area.band)

    def _wishes(self, holes: tuple[tuple[Hole, ...], ...], lowered: dict[Notch, int]) -> Iterator[Wish]:
        """Yield what puts a notch that text surrounds in the middle of it, or some lines lower."""
        for number, (block, mine) in enumerate(zip(self.measured, holes, strict=True)):
            area = block.block
            for notch, hole in zip(area.notches, mine, strict=False):
                if _is_surrounded(notch, area):
                    depth = self.depths_of(number, mine).natural + _least_above(block, notch)
                    yield Wish(area.band, notch.band - area.band, (depth - hole.lines) // 2 + GAP + lowered.get(notch, 0))

    def _guesses(self, depths: dict[Notch, int]) -> tuple[tuple[Hole, ...], ...]:
        return tuple(
            tuple(_guessed(notch, depths[notch], block.block, self.page, self.grid) for notch in block.block.notches)
            for block in self.measured
        )

    def _placed(self, bands: Sequence[int]) -> tuple[tuple[Hole, ...], ...]:
        return tuple(holes_of(block.block, bands, self.page, self.grid) for block in self.measured)


def solve_page(measured: Sequence[MeasuredBlock], page: IssuePage, grid: PageGrid) -> Bands:
    """Return the bands that suit the blocks of a page best, with its blocks measured for where their notches stand."""
    solver = _Solver(tuple(measured), page, grid, cache(lambda number, holes: _with_holes(measured[number], holes).depths))
    trial = _searched(solver) if any(block.block.notches for block in measured) else solver.plain()
    blocks = tuple(_with_holes(block, holes) for block, holes in zip(measured, trial.holes, strict=True))
    return Bands(trial.bands, blocks, trial.needs)


def _searched(solver: _Solver) -> _Trial:
    """Return the best page that is found by moving the depths and places of notches from rough ones."""
    rough = solver.rough()
    start = solver.depths_of_notches(rough)
    surrounded = [notch for block in solver.measured for notch in block.block.notches if _is_surrounded(notch, block.block)]

    @cache
    def tried(lines: tuple[int, ...]) -> _Trial:
        depths = {notch: max(1, depth) for notch, depth in zip(start, lines, strict=False)}
        return solver.with_tried(_Tried(depths, dict(zip(surrounded, lines[len(start) :], strict=True))), rough.bands)

    best = (*start.values(), *(0 for _ in surrounded))
    for step in _STEPS:
        while tried(best).cost >= MISFIT:
            better = min(_moves(best, step), key=lambda moved: tried(moved).cost)
            if tried(better).cost >= tried(best).cost:
                break
            best = better
    return tried(best)


def _moves(lines: tuple[int, ...], step: int) -> Iterator[tuple[int, ...]]:
    """Yield numbers of lines with some of them a step larger or smaller: any of few, one or all of many."""
    count = len(lines)
    ways: Iterable[tuple[int, ...]] = product((1, 0, -1), repeat=count)
    if count > _FEW:
        ones = (tuple(int(number == place) for number in range(count)) for place in range(count))
        ways = (tuple(sign * one for one in way) for way in (*ones, (1,) * count) for sign in (1, -1))
    for way in ways:
        if any(way):
            yield tuple(line + step * sign for line, sign in zip(lines, way, strict=True))


def _need(area: Block, depths: Depths, page: IssuePage) -> Need:
    gap = gap_below(area, page)
    weight = area.columns * (1 if isinstance(area.content, StoryContent) else FIRM)
    least, natural, most = (lines + gap for lines in depths[:3])
    return Need(area.band, area.bands, least, natural, most, weight, depths.white, depths.price)


def _with_holes(block: MeasuredBlock, holes: tuple[Hole, ...]) -> MeasuredBlock:
    return block.with_notches(holes) if isinstance(block, RoundStory) else block


def _least_above(block: MeasuredBlock, notch: Notch) -> int:
    return block.least_above(notch) if isinstance(block, RoundStory) else 0


def _is_surrounded(notch: Notch, area: Block) -> bool:
    """Return whether an area goes on above and below its notch."""
    return area.band < notch.band and notch.band + notch.bands < area.band + area.bands


def _guessed(notch: Notch, depth: int, area: Block, page: IssuePage, grid: PageGrid) -> Hole:
    """Return the hole of a notch of which only the depth is known; one within the area is taken to stand in its middle."""
    x, width = grid.x(notch.column) - grid.x(area.column), grid.width(notch.columns, notch.column)
    if notch.band == area.band:
        return Hole(x, width, depth)
    if _is_surrounded(notch, area):
        return Hole(x, width, depth + GAP, Anchor.MIDDLE)
    return Hole(x, width, depth + GAP - gap_below(area, page), Anchor.FOOT)


def holes_of(area: Block, bands: Sequence[int], page: IssuePage, grid: PageGrid) -> tuple[Hole, ...]:
    """Return the holes of an area's notches where bands put them."""
    holes = []
    for notch in area.notches:
        hole = _guessed(notch, sum(bands[notch.band : notch.band + notch.bands]), area, page, grid)
        if hole.anchor is Anchor.MIDDLE:
            hole = hole._replace(anchor=Anchor.TOP, line=sum(bands[area.band : notch.band]) - GAP)
        holes.append(hole)
    return tuple(holes)

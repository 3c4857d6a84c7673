"""The depths of a page's bands: what each area needs, and what areas with notches need beside their neighbours.

How deep a notched area must be follows from how deep its notches are. Each depth that suits the blocks in a notch is tried;
for each the bands are solved exactly, and the best page wins.
"""

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.flow.region import Anchor, Hole
from layout.flow.solve import Need, Wish, cost_of, solve_bands
from layout.manifest.areas import FurnitureArea
from layout.manifest.issue import Block, HeadlineContent, IssuePage, Notch, StoryContent
from layout.page.block import MeasuredBlock
from layout.page.runround import RoundStory

GAP = 1
"""Lines of white below a block that does not stand at the foot of the page; a rule may stand in it."""

FIRM = 50
"""How much more a line that misfits furniture, a picture or an index counts than one that misfits a story."""

_MOST_TRIALS = 200
"""How many depths of notches are tried together."""

_ROUNDS = 3
"""How often an area with a notch in its middle is measured anew, since only the bands tell where that stands."""


class Bands(NamedTuple):
    """The depths of bands in lines, the blocks measured for them, and what each of these needs."""

    depths: tuple[int, ...]
    measured: tuple[MeasuredBlock, ...]
    needs: tuple[Need, ...]

    @property
    def cost(self) -> int:
        """How ill the depths suit."""
        return cost_of(self.depths, self.needs)


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


def solve_page(measured: Sequence[MeasuredBlock], page: IssuePage, grid: PageGrid) -> Bands:
    """Return the bands that suit the blocks of a page best."""
    notched = [block for block in measured if isinstance(block, RoundStory) and block.block.notches]
    if not notched:
        return _solved(tuple(measured), page, grid, ())
    plain = [block for block in measured if block not in notched]
    rough = _solved(tuple(plain), page, grid, ())
    notches = [notch for block in notched for notch in block.block.notches]
    choices = [_choices(notch, plain, rough.depths, page) for notch in notches]
    tried = (_with_depths(measured, dict(zip(notches, depths, strict=True)), page, grid) for depths in _trials(choices))
    return _settled(min(tried, key=lambda bands: bands.cost), page, grid)


def _trials(choices: Sequence[range]) -> Iterator[tuple[int, ...]]:
    return islice(product(*choices), _MOST_TRIALS)


def _need(measured: MeasuredBlock, page: IssuePage) -> Need:
    area, gap = measured.block, gap_below(measured.block, page)
    least, natural, most = measured.depths
    weight = area.columns * (1 if isinstance(area.content, StoryContent) else FIRM)
    return Need(area.band, area.bands, least + gap, natural + gap, most + gap, weight)


def _solved(measured: tuple[MeasuredBlock, ...], page: IssuePage, grid: PageGrid, more: Sequence[Need | Wish]) -> Bands:
    needs = tuple(_need(block, page) for block in measured)
    return Bands(solve_bands(grid.lines, page.bands.value, (*needs, *more)), measured, needs)


def _choices(notch: Notch, blocks: Sequence[MeasuredBlock], rough: Sequence[int], page: IssuePage) -> range:
    """Return the depths to try for a notch: those that suit the blocks in it, column for column."""
    pinned = page.bands.value[notch.band : notch.band + notch.bands]
    if all(pinned):
        return range(sum(pinned), sum(pinned) + 1)
    inside = [block for block in blocks if _lies_in(block.block, notch)]
    columns = [
        [_need(block, page) for block in inside if block.block.column <= column < block.block.column + block.block.columns]
        for column in range(notch.column, notch.column + notch.columns)
    ]
    full = [needs for needs in columns if sum(need.bands for need in needs) == notch.bands]
    usual = sum(rough[notch.band : notch.band + notch.bands])
    least = max((sum(need.least for need in needs) for needs in full), default=usual)
    most = min((sum(need.most for need in needs) for needs in full), default=usual)
    return range(min(least, most), max(least, most) + 1)


def _lies_in(block: Block, notch: Notch) -> bool:
    return (
        notch.column <= block.column
        and block.column + block.columns <= notch.column + notch.columns
        and notch.band <= block.band
        and block.band + block.bands <= notch.band + notch.bands
    )


def _with_depths(measured: Sequence[MeasuredBlock], depths: dict[Notch, int], page: IssuePage, grid: PageGrid) -> Bands:
    """Return the best bands in which the notches have given depths."""
    blocks = tuple(
        block.with_notches(tuple(_guessed(notch, depths[notch], block.block, page, grid) for notch in block.block.notches))
        if isinstance(block, RoundStory)
        else block
        for block in measured
    )
    firm = [Need(notch.band, notch.bands, depth, depth, depth, FIRM) for notch, depth in depths.items()]
    return _solved(blocks, page, grid, [*firm, *_wishes(blocks, depths)])


def _wishes(blocks: Sequence[MeasuredBlock], depths: dict[Notch, int]) -> Iterator[Wish]:
    """Yield what puts a notch that text surrounds in the middle of its area."""
    for block in blocks:
        area = block.block
        for notch in area.notches:
            if area.band < notch.band and notch.band + notch.bands < area.band + area.bands:
                yield Wish(area.band, notch.band - area.band, (block.depths.natural - depths[notch]) // 2)


def _guessed(notch: Notch, depth: int, block: Block, page: IssuePage, grid: PageGrid) -> Hole:
    """Return the hole of a notch of which only the depth is known; one within the area is taken to stand in its middle."""
    x, width = grid.x(notch.column) - grid.x(block.column), grid.width(notch.columns, notch.column)
    if notch.band == block.band:
        return Hole(x, width, depth)
    if notch.band + notch.bands == block.band + block.bands:
        return Hole(x, width, depth + GAP - gap_below(block, page), Anchor.FOOT)
    return Hole(x, width, depth + GAP, Anchor.MIDDLE)


def _settled(bands: Bands, page: IssuePage, grid: PageGrid) -> Bands:
    """Return bands whose notched areas are measured for where their notches stand."""
    for _ in range(_ROUNDS):
        placed = tuple(_placed(block, bands.depths, page, grid) for block in bands.measured)
        again = _solved(placed, page, grid, _kept(bands))
        if again.depths == bands.depths:
            return again
        bands = again
    placed = tuple(_placed(block, bands.depths, page, grid) for block in bands.measured)
    return bands._replace(measured=placed)


def _kept(bands: Bands) -> list[Need]:
    """Return the needs that keep the depths of all notches."""
    notches = {notch for block in bands.measured for notch in block.block.notches}
    depths = {notch: sum(bands.depths[notch.band : notch.band + notch.bands]) for notch in notches}
    return [Need(notch.band, notch.bands, depth, depth, depth, FIRM) for notch, depth in depths.items()]


def _placed(block: MeasuredBlock, depths: Sequence[int], page: IssuePage, grid: PageGrid) -> MeasuredBlock:
    """Return a notched story with its notches where the bands put them."""
    if not isinstance(block, RoundStory):
        return block
    area, holes = block.block, []
    for notch in area.notches:
        guessed = _guessed(notch, sum(depths[notch.band : notch.band + notch.bands]), area, page, grid)
        if guessed.anchor is Anchor.MIDDLE:
            above = sum(depths[area.band : notch.band]) - GAP
            guessed = guessed._replace(anchor=Anchor.TOP, line=above)
        holes.append(guessed)
    return block.with_notches(tuple(holes))

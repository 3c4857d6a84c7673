"""Hairlines between stories: below one, and in the gutter between two.

A border or a tint is rule enough, and so is the white of a fold.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby, permutations, product
from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.design.plan import RULE
from layout.frame import Placed
from layout.manifest.issue import AdvertContent, Block, IssuePage, StoryContent
from layout.page.bands import GAP, gap_below
from layout.page.borders.enclosure import is_enclosed
from layout.page.rules import horizontal, vertical


class _Piece(NamedTuple):
    """A part of an area whose columns reach over the same bands: columns and bands, each with the one after the last."""

    column: int
    end: int
    band: int
    below: int


class _Area(NamedTuple):
    """An area with its parts."""

    block: Block
    pieces: tuple[_Piece, ...]

    @property
    def is_open_story(self) -> bool:
        """Whether it is a story without a border or a tint."""
        return isinstance(self.block.content, StoryContent) and not is_enclosed(self.block.content)

    @property
    def is_advert(self) -> bool:
        """Whether it is an advert, whose border is rule enough."""
        return isinstance(self.block.content, AdvertContent) and is_enclosed(self.block.content)


def story_rules(page: IssuePage, bands: Sequence[int], grid: PageGrid) -> Iterator[Placed]:
    """Yield the rules between the stories of a page whose bands have these depths."""
    areas = [_Area(block, tuple(_pieces(block))) for block in page.blocks]
    stories = [area for area in areas if area.is_open_story]
    for area in stories:
        yield from _rules_below(area, areas, page, bands, grid)
    for left, right in permutations(stories, 2):
        for piece, other in product(left.pieces, right.pieces):
            if other.column == piece.end != grid.fold:
                top = sum(bands[: max(piece.band, other.band)])
                foot = min(_foot(piece, page, bands), _foot(other, page, bands))
                if foot > top:
                    x = grid.x(other.column) - grid.gutter // 2
                    yield vertical(x, grid.y(top), (foot - top) * grid.pitch, RULE)


def _rules_below(
    area: _Area, areas: Sequence[_Area], page: IssuePage, bands: Sequence[int], grid: PageGrid
) -> Iterator[Placed]:
    """Yield the rules below an area; above what stands in its notches there is one only where that is a story."""
    for piece in area.pieces:
        below = [other for other in areas if any(_stands_below(part, piece) for part in other.pieces)]
        if below and all(other.is_advert for other in below):
            continue
        is_last = piece.below == area.block.band + area.block.bands
        if gap_below(area.block, page) if is_last else any(other.is_open_story for other in below):
            y = grid.y(sum(bands[: piece.below]) - GAP) + grid.pitch * GAP // 2
            yield horizontal(grid.x(piece.column), y, grid.width(piece.end - piece.column, piece.column), RULE)


def _stands_below(other: _Piece, piece: _Piece) -> bool:
    return other.band == piece.below and other.column < piece.end and piece.column < other.end


def _foot(piece: _Piece, page: IssuePage, bands: Sequence[int]) -> int:
    """Return the line after the last one of a piece, without the white below it."""
    return sum(bands[: piece.below]) - (GAP if piece.below < len(page.bands.value) else 0)


def _pieces(block: Block) -> Iterator[_Piece]:
    """Yield the parts of an area, each as wide as its columns reach over the same bands."""
    columns = range(block.column, block.column + block.columns)
    for runs, group in groupby(columns, lambda column: tuple(_runs(block, column))):
        members = list(group)
        for band, below in runs:
            yield _Piece(members[0], members[-1] + 1, band, below)


def _runs(block: Block, column: int) -> Iterator[tuple[int, int]]:
    """Yield where a column of an area has cells of its own: the first band of each run, and the band after its last."""
    start = block.band
    lacking = sorted(notch[2:] for notch in block.notches if notch.column <= column < notch.column + notch.columns)
    for band, count in (*lacking, (block.band + block.bands, 0)):
        if band > start:
            yield start, band
        start = band + count

"""A head over several stories (通栏题、大标题、集纳题): an area with words and no text, right above its stories."""

from typing import NamedTuple

from layout.frame import Frame, Mark, MarkKind, Placed
from layout.manifest.issue import Block, HeadlineContent
from layout.page.block import Depths, PlacedBlock, Setting, shallow
from layout.page.heads.headline import HeadBlock, set_head
from layout.page.parts import Parts, area_parts
from layout.page.stories.story import GIVE


class SpanningHead(NamedTuple):
    """A measured head over several stories."""

    block: Block
    content: HeadlineContent
    setting: Setting
    head: HeadBlock

    @property
    def depths(self) -> Depths:
        """Its own depth, and the white that it may take on."""
        return Depths(self.head.depth, self.head.depth, self.head.depth + GIVE)

    def place(self, depth: int) -> PlacedBlock:
        """Return the head in `depth` lines."""
        grid, story = self.setting.design.grid, self.content.story
        width, height = grid.width(self.block.columns, self.block.column), depth * grid.pitch
        items = (Placed(0, 0, Mark(MarkKind.STORY, story.name, story.title)), Placed(0, 0, self.head.place(height)))
        problems = (*self.head.problems, *shallow(self.block, depth, self.head.depth, self.setting))
        return PlacedBlock(Frame(width, height, items), self._parts(depth), problems)

    def _parts(self, depth: int) -> Parts:
        grid = self.setting.design.grid
        head = self.head.part(depth * grid.pitch, self.content.story.title)
        parts = area_parts(self.block, grid, depth)
        return parts._replace(head=head, largest=head.size, over=self.content.over or self._right_below())

    def _right_below(self) -> tuple[str, ...]:
        """Return the letters of the areas right below, within its columns."""
        own, below = self.block, self.block.band + self.block.bands
        return tuple(
            other.letter
            for other in self.setting.page.blocks
            if other.band == below and own.column <= other.column <= other.column + other.columns <= own.column + own.columns
        )


def measure_spanning_head(block: Block, content: HeadlineContent, setting: Setting) -> SpanningHead:
    """Return the head set over the width of its area."""
    width = setting.design.grid.width(block.columns, block.column)
    head = set_head(content.story, content.head, width, setting.design, setting.shaper, block.letter)
    return SpanningHead(block, content, setting, head)

"""The areas of masthead and date bar."""

from typing import NamedTuple

from layout.frame import Frame
from layout.manifest.areas import FurnitureArea
from layout.manifest.issue import Block
from layout.page.block import Depths, PlacedBlock, Setting, shallow
from layout.page.furniture.datebar import DEPTHS, date_bar
from layout.page.furniture.masthead import masthead, masthead_depths
from layout.page.furniture.piece import furniture_mark
from layout.page.parts import area_parts


class FurnitureBlock(NamedTuple):
    """The masthead or the date bar in its area."""

    block: Block
    content: FurnitureArea
    setting: Setting

    @property
    def depths(self) -> Depths:
        """The depths that suit a date bar, or a masthead of this width."""
        if self.content.kind == "datebar":
            return DEPTHS
        grid = self.setting.design.grid
        return masthead_depths(self.setting, grid.width(self.block.columns, self.block.column))

    def place(self, depth: int) -> PlacedBlock:
        """Return the furniture in `depth` lines."""
        grid = self.setting.design.grid
        width, height = grid.width(self.block.columns, self.block.column), depth * grid.pitch
        parts = area_parts(self.block, grid, depth)
        title = ""
        if self.content.kind == "masthead":
            made = masthead(self.setting, width, height)
            parts = parts._replace(name=made.size)
            title = self.setting.issue.paper.name.text if self.setting.issue.masthead is not None else ""
        else:
            made = date_bar(self.setting, width)
            parts = parts._replace(largest=made.size)
        frame = Frame(width, height, (furniture_mark(self.content.kind, title), *made.items))
        problems = shallow(self.block, depth, self.depths.least, self.setting)
        return PlacedBlock(frame, parts, (*problems, *made.problems))

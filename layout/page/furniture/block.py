"""The areas of masthead and date bar."""

from typing import NamedTuple

from layout.design.plan import HEAVY_RULE
from layout.frame import Frame, Placed
from layout.manifest.areas import FurnitureArea
from layout.manifest.issue import Block
from layout.manifest.paper import MastheadForm
from layout.page.block import Depths, PlacedBlock, Setting, shallow
from layout.page.furniture.datebar import DEPTHS, date_bar
from layout.page.furniture.masthead import masthead, masthead_depths
from layout.page.furniture.piece import furniture_mark
from layout.page.furniture.words import kinds_on
from layout.page.parts import area_parts
from layout.page.rules import horizontal


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
        rule: tuple[Placed, ...] = ()
        if self.content.kind == "masthead":
            rule = self._rule_below(depth)
            made = masthead(self.setting, width, height - (grid.pitch if rule else 0))
            parts = parts._replace(name=made.size)
            title = self.setting.issue.paper.name.text if self.setting.issue.masthead is not None else ""
        else:
            made = date_bar(self.setting, width)
            parts = parts._replace(largest=made.size)
        frame = Frame(width, height, (furniture_mark(self.content.kind, title), *made.items, *rule))
        problems = shallow(self.block, depth, self.depths.least, self.setting)
        return PlacedBlock(frame, parts, (*problems, *made.problems))

    def _rule_below(self, depth: int) -> tuple[Placed, ...]:
        """Return the heavy rule under a masthead that stands for the date bar, and under all that ends on its line."""
        grid, page, foot = self.setting.design.grid, self.setting.page, self.block.band + self.block.bands
        form = self.setting.issue.paper.masthead.form
        if form is not MastheadForm.LEFT or "datebar" in kinds_on(page) or foot == len(page.bands.value):
            return ()
        ending = [block for block in page.blocks if block.band + block.bands == foot]
        first = min(block.column for block in ending)
        last = max(block.column + block.columns for block in ending)
        x, right = grid.x(first), grid.x(last - 1) + grid.width(1)
        return (horizontal(x - grid.x(self.block.column), depth * grid.pitch - grid.pitch // 2, right - x, HEAVY_RULE),)

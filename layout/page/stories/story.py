"""A story in its area: head over the full width, legs below it, a border where one is asked for."""

from collections.abc import Sequence
from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.diagnostics import Diagnostic, finding
from layout.flow.fit import FURTHEST, refits, refitted, without_widows
from layout.flow.galley import Galley, set_galley, shape_story
from layout.flow.pour import Filled, balance, capacities, pour
from layout.flow.region import LEAST_MEASURE, Region, Stretch, depth_of, share_width
from layout.flow.solve import Price
from layout.frame import Frame, Mark, MarkKind, Placed
from layout.geometry import Rect
from layout.manifest.issue import Block, StoryContent
from layout.page.block import Depths, PlacedBlock, Setting, shallow
from layout.page.borders.enclosure import Padding, enclosure, padding
from layout.page.heads.headline import HeadBlock, set_head
from layout.page.heads.sidehead import SideHead, set_side_head
from layout.page.parts import Parts, area_parts, poured_legs
from layout.page.stories.fit import overset, too_deep, underset, uneven
from layout.page.stories.legs import leg_places, set_legs
from layout.script.rules import Axis

GIVE = 3
"""Lines of white that a head may take on beyond its own."""


class StoryBlock(NamedTuple):
    """A measured story."""

    block: Block
    content: StoryContent
    setting: Setting
    head: HeadBlock
    side: SideHead | None
    galley: Galley
    region: Region
    stretches: tuple[Stretch, ...]
    problems: tuple[Diagnostic, ...]
    tighter: tuple[Galley, ...] = ()
    looser: tuple[Galley, ...] = ()

    @property
    def padding(self) -> Padding:
        """What lies between the area's edge and the text."""
        return padding(self.content, self.setting.design.grid)

    @property
    def pad(self) -> int:
        """Lines below the text in a border or on a tint, and above it where no head stands there."""
        return self.padding.lines

    @property
    def above(self) -> int:
        """Lines above the text: the head with its white, or the border's white where the head stands beside the text."""
        return self.head.depth + self.padding.lowered if self.head.depth else self.pad

    @property
    def _give(self) -> int:
        return GIVE if self.side is None else 0

    @property
    def depths(self) -> Depths:
        """The head's depth and the longest leg's, and the white that the head may take on, or text without a head."""
        text = depth_of(self.stretches)
        beside = max(text, self.side.depth) if self.side is not None else text
        natural = self.above + beside + self.pad
        least = natural - (len(self.tighter) if beside == text else 0)
        return Depths(least, natural, natural + self._give + len(self.looser), self._give, Price.SQUEEZE)

    def place(self, depth: int) -> PlacedBlock:
        """Return the story in `depth` lines; what does not fit, or what stays empty, is a finding."""
        return self._suited(depth)._placed(depth)

    def _suited(self, depth: int) -> "StoryBlock":
        """Return the story with its paragraphs set tighter or looser where its depth asks and its area allows that."""
        natural = self.above + depth_of(self.stretches) + self.pad
        if depth < natural and self.tighter:
            return self._with(self.tighter[: natural - depth][-1])
        if depth > natural + self._give and self.looser:
            return self._with(self.looser[: depth - natural - self._give][-1])
        return self

    def _with(self, galley: Galley) -> "StoryBlock":
        return self._replace(galley=galley, stretches=balance(galley, self.region))

    def _placed(self, depth: int) -> PlacedBlock:
        room = max(0, depth - self.pad - self.above)
        stretches = self.stretches if depth_of(self.stretches) <= room else self.region.stretches(room)
        filled = pour(self.galley, capacities(stretches))
        left = depth - self.pad - depth_of(stretches)
        white = max(0, min(self._give, left - self.above))
        above = min(left, self.above + (white if self.head.depth else white // 2))
        spare = max(0, left - self.above - white)
        found = self._shallow(depth) or self._fit(filled, spare, room)
        problems = (*self.problems, *self.head.problems, *self.galley.findings, *found)
        frame, parts = self.frame(depth, above, stretches, filled), self.parts(depth, above, stretches, filled)
        return PlacedBlock(frame, parts, problems)

    def _shallow(self, depth: int) -> tuple[Diagnostic, ...]:
        """Return a finding where the area has no room for its head and a line of text."""
        beside = self.side.depth if self.side is not None else min(1, self.galley.depth)
        return shallow(self.block, depth, self.above + self.pad + beside, self.setting)

    def _fit(self, filled: Filled, spare: int, room: int) -> tuple[Diagnostic, ...]:
        """Return a finding where the text is too long for legs of `room` lines, too short by `spare` in each, or uneven."""
        if filled.rest:
            more = -(-sum(line.depth for line in filled.rest) // len(self.region.legs))
            found = overset(self.block, self.setting, filled.rest, more, self._could_be_tighter(more))
            return (*too_deep(self.block, filled.rest, room), *found)
        if spare:
            lines = spare * len(self.region.legs)
            characters = lines * (self.region.legs[0].measure // self.setting.design.grid.em)
            return underset(self.block, self.setting, characters, lines, spare)
        return uneven(self.block, self.setting) if max(filled.depths) - min(filled.depths) > 1 else ()

    def _could_be_tighter(self, lines: int) -> bool:
        """Return whether a story whose paragraphs may not be squeezed would fit if they might."""
        if lines > FURTHEST or self.content.squeeze.tightens:
            return False
        return refitted(self.galley, self.region, depth_of(self.stretches) - lines) is not None

    def frame(self, depth: int, above: int, stretches: Sequence[Stretch], filled: Filled) -> Frame:
        """Return the story with so many lines above its text."""
        grid = self.setting.design.grid
        width, height = grid.width(self.block.columns, self.block.column), depth * grid.pitch
        inset, lowered = self.padding.ems * grid.em, self.padding.lowered * grid.pitch
        story = self.content.story
        items = [
            Placed(0, 0, Mark(MarkKind.STORY, story.name, story.title)),
            *enclosure(self.content, Rect(0, 0, width, height), grid),
        ]
        beside = 0
        if self.side is None:
            items.append(Placed(inset, lowered, self.head.place(above * grid.pitch - lowered)))
        else:
            beside = self.side.ems * grid.em
            head = self.side.place(beside - grid.em, (depth - 2 * self.pad) * grid.pitch)
            items.append(Placed(inset, self.pad * grid.pitch, head))
        items.append(Placed(inset + beside, above * grid.pitch, set_legs(filled, stretches, grid, height)))
        return Frame(width, height, tuple(items))

    def parts(self, depth: int, above: int, stretches: Sequence[Stretch], filled: Filled) -> Parts:
        """Return where head and legs stand, as `frame` sets them."""
        grid, story = self.setting.design.grid, self.content.story
        inset, pad, lowered = self.padding.ems * grid.em, self.pad * grid.pitch, self.padding.lowered * grid.pitch
        y, beside = above * grid.pitch, 0
        if self.side is None:
            head = self.head.part(y - lowered, story.title).moved(inset, lowered) if self.head.lines else None
        else:
            beside = self.side.ems * grid.em
            head = self.side.part(beside - grid.em, depth * grid.pitch - 2 * pad, story.title).moved(inset, pad)

        legs = poured_legs(self.galley, story, filled, leg_places(stretches, inset + beside, y, grid))
        parts = area_parts(self.block, grid, depth)
        return parts._replace(head=head, legs=legs, inset=inset, largest=max(head.size if head else 0, grid.em))


def measure_story(block: Block, content: StoryContent, setting: Setting) -> StoryBlock:
    """Return the story set for its area: head over the full width or beside the text, galley at the legs' measure."""
    grid = setting.design.grid
    ems = grid.ems_across(block.columns, block.column) - 2 * padding(content, grid).ems
    if content.head.direction is Axis.VERTICAL:
        return _beside(block, content, setting, ems)
    head = set_head(content.story, content.head, ems * grid.em, setting.design, setting.shaper, block.letter)
    return _with_text(block, content, setting, head, None, ems)


def crosses_fold(block: Block, grid: PageGrid) -> bool:
    """Return whether an area reaches over the fold of a spread."""
    return grid.crosses_fold(block.columns, block.column)


def leg_count(block: Block, content: StoryContent, ems: int, grid: PageGrid) -> tuple[int, tuple[Diagnostic, ...]]:
    """Return how many legs a text of so many ems gets; fewer than are asked for is a finding."""
    wanted = content.columns or block.columns
    count = max(1, min(wanted, (ems + grid.gutter_ems) // (LEAST_MEASURE + grid.gutter_ems)))
    if count == wanted and ems >= LEAST_MEASURE:
        return count, ()
    values = {"area": block.letter, "wanted": wanted, "most": count, "least": LEAST_MEASURE}
    return count, (finding("legs-too-narrow", block.span, **values),)


def _beside(block: Block, content: StoryContent, setting: Setting, ems: int) -> StoryBlock:
    """Return a story with its head beside the text: the head is sized for the depth that the text then has."""
    design, story = setting.design, content.story
    none = HeadBlock((), 0, 0, ())
    deepest = design.grid.area.height
    side = set_side_head(story, content.head, deepest, design, setting.shaper, block.letter)
    while True:
        made = _with_text(block, content, setting, none, side, ems - side.ems)
        text = depth_of(made.stretches)
        smaller = set_side_head(story, content.head, text * design.grid.pitch, design, setting.shaper, block.letter)
        if smaller.ems == side.ems:
            return made._replace(side=smaller)
        side = smaller


def _with_text(
    block: Block, content: StoryContent, setting: Setting, head: HeadBlock, side: SideHead | None, ems: int
) -> StoryBlock:
    grid = setting.design.grid
    count, narrow = leg_count(block, content, ems, grid)
    region = share_width(max(LEAST_MEASURE, ems), count, grid.gutter_ems, grid.em)
    shaped = shape_story(content.story, grid, setting.shaper)
    galley = without_widows(set_galley(shaped, region.legs[0].measure, grid.em, setting.shaper.break_lines), region)
    stretches = balance(galley, region)
    problems = (*side.problems, *narrow) if side is not None else narrow
    tighter = tuple(refits(galley, region, -1)) if content.squeeze.tightens else ()
    looser = tuple(refits(galley, region, 1)) if content.squeeze.loosens else ()
    return StoryBlock(block, content, setting, head, side, galley, region, stretches, problems, tighter, looser)

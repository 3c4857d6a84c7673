"""A story in its area: head over the full width, legs below it, a border where one is asked for."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from layout.diagnostics import Diagnostic, finding
from layout.flow.fit import FURTHEST, refits, refitted, without_widows
from layout.flow.galley import Galley, GalleyLine, LineKind, set_galley, shape_story
from layout.flow.pour import Filled, balance, pour
from layout.frame import Frame, Mark, MarkKind, Placed
from layout.geometry import Rect
from layout.manifest.issue import Block, StoryContent
from layout.page.block import Depths, PlacedBlock, Setting, shallow
from layout.page.borders.enclosure import Padding, enclosure, padding
from layout.page.fit import overset, underset, uneven
from layout.page.headline import HeadBlock, set_head
from layout.page.parts import Parts, area_parts, poured_legs
from layout.page.sidehead import SideHead, set_side_head
from layout.script.rules import Axis
from layout.text.justify import set_line
from layout.text.measure import natural_width
from layout.units import Emu

LEAST_MEASURE = 5
"""The narrowest leg in ems; CLREQ's body lines have ten, captions and tables may have fewer."""

GIVE = 3
"""Lines of white that a head may take on beyond its own."""


@dataclass(frozen=True, slots=True)
class Legs:
    """The columns in which a story runs: how many, their measure and the distance from one to the next."""

    count: int
    measure: Emu
    step: Emu


def share_width(ems: int, legs: int, gutter: int, em: Emu) -> Legs:
    """Return the legs of an area `ems` wide: whole ems each, and what does not divide goes to the gaps (破栏)."""
    measure = (ems - (legs - 1) * gutter) // legs
    spare = (ems - legs * measure) * em
    step = measure * em + (spare // (legs - 1) if legs > 1 else 0)
    return Legs(legs, measure * em, step)


class StoryBlock(NamedTuple):
    """A measured story."""

    block: Block
    content: StoryContent
    setting: Setting
    head: HeadBlock
    side: SideHead | None
    galley: Galley
    legs: Legs
    capacities: tuple[int, ...]
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
    def _above(self) -> int:
        """Lines above the text: the head with its white, or the border's white where the head stands beside the text."""
        return self.head.depth + self.padding.lowered if self.head.depth else self.pad

    @property
    def _give(self) -> int:
        return GIVE if self.head.depth else 0

    @property
    def depths(self) -> Depths:
        """The head's depth and the longest leg's, and the white that the head may take on."""
        text = max(self.capacities, default=0)
        beside = max(text, self.side.depth) if self.side is not None else text
        natural = self._above + beside + self.pad
        least = natural - (len(self.tighter) if beside == text else 0)
        return Depths(least, natural, natural + self._give + len(self.looser))

    def place(self, depth: int) -> PlacedBlock:
        """Return the story in `depth` lines; what does not fit, or what stays empty, is a finding."""
        return self._suited(depth)._placed(depth)

    def _suited(self, depth: int) -> "StoryBlock":
        """Return the story with its paragraphs set tighter or looser where its depth asks and its area allows that."""
        natural = self._above + max(self.capacities, default=0) + self.pad
        if depth < natural and self.tighter:
            return self._with(self.tighter[: natural - depth][-1])
        if depth > natural + self._give and self.looser:
            return self._with(self.looser[: depth - natural - self._give][-1])
        return self

    def _with(self, galley: Galley) -> "StoryBlock":
        return self._replace(galley=galley, capacities=balance(galley, self.legs.count))

    def _placed(self, depth: int) -> PlacedBlock:
        text = max(self.capacities, default=0)
        room = max(0, depth - self.pad - self._above)
        capacities = self.capacities if text <= room else (room,) * self.legs.count
        filled = pour(self.galley, capacities)
        left = depth - self.pad - max(capacities, default=0)
        above = min(left, self._above + self._give)
        spare = left - above
        found = self._shallow(depth) or self._fit(filled, spare)
        problems = (*self.problems, *self.head.problems, *self.galley.findings, *found)
        return PlacedBlock(self._frame(depth, above, filled), self._parts(depth, above, filled), problems)

    def _shallow(self, depth: int) -> tuple[Diagnostic, ...]:
        """Return a finding where the area has no room for its head and a line of text."""
        beside = self.side.depth if self.side is not None else min(1, self.galley.depth)
        return shallow(self.block, depth, self._above + self.pad + beside, self.setting)

    def _fit(self, filled: Filled, spare: int) -> tuple[Diagnostic, ...]:
        """Return a finding where the text is too long, too short by `spare` lines in each leg, or ends unevenly."""
        if filled.rest:
            more = -(-sum(line.depth for line in filled.rest) // self.legs.count)
            return overset(self.block, self.setting, filled.rest, more, self._could_be_tighter(more))
        if spare:
            lines = spare * self.legs.count
            characters = lines * (self.legs.measure // self.setting.design.grid.em)
            return underset(self.block, self.setting, characters, lines, spare)
        return uneven(self.block, self.setting) if max(filled.depths) - min(filled.depths) > 1 else ()

    def _could_be_tighter(self, lines: int) -> bool:
        """Return whether a story whose paragraphs may not be squeezed would fit if they might."""
        if lines > FURTHEST or self.content.squeeze.tightens:
            return False
        return refitted(self.galley, self.legs.count, max(self.capacities, default=0) - lines) is not None

    def _frame(self, depth: int, above: int, filled: Filled) -> Frame:
        grid = self.setting.design.grid
        width, height = grid.width(self.block.columns), depth * grid.pitch
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
        items.append(Placed(inset + beside, above * grid.pitch, self._legs(filled, height)))
        return Frame(width, height, tuple(items))

    def _parts(self, depth: int, above: int, filled: Filled) -> Parts:
        """Return where head and legs stand, as `_frame` sets them."""
        grid, story, legs = self.setting.design.grid, self.content.story, self.legs
        inset, pad, lowered = self.padding.ems * grid.em, self.pad * grid.pitch, self.padding.lowered * grid.pitch
        y, beside = above * grid.pitch, 0
        if self.side is None:
            head = self.head.part(y - lowered, story.title).moved(inset, lowered) if self.head.lines else None
        else:
            beside = self.side.ems * grid.em
            head = self.side.part(beside - grid.em, depth * grid.pitch - 2 * pad, story.title).moved(inset, pad)

        def place(leg: int, lines: int) -> Rect:
            return Rect(inset + beside + leg * legs.step, y, legs.measure, lines * grid.pitch)

        poured = poured_legs(self.galley, story, filled, place)
        parts = area_parts(self.block, grid, depth)
        return parts._replace(head=head, legs=poured, inset=inset, largest=max(head.size if head else 0, grid.em))

    def _legs(self, filled: Filled, height: Emu) -> Frame:
        grid = self.setting.design.grid
        items: list[Placed] = [Placed(0, 0, Mark(MarkKind.BODY))]
        for number, leg in enumerate(filled.legs):
            x = number * self.legs.step
            for placed in leg:
                items += self._line(placed.galley_line, x, placed.line * grid.pitch + grid.baseline)
            if leg and leg[-1].galley_line.piece:
                items += _moved(leg[-1].galley_line.piece.foot, x, leg[-1].line * grid.pitch)
        return Frame(self.legs.step * self.legs.count, height, tuple(items))

    def _line(self, line: GalleyLine, x: Emu, baseline: Emu) -> list[Placed]:
        if line.piece is not None:
            return _moved(line.piece.items, x, baseline - self.setting.design.grid.baseline)
        indent = line.indent
        if line.kind is LineKind.SUBHEAD:
            indent = max(0, (self.legs.measure - natural_width(line.shaped, line.span)) // 2)
            baseline += (line.depth - 1) * self.setting.design.grid.pitch // 2
        runs = set_line(line.shaped, line.span, self.legs.measure - indent, line.fit)
        return [Placed(x + indent + run.x, baseline + run.y, run.item) for run in runs]


def _moved(items: Iterable[Placed], x: Emu, y: Emu) -> list[Placed]:
    return [Placed(x + placed.x, y + placed.y, placed.item) for placed in items]


def measure_story(block: Block, content: StoryContent, setting: Setting) -> StoryBlock:
    """Return the story set for its area: head over the full width or beside the text, galley at the legs' measure."""
    grid = setting.design.grid
    ems = grid.ems_across(block.columns) - 2 * padding(content, grid).ems
    if content.head.direction is Axis.VERTICAL:
        return _beside(block, content, setting, ems)
    head = set_head(content.story, content.head, ems * grid.em, setting.design, setting.shaper, block.letter)
    return _with_text(block, content, setting, head, None, ems)


def _beside(block: Block, content: StoryContent, setting: Setting, ems: int) -> StoryBlock:
    """Return a story with its head beside the text: the head is sized for the depth that the text then has."""
    design, story = setting.design, content.story
    none = HeadBlock((), 0, 0, ())
    deepest = design.grid.area.height
    side = set_side_head(story, content.head, deepest, design, setting.shaper, block.letter)
    while True:
        made = _with_text(block, content, setting, none, side, ems - side.ems)
        text = max(made.capacities, default=0)
        smaller = set_side_head(story, content.head, text * design.grid.pitch, design, setting.shaper, block.letter)
        if smaller.ems == side.ems:
            return made._replace(side=smaller)
        side = smaller


def _with_text(
    block: Block, content: StoryContent, setting: Setting, head: HeadBlock, side: SideHead | None, ems: int
) -> StoryBlock:
    grid = setting.design.grid
    wanted = content.columns or block.columns
    count = max(1, min(wanted, (ems + grid.gutter_ems) // (LEAST_MEASURE + grid.gutter_ems)))
    legs = share_width(max(LEAST_MEASURE, ems), count, grid.gutter_ems, grid.em)
    shaped = shape_story(content.story, grid, setting.shaper)
    galley = without_widows(set_galley(shaped, legs.measure, grid.em), legs.count)
    capacities = balance(galley, legs.count)
    problems = side.problems if side is not None else ()
    if count < wanted or ems < LEAST_MEASURE:
        values = {"area": block.letter, "wanted": wanted, "most": count, "least": LEAST_MEASURE}
        problems = (*problems, finding("legs-too-narrow", block.span, **values))
    tighter = tuple(refits(galley, legs.count, -1)) if content.squeeze.tightens else ()
    looser = tuple(refits(galley, legs.count, 1)) if content.squeeze.loosens else ()
    return StoryBlock(block, content, setting, head, side, galley, legs, capacities, problems, tighter, looser)

"""A story that runs down the page (竖排): its lines stand from right to left, in tiers (档) that lie above each other.

Vertical text ends ragged: its shortage stays at the end of the last tier (CLREQ
`#major_differences_between_horizontal_and_vertical_writing_modes`). The head stands at the right, where reading begins, or
level over the text.
"""

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.design.plan import RULE
from layout.diagnostics import Diagnostic, finding
from layout.flow.fit import FURTHEST, with_lines
from layout.flow.galley import SUBHEAD_LINES, Galley, GalleyLine, LineKind, set_galley, shape_story
from layout.flow.least import least_depth
from layout.flow.pour import Filled, holds, pour
from layout.flow.region import LEAST_MEASURE
from layout.frame import Frame, Mark, MarkKind, Placed
from layout.geometry import Rect
from layout.manifest.issue import Block, StoryContent
from layout.page.block import Depths, PlacedBlock, Setting, lines_for, shallow
from layout.page.borders.enclosure import Padding, enclosure, padding
from layout.page.heads.headline import HeadBlock, set_head
from layout.page.heads.sidehead import SideHead, set_side_head
from layout.page.parts import HeadPart, Parts, area_parts, poured_legs
from layout.page.rules import horizontal, vertical
from layout.page.stories.fit import crowded, overset, underset, uneven
from layout.page.stories.story import GIVE
from layout.page.stories.tiers import Tiers, breadth_of_lines, depth_of_tiers, lines_across, share_height
from layout.script.rules import Axis
from layout.text.justify import set_line
from layout.text.measure import natural_width
from layout.units import Emu

_SUBHEAD_INDENT = 4
"""Ems by which a subhead stands in: two more than a paragraph."""

GalleyOf = Callable[[int], Galley]
"""The story set in lines of so many ems."""


class VerticalStory(NamedTuple):
    """A measured story that runs down the page.

    `lines` is how many lines stand beside each other in a tier, and `text` the least depth of the tiers in page lines.
    """

    block: Block
    content: StoryContent
    setting: Setting
    head: HeadBlock | SideHead
    galley: GalleyOf
    lines: int = 1
    text: int = 0
    problems: tuple[Diagnostic, ...] = ()

    @property
    def padding(self) -> Padding:
        """What lies between the area's edge and the text."""
        return padding(self.content, self.setting.design.grid)

    @property
    def pad(self) -> int:
        """Lines below the text in a border or on a tint, and above it where no head stands there."""
        return self.padding.lines

    @property
    def wanted(self) -> int:
        """The number of tiers that the manifest asks for."""
        return self.content.columns or 1

    @property
    def least_ems(self) -> int:
        """The shortest lines that the story may have."""
        return LEAST_MEASURE if self.content.story.paragraphs else 0

    @property
    def _above(self) -> int:
        """Lines above the text: a level head with its white, or the border's white."""
        return self.head.depth + self.padding.lowered if isinstance(self.head, HeadBlock) else self.pad

    @property
    def _give(self) -> int:
        return GIVE if isinstance(self.head, HeadBlock) else 0

    def _depth(self, text: int) -> int:
        """Return the depth of the block whose text is `text` lines deep."""
        beside = self.head.depth if isinstance(self.head, SideHead) else 0
        return self._above + max(text, beside) + self.pad

    @property
    def depths(self) -> Depths:
        """The least depth in which the story fits; up to `most` its lines are no longer than in that one."""
        natural = self._depth(self.text)
        longer = depth_of_tiers(self.wanted, self._tiers(natural - self._above).ems + 1, self.setting.design.grid)
        return Depths(natural, natural, self._depth(longer - 1) + self._give)

    def place(self, depth: int) -> PlacedBlock:
        """Return the story in `depth` lines; what does not fit, or what stays empty, is a finding."""
        above = self._above + min(self._give, max(0, depth - self._depth(self.text)))
        tiers = self._tiers(depth - above)
        has_room = tiers.ems >= self.least_ems
        galley = self.galley(tiers.ems if has_room else self.least_ems)
        filled = pour(galley, (self.lines if has_room else 0,) * tiers.count)
        if filled.rest and self.content.squeeze.tightens:
            galley, filled = self._tighter(galley, filled)
        found = self._shallow(depth) or (*self._too_short(tiers, depth), *self._fit(tiers, filled, depth))
        problems = (*self.problems, *self.head.problems, *galley.findings, *found)
        parts = self._parts(depth, above, galley, tiers, filled)
        return PlacedBlock(self._frame(depth, above, tiers, filled), parts, problems)

    def _tighter(self, galley: Galley, filled: Filled) -> tuple[Galley, Filled]:
        """Return the story with paragraphs set tighter until the rest has room, or as it was where that is not to be had."""
        rest = sum(line.depth for line in filled.rest)
        made = with_lines(galley, -rest) if rest <= FURTHEST * len(filled.legs) else None
        return (galley, filled) if made is None else (made, pour(made, (self.lines,) * len(filled.legs)))

    def fits(self, count: int, ems: int) -> bool:
        """Return whether the text fits into so many tiers with lines of so many ems."""
        return holds(self.galley(ems), (self.lines,) * count)

    def _tiers(self, below_head: int) -> Tiers:
        """Return the tiers in the lines below the head: as many as are wanted without being too short."""
        shares = [share_height(below_head - self.pad, count, self.setting.design.grid) for count in range(self.wanted, 0, -1)]
        return next((tiers for tiers in shares if tiers.ems >= self.least_ems), shares[-1])

    def _shallow(self, depth: int) -> tuple[Diagnostic, ...]:
        """Return a finding where the area has no room for its head and the shortest tier."""
        least = self._depth(depth_of_tiers(1, self.least_ems, self.setting.design.grid))
        return shallow(self.block, depth, least, self.setting)

    def _too_short(self, tiers: Tiers, depth: int) -> tuple[Diagnostic, ...]:
        if tiers.count == self.wanted:
            return ()
        values = {"area": self.block.letter, "wanted": self.wanted, "most": tiers.count, "least": LEAST_MEASURE}
        return (finding("tiers-too-short", self.block.span, depth=depth, **values),)

    def _fit(self, tiers: Tiers, filled: Filled, depth: int) -> tuple[Diagnostic, ...]:
        """Return a finding where the text is too long or ends unevenly, or where it would fit into the next shorter lines."""
        if filled.rest and self._least_lines() > self.wanted * self.lines:
            return crowded(self.block, self.setting, filled.rest, self._least_lines(), self.wanted * self.lines)
        if filled.rest:
            return overset(self.block, self.setting, filled.rest, self._more(tiers, filled, depth))
        last = max((number for number, used in enumerate(filled.depths) if used), default=0)
        spare = (tiers.count - last) * self.lines - filled.depths[last]
        shorter = self._shorter(tiers)
        explained = tiers.count * self.lines * (tiers.ems - shorter)
        if spare * tiers.ems > explained and self.fits(tiers.count, shorter):
            less = max(1, depth - self._depth(self.text))
            return underset(self.block, self.setting, spare * tiers.ems, spare, less)
        return uneven(self.block, self.setting) if any(used < self.lines for used in filled.depths[:last]) else ()

    def _least_lines(self) -> int:
        """Return how many lines the story has at least, however long they are: one a paragraph."""
        return sum(SUBHEAD_LINES if paragraph.is_subhead else 1 for paragraph in self.content.story.paragraphs)

    def _shorter(self, tiers: Tiers) -> int:
        """Return the ems of the lines that a depth too small for these tiers allows."""
        grid = self.setting.design.grid
        return share_height(depth_of_tiers(tiers.count, tiers.ems, grid) - 1, tiers.count, grid).ems

    def _more(self, tiers: Tiers, filled: Filled, depth: int) -> int:
        """Return the lines of depth that the rest wants: up to the least depth that fits, or else by its area."""
        grid = self.setting.design.grid
        if depth < self._depth(self.text) and self.fits(self.wanted, share_height(self.text, self.wanted, grid).ems):
            return self._depth(self.text) - depth
        return lines_for(sum(line.depth for line in filled.rest) * tiers.ems * grid.em, self.lines * grid.pitch)

    def _frame(self, depth: int, above: int, tiers: Tiers, filled: Filled) -> Frame:
        grid, story = self.setting.design.grid, self.content.story
        width, height = grid.width(self.block.columns, self.block.column), depth * grid.pitch
        text_x, text_y = self._text_place(above)
        items = (
            Placed(0, 0, Mark(MarkKind.STORY, story.name, story.title)),
            *enclosure(self.content, Rect(0, 0, width, height), grid),
            self._head(width, height, above * grid.pitch),
            Placed(text_x, text_y, self._text(tiers, filled)),
        )
        return Frame(width, height, items)

    def _head(self, width: Emu, height: Emu, above: Emu) -> Placed:
        if isinstance(self.head, HeadBlock):
            return Placed(self._head_x, self._lowered, self.head.place(above - self._lowered))
        return Placed(self._head_x, above, self.head.place(width - self._inset - self._head_x, height - 2 * above))

    @property
    def _inset(self) -> Emu:
        return self.padding.ems * self.setting.design.grid.em

    @property
    def _lowered(self) -> Emu:
        return self.padding.lowered * self.setting.design.grid.pitch

    @property
    def _head_x(self) -> Emu:
        """Where the head begins: with the area above the text, an em right of it beside it."""
        grid = self.setting.design.grid
        beside = 0 if isinstance(self.head, HeadBlock) else breadth_of_lines(self.lines, grid) + grid.em
        return self._inset + beside

    def _text_place(self, above: int) -> tuple[Emu, Emu]:
        """Return where the text begins: it keeps to the right below a head, to the left beside one."""
        grid = self.setting.design.grid
        spare = grid.width(self.block.columns, self.block.column) - 2 * self._inset - breadth_of_lines(self.lines, grid)
        x = self._inset + (spare if isinstance(self.head, HeadBlock) else 0)
        return x, above * grid.pitch + (grid.pitch - grid.em) // 2

    def _parts(self, depth: int, above: int, galley: Galley, tiers: Tiers, filled: Filled) -> Parts:
        """Return where head and tiers stand, as `_frame` sets them."""
        grid, story = self.setting.design.grid, self.content.story
        text_x, text_y = self._text_place(above)

        def place(tier: int, lines: int) -> Rect:
            breadth = breadth_of_lines(lines, grid)
            x = text_x + breadth_of_lines(self.lines, grid) - breadth
            return Rect(x, text_y + tier * tiers.step, breadth, tiers.ems * grid.em)

        head = self._head_part(depth * grid.pitch, above * grid.pitch)
        legs = poured_legs(galley, story, filled, place)
        parts = area_parts(self.block, grid, depth)
        return parts._replace(axis=Axis.VERTICAL, head=head, legs=legs, inset=self._inset, largest=max(head.size, grid.em))

    def _head_part(self, height: Emu, above: Emu) -> HeadPart:
        title = self.content.story.title
        if isinstance(self.head, HeadBlock):
            return self.head.part(above - self._lowered, title).moved(self._head_x, self._lowered)
        width = self.setting.design.grid.width(self.block.columns, self.block.column) - self._inset - self._head_x
        return self.head.part(width, height - 2 * above, title).moved(self._head_x, above)

    def _text(self, tiers: Tiers, filled: Filled) -> Frame:
        """Return the tiers, with a hairline in the white between two of them."""
        grid = self.setting.design.grid
        breadth, measure = breadth_of_lines(self.lines, grid), tiers.ems * grid.em
        items: list[Placed] = [Placed(0, 0, Mark(MarkKind.BODY))]
        for number, tier in enumerate(filled.legs):
            top = number * tiers.step
            if number:
                items.append(horizontal(0, top - (tiers.step - measure) // 2, breadth, RULE))
            for placed in tier:
                middle = breadth - grid.em // 2 - placed.line * grid.pitch
                items += _line(placed.galley_line, middle, top, measure, grid)
        return Frame(breadth, (tiers.count - 1) * tiers.step + measure, tuple(items))


def _line(line: GalleyLine, middle: Emu, top: Emu, measure: Emu, grid: PageGrid) -> Iterator[Placed]:
    """Yield a line round its middle; a subhead stands in, in the middle of the lines that it takes."""
    if line.kind is LineKind.RULE:
        yield vertical(middle, top, measure, RULE)
        return
    indent = line.indent
    if line.kind is LineKind.SUBHEAD:
        indent = max(0, min(_SUBHEAD_INDENT * grid.em, measure - natural_width(line.shaped, line.span)))
        middle -= (line.depth - 1) * grid.pitch // 2
    for run in set_line(line.shaped, line.span, measure - indent, line.fit):
        yield Placed(middle + run.x, top + indent + run.y, run.item)


def measure_vertical_story(block: Block, content: StoryContent, setting: Setting) -> VerticalStory:
    """Return the story set for its area, its head at the right of the text or level over it."""
    grid = setting.design.grid
    width = grid.width(block.columns, block.column) - 2 * padding(content, grid).ems * grid.em
    shaped = shape_story(content.story, grid, setting.shaper, Axis.VERTICAL)
    galley = cache(lambda ems: set_galley(shaped, ems * grid.em, grid.em))
    if content.head.direction is Axis.VERTICAL:
        return _beside(block, content, setting, width, galley)
    head = set_head(content.story, content.head, width, setting.design, setting.shaper, block.letter)
    return _with_text(VerticalStory(block, content, setting, head, galley), width)


def _beside(block: Block, content: StoryContent, setting: Setting, width: Emu, galley: GalleyOf) -> VerticalStory:
    """Return a story with its head at the right: the head is sized for the depth that the text then has."""
    design = setting.design
    size = partial(set_side_head, content.story, content.head, design=design, shaper=setting.shaper, area=block.letter)
    head = size(text_depth=design.grid.area.height)
    while True:
        made = _with_text(VerticalStory(block, content, setting, head, galley), width - head.ems * design.grid.em)
        smaller = size(text_depth=made.text * design.grid.pitch)
        if smaller.ems == head.ems:
            return made._replace(head=smaller)
        head = smaller


def _with_text(story: VerticalStory, width: Emu) -> VerticalStory:
    """Return the story with the lines that a width has room for, and the least depth in which they hold the text."""
    lines, words = lines_across(width, story.setting.design.grid), story.content.story
    if lines < 1:
        broad = finding("head-too-broad", words.headline.span, text=words.title, area=story.block.letter)
        story = story._replace(problems=(broad,))
    story = story._replace(lines=max(1, lines))
    return story._replace(text=_text_depth(story))


def _text_depth(story: VerticalStory) -> int:
    """Return the least depth in page lines in which the text fits, the page's own where none does."""
    grid, count = story.setting.design.grid, story.wanted
    guess, least = (depth_of_tiers(count, ems, grid) for ems in (_guess(story), story.least_ems))
    return least_depth(lambda lines: story.fits(count, share_height(lines, count, grid).ems), guess, least, grid.lines)


def _guess(story: VerticalStory) -> int:
    """Return about how many ems long the lines must be: a paragraph leaves half a line white, a subhead takes two."""
    paragraphs = [paragraph for paragraph in story.content.story.paragraphs if not paragraph.is_subhead]
    subheads = len(story.content.story.paragraphs) - len(paragraphs)
    characters = sum(len(paragraph.text) + 2 for paragraph in paragraphs)
    half_lines = 2 * story.wanted * story.lines - len(paragraphs) - 4 * subheads
    return 2 * characters // max(1, half_lines) + 1

"""A story whose text runs round something: a head that stands within it (题文关系), or the notches of its area.

Facts: the names of the places of heads, and the rule that text runs no wider than its head, are the trade's. A head over
the text heads all of it; one within it takes whole legs, and the text goes on beside and below it.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.diagnostics import Diagnostic, finding
from layout.flow.fit import FURTHEST, with_lines
from layout.flow.galley import Galley, shape_story
from layout.flow.least import least_depth
from layout.flow.pour import capacities
from layout.flow.region import LEAST_MEASURE, Anchor, Hole, Region, share_width
from layout.flow.runround import Poured, RoundText, round_text
from layout.flow.solve import Price
from layout.frame import Frame, Mark, MarkKind, Placed
from layout.geometry import Rect
from layout.manifest.areas import Head, HeadPlace, Remainder
from layout.manifest.issue import Block, Notch, StoryContent
from layout.page.block import Depths, PlacedBlock, Setting, shallow
from layout.page.borders.enclosure import Padding, enclosure, padding
from layout.page.heads.headline import HeadBlock, set_head
from layout.page.parts import Parts, area_parts, poured_legs
from layout.page.stories.fit import overset, too_deep, underset
from layout.page.stories.inset import Inset, inset_findings, overlap_findings, set_insets
from layout.page.stories.legs import leg_places, set_legs
from layout.page.stories.story import GIVE, crosses_fold, leg_count
from layout.units import Emu, divide

_LEAST_LEGS = {HeadPlace.BROW: 3, HeadPlace.CENTRE: 3, HeadPlace.WAIST: 1}
"""The fewest legs with a head at a place: text beside it on both sides, on one, or on none."""

_ANCHORS = {HeadPlace.CENTRE: Anchor.MIDDLE, HeadPlace.WAIST: Anchor.MIDDLE}


class HeadRoom(NamedTuple):
    """The legs that a head takes: their left edge and width, and from where its lines are counted."""

    x: Emu
    width: Emu
    anchor: Anchor
    is_as_deep: bool

    def hole(self, lines: int, depth: int) -> Hole:
        """Return the hole of a head so many lines deep in text of a depth."""
        return Hole(self.x, self.width, depth if self.is_as_deep else lines, self.anchor)


class RoundStory(NamedTuple):
    """A measured story whose text runs round its head or the notches of its area.

    `room` is None where the head stands over the text. `notches` are holes in lines of the area. `tighter` and `looser` are
    the text by steps of a line.
    """

    block: Block
    content: StoryContent
    setting: Setting
    head: HeadBlock
    room: HeadRoom | None
    text: RoundText
    legs: Region
    notches: tuple[Hole, ...] = ()
    insets: tuple[Inset, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    tighter: tuple[RoundText, ...] = ()
    looser: tuple[RoundText, ...] = ()

    @property
    def padding(self) -> Padding:
        """What lies between the area's edge and the text."""
        return padding(self.content, self.setting.design.grid)

    def with_notches(self, notches: tuple[Hole, ...]) -> "RoundStory":
        """Return the story in an area with other notches."""
        return self._replace(notches=notches)

    @property
    def depths(self) -> Depths:
        """The least depth that holds the text, and the one where the head has all the white that it may take.

        A text that may be squeezed has its least depth at its tightest, and its most at its loosest.
        """
        natural, most = (self._least(white) for white in (0, GIVE))
        least = self._with(self.tighter[-1])._least(0) if self.tighter else natural
        looser = self._with(self.looser[-1])._least(GIVE) if self.looser else most
        return Depths(min(least, natural), natural, max(natural, most, looser), max(0, most - natural), Price.SQUEEZE)

    def _with(self, text: RoundText) -> "RoundStory":
        return self._replace(text=text, tighter=(), looser=())

    def _suited(self, depth: int) -> "RoundStory":
        """Return the story with its paragraphs set tighter or looser where its depth asks and its area allows that."""
        if self.tighter and not self._fits(depth, 0):
            trials = [self._with(text) for text in self.tighter]
            return next((trial for trial in trials if trial._fits(depth, 0)), self)
        if self.looser and depth > self._least(GIVE):
            trials = [self._with(text) for text in self.looser]
            return next((trial for trial in trials if trial._fits(depth, 0) and not trial._fits(depth - 1, GIVE)), self)
        return self

    def _above(self, white: int) -> int:
        """Return the lines above the text where the head takes so many lines of white beyond its own."""
        return self.head.depth + white + self.padding.lowered if self.room is None else self.padding.lines

    def _around(self, white: int) -> int:
        return self._above(white) + self.padding.lines

    def _region(self, depth: int, white: int) -> Region:
        """Return where text stands in an area of a depth in lines."""
        text = max(0, depth - self._around(white))
        holes = self._notches(white)
        if self.room is not None:
            holes.append(self.room.hole(self.head.depth + white, text))
        holes += (inset.hole for inset in self.insets)
        return self.legs._replace(holes=tuple(hole for hole in holes if hole.lines > 0))

    def _notches(self, white: int) -> list[Hole]:
        """Return the notches as holes of the text, which begins some lines below the area's top."""
        above = self._above(white)
        return [hole._replace(line=hole.line - above) if hole.anchor is Anchor.TOP else hole for hole in self.notches]

    def _is_clear(self, depth: int, white: int) -> bool:
        """Return whether the area has room for its head, and no notch where that stands."""
        text = depth - self._around(white)
        if self.room is None:
            return all(hole.top(text) >= 0 for hole in self._notches(white))
        head = self.room.hole(self.head.depth + white, text)
        return text >= self.head.depth + white and not any(
            self._shares_columns(hole, self.room) and hole.top(text) < head.top(text) + head.lines
            for hole in self._notches(white)
        )

    def _shares_columns(self, hole: Hole, room: HeadRoom) -> bool:
        return hole.x < room.x + room.width + self.legs.white and room.x < hole.x + hole.width + self.legs.white

    def least_above(self, notch: Notch) -> int:
        """Return the lines that the head takes above a notch in its columns, 0 where it does not stand above it."""
        grid = self.setting.design.grid
        hole = Hole(grid.x(notch.column) - grid.x(self.block.column), grid.width(notch.columns, notch.column), 0)
        if notch.band == self.block.band or (self.room is not None and not self._shares_columns(hole, self.room)):
            return 0
        return self.head.depth

    def _fits(self, depth: int, white: int) -> bool:
        if not self._is_clear(depth, white):
            return False
        return self.text.fits(self._region(depth, white), max(0, depth - self._around(white)))

    def _least(self, white: int) -> int:
        lines = self.setting.design.grid.lines
        guess = self._around(white) + self.text.guess(self._region(lines, white))
        return least_depth(lambda depth: self._fits(depth, white), guess, 1, lines)

    def place(self, depth: int) -> PlacedBlock:
        """Return the story in `depth` lines; what does not fit, or what stays empty, is a finding."""
        return self._suited(depth)._placed(depth)

    def _placed(self, depth: int) -> PlacedBlock:
        white = next((white for white in range(GIVE, 0, -1) if self._fits(depth, white)), 0)
        text, region = max(0, depth - self._around(white)), self._region(depth, white)
        used = self._used(region, text)
        poured = self.text.poured(region, used)
        left = (text - used) * len(self.legs.legs)
        hole = self.room.hole(self.head.depth + white, text) if self.room is not None else None
        lapped = overlap_findings(self.insets, hole, text, self.block)
        found = (*lapped, *(problem for inset in self.insets for problem in inset.problems), *self._fit(depth, poured, left))
        problems = (*self.problems, *self.head.problems, *poured.galley.findings, *found)
        return PlacedBlock(self._frame(depth, white, poured), self._parts(depth, white, poured), problems)

    def _used(self, region: Region, text: int) -> int:
        """Return how much of a depth the text uses: all of it where something hangs on its middle or its foot."""
        if any(hole.anchor is not Anchor.TOP for hole in region.holes):
            return text
        return least_depth(lambda lines: self.text.fits(region, lines), self.text.guess(region), 0, text)

    def _fit(self, depth: int, poured: Poured, left: int) -> tuple[Diagnostic, ...]:
        """Return a finding where the area is too shallow, or the text too long or too short; `left` lines are below it."""
        least = self._around(0) + (self.head.depth if self.room is not None else min(1, self.text.galley.depth))
        found = shallow(self.block, depth, least, self.setting)
        if found:
            return found
        if poured.filled.rest:
            more = max(1, self.depths.least - depth)
            room = max(capacities(poured.stretches), default=0)
            found = too_deep(self.block, poured.filled.rest, room)
            return (*found, *overset(self.block, self.setting, poured.filled.rest, more))
        most, spare = self.depths.most, poured.spare + left
        if depth > most:
            characters = spare * (self.legs.legs[0].measure // self.setting.design.grid.em)
            return underset(self.block, self.setting, characters, spare, depth - most)
        return ()

    def _head_at(self, depth: int, white: int) -> tuple[Rect, Emu]:
        """Return the room of the head, and where the text begins below the area's top."""
        grid = self.setting.design.grid
        inset, top = self.padding.ems * grid.em, self._above(white) * grid.pitch
        if self.room is None:
            lowered = self.padding.lowered * grid.pitch
            return Rect(inset, lowered, self.head.width, top - lowered), top
        text = max(0, depth - self._around(white))
        hole = self.room.hole(self.head.depth + white, text)
        y = top + hole.top(text) * grid.pitch
        return Rect(inset + hole.x, y, hole.width, hole.lines * grid.pitch), top

    def _frame(self, depth: int, white: int, poured: Poured) -> Frame:
        grid, story = self.setting.design.grid, self.content.story
        width, height, inset = grid.width(self.block.columns, self.block.column), depth * grid.pitch, self.padding.ems * grid.em
        head, top = self._head_at(depth, white)
        items = (
            Placed(0, 0, Mark(MarkKind.STORY, story.name, story.title)),
            *enclosure(self.content, Rect(0, 0, width, height), grid),
            Placed(head.x, head.y, self.head.place(head.height)),
            Placed(inset, top, set_legs(poured.filled, poured.stretches, grid, height - top)),
            *(Placed(inset + placed.x, top + placed.y, placed.item) for placed in self._pictures(depth, white)),
        )
        return Frame(width, height, items)

    def _pictures(self, depth: int, white: int) -> list[Placed]:
        """Return the pictures within the text, at their places in it."""
        text = max(0, depth - self._around(white))
        return [inset.placed(text, self.setting.design.grid.pitch) for inset in self.insets]

    def _parts(self, depth: int, white: int, poured: Poured) -> Parts:
        """Return where head and legs stand, as `_frame` sets them."""
        grid, story = self.setting.design.grid, self.content.story
        inset = self.padding.ems * grid.em
        head, top = self._head_at(depth, white)
        places = leg_places(poured.stretches, inset, top, grid)
        return area_parts(self.block, grid, depth)._replace(
            head=self.head.part(head.height, story.title).moved(head.x, head.y),
            legs=poured_legs(poured.galley, story, poured.filled, places),
            picture=next(
                (self.insets[0].picture.moved(inset, top + placed.y) for placed in self._pictures(depth, white)), None
            ),
            is_round=True,
            inset=inset,
            largest=max(*(line.style.size for line in self.head.lines), grid.em),
        )


def is_round(block: Block, content: StoryContent, grid: PageGrid) -> bool:
    """Return whether a story's text runs round something, or its legs differ in measure."""
    is_within = content.head.place is not HeadPlace.OVER
    is_shaped = bool(block.notches or content.insets) or crosses_fold(block, grid)
    return is_shaped or is_within or content.remainder is Remainder.LEGS


def measure_round_story(block: Block, content: StoryContent, setting: Setting) -> RoundStory:
    """Return the story set for its area; its head stands over it where the legs are too few for the place that is asked for."""
    grid = setting.design.grid
    ems = grid.ems_across(block.columns, block.column) - 2 * padding(content, grid).ems
    count, problems = leg_count(block, content, ems, grid)
    legs = share_width(max(LEAST_MEASURE, ems), count, grid.gutter_ems, grid.em, content.remainder)
    if crosses_fold(block, grid):
        legs = _beside_fold(block, count, content, grid)
        problems = (*problems, *((finding("legs-over-fold", block.span, area=block.letter),) if count < 2 else ()))
    room, told = _head_room(block, content.head, legs, setting)
    problems = (*problems, *told)
    width = room.width if room else ems * grid.em
    head = set_head(content.story, content.head, width, setting.design, setting.shaper, block.letter)
    shaped = shape_story(content.story, grid, setting.shaper)
    text = round_text(shaped, legs.legs[0].measure, grid.em)
    insets = set_insets(content.insets, legs, block, setting)
    problems = (*problems, *inset_findings(content.insets, legs, block))
    tighter = tuple(_squeezed(text, -1, count)) if content.squeeze.tightens else ()
    looser = tuple(_squeezed(text, 1, count)) if content.squeeze.loosens else ()
    return RoundStory(block, content, setting, head, room, text, legs, (), insets, problems, tighter, looser)


def _squeezed(text: RoundText, step: int, legs: int) -> Iterator[RoundText]:
    """Yield a text a line longer each time, or shorter where `step` is -1, as far as its paragraphs can go."""
    galley: Galley | None = text.galley
    for _ in range(FURTHEST * legs):
        galley = with_lines(galley, step) if galley is not None else None
        if galley is not None:
            yield text.changed(galley)


def _beside_fold(block: Block, count: int, content: StoryContent, grid: PageGrid) -> Region:
    """Return legs of which none lies over the fold: as many on either side as its columns are wide."""
    inset, before = padding(content, grid).ems, grid.fold - block.column
    first = max(1, min(max(2, count) - 1, divide(count * before, block.columns)))
    sides = (grid.ems_across(before) - inset, grid.ems_across(block.columns - before) - inset)
    left, right = (
        share_width(max(LEAST_MEASURE, ems), legs, grid.gutter_ems, grid.em, content.remainder)
        for ems, legs in zip(sides, (first, max(2, count) - first), strict=True)
    )
    start = grid.x(grid.fold) - grid.x(block.column) - inset * grid.em
    return left._replace(legs=(*left.legs, *(leg._replace(x=leg.x + start) for leg in right.legs)))


def _head_room(block: Block, head: Head, region: Region, setting: Setting) -> tuple[HeadRoom | None, tuple[Diagnostic, ...]]:
    """Return the legs that a head takes within the text; None where it stands over it.

    A place that has too few legs, or a notch in its way, is a finding, and the head stands at the top.
    """
    least, over = _LEAST_LEGS.get(head.place, 2), _beside_notch(block, region, setting)
    values = {"area": block.letter, "place": head.place.value}
    if head.place is HeadPlace.OVER:
        return over, ()
    if len(region.legs) < least:
        return over, (finding("head-needs-legs", block.span, legs=len(region.legs), least=least, **values),)
    room = _room_at(head.place, head.columns, region)
    if any(_stands_in(notch, block, room, region, setting) for notch in block.notches):
        return over, (finding("head-in-notch", block.span, **values),)
    return room, ()


def _stands_in(notch: Notch, block: Block, room: HeadRoom, region: Region, setting: Setting) -> bool:
    """Return whether a head that takes some legs would stand in a notch: one beside it, or below one at its top, cannot."""
    grid = setting.design.grid
    x = grid.x(notch.column) - grid.x(block.column)
    is_beside = x >= room.x + room.width + region.white or room.x >= x + grid.width(notch.columns, notch.column) + region.white
    is_below = notch.band > block.band and room.anchor is Anchor.TOP and not room.is_as_deep
    return not (is_beside or is_below)


def _room_at(place: HeadPlace, wanted: int | None, region: Region) -> HeadRoom:
    """Return the legs that a head takes at a place within the text."""
    legs = region.legs
    beside = _LEAST_LEGS.get(place, 2) - 1
    count = max(1, min(wanted or (len(legs) + beside - 1) // 2, len(legs) - beside)) if beside else len(legs)
    middle = (len(legs) - count) // 2
    first = {HeadPlace.RIGHT_CORNER: len(legs) - count, HeadPlace.BROW: middle, HeadPlace.CENTRE: middle}.get(place, 0)
    last = legs[first + count - 1]
    width = last.x + last.measure - legs[first].x
    return HeadRoom(legs[first].x, width, _ANCHORS.get(place, Anchor.TOP), place is HeadPlace.BESIDE)


def _beside_notch(block: Block, region: Region, setting: Setting) -> HeadRoom | None:
    """Return the legs below a notched area's first band, which its head takes; None where that band is as wide as the area."""
    grid = setting.design.grid
    above: Sequence[range] = [
        range(notch.column, notch.column + notch.columns) for notch in block.notches if notch.band == block.band
    ]
    own = [
        column for column in range(block.column, block.column + block.columns) if not any(column in taken for taken in above)
    ]
    if len(own) == block.columns:
        return None
    first = own[0]
    columns = next((number for number, column in enumerate(own) if column != first + number), len(own))
    return HeadRoom(grid.x(first) - grid.x(block.column), grid.width(columns, first), Anchor.TOP, is_as_deep=False)

"""A story whose text runs round something: a head that stands within it (题文关系), or the notches of its area.

Facts: the names of the places of heads, and the rule that text runs no wider than its head, are the trade's. A head over
the text heads all of it; one within it takes whole legs, and the text goes on beside and below it.
"""

from collections.abc import Sequence
from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.diagnostics import Diagnostic, finding
from layout.flow.galley import shape_story
from layout.flow.least import least_depth
from layout.flow.pour import capacities
from layout.flow.region import LEAST_MEASURE, Anchor, Hole, Region, share_width
from layout.flow.runround import Poured, RoundText, round_text
from layout.frame import Frame, Mark, MarkKind, Placed
from layout.geometry import Rect
from layout.manifest.areas import HeadPlace, Remainder
from layout.manifest.issue import Block, StoryContent
from layout.page.block import Depths, PlacedBlock, Setting, shallow
from layout.page.borders.enclosure import Padding, enclosure, padding
from layout.page.fit import overset, too_deep, underset
from layout.page.headline import HeadBlock, set_head
from layout.page.inset import Inset, inset_findings, overlap_findings, set_insets
from layout.page.legs import leg_places, set_legs
from layout.page.parts import Parts, area_parts, poured_legs
from layout.page.story import GIVE, crosses_fold, leg_count
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

    `room` is None where the head stands over the text. `notches` are holes in lines of the area.
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

    @property
    def padding(self) -> Padding:
        """What lies between the area's edge and the text."""
        return padding(self.content, self.setting.design.grid)

    def with_notches(self, notches: tuple[Hole, ...]) -> "RoundStory":
        """Return the story in an area with other notches."""
        return self._replace(notches=notches)

    @property
    def depths(self) -> Depths:
        """The least depth that holds the text, and the one where the head has all the white that it may take."""
        least, most = (self._least(white) for white in (0, GIVE))
        return Depths(least, least, max(least, most))

    def _above(self, white: int) -> int:
        """Return the lines above the text where the head takes so many lines of white beyond its own."""
        return self.head.depth + white + self.padding.lowered if self.room is None else self.padding.lines

    def _around(self, white: int) -> int:
        return self._above(white) + self.padding.lines

    def _region(self, depth: int, white: int) -> Region:
        """Return where text stands in an area of a depth in lines."""
        text = max(0, depth - self._around(white))
        holes = [_lifted(hole, self._above(white)) for hole in self.notches]
        if self.room is not None:
            holes.append(self.room.hole(self.head.depth + white, text))
        holes += (inset.hole for inset in self.insets)
        return self.legs._replace(holes=tuple(hole for hole in holes if hole.lines > 0))

    def _fits(self, depth: int, white: int) -> bool:
        has_room = self.room is None or depth >= self._around(white) + self.head.depth
        return has_room and self.text.fits(self._region(depth, white), max(0, depth - self._around(white)))

    def _least(self, white: int) -> int:
        lines = self.setting.design.grid.lines
        guess = self._around(white) + self.text.guess(self._region(lines, white))
        return least_depth(lambda depth: self._fits(depth, white), guess, 1, lines)

    def place(self, depth: int) -> PlacedBlock:
        """Return the story in `depth` lines; what does not fit, or what stays empty, is a finding."""
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
        spare = poured.spare + left
        if spare >= len(self.legs.legs):
            characters = spare * (self.legs.legs[0].measure // self.setting.design.grid.em)
            return underset(self.block, self.setting, characters, spare, max(1, depth - self.depths.most))
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


def _lifted(hole: Hole, above: int) -> Hole:
    """Return a hole of an area as one of the text, which begins some lines below the area's top."""
    if hole.anchor is Anchor.FOOT:
        return hole
    if hole.anchor is Anchor.MIDDLE:
        return hole._replace(line=hole.line - above // 2)
    top = hole.line - above
    return hole._replace(line=max(0, top), lines=hole.lines + min(0, top))


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
    place = content.head.place
    least = _LEAST_LEGS.get(place, 2)
    if place is not HeadPlace.OVER and count < least:
        values = {"area": block.letter, "legs": count, "place": place.value, "least": least}
        problems = (*problems, finding("head-needs-legs", block.span, **values))
        place = HeadPlace.OVER
    room = _head_room(place, content.head.columns, legs) or _beside_notch(block, legs, setting)
    width = room.width if room else ems * grid.em
    head = set_head(content.story, content.head, width, setting.design, setting.shaper, block.letter)
    shaped = shape_story(content.story, grid, setting.shaper)
    text = round_text(shaped, legs.legs[0].measure, grid.em)
    insets = set_insets(content.insets, legs, block, setting)
    problems = (*problems, *inset_findings(content.insets, legs, block))
    return RoundStory(block, content, setting, head, room, text, legs, (), insets, problems)


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


def _head_room(place: HeadPlace, wanted: int | None, region: Region) -> HeadRoom | None:
    """Return the legs that a head within the text takes, None where it stands over the text."""
    legs = region.legs
    if place is HeadPlace.OVER:
        return None
    beside = 0 if place is HeadPlace.WAIST else _LEAST_LEGS.get(place, 2) - 1
    usual = len(legs) if not beside else (len(legs) + beside - 1) // 2
    count = max(1, min(wanted or usual, len(legs) - beside)) if beside else len(legs)
    starts = {HeadPlace.RIGHT_CORNER: len(legs) - count, HeadPlace.BROW: (len(legs) - count) // 2}
    starts[HeadPlace.CENTRE] = starts[HeadPlace.BROW]
    first = starts.get(place, 0)
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

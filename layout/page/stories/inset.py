"""Pictures within a story (文中插图): whole legs wide, or narrower than one, with text running round them."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from layout.diagnostics import Diagnostic, absent_glyphs, finding
from layout.flow.region import LEAST_MEASURE, Anchor, Hole, Region
from layout.frame import Frame, Mark, MarkKind, Placed
from layout.geometry import Rect
from layout.manifest.issue import Block, InsetContent
from layout.manifest.picture_areas import InsetAt, Side
from layout.page.block import Setting, lines_for
from layout.page.pictures.caption import set_caption
from layout.page.pictures.cropping import resolution_findings, shaped_picture
from layout.units import Emu, divide

_ANCHORS = {InsetAt.TOP: Anchor.TOP, InsetAt.MIDDLE: Anchor.MIDDLE, InsetAt.FOOT: Anchor.FOOT}
_WHITE = 1
"""Lines of white between a picture and the text above or below it."""


class Inset(NamedTuple):
    """A picture set for its legs: the hole that it makes, and the lines in it above its frame."""

    hole: Hole
    white: int
    frame: Frame
    picture: Rect
    problems: tuple[Diagnostic, ...]

    def placed(self, depth: int, pitch: Emu) -> Placed:
        """Return the picture at its place in text so many lines deep."""
        return Placed(self.hole.x, (self.hole.top(depth) + self.white) * pitch, self.frame)


def set_insets(insets: Sequence[InsetContent], legs: Region, block: Block, setting: Setting) -> tuple[Inset, ...]:
    """Return the pictures that stand in a story's legs; those whose legs are not there are left to `inset_findings`."""
    return tuple(_set_inset(inset, legs, setting, block) for inset in insets if _has_legs(inset, legs))


def inset_findings(insets: Sequence[InsetContent], legs: Region, block: Block) -> Iterator[Diagnostic]:
    """Yield what is ill with where pictures shall stand: legs that are not there, or text beside them that is too narrow."""
    for inset in insets:
        if not _has_legs(inset, legs):
            values = {"area": block.letter, "leg": inset.leg + inset.legs - 1, "legs": len(legs.legs)}
            yield finding("inset-off-legs", inset.picture.span, **values)
        elif inset.ems is not None:
            room = legs.legs[inset.leg - 1].measure // legs.em
            most = room - LEAST_MEASURE - legs.white // legs.em
            if inset.ems > most:
                values = {"area": block.letter, "ems": inset.ems, "most": max(0, most), "room": room}
                yield finding("inset-too-broad", inset.picture.span, **values)


def overlap_findings(insets: Sequence[Inset], head: Hole | None, depth: int, block: Block) -> Iterator[Diagnostic]:
    """Yield a finding for each picture that lies over another one, over the head, or beyond the text's foot."""
    holes = [*([head] if head is not None else []), *(inset.hole for inset in insets)]
    if any(_overlap(one, other, depth) for one, other in combinations(holes, 2)):
        yield finding("insets-overlap", block.span, area=block.letter)
    deepest = max((inset.hole.lines for inset in insets), default=0)
    if deepest > depth:
        yield finding("inset-too-deep", block.span, area=block.letter, lines=deepest - depth)


def _overlap(one: Hole, other: Hole, depth: int) -> bool:
    first, second = one.top(depth), other.top(depth)
    is_level = first < second + other.lines and second < first + one.lines
    return is_level and one.x < other.x + other.width and other.x < one.x + one.width


def _has_legs(inset: InsetContent, legs: Region) -> bool:
    return inset.leg + inset.legs - 1 <= len(legs.legs)


def _set_inset(inset: InsetContent, legs: Region, setting: Setting, block: Block) -> Inset:
    grid, content = setting.design.grid, inset.picture
    x, width = _reach(inset, legs)
    height = divide(width * content.height, content.width)
    if content.depth is not None:
        least, most = (depth * grid.pitch for depth in content.depth)
        height = min(max(height, least), most)
    picture = shaped_picture(content, width, height, setting)
    caption, absent = set_caption(content.caption, content.credit, width, setting)
    lines = lines_for(height + caption.height, grid.pitch)
    items = (
        Placed(0, 0, Mark(MarkKind.PICTURE, content.path.stem, content.caption)),
        Placed(0, 0, picture),
        Placed(0, height, caption),
    )
    above, below = (_WHITE if inset.at is not at else 0 for at in (InsetAt.TOP, InsetAt.FOOT))
    hole = Hole(x, width, above + lines + below, _ANCHORS[inset.at])
    problems = (*absent_glyphs(absent, lambda _: block.span), *resolution_findings(content, picture))
    return Inset(hole, above, Frame(width, lines * grid.pitch, items), Rect(x, 0, width, height), problems)


def _reach(inset: InsetContent, legs: Region) -> tuple[Emu, Emu]:
    """Return the left edge of a picture and its width."""
    first, last = legs.legs[inset.leg - 1], legs.legs[inset.leg + inset.legs - 2]
    right = last.x + last.measure
    if inset.ems is None:
        return first.x, right - first.x
    width = min(inset.ems * legs.em, right - first.x)
    return (first.x if inset.side is Side.LEFT else right - width), width

"""What every block of a page offers: the depth that it needs, and its frame for the depth that it gets."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, Protocol

from layout.design.plan import Design
from layout.diagnostics import Diagnostic, finding
from layout.flow.solve import Price
from layout.frame import Frame
from layout.manifest.copy import Story
from layout.manifest.issue import Block, Issue, IssuePage
from layout.page.parts import Parts
from layout.text.shape import Shaper
from layout.units import Emu


class Rest(NamedTuple):
    """What of a story goes on on another page, by that page's label."""

    story: Story
    label: str


Rests = Mapping[tuple[str, str], Story]
"""What stories leave for other pages, by the story's file and the page's label."""

NO_RESTS: Rests = MappingProxyType({})


class Setting(NamedTuple):
    """What blocks are set with."""

    issue: Issue
    design: Design
    shaper: Shaper
    page: IssuePage
    rests: Rests = NO_RESTS


class Depths(NamedTuple):
    """Depths in lines that suit a block: `natural` best, `least` to `most` well enough.

    The first `white` lines beyond `natural` are white round a head; all other lines within bounds cost their `price`.
    """

    least: int
    natural: int
    most: int
    white: int = 1000
    price: Price = Price.FURNITURE


class PlacedBlock(NamedTuple):
    """A block's frame, what stands where in it, and what was found while it was placed.

    `rest` is what goes on on another page.
    """

    frame: Frame
    parts: Parts
    problems: tuple[Diagnostic, ...] = ()
    rest: Rest | None = None


class MeasuredBlock(Protocol):
    """A block that knows its depths and can be placed in any number of lines."""

    @property
    def block(self) -> Block:
        """The area that the block fills."""

    @property
    def depths(self) -> Depths:
        """The depths in lines that suit the block."""

    def place(self, depth: int) -> PlacedBlock:
        """Return the block's frame for a depth in lines, with findings."""


def lines_for(height: Emu, pitch: Emu) -> int:
    """Return the least number of lines that a height needs."""
    return -(-height // pitch)


def shallow(block: Block, depth: int, least: int, setting: Setting) -> tuple[Diagnostic, ...]:
    """Return a finding where an area is shallower than what must stand in it."""
    if depth >= least:
        return ()
    values = {"area": block.letter, "page": setting.page.label, "depth": depth, "least": least, "more": least - depth}
    return (finding("area-too-shallow", block.span, **values),)

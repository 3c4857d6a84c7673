"""Lines of a head fitted to a width: by breaks at sense, by condensed type, by smaller sizes."""

from collections.abc import Iterator
from typing import NamedTuple

from layout.design.grid import ascent
from layout.design.plan import Design
from layout.design.styles import LineStyle
from layout.frame import Placed
from layout.manifest.areas import Align
from layout.script.joint import join_lines
from layout.script.sense import LEADING_DASH, Division, divisions
from layout.text.shape import Shaper
from layout.text.single import FULL_WIDTH, SingleLine, aligned, set_single
from layout.units import Emu, divide

SPACING = 1220
"""Distance between the lines of a head in per mille of their size."""

_A_STEP = 800
"""To what a headline may shrink in per mille of its size before it is broken where no clue speaks for it."""


class HeadLine(NamedTuple):
    """A set line of a head with its style, whose `stretch` is narrower than was asked for where the line is condensed.

    Lines that begin together, as those of a deck after its dash, share the width `measure`, in which each of them stands
    behind `lead`; others have the measure of their own width.
    """

    line: SingleLine
    style: LineStyle
    lead: Emu = 0
    measure: Emu = 0

    @property
    def height(self) -> Emu:
        """The height that the line takes in the head."""
        return divide(self.style.size * SPACING, 1000)

    def placed(self, y: Emu, width: Emu) -> tuple[Placed, ...]:
        """Return the line with its top at `y`, aligned in a width."""
        baseline = y + (self.height - self.style.size) // 2 + ascent(self.style.size)
        x = aligned(self.measure or self.line.width, width, self.style.align) + self.lead
        return self.line.placed(x, baseline, self.line.width, Align.LEFT)


def fitted(marked: tuple[str, ...], style: LineStyle, width: Emu, design: Design, shaper: Shaper) -> tuple[HeadLine, ...]:
    """Return the lines at the largest size and the fewest breaks with which they fit the width."""
    most = 3 if width < 28 * design.grid.em else 2
    lines: tuple[HeadLine, ...] = ()
    for size, only_at_sense in _trials(style.size, design):
        sized = style._replace(size=size)
        for division, narrowest in _divisions(marked, most, sized, width, design.condensed):
            if division.is_at_sense or not only_at_sense:
                lines = _set_lines(division.lines, sized, width, narrowest, shaper)
                if all(line.lead + line.line.width <= width for line in lines):
                    return lines
    return lines


def _trials(size: Emu, design: Design) -> Iterator[tuple[Emu, bool]]:
    """Yield sizes to try, and whether only breaks at sense are wanted: a head is rather a step smaller than badly broken."""
    steps = design.smaller(size)
    yield from ((step, True) for step in steps if step * FULL_WIDTH >= size * _A_STEP)
    yield from ((step, False) for step in steps)


def _set_lines(texts: tuple[str, ...], style: LineStyle, width: Emu, narrowest: int, shaper: Shaper) -> tuple[HeadLine, ...]:
    natural = _together(texts, style, shaper)
    widest = max(line.lead + line.line.width for line in natural)
    if widest <= width or widest * narrowest > width * FULL_WIDTH:
        return natural
    stretch = width * FULL_WIDTH // widest
    return _together(texts, style._replace(stretch=style.stretch * stretch // FULL_WIDTH), shaper)


def _together(texts: tuple[str, ...], style: LineStyle, shaper: Shaper) -> tuple[HeadLine, ...]:
    """Return the lines of a part; those after one that begins with a dash align after the dash."""
    lines = [set_single(text, style, shaper) for text in texts]
    if len(lines) == 1 or not texts[0].startswith(LEADING_DASH):
        return tuple(HeadLine(line, style) for line in lines)
    dash = set_single(LEADING_DASH, style, shaper).width + divide(style.size * style.tracking, FULL_WIDTH)
    leads = [0, *(dash for _ in lines[1:])]
    measure = max(lead + line.width for lead, line in zip(leads, lines, strict=True))
    return tuple(HeadLine(line, style, lead, measure) for lead, line in zip(leads, lines, strict=True))


def _divisions(
    marked: tuple[str, ...], most: int, style: LineStyle, width: Emu, narrowest: int
) -> Iterator[tuple[Division, int]]:
    """Yield the ways to divide a headline, fewest lines first; marked breaks win over breaks of our own.

    Each comes with how narrow its type may become: what its writer marked is rather broken than condensed into one line. Of
    breaks of our own with as many lines, those come first that need no condensing.
    """
    whole = join_lines(marked)
    if len(marked) > 1:
        yield Division((whole,)), FULL_WIDTH
        yield Division(marked), narrowest
        return
    yield Division((whole,)), narrowest
    room = width * FULL_WIDTH * FULL_WIDTH // (style.size * style.stretch * (FULL_WIDTH + style.tracking) // FULL_WIDTH)
    for count in range(2, most + 1):
        for most_room in (room, room * FULL_WIDTH // narrowest):
            yield from ((division, narrowest) for division in divisions(whole, count, most_room))

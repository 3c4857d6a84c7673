"""Vertical heads (竖题): the head runs down beside its text, its lines from right to left.

Textbook rule: a vertical head is as long as its characters with white of one character at each end, and takes whole
ems of the area's width, one em of white included.
"""

from itertools import chain
from typing import NamedTuple

from layout.design.plan import Design
from layout.design.styles import HeadStyle, LineStyle
from layout.diagnostics import Diagnostic, absent_glyphs, finding
from layout.frame import Direction, Frame, Mark, MarkKind, Placed, SetHead
from layout.geometry import Rect
from layout.manifest.areas import Head
from layout.manifest.copy import Story, marked_lines
from layout.page.block import lines_for
from layout.page.fitted import SPACING
from layout.page.headline import how_set, styled_words
from layout.page.parts import HeadPart
from layout.page.summary import set_vertical_summary
from layout.script.rules import Axis
from layout.script.sense import LEADING_DASH
from layout.text.shape import Shaper
from layout.text.vertical import VerticalLine, set_vertical
from layout.units import PT, Emu, divide


class SideHead(NamedTuple):
    """A vertical head: its lines from right to left, and the ems and lines that it takes with its white.

    `headline` is the style in which its headline is set.
    """

    lines: tuple[VerticalLine, ...]
    ems: int
    depth: int
    headline: LineStyle
    problems: tuple[Diagnostic, ...]
    made: SetHead | None = None

    def part(self, width: Emu, height: Emu, title: str) -> HeadPart:
        """Return where the head's type stands in a width and a height."""
        length = max(line.length for line in self.lines)
        rect = Rect(0, (height - length) // 2, width, length)
        return HeadPart(rect, title, self.headline.size, self.headline.role, Axis.VERTICAL, self.made)

    def place(self, width: Emu, height: Emu) -> Frame:
        """Return the head centred in a width and a height, without the em of white between it and its text."""
        x = (width + sum(_breadth(line) for line in self.lines)) // 2
        items: list[Placed] = [Placed(0, 0, Mark(MarkKind.HEAD))]
        for line in self.lines:
            middle = x - _breadth(line) // 2
            top = (height - line.length) // 2
            items += [Placed(middle + run.x, top + run.y, run.item) for run in line.runs]
            x -= _breadth(line)
        return Frame(width, height, tuple(items))


_LEAST_SUMMARY = 10
"""Ems of its own that the lines of a summary have at least; those of a longer headline are as long as it is."""


def _breadth(line: VerticalLine) -> Emu:
    return divide(line.size * SPACING, 1000)


def set_side_head(story: Story, head: Head, text_depth: Emu, design: Design, shaper: Shaper, area: str) -> SideHead:
    """Return the head at the largest size at which it is no longer than its text, or the body's size if none is."""
    grid = design.grid
    style = design.head(head)
    for size in design.smaller(style.headline.size):
        made = _sized(story, style, size, design, shaper)
        if made.length <= text_depth:
            break
    problems = list(made.problems)
    if made.length > grid.area.height:
        over = -(-(made.length - grid.area.height) // PT)
        problems.append(finding("head-too-wide", story.headline.span, text=story.title, area=area, points=over))
    headline, depth = style.headline._replace(size=size), lines_for(made.length, grid.pitch)
    how = how_set(story, head, headline, len(marked_lines(story.headline)), depth, design)
    how = how._replace(area=area, direction=Direction.UPRIGHT)
    ems = -(-sum(map(_breadth, made.lines)) // grid.em) + 1
    return SideHead(made.lines, ems, depth, headline, tuple(problems), how)


class _Sized(NamedTuple):
    """The lines of a head in one size, their length with white of a character at each end, and what faces lack."""

    lines: tuple[VerticalLine, ...]
    length: Emu
    problems: tuple[Diagnostic, ...]


def _sized(story: Story, style: HeadStyle, size: Emu, design: Design, shaper: Shaper) -> _Sized:
    """Return the head's lines from right to left; the lesser ones keep their proportion to the headline's `size`."""
    parts = []
    problems: list[Diagnostic] = []
    for words, line in styled_words(story, style):
        lines = _together(marked_lines(words), line._replace(size=line.size * size // style.headline.size), shaper)
        problems += absent_glyphs((absent for line in lines for absent in line.absent), words.place_of)
        parts.append(lines)
    *upper, byline = parts
    length = max(line.length for lines in upper for line in lines)
    summary, found = set_vertical_summary(story.summary, max(length, _LEAST_SUMMARY * design.summary_size), design, shaper)
    made = (*chain.from_iterable(upper), *summary, *byline)
    return _Sized(made, max(line.length for line in made) + 2 * size, (*problems, *found))


def _together(texts: tuple[str, ...], style: LineStyle, shaper: Shaper) -> tuple[VerticalLine, ...]:
    """Return the lines of a part; those after one that begins with a dash begin level with what follows the dash."""
    lines = [set_vertical(text, style, shaper) for text in texts]
    if len(lines) < 2 or not texts[0].startswith(LEADING_DASH):
        return tuple(lines)
    dash = set_vertical(LEADING_DASH, style, shaper).length
    length = max(lines[0].length, *(dash + line.length for line in lines[1:]))
    return tuple(line.lowered(dash if number else 0)._replace(length=length) for number, line in enumerate(lines))

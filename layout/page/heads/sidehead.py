"""Vertical heads (竖题): the head runs down beside its text, its lines from right to left.

Textbook rule: a vertical head is as long as its characters with white of one character at each end, and takes whole
ems of the area's width, one em of white included.
"""

from itertools import chain
from typing import NamedTuple

from layout.design.plan import Design
from layout.design.styles import LineStyle
from layout.diagnostics import Diagnostic, absent_glyphs, finding
from layout.frame import Direction, Fill, Frame, Ink, Mark, MarkKind, Placed, SetHead, tint
from layout.geometry import Rect
from layout.manifest.areas import Head
from layout.manifest.copy import Story, marked_lines
from layout.page.block import lines_for
from layout.page.heads.column_title import set_vertical_title
from layout.page.heads.fitted import SPACING
from layout.page.heads.headline import fine_in_white, how_set, styled_words
from layout.page.heads.summary import set_vertical_summary
from layout.page.parts import HeadPart
from layout.script.rules import Axis
from layout.script.sense import LEADING_DASH
from layout.text.shape import Shaper
from layout.text.vertical import VerticalLine, set_vertical
from layout.units import PT, Emu, divide, per_mille


class SideGround(NamedTuple):
    """The ground under lines of a vertical head, from `first` up to `last`: its ink, its length, and white of an em."""

    ink: Ink
    first: int
    last: int
    length: Emu
    em: Emu


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
    ground: SideGround | None = None

    @property
    def breadth(self) -> Emu:
        """The breadth of the lines, with the white on their ground."""
        return sum(_breadth(line) for line in self.lines) + (self.ground.em if self.ground else 0)

    def part(self, width: Emu, height: Emu, title: str) -> HeadPart:
        """Return where the head's type stands in a width and a height, or its ground."""
        length = max(*(line.length for line in self.lines), self.ground.length if self.ground else 0)
        rect = Rect(0, (height - length) // 2, width, length)
        return HeadPart(rect, title, self.headline.size, self.headline.role, Axis.VERTICAL, self.made)

    def place(self, width: Emu, height: Emu) -> Frame:
        """Return the head centred in a width and a height, without the em of white between it and its text."""
        x = (width + self.breadth) // 2
        items: list[Placed] = [Placed(0, 0, Mark(MarkKind.HEAD))]
        for number, line in enumerate(self.lines):
            if self.ground is not None and number == self.ground.first:
                items.append(self._under(x, height, self.ground))
                x -= self.ground.em // 2
            if self.ground is not None and number == self.ground.last:
                x -= self.ground.em - self.ground.em // 2
            middle = x - _breadth(line) // 2
            top = (height - line.length) // 2
            items += [Placed(middle + run.x, top + run.y, run.item) for run in line.runs]
            x -= _breadth(line)
        return Frame(width, height, tuple(items))

    def _under(self, right: Emu, height: Emu, ground: SideGround) -> Placed:
        """Return the ground that ends at `right` in a height, half an em beyond its lines at both sides."""
        width = sum(_breadth(line) for line in self.lines[ground.first : ground.last]) + ground.em
        return Placed(right - width, (height - ground.length) // 2, Fill(width, ground.length, ground.ink))


_LEAST_SUMMARY = 10
"""Ems of its own that the lines of a summary have at least; those of a longer headline are as long as it is."""


def _breadth(line: VerticalLine) -> Emu:
    return divide(line.size * SPACING, 1000)


def set_side_head(story: Story, head: Head, text_depth: Emu, design: Design, shaper: Shaper, area: str) -> SideHead:
    """Return the head at the largest size at which it is no longer than its text, or the body's size if none is."""
    grid = design.grid
    style = design.head(head)
    for size in design.smaller(style.headline.size):
        made = _sized(story, head, size, design, shaper)
        if made.length <= text_depth:
            break
    problems = list(made.problems)
    if made.length > grid.area.height:
        over = -(-(made.length - grid.area.height) // PT)
        problems.append(finding("head-too-wide", story.headline.span, text=story.title, area=area, points=over))
    headline, depth = style.headline._replace(size=size), lines_for(made.length, grid.pitch)
    how = how_set(story, head, headline, len(marked_lines(story.headline)), depth, design)
    how = how._replace(area=area, direction=Direction.UPRIGHT)
    side = SideHead(made.lines, 0, depth, headline, tuple(problems), how)
    if head.ground.value:
        side = side._replace(ground=SideGround(tint(per_mille(head.ground.value)), *made.upper, depth * grid.pitch, grid.em))
    return side._replace(ems=-(-side.breadth // grid.em) + 1)


class _Sized(NamedTuple):
    """The lines of a head in one size, their length with white of a character at each end, and what was found in them.

    `upper` are the first of those behind a column's title, and the first of those of summary and byline.
    """

    lines: tuple[VerticalLine, ...]
    upper: tuple[int, int]
    length: Emu
    problems: tuple[Diagnostic, ...]


def _sized(story: Story, head: Head, size: Emu, design: Design, shaper: Shaper) -> _Sized:
    """Return the head's lines from right to left; the lesser ones keep their proportion to the headline's `size`."""
    parts, styles = [], design.head(head)
    problems: list[Diagnostic] = []
    for words, line in styled_words(story, styles):
        style = line._replace(size=line.size * size // styles.headline.size)
        lines = _together(marked_lines(words), style, shaper)
        problems += absent_glyphs((absent for line in lines for absent in line.absent), words.place_of)
        problems += fine_in_white(words, style) if lines else ()
        parts.append(lines)
    *upper, byline = parts
    length = max(line.length for lines in upper for line in lines)
    summary, found = set_vertical_summary(story.summary, max(length, _LEAST_SUMMARY * design.summary_size), design, shaper)
    title = set_vertical_title(story.column_title, head, styles.kicker, shaper) if story.column_title.text else ()
    problems += absent_glyphs((absent for line in title for absent in line.absent), story.column_title.place_of)
    made = (*title, *chain.from_iterable(upper), *summary, *byline)
    behind = len(title) + sum(map(len, upper))
    return _Sized(made, (len(title), behind), max(line.length for line in made) + 2 * size, (*problems, *found))


def _together(texts: tuple[str, ...], style: LineStyle, shaper: Shaper) -> tuple[VerticalLine, ...]:
    """Return the lines of a part; those after one that begins with a dash begin level with what follows the dash."""
    lines = [set_vertical(text, style, shaper) for text in texts]
    if len(lines) < 2 or not texts[0].startswith(LEADING_DASH):
        return tuple(lines)
    dash = set_vertical(LEADING_DASH, style, shaper).length
    length = max(lines[0].length, *(dash + line.length for line in lines[1:]))
    return tuple(line.lowered(dash if number else 0)._replace(length=length) for number, line in enumerate(lines))

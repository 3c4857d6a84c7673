"""Heads (标题): kicker, headline, deck and byline in whole lines of body text.

The depth follows the textbook rule: the sizes of the head's lines over the line pitch, and white of one to two
lines above and below, rounded up to whole lines. A headline that is too wide tries its marked breaks, then
breaks of its own, then condensed type, then the next size down.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from layout.design.grid import ascent
from layout.design.plan import Design
from layout.design.styles import HEADS, HeadStyle, LineStyle
from layout.diagnostics import Diagnostic, absent_glyphs, finding
from layout.frame import Frame, Mark, MarkKind, Placed, SetHead
from layout.geometry import Rect
from layout.manifest.areas import Head
from layout.manifest.copy import Story
from layout.manifest.source import Scalar
from layout.page.block import lines_for
from layout.page.parts import HeadPart
from layout.script.joint import join_lines
from layout.script.sense import divisions
from layout.text.shape import Shaper
from layout.text.single import FULL_WIDTH, SingleLine, set_single
from layout.units import PT, Emu, divide, points

SPACING = 1220
"""Distance between the lines of a head in per mille of their size."""


class HeadLine(NamedTuple):
    """A set line of a head with its style, whose `stretch` is narrower than was asked for where the line is condensed."""

    line: SingleLine
    style: LineStyle

    @property
    def height(self) -> Emu:
        """The height that the line takes in the head."""
        return divide(self.style.size * SPACING, 1000)


class HeadBlock(NamedTuple):
    """A head set to a width; `depth` is its natural depth in lines, and `made` tells how its headline was set."""

    lines: tuple[HeadLine, ...]
    width: Emu
    depth: int
    problems: tuple[Diagnostic, ...]
    made: SetHead | None = None

    @property
    def height(self) -> Emu:
        """The height of the lines without the white around them."""
        return sum(line.height for line in self.lines)

    def part(self, height: Emu, title: str) -> HeadPart:
        """Return where the head's type stands in a height."""
        headline = max((line.style for line in self.lines), key=lambda style: style.size)
        rect = Rect(0, self._top(height), self.width, self.height)
        return HeadPart(rect, title, headline.size, headline.role, made=self.made)

    def _top(self, height: Emu) -> Emu:
        return divide((height - self.height) * 11, 20)

    def place(self, height: Emu) -> Frame:
        """Return the head centred in a height."""
        y = self._top(height)
        items: list[Placed] = [Placed(0, 0, Mark(MarkKind.HEAD))]
        for head in self.lines:
            baseline = y + (head.height - head.style.size) // 2 + ascent(head.style.size)
            items += head.line.placed(0, baseline, self.width, head.style.align)
            y += head.height
        return Frame(self.width, height, tuple(items))


def set_head(story: Story, head: Head, width: Emu, design: Design, shaper: Shaper, area: str) -> HeadBlock:
    """Return the head of a story at a width; `area` names its place in findings."""
    parts = list(_parts(story, design.head(head), width, design, shaper))
    lines = tuple(line for _, made in parts for line in made)
    problems = [problem for words, made in parts for problem in _problems(words, made, width, area)]
    depth = head_depth((line.height for line in lines), design.head(head).white, design.grid.pitch)
    headline = next(made for words, made in parts if words is story.headline)
    made = how_set(story, head, headline[0].style, len(headline), depth, design)._replace(area=area)
    problems += _reduced(story, made.size, design.head(head).headline.size, head, area)
    return HeadBlock(lines, width, depth, tuple(problems), made)


def head_depth(heights: Iterable[Emu], white: int, pitch: Emu) -> int:
    """Return the lines of body text that a head takes: those of its own lines, rounded up, and of the white around them.

    The textbook's example: 30 and 21 points over a pitch of 11.25 points, with white above, between and below, are 8 lines.
    """
    return lines_for(sum(heights), pitch) + white


def how_set(story: Story, head: Head, style: LineStyle, lines: int, depth: int, design: Design) -> SetHead:
    """Return how a headline was set, compared with what its head asks for; its area is named later."""
    is_reduced = style.size < design.head(head).headline.size
    return SetHead(
        "",
        story.title,
        head.level,
        style.role.value,
        style.size,
        lines,
        depth,
        style.stretch,
        style.tracking,
        is_reduced=is_reduced,
    )


def _reduced(story: Story, got: Emu, wanted: Emu, head: Head, area: str) -> Iterator[Diagnostic]:
    """Yield a finding where the headline had to become as small as one of the next level."""
    lower = HEADS.get(head.level + 1)
    if lower is not None and got <= lower.headline.size < wanted:
        values = {"wanted": f"{points(wanted):g}", "got": f"{points(got):g}"}
        yield finding("head-reduced", story.headline.span, text=story.title, area=area, **values)


def _problems(words: Scalar, lines: tuple[HeadLine, ...], width: Emu, area: str) -> Iterator[Diagnostic]:
    yield from absent_glyphs((absent for line in lines for absent in line.line.absent), words.place_of)
    over = max(line.line.width for line in lines) - width
    if over > 0:
        yield finding("head-too-wide", words.span, text=words.text.strip(), area=area, points=-(-over // PT))


def _parts(
    story: Story, style: HeadStyle, width: Emu, design: Design, shaper: Shaper
) -> Iterator[tuple[Scalar, tuple[HeadLine, ...]]]:
    if story.kicker.text:
        yield story.kicker, _fitted((story.kicker.text,), style.kicker, width, design, shaper)
    yield story.headline, _fitted(story.headline_lines, style.headline, width, design, shaper)
    if story.deck.text:
        yield story.deck, _fitted((story.deck.text,), style.deck, width, design, shaper)
    if story.byline.text:
        yield story.byline, _fitted((story.byline.text,), style.byline, width, design, shaper)


def _fitted(marked: tuple[str, ...], style: LineStyle, width: Emu, design: Design, shaper: Shaper) -> tuple[HeadLine, ...]:
    """Return the lines at the largest size and the fewest breaks with which they fit the width."""
    most = 3 if width < 28 * design.grid.em else 2
    lines: tuple[HeadLine, ...] = ()
    for size in design.smaller(style.size):
        sized = style._replace(size=size)
        for texts in _divisions(marked, most, sized, width, design.condensed):
            lines = _set_lines(texts, sized, width, design.condensed, shaper)
            if all(line.line.width <= width for line in lines):
                return lines
    return lines


def _set_lines(texts: tuple[str, ...], style: LineStyle, width: Emu, narrowest: int, shaper: Shaper) -> tuple[HeadLine, ...]:
    natural = [set_single(text, style, shaper) for text in texts]
    widest = max(line.width for line in natural)
    if widest <= width or widest * narrowest > width * FULL_WIDTH:
        return tuple(HeadLine(line, style) for line in natural)
    stretch = width * FULL_WIDTH // widest
    condensed = style._replace(stretch=divide(style.stretch * stretch, FULL_WIDTH))
    return tuple(HeadLine(set_single(text, style, shaper, stretch), condensed) for text in texts)


def _divisions(marked: tuple[str, ...], most: int, style: LineStyle, width: Emu, narrowest: int) -> Iterator[tuple[str, ...]]:
    """Yield the ways to divide a headline, fewest lines first; marked breaks win over breaks of our own.

    With as many lines, those come first that need no condensing.
    """
    whole = join_lines(marked)
    yield (whole,)
    if len(marked) > 1:
        yield marked
        return
    room = width * FULL_WIDTH * FULL_WIDTH // (style.size * style.stretch * (FULL_WIDTH + style.tracking) // FULL_WIDTH)
    for count in range(2, most + 1):
        yield from divisions(whole, count, room)
        yield from divisions(whole, count, room * FULL_WIDTH // narrowest)

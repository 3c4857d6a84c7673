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
from layout.manifest.areas import Align, Head
from layout.manifest.copy import Story, marked_lines
from layout.manifest.source import Scalar
from layout.page.block import lines_for
from layout.page.parts import HeadPart
from layout.script.joint import join_lines
from layout.script.sense import LEADING_DASH, Division, divisions
from layout.text.shape import Shaper
from layout.text.single import FULL_WIDTH, SingleLine, aligned, set_single
from layout.units import PT, Emu, divide, points

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
            items += head.placed(y, self.width)
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
    over = max(line.lead + line.line.width for line in lines) - width
    if over > 0:
        yield finding("head-too-wide", words.span, text=words.text.strip(), area=area, points=-(-over // PT))


def styled_words(story: Story, style: HeadStyle) -> tuple[tuple[Scalar, LineStyle], ...]:
    """Return the words of a head's parts in their order with the style of each; a part may be empty."""
    return (
        (story.kicker, style.kicker),
        (story.headline, style.headline),
        (story.deck, style.deck),
        (story.byline, style.byline),
    )


def _parts(
    story: Story, style: HeadStyle, width: Emu, design: Design, shaper: Shaper
) -> Iterator[tuple[Scalar, tuple[HeadLine, ...]]]:
    for words, line in styled_words(story, style):
        if words.text:
            yield words, _fitted(marked_lines(words), line, width, design, shaper)


def _fitted(marked: tuple[str, ...], style: LineStyle, width: Emu, design: Design, shaper: Shaper) -> tuple[HeadLine, ...]:
    """Return the lines at the largest size and the fewest breaks with which they fit the width."""
    most = 3 if width < 28 * design.grid.em else 2
    lines: tuple[HeadLine, ...] = ()
    for size, only_at_sense in _trials(style.size, design):
        sized = style._replace(size=size)
        for division in _divisions(marked, most, sized, width, design.condensed):
            if division.is_at_sense or not only_at_sense:
                lines = _set_lines(division.lines, sized, width, design.condensed, shaper)
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


def _divisions(marked: tuple[str, ...], most: int, style: LineStyle, width: Emu, narrowest: int) -> Iterator[Division]:
    """Yield the ways to divide a headline, fewest lines first; marked breaks win over breaks of our own.

    With as many lines, those come first that need no condensing.
    """
    whole = join_lines(marked)
    yield Division((whole,))
    if len(marked) > 1:
        yield Division(marked)
        return
    room = width * FULL_WIDTH * FULL_WIDTH // (style.size * style.stretch * (FULL_WIDTH + style.tracking) // FULL_WIDTH)
    for count in range(2, most + 1):
        yield from divisions(whole, count, room)
        yield from divisions(whole, count, room * FULL_WIDTH // narrowest)

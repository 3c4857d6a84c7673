"""Heads (标题): kicker, headline, deck, summary and byline in whole lines of body text.

The depth follows the textbook rule: the sizes of the head's lines over the line pitch, and white of one to two
lines above and below, rounded up to whole lines. A headline that is too wide tries its marked breaks, then
breaks of its own, then condensed type, then the next size down.
"""

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple, Protocol

from layout.design.plan import Design
from layout.design.styles import HEADS, HeadStyle, LineStyle
from layout.diagnostics import Diagnostic, absent_glyphs, finding
from layout.frame import Frame, Mark, MarkKind, Placed, SetHead
from layout.geometry import Rect
from layout.manifest.areas import Head
from layout.manifest.copy import Story, marked_lines
from layout.manifest.source import Scalar
from layout.page.block import lines_for
from layout.page.fitted import HeadLine, fitted
from layout.page.parts import HeadPart
from layout.page.summary import set_summary
from layout.text.shape import Shaper
from layout.units import PT, Emu, divide, points


class HeadRow(Protocol):
    """What stands in a head over its full width: a line of type, a summary."""

    @property
    def height(self) -> Emu:
        """The height that it takes in the head."""

    def placed(self, y: Emu, width: Emu) -> tuple[Placed, ...]:
        """Return what it shows with its top at `y`, in a width."""


class HeadBlock(NamedTuple):
    """A head set to a width; `depth` is its natural depth in lines, and `made` tells how its headline was set."""

    rows: tuple[HeadRow, ...]
    width: Emu
    depth: int
    problems: tuple[Diagnostic, ...]
    made: SetHead | None = None

    @property
    def lines(self) -> tuple[HeadLine, ...]:
        """Its lines of type, without those of a summary."""
        return tuple(row for row in self.rows if isinstance(row, HeadLine))

    @property
    def height(self) -> Emu:
        """The height of the rows without the white around them."""
        return sum(row.height for row in self.rows)

    def part(self, height: Emu, title: str) -> HeadPart:
        """Return where the head's type stands in a height."""
        headline = max((line.style for line in self.lines), key=lambda style: style.size)
        rect = Rect(0, self._top(height), self.width, self.height)
        return HeadPart(rect, title, headline.size, headline.role, made=self.made)

    def _top(self, height: Emu) -> Emu:
        return divide((height - self.height) * 11, 20)

    def place(self, height: Emu) -> Frame:
        """Return the head centred in a height."""
        tops = accumulate((row.height for row in self.rows), initial=self._top(height))
        items: list[Placed] = [Placed(0, 0, Mark(MarkKind.HEAD))]
        for row, y in zip(self.rows, tops, strict=False):
            items += row.placed(y, self.width)
        return Frame(self.width, height, tuple(items))


def set_head(story: Story, head: Head, width: Emu, design: Design, shaper: Shaper, area: str) -> HeadBlock:
    """Return the head of a story at a width; `area` names its place in findings."""
    style = design.head(head)
    *upper, byline = styled_words(story, style)
    parts = list(_parts(upper, width, design, shaper))
    last = list(_parts([byline], width, design, shaper))
    summary = set_summary(story.summary, head, width, design, shaper)
    rows: tuple[HeadRow, ...] = (*_lines(parts), *((summary,) if summary.lines else ()), *_lines(last))
    problems = [problem for words, made in (*parts, *last) for problem in _problems(words, made, width, area)]
    depth = head_depth((row.height for row in rows), style.white, design.grid.pitch)
    headline = next(made for words, made in parts if words is story.headline)
    made = how_set(story, head, headline[0].style, len(headline), depth, design)._replace(area=area)
    problems += (*summary.problems, *_reduced(story, made.size, style.headline.size, head, area))
    return HeadBlock(rows, width, depth, tuple(problems), made)


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


Part = tuple[Scalar, tuple[HeadLine, ...]]
"""The words of a head's part and their lines."""


def _parts(parts: Iterable[tuple[Scalar, LineStyle]], width: Emu, design: Design, shaper: Shaper) -> Iterator[Part]:
    for words, line in parts:
        if words.text:
            yield words, fitted(marked_lines(words), line, width, design, shaper)


def _lines(parts: Iterable[Part]) -> Iterator[HeadLine]:
    return (line for _, lines in parts for line in lines)

"""Heads (标题): kicker, headline, deck, summary and byline in whole lines of body text.

The depth follows the textbook rule: the sizes of the head's lines over the line pitch, and white of one to two
lines above and below, rounded up to whole lines. A headline that is too wide tries its marked breaks, then
breaks of its own, then condensed type, then the next size down.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, Protocol

from layout.design.plan import Design
from layout.design.styles import HEADS, HeadStyle, LineStyle, least_white_size
from layout.diagnostics import Diagnostic, absent_glyphs, finding
from layout.frame import WHITE, Fill, Frame, Ink, Mark, MarkKind, Placed, SetHead, tint
from layout.geometry import Rect
from layout.manifest.areas import Head, HeadPlace
from layout.manifest.copy import Story, marked_lines
from layout.manifest.source import Scalar
from layout.page.block import lines_for
from layout.page.heads.column_title import ColumnTitle, set_column_title
from layout.page.heads.fitted import HeadLine, fitted
from layout.page.heads.summary import set_summary
from layout.page.parts import HeadPart
from layout.text.shape import Shaper
from layout.units import PT, Emu, divide, per_mille, points

_BELOW_TEXT = (HeadPlace.CENTRE, HeadPlace.WAIST)
"""The places where text stands above a head."""

_WITHIN_GROUND = 1
"""Lines of white on a ground: half a line above its type and half a line below it."""


class HeadRow(Protocol):
    """What stands in a head over its full width: a line of type, a summary."""

    @property
    def height(self) -> Emu:
        """The height that it takes in the head."""

    def placed(self, y: Emu, width: Emu) -> tuple[Placed, ...]:
        """Return what it shows with its top at `y`, in a width."""


class Ground(NamedTuple):
    """The ground under rows of a head, from `first` up to `last`: its ink, and the white of an em at their sides.

    `clear` are lines of white above it, one where text stands there.
    """

    ink: Ink
    first: int
    last: int
    em: Emu
    clear: int


class HeadBlock(NamedTuple):
    """A head set to a width; `depth` is its natural depth in lines, and `made` tells how its headline was set.

    On a ground the rows that belong on it stand in its middle. It takes whole lines of the grid (`pitch`) from the head's
    top, or from below a column's title; the others stand below it.
    """

    rows: tuple[HeadRow, ...]
    width: Emu
    depth: int
    problems: tuple[Diagnostic, ...]
    made: SetHead | None = None
    ground: Ground | None = None
    pitch: Emu = 0

    @property
    def lines(self) -> tuple[HeadLine, ...]:
        """Its lines of type, without those of a summary."""
        return tuple(row for row in self.rows if isinstance(row, HeadLine))

    def part(self, height: Emu, title: str) -> HeadPart:
        """Return where the head's type stands in a height, or the ground with what stands below it."""
        headline = max((line.style for line in self.lines), key=lambda style: style.size)
        tops = self._tops(height)
        bottom = tops[-1] + self.rows[-1].height
        edges = [tops[0], bottom]
        if self.ground is not None:
            under = self._under(self.ground, height)
            edges += (under.y, under.bottom)
        rect = Rect(0, min(edges), self.width, max(edges) - min(edges))
        return HeadPart(rect, title, headline.size, headline.role, made=self.made)

    def _under(self, ground: Ground, height: Emu) -> Rect:
        """Return where the ground lies in a height: what is above it and below it takes whole lines, and one of white."""
        top = above_ground(self.rows, ground, self.pitch) * self.pitch
        below = below_ground(self.rows[ground.last :], self.pitch) * self.pitch
        return Rect(0, top, self.width, height - top - below)

    def _tops(self, height: Emu) -> tuple[Emu, ...]:
        """Return where each row begins in a height."""
        if self.ground is None:
            return _stacked(self.rows, divide((height - _height(self.rows)) * 11, 20))
        first, last, under = self.ground.first, self.ground.last, self._under(self.ground, height)
        above, within, below = self.rows[:first], self.rows[first:last], self.rows[last:]
        return (
            *_stacked(above, under.y - _height(above)),
            *_stacked(within, under.y + (under.height - _height(within)) // 2),
            *_stacked(below, under.bottom + self.pitch // 2),
        )

    def place(self, height: Emu) -> Frame:
        """Return the head in a height: in its middle, or on its ground from its top."""
        items: list[Placed] = [Placed(0, 0, Mark(MarkKind.HEAD))] if self.rows else []
        if self.ground is not None:
            under = self._under(self.ground, height)
            items.append(Placed(under.x, under.y, Fill(under.width, under.height, self.ground.ink)))
        for number, (row, y) in enumerate(zip(self.rows, self._tops(height), strict=True)):
            x = self.ground.em if self.ground and self.ground.first <= number < self.ground.last else 0
            items += (placed._replace(x=x + placed.x) for placed in row.placed(y, self.width - 2 * x))
        return Frame(self.width, height, tuple(items))


def _height(rows: Iterable[HeadRow]) -> Emu:
    return sum(row.height for row in rows)


def _stacked(rows: Sequence[HeadRow], top: Emu) -> tuple[Emu, ...]:
    """Return the tops of rows right below each other."""
    return tuple(accumulate((row.height for row in rows), initial=top))[: len(rows)]


def above_ground(rows: Sequence[HeadRow], ground: Ground, pitch: Emu) -> int:
    """Return the lines above the ground of a head: of a column's title, and of white where text stands there."""
    return lines_for(_height(rows[: ground.first]), pitch) + ground.clear


def below_ground(rows: Iterable[HeadRow], pitch: Emu) -> int:
    """Return the lines below the ground of a head: of the rows that are not on it, half a line from it, and one of white."""
    height = _height(rows)
    return (lines_for(height + pitch // 2, pitch) if height else 0) + 1


def set_head(story: Story, head: Head, width: Emu, design: Design, shaper: Shaper, area: str) -> HeadBlock:
    """Return the head of a story at a width, one of no depth where it has none; `area` names its place in findings."""
    if not story.title:
        return HeadBlock((), width, 0, ())
    style, em = design.head(head), design.grid.em
    *upper, byline = styled_words(story, style)
    title, problems = _title(story, head, style.kicker, width, design, shaper, area)
    inner = width - 2 * em if head.ground.value else width
    parts = list(_parts(upper, inner, design, shaper))
    last = list(_parts([byline], width, design, shaper))
    summary = set_summary(story.summary, head, width, design, shaper)
    rows: tuple[HeadRow, ...] = (*title, *_lines(parts), *((summary,) if summary.lines else ()), *_lines(last))
    end = len(title) + sum(len(made) for _, made in parts)
    ground = (
        Ground(tint(per_mille(head.ground.value)), len(title), end, em, int(head.place in _BELOW_TEXT))
        if head.ground.value
        else None
    )
    depth = _depth(rows, ground, style.white, design.grid.pitch)
    headline = next(made for words, made in parts if words is story.headline)
    how = how_set(story, head, headline[0].style, len(headline), depth, design)._replace(area=area)
    found = [problem for words, made in parts for problem in _problems(words, made, inner, area)]
    found += [problem for words, made in last for problem in _problems(words, made, width, area)]
    problems = (*problems, *found, *summary.problems, *_reduced(story, how.size, style.headline.size, head, area))
    return HeadBlock(rows, width, depth, problems, how, ground, design.grid.pitch)


def _title(
    story: Story, head: Head, kicker: LineStyle, width: Emu, design: Design, shaper: Shaper, area: str
) -> tuple[tuple[ColumnTitle, ...], tuple[Diagnostic, ...]]:
    """Return the title of the story's column, if it stands in one, with findings."""
    if not story.column_title.text:
        return (), ()
    title, problems = set_column_title(story.column_title, head, kicker, width, design, shaper, area)
    return (title,), problems


def _depth(rows: Sequence[HeadRow], ground: Ground | None, white: int, pitch: Emu) -> int:
    """Return the lines that the rows of a head take with their white, on a ground or without one."""
    if ground is None:
        return head_depth((row.height for row in rows), white, pitch)
    within = lines_for(_height(rows[ground.first : ground.last]), pitch) + _WITHIN_GROUND
    return above_ground(rows, ground, pitch) + within + below_ground(rows[ground.last :], pitch)


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
    yield from fine_in_white(words, lines[0].style)


def fine_in_white(words: Scalar, style: LineStyle) -> Iterator[Diagnostic]:
    """Yield a finding where the words of a head are white in type too fine for newsprint."""
    least = least_white_size(style.role)
    if style.ink == WHITE and style.size < least:
        values = {"size": f"{points(style.size):g}", "face": style.role.value, "least": f"{points(least):g}"}
        yield finding("fine-reversed-type", words.span, text=words.text.strip(), **values)


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

"""A story's galley (小样): its paragraphs shaped and broken for one measure, as lines that can be cut anywhere."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum
from functools import partial
from itertools import chain, islice, repeat
from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.design.styles import SMALLEST
from layout.diagnostics import Diagnostic, Span, absent_glyphs, finding
from layout.flow.interlinear import interlinear_findings
from layout.flow.piece import Piece, set_rule
from layout.flow.pull import pull_size, set_pull
from layout.flow.styling import styled
from layout.flow.table import set_table
from layout.manifest.copy import Paragraph, ParagraphKind, Story
from layout.manifest.paper import Role
from layout.script.classes import COUNTED, classify
from layout.script.rules import Axis
from layout.text.justify import Fit
from layout.text.lines import break_lines
from layout.text.measure import LineSpan, opening
from layout.text.shape import Shaper
from layout.text.shaped import Over, ShapedText, StyledText
from layout.units import Emu

INDENT_EMS = 2
"""First-line indent (CLREQ `#first_line_indents`)."""

_INDENTS: dict[ParagraphKind, tuple[int, int]] = {
    ParagraphKind.TEXT: (INDENT_EMS, 0),
    ParagraphKind.QUOTATION: (2 * INDENT_EMS, INDENT_EMS),
    ParagraphKind.ITEM: (0, 1),
    ParagraphKind.TABLE: (0, 0),
    ParagraphKind.REMARK: (INDENT_EMS, 0),
    ParagraphKind.EDITORIAL: (INDENT_EMS, 0),
    ParagraphKind.PULL: (INDENT_EMS, 0),
    ParagraphKind.RULE: (0, 0),
}
_NARROW_INDENTS = {kind: (max(1, first // 2), -(-rest // 2)) if first else (0, 1) for kind, (first, rest) in _INDENTS.items()}
"""Ems by which the first line and all others stand in, in measures of the usual length and in short ones.

Sources: CLREQ `#first_line_indents` (with 凸排), `#line_start_indent_of_paragraphs`.
"""

_SHORT_EMS = 14
"""Lines down the page that are shorter than this are indented by one em (same clause, on narrow columns)."""

SUBHEAD_LINES = 2

_TWO_ELLIPSES = re.compile("…{4}|⋯{4}")

LOOSE = 4
"""A full line whose joints open by more than this part of an em is told to the editor."""


Broken = Callable[[ShapedText, Emu, Emu], tuple[LineSpan, ...]]
"""What breaks a paragraph into lines of a measure, the first shorter by an indent: `break_lines`."""


class LineKind(Enum):
    """What a galley line is."""

    TEXT = "text"
    SUBHEAD = "subhead"
    ROW = "row"
    LEADING_ROW = "leading-row"
    HEADS = "heads"
    REPEATED = "repeated"
    RULE = "rule"
    PULL = "pull"

    @property
    def leads(self) -> bool:
        """Whether the line below must stand in the same leg."""
        return self in (LineKind.SUBHEAD, LineKind.HEADS, LineKind.LEADING_ROW, LineKind.PULL)

    @property
    def follows(self) -> bool:
        """Whether it must stand in the same leg as the line above."""
        return self in (LineKind.RULE, LineKind.PULL)


class GalleyLine(NamedTuple):
    """A line of a galley: `depth` in lines of the grid, `indent` in EMU.

    A piece takes lines of its own, without text to be set. `again` is what is set above the line where it begins a leg: the
    heads of its table.
    """

    shaped: ShapedText
    span: LineSpan
    kind: LineKind
    fit: Fit
    indent: Emu
    depth: int
    piece: Piece | None = None
    again: "GalleyLine | None" = None

    @property
    def text(self) -> str:
        """The text of the line."""
        return self.piece.text if self.piece else self.shaped.text_of(self.span.start, self.span.end)

    @property
    def characters(self) -> int:
        """Return how many characters stand in the line."""
        return len(self.text)


class SetParagraph(NamedTuple):
    """A paragraph's lines, and what was found while they were set."""

    lines: tuple[GalleyLine, ...]
    problems: tuple[Diagnostic, ...] = ()


class Galley(NamedTuple):
    """The lines of a story at one measure; `paragraphs` are the same lines by paragraph."""

    measure: Emu
    lines: tuple[GalleyLine, ...]
    problems: tuple[Diagnostic, ...]
    paragraphs: tuple[SetParagraph, ...] = ()

    def with_paragraph(self, number: int, paragraph: SetParagraph) -> "Galley":
        """Return the galley with another setting of one paragraph."""
        before, after = self.paragraphs[:number], self.paragraphs[number + 1 :]
        return join_galley(self.measure, (*before, paragraph, *after), self.problems)

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """Return what was found in the copy and in the lines."""
        return (*self.problems, *(problem for paragraph in self.paragraphs for problem in paragraph.problems))

    @property
    def depth(self) -> int:
        """Return the depth of all lines below each other."""
        return sum(line.depth for line in self.lines)


class ShapedParagraph(NamedTuple):
    """A paragraph before it is broken into lines, and what was found while it was shaped.

    `pieces` sets a paragraph to a measure that is no running text.
    """

    paragraph: Paragraph
    shaped: ShapedText
    problems: tuple[Diagnostic, ...]
    pieces: Callable[[Emu], tuple[Piece, ...]] | None = None


class ShapedStory(NamedTuple):
    """A story shaped once, from which galleys of any measure are made."""

    paragraphs: tuple[ShapedParagraph, ...]
    problems: tuple[Diagnostic, ...]


def shape_story(story: Story, grid: PageGrid, shaper: Shaper, axis: Axis = Axis.LEVEL) -> ShapedStory:
    """Return the story's text shaped; characters that their face lacks are findings with their place in the copy."""
    first = next((paragraph for paragraph in story.paragraphs if paragraph.kind is ParagraphKind.TEXT), None)
    paragraphs = []
    for paragraph in story.paragraphs:
        dateline = [StyledText(story.dateline.text, Role.HEI_HEAVY.value)] if paragraph is first else []
        runs = [*dateline, *styled(paragraph, grid, axis)]
        shaped, absent = shaper.shape(runs, _size(paragraph.kind, grid.em), axis)
        absent_found = absent_glyphs(absent, partial(_place_of, story, paragraph))
        found = (
            *absent_found,
            *interlinear_findings(paragraph, grid, axis, shaper.rules.interlinear),
            *_ellipses_in_text(paragraph),
        )
        if paragraph.kind in (ParagraphKind.TABLE, ParagraphKind.PULL) and axis is Axis.VERTICAL:
            found = (finding("level-only", paragraph.span),)
        paragraphs.append(ShapedParagraph(paragraph, shaped, found, _pieces_of(paragraph, shaped, grid, shaper)))
    is_alone = story.dateline.text and first is None
    return ShapedStory(tuple(paragraphs), (finding("dateline-alone", story.dateline.span),) if is_alone else ())


def _size(kind: ParagraphKind, em: Emu) -> Emu:
    if kind is ParagraphKind.PULL:
        return pull_size(em)
    return min(SMALLEST, em) if kind is ParagraphKind.REMARK else em


def set_galley(story: ShapedStory, measure: Emu, em: Emu, broken: Broken = break_lines) -> Galley:
    """Return the galley of a shaped story at a measure, with findings for its lines; `broken` breaks its paragraphs."""
    paragraphs = []
    for shaped in story.paragraphs:
        made = set_paragraph(shaped, measure, em, broken)
        found = (*shaped.problems, *line_findings(made, repeat(measure), shaped.paragraph))
        paragraphs.append(SetParagraph(made, found))
    return join_galley(measure, tuple(paragraphs), story.problems)


def set_paragraph(paragraph: ShapedParagraph, measure: Emu, em: Emu, broken: Broken = break_lines) -> tuple[GalleyLine, ...]:
    """Return the lines of a paragraph at one measure; `broken` breaks running text."""
    shaped = paragraph.shaped
    if paragraph.paragraph.is_subhead:
        return tuple(_subhead(shaped, measure))
    if paragraph.pieces is not None:
        return tuple(_piece_lines(paragraph, paragraph.pieces(measure)))
    first, rest = indents(paragraph, measure, em)
    return tuple(text_lines(shaped, broken(shaped, measure - rest, first - rest), first, rest))


_PIECES = {
    ParagraphKind.TABLE: LineKind.HEADS,
    ParagraphKind.RULE: LineKind.RULE,
    ParagraphKind.PULL: LineKind.PULL,
}
"""Paragraphs that are set in pieces, and what the first of these is."""


def _pieces_of(
    paragraph: Paragraph, shaped: ShapedText, grid: PageGrid, shaper: Shaper
) -> Callable[[Emu], tuple[Piece, ...]] | None:
    """Return what sets a paragraph in pieces, None for running text; down the page there are only rules."""
    if paragraph.kind is ParagraphKind.RULE:
        return partial(set_rule, paragraph.span, grid)
    if shaped.axis is Axis.LEVEL and paragraph.table is not None:
        return partial(set_table, paragraph, grid, shaper)
    if shaped.axis is Axis.LEVEL and paragraph.kind is ParagraphKind.PULL:
        return partial(set_pull, paragraph.span, shaped, grid)
    return None


_FEWEST_PARTED = 2
"""Pieces of a table with a single row: its heads and the row."""


def _piece_lines(paragraph: ShapedParagraph, pieces: Sequence[Piece]) -> Iterator[GalleyLine]:
    """Yield the lines of a paragraph's pieces: those of a table after its heads are its rows.

    A table's first row leads the second, and the last but one the last: none of them stands alone in its leg.
    """
    kind = _PIECES[paragraph.paragraph.kind]
    first = GalleyLine(paragraph.shaped, LineSpan(0, 0), kind, Fit.NATURAL, 0, pieces[0].depth, pieces[0])
    again = first._replace(kind=LineKind.REPEATED)
    yield first
    leading = (pieces[1], pieces[-2]) if len(pieces) > _FEWEST_PARTED else ()
    for piece in pieces[1:]:
        kind = LineKind.LEADING_ROW if any(piece is one for one in leading) else LineKind.ROW
        yield first._replace(kind=kind, depth=piece.depth, piece=piece, again=again)


def join_galley(measure: Emu, paragraphs: tuple[SetParagraph, ...], problems: tuple[Diagnostic, ...]) -> Galley:
    """Return the galley that some paragraphs make, with what was found in the copy."""
    return Galley(measure, tuple(chain.from_iterable(made.lines for made in paragraphs)), problems, paragraphs)


def line_findings(lines: Sequence[GalleyLine], measures: Iterable[Emu], paragraph: Paragraph) -> Iterator[Diagnostic]:
    """Yield what is ill with a paragraph's lines, of which each has its measure.

    Loose lines, words that had to be cut, readings that leave their line, and what was found in pieces.
    """
    yield from (problem for line in lines if line.piece for problem in line.piece.problems)
    own = tuple(islice(measures, len(lines)))
    yield from _loose_lines(lines, own, paragraph)
    yield from _cut_words(lines, paragraph)
    yield from _wide_readings(lines, own, paragraph)


def _loose_lines(lines: Sequence[GalleyLine], measures: Iterable[Emu], paragraph: Paragraph) -> Iterator[Diagnostic]:
    """Yield a finding for each line that opens by more than a quarter of an em at every joint."""
    for line, measure in zip(lines, measures, strict=False):
        limit = line.shaped.size // LOOSE
        if line.fit is Fit.FULL and opening(line.shaped, line.span, measure - line.indent) > limit:
            text = line.text
            yield finding("loose-line", paragraph.place_of(text), text=text)


def _cut_words(lines: Sequence[GalleyLine], paragraph: Paragraph) -> Iterator[Diagnostic]:
    """Yield a finding for each word or number that is wider than its line and had to be cut."""
    told = -1
    for line in lines[:-1]:
        breaks, end = line.shaped.breaks, line.span.end
        if breaks[end] or line.span.has_hyphen or end <= told:
            continue
        start = next(place for place in range(end, -1, -1) if breaks[place])
        told = next(place for place in range(end, len(breaks)) if breaks[place])
        text = line.shaped.text_of(start, told)
        yield finding("word-cut", paragraph.place_of(text), text=text)


def _wide_readings(lines: Sequence[GalleyLine], measures: Iterable[Emu], paragraph: Paragraph) -> Iterator[Diagnostic]:
    """Yield a finding for each reading that is longer than the line of its characters."""
    if not lines or not lines[0].shaped.overlays:
        return
    for line, measure in zip(lines, measures, strict=False):
        for start, end, kind, reading in line.shaped.overlays:
            is_here = kind is Over.RUBY and line.span.start <= start < line.span.end
            if is_here and reading is not None and sum(reading.advances) > measure - line.indent:
                text = "".join(line.shaped.clusters[start:end])
                yield finding("reading-too-wide", paragraph.place_of(text), text=text)


def _place_of(story: Story, paragraph: Paragraph, character: str) -> Span:
    """Return where a character stands: in the paragraph, or in the dateline that was run in before it."""
    return story.dateline.place_of(character) if character in story.dateline.text else paragraph.place_of(character)


def _ellipses_in_text(paragraph: Paragraph) -> Iterator[Diagnostic]:
    """Yield a finding where two ellipses in a row have no line of their own (GB/T 15834-2011 5.1.5)."""
    found = _TWO_ELLIPSES.search(paragraph.text)
    if found and not COUNTED.isdisjoint(classify(paragraph.text)):
        yield finding("ellipses-in-text", paragraph.place_of(found[0]), text=found[0])


def indents(paragraph: ShapedParagraph, measure: Emu, em: Emu) -> tuple[Emu, Emu]:
    """Return by how much the first line of a paragraph and all others stand in."""
    is_short = paragraph.shaped.axis is Axis.VERTICAL and measure < _SHORT_EMS * em
    first, rest = (_NARROW_INDENTS if is_short else _INDENTS)[paragraph.paragraph.kind]
    return first * em, rest * em


def text_lines(shaped: ShapedText, spans: Sequence[LineSpan], first: Emu, rest: Emu) -> Iterator[GalleyLine]:
    """Yield a paragraph's galley lines, the first and all others indented by so much; all but the last are full."""
    for span in spans:
        fit = Fit.NATURAL if span is spans[-1] else Fit.FULL
        yield GalleyLine(shaped, span, LineKind.TEXT, fit, first if span.start == 0 else rest, 1)


def _subhead(shaped: ShapedText, measure: Emu) -> Iterator[GalleyLine]:
    for span in break_lines(shaped, measure):
        yield GalleyLine(shaped, span, LineKind.SUBHEAD, Fit.NATURAL, 0, SUBHEAD_LINES if span.start == 0 else 1)

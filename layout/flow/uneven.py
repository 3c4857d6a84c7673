"""Sets a story into stretches of differing measure: each line is broken for the place where it will stand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, repeat
from types import MappingProxyType
from typing import NamedTuple

from layout.flow.galley import (
    Galley,
    GalleyLine,
    LineKind,
    SetParagraph,
    ShapedParagraph,
    ShapedStory,
    indents,
    join_galley,
    line_findings,
    set_paragraph,
    text_lines,
)
from layout.flow.pour import Filled, PlacedLine, shared_white
from layout.flow.region import Stretch
from layout.text.lines import fit_lines, fit_tightly
from layout.units import Emu


class _Slot(NamedTuple):
    """A line of a stretch: the stretch's number, the line in it, its measure, and how many lines are left from it on."""

    stretch: int
    line: int
    measure: Emu
    left: int


_ENDLESS = 1 << 20

NO_CHANGES: Mapping[int, int] = MappingProxyType({})
"""No paragraph is longer or shorter than it would be."""


SetIn = Callable[[int, tuple[Emu, ...]], tuple[GalleyLine, ...]]
"""Gives the lines of a paragraph, by its number, in lines of given measures; the last one holds for all after it."""


def set_once(story: ShapedStory, em: Emu, changes: Mapping[int, int] = NO_CHANGES) -> SetIn:
    """Return what sets each paragraph of a story once for the same measures.

    `changes` are by how many lines a paragraph, by its number, is longer or shorter than it would be; it stays as it would be
    where its lines cannot give so much.
    """
    natural = cache(lambda number, measures: _set(story.paragraphs[number], measures, em))

    def set_in(number: int, measures: tuple[Emu, ...]) -> tuple[GalleyLine, ...]:
        lines = natural(number, measures)
        change = changes.get(number, 0)
        return (_changed(story.paragraphs[number], measures, em, len(lines) + change) if change else None) or lines

    return cache(set_in) if changes else natural


def pour_uneven(story: ShapedStory, set_in: SetIn, stretches: Sequence[Stretch], em: Emu) -> tuple[Galley, Filled]:
    """Return the story set and poured into stretches; what has no room is broken for the last stretch's measure."""
    slots = [*_slots(stretches), _Slot(len(stretches), 0, stretches[-1].measure if stretches else em, _ENDLESS)]
    legs: list[list[PlacedLine]] = [[] for _ in (*stretches, None)]
    made: list[SetParagraph] = []
    at = 0
    for number, paragraph in enumerate(story.paragraphs):
        at = _free(story, set_in, number, slots, at)
        lines = set_in(number, (slots[at].measure,))
        measures = [slot.measure for slot in slots[at : at + 2 * len(lines) + 1]]
        if all(line.kind is LineKind.TEXT for line in lines) and len(set(measures[: len(lines)])) > 1:
            lines = set_in(number, tuple(measures))
        every = chain(measures, repeat(measures[-1]))
        made.append(SetParagraph(lines, (*paragraph.problems, *line_findings(lines, every, paragraph.paragraph))))
        for line in lines:
            at = _with_room(slots, at, line.depth)
            if line.again and slots[at].left < _ENDLESS and not legs[slots[at].stretch]:
                at = _with_room(slots, at, line.again.depth + line.depth, measures[0])
                at = _put(line.again, legs, slots, at)
            at = _put(line, legs, slots, at)
    galley = join_galley(slots[0].measure, tuple(made), story.problems)
    return galley, Filled(tuple(_ended(legs, stretches)), tuple(placed.galley_line for placed in legs[-1]))


def _ended(legs: Sequence[Sequence[PlacedLine]], stretches: Sequence[Stretch]) -> Iterator[tuple[PlacedLine, ...]]:
    """Yield the legs, those before the text's end with their white shared out."""
    last = max((number for number, leg in enumerate(legs) if leg), default=0)
    for number, (leg, stretch) in enumerate(zip(legs, stretches, strict=False)):
        yield shared_white(leg, stretch.lines) if number < last else tuple(leg)


def _slots(stretches: Sequence[Stretch]) -> Iterator[_Slot]:
    for number, stretch in enumerate(stretches):
        for line in range(stretch.lines):
            yield _Slot(number, line, stretch.measure, stretch.lines - line)


def _put(line: GalleyLine, legs: Sequence[list[PlacedLine]], slots: Sequence[_Slot], at: int) -> int:
    """Put a line into the leg of a slot; return the slot behind it."""
    legs[slots[at].stretch].append(PlacedLine(slots[at].line, line))
    return min(at + line.depth, len(slots) - 1)


def _with_room(slots: Sequence[_Slot], at: int, depth: int, measure: Emu = 0) -> int:
    """Return the first slot from `at` on in whose stretch so many lines have room, as wide as a measure."""
    while slots[at].left < depth or (slots[at].measure < measure and slots[at].left < _ENDLESS):
        at += slots[at].left
    return at


def _free(story: ShapedStory, set_in: SetIn, first: int, slots: Sequence[_Slot], at: int) -> int:
    """Return the slot where a paragraph begins: subheads, and pieces, go where what stands below them has room."""
    last = next((number for number in range(first, len(story.paragraphs)) if not _is_subhead(story, number)), None)
    subheads = range(first, len(story.paragraphs) if last is None else last)
    while subheads or (last is not None and story.paragraphs[last].pieces):
        measure = slots[at].measure
        depth = sum(line.depth for number in subheads for line in set_in(number, (measure,)))
        depth += _beginning(set_in(last, (measure,))) if last is not None else 0
        found = _with_room(slots, at, depth)
        if found == at:
            break
        at = found
    return at


def _beginning(lines: Sequence[GalleyLine]) -> int:
    """Return the depth of a paragraph's first line, with the lines below it that it leads."""
    end = next((number for number, line in enumerate(lines, 1) if not line.kind.leads), len(lines))
    return sum(line.depth for line in lines[:end])


def _is_subhead(story: ShapedStory, number: int) -> bool:
    return story.paragraphs[number].paragraph.is_subhead


def _set(paragraph: ShapedParagraph, measures: tuple[Emu, ...], em: Emu) -> tuple[GalleyLine, ...]:
    """Return a paragraph's lines, each for its own measure; where all are the same they are those of any galley."""
    spans = None
    if len(set(measures)) > 1:
        first, rest = indents(paragraph, min(measures), em)
        spans = fit_lines(paragraph.shaped, [measure - (rest if number else first) for number, measure in enumerate(measures)])
    return (
        set_paragraph(paragraph, measures[0], em) if spans is None else tuple(text_lines(paragraph.shaped, spans, first, rest))
    )


def _changed(paragraph: ShapedParagraph, measures: tuple[Emu, ...], em: Emu, count: int) -> tuple[GalleyLine, ...] | None:
    """Return a paragraph in so many lines, each for its own measure; None where they would be too tight or too loose."""
    first, rest = indents(paragraph, min(measures), em)
    widths = [measure - (rest if number else first) for number, measure in enumerate((*measures, measures[-1]))]
    spans = fit_tightly(paragraph.shaped, widths, count)
    return tuple(text_lines(paragraph.shaped, spans, first, rest)) if spans else None

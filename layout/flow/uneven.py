"""Sets a story into stretches of differing measure: each line is broken for the place where it will stand."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import chain, repeat
from typing import NamedTuple

from layout.flow.galley import (
    Galley,
    GalleyLine,
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
from layout.text.lines import fit_lines
from layout.units import Emu


class _Slot(NamedTuple):
    """A line of a stretch: the stretch's number, the line in it, its measure, and how many lines are left from it on."""

    stretch: int
    line: int
    measure: Emu
    left: int


_ENDLESS = 1 << 20


SetIn = Callable[[int, tuple[Emu, ...]], tuple[GalleyLine, ...]]
"""Gives the lines of a paragraph, by its number, in lines of given measures; the last one holds for all after it."""


def set_once(story: ShapedStory, em: Emu) -> SetIn:
    """Return what sets each paragraph of a story once for the same measures."""
    return cache(lambda number, measures: _set(story.paragraphs[number], measures, em))


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
        if not paragraph.paragraph.is_subhead and len(set(measures[: len(lines)])) > 1:
            lines = set_in(number, tuple(measures))
        every = chain(measures, repeat(measures[-1]))
        made.append(SetParagraph(lines, (*paragraph.problems, *line_findings(lines, every, paragraph.paragraph))))
        for line in lines:
            at = _with_room(slots, at, line.depth)
            slot = slots[at]
            legs[slot.stretch].append(PlacedLine(slot.line, line))
            at = min(at + line.depth, len(slots) - 1)
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


def _with_room(slots: Sequence[_Slot], at: int, depth: int) -> int:
    """Return the first slot from `at` on in whose stretch so many lines have room."""
    while slots[at].left < depth:
        at += slots[at].left
    return at


def _free(story: ShapedStory, set_in: SetIn, first: int, slots: Sequence[_Slot], at: int) -> int:
    """Return the slot where a paragraph begins: subheads go where the line of text below them has room."""
    last = next((number for number in range(first, len(story.paragraphs)) if not _is_subhead(story, number)), None)
    subheads = range(first, len(story.paragraphs) if last is None else last)
    while subheads:
        depth = sum(line.depth for number in subheads for line in set_in(number, (slots[at].measure,))) + (last is not None)
        found = _with_room(slots, at, depth)
        if found == at:
            break
        at = found
    return at


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

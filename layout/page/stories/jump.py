"""Jumps (转版): a story fills its area with whole legs, says where it goes on, and leaves the rest for that page.

Usage: 下转 with the page in parentheses at the end of the last leg, to the right; 上接 before the text that goes on.
"""

from itertools import accumulate
from typing import NamedTuple

from layout.diagnostics import finding
from layout.flow.galley import Galley, GalleyLine, LineKind
from layout.flow.pour import Filled, PlacedLine, capacities, holds, pour
from layout.flow.region import Stretch
from layout.flow.solve import Price
from layout.manifest.copy import Emphasis, Marking, Paragraph, ParagraphKind, Story, TextRun
from layout.manifest.issue import Block, Jump, StoryContent
from layout.manifest.paper import Role
from layout.page.block import Depths, PlacedBlock, Rest, Setting
from layout.page.stories.fit import uneven
from layout.page.stories.story import StoryBlock
from layout.script.numerals import jump_words, rest_words
from layout.text.justify import Fit
from layout.text.measure import LineSpan, line_width, natural_width
from layout.text.shaped import StyledText

_LEAST_LINES = 3
"""The fewest lines in a leg of a story that goes on elsewhere."""


class JumpingStory(NamedTuple):
    """A measured story that goes on on another page: any depth suits that holds its head and a few lines."""

    story: StoryBlock
    jump: Jump

    @property
    def block(self) -> Block:
        """The area that the story fills."""
        return self.story.block

    @property
    def depths(self) -> Depths:
        """From the fewest lines up to the whole story."""
        whole = self.story.depths
        least = min(whole.least, self.story.above + self.story.pad + _LEAST_LINES)
        return whole._replace(least=least, price=Price.JUMP)

    def place(self, depth: int) -> PlacedBlock:
        """Return the story in `depth` lines, with what it leaves for the page where it goes on."""
        story = self.story
        room = depth - story.pad - story.above
        stretches = story.region.stretches(max(0, room))
        if room < _LEAST_LINES or holds(story.galley, capacities(stretches)):
            return self._whole(depth)
        filled, mark = self._cut(stretches)
        frame = story.frame(depth, story.above, stretches, _with_mark(filled, mark))
        parts = story.parts(depth, story.above, stretches, filled)
        is_uneven = max(filled.depths) - min(filled.depths) > 1
        found = uneven(story.block, story.setting) if is_uneven else ()
        problems = (*story.problems, *story.head.problems, *story.galley.findings, *found)
        return PlacedBlock(frame, parts, problems, Rest(_left(story.content.story, story.galley, filled), self.jump.label))

    def _whole(self, depth: int) -> PlacedBlock:
        """Return the story without its jump: it has no room for it, or no need."""
        placed = self.story.place(depth)
        if any(problem.code == "area-too-shallow" for problem in placed.problems):
            return placed
        values = {"story": self.story.content.story.name, "page": self.story.setting.page.label, "other": self.jump.label}
        return placed._replace(problems=(*placed.problems, finding("jump-needless", self.jump.span, **values)))

    def _cut(self, stretches: tuple[Stretch, ...]) -> tuple[Filled, PlacedLine]:
        """Return the legs filled, and the mark: behind a paragraph's last line if that has room, or on a line of its own."""
        galley, last, em = self.story.galley, stretches[-1], self.story.setting.design.grid.em
        mark = self._mark(last)
        filled = pour(galley, capacities(stretches))
        end = filled.legs[-1][-1] if filled.legs[-1] else None
        if end is not None and end.line == last.lines - 1 and _has_room(end.galley_line, mark, em):
            return filled, PlacedLine(end.line, mark)
        shorter = (*capacities(stretches)[:-1], last.lines - 1)
        return pour(galley, shorter), PlacedLine(last.lines - 1, mark)

    def _mark(self, last: Stretch) -> GalleyLine:
        setting = self.story.setting
        shaped, _ = setting.shaper.shape([StyledText(jump_words(self.jump.label), Role.KAI.value)], setting.design.grid.em)
        indent = max(0, last.measure - line_width(shaped))
        return GalleyLine(shaped, LineSpan(0, len(shaped.glyphs)), LineKind.TEXT, Fit.NATURAL, indent, 1)


def _has_room(line: GalleyLine, mark: GalleyLine, em: int) -> bool:
    """Return whether a mark has room behind a paragraph's last line, an em away."""
    is_end = line.kind is LineKind.TEXT and line.fit is Fit.NATURAL
    return is_end and line.indent + natural_width(line.shaped, line.span) + em <= mark.indent


def _with_mark(filled: Filled, mark: PlacedLine) -> Filled:
    return filled._replace(legs=(*filled.legs[:-1], (*filled.legs[-1], mark)))


def _left(story: Story, galley: Galley, filled: Filled) -> Story:
    """Return what of a story has no room, cut within a paragraph or between a table's rows where a leg's end cuts it."""
    placed = sum(line.galley_line.kind is not LineKind.REPEATED for leg in filled.legs for line in leg)
    ends = list(accumulate(len(paragraph.lines) for paragraph in galley.paragraphs))
    number = next(number for number, end in enumerate(ends) if end > placed)
    first, line = story.paragraphs[number], filled.rest[0]
    if line.span.start:
        text = "".join(line.shaped.clusters[: line.span.start])
        first = _behind(first, text.removeprefix(story.dateline.text))
    elif first.table is not None:
        rows = placed - ends[number] + len(first.table.rows)
        first = first._replace(table=first.table._replace(rows=first.table.rows[max(0, rows) :]))
    return story._replace(paragraphs=(first, *story.paragraphs[number + 1 :]))


def _behind(paragraph: Paragraph, text: str) -> Paragraph:
    """Return a paragraph without the text that it begins with."""
    runs, left = [], len(text)
    for run in paragraph.runs:
        runs += [run._replace(text=run.text[left:])] if left < len(run.text) else []
        left = max(0, left - len(run.text))
    return paragraph._replace(runs=tuple(runs))


def taken_up(content: StoryContent, setting: Setting) -> StoryContent:
    """Return the rest of a story with its text, which says where it began; without text where nothing was left for it."""
    rest = setting.rests.get((content.story.span.file, setting.page.label))
    if rest is None:
        return content
    words = TextRun(rest_words(content.source), Marking(emphasis=Emphasis.KAI))
    first = rest.paragraphs[0]
    if first.kind is ParagraphKind.TEXT:
        paragraphs = (first._replace(runs=(words, *first.runs)), *rest.paragraphs[1:])
    else:
        paragraphs = (Paragraph((words,), first.span, first.raw), *rest.paragraphs)
    return content._replace(story=content.story._replace(paragraphs=paragraphs))

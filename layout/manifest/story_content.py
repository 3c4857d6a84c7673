"""What stands in the areas of stories, notes, tables and heads over several stories."""

import os
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from layout.diagnostics import Span
from layout.manifest.areas import (
    EarArea,
    Head,
    HeadlineArea,
    HeadPlace,
    NoteArea,
    RestArea,
    StoryArea,
    StoryHead,
    StoryMatter,
    TableArea,
)
from layout.manifest.copy import Paragraph, ParagraphKind, Story
from layout.manifest.files import Files
from layout.manifest.issue import (
    HeadlineContent,
    Jump,
    StoryContent,
)
from layout.manifest.kinds import Located
from layout.manifest.paper import Role
from layout.manifest.source import NOTHING, Scalar, read_text
from layout.manifest.story import make_panel, make_story, read_panel, read_story, read_table
from layout.manifest.tables import read_csv
from layout.script.rules import Axis

STORY_LEVEL, EAR_LEVEL, _REST_LEVEL, _HEADLINE_LEVEL = 3, 5, 5, 2

BOX_HEAD = Head(level=EAR_LEVEL, direction=Axis.LEVEL)
"""How the title of a note is set."""

TABLE_HEAD = Head(level=EAR_LEVEL, face=Role.HEI_HEAVY, direction=Axis.LEVEL)
"""How the title of a table is set."""

_NOTE_FILES, _VALUES = (".md", ".txt"), ".csv"


def story_content(story: Story, area: StoryArea | EarArea, level: int) -> StoryContent:
    """Return the story with its head settled: what the area says, or `level`, and the direction of the text."""
    head = replace(area.head, level=area.head.level or level, direction=area.head.direction or area.direction)
    if area.column_title.text:
        story = story._replace(column_title=area.column_title)
    content = StoryContent(story, head, area.columns, area.border, area.direction, area.squeeze, area.tint)
    return content._replace(remainder=area.remainder, jump=_jump(area.jump)) if isinstance(area, StoryArea) else content


def rest_content(story: Story, area: RestArea) -> StoryContent:
    """Return the rest of a story under its short headline; its text is what the page before it has no room for."""
    head = replace(area.head, level=area.head.level or _REST_LEVEL, direction=area.head.direction or Axis.LEVEL)
    words = story._replace(kicker=NOTHING, deck=NOTHING, byline=NOTHING, dateline=NOTHING, summary=(), paragraphs=())
    words = words._replace(headline=story.short if story.short.text else story.headline)
    content = StoryContent(words, head, area.columns, area.border, Axis.LEVEL, area.squeeze, area.tint)
    return content._replace(jump=_jump(area.jump), is_rest=True)


def _jump(label: Located[str] | None) -> Jump | None:
    return Jump(label.value, label.span) if label is not None else None


def _names_file(words: Scalar, endings: tuple[str, ...]) -> bool:
    """Return whether a text of the manifest is the name of a file, and not the copy itself."""
    return "\n" not in words.text and words.text.lower().endswith(endings)


@dataclass(slots=True)
class Stories:
    """Reads the stories of an issue; knows which was placed where, so that none is placed twice."""

    files: Files
    placed: dict[Path, Span] = field(default_factory=dict)
    by_file: dict[Path, Story] = field(default_factory=dict)

    def story(self, reference: Located[str] | Located[StoryMatter], area: Span) -> Story | None:
        """Return a story from its file or from the manifest; None after a finding."""
        value = reference.value
        if isinstance(value, StoryMatter):
            return make_story("inline", value, value.text.text, value.text.inner, self.files.report)
        path = self._placed(Located(value, reference.span), area)
        story = read_story(path, os.path.normpath(path), reference.span, self.files.report) if path else None
        if path is not None and story is not None:
            self.by_file[path.resolve()] = story
        return story

    def _placed(self, name: Located[str], area: Span) -> Path | None:
        """Return the file of a story, noted as placed; None with a finding where it is not to be had, or placed already."""
        path = self.files.find(name)
        if path is None:
            return None
        real = path.resolve()
        first = self.placed.get(real)
        if first is not None:
            again = name.span if name.span != first else area
            self.files.report.add("story-twice", again, path=name.value, line=first.line)
            return None
        self.placed[real] = name.span
        return path

    def note(self, area: NoteArea, span: Span) -> Story | None:
        """Return a note as a story, with its title for headline; None after a finding."""
        if not _names_file(area.note, _NOTE_FILES):
            return make_panel(area.title.text or "note", area.title, area.note.text, area.note.inner, self.files.report)
        path = self._placed(Located(area.note.text, area.note.span), span)
        return read_panel(path, os.path.normpath(path), area.title, area.note.span, self.files.report) if path else None

    def table(self, area: TableArea, span: Span) -> Story | None:
        """Return a table with its title for headline and its note for a paragraph."""
        name, paragraph = area.title.text or "table", None
        if not _names_file(area.table, (*_NOTE_FILES, _VALUES)):
            paragraph = read_table(area.table.text, area.table.inner, self.files.report)
        elif (path := self._placed(Located(area.table.text, area.table.span), span)) is not None:
            name, paragraph = path.stem, self._table_file(path, area.table.span)
        if paragraph is None or paragraph.table is None:
            return None
        table = paragraph.table._replace(size=area.size, has_rules=area.column_rules)
        note = make_panel(name, area.title, area.note.text, area.note.inner, self.files.report)
        remarks = (remark._replace(kind=ParagraphKind.REMARK) for remark in note.paragraphs)
        return note._replace(paragraphs=(paragraph._replace(table=table), *remarks))

    def _table_file(self, path: Path, span: Span) -> Paragraph | None:
        name = os.path.normpath(path)
        text = read_text(path, name, span, self.files.report)
        if text is None:
            return None
        if path.suffix.lower() == _VALUES:
            return read_csv(text, name, self.files.report)
        return read_table(text, Span(name, 1, 1), self.files.report)

    def headline(self, area: HeadlineArea) -> HeadlineContent | None:
        """Return a head that stands over several stories; None after a finding."""
        if area.head.direction is Axis.VERTICAL or area.head.place is not HeadPlace.OVER:
            self.files.report.add("headline-not-level", area.head.span)
            return None
        words, head = area.headline, replace(area.head, level=area.head.level or _HEADLINE_LEVEL)
        named = {field.name: getattr(words, field.name) for field in fields(words)}
        matter = StoryHead(**named)
        story = make_story("headline", matter, "", words.span, self.files.report)
        return HeadlineContent(story, head, tuple(letter.value for letter in area.over))

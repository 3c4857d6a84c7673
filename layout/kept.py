"""An issue in a process that is kept: an edit sets anew what it touches, and leaves the file that a build from nothing would.

Every stage is a function of frozen values, so what it made is kept beside the values that it was made of, and taken again
where these are the same. Nothing is kept on disk.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from layout.design.plan import resolve
from layout.diagnostics import Absent, Diagnostic, has_errors
from layout.export.content import WITHOUT_TEXT, PageContent, ShownRuns, Texts, page_content
from layout.export.printing import Stock
from layout.frame import Page
from layout.issue import press_problems, read_issue
from layout.manifest.issue import Block, Issue, IssuePage, StoryContent
from layout.manifest.source import Report
from layout.manifest.story import read_story
from layout.page.block import Depths, MeasuredBlock, PlacedBlock, Setting
from layout.page.compose import Composed, measure_block
from layout.page.furniture.block import FurnitureBlock
from layout.page.issue_pages import compose_in_turn
from layout.page.stories.story import StoryBlock
from layout.script.rules import Axis
from layout.text.measure import LineSpan
from layout.text.shape import Shaper
from layout.text.shaped import ShapedText, StyledText
from layout.typeface.catalogue import Faces
from layout.units import Emu
from layout.watch import Watch


class Kept(NamedTuple):
    """What a build leaves: the bytes of the issue's file, None where an error keeps it from the press, and all findings."""

    file: bytes | None
    problems: tuple[Diagnostic, ...]


class KeptIssue:
    """An issue that is built again and again while its stories change."""

    def __init__(self, path: Path) -> None:
        """Take the issue of a manifest, of which nothing is read yet."""
        self._path = path
        self._issue: Issue | None = None
        self._found: tuple[Diagnostic, ...] = ()
        self._places: dict[str, tuple[int, int]] = {}
        self._setter: _Setter | None = None

    def build(self) -> Kept:
        """Read everything again, and build the issue."""
        self._issue, faces, self._found = read_issue(self._path, Watch())
        self._places = dict(_places(self._issue)) if self._issue else {}
        if self._issue is not None and faces is not None:
            self._setter = _Setter(self._issue, faces, self._setter)
        return self._built()

    def edit(self, story: Path) -> Kept:
        """Read one story again, whose file has changed, and build the issue; all is read where more than copy has changed."""
        place = self._places.get(os.path.realpath(story))
        if place is None or self._issue is None:
            return self.build()
        number, area = place
        page = self._issue.pages[number]
        block = _with_copy(page.blocks[area], story, self._found)
        if block is None:
            return self.build()
        changed = page._replace(blocks=(*page.blocks[:area], block, *page.blocks[area + 1 :]))
        pages = self._issue.pages
        self._issue = self._issue._replace(pages=(*pages[:number], changed, *pages[number + 1 :]))
        return self._built()

    def _built(self) -> Kept:
        issue, setter = self._issue, self._setter
        if issue is None or setter is None:
            return Kept(None, self._found)
        made = setter.pages(issue)
        problems = (*self._found, *(problem for one in made for problem in one.problems), *press_problems(issue))
        if has_errors(problems):
            return Kept(None, problems)
        return Kept(setter.issue_file(issue, [one.page for one in made]), problems)


def _places(issue: Issue) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield the file of each story that stands in one area, with the numbers of its page and its area."""
    for number, page in enumerate(issue.pages):
        for place, block in enumerate(page.blocks):
            content = block.content
            if isinstance(content, StoryContent) and not content.is_rest and not content.jump:
                yield os.path.realpath(content.story.span.file), (number, place)


def _with_copy(block: Block, file: Path, found: tuple[Diagnostic, ...]) -> Block | None:
    """Return an area with its story as its file has it now; None where more than its copy has changed, or may have."""
    content = block.content
    assert isinstance(content, StoryContent)
    name = content.story.span.file
    report = Report()
    story = read_story(file, name, content.story.span, report)
    if story is None or report.problems or any(problem.span.file == name for problem in found):
        return None
    story = story._replace(column_title=content.story.column_title)
    if story._replace(paragraphs=()) != content.story._replace(paragraphs=()):
        return None
    return block._replace(content=content._replace(story=story))


_MOST_RUNS = 500_000
"""Runs that are kept: those of more pages than an issue has, and of many edits."""


class _Contents(NamedTuple):
    """The contents of pages by themselves and one after the other, and what all their glyphs stand for."""

    alone: Sequence[PageContent]
    after: Sequence[PageContent]
    texts: Texts


def _edited(former: _Contents, alone: Sequence[PageContent]) -> _Contents | None:
    """Return the contents where some pages have others; None where one page's glyphs settle how those of another are shown.

    A page whose glyphs stand for the same as before changes nothing on others, nor does a glyph that stands for one text
    wherever it is shown.
    """
    if len(former.alone) != len(alone):
        return None
    after, texts = list(former.after), former.texts
    for number, (old, new) in enumerate(zip(former.alone, alone, strict=True)):
        if old is new:
            continue
        others = [*alone[:number], *former.alone[number + 1 :]]
        if after[number] is not old or not _is_told_alike(old, new, others):
            return None
        after[number] = new
        texts = _with_texts(texts, old, new, others)
    return _Contents(alone, after, texts)


def _is_told_alike(old: PageContent, new: PageContent, others: Sequence[PageContent]) -> bool:
    """Return whether a page may stand for another one while all others stay as they are."""
    if list(old.glyphs) != list(new.glyphs) or old.textless != new.textless:
        return False
    return all(
        text not in WITHOUT_TEXT and all(_agrees(content, face, glyph, text) for content in (new, *others))
        for face, glyphs in new.glyphs.items()
        for glyph, text in glyphs.items() ^ old.glyphs[face].items()
    )


def _agrees(content: PageContent, face: str, glyph: int, text: str) -> bool:
    """Return whether a glyph stands for nothing else than a text on a page."""
    return content.glyphs.get(face, {}).get(glyph, text) == text and glyph not in content.textless.get(face, ())


def _with_texts(texts: Texts, old: PageContent, new: PageContent, others: Sequence[PageContent]) -> Texts:
    """Return what glyphs stand for, with those of a page in the place of its former ones."""
    changed = dict(texts)
    for face, glyphs in new.glyphs.items():
        gone = {glyph for glyph in old.glyphs[face].keys() - glyphs.keys() if not _is_shown(others, face, glyph)}
        came = glyphs.items() - old.glyphs[face].items()
        if gone or came:
            changed[face] = texts[face] | dict(came)
            for glyph in gone:
                del changed[face][glyph]
    return changed


def _is_shown(contents: Sequence[PageContent], face: str, glyph: int) -> bool:
    return any(glyph in content.glyphs.get(face, ()) for content in contents)


_Told = dict[str, dict[int, str | None]]
"""Face to glyph to what it is known to stand for."""


class _Setter:
    """Sets the pages of an issue and writes its file; keeps what it made, and takes over what a former one made alike."""

    def __init__(self, issue: Issue, faces: Faces, former: "_Setter | None") -> None:
        self.shared = issue._replace(pages=()), issue.page_count
        self.design = resolve(issue)
        self.faces = faces
        self.stock = Stock(faces)
        self.shaper = _KeptShaper(faces, self.design.rules)
        self._blocks: dict[tuple[int, str], _KeptBlock] = {}
        self._pages: dict[int, tuple[IssuePage, Composed]] = {}
        self._contents: dict[int, PageContent] = {}
        self._again: dict[int, tuple[PageContent, _Told, PageContent]] = {}
        self._runs: ShownRuns = {}
        self._told = _Contents((), (), {})
        if former is not None and former.shared == self.shared and not issue.fonts:  # a paper's own files may have changed
            self._blocks = {key: block for key, block in former._blocks.items() if block.is_story}
            self._pages, self._contents = former._pages, former._contents

    def pages(self, issue: Issue) -> list[Composed]:
        """Return the finished pages of an issue; one whose copy is the same is the same value."""
        before = ((page, self._pages.get(page.number)) for page in issue.pages)
        kept = {page.number: made[1] for page, made in before if made is not None and made[0] == page}
        composed = compose_in_turn(issue, self.design, self.shaper, self._measured, kept)
        self._pages = {page.number: (page, one) for page, one in zip(issue.pages, composed, strict=True)}
        return composed

    def _measured(self, block: Block, setting: Setting) -> MeasuredBlock:
        key = setting.page.number, block.letter
        kept = self._blocks.get(key)
        if kept is not None and kept.block == block and kept.label == setting.page.label:
            return kept
        measured = measure_block(block, setting)
        if not isinstance(measured, StoryBlock | FurnitureBlock):
            return measured
        made = self._blocks[key] = _KeptBlock(measured, setting.page.label)
        return made

    def issue_file(self, issue: Issue, pages: Sequence[Page]) -> bytes:
        """Return the file of the issue."""
        alone = [self._content(page) for page in pages]
        self._told = _edited(self._told, alone) or self._told_of(alone)
        return self.stock.issue_file(issue, self._told.after, {face: dict(known) for face, known in self._told.texts.items()})

    def _told_of(self, alone: Sequence[PageContent]) -> "_Contents":
        texts: Texts = {}
        return _Contents(alone, [self._content_after(content, texts) for content in alone], texts)

    def _content_after(self, content: PageContent, texts: Texts) -> PageContent:
        """Return a page's content as it is after pages on which glyphs stand for `texts`, to which its own are added."""
        if content.goes_after(texts):
            content.add_to(texts)
            return content
        told = {face: {glyph: texts.get(face, {}).get(glyph) for glyph in glyphs} for face, glyphs in content.glyphs.items()}
        kept = self._again.get(content.page.number)
        if kept is None or kept[0] is not content or kept[1] != told:
            kept = content, told, page_content(content.page, self.faces, texts, self._runs)
            self._again[content.page.number] = kept
        kept[2].add_to(texts)
        return kept[2]

    def _content(self, page: Page) -> PageContent:
        """Return the content of a page by itself."""
        if len(self._runs) > _MOST_RUNS:
            self._runs.clear()
        kept = self._contents.get(page.number)
        if kept is None or kept.page is not page:
            kept = self._contents[page.number] = page_content(page, self.faces, {}, self._runs)
        return kept


class _KeptBlock:
    """A measured story, or furniture, that remembers how it was placed; furniture also says what is not in its block."""

    def __init__(self, measured: StoryBlock | FurnitureBlock, label: str) -> None:
        self.block = measured.block
        self.label = label
        self._measured = measured
        self._placed: dict[int, PlacedBlock] = {}

    @property
    def is_story(self) -> bool:
        return isinstance(self._measured, StoryBlock)

    @property
    def depths(self) -> Depths:
        return self._measured.depths

    def place(self, depth: int) -> PlacedBlock:
        """Return the block in so many lines."""
        placed = self._placed.get(depth)
        if placed is None:
            placed = self._placed[depth] = self._measured.place(depth)
        return placed


_MOST_SHAPED = 20_000
"""Pieces of text that are kept: those of more pages than an issue has, and of many edits."""


class _KeptShaper(Shaper):
    """A shaper that remembers what it shaped, and how it broke that into lines."""

    def __init__(self, *_: object) -> None:
        self._shaped: dict[tuple[object, ...], tuple[ShapedText, tuple[Absent, ...]]] = {}
        self._broken: dict[tuple[int, Emu, Emu], tuple[ShapedText, tuple[LineSpan, ...]]] = {}

    def shape(self, runs: Sequence[StyledText], size: Emu, axis: Axis = Axis.LEVEL) -> tuple[ShapedText, tuple[Absent, ...]]:
        """Return the shaped paragraph, and the characters that the faces of its roles lack."""
        key = (tuple(runs), size, axis)
        if key not in self._shaped:
            if len(self._shaped) > _MOST_SHAPED:
                self._shaped.clear()
                self._broken.clear()
            self._shaped[key] = super().shape(runs, size, axis)
        return self._shaped[key]

    def break_lines(self, shaped: ShapedText, measure: Emu, indent: Emu) -> tuple[LineSpan, ...]:
        """Return the lines of a paragraph that was shaped here; one that is kept here too is known by its identity."""
        key = (id(shaped), measure, indent)
        if key not in self._broken:
            self._broken[key] = shaped, super().break_lines(shaped, measure, indent)
        return self._broken[key][1]

"""Reads an issue whole: issue file, paper, sketches, stories; every finding of all of them at once."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from itertools import accumulate
from pathlib import Path

from layout.art.reading import is_art, missing_page, read_art
from layout.diagnostics import Diagnostic, Span, has_errors
from layout.frame import ArtSource
from layout.inks.press import PRESS, Press
from layout.manifest.areas import (
    DARK_GROUND,
    PALE_GROUND,
    AdvertArea,
    AreaFile,
    Border,
    Chosen,
    EarArea,
    FurnitureArea,
    Head,
    HeadlineArea,
    HeadPlace,
    IndexArea,
    IndexEntry,
    IndexStory,
    NoteArea,
    Remainder,
    RestArea,
    Squeeze,
    StoryArea,
    StoryHead,
    StoryMatter,
    TableArea,
)
from layout.manifest.copy import Paragraph, ParagraphKind, Story
from layout.manifest.issue import (
    AdvertContent,
    Block,
    Content,
    FontChoice,
    HeadlineContent,
    IndexContent,
    IndexLine,
    InsetContent,
    Issue,
    IssuePage,
    Jump,
    PictureContent,
    PictureGroup,
    StoryContent,
)
from layout.manifest.issue_file import IssueFile, PageFile
from layout.manifest.jumps import joined_jumps
from layout.manifest.kinds import Located, Record
from layout.manifest.paper import ROLES, Colour, FontFile, MastheadArt, Paper, Role
from layout.manifest.picture_areas import GroupedPicture, InsetPicture, PictureArea, PictureGroupArea
from layout.manifest.sketch import Cells, read_sketch
from layout.manifest.source import NOTHING, Mapping, Node, Report, Scalar, parse_yaml, read_text
from layout.manifest.story import make_panel, make_story, read_panel, read_story, read_table
from layout.manifest.tables import read_csv
from layout.pictures import picture_facts, press_profile_fault
from layout.script.rules import Axis
from layout.units import MM, millimetres

_ISSUE, _PAPER = Record(IssueFile), Record(Paper)

_STORY_LEVEL, _EAR_LEVEL, _REST_LEVEL, _HEADLINE_LEVEL = 3, 5, 5, 2

_Tinted = StoryArea | RestArea | EarArea | NoteArea | TableArea | IndexArea

_BOX_HEAD = Head(level=_EAR_LEVEL, direction=Axis.LEVEL)
"""How the title of a note is set."""

_TABLE_HEAD = Head(level=_EAR_LEVEL, face=Role.HEI_HEAVY, direction=Axis.LEVEL)
"""How the title of a table is set."""

_NOTE_FILES, _VALUES = (".md", ".txt"), ".csv"

DARKEST_TINT = Fraction(15, 100)
"""The darkest tint on which body text is read with ease in newsprint."""

LEAST_EM = 3 * MM // 2
"""The least em that body text can be set in: below it newsprint fills the counters of Han."""


def load_issue(path: Path) -> tuple[Issue | None, tuple[Diagnostic, ...]]:
    """Return the issue of a manifest with all findings; None where an error leaves no issue to set."""
    report = Report()
    issue = _load(path, report)
    return issue, tuple(report.problems)


def _load(path: Path, report: Report) -> Issue | None:
    """Return the issue; whatever can be read of a faulty one is read on, so that all of its faults are told."""
    node = _read_node(path, str(path), Span(str(path)), report)
    if not isinstance(node, Mapping):
        if node is not None:
            _ISSUE.read(node, report)
        return None
    values, complete = _ISSUE.values(node, report)
    folder = path.parent
    named: Located[str] | None = values.get("paper")
    paper_path = _inside(named, folder, (folder,), report, "paper-outside") if named else None
    paper = _read_paper(paper_path, folder, named, report) if paper_path and named else None
    listed: Located[tuple[PageFile, ...]] = values.get("pages", Located((), node.span))
    if "pages" in values and not listed.value and not report.problems:
        report.add("no-pages", listed.span)
    roots = (folder, *_roots(paper, paper_path.parent, report)) if paper and paper_path else (folder,)
    columns = paper.format.columns if paper else None
    loader = _Loader(folder, roots, columns, report, {}, {})
    if paper and paper_path:
        loader.inks = loader.press(paper.colour, paper_path.parent)
    numbers = accumulate((2 if page.spread.text else 1 for page in listed.value), initial=1)
    pages = joined_jumps([loader.page(number, page) for number, page in zip(numbers, listed.value, strict=False)], report)
    loader.check_labels(listed.value)
    pages = tuple(loader.indexed(page, file, pages) for page, file in zip(pages, listed.value, strict=True))
    fonts = loader.fonts(paper.fonts or {}, paper_path.parent) if paper and paper_path else {}
    masthead = loader.masthead(paper.masthead, paper_path.parent) if paper and paper_path else None
    if paper is None or not complete or not _check_format(paper, report):
        return None
    edition = values.get("edition", "1")
    return Issue(paper, values["number"], values["date"], pages, fonts, folder, node.span, loader.inks, masthead, edition)


def _roots(paper: Paper, folder: Path, report: Report) -> Iterator[Path]:
    """Yield the further folders that a paper names; one that is not there is a finding."""
    for root in paper.roots:
        path = folder / root.value
        if _is_folder(path):
            yield path
        else:
            report.add("missing-folder", root.span, path=root.value)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long, or with a NUL
        return False


def _read_paper(path: Path, folder: Path, named: Located[str], report: Report) -> Paper | None:
    node = _read_node(path, str(folder / named.value), named.span, report)
    return _PAPER.read(node, report) if node is not None else None


def _read_node(path: Path, name: str, span: Span, report: Report) -> Node | None:
    text = read_text(path, name, span, report)
    return parse_yaml(text, name, report) if text is not None else None


def _check_format(paper: Paper, report: Report) -> bool:
    """Return whether the type area lies inside the page and leaves an em that can be read."""
    form = paper.format
    em = form.type_width // (form.columns * (form.ems + form.gutter) - form.gutter)
    fits = form.type_width <= form.trim_width and form.type_height <= form.trim_height and em >= LEAST_EM
    if not fits:
        span = form.span if form.span.line else paper.span
        size = (millimetres(length) for length in (form.type_width, form.type_height, em))
        report.add("type-area", span, **dict(zip(("width", "height", "em"), size, strict=True)))
    return fits


def _inside(
    name: Located[str], base: Path, roots: tuple[Path, ...], report: Report, code: str = "outside-roots"
) -> Path | None:
    """Return the file that a manifest names, or None with a finding where it is absent or outside the roots."""
    path = base / name.value
    try:
        real = path.resolve()
        allowed = any(real.is_relative_to(root.resolve()) for root in roots)
        exists = real.is_file()
    except (OSError, ValueError, RuntimeError):
        allowed = exists = False
    if not allowed:
        report.add(code, name.span, path=name.value)
        return None
    if not exists:
        report.add("missing-file", name.span, path=name.value)
        return None
    return path


def _story_content(story: Story, area: StoryArea | EarArea, level: int) -> StoryContent:
    """Return the story with its head settled: what the area says, or `level`, and the direction of the text."""
    head = replace(area.head, level=area.head.level or level, direction=area.head.direction or area.direction)
    if area.column_title.text:
        story = story._replace(column_title=area.column_title)
    content = StoryContent(story, head, area.columns, area.border, area.direction, area.squeeze, area.tint)
    return content._replace(remainder=area.remainder, jump=_jump(area.jump)) if isinstance(area, StoryArea) else content


def _rest_content(story: Story, area: RestArea) -> StoryContent:
    """Return the rest of a story under its short headline; its text is what the page before it has no room for."""
    head = replace(area.head, level=area.head.level or _REST_LEVEL, direction=area.head.direction or Axis.LEVEL)
    words = story._replace(kicker=NOTHING, deck=NOTHING, byline=NOTHING, dateline=NOTHING, summary=(), paragraphs=())
    words = words._replace(headline=story.short if story.short.text else story.headline)
    content = StoryContent(words, head, area.columns, area.border, Axis.LEVEL, area.squeeze, area.tint)
    return content._replace(jump=_jump(area.jump), is_rest=True)


def _jump(label: Located[str] | None) -> Jump | None:
    return Jump(label.value, label.span) if label is not None else None


def _is_plain(content: StoryContent) -> bool:
    """Return whether a story runs level in legs of one measure below or beside its head."""
    is_over = content.head.place is HeadPlace.OVER and not content.insets
    return is_over and content.direction is Axis.LEVEL and content.remainder is Remainder.GAPS


def _runs_round(content: Content) -> bool:
    """Return whether an area need be no rectangle: that of a level story with a head, without border and tint."""
    return isinstance(content, StoryContent) and all(
        (
            content.direction is content.head.direction is Axis.LEVEL,
            content.border is Border.NONE,
            not content.tint.value,
            content.story.title,
        )
    )


def _placed_stories(pages: tuple[IssuePage, ...]) -> Iterator[tuple[Story, str]]:
    """Yield the stories of all pages, each with the label of its page."""
    for page in pages:
        for block in page.blocks:
            if isinstance(block.content, StoryContent) and not block.content.is_rest:
                yield block.content.story, page.label


def lead_story(page: IssuePage) -> Story | None:
    """Return the story of a page whose headline is of the highest level, the first of several; None where it has none."""
    stories = (block.content for block in page.blocks if isinstance(block.content, StoryContent))
    headed = [content for content in stories if content.story.title and not content.is_rest]
    return min(headed, key=lambda content: content.head.level).story if headed else None


def _names_file(words: Scalar, endings: tuple[str, ...]) -> bool:
    """Return whether a text of the manifest is the name of a file, and not the copy itself."""
    return "\n" not in words.text and words.text.lower().endswith(endings)


@dataclass(slots=True)
class _Loader:
    """Reads pages; knows which story was placed where, so that none is placed twice."""

    folder: Path
    roots: tuple[Path, ...]
    columns: int | None
    report: Report
    placed: dict[Path, Span]
    stories: dict[Path, Story]
    inks: Press = PRESS
    art: dict[tuple[Path, int | None], ArtSource | None] = field(default_factory=dict)

    def page(self, number: int, page: PageFile) -> IssuePage:
        columns = self.columns and self.columns * (2 if page.spread.text else 1)
        sketch = read_sketch(page.sketch, columns, self.report)
        if page.spread.text and number % 2:
            self.report.add("spread-not-left", page.spread.span, page=page.label.text)
        if page.rows.value and len(page.rows.value) != sketch.bands:
            self.report.add("rows-count", page.rows.span, got=len(page.rows.value), wanted=sketch.bands)
        for letter, area in page.areas.items():
            if letter not in sketch.letters:
                self.report.add("area-not-drawn", area.span, letter=letter)
            for below in area.value.over if isinstance(area.value, HeadlineArea) else ():
                if below.value not in sketch.letters:
                    self.report.add("area-not-drawn", below.span, letter=below.value)
        blocks = tuple(block for cell in sketch.cells if (block := self._block(cell, page)) is not None)
        bands = page.rows if page.rows.value else Located((0,) * sketch.bands, page.sketch.span)
        return IssuePage(number, page.label.text, page.name, bands, blocks, page.staff, page.span, page.ink, page.spread.text)

    def _block(self, cell: Cells, page: PageFile) -> Block | None:
        area = page.areas.get(cell.letter)
        if area is None:
            self.report.add("letter-without-area", cell.span, letter=cell.letter)
            return None
        if isinstance(area.value, _Tinted) and area.value.tint.value > DARKEST_TINT:
            tint = area.value.tint
            self.report.add("tint-too-dark", tint.span, tint=float(100 * tint.value), most=float(100 * DARKEST_TINT))
        if isinstance(area.value, StoryArea | EarArea | RestArea | HeadlineArea):
            self._check_ground(area.value.head)
        content = self._content(area.value, area.span) if area.value is not None else None
        if content is None:
            return None
        if cell.notches and not _runs_round(content):
            self.report.add("no-rectangle", cell.span, letter=cell.letter)
            return None
        if isinstance(content, StoryContent) and content.jump and (cell.notches or not _is_plain(content)):
            self.report.add("jump-needs-legs", content.jump.span, letter=cell.letter)
            return None
        return Block(cell.letter, cell.column, cell.columns, cell.band, cell.bands, content, area.span, cell.notches)

    def _check_ground(self, head: Head) -> None:
        """Report a ground on which neither black nor white type is read with ease."""
        ground = head.ground.value
        if PALE_GROUND < ground < DARK_GROUND:
            values = {"ground": ground, "pale": PALE_GROUND, "dark": DARK_GROUND}
            self.report.add("unclear-ground", head.ground.span, **{name: float(100 * value) for name, value in values.items()})

    def _content(self, area: AreaFile, span: Span) -> Content | None:
        match area:
            case StoryArea():
                story, insets = self._story(area.story, span), self._insets(area)
                return _story_content(story, area, _STORY_LEVEL)._replace(insets=insets) if story else None
            case RestArea():
                path = _inside(area.rest, self.folder, self.roots, self.report)
                # the story's own area tells what is wrong with its copy
                story = read_story(path, os.path.normpath(path), area.rest.span, Report()) if path else None
                return _rest_content(story, area) if story else None
            case EarArea():
                story = self._story(area.ear, span)
                return _story_content(story, area, _EAR_LEVEL) if story else None
            case NoteArea():
                story = self._note(area, span)
                return story and StoryContent(story, _BOX_HEAD, area.columns, area.border, Axis.LEVEL, area.squeeze, area.tint)
            case TableArea():
                story = self._table(area, span)
                return story and StoryContent(
                    story, _TABLE_HEAD, area.columns, area.border, Axis.LEVEL, Squeeze.NONE, area.tint
                )
            case HeadlineArea():
                return self._headline(area)
            case PictureArea():
                picture = self._picture(area)
                return picture and picture._replace(caption_at=area.caption_at, depth=area.depth)
            case PictureGroupArea():
                return self._picture_group(area)
            case AdvertArea():
                return self._advert(area)
            case IndexArea():
                return IndexContent((), area.title, area.border, area.tint)
            case FurnitureArea():
                return area

    def _story(self, reference: Located[str] | Located[StoryMatter], area: Span) -> Story | None:
        value = reference.value
        if isinstance(value, StoryMatter):
            return make_story("inline", value, value.text.text, value.text.inner, self.report)
        path = self._place(Located(value, reference.span), area)
        story = read_story(path, os.path.normpath(path), reference.span, self.report) if path else None
        if path is not None and story is not None:
            self.stories[path.resolve()] = story
        return story

    def _place(self, name: Located[str], area: Span) -> Path | None:
        """Return the file of a story, noted as placed; None with a finding where it is not to be had, or placed already."""
        path = _inside(name, self.folder, self.roots, self.report)
        if path is None:
            return None
        first = self.placed.get(path.resolve())
        if first is not None:
            again = name.span if name.span != first else area
            self.report.add("story-twice", again, path=name.value, line=first.line)
            return None
        self.placed[path.resolve()] = name.span
        return path

    def _note(self, area: NoteArea, span: Span) -> Story | None:
        if not _names_file(area.note, _NOTE_FILES):
            return make_panel(area.title.text or "note", area.title, area.note.text, area.note.inner, self.report)
        path = self._place(Located(area.note.text, area.note.span), span)
        return read_panel(path, os.path.normpath(path), area.title, area.note.span, self.report) if path else None

    def _table(self, area: TableArea, span: Span) -> Story | None:
        """Return a table with its title for headline and its note for a paragraph."""
        name, paragraph = area.title.text or "table", None
        if not _names_file(area.table, (*_NOTE_FILES, _VALUES)):
            paragraph = read_table(area.table.text, area.table.inner, self.report)
        elif (path := self._place(Located(area.table.text, area.table.span), span)) is not None:
            name, paragraph = path.stem, self._table_file(path, area.table.span)
        if paragraph is None or paragraph.table is None:
            return None
        table = paragraph.table._replace(size=area.size, has_rules=area.column_rules)
        note = make_panel(name, area.title, area.note.text, area.note.inner, self.report)
        remarks = (remark._replace(kind=ParagraphKind.REMARK) for remark in note.paragraphs)
        return note._replace(paragraphs=(paragraph._replace(table=table), *remarks))

    def _table_file(self, path: Path, span: Span) -> Paragraph | None:
        name = os.path.normpath(path)
        text = read_text(path, name, span, self.report)
        if text is None:
            return None
        if path.suffix.lower() == _VALUES:
            return read_csv(text, name, self.report)
        return read_table(text, Span(name, 1, 1), self.report)

    def _headline(self, area: HeadlineArea) -> HeadlineContent | None:
        if area.head.direction is Axis.VERTICAL or area.head.place is not HeadPlace.OVER:
            self.report.add("headline-not-level", area.head.span)
            return None
        words, head = area.headline, replace(area.head, level=area.head.level or _HEADLINE_LEVEL)
        named = {field.name: getattr(words, field.name) for field in fields(words)}
        matter = StoryHead(**named)
        story = make_story("headline", matter, "", words.span, self.report)
        return HeadlineContent(story, head, tuple(letter.value for letter in area.over))

    def _picture_group(self, area: PictureGroupArea) -> PictureGroup | None:
        if not area.pictures.value and not has_errors(tuple(self.report.problems)):
            self.report.add("no-pictures", area.pictures.span)
        pictures = tuple(found for picture in area.pictures.value if (found := self._picture(picture)) is not None)
        return PictureGroup(pictures, area.across, area.caption, area.credit, area.depth) if pictures else None

    def _insets(self, area: StoryArea) -> tuple[InsetContent, ...]:
        found = ((inset, self._picture(inset)) for inset in area.insets)
        return tuple(
            InsetContent(picture._replace(depth=inset.depth), inset.leg, inset.legs, inset.ems, inset.side, inset.at)
            for inset, picture in found
            if picture is not None
        )

    def _picture(self, area: PictureArea | GroupedPicture | InsetPicture) -> PictureContent | None:
        path = _inside(area.picture, self.folder, self.roots, self.report)
        made = self._picture_file(path, area.picture, area.page) if path is not None else None
        return made and made._replace(caption=area.caption, credit=area.credit, focus=area.focus)

    def _advert(self, area: AdvertArea) -> AdvertContent | None:
        path = _inside(area.advert, self.folder, self.roots, self.report)
        made = self._picture_file(path, area.advert, area.page) if path is not None else None
        return made and AdvertContent(made, area.size, area.marked, area.border, area.title)

    def masthead(self, named: MastheadArt | None, folder: Path) -> PictureContent | None:
        """Return the art that stands for the paper's name."""
        path = _inside(named.art, folder, (folder, *self.roots), self.report) if named else None
        return self._picture_file(path, named.art, named.page) if path and named else None

    def _picture_file(self, path: Path, named: Located[str], page: int | None) -> PictureContent | None:
        """Return a picture file without words; None after a finding."""
        if is_art(path):
            art = self._art_file(path, named, page)
            return PictureContent(path, *art.size, "", "", named.span, art=art) if art else None
        facts = picture_facts(path)
        if facts is None:
            self.report.add("no-picture", named.span, path=named.value)
            return None
        if facts.frames > 1:
            self.report.add("several-pictures", named.span, path=named.value, count=facts.frames)
        if not facts.is_profile_sound:
            self.report.add("picture-profile", named.span, path=named.value)
        self.report.problems += missing_page(path, page, named.span)
        return PictureContent(path, facts.width, facts.height, "", "", named.span, is_line_art=facts.is_line_art)

    def _art_file(self, path: Path, named: Located[str], page: int | None) -> ArtSource | None:
        """Return the art of a file, the same value wherever it is placed; its findings are told once."""
        key = (path.resolve(), page)
        if key not in self.art:
            self.art[key], problems = read_art(path, page, named.span, self.inks)
            self.report.problems += problems
        return self.art[key]

    def indexed(self, page: IssuePage, file: PageFile, pages: tuple[IssuePage, ...]) -> IssuePage:
        """Return a page whose index has its lines, now that all pages are read."""
        blocks = []
        for block in page.blocks:
            area = file.areas[block.letter].value
            if isinstance(area, IndexArea) and isinstance(block.content, IndexContent):
                lines = tuple(self._index_lines(area, page, pages))
                block = block._replace(content=block.content._replace(lines=lines))
            blocks.append(block)
        return page._replace(blocks=tuple(blocks))

    def _index_lines(self, area: IndexArea, page: IssuePage, pages: tuple[IssuePage, ...]) -> Iterator[IndexLine]:
        if isinstance(area.index, Chosen):
            leads = [(lead_story(later), later.label) for later in pages if later.number > page.number]
            yield from (IndexLine(story.index_entry, label) for story, label in leads if story is not None)
            if not any(story for story, _ in leads):
                self.report.add("index-empty", area.span)
            return
        labels = {story.span: label for story, label in _placed_stories(pages)}
        for item in area.index:
            if isinstance(item, Scalar):
                yield IndexLine(item, None)
            elif isinstance(item, IndexEntry):
                yield IndexLine(item.text, item.page)
            elif (story := self._named_story(item)) is not None and story.span in labels:
                yield IndexLine(item.text if item.text.text else story.index_entry, labels[story.span])

    def _named_story(self, item: IndexStory) -> Story | None:
        """Return the story that an index names; one that stands on no page is a finding, one that was faulty was told."""
        path = _inside(item.story, self.folder, self.roots, self.report)
        if path is not None and path.resolve() not in self.placed:
            self.report.add("story-not-placed", item.story.span, path=item.story.value)
        return self.stories.get(path.resolve()) if path is not None else None

    def check_labels(self, pages: tuple[PageFile, ...]) -> None:
        seen: set[str] = set()
        for label in (label for page in pages for label in (page.label, page.spread) if label.text):
            if label.text in seen:
                self.report.add("label-twice", label.span, label=label.text)
            seen.add(label.text)

    def fonts(self, named: dict[str, Located[Located[FontFile] | None]], folder: Path) -> dict[Role, FontChoice]:
        """Return the font files that the paper names itself."""
        choices = {}
        for name, place in named.items():
            if place.value is None:
                continue
            font, span = place.value.value, place.value.span
            path = _inside(Located(font.file, span), folder, (folder, *self.roots), self.report)
            if path is not None:
                choices[ROLES[name]] = FontChoice(path, font.index, font.weight, span)
        return choices

    def press(self, colour: Colour, folder: Path) -> Press:
        """Return the press with the profile that the paper names, or with the bundled one."""
        limit, named = int(100 * colour.ink_limit), colour.profile
        path = _inside(named, folder, (folder, *self.roots), self.report) if named else None
        if named is None or path is None:
            return PRESS._replace(limit=limit, intent=colour.intent)
        fault = press_profile_fault(path)
        if fault is not None:
            self.report.add(fault.value, named.span, path=named.value)
        return Press(path, limit, colour.intent, colour.condition or "")

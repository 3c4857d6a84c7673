"""Reads an issue whole: issue file, paper, sketches, stories; every finding of all of them at once."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from fractions import Fraction
from pathlib import Path

from layout.art.reading import is_art, missing_page, read_art
from layout.diagnostics import Diagnostic, Span
from layout.frame import ArtSource
from layout.manifest.areas import (
    DARK_GROUND,
    PALE_GROUND,
    AdvertArea,
    AreaFile,
    Border,
    EarArea,
    FurnitureArea,
    Head,
    HeadlineArea,
    HeadPlace,
    IndexArea,
    PictureArea,
    Remainder,
    RestArea,
    StoryArea,
    StoryHead,
    StoryMatter,
)
from layout.manifest.copy import Story
from layout.manifest.issue import (
    AdvertContent,
    Block,
    Content,
    FontChoice,
    HeadlineContent,
    Issue,
    IssuePage,
    Jump,
    PictureContent,
    StoryContent,
)
from layout.manifest.issue_file import IssueFile, PageFile
from layout.manifest.jumps import joined_jumps
from layout.manifest.kinds import Located, Record
from layout.manifest.paper import ROLES, FontFile, MastheadArt, Paper, Role
from layout.manifest.sketch import Cells, read_sketch
from layout.manifest.source import NOTHING, Mapping, Node, Report, parse_yaml, read_text
from layout.manifest.story import make_story, read_story
from layout.pictures import picture_size
from layout.script.rules import Axis
from layout.units import MM, millimetres

_ISSUE, _PAPER = Record(IssueFile), Record(Paper)

_STORY_LEVEL, _EAR_LEVEL, _REST_LEVEL, _HEADLINE_LEVEL = 3, 5, 5, 2

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
    loader = _Loader(folder, roots, columns, report, {})
    pages = joined_jumps([loader.page(number, page) for number, page in enumerate(listed.value, 1)], report)
    loader.check_labels(listed.value)
    fonts = loader.fonts(paper.fonts or {}, paper_path.parent) if paper and paper_path else {}
    masthead = loader.masthead(paper.masthead, paper_path.parent) if paper and paper_path else None
    if paper is None or not complete or not _check_format(paper, report):
        return None
    return Issue(paper, values["number"], values["date"], pages, fonts, folder, node.span, masthead)


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
    is_over = content.head.place is HeadPlace.OVER
    return is_over and content.direction is Axis.LEVEL and content.remainder is Remainder.GAPS


def _runs_round(content: Content) -> bool:
    """Return whether an area may have another shape than a rectangle: that of a level story without border and tint."""
    return isinstance(content, StoryContent) and all(
        (
            content.direction is content.head.direction is Axis.LEVEL,
            content.border is Border.NONE,
            not content.tint.value,
        )
    )


@dataclass(slots=True)
class _Loader:
    """Reads pages; knows which story was placed where, so that none is placed twice."""

    folder: Path
    roots: tuple[Path, ...]
    columns: int | None
    report: Report
    placed: dict[Path, Span]
    art: dict[tuple[Path, int | None], ArtSource | None] = field(default_factory=dict)

    def page(self, number: int, page: PageFile) -> IssuePage:
        sketch = read_sketch(page.sketch, self.columns, self.report)
        if page.rows.value and len(page.rows.value) != sketch.bands:
            self.report.add("rows-count", page.rows.span, got=len(page.rows.value), wanted=sketch.bands)
        for letter, area in page.areas.items():
            if letter not in sketch.letters:
                self.report.add("area-not-drawn", area.span, letter=letter)
            for below in area.value.over if isinstance(area.value, HeadlineArea) else ():
                if below.value not in sketch.letters:
                    self.report.add("area-not-drawn", below.span, letter=below.value)
        blocks = (self._block(cell, page) for cell in sketch.cells)
        bands = page.rows if page.rows.value else Located((0,) * sketch.bands, page.sketch.span)
        return IssuePage(
            number, page.label.text, page.name, bands, tuple(b for b in blocks if b is not None), page.staff, page.span
        )

    def _block(self, cell: Cells, page: PageFile) -> Block | None:
        area = page.areas.get(cell.letter)
        if area is None:
            self.report.add("letter-without-area", cell.span, letter=cell.letter)
            return None
        if isinstance(area.value, StoryArea | EarArea | RestArea | IndexArea) and area.value.tint.value > DARKEST_TINT:
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
                story = self._story(area.story, span)
                return _story_content(story, area, _STORY_LEVEL) if story else None
            case RestArea():
                path = _inside(area.rest, self.folder, self.roots, self.report)
                # the story's own area tells what is wrong with its copy
                story = read_story(path, os.path.normpath(path), area.rest.span, Report()) if path else None
                return _rest_content(story, area) if story else None
            case EarArea():
                story = self._story(area.ear, span)
                return _story_content(story, area, _EAR_LEVEL) if story else None
            case HeadlineArea():
                return self._headline(area)
            case PictureArea():
                return self._picture(area)
            case AdvertArea():
                return self._advert(area)
            case IndexArea() | FurnitureArea():
                return area

    def _story(self, reference: Located[str] | Located[StoryMatter], area: Span) -> Story | None:
        value = reference.value
        if isinstance(value, StoryMatter):
            return make_story("inline", value, value.text.text, value.text.inner, self.report)
        path = _inside(Located(value, reference.span), self.folder, self.roots, self.report)
        if path is None:
            return None
        first = self.placed.get(path.resolve())
        if first is not None:
            again = reference.span if reference.span != first else area
            self.report.add("story-twice", again, path=value, line=first.line)
            return None
        self.placed[path.resolve()] = reference.span
        return read_story(path, os.path.normpath(path), reference.span, self.report)

    def _headline(self, area: HeadlineArea) -> HeadlineContent | None:
        if area.head.direction is Axis.VERTICAL or area.head.place is not HeadPlace.OVER:
            self.report.add("headline-not-level", area.head.span)
            return None
        words, head = area.headline, replace(area.head, level=area.head.level or _HEADLINE_LEVEL)
        named = {field.name: getattr(words, field.name) for field in fields(words)}
        matter = StoryHead(**named)
        story = make_story("headline", matter, "", words.span, self.report)
        return HeadlineContent(story, head, tuple(letter.value for letter in area.over))

    def _picture(self, area: PictureArea) -> PictureContent | None:
        path = _inside(area.picture, self.folder, self.roots, self.report)
        made = self._picture_file(path, area.picture, area.page) if path is not None else None
        return made and made._replace(caption=area.caption, credit=area.credit)

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
            return PictureContent(path, *art.size, "", "", art) if art else None
        size = picture_size(path)
        if size is None:
            self.report.add("no-picture", named.span, path=named.value)
        self.report.problems += missing_page(path, page, named.span)
        return None if size is None else PictureContent(path, *size, "", "")

    def _art_file(self, path: Path, named: Located[str], page: int | None) -> ArtSource | None:
        """Return the art of a file, the same value wherever it is placed; its findings are told once."""
        key = (path.resolve(), page)
        if key not in self.art:
            self.art[key], problems = read_art(path, page, named.span)
            self.report.problems += problems
        return self.art[key]

    def check_labels(self, pages: tuple[PageFile, ...]) -> None:
        seen: set[str] = set()
        for page in pages:
            if page.label.text in seen:
                self.report.add("label-twice", page.label.span, label=page.label.text)
            seen.add(page.label.text)

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

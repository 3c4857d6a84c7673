"""Reads the pages of an issue: sketches turned into blocks, each with what stands in it."""

import os
from dataclasses import dataclass
from fractions import Fraction

from layout.diagnostics import Span
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
    NoteArea,
    Remainder,
    RestArea,
    Squeeze,
    StoryArea,
    TableArea,
    WeatherArea,
)
from layout.manifest.issue import (
    Block,
    Content,
    IndexContent,
    IssuePage,
    StoryContent,
)
from layout.manifest.issue_file import PageFile
from layout.manifest.kinds import Located
from layout.manifest.picture_areas import PictureArea, PictureGroupArea
from layout.manifest.picture_content import Pictures
from layout.manifest.sketch import Cells, read_sketch
from layout.manifest.slots import NUMBERS, weather_content
from layout.manifest.source import Report
from layout.manifest.story import read_story
from layout.manifest.story_content import BOX_HEAD, EAR_LEVEL, STORY_LEVEL, TABLE_HEAD, Stories, rest_content, story_content
from layout.script.rules import Axis

_Tinted = StoryArea | RestArea | EarArea | NoteArea | TableArea | IndexArea | WeatherArea

DARKEST_TINT = Fraction(15, 100)
"""The darkest tint on which body text is read with ease in newsprint."""


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


@dataclass(slots=True)
class Pages:
    """Reads pages: their sketches, and what stands in each area; `columns` is None where the paper is not known."""

    report: Report
    columns: int | None
    stories: Stories
    pictures: Pictures

    def page(self, number: int, page: PageFile) -> IssuePage:
        """Return a page with its blocks; `number` is its place in the issue, a spread counting twice."""
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
        label, spread = page.label.text, page.spread.text
        return IssuePage(number, label, page.name, bands, blocks, page.staff, page.span, page.ink, spread, page.contact)

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
        is_shaped = bool(cell.notches) or (bool(page.spread.text) and self._crosses_fold(cell))
        if isinstance(content, StoryContent) and content.jump and (is_shaped or not _is_plain(content)):
            self.report.add("jump-needs-legs", content.jump.span, letter=cell.letter)
            return None
        return Block(cell.letter, cell.column, cell.columns, cell.band, cell.bands, content, area.span, cell.notches)

    def _crosses_fold(self, cell: Cells) -> bool:
        """Return whether an area of a spread reaches over the fold."""
        return self.columns is not None and cell.column < self.columns < cell.column + cell.columns

    def _check_ground(self, head: Head) -> None:
        """Report a ground on which neither black nor white type is read with ease."""
        ground = head.ground.value
        if PALE_GROUND < ground < DARK_GROUND:
            values = {"ground": ground, "pale": PALE_GROUND, "dark": DARK_GROUND}
            self.report.add("unclear-ground", head.ground.span, **{name: float(100 * value) for name, value in values.items()})

    def _content(self, area: AreaFile, span: Span) -> Content | None:
        match area:
            case StoryArea():
                story, insets = self.stories.story(area.story, span), self.pictures.insets(area)
                return story_content(story, area, STORY_LEVEL)._replace(insets=insets) if story else None
            case RestArea():
                path = self.stories.files.find(area.rest)
                # the story's own area tells what is wrong with its copy
                story = read_story(path, os.path.normpath(path), area.rest.span, Report()) if path else None
                return rest_content(story, area) if story else None
            case EarArea():
                story = self.stories.story(area.ear, span)
                return story_content(story, area, EAR_LEVEL) if story else None
            case NoteArea():
                story = self.stories.note(area, span)
                return story and StoryContent(story, BOX_HEAD, area.columns, area.border, Axis.LEVEL, area.squeeze, area.tint)
            case TableArea():
                story = self.stories.table(area, span)
                return story and StoryContent(story, TABLE_HEAD, area.columns, area.border, Axis.LEVEL, Squeeze.NONE, area.tint)
            case HeadlineArea():
                return self.stories.headline(area)
            case PictureArea():
                picture = self.pictures.picture(area)
                return picture and picture._replace(caption_at=area.caption_at, depth=area.depth)
            case PictureGroupArea():
                return self.pictures.picture_group(area)
            case AdvertArea():
                return self.pictures.advert(area)
            case IndexArea():
                return IndexContent((), area.title, area.border, area.tint)
            case WeatherArea():
                return weather_content(area, self.stories.files)
            case FurnitureArea():
                return NUMBERS if area.kind == NUMBERS.kind else area

    def check_labels(self, pages: tuple[PageFile, ...]) -> None:
        """Add a finding for each label that stands on two pages."""
        seen: set[str] = set()
        for label in (label for page in pages for label in (page.label, page.spread) if label.text):
            if label.text in seen:
                self.report.add("label-twice", label.span, label=label.text)
            seen.add(label.text)

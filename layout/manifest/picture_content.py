"""What stands in the areas of pictures and adverts, in the inks of the press."""

from dataclasses import dataclass, field
from pathlib import Path

from layout.art.reading import is_art, missing_page, read_art
from layout.diagnostics import has_errors
from layout.frame import ArtSource
from layout.inks.press import PRESS, Press
from layout.manifest.areas import (
    AdvertArea,
    StoryArea,
)
from layout.manifest.files import Files
from layout.manifest.issue import (
    AdvertContent,
    InsetContent,
    PictureContent,
    PictureGroup,
)
from layout.manifest.kinds import Located
from layout.manifest.paper import Colour, Masthead
from layout.manifest.picture_areas import GroupedPicture, InsetPicture, PictureArea, PictureGroupArea
from layout.pictures import picture_facts, press_profile_fault

_PALEST_NAME = 600
"""The least ink, in per mille over all plates but yellow, in which the paper's name is clear on newsprint."""


@dataclass(slots=True)
class Pictures:
    """Reads the pictures of an issue; art that is placed twice is read once, in the inks of the press."""

    files: Files
    inks: Press = PRESS
    art: dict[tuple[Path, int | None], ArtSource | None] = field(default_factory=dict)

    def picture_group(self, area: PictureGroupArea) -> PictureGroup | None:
        """Return the pictures of a block; None where none of them can be read."""
        if not area.pictures.value and not has_errors(tuple(self.files.report.problems)):
            self.files.report.add("no-pictures", area.pictures.span)
        pictures = tuple(found for picture in area.pictures.value if (found := self.picture(picture)) is not None)
        return PictureGroup(pictures, area.across, area.caption, area.credit, area.depth) if pictures else None

    def insets(self, area: StoryArea) -> tuple[InsetContent, ...]:
        """Return the pictures within a story's text."""
        found = ((inset, self.picture(inset)) for inset in area.insets)
        return tuple(
            InsetContent(picture._replace(depth=inset.depth), inset.leg, inset.legs, inset.ems, inset.side, inset.at)
            for inset, picture in found
            if picture is not None
        )

    def picture(self, area: PictureArea | GroupedPicture | InsetPicture) -> PictureContent | None:
        """Return a picture with its words; None after a finding."""
        path = self.files.find(area.picture)
        made = self._picture_file(path, area.picture, area.page) if path is not None else None
        return made and made._replace(caption=area.caption, credit=area.credit, focus=area.focus)

    def advert(self, area: AdvertArea) -> AdvertContent | None:
        """Return an advert; None after a finding."""
        path = self.files.find(area.advert)
        made = self._picture_file(path, area.advert, area.page) if path is not None else None
        return made and AdvertContent(made, area.size, area.marked, area.border, area.title)

    def masthead(self, named: Masthead, files: Files) -> PictureContent | None:
        """Return the art that stands for the paper's name, where it has one; an ink that no type should have is told."""
        ink = named.ink.value
        if sum(ink) - ink.yellow < _PALEST_NAME or sum(ink) > 10 * self.inks.limit:
            values = {"total": sum(ink) // 10, "least": _PALEST_NAME // 10, "most": self.inks.limit}
            files.report.add("name-ink", named.ink.span, **values)
        path = files.find(named.art) if named.art else None
        return self._picture_file(path, named.art, named.page) if path and named.art else None

    def _picture_file(self, path: Path, named: Located[str], page: int | None) -> PictureContent | None:
        """Return a picture file without words; None after a finding."""
        if is_art(path):
            art = self._art_file(path, named, page)
            return PictureContent(path, *art.size, "", "", named.span, art=art) if art else None
        facts = picture_facts(path)
        if facts is None:
            self.files.report.add("no-picture", named.span, path=named.value)
            return None
        if facts.frames > 1:
            self.files.report.add("several-pictures", named.span, path=named.value, count=facts.frames)
        if not facts.is_profile_sound:
            self.files.report.add("picture-profile", named.span, path=named.value)
        self.files.report.problems += missing_page(path, page, named.span)
        return PictureContent(path, facts.width, facts.height, "", "", named.span, is_line_art=facts.is_line_art)

    def _art_file(self, path: Path, named: Located[str], page: int | None) -> ArtSource | None:
        """Return the art of a file, the same value wherever it is placed; its findings are told once."""
        key = (path.resolve(), page)
        if key not in self.art:
            self.art[key], problems = read_art(path, page, named.span, self.inks)
            self.files.report.problems += problems
        return self.art[key]


def read_press(colour: Colour, files: Files) -> Press:
    """Return the press with the profile that the paper names, or with the bundled one."""
    limit, named = int(100 * colour.ink_limit), colour.profile
    path = files.find(named) if named else None
    if named is None or path is None:
        return PRESS._replace(limit=limit, intent=colour.intent)
    fault = press_profile_fault(path)
    if fault is not None:
        files.report.add(fault.value, named.span, path=named.value)
    return Press(path, limit, colour.intent, colour.condition or "")

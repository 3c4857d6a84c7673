"""The sources that made an issue: its manifests, stories and pictures, as they were read.

They keep their places to each other, so that the issue can be made again from its bag. Faces stay out: their licences are for
those who set type; what the pages need of them is in the PDF files.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from layout.inks.press import NEWSPRINT
from layout.manifest.copy import Story
from layout.manifest.issue import AdvertContent, HeadlineContent, Issue, PictureContent, PictureGroup, StoryContent


def source_files(issue: Issue) -> dict[str, bytes]:
    """Return the bytes of an issue's sources by their paths below the folder that holds all of them."""
    return {name: path.read_bytes() for name, path in _named(issue).items()}


def page_sources(issue: Issue) -> dict[int, tuple[str, ...]]:
    """Return by page the paths of its sources below the folder that holds all of the issue's."""
    paths = {page.number: set(map(Path.absolute, _paths(issue._replace(pages=(page,))))) for page in issue.pages}
    named = _named(issue).items()
    return {number: tuple(name for name, path in named if path in shown) for number, shown in paths.items()}


def manifest_path(issue: Issue) -> str:
    """Return the path of an issue's manifest among its sources."""
    own = Path(issue.span.file).absolute()
    return next(name for name, path in _named(issue).items() if path == own)


def _named(issue: Issue) -> dict[str, Path]:
    """Return the sources by their paths below the folder that holds all of them."""
    paths = sorted({path.absolute() for path in _paths(issue)})
    base = Path(os.path.commonpath([Path(os.path.normpath(path)).parent for path in paths]))
    return {Path(os.path.normpath(path)).relative_to(base).as_posix(): path for path in paths}


def _paths(issue: Issue) -> Iterator[Path]:
    yield Path(issue.span.file)
    yield Path(issue.paper.span.file)
    if issue.masthead is not None:
        yield issue.masthead.path
    if issue.press.profile != NEWSPRINT:
        yield issue.press.profile
    for page in issue.pages:
        for block in page.blocks:
            match block.content:
                case StoryContent(story=story, insets=insets):
                    yield from _of_story(story)
                    yield from (inset.picture.path for inset in insets)
                case HeadlineContent(story=story):
                    yield from _of_story(story)
                case PictureContent(path=path):
                    yield path
                case PictureGroup(pictures=pictures):
                    yield from (picture.path for picture in pictures)
                case AdvertContent(picture=picture):
                    yield picture.path


def _of_story(story: Story) -> Iterator[Path]:
    """Yield the files that a story's words come from: its own, that of its area, tables."""
    words = (story.headline, story.column_title)
    spans = (story.span, *(word.span for word in words), *(paragraph.span for paragraph in story.paragraphs))
    yield from map(Path, {span.file: None for span in spans if span.file})

"""Indexes (导读) made of the issue's own stories, once all of its pages are read."""

from collections.abc import Iterator

from layout.manifest.areas import (
    Chosen,
    IndexArea,
    IndexEntry,
    IndexStory,
)
from layout.manifest.copy import Story
from layout.manifest.issue import (
    IndexContent,
    IndexLine,
    IssuePage,
    StoryContent,
)
from layout.manifest.issue_file import PageFile
from layout.manifest.source import Scalar
from layout.manifest.story_content import Stories


def indexed(page: IssuePage, file: PageFile, pages: tuple[IssuePage, ...], stories: Stories) -> IssuePage:
    """Return a page whose index has its lines, now that all pages are read."""
    blocks = []
    for block in page.blocks:
        area = file.areas[block.letter].value
        if isinstance(area, IndexArea) and isinstance(block.content, IndexContent):
            lines = tuple(_index_lines(area, page, pages, stories))
            block = block._replace(content=block.content._replace(lines=lines))
        blocks.append(block)
    return page._replace(blocks=tuple(blocks))


def _index_lines(area: IndexArea, page: IssuePage, pages: tuple[IssuePage, ...], stories: Stories) -> Iterator[IndexLine]:
    if isinstance(area.index, Chosen):
        leads = [(lead_story(later), later.label) for later in pages if later.number > page.number]
        yield from (IndexLine(story.index_entry, label) for story, label in leads if story is not None)
        if not any(story for story, _ in leads):
            stories.files.report.add("index-empty", area.span)
        return
    labels = {story.span: label for story, label in _placed_stories(pages)}
    for item in area.index:
        if isinstance(item, Scalar):
            yield IndexLine(item, None)
        elif isinstance(item, IndexEntry):
            yield IndexLine(item.text, item.page)
        elif (story := _named_story(item, stories)) is not None and story.span in labels:
            yield IndexLine(item.text if item.text.text else story.index_entry, labels[story.span])


def _named_story(item: IndexStory, stories: Stories) -> Story | None:
    """Return the story that an index names; one that stands on no page is a finding, one that was faulty was told."""
    path = stories.files.find(item.story)
    if path is not None and path.resolve() not in stories.placed:
        stories.files.report.add("story-not-placed", item.story.span, path=item.story.value)
    return stories.by_file.get(path.resolve()) if path is not None else None


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

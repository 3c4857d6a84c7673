"""Jumps (转版): each story that goes on on another page is taken up there, and each rest has a story before it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from layout.manifest.issue import Block, IssuePage, Jump, StoryContent
from layout.manifest.source import Report


class _Side(NamedTuple):
    """A story's area on one side of a jump, with the label of its page."""

    label: str
    block: Block
    content: StoryContent

    @property
    def file(self) -> str:
        """The story's file, which tells one story from another."""
        return self.content.story.span.file


def joined_jumps(pages: Sequence[IssuePage], report: Report) -> tuple[IssuePage, ...]:
    """Return the pages with each rest told where its story began.

    Jumps to nowhere, rests of what jumps nowhere, and jumps in a circle are findings.
    """
    sides = list(_sides(pages))
    labels = {page.label for page in pages}
    rests: dict[tuple[str, str], _Side] = {}
    for side in sides:
        if side.content.is_rest and rests.setdefault((side.file, side.label), side) is not side:
            report.add("rest-twice", side.block.span, story=side.content.story.name, page=side.label)
    sources: dict[tuple[str, str], _Side] = {}
    for side in sides:
        if side.content.jump is not None and _is_answered(side, side.content.jump, labels, rests, report):
            sources[side.file, side.content.jump.label] = side
    for key, rest in rests.items():
        if key not in sources:
            report.add("rest-unannounced", rest.block.span, story=rest.content.story.name, page=rest.label)
    _check_circles(sources, report)
    return tuple(_with_sources(page, sources) for page in pages)


def _sides(pages: Sequence[IssuePage]) -> Iterator[_Side]:
    for page in pages:
        for block in page.blocks:
            if isinstance(block.content, StoryContent) and (block.content.is_rest or block.content.jump):
                yield _Side(page.label, block, block.content)


def _is_answered(side: _Side, jump: Jump, labels: set[str], rests: dict[tuple[str, str], _Side], report: Report) -> bool:
    """Return whether the page that a story jumps to takes it up."""
    values = {"story": side.content.story.name, "page": side.label, "other": jump.label}
    if jump.label not in labels:
        report.add("jump-nowhere", jump.span, **values, labels=", ".join(sorted(labels)))
    elif jump.label == side.label:
        report.add("jump-to-itself", jump.span, **values)
    elif (side.file, jump.label) not in rests:
        report.add("jump-unanswered", jump.span, **values, file=side.file)
    else:
        return True
    return False


def _check_circles(sources: dict[tuple[str, str], _Side], report: Report) -> None:
    """Add a finding for each jump that leads to a page from which another one leads back to its own."""
    after: dict[str, set[str]] = {}
    for (_, label), side in sources.items():
        after.setdefault(side.label, set()).add(label)
    for (_, label), side in sources.items():
        if side.content.jump is not None and side.label in _reached(label, after):
            values = {"story": side.content.story.name, "page": side.label, "other": label}
            report.add("jump-circle", side.content.jump.span, **values)


def _reached(label: str, after: dict[str, set[str]]) -> set[str]:
    """Return the pages that jumps lead to from a page, itself included."""
    found, open_labels = {label}, [label]
    while open_labels:
        new = after.get(open_labels.pop(), set()) - found
        found |= new
        open_labels += new
    return found


def _with_sources(page: IssuePage, sources: dict[tuple[str, str], _Side]) -> IssuePage:
    return page._replace(blocks=tuple(_with_source(block, page.label, sources) for block in page.blocks))


def _with_source(block: Block, label: str, sources: dict[tuple[str, str], _Side]) -> Block:
    content = block.content
    if not isinstance(content, StoryContent) or not content.is_rest:
        return block
    source = sources.get((content.story.span.file, label))
    return block._replace(content=content._replace(source=source.label if source else ""))


def in_order(pages: Sequence[IssuePage]) -> Iterator[IssuePage]:
    """Yield the pages so that each comes after those whose stories it takes up."""
    waiting, done = list(pages), set[str]()
    while waiting:
        page = next((page for page in waiting if _sources_of(page) <= done), waiting[0])
        waiting.remove(page)
        done.add(page.label)
        yield page


def _sources_of(page: IssuePage) -> set[str]:
    contents = (block.content for block in page.blocks)
    return {content.source for content in contents if isinstance(content, StoryContent) and content.source}

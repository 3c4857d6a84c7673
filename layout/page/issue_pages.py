"""Composes the pages of an issue, several at once where there are processors for it."""

from collections.abc import Iterator, Mapping, Sequence

from layout.art.black import in_black
from layout.crew import share
from layout.design.plan import Design
from layout.frame import ArtSource, Drawing
from layout.manifest.copy import Story
from layout.manifest.issue import AdvertContent, Issue, IssuePage, PictureContent, PictureGroup, StoryContent
from layout.manifest.issue_file import Ink
from layout.manifest.jumps import in_order
from layout.page.compose import Composed, Measure, compose_page
from layout.text.shape import Shaper
from layout.typeface.catalogue import Faces

_FEWEST = 2
"""Pages, or rows of pages with jumps, that are worth a process of their own."""


def compose_pages(issue: Issue, design: Design, faces: Faces) -> list[Composed]:
    """Return the finished pages of an issue in their order; those between which stories jump are made one after the other."""
    shaper = Shaper(faces, design.rules)

    def composed(pages: Sequence[IssuePage]) -> list[Composed]:
        made = []
        rests: dict[tuple[str, str], Story] = {}
        for page in pages:
            made.append(compose_page(issue, page, design, shaper, rests))
            rests |= made[-1].rests
        return made

    tied = [page for page in in_order(issue.pages) if _is_tied(page)]
    pieces = [*([tied] if tied else []), *([page] for page in issue.pages if not _is_tied(page))]
    made = {one.page.number: one for piece in share(composed, pieces, _FEWEST, tuple(_art(issue))) for one in piece}
    return [made[page.number] for page in issue.pages]


def compose_in_turn(
    issue: Issue, design: Design, shaper: Shaper, measure: Measure, kept: Mapping[int, Composed]
) -> list[Composed]:
    """Return the finished pages of an issue, one after the other, with blocks measured by `measure`.

    `kept` are pages, by number, that are as they were before. A page that leaves something for another one, or takes it up,
    is always made anew.
    """
    made: dict[int, Composed] = {}
    rests: dict[tuple[str, str], Story] = {}
    for page in in_order(issue.pages):
        is_kept = page.number in kept and not _is_tied(page)
        one = kept[page.number] if is_kept else compose_page(issue, page, design, shaper, rests, measure)
        made[page.number] = one
        rests |= one.rests
    return [made[page.number] for page in issue.pages]


def _is_tied(page: IssuePage) -> bool:
    """Return whether a page leaves something for another one, or takes it up."""
    contents = (block.content for block in page.blocks)
    return any(isinstance(content, StoryContent) and (content.is_rest or content.jump) for content in contents)


def _art(issue: Issue) -> Iterator[ArtSource]:
    """Yield the art of an issue, which a file holds once however often it stands on pages, and that of black pages in black."""
    if issue.masthead is not None and issue.masthead.art is not None:
        yield issue.masthead.art
        if isinstance(issue.masthead.art, Drawing):
            yield in_black(issue.masthead.art)
    for page in issue.pages:
        for picture in _pictures(page):
            if picture.art is not None:
                yield picture.art
            if page.ink is Ink.BLACK and isinstance(picture.art, Drawing):
                yield in_black(picture.art)


def _pictures(page: IssuePage) -> Iterator[PictureContent]:
    for block in page.blocks:
        match block.content:
            case PictureContent():
                yield block.content
            case AdvertContent():
                yield block.content.picture
            case PictureGroup():
                yield from block.content.pictures
            case StoryContent():
                yield from (inset.picture for inset in block.content.insets)

"""Makes the archive's values of an issue: its copy joined with the places where the finished pages show it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, groupby
from typing import NamedTuple

from layout.archive.following import Followed, follow
from layout.archive.lines import Run, TextLine, text_lines, union
from layout.archive.model import (
    Advert,
    ArchiveIssue,
    ArchivePage,
    Article,
    ArticlePart,
    Block,
    BlockRole,
    Figure,
    Text,
)
from layout.archive.sections import Section, sections
from layout.archive.sources import manifest_path
from layout.diagnostics import Diagnostic, finding
from layout.frame import Frame, MarkKind, Page, Placed
from layout.geometry import Rect
from layout.manifest.copy import Paragraph, ParagraphKind, Story
from layout.manifest.issue import (
    AdvertContent,
    HeadlineContent,
    IndexContent,
    Issue,
    IssuePage,
    PictureContent,
    PictureGroup,
    StoryContent,
)
from layout.manifest.issue import Block as Area
from layout.manifest.jumps import in_order
from layout.page.furniture.words import IMPRINT_LABELS, imprint_data
from layout.script.joint import join_lines
from layout.script.numerals import rest_words


class _Copy(NamedTuple):
    """A text that the page shows: what it is, which paragraph or point, and which row of a table, from 0 for its heads.

    `leads` is the label of the page to which an entry of an index leads.
    """

    role: BlockRole
    text: str
    part: int = -1
    row: int = -1
    leads: str = ""


class _Shown(NamedTuple):
    """Lines of type that show one copy, None where they show none."""

    copy: _Copy | None
    lines: tuple[TextLine, ...]


class Archived(NamedTuple):
    """The values of an issue, and what was found while they were made."""

    issue: ArchiveIssue
    problems: tuple[Diagnostic, ...]


@dataclass(slots=True)
class _Begun:
    """An article while its parts are collected; `left` are the copies of its text that no page has shown yet."""

    story: Story
    page: IssuePage
    id: str
    order: int
    left: tuple[_Copy, ...]
    over: tuple[str, ...] = ()
    figures: list[Figure] = field(default_factory=list)
    parts: list[ArticlePart] = field(default_factory=list)

    def frozen(self, over: tuple[str, ...]) -> Article:
        """Return the article as a value."""
        story = self.story
        return Article(
            self.id,
            self.page.number,
            self.page.label,
            self.page.name.text,
            self.order,
            story.name,
            story.column_title.text,
            _one_line(story.kicker.text),
            story.title,
            _one_line(story.deck.text),
            tuple(_one_line(point.text) for point in story.summary),
            story.byline.text,
            story.dateline.text,
            tuple(map(_text, story.paragraphs)),
            tuple(self.figures),
            tuple(self.parts),
            over,
        )


def archive_issue(issue: Issue, pages: Sequence[Page]) -> Archived:
    """Return the archive's values of an issue and its finished pages.

    Copy that no page shows is a finding: then the page's text is not the article's.
    """
    collector = _Collector(issue)
    for page in in_order(issue.pages):
        made = next(each for each in pages if each.number == page.number)
        collector.collect(page, made)
    return collector.archived()


@dataclass(slots=True)
class _Collector:
    """Collects articles page by page, those before others that take up their rests."""

    issue: Issue
    articles: list[_Begun] = field(default_factory=list)
    jumping: dict[tuple[str, str], _Begun] = field(default_factory=dict)
    letters: dict[tuple[int, str], str] = field(default_factory=dict)
    pages: list[ArchivePage] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    adverts: list[Advert] = field(default_factory=list)

    def collect(self, page: IssuePage, made: Page) -> None:
        """Add a page with all that begins or goes on on it."""
        placed = list(zip(made.frame.items, _firsts(made.frame), strict=False))
        blocks: list[Block] = []
        orders = {"": 0, "p": 0, "a": 0}
        for area, (item, first) in zip(page.blocks, placed, strict=False):
            blocks += self._area(area, page, item, sections(item, first), orders)
        others = [(item, first) for item, first in placed[len(page.blocks) :] if isinstance(item.item, Frame)]
        furniture = [block for item, first in others for block in _furniture(sections(item, first))]
        above = [block for block in furniture if block.owner == "folio"]
        below = [block for block in furniture if block.owner != "folio"]
        ordered = enumerate((*above, *blocks, *below), 1)
        numbered = [block._replace(id=f"p{page.number:04d}_b{number:03d}") for number, block in ordered]
        self.pages.append(ArchivePage(page.number, page.label, page.name.text, made.size, tuple(numbered)))

    def _area(
        self, area: Area, page: IssuePage, placed: Placed, found: Sequence[Section], orders: dict[str, int]
    ) -> list[Block]:
        """Return the blocks of an area in the order in which they are read."""
        content = area.content
        match content:
            case StoryContent() | HeadlineContent():
                return self._story(area, content, page, placed, found, orders)
            case PictureContent():
                return self._pictures(found, (content,), page, orders)
            case PictureGroup():
                return self._pictures(found, content.pictures, page, orders, (content.caption, content.credit))
            case AdvertContent():
                return self._advert(found, content, page, orders)
            case IndexContent():
                return list(_index(found, content))
            case _:
                return list(_furniture(found))

    def _id(self, page: IssuePage, kind: str, orders: dict[str, int]) -> str:
        """Return the id of the next article, picture (p) or advert (a) of a page."""
        orders[kind] += 1
        return f"{self.issue.name}_{page.number:04d}_{kind}{orders[kind]:02d}"

    def _story(
        self,
        area: Area,
        content: StoryContent | HeadlineContent,
        page: IssuePage,
        placed: Placed,
        found: Sequence[Section],
        orders: dict[str, int],
    ) -> list[Block]:
        begun = self._article(content, page, orders)
        self.letters[page.number, area.letter] = begun.id
        heads = list(_head_copies(begun.story) if begun.story is content.story else _continued(content.story))
        pictures = iter(content.insets if isinstance(content, StoryContent) else ())
        blocks: list[Block] = []
        leg = 0
        for section in found:
            if section.kind is MarkKind.HEAD:
                shown, _ = _shown(section.runs, heads, len(heads))
                blocks += _blocks(shown, begun.id)
            elif section.kind is MarkKind.BODY:
                shown, begun.left = _shown(_without_source(section.runs, content), begun.left, 1)
                blocks += _in_legs(_blocks(shown, begun.id))
                leg = max((block.leg for block in blocks), default=0)
            elif section.kind is MarkKind.PICTURE and (inset := next(pictures, None)) is not None:
                figure, more = _picture(section, inset.picture, f"{begun.id}_f{len(begun.figures) + 1:02d}", page.number)
                begun.figures.append(figure)
                blocks += (block._replace(owner=begun.id, leg=leg) for block in more)
        begun.parts.append(_part(page, placed, blocks))
        return blocks

    def _article(self, content: StoryContent | HeadlineContent, page: IssuePage, orders: dict[str, int]) -> _Begun:
        """Return the article of an area: one that goes on there, or else one that begins there."""
        is_rest = isinstance(content, StoryContent) and content.is_rest
        begun = self.jumping.get((content.story.span.file, page.label)) if is_rest else None
        if begun is None:
            own, copies = self._id(page, "", orders), tuple(_body_copies(content.story))
            over = content.over if isinstance(content, HeadlineContent) else ()
            begun = _Begun(content.story, page, own, orders[""], copies, over)
            self.articles.append(begun)
        if isinstance(content, StoryContent) and content.jump is not None:
            self.jumping[content.story.span.file, content.jump.label] = begun
        return begun

    def _pictures(
        self,
        found: Sequence[Section],
        contents: Sequence[PictureContent],
        page: IssuePage,
        orders: dict[str, int],
        shared: tuple[str, str] = ("", ""),
    ) -> list[Block]:
        """Return the blocks of pictures that stand by themselves; `shared` are caption and credit of all together."""
        blocks: list[Block] = []
        shown = (section for section in found if section.kind is MarkKind.PICTURE)
        for section, content in zip(shown, contents, strict=False):
            figure, more = _picture(section, content, self._id(page, "p", orders), page.number, shared)
            self.figures.append(figure)
            blocks += more
        return blocks

    def _advert(self, found: Sequence[Section], content: AdvertContent, page: IssuePage, orders: dict[str, int]) -> list[Block]:
        own, file = self._id(page, "a", orders), content.picture.path.name
        blocks: list[Block] = []
        for section in found:
            if section.picture is not None:
                number, box = section.picture
                self.adverts.append(Advert(own, content.title, file, page.number, box))
                blocks.append(Block("", BlockRole.ADVERT, own, box, file=file, words=content.title, item=number))
            lines = tuple(text_lines(section.runs))
            blocks += [_block(BlockRole.ADVERT, own, lines)] if lines else []
        return blocks

    def archived(self) -> Archived:
        """Return what was collected as values, in the order of the pages."""
        issue, imprint = self.issue, self.issue.paper.imprint
        begun = sorted(self.articles, key=lambda each: (each.page.number, each.order))
        over = {
            each.id: tuple(found for letter in each.over if (found := self.letters.get((each.page.number, letter))))
            for each in begun
        }
        made = ArchiveIssue(
            issue.name,
            issue.paper.name.text,
            issue.paper.latin.text,
            issue.number,
            issue.date,
            imprint.publisher.text or imprint.sponsor.text,
            imprint.cn.text,
            issue.extra.value if issue.extra else "",
            tuple(sorted(self.pages, key=lambda page: page.number)),
            tuple(each.frozen(over[each.id]) for each in begun),
            tuple(sorted(self.figures, key=lambda figure: figure.id)),
            tuple(sorted(self.adverts, key=lambda advert: advert.id)),
            issue.edition or "",
            tuple(_imprint(issue)),
            issue.paper.archive.address or "",
            manifest_path(issue),
            issue.paper.archive.also,
        )
        return Archived(made, tuple(_unshown(begun)))


def _imprint(issue: Issue) -> Iterator[tuple[str, str]]:
    """Yield what the paper says of itself and of its pages, by what that is called; free of charge is a price."""
    yield "版数", str(issue.page_count)
    for datum in imprint_data(issue):
        yield (datum.label or IMPRINT_LABELS["price"]).rstrip("："), datum.source.text or datum.text


def _unshown(begun: Iterable[_Begun]) -> Iterator[Diagnostic]:
    """Yield a finding for each article of whose text something is not found on its pages."""
    for each in begun:
        left = "".join(copy.text for copy in each.left if copy.role.is_copy)
        if left:
            yield finding("archive-text", each.story.span, article=each.id, text=left)


# ---- copy --------------------------------------------------------------------------------------------------------


def _one_line(text: str) -> str:
    return join_lines([line.strip() for line in text.splitlines() if line.strip()])


def _text(paragraph: Paragraph) -> Text:
    table = paragraph.table
    rows = () if table is None else tuple(tuple(cell.text for cell in row) for row in (table.heads, *table.rows))
    return Text(paragraph.kind, paragraph.text, rows, paragraph.runs)


def _head_copies(story: Story) -> Iterator[_Copy]:
    yield _Copy(BlockRole.COLUMN_TITLE, story.column_title.text)
    yield _Copy(BlockRole.KICKER, story.kicker.text)
    yield _Copy(BlockRole.HEADLINE, story.headline.text)
    yield _Copy(BlockRole.DECK, story.deck.text)
    for number, point in enumerate(story.summary):
        yield _Copy(BlockRole.SUMMARY, point.text, number)
    yield _Copy(BlockRole.BYLINE, story.byline.text)


def _continued(story: Story) -> Iterator[_Copy]:
    """Yield the words of the head over a rest."""
    yield _Copy(BlockRole.CONTINUED, story.column_title.text)
    yield _Copy(BlockRole.CONTINUED, story.headline.text)


def _body_copies(story: Story) -> Iterator[_Copy]:
    """Yield the texts of a story's paragraphs as its legs show them: by rows in tables, the dateline before the first text."""
    pending = story.dateline.text
    for number, paragraph in enumerate(story.paragraphs):
        if paragraph.kind is ParagraphKind.PULL:
            yield _Copy(BlockRole.PULL, paragraph.text, number)
        elif paragraph.table is not None:
            for place, row in enumerate((paragraph.table.heads, *paragraph.table.rows)):
                yield _Copy(BlockRole.BODY, "".join(cell.text for cell in row), number, place)
        else:
            before = pending if paragraph.kind is ParagraphKind.TEXT else ""
            pending = "" if before else pending
            yield _Copy(BlockRole.BODY, before + paragraph.text, number)


def _without_source(runs: tuple[Run, ...], content: StoryContent | HeadlineContent) -> tuple[Run, ...]:
    """Return the type of a text with what tells the page where it began by itself, though it has the face of the text."""
    if not isinstance(content, StoryContent) or not content.source or not runs:
        return runs
    words, first = rest_words(content.source), runs[0]
    is_joined = first.item.text.startswith(words) and first.item.text != words
    return (*first.parted(len(words)), *runs[1:]) if is_joined else runs


# ---- blocks ------------------------------------------------------------------------------------------------------


def _shown(runs: Sequence[Run], copies: Sequence[_Copy], reach: int) -> tuple[list[_Shown], tuple[_Copy, ...]]:
    """Return the lines by the copy that they show, those that show none at the end, with what of the copies is left."""
    followed: Followed = follow([run.item.text for run in runs], [copy.text for copy in copies], reach)
    pairs = list(zip(followed.numbers, runs, strict=True))
    shown = [
        _Shown(copies[number], tuple(text_lines(run for _, run in group)))
        for number, group in groupby((pair for pair in pairs if pair[0] is not None), key=lambda pair: pair[0])
        if number is not None
    ]
    apart = tuple(text_lines(run for number, run in pairs if number is None))
    left = tuple(copy._replace(text=text) for copy, text in zip(copies, followed.left, strict=True))
    return [*shown, *([_Shown(None, apart)] if apart else [])], left


def _block(role: BlockRole, owner: str, lines: tuple[TextLine, ...], part: int = -1) -> Block:
    return Block("", role, owner, union([line.box for line in lines]), lines, part)


def _blocks(shown: Iterable[_Shown], owner: str) -> Iterator[Block]:
    """Yield a block for each copy, several where its lines go on in a further leg."""
    for copy, lines in shown:
        if copy is None:
            yield from (_block(BlockRole.APART, owner, (line,)) for line in lines)
            continue
        for part in [lines] if copy.row >= 0 else _by_legs(lines):
            yield _block(copy.role, owner, tuple(part), copy.part)._replace(row=copy.row)


def _by_legs(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    leg: list[TextLine] = []
    for line in lines:
        if leg and _begins_leg(leg[-1], line):
            yield leg
            leg = []
        leg.append(line)
    yield leg


def _begins_leg(before: TextLine, line: TextLine) -> bool:
    """Return whether a line stands in a further leg than the one of its paragraph before it: higher, or beside it.

    A lower tier begins further right than the one above it ends.
    """
    if before.is_vertical or line.is_vertical:
        return line.box.x > before.box.x
    return line.box.y < before.box.y or line.box.x >= before.box.right


def _in_legs(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks of a text with the number of the leg in which each stands, from 1."""
    leg, before = 1, None
    for block in blocks:
        if block.role is not BlockRole.APART:
            leg += before is not None and _is_beyond(before, block)
            before = block
        yield block._replace(leg=leg)


def _is_beyond(before: Block, block: Block) -> bool:
    """Return whether a block stands in a further leg than the one before it, whose only line may be a short one."""
    last, first = before.lines[-1], block.lines[0]
    if first.is_vertical or last.is_vertical or first.box.y < last.box.y:
        return _begins_leg(last, first)
    return len(before.lines) > 1 and block.box.x >= before.box.right


def _picture(
    section: Section, content: PictureContent, own: str, number: int, shared: tuple[str, str] = ("", "")
) -> tuple[Figure, list[Block]]:
    """Return a picture with the blocks of itself and of its words."""
    item, box = section.picture or (-1, Rect(0, 0, 0, 0))
    words = (content.caption, content.credit)
    caption, credit = (each or common for each, common in zip(words, shared, strict=True))
    figure = Figure(own, content.path, caption, credit, number, box, content.art is not None)
    roles = (BlockRole.CAPTION, BlockRole.CREDIT)
    copies = [_Copy(role, text) for pair in (words, shared) for role, text in zip(roles, pair, strict=True)]
    shown, _ = _shown(section.runs, copies, len(copies))
    picture = Block("", BlockRole.PICTURE, own, box, file=content.path.name, words=caption, item=item)
    return figure, [picture, *_blocks(shown, own)]


def _firsts(frame: Frame) -> Iterator[int]:
    """Yield the number of the first item of each part of a page's frame among all that the page paints."""
    return accumulate((sum(1 for _ in Frame(0, 0, (item,)).walk()) for item in frame.items), initial=0)


def _furniture(found: Iterable[Section]) -> Iterator[Block]:
    """Yield the blocks of what stands on every issue."""
    for section in found:
        lines = tuple(text_lines(section.runs))
        if section.picture is not None:
            item, box = section.picture
            yield Block("", BlockRole.FURNITURE, section.mark.name, box, words=section.mark.title, item=item)
        if lines:
            yield _block(BlockRole.FURNITURE, section.mark.name, lines)


def _index(found: Iterable[Section], content: IndexContent) -> Iterator[Block]:
    """Yield the blocks of an index: its title, and each entry with the label of the page to which it leads."""
    lines = [(line.text.text, line.page) for line in content.lines]
    entries = [(f"{text}{page}版", page) if page else (text, "") for text, page in lines]
    copies = [_Copy(BlockRole.FURNITURE, text, leads=page) for text, page in ((content.title, ""), *entries)]
    for section in found:
        shown, _ = _shown(section.runs, copies, 1)
        for copy, shown_lines in shown:
            block = _block(BlockRole.FURNITURE, section.mark.name, shown_lines)
            yield block._replace(leads=copy.leads if copy else "")


def _part(page: IssuePage, placed: Placed, blocks: Sequence[Block]) -> ArticlePart:
    """Return where an article stands on a page."""
    frame = placed.item
    assert isinstance(frame, Frame)
    legs = [
        union([block.box for block in group])
        for _, group in groupby((block for block in blocks if block.role is not BlockRole.APART), key=lambda block: block.leg)
    ]
    return ArticlePart(page.number, page.label, Rect(placed.x, placed.y, frame.width, frame.height), tuple(legs))

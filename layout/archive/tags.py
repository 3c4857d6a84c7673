"""The structure of an issue's pages for those who hear them or let them be read aloud: articles in reading order.

Each page is a part (Part) with its articles (Art). What jumps to another page is one article, whose paragraphs go on there.
Kicker, headline and deck are one heading, as they are one title in a Chinese newspaper; the heads of text are one level
below. What is set again (pull quotes, heads of tables in a further leg, the short head over a rest), readings over
characters, rules and folios are artifacts: the text of an article is heard once. Masthead, date bar, index and page foot are
said once in an issue, and are no artifacts.

Sources: ISO 32000-1 14.8.4 for the kinds, ISO 14289-1 7.4 for headings, 7.5 for tables, 7.18.5 for links.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from layout.archive.following import follow, inked
from layout.archive.lines import Stretch, TextLine
from layout.archive.model import ArchiveIssue, ArchivePage, Article, Block, BlockRole, Text
from layout.export.structure import Element, Link, Shown, Spot, Thread
from layout.geometry import Rect
from layout.manifest.copy import ParagraphKind
from layout.script.numerals import jump_words, rest_words

_TITLE = (BlockRole.KICKER, BlockRole.HEADLINE, BlockRole.DECK)
_OF_PICTURES = (BlockRole.CAPTION, BlockRole.CREDIT)
_ABOVE = (BlockRole.COLUMN_TITLE, *_TITLE, BlockRole.SUMMARY, BlockRole.BYLINE)
"""The roles of a head's blocks in the order in which they are read."""

_REPEATED = "folio"
"""The furniture that says again on every page what the page's label and the paper's name say."""

_INDEX = "index"

_WORDS = 20
"""Characters that tell an article without a headline."""

_JUMPS = {1: jump_words, -1: rest_words}
"""What a line says of the page on which its article goes on, and of the one on which it began."""


class _Placed(NamedTuple):
    """A block and the number of its page."""

    page: int
    block: Block

    @property
    def shown(self) -> Iterator[Shown]:
        """What shows its lines."""
        return (shown for line in self.block.lines for shown in _line(self.page, line))

    @property
    def spot(self) -> Spot:
        """Where it stands."""
        return Spot(self.page, self.block.box)


def structure_of(issue: ArchiveIssue, numbers: Collection[int]) -> Element:
    """Return the structure of some pages of an issue, of all of them or of one, as a document."""
    pages = [page for page in issue.pages if page.number in numbers]
    tagger = _Tagger(issue, {page.label: page for page in issue.pages}, _by_owner(issue, pages))
    return Element("Document", tuple(tagger.page(page) for page in pages), issue.paper)


def threads_of(issue: ArchiveIssue, numbers: Collection[int]) -> tuple[Thread, ...]:
    """Return the threads of the articles on some pages: their heads and their legs in reading order."""
    threads = []
    for article in issue.articles:
        spots = tuple(Spot(part.number, box) for part in article.parts if part.number in numbers for box in part.boxes)
        threads += [Thread(_title(article), spots)] if spots else []
    return tuple(threads)


def _by_owner(issue: ArchiveIssue, pages: Iterable[ArchivePage]) -> dict[str, list[_Placed]]:
    """Return the blocks of pages by what they belong to, those of an article in the order of its parts."""
    found: dict[str, list[_Placed]] = {}
    for page in pages:
        for block in page.blocks:
            if block.role is not BlockRole.FURNITURE:
                found.setdefault(block.owner, []).append(_Placed(page.number, block))
    for article in issue.articles:
        order = {part.number: place for place, part in enumerate(article.parts)}
        found.get(article.id, []).sort(key=lambda placed: order[placed.page])
    return found


def _title(article: Article) -> str:
    """Return an article's headline, or else the words with which it begins."""
    return article.headline or article.text[:_WORDS].partition("\n")[0]


def _line(page: int, line: TextLine) -> Iterator[Shown]:
    return (_glyphs(page, stretch) for stretch in line.stretches)


def _glyphs(page: int, stretch: Stretch) -> Shown:
    return Shown(page, stretch.item, stretch.start, stretch.end)


def _text(blocks: Iterable[_Placed]) -> tuple[Shown, ...]:
    return tuple(shown for placed in blocks for shown in placed.shown)


class _Tagger(NamedTuple):
    """Makes elements of an issue's blocks: pages by label, and the blocks of some pages by what they belong to."""

    issue: ArchiveIssue
    labels: Mapping[str, ArchivePage]
    owned: Mapping[str, Sequence[_Placed]]

    def page(self, page: ArchivePage) -> Element:
        """Return a page; what began on an earlier one of these pages has its place there."""
        articles = {article.id: article for article in self.issue.articles}
        below = {own for article in articles.values() if article.id in self.owned for own in article.over}
        kids: list[Element] = []
        for (owner, is_furniture), group in groupby(page.blocks, key=_owner):
            blocks = [_Placed(page.number, block) for block in group]
            if is_furniture:
                kids += self._furniture(owner, blocks)
            elif owner in articles:
                is_here = self.owned[owner][0].page == page.number and owner not in below
                kids += [self._article(articles[owner], articles, 1)] if is_here else []
            elif blocks[0].block.role is BlockRole.ADVERT:
                kids.append(Element("Sect", tuple(_advert(blocks))))
            else:
                kids += _figures(blocks)
        return Element("Part", tuple(kids), f"{page.label}版 {page.section}".rstrip())

    # ---- furniture -----------------------------------------------------------------------------------------------

    def _furniture(self, name: str, blocks: Sequence[_Placed]) -> Iterator[Element]:
        if name == _REPEATED:
            return
        kids: list[Element] = []
        for leads, group in groupby(blocks, key=lambda placed: name == _INDEX and placed.block is not blocks[0].block):
            if leads:
                kids.append(Element("L", tuple(_item(self._entry(placed)) for placed in group)))
            else:
                kids += (element for placed in group for element in _said(placed))
        yield Element("Sect", tuple(kids))

    def _entry(self, placed: _Placed) -> Element | Shown:
        """Return an entry of an index: a link where the issue has the page to which it leads."""
        page = self.labels.get(placed.block.leads)
        if page is None:
            return Element("Span", tuple(placed.shown))
        return _link((placed,), Spot(page.number, Rect(0, 0, *page.size)), page.label)

    # ---- articles ------------------------------------------------------------------------------------------------

    def _article(self, article: Article, articles: Mapping[str, Article], level: int) -> Element:
        """Return an article; a head over others holds them."""
        blocks = self.owned[article.id]
        head = list(_head(blocks, article, level))
        has_title = any(element.kind == f"H{level}" for element in head)
        inner = level + has_title
        below = [self._article(articles[own], articles, inner) for own in article.over if own in self.owned]
        began = [link for placed in blocks if blocks[0].page == placed.page for link in self._jump(article, placed, -1)]
        body = _listed(self._body(article, blocks, inner))
        return Element("Sect" if article.over else "Art", (*head, *began, *body, *below), _title(article))

    def _body(self, article: Article, blocks: Sequence[_Placed], level: int) -> Iterator[tuple[ParagraphKind | None, Element]]:
        """Yield the paragraphs of an article with their kinds, its pictures and jumps among them, as far as they are here."""
        for key, group in _grouped(blocks).items():
            role, part = key[0], key[1]
            if role is BlockRole.PICTURE:
                yield from ((None, figure) for figure in _figures(group))
            elif role is BlockRole.APART:
                ways = (1,) if group[0].page == blocks[0].page else (-1, 1)
                yield from ((None, link) for placed in group for way in ways for link in self._jump(article, placed, way))
            elif role is BlockRole.BODY:
                text = article.paragraphs[part]
                yield text.kind, _paragraph(text, group, blocks, level)

    def _jump(self, article: Article, placed: _Placed, way: int) -> Iterator[Element]:
        """Yield a link where a line says on which page its article goes on (1), or on which it began (-1)."""
        here = next(number for number, part in enumerate(article.parts) if part.number == placed.page)
        if placed.block.role is not BlockRole.APART or not 0 <= here + way < len(article.parts):
            return
        other = article.parts[here + way]
        if inked(placed.block.text) == inked(_JUMPS[way](other.label)):
            yield Element("P", (_link((placed,), Spot(other.number, other.area), other.label),))


def _owner(block: Block) -> tuple[str, bool]:
    return block.owner, block.role is BlockRole.FURNITURE


def _item(body: Element | Shown) -> Element:
    return Element("LI", (Element("LBody", (body,)),))


def _link(blocks: Sequence[_Placed], target: Spot, label: str) -> Element:
    spots = tuple(placed.spot for placed in blocks)
    return Element("Link", _text(blocks), link=Link(target, f"转到第{label}版", spots))


def _said(placed: _Placed) -> Iterator[Element]:
    """Yield what furniture says: a paragraph for each of its lines, or the words for which its art stands."""
    if placed.block.item >= 0:
        yield _figure(placed, placed.block.words or placed.block.owner)
    yield from (Element("P", tuple(_line(placed.page, line))) for line in placed.block.lines)


def _head(blocks: Sequence[_Placed], article: Article, level: int) -> Iterator[Element]:
    """Yield the head of an article; of what began on another page the short head over its rest."""
    by_role = {role: [placed for placed in blocks if placed.block.role is role] for role in (*_ABOVE, BlockRole.CONTINUED)}
    is_whole = article.parts[0].number == blocks[0].page
    if not is_whole and by_role[BlockRole.CONTINUED]:
        yield Element(f"H{level}", _text(by_role[BlockRole.CONTINUED]))
    if by_role[BlockRole.COLUMN_TITLE]:
        yield Element("P", _text(by_role[BlockRole.COLUMN_TITLE]))
    title = [by_role[role] for role in _TITLE if by_role[role]]
    if title:
        spans = tuple(Element("Span", _text(words)) for words in title)
        yield Element(f"H{level}", spans if len(spans) > 1 else spans[0].kids)
    points = groupby(by_role[BlockRole.SUMMARY], key=lambda placed: placed.block.part)
    items = tuple(_item(Element("Span", _text(group))) for _, group in points)
    if items:
        yield Element("L", items)
    if by_role[BlockRole.BYLINE]:
        yield Element("P", _text(by_role[BlockRole.BYLINE]))


def _grouped(blocks: Sequence[_Placed]) -> dict[tuple[BlockRole, int], list[_Placed]]:
    """Return blocks by role and paragraph in the order in which these begin; a picture has its words with it."""
    groups: dict[tuple[BlockRole, int], list[_Placed]] = {}
    pictures = 0
    for placed in blocks:
        role, part = placed.block.role, placed.block.part
        pictures += role is BlockRole.PICTURE
        if role is BlockRole.PICTURE or (role in _OF_PICTURES and pictures):
            groups.setdefault((BlockRole.PICTURE, pictures), []).append(placed)
        else:
            groups.setdefault((role, placed.page if role is BlockRole.APART else part), []).append(placed)
    return groups


def _paragraph(text: Text, group: Sequence[_Placed], blocks: Sequence[_Placed], level: int) -> Element:
    match text.kind:
        case ParagraphKind.SUBHEAD:
            return Element(f"H{level}", _text(group))
        case ParagraphKind.QUOTATION:
            return Element("BlockQuote", (Element("P", _text(group)),))
        case ParagraphKind.ITEM:
            return _item(Element("Span", _text(group)))
        case ParagraphKind.TABLE:
            again = [placed for placed in blocks if placed.block.role is BlockRole.APART]
            return _table(text.rows, group, again)
        case _:
            return Element("P", _text(group))


def _listed(paragraphs: Iterable[tuple[ParagraphKind | None, Element]]) -> Iterator[Element]:
    """Yield paragraphs, the items that follow each other as one list."""
    for is_item, group in groupby(paragraphs, key=lambda pair: pair[0] is ParagraphKind.ITEM):
        elements = tuple(element for _, element in group)
        yield from (Element("L", elements),) if is_item else elements


# ---- tables ------------------------------------------------------------------------------------------------------


def _table(rows: Sequence[Sequence[str]], group: Sequence[_Placed], again: Sequence[_Placed]) -> Element:
    """Return a table; where its own heads stand on another page, those that are set again are its heads."""
    by_row = {row: list(placed) for row, placed in groupby(group, key=lambda placed: placed.block.row)}
    heads = _cells(by_row.get(0, again), rows[0])
    made = [_row("TH", heads)] if any(heads) else []
    made += (_row("TD", _cells(placed, rows[row])) for row, placed in by_row.items() if row > 0)
    return Element("Table", tuple(made))


def _row(kind: str, cells: Iterable[tuple[Shown, ...]]) -> Element:
    return Element("TR", tuple(Element(kind, cell) for cell in cells))


def _cells(blocks: Iterable[_Placed], texts: Sequence[str]) -> list[tuple[Shown, ...]]:
    """Return what shows each of some texts among blocks, each text once."""
    pieces = [(placed.page, stretch) for placed in blocks for line in placed.block.lines for stretch in line.stretches]
    followed = follow([stretch.text for _, stretch in pieces], texts, 1)
    cells: list[list[Shown]] = [[] for _ in texts]
    for number, (page, stretch) in zip(followed.numbers, pieces, strict=True):
        if number is not None:
            cells[number].append(_glyphs(page, stretch))
    return [tuple(cell) for cell in cells]


# ---- pictures ----------------------------------------------------------------------------------------------------


def _figures(blocks: Sequence[_Placed]) -> Iterator[Element]:
    """Yield the pictures of blocks, each with the words that follow it."""
    figures: list[list[_Placed]] = []
    for placed in blocks:
        if placed.block.role is BlockRole.PICTURE or not figures:
            figures.append([])
        figures[-1].append(placed)
    for first, *words in figures:
        caption = Element("Caption", tuple(Element("Span", tuple(placed.shown)) for placed in words))
        yield _figure(first, first.block.words or f"图片 {first.block.file}", caption if words else None)


def _figure(placed: _Placed, alt: str, caption: Element | None = None) -> Element:
    kids = (Shown(placed.page, placed.block.item), *((caption,) if caption else ()))
    return Element("Figure", kids, alt=alt, box=placed.spot)


def _advert(blocks: Sequence[_Placed]) -> Iterator[Element]:
    """Yield an advert's art, and what says that it is one."""
    for placed in blocks:
        if placed.block.item >= 0:
            yield _figure(placed, placed.block.words or "广告")
        else:
            yield Element("P", tuple(placed.shown))

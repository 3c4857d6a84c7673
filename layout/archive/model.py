"""What an archive knows of an issue: articles as they were read, and the pages' blocks of text and pictures with their places.

Text comes from the copy, boxes from the finished frames (EMU from the upper left corner of the trimmed page). Exporters for
libraries, readers and sites walk these values; none of them looks at frames or manifests.
"""

import datetime
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from layout.archive.lines import TextLine, TextStyle
from layout.geometry import Rect, Size
from layout.manifest.copy import ParagraphKind, TextRun
from layout.manifest.keeping import Beside
from layout.script.joint import joint


class BlockRole(Enum):
    """What a block on a page is to the article or the page that it belongs to."""

    COLUMN_TITLE = "column-title"
    KICKER = "kicker"
    HEADLINE = "headline"
    DECK = "deck"
    SUMMARY = "summary"
    BYLINE = "byline"
    BODY = "body"
    PULL = "pull"
    APART = "apart"
    CONTINUED = "continued"
    PICTURE = "picture"
    CAPTION = "caption"
    CREDIT = "credit"
    ADVERT = "advert"
    FURNITURE = "furniture"

    @property
    def is_copy(self) -> bool:
        """Whether a block's text is that of its article, shown once: no pull quote, and nothing that is set again."""
        return self not in (BlockRole.PULL, BlockRole.APART, BlockRole.CONTINUED, BlockRole.FURNITURE)


class Block(NamedTuple):
    """A block of a page: lines of text, or a picture.

    `owner` is the id of what it belongs to, an article, a picture or an advert; of furniture its name (masthead, folio …).
    `part` is the number of the paragraph, or of the point of a summary; -1 for anything else. `leg` counts the legs of the
    owner's text on the page. `file` and `words` are a picture's, `item` is its number among all that the page paints.
    `row` counts the rows of a table, from 0 for its heads. `leads` is the label of the page to which an entry of an index
    leads.
    """

    id: str
    role: BlockRole
    owner: str
    box: Rect
    lines: tuple[TextLine, ...] = ()
    part: int = -1
    leg: int = 0
    file: str = ""
    words: str = ""
    item: int = -1
    row: int = -1
    leads: str = ""

    @property
    def text(self) -> str:
        """The text of its lines, each on its own."""
        return "\n".join(line.text.rstrip() for line in self.lines)

    @property
    def reading(self) -> str:
        """The text of its lines as one: a parted word whole again, a space where a line end parts Western words."""
        text, is_parted = "", False
        for line in self.lines:
            text += line.text if is_parted else joint(text, line.text) + line.text
            is_parted = line.hyphen is not None
        return text.rstrip()


class ArchivePage(NamedTuple):
    """A page: its blocks in the order in which they are read. `number` counts from 1, `label` is what is printed."""

    number: int
    label: str
    section: str
    size: Size
    blocks: tuple[Block, ...]

    @property
    def styles(self) -> tuple[TextStyle, ...]:
        """The styles of its type, each once, in the order in which they begin."""
        words = (word for block in self.blocks for line in block.lines for word in line.words)
        return tuple(dict.fromkeys(style for word in words for style in word.styles))


class Text(NamedTuple):
    """A paragraph as it was read: its kind and its text, or the cells of its table, the heads first.

    `runs` are its text in pieces of one marking, none for a table.
    """

    kind: ParagraphKind
    text: str
    rows: tuple[tuple[str, ...], ...] = ()
    runs: tuple[TextRun, ...] = ()


class Figure(NamedTuple):
    """A picture with its words; `box` is its place on the page `number`. `is_art` is true for a drawing without pixels."""

    id: str
    path: Path
    caption: str
    credit: str
    number: int
    box: Rect
    is_art: bool = False

    @property
    def file(self) -> str:
        """The name of its file."""
        return self.path.name


class ArticlePart(NamedTuple):
    """Where an article stands on one page: its whole area, and the boxes of its head and of each leg of its text."""

    number: int
    label: str
    area: Rect
    boxes: tuple[Rect, ...]


class Article(NamedTuple):
    """An article as it was read, whole: what jumps to another page is one article in several parts.

    `order` counts the articles of the page where it begins, in reading order. A head over several stories has no paragraphs
    and names them in `over`.
    """

    id: str
    number: int
    label: str
    section: str
    order: int
    name: str
    column_title: str
    kicker: str
    headline: str
    deck: str
    summary: tuple[str, ...]
    byline: str
    dateline: str
    paragraphs: tuple[Text, ...]
    figures: tuple[Figure, ...]
    parts: tuple[ArticlePart, ...]
    over: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text of its paragraphs with the dateline, a line each; the rows of tables by cells."""
        return "\n".join(paragraph_texts(self.paragraphs, self.dateline))

    @property
    def copy(self) -> dict[BlockRole, str]:
        """The words of the article by the role in which the page shows them."""
        return {
            BlockRole.COLUMN_TITLE: self.column_title,
            BlockRole.KICKER: self.kicker,
            BlockRole.HEADLINE: self.headline,
            BlockRole.DECK: self.deck,
            BlockRole.SUMMARY: "".join(self.summary),
            BlockRole.BYLINE: self.byline,
            BlockRole.BODY: self.text,
            BlockRole.CAPTION: "".join(figure.caption for figure in self.figures),
            BlockRole.CREDIT: "".join(figure.credit for figure in self.figures),
        }


class Advert(NamedTuple):
    """An advert: whose it is, its file and its place."""

    id: str
    title: str
    file: str
    number: int
    box: Rect


class ArchiveIssue(NamedTuple):
    """An issue as the archive keeps it.

    `serial` is its number among all serials (CN), `extra` what it is beside the regular ones, such as 号外. `figures` are the
    pictures that stand by themselves. `edition` is that of the day, empty where there is one only. `imprint` has what the
    paper says of itself and the number of pages, by what that is called. `address` is where packages stand on the web, empty
    where they do not. `manifest` is the path of the issue's own manifest among its sources, `also` what is wanted beside
    pages and text.
    """

    name: str
    paper: str
    latin: str
    number: str
    date: datetime.date
    publisher: str
    serial: str
    extra: str
    pages: tuple[ArchivePage, ...]
    articles: tuple[Article, ...]
    figures: tuple[Figure, ...]
    adverts: tuple[Advert, ...]
    edition: str = ""
    imprint: tuple[tuple[str, str], ...] = ()
    address: str = ""
    manifest: str = ""
    also: tuple[Beside, ...] = ()

    def articles_of(self, number: int) -> Iterator[Article]:
        """Yield the articles that stand on a page, whole or in part."""
        return (article for article in self.articles if any(part.number == number for part in article.parts))

    def pictures_of(self, number: int) -> dict[str, Rect]:
        """Return the places of the pictures on a page by their ids."""
        figures = (*self.figures, *(figure for article in self.articles for figure in article.figures))
        return {figure.id: figure.box for figure in figures if figure.number == number}


def paragraph_texts(paragraphs: tuple[Text, ...], dateline: str) -> Iterator[str]:
    """Yield the text of each paragraph, of the first one of running text with the dateline before it.

    A pull quote stands in the text as well and is left out, as is a rule.
    """
    pending = dateline
    for paragraph in paragraphs:
        if paragraph.kind in (ParagraphKind.PULL, ParagraphKind.RULE):
            continue
        if paragraph.rows:
            yield "\n".join("\t".join(row) for row in paragraph.rows)
            continue
        before = pending if paragraph.kind is ParagraphKind.TEXT else ""
        pending = "" if before else pending
        yield before + paragraph.text

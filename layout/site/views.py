"""What the pages of the site show, as values that templates walk: pages with outlines and lists, articles with passages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from layout.archive.model import ArchiveIssue, ArchivePage, Article, ArticlePart, BlockRole, Figure
from layout.archive.raster import pixel_box, pixels
from layout.geometry import Rect
from layout.site.names import content_name
from layout.site.passages import Passage, passages
from layout.site.record import PageEntry, Record, lead, title_of


class Image(NamedTuple):
    """An image of the site: its name within the folder of the issue, and its size in pixels."""

    file: str
    width: int
    height: int


class Images(NamedTuple):
    """The images of an issue: the small one of each page by its number, and pictures by their ids."""

    briefs: Mapping[int, Image]
    pictures: Mapping[str, Image]


class Outline(NamedTuple):
    """A hot area (热区) of a page: where it leads, its title, and its rectangles in pixels of the page image.

    `corners` are those of each rectangle in pixels of the small image, as image maps tell them.
    """

    file: str
    title: str
    boxes: tuple[Rect, ...]
    corners: tuple[str, ...]
    is_story: bool


class Listed(NamedTuple):
    """An article in a list of headlines. A head over several stories has no page of its own: it leads to the `first` of them.

    `came_from` and `goes_to` are the labels of the pages from which and to which its text jumps. `is_main` is true for the
    story whose headline is the largest on the page.
    """

    file: str
    first: str
    title: str
    kicker: str
    deck: str
    lead: str
    came_from: str
    goes_to: str
    is_main: bool


class FigureView(NamedTuple):
    """A picture with its words; one that stands by itself on its page has an anchor."""

    anchor: str
    file: str
    width: int
    height: int
    caption: str
    credit: str


class PageView(NamedTuple):
    """A page of the paper: its files, its outlines and its articles in reading order."""

    number: int
    file: str
    label: str
    section: str
    width: int
    height: int
    image: str
    brief: Image
    pdf: str
    outlines: tuple[Outline, ...]
    listed: tuple[Listed, ...]
    figures: tuple[FigureView, ...]


class Neighbour(NamedTuple):
    """An article beside another one in reading order."""

    file: str
    title: str


class ArticleView(NamedTuple):
    """An article: the pages on which it stands, and the articles before and after it."""

    article: Article
    file: str
    title: str
    lead: str
    passages: tuple[Passage, ...]
    figures: tuple[FigureView, ...]
    parts: tuple[PageView, ...]
    before: Neighbour | None
    after: Neighbour | None


def image_name(issue: str, number: int, kind: str = "") -> str:
    """Return the name of a page's image, of the small one where `kind` is _brief."""
    return f"{issue}_{number:04d}{kind}.jpg"


def page_views(issue: ArchiveIssue, record: Record, images: Images) -> tuple[PageView, ...]:
    """Return the pages of an issue."""
    pairs = zip(issue.pages, record.entry.pages, strict=True)
    return tuple(_page(issue, page, entry, images) for page, entry in pairs)


def _page(issue: ArchiveIssue, page: ArchivePage, entry: PageEntry, images: Images) -> PageView:
    brief = images.briefs[page.number]
    width, height = pixels(page.size.width), pixels(page.size.height)
    articles = list(issue.articles_of(page.number))
    figures = [figure for figure in issue.figures if figure.number == page.number]
    main = max(articles, key=lambda article: _rank(article, page), default=None)
    return PageView(
        page.number,
        entry.file,
        entry.label,
        entry.section,
        width,
        height,
        image_name(issue.name, page.number),
        brief,
        f"{issue.name}_{page.number:04d}.pdf",
        tuple(_outlines(articles, figures, page.number, brief.width / width)),
        tuple(_listed(article, page.number, articles, article is main) for article in articles),
        tuple(_figure(figure, images, _anchor(figure)) for figure in figures),
    )


# ---- outlines ----------------------------------------------------------------------------------------------------


def _outlines(articles: Sequence[Article], figures: Iterable[Figure], number: int, scale: float) -> Iterator[Outline]:
    parts = [(article, part) for article in articles for part in article.parts if part.number == number]
    for article, part in parts:
        others = [other.area for _, other in parts if other is not part]
        boxes = tuple(map(pixel_box, _shape(part, others)))
        file = _file(article) or _first(article, articles)
        yield Outline(file, title_of(article), boxes, _corners(boxes, scale), bool(article.paragraphs))
    for figure in figures:
        boxes = (pixel_box(figure.box),)
        yield Outline(f"#{_anchor(figure)}", figure.caption or "新闻图片", boxes, _corners(boxes, scale), False)


def _shape(part: ArticlePart, others: Iterable[Rect]) -> tuple[Rect, ...]:
    """Return where an article stands: its area, or its head and legs where its area has notches for another one."""
    is_notched = any(_overlap(part.area, other) for other in others)
    return part.boxes if is_notched and part.boxes else (part.area,)


def _overlap(one: Rect, other: Rect) -> bool:
    return one.x < other.right and other.x < one.right and one.y < other.bottom and other.y < one.bottom


def _corners(boxes: Iterable[Rect], scale: float) -> tuple[str, ...]:
    edges = [[round(edge * scale) for edge in (box.x, box.y, box.right, box.bottom)] for box in boxes]
    return tuple(f"{left},{top},{right},{top},{right},{foot},{left},{foot}" for left, top, right, foot in edges)


# ---- articles ----------------------------------------------------------------------------------------------------


def _file(article: Article) -> str:
    """Return the file of an article; a head over several stories has none."""
    return content_name(article) if article.paragraphs else ""


def _first(article: Article, articles: Iterable[Article]) -> str:
    """Return the file of the first story under a head over several, which follows it in reading order."""
    below = (each for each in articles if each.paragraphs and (each.id in article.over or each.order > article.order))
    return next(map(content_name, below), "#listed-title")


def _rank(article: Article, page: ArchivePage) -> int:
    """Return the size of the type of an article's headline on a page, 0 for a head over several stories."""
    heads = (block for block in page.blocks if block.owner == article.id and block.role is BlockRole.HEADLINE)
    words = (word for block in heads for line in block.lines for word in line.words) if article.paragraphs else ()
    return max((style.size for word in words for style in word.styles), default=0)


def _listed(article: Article, number: int, articles: Iterable[Article], is_main: bool) -> Listed:
    before = next((one.label for one, other in pairwise(article.parts) if other.number == number), "")
    after = next((other.label for one, other in pairwise(article.parts) if one.number == number), "")
    first = _first(article, articles) if not article.paragraphs else ""
    words = (title_of(article), article.kicker, article.deck, lead(article))
    return Listed(_file(article), first, *words, before, after, is_main)


def _anchor(figure: Figure) -> str:
    return figure.id.rpartition("_")[2]


def _figure(figure: Figure, images: Images, anchor: str = "") -> FigureView:
    image = images.pictures[figure.id]
    return FigureView(anchor, image.file, image.width, image.height, figure.caption, figure.credit)


def article_views(issue: ArchiveIssue, pages: Sequence[PageView], images: Images) -> tuple[ArticleView, ...]:
    """Return the articles of an issue in reading order, without heads over several stories."""
    articles = [article for article in issue.articles if article.paragraphs]
    beside = [None, *(Neighbour(content_name(each), title_of(each)) for each in articles), None]
    by_number = {page.number: page for page in pages}
    return tuple(
        ArticleView(
            article,
            content_name(article),
            title_of(article),
            lead(article),
            passages(article),
            tuple(_figure(figure, images) for figure in article.figures),
            tuple(by_number[part.number] for part in article.parts),
            beside[place],
            beside[place + 2],
        )
        for place, article in enumerate(articles)
    )

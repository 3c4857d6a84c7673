"""Articles and pages as XHTML documents that flow to any screen: the chapters of an EPUB 3.3 (https://www.w3.org/TR/epub-33/)."""

from collections.abc import Iterable, Mapping, Sequence
from xml.etree.ElementTree import Element

from layout.archive.markup import add, page_bytes, root, say
from layout.archive.model import ArchiveIssue, ArchivePage, Article, Figure, Text
from layout.manifest.copy import Emphasis, Marking, ParagraphKind, Sideline, TextRun

STYLE_NAME = "style.css"
STYLE = """body { line-height: 1.7; margin: 1em; }
h1 { font-size: 1.5em; line-height: 1.3; margin: 0.2em 0; }
h2 { font-size: 1.1em; }
p { margin: 0; text-align: justify; text-indent: 2em; }
.column-title, .kicker, .deck, .byline, .item, figcaption p, li p { text-indent: 0; }
.column-title { font-weight: bold; }
.deck, .byline { margin: 0.4em 0; }
.note { border: thin solid; margin: 1em 0; padding: 0.5em; }
.remark { font-size: 0.85em; text-indent: 0; }
figure { margin: 1em 0; }
img { max-width: 100%; }
figcaption { font-size: 0.85em; }
table { border-collapse: collapse; margin: 1em 0; }
th, td { border: thin solid; padding: 0.2em 0.5em; }
.kai { font-family: KaiTi, STKaiti, serif; font-style: normal; }
.dots { font-style: normal; text-emphasis: dot; text-emphasis-position: under right; }
.name { text-decoration: underline; }
.book { text-decoration: underline wavy; }
.framed { border: thin solid; }
.kept { white-space: nowrap; }
"""

_LANGUAGE = "zh-Hans"
_PLAIN = Marking()


def article_file(article: Article) -> str:
    """Return the name of an article's document."""
    return f"{article.id}.xhtml"


def page_file(issue: ArchiveIssue, page: ArchivePage) -> str:
    """Return the name of a page's document."""
    return f"{issue.name}_{page.number:04d}.xhtml"


def picture_file(figure: Figure) -> str:
    """Return the name of a picture's file."""
    return f"{figure.id}.jpg"


def page_name(page: ArchivePage) -> str:
    """Return what a page is called."""
    return f"第{page.label}版 {page.section}".rstrip()


def article_name(article: Article) -> str:
    """Return what an article is called."""
    return article.headline or article.name


def document(title: str) -> tuple[Element, Element]:
    """Return the root and the body of an empty document."""
    namespaces = {"xmlns": "http://www.w3.org/1999/xhtml", "xmlns:epub": "http://www.idpf.org/2007/ops"}
    made = root("html", {**namespaces, "lang": _LANGUAGE, "xml:lang": _LANGUAGE})
    head = add(made, "head")
    add(head, "title", text=title)
    add(head, "link", {"rel": "stylesheet", "type": "text/css", "href": STYLE_NAME})
    return made, add(made, "body")


def page_document(page: ArchivePage, issue: ArchiveIssue) -> bytes:
    """Return a page: its articles as links, those that go on there too, and the pictures that stand by themselves."""
    made, body = document(page_name(page))
    add(body, "h1", text=page_name(page))
    _links(body, list(issue.articles_of(page.number)))
    _figures(body, [figure for figure in issue.figures if figure.number == page.number], page_name(page))
    return page_bytes(made)


def _links(parent: Element, articles: Sequence[Article]) -> None:
    if articles:
        listed = add(parent, "ul")
        for article in articles:
            add(add(listed, "li"), "a", {"href": article_file(article)}, article_name(article))


def article_document(article: Article, issue: ArchiveIssue) -> bytes:
    """Return an article: its head, its pictures, as readers of newspaper sites know it, its text."""
    made, body = document(article_name(article))
    whole = add(body, "article")
    _head(whole, article)
    _figures(whole, article.figures, article_name(article))
    dateline = article.dateline
    for paragraph in article.paragraphs:
        is_first = bool(dateline) and paragraph.kind is ParagraphKind.TEXT
        _paragraph(whole, paragraph, dateline if is_first else "")
        dateline = "" if is_first else dateline
    _links(whole, [each for each in issue.articles if each.id in article.over])
    return page_bytes(made)


def _head(parent: Element, article: Article) -> None:
    head = add(parent, "header")
    for name, words in (("column-title", article.column_title), ("kicker", article.kicker)):
        _words(head, name, words)
    add(head, "h1", text=article_name(article))
    _words(head, "deck", article.deck)
    if article.summary:
        points = add(head, "ul")
        for point in article.summary:
            add(points, "li", text=point)
    _words(head, "byline", article.byline)


def _words(parent: Element, name: str, words: str) -> None:
    if words:
        add(parent, "p", {"class": name}, words)


def _figures(parent: Element, figures: Iterable[Figure], title: str) -> None:
    """Write pictures with their words; one without a caption is told by what it belongs to."""
    for figure in figures:
        made = add(parent, "figure")
        add(made, "img", {"src": picture_file(figure), "alt": figure.caption or f"图片：{title}"})
        if figure.caption or figure.credit:
            words = add(made, "figcaption")
            for text in filter(None, (figure.caption, figure.credit)):
                add(words, "p", text=text)


_ELEMENTS: Mapping[ParagraphKind, tuple[tuple[str, str], ...]] = {
    ParagraphKind.TEXT: (("p", ""),),
    ParagraphKind.SUBHEAD: (("h2", ""),),
    ParagraphKind.QUOTATION: (("blockquote", ""), ("p", "")),
    ParagraphKind.ITEM: (("p", "item"),),
    ParagraphKind.REMARK: (("p", "remark"),),
    ParagraphKind.EDITORIAL: (("aside", "note"), ("p", "")),
}
"""The elements that a paragraph becomes, one within the other, with their classes."""


def _paragraph(parent: Element, paragraph: Text, dateline: str) -> None:
    """Write a paragraph; a pull quote stands in the text as well and is left out."""
    if paragraph.kind is ParagraphKind.TABLE:
        _table(parent, paragraph.rows)
    elif paragraph.kind is ParagraphKind.RULE:
        add(parent, "hr")
    elif paragraph.kind is not ParagraphKind.PULL:
        for name, kind in _ELEMENTS[paragraph.kind]:
            parent = add(parent, name, {"class": kind})
        if dateline:
            add(parent, "b", text=dateline)
        for run in paragraph.runs:
            _run(parent, run)


def _table(parent: Element, rows: Sequence[Sequence[str]]) -> None:
    table = add(parent, "table")
    heads, *body = rows
    head = add(add(table, "thead"), "tr")
    for cell in heads:
        add(head, "th", {"scope": "col"}, cell)
    parts = add(table, "tbody") if body else table
    for row in body:
        made = add(parts, "tr")
        for cell in row:
            add(made, "td", text=cell)


def _run(parent: Element, run: TextRun) -> None:
    """Write a text in the elements of its marking."""
    marking = run.marking
    if marking == _PLAIN:
        say(parent, run.text)
        return
    for is_marked, name, kind in (
        (marking.emphasis is Emphasis.STRONG, "strong", ""),
        (marking.emphasis is Emphasis.KAI, "em", "kai"),
        (marking.dots, "em", "dots"),
        (marking.sideline is Sideline.NAME, "span", "name"),
        (marking.sideline is Sideline.BOOK, "span", "book"),
        (marking.is_framed, "span", "framed"),
        (marking.is_kept, "span", "kept"),
        (marking.is_superior, "sup", ""),
    ):
        parent = add(parent, name, {"class": kind}) if is_marked else parent
    if marking.ruby:
        _reading(parent, run.text, marking.ruby)
    else:
        say(parent, run.text)


def _reading(parent: Element, text: str, ruby: str) -> None:
    """Write a text with its reading: a syllable over each character, or one reading over all."""
    made, syllables = add(parent, "ruby"), ruby.split()
    pairs = list(zip(text, syllables, strict=True)) if len(text) == len(syllables) else [(text, ruby)]
    for words, syllable in pairs:
        say(made, words)
        add(made, "rt", text=syllable)

"""Articles as plain text and as Markdown."""

import re
from collections.abc import Iterator

from layout.archive.model import Article, Text, paragraph_texts
from layout.manifest.copy import ParagraphKind

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&!+=-])")
_NUMBERED = re.compile(r"^(\d{1,9})([.)])")


def plain_text(article: Article) -> str:
    """Return the article as plain text: the words of its head a line each, then its paragraphs, parted by an empty line."""
    head = "\n".join(_head(article))
    figures = [_words(figure.caption, figure.credit) for figure in article.figures]
    body = paragraph_texts(article.paragraphs, article.dateline)
    return "\n\n".join(filter(None, [head, *body, *figures])) + "\n"


def _head(article: Article) -> Iterator[str]:
    words = (article.column_title, article.kicker, article.headline, article.deck, *article.summary, article.byline)
    return (text for text in words if text)


def _words(caption: str, credit: str) -> str:
    return f"{caption}\u3000{credit}" if caption and credit else caption or credit


def markdown(article: Article) -> str:
    """Return the article as CommonMark with tables; its words are escaped, so that nothing in them becomes markup."""
    above = (article.column_title, article.kicker)
    below = (article.deck, *article.summary, article.byline)
    parts = [*map(_escaped, above), f"# {_escaped(article.headline)}" if article.headline else "", *map(_escaped, below)]
    dateline = article.dateline
    for paragraph in article.paragraphs:
        is_first = bool(dateline) and paragraph.kind is ParagraphKind.TEXT
        before, dateline = (f"**{_escaped(dateline)}**", "") if is_first else ("", dateline)
        parts.append(before + _paragraph(paragraph))
    parts += [f"> {_escaped(_words(figure.caption, figure.credit))}" for figure in article.figures if figure.caption]
    return "\n\n".join(filter(None, parts)) + "\n"


def _paragraph(paragraph: Text) -> str:
    text = _escaped(paragraph.text)
    match paragraph.kind:
        case ParagraphKind.PULL:
            return ""
        case ParagraphKind.RULE:
            return "---"
        case ParagraphKind.SUBHEAD:
            return f"## {text}"
        case ParagraphKind.QUOTATION | ParagraphKind.EDITORIAL:
            return f"> {text}"
        case ParagraphKind.TABLE:
            return _table(paragraph.rows)
        case _:
            return text


def _table(rows: tuple[tuple[str, ...], ...]) -> str:
    heads, *body = [f"| {' | '.join(map(_escaped, row))} |" for row in rows]
    return "\n".join((heads, f"|{' --- |' * len(rows[0])}", *body))


def _escaped(text: str) -> str:
    return _NUMBERED.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", text))

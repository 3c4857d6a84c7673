"""The text of an article as a page shows it: paragraphs in groups of one kind, their marks as elements."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from layout.archive.model import Article, Text
from layout.manifest.copy import Emphasis, Marking, ParagraphKind, Sideline, TextRun
from layout.script.han import count_han
from layout.site.templates import Markup, escaped, tagged

_EMPHASIS = {Emphasis.STRONG: "<strong>{}</strong>", Emphasis.KAI: '<span class="kai">{}</span>'}
_SIDELINES = {Sideline.NAME: '<u class="name">{}</u>', Sideline.BOOK: '<u class="book">{}</u>'}
_UNSHOWN = (ParagraphKind.PULL,)
"""What stands in the text as well."""


class Passage(NamedTuple):
    """Paragraphs of one kind: the items of a list together, any other by itself; `rows` are those of a table."""

    kind: str
    texts: tuple[Markup, ...]
    rows: tuple[tuple[str, ...], ...] = ()


def passages(article: Article) -> tuple[Passage, ...]:
    """Return the text of an article, the dateline before its first running text."""
    return tuple(_passages(article))


def _passages(article: Article) -> Iterator[Passage]:
    dateline = article.dateline
    shown = (paragraph for paragraph in article.paragraphs if paragraph.kind not in _UNSHOWN)
    for kind, group in groupby(shown, key=lambda paragraph: paragraph.kind):
        if kind is ParagraphKind.ITEM:
            yield Passage(kind.value, tuple(map(_marked, group)))
            continue
        for paragraph in group:
            text = _marked(paragraph)
            if dateline and kind is ParagraphKind.TEXT:
                text, dateline = tagged('<span class="dateline">{}</span>', escaped(dateline)) + text, ""
            yield Passage(kind.value, (text,), paragraph.rows)


def _marked(paragraph: Text) -> Markup:
    return Markup("").join(map(_run, paragraph.runs))


def _run(run: TextRun) -> Markup:
    """Return a text in one marking within the elements of its marks."""
    marking = run.marking
    text = _read(run.text, marking.ruby) if marking.ruby else escaped(run.text)
    for form in _forms(marking):
        text = tagged(form, text)
    return text


def _forms(marking: Marking) -> Iterator[str]:
    if marking.dots:
        yield '<em class="dots">{}</em>'
    if marking.is_framed:
        yield '<span class="framed">{}</span>'
    if marking.is_kept:
        yield '<span class="kept">{}</span>'
    if marking.is_superior:
        yield "<sup>{}</sup>"
    if marking.sideline in _SIDELINES:
        yield _SIDELINES[marking.sideline]
    if marking.emphasis in _EMPHASIS:
        yield _EMPHASIS[marking.emphasis]


def _read(text: str, ruby: str) -> Markup:
    """Return a text with its reading: a syllable over each Han letter, or all of it over the whole."""
    syllables = ruby.split()
    bases = list(text) if len(syllables) == len(text) == count_han(text) else [text]
    over = syllables if len(bases) > 1 else [ruby]
    pairs = [
        tagged("{}<rp>(</rp>", escaped(base)) + tagged("<rt>{}</rt><rp>)</rp>", escaped(syllable))
        for base, syllable in zip(bases, over, strict=True)
    ]
    return tagged("<ruby>{}</ruby>", Markup("").join(pairs))

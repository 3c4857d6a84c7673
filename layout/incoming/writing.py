"""An issue that came in as files: the issue's, the paper's, a Markdown story an article, and what went into no story."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from layout.diagnostics import Language, Span
from layout.incoming.matter import Article, Facts, Image, Left, Line
from layout.incoming.rules import PARTS, REASONS, WHITE
from layout.incoming.sketch import Drawn, legs_of
from layout.manifest.format import Format
from layout.manifest.source import yaml_scalar
from layout.messages import Phrase
from layout.script.halfwidth import restore_marks

UNSORTED = "unsorted.md"
_SIGNED = ("byline", "dateline")
_HEADS = ("kicker", "headline", "deck", "byline", "dateline")
_WIDE_NAME = re.compile(rf"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[{WHITE}]+([\u4e00-\u9fff])(?![\u4e00-\u9fff])")


class Placed(NamedTuple):
    """An article with the name of its file, and its pictures with the names of theirs; "" for one that is not at hand."""

    article: Article
    name: str
    images: tuple[tuple[str, Image], ...] = ()


class PageOut(NamedTuple):
    """A page to be written."""

    facts: Facts
    stories: tuple[Placed, ...]
    drawn: Drawn
    has_masthead: bool


def said(phrase: Phrase, language: Language) -> str:
    """Return the words of a phrase in a language."""
    return phrase.zh if language is Language.ZH else phrase.en


def issue_yaml(paper: str, facts: Facts, pages: Sequence[PageOut], form: Format) -> str:
    """Return the issue's file."""
    rows = [f"paper: {yaml_scalar(paper)}", f"number: {facts.number}", f"date: {facts.date}", "pages:"]
    for page in pages:
        rows += _page_rows(page, form)
    return "\n".join(rows) + "\n"


def _page_rows(page: PageOut, form: Format) -> Iterator[str]:
    yield f'  - label: "{page.facts.label}"'
    if page.facts.section:
        yield f"    name: {yaml_scalar(page.facts.section)}"
    yield "    sketch: |"
    yield from ("      " + " ".join(row) for row in page.drawn.rows)
    yield "    areas:"
    if page.has_masthead:
        yield from ("      M: masthead", "      T: datebar")
    for number, (letter, placed) in enumerate(zip(page.drawn.letters, page.stories, strict=True)):
        legs = "" if page.drawn.is_from_map else f", columns: {legs_of(placed.article, form)}"
        yield f"      {letter}: {{story: {placed.name}, head: {{level: {3 if number else 2}}}{legs}}}"


def paper_yaml(facts: Facts, key: str) -> str:
    """Return the file of a paper of which only this is known."""
    rows = [f"key: {key}", f"name: {yaml_scalar(facts.paper)}", "format: 对开"]
    said_there = (("address", facts.address), ("postcode", facts.postcode))
    imprint = [f"  {name}: {yaml_scalar(words)}" for name, words in said_there if words]
    return "\n".join([*rows, *(["imprint:", *imprint] if imprint else [])]) + "\n"


def story_markdown(placed: Placed, language: Language) -> str:
    """Return a story's file: its head, what in it is guessed as comments, and its text."""
    article = placed.article
    rows = ["---"]
    for guess in article.guesses:
        if guess.part in PARTS:
            words = f" {guess.line.text}" if guess.part == "subhead" else ""
            place = _place_words(guess.line.place)
            rows.append(f"# guess: {_bare(guess.part + words)}: {said(REASONS[guess.reason], language)} ({_bare(place)})")
    for name, image in placed.images:
        rows.append(f"# picture: {_bare(name or image.source)}")
    for part in _HEADS:
        lines = [_head_words(part, line) for line in getattr(article, part)]
        if lines:
            rows += _head_rows(part, lines)
    return "\n".join([*rows, "---", ""]) + "\n\n".join(passage.markdown for passage in article.passages) + "\n"


def _head_rows(part: str, lines: Sequence[str]) -> Iterator[str]:
    if len(lines) == 1 or part in _SIGNED:
        yield f"{part}: {yaml_scalar(_joined(lines))}"
    else:
        yield f"{part}: |"
        yield from (f"  {line}" for line in lines)


def _joined(lines: Sequence[str]) -> str:
    return "\u3000".join(lines)


def _head_words(part: str, line: Line) -> str:
    """Return a line of a head as it is set: a run of white in it is one U+3000, which parts names and clauses.

    White within a name of two characters in a byline or dateline, which makes it as wide as one of three, goes.
    """
    words = restore_marks(line.text)
    words = _WIDE_NAME.sub(r"\1\2", words) if part in _SIGNED else words
    return "\u3000".join(words.split()) if any(sign in words for sign in WHITE) and not words.isascii() else words


def _bare(words: str) -> str:
    """Return words that can stand in a comment of one line."""
    return "".join(sign if sign.isprintable() else "�" for sign in words)


def unsorted_markdown(unsorted: Sequence[Left], furniture: Sequence[Left], language: Language) -> str:
    """Return the lines that went into no story, each with its place and the reason; empty where there is none."""
    titles = (
        (Phrase("没有归入稿件的文字", "Lines of no story"), unsorted),
        (Phrase("略去的网页文字", "Web furniture left out"), furniture),
    )
    rows = []
    for title, lines in titles:
        if lines:
            rows += [f"# {said(title, language)}", ""]
            rows += [_row(left, language) for left in lines]
    return "\n".join(rows)


def _row(left: Left, language: Language) -> str:
    place = left.line.place
    return f"- {_bare(_place_words(place))} ({said(REASONS[left.reason], language)})\n\n      {left.line.text}\n"


def _place_words(place: Span) -> str:
    return f"{Path(place.file).name}:{place.line}"

"""Plain text and dumps of web pages: lines told apart by the rules of `layout.incoming.rules`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from layout.diagnostics import Span
from layout.incoming.matter import Article, Facts, Guess, Intake, Left, Line, Passage
from layout.incoming.rules import DATELINE, LINKS, SENTENCE, WHITE, furniture, head_order, is_byline, is_caption, is_text
from layout.incoming.words import bare, markdown_of
from layout.script.halfwidth import restore_marks

_LONGEST_HEAD = 4
"""More lines than these before a text are no head, where no list of titles says which is the headline."""


_LEAST_TITLE = 5
"""Characters of the shortest headline that a list of titles is known by."""


def lines_of(text: str, name: str) -> list[Line]:
    """Return the lines of a text that have ink, each at its place; what has no ink is left out of them."""
    made = []
    for number, row in enumerate(text.split("\n"), start=1):
        words = bare(row)
        if words:
            made.append(Line(words, Span(name, number, 1 + len(row) - len(row.lstrip(WHITE)))))
    return made


def read_dump(path: Path, text: str, name: str) -> Intake:
    """Return what is found in a plain text."""
    return sorted_lines(path, lines_of(text, name), ())


def sorted_lines(path: Path, lines: Sequence[Line], titles: Sequence[str]) -> Intake:
    """Return lines as articles, furniture and what is neither; `titles` are known to be headlines of the page."""
    sorting = _Sorting(list(titles))
    copy = sorting.copy_of(lines)
    for number, line in enumerate(copy):
        if not sorting.articles and not sorting.open.passages and _lists_titles(line, copy[number + 1 : number + 12]):
            sorting.titles.append(line.text)
            sorting.leave("title-list", line)
        else:
            sorting.take(line)
    sorting.end_article()
    return Intake(path, sorting.facts, tuple(sorting.articles), tuple(sorting.furniture), tuple(sorting.unsorted))


def parted_dateline(line: Line) -> tuple[tuple[Line, ...], Line]:
    """Return the dateline with which a first paragraph begins, if it does, and the paragraph without it."""
    match = DATELINE.match(line.text)
    rest = line.text[match.end() :].lstrip(WHITE) if match else ""
    if not match or not rest:
        return (), line
    column = line.place.column + len(line.text) - len(rest)
    return (Line(match[0], line.place),), Line(rest, line.place._replace(column=column))


def _lists_titles(line: Line, below: Sequence[Line]) -> bool:
    """Return whether a line holds one of those below it and more: titles of the page that have run together."""
    return not SENTENCE.search(line.text) and any(
        _LEAST_TITLE <= len(other.text) <= len(line.text) - _LEAST_TITLE and other.text in line.text for other in below
    )


@dataclass(slots=True)
class _Open:
    """The article under way: lines before its text, its paragraphs, and short lines after one that may be anything."""

    head: list[Line] = field(default_factory=list)
    byline: list[Line] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)
    guesses: list[Guess] = field(default_factory=list)
    dateline: tuple[Line, ...] = ()
    pending: list[Line] = field(default_factory=list)
    is_signed: bool = False


@dataclass(slots=True)
class _Sorting:
    """Lines while they are sorted."""

    titles: list[str]
    facts: Facts = Facts()
    articles: list[Article] = field(default_factory=list)
    furniture: list[Left] = field(default_factory=list)
    unsorted: list[Left] = field(default_factory=list)
    open: _Open = field(default_factory=_Open)

    def leave(self, reason: str, line: Line) -> None:
        """Put a line with those of no story."""
        self.unsorted.append(Left(reason, line))

    def copy_of(self, lines: Sequence[Line]) -> list[Line]:
        """Return the lines that are no furniture; the facts in the others are kept."""
        copy = []
        is_tail = False
        for line in lines:
            found = furniture(line.text, is_tail)
            if found is None:
                copy.append(line)
                continue
            self.facts = self.facts.with_others(found.facts)
            self.furniture.append(Left(found.reason, line))
            is_tail = (is_tail or LINKS.match(line.text) is not None) and found.reason != "issue-line"
        return copy

    def take(self, line: Line) -> None:
        """Put a line of copy where it belongs."""
        article = self.open
        if is_caption(line.text):
            self.leave("caption", line)
        elif is_text(restore_marks(line.text)):
            self._take_text(line)
        elif not is_byline(line.text):
            (article.pending if article.passages else article.head).append(line)
        elif article.head and not article.passages:
            article.byline.append(line)
        elif article.passages and not article.pending:
            article.byline.append(line)
            article.is_signed = True
        else:
            (article.pending if article.passages else article.head).append(line)

    def _take_text(self, line: Line) -> None:
        pending = self.open.pending
        if len(pending) > 1 or (pending and (self.open.is_signed or DATELINE.match(line.text))):
            self.open.pending = []
            self.end_article()
            self._begin(pending)
        elif pending:
            self.open.guesses.append(Guess("subhead", "between", pending[0]))
            self.open.passages.append(Passage("## " + markdown_of(pending[0].text), pending[0].place))
            self.open.pending = []
        self._add(line)

    def _begin(self, head: Sequence[Line]) -> None:
        self.open.byline = [line for line in head if is_byline(line.text)]
        self.open.head = [line for line in head if line not in self.open.byline]

    def _add(self, line: Line) -> None:
        if not self.open.passages:
            self.open.dateline, line = parted_dateline(line)
            self.open.guesses += [Guess("dateline", "wire", dateline) for dateline in self.open.dateline]
        self.open.passages.append(Passage(markdown_of(line.text), line.place))

    def end_article(self) -> None:
        """Close the article under way; lines without a text below them go to those of no story."""
        article, self.open = self.open, _Open()
        for line in article.pending:
            self.leave("no-text", line)
        if len(article.head) > _LONGEST_HEAD and not any(line.text in title for line in article.head for title in self.titles):
            article.passages = [*(Passage(markdown_of(line.text), line.place) for line in article.head[1:]), *article.passages]
            article.head = article.head[:1]
        if not article.passages and len(article.head) > 1:
            article.passages = [Passage(markdown_of(line.text), line.place) for line in article.head[1:]]
            article.head = article.head[:1]
        if not article.passages:
            for line in (*article.head, *article.byline):
                self.leave("no-text", line)
            return
        self.articles.append(self._article(article))

    def _article(self, article: _Open) -> Article:
        parts: dict[str, list[Line]] = {}
        guesses = []
        order = head_order([line.text for line in article.head], self.titles)
        for line, (part, reason) in zip(article.head, order, strict=True):
            if part:
                parts.setdefault(part, []).append(line)
                guesses.append(Guess(part, reason, line))
            else:
                self.leave(reason, line)
        guesses += [Guess("byline", "writer", line) for line in article.byline]
        return Article(
            tuple(parts.get("headline", ())),
            tuple(article.passages),
            kicker=tuple(parts.get("kicker", ())),
            deck=tuple(parts.get("deck", ())),
            byline=tuple(article.byline),
            dateline=article.dateline,
            guesses=(*guesses, *article.guesses),
        )

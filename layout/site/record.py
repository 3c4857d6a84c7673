"""What the site keeps of an issue beside its pages: facts of the paper, pages, and the text of its articles.

It is a script, so that pages that are opened from a disk can load it as well: one call whose argument is JSON. All that issues
share (calendar, feed, search) is made from these data alone, and so does not depend on the order in which issues were added.
"""

import datetime
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, TypeVar

from layout.archive.model import ArchiveIssue, Article
from layout.export.imposition import label_of
from layout.manifest.issue import Issue
from layout.messages import shortened
from layout.page.furniture.words import imprint_data
from layout.site.authors import authors
from layout.site.names import content_name, issue_folder, node_name
from layout.site.templates import held

_BEFORE, _AFTER = "siteIssue(", ");\n"
_LEAD = 110
"""Characters of the text that stand for it in lists."""

_FIRST_WORDS = 18
"""Characters of the text that stand for a headline where there is none."""


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What pages that belong to no issue say of the paper; `address` is that of the site, empty where it is not told."""

    key: str
    name: str
    latin: str
    address: str
    imprint: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: its file, its label as it is printed, and its section."""

    file: str
    label: str
    section: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An issue as the data of its year tell it. `source` is the name of its manifest, `digest` that of its own data."""

    folder: str
    issue: str
    number: str
    date: str
    edition: str
    extra: str
    source: str
    pages: tuple[PageEntry, ...]
    digest: str = ""

    @property
    def year(self) -> int:
        """The year of its date."""
        return int(self.date[:4])

    @property
    def order(self) -> tuple[str, str]:
        """By what issues are sorted: the date, then the folder."""
        return self.date, self.folder

    @property
    def first(self) -> str:
        """The path of its first page."""
        return f"{self.folder}/{self.pages[0].file}"


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article with its whole text, the words of its head and of its pictures in front."""

    id: str
    file: str
    label: str
    section: str
    kicker: str
    headline: str
    deck: str
    byline: str
    authors: tuple[str, ...]
    lead: str
    text: str


@dataclass(frozen=True, slots=True)
class Record:
    """An issue as its own data tell it."""

    paper: PaperFacts
    entry: Entry
    articles: tuple[ArticleEntry, ...]


_Made = TypeVar("_Made", PaperFacts, PageEntry, Entry, ArticleEntry)


def record_of(issue: Issue, archived: ArchiveIssue) -> Record:
    """Return what the site keeps of an issue."""
    paper = issue.paper
    facts = PaperFacts(
        paper.key,
        held(paper.name.text),
        held(paper.latin.text),
        f"{paper.site.address}/" if paper.site.address else "",
        tuple(held(datum.words) for datum in imprint_data(issue)),
    )
    entry = Entry(
        issue_folder(issue.date, issue.edition_name),
        issue.name,
        issue.number,
        issue.date.isoformat(),
        issue.edition_name,
        archived.extra,
        issue.span.file.replace("\\", "/").rpartition("/")[2],
        tuple(PageEntry(node_name(page.number), label_of(page), held(page.name.text)) for page in issue.pages),
    )
    labels = {page.number: label_of(page) for page in issue.pages}
    stories = (article for article in archived.articles if article.paragraphs)
    return Record(facts, entry, tuple(_article(article, labels[article.number]) for article in stories))


def title_of(article: Article) -> str:
    """Return what an article is called in lists: its headline, or the first words that it has."""
    words = next(filter(None, (article.headline, article.kicker, article.column_title)), "")
    return words or shortened(" ".join(article.text.split()), _FIRST_WORDS)


def _article(article: Article, label: str) -> ArticleEntry:
    words = (article.column_title, article.kicker, article.headline, article.deck, *article.summary, article.byline)
    captions = [word for figure in article.figures for word in (figure.caption, figure.credit)]
    return ArticleEntry(
        article.id,
        content_name(article),
        label,
        held(article.section),
        held(article.kicker),
        held(title_of(article)),
        held(article.deck),
        held(article.byline),
        authors(held(article.byline)),
        held(lead(article)),
        held("\n".join(filter(None, (*words, *captions, article.text)))),
    )


def lead(article: Article) -> str:
    """Return how the text of an article begins, on one line."""
    return shortened(" ".join(article.text.split()), _LEAD)


def record_file(record: Record) -> bytes:
    """Return an issue's own data as a file."""
    words = json.dumps(asdict(record), ensure_ascii=False, indent=1, sort_keys=True)
    return f"{_BEFORE}{_script_safe(words)}{_AFTER}".encode()


def _script_safe(words: str) -> str:
    """Return JSON as a script of any age reads it."""
    return words.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def read_record(data: bytes) -> Record:
    """Return an issue's own data; raises ValueError where they are damaged."""
    text = data.decode("utf-8")
    if not (text.startswith(_BEFORE) and text.endswith(_AFTER)):
        raise ValueError("no data of an issue")
    told = _object(_loaded(text[len(_BEFORE) : -len(_AFTER)]), Record)
    articles = tuple(_made(ArticleEntry, article) for article in _list(told["articles"]))
    return Record(_made(PaperFacts, told["paper"]), entry_of(told["entry"]), articles)


def year_file(year: int, entries: Sequence[Entry]) -> bytes:
    """Return the data of a year: its issues in the order of their dates."""
    told = {"year": year, "issues": [asdict(entry) for entry in sorted(entries, key=lambda entry: entry.order)]}
    return (json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def year_script_file(data: bytes) -> bytes:
    """Return the data of a year as a script."""
    return f"siteYear({_script_safe(data.decode('utf-8').rstrip())});\n".encode()


def read_year(data: bytes, year: int) -> tuple[Entry, ...]:
    """Return the issues of a year's data; raises ValueError where they are damaged."""
    told = _loaded(data.decode("utf-8"))
    if not isinstance(told, dict) or told.get("year") != year:
        raise ValueError(f'"year" is not {year}')
    entries = tuple(entry_of(entry) for entry in _list(told.get("issues")))
    if any(entry.year != year for entry in entries) or len({entry.folder for entry in entries}) < len(entries):
        raise ValueError("an issue of another year, or one that stands twice")
    return entries


def entry_of(told: object) -> Entry:
    """Return what plain data tell of an issue; raises ValueError where they are damaged."""
    given = _object(told, Entry)
    pages = tuple(_made(PageEntry, page) for page in _list(given["pages"]))
    entry = replace(_made(Entry, given | {"pages": []}), pages=pages)
    _check(entry)
    return entry


def _check(entry: Entry) -> None:
    """Raise ValueError for an issue that has no page, or is not in the folder of its date."""
    date = datetime.date.fromisoformat(entry.date)
    is_named = all(page.file == page.file.rpartition("/")[2] for page in entry.pages)
    if not entry.pages or not is_named or entry.folder != issue_folder(date, entry.edition):
        raise ValueError(f"the issue of {entry.date} is not whole")


def _loaded(text: str) -> object:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested beyond reason") from error


def _object(told: object, kind: type[Any]) -> dict[str, Any]:
    """Return plain data that have the fields of a record, and no other."""
    names = {field.name for field in fields(kind)}
    if not isinstance(told, dict) or set(told) != names:
        raise ValueError(f"no object with {', '.join(sorted(names))}")
    return told


def _list(told: object) -> Sequence[object]:
    if not isinstance(told, list):
        raise ValueError("no list where there should be one")
    return told


def _made(kind: type[_Made], told: object) -> _Made:
    """Return a record whose fields are texts and lists of texts."""
    given = _object(told, kind)
    made: dict[str, Any] = {
        name: tuple(map(_text, value)) if isinstance(value, list) else _text(value) for name, value in given.items()
    }
    if any(isinstance(made[field.name], str) != (field.type is str) for field in fields(kind)):
        raise ValueError("a text in place of a list, or a list in place of a text")
    return kind(**made)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"no text: {value!r:.40}")
    return value

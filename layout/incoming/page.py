"""Saved web pages: their text by fields, image maps and pictures; the only module that imports lxml.

Fields of Founder pages are marked by ``npm:`` and ``enpcontent`` comments, ``founder-`` elements or known ids. A page without
any is read like plain text. Scripts and styles are no text.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from posixpath import basename
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from layout.diagnostics import Span
from layout.incoming.dump import parted_dateline, sorted_lines
from layout.incoming.matter import Article, Facts, Guess, Image, Intake, Left, Line, Outline, PageMap, Passage
from layout.incoming.rules import furniture, is_byline, is_text, plain_date
from layout.incoming.words import bare, markdown_of
from layout.manifest.source import Report

_SKIPPED = frozenset({"script", "style", "template", "iframe"})
_CONTROLS = frozenset({"a", "title", "button", "select", "textarea"})
"""Elements whose text is no copy: links, what is pressed or filled in, and the name of the window."""

_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "big",
        "em",
        "font",
        "i",
        "label",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "img",
        "map",
        "area",
    }
)
"""Elements within a line; all others begin and end lines."""

_FIELDS = {
    "article-pretitle": "kicker",
    "article-introtitle": "kicker",
    "article-title": "headline",
    "article-subtitle": "deck",
    "article-author": "byline",
    "article-content": "body",
    "article-pic": "picture",
    "article-pic-text": "caption",
    "founder-pretitle": "kicker",
    "founder-introtitle": "kicker",
    "founder-title": "headline",
    "founder-subtitle": "deck",
    "founder-author": "byline",
    "founder-content": "body",
    "enpcontent": "body",
    "pretitle": "kicker",
    "title": "headline",
    "subtitle": "deck",
    "ozoom": "body",
    "newspic": "picture",
}
"""What a field of an article is, by the name of a comment, an element or an id."""

_WEAK = "weak "
_WEAK_FIELDS = {"h1": "headline", "h2": "deck", "h3": "kicker", "font01": "headline", "main-article-title": "headline"}
"""What an element or a class is where no field of the page is the headline, but one is the text."""

_NAMED = re.compile(r"\s*<?(?P<end>/?)(?:npm:)?(?P<name>article-[\w-]+|enpcontent)\b")
_PROPERTY = re.compile(r"<(?:founder-)?(?P<name>[a-z]+)>(?P<words>.*?)</(?:founder-)?(?P=name)>", re.DOTALL | re.IGNORECASE)
_PAGE_LINK = re.compile(r"第(?P<label>[A-Z]?\d{1,3})版(?:[:：]\s*(?P<section>\S{1,12}))?")
_PAGE_TYPE = "2"
"""What a page of the paper calls itself; one of an article is 1. It has lists and captions, and no article of its own."""

_PROPERTIES = (("kicker", "introtitle"), ("deck", "subtitle"))
_TAGS = re.compile(r"<!\[CDATA\[|\]\]>|<[^>]*>")
_CDATA = re.compile(r"\[CDATA\[(.*)\]\]", re.DOTALL)
_LEAST_CORNERS = 3
_LONGEST_SUBHEAD = 20
_DEEPEST = "excessive depth"


@dataclass(slots=True)
class _Row:
    """Text while it gathers: where it began, its field, and whether a link holds all of it."""

    line: int
    field: str
    href: str
    text: str = ""


@dataclass(slots=True)
class _Reading:
    """A page while it is read."""

    name: str
    rows: list[_Row] = field(default_factory=list)
    fields: list[tuple[str, int]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    images: list[tuple[str, Span]] = field(default_factory=list)
    properties: dict[str, str] = field(default_factory=dict)
    maps: dict[str, list[tuple[str, tuple[tuple[int, int], ...]]]] = field(default_factory=dict)
    sizes: dict[str, tuple[int, int]] = field(default_factory=dict)
    map_name: str = ""
    line: int = 1
    is_new_row: bool = True

    @property
    def field(self) -> str:
        """The innermost field that is open."""
        return self.fields[-1][0] if self.fields else ""

    def add(self, text: str | None) -> None:
        """Add text where it stands."""
        words = text or ""
        if not words.strip():
            if words and self.rows and not self.is_new_row:
                self.rows[-1].text += " "
            return
        href = self.links[-1] if self.links else ""
        if self.is_new_row or self.rows[-1].field != self.field:
            self.rows.append(_Row(self.line + words[: len(words) - len(words.lstrip())].count("\n"), self.field, href))
        row = self.rows[-1]
        row.href = row.href if row.href == href else ""
        row.text += re.sub(r"[\n\r\t ]+", " ", words)
        self.is_new_row = False


def read_page(path: Path, text: str, name: str, report: Report) -> Intake | None:
    """Return what is found in a saved page; None with a finding where its elements are nested beyond reason."""
    parser = etree.HTMLParser(huge_tree=True, recover=True, no_network=True, remove_pis=True, encoding="utf-8")
    try:
        root = etree.fromstring(_declared_nothing(text).encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        report.add("import-broken", Span(name, max(1, getattr(error, "lineno", 0) or 1), 1), path=name)
        return None
    deep = next((entry for entry in parser.error_log if _DEEPEST in entry.message.lower()), None)
    if deep is not None or root is None:
        report.add("import-too-deep", Span(name, deep.line if deep else 1, 1), path=name)
        return None
    reading = _Reading(name)
    _walk(root, reading)
    return _intake(path, reading)


def _declared_nothing(text: str) -> str:
    """Return a page without what would stop its parser or make it believe a wrong encoding."""
    return re.sub(r"<\?xml[^>]*>|\0", "", text)


def _walk(root: Any, reading: _Reading) -> None:
    walker = etree.iterwalk(root, events=("start", "end", "comment"))
    depth = 0
    for event, node in walker:
        reading.line = node.sourceline or reading.line
        if event == "comment":
            _comment(node.text or "", depth, reading)
            reading.add(node.tail)
        elif event == "start":
            depth += 1
            if node.tag in _SKIPPED:
                walker.skip_subtree()
            else:
                _start(node, depth, reading)
        else:
            if node.tag not in _SKIPPED:
                _end(node, depth, reading)
            depth -= 1
            reading.add(node.tail)


def _start(node: Any, depth: int, reading: _Reading) -> None:
    reading.is_new_row = reading.is_new_row or node.tag not in _INLINE
    known = _FIELDS.get(node.tag if node.tag.startswith("founder-") else (node.get("id") or "").lower())
    if not known and not reading.field:
        weak = next((_WEAK_FIELDS[name] for name in (node.tag, *(node.get("class") or "").split()) if name in _WEAK_FIELDS), "")
        known = weak and _WEAK + weak
    if known:
        reading.fields.append((known, depth))
        reading.is_new_row = True
    if node.tag in _CONTROLS:
        reading.links.append(node.get("href") or "#")
        reading.is_new_row = True
    elif node.tag == "map":
        reading.map_name = (node.get("name") or "").lower()
    elif node.tag == "area":
        corners = _corners(node.get("coords") or "")
        if corners and node.get("href"):
            reading.maps.setdefault(reading.map_name, []).append((file_of(node.get("href")), corners))
    elif node.tag == "img":
        _image(node, reading)
    reading.add(node.text)


def _image(node: Any, reading: _Reading) -> None:
    source, used = node.get("src") or "", node.get("usemap")
    if used:
        size = tuple(int(number) for number in (node.get("width") or "", node.get("height") or "") if number.isdecimal())
        if len(size) == 2 and all(size):
            reading.sizes[used.lstrip("#").lower()] = (size[0], size[1])
    elif source and reading.field in ("picture", "body", "caption"):
        reading.images.append((source, Span(reading.name, reading.line, 1)))


def _end(node: Any, depth: int, reading: _Reading) -> None:
    while reading.fields and reading.fields[-1][1] >= depth:
        reading.fields.pop()
        reading.is_new_row = True
    if node.tag in _CONTROLS and reading.links:
        reading.links.pop()
        reading.is_new_row = True
    reading.is_new_row = reading.is_new_row or node.tag not in _INLINE


def _comment(text: str, depth: int, reading: _Reading) -> None:
    data = _CDATA.fullmatch(text)
    match = _NAMED.match(text)
    if data is not None:
        reading.add(_TAGS.sub(" ", data[1]))
    elif "enpproperty" in text[:40]:
        found = {word["name"].lower(): bare(_TAGS.sub("", word["words"])) for word in _PROPERTY.finditer(text)}
        reading.properties |= {name: words for name, words in found.items() if words}
    elif match is not None and match["name"] in _FIELDS:
        reading.is_new_row = True
        known = _FIELDS[match["name"]]
        if not match["end"]:
            reading.fields.append((known, depth))
        elif reading.fields and reading.fields[-1][0] == known:
            reading.fields.pop()


def _corners(coords: str) -> tuple[tuple[int, int], ...]:
    numbers = [int(float(number)) for number in re.findall(r"\d{1,6}(?:\.\d+)?", coords)]
    if len(numbers) == 4:
        left, top, right, foot = numbers
        return ((left, top), (right, top), (right, foot), (left, foot))
    corners = tuple(zip(numbers[::2], numbers[1::2], strict=False))
    return corners if len(corners) >= _LEAST_CORNERS else ()


def file_of(address: str) -> str:
    """Return the name of the file that an address leads to, without query and fragment."""
    try:
        return basename(unquote(urlsplit(address.strip()).path))
    except ValueError:
        return ""


def _intake(path: Path, reading: _Reading) -> Intake:
    rows = [(row, Line(bare(row.text), Span(reading.name, row.line, 1))) for row in reading.rows if bare(row.text)]
    page_map = _page_map(reading, rows)
    facts = _labelled(_property_facts(reading.properties), [line.text for row, line in rows if row.href])
    named = {row.field for row in reading.rows}
    for row, _ in rows:
        is_headless = "body" in named and "headline" not in named
        row.field = row.field.removeprefix(_WEAK) if is_headless or not row.field.startswith(_WEAK) else ""
    if not {"headline", "body"} & named and reading.properties.get("type") != _PAGE_TYPE:
        return _unmarked(path, rows, facts, page_map)
    fields: dict[str, list[Line]] = {}
    furniture_lines, unsorted = [], []
    for row, line in rows:
        found = None if row.field else furniture(line.text, is_tail=False)
        if row.field:
            fields.setdefault(row.field, []).append(line)
        elif found is not None:
            facts = facts.with_others(found.facts._replace(label="", section="") if row.href else found.facts)
            furniture_lines.append(Left(found.reason, line))
        elif row.href:
            furniture_lines.append(Left("link", line))
        else:
            unsorted.append(Left("outside", line))
    article, more = _article(fields, reading)
    unsorted += more
    return Intake(path, facts, (article,) if article else (), tuple(furniture_lines), tuple(unsorted), (), page_map)


def _unmarked(path: Path, rows: list[tuple[_Row, Line]], facts: Facts, page_map: PageMap | None) -> Intake:
    """Return a page without fields, read like plain text; its links are no copy, but may name a headline."""
    listed = [line for row, line in rows if row.href]
    read = sorted_lines(path, [line for row, line in rows if not row.href], [line.text for line in listed])
    links = tuple(Left("link", line) for line in listed)
    return read._replace(facts=facts.with_others(read.facts), furniture=(*read.furniture, *links), page_map=page_map)


def _labelled(facts: Facts, links: list[str]) -> Facts:
    """Return the facts of a page with its label and section, which the links to all pages of the issue say.

    Where the page itself does not say its label, they do only if they all say one.
    """
    said = [match for text in links if (match := _PAGE_LINK.fullmatch(text)) is not None]
    labels = {match["label"] for match in said}
    own = facts.label or (labels.pop() if len(labels) == 1 else "")
    sections = (match["section"] or "" for match in said if match["label"] == own)
    return facts.with_others(Facts(label=own, section=next(filter(None, sections), "")))


def _property_facts(properties: dict[str, str]) -> Facts:
    date = plain_date(properties.get("date", "").partition(" ")[0])
    label = properties.get("pagenum", "")
    return Facts(date=date, label=label if re.fullmatch(r"[A-Z]?\d{1,3}", label) else "", paper=properties.get("papername", ""))


def _page_map(reading: _Reading, rows: list[tuple[_Row, Line]]) -> PageMap | None:
    outlines: dict[str, tuple[Outline, ...]] = {}
    for name, areas in reading.maps.items():
        reach = [max(axis) for axis in zip(*(corner for _, corners in areas for corner in corners), strict=True)]
        size = reading.sizes.get(name, (reach[0], reach[1]))
        if min(size) > 0:
            for file, corners in areas:
                outlines[file] = (*outlines.get(file, ()), Outline(corners, size))
    titles: dict[str, Line] = {}
    for row, line in rows:
        if row.href and (file_of(row.href) in outlines or file_of(row.href).startswith("content")):
            titles.setdefault(file_of(row.href), line)
    is_page = outlines or reading.properties.get("type") == _PAGE_TYPE
    return PageMap(outlines, titles) if is_page else None


def _property_lines(name: str, reading: _Reading) -> list[Line]:
    words = reading.properties.get(name, "")
    return [Line(words, Span(reading.name, 1, 1))] if words else []


def _subheads(body: list[Line]) -> list[Line]:
    """Return the short lines of a text that stand before a paragraph and after one."""
    return [
        line
        for line, below in pairwise(body[1:])
        if len(line.text) <= _LONGEST_SUBHEAD and not is_text(line.text) and is_text(below.text)
    ]


def _article(fields: dict[str, list[Line]], reading: _Reading) -> tuple[Article | None, list[Left]]:
    """Return the article of a page's fields, and the lines of them that have no place in a story."""
    body, guesses = fields.get("body", []), []
    headline = fields.get("headline", [])
    said = _property_lines("title", reading)
    if not headline and said:
        headline = said
        guesses.append(Guess("headline", "property", said[0]))
    elif not headline and body:
        headline, body = body[:1], body[1:]
        guesses.append(Guess("headline", "first-line", headline[0]))
    captions = fields.get("caption", []) + fields.get("picture", [])
    left = [Left("picture-words", line) for line in captions]
    if not headline or not body:
        lines = [line for name in ("kicker", "headline", "deck", "byline", "body") for line in fields.get(name, [])]
        return None, [*left, *(Left("no-text", line) for line in lines)]
    byline = tuple(fields.get("byline", []) or _property_lines("author", reading))
    guesses += [Guess("byline", "property", line) for line in byline if "byline" not in fields]
    if not byline and len(body) > 1 and is_byline(body[-1].text):
        byline, body = (body[-1],), body[:-1]
        guesses.append(Guess("byline", "writer", byline[0]))
    dateline, first = parted_dateline(body[0])
    guesses += [Guess("dateline", "wire", line) for line in dateline]
    subheads = _subheads(body)
    guesses += [Guess("subhead", "between", line) for line in subheads]
    passages = (
        Passage(("## " if line in subheads else "") + markdown_of(line.text), line.place) for line in (first, *body[1:])
    )
    images = tuple(Image(source, place) for source, place in dict(reading.images).items())
    kicker, deck = (tuple(fields.get(name) or _property_lines(said, reading)) for name, said in _PROPERTIES)
    for part, said_there in (("kicker", kicker), ("deck", deck)):
        guesses += [Guess(part, "property", line) for line in said_there if part not in fields]
    return Article(tuple(headline), tuple(passages), kicker, deck, byline, dateline, images, tuple(guesses)), left

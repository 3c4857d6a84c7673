"""Text files and YAML as nodes that know their place; the only module that imports yaml.

Scalars stay text here (``number: 010`` is "010"): the schema says what a scalar is, never YAML's guesses.
"""

import json
import re
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

import yaml

from layout.diagnostics import Diagnostic, Span, finding
from layout.messages import Phrase

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_DEPTH = 40
"""Deeper than any manifest; lists in lists beyond it are garbage."""

MAX_NODES = 200_000
"""More nodes than any issue needs; an alias bomb passes this at once."""

MOST_TEXT = 2 << 20
"""Bytes of a manifest, a story or a table: seven hundred thousand characters, as many as seventy broadsheet pages hold."""

_TOO_DEEP = Phrase("层次太多", "nested too deeply")
_TOO_MANY = Phrase(f"超过 {MAX_NODES} 个值", f"more than {MAX_NODES} values")
_ENDLESS = Phrase("别名没有尽头", "aliases without end")


_PLAIN = re.compile(r"[\w“‘《](?:[\w“”‘’《》、，。！？：；（）—…·\u3000 ./-]*[\w”’》。！？）…])?")
"""Words that YAML takes for themselves."""


class Scalar(NamedTuple):
    """A text and its place; `inner` is where its first character stands, for blocks and quoted texts."""

    text: str
    span: Span
    inner: Span = Span("")
    is_block: bool = False

    def place_at(self, offset: int) -> Span:
        """Return the place of a character of the text; only a block's lines are lines of the file."""
        if not self.is_block:
            return Span(self.inner.file, self.inner.line, self.inner.column + offset)
        before = self.text[:offset]
        line = before.count("\n")
        return Span(self.inner.file, self.inner.line + line, self.inner.column + len(before) - before.rfind("\n") - 1)

    @property
    def lines(self) -> "tuple[Scalar, ...]":
        """The lines that are not empty, each with its place."""
        starts = accumulate((len(line) + 1 for line in self.text.split("\n")), initial=0)
        whole = zip(starts, self.text.split("\n"), strict=False)
        found = ((start + len(line) - len(line.lstrip()), line.strip()) for start, line in whole if line.strip())
        return tuple(Scalar(line, self.place_at(start), self.place_at(start)) for start, line in found)

    def place_of(self, needle: str) -> Span:
        """Return the place where `needle` first stands in the text, or the text's own."""
        return self.place_at(max(0, self.text.find(needle)))


NOTHING = Scalar("", Span(""))
"""The text of a key that is not given."""


class Items(NamedTuple):
    """A list of nodes."""

    items: "tuple[Node, ...]"
    span: Span


class Mapping(NamedTuple):
    """Keys with their values, in the order of the file."""

    pairs: "tuple[tuple[Scalar, Node], ...]"
    span: Span

    def get(self, name: str) -> "Node | None":
        """Return the value of a key, or None."""
        return next((value for key, value in self.pairs if key.text == name), None)


Node = Scalar | Items | Mapping


@dataclass(slots=True)
class Report:
    """Findings of one reading: all errors of a manifest are told at once."""

    problems: list[Diagnostic] = field(default_factory=list)

    def add(self, code: str, span: Span, **values: object) -> None:
        """Record a finding."""
        self.problems.append(finding(code, span, **values))


def read_text(path: Path, name: str, span: Span, report: Report) -> str | None:
    """Return the text of a file with single line feeds for its line ends; None with a finding at `span`."""
    text = read_raw(path, name, span, report)
    return None if text is None else text.replace("\r\n", "\n").replace("\r", "\n")


def read_raw(path: Path, name: str, span: Span, report: Report) -> str | None:
    """Return the text of a file in UTF-8 or GB 18030 with its own line ends; None with a finding at `span`.

    `name` is how the user knows the file. A byte order mark is dropped.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MOST_TEXT else b""
    except OSError as error:
        report.add("unreadable", span, path=name, reason=error.strerror or type(error).__name__)
        return None
    if size > MOST_TEXT:
        report.add("text-too-large", span, path=name, size=size >> 20, most=MOST_TEXT >> 20)
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    report.add("encoding", Span(name), path=name)
    return None


def yaml_scalar(words: str) -> str:
    """Return words as a YAML scalar: plain where they are letters, figures and Chinese marks, else in quotation marks."""
    if _PLAIN.fullmatch(words):
        return words
    quoted = json.dumps(words, ensure_ascii=False)
    return "".join(sign if sign.isprintable() or sign == "\u3000" else f"\\U{ord(sign):08X}" for sign in quoted)


def parse_yaml(text: str, name: str, report: Report, first_line: int = 1) -> Node | None:
    """Return the YAML document as nodes with places, or None with a finding.

    `first_line` is the file's line on which `text` begins, for front matter.
    """
    try:
        excess = _excess(text)
        if excess is not None:
            report.add("yaml", Span(name, first_line, 1), reason=excess)
            return None
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = Span(name, mark.line + first_line, mark.column + 1) if mark else Span(name)
        report.add("yaml", span, reason=error.problem or "")
        return None
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        span = Span(name, before.count("\n") + first_line, len(before) - before.rfind("\n"))
        report.add("yaml", span, reason=error.reason)
        return None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        report.add("yaml", Span(name, first_line, 1), reason=type(error).__name__)
        return None
    if root is None:
        return Mapping((), Span(name, first_line, 1))
    return _Builder(name, text.split("\n"), first_line, report).build(root)


def _excess(text: str) -> Phrase | None:
    """Return what a text has beyond all manifests; asked before composing, which takes stack for each level.

    Neither can be where the signs that open or part nodes are few.
    """
    signs = text.count("[") + text.count("{") + text.count("- ") + text.count("? ")
    if signs < MAX_DEPTH and 2 * (text.count(",") + text.count(":") + text.count("\n")) < MAX_NODES:
        return None
    depth = count = 0
    for event in yaml.parse(text, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        count += isinstance(event, yaml.NodeEvent)
        if depth > 10 * MAX_DEPTH:
            return _TOO_DEEP
        if count > MAX_NODES:
            return _TOO_MANY
    return None


class _Builder:
    """Turns PyYAML's nodes into ours; counts them, so that aliases cannot multiply without end."""

    def __init__(self, name: str, lines: list[str], first_line: int, report: Report) -> None:
        self.name = name
        self.lines = lines
        self.first_line = first_line
        self.report = report
        self.count = 0
        self.open: list[yaml.Node] = []

    def build(self, node: yaml.Node) -> Node | None:
        self.count += 1
        span = self._span(node.start_mark.line, node.start_mark.column)
        endless = self.count >= MAX_NODES or any(node is above for above in self.open)
        if endless or len(self.open) > MAX_DEPTH:
            if endless and self.count <= MAX_NODES:
                self.report.add("yaml", span, reason=_ENDLESS)
            elif not endless:
                self.report.add("yaml", span, reason=_TOO_DEEP)
            self.count += MAX_NODES
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, span)
        self.open.append(node)
        built = self._collection(node, span)
        self.open.pop()
        return built

    def _span(self, line: int, column: int) -> Span:
        return Span(self.name, line + self.first_line, column + 1)

    def _scalar(self, node: yaml.ScalarNode, span: Span) -> Scalar:
        line, column = node.start_mark.line, node.start_mark.column
        if node.style in ("|", ">"):
            rows = (row for row in self.lines[line + 1 :] if row.strip())
            indent = next((len(row) - len(row.lstrip(" ")) for row in rows), 0)
            return Scalar(node.value, span, self._span(line + 1, indent), is_block=True)
        return Scalar(node.value, span, self._span(line, column + (1 if node.style in ("'", '"') else 0)))

    def _collection(self, node: yaml.Node, span: Span) -> Node:
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(item for item in map(self.build, node.value) if item is not None), span)
        pairs = []
        for key, value in node.value:
            built_key, built_value = self.build(key), self.build(value)
            if self.count >= MAX_NODES:
                break
            if not isinstance(built_key, Scalar):
                self.report.add("yaml", span, reason="a key must be a plain text")
            elif built_value is not None:
                pairs.append((built_key, built_value))
        return Mapping(tuple(pairs), span)

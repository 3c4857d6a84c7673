"""Text files and YAML as nodes that know their place; the only module that imports yaml.

Scalars stay text here (``number: 010`` is "010"): the schema says what a scalar is, never YAML's guesses.
"""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from layout.diagnostics import Diagnostic, Span, finding

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

MAX_NODES = 200_000
"""More nodes than any issue needs; an alias bomb passes this at once."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text and its place."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Items:
    """A list of nodes."""

    items: "tuple[Node, ...]"
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
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
        data = path.read_bytes()
    except OSError as error:
        report.add("unreadable", span, path=name, reason=error.strerror or type(error).__name__)
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    report.add("encoding", Span(name), path=name)
    return None


def parse_yaml(text: str, name: str, report: Report, first_line: int = 1) -> Node | None:
    """Return the YAML document as nodes with places, or None with a finding.

    `first_line` is the file's line on which `text` begins, for front matter.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        span = Span(name, mark.line + first_line, mark.column + 1) if mark else Span(name)
        report.add("yaml", span, reason=error.problem or "")
        return None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        report.add("yaml", Span(name, first_line, 1), reason=str(error).splitlines()[0] if str(error) else "")
        return None
    if root is None:
        return Mapping((), Span(name, first_line, 1))
    builder = _Builder(name, first_line, report)
    return builder.build(root)


class _Builder:
    """Turns PyYAML's nodes into ours; counts them, so that aliases cannot multiply without end."""

    def __init__(self, name: str, first_line: int, report: Report) -> None:
        self.name = name
        self.first_line = first_line
        self.report = report
        self.count = 0
        self.open: set[int] = set()

    def build(self, node: yaml.Node) -> Node | None:
        self.count += 1
        span = Span(self.name, node.start_mark.line + self.first_line, node.start_mark.column + 1)
        if self.count == MAX_NODES or id(node) in self.open:
            self.report.add("yaml", span, reason="aliases without end")
        if self.count >= MAX_NODES or id(node) in self.open:
            return None
        if isinstance(node, yaml.ScalarNode):
            return Scalar(node.value, span)
        self.open.add(id(node))
        built = self._collection(node, span)
        self.open.discard(id(node))
        return built

    def _collection(self, node: yaml.Node, span: Span) -> Node:
        if isinstance(node, yaml.SequenceNode):
            return Items(tuple(item for item in map(self.build, node.value) if item is not None), span)
        pairs = []
        for key, value in node.value:
            built_key, built_value = self.build(key), self.build(value)
            if not isinstance(built_key, Scalar):
                self.report.add("yaml", span, reason="a key must be a plain text")
            elif built_value is not None:
                pairs.append((built_key, built_value))
        return Mapping(tuple(pairs), span)

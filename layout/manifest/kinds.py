"""What a value may be: each kind reads a node and describes itself as JSON Schema.

A record is a frozen dataclass whose fields were made by `entry`; it is the one place where a manifest key
stands, for the reader, for the schema and for the type checker.
"""

import dataclasses
import datetime
import difflib
import re
from collections.abc import Callable
from collections.abc import Mapping as MappingType
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Generic, Protocol, TypeVar, cast

from layout.diagnostics import Span
from layout.manifest.source import Items, Mapping, Node, Report, Scalar
from layout.manifest.wording import check_western_marks, check_words
from layout.messages import Phrase, one_of_phrase
from layout.script.sizes import SIZES
from layout.script.unprintable import settable
from layout.script.white import plain_white
from layout.units import MM, PT, Emu, parse_length

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Schema = dict[str, Any]


class Kind(Protocol[T_co]):
    """Reads one kind of value."""

    def read(self, node: Node, report: Report) -> T_co | None:
        """Return the value, or None after a finding was recorded."""

    def schema(self) -> Schema:
        """Return the JSON Schema of the kind."""


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """A value with its place."""

    value: T
    span: Span


@dataclass(frozen=True, slots=True)
class Pattern(Generic[T]):
    """A scalar that `parse` understands; `wanted` names it in messages.

    `pattern` says the same to JSON Schema; `low` and `high` are the bounds of a whole number, which YAML may hand to
    an editor as a number. `is_words` allows any number, since a text may look like one.
    """

    wanted: Phrase
    parse: Callable[[str], T | None]
    pattern: str
    low: int | None = None
    high: int | None = None
    is_words: bool = False

    def read(self, node: Node, report: Report) -> T | None:
        """Return the parsed scalar."""
        value = self.parse(node.text) if isinstance(node, Scalar) else None
        if value is None:
            report.add("wrong-value", node.span, wanted=self.wanted, got=_shown(node))
        return value

    def schema(self) -> Schema:
        """Return the scalar's schema."""
        forms: list[Schema] = [{"type": "string", "pattern": self.pattern}]
        if self.is_words:
            forms.append({"type": "number"})
        elif self.low is not None:
            forms.append({"type": "integer", "minimum": self.low, "maximum": self.high})
        described = {"description": f"{self.wanted.en} ({self.wanted.zh})"}
        return described | (forms[0] if len(forms) == 1 else {"anyOf": forms})


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text) if re.fullmatch(r"(19|20)\d\d-\d\d-\d\d", text) else None
    except ValueError:
        return None


def _whole(low: int, high: int) -> Callable[[str], int | None]:
    def parse(text: str) -> int | None:
        return int(text) if re.fullmatch(r"[0-9]{1,6}", text) and low <= int(text) <= high else None

    return parse


def _length(low: Emu, high: Emu) -> Callable[[str], Emu | None]:
    def parse(text: str) -> Emu | None:
        length = parse_length(text)
        return length if length is not None and low <= length <= high else None

    return parse


def _percentage(low: int, high: int) -> Callable[[str], Fraction | None]:
    def parse(text: str) -> Fraction | None:
        match = re.fullmatch(r"(\d{1,3}(?:\.\d)?)%", text)
        return Fraction(match[1]) / 100 if match and low <= Fraction(match[1]) <= high else None

    return parse


@dataclass(frozen=True, slots=True)
class Printed(Generic[T]):
    """A scalar whose words are printed: what copy should not have is a finding, and what has no ink is left out."""

    inner: Pattern[T]

    def read(self, node: Node, report: Report) -> T | None:
        """Return the scalar as it is set; None after an error."""
        if not isinstance(node, Scalar):
            return self.inner.read(node, report)
        if not check_words(node.text, node.place_at, report):
            return None
        check_western_marks(node.text, node.place_at, report)
        return self.inner.read(node._replace(text=plain_white(settable(node.text))), report)

    def schema(self) -> Schema:
        """Return the scalar's schema."""
        return self.inner.schema()


def _matching(pattern: str) -> Callable[[str], str | None]:
    expression = re.compile(pattern)
    return lambda text: text if expression.fullmatch(text) else None


_DIGITS, _LABEL, _NAME = r"^[0-9]{1,9}$", r"^[A-Z]?[0-9]{1,3}$", r"^[a-z][a-z0-9-]{0,31}$"
_EDITION = r"^[A-Za-z0-9]{1,8}$"
_LENGTH = r"^\d{1,6}(\.\d{1,6})?\s*(mm|cm|pt)$"

TEXT: Pattern[str] = Pattern(Phrase("文字", "a text"), lambda text: text if text.strip() else None, r"\S", is_words=True)
LINES: Printed[str] = Printed(TEXT)
LINE: Printed[str] = Printed(
    Pattern(
        Phrase("一行文字", "a text on one line"),
        lambda text: text if text.strip() and "\n" not in text else None,
        r"\S",
        is_words=True,
    )
)
DIGITS: Pattern[str] = Pattern(Phrase("数字", "digits"), _matching(_DIGITS), _DIGITS, 0, 999_999_999)
LABEL: Pattern[str] = Pattern(Phrase("版次，如 01 或 A01", "a page label such as 01 or A01"), _matching(_LABEL), _LABEL, 0, 999)
NAME: Pattern[str] = Pattern(
    Phrase("小写字母、数字和连字符组成的名字", "a name of small letters, digits and hyphens"), _matching(_NAME), _NAME
)
EDITION: Pattern[str] = Pattern(
    Phrase("一至八个字母或数字，如 A、1", "one to eight letters or digits, such as A or 1"),
    _matching(_EDITION),
    _EDITION,
    0,
    99_999_999,
)
DATE: Pattern[datetime.date] = Pattern(
    Phrase("日期，如 2023-03-27", "a date such as 2023-03-27"), _date, r"^(19|20)\d{2}-\d{2}-\d{2}$"
)
SIZE: Pattern[Emu] = Pattern(
    Phrase("20mm 到 2000mm 的长度，如 390mm", "a length from 20mm to 2000mm, such as 390mm"),
    _length(20 * MM, 2000 * MM),
    _LENGTH,
)
TYPE_SIZE: Pattern[Emu] = Pattern(
    Phrase("6pt 到 200pt 的字大，如 30pt", "a size of type from 6pt to 200pt, such as 30pt"),
    _length(6 * PT, 200 * PT),
    _LENGTH,
)
MARGIN: Pattern[Emu] = Pattern(
    Phrase("20mm 以内的长度，如 3mm", "a length up to 20mm, such as 3mm"), _length(0, 20 * MM), _LENGTH
)


def percentage(low: int, high: int, usual: int) -> Pattern[Fraction]:
    """Return the kind of percentages between two bounds; a message names a usual one."""
    wanted = Phrase(f"{low}% 到 {high}% 的百分数，如 {usual}%", f"a percentage from {low}% to {high}%, such as {usual}%")
    return Pattern(wanted, _percentage(low, high), r"^\d{1,3}(\.\d)?%$")


HEAD_SIZE: Pattern[str] = Pattern(
    Phrase("字号或 6pt 到 200pt 的字大，如小初、30pt", "a name of a size, or 6pt to 200pt, such as 小初 or 30pt"),
    lambda text: text if text in SIZES or TYPE_SIZE.parse(text) else None,
    f"^({'|'.join(SIZES)})$|{_LENGTH}",
)


def whole(low: int, high: int) -> Pattern[int]:
    """Return the kind of whole numbers between two bounds."""
    wanted = Phrase(f"{low} 到 {high} 的整数", f"a whole number from {low} to {high}")
    return Pattern(wanted, _whole(low, high), r"^[0-9]{1,6}$", low, high)


def one_of(words: MappingType[str, T]) -> Pattern[T]:
    """Return the kind of words from a table."""
    return Pattern(one_of_phrase(words), words.get, "^(" + "|".join(map(re.escape, words)) + ")$")


@dataclass(frozen=True, slots=True)
class Words:
    """A text that keeps its place to the character."""

    inner: Kind[str]

    def read(self, node: Node, report: Report) -> Scalar | None:
        """Return the scalar with its text as it was read."""
        text = self.inner.read(node, report)
        return node._replace(text=text) if text is not None and isinstance(node, Scalar) else None

    def schema(self) -> Schema:
        """Return the text's schema."""
        return self.inner.schema()


@dataclass(frozen=True, slots=True)
class Place(Generic[T]):
    """Another kind's value together with its place."""

    inner: Kind[T]

    def read(self, node: Node, report: Report) -> Located[T] | None:
        """Return the located value."""
        value = self.inner.read(node, report)
        return None if value is None else Located(value, node.span)

    def schema(self) -> Schema:
        """Return the inner schema."""
        return self.inner.schema()


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
    """A list; items that cannot be read are left out after their finding."""

    inner: Kind[T]
    least: int = 0

    def read(self, node: Node, report: Report) -> tuple[T, ...] | None:
        """Return the items."""
        if not isinstance(node, Items):
            report.add("wrong-value", node.span, wanted=_A_LIST, got=_shown(node))
            return None
        values = (self.inner.read(item, report) for item in node.items)
        return tuple(value for value in values if value is not None)

    def schema(self) -> Schema:
        """Return the schema of an array."""
        return {"type": "array", "items": self.inner.schema(), "minItems": self.least}


@dataclass(frozen=True, slots=True)
class OneOrMore(Generic[T]):
    """One value, or a list of one to so many of them."""

    inner: Kind[T]
    most: int

    def read(self, node: Node, report: Report) -> tuple[T, ...] | None:
        """Return the values."""
        if not isinstance(node, Items):
            value = self.inner.read(node, report)
            return None if value is None else (value,)
        if not 1 <= len(node.items) <= self.most:
            wanted = Phrase(f"1 到 {self.most} 项的列表", f"a list of 1 to {self.most}")
            report.add("wrong-value", node.span, wanted=wanted, got=str(len(node.items)))
            return None
        return ListOf(self.inner).read(node, report)

    def schema(self) -> Schema:
        """Return both schemas."""
        return {"anyOf": [self.inner.schema(), ListOf(self.inner, 1).schema() | {"maxItems": self.most}]}


@dataclass(frozen=True, slots=True)
class MapOf(Generic[T]):
    """A mapping whose keys are free, read as `Located` values; None stands for one that could not be read."""

    key: Pattern[str]
    inner: Kind[T]

    def read(self, node: Node, report: Report) -> dict[str, Located[T | None]] | None:
        """Return the values by key."""
        if not isinstance(node, Mapping):
            report.add("wrong-value", node.span, wanted=_KEYS, got=_shown(node))
            return None
        values: dict[str, Located[T | None]] = {}
        for key, item in node.pairs:
            name, value = self.key.read(key, report), self.inner.read(item, report)
            if name in values:
                report.add("key-twice", key.span, key=name)
            elif name is not None:
                values[name] = Located(value, key.span)
        return values

    def schema(self) -> Schema:
        """Return the schema of an object with free keys."""
        return {"type": "object", "propertyNames": self.key.schema(), "additionalProperties": self.inner.schema()}


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """A mapping with known keys, read into a frozen dataclass that has a `span`."""

    type: type[T]

    def read(self, node: Node, report: Report) -> T | None:
        """Return the record, or None where a required key is missing or wrong."""
        if not isinstance(node, Mapping):
            report.add("wrong-value", node.span, wanted=_KEYS, got=_shown(node))
            return None
        values, complete = self.values(node, report)
        return self.type(**values) if complete else None

    def values(self, node: Mapping, report: Report) -> tuple[dict[str, Any], bool]:
        """Return the values that could be read by field, and whether nothing is missing or wrong."""
        fields = keys_of(self.type)
        values: dict[str, Any] = {"span": node.span}
        complete = True
        for name, item in self._known(node, fields, report):
            value = fields[name].kind.read(item, report)
            if value is None:
                complete = False
            else:
                values[fields[name].field] = value
        for name, entry in fields.items():
            if entry.required and node.get(name) is None:
                report.add("missing-key", node.span, key=name)
                complete = False
        return values, complete

    def _known(self, node: Mapping, fields: "dict[str, Key]", report: Report) -> list[tuple[str, Node]]:
        known: dict[str, Node] = {}
        for key, item in node.pairs:
            if key.text not in fields:
                near = difflib.get_close_matches(key.text, fields, 1)
                report.add("unknown-key", key.span, key=key.text, near=near[0] if near else ", ".join(fields))
            elif key.text in known:
                report.add("key-twice", key.span, key=key.text)
            else:
                known[key.text] = item
        return list(known.items())

    def schema(self) -> Schema:
        """Return the schema of the record; a class docstring's first line describes it."""
        fields = keys_of(self.type)
        described: Schema = {
            "type": "object",
            "description": (self.type.__doc__ or "").splitlines()[0],
            "properties": {name: entry.kind.schema() | {"description": entry.doc} for name, entry in fields.items()},
            "additionalProperties": False,
        }
        required = [name for name, entry in fields.items() if entry.required]
        return described | {"required": required} if required else described


@dataclass(frozen=True, slots=True)
class OneKey(Generic[T]):
    """A record chosen by the key that it has, or a bare word that stands for one.

    Where the key of one record is a further key of another, the other is meant.
    """

    records: "MappingType[str, Record[T]]"
    words: MappingType[str, Callable[[Span], T]]

    def read(self, node: Node, report: Report) -> T | None:
        """Return the record that the node's key or word names."""
        if isinstance(node, Scalar) and node.text in self.words:
            return self.words[node.text](node.span)
        named = [name for name in self.records if isinstance(node, Mapping) and node.get(name) is not None]
        found = [name for name in named if set(named) <= {name, *keys_of(self.records[name].type)}]
        if len(found) == 1:
            return self.records[found[0]].read(node, report)
        names = [*self.words, *(name + ":" for name in self.records)]
        wanted = one_of_phrase(names)
        report.add("wrong-value", node.span, wanted=wanted, got=_shown(node))
        return None

    def schema(self) -> Schema:
        """Return the schema of the choice."""
        words: list[Schema] = [{"enum": list(self.words)}] if self.words else []
        return {"anyOf": [*words, *(record.schema() for record in self.records.values())]}


@dataclass(frozen=True, slots=True)
class Either(Generic[T]):
    """A scalar of one kind, or a list or mapping of another."""

    scalar: Kind[T]
    other: Kind[T]

    def read(self, node: Node, report: Report) -> T | None:
        """Return what the node's form says."""
        return (self.scalar if isinstance(node, Scalar) else self.other).read(node, report)

    def schema(self) -> Schema:
        """Return both schemas."""
        return {"anyOf": [self.scalar.schema(), self.other.schema()]}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a record."""

    field: str
    kind: Kind[Any]
    doc: str
    required: bool


_REQUIRED = object()


def entry(kind: Kind[T], doc: str, default: object = _REQUIRED) -> T:
    """Return a dataclass field that is read by `kind`; without a default the key is required."""
    metadata = {"kind": kind, "doc": doc}
    if default is _REQUIRED:
        return cast(T, dataclasses.field(metadata=metadata))
    return cast(T, dataclasses.field(default=default, metadata=metadata))


def keys_of(record: type[Any]) -> dict[str, Key]:
    """Return the keys of a record by the name they have in a manifest (hyphens for underscores)."""
    return {
        field.name.replace("_", "-"): Key(
            field.name, field.metadata["kind"], field.metadata["doc"], field.default is dataclasses.MISSING
        )
        for field in dataclasses.fields(record)
        if "kind" in field.metadata
    }


_A_LIST, _KEYS = Phrase("列表", "a list"), Phrase("成对的键和值", "keys with values")


def _shown(node: Node) -> str | Phrase:
    return node.text if isinstance(node, Scalar) else _A_LIST if isinstance(node, Items) else _KEYS

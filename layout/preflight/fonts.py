"""Fonts of a PDF as preflight needs them: what they are, whether they are whole, how far their codes advance."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from layout.preflight.reading import EMPTY, Items, Record, is_number

_SUBSET = re.compile(r"[A-Z]{6}\+(.+)", re.DOTALL)
_MAPPED = re.compile(rb"<([0-9A-Fa-f]{2,4})>\s*<([0-9A-Fa-f]{4,32})>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{2,4})>\s*<([0-9A-Fa-f]{2,4})>\s*<([0-9A-Fa-f]{4})>")
_PROGRAMS = ("FontFile", "FontFile2", "FontFile3")
_MOST_CODES = 65_536
_MOST_MAPPED = 4_000_000


class Embedding(Enum):
    """How much of a font a file carries."""

    NONE = "none"
    SUBSET = "subset"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Font:
    """A font of a file. `wide` fonts have codes of two bytes; `texts` say what codes stand for."""

    name: str
    kind: str
    embedding: Embedding
    wide: bool = False
    is_vertical: bool = False
    is_identity: bool = False
    default: float = 0.0
    widths: dict[int, float] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    def codes(self, string: bytes) -> Iterator[int] | bytes:
        """Return the codes of a string."""
        if not self.wide:
            return string
        return (string[place] << 8 | string[place + 1] for place in range(0, len(string) - 1, 2))

    def text(self, string: bytes) -> str:
        """Return what a string stands for as far as the file says it."""
        if self.texts:
            return "".join(self.texts.get(code, "") for code in self.codes(string))
        return "" if self.wide else string.decode("latin-1")


NO_FONT = Font("", "", Embedding.WHOLE)


def read_font(record: Record) -> Font:
    """Return a font of a page's resources."""
    kind = record.name("Subtype")
    descendant = next((item for item in record.items("DescendantFonts") if isinstance(item, Record)), EMPTY)
    inner = descendant if kind == "Type0" else record
    name = record.name("BaseFont") or inner.name("BaseFont") or record.name("Name")
    encoding = record.name("Encoding")
    return Font(
        name=_bare(name),
        kind=kind if kind != "Type0" else inner.name("Subtype") or kind,
        embedding=_embedding(kind, name, inner.record("FontDescriptor")),
        wide=kind == "Type0",
        is_vertical=kind == "Type0" and encoding.endswith("V"),
        is_identity=encoding.startswith("Identity"),
        default=_default(kind, inner),
        widths=_cid_widths(inner) if kind == "Type0" else _simple_widths(record),
        texts=_texts(record),
    )


def _bare(name: str) -> str:
    found = _SUBSET.fullmatch(name)
    return found[1] if found else name


def _embedding(kind: str, name: str, descriptor: Record) -> Embedding:
    if kind == "Type3":
        return Embedding.SUBSET
    if not any(isinstance(descriptor.get(key), Record) for key in _PROGRAMS):
        return Embedding.NONE
    return Embedding.SUBSET if _SUBSET.fullmatch(name) else Embedding.WHOLE


def _default(kind: str, inner: Record) -> float:
    if kind == "Type0":
        return inner.number("DW", 1000)
    return inner.record("FontDescriptor").number("MissingWidth", 0) or 500


def _simple_widths(record: Record) -> dict[int, float]:
    first = int(record.number("FirstChar"))
    scale = 1.0
    if record.name("Subtype") == "Type3":
        matrix = record.numbers("FontMatrix")
        scale = 1000 * matrix[0] if len(matrix) == 6 else 1.0
    return {first + place: width * scale for place, width in enumerate(record.numbers("Widths")[:256])}


def _cid_widths(inner: Record) -> dict[int, float]:
    """Return the widths of ``W``: ``first [w …]`` and ``first last w``."""
    widths: dict[int, float] = {}
    pending: list[int] = []
    for item in inner.items("W"):
        if isinstance(item, Items):
            first = pending.pop() if pending else 0
            widths.update((first + place, float(width)) for place, width in enumerate(item) if is_number(width))
            pending = []
        elif is_number(item):
            pending.append(int(item))
        if len(pending) == 3:
            first, last, width = pending
            widths.update((code, float(width)) for code in range(first, min(last, first + _MOST_CODES) + 1))
            pending = []
        if len(widths) > 2 * _MOST_CODES:
            break
    return widths


def _texts(record: Record) -> dict[int, str]:
    """Return what the codes stand for by the ToUnicode map."""
    data = (record.record("ToUnicode").data() or b"")[:_MOST_MAPPED]
    texts: dict[int, str] = {}
    for block in _blocks(data, b"bfrange"):
        for first, last, text in _RANGE.findall(block):
            start, begin = int(first, 16), int(text, 16)
            steps = range(min(int(last, 16) - start, 255) + 1)
            texts.update((start + step, chr(begin + step)) for step in steps if not 0xD800 <= begin + step <= 0xDFFF)
    for block in _blocks(data, b"bfchar"):
        for code, text in _MAPPED.findall(block):
            texts[int(code, 16)] = bytes.fromhex(text[: len(text) // 4 * 4].decode()).decode("utf-16-be", "replace")
    return texts


def _blocks(data: bytes, kind: bytes) -> Iterator[bytes]:
    return (part.split(b"end" + kind, 1)[0] for part in data.split(b"begin" + kind)[1:])

"""Files that come in: what they are by their bytes, and their text by decoding, whatever they say of themselves."""

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from layout.diagnostics import Span
from layout.manifest.source import Report
from layout.messages import Phrase

MOST_TEXT = 4 << 20
"""Bytes of text: a page of a newspaper has some hundred thousand; beyond this a file is no page."""

MOST_WORD = 64 << 20
"""Bytes of a Word file, which holds its pictures."""


class FileKind(Enum):
    """What a file is."""

    TEXT = "text"
    PAGE = "page"
    WORD = "word"


class Arrival(NamedTuple):
    """A file that can be read: its kind, and its text unless it is a Word file."""

    kind: FileKind
    text: str = ""


_KINDS = (
    (b"%PDF", Phrase("PDF", "a PDF")),
    (b"\xd0\xcf\x11\xe0", Phrase("旧的 .doc 等 Office 文件", "an old Office file such as .doc")),
    (b"{\\rtf", Phrase("RTF", "an RTF file")),
    (b"\x89PNG", Phrase("图片", "a picture")),
    (b"\xff\xd8\xff", Phrase("图片", "a picture")),
    (b"GIF8", Phrase("图片", "a picture")),
    (b"Rar!", Phrase("压缩文件", "an archive")),
    (b"7z\xbc\xaf", Phrase("压缩文件", "an archive")),
    (b"\x1f\x8b", Phrase("压缩文件", "an archive")),
)
_UNKNOWN = Phrase("二进制文件", "a binary file")
_ZIP = b"PK\x03\x04"
_ENCODINGS = ("utf-8-sig", "gb18030")
_MARKS_OF_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MARKUP = re.compile(
    r"(?i)<!doctype html|<html[\s>]|<(?:head|body|meta|table|div|p|founder-\w+|td|br|span)\b[^<]{0,400}>|<!--\s*enp"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_MOST_CONTROL = 100
"""A text has no more than one control character in so many."""


def read_arrival(path: Path, name: str, report: Report) -> Arrival | None:
    """Return what a file is and its text, None with a finding; nothing is believed that the file says of its encoding."""
    try:
        size = path.stat().st_size
        most = MOST_WORD if _begins(path, 4) == _ZIP else MOST_TEXT
        data = path.read_bytes() if size <= most and path.is_file() else b""
    except OSError as error:
        report.add("unreadable", Span(name), path=name, reason=error.strerror or type(error).__name__)
        return None
    if size > most:
        report.add("import-too-large", Span(name), path=name, size=f"{size / (1 << 20):.0f}", most=most >> 20)
        return None
    if not data.strip():
        report.add("import-empty", Span(name), path=name)
        return None
    if data.startswith(_ZIP):
        return Arrival(FileKind.WORD)
    text = _text(data, name, report)
    if text is None:
        return None
    return Arrival(FileKind.PAGE if _MARKUP.search(text[:20_000]) else FileKind.TEXT, text)


def _begins(path: Path, count: int) -> bytes:
    with path.open("rb") as file:
        return file.read(count)


def _text(data: bytes, name: str, report: Report) -> str | None:
    known = next((kind for begin, kind in _KINDS if data.startswith(begin)), None)
    if known is not None:
        report.add("import-kind", Span(name), path=name, kind=known)
        return None
    encodings = ("utf-16",) if data.startswith(_MARKS_OF_UTF16) else _ENCODINGS
    text = next(_decoded(data, encodings), None)
    if text is None and b"\0" not in data:
        line = _mixed_line(data)
        if line:
            report.add("import-encodings", Span(name, line, 1), path=name)
            return None
    if text is None or _MOST_CONTROL * len(_CONTROL.findall(text)) > len(text):
        report.add("import-kind", Span(name), path=name, kind=_UNKNOWN)
        return None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, encodings: tuple[str, ...]) -> Iterator[str]:
    for encoding in encodings:
        try:
            yield data.decode(encoding)
        except UnicodeError:
            continue


def _mixed_line(data: bytes) -> int:
    """Return the first line that is in another encoding than those before it, 0 where lines are in none at all."""
    left = set(_ENCODINGS)
    found = 0
    for number, row in enumerate(data.split(b"\n"), start=1):
        fits = {encoding for encoding in _ENCODINGS if next(_decoded(row, (encoding,)), None) is not None}
        if not fits:
            return 0
        left &= fits
        found = found or (0 if left else number)
    return found

"""Foreign PDF files as plain values; the only module that imports pikepdf.

Nothing here trusts the file: streams are inflated to a limit, arrays and dictionaries are read one level at a time
(so that circles do no harm), and what cannot be read is None. pikepdf (qpdf) reads a content stream of 1 MB in 0.07 s
where pypdf takes 0.8 s, and it can be told how much memory a stream may take.
"""

import io
import math
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import pikepdf

MAX_FILE = 512 << 20
MAX_STREAM = 192 << 20
"""A broadsheet page in four inks at 300 ppi has 120 million samples."""

MAX_LZW = 1 << 20
"""Of LZW data before inflation, which qpdf does not limit; no PDF/X file has any."""

MAX_MARKS = 4_000_000
"""Of white space and delimiters in a content stream: about ten megabytes of real operators."""

_MARKS = b" \t\r\n\f\0()<>[]{}/%"

pikepdf.settings.set_qpdf_limits(
    parser_max_nesting=100,
    parser_max_errors=100,
    parser_max_container_size=500_000,
    doc_max_warnings=500,
    flate_max_memory=MAX_STREAM,
    run_length_max_memory=MAX_STREAM,
    png_max_memory=MAX_STREAM,
    tiff_max_memory=MAX_STREAM,
    dct_max_memory=MAX_STREAM,
)


Value = TypeVar("Value")


class Name(str):
    """A PDF name without its slash; bytes that are no UTF-8 are surrogates."""

    __slots__ = ()


class Items(Sequence[Any]):
    """A PDF array, whose items become plain values when they are asked for."""

    __slots__ = ("_array",)

    def __init__(self, array: Any) -> None:
        self._array = array

    def __len__(self) -> int:
        return len(self._array)

    def __getitem__(self, place: Any) -> Any:
        return plain(self._array[place])

    def __iter__(self) -> Iterator[Any]:
        return map(plain, self._array)


class Record:
    """A PDF dictionary or stream, whose entries become plain values when they are asked for."""

    __slots__ = ("_known", "_raw", "object")

    def __init__(self, source: Any, raw: bytes | None = None) -> None:
        self.object = source
        self._raw = raw
        self._known: dict[tuple[str, str], Any] = {}

    def get(self, key: str) -> Any:
        """Return the plain value of a key, None where there is none or it cannot be read."""
        try:
            return plain(self.object.get("/" + key))
        except (pikepdf.PdfError, ValueError, TypeError, RuntimeError):
            return None

    def record(self, key: str) -> "Record":
        """Return the dictionary of a key, an empty one where there is none."""
        value = self.get(key)
        return value if isinstance(value, Record) else EMPTY

    def number(self, key: str, default: float = 0) -> float:
        """Return the number of a key."""
        value = self.get(key)
        return float(value) if is_number(value) else default

    def name(self, key: str) -> str:
        """Return the name of a key, empty where there is none."""
        value = self.get(key)
        return value if isinstance(value, Name) else ""

    def items(self, key: str) -> tuple[Any, ...]:
        """Return the array of a key as plain values; a value that is no array stands alone."""
        value = self.get(key)
        return () if value is None else tuple(value) if isinstance(value, Items) else (value,)

    def numbers(self, key: str) -> tuple[float, ...]:
        """Return the numbers of an array."""
        return tuple(float(value) for value in self.items(key) if is_number(value))

    def pair(self, key: str, default: tuple[float, float]) -> tuple[float, float]:
        """Return the first two numbers of an array, or what stands for them where there are not two."""
        values = self.numbers(key)
        return (values[0], values[1]) if len(values) > 1 else default

    def keys(self) -> tuple[str, ...]:
        """Return the keys without their slashes."""
        try:
            return tuple(key[1:] for key in self.object.keys())  # noqa: SIM118 (a PDF object, no mapping)
        except (pikepdf.PdfError, TypeError, RuntimeError):
            return ()

    def remembered(self, kind: str, name: str, make: Callable[["Record"], Value]) -> Value:
        """Return what is made of this dictionary under a kind and a name, made once."""
        key = kind, name
        if key not in self._known:
            self._known[key] = make(self)
        value: Value = self._known[key]
        return value

    @property
    def identity(self) -> object:
        """What tells this object from others of its file: its number, or for a part of another object this record."""
        number = getattr(self.object, "objgen", (0, 0))
        return number if number != (0, 0) else self

    @property
    def is_stream(self) -> bool:
        """Whether the object has data."""
        return self._raw is not None or isinstance(self.object, pikepdf.Stream)

    @property
    def filters(self) -> tuple[str, ...]:
        """The names of the filters in the order in which they are undone."""
        return tuple(str(name) for name in self.items("Filter") if isinstance(name, Name))

    def raw(self) -> bytes:
        """Return the data as they stand in the file."""
        if self._raw is not None:
            return self._raw
        try:
            return bytes(self.object.read_raw_bytes())
        except (pikepdf.PdfError, AttributeError, RuntimeError, ValueError):
            return b""

    def data(self) -> bytes | None:
        """Return the data inflated, None where they are damaged or take more room than any page needs."""
        if any(name in ("LZWDecode", "LZW") for name in self.filters) and len(self.raw()) > MAX_LZW:
            return None
        try:
            if self._raw is not None:
                return self._inline_data(self._raw)
            return bytes(self.object.read_bytes())
        except (pikepdf.PdfError, AttributeError, RuntimeError, ValueError, MemoryError, NotImplementedError):
            return None

    def _inline_data(self, raw: bytes) -> bytes:
        """Return the data of an inline image: a stream of its own undoes its filters."""
        with pikepdf.new() as scratch:
            entries = {key: value for key, value in self.object.items() if key in ("/Filter", "/DecodeParms")}
            return bytes(pikepdf.Stream(scratch, raw, **{key[1:]: value for key, value in entries.items()}).read_bytes())


EMPTY = Record({})


def is_number(value: Any) -> bool:
    """Return whether a plain value is a number."""
    kind = type(value)
    return kind is int or kind is float


_AS_IS = frozenset((type(None), bool, int, float, bytes))


def plain(value: Any) -> Any:
    """Return a value of pikepdf as None, bool, int, float, bytes, `Name`, `Items` or `Record`."""
    kind = type(value)
    if kind is Decimal:
        number = float(value)
        return number if math.isfinite(number) else None
    if kind in _AS_IS:
        return value
    if isinstance(value, pikepdf.Name):
        return Name(bytes(value)[1:].decode("utf-8", "surrogateescape"))
    if isinstance(value, pikepdf.String):
        return bytes(value)
    if isinstance(value, pikepdf.Array):
        return Items(value)
    if isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
        return Record(value)
    return None


class Refusal(Enum):
    """Why a file or a part of it was not read: the code of the finding."""

    UNREADABLE = "unreadable"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged-page"
    TOO_LARGE = "too-much-content"


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was opened."""

    root: Record
    info: Record
    trailer: Record
    pages: tuple[Record, ...]
    count: int
    version: str
    pdf: Any

    def damage(self) -> tuple[str, ...]:
        """Return what had to be mended since the file was opened, or since it was last asked."""
        return tuple(str(words) for words in self.pdf.get_warnings())

    def close(self) -> None:
        """Let go of the file."""
        self.pdf.close()


MAX_PAGES = 400
"""Of a newspaper; what is beyond is not looked at."""


def open_pdf(data: bytes) -> Opened | Refusal:
    """Return a file ready for reading, or why it cannot be read."""
    try:
        pdf = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        return Refusal.ENCRYPTED
    except (pikepdf.PdfError, RuntimeError, ValueError, MemoryError):
        return Refusal.UNREADABLE
    if pdf.is_encrypted:
        pdf.close()
        return Refusal.ENCRYPTED
    try:
        pages = tuple(_Leaf(page.obj) for page in _first(pdf))
        info = pdf.trailer.get("/Info")
        return Opened(
            Record(pdf.Root),
            Record(info) if isinstance(info, pikepdf.Dictionary) else EMPTY,
            Record(pdf.trailer),
            pages,
            len(pdf.pages),
            str(pdf.pdf_version),
            pdf,
        )
    except (pikepdf.PdfError, RuntimeError, ValueError, AttributeError, TypeError):
        pdf.close()
        return Refusal.UNREADABLE


def _first(pdf: Any) -> Iterator[Any]:
    for number in range(min(len(pdf.pages), MAX_PAGES)):
        yield pdf.pages[number]


class _Leaf(Record):
    """A page, which inherits boxes, rotation and resources from the page tree."""

    __slots__ = ()
    _INHERITED = frozenset(("Resources", "MediaBox", "CropBox", "Rotate"))

    def get(self, key: str) -> Any:
        node: Record = self
        for _ in range(50):
            value = Record.get(node, key)
            parent = Record.get(node, "Parent")
            if value is not None or key not in self._INHERITED or not isinstance(parent, Record):
                return value
            node = Record(parent.object)
        return None


class Instruction(NamedTuple):
    """An operator with its plain operands; an inline image is the operator ``BI`` with its stream."""

    operator: str
    operands: tuple[Any, ...]


def instructions(source: Record) -> Iterator[Instruction] | Refusal:
    """Return the operators of a page, a form, a pattern or a glyph, or why they cannot be read."""
    data = _content_of(source)
    if data is None:
        return Refusal.DAMAGED
    if len(data) - len(data.translate(None, _MARKS)) > MAX_MARKS:
        return Refusal.TOO_LARGE
    try:
        with pikepdf.new() as scratch, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # operands that wait for an operator at the end; viewers drop them, too
            parsed = pikepdf.parse_content_stream(scratch.make_stream(data))
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError, MemoryError):
        return Refusal.DAMAGED
    return map(_instruction, parsed)


def _instruction(parsed: Any) -> Instruction:
    if type(parsed) is pikepdf.ContentStreamInlineImage:
        image = parsed.iimage
        return Instruction("BI", (Record(image.obj, bytes(image.read_raw_bytes())),))
    return Instruction(parsed.operator.unparse().decode("latin-1"), tuple(map(plain, parsed.operands)))


def _content_of(source: Record) -> bytes | None:
    """Return the operators of a stream, or those of a page's streams with white space between them."""
    if source.is_stream:
        return source.data()
    parts: list[bytes] = []
    room = MAX_STREAM
    for stream in source.items("Contents")[:1000]:
        data = stream.data() if isinstance(stream, Record) and stream.is_stream else None
        if data is None or len(data) > room:
            return None
        room -= len(data)
        parts.append(data)
    return b"\n".join(parts)


def read_file(path: Path) -> bytes | None:
    """Return the bytes of a file, None where it is larger than any page of a newspaper."""
    return path.read_bytes() if path.stat().st_size <= MAX_FILE else None


def _raw(value: Any) -> Any:
    """Return a plain value as pikepdf takes it."""
    if isinstance(value, Record):
        return value.object
    if isinstance(value, Items):
        return value._array
    if isinstance(value, Name):
        return pikepdf.Name("/" + value)
    if isinstance(value, Mapping):
        return pikepdf.Dictionary({"/" + key: _raw(entry) for key, entry in value.items() if entry is not None})
    if isinstance(value, list | tuple):
        return pikepdf.Array([_raw(entry) for entry in value])
    return Decimal(f"{value:.6f}") if isinstance(value, float) else value


def new_stream(opened: Opened, data: bytes, entries: Mapping[str, Any]) -> Record:
    """Return a stream to be used on pages that `pages_apart` writes; the file itself is not changed."""
    stream = opened.pdf.make_stream(data)
    for key, value in entries.items():
        if value is not None:
            stream["/" + key] = _raw(value)
    return Record(stream)


def pages_apart(opened: Opened, pages: Sequence[Mapping[str, Any]]) -> bytes:
    """Return a file of some pages, given by their entries; nothing where what they name cannot be copied."""
    buffer = io.BytesIO()
    try:
        with pikepdf.new() as made:
            for entries in pages:
                made.pages.append(pikepdf.Page(opened.pdf.make_indirect(_raw({"Type": Name("Page"), **entries}))))
            made.save(buffer, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    except (pikepdf.PdfError, RuntimeError, ValueError, TypeError):
        return b""
    return buffer.getvalue()

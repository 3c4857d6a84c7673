"""Reads a page of a foreign PDF; the only module that imports pypdf.

What is taken over is the page's drawing: its content stream and the resources that it names, copied key by key from a table
of what may stand in them. Scripts, actions, annotations, form fields, attached files and everything else that a table does
not name stay behind. Streams are inflated piece by piece to a limit, and never further.
"""

import io
import logging
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from layout.art.keys import Keys
from layout.art.operators import RGB_SPACES, Operators, read_operators
from layout.deflated import deflated
from layout.diagnostics import Diagnostic, Span, finding
from layout.frame import ForeignObject, ForeignPage
from layout.geometry import Size
from layout.messages import Phrase
from layout.units import PT

MAX_FILE = 300_000_000
"""Bytes of the largest file that is read."""

MAX_INFLATED = 200_000_000
"""Bytes that all streams of a page may inflate to: a broadsheet in four inks at 300 ppi has 120 million."""

MAX_CONTENT = 32_000_000
"""Bytes that what is read here, operators and tables, may inflate to."""

MAX_DEPTH = 64
"""How deep dictionaries, arrays and forms may lie in each other."""

MAX_OBJECTS = 50_000

MAX_DRAWN = 100_000
"""How often forms may be drawn: forms that draw forms multiply."""

_LARGEST = 14_400
"""Points of the longest side that a PDF page may have (ISO 32000-1, annex C)."""

_PIECE = 1 << 20
_TAIL = 1024
"""Bytes at either end of a file among which its first and its last mark stand (ISO 32000-1, annex H.3)."""

_INITIAL = b"0 0 0 1 k 0 0 0 1 K 1 w 0 J 0 j 10 M [] 0 d 0 Tc 0 Tw 100 Tz 0 TL 0 Tr 0 Ts\n"
"""What a page may count on when it begins (ISO 32000-1 8.4.1); black is our black, which is that of the initial grey."""

_BLANK_FONT = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 0 0] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << >>"
    b" /Encoding << /Type /Encoding /Differences [0] >> /FirstChar 0 /LastChar 0 /Widths [0] /Resources << >> >>"
)

_CODECS = frozenset(("/DCTDecode", "/DCT", "/JPXDecode", "/CCITTFaxDecode", "/CCF", "/JBIG2Decode"))
_UNI = re.compile(r"/(?:uni(?:[0-9A-F]{4})+|u[0-9A-F]{4,6}|\.notdef)")
_FLATE = frozenset(("/FlateDecode", "/Fl"))
_FONTS = ("/Type0", "/Type1", "/MMType1", "/TrueType")
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


class _Box(NamedTuple):
    """A rectangle in points, y upwards."""

    left: float
    bottom: float
    right: float
    top: float

    def within(self, other: "_Box") -> "_Box":
        """Return what both have in common."""
        lows = map(max, self[:2], other[:2])
        return _Box(*lows, *map(min, self[2:], other[2:]))


def read_page(path: Path, number: int | None, span: Span) -> tuple[ForeignPage | None, tuple[Diagnostic, ...]]:
    """Return a page of a PDF, counted from 1, or its only one; None with findings at `span` where it cannot be placed."""
    from pypdf import Configuration, apply_configuration

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    limits = Configuration(
        zlib_maximum_output_length=MAX_CONTENT,
        lzw_maximum_output_length=MAX_CONTENT,
        run_length_maximum_output_length=MAX_CONTENT,
        array_based_stream_maximum_output_length=MAX_CONTENT,
        maximum_declared_stream_length=MAX_INFLATED,
    )
    with apply_configuration(limits):
        page, problems = _read(path, number)
    found = tuple(finding(code, span, path=path.name, **values) for code, values in problems)
    return page, found


_Problem = tuple[str, dict[str, object]]


def _read(path: Path, number: int | None) -> tuple[ForeignPage | None, Sequence[_Problem]]:
    from pypdf.errors import LimitReachedError, PyPdfError

    try:
        if path.stat().st_size > MAX_FILE:
            return None, [("art-too-large", {"limit": MAX_FILE // 1_000_000})]
        data = path.read_bytes()
        if b"%PDF-" not in data[:_TAIL] or b"%%EOF" not in data[-_TAIL:]:
            return None, [_damaged(Phrase("文件不完整", "it is not whole"))]
        return _read_data(path.name, data, number)
    except LimitReachedError:
        return None, [("art-too-large", {"limit": MAX_CONTENT // 1_000_000})]
    except zlib.error:
        return None, [_damaged(Phrase("数据不完整", "its data are not whole"))]
    except RecursionError:
        return None, [("art-too-deep", {})]
    # what pypdf lets through where objects are not of the kinds that they should be
    except (PyPdfError, OSError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError, AssertionError):
        return None, [_damaged(Phrase("内部结构有错", "its structure is broken"))]


def _damaged(reason: Phrase) -> _Problem:
    return "art-damaged", {"reason": reason}


def _read_data(name: str, data: bytes, number: int | None) -> tuple[ForeignPage | None, Sequence[_Problem]]:
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        return None, [("art-encrypted", {})]
    count = len(reader.pages)
    if number is None and count != 1:
        return None, [("art-pages", {"count": count})]
    if not 1 <= (number or 1) <= count:
        return None, [("art-no-page", {"page": number, "count": count})]
    page = reader.pages[(number or 1) - 1]
    copier = _Copier()
    made = _foreign_page(name, page, copier)
    problems = [*copier.problems, *_left_behind(reader.root_object, page)]
    is_refused = made is None or any(code not in _ALLOWED for code, _ in problems)
    return (None if is_refused else made), problems


_ALLOWED = frozenset(("art-rgb", "art-left-out", "art-font", "art-unmapped"))
"""Findings with which a page can still be drawn."""


def _left_behind(catalogue: Any, page: Any) -> Iterator[_Problem]:
    """Yield what a reader of the file sees and we do not take over; hidden layers would come to light."""
    if any(_resolved(note).get("/Subtype") not in ("/Link", "/Popup") for note in _resolved(page.get("/Annots")) or ()):
        yield "art-left-out", {"what": Phrase("批注", "annotations")}
    if "/AcroForm" in catalogue:
        yield "art-left-out", {"what": Phrase("表单域", "form fields")}
    layers = _entries(_entries(catalogue.get("/OCProperties")).get("/D"))
    if layers.get("/BaseState") == "/OFF" or _resolved(layers.get("/OFF")):
        yield "art-hidden-layers", {}


def _foreign_page(name: str, page: Any, copier: "_Copier") -> ForeignPage | None:
    """Return the page as a form whose lower left corner is that of its visible part, turned as the page says."""
    box = _Box(*map(float, page.trimbox)).within(_Box(*map(float, page.mediabox)))
    width, height = box.right - box.left, box.top - box.bottom
    unit = float(page.get("/UserUnit", 1))
    if not all(0 < side * unit <= _LARGEST for side in (width, height)):
        copier.problems.append(_damaged(Phrase("页面没有大小", "its page has no size")))
        return None
    quarters = int(page.rotation) // 90 % 4
    matrix = [unit * part for part in _matrix(box, quarters)]
    copier.add_page(page, f"/BBox [{_numbers(box)}] /Matrix [{_numbers(matrix)}]")
    across, down = (width, height) if quarters % 2 == 0 else (height, width)
    size = Size(round(across * unit * PT), round(down * unit * PT))
    is_mapped = all(code != "art-unmapped" for code, _ in copier.problems)
    return ForeignPage(name, size, tuple(copier.objects), is_mapped)


def _matrix(box: _Box, quarters: int) -> tuple[float, ...]:
    """Return the matrix that turns a box clockwise by quarters and moves its lower left corner to the origin."""
    return (
        (1, 0, 0, 1, -box.left, -box.bottom),
        (0, -1, 1, 0, -box.bottom, box.right),
        (-1, 0, 0, -1, box.right, box.top),
        (0, 1, -1, 0, box.top, -box.left),
    )[quarters]


def _numbers(values: Iterable[float]) -> str:
    return " ".join(f"{value:.6f}".rstrip("0").rstrip(".") for value in values)


def _resolved(value: Any) -> Any:
    from pypdf.generic import IndirectObject

    return value.get_object() if isinstance(value, IndirectObject) else value


def _entries(value: Any) -> Any:
    """Return a dictionary that a value leads to, an empty one where there is none."""
    from pypdf.generic import DictionaryObject

    found = _resolved(value)
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


Parts = list[bytes | int]


@dataclass(slots=True)
class _Copier:
    """Copies objects with all that they name; each is copied once, and one that contains itself is a finding."""

    problems: list[_Problem] = field(default_factory=list)
    objects: list[ForeignObject] = field(default_factory=list)
    numbers: dict[tuple[int, int, Keys], int] = field(default_factory=dict)
    open: list[int] = field(default_factory=list)
    calls: dict[int, dict[int, int]] = field(default_factory=dict)
    fonts: dict[int, Any] = field(default_factory=dict)
    shown: list[Any] = field(default_factory=list)
    inflated: int = 0

    def add_page(self, page: Any, placing: str) -> None:
        """Copy a page as the first object; `placing` are the keys of a form that say what of it is seen, and where."""
        contents = _resolved(page.get("/Contents"))
        streams = [_resolved(stream) for stream in contents] if isinstance(contents, list) else [contents]
        for stream in streams:
            self._check_stream(stream)
        if self.problems:
            return
        data = b"\n".join(stream.get_data() for stream in streams if stream is not None)
        resources = _entries(page.get("/Resources"))
        self.objects.append(ForeignObject((b"null",)))
        does = self._inspect(data, resources)
        parts: Parts = [f"<< /Type /XObject /Subtype /Form {placing} /Filter /FlateDecode /Resources ".encode()]
        parts += self._copied(resources, Keys.RESOURCES, 1)
        if "/Group" in page:
            parts += [b" /Group ", *self._copied(page["/Group"], Keys.KNOWN, 1)]
        self.calls[0] = self._called(does, resources)
        stream = _INITIAL + b"q " * does.unopened + data + b"\n" + b"Q " * does.unclosed
        self.objects[0] = ForeignObject(_joined([*parts, b" >>"]), deflated(stream))
        self._blank_fonts()
        if not self._is_refused():
            self._check_calls()

    def _found(self, code: str, **values: object) -> None:
        if (code, values) not in self.problems:
            self.problems.append((code, values))

    def _copied(self, value: Any, keys: Keys, depth: int) -> Parts:
        """Return a value as it is written; a stream is an object of its own."""
        from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

        if depth > MAX_DEPTH:
            self._found("art-too-deep")
            return [b"null"]
        if isinstance(value, IndirectObject):
            return self._reference(value, keys, depth)
        if isinstance(value, DictionaryObject):
            return self._dictionary(value, keys, depth)
        if isinstance(value, ArrayObject):
            self._check_space(value)
            parts: Parts = [b"["]
            for item in value:
                parts += [*self._copied(item, keys, depth + 1), b" "]
            return [*parts, b"]"]
        return [self._plain(value)]

    def _plain(self, value: Any) -> bytes:
        from pypdf.generic import ByteStringObject, NameObject, TextStringObject

        if isinstance(value, TextStringObject | ByteStringObject):
            return b"<" + value.original_bytes.hex().encode() + b">"
        if isinstance(value, NameObject) and value in RGB_SPACES:
            self._found("art-rgb")
        return _written(value)

    def _reference(self, value: Any, keys: Keys, depth: int) -> Parts:
        """Return the number of an object, copied if it is met for the first time; what is no collection stands for itself."""
        from pypdf.generic import ArrayObject, DictionaryObject, StreamObject

        key = (value.idnum, value.generation, keys)
        if key in self.numbers:
            if self.numbers[key] in self.open:
                self._found("art-cyclic")
            return [self.numbers[key]]
        target = value.get_object()
        if not isinstance(target, ArrayObject | DictionaryObject):
            return [b"null"] if target is None else self._copied(target, keys, depth + 1)
        if len(self.objects) >= MAX_OBJECTS:
            self._found("art-too-large", limit=MAX_INFLATED // 1_000_000)
            return [b"null"]
        number = self.numbers[key] = len(self.objects)
        self.objects.append(ForeignObject((b"null",)))
        self.open.append(number)
        if isinstance(target, StreamObject):
            self.objects[number] = self._stream(target, number, depth)
        else:
            self.objects[number] = ForeignObject(_joined(self._copied(target, keys, depth + 1)))
            if isinstance(target, DictionaryObject):
                self._note_font(number, target)
        self.open.pop()
        return [number]

    def _dictionary(self, value: Any, keys: Keys, depth: int) -> Parts:
        parts: Parts = [b"<<"]
        for name, item in value.items():
            inner = keys.inner(name, value)
            if inner is not None:
                parts += [b" " + _written(name) + b" ", *self._copied(item, inner, depth + 1)]
        return [*parts, b" >>"]

    def _stream(self, stream: Any, number: int, depth: int) -> ForeignObject:
        """Return a stream with its data as they lie in the file."""
        if "/F" in stream:
            self._found("art-unsafe", what=Phrase("放在别的文件里的数据", "data that lie in other files"))
        if "/PS" in (stream.get("/Subtype"), stream.get("/Subtype2")):
            self._found("art-unsafe", what=Phrase("PostScript 程序", "a PostScript programme"))
        self._check_stream(stream)
        parts = _joined(self._dictionary(stream, Keys.KNOWN, depth))
        is_drawn = stream.get("/Subtype") == "/Form" or stream.get("/PatternType") == 1
        if is_drawn and not self._is_refused():
            resources = _entries(stream.get("/Resources"))
            does = self._inspect(stream.get_data(), resources)
            self.calls[number] = self._called(does, resources)
        return ForeignObject(parts, stream._data)

    def _note_font(self, number: int, target: Any) -> None:
        """Note a font, and look into the glyphs of one that is drawn by operators."""
        if target.get("/Subtype") in _FONTS:
            self.fonts[number] = target
        elif target.get("/Subtype") == "/Type3" and not self._is_refused():
            for glyph in _entries(target.get("/CharProcs")).values():
                self._inspect(_resolved(glyph).get_data(), _entries(target.get("/Resources")))

    def _is_refused(self) -> bool:
        return any(code not in _ALLOWED for code, _ in self.problems)

    def _check_stream(self, stream: Any) -> None:
        """Find a stream that inflates beyond what is left."""
        self.inflated += 0 if stream is None else _inflated_size(stream, MAX_INFLATED - self.inflated)
        if self.inflated > MAX_INFLATED:
            self._found("art-too-large", limit=MAX_INFLATED // 1_000_000)

    def _check_space(self, value: Any) -> None:
        """Find a colour space whose profile has three components."""
        if len(value) > 1 and value[0] == "/ICCBased" and _resolved(value[1]).get("/N") == 3:
            self._found("art-rgb")

    def _inspect(self, data: bytes, resources: Any) -> Operators:
        """Return what a content stream does; text in a font that is not in the file is a finding, and RGB is one."""
        does = read_operators(data)
        if does.has_rgb:
            self._found("art-rgb")
        fonts = _entries(resources.get("/Font"))
        for name in sorted(does.fonts):
            font = _resolved(fonts.get(name))
            if font is not None and not _is_embedded(font):
                self.shown.append(font)
                self._found("art-font", font=str(font.get("/BaseFont", name))[1:])
            elif font is not None and not is_mapped(font):
                self._found("art-unmapped", font=str(font.get("/BaseFont", font.get("/Name", name)))[1:])
        return does

    def _blank_fonts(self) -> None:
        """Put a font without glyphs in place of those that are not in the file and show nothing; many programs leave such."""
        for number, font in self.fonts.items():
            if not _is_embedded(font) and not any(font is shown for shown in self.shown):
                self.objects[number] = ForeignObject((_BLANK_FONT,))

    def _called(self, does: Operators, resources: Any) -> dict[int, int]:
        """Return how often a content stream draws each object; the resources have been copied."""
        named = dict(_entries(resources.get("/XObject")).items())
        keys = {name: named[name] for name in does.drawn if name in named}
        numbers = {name: self.numbers.get((key.idnum, key.generation, Keys.KNOWN)) for name, key in keys.items()}
        return {number: does.drawn[name] for name, number in numbers.items() if number is not None}

    def _check_calls(self) -> None:
        """Find forms that draw forms so often that no press would come to an end; none of them draws itself."""
        totals: dict[int, int] = {}

        def total(number: int) -> int:
            if number not in totals:
                calls = self.calls.get(number, {})
                totals[number] = sum(count * (1 + total(other)) for other, count in calls.items())
            return totals[number]

        if total(0) > MAX_DRAWN:
            self._found("art-unsafe", what=Phrase("成倍嵌套的图形", "forms that multiply in each other"))


def _written(value: Any) -> bytes:
    buffer = io.BytesIO()
    value.write_to_stream(buffer)
    return buffer.getvalue()


def _joined(parts: Parts) -> tuple[bytes | int, ...]:
    """Return the parts with bytes beside each other made one."""
    made: Parts = []
    for part in parts:
        if made and isinstance(part, bytes) and isinstance(made[-1], bytes):
            made[-1] += part
        else:
            made.append(part)
    return tuple(made)


def _is_embedded(font: Any) -> bool:
    """Return whether the outlines of a font are in the file; those of a Type 3 font are drawn in it."""
    if font.get("/Subtype") == "/Type3":
        return True
    descendants = _resolved(font.get("/DescendantFonts"))
    described = _resolved(descendants[0]) if descendants else font
    descriptor = _entries(described.get("/FontDescriptor"))
    return any(name in descriptor for name in _FONT_FILES)


_MAPPED_ENCODINGS = frozenset(("/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding"))
_MAPPED_COLLECTIONS = frozenset(("GB1", "CNS1", "Japan1", "Korea1"))


def is_mapped(font: Any) -> bool:
    """Return whether what a font shows can be read as Unicode, as far as its dictionary tells.

    Source: ISO 19005-2 6.2.11.7.2, ISO 32000-1 9.10.2.
    """
    if "/ToUnicode" in font:
        return True
    encoding = _resolved(font.get("/Encoding"))
    if font.get("/Subtype") == "/Type0":
        descendants = _resolved(font.get("/DescendantFonts")) or [None]
        collection = _entries(_entries(descendants[0]).get("/CIDSystemInfo"))
        return str(collection.get("/Ordering")) in _MAPPED_COLLECTIONS
    return encoding in _MAPPED_ENCODINGS if isinstance(encoding, str) else _names_are_known(_entries(encoding))


def _names_are_known(encoding: Any) -> bool:
    """Return whether an encoding names glyphs by Adobe's list alone, with at least one such name."""
    from pypdf._codecs.adobe_glyphs import adobe_glyphs

    names = [name for name in _resolved(encoding.get("/Differences")) or () if isinstance(name, str)]
    is_based = encoding.get("/BaseEncoding") in _MAPPED_ENCODINGS
    return (bool(names) or is_based) and all(name in adobe_glyphs or _UNI.fullmatch(name) for name in names)


def _inflated_size(stream: Any, limit: int) -> int:
    """Return how many bytes a stream inflates to, counted to just beyond a limit; of a coded picture, those of its samples."""
    names = _resolved(stream.get("/Filter")) or []
    filters = [_resolved(name) for name in names] if isinstance(names, list) else [names]
    data = stream._data
    for number, name in enumerate(filters):
        if name in _CODECS:
            return int(stream.get("/Width", 1)) * int(stream.get("/Height", 1)) * int(stream.get("/BitsPerComponent", 8)) // 8
        if name in _FLATE and number == len(filters) - 1:
            return sum(map(len, _inflated(data, limit)))
        data = b"".join(_inflated(data, limit)) if name in _FLATE else _decoded(name, data)
    return len(data)


def _inflated(data: bytes, limit: int) -> Iterator[bytes]:
    """Yield deflated data piece by piece to just beyond a limit; zlib.error where they have no end."""
    inflater = zlib.decompressobj()
    size = 0
    while not inflater.eof and size <= limit:
        piece = inflater.decompress(data, _PIECE)
        if not piece and not inflater.unconsumed_tail and not inflater.eof:
            raise zlib.error("no end")
        size += len(piece)
        data = inflater.unconsumed_tail
        yield piece


def _decoded(name: str, data: bytes) -> bytes:
    """Return data without one of the older filters; their growth is bounded by pypdf's limits."""
    from pypdf import filters

    decoders: dict[str, Any] = {
        "/ASCII85Decode": filters.ASCII85Decode,
        "/ASCIIHexDecode": filters.ASCIIHexDecode,
        "/LZWDecode": filters.LZWDecode,
        "/RunLengthDecode": filters.RunLengthDecode,
    }
    made = decoders[name].decode(data)
    return made.encode("latin-1") if isinstance(made, str) else made

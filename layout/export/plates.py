"""Which of the four plates the ink of a page needs, found in what is drawn on it."""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from layout.frame import Art, ArtSource, Drawing, Fill, ForeignObject, GlyphRun, Ink, Page, Path, Picture
from layout.pictures import Samples


class Plate(Enum):
    """A plate, by the letter of its ink."""

    CYAN = "C"
    MAGENTA = "M"
    YELLOW = "Y"
    BLACK = "K"

    @property
    def ink(self) -> Ink:
        """The plate's ink in full."""
        return Ink(*(1000 * (plate is self) for plate in Plate))


_ALL = frozenset(Plate)


class Plates(dict[int, tuple[Plate, ...]]):
    """Number of a page to the plates that it needs, in the order cyan, magenta, yellow, black; filled on demand.

    Art from another file counts as four inks unless all of its colours can be read from its operators.
    """

    def __init__(self, pages: Sequence[Page], samples: Mapping[Picture, Samples]) -> None:
        super().__init__()
        self._pages = {page.number: page for page in pages}
        self._samples = samples

    def __missing__(self, number: int) -> tuple[Plate, ...]:
        needed = frozenset(_of_page(self._pages[number], self._samples))
        plates = self[number] = tuple(plate for plate in Plate if plate in needed)
        return plates


def _of_page(page: Page, samples: Mapping[Picture, Samples]) -> Iterator[Plate]:
    for placed in page.frame.walk():
        item = placed.item
        if isinstance(item, GlyphRun | Fill | Path):
            yield from _of_ink(item.ink)
        elif isinstance(item, Picture):
            yield from _of_samples(samples[item])
        elif isinstance(item, Art):
            yield from _of_art(item.source)


def _of_ink(ink: Ink) -> Iterator[Plate]:
    return (plate for plate, part in zip(Plate, ink, strict=True) if part)


def _of_samples(samples: Samples) -> Iterator[Plate]:
    """Yield the plates on which a picture has ink; differences from pixel to pixel are all 0 where all pixels are."""
    if samples.components == 1:
        yield Plate.BLACK
        return
    data = zlib.decompress(samples.deflated)
    for number, plate in enumerate(Plate):
        channel = data[number :: samples.components]
        if channel.count(0) < len(channel):
            yield plate


def is_black(source: ArtSource) -> bool:
    """Return whether art needs no other plate than black, as far as its operators tell."""
    return frozenset(_of_art(source)) <= {Plate.BLACK}


def _of_art(source: ArtSource) -> Iterator[Plate]:
    if isinstance(source, Drawing):
        for path in source.paths:
            yield from _of_ink(path.ink)
        return
    for made in source.objects:
        yield from _of_object(made)


_COLOURED = re.compile(rb"/(?:Separation|DeviceN|Indexed|ICCBased|Lab|CalRGB|DeviceRGB|DeviceCMYK|JPXDecode)\b")
_BLACK_TINT = re.compile(rb"/Separation\s*/Black\s*/DeviceCMYK\b")
_GREY = re.compile(rb"/DeviceGray\b|/CalGray\b|/ImageMask\b")
_GROUP = re.compile(rb"/CS\s*/\w+")
"""In which space a group's colours are mixed, which is no ink by itself."""

_CHOICE = re.compile(rb"(?<=\s)(?:[kKgG]|rg|RG|cs|CS)(?![\w*'\"])")
_BEFORE = 80
"""Bytes before an operator among which its values stand."""

_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)")
_NOT_DRAWN = re.compile(rb"/Image\b|/Length1\b|/CIDFontType0C|/Type1C|/OpenType|/FunctionType|/CMap\b|/N\s+\d")
"""What marks a stream that holds no operators: pictures, font programs, functions, character maps, profiles."""

_INLINE = re.compile(rb"(?<!\S)BI\s")


def told_of(made: ForeignObject) -> bytes:
    """Return what an object says of itself, without the objects that it names."""
    return b" ".join(part for part in made.parts if isinstance(part, bytes))


def operators_of(made: ForeignObject) -> bytes | None:
    """Return the operators of a form, a pattern or a glyph; empty for any other object, None where a filter hides them."""
    told = told_of(made)
    if made.stream is None or _NOT_DRAWN.search(told):
        return b""
    if b"/Filter" not in told:
        return made.stream
    filters = re.findall(rb"/\w+Decode\b|/Fl\b", told)
    is_plain = filters in ([b"/FlateDecode"], [b"/Fl"]) and b"/Predictor" not in told
    return zlib.decompress(made.stream) if is_plain else None


def _of_object(made: ForeignObject) -> Iterator[Plate]:
    """Yield the plates of an object of a PDF: a picture of any colour, or a stream of operators."""
    told, data = _GROUP.sub(b"", told_of(made)), operators_of(made)
    if _BLACK_TINT.search(told):
        yield Plate.BLACK
        told = _BLACK_TINT.sub(b"", told)
    if data is None or _COLOURED.search(told) or _INLINE.search(data):
        yield from _ALL
        return
    if _GREY.search(told):
        yield Plate.BLACK
    for match in _CHOICE.finditer(data):
        yield from _of_choice(match[0].lower(), data[max(0, match.start() - _BEFORE) : match.start()].split())


def _of_choice(operator: bytes, before: Sequence[bytes]) -> Iterator[Plate]:
    """Yield the plates of a colour that an operator chooses; words in a string that look like one choose nothing."""
    if operator == b"cs":
        yield from _ALL if before[-1:] in ([b"/DeviceCMYK"], [b"/DeviceRGB"]) else ()
        return
    count = {b"k": 4, b"g": 1, b"rg": 3}[operator]
    values = before[-count:]
    if len(values) < count or not all(map(_NUMBER.fullmatch, values)):
        return
    if operator == b"k":
        yield from (plate for plate, value in zip(Plate, values, strict=True) if float(value) > 0)
    elif operator == b"g":
        yield from (Plate.BLACK,) if float(values[0]) < 1 else ()
    else:
        yield from _ALL

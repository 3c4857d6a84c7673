"""Samples of pictures in someone's PDF, as grey images a printing plate; Pillow's door for what is not in the manifest."""

import io
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate
from operator import add, sub
from typing import NamedTuple

from PIL import Image, ImageChops, ImageMath
from PIL.JpegImagePlugin import JpegImageFile

from layout.preflight.colour import NO_INK, PROCESS, Space, inks_of
from layout.preflight.placed import ImageFacts

MAX_SAMPLES = 160_000_000
"""A broadsheet in four inks at 300 ppi has 120 million."""

_ENOUGH_PPI = 100
"""Finer pictures are reduced before their ink is measured."""

_MOST_PPI = 100_000

_STANDARD_SUM = 3688
"""Of the luminance table of ITU-T T.81 Annex K, which is quality 50."""

_JPEG = ("DCTDecode", "DCT")


class Plate(NamedTuple):
    """Grey samples, 255 for solid ink."""

    width: int
    height: int
    data: bytes


def jpeg_quality(image: ImageFacts) -> int | None:
    """Return the quality of a JPEG picture as libjpeg counts it, 100 where it cannot be told, None if it is broken."""
    if len(image.filters) != 1:
        return 100
    try:
        with Image.open(io.BytesIO(image.record.raw()), formats=["JPEG"]) as opened:
            tables = opened.quantization if isinstance(opened, JpegImageFile) else {}
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    if not tables:
        return 100
    scale = 100 * int(sum(tables[min(tables)])) / _STANDARD_SUM
    return round(5000 / scale if scale > 100 else (200 - scale) / 2)


def plates_of(image: ImageFacts) -> tuple[Plate, ...] | None:
    """Return the four plates of a picture, reduced to what measuring ink needs; None where it cannot be decoded."""
    if not 0 < image.width * image.height * max(_components(image), 1) <= MAX_SAMPLES:
        return None
    try:
        channels = _channels(image)
        plates = _separated(image, channels) if channels else None
    except (OSError, ValueError, SyntaxError, MemoryError, Image.DecompressionBombError):
        return None
    return tuple(Plate(plate.width, plate.height, plate.tobytes()) for plate in plates) if plates else None


def _components(image: ImageFacts) -> int:
    return image.space.components if image.space else 4


def _step(image: ImageFacts) -> int:
    return max(int(min(image.ppi, _MOST_PPI) // _ENOUGH_PPI), 1)


def _channels(image: ImageFacts) -> list[Image.Image]:
    """Return the components as grey images of their stored values."""
    if image.filters and image.filters[-1] in (*_JPEG, "JPXDecode"):
        return _compressed(image)
    data = image.record.data() or b""
    count, size = _components(image), (image.width, image.height)
    if image.bits == 16:
        data = data[::2]
    elif image.bits != 8:
        return _packed(image, data)
    if len(data) < count * image.width * image.height:
        return []
    mode = {1: "L", 3: "RGB", 4: "CMYK"}.get(count)
    if mode:
        whole = Image.frombytes(mode, size, data)
        return list((whole.reduce(_step(image)) if _may_reduce(image) else whole).split())
    plane = image.width * image.height * count
    return [Image.frombytes("L", size, data[channel:plane:count]) for channel in range(count)]


def _may_reduce(image: ImageFacts) -> bool:
    return image.space is None or image.space.family != "Indexed"


def _packed(image: ImageFacts, data: bytes) -> list[Image.Image]:
    """Return the one component of a picture of 1, 2 or 4 bits, its values untouched."""
    if image.bits not in (1, 2, 4) or _components(image) != 1:
        return []
    row = (image.width * image.bits + 7) // 8
    if len(data) < row * image.height:
        return []
    packed = Image.frombytes("P", (image.width, image.height), data, "raw", "P" if image.bits == 8 else f"P;{image.bits}")
    return [Image.frombytes("L", packed.size, packed.tobytes())]


def _compressed(image: ImageFacts) -> list[Image.Image]:
    if len(image.filters) != 1:
        return []
    kind = "JPEG2000" if image.filters[-1] == "JPXDecode" else "JPEG"
    with Image.open(io.BytesIO(image.record.raw()), formats=[kind]) as opened:
        if opened.width * opened.height > MAX_SAMPLES // 4:
            return []
        step = _step(image)
        opened.draft(None, (opened.width // step, opened.height // step))
        opened.load()
        channels = list(opened.split())
    # Pillow takes every CMYK JPEG as inverted, as Adobe's are; a PDF says so itself, by Decode.
    return [ImageChops.invert(channel) for channel in channels] if len(channels) == 4 and kind == "JPEG" else channels


def _separated(image: ImageFacts, channels: Sequence[Image.Image]) -> list[Image.Image] | None:
    space = image.space or _guessed(len(channels))
    if space is None or space.components != len(channels):
        return None
    if len(channels) == 1:
        return _looked_up(image, space, channels[0])
    straight = [_as_decoded(image, number, channel) for number, channel in enumerate(channels)]
    family = space.base.family if space.family == "ICCBased" and space.base else space.family
    make = _MAKERS.get(family)
    return make(space, straight) if make else None


def _guessed(count: int) -> Space | None:
    families = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}
    return Space(families[count], count) if count in families else None


def _as_decoded(image: ImageFacts, number: int, channel: Image.Image) -> Image.Image:
    decode = image.record.numbers("Decode")[2 * number : 2 * number + 2]
    return ImageChops.invert(channel) if len(decode) == 2 and decode[0] > decode[1] else channel


def _looked_up(image: ImageFacts, space: Space, channel: Image.Image) -> list[Image.Image]:
    """Return the plates of one component, each value through its space."""
    most = 255 if image.bits not in (1, 2, 4) else (1 << image.bits) - 1
    default = (0.0, float(most)) if space.family == "Indexed" else (0.0, 1.0)
    low, high = image.record.pair("Decode", default)
    values = [low + (high - low) * min(stored, most) / most for stored in range(256)]
    inks = [inks_of(space, (value,)) for value in values]
    return [channel.point([_level(ink[plate]) for ink in inks]) for plate in range(4)]


def _level(ink: float) -> int:
    return round(255 * min(max(ink, 0.0), 1.0))


def _from_cmyk(_: Space, channels: Sequence[Image.Image]) -> list[Image.Image]:
    return list(channels)


def _from_rgb(_: Space, channels: Sequence[Image.Image]) -> list[Image.Image]:
    inks = [ImageChops.invert(channel) for channel in channels]
    black = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    return [*(ImageChops.subtract(ink, black) for ink in inks), black]


def _from_lab(_: Space, channels: Sequence[Image.Image]) -> list[Image.Image]:
    bare = Image.new("L", channels[0].size, 0)
    return [bare, bare, bare, ImageChops.invert(channels[0])]


def _from_colorants(space: Space, channels: Sequence[Image.Image]) -> list[Image.Image]:
    """Return the plates of several colorants, the inks of each added up."""
    plates = [Image.new("L", channels[0].size, 0) for _ in PROCESS]
    for number, channel in enumerate(channels):
        solid = tuple(float(place == number) for place in range(space.components))
        for plate, ink in enumerate(inks_of(space, solid) if space.names[number] != "None" else NO_INK):
            plates[plate] = ImageChops.add(plates[plate], channel.point([_level(ink * step / 255) for step in range(256)]))
    return plates


_MAKERS: dict[str, Callable[[Space, Sequence[Image.Image]], list[Image.Image]]] = {
    "DeviceCMYK": _from_cmyk,
    "DeviceRGB": _from_rgb,
    "CalRGB": _from_rgb,
    "Lab": _from_lab,
    "DeviceN": _from_colorants,
    "Separation": _from_colorants,
}


class Heaviest(NamedTuple):
    """The square of a page with the most ink: its left and top in pixels, and the ink in per cent."""

    left: int
    top: int
    percent: float


def heaviest_square(plates: Sequence[Plate], side: int) -> Heaviest:
    """Return where the mean of the plates' sum over a square of so many pixels is greatest; the plates are of one size."""
    total = Image.frombytes("L", plates[0][:2], plates[0].data).convert("I")
    for plate in plates[1:]:
        total = _sum(total, Image.frombytes("L", plate[:2], plate.data))
    width, height = total.size
    values = array("i", total.tobytes())
    rows = [values[place * width : (place + 1) * width] for place in range(height)]
    return _greatest(rows, min(side, width, height))


def _sum(one: Image.Image, other: Image.Image) -> Image.Image:
    added: Image.Image = ImageMath.lambda_eval(lambda images: images["one"] + images["other"], one=one, other=other)
    return added


def _greatest(rows: Sequence[Sequence[int]], side: int) -> Heaviest:
    """Return the square of the greatest sum, from sums of columns that go down row by row and running sums along them."""
    best = Heaviest(0, 0, -1)
    columns: Sequence[int] = [0] * len(rows[0])
    for number, row in enumerate(rows):
        columns = list(map(add, columns, row))
        if number >= side:
            columns = list(map(sub, columns, rows[number - side]))
        if number >= side - 1:
            running = [0, *accumulate(columns)]
            sums = list(map(sub, running[side:], running))
            most = max(sums)
            if most > best.percent:
                best = Heaviest(sums.index(most), number - side + 1, most)
    return best._replace(percent=100 * best.percent / (255 * side * side))


def are_black(page: Plate, boxes: Iterable[tuple[int, int, int, int]]) -> Iterator[bool]:
    """Yield for boxes of pixels whether all of each is black, where 0 is; what lies beyond the page is black."""
    shown = Image.frombytes("L", page[:2], page.data)
    return (shown.crop(box).getbbox() is None for box in boxes)

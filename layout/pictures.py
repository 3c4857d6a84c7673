"""Pictures as sizes and samples; the only module that imports Pillow."""

import struct
import zlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from layout.units import divide

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 130_000_000
"""A broadsheet in grey at 600 ppi has 120 million pixels; anything beyond this is a decompression bomb."""

MAX_DECODED = 40_000_000
"""A broadsheet in colour at 300 ppi has 30 million; what we must decode ourselves may not have many more."""

_PIECE = 1 << 20

_FORMATS = ("PNG", "JPEG")
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Samples(NamedTuple):
    """Deflated samples of a picture: 8 bits a component, `components` 1 (grey) or 4 (CMYK).

    `is_filtered` says that the rows carry PNG's filters, which PDF calls predictor 15.
    """

    width: int
    height: int
    components: int
    deflated: bytes
    is_filtered: bool = False


def picture_size(path: Path) -> tuple[int, int] | None:
    """Return width and height in pixels, or None where the file is no whole picture of a kind that we set."""
    try:
        stored = _as_stored(path.read_bytes())
        return _decoded_size(path) if stored is None else _stored_size(stored)
    except (OSError, ValueError, SyntaxError, struct.error, zlib.error):
        return None


def _stored_size(samples: Samples) -> tuple[int, int] | None:
    """Return the size of a stored picture that has all its rows."""
    wanted = samples.height * (samples.width + 1)
    is_whole = 0 < wanted <= MAX_PIXELS and _inflated_size(samples.deflated, wanted) == wanted
    return (samples.width, samples.height) if is_whole else None


def _inflated_size(data: bytes, limit: int) -> int:
    """Return how many bytes deflated data hold, counted piece by piece to just beyond a limit."""
    inflater = zlib.decompressobj()
    size = 0
    while data and size <= limit:
        size += len(inflater.decompress(data, _PIECE))
        data = inflater.unconsumed_tail
    return size + len(inflater.flush(1))


def _decoded_size(path: Path) -> tuple[int, int] | None:
    with _opened(path) as image:
        width, height = image.size
        if width * height > MAX_DECODED:
            return None
        return _upright(image).size


def _opened(path: Path) -> "Image.Image":
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    return Image.open(path, formats=_FORMATS)


def _upright(image: "Image.Image") -> "Image.Image":
    """Return the picture as it was meant to be seen: turned as the camera noted."""
    from PIL import ImageOps

    return ImageOps.exif_transpose(image)


def read_samples(path: Path) -> Samples:
    """Return the samples of a PNG or JPEG file: grey stays grey, CMYK stays CMYK, everything else becomes CMYK.

    Raises OSError where the file cannot be decoded to its end.
    """
    return _as_stored(path.read_bytes()) or _decoded(path)


def _as_stored(data: bytes) -> Samples | None:
    """Return a grey PNG's samples as they lie in the file, which PDF can hold untouched; None for any other file."""
    if not data.startswith(_SIGNATURE):
        return None
    chunks = list(_chunks(data))
    if not chunks or len(chunks[0][1]) != 13:
        return None
    width, height, bits, colour, _, _, interlace = struct.unpack(">IIBBBBB", chunks[0][1])
    if (bits, colour, interlace) != (8, 0, 0) or any(kind == b"tRNS" for kind, _ in chunks):
        return None
    return Samples(width, height, 1, b"".join(body for kind, body in chunks if kind == b"IDAT"), is_filtered=True)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_SIGNATURE)
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        yield kind, data[place + 8 : place + 8 + length]
        place += length + 12


def _decoded(path: Path) -> Samples:
    with _opened(path) as image:
        flat = _on_white(_eight_bits(_upright(image)))
        mode = "L" if flat.mode in ("1", "L") else "CMYK"
        converted = flat if flat.mode == "CMYK" else flat.convert("L") if mode == "L" else _separated(flat.convert("RGB"))
        data = converted.tobytes()
    return Samples(converted.width, converted.height, len(mode), zlib.compress(data, 6))


def _eight_bits(image: "Image.Image") -> "Image.Image":
    """Return a picture of 16 bits a sample with 8, darkest to darkest and lightest to lightest."""
    return image.point(lambda value: value / 257).convert("L") if image.mode.startswith("I") else image


def _on_white(image: "Image.Image") -> "Image.Image":
    """Return the picture laid on white paper where it is transparent."""
    from PIL import Image

    if "A" not in image.mode and "transparency" not in image.info and image.mode != "P":
        return image
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    paper.alpha_composite(layer)
    return paper.convert("L" if image.mode in ("1", "L", "LA") else "RGB")


def _separated(image: "Image.Image") -> "Image.Image":
    """Return a colour picture in four inks: what the three colours share is black, so that neutral tones take one ink."""
    from PIL import Image, ImageChops

    inks = [ImageChops.invert(channel) for channel in image.split()]
    black = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    return Image.merge("CMYK", [*(ImageChops.subtract(ink, black) for ink in inks), black])


@cache
def colour_inks(colour: str) -> tuple[int, int, int, int] | None:
    """Return the four inks of a colour as CSS writes it, in per mille; None where it is none or lets through what is below."""
    from PIL import Image, ImageColor

    try:
        red, green, blue, *alpha = ImageColor.getrgb(colour)
    except ValueError:
        return None
    if alpha and alpha != [255]:
        return None
    inks = _separated(Image.new("RGB", (1, 1), (red, green, blue))).tobytes()
    cyan, magenta, yellow, black = (divide(1000 * ink, 255) for ink in inks)
    return cyan, magenta, yellow, black

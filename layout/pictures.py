"""Pictures as sizes and samples; the only module that imports Pillow."""

import logging
import os
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 130_000_000
"""A broadsheet in grey at 600 ppi has 120 million pixels; anything beyond this is a decompression bomb."""

MAX_DECODED = 40_000_000
"""A broadsheet in colour at 300 ppi has 30 million; what we must decode ourselves may not have many more."""

_PIECE = 1 << 20
_LEVEL = 6

_PNG_FILTERS, _DIFFERENCES = 15, 2
"""PDF's predictors."""

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TIFF_SIGNATURES = (b"II", b"MM")

_BROKEN = (OSError, ValueError, SyntaxError, TypeError, LookupError, EOFError, ArithmeticError, struct.error, zlib.error)
"""What Pillow raises over damaged files, as thousands of files with changed bytes have shown."""

_UNSCALED = ("F", "I")
"""Modes of samples whose black and white no file says."""

_WHITE_IS_ZERO = 0
_PHOTOMETRIC = 262


class PictureFacts(NamedTuple):
    """Width and height of a picture in pixels as it is meant to be seen, and the number of pictures in its file."""

    width: int
    height: int
    frames: int = 1


class Samples(NamedTuple):
    """Deflated samples of a picture: `components` 1 (grey) or 4 (CMYK), of 8 bits each, or of 1 bit in line art.

    `predictor` is what PDF calls it: 15 where the rows carry PNG's filters, 2 where they hold differences, 1 for neither.
    """

    width: int
    height: int
    components: int
    deflated: bytes
    predictor: int = 1
    bits: int = 8


def picture_facts(path: Path) -> PictureFacts | None:
    """Return what a picture file holds, or None where it is no whole picture of a kind that we set."""
    try:
        data = path.read_bytes()
        stored = _as_stored(data)
        return _decoded_facts(path) if stored is None else _stored_facts(stored)
    except _BROKEN:
        return None


def _stored_facts(samples: Samples) -> PictureFacts | None:
    """Return the facts of a stored picture that has all its rows."""
    wanted = samples.height * (samples.width + 1)
    is_whole = 0 < wanted <= MAX_PIXELS and _inflated_size(samples.deflated, wanted) == wanted
    return PictureFacts(samples.width, samples.height) if is_whole else None


def _inflated_size(data: bytes, limit: int) -> int:
    """Return how many bytes deflated data hold, counted piece by piece to just beyond a limit."""
    inflater = zlib.decompressobj()
    size = 0
    while data and size <= limit:
        size += len(inflater.decompress(data, _PIECE))
        data = inflater.unconsumed_tail
    return size + len(inflater.flush(1))


def _decoded_facts(path: Path) -> PictureFacts | None:
    with _opened(path) as image:
        if image.width * image.height > MAX_DECODED or image.mode in _UNSCALED:
            return None
        frames = getattr(image, "n_frames", 1) if image.format != "MPO" else 1
        return PictureFacts(*_flat(image).size, frames)


@contextmanager
def _opened(path: Path) -> "Iterator[Image.Image]":
    """Open a picture for a while, in which nothing is told of it but by exceptions."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    logging.getLogger("PIL").addHandler(logging.NullHandler())
    with warnings.catch_warnings(action="ignore"), _quiet(path), Image.open(path, formats=_FORMATS) as image:
        yield image


@contextmanager
def _quiet(path: Path) -> Iterator[None]:
    """Keep libtiff, which tells its findings to the terminal by itself, from doing so."""
    with path.open("rb") as file:
        is_tiff = file.read(2) in _TIFF_SIGNATURES
    if not is_tiff:
        yield
        return
    try:
        terminal = os.dup(2)
    except OSError:  # there is none
        yield
        return
    nothing = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nothing, 2)
    try:
        yield
    finally:
        os.dup2(terminal, 2)
        os.close(terminal)
        os.close(nothing)


def _flat(image: "Image.Image") -> "Image.Image":
    """Return an opened picture as it was meant to be seen: turned as the camera noted, on white, 8 bits a sample."""
    from PIL import ImageChops, ImageOps

    upright = ImageOps.exif_transpose(image)
    if image.format == "JPEG" and image.mode == "CMYK" and "adobe" not in image.info:
        return ImageChops.invert(upright)  # Pillow takes all inks in JPEG for Adobe's, which stand inverted
    return _on_white(_eight_bits(image, upright))


def read_samples(path: Path) -> Samples:
    """Return the samples of a picture file: grey stays grey, CMYK stays CMYK, everything else becomes CMYK.

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
    return Samples(width, height, 1, b"".join(body for kind, body in chunks if kind == b"IDAT"), _PNG_FILTERS)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(_SIGNATURE)
    while place + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        yield kind, data[place + 8 : place + 8 + length]
        place += length + 12


def _decoded(path: Path) -> Samples:
    with _opened(path) as image:
        flat = _flat(image)
        inks = flat if flat.mode in ("1", "L", "CMYK") else _separated(flat.convert("RGB"))
        return _deflated(inks)


def _deflated(image: "Image.Image") -> Samples:
    """Return a picture in ink: line art as it is, tones as their differences from the left, which deflate better."""
    from PIL import Image, ImageChops

    if image.mode == "1":
        return Samples(image.width, image.height, 1, zlib.compress(image.tobytes(), _LEVEL), bits=1)
    before = Image.new(image.mode, image.size)
    before.paste(image, (1, 0))
    data = zlib.compress(ImageChops.subtract_modulo(image, before).tobytes(), _LEVEL)
    return Samples(image.width, image.height, len(image.getbands()), data, _DIFFERENCES)


def _eight_bits(opened: "Image.Image", image: "Image.Image") -> "Image.Image":
    """Return a picture of 16 bits a sample with 8, darkest to darkest and lightest to lightest.

    Pillow leaves grey of 16 bits as it stands in a TIFF file, even where 0 is white there.
    """
    if not image.mode.startswith("I;16"):
        return image
    grey = image.point(lambda value: value / 257).convert("L")
    if "transparency" in grey.info:
        grey.info["transparency"] //= 257
    tags = getattr(opened, "tag_v2", {})
    return grey.point(lambda value: 255 - value) if tags.get(_PHOTOMETRIC) == _WHITE_IS_ZERO else grey


def _on_white(image: "Image.Image") -> "Image.Image":
    """Return the picture laid on white paper where it is transparent."""
    from PIL import Image

    if not image.has_transparency_data:
        return image.convert("RGB") if image.mode == "P" else image
    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    paper.alpha_composite(layer)
    return paper.convert("L" if image.mode in ("1", "L", "LA", "La") else "RGB")


def _separated(image: "Image.Image") -> "Image.Image":
    """Return a colour picture in four inks: what the three colours share is black, so that neutral tones take one ink."""
    from PIL import Image, ImageChops

    inks = [ImageChops.invert(channel) for channel in image.split()]
    black = ImageChops.darker(ImageChops.darker(inks[0], inks[1]), inks[2])
    return Image.merge("CMYK", [*(ImageChops.subtract(ink, black) for ink in inks), black])

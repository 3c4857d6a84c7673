"""Pictures as sizes and samples; the only module that imports Pillow."""

import io
import logging
import os
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from layout.deflated import deflated
from layout.frame import Picture
from layout.inks.press import EMU_AN_INCH, LINE_ART, TONES, Intent, Press, ProfileFault, Resolution, profile_fault, space_of
from layout.units import divide

if TYPE_CHECKING:
    from PIL import Image, ImageCms

MAX_PIXELS = 130_000_000
"""A broadsheet in grey at 600 ppi has 120 million pixels; anything beyond this is a decompression bomb."""

MAX_DECODED = 40_000_000
"""A broadsheet in colour at 300 ppi has 30 million; what we must decode ourselves may not have many more."""

MAX_FILE = 300_000_000
"""Bytes of the largest file: what may be decoded has no more, even with 8 bytes a pixel."""

MAX_PROFILE = 30_000_000
"""Bytes of the largest profile of a press; the finest tables of four inks have some ten million."""

_PIECE = 1 << 20
_PNG_FILTERS, _DIFFERENCES = 15, 2
"""PDF's predictors."""

_LAST_FILTER = 4
"""Of the numbers with which PNG's rows begin (PNG, 3rd edition, 9.2)."""

_FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_TIFF_SIGNATURES = (b"II", b"MM")

_BROKEN = (OSError, ValueError, SyntaxError, TypeError, LookupError, EOFError, ArithmeticError, struct.error, zlib.error)
"""What Pillow raises over damaged files, as thousands of files with changed bytes have shown."""

_UNSCALED = ("F", "I")
"""Modes of samples whose black and white no file says."""

_WHITE_IS_ZERO = 0
_PHOTOMETRIC = 262


_SPACES = {"RGB": "RGB ", "CMYK": "CMYK", "LAB": "Lab "}
"""The colour space that the profile of a picture has by its mode; tones of grey are set as they are."""

_NEUTRAL = 2
"""By how many of 255 the channels of a neutral picture may differ where it was made from a coloured one."""

_STRIP = 1 << 20
"""Pixels whose ink is limited at a time, in five planes of 4 bytes."""


_WEB_QUALITY = 85
"""At which JPEG leaves no blocks in photographs that a reader sees."""

_WASTE = Fraction(3, 2)
"""How many times finer than the press can show a picture may be before it is reduced, which costs a little sharpness."""


class PictureFacts(NamedTuple):
    """Width and height of a picture in pixels as it is meant to be seen, and the number of pictures in its file.

    `is_profile_sound` is false where the file embeds a profile that does not serve its colours. `is_line_art` is true for
    a picture of black and white alone.
    """

    width: int
    height: int
    frames: int = 1
    is_profile_sound: bool = True
    is_line_art: bool = False


class Samples(NamedTuple):
    """Deflated samples of a picture: `components` 1 (grey), 3 (sRGB) or 4 (CMYK), of 8 bits each, or of 1 bit in line art.

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
        if path.stat().st_size > MAX_FILE:
            return None
        stored = _as_stored(path)
        return _decoded_facts(path) if stored is None else _stored_facts(stored)
    except _BROKEN:
        return None


def _stored_facts(samples: Samples) -> PictureFacts | None:
    """Return the facts of a stored picture that has all its rows, and each with a filter that there is."""
    row = samples.width + 1
    wanted = samples.height * row
    is_whole = 0 < wanted <= MAX_PIXELS and _has_rows(samples.deflated, wanted, row)
    return PictureFacts(samples.width, samples.height) if is_whole else None


def _has_rows(deflated: bytes, wanted: int, row: int) -> bool:
    """Return whether deflated data hold exactly so many bytes, in rows that begin with a filter; piece by piece."""
    size = 0
    for piece in _inflated(deflated):
        if max(piece[-size % row :: row], default=0) > _LAST_FILTER:
            return False
        size += len(piece)
        if size > wanted:
            return False
    return size == wanted


def _inflated(data: bytes) -> Iterator[bytes]:
    inflater = zlib.decompressobj()
    while data:
        yield inflater.decompress(data, _PIECE)
        data = inflater.unconsumed_tail
    yield inflater.flush(1)


def _decoded_facts(path: Path) -> PictureFacts | None:
    with _opened(path) as image:
        if image.width * image.height > MAX_DECODED or image.mode in _UNSCALED:
            return None
        frames = getattr(image, "n_frames", 1) if image.format != "MPO" else 1
        flat = _flat(image)
        embedded = image.info.get("icc_profile")
        is_sound = not embedded or flat.mode not in _SPACES or _own_profile(embedded, flat.mode) is not None
        return PictureFacts(*flat.size, frames, is_sound, flat.mode == "1")


@contextmanager
def _opened(file: Path | io.BytesIO) -> "Iterator[Image.Image]":
    """Open a picture for a while, in which nothing is told of it but by exceptions."""
    from PIL import Image

    Image.MAX_IMAGE_PIXELS = None
    logging.getLogger("PIL").addHandler(logging.NullHandler())
    with warnings.catch_warnings(action="ignore"), _quiet(file), Image.open(file, formats=_FORMATS) as image:
        yield image


@contextmanager
def _quiet(file: Path | io.BytesIO) -> Iterator[None]:
    """Keep libtiff, which tells its findings to the terminal by itself, from doing so."""
    if isinstance(file, io.BytesIO) or _head(file)[:2] not in _TIFF_SIGNATURES:
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


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(len(_SIGNATURE))


def _flat(image: "Image.Image") -> "Image.Image":
    """Return an opened picture as it was meant to be seen: turned as the camera noted, on white, 8 bits a sample."""
    from PIL import ImageChops, ImageOps

    upright = ImageOps.exif_transpose(image)
    if image.format == "JPEG" and image.mode == "CMYK" and "adobe" not in image.info:
        return ImageChops.invert(upright)  # Pillow takes all inks in JPEG for Adobe's, which stand inverted
    return _on_white(_eight_bits(image, upright))


def read_samples(picture: Picture, press: Press) -> Samples:
    """Return the samples of a picture as a press prints them.

    Grey stays grey, and colour without any colour in it becomes grey; CMYK keeps its inks, other colours are separated
    by the press's profile. No place has more ink than the press takes. What is not seen is left out, and so are pixels
    far too many for the press. Raises OSError where the file cannot be decoded to its end.
    """
    return _served(picture) or _decoded(picture, press)


def screen_samples(picture: Picture, press: Press) -> Samples:
    """Return the samples of a picture as screens show them: grey, or the colours that it came in, in sRGB.

    Inks are those of the press, unless the picture says otherwise. What is not seen is left out, and so are pixels far too
    many for the press. Raises OSError where the file cannot be decoded to its end.
    """
    stored = _served(picture)
    if stored is not None:
        return stored
    with _opened(_to_decode(picture.path)) as image:
        seen = _reduced(_seen(_flat(image), picture), picture)
        return _deflated(_on_screen(seen, image.info.get("icc_profile"), picture, press))


def _served(picture: Picture) -> Samples | None:
    """Return the samples of a picture as they lie in its file, where PDF can hold them and all of them are needed."""
    stored = _as_stored(picture.path)
    is_served = stored is not None and picture.visible is None and not _is_too_fine(stored.width, picture, TONES)
    return stored if is_served else None


def _is_too_fine(pixels: int, picture: Picture, limits: Resolution) -> bool:
    return limits.per_inch(pixels, picture.width) > _WASTE * limits.fine


def _as_stored(path: Path) -> Samples | None:
    """Return a grey PNG's samples as they lie in the file, which PDF can hold untouched; None for any other file."""
    if _head(path) != _SIGNATURE:
        return None
    data = path.read_bytes()
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


def _to_decode(path: Path) -> Path | io.BytesIO:
    """Return a file to be decoded: a stored picture's samples alone, as nothing else that its file says was heeded."""
    stored = _as_stored(path)
    if stored is None:
        return path
    header = struct.pack(">IIBBBBB", stored.width, stored.height, stored.bits, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", stored.deflated), (b"IEND", b""))
    written = (struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks)
    return io.BytesIO(_SIGNATURE + b"".join(written))


def _decoded(picture: Picture, press: Press) -> Samples:
    with _opened(_to_decode(picture.path)) as image:
        seen = _reduced(_seen(_flat(image), picture), picture)
        inks = _in_inks(seen, image.info.get("icc_profile"), picture, press)
        return _deflated(_limited(inks, press.limit) if inks.mode == "CMYK" else inks)


class WebPicture(NamedTuple):
    """A picture as browsers show it: a JPEG in sRGB or grey, and its size in pixels."""

    jpeg: bytes
    width: int
    height: int


def web_picture(path: Path, longest: int, press: Press) -> WebPicture:
    """Return a picture for browsers, at most `longest` pixels wide and high.

    Colours without a profile are taken as the press takes them. Raises OSError where the file cannot be decoded to its end.
    """
    from PIL import Image

    with _opened(path) as image:
        seen = _on_screen(_flat(image), image.info.get("icc_profile"), Picture(path, 0, 0), press)
        seen = seen.convert("L") if seen.mode == "1" else seen
        seen.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=3.0)
    buffer = io.BytesIO()
    seen.save(buffer, "JPEG", quality=_WEB_QUALITY, progressive=True, optimize=True)
    return WebPicture(buffer.getvalue(), *seen.size)


def _seen(image: "Image.Image", picture: Picture) -> "Image.Image":
    part = picture.visible
    return image if part is None else image.crop((part.x, part.y, part.right, part.bottom))


def _reduced(image: "Image.Image", picture: Picture) -> "Image.Image":
    """Return a picture of far too many pixels with as many as the press can show."""
    from PIL import Image

    is_line_art = image.mode == "1"
    limits = LINE_ART if is_line_art else TONES
    if not _is_too_fine(image.width, picture, limits):
        return image
    lengths = (picture.width, picture.height)
    width, height = (max(1, divide(length * limits.fine, EMU_AN_INCH)) for length in lengths)
    tones = image.convert("L") if is_line_art else image
    reduced = tones.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    return reduced.convert("1", dither=Image.Dither.NONE) if is_line_art else reduced


def _deflated(image: "Image.Image") -> Samples:
    """Return a picture in ink: line art as it is, tones as their differences from the left, which deflate better."""
    from PIL import Image, ImageChops

    if image.mode == "1":
        return Samples(image.width, image.height, 1, deflated(image.tobytes()), bits=1)
    before = Image.new(image.mode, image.size)
    before.paste(image, (1, 0))
    data = deflated(ImageChops.subtract_modulo(image, before).tobytes())
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


def _in_inks(image: "Image.Image", embedded: bytes | None, picture: Picture, press: Press) -> "Image.Image":
    """Return a picture in black (1 or L) or in four inks (CMYK)."""
    if image.mode in ("1", "L") or (image.mode == "CMYK" and not picture.is_black):
        return image
    coloured = image if image.mode in _SPACES else image.convert("RGB")
    own = _own_profile(embedded, coloured.mode) if embedded else None
    if picture.is_black or _is_neutral(coloured):
        return _in_grey(coloured, own or _usual_profile(coloured.mode, press))
    return _converted(coloured, own or _usual_profile(coloured.mode, press), press)


def _on_screen(image: "Image.Image", embedded: bytes | None, picture: Picture, press: Press) -> "Image.Image":
    """Return a picture in black (1 or L) or in sRGB (RGB)."""
    if image.mode in ("1", "L"):
        return image
    coloured = image if image.mode in _SPACES else image.convert("RGB")
    own = (_own_profile(embedded, coloured.mode) if embedded else None) or _usual_profile(coloured.mode, press)
    if picture.is_black or (coloured.mode != "CMYK" and _is_neutral(coloured)):
        return _in_grey(coloured, own)
    return _transform(own, _usual_profile("RGB", press), coloured.mode, "RGB", Intent.COLORIMETRIC).apply(coloured)


def _usual_profile(mode: str, press: Press) -> "ImageCms.ImageCmsProfile":
    """Return what colours without a profile of their own are taken for: sRGB, Lab, or inks of the press."""
    from PIL import ImageCms

    if mode == "CMYK":
        return ImageCms.getOpenProfile(str(press.profile))
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB" if mode == "LAB" else "sRGB"))


def _own_profile(embedded: bytes, mode: str) -> "ImageCms.ImageCmsProfile | None":
    """Return the profile that a picture embeds, or None where it does not serve colours of that mode."""
    from PIL import ImageCms

    if space_of(embedded) != _SPACES[mode]:
        return None
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(embedded))
        ImageCms.buildTransform(own, ImageCms.createProfile("sRGB"), mode, "RGB")
    except (OSError, ImageCms.PyCMSError):
        return None
    return own


def _is_neutral(image: "Image.Image") -> bool:
    """Return whether there is no colour in any place of a picture."""
    from PIL import ImageChops

    bands = image.split()
    if image.mode == "LAB":
        return all(abs(extreme - 128) <= _NEUTRAL for band in bands[1:] for extreme in _extremes(band))
    return all(_extremes(ImageChops.difference(bands[0], band))[1] <= _NEUTRAL for band in bands[1:])


def _extremes(band: "Image.Image") -> tuple[int, int]:
    """Return the least and the greatest sample of one band."""
    low, high = cast(tuple[int, int], band.getextrema())
    return low, high


def _in_grey(image: "Image.Image", profile: "ImageCms.ImageCmsProfile") -> "Image.Image":
    """Return the tones of a coloured picture: those that its colours have in sRGB."""
    from PIL import ImageCms

    seen = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB"))
    return _transform(profile, seen, image.mode, "RGB", Intent.COLORIMETRIC).apply(image).convert("L")


def _converted(image: "Image.Image", profile: "ImageCms.ImageCmsProfile", press: Press) -> "Image.Image":
    """Return a coloured picture separated for the press."""
    from PIL import ImageCms

    inks = ImageCms.getOpenProfile(str(press.profile))
    return _transform(profile, inks, image.mode, "CMYK", press.intent).apply(image)


def _transform(
    source: "ImageCms.ImageCmsProfile", target: "ImageCms.ImageCmsProfile", mode: str, target_mode: str, intent: Intent
) -> "ImageCms.ImageCmsTransform":
    """Return the way of colours from profile to profile, black to black."""
    from PIL import ImageCms

    ways = {Intent.COLORIMETRIC: ImageCms.Intent.RELATIVE_COLORIMETRIC, Intent.PERCEPTUAL: ImageCms.Intent.PERCEPTUAL}
    return ImageCms.buildTransform(source, target, mode, target_mode, ways[intent], ImageCms.Flags.BLACKPOINTCOMPENSATION)


@cache
def colour_inks(colour: str, press: Press) -> tuple[int, int, int, int] | None:
    """Return the inks of a colour as CSS writes it, in per mille, as a picture of that colour has them.

    Neutral colours take black alone. None comes back for what is no colour, or lets through what lies below.
    """
    from PIL import Image, ImageColor

    try:
        red, green, blue, *alpha = ImageColor.getrgb(colour)
    except ValueError:
        return None
    if alpha and alpha != [255]:
        return None
    if max(red, green, blue) - min(red, green, blue) <= _NEUTRAL:
        return 0, 0, 0, divide(1000 * (255 - green), 255)
    inks = _limited(_press_transform(press).apply(Image.new("RGB", (1, 1), (red, green, blue))), press.limit)
    cyan, magenta, yellow, black = (divide(1000 * ink, 255) for ink in inks.tobytes())
    return cyan, magenta, yellow, black


@cache
def screen_colour(inks: tuple[int, int, int, int], press: Press) -> tuple[int, int, int]:
    """Return the sRGB colour, of 255, of inks in per mille as the press prints them; black alone is a grey as deep as it."""
    from PIL import Image

    *coloured, black = inks
    if not any(coloured):
        return (divide(255 * (1000 - black), 1000),) * 3
    ways = _usual_profile("CMYK", press), _usual_profile("RGB", press)
    place = Image.new("CMYK", (1, 1), tuple(divide(255 * ink, 1000) for ink in inks))
    red, green, blue = _transform(*ways, "CMYK", "RGB", Intent.COLORIMETRIC).apply(place).tobytes()
    return red, green, blue


@cache
def screen_profile() -> bytes:
    """Return the profile of sRGB; its date, which would be the clock's, is that of the standard (IEC 61966-2-1:1999)."""
    from PIL import ImageCms

    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made[:24] + b"".join(part.to_bytes(2, "big") for part in (1999, 10, 18, 0, 0, 0)) + made[36:]


@cache
def _press_transform(press: Press) -> "ImageCms.ImageCmsTransform":
    """Return the way of sRGB colours to a press, which takes longer to find than to go."""
    from PIL import ImageCms

    return _transform(_usual_profile("RGB", press), ImageCms.getOpenProfile(str(press.profile)), "RGB", "CMYK", press.intent)


def press_profile_fault(path: Path) -> ProfileFault | None:
    """Return why a file cannot serve as a press's profile, or None; headers alone do not tell that tables are whole."""
    from PIL import Image, ImageCms

    try:
        if path.stat().st_size > MAX_PROFILE:
            return ProfileFault.BROKEN
        fault = profile_fault(path.read_bytes())
        if fault is None:
            _converted(Image.new("RGB", (1, 1)), ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")), Press(path))
    except (OSError, ImageCms.PyCMSError):
        return ProfileFault.BROKEN
    return fault


def _limited(image: "Image.Image", limit: int) -> "Image.Image":
    """Return a picture in which no place has more than `limit` per cent of ink.

    Where there is more, cyan, magenta and yellow give way in the same proportion and black stays, so that hue and depth
    change least.
    """
    limited, most = image.copy(), limit * 255 // 100
    rows = max(1, _STRIP // image.width)
    for top in range(0, image.height, rows):
        box = (0, top, image.width, min(top + rows, image.height))
        lower = _within(image.crop(box), most)
        if lower is not None:
            limited.paste(lower, box)
    return limited


def _within(strip: "Image.Image", most: int) -> "Image.Image | None":
    """Return a strip with `most` 255ths of ink in a place at most; None where it has no more already."""
    from PIL import Image, ImageMath

    *colours, black = strip.split()
    inks = dict(zip("cmyk", (*colours, black), strict=True))
    total = ImageMath.lambda_eval(lambda of: of["c"] + of["m"] + of["y"] + of["k"], **inks)
    if _extremes(total)[1] <= most:
        return None

    def given(of: dict[str, Any]) -> Any:
        coloured = of["sum"] - of["k"]
        return of["convert"](of["ink"] * of["min"](coloured, most - of["k"]) / of["max"](coloured, 1), "L")

    return Image.merge("CMYK", [*(ImageMath.lambda_eval(given, sum=total, k=black, ink=ink) for ink in colours), black])

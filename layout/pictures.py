"""Pictures as sizes and samples; the only module that imports Pillow."""

import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

MAX_PIXELS = 400_000_000
"""A broadsheet at 600 ppi has 120 million; anything beyond this is a decompression bomb."""


@dataclass(frozen=True, slots=True)
class Samples:
    """Deflated samples of a picture: 8 bits a component, `components` 1 (grey) or 4 (CMYK)."""

    width: int
    height: int
    components: int
    deflated: bytes


def picture_size(path: Path) -> tuple[int, int] | None:
    """Return width and height in pixels without decoding, or None where the file is no picture that we set."""
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as image:
            return image.size
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError, ValueError, SyntaxError):
        return None


def read_samples(path: Path) -> Samples:
    """Return the samples of a PNG or JPEG file: grey stays grey, everything else becomes CMYK.

    Raises OSError where the file cannot be decoded to its end.
    """
    from PIL import Image

    with Image.open(path, formats=("PNG", "JPEG")) as image:
        mode = "L" if image.mode in ("1", "L", "LA", "I", "I;16") else "CMYK"
        flat = _on_white(image) if "A" in image.mode or image.mode == "P" else image
        converted = flat.convert(mode)
        data = converted.tobytes()
    return Samples(converted.width, converted.height, len(mode), zlib.compress(data, 6))


def _on_white(image: "Image.Image") -> "Image.Image":
    """Return the picture laid on white paper, for pictures that are partly transparent."""
    from PIL import Image

    layer = image.convert("RGBA")
    paper = Image.new("RGBA", layer.size, "white")
    paper.alpha_composite(layer)
    return paper.convert("L" if image.mode == "LA" else "RGB")

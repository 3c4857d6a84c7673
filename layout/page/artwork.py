"""A picture as it is placed: samples or art."""

from layout.frame import Art, Picture
from layout.manifest.issue import PictureContent
from layout.units import Emu, divide


def artwork(content: PictureContent, width: Emu, height: Emu) -> Picture | Art:
    """Return a picture scaled to a size."""
    if content.art is None:
        return Picture(content.path, width, height, content.caption)
    return Art(content.art, width, height, content.caption)


def fitted(content: PictureContent, width: Emu, height: Emu) -> tuple[Emu, Emu]:
    """Return the largest size that a picture has in a room without being distorted."""
    if content.width * height > width * content.height:
        return width, divide(width * content.height, content.width)
    return divide(height * content.width, content.height), height

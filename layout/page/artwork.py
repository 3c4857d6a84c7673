"""A picture as it is placed: samples or art."""

from layout.frame import Art, Picture
from layout.manifest.issue import PictureContent
from layout.units import Emu


def artwork(content: PictureContent, width: Emu, height: Emu) -> Picture | Art:
    """Return a picture scaled to a size."""
    if content.art is None:
        return Picture(content.path, width, height, content.caption)
    return Art(content.art, width, height, content.caption)

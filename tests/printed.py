"""Writes pages of a test's own making into a print file."""

from collections.abc import Sequence

from layout.export.content import PageContent
from layout.export.fonts import Fonts
from layout.export.metadata import DocumentFacts
from layout.export.pdf import write_surfaces
from layout.export.surface import page_surface
from layout.frame import Picture
from layout.inks.press import PRESS
from layout.pictures import Samples
from layout.typeface.catalogue import Faces


def write_document(
    contents: Sequence[PageContent], faces: Faces, samples: dict[Picture, Samples], facts: DocumentFacts
) -> bytes:
    """Return a file whose pages have these contents."""
    surfaces = [page_surface(content) for content in contents]
    return write_surfaces(surfaces, Fonts(faces).embed(contents), samples, facts, PRESS)

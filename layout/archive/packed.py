"""The files of an archive package, and their names.

Names are ASCII in the pattern key_date_sequence; what is printed on a page, its label, is metadata.
"""

import hashlib
from enum import Enum
from typing import NamedTuple


class Use(Enum):
    """What a file of the package is for; the first three are named as newspaper programmes name them (NDNP)."""

    IMAGE = "service"
    PRINT = "derivative"
    TEXT = "ocr"
    ISSUE = "issue"
    ARTICLE = "article"
    SOURCE = "source"
    FINE_IMAGE = "fine image"
    THUMBNAIL = "thumbnail"
    VIEW = "iiif"
    TILE = "tile"


_TYPES = {
    ".pdf": "application/pdf",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".tif": "image/tiff",
    ".tiff": "image/tiff",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".xml": "text/xml",
    ".json": "application/json",
    ".epub": "application/epub+zip",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".yaml": "application/yaml",
    ".yml": "application/yaml",
    ".icc": "application/vnd.iccprofile",
}


class PackedFile(NamedTuple):
    """A file of the package: its path in the payload, its bytes, and the article (id) or the page (number) it shows."""

    path: str
    data: bytes
    use: Use
    owner: str = ""
    page: int = 0

    @property
    def media_type(self) -> str:
        """Its media type by its name's ending."""
        return media_type(self.path)

    @property
    def digest(self) -> str:
        """Its SHA-256 in hexadecimal figures."""
        return hashlib.sha256(self.data).hexdigest()


def media_type(path: str) -> str:
    """Return the media type of a file by its name's ending."""
    return _TYPES.get("." + path.rpartition(".")[2].lower(), "application/octet-stream")


VIEW_NAME = "iiif/manifest.json"
"""The path of the IIIF manifest in the payload."""


def mets_name(name: str) -> str:
    """Return the path of an issue's METS file in the payload."""
    return f"{name}_mets.xml"


def page_path(name: str, number: int, ending: str) -> str:
    """Return the path of a file of a page in the payload."""
    return f"pages/{name}_{number:04d}.{ending}"


def image_path(name: str, number: int, kind: str) -> str:
    """Return the path of a further image of a page in the payload."""
    return f"pages/{name}_{number:04d}_{kind}.jpg"


def service_path(name: str, number: int) -> str:
    """Return the path of the folder with the tiles of a page in the payload."""
    return f"iiif/{name}_{number:04d}"


def article_path(own: str, ending: str) -> str:
    """Return the path of a file of an article in the payload."""
    return f"articles/{own}.{ending}"

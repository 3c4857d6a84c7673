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
        return _TYPES.get("." + self.path.rpartition(".")[2].lower(), "application/octet-stream")

    @property
    def digest(self) -> str:
        """Its SHA-256 in hexadecimal figures."""
        return hashlib.sha256(self.data).hexdigest()


def mets_name(name: str) -> str:
    """Return the path of an issue's METS file in the payload."""
    return f"{name}_mets.xml"


def page_path(name: str, number: int, ending: str) -> str:
    """Return the path of a file of a page in the payload."""
    return f"pages/{name}_{number:04d}.{ending}"


def article_path(own: str, ending: str) -> str:
    """Return the path of a file of an article in the payload."""
    return f"articles/{own}.{ending}"

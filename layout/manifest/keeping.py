"""The keys of a paper for its archive: where its packages stand on the web, what they hold, and in which colours.

They stand in the paper and not on the command line because a package holds its sources: made again from these, it must be
the same to the byte.
"""

import re
from dataclasses import dataclass
from enum import Enum

from layout.diagnostics import Span
from layout.manifest.kinds import ListOf, Pattern, Record, entry, one_of
from layout.messages import Phrase

_ADDRESS = r"^https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?$"

ADDRESS: Pattern[str] = Pattern(
    Phrase("网址，如 https://archive.example.cn/paper", "an address such as https://archive.example.cn/paper"),
    lambda text: text.rstrip("/") if re.fullmatch(_ADDRESS, text) else None,
    _ADDRESS,
)


class Beside(Enum):
    """What a package may hold beside pages, their text and articles."""

    FINE_IMAGES = "fine-images"
    TILES = "tiles"
    EPUB = "epub"


class ArchiveColour(Enum):
    """In which colours archival files are kept: the inks of the press, or those of screens."""

    PRINT = "print"
    SRGB = "srgb"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """What libraries get, and where readers find it."""

    address: str | None = entry(
        ADDRESS, "address on the web of the folder that holds the packages, from which IIIF viewers read them", None
    )
    also: tuple[Beside, ...] = entry(
        ListOf(one_of({each.value: each for each in Beside})),
        "page images of 300 pixels an inch as well, these cut into tiles for deep zoom, the issue as EPUB",
        (),
    )
    colour: ArchiveColour = entry(
        one_of({colour.value: colour for colour in ArchiveColour}),
        "inks with the profile of the press (print), or sRGB for screens, with pictures in the colours that they came in",
        ArchiveColour.PRINT,
    )
    span: Span = Span("")


KEEPING = Record(Keeping)

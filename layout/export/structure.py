"""What a tagged PDF says of its pages: a tree of elements over what the pages paint, as values.

Kinds of elements are the standard structure types of ISO 32000-1 14.8.4. What no element shows is an artifact.
Beside it stand the threads of articles, and files within a file.
"""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from layout.geometry import Rect


class Shown(NamedTuple):
    """What an element shows: glyphs of a run from one up to another, or a picture, for which `end` is None.

    `item` is the number of the run or the picture among all that the page with this number paints, in paint order.
    """

    page: int
    item: int
    start: int = 0
    end: int | None = None


class Spot(NamedTuple):
    """A place on a page, by the page's number; boxes are in EMU of the trimmed page."""

    page: int
    box: Rect


class Link(NamedTuple):
    """Where a link leads, what it says of that, and where it can be followed."""

    target: Spot
    words: str
    spots: tuple[Spot, ...]


class Element(NamedTuple):
    """An element: its kind, and what it holds in reading order; a figure has words in place of it (`alt`) and a box."""

    kind: str
    kids: "tuple[Element | Shown, ...]" = ()
    title: str = ""
    alt: str = ""
    box: Spot | None = None
    link: Link | None = None

    def walk(self) -> "Iterator[Element]":
        """Yield the element and all below it, each before its own."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()


class Relation(Enum):
    """What an attached file is to the document: what it was made from, or its content as data (ISO 19005-3, annex E)."""

    SOURCE = "Source"
    DATA = "Data"


class Attached(NamedTuple):
    """A file within a file: its name, where it comes from, its bytes, its media type, and what it is to the document."""

    name: str
    origin: str
    data: bytes
    media_type: str
    relation: Relation


class Thread(NamedTuple):
    """The places in which an article is read one after the other."""

    title: str
    spots: tuple[Spot, ...]

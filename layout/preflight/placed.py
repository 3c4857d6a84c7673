"""What stands on a page of someone's PDF: texts, lines, fills, pictures, with all that a press must know of them."""

from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from layout.preflight.colour import Colour, Space
from layout.preflight.fonts import Font
from layout.preflight.plane import Box
from layout.preflight.reading import Instruction, Record


class Kind(Enum):
    """What an object on the page is."""

    TEXT = "text"
    LINE = "line"
    FILL = "fill"
    IMAGE = "image"
    SHADING = "shading"
    GROUP = "group"


class Paint(NamedTuple):
    """How an object is painted."""

    colour: Colour
    overprint: bool = False
    mode: int = 0
    alpha: float = 1.0
    blend: str = "Normal"

    @property
    def is_plain(self) -> bool:
        """Whether nothing shows through."""
        return self.alpha == 1 and self.blend in ("Normal", "Compatible")

    @property
    def cover(self) -> float:
        """How much of what lies below it hides, 0 where that is not told by its opacity alone."""
        is_flat = self.blend in ("Normal", "Compatible") and self.colour.space.family != "Pattern"
        return self.alpha if is_flat and not self.overprint else 0.0

    @property
    def vanishes(self) -> bool:
        """Whether the object is white and overprints, so that it leaves no trace (ISO 32000-1 11.7.4.5)."""
        family = self.colour.space.family
        by_zero = (family == "DeviceCMYK" and self.mode == 1) or family in ("Separation", "DeviceN")
        return self.overprint and self.colour.is_white and by_zero


class ImageFacts(NamedTuple):
    """A picture: its samples' size and kind, and its resolution on the page in pixels an inch, the smaller of both ways."""

    width: int
    height: int
    bits: int
    space: Space | None
    ppi: float
    filters: tuple[str, ...]
    is_mask: bool
    record: Record
    resources: Record


class Placed(NamedTuple):
    """An object on the page. `size` is that of type or the width of a line, in points; a group has its own `space`."""

    kind: Kind
    box: Box
    paint: Paint | None = None
    size: float = 0.0
    text: str = ""
    font: Font | None = None
    image: ImageFacts | None = None
    space: Space | None = None
    is_softness: bool = False


class Coat(NamedTuple):
    """A path that was painted by the page's own stream, and does nothing else: its operators, what it may touch, its opacity.

    `first` and `last` are the places of its operators in the stream, `last` that of the one that paints it. `opacity` is 0
    where what lies below shows through for any other reason: overprint, blending, a pattern.
    """

    first: int
    last: int
    box: Box
    opacity: float


@dataclass(slots=True)
class Content:
    """What one page holds: objects in the order of painting, and the resources that they used.

    `troubles` are codes of findings for what could not be read to its end; `operators` are those of the page's own stream,
    `coats` the paths that they painted. `inner` is what glyphs and soft masks are made of: it has colours and fonts, and no ink
    of its own.
    """

    placed: list[Placed] = field(default_factory=list)
    inner: list[Placed] = field(default_factory=list)
    coats: list[Coat] = field(default_factory=list)
    fonts: dict[object, Font] = field(default_factory=dict)
    states: dict[object, Record] = field(default_factory=dict)
    forms: dict[object, Record] = field(default_factory=dict)
    intents: set[str] = field(default_factory=set)
    troubles: set[str] = field(default_factory=set)
    operators: tuple[Instruction, ...] = ()
    nesting: int = 0
    odd_glyphs: int = 0

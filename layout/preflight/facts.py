"""What the checks look at: a file, its pages with their boxes and content, and what a check finds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from layout.messages import Phrase, shortened
from layout.preflight.interpret import read_content
from layout.preflight.placed import Content, Kind, Placed
from layout.preflight.plane import Box, box_of
from layout.preflight.reading import Opened, Record
from layout.preflight.table import CHECKS, List

_A_MM = 72 / 25.4
_LARGEST = 14_400.0
NOTHING = Phrase("", "")


class Size(NamedTuple):
    """A size in millimetres."""

    width: float
    height: float

    def __str__(self) -> str:
        return f"{self.width:g} × {self.height:g} mm"


class Found(NamedTuple):
    """A check that failed: the object, what it has, and where it lies in points of its page; page 0 is the file."""

    code: str
    page: int = 0
    box: Box | None = None
    thing: Phrase = NOTHING
    has: object = ""
    limit: object = None


class Rules(NamedTuple):
    """The list in force."""

    list: List

    def limit(self, code: str) -> float | None:
        """Return the limit of a check on this list, None where the list passes it over."""
        rule = CHECKS[code].rules.get(self.list)
        return rule.limit if rule else None

    def below(self, code: str, value: float) -> bool:
        """Return whether a value is under a limit, rounded once to the thousandth (GWG 2022, I00005)."""
        limit = self.limit(code)
        return limit is not None and round(value, 3) < limit

    def above(self, code: str, value: float) -> bool:
        """Return whether a value is over a limit."""
        limit = self.limit(code)
        return limit is not None and round(value, 3) > limit


@dataclass(frozen=True, slots=True)
class PageFacts:
    """A page: boxes in points, None where the file gives none, and what stands on it.

    `turn` is by how many degrees the page is shown turned clockwise; `intent` is the colour space of the file's output intent
    as its profile names it, empty where there is none; `shown` are the objects that touch the printed area, groups aside.
    """

    number: int
    record: Record
    media: Box
    crop: Box
    bleed: Box | None
    trim: Box | None
    art: Box | None
    turn: int
    content: Content
    intent: str = ""
    shown: tuple[Placed, ...] = ()

    def emptied(self) -> "PageFacts":
        """Return the page without what stands on it."""
        return replace(self, content=Content(), shown=())

    @property
    def edge(self) -> Box:
        """The trimmed page: where measures begin."""
        return self.trim or self.art or self.crop

    @property
    def printed(self) -> Box:
        """What may print: the bleed, or else the trimmed page."""
        return self.bleed or self.edge

    @property
    def size(self) -> Size:
        """The trimmed size."""
        return Size(round(self.edge.width / _A_MM, 1), round(self.edge.height / _A_MM, 1))

    def millimetres(self, box: Box) -> tuple[float, float, float, float]:
        """Return left, top, right and foot of a box in mm from the upper left corner of the trim as the page is shown."""
        edge, turn = self.edge, self.turn
        inside = box.within(self.media)
        left, right = inside.left - edge.left, inside.right - edge.left
        top, foot = edge.top - inside.top, edge.top - inside.bottom
        if turn == 90:
            left, top, right, foot = edge.height - foot, left, edge.height - top, right
        elif turn == 180:
            left, top, right, foot = edge.width - right, edge.height - foot, edge.width - left, edge.height - top
        elif turn == 270:
            left, top, right, foot = top, edge.width - right, foot, edge.width - left
        return (
            round(left / _A_MM, 1) + 0.0,
            round(top / _A_MM, 1) + 0.0,
            round(right / _A_MM, 1) + 0.0,
            round(foot / _A_MM, 1) + 0.0,
        )


def _touches(box: Box, area: Box) -> bool:
    return box.left <= area.right and box.right >= area.left and box.bottom <= area.top and box.top >= area.bottom


class FileFacts(NamedTuple):
    """A file with its pages as far as they are looked at."""

    opened: Opened
    pages: tuple[PageFacts, ...]


def page_facts(record: Record, number: int, intent: str = "") -> PageFacts:
    """Return a page read to its end; a page without a MediaBox is a letter page, as readers take it."""
    whole = Box(0, 0, 612, 792)
    media = _within_limits(box_of(record.numbers("MediaBox"))) or whole
    crop = box_of(record.numbers("CropBox"))
    page = PageFacts(
        number,
        record,
        media,
        crop.within(media) if crop and crop.meets(media) else media,
        box_of(record.numbers("BleedBox")),
        box_of(record.numbers("TrimBox")),
        box_of(record.numbers("ArtBox")),
        int(record.number("Rotate")) % 360,
        read_content(record, media),
        intent,
    )
    area = page.printed.grown(-0.01)
    shown = (each for each in page.content.placed if each.kind is not Kind.GROUP and _touches(each.box, area))
    return replace(page, shown=tuple(shown))


def _within_limits(box: Box | None) -> Box | None:
    return box if box is not None and 0 < box.width < 100 * _LARGEST and 0 < box.height < 100 * _LARGEST else None


_THINGS = {
    Kind.TEXT: Phrase("字“{}”", 'text "{}"'),
    Kind.LINE: Phrase("线", "line"),
    Kind.FILL: Phrase("色块", "area"),
    Kind.SHADING: Phrase("渐变", "gradient"),
    Kind.GROUP: Phrase("透明组", "transparency group"),
    Kind.IMAGE: Phrase("图片（{}）", "picture ({})"),
}


def thing_of(placed: Placed) -> Phrase:
    """Return what a finding calls an object."""
    name = _THINGS[placed.kind]
    words = shortened("".join(sign if sign.isprintable() else " " for sign in placed.text).strip(), 16)
    detail = f"{placed.image.width}×{placed.image.height}" if placed.image else words
    return Phrase(name.zh.format(detail), name.en.format(detail))


def of(code: str, page: PageFacts, placed: Placed, has: object = "") -> Found:
    """Return a finding on an object of a page."""
    return Found(code, page.number, placed.box, thing_of(placed), has)


def measure(value: float) -> str:
    """Return a number as findings show it."""
    return f"{round(value, 3):g}"


def solid(objects: Iterable[Placed]) -> Iterator[Placed]:
    """Return the objects that have a paint which leaves something on the paper or hides what lies below."""
    return (each for each in objects if each.paint is not None and each.paint.alpha > 0)

"""The keys of pictures: an area's own, several as a block, and pictures within a story."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from layout.diagnostics import Span
from layout.manifest.kinds import LINE, TEXT, ListOf, Located, Pattern, Place, Record, entry, one_of, percentage, whole
from layout.messages import Phrase


class CaptionAt(Enum):
    """Where the caption of a picture stands: below it, or right of it at its foot."""

    BELOW = "below"
    BESIDE = "beside"


PAGE = whole(1, 9999)
PAGE_DOC = "page of a PDF that has several, counted from 1"

CAPTION_PLACES = {place.value: place for place in CaptionAt}

DEEPEST = 300
"""Lines of the deepest picture: more than any page has."""

Focus = tuple[Fraction, Fraction]
"""How far a point of a picture lies from its left and its upper edge, in parts of its width and its height."""

CENTRE: Focus = (Fraction(1, 2), Fraction(1, 2))


def _depth_range(text: str) -> tuple[int, int] | None:
    first, dash, last = text.partition("-")
    least, most = whole(1, DEEPEST).parse(first), whole(1, DEEPEST).parse(last if dash else first)
    return (least, most) if least and most and least <= most else None


def _focus(text: str) -> Focus | None:
    parts = [percentage(0, 100, 50).parse(part) for part in text.split()]
    x, y = parts if len(parts) == 2 else (None, None)
    return (x, y) if x is not None and y is not None else None


DEPTH_RANGE: Pattern[tuple[int, int]] = Pattern(
    Phrase("行数或其范围，如 20 或 18-26", "lines or a range of them, such as 20 or 18-26"),
    _depth_range,
    r"^[0-9]{1,3}(-[0-9]{1,3})?$",
    1,
    DEEPEST,
)
FOCUS: Pattern[Focus] = Pattern(
    Phrase("离左边和上边的百分数，如 50% 30%", "percentages from the left and from the top, such as 50% 30%"),
    _focus,
    r"^\d{1,3}(\.\d)?%\s+\d{1,3}(\.\d)?%$",
)
FOCUS_DOC = "point that cropping keeps, from the left and from the top; for faces 50% 30%"


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureArea:
    """A picture with its caption."""

    picture: Located[str] = entry(Place(TEXT), "picture file: JPEG, PNG, TIFF, WebP, PDF or SVG")
    page: int | None = entry(PAGE, PAGE_DOC, None)
    caption: str = entry(LINE, "caption (图片说明)", "")
    credit: str = entry(LINE, "credit, set at the end of the caption", "")
    caption_at: CaptionAt = entry(
        one_of(CAPTION_PLACES), "caption below the picture, or in the last column of its area", CaptionAt.BELOW
    )
    depth: tuple[int, int] | None = entry(
        DEPTH_RANGE, "lines that the picture is cropped to, so that the page is full; without it nothing is cropped", None
    )
    focus: Focus = entry(FOCUS, FOCUS_DOC, CENTRE)
    span: Span = Span("")


class InsetAt(Enum):
    """Where in its legs a picture within a story stands."""

    TOP = "top"
    MIDDLE = "middle"
    FOOT = "foot"


class Side(Enum):
    """At which side of its leg a picture stands that is narrower than it."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class InsetPicture:
    """A picture within a story; its text runs round it."""

    picture: Located[str] = entry(Place(TEXT), "picture file")
    page: int | None = entry(PAGE, PAGE_DOC, None)
    caption: str = entry(LINE, "caption (图片说明)", "")
    credit: str = entry(LINE, "credit, set at the end of the caption", "")
    leg: int = entry(whole(1, 12), "leg in which it begins, counted from 1", 1)
    legs: int = entry(whole(1, 12), "number of legs that it takes", 1)
    ems: int | None = entry(whole(3, 60), "its width in ems where it is narrower than its leg", None)
    side: Side = entry(one_of({side.value: side for side in Side}), "side of its leg where it is narrower", Side.LEFT)
    at: InsetAt = entry(one_of({at.value: at for at in InsetAt}), "at the top, in the middle or at the foot", InsetAt.MIDDLE)
    depth: tuple[int, int] | None = entry(DEPTH_RANGE, "lines that it is cropped to; without it nothing is cropped", None)
    focus: Focus = entry(FOCUS, FOCUS_DOC, CENTRE)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupedPicture:
    """A picture of a group."""

    picture: Located[str] = entry(Place(TEXT), "picture file: JPEG, PNG, TIFF, WebP, PDF or SVG")
    page: int | None = entry(PAGE, PAGE_DOC, None)
    caption: str = entry(LINE, "caption (图片说明) of this picture", "")
    credit: str = entry(LINE, "credit, set at the end of the caption", "")
    focus: Focus = entry(FOCUS, FOCUS_DOC, CENTRE)
    span: Span = Span("")


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureGroupArea:
    """Several pictures as a block (组图), in rows that are cropped to one height each."""

    pictures: Located[tuple[GroupedPicture, ...]] = entry(
        Place(ListOf(Record(GroupedPicture), 1)), "the pictures in their order"
    )
    across: int | None = entry(whole(1, 6), "pictures side by side; by default as their number suggests", None)
    caption: str = entry(LINE, "caption (图片说明) of all of them, below the block", "")
    credit: str = entry(LINE, "credit of all of them, set at the end of the caption", "")
    depth: tuple[int, int] | None = entry(
        DEPTH_RANGE, "lines from the top of the pictures to their foot, so that the page is full", None
    )
    span: Span = Span("")

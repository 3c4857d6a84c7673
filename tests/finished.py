"""Reads finished PDFs as a press would: from the operators, widths and character maps that stand in the file."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from io import BytesIO
from itertools import groupby
from typing import Any, NamedTuple

from fontTools.ttLib import TTFont
from pypdf import PageObject
from pypdf.generic import ContentStream, StreamObject

from layout.design.grid import derive_grid
from layout.manifest.areas import HeadPlace, Remainder
from layout.manifest.copy import Paragraph, ParagraphKind, Story
from layout.manifest.issue import Block, HeadlineContent, Issue, IssuePage, StoryContent
from layout.page.borders.enclosure import padding
from layout.script.rules import Axis
from layout.units import points

_MAPPED = re.compile(r"<([0-9A-F]{4})>\s*<([0-9A-F]+)>")
_WITHOUT_INK = frozenset(b"BT ET gs k K re q Q cm Do".split())


class Way(Enum):
    """Which way a glyph advances: level, down the page upright, or down the page turned."""

    LEVEL = "level"
    UPRIGHT = "upright"
    TURNED = "turned"


class Box(NamedTuple):
    """A rectangle in points or ems, y upwards."""

    left: float
    bottom: float
    right: float
    top: float


class Glyph(NamedTuple):
    """A glyph on the page in points: its origin, where its advance ends, and the text that the file says it is.

    `end` is an x, and a y where the glyph goes down the page. The origin of an upright glyph is the middle of its em's top.
    """

    text: str
    face: str
    size: float
    x: float
    y: float
    end: float
    way: Way = Way.LEVEL
    stretch: float = 1
    code: int = 0
    font: "Font | None" = None

    @property
    def ink(self) -> Box | None:
        """The box of the glyph's ink on the page, from the outlines in the file; None where it has none."""
        assert self.font is not None
        box, width, height = self.font.ink(self.code), self.size * self.stretch, self.size
        if box is None:
            return None
        if self.way is Way.TURNED:
            near, far = self.y - box.left * width, self.y - box.right * width
            return Box(self.x + box.bottom * height, far, self.x + box.top * height, near)
        right, up = self.font.origins[self.code] if self.way is Way.UPRIGHT else (0.0, 0.0)
        x, y = self.x - right * width, self.y - up * height
        return Box(x + box.left * width, y + box.bottom * height, x + box.right * width, y + box.top * height)


class Drawn(NamedTuple):
    """A path on the page in points: where it leads with its control points, and its stroke, 0 where it is filled."""

    points: tuple[tuple[float, float], ...]
    stroke: float
    is_closed: bool

    @property
    def box(self) -> Box:
        xs, ys = zip(*self.points, strict=True)
        return Box(min(xs), min(ys), max(xs), max(ys))


class Legs(NamedTuple):
    """Where the text of a story has to stand, in points from the lower left corner of the file's page."""

    left: float
    step: float
    measure: float
    em: float
    pitch: float
    baseline: float
    count: int

    def leg(self, glyph: Glyph) -> int:
        """Return the leg of a glyph; a bracket may hang half an em to the left of it."""
        return min(self.count - 1, int((glyph.x - self.left + 0.6 * self.em) // self.step))


class Line(NamedTuple):
    """A line of a story's text; a full one reaches from `left` to `right`. `row` counts lines of the grid."""

    story: str
    leg: int
    row: float
    left: float
    right: float
    glyphs: tuple[Glyph, ...]
    is_last: bool
    is_subhead: bool

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)


def squeezed(text: str) -> str:
    """Return the text without white space of any kind."""
    return "".join(text.split())


def head_text(story: Story) -> str:
    summary = "".join(words.text for words in story.summary)
    return squeezed(story.column_title.text + story.kicker.text + story.title + story.deck.text + summary + story.byline.text)


def body_text(story: Story) -> str:
    return squeezed(story.dateline.text + "".join(paragraph.text for paragraph in story.paragraphs))


def story_blocks(page: IssuePage) -> list[Block]:
    return [block for block in page.blocks if isinstance(block.content, StoryContent)]


def titled_blocks(page: IssuePage) -> list[Block]:
    """Return the stories and the heads over several of them."""
    return [block for block in page.blocks if isinstance(block.content, StoryContent | HeadlineContent)]


RUNNING = frozenset({ParagraphKind.TEXT, ParagraphKind.SUBHEAD})


def plain_blocks(page: IssuePage) -> list[Block]:
    """Return the stories that are running text and subheads in legs of one measure below a level head, whole on their page."""
    return [block for block in story_blocks(page) if _is_plain(block)]


def _is_plain(block: Block) -> bool:
    content, ways = block.content, {block.content.direction, block.content.head.direction}
    is_round = bool(block.notches or content.insets) or content.head.place is not HeadPlace.OVER
    is_parted = content.is_rest or content.jump is not None
    kinds = {paragraph.kind for paragraph in content.story.paragraphs}
    return ways == {Axis.LEVEL} and not is_round and not is_parted and content.remainder is Remainder.GAPS and kinds <= RUNNING


class Font:
    """Widths and texts of a Type0 font with codes of two bytes; `widths` and `depths` are in thousandths of an em.

    `origins` lead in ems from the origin of an upright glyph's outlines to the middle of its em's top.
    """

    def __init__(self, font: Any) -> None:
        self._descendant = descendant = font["/DescendantFonts"][0].get_object()
        self.face = font["/BaseFont"].partition("+")[2]
        self.default = descendant["/DW"]
        self.is_upright = font["/Encoding"] == "/Identity-V"
        self.widths = dict(_widths(list(descendant["/W"])))
        rows = list(_depths(list(descendant["/W2"]))) if self.is_upright else []
        self.depths = {code: depth for code, depth, _ in rows}
        self.origins = {code: origin for code, _, origin in rows}
        self.texts = _texts(font["/ToUnicode"].get_object())

    def advance(self, code: int) -> float:
        """Return the advance of a code in ems, along the line."""
        return float(self.depths[code] if self.is_upright else self.widths.get(code, self.default)) / 1000

    def ink(self, code: int) -> Box | None:
        """Return the box of a glyph's ink in ems from the origin of its outlines, None where it has none."""
        place = int.from_bytes(self._places[2 * code : 2 * code + 2], "big")
        glyph = self._outlines["glyf"][self._outlines.getGlyphName(place)]
        if not glyph.numberOfContours:
            return None
        em = self._outlines["head"].unitsPerEm
        return Box(glyph.xMin / em, glyph.yMin / em, glyph.xMax / em, glyph.yMax / em)

    @cached_property
    def _outlines(self) -> TTFont:
        return TTFont(BytesIO(self._descendant["/FontDescriptor"].get_object()["/FontFile2"].get_object().get_data()))

    @cached_property
    def _places(self) -> bytes:
        return bytes(self._descendant["/CIDToGIDMap"].get_object().get_data())


def _widths(entries: list[Any]) -> Iterator[tuple[int, float]]:
    """Yield the widths of a `W` array: a code with a list of widths, or a first and a last code with one width."""
    rest = iter(entries)
    for first, second in zip(rest, rest, strict=False):
        if isinstance(second, list):
            yield from enumerate(second, int(first))
        else:
            yield from dict.fromkeys(range(int(first), int(second) + 1), next(rest)).items()


def _depths(entries: list[Any]) -> Iterator[tuple[int, float, tuple[float, float]]]:
    """Yield how far the codes of a `W2` array go down, and their origins: ours are a code with its depth and origin."""
    for code, (depth, x, y) in zip(entries[::2], entries[1::2], strict=True):
        yield int(code), -float(depth), (float(x) / 1000, float(y) / 1000)


def _texts(stream: StreamObject) -> dict[int, str]:
    rows = _MAPPED.findall(stream.get_data().decode("ascii").partition("beginbfchar")[2])
    return {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in rows}


@dataclass(slots=True)
class Pen:
    """The part of the state that our files use, and the paths drawn; an operator beyond it is an error, never misread."""

    fonts: dict[str, Font]
    font: Font | None = None
    size: float = 0
    stretch: float = 1
    x: float = 0
    y: float = 0
    is_turned: bool = False
    actual: str | None = None
    stroke: float = 0
    open_path: list[tuple[float, float]] = field(default_factory=list)
    paths: list[Drawn] = field(default_factory=list)

    @property
    def way(self) -> Way:
        assert self.font is not None
        if self.is_turned:
            return Way.TURNED
        return Way.UPRIGHT if self.font.is_upright else Way.LEVEL

    def follow(self, operands: Any, operator: bytes) -> Iterator[Glyph]:
        match operator:
            case b"Tf":
                self.font, self.size = self.fonts[operands[0]], float(operands[1])
            case b"BDC":
                self.actual = operands[1]["/ActualText"]
            case b"EMC":
                self.actual = None
            case b"Tz":
                self.stretch = float(operands[0]) / 100
            case b"Tm":
                self.is_turned = [0, -1, 1, 0] == operands[:4]
                assert self.is_turned or [1, 0, 0, 1] == operands[:4]
                self.x, self.y = map(float, operands[4:])
            case b"Tj":
                yield from self._show(operands)
            case b"TJ":
                yield from self._show(operands[0])
            case _:
                self._draw(operands, operator)

    def _draw(self, operands: Any, operator: bytes) -> None:
        match operator:
            case b"w":
                self.stroke = float(operands[0])
            case b"m" | b"l" | b"c":
                self.open_path += zip(map(float, operands[::2]), map(float, operands[1::2]), strict=True)
            case b"s" | b"S" | b"f":
                if self.open_path:
                    self.paths.append(Drawn(tuple(self.open_path), 0 if operator == b"f" else self.stroke, operator != b"S"))
                self.open_path = []
            case _:
                assert operator in _WITHOUT_INK, f"this reader does not know the operator {operator!r}"

    def _show(self, parts: Any) -> Iterator[Glyph]:
        assert self.font is not None
        sign = -1 if self.way is Way.UPRIGHT else 1
        for part in parts:
            if not isinstance(part, str | bytes):
                self._go(-sign * float(part) / 1000)
                continue
            data = part.original_bytes
            for code in (int.from_bytes(data[place : place + 2], "big") for place in range(0, len(data), 2)):
                x, y = self.x, self.y
                end = self._go(self.font.advance(code))
                text, face = self._text(code), self.font.face
                yield Glyph(text, face, self.size, x, y, end, self.way, self.stretch, code, self.font)

    def _go(self, ems: float) -> float:
        """Go along the line; return the x, or the y where that is down the page."""
        way = self.way
        if way is Way.UPRIGHT:
            self.y -= ems * self.size
        elif way is Way.TURNED:
            self.y -= ems * self.size * self.stretch
        else:
            self.x += ems * self.size * self.stretch
        return self.x if way is Way.LEVEL else self.y

    def _text(self, code: int) -> str:
        """Return what a glyph stands for; where its run says that itself, a glyph takes as many characters as it has anyway."""
        assert self.font is not None
        text = self.font.texts.get(code, "")
        if self.actual is None:
            return text
        text, self.actual = self.actual[: len(text)], self.actual[len(text) :]
        return text


def read_glyphs(page: PageObject) -> list[Glyph]:
    """Return the glyphs of a page in the order in which they are painted."""
    return read_ink(page)[0]


def read_ink(page: PageObject) -> tuple[list[Glyph], list[Drawn]]:
    """Return the glyphs and the paths of a page, each in the order in which they are painted; rectangles are left out."""
    pen = Pen({name: Font(font.get_object()) for name, font in page["/Resources"]["/Font"].items()})
    operations = ContentStream(page.get_contents(), page.pdf).operations
    glyphs = [glyph for operands, operator in operations for glyph in pen.follow(operands, operator)]
    return glyphs, pen.paths


def read_lines(page: PageObject, issue_page: IssuePage, issue: Issue) -> list[Line]:
    """Return the text lines of a page's plain stories without their heads; one that is not there whole is an error."""
    inked = [glyph for glyph in read_glyphs(page) if glyph.text.strip()]
    text = "".join(glyph.text for glyph in inked)
    owners = [number for number, glyph in enumerate(inked) for _ in glyph.text]
    lines: list[Line] = []
    for block in plain_blocks(issue_page):
        story, legs = block.content.story, legs_of(block, issue)
        before, found, _ = text.partition(head_text(story) + body_text(story))
        assert found, f"{story.name} is not whole on its page"
        place = len(before) + len(head_text(story))
        for paragraph, length in zip(story.paragraphs, _lengths(story), strict=True):
            glyphs = inked[owners[place] : owners[place + length - 1] + 1]
            lines += _lines(story.name, paragraph, glyphs, legs)
            place += length
    return lines


def legs_of(block: Block, issue: Issue) -> Legs:
    """Return where a story's legs stand: whole ems each, the first and the last at the edges of the area."""
    grid = derive_grid(issue.paper.format, issue.paper.leading)
    pad = padding(block.content, grid).ems
    ems, count = grid.ems_across(block.columns) - 2 * pad, block.content.columns or block.columns
    measure = (ems - (count - 1) * grid.gutter_ems) // count
    step = (ems - measure) / (count - 1) if count > 1 else ems
    left = issue.paper.bleed + grid.x(block.column) + pad * grid.em
    baseline = issue.paper.bleed + grid.trim.height - grid.area.y - grid.baseline
    em = points(grid.em)
    return Legs(points(left), step * em, measure * em, em, points(grid.pitch), points(baseline), count)


def _lengths(story: Story) -> list[int]:
    """Return the number of inked characters of each paragraph; the dateline runs in before the first."""
    lengths = [len(squeezed(paragraph.text)) for paragraph in story.paragraphs]
    lengths[0] += len(squeezed(story.dateline.text))
    return lengths


def _lines(story: str, paragraph: Paragraph, glyphs: list[Glyph], legs: Legs) -> Iterator[Line]:
    groups = [(place, tuple(group)) for place, group in groupby(glyphs, key=lambda glyph: (legs.leg(glyph), glyph.y))]
    indent = 0 if paragraph.is_subhead else 2 * legs.em
    for number, ((leg, y), line) in enumerate(groups, 1):
        left = legs.left + leg * legs.step
        yield Line(
            story,
            leg,
            (legs.baseline - y) / legs.pitch,
            left + (indent if number == 1 else 0),
            left + legs.measure,
            line,
            is_last=number == len(groups),
            is_subhead=paragraph.is_subhead,
        )

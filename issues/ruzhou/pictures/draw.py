"""Draw the grey figures of pages 01 to 04 of the sample issue; run as `python issues/ruzhou/pictures/draw.py`.

Every figure is laid out in millimetres from its entry in SIZE and written beside this file as an 8-bit grey PNG.
The pictures are drawn at SCALE times their resolution and reduced; equal input gives equal bytes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from math import sin
from pathlib import Path
from random import Random
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

HERE = Path(__file__).resolve().parent
FONTS = HERE.parents[2] / "fonts"

PPI = 300
SIZE = {
    "sorts": (129.2, 92.0),
    "faces": (217.6, 125.0),
    "marks": (129.2, 140.0),
    "anatomy": (217.6, 155.0),
    "relations": (217.6, 113.5),
    "folds": (129.2, 84.0),
    "ladder": (129.2, 46.0),
    "formats": (41.0, 29.7),
    "modules": (85.1, 116.6),
}
"""Width and height of each figure in millimetres."""

BICUBIC = Image.Resampling.BICUBIC

SCALE = 2
MM = PPI * SCALE / 25.4
"""Pixels of the drawing in a millimetre."""
PT = 25.4 / 72
"""Millimetres in a point."""

SONG, HEAVY = "NotoSerifSC-Regular", "NotoSerifSC-Black"
HEI, BOLD = "NotoSansSC-Regular", "NotoSansSC-Bold"
KAI, BRUSH = "LXGWWenKai-Regular", "MaShanZheng-Regular"
ASCENT = 0.88
"""Height of the em box above the baseline, the same in all these faces."""

HAIR, THIN, MEDIUM, STOUT = 0.35, 0.5, 0.8, 1.6
"""Widths of lines in points."""
LABEL = 8.5
"""Size of the labels in points."""


def tint(percent: float) -> int:
    """Return the grey value of a tint of black."""
    return round(255 * (1 - percent / 100))


BLACK, WHITE = 0, 255
GUIDE = tint(55)


# ---- The sheet ----------------------------------------------------------------------------------------------------


class Point(NamedTuple):
    """A place on the sheet, in millimetres from its upper left corner."""

    x: float
    y: float


class Box(NamedTuple):
    """A rectangle on the sheet, in millimetres."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.y + self.h

    @property
    def centre(self) -> Point:
        """Middle."""
        return Point(self.x + self.w / 2, self.y + self.h / 2)

    def inset(self, by: float) -> "Box":
        """Return the rectangle made smaller on all four sides."""
        return Box(self.x + by, self.y + by, self.w - 2 * by, self.h - 2 * by)


@cache
def typeface(name: str, pixels: int) -> ImageFont.FreeTypeFont:
    """Return a bundled face at a size in pixels."""
    return ImageFont.truetype(FONTS / f"{name}.ttf", pixels, layout_engine=ImageFont.Layout.RAQM)


def snap(mm: float) -> int:
    """Return the pixel nearest to a place that is also the edge of a pixel of the reduced picture."""
    return round(mm * MM / SCALE) * SCALE


def stroke(points: float) -> tuple[int, int]:
    """Return the width of a line in pixels, and how far it begins before its place so as to be centred on it."""
    wide = max(round(points * PT * MM), 1)
    return wide, wide // (2 * SCALE) * SCALE


@dataclass
class Sheet:
    """White paper that is drawn on in millimetres; lines and type are given in points."""

    name: str
    image: Image.Image = field(init=False)
    pen: ImageDraw.ImageDraw = field(init=False)

    def __post_init__(self) -> None:
        self.image = Image.new("L", (snap(self.w), snap(self.h)), WHITE)
        self.pen = ImageDraw.Draw(self.image)

    @property
    def w(self) -> float:
        """Width."""
        return SIZE[self.name][0]

    @property
    def h(self) -> float:
        """Height."""
        return SIZE[self.name][1]

    def fill(self, box: Box, tone: int) -> None:
        """Fill a rectangle, its edges on whole pixels."""
        left, top, right, bottom = snap(box.x), snap(box.y), snap(box.right), snap(box.bottom)
        if right > left and bottom > top:
            self.pen.rectangle((left, top, right - 1, bottom - 1), fill=tone)

    def polygon(self, points: Sequence[Point], tone: int) -> None:
        """Fill a polygon."""
        self.pen.polygon([(x * MM, y * MM) for x, y in points], fill=tone)

    def disc(self, at: Point, radius: float, tone: int) -> None:
        """Fill a circle."""
        x, y, r = at.x * MM, at.y * MM, radius * MM
        self.pen.ellipse((x - r, y - r, x + r, y + r), fill=tone)

    def line(self, start: Point, end: Point, points: float = HAIR, tone: int = BLACK) -> None:
        """Draw a straight line; level and upright ones keep crisp edges."""
        wide, back = stroke(points)
        left, right = sorted((snap(start.x), snap(end.x)))
        top, bottom = sorted((snap(start.y), snap(end.y)))
        if start.y == end.y:
            self.pen.rectangle((left, top - back, right - 1, top - back + wide - 1), fill=tone)
        elif start.x == end.x:
            self.pen.rectangle((left - back, top, left - back + wide - 1, bottom - 1), fill=tone)
        else:
            self.pen.line((start.x * MM, start.y * MM, end.x * MM, end.y * MM), fill=tone, width=wide)

    def strokes(self, points: Sequence[Point], width: float) -> None:
        """Draw a black line through points with round joints and ends."""
        self.pen.line([(x * MM, y * MM) for x, y in points], fill=BLACK, width=round(width * PT * MM), joint="curve")
        for at in (points[0], points[-1]):
            self.disc(at, width * PT / 2, BLACK)

    def dashes(self, start: Point, end: Point, points: float = HAIR, tone: int = GUIDE, dash: float = 0.9) -> None:
        """Draw a level or upright dashed line that begins and ends with a dash."""
        length = abs(end.x - start.x) + abs(end.y - start.y)
        count = max(round((length / dash + 0.8) / 1.8), 1)
        unit = length / (count * 1.8 - 0.8)
        along = Point((end.x - start.x) / length, (end.y - start.y) / length)
        for place in range(count):
            near, far = place * 1.8 * unit, (place * 1.8 + 1) * unit
            self.line(
                Point(start.x + along.x * near, start.y + along.y * near),
                Point(start.x + along.x * far, start.y + along.y * far),
                points,
                tone,
            )

    def frame(self, box: Box, points: float = HAIR, tone: int = BLACK) -> None:
        """Draw the outline of a rectangle."""
        wide, back = stroke(points)
        corners = snap(box.x) - back, snap(box.y) - back, snap(box.right) - back, snap(box.bottom) - back
        self.pen.rectangle((*corners[:2], corners[2] + wide - 1, corners[3] + wide - 1), outline=tone, width=wide)

    def text(self, at: Point, words: str, face: str, points: float, anchor: str = "ls") -> None:
        """Set one line of black text; the anchor is Pillow's, its second letter usually s, the baseline."""
        font = typeface(face, round(points * PT * MM))
        self.pen.text((at.x * MM, at.y * MM), words, fill=BLACK, font=font, anchor=anchor)

    def glyph(self, box: Box, mark: str, face: str, *, wide: bool = False) -> None:
        """Set a character on the em box as high as the rectangle, its advance centred on the rectangle's width."""
        font = typeface(face, round(box.h * MM))
        features = ["fwid"] if wide else None
        spare = box.w * MM - font.getlength(mark, features=features)
        at = (box.x * MM + spare / 2, (box.y + ASCENT * box.h) * MM)
        self.pen.text(at, mark, fill=BLACK, font=font, anchor="ls", features=features)

    def save(self, step: int = 1) -> None:
        """Reduce the picture, its greys to multiples of a step, and write it beside this file."""
        reduced = self.image.reduce(SCALE).point([v - v % step for v in range(255)] + [WHITE])
        reduced.save(HERE / f"{self.name}.png", optimize=True, dpi=(PPI, PPI))


# ---- 1. A tray of metal type --------------------------------------------------------------------------------------

RIM, DIVIDER, LEAD = 3.2, 2.4, 0.8
"""Wooden rim and dividers of the tray, and the leads between its lines, in millimetres."""
ACROSS = 12, 6
"""Sorts in a line of the main compartment and of the side compartments."""
PASSAGE = (
    "活字印刷，一字一铅。字面全反，印到纸上才正。",
    "排字房里，字架成排，字盘成格。检字的人一手托盘，一手取字，检齐一篇，送去拼版。",
    "拼版加铅条、空铅，四边卡紧。先打毛样，校对改字，再打清样，签字付印。",
    "印完拆版，还字归架，下回再用。",
)
"""Paragraphs whose lines of 12, after an indent of 2, break where no mark comes to stand at the head of a line."""
LARGE = "排字房拼版台"
TRADE = "铅字字模字架字盘手托铅条空铅花边毛样清样付印开机"
SPACES = 1, 2, 1 / 2, 3, 1
"""Widths of the spacing material in ems, line by line."""
WELL = 26
"""Grey of the gaps between sorts."""
OPENING = 0.84
"""Exponent that lightens the middle tones, which grow darker on newsprint."""


class Tray(NamedTuple):
    """The compartments of the tray as they are read; the drawing shows them mirrored, as type is."""

    em: float
    text: Box
    large: Box
    spaces: Box
    trade: Box


def tray_of(width: float, height: float) -> Tray:
    """Return the compartments of a tray of this size."""
    em = (width - 2 * RIM - DIVIDER) / sum(ACROSS)
    inner = height - 2 * RIM
    left = RIM + ACROSS[0] * em + DIVIDER
    large = Box(left, RIM, ACROSS[1] * em, 4 * em)
    rest = inner - large.h - 2 * DIVIDER
    lines = max(int(rest / 2 / em + 0.25), 1)
    spaces = Box(left, large.bottom + DIVIDER, large.w, rest - lines * em)
    trade = Box(left, spaces.bottom + DIVIDER, large.w, lines * em)
    return Tray(em, Box(RIM, RIM, ACROSS[0] * em, inner), large, spaces, trade)


def mirrored(box: Box, width: float) -> Box:
    """Return where a rectangle lies when the sheet of this width is seen in a mirror."""
    return Box(width - box.right, box.y, box.w, box.h)


def noise(rng: Random, size: tuple[int, int], cell: tuple[int, int], contrast: float) -> Image.Image:
    """Draw smooth noise about middle grey, its cells this many pixels wide and high."""
    few = (size[0] // cell[0] + 3, size[1] // cell[1] + 3)
    grid = Image.frombytes("L", few, rng.randbytes(few[0] * few[1]))
    return grid.resize(size, BICUBIC).point([round(128 + (v - 128) * contrast) for v in range(256)])


def pixels(box: Box) -> tuple[int, int, int, int]:
    """Return the left and upper edge, the width and the height of a rectangle in pixels."""
    left, top = round(box.x * MM), round(box.y * MM)
    return left, top, round(box.right * MM) - left, round(box.bottom * MM) - top


def wood(sheet: Sheet, box: Box, rng: Random) -> None:
    """Draw a wooden strip with its grain along it, a light upper left edge and a dark lower right one."""
    left, top, w, h = pixels(box)
    strip = grain(max(w, h), min(w, h), rng)
    if h > w:
        strip = strip.transpose(Image.Transpose.TRANSPOSE)
    bevel(strip, 8, 40, 80)
    sheet.image.paste(strip, (left, top))


def grain(length: int, width: int, rng: Random) -> Image.Image:
    """Draw wood: the contours of a slope that runs across the strip and is bent by long, low noise."""
    slope = Image.frombytes("L", (1, 2), bytes((70, 70 + min(width, 110)))).resize((length, width), BICUBIC)
    bent = ImageChops.add(slope, noise(rng, (length, width), (1100, 60), 0.34), 1, -70)
    rings = bent.point([round(176 + 13 * sin(v * 0.55) + 9 * sin(v * 0.21 + 1)) for v in range(256)])
    fibre = noise(rng, (length, width), (190, 3), 0.10)
    return ImageChops.add(rings.filter(ImageFilter.GaussianBlur(1.6)), fibre, 1, -128)


def bevel(tile: Image.Image, width: int, light: int, dark: int) -> None:
    """Lighten the upper and left edges of a tile and darken the lower and right ones, fading inwards."""
    w, h = tile.size
    for depth in reversed(range(width)):
        part = 1 - depth / width
        lit = Image.new("L", tile.size, 0)
        ImageDraw.Draw(lit).line([(depth, h - 1 - depth), (depth, depth), (w - 1 - depth, depth)], fill=255)
        shaded = Image.new("L", tile.size, 0)
        corner = [(w - 1 - depth, depth + 1), (w - 1 - depth, h - 1 - depth), (depth + 1, h - 1 - depth)]
        ImageDraw.Draw(shaded).line(corner, fill=255)
        tile.paste(tile.point([min(v + round(light * part), 255) for v in range(256)]), mask=lit)
        tile.paste(tile.point([max(v - round(dark * part), 0) for v in range(256)]), mask=shaded)


def faded(mask: Image.Image, part: float) -> Image.Image:
    """Return a mask made weaker."""
    return mask.point([round(v * part) for v in range(256)])


def moved(mask: Image.Image, by: int) -> Image.Image:
    """Return a mask moved towards the lower right; what leaves the tile is lost."""
    result = Image.new("L", mask.size, 0)
    result.paste(mask, (by, by))
    return result


def letter(size: int, char: str) -> Image.Image:
    """Return the mirrored mask of a character on its square body, inside a margin."""
    mask = Image.new("L", (size, size), 0)
    font = typeface(HEAVY, round(size * 0.9))
    x, y = (size - font.getlength(char)) / 2, size / 2 + (ASCENT - 0.5) * size * 0.9
    lowest = size * 0.93 - font.getbbox(char, anchor="ls")[3]
    ImageDraw.Draw(mask).text((x, min(y, lowest)), char, fill=255, font=font, anchor="ls")
    return ImageOps.mirror(mask)


def sort(size: int, char: str, rng: Random) -> Image.Image:
    """Draw a sort from above: bevelled body, and on it the raised, mirrored character."""
    body = 122 + rng.randint(-12, 12)
    tile = Image.new("L", (size, size), body)
    bevel(tile, max(size // 18, 4), 84, 66)
    mask = letter(size, char)
    rise = max(round(size * 0.032), 3)
    shadow = moved(mask, rise * 2).filter(ImageFilter.GaussianBlur(rise))
    tile.paste(Image.new("L", tile.size, body - 84), mask=faded(shadow, 0.75))
    for step in range(rise, 0, -1):
        tile.paste(Image.new("L", tile.size, 34), mask=moved(mask, step))
    face = 206 + rng.randint(-14, 14)
    tile.paste(Image.new("L", tile.size, face), mask=mask)
    tile.paste(Image.new("L", tile.size, 250), mask=ImageChops.subtract(mask, moved(mask, 2)))
    tile.paste(Image.new("L", tile.size, face - 46), mask=ImageChops.subtract(mask, moved(mask, -2)))
    return tile


def blank(size: tuple[int, int], rng: Random, *, sunk: bool) -> Image.Image:
    """Draw a space from above: dark, plain, and in the shadow of its neighbours where it is sunk among letters."""
    tile = Image.new("L", size, 70 + rng.randint(-9, 9))
    bevel(tile, 6, 40, 34)
    if sunk:
        reach = min(size) // 4
        lit = Image.new("L", size, 255)
        ImageDraw.Draw(lit).rectangle((reach // 2, reach // 2, size[0] + reach, size[1] + reach), fill=0)
        tile.paste(Image.new("L", size, WELL), mask=faded(lit.filter(ImageFilter.GaussianBlur(reach / 2)), 0.8))
    return tile


def place(sheet: Sheet, box: Box, tile: Image.Image, rng: Random) -> None:
    """Lay a tile into its place in the tray, seldom quite straight."""
    left, top, _, _ = pixels(mirrored(box, sheet.w))
    turn = rng.choice((0.0, 0.0, 0.0, 0.5, -0.5, 0.9, -0.8))
    whole = Image.new("L", tile.size, 255)
    if turn:
        whole = whole.rotate(turn, BICUBIC)
        tile = tile.rotate(turn, BICUBIC, fillcolor=WELL)
    at = (left + rng.randint(0, 3), top + rng.randint(0, 3))
    sheet.image.paste(tile, at, mask=whole)


def set_char(sheet: Sheet, box: Box, char: str, rng: Random) -> None:
    """Draw one square of a compartment: a sort, or a space where the character is one."""
    size = pixels(box)[2] - 3
    place(sheet, box, blank((size, size), rng, sunk=True) if char == "　" else sort(size, char, rng), rng)


def passage_lines(count: int) -> list[str]:
    """Break the passage into this many lines with indented paragraphs, from its beginning again where it ends."""
    lines: list[str] = []
    while len(lines) < count:
        for paragraph in PASSAGE:
            cells = "　　" + paragraph
            lines += [cells[at : at + ACROSS[0]].ljust(ACROSS[0], "　") for at in range(0, len(cells), ACROSS[0])]
    return lines[:count]


def set_passage(sheet: Sheet, box: Box, em: float, rng: Random) -> None:
    """Fill the main compartment: lines of type, each with a lead below it, and a wooden filler at the foot."""
    count = int(box.h / (em + LEAD))
    pitch = em + LEAD
    for row, line in enumerate(passage_lines(count)):
        for column, char in enumerate(line):
            set_char(sheet, Box(box.x + column * em, box.y + row * pitch, em, em), char, rng)
        set_lead(sheet, Box(box.x, box.y + (row + 1) * pitch - LEAD, box.w, LEAD), rng)
    foot = box.y + count * pitch
    if box.bottom - foot > 1:
        wood(sheet, mirrored(Box(box.x, foot, box.w, box.bottom - foot), sheet.w), rng)


def set_lead(sheet: Sheet, box: Box, rng: Random) -> None:
    """Draw a lead: a long thin strip of low metal."""
    left, top, w, h = pixels(mirrored(box, sheet.w))
    strip = Image.new("L", (w - 2, h - 3), 84 + rng.randint(-8, 8))
    bevel(strip, 4, 50, 40)
    sheet.image.paste(strip, (left + rng.randint(0, 2), top + 2))


def set_square(sheet: Sheet, box: Box, chars: str, em: float, rng: Random) -> None:
    """Fill a compartment with characters set solid, from the beginning again where they end."""
    columns = round(box.w / em)
    for number in range(columns * round(box.h / em)):
        row, column = divmod(number, columns)
        at = Box(box.x + column * em, box.y + row * em, em, em)
        set_char(sheet, at, chars[number % len(chars)], rng)


def set_spaces(sheet: Sheet, box: Box, em: float, rng: Random) -> None:
    """Fill a compartment with lines of spaces of several widths."""
    count = max(round(box.h / em), 1)
    high = box.h / count
    for row in range(count):
        wide = SPACES[row % len(SPACES)] * em
        for column in range(round(box.w / wide)):
            cell = Box(box.x + column * wide, box.y + row * high, wide, high)
            _, _, w, h = pixels(cell)
            place(sheet, cell, blank((w - 3, h - 3), rng, sunk=False), rng)


def shade(sheet: Sheet, box: Box) -> None:
    """Throw the shadow of the upper and left walls into a compartment."""
    left, top, w, h = pixels(mirrored(box, sheet.w))
    reach = round(1.1 * MM)
    mask = Image.new("L", (w + 2 * reach, h + 2 * reach), 255)
    ImageDraw.Draw(mask).rectangle((reach + reach // 2, reach + reach // 2, w + 3 * reach, h + 3 * reach), fill=0)
    mask = mask.filter(ImageFilter.GaussianBlur(reach / 2.4)).crop((reach, reach, reach + w, reach + h))
    sheet.image.paste(Image.new("L", (w, h), 10), (left, top), mask=faded(mask, 0.72))


def draw_sorts() -> None:
    """Draw a wooden tray of metal type from above: a passage, large sorts, spaces and words of the trade."""
    sheet, rng = Sheet("sorts"), Random(1041)
    tray = tray_of(sheet.w, sheet.h)
    strips = (
        Box(0, 0, sheet.w, RIM),
        Box(0, sheet.h - RIM, sheet.w, RIM),
        Box(0, RIM, RIM, sheet.h - 2 * RIM),
        Box(sheet.w - RIM, RIM, RIM, sheet.h - 2 * RIM),
        Box(tray.text.right, RIM, DIVIDER, tray.text.h),
        Box(tray.large.x, tray.large.bottom, tray.large.w, DIVIDER),
        Box(tray.large.x, tray.spaces.bottom, tray.large.w, DIVIDER),
    )
    for strip in strips:
        wood(sheet, mirrored(strip, sheet.w), rng)
    for box in tray[1:]:
        sheet.fill(mirrored(box, sheet.w), WELL)
    set_passage(sheet, tray.text, tray.em, rng)
    set_square(sheet, tray.large, LARGE, 2 * tray.em, rng)
    set_spaces(sheet, tray.spaces, tray.em, rng)
    set_square(sheet, tray.trade, TRADE, tray.em, rng)
    for box in tray[1:]:
        shade(sheet, box)
    light_up(sheet, rng)
    sheet.save(step=2)


def light_up(sheet: Sheet, rng: Random) -> None:
    """Let the light fall off towards the lower right, mottle the metal, and open the middle tones for newsprint."""
    fall = Image.frombytes("L", (2, 2), bytes((255, 238, 238, 212))).resize(sheet.image.size, BICUBIC)
    mottle = noise(rng, sheet.image.size, (140, 140), 0.05)
    lit = ImageChops.add(ImageChops.multiply(sheet.image, fall), mottle, 1, -128)
    sheet.image = lit.point([round(255 * (v / 255) ** OPENING) for v in range(256)])


# ---- 2. Four faces ------------------------------------------------------------------------------------------------


class Specimen(NamedTuple):
    """A face with its name and what a newspaper sets in it."""

    face: str
    name: str
    use: str


SPECIMENS = (
    Specimen(SONG, "宋体", "正文"),
    Specimen(BOLD, "黑体", "标题、小标题"),
    Specimen(KAI, "楷体", "引题、署名、图片说明"),
    Specimen(BRUSH, "毛笔楷书", "报头"),
)
NAME_SIZE, CALL_SIZE = 15, 8
GAP = 6.4
"""Space between specimens in millimetres."""
FALL = (
    "永和九年",
    "永和九年岁在",
    "永和九年岁在癸丑",
    "永和九年岁在癸丑暮春之初",
    "永和九年岁在癸丑暮春之初会于会稽",
)
"""The opening of Wang Xizhi's preface to the Orchid Pavilion poems, cut so as to fill one measure ever smaller."""
MEASURE = 0.92
"""Width of the lines below a specimen, in parts of its em square."""


class Call(NamedTuple):
    """A call-out: its words, where they begin, and the leader; all in parts of the em square."""

    words: str
    at: Point
    start: Point
    end: Point


CALLS = (
    Call("横细", Point(0.045, 0.14), Point(0.15, 0.155), Point(0.30, 0.272)),
    Call("三角装饰", Point(0.70, 0.14), Point(0.72, 0.155), Point(0.565, 0.276)),
    Call("竖粗", Point(0.68, 0.93), Point(0.665, 0.905), Point(0.532, 0.80)),
)


def draw_faces() -> None:
    """Draw the same character in four faces on em squares, named, with their uses and ever smaller lines."""
    sheet = Sheet("faces")
    em = (sheet.w - 3 * GAP - 0.4) / 4
    for number, specimen in enumerate(SPECIMENS):
        square = Box(0.2 + number * (em + GAP), 0.2, em, em)
        em_box(sheet, square)
        sheet.glyph(square, "永", specimen.face)
        describe(sheet, square, specimen)
        set_fall(sheet, Box(square.x, square.bottom + 15.5, em, sheet.h - square.bottom - 15.5), specimen.face)
        if specimen.face == SONG:
            call_out(sheet, square)
    sheet.save()


def em_box(sheet: Sheet, box: Box) -> None:
    """Draw a practice square, or a wider box: thin outline, dashed middle lines."""
    sheet.dashes(Point(box.centre.x, box.y), Point(box.centre.x, box.bottom))
    sheet.dashes(Point(box.x, box.centre.y), Point(box.right, box.centre.y))
    sheet.frame(box, THIN, GUIDE)


def describe(sheet: Sheet, square: Box, specimen: Specimen) -> None:
    """Set the name of a face, in that face, and its use below a specimen."""
    x = square.centre.x
    sheet.text(Point(x, square.bottom + 7.2), specimen.name, specimen.face, NAME_SIZE, "ms")
    sheet.text(Point(x, square.bottom + 12.2), specimen.use, HEI, LABEL, "ms")


def set_fall(sheet: Sheet, room: Box, face: str) -> None:
    """Set ever smaller lines of a face, as many as the room has height for."""
    sizes = [room.w * MEASURE / len(words) for words in FALL]
    count = max(n for n in range(len(FALL) + 1) if sum(sizes[:n]) * 1.1 <= room.h)
    lead = min((room.h - sum(sizes[:count])) / max(count, 1), 2.6)
    y = room.y
    for size, words in zip(sizes[:count], FALL, strict=False):
        y += size + lead
        left = room.centre.x - room.w * MEASURE / 2
        sheet.text(Point(left, y - (1 - ASCENT) * size), words, face, size / PT)


def call_out(sheet: Sheet, square: Box) -> None:
    """Point out the thin level strokes, the stout upright one and the triangle of the Song face."""

    def inside(at: Point) -> Point:
        return Point(square.x + at.x * square.w, square.y + at.y * square.h)

    for call in CALLS:
        sheet.text(inside(call.at), call.words, HEI, CALL_SIZE)
        sheet.line(inside(call.start), inside(call.end), THIN)


# ---- 3. Marks in their em boxes -----------------------------------------------------------------------------------


class Mark(NamedTuple):
    """A punctuation mark, its name, its width in ems, and where its box has an empty half (-1 left, 1 right)."""

    glyph: str
    name: str
    width: float
    empty: int


MARKS = (
    (
        Mark("，", "逗号", 1, 1),
        Mark("。", "句号", 1, 1),
        Mark("、", "顿号", 1, 1),
        Mark("；", "分号", 1, 1),
        Mark("：", "冒号", 1, 1),
        Mark("？", "问号", 1, 1),
        Mark("！", "叹号", 1, 1),
    ),
    (
        Mark("“", "前引号", 1, -1),
        Mark("”", "后引号", 1, 1),
        Mark("（", "前括号", 1, -1),
        Mark("）", "后括号", 1, 1),
        Mark("《", "前书名号", 1, -1),
        Mark("》", "后书名号", 1, 1),
    ),
    (
        Mark("⸺", "破折号，占两格", 2, 0),
        Mark("……", "省略号，占两格", 2, 0),
        Mark("·", "间隔号，占半格", 0.5, 0),
    ),
)
LEGEND = "灰：挤压时", "可收的半格"
CELL_GAP = 3.0
"""Space between the boxes of a line in millimetres."""
LABEL_ROOM = 5.0
"""Height of a label below its box in millimetres."""
SHADE = tint(15)

SENTENCE = "他说：“好。”接着"
SQUEEZED = "：。"
"""The marks of the sentence that lose their empty right half."""
SIDE = 15.2
"""Width of the labels beside the sentence in millimetres."""
SIDE_SIZE = 10
BRACE = 5.4
"""Height of the braces that tell how wide a pair of marks is, in millimetres."""


def draw_marks() -> None:
    """Draw the marks in their em boxes, and below them a sentence at full width and squeezed."""
    sheet = Sheet("marks")
    em = (sheet.w - 0.4 - 6 * CELL_GAP) / 7
    small = (sheet.w - 0.4 - SIDE) / len(SENTENCE)
    used = 0.4 + 3 * (em + LABEL_ROOM) + 2 * (small + BRACE)
    spare = max(sheet.h - used, 0)
    pitch = em + LABEL_ROOM + spare * 0.15
    for row, line in enumerate(MARKS):
        draw_line_of_marks(sheet, Point(0.2, 0.2 + row * pitch), em, line)
    legend(sheet, Point(0.2 + 5 * (em + CELL_GAP), 0.2 + 2 * pitch), em)
    rule = 0.2 + 3 * pitch + spare * 0.03
    sheet.line(Point(0, rule), Point(sheet.w, rule))
    top = rule + spare * 0.15 + BRACE
    compare(sheet, Box(SIDE + 0.2, top, small, small), sheet.h - 0.2 - BRACE - small)
    sheet.save()


def draw_line_of_marks(sheet: Sheet, start: Point, em: float, line: Sequence[Mark]) -> None:
    """Draw a line of boxes with their marks and names, each beginning at a column."""
    column = 0
    for mark in line:
        cell = Box(start.x + column * (em + CELL_GAP), start.y, em * mark.width, em)
        if mark.width < 1:
            cell = cell._replace(x=cell.x + (em - cell.w) / 2)
        draw_mark(sheet, cell, mark)
        column += max(round(mark.width), 1)


def draw_mark(sheet: Sheet, cell: Box, mark: Mark) -> None:
    """Draw a mark in its box, the empty half shaded, and its name below."""
    if mark.empty:
        sheet.fill(half(cell, mark.empty), SHADE)
    em_box(sheet, cell)
    sheet.glyph(cell, mark.glyph, SONG, wide=mark.glyph == "⸺")
    sheet.text(Point(cell.centre.x, cell.bottom + 4.2), mark.name, HEI, LABEL, "ms")


def half(box: Box, side: int) -> Box:
    """Return the left (-1) or right (1) half of a rectangle."""
    return Box(box.x if side < 0 else box.centre.x, box.y, box.w / 2, box.h)


def legend(sheet: Sheet, at: Point, em: float) -> None:
    """Explain the shading in the two free cells after the last mark."""
    swatch = Box(at.x, at.y + em / 2 - 4.2, 4.2, 8.4)
    sheet.fill(swatch, SHADE)
    sheet.frame(swatch, HAIR, GUIDE)
    for number, words in enumerate(LEGEND):
        sheet.text(Point(swatch.right + 2, swatch.y + 3.4 + number * 4.2), words, HEI, LABEL)


def compare(sheet: Sheet, first: Box, lower: float) -> None:
    """Set the sentence from this box on, and again squeezed at the lower height, joined by lines."""
    upper, under, x = first, first._replace(y=lower), first.x
    for char in SENTENCE:
        tight = char in SQUEEZED
        width = first.w / 2 if tight else first.w
        link(sheet, upper, under._replace(x=x, w=width), tight=tight)
        if tight:
            sheet.fill(half(upper, 1), SHADE)
            sheet.dashes(Point(upper.centre.x, upper.y), Point(upper.centre.x, upper.bottom))
        sheet.frame(upper, THIN, GUIDE)
        sheet.glyph(upper, char, SONG)
        sheet.frame(under._replace(x=x, w=width), THIN, GUIDE)
        sheet.glyph(under._replace(x=x), char, SONG)
        if tight:
            brace(sheet, upper._replace(w=2 * first.w), "两格", up=True)
            brace(sheet, under._replace(x=x, w=1.5 * first.w), "一格半", up=False)
        upper = upper._replace(x=upper.right)
        x += width
    saved(sheet, under._replace(x=x))
    for words, y in (("全身", first.y), ("挤压后", lower)):
        sheet.text(Point(0, y + first.h / 2 + SIDE_SIZE * PT * 0.36), words, BOLD, SIDE_SIZE)


def brace(sheet: Sheet, box: Box, words: str, *, up: bool) -> None:
    """Measure a pair of marks by a bracket above or below it, with words."""
    out = -1 if up else 1
    edge = box.y if up else box.bottom
    near, far = edge + out * 0.7, edge + out * 1.7
    left, right = box.x + 0.3, box.right - 0.3
    sheet.line(Point(left, far), Point(right, far))
    for x in (left, right):
        sheet.line(Point(x, near), Point(x, far))
    base = far - 0.9 if up else far + 3.4
    sheet.text(Point(box.centre.x, base), words, HEI, LABEL, "ms")


def link(sheet: Sheet, upper: Box, under: Box, *, tight: bool) -> None:
    """Join the right edges of a box and of its squeezed copy, with a wedge for the half that was squeezed out."""
    edge = Point(under.right, under.y)
    if tight:
        sheet.polygon((Point(upper.centre.x, upper.bottom), Point(upper.right, upper.bottom), edge), SHADE)
        sheet.line(Point(upper.centre.x, upper.bottom), edge, HAIR, GUIDE)
    sheet.line(Point(upper.right, upper.bottom), edge, HAIR, GUIDE)


def saved(sheet: Sheet, box: Box) -> None:
    """Draw the em that was saved as a dashed box."""
    corners = Point(box.x, box.y), Point(box.right, box.y), Point(box.right, box.bottom), Point(box.x, box.bottom)
    for start, end in pairwise(corners):
        sheet.dashes(start, end)
    sheet.text(Point(box.centre.x, box.centre.y - 0.7), "省出", HEI, LABEL, "ms")
    sheet.text(Point(box.centre.x, box.centre.y + 3.3), "一格", HEI, LABEL, "ms")


# ---- 4. Parts of a front page -------------------------------------------------------------------------------------

PAPER = 390 / 540
"""Width of a broadsheet page in parts of its height."""
COLUMNS = 8
NAMES = 16.6
"""Width of the labels on either side of the front page in millimetres."""
GREEK, DULL = tint(38), tint(70)
"""Greys of the bars that stand for text, and of minor heads."""
WIDE = 9.0
"""Width of a column of bars in millimetres, about."""
PARAGRAPHS = 7, 5, 9, 6, 8, 4
"""Lines of the paragraphs that the bars imitate, in turn."""
LEFT, RIGHT = 3.8, 4.2
"""Columns at which the left half of a small page ends and its right half begins."""
CAPTION = 7.0
"""Height of a caption below a small scheme in millimetres."""


@dataclass(frozen=True, slots=True)
class Page:
    """A schematic page: its paper, its type area, and the gap between its columns."""

    paper: Box
    gap: float

    @property
    def area(self) -> Box:
        """Type area."""
        side = self.paper.w * 20 / 390
        return Box(self.paper.x + side, self.paper.y + side, self.paper.w - 2 * side, self.paper.h - 2 * side)

    def part(self, first: float, last: float, top: float, bottom: float) -> Box:
        """Return the area from column `first` to before column `last`, from `top` to `bottom` in parts of the area."""
        area = self.area
        pitch = (area.w + self.gap) / COLUMNS
        high = area.h * (bottom - top)
        return Box(area.x + first * pitch, area.y + area.h * top, (last - first) * pitch - self.gap, high)


def draw_anatomy() -> None:
    """Draw the parts of a front page with their names, and pairs of schemes: two faults and their cures."""
    sheet = Sheet("anatomy")
    high = sheet.h - 0.4
    page = Page(Box(NAMES, 0.2, high * PAPER, high), 1.3)
    front_page(sheet, page)
    name_parts(sheet, page)
    left = page.paper.right + NAMES + 7.4
    wide = (sheet.w - 0.2 - left - 8.4) / 2
    tall = min(wide / PAPER, sheet.h * 0.53 - CAPTION)
    below = 0.2 + tall + CAPTION + 5.0
    rest = sheet.h - below - CAPTION
    schemes = (
        (seam_page, "通缝", False),
        (bridged_page, "破缝", True),
        (bumped_heads, "碰题", False),
        (stepped_heads, "错开", True),
    )
    for number, (scheme, words, good) in enumerate(schemes):
        row, column = divmod(number, 2)
        box = Box(left + column * (wide + 8.4), (0.2, below)[row], wide, (tall, rest)[row])
        if not row:
            box = Box(box.centre.x - tall * PAPER / 2, box.y, tall * PAPER, tall)
        scheme(sheet, box)
        caption(sheet, Point(box.centre.x, box.bottom + CAPTION - 1.6), words, good=good)
    sheet.save()


def front_page(sheet: Sheet, page: Page) -> None:
    """Draw a front page of eight columns as tints and bars, without a seam and without neighbouring heads."""
    sheet.frame(page.paper, THIN)
    masthead(sheet, page)
    lead_story(sheet, page)
    picture(sheet, page.part(5, 8, 0.168, 0.372))
    greek(sheet, page.part(5, 8, 0.379, 0.398), 1, indent=False, tone=DULL)
    story(sheet, page, (5, 8, 0.425, 0.655), 0.030, 7)
    story(sheet, page, (3, 5, 0.545, 0.655), 0.020, 6)
    story(sheet, page, (3, 8, 0.682, 0.955), 0.036, 9)
    guide_box(sheet, page.part(0, 3, 0.545, 0.735))
    story(sheet, page, (0, 3, 0.762, 0.955), 0.025, 6)
    foot = page.part(0, 8, 0.974, 1.0)
    sheet.line(Point(foot.x, foot.y), Point(foot.right, foot.y), MEDIUM)
    bars(sheet, Box(foot.x, foot.y + 1.1, foot.w, 0.8), (0.16, 0.2, 0.12, 0.22, 0.14), DULL)


def masthead(sheet: Sheet, page: Page) -> None:
    """Draw the name plate, the ear beside it and the dateline below."""
    plate = page.part(0, 5, 0.0, 0.115)
    sheet.fill(plate, tint(12))
    squares(sheet, plate.inset(plate.h * 0.17), 4)
    ear = page.part(5, 8, 0.0, 0.115)
    sheet.frame(ear, THIN)
    squares(sheet, Box(ear.x + 1.3, ear.y + 1.5, ear.w - 2.6, 1.9), 7, DULL)
    greek(sheet, Box(ear.x + 1.3, ear.y + 4.6, ear.w - 2.6, ear.h - 5.6), 1)
    date = page.part(0, 8, 0.126, 0.148)
    sheet.fill(date, tint(18))
    for y in (date.y, date.bottom):
        sheet.line(Point(date.x, y), Point(date.right, y), THIN)
    bars(sheet, Box(date.x + 2.6, date.centre.y - 0.45, date.w - 3.8, 0.9), (0.2, 0.14, 0.22, 0.16, 0.1), DULL)


def lead_story(sheet: Sheet, page: Page) -> None:
    """Draw the lead: a line above the head, the head, a line below it, and text in three columns over five."""
    squares(sheet, page.part(0, 5, 0.170, 0.187), 13, DULL)
    squares(sheet, page.part(0, 5, 0.202, 0.258), 7)
    squares(sheet, page.part(0, 5, 0.273, 0.293), 17, DULL)
    greek(sheet, page.part(0, 5, 0.315, 0.520), 3)


def story(sheet: Sheet, page: Page, part: tuple[float, float, float, float], head: float, count: int) -> None:
    """Draw a story: a head of so many characters, its height in parts of the area, and text in columns."""
    first, last, top, bottom = part
    squares(sheet, page.part(first, last, top, top + head), count)
    text = page.part(first, last, top + head, bottom)
    space = 1.6
    columns = max(round(text.w / WIDE), 1)
    greek(sheet, Box(text.x, text.y + space, text.w, text.h - space), columns, gap=page.gap)


def squares(sheet: Sheet, box: Box, count: int, tone: int = BLACK) -> None:
    """Draw a headline: squares for characters, as high as the rectangle, centred in its width."""
    side = min(box.h, box.w / (count * 1.14 - 0.14))
    pitch = min(side * 1.3, (box.w - side) / max(count - 1, 1))
    x = box.centre.x - (pitch * (count - 1) + side) / 2
    for number in range(count):
        sheet.fill(Box(x + number * pitch, box.centre.y - side / 2, side, side), tone)


def bars(sheet: Sheet, box: Box, parts: Sequence[float], tone: int) -> None:
    """Draw a line of separate items: bars of these parts of the width, spread over it."""
    space = box.w * (1 - sum(parts)) / max(len(parts) - 1, 1)
    x = box.x
    for part in parts:
        sheet.fill(Box(x, box.y, part * box.w, box.h), tone)
        x += part * box.w + space


def greek(sheet: Sheet, box: Box, columns: int, *, gap: float = 1.3, indent: bool = True, tone: int = GREEK) -> None:
    """Draw text in columns: bars for lines, with the indents and the short last lines of paragraphs."""
    wide = (box.w - gap * (columns - 1)) / columns
    lines = line_shapes(indent)
    count = max(int((box.h + 0.55) / 1.25), 1)
    pitch = (box.h - 0.7) / max(count - 1, 1)
    for column in range(columns):
        for row in range(count):
            start, end = next(lines)
            at = Box(box.x + column * (wide + gap) + start * 2.2, box.y + row * pitch, 0, 0.7)
            sheet.fill(at._replace(w=wide * end - start * 2.2), tone)


def line_shapes(indent: bool) -> Iterator[tuple[int, float]]:
    """Yield, for line after line, whether it is indented and how far it runs."""
    while True:
        for number, count in enumerate(PARAGRAPHS):
            for line in range(count):
                last = 0.35 + 0.17 * (number % 4)
                yield int(indent and line == 0), last if line == count - 1 else 1.0


def picture(sheet: Sheet, box: Box) -> None:
    """Draw a picture: hills under the sun."""
    sheet.fill(box, tint(18))
    sheet.disc(Point(box.x + box.w * 0.74, box.y + box.h * 0.3), box.h * 0.11, WHITE)
    far = ((0, 0.72), (0.22, 0.42), (0.42, 0.66), (0.66, 0.5), (1, 0.74), (1, 1), (0, 1))
    near = ((0, 0.86), (0.3, 0.74), (0.6, 0.88), (0.85, 0.7), (1, 0.78), (1, 1), (0, 1))
    for shape, tone in ((far, tint(40)), (near, tint(65))):
        sheet.polygon([Point(box.x + x * box.w, box.y + y * box.h) for x, y in shape], tone)
    sheet.fill(Box(box.x, box.bottom, box.w, 0.3), WHITE)
    sheet.fill(Box(box.right, box.y, 0.3, box.h), WHITE)


def guide_box(sheet: Sheet, box: Box) -> None:
    """Draw the box that points to the inner pages: lines of items, each with its page."""
    sheet.fill(box, tint(12))
    sheet.frame(box, THIN)
    squares(sheet, Box(box.x, box.y + 1.4, box.w, 1.9), 4)
    count = max(int((box.h - 5) / 2.6), 1)
    for row in range(count):
        y = box.y + 5.4 + row * (box.h - 7.8) / max(count - 1, 1)
        sheet.fill(Box(box.x + 1.5, y, (box.w - 6) * (0.95, 0.8, 0.9)[row % 3], 0.8), DULL)
        sheet.fill(Box(box.right - 2.9, y - 0.3, 1.4, 1.4), BLACK)


PARTS_LEFT = (
    ("报头", 0.17, 0.058),
    ("日期栏", 0.13, 0.137),
    ("引题", 0.97, 0.1785),
    ("主题", 0.33, 0.230),
    ("副题", 0.125, 0.283),
    ("正文", 0.5, 0.420),
    ("导读", 0.6, 0.652),
)
PARTS_RIGHT = (("报眼", 0.5, 0.058), ("图片", 0.5, 0.270), ("图片说明", 0.5, 0.3823), ("版脚", 0.4, 0.987))
"""Labels beside the page: words, how many columns in from the edge their dot sits, and its height."""


def name_parts(sheet: Sheet, page: Page) -> None:
    """Set the names of the parts beside the page, each with a leader that ends in a dot on the part."""
    column = page.area.w / COLUMNS
    for words, depth, top in PARTS_LEFT:
        at = Point(page.area.x + depth * column, page.area.y + top * page.area.h)
        leader(sheet, at, Point(page.paper.x - 2.0, at.y), words, "r")
    for words, depth, top in PARTS_RIGHT:
        at = Point(page.area.right - depth * column, page.area.y + top * page.area.h)
        leader(sheet, at, Point(page.paper.right + 2.0, at.y), words, "l")


def leader(sheet: Sheet, dot: Point, end: Point, words: str, align: str) -> None:
    """Draw a line from a ringed dot to a label."""
    sheet.line(dot, end, THIN)
    sheet.disc(dot, 0.85, WHITE)
    sheet.disc(dot, 0.55, BLACK)
    gap = -0.8 if align == "r" else 0.8
    sheet.text(Point(end.x + gap, end.y + LABEL * PT * 0.36), words, HEI, LABEL, align + "s")


def seam_page(sheet: Sheet, box: Box) -> None:
    """Draw an inner page whose two halves keep apart from top to foot, the seam marked by wedges."""
    page = Page(box, 1.1)
    running_head(sheet, page)
    story(sheet, page, (0, LEFT, 0.060, 0.410), 0.036, 6)
    picture(sheet, page.part(0, LEFT, 0.445, 0.615))
    story(sheet, page, (0, LEFT, 0.655, 1.0), 0.036, 5)
    picture(sheet, page.part(RIGHT, 8, 0.060, 0.250))
    story(sheet, page, (RIGHT, 8, 0.290, 0.520), 0.036, 6)
    story(sheet, page, (RIGHT, 8, 0.555, 1.0), 0.036, 4)
    x = box.centre.x
    for edge, out in ((box.y, 1.0), (box.bottom, -1.0)):
        corners = Point(x - 1.0, edge + out * 0.2), Point(x + 1.0, edge + out * 0.2), Point(x, edge + out * 1.8)
        sheet.polygon(corners, BLACK)


def bridged_page(sheet: Sheet, box: Box) -> None:
    """Draw an inner page with the same halves, a picture and a head lying across the seam."""
    page = Page(box, 1.1)
    running_head(sheet, page)
    story(sheet, page, (0, LEFT, 0.060, 0.340), 0.036, 6)
    greek(sheet, page.part(RIGHT, 8, 0.060, 0.150), 2, gap=page.gap)
    story(sheet, page, (RIGHT, 8, 0.185, 0.340), 0.036, 6)
    greek(sheet, page.part(0, 1.8, 0.375, 0.610), 1, gap=page.gap)
    picture(sheet, page.part(1.8, 6.2, 0.375, 0.610))
    greek(sheet, page.part(6.2, 8, 0.375, 0.610), 1, gap=page.gap)
    squares(sheet, page.part(0, 8, 0.650, 0.700), 9)
    greek(sheet, page.part(0, LEFT, 0.725, 1.0), 2, gap=page.gap)
    greek(sheet, page.part(RIGHT, 8, 0.725, 1.0), 2, gap=page.gap)


def running_head(sheet: Sheet, page: Page) -> None:
    """Draw the paper of an inner page and the line at its top."""
    sheet.frame(page.paper, THIN)
    header = page.part(0, 8, 0.012, 0.036)
    bars(sheet, Box(header.x, header.y, header.w, 0.7), (0.22, 0.12), DULL)
    sheet.line(Point(header.x, header.bottom), Point(header.right, header.bottom), THIN)


def bumped_heads(sheet: Sheet, box: Box) -> None:
    """Draw two heads of one size side by side, which read as one line."""
    page = Page(box, 1.1)
    sheet.frame(box, THIN)
    story(sheet, page, (0, 4, 0.0, 1.0), full_head(page), 5)
    story(sheet, page, (4, 8, 0.0, 1.0), full_head(page), 5)


def stepped_heads(sheet: Sheet, box: Box) -> None:
    """Draw the same heads at different heights."""
    page = Page(box, 1.1)
    sheet.frame(box, THIN)
    story(sheet, page, (0, 4, 0.0, 1.0), full_head(page), 5)
    greek(sheet, page.part(4, 8, 0.0, 0.40), 2, gap=page.gap)
    story(sheet, page, (4, 8, 0.465, 1.0), full_head(page), 5)


def full_head(page: Page) -> float:
    """Return the height, in parts of the area, at which a head of five squares fills half the page's width."""
    return page.part(0, 4, 0, 1).w / 6.2 / page.area.h


def caption(sheet: Sheet, at: Point, words: str, *, good: bool) -> None:
    """Set the name of a scheme with a tick or a cross."""
    sheet.text(Point(at.x - 1.2, at.y), words, BOLD, SIDE_SIZE, "rs")
    left, base, side = at.x + 1.4, at.y + 0.1, 2.9
    if good:
        sheet.strokes((Point(left, base - 1.3), Point(left + 1.1, base), Point(left + 3.1, base - side)), STOUT)
    else:
        sheet.strokes((Point(left, base - side), Point(left + side, base)), STOUT)
        sheet.strokes((Point(left, base), Point(left + side, base - side)), STOUT)


FIGURES: tuple[Callable[[], None], ...] = (draw_sorts, draw_faces, draw_marks, draw_anatomy)


def main() -> None:
    """Draw all figures."""
    for draw in FIGURES:
        draw()


if __name__ == "__main__":
    main()

"""Draw the four grey figures of the sample issue; run as `python issues/ruzhou/pictures/draw.py`.

Every figure is laid out in millimetres from its entry in SIZE and written beside this file as an 8-bit grey PNG.
The pictures are drawn at SCALE times their resolution and reduced; equal input gives equal bytes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont, ImageOps

HERE = Path(__file__).resolve().parent
FONTS = HERE.parents[2] / "fonts"

PPI = 300
SIZE = {"sorts": (129.2, 92.0), "faces": (217.6, 108.0), "marks": (129.2, 140.0), "anatomy": (217.6, 120.0)}
"""Width and height of each figure in millimetres."""

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
        wide = max(round(points * PT * MM), 1)
        if start.x == end.x or start.y == end.y:
            left, top = snap(min(start.x, end.x)), snap(min(start.y, end.y))
            right, bottom = snap(max(start.x, end.x)), snap(max(start.y, end.y))
            across = (0, wide) if start.y == end.y else (wide, 0)
            shift = (across[0] // 4 * 2, across[1] // 4 * 2)
            corner = (max(right, left + across[0]) - 1 - shift[0], max(bottom, top + across[1]) - 1 - shift[1])
            self.pen.rectangle((left - shift[0], top - shift[1], *corner), fill=tone)
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

    def frame(self, box: Box, points: float = HAIR, tone: int = BLACK, dash: float = 0.0) -> None:
        """Draw the outline of a rectangle, dashed where a dash is given."""
        corners = [Point(box.x, box.y), Point(box.right, box.y), Point(box.right, box.bottom), Point(box.x, box.bottom)]
        for start, end in zip(corners, corners[1:] + corners[:1], strict=True):
            if dash:
                self.dashes(start, end, points, tone, dash)
            else:
                self.line(start, end, points, tone)
        if not dash:
            self.fill(Box(box.right, box.bottom, points * PT / 2, points * PT / 2), tone)

    def text(self, at: Point, words: str, face: str, points: float, anchor: str = "ls") -> None:
        """Set one line of black text; the anchor is Pillow's, its second letter usually s, the baseline."""
        font = typeface(face, round(points * PT * MM))
        self.pen.text((at.x * MM, at.y * MM), words, fill=BLACK, font=font, anchor=anchor)

    def glyph(self, box: Box, mark: str, face: str, wide: bool = False) -> None:
        """Set a character on the em box as high as the rectangle, its advance centred on the rectangle's width."""
        font = typeface(face, round(box.h * MM))
        features = ["fwid"] if wide else None
        spare = box.w * MM - font.getlength(mark, features=features)
        at = (box.x * MM + spare / 2, (box.y + ASCENT * box.h) * MM)
        self.pen.text(at, mark, fill=BLACK, font=font, anchor="ls", features=features)

    def save(self) -> None:
        """Reduce the picture and write it beside this file."""
        self.image.reduce(SCALE).save(HERE / f"{self.name}.png", optimize=True, dpi=(PPI, PPI))


# ---- 1. A tray of metal type --------------------------------------------------------------------------------------

RIM, DIVIDER, LEAD = 3.2, 2.4, 0.8
"""Wooden rim and dividers of the tray, and the leads between its lines, in millimetres."""
ACROSS = 12, 6
"""Sorts in a line of the main compartment and of the side compartments."""
PASSAGE = (
    "活字印刷，一字一铅。字面是反的，印到纸上才正。",
    "排字房里，字架成排，字盘成格。检字的人一手托盘，一手取字，检齐一篇，送去拼版。",
    "拼版要加铅条，填空铅，排好卡紧。先打毛样，校对改字，再打清样，签字付印。",
    "印完拆版，还字归架，留着下回再用。",
)
LARGE = "排字房拼版台"
TRADE = "铅字字模字架字盘手托铅条空铅花边毛样清样付印开机"
SPACES = 1, 2, 1 / 2, 3, 1
"""Widths of the spacing material in ems, line by line."""
WELL = 26
"""Grey of the gaps between sorts."""


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
    return grid.resize(size, Image.Resampling.BICUBIC).point([round(128 + (v - 128) * contrast) for v in range(256)])


def pixels(box: Box) -> tuple[int, int, int, int]:
    """Return the left and upper edge, the width and the height of a rectangle in pixels."""
    left, top = round(box.x * MM), round(box.y * MM)
    return left, top, round(box.right * MM) - left, round(box.bottom * MM) - top


def wood(sheet: Sheet, box: Box, rng: Random) -> None:
    """Draw a wooden strip with its grain along it, a light upper left edge and a dark lower right one."""
    left, top, w, h = pixels(box)
    long, wide = max(w, h), min(w, h)
    strip = noise(rng, (long, wide), (260, 6), 0.30)
    strip = ImageChops.add(strip, noise(rng, (long, wide), (700, 22), 0.34), 1, 68)
    if h > w:
        strip = strip.transpose(Image.Transpose.TRANSPOSE)
    bevel(strip, 7, 36, 70)
    sheet.image.paste(strip, (left, top))


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


def letter(size: int, char: str) -> Image.Image:
    """Return the mirrored mask of a character on its square body."""
    mask = Image.new("L", (size, size), 0)
    font = typeface(HEAVY, round(size * 0.9))
    place = ((size - font.getlength(char)) / 2, size / 2 + (ASCENT - 0.5) * size * 0.9)
    ImageDraw.Draw(mask).text(place, char, fill=255, font=font, anchor="ls")
    return ImageOps.mirror(mask)


def sort(size: int, char: str, rng: Random) -> Image.Image:
    """Draw a sort from above: bevelled body, and on it the raised, mirrored character."""
    body = 112 + rng.randint(-12, 12)
    tile = Image.new("L", (size, size), body)
    bevel(tile, max(size // 18, 4), 84, 66)
    mask = letter(size, char)
    rise = max(round(size * 0.032), 3)
    shadow = ImageChops.offset(mask, rise * 2, rise * 2).filter(ImageFilter.GaussianBlur(rise))
    tile.paste(Image.new("L", tile.size, body - 84), mask=faded(shadow, 0.75))
    for step in range(rise, 0, -1):
        tile.paste(Image.new("L", tile.size, 34), mask=ImageChops.offset(mask, step, step))
    face = 206 + rng.randint(-14, 14)
    tile.paste(Image.new("L", tile.size, face), mask=mask)
    tile.paste(Image.new("L", tile.size, 250), mask=ImageChops.subtract(mask, ImageChops.offset(mask, 2, 2)))
    tile.paste(Image.new("L", tile.size, face - 46), mask=ImageChops.subtract(mask, ImageChops.offset(mask, -2, -2)))
    return tile


def blank(size: tuple[int, int], rng: Random, sunk: bool) -> Image.Image:
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
        whole = whole.rotate(turn, Image.Resampling.BICUBIC)
        tile = tile.rotate(turn, Image.Resampling.BICUBIC, fillcolor=WELL)
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
            rest = "　　" + paragraph
            while rest:
                end = ACROSS[0] - 1 if rest[ACROSS[0] : ACROSS[0] + 1] in tuple("，。") else ACROSS[0]
                lines.append(rest[:end].ljust(ACROSS[0], "　"))
                rest = rest[end:]
    return lines[:count]


def set_passage(sheet: Sheet, box: Box, em: float, rng: Random) -> None:
    """Fill the main compartment: lines of type with a lead between them, a wooden filler at the foot."""
    count = int((box.h + LEAD) / (em + LEAD))
    pitch = em + LEAD
    for row, line in enumerate(passage_lines(count)):
        for column, char in enumerate(line):
            set_char(sheet, Box(box.x + column * em, box.y + row * pitch, em, em), char, rng)
        if row:
            set_lead(sheet, Box(box.x, box.y + row * pitch - LEAD, box.w, LEAD), rng)
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
    sheet.save()


def light_up(sheet: Sheet, rng: Random) -> None:
    """Let the light fall off towards the lower right, and mottle the metal a little."""
    fall = Image.frombytes("L", (2, 2), bytes((255, 236, 236, 206))).resize(sheet.image.size, Image.Resampling.BICUBIC)
    mottle = noise(rng, sheet.image.size, (90, 90), 0.10)
    sheet.image = ImageChops.add(ImageChops.multiply(sheet.image, fall), mottle, 1, -128)


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
NAME_SIZE = 15
GAP = 6.4
"""Space between specimens in millimetres."""
CALL_ROOM = 12.0
"""Room for the call-outs above the specimens, in millimetres."""
WATERFALL = ((36, "永和九年"), (24, "永和九年岁在"), (18, "永和九年岁在癸丑"), (12, "永和九年岁在癸丑暮春之初"))
"""The opening of Wang Xizhi's preface to the Orchid Pavilion poems, at sizes that fill one measure of 144 points."""


def draw_faces() -> None:
    """Draw the same character in four faces on em squares, named, with their uses and a fall of sizes."""
    sheet = Sheet("faces")
    em = (sheet.w - 3 * GAP) / 4
    for number, specimen in enumerate(SPECIMENS):
        square = Box(number * (em + GAP), CALL_ROOM, em, em)
        em_square(sheet, square)
        sheet.glyph(square, "永", specimen.face)
        describe(sheet, square, specimen)
        fall(sheet, square, specimen.face)
    call_out(sheet, Box(0, CALL_ROOM, em, em))
    sheet.save()


def em_square(sheet: Sheet, square: Box) -> None:
    """Draw a practice square: thin outline, dashed middle lines."""
    middle_lines(sheet, square)
    sheet.frame(square, THIN, GUIDE)


def middle_lines(sheet: Sheet, box: Box) -> None:
    """Draw the dashed upright and level middle lines of a rectangle."""
    sheet.dashes(Point(box.centre.x, box.y), Point(box.centre.x, box.bottom))
    sheet.dashes(Point(box.x, box.centre.y), Point(box.right, box.centre.y))


def describe(sheet: Sheet, square: Box, specimen: Specimen) -> None:
    """Set the name of a face, in that face, and its use below a specimen."""
    x = square.centre.x
    sheet.text(Point(x, square.bottom + 7.2), specimen.name, specimen.face, NAME_SIZE, "ms")
    sheet.text(Point(x, square.bottom + 12.4), specimen.use, HEI, LABEL, "ms")


def fall(sheet: Sheet, square: Box, face: str) -> None:
    """Set ever smaller lines of the face below its description, as many as the height has room for."""
    y = square.bottom + 16.0
    for points, words in WATERFALL:
        y += points * PT * 1.06
        if y > sheet.h:
            return
        sheet.text(Point(square.centre.x, y), words, face, points, "ms")


def call_out(sheet: Sheet, square: Box) -> None:
    """Point out the thin level strokes, the stout upright ones and the triangle of the Song face."""


# ---- 3. Marks in their em boxes -----------------------------------------------------------------------------------


def draw_marks() -> None:
    """x."""


# ---- 4. Parts of a front page -------------------------------------------------------------------------------------


def draw_anatomy() -> None:
    """x."""


FIGURES: tuple[Callable[[], None], ...] = (draw_sorts, draw_faces, draw_marks, draw_anatomy)


def main() -> None:
    """Draw all figures."""
    for draw in FIGURES:
        draw()


if __name__ == "__main__":
    main()

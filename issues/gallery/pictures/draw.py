"""Draw the pictures of the gallery; run as `python issues/gallery/pictures/draw.py`.

A landscape in colour, three sheets of paper that show how they are cut, a sort of metal type, a sketch, and the drawing of an
advert. Pictures of pixels are drawn at SCALE times their size and reduced; all are written beside this file, and equal input
gives equal bytes.
"""

from collections.abc import Callable
from math import cos, pi, sin
from pathlib import Path

from fontTools.misc.transform import Transform
from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont
from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
FONTS = HERE.parents[2] / "fonts"
SCALE = 3
PPI = 200
BLACK, WHITE = 0, 255

Tone = int | tuple[int, int, int]
Points = list[tuple[float, float]]


class Sheet:
    """Paper that is drawn on in pixels of the finished picture."""

    def __init__(self, width: int, height: int, mode: str = "L") -> None:
        self.width, self.height = width, height
        self.image = Image.new(mode, (width * SCALE, height * SCALE), "white")
        self.pen = ImageDraw.Draw(self.image)

    def polygon(self, points: Points, tone: Tone) -> None:
        """Fill a polygon."""
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=tone)

    def box(self, x: float, y: float, width: float, height: float, tone: Tone | None = None, rule: float = 0) -> None:
        """Fill a rectangle, or draw its outline."""
        corners = (x * SCALE, y * SCALE, (x + width) * SCALE - 1, (y + height) * SCALE - 1)
        self.pen.rectangle(corners, fill=tone, outline=BLACK if rule else None, width=round(rule * SCALE))

    def line(self, points: Points, width: float, tone: Tone = BLACK) -> None:
        """Draw a line through points."""
        self.pen.line([(x * SCALE, y * SCALE) for x, y in points], fill=tone, width=round(width * SCALE), joint="curve")

    def disc(self, x: float, y: float, radius: float, tone: Tone) -> None:
        """Fill a circle."""
        corners = (x - radius, y - radius, x + radius, y + radius)
        self.pen.ellipse([edge * SCALE for edge in corners], fill=tone)

    def dashes(self, start: tuple[float, float], end: tuple[float, float], dash: float = 9, width: float = 3) -> None:
        """Draw a dashed line."""
        (x, y), (right, foot) = start, end
        length = abs(right - x) + abs(foot - y)
        steps = round(length / dash) // 2 * 2 + 1
        for step in range(0, steps, 2):
            near, far = step / steps, (step + 1) / steps
            self.line([(x + (right - x) * t, y + (foot - y) * t) for t in (near, far)], width)

    def text(self, x: float, y: float, words: str, face: str, size: float) -> None:
        """Set one line of type, its middle at a point."""
        font = ImageFont.truetype(FONTS / f"{face}.ttf", round(size * SCALE))
        self.pen.text((x * SCALE, y * SCALE), words, fill=BLACK, font=font, anchor="mm")

    def save(self, name: str) -> None:
        """Reduce the picture and write it; one in few colours has a palette."""
        picture = self.image.reduce(SCALE)
        if picture.mode == "RGB":
            picture = picture.quantize(96, dither=Image.Dither.NONE).convert("RGB")
        picture.save(HERE / f"{name}.png", optimize=True, dpi=(PPI, PPI))


def hill(sheet: Sheet, height: float, swing: float, waves: float, phase: float, tone: Tone) -> None:
    """Draw a range of hills from edge to edge: two waves on each other."""
    crest: Points = []
    for x in range(0, sheet.width + 1, 4):
        t = x / sheet.width * 2 * pi * waves + phase
        crest.append((x, height - swing * (sin(t) + 0.45 * sin(2.3 * t + 1))))
    sheet.polygon([(0, sheet.height), *crest, (sheet.width, sheet.height)], tone)


def landscape() -> None:
    """Draw a landscape in colour: the sun over hills, a river, and a house."""
    sheet = Sheet(1200, 1020, "RGB")
    for band in range(17):
        tone = (150 + 6 * band, 196 + 2 * band, 232 - 2 * band)
        sheet.box(0, band * 40, 1200, 41, tone)
    for ray in range(24):
        t = ray * pi / 12
        inner, outer = 112, 150 if ray % 2 else 172
        sheet.line(
            [(820 + inner * cos(t), 265 + inner * sin(t)), (820 + outer * cos(t), 265 + outer * sin(t))], 7, (240, 150, 50)
        )
    sheet.disc(820, 265, 92, (236, 112, 44))
    hill(sheet, 560, 70, 1.1, 0.4, (132, 164, 188))
    hill(sheet, 640, 62, 1.5, 2.2, (96, 142, 140))
    hill(sheet, 740, 44, 1.2, 4.0, (104, 150, 84))
    river = [
        (610, 1020),
        (560, 940),
        (640, 880),
        (600, 830),
        (648, 790),
        (672, 790),
        (650, 832),
        (720, 884),
        (700, 944),
        (840, 1020),
    ]
    sheet.polygon(river, (176, 212, 232))
    for row in range(6):
        y = 850 + row * 30
        sheet.line([(20, y), (500 - row * 22, y - 14)], 6, (170, 178, 70))
        sheet.line([(800 + row * 26, y - 10), (1180, y)], 6, (170, 178, 70))
    sheet.box(280, 716, 150, 84, (238, 228, 206))
    sheet.polygon([(256, 722), (306, 660), (404, 660), (454, 722)], (92, 84, 84))
    sheet.box(300, 744, 30, 56, (130, 84, 56))
    sheet.box(362, 742, 40, 30, (96, 112, 130))
    for x, y, size in ((960, 770, 1.0), (1030, 790, 1.2), (500, 770, 0.8), (210, 790, 1.1)):
        sheet.box(x - 5 * size, y, 10 * size, 46 * size, (108, 78, 52))
        sheet.polygon([(x - 46 * size, y + 10 * size), (x, y - 96 * size), (x + 46 * size, y + 10 * size)], (46, 104, 66))
    sheet.save("landscape")


def paper(name: str, across: int, down: int, words: str) -> None:
    """Draw a sheet of 787 by 1092 mm and where it is cut."""
    sheet = Sheet(430, 600)
    sheet.box(0, 0, 430, 600, 226)
    left, top, width, height = 55, 78, 320, 444
    sheet.box(left + 8, top + 8, width, height, 190)
    sheet.box(left, top, width, height, WHITE, 3)
    cut_width, cut_height = width / across, height / down
    for number in range(1, across):
        sheet.dashes((left + number * cut_width, top), (left + number * cut_width, top + height))
    for number in range(1, down):
        sheet.dashes((left, top + number * cut_height), (left + width, top + number * cut_height))
    for column in range(across):
        for row in range(down):
            x, y = left + (column + 0.5) * cut_width, top + (row + 0.5) * cut_height
            sheet.text(x, y, words, "NotoSerifSC-Black", 96 - 16 * across - 8 * down)
    sheet.save(name)


def sort() -> None:
    """Draw a sort of metal type, its face mirrored."""
    sheet = Sheet(520, 430)
    sheet.box(0, 0, 520, 430, 226)
    sheet.polygon([(110, 150), (280, 200), (280, 400), (110, 350)], 120)
    sheet.polygon([(280, 200), (410, 130), (410, 330), (280, 400)], 70)
    sheet.polygon([(110, 150), (240, 80), (410, 130), (280, 200)], 170)
    for offset, tone in ((0, 95), (6, 60)):
        x, y = 110, 300 + offset
        sheet.polygon([(x, y), (x + 170, y + 50), (x + 170, y + 68), (x, y + 18)], tone)
    face = Image.new("L", (200 * SCALE, 200 * SCALE), 0)
    font = ImageFont.truetype(FONTS / "NotoSerifSC-Black.ttf", 176 * SCALE)
    ImageDraw.Draw(face).text((100 * SCALE, 100 * SCALE), "样", fill=255, font=font, anchor="mm")
    lying = mirrored_on(face, [(240, 80), (410, 130), (280, 200), (110, 150)])
    sheet.image.paste(
        Image.new("L", sheet.image.size, 20),
        mask=lying.transform(lying.size, Image.Transform.AFFINE, (1, 0, -3 * SCALE, 0, 1, -5 * SCALE)),
    )
    sheet.image.paste(Image.new("L", sheet.image.size, 240), mask=lying)
    sheet.save("sort")


def mirrored_on(face: Image.Image, corners: Points) -> Image.Image:
    """Return a mirrored mask that lies on a parallelogram: corners from its upper left one round."""
    (x0, y0), (x1, y1), _, (x3, y3) = [(x * SCALE, y * SCALE) for x, y in corners]
    side = face.width
    (ax, ay), (bx, by) = ((x1 - x0) / side, (y1 - y0) / side), ((x3 - x0) / side, (y3 - y0) / side)
    det = ax * by - bx * ay
    inverse = (by / det, -bx / det, (bx * y0 - by * x0) / det, -ay / det, ax / det, (ay * x0 - ax * y0) / det)
    mirrored = face.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
    return mirrored.transform((520 * SCALE, 430 * SCALE), Image.Transform.AFFINE, inverse, Image.Resampling.BICUBIC)


ADVERT = (2350, 238)
"""Width and depth of the advert in tenths of a millimetre."""

SKETCH = ("MMMEE", "TTTTT", "AAAII", "AAAPP", "BBCCC")


def letters() -> None:
    """Draw a sketch of letters in its cells, one of its areas grey."""
    sheet = Sheet(330, 360)
    sheet.box(0, 0, 330, 360, 240)
    for row, line in enumerate(SKETCH):
        for column, letter in enumerate(line):
            x, y = 25 + column * 56, 40 + row * 56
            sheet.box(x, y, 57, 57, 190 if letter == "A" else WHITE, 1.5)
            sheet.text(x + 28, y + 28, letter, "NotoSansSC-Bold", 30)
    sheet.save("letters")


def outlines(words: str, face: str, x: float, baseline: float, size: float) -> str:
    """Return the outlines of a line of type as the data of a path, from its left edge on its baseline."""
    font = TTFont(FONTS / f"{face}.ttf")
    glyphs, names, scale = font.getGlyphSet(), font.getBestCmap(), size / font["head"].unitsPerEm
    pen = SVGPathPen(glyphs, ntos=lambda value: f"{value:.1f}".removesuffix(".0"))
    for letter in words:
        glyphs[names[ord(letter)]].draw(TransformPen(pen, Transform(scale, 0, 0, -scale, x, baseline)))
        x += glyphs[names[ord(letter)]].width * scale
    return str(pen.getCommands())


def advert() -> None:
    """Write the drawing of an advert, which is for nothing but its own place; its type is outlines."""
    width, height = ADVERT
    words = (
        outlines("此处可登广告", "MaShanZheng-Regular", 600, 154, 118),
        outlines("占版心的十六分之一", "NotoSansSC-Regular", 1400, 140, 46),
    )
    paths = (f'<path d="{path}"/>' for path in words)
    places = [(x, 40 + 6 * n) for n in range(12) for x in (60 + 26 * n, width - 74 - 26 * n)]
    bars = (f'<rect x="{x}" y="{y}" width="14" height="{height - 2 * y}"/>' for x, y in places)
    lines = (
        '<svg xmlns="http://www.w3.org/2000/svg"'
        f' width="{width / 10:g}mm" height="{height / 10:g}mm" viewBox="0 0 {width} {height}">',
        f'<rect width="{width}" height="{height}" fill="#f3ead2"/>',
        f'<g fill="#c8502a">{"".join(bars)}</g>',
        f'<g fill="#000000">{"".join(paths)}</g>',
        "</svg>",
    )
    (HERE / "advert.svg").write_text("\n".join(lines) + "\n", encoding="utf-8")


DRAWINGS: tuple[Callable[[], None], ...] = (
    landscape,
    lambda: paper("whole", 1, 1, "全张"),
    lambda: paper("broadsheet", 1, 2, "对开"),
    lambda: paper("tabloid", 2, 2, "四开"),
    sort,
    letters,
    advert,
)

if __name__ == "__main__":
    for draw in DRAWINGS:
        draw()

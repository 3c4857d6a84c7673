"""Draw the figures of pages 05 to 08 of the sample issue; run as `python issues/ruzhou/pictures/diagrams.py`.

Diagrams are grey; the landscape and its separation are in colour, and the three screens are line art of black and white alone.
Equal input gives equal bytes.
"""

from collections.abc import Callable, Sequence
from math import ceil, cos, hypot, pi, radians, sin, sqrt
from typing import NamedTuple

from draw import (
    BLACK,
    BOLD,
    GREEK,
    GUIDE,
    HAIR,
    HEI,
    HERE,
    KAI,
    LABEL,
    MEDIUM,
    PT,
    SONG,
    THIN,
    Box,
    Point,
    Sheet,
    squares,
    tint,
    typeface,
)
from PIL import Image, ImageChops, ImageDraw, ImageFilter

COARSE = 240
"""Pixels an inch of pictures in colour: more than twice the lines of a newspaper's screen."""
PER_MM = COARSE / 25.4

# ---- 1. A landscape in four inks ----------------------------------------------------------------------------------

INKS = (0, 158, 224), (229, 0, 125), (255, 237, 0), (29, 29, 27)
"""What the four inks look like alone: cyan, magenta, yellow, black."""
NAMES = "青 C", "品红 M", "黄 Y", "黑 K"
ANGLES = 15, 75, 0, 45
RULING = 0.9
"""Lines of the enlarged screens of the separation in a millimetre."""

Plates = tuple[Image.Image, Image.Image, Image.Image, Image.Image]


class Patch(NamedTuple):
    """A shape of the landscape: its outline in parts of the picture, and its four inks in per cent."""

    outline: Sequence[tuple[float, float]]
    inks: tuple[int, int, int, int]


def wave(base: float, high: float, length: float, phase: float) -> list[tuple[float, float]]:
    """Return the outline of hills whose crest swings about a height."""
    crest = [(n / 60, base - high * sin(n / 60 * length + phase) - high * 0.4 * sin(n / 19 * length)) for n in range(61)]
    return [*crest, (1, 1), (0, 1)]


HOUSE = (0.66, 0.64), (0.66, 0.555), (0.645, 0.555), (0.72, 0.47), (0.795, 0.555), (0.78, 0.555), (0.78, 0.64)
LANDSCAPE = (
    Patch(wave(0.50, 0.055, 7.5, 0.4), (42, 14, 12, 2)),
    Patch(wave(0.60, 0.050, 5.0, 2.1), (56, 16, 58, 4)),
    Patch(HOUSE, (4, 10, 18, 0)),
    Patch(((0.63, 0.562), (0.72, 0.455), (0.81, 0.562)), (18, 82, 80, 12)),
    Patch(((0.70, 0.64), (0.70, 0.585), (0.735, 0.585), (0.735, 0.64)), (30, 50, 60, 50)),
    Patch(wave(0.70, 0.030, 4.2, 1.0), (70, 26, 86, 10)),
    Patch(wave(0.82, 0.030, 6.1, 3.3), (26, 12, 82, 2)),
    Patch(wave(0.93, 0.020, 5.0, 0.2), (66, 34, 84, 26)),
)
SUN = 0.27, 0.24, 0.085
"""Middle of the sun in parts of the picture, and its radius in parts of the width."""
SUN_INKS = 0, 58, 88, 0
TREE = 0.16, 0.56
"""Middle of the tree's crown."""
CROWN = (0, 0, 0.075), (-0.05, 0.05, 0.055), (0.05, 0.05, 0.055), (-0.02, -0.035, 0.042)
"""Discs of the crown: how far each lies from its middle, and its radius; the last one, above the middle, is lit."""


def plates_of(width: int, height: int) -> Plates:
    """Return the amounts of the four inks of the landscape, 255 for full ink."""
    sky = ((0, 62), (0, 14), (4, 10), (0, 0))
    drawn = []
    for ink in range(4):
        foot, top = sky[ink]
        plate = Image.frombytes("L", (1, 2), bytes((round(top * 2.55), round(foot * 2.55))))
        plate = plate.resize((width, height), Image.Resampling.BILINEAR)
        pen = ImageDraw.Draw(plate)
        x, y, radius = SUN[0] * width, SUN[1] * height, SUN[2] * width
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=round(SUN_INKS[ink] * 2.55))
        for patch in LANDSCAPE:
            pen.polygon([(u * width, v * height) for u, v in patch.outline], fill=round(patch.inks[ink] * 2.55))
        tree(pen, ink, width, height)
        drawn.append(plate.filter(ImageFilter.GaussianBlur(width / 700)))
    return drawn[0], drawn[1], drawn[2], drawn[3]


def tree(pen: ImageDraw.ImageDraw, ink: int, width: int, height: int) -> None:
    """Draw a tree: a trunk, and a crown of discs that are darker below."""
    trunk, leaves, lit = (40, 60, 70, 60)[ink], (78, 30, 88, 18)[ink], (52, 12, 86, 2)[ink]
    x, y = TREE[0] * width, TREE[1] * height
    pen.polygon(
        [
            (x - width * 0.010, y),
            (x + width * 0.010, y),
            (x + width * 0.018, height * 0.80),
            (x - width * 0.018, height * 0.80),
        ],
        fill=round(trunk * 2.55),
    )
    for dx, dy, r in CROWN:
        tone = lit if dy < 0 else leaves
        cx, cy, radius = x + dx * width, y + dy * height, r * width
        pen.ellipse((cx - radius, cy - radius, cx + radius, cy + radius), fill=round(tone * 2.55))


def printed(plates: Sequence[Image.Image], inks: Sequence[tuple[int, int, int]]) -> Image.Image:
    """Return how plates look when they are printed over each other on white."""
    sheet = Image.new("RGB", plates[0].size, "white")
    for plate, ink in zip(plates, inks, strict=True):
        film = Image.merge("RGB", [plate.point([round(255 - (255 - part) * v / 255) for v in range(256)]) for part in ink])
        sheet = ImageChops.multiply(sheet, film)
    return sheet


def screened(plate: Image.Image, cell: float, angle: float, scale: int = 2) -> Image.Image:
    """Return a plate as dots of a screen: its cells this many pixels wide, turned by an angle in degrees."""
    width, height = plate.size[0] * scale, plate.size[1] * scale
    step = cell * scale
    dots = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(dots)
    tones = plate.load()
    turn = radians(angle)
    along, across = cos(turn) * step, sin(turn) * step
    reach = ceil(hypot(width, height) / step / 2) + 1
    for row in range(-reach, reach + 1):
        for column in range(-reach, reach + 1):
            x = width / 2 + column * along + row * across
            y = height / 2 - column * across + row * along
            if -step < x < width + step and -step < y < height + step:
                at = min(max(round(x / scale), 0), plate.size[0] - 1), min(max(round(y / scale), 0), plate.size[1] - 1)
                radius = step * sqrt(tones[at] / 255 / pi) * 1.03
                if radius > 0.35 * scale:
                    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return dots.reduce(scale)


def draw_landscape() -> None:
    """Draw the landscape in continuous tone, three to two."""
    width = round(129.2 * PER_MM)
    picture = printed(plates_of(width, width * 2 // 3), INKS)
    picture.save(HERE / "landscape.png", optimize=True, dpi=(COARSE, COARSE))


def draw_separation() -> None:
    """Draw the four plates of the landscape as enlarged dots, each in its ink, and all of them over each other."""
    wide, gap, high, foot = 40.0, 4.4, 40.0, 6.0
    side, tall = round(wide * PER_MM), round(high * PER_MM)
    dots = [screened(plate, PER_MM / RULING, angle) for plate, angle in zip(plates_of(side, tall), ANGLES, strict=True)]
    sheet = Image.new("RGB", (round(217.6 * PER_MM), tall + round(foot * PER_MM)), "white")
    panels = [printed([dot], [ink]) for dot, ink in zip(dots, INKS, strict=True)] + [printed(dots, INKS)]
    names = [f"{name}，{angle}度" for name, angle in zip(NAMES, ANGLES, strict=True)] + ["四色套印"]
    for number, (panel, name) in enumerate(zip(panels, names, strict=True)):
        x = round(number * (wide + gap) * PER_MM)
        sheet.paste(panel, (x, 0))
        ImageDraw.Draw(sheet).rectangle((x, 0, x + side - 1, tall - 1), outline=(110, 110, 110), width=3)
        lettered(sheet, (x + side / 2, tall + 4.6 * PER_MM), name)
    sheet.quantize(96, dither=Image.Dither.NONE).save(HERE / "separation.png", optimize=True, dpi=(COARSE, COARSE))


def lettered(sheet: Image.Image, at: tuple[float, float], words: str) -> None:
    """Set a label in black on a coloured sheet, its middle and its baseline here."""
    ImageDraw.Draw(sheet).text(at, words, fill=BLACK, font=typeface(HEI, round(LABEL * PT * PER_MM)), anchor="ms")


SCREENS = {"screen-06": 0.6, "screen-12": 1.2, "screen-24": 2.4}
"""Lines of the three screens in a millimetre."""
FINE = 1050
"""Pixels an inch of line art."""


def draw_screens() -> None:
    """Draw the landscape in black through three screens, as line art."""
    per_mm = FINE / 25.4
    width, height = round(42.0 * per_mm), round(34.0 * per_mm)
    grey = ImageChops.invert(printed(plates_of(width, height), INKS).convert("L"))
    for name, ruling in SCREENS.items():
        dots = screened(grey, per_mm / ruling, 45, 1)
        bits = dots.point([0 if v > BLACK + 127 else 255 for v in range(256)]).convert("1", dither=Image.Dither.NONE)
        bits.save(HERE / f"{name}.png", optimize=True, dpi=(FINE, FINE))


# ---- 2. Heads and their texts -------------------------------------------------------------------------------------


class Relation(NamedTuple):
    """A way to place a head: its name, its legs, and the head in parts of the text's width and height."""

    name: str
    legs: int
    head: Box
    count: int


RELATIONS = (
    Relation("盖文题", 4, Box(0, 0, 1, 0.18), 9),
    Relation("串文题", 4, Box(0, 0, 0.49, 0.34), 5),
    Relation("角题", 4, Box(0.755, 0, 0.245, 0.42), 3),
    Relation("眉心题", 4, Box(0.255, 0, 0.49, 0.28), 5),
    Relation("文包题", 4, Box(0.255, 0.32, 0.49, 0.34), 5),
    Relation("腰截题", 4, Box(0, 0.40, 1, 0.20), 8),
)


def draw_relations() -> None:
    """Draw six ways to place a head by its text."""
    sheet = Sheet("relations")
    wide, across = (sheet.w - 0.4 - 2 * 9) / 3, 9.0
    tall = (sheet.h - 0.4 - 2 * 8.0) / 2
    for number, relation in enumerate(RELATIONS):
        row, column = divmod(number, 3)
        box = Box(0.2 + column * (wide + across), 0.2 + row * (tall + 8.0), wide, tall)
        sheet.frame(box, THIN)
        relate(sheet, box.inset(2.2), relation)
        sheet.text(Point(box.centre.x, box.bottom + 5.2), relation.name, BOLD, 10, "ms")
    sheet.save()


def relate(sheet: Sheet, text: Box, relation: Relation) -> None:
    """Draw bars for the lines of the text, and the head with white round it."""
    head = Box(
        text.x + relation.head.x * text.w,
        text.y + relation.head.y * text.h,
        relation.head.w * text.w,
        relation.head.h * text.h,
    )
    gap, pitch, thick = 2.4, 2.0, 0.9
    leg = (text.w - gap * (relation.legs - 1)) / relation.legs
    above = head.y - text.y < pitch
    for number in range(relation.legs):
        x = text.x + number * (leg + gap)
        meets = x < head.right + 0.5 and x + leg > head.x - 0.5
        for line in range(int((text.h - thick) / pitch) + 1):
            y = text.y + line * pitch
            if meets and head.y - (0 if above else 2.2) < y + thick and y < head.bottom + 1.8:
                continue
            short = leg * 0.55 if (number * 7 + line) % 11 == 10 else leg
            start = 1.6 if (number * 7 + line) % 11 == 0 else 0
            sheet.fill(Box(x + start, y, short - start, thick), GREEK)
    squares(sheet, Box(head.x, head.y + head.h * 0.12, head.w, head.h * 0.76), relation.count)


# ---- 3. Sheets and folds ------------------------------------------------------------------------------------------

FACES = (
    ("第一张", "外面", (4, 1), (8, 1)),
    ("第一张", "里面", (2, 3), (2, 7)),
    ("第二张", "外面", (8, 5), (6, 3)),
    ("第二张", "里面", (6, 7), (4, 5)),
)


def draw_folds() -> None:
    """Draw which pages of eight lie side by side on two sheets, folded one after the other or one in the other."""
    sheet = Sheet("folds")
    block = (sheet.w - 0.4 - 7) / 2
    face, gap = (block - 4) / 2, 4.0
    tall = face * 0.70
    for scheme, name in enumerate(("各折各的", "套折")):
        left = 0.2 + scheme * (block + 7)
        sheet.text(Point(left + block / 2, 4.6), name, BOLD, 11, "ms")
        edge_on(sheet, Box(left, 7.0, block, 13.0), nested=bool(scheme))
        for number, (which, side, *pages) in enumerate(FACES):
            row, column = divmod(number, 2)
            box = Box(left + column * (face + gap), 24.5 + row * (tall + 9.0), face, tall)
            spread(sheet, box, pages[scheme])
            sheet.text(Point(box.centre.x, box.bottom + 4.6), which + side, HEI, LABEL, "ms")
    sheet.save()


def spread(sheet: Sheet, box: Box, pages: tuple[int, int]) -> None:
    """Draw one side of a sheet with the numbers of its two pages and the fold between them."""
    sheet.frame(box, MEDIUM)
    sheet.dashes(Point(box.centre.x, box.y + 0.4), Point(box.centre.x, box.bottom - 0.4))
    for number, page in enumerate(pages):
        x = box.x + box.w * (0.25 + 0.5 * number)
        sheet.text(Point(x, box.centre.y + 3.6), str(page), BOLD, 28, "ms")


def edge_on(sheet: Sheet, box: Box, *, nested: bool) -> None:
    """Draw two folded sheets seen on their edges, from above: their folds at the left."""
    shift = 0.0 if nested else box.h * 0.5
    wide, opening = box.w * 0.52, box.h * (0.5 if nested else 0.22)
    left = box.centre.x - wide / 2
    for number in range(2):
        middle = box.centre.y + (number - 0.5) * shift
        half = opening * (0.45 if nested and number else 1.0)
        fold = Point(left + (5.0 if nested and number else 0), middle)
        for out in (-1, 1):
            sheet.strokes((fold, Point(left + wide, middle + out * half)), 1.6)


# ---- 4. The ladder of sizes ---------------------------------------------------------------------------------------

SIZES = (
    ("初", 42.0),
    ("一", 27.5),
    ("小一", 24.0),
    ("二", 21.0),
    ("小二", 18.0),
    ("三", 15.75),
    ("四", 13.75),
    ("小四", 12.0),
    ("五", 10.5),
    ("小五", 9.0),
    ("六", 7.875),
    ("七", 5.25),
)
METAL = 0.35
"""Millimetres in a point of metal type in China."""


def draw_ladder() -> None:
    """Draw type from the largest size to the smallest in its true size, and a square that is halved four times."""
    sheet = Sheet("ladder")
    spare = sheet.w - 1.6 - sum(size for _, size in SIZES) * METAL
    gap = spare / (len(SIZES) - 1)
    x, base = 0.2, 0.2 + SIZES[0][1] * METAL
    for name, size in SIZES:
        side = size * METAL
        box = Box(x, base - side, side, side)
        sheet.frame(box, HAIR, GUIDE)
        sheet.glyph(box, "字", SONG)
        sheet.text(Point(box.centre.x, base + 4.0), name, HEI, 7.5, "ms")
        x += side + gap
    top, side = base + 9.0, SIZES[0][1] * METAL
    places = [(sheet.w - 4 * side) / 5 * (n + 1) + n * side for n in range(4)]
    for number, (left, words) in enumerate(zip(places, ("初号1个", "二号4个", "五号16个", "七号64个"), strict=True)):
        halved(sheet, Box(left, top, side, side), 2**number)
        sheet.text(Point(left + side / 2, top + side + 4.4), words, HEI, LABEL, "ms")
    sheet.save()


def halved(sheet: Sheet, box: Box, across: int) -> None:
    """Fill a square with as many characters across and down."""
    side = box.w / across
    for row in range(across):
        for column in range(across):
            cell = Box(box.x + column * side, box.y + row * side, side, side)
            sheet.glyph(cell, "字", SONG)
            sheet.frame(cell, HAIR, GUIDE)


# ---- 5. Formats, modules ------------------------------------------------------------------------------------------

FULL = 1092.0, 787.0
"""Width and height of a full sheet in millimetres."""


def draw_formats() -> None:
    """Draw a full sheet that is halved again and again, with the names of its parts."""
    sheet = Sheet("formats")
    scale = (sheet.w - 0.4) / FULL[0]
    box = Box(0.2, 0.2, FULL[0] * scale, FULL[1] * scale)
    sheet.frame(box, MEDIUM)
    half = box.w / 2
    sheet.fill(Box(box.x + 0.3, box.y + 0.3, half - 0.3, box.h - 0.6), tint(10))
    sheet.line(Point(box.x + half, box.y), Point(box.x + half, box.bottom), MEDIUM)
    sheet.line(Point(box.x + half, box.centre.y), Point(box.right, box.centre.y), THIN)
    sheet.line(Point(box.x + half * 1.5, box.centre.y), Point(box.x + half * 1.5, box.bottom), THIN)
    sheet.line(Point(box.x + half * 1.5, box.y + box.h * 0.75), Point(box.right, box.y + box.h * 0.75), THIN)
    places = (("对开", 0.5, 0.5), ("四开", 1.5, 0.25), ("八开", 1.25, 0.75), ("十六开", 1.75, 0.625))
    for name, x, y in places:
        sheet.text(Point(box.x + half * x, box.y + box.h * y + 1.3), name, HEI, LABEL, "ms")
    sheet.save()


class Module(NamedTuple):
    """An advert of a module: its place in centimetres from the upper left of the type area, and its name."""

    box: Box
    name: str


MODULES = (
    Module(Box(0, 0, 35, 24), "半版"),
    Module(Box(0, 24, 17.5, 12), "八分之一版"),
    Module(Box(17.5, 24, 17.5, 6), "十六分之一版"),
    Module(Box(17.5, 30, 17.5, 6), "十六分之一版"),
    Module(Box(0, 36, 35, 12), "四分之一版"),
)


def draw_modules() -> None:
    """Draw a page that is filled with adverts of modules."""
    sheet = Sheet("modules")
    scale = (sheet.w - 0.4) / 35
    for module in MODULES:
        part = module.box
        box = Box(0.2 + part.x * scale, 0.2 + part.y * scale, part.w * scale, part.h * scale)
        sheet.frame(box, THIN)
        sheet.text(Point(box.centre.x, box.centre.y - 0.1), module.name, BOLD, 9.5, "ms")
        sheet.text(Point(box.centre.x, box.centre.y + 4.3), f"高{part.h:g}宽{part.w:g}", KAI, LABEL, "ms")
    sheet.save()


FIGURES: tuple[Callable[[], None], ...] = (
    draw_landscape,
    draw_separation,
    draw_screens,
    draw_relations,
    draw_folds,
    draw_ladder,
    draw_formats,
    draw_modules,
)


def main() -> None:
    """Draw all figures."""
    for draw in FIGURES:
        draw()


if __name__ == "__main__":
    main()

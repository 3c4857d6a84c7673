"""Draw the two adverts of the sample issue; run as `python issues/ruzhou/pictures/adverts.py`.

The paper's own advert is written as PDF, the public-service advert as SVG. Type is drawn as outlines, so that neither file
needs a font. Lengths are millimetres from the upper left corner. Equal input gives equal bytes.
"""

import datetime
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import md5
from math import cos, pi, sin
from typing import NamedTuple

from draw import BOLD, BRUSH, FONTS, HEAVY, HEI, HERE, PT, Box, Point
from fontTools.pens.basePen import BasePen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from layout.export.metadata import DocumentFacts, xmp_packet
from layout.inks.press import PRESS, REGISTRY, deflated_profile

TITLE = b"Own advert"
FACTS = DocumentFacts("Own advert", "Own advert", "Banmian", datetime.date(2023, 3, 27))

Ink = tuple[float, float, float, float]
BLACK: Ink = (0, 0, 0, 1)
RED: Ink = (0, 0.9, 0.85, 0)
GREEN: Ink = (0.75, 0.1, 0.9, 0)
PAPER: Ink = (0, 0, 0, 0)

Step = tuple[str, tuple[tuple[float, float], ...]]
"""A step of an outline: m, l, c or h, as PDF calls them, and its points."""


class Shape(NamedTuple):
    """An outline that is filled with an ink."""

    steps: tuple[Step, ...]
    ink: Ink


class Outline(BasePen):
    """A pen that keeps outlines as steps; quadratic curves become cubic ones."""

    def __init__(self, glyphs: object) -> None:
        super().__init__(glyphs)
        self.steps: list[Step] = []

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802, fontTools calls it so
        self.steps.append(("m", (pt,)))

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self.steps.append(("l", (pt,)))

    def _curveToOne(self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]) -> None:  # noqa: N802
        self.steps.append(("c", (pt1, pt2, pt3)))

    def _closePath(self) -> None:  # noqa: N802
        self.steps.append(("h", ()))


@cache
def font(face: str) -> TTFont:
    """Return a bundled face."""
    return TTFont(FONTS / f"{face}.ttf", lazy=True)


def words(text: str, face: str, points: float, middle: Point, ink: Ink = BLACK, tracking: float = 0) -> Shape:
    """Return a line of type about a middle on its baseline; tracking is white between characters in ems."""
    names, glyphs = font(face).getBestCmap(), font(face).getGlyphSet()
    scale = points * PT / font(face)["head"].unitsPerEm
    white = tracking * points * PT
    wide = sum(glyphs[names[ord(char)]].width * scale for char in text) + white * (len(text) - 1)
    pen, x = Outline(glyphs), middle.x - wide / 2
    for char in text:
        glyph = glyphs[names[ord(char)]]
        glyph.draw(TransformPen(pen, (scale, 0, 0, -scale, x, middle.y)))
        x += glyph.width * scale + white
    return Shape(tuple(pen.steps), ink)


def block(box: Box, ink: Ink = BLACK) -> Shape:
    """Return a filled rectangle."""
    corners = (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)
    return polygon(corners, ink)


def polygon(corners: Sequence[tuple[float, float]], ink: Ink = BLACK) -> Shape:
    """Return a filled polygon."""
    first, *rest = corners
    return Shape((("m", (first,)), *(("l", (corner,)) for corner in rest), ("h", ())), ink)


def frame(box: Box, points: float, ink: Ink = BLACK) -> Iterator[Shape]:
    """Yield the four sides of a rectangle's outline, which lies within it."""
    wide = points * PT
    yield block(Box(box.x, box.y, box.w, wide), ink)
    yield block(Box(box.x, box.bottom - wide, box.w, wide), ink)
    yield block(Box(box.x, box.y, wide, box.h), ink)
    yield block(Box(box.right - wide, box.y, wide, box.h), ink)


def newspaper(box: Box) -> Iterator[Shape]:
    """Yield a small front page: its name, a picture, and bars for text."""
    yield from frame(box, 1)
    yield block(Box(box.x + 2.2, box.y + 2.2, box.w * 0.55, 3.4))
    yield block(Box(box.x + 2.2, box.y + 8.0, box.w * 0.45, box.h * 0.30), (0, 0, 0, 0.35))
    top = box.y + 8.0
    for line in range(int((box.h - 10.5) / 2.0)):
        y, beside = top + line * 2.0, line * 2.0 < box.h * 0.30 + 1.0
        left = box.x + box.w * 0.45 + 4.2 if beside else box.x + 2.2
        yield block(Box(left, y, box.right - 2.2 - left, 0.8), (0, 0, 0, 0.6))


def arrow(centre: Point, radius: float, start: float, end: float) -> Iterator[Shape]:
    """Yield a bent arrow about a centre from one angle to another, in parts of a turn from the right, clockwise."""
    wide, count = radius * 0.13, 24
    angles = [(start + (end - start) * n / count) * 2 * pi for n in range(count + 1)]
    outer = [(centre.x + (radius + wide) * cos(a), centre.y + (radius + wide) * sin(a)) for a in angles]
    inner = [(centre.x + (radius - wide) * cos(a), centre.y + (radius - wide) * sin(a)) for a in reversed(angles)]
    yield polygon([*outer, *inner], GREEN)
    last, tip = angles[-1], angles[-1] + 0.34
    yield polygon(
        [
            (centre.x + radius * 1.34 * cos(last), centre.y + radius * 1.34 * sin(last)),
            (centre.x + radius * cos(tip), centre.y + radius * sin(tip)),
            (centre.x + radius * 0.66 * cos(last), centre.y + radius * 0.66 * sin(last)),
        ],
        GREEN,
    )


OWN = Box(0, 0, 173.4, 97.1)
SHARES = "整版", "半版", "四分之一版", "八分之一版", "十分之一版", "十六分之一版"


def own_advert() -> Iterator[Shape]:
    """Yield the paper's own advert."""
    middle = OWN.w / 2
    yield words("今日汝州", BRUSH, 62, Point(middle, 27.5), RED, 0.06)
    yield block(Box(OWN.w * 0.12, 34.0, OWN.w * 0.76, 0.5), RED)
    yield words("本报版面可登广告", HEAVY, 46, Point(middle, 55.5), tracking=0.04)
    wide = (OWN.w - 20) / len(SHARES)
    for number, share in enumerate(SHARES):
        cell = Box(10 + number * wide, 69.3, wide, 10.5)
        yield from frame(cell, 0.5)
        yield words(share, BOLD, 10.5, Point(cell.centre.x, cell.centre.y + 1.4))
    yield words("地址：汝州市老二门街南段　邮编：467599", HEI, 11, Point(middle, 90.4))


SERVICE = Box(0, 0, 173.4, 61.8)


def service_advert() -> Iterator[Shape]:
    """Yield the public-service advert: an old paper becomes a new one."""
    yield from newspaper(Box(9, 13, 26, 36))
    centre = Point(49.5, 31)
    yield from arrow(centre, 9.0, 0.55, 0.90)
    yield from arrow(centre, 9.0, 0.05, 0.40)
    yield from newspaper(Box(64, 13, 26, 36))
    middle = 132.0
    yield words("读完的报纸", BOLD, 32, Point(middle, 25.0), tracking=0.03)
    yield words("放进可回收物", BOLD, 32, Point(middle, 40.5), tracking=0.03)
    yield words("公益广告", HEI, 12, Point(middle, 54.0), tracking=0.1)


def svg(sheet: Box, shapes: Sequence[Shape]) -> str:
    """Return shapes as an SVG file."""
    paths = (f'<path fill="{_colour(shape.ink)}" d="{_svg_path(shape.steps)}"/>' for shape in shapes)
    size = f'width="{sheet.w:g}mm" height="{sheet.h:g}mm" viewBox="0 0 {sheet.w:g} {sheet.h:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>\n' + "\n".join(paths) + "\n</svg>\n"


def _colour(ink: Ink) -> str:
    cyan, magenta, yellow, black = ink
    return "#" + "".join(f"{round(255 * (1 - part) * (1 - black)):02x}" for part in (cyan, magenta, yellow))


def _svg_path(steps: Sequence[Step]) -> str:
    names = {"m": "M", "l": "L", "c": "C", "h": "Z"}
    return "".join(names[name] + " ".join(f"{_short(x)} {_short(y)}" for x, y in points) for name, points in steps)


def _short(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def pdf(sheet: Box, shapes: Sequence[Shape]) -> bytes:
    """Return shapes as a PDF file of one page, in four inks; black and its tints overprint."""
    scale = 1 / PT
    lines = [f"{scale:.5f} 0 0 {-scale:.5f} 0 {sheet.h * scale:.3f} cm"]
    for shape in shapes:
        lines.append("/Over gs" if shape.ink[:3] == (0, 0, 0) else "/Out gs")
        lines.append(" ".join(f"{part:g}" for part in shape.ink) + " k")
        lines += (" ".join([f"{_short(x)} {_short(y)}" for x, y in points] + [name]) for name, points in shape.steps)
        lines.append("f")
    content = "\n".join(lines).encode("ascii")
    box = f"[0 0 {sheet.w * scale:.3f} {sheet.h * scale:.3f}]"
    states = "/Over << /OP true /op true /OPM 1 >> /Out << /OP false /op false >>"
    boxes = f"/MediaBox {box} /CropBox {box} /BleedBox {box} /TrimBox {box} /Resources << /ExtGState << {states} >> >>"
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R /Metadata 6 0 R /OutputIntents [7 0 R] >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {boxes} /Contents 4 0 R >>".encode("ascii"),
        _stream(content),
        b"<< /Title (%s) /Trapped /False /CreationDate (%s) /ModDate (%s) >>"
        % (TITLE, FACTS.pdf_date.encode(), FACTS.pdf_date.encode()),
        _stream(xmp_packet(FACTS, md5(content, usedforsecurity=False).digest()), b"/Type /Metadata /Subtype /XML"),
        b"<< /Type /OutputIntent /S /GTS_PDFX /OutputConditionIdentifier (%s) /RegistryName (%s) /DestOutputProfile 8 0 R >>"
        % (PRESS.condition.encode("ascii"), REGISTRY.encode("ascii")),
        _stream(deflated_profile(PRESS.profile), b"/N 4 /Filter /FlateDecode"),
    )
    file, places = b"%PDF-1.6\n%\xe5\xb9\xbf\xe5\x91\x8a\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    name = md5(file, usedforsecurity=False).hexdigest().encode("ascii")
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 5 0 R /ID [<%s> <%s>] >>\n" % (len(bodies) + 1, name, name)
    return file + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(file)


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def main() -> None:
    """Draw both adverts."""
    (HERE / "own-advert.pdf").write_bytes(pdf(OWN, tuple(own_advert())))
    (HERE / "service-advert.svg").write_text(svg(SERVICE, tuple(service_advert())), encoding="utf-8")


if __name__ == "__main__":
    main()

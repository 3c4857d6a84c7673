"""Draw what the gallery's second issue shows; run as `python issues/gallery/pictures/draw_kinds.py` after `draw.py`.

The paper's name, a picture of each kind of file, and adverts that are for nothing but their own places. Equal input gives equal
bytes; type is outlines.
"""

import io
from collections.abc import Callable

import pikepdf
from draw import HERE, PPI, outlines
from PIL import Image, ImageDraw

BRUSH, PLAIN = "MaShanZheng-Regular", "NotoSansSC-Regular"


def drawing(name: str, width: int, height: int, parts: list[str]) -> None:
    """Write an SVG of a size in tenths of a millimetre."""
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width / 10:g}mm" height="{height / 10:g}mm"'
        f' viewBox="0 0 {width} {height}">',
        *parts,
        "</svg>",
    )
    (HERE / f"{name}.svg").write_text("\n".join(lines) + "\n", encoding="utf-8")


def words(text: str, face: str, middle: float, baseline: float, size: float) -> str:
    """Return a line of type whose middle stands at a place."""
    return f'<path d="{outlines(text, face, middle - len(text) * size / 2, baseline, size)}"/>'


def name() -> None:
    """Write the name of the paper in brush characters."""
    drawing("name", 1600, 400, [f'<path d="{outlines("版面样本", BRUSH, 0, 340, 400)}"/>'])


ADVERTS = {
    "whole-page": ("整版", 2350, 3496),
    "full-width": ("通栏", 2350, 567),
    "twentieth": ("二十分之一", 445, 711),
    "ear": ("报眼", 445, 560),
    "below-wide": ("下报眉", 1874, 336),
    "below-narrow": ("下报眉", 445, 336),
}
"""Names of adverts, what is said of their places, and their sizes in tenths of a millimetre."""


def adverts() -> None:
    """Write adverts: a tint with the size of type that its shorter side allows."""
    for file, (place, width, height) in ADVERTS.items():
        size = min(height / 4, width / 8)
        middle, baseline = width / 2, height / 2 + size * 0.1
        bar = max(8, round(size / 10))
        parts = [
            f'<rect width="{width}" height="{height}" fill="#f3ead2"/>',
            f'<g fill="#c8502a"><rect width="{width}" height="{bar}"/>'
            f'<rect y="{height - bar}" width="{width}" height="{bar}"/></g>',
            '<g fill="#000000">',
            words("此处可登广告", BRUSH, middle, baseline, size),
            words(f"这是{place}的位置", PLAIN, middle, baseline + size, size / 2),
            "</g>",
        ]
        drawing(f"advert-{file}", width, height, parts)


def landscapes() -> None:
    """Write parts of the landscape as a JPEG and a WebP."""
    with Image.open(HERE / "landscape.png") as whole:
        whole.crop((0, 100, 1200, 900)).save(HERE / "landscape.jpg", quality=90, dpi=(PPI, PPI), optimize=True)
        whole.crop((500, 60, 1140, 520)).save(HERE / "sun.webp", lossless=True, method=6)


INKS = ((255, 0, 0, 0), (0, 255, 0, 0), (0, 0, 255, 0), (0, 0, 0, 255))


def inks() -> None:
    """Write the four inks in steps from a tenth to full, as a TIFF in CMYK."""
    picture = Image.new("CMYK", (960, 600), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    for row, ink in enumerate(INKS):
        for step in range(10):
            tone = tuple(part * (step + 1) // 10 for part in ink)
            pen.rectangle((step * 96, row * 150, step * 96 + 89, row * 150 + 137), fill=tone)
    picture.save(HERE / "inks.tif", compression="tiff_lzw", dpi=(PPI, PPI))


def folds() -> None:
    """Write a sheet that is folded twice, as a drawing."""
    parts = ['<rect width="1000" height="720" fill="#eeeeee"/>']
    for x, y, width, height in ((80, 110, 400, 500), (540, 110, 380, 240), (540, 400, 180, 210)):
        parts.append(f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="white" stroke="black" stroke-width="6"/>')
    dashed = '<path d="{}" fill="none" stroke="black" stroke-width="4" stroke-dasharray="18 12"/>'
    parts += [dashed.format(data) for data in ("M80 360H480", "M730 110V350")]
    parts += [words(text, PLAIN, x, y, 56) for text, x, y in (("全张", 280, 250), ("对开", 635, 250), ("四开", 630, 525))]
    drawing("folds", 1000, 720, parts)


def columns() -> None:
    """Write five base columns and what three of them make, as a page of a PDF in black alone."""
    operators = ["0 0 0 0.12 k 0 0 300 216 re f"]
    for column in range(5):
        operators.append(f"0 0 0 {0.45 if column < 3 else 0} k {14 + column * 55} 74 49 124 re f")
    operators.append("0 0 0 0.8 k 14 18 159 42 re f 0 0 0 0 k 179 18 104 42 re f")
    with pikepdf.new() as made:
        made.add_blank_page(page_size=(300, 216))
        made.pages[0].Contents = made.make_stream("\n".join(operators).encode())
        buffer = io.BytesIO()
        made.save(buffer, deterministic_id=True)
    (HERE / "columns.pdf").write_bytes(buffer.getvalue())


DRAWINGS: tuple[Callable[[], None], ...] = (name, adverts, landscapes, inks, folds, columns)

if __name__ == "__main__":
    for draw in DRAWINGS:
        draw()

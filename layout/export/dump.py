"""A page as readable text: a line for each rule, picture and line of type, with its place.

A golden that a typesetter can read: columns are x and y in millimetres from the upper left corner of the
trimmed page, face, size in points, and the text between bars; rules give width and height.
"""

from collections.abc import Iterator
from itertools import groupby

from layout.frame import Art, Direction, Fill, GlyphRun, Ink, Mark, Page, Path, Picture, Placed, tint
from layout.units import Emu, millimetres, points


def dump_page(page: Page) -> str:
    """Return the page as text."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield f"page {page.label} {page.section} {millimetres(page.size.width):.2f} x {millimetres(page.size.height):.2f} mm"
    for _, group in groupby(page.frame.walk(), key=_line_of):
        items = list(group)
        if isinstance(items[0].item, GlyphRun):
            yield _text_line(items)
        else:
            yield from map(_item_line, items)


def _line_of(placed: Placed) -> tuple[str, Emu]:
    """Return what the pieces of a line share: their height, or where they stand across where they go down the page."""
    if not isinstance(placed.item, GlyphRun):
        return "", placed.y
    return ("level", placed.y) if placed.item.direction is Direction.LEVEL else ("vertical", placed.x)


def _text_line(items: list[Placed]) -> str:
    runs = [placed.item for placed in items if isinstance(placed.item, GlyphRun)]
    faces = "+".join(dict.fromkeys(run.face for run in runs))
    text = "|".join(run.text for run in runs)
    return f"{_place(items[0].x, items[0].y)} {faces} {points(runs[0].size):.2f} |{text}|"


def _item_line(placed: Placed) -> str:
    place = _place(placed.x, placed.y)
    match placed.item:
        case Fill(width=width, height=height, ink=ink):
            return f"{place} fill {millimetres(width):.2f} x {millimetres(height):.2f} {_inks(ink)}"
        case Path(steps=steps, stroke=stroke, ink=ink):
            return f"{place} path of {len(steps)} steps {points(stroke):.2f} {_inks(ink)}"
        case Picture(path=path, width=width, height=height, visible=visible):
            part = f" of {visible.width} x {visible.height} pixels at {visible.x} {visible.y}" if visible else ""
            return f"{place} picture {path.name} {millimetres(width):.2f} x {millimetres(height):.2f}{part}"
        case Art(source=source, width=width, height=height):
            return f"{place} art {source.name} {millimetres(width):.2f} x {millimetres(height):.2f}"
        case Mark(kind=kind, name=name, title=title):
            return f"-- {kind.value} {name} {title}".rstrip()
        case other:
            raise TypeError(f"not a leaf of a frame: {type(other).__name__}")


def _inks(ink: Ink) -> str:
    """Return black by itself, or all four inks."""
    return str(ink.black) if ink == tint(ink.black) else "/".join(map(str, ink))


def _place(x: Emu, y: Emu) -> str:
    return f"{millimetres(x):8.2f} {millimetres(y):8.2f}"

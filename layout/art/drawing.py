"""Reads an SVG drawing into paths with ink; the only module that imports svgelements.

svgelements parses path data, turns shapes and arcs into curves and multiplies matrices. It passes over what it does not
know, so structure and style are read here, and whatever would not look as drawn is a finding at its place.
"""

import math
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from layout.art.markup import Element, Sheet, declarations, parse_markup
from layout.diagnostics import Diagnostic, Span, finding
from layout.frame import Cap, Drawing, Ink, Join, Path, StrokeStyle
from layout.geometry import Move, Size, Step
from layout.inks.press import Press
from layout.messages import Phrase
from layout.pictures import colour_inks
from layout.units import PT, Emu

MAX_FILE = 30_000_000
MAX_DEPTH = 64
"""How deep groups and uses may lie in each other."""

MAX_SHAPES = 30_000

_MOST_SIDE = 1_000_000
"""Pixels of the longest side that a drawing may have: those of a large wall."""


_ROOM = 2000 * PT
"""The longer side of the room in which a drawing is kept: coordinates are then exact to a ten-thousandth of it, or finer."""

_PIXEL = 3 * PT // 4
"""SVG's pixel is a ninety-sixth of an inch."""

_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4}
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*(px|pt|pc|in|cm|mm|)")
_DATA = re.compile(r"[MmZzLlHhVvCcSsQqTtAa0-9eE.,+\-\s]*")
_TRANSFORM = re.compile(r"(?:\s*,?\s*(?:matrix|translate|scale|rotate|skewX|skewY)\s*\([\d\s.,eE+-]*\))*\s*")
_DECIMALS = re.compile(r"\d*\.\d+(?=%?\s*[,)])")
_SIMILAR = 0.01
"""How unlike, as a part of it, a stroke's width may be in two directions."""

_WORDS = ("title", "desc", "metadata", "style", "defs", "symbol")
_REFERRED = ("clipPath", "mask", "filter", "marker", "pattern", "linearGradient", "radialGradient")
_BLANK = frozenset((*_WORDS, *_REFERRED))
"""Elements that show nothing where they stand; what refers to one of the second row is told."""

_CONDITIONS = frozenset(("requiredExtensions", "requiredFeatures", "systemLanguage"))
_GROUPS = frozenset(("svg", "g", "a"))
_SHAPES: dict[str, tuple[str, ...]] = {
    "rect": ("x", "y", "width", "height", "rx", "ry"),
    "circle": ("cx", "cy", "r"),
    "ellipse": ("cx", "cy", "rx", "ry"),
    "line": ("x1", "y1", "x2", "y2"),
    "polyline": (),
    "polygon": (),
    "path": (),
}
"""Shapes, and those of their attributes that are lengths."""

_INHERITED = {
    "fill": "black",
    "fill-rule": "nonzero",
    "fill-opacity": "1",
    "stroke": "none",
    "stroke-width": "1",
    "stroke-opacity": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "visibility": "visible",
    "color": "black",
    "paint-order": "normal",
    "marker-start": "none",
    "marker-mid": "none",
    "marker-end": "none",
    "marker": "none",
}
_OWN = {
    "display": "inline",
    "opacity": "1",
    "clip-path": "none",
    "mask": "none",
    "filter": "none",
    "mix-blend-mode": "normal",
    "vector-effect": "none",
}
"""Properties with what they are where nothing is said: those that go down to children, and those that do not."""

_UNSET = (
    *("paint-order", "marker-start", "marker-mid", "marker-end", "marker", "stroke-dashoffset"),
    *("clip-path", "mask", "filter", "mix-blend-mode", "vector-effect", "opacity"),
)
"""Properties that are beyond us unless they are as where nothing is said."""

_CAPS = {"butt": Cap.BUTT, "round": Cap.ROUND, "square": Cap.SQUARE}
_JOINS = {"miter": Join.MITER, "round": Join.ROUND, "bevel": Join.BEVEL}

Look = dict[str, str]


def read_drawing(path: FilePath, span: Span, press: Press) -> tuple[Drawing | None, tuple[Diagnostic, ...]]:
    """Return the drawing of an SVG file in the inks of a press; None with findings where it cannot be drawn.

    Findings stand at their places in the drawing, or at `span`, the place where the file is named.
    """
    try:
        data = path.read_bytes() if path.stat().st_size <= MAX_FILE else None
    except OSError:
        data = b""
    if data is None:
        return None, (finding("art-too-large", span, path=path.name, limit=MAX_FILE // 1_000_000),)
    root = parse_markup(data, os.path.normpath(path))
    if not isinstance(root, Element):
        reason = Phrase("不是完整的 SVG", "it is no whole SVG")
        return None, (finding("art-damaged", root or span, path=path.name, reason=reason),)
    view = _view(root)
    if view is None:
        reason = Phrase(
            "没有写明合用的大小（viewBox 或 width、height）", "it has no size of use (viewBox, or width and height)"
        )
        return None, (finding("art-damaged", root.span, path=path.name, reason=reason),)
    reader = _Reader(
        path.name, press, {element.attributes["id"]: element for element in root.walk() if "id" in element.attributes}
    )
    reader.read(root, view)
    if reader.problems:
        return None, tuple(reader.problems.values())
    return Drawing(path.name, view.size, view.room, tuple(reader.paths)), ()


class _View(NamedTuple):
    """The natural size of a drawing, the room in which it is kept, and the transform that leads there."""

    size: Size
    room: Size
    transform: str


def _view(root: Element) -> _View | None:
    """Return how a drawing lies in its room; None where it has no size."""
    from svgelements import Viewbox

    numbers = re.findall(r"[^\s,]+", root.attributes.get("viewBox", ""))
    sides = [_length(number) for number in numbers]
    box = [side for side in sides if side is not None] if len(sides) == 4 else []
    wide, high = (_length(root.attributes.get(name, "")) for name in ("width", "height"))
    if len(box) == 4 and min(box[2:]) > 0:
        wide, high = _completed(wide, high, box[2], box[3])
    if not wide or not high or wide <= 0 or high <= 0:
        return None
    scale = _ROOM / max(wide, high)
    room = Size(round(wide * scale), round(high * scale))
    if not (room.width and room.height):  # a line is no drawing
        return None
    size = Size(max(1, round(wide * _PIXEL)), max(1, round(high * _PIXEL)))
    if len(box) != 4:
        return _View(size, room, f"scale({scale})")
    fitting = root.attributes.get("preserveAspectRatio", "xMidYMid meet")
    return _View(size, room, Viewbox.viewbox_transform(0, 0, *room, *box, fitting))


def _completed(wide: float | None, high: float | None, across: float, down: float) -> tuple[float, float]:
    """Return width and height; what is not given follows from the view box."""
    if wide is None and high is None:
        return across, down
    return wide or (high or 0) * across / down, high or (wide or 0) * down / across


def _length(text: str) -> float | None:
    """Return a length in pixels; None where it is none, or hangs on something else."""
    match = _LENGTH.fullmatch(text.strip())
    length = float(match[1]) * _UNITS[match[2]] if match else math.nan
    return length if abs(length) <= _MOST_SIDE else None


@dataclass(slots=True)
class _Reader:
    """Goes through the elements and gathers paths; each thing that is beyond us is told once, where it first stands."""

    name: str
    press: Press
    named: dict[str, Element]
    sheet: Sheet = field(default_factory=Sheet)
    paths: list[Path] = field(default_factory=list)
    problems: dict[object, Diagnostic] = field(default_factory=dict)
    used: list[Element] = field(default_factory=list)
    shapes: int = 0

    def read(self, root: Element, view: _View) -> None:
        from svgelements import Matrix

        for sheet in (element for element in root.walk() if element.tag == "style"):
            for selector in self.sheet.add(sheet.text):
                self._beyond(sheet, selector)
        self._element(root, _INHERITED, Matrix(view.transform), 0)

    def _beyond(self, element: Element, what: str) -> None:
        """Tell what cannot be drawn as it is meant."""
        self.problems.setdefault(what, finding("art-not-drawn", element.span, path=self.name, what=what))

    def _element(self, element: Element, look: Look, matrix: Any, depth: int) -> None:
        if element.tag in _BLANK:
            return
        if depth > MAX_DEPTH or self.shapes > MAX_SHAPES:
            code = "art-too-deep" if depth > MAX_DEPTH else "art-too-large"
            self.problems.setdefault(code, finding(code, element.span, path=self.name, limit=MAX_FILE // 1_000_000))
            return
        look, own = self._looks(element, look)
        if own["display"] == "none":
            return
        matrix = self._transformed(element, matrix)
        if element.tag in _GROUPS and not (element.tag == "svg" and depth):
            for child in element.children:
                self._element(child, look, matrix, depth + 1)
        elif element.tag == "switch":
            plain = (child for child in element.children if _CONDITIONS.isdisjoint(child.attributes))
            self._element(next(plain, Element("defs", {}, element.span)), look, matrix, depth + 1)
        elif element.tag == "use":
            self._use(element, look, matrix, depth)
        elif element.tag in _SHAPES:
            self._shape(element, look, matrix)
        else:
            self._beyond(element, f"<{element.tag}>")

    def _looks(self, element: Element, above: Look) -> tuple[Look, Look]:
        """Return the properties of an element that go down to its children, and its own."""
        declared = {name: value for name, value in element.attributes.items() if name in _INHERITED or name in _OWN}
        declared |= self.sheet.declared(element)
        declared |= declarations(element.attributes.get("style", ""))
        if "transform" in declared:
            self._beyond(element, "style: transform")
        given = {name: value.strip() for name, value in declared.items() if value.strip() != "inherit"}
        look = above | {name: value for name, value in given.items() if name in _INHERITED}
        own = _OWN | {name: value for name, value in given.items() if name in _OWN}
        for name in _UNSET:
            self._check_unset(element, name, (look | own)[name])
        return look, own

    def _check_unset(self, element: Element, name: str, value: str) -> None:
        usual = (_INHERITED | _OWN)[name]
        if value != usual and (_length(value) is None or _length(value) != _length(usual)):
            self._beyond(element, f"{name}: {value}")

    def _transformed(self, element: Element, matrix: Any) -> Any:
        from svgelements import Matrix

        text = element.attributes.get("transform", "")
        if not text.strip():
            return matrix
        if _TRANSFORM.fullmatch(text) is None:
            self._beyond(element, f"transform: {text}")
            return matrix
        try:
            return Matrix(text) * matrix
        except (IndexError, ValueError, TypeError):
            self._beyond(element, f"transform: {text}")
            return matrix

    def _use(self, element: Element, look: Look, matrix: Any, depth: int) -> None:
        """Draw what a use names at its place; one that leads to itself is a finding."""
        from svgelements import Matrix

        target = self.named.get(element.attributes.get("href", "").removeprefix("#"))
        across, down = (_length(element.attributes.get(name, "0")) for name in ("x", "y"))
        if target is None or across is None or down is None or (target.tag == "symbol" and "viewBox" in target.attributes):
            self._beyond(element, f"<use> {element.attributes.get('href', '')}")
        elif target in self.used:
            self.problems.setdefault("art-cyclic", finding("art-cyclic", element.span, path=self.name))
        else:
            moved = Matrix(f"translate({across}, {down})") * matrix
            self.used.append(target)
            for shown in target.children if target.tag == "symbol" else [target]:
                self._element(shown, look, moved, depth + 1)
            self.used.pop()

    def _shape(self, element: Element, look: Look, matrix: Any) -> None:
        self.shapes += 1
        if look["visibility"] != "visible":
            return
        figures = self._figures(element, matrix)
        fill, stroke = (self._ink(element, look, name) for name in ("fill", "stroke"))
        if fill is not None and figures and element.tag != "line":
            steps = tuple(step for figure in figures for step in figure.steps)
            self.paths.append(Path(steps, 0, fill, is_even_odd=look["fill-rule"] == "evenodd"))
        if stroke is not None and figures:
            self._strokes(element, look, stroke, figures, matrix)

    def _figures(self, element: Element, matrix: Any) -> "list[_Figure]":
        """Return the figures of a shape in the drawing's room."""
        from svgelements import Path as Curves

        try:
            made = Curves(self._geometry(element)) * matrix
            made = abs(made)
            made.approximate_arcs_with_cubics()
            return list(_figures(made))
        except (ValueError, IndexError, TypeError, AttributeError, ArithmeticError):
            self._beyond(element, f"<{element.tag}> {element.attributes.get('d', '')[:20]}".strip())
            return []

    def _geometry(self, element: Element) -> Any:
        """Return what svgelements makes of a shape; ValueError where it would guess."""
        import svgelements

        names = _SHAPES[element.tag]
        if element.tag == "path":
            data = element.attributes.get("d", "")
            if _DATA.fullmatch(data) is None or data.strip()[:1] not in ("", "M", "m"):
                raise ValueError(data)
            return data
        if element.tag in ("polyline", "polygon"):
            makers = {"polyline": svgelements.Polyline, "polygon": svgelements.Polygon}
            numbers = [float(number) for number in re.findall(r"[^\s,]+", element.attributes.get("points", ""))]
            return makers[element.tag](*zip(numbers[::2], numbers[1::2], strict=True))
        lengths = {name: _length(element.attributes[name]) for name in names if name in element.attributes}
        if None in lengths.values():
            raise ValueError(element.tag)
        makers = {
            "rect": svgelements.Rect,
            "circle": svgelements.Circle,
            "ellipse": svgelements.Ellipse,
            "line": svgelements.SimpleLine,
        }
        return makers[element.tag](**lengths)

    def _ink(self, element: Element, look: Look, name: str) -> Ink | None:
        """Return the ink of fill or stroke; None where there is none."""
        paint = look["color"] if look[name].lower() == "currentcolor" else look[name]
        opacity = _length(look[f"{name}-opacity"])
        if paint in ("none", "transparent") or opacity == 0:
            return None
        inks = colour_inks(_DECIMALS.sub(lambda match: str(round(float(match[0]))), paint), self.press)
        if inks is None:
            self._beyond(element, f"{name}: {paint}")
        elif opacity != 1:
            self._beyond(element, f"{name}-opacity: {look[f'{name}-opacity']}")
        return Ink(*inks) if inks is not None else None

    def _strokes(self, element: Element, look: Look, ink: Ink, figures: "list[_Figure]", matrix: Any) -> None:
        """Add the strokes of closed and of open figures; a width that differs with the direction cannot be drawn."""
        width = _length(look["stroke-width"])
        grown = abs(matrix.determinant) ** 0.5
        if width is None or width < 0 or (width and not _is_similar(matrix)):
            self._beyond(element, f"stroke-width: {look['stroke-width']}")
            return
        style = self._style(element, look, grown)
        weight = round(width * grown)
        for is_closed in (True, False):
            steps = tuple(step for figure in figures if figure.is_closed is is_closed for step in figure.steps)
            if steps and weight:
                self.paths.append(Path(steps, weight, ink, is_closed, style=style))

    def _style(self, element: Element, look: Look, grown: float) -> StrokeStyle:
        cap, join, miter = (look[f"stroke-{name}"] for name in ("linecap", "linejoin", "miterlimit"))
        limit = _length(miter)
        dashes = [] if look["stroke-dasharray"] == "none" else re.findall(r"[^\s,]+", look["stroke-dasharray"])
        lengths = [length for dash in dashes if (length := _length(dash)) is not None and length >= 0]
        if cap not in _CAPS or join not in _JOINS or limit is None or limit < 1 or len(lengths) < len(dashes):
            self._beyond(element, f"stroke: {cap} {join} {miter} {look['stroke-dasharray']}")
            return StrokeStyle()
        steps = tuple(round(length * grown) for length in lengths)
        return StrokeStyle(_CAPS[cap], _JOINS[join], round(limit * 1000), steps * (1 + len(steps) % 2) if any(steps) else ())


class _Figure(NamedTuple):
    """One figure of a path."""

    steps: tuple[Step, ...]
    is_closed: bool


def _figures(curves: Any) -> Iterator[_Figure]:
    """Yield the figures of a path; one goes on from where the last was closed, unless the path moves."""
    steps: list[Step] = []
    start = (0, 0)
    for segment in curves:
        kind = type(segment).__name__
        if kind == "Move":
            if len(steps) > 1:
                yield _Figure(tuple(steps), is_closed=False)
            start = _place(segment.end)
            steps = [Move(*start)]
        elif kind == "Close":
            if steps:
                yield _Figure(tuple(steps), is_closed=True)
            steps = []
        else:
            steps = steps or [Move(*start)]
            steps.append(_step(segment, kind))
    if len(steps) > 1:
        yield _Figure(tuple(steps), is_closed=False)


def _step(segment: Any, kind: str) -> Step:
    """Return a line or a curve; a quadratic one is a cubic one whose controls lie two thirds of the way to its own."""
    if kind == "CubicBezier":
        return (*_place(segment.control1), *_place(segment.control2), *_place(segment.end))
    if kind == "QuadraticBezier":
        first, second = ((end + (segment.control - end) * (2 / 3)) for end in (segment.start, segment.end))
        return (*_place(first), *_place(second), *_place(segment.end))
    return _place(segment.end)


def _place(point: Any) -> tuple[Emu, Emu]:
    """Return a place in the room; ArithmeticError where it is not finite, ValueError where it lies beyond all sense."""
    x, y = round(point.x), round(point.y)
    if max(abs(x), abs(y)) > 100 * _ROOM:
        raise ValueError(point)
    return x, y


def _is_similar(matrix: Any) -> bool:
    """Return whether a matrix leaves all directions alike."""
    first, second = (matrix.a**2 + matrix.b**2) ** 0.5, (matrix.c**2 + matrix.d**2) ** 0.5
    across = abs(matrix.a * matrix.c + matrix.b * matrix.d)
    return bool(abs(first - second) <= _SIMILAR * max(first, second) and across <= _SIMILAR * first * second)

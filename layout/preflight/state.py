"""The graphics state of PDF operators (ISO 32000-1 8.4): what `q` keeps, and the operators that only change it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from layout.preflight.colour import CMYK, GRAY, RGB, Colour, Space, colour_of, first_colour, read_space
from layout.preflight.placed import Paint
from layout.preflight.plane import EVERYWHERE, UNMOVED, Box, Matrix, matrix_of
from layout.preflight.reading import EMPTY, Name, Record, is_number

Operands = tuple[Any, ...]

_FARTHEST = 1e9

_BLACK = colour_of(GRAY, (0.0,))


@dataclass(slots=True)
class State:
    """The graphics state; `pattern` stands beside a colour of a pattern space."""

    ctm: Matrix = UNMOVED
    clip: Box = EVERYWHERE
    fill: Colour = _BLACK
    stroke: Colour = _BLACK
    fill_pattern: Record | None = None
    stroke_pattern: Record | None = None
    fill_overprint: bool = False
    stroke_overprint: bool = False
    mode: int = 0
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blend: str = "Normal"
    width: float = 1.0
    font: Record = EMPTY
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    render: int = 0

    def copy(self) -> "State":
        """Return the state as `q` keeps it."""
        return replace(self)

    def filling(self) -> Paint:
        """Return how areas are painted."""
        return Paint(self.fill, self.fill_overprint, self.mode, self.fill_alpha, self.blend)

    def stroking(self) -> Paint:
        """Return how lines are painted."""
        return Paint(self.stroke, self.stroke_overprint, self.mode, self.stroke_alpha, self.blend)


def numbers(operands: Operands, count: int) -> tuple[float, ...] | None:
    """Return the last operands as finite numbers, None where they are not."""
    values = operands[-count:]
    if len(values) != count:
        return None
    for value in values:
        if not is_number(value) or not -_FARTHEST < value < _FARTHEST:
            return None
    return values


def change(state: State, operator: str, operands: Operands, resources: Record) -> bool:
    """Carry out an operator that only changes the graphics state; return whether it was one."""
    run = _CHANGES.get(operator)
    if run is None:
        return False
    run(state, operands, resources)
    return True


def _concatenate(state: State, operands: Operands, _: Record) -> None:
    values = numbers(operands, 6)
    if values:
        state.ctm = _bounded(Matrix(*values).then(state.ctm), state.ctm)


def _bounded(matrix: Matrix, before: Matrix) -> Matrix:
    """Return a matrix, the one before it where it leads beyond all pages."""
    return matrix if all(-_FARTHEST < value < _FARTHEST for value in matrix) else before


def _device(space: Space, strokes: bool) -> Callable[[State, Operands, Record], None]:
    def run(state: State, operands: Operands, _: Record) -> None:
        values = numbers(operands, space.components)
        if values:
            _colour(state, strokes, colour_of(space, tuple(min(max(value, 0.0), 1.0) for value in values)))

    return run


def _colour(state: State, strokes: bool, colour: Colour, pattern: Record | None = None) -> None:
    if strokes:
        state.stroke, state.stroke_pattern = colour, pattern
    else:
        state.fill, state.fill_pattern = colour, pattern


def _space(strokes: bool) -> Callable[[State, Operands, Record], None]:
    def run(state: State, operands: Operands, resources: Record) -> None:
        if operands:
            name = operands[-1]
            space = resources.remembered("ColorSpace", str(name), lambda held: read_space(name, held))
            _colour(state, strokes, first_colour(space))

    return run


def _components(strokes: bool) -> Callable[[State, Operands, Record], None]:
    def run(state: State, operands: Operands, resources: Record) -> None:
        space = (state.stroke if strokes else state.fill).space
        values = tuple(float(value) for value in operands if is_number(value))
        if operands and isinstance(operands[-1], Name):
            pattern = resources.record("Pattern").get(operands[-1])
            base = space if space.family == "Pattern" else Space("Pattern", 0)
            _colour(state, strokes, colour_of(base, values), pattern if isinstance(pattern, Record) else None)
        elif len(values) == space.components:
            _colour(state, strokes, colour_of(space, values))

    return run


def _graphics_state(state: State, operands: Operands, resources: Record) -> None:
    if not operands or not isinstance(operands[-1], Name):
        return
    name = str(operands[-1])
    for set_entry, value in resources.remembered(
        "ExtGState", name, lambda held: _entries(held.record("ExtGState").record(name))
    ):
        set_entry(state, value)


def _entries(named: Record) -> list[tuple[Callable[[State, Any], None], Any]]:
    """Return what a graphics state dictionary sets; overprint of fills is that of strokes where it is not said."""
    entries = {key: named.get(key) for key in _ENTRIES}
    if entries["op"] is None:
        entries["op"] = entries["OP"]
    return [(_ENTRIES[key], value) for key, value in entries.items() if value is not None]


def _blend(state: State, value: Any) -> None:
    names = list(value) if not isinstance(value, str) and hasattr(value, "__iter__") else [value]
    state.blend = next((str(name) for name in names if isinstance(name, Name)), "Normal")


def _font_entry(state: State, value: Any) -> None:
    items = list(value)[:2] if hasattr(value, "__iter__") else []
    if len(items) == 2 and isinstance(items[0], Record) and is_number(items[1]):
        state.font, state.size = items[0], float(items[1])


def _share(value: Any) -> float:
    return min(max(float(value), 0.0), 1.0) if is_number(value) else 1.0


def _setter(name: str, convert: Callable[[Any], Any]) -> Callable[[State, Any], None]:
    return lambda state, value: setattr(state, name, convert(value))


_ENTRIES: dict[str, Callable[[State, Any], None]] = {
    "OP": _setter("stroke_overprint", lambda value: value is True),
    "op": _setter("fill_overprint", lambda value: value is True),
    "OPM": _setter("mode", lambda value: int(value) if is_number(value) else 0),
    "CA": _setter("stroke_alpha", _share),
    "ca": _setter("fill_alpha", _share),
    "LW": _setter("width", lambda value: abs(float(value)) if is_number(value) else 1.0),
    "BM": _blend,
    "Font": _font_entry,
}


def _font(state: State, operands: Operands, resources: Record) -> None:
    if len(operands) == 2 and isinstance(operands[0], Name) and is_number(operands[1]):
        name = str(operands[0])
        state.font = resources.remembered("Font", name, lambda held: held.record("Font").record(name))
        state.size = float(operands[1])


def _number(name: str, factor: float = 1.0) -> Callable[[State, Operands, Record], None]:
    def run(state: State, operands: Operands, _: Record) -> None:
        values = numbers(operands, 1)
        if values:
            setattr(state, name, values[0] * factor)

    return run


def _render(state: State, operands: Operands, _: Record) -> None:
    values = numbers(operands, 1)
    if values:
        state.render = int(values[0])


_CHANGES: dict[str, Callable[[State, Operands, Record], None]] = {
    "cm": _concatenate,
    "g": _device(GRAY, strokes=False),
    "G": _device(GRAY, strokes=True),
    "rg": _device(RGB, strokes=False),
    "RG": _device(RGB, strokes=True),
    "k": _device(CMYK, strokes=False),
    "K": _device(CMYK, strokes=True),
    "cs": _space(strokes=False),
    "CS": _space(strokes=True),
    "sc": _components(strokes=False),
    "scn": _components(strokes=False),
    "SC": _components(strokes=True),
    "SCN": _components(strokes=True),
    "gs": _graphics_state,
    "w": _number("width"),
    "Tf": _font,
    "Tc": _number("char_space"),
    "Tw": _number("word_space"),
    "Tz": _number("stretch", 0.01),
    "TL": _number("leading"),
    "Ts": _number("rise"),
    "Tr": _render,
}

COLOURS = frozenset(("g", "G", "rg", "RG", "k", "K", "cs", "CS", "sc", "scn", "SC", "SCN"))
"""The operators that choose colours."""


def entered(state: State, form: Record) -> State:
    """Return the state in which a form's operators run: its own place, its box as a clip."""
    inner = state.copy()
    inner.ctm = _bounded(matrix_of(form.numbers("Matrix")).then(state.ctm), state.ctm)
    return inner

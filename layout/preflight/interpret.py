"""Reads the operators of a page and says what stands where: `Placed` objects in the order of painting.

Bounded in depth, operators and objects, so that no file keeps it from coming to an end.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from layout.preflight.colour import Colour, colour_of, read_space
from layout.preflight.fonts import NO_FONT, Font, read_font
from layout.preflight.functions import read_function
from layout.preflight.placed import Coat, Content, ImageFacts, Kind, Paint, Placed
from layout.preflight.plane import EVERYWHERE, Box, Matrix, around, box_of, hull, matrix_of
from layout.preflight.reading import EMPTY, Instruction, Items, Name, Record, Refusal, instructions, is_number
from layout.preflight.state import Operands, State, change, entered, numbers

MAX_OPERATORS = 1_000_000
"""Of a page with all that it draws; a megabyte of a stream has sixty thousand."""

_ENTERING = 50
"""How many operators it is worth to enter a form."""

MAX_PLACED = 300_000
MAX_DEPTH = 20
MAX_SAVED = 1000
"""Of states that `q` keeps; PDF 1.7 allows 28."""

THIN = 2.0
"""Below so many points a filled rectangle counts as a line (GWG 2022, I00004)."""

_CORNER = 5.0
"""How far the mitred corner of a line may reach, in its widths: half of the limit with which pages begin."""

_SAMPLES = 16
_LONGEST = 24
"""Of the text by which a finding names an object."""

_ASCENT, _DESCENT = 0.88, -0.12

Corner = tuple[float, float]


class Subpath:
    """A part of a path on the page: its corners, and whether only straight lines join them."""

    __slots__ = ("corners", "is_straight")

    def __init__(self, corners: list[Corner]) -> None:
        self.corners = corners
        self.is_straight = True

    @property
    def thickness(self) -> float | None:
        """The shorter side of a rectangle, None for any other figure."""
        corners = self.corners[:-1] if len(self.corners) == 5 and self.corners[0] == self.corners[-1] else self.corners
        if not self.is_straight or len(corners) != 4:
            return None
        sides = [math.dist(corners[place], corners[(place + 1) % 4]) for place in range(4)]
        is_even = math.isclose(sides[0], sides[2], abs_tol=1e-3) and math.isclose(sides[1], sides[3], abs_tol=1e-3)
        return min(sides[0], sides[1]) if is_even else None


def read_content(page: Record, media: Box) -> Content:
    """Return what stands on a page; what lies beyond its media box is left out."""
    walk = _Walk(Content())
    state = State(clip=media)
    walk.group(page.record("Group"), media, in_mask=False)
    walk.run(page, page.record("Resources"), state)
    return walk.content


class _Walk:
    """A walk through the operators of a page and of what it draws."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.operators = 0
        self.trail: list[object] = []
        self.state = State()
        self.resources = EMPTY
        self.saved: list[State] = []
        self.base = Matrix()
        self.path: list[Subpath] = []
        self.clips = False
        self.place = self.start = 0
        self.matrix = Matrix()
        self.line = Matrix()
        self.patterns: set[object] = set()
        self.glyphs: set[object] = set()
        self.known: dict[object, Sequence[Instruction]] = {}

    # ---- streams

    def run(self, source: Record, resources: Record, state: State) -> None:
        """Run the operators of a stream from a state, then go on as before."""
        if source.identity in self.trail or len(self.trail) >= MAX_DEPTH:
            self.content.troubles.add("form-circle" if source.identity in self.trail else "form-depth")
            return
        self.operators += _ENTERING
        kept = self.state, self.resources, self.saved, self.path, self.matrix, self.line, self.base
        self.state, self.resources, self.saved, self.path, self.base = state, resources, [], [], state.ctm
        self.trail.append(source.identity)
        is_page = len(self.trail) == 1
        for place, (operator, operands) in enumerate(self._instructions(source)):
            self.place = place if is_page else self.place
            self._do(operator, operands)
            if self._is_full():
                break
        self.trail.pop()
        self.state, self.resources, self.saved, self.path, self.matrix, self.line, self.base = kept

    def _instructions(self, source: Record) -> Iterable[Instruction]:
        known = self.known.get(source.identity)
        if known is not None:
            return known
        found = instructions(source)
        if isinstance(found, Refusal):
            self.content.troubles.add(found.value)
            return ()
        self.known[source.identity] = kept = tuple(found)
        if len(self.trail) == 1:
            self.content.operators = kept
        return kept

    def _is_full(self) -> bool:
        self.operators += 1
        if self.operators <= MAX_OPERATORS and len(self.content.placed) <= MAX_PLACED:
            return False
        self.content.troubles.add("too-much-content")
        return True

    def _do(self, operator: str, operands: Operands) -> None:
        run = _RUN.get(operator)
        if run is not None:
            run(self, operands)
            return
        if operator == "gs":
            self._note_state(operands)
        change(self.state, operator, operands, self.resources)

    def _note_state(self, operands: Operands) -> None:
        name = operands[-1] if operands else None
        if not isinstance(name, Name):
            return
        named = self.resources.remembered("graphics state", name, lambda held: held.record("ExtGState").record(name))
        if named.identity in self.content.states:
            return
        self.content.states[named.identity] = named
        intent = named.name("RI")
        if intent:
            self.content.intents.add(intent)
        mask = named.get("SMask")
        if isinstance(mask, Record):
            self.group(mask.record("G").record("Group"), self.state.clip, in_mask=True)
            self._look_into(mask.record("G"), State(), self.state.clip)

    def _look_into(self, source: Record, state: State, box: Box) -> None:
        """Read what a glyph or a soft mask is made of, which is seen in a box; what it places is no ink on the page."""
        placed, self.content.placed = self.content.placed, []
        own = source.get("Resources")
        self.run(source, own if isinstance(own, Record) else self.resources, state)
        self.content.inner += [each._replace(box=box) for each in self.content.placed]
        self.content.placed = placed

    def _intent(self, operands: Operands) -> None:
        if operands and isinstance(operands[-1], Name):
            self.content.intents.add(str(operands[-1]))

    def _save(self, _: Operands) -> None:
        if len(self.saved) < MAX_SAVED:
            self.saved.append(self.state.copy())
        self.content.nesting = max(self.content.nesting, len(self.saved))

    def _restore(self, _: Operands) -> None:
        if self.saved:
            self.state = self.saved.pop()

    def group(self, group: Record, box: Box, in_mask: bool) -> None:
        """Note a transparency group and the space in which it blends."""
        if group.name("S") != "Transparency":
            return
        value = group.get("CS")
        space = read_space(value, self.resources) if value is not None else None
        self.content.placed.append(Placed(Kind.GROUP, box, space=space, is_softness=in_mask))

    # ---- paths

    def _move(self, operands: Operands) -> None:
        values = numbers(operands, 2)
        if values:
            self._begin_path()
            self.path.append(Subpath([self.state.ctm.place(*values)]))

    def _begin_path(self) -> None:
        if not self.path:
            self.start = self.place

    def _straight(self, operands: Operands) -> None:
        values = numbers(operands, 2)
        if values and self.path:
            self.path[-1].corners.append(self.state.ctm.place(*values))

    def _curve(self, operands: Operands) -> None:
        values = numbers(operands, 6) or numbers(operands, 4)
        if values and self.path:
            place = self.state.ctm.place
            self.path[-1].corners += [place(*pair) for pair in zip(values[::2], values[1::2], strict=True)]
            self.path[-1].is_straight = False

    def _rectangle(self, operands: Operands) -> None:
        values = numbers(operands, 4)
        if values:
            x, y, width, height = values
            self._begin_path()
            place = self.state.ctm.place
            self.path.append(Subpath([place(x, y), place(x + width, y), place(x + width, y + height), place(x, y + height)]))

    def _clip(self, _: Operands) -> None:
        self.clips = True

    def _paint_path(self, fills: bool, strokes: bool) -> None:
        if self.path:
            box = around(corner for part in self.path for corner in part.corners)
            first = len(self.content.placed)
            if fills:
                self._fill(box)
            if strokes:
                self._stroke(box)
            if len(self.trail) == 1 and not self.clips:
                self._note_coat(self.content.placed[first:])
            if self.clips:
                self.state.clip = self.state.clip.within(box)
        self.clips = False
        self.path = []

    def _note_coat(self, made: Sequence[Placed]) -> None:
        """Note what a path of the page's own painted; the corners of lines reach beyond their width."""
        if made:
            boxes = [each.box.grown(_CORNER * each.size) if each.kind is Kind.LINE else each.box for each in made]
            opacity = min(each.paint.cover if each.paint is not None else 0.0 for each in made)
            self.content.coats.append(Coat(self.start, self.place, hull(boxes), opacity))

    def _fill(self, box: Box) -> None:
        sides = [part.thickness for part in self.path]
        known = [side for side in sides if side is not None]
        thickness = min(known) if len(known) == len(sides) else THIN
        kind = Kind.LINE if thickness < THIN else Kind.FILL
        self._put(kind, box, self.state.filling(), self.state.fill_pattern, thickness)

    def _stroke(self, box: Box) -> None:
        width = self.state.width * self.state.ctm.scale
        self._put(Kind.LINE, box.grown(width / 2), self.state.stroking(), self.state.stroke_pattern, width)

    def _put(self, kind: Kind, box: Box, paint: Paint, pattern: Record | None, size: float) -> None:
        seen = box.within(self.state.clip)
        if seen.is_empty:
            return
        if pattern is not None and pattern.number("PatternType") == 1:
            self._tile(pattern, seen, paint)
            return
        if pattern is not None:
            paint = paint._replace(colour=shading_colour(pattern.record("Shading"), self.resources))
        self.content.placed.append(Placed(kind, seen, paint, size))

    def _tile(self, pattern: Record, box: Box, paint: Paint) -> None:
        """Put what one tile of a pattern holds over all of an area; a tile is read once a page."""
        coloured = pattern.number("PaintType", 1) == 1
        if not coloured and paint.colour.space.base:
            colour = colour_of(paint.colour.space.base, paint.colour.values)
            self.content.placed.append(Placed(Kind.FILL, box, paint._replace(colour=colour)))
            return
        if pattern.identity in self.patterns:
            return
        self.patterns.add(pattern.identity)
        first = len(self.content.placed)
        state = State(ctm=matrix_of(pattern.numbers("Matrix")).then(self.base), clip=EVERYWHERE)
        self.run(pattern, pattern.record("Resources"), state)
        self.content.placed[first:] = [placed._replace(box=box) for placed in self.content.placed[first:]]

    def _shade(self, operands: Operands) -> None:
        if not operands or not isinstance(operands[-1], Name):
            return
        colour = shading_colour(self.resources.record("Shading").record(operands[-1]), self.resources)
        self.content.placed.append(Placed(Kind.SHADING, self.state.clip, self.state.filling()._replace(colour=colour)))

    # ---- text

    def _begin_text(self, _: Operands) -> None:
        self.matrix = self.line = Matrix()

    def _set_matrix(self, operands: Operands) -> None:
        values = numbers(operands, 6)
        if values:
            self.matrix = self.line = Matrix(*values)

    def _next_line(self, operands: Operands) -> None:
        values = numbers(operands, 2)
        if values:
            self.matrix = self.line = Matrix(e=values[0], f=values[1]).then(self.line)

    def _next_line_leading(self, operands: Operands) -> None:
        values = numbers(operands, 2)
        if values:
            self.state.leading = -values[1]
            self._next_line(operands)

    def _new_line(self, _: Operands) -> None:
        self._next_line((0.0, -self.state.leading))

    def _show(self, operands: Operands) -> None:
        if operands and isinstance(operands[-1], bytes):
            self._text((operands[-1],))

    def _show_array(self, operands: Operands) -> None:
        if operands and isinstance(operands[-1], Items):
            self._text(operands[-1])

    def _quote(self, operands: Operands) -> None:
        self._new_line(())
        self._show(operands)

    def _double_quote(self, operands: Operands) -> None:
        if len(operands) == 3 and is_number(operands[0]) and is_number(operands[1]):
            self.state.word_space, self.state.char_space = float(operands[0]), float(operands[1])
        self._quote(operands)

    def _text(self, parts: Iterable[Any]) -> None:
        """Put a run of text, and move on by its advance."""
        state, font = self.state, self._font()
        advance = 0.0
        texts: list[str] = []
        for part in parts:
            if isinstance(part, bytes):
                advance += self._advance(font, part)
                if sum(map(len, texts)) < _LONGEST:
                    texts.append(font.text(part[: 4 * _LONGEST]))
            elif is_number(part):
                advance -= part * state.size / 1000 * (1 if font.is_vertical else state.stretch)
        trm = Matrix(state.size * state.stretch, 0, 0, state.size, 0, state.rise).then(self.matrix).then(state.ctm)
        reach = advance / state.size / (1 if font.is_vertical else state.stretch or 1) if state.size else 0.0
        ends = sorted((0.0, reach))
        across = Box(-0.5, -ends[1], 0.5, -ends[0]) if font.is_vertical else Box(ends[0], _DESCENT, ends[1], _ASCENT)
        self._put_text(trm.box(across), trm.height, "".join(texts)[:_LONGEST], font)
        move = Matrix(f=-advance) if font.is_vertical else Matrix(e=advance)
        self.matrix = move.then(self.matrix)

    def _font(self) -> Font:
        record = self.state.font
        if record is EMPTY:
            return NO_FONT
        known = self.content.fonts.get(record.identity)
        if known is None:
            known = self.content.fonts[record.identity] = read_font(record)
        return known

    def _advance(self, font: Font, string: bytes) -> float:
        state = self.state
        codes = list(font.codes(string))
        if font.is_identity and 0 in codes:
            self.content.odd_glyphs += codes.count(0)
        spaces = 0 if font.wide or not state.word_space else string.count(b" ")
        white = len(codes) * state.char_space + spaces * state.word_space
        if font.is_vertical:
            return len(codes) * state.size + white
        width = sum(map(font.widths.get, codes, [font.default] * len(codes))) if codes else 0.0
        return (float(width) * state.size / 1000 + white) * state.stretch

    def _put_text(self, box: Box, size: float, text: str, font: Font) -> None:
        seen = box.within(self.state.clip)
        if seen.is_empty:
            return
        if font.kind == "Type3":
            self._look_into_glyphs(self.state.font, seen)
        mode = self.state.render % 4
        paints = [(self.state.filling(), self.state.fill_pattern)] if mode in (0, 2) else []
        paints += [(self.state.stroking(), self.state.stroke_pattern)] if mode in (1, 2) else []
        for paint, pattern in paints:
            shade = pattern.record("Shading") if pattern is not None else EMPTY
            coloured = paint._replace(colour=shading_colour(shade, self.resources)) if shade is not EMPTY else paint
            self.content.placed.append(Placed(Kind.TEXT, seen, coloured, size, text, font))

    def _look_into_glyphs(self, font: Record, box: Box) -> None:
        """Read the glyphs of a font that are drawn by operators, once a page."""
        if font.identity in self.glyphs:
            return
        self.glyphs.add(font.identity)
        glyphs, own = font.record("CharProcs"), font.get("Resources")
        kept = self.resources
        self.resources = own if isinstance(own, Record) else kept
        for name in glyphs.keys():  # noqa: SIM118 (a PDF dictionary)
            self._look_into(glyphs.record(name), replace(self.state, clip=EVERYWHERE), box)
        self.resources = kept

    # ---- what is drawn by name

    def _draw(self, operands: Operands) -> None:
        if not operands or not isinstance(operands[-1], Name):
            return
        drawn = self.resources.record("XObject").record(operands[-1])
        kind = drawn.name("Subtype")
        if kind == "Image":
            self._image(drawn)
        elif kind in ("Form", "PS"):
            self.content.forms[drawn.identity] = drawn
            if kind == "Form":
                self._form(drawn)

    def _form(self, form: Record) -> None:
        inner = entered(self.state, form)
        box = box_of(form.numbers("BBox"))
        if box is not None:
            inner.clip = inner.clip.within(inner.ctm.box(box))
        if inner.clip.is_empty:
            return
        self.group(form.record("Group"), inner.clip, in_mask=False)
        own = form.get("Resources")
        self.run(form, own if isinstance(own, Record) else self.resources, inner)

    def _inline(self, operands: Operands) -> None:
        if operands and isinstance(operands[0], Record):
            self._image(operands[0])

    def _image(self, image: Record) -> None:
        ctm = self.state.ctm
        seen = ctm.box(Box(0, 0, 1, 1)).within(self.state.clip)
        if seen.is_empty:
            return
        facts = image_facts(image, ctm, self.resources)
        paint = self.state.filling() if facts.is_mask else None
        if image.name("Intent"):
            self.content.intents.add(image.name("Intent"))
        self.content.placed.append(Placed(Kind.IMAGE, seen, paint, image=facts))


def image_facts(image: Record, ctm: Matrix, resources: Record) -> ImageFacts:
    """Return what a picture is and how finely it is sampled on the page."""
    width, height = int(image.number("Width")), int(image.number("Height"))
    is_mask = image.get("ImageMask") is True
    value = image.get("ColorSpace")
    space = read_space(value, resources) if value is not None and not is_mask else None
    ways = [72 * samples / length for samples, length in ((width, ctm.width), (height, ctm.height)) if length > 0]
    bits = 1 if is_mask else int(image.number("BitsPerComponent", 8))
    return ImageFacts(width, height, bits, space, min(ways, default=0.0), image.filters, is_mask, image, resources)


def shading_colour(shading: Record, resources: Record) -> Colour:
    """Return the colour of a shading that takes the most ink."""
    space = read_space(shading.get("ColorSpace"), resources)
    run = read_function(shading.get("Function"))
    plain = colour_of(space, (0.5,) * space.components)
    if run is None or shading.number("ShadingType") not in (2, 3):
        return plain
    low, high = shading.pair("Domain", (0.0, 1.0))
    places = [low + (high - low) * step / _SAMPLES for step in range(_SAMPLES + 1)]
    colours = [
        colour_of(space, values) for values in map(run, ((place,) for place in places)) if len(values) == space.components
    ]
    return max(colours, key=lambda colour: colour.total, default=plain)


def _ends(fills: bool, strokes: bool) -> Callable[[_Walk, Operands], None]:
    return lambda walk, _: walk._paint_path(fills, strokes)


_RUN: dict[str, Callable[[_Walk, Operands], None]] = {
    "q": _Walk._save,
    "Q": _Walk._restore,
    "ri": _Walk._intent,
    "m": _Walk._move,
    "l": _Walk._straight,
    "c": _Walk._curve,
    "v": _Walk._curve,
    "y": _Walk._curve,
    "re": _Walk._rectangle,
    "W": _Walk._clip,
    "W*": _Walk._clip,
    "n": _ends(fills=False, strokes=False),
    "f": _ends(fills=True, strokes=False),
    "F": _ends(fills=True, strokes=False),
    "f*": _ends(fills=True, strokes=False),
    "S": _ends(fills=False, strokes=True),
    "s": _ends(fills=False, strokes=True),
    "B": _ends(fills=True, strokes=True),
    "B*": _ends(fills=True, strokes=True),
    "b": _ends(fills=True, strokes=True),
    "b*": _ends(fills=True, strokes=True),
    "sh": _Walk._shade,
    "BT": _Walk._begin_text,
    "Tm": _Walk._set_matrix,
    "Td": _Walk._next_line,
    "TD": _Walk._next_line_leading,
    "T*": _Walk._new_line,
    "Tj": _Walk._show,
    "TJ": _Walk._show_array,
    "'": _Walk._quote,
    '"': _Walk._double_quote,
    "Do": _Walk._draw,
    "BI": _Walk._inline,
}

"""Printing plates of a page: the page written four times, each time in the grey of one ink, and painted by PDFium.

PDFium paints in RGB and knows no inks, so the colours are taken out of its hands: every colour is replaced by the
amount of one ink, every picture by its samples of that ink, and what overprints without that ink leaves the plate as it
is. Fonts, clips, masks and transparency stay as they were. Gradients other than axial and radial ones are painted flat.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from layout.export.proof import page_samples
from layout.preflight.colour import PROCESS, inks_of, read_space
from layout.preflight.covered import without
from layout.preflight.facts import PageFacts
from layout.preflight.functions import read_function
from layout.preflight.interpret import MAX_DEPTH, image_facts, shading_colour
from layout.preflight.operators import BOTH, FILLS, SHOWS, STROKES, UNSEEN, joined
from layout.preflight.placed import Coat, ImageFacts, Paint
from layout.preflight.plane import Matrix
from layout.preflight.reading import (
    Instruction,
    Name,
    Opened,
    Record,
    Refusal,
    instructions,
    new_stream,
    pages_apart,
)
from layout.preflight.samples import Plate, plates_of
from layout.preflight.state import COLOURS, State, change

_MOST_SAMPLES = 200_000_000
_LEAST_SAMPLES = 500_000
"""How many pixels of pictures a page is worth, and what each counts at least."""

_STEPS = 255
_EACH = range(4)
_BLEND, _MULTIPLY, _FULL = "BM", "Multiply", (1.0, 1.0, 1.0, 1.0)
_ALPHA, _GRAY, _CHOOSE, _SET = ("ca", "CA"), ("g", "G"), ("cs", "CS"), ("scn", "SCN")
"""The keys and operators of filling and of stroking."""

_LONGEST = 6000.0
"""Of the sides of a page in points; a sheet of eight pages has 4500."""

_MOST = 500_000
"""Operators that are written anew; a page with more is not measured."""


def ink_plates(opened: Opened, page: PageFacts, hidden: frozenset[Coat], ppi: float) -> tuple[Plate, ...] | None:
    """Return the plates of cyan, magenta, yellow and black over the media box, None where the page cannot be parted.

    `hidden` are paths of which nothing is seen.
    """
    if max(page.media.width, page.media.height) > _LONGEST:
        return None
    writer = _Writer(opened)
    streams = writer.rewritten(without(page.content.operators, hidden), page.record.record("Resources"), State())
    if writer.is_full:
        return None
    box = [float(edge) for edge in page.media]
    entries = []
    for plate in _EACH:
        content = new_stream(opened, streams[plate].data, {})
        group = {"S": Name("Transparency"), "CS": Name("DeviceGray")}
        entries.append({"MediaBox": box, "Contents": content, "Resources": streams[plate].resources, "Group": group})
    made = page_samples(pages_apart(opened, entries), ppi)
    return tuple(Plate(width, height, _negative(data)) for width, height, data in made) if made else None


@dataclass(frozen=True, slots=True)
class _Stream:
    """A stream of operators for one plate, with its resources."""

    data: bytes
    resources: dict[str, Any]


_Told = dict[str, str | float]
"""What a plate was last told, by operator or by key of the graphics state; nothing stands in it that is not known."""


@dataclass(slots=True)
class _Draft:
    """Four streams in the making. `told` is what each plate was last told."""

    parts: list[list[str]] = field(default_factory=lambda: [[], [], [], []])
    named: list[dict[str, dict[str, Any]]] = field(default_factory=lambda: [{}, {}, {}, {}])
    states: list[dict[tuple[str, float], str]] = field(default_factory=lambda: [{}, {}, {}, {}])
    told: list[_Told] = field(default_factory=lambda: [{} for _ in _EACH])
    saved: list[tuple[State, list[_Told]]] = field(default_factory=list)

    def all(self, words: str) -> None:
        """Write the same to every plate."""
        for part in self.parts:
            part.append(words)

    def name(self, plate: int, kind: str, value: Any) -> str:
        """Return the name under which a plate's resources hold a value."""
        entries = self.named[plate].setdefault(kind, {})
        name = f"Bm{len(entries)}"
        entries[name] = value
        return name

    def tell_blend(self, plate: int, blend: str, said: str) -> None:
        """Set the blend mode of a plate, which is at first what the page's own state says."""
        if self.told[plate].get(_BLEND, said) != blend:
            self.parts[plate].append(f"/{self.name(plate, 'ExtGState', {_BLEND: Name(blend)})} gs\n")
            self.told[plate][_BLEND] = blend

    def tell_alpha(self, plate: int, way: int, alpha: float) -> None:
        """Set the opacity of fills or strokes on a plate."""
        key = _ALPHA[way]
        if self.told[plate].get(key) != alpha:
            state = key, alpha
            if state not in self.states[plate]:
                self.states[plate][state] = self.name(plate, "ExtGState", {key: alpha})
            self.parts[plate].append(f"/{self.states[plate][state]} gs\n")
            self.told[plate][key] = alpha


class _Writer:
    """Writes streams anew, four of each."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.count = 0
        self.trail: list[object] = []
        self.isolated = 0
        self.images: dict[object, tuple[Record, ...] | None] = {}
        self.patterns: dict[object, list[Any] | None] = {}
        self.room = _MOST_SAMPLES

    @property
    def is_full(self) -> bool:
        """Whether the page holds more than is worth writing anew."""
        return self.count > _MOST

    def stream(self, source: Record, resources: Record, state: State) -> list[_Stream] | None:
        """Return a stream and its resources for each plate; None where it cannot be read."""
        found = instructions(source) if source.identity not in self.trail and len(self.trail) < MAX_DEPTH else Refusal.DAMAGED
        if isinstance(found, Refusal):
            return None
        self.trail.append(source.identity)
        made = self.rewritten(found, resources, state)
        self.trail.pop()
        return made

    def rewritten(self, found: Iterable[Instruction], resources: Record, state: State) -> list[_Stream]:
        """Return operators and their resources for each plate."""
        draft = _Draft()
        for instruction in found:
            self.count += 1
            if self.is_full:
                break
            state = self._write(draft, state, instruction, resources)
        return [
            _Stream("".join(draft.parts[plate]).encode("latin-1"), _resources(resources, draft.named[plate])) for plate in _EACH
        ]

    def _write(self, draft: _Draft, state: State, instruction: Instruction, resources: Record) -> State:
        """Write one operator; return the state after it."""
        operator, operands = instruction
        if operator == "q":
            draft.saved.append((state.copy(), [dict(told) for told in draft.told]))
        elif operator == "Q":
            if not draft.saved:
                return state
            state, draft.told = draft.saved.pop()
        if operator in UNSEEN:
            return state
        change(state, operator, operands, resources)
        if operator in COLOURS:
            return state
        if operator in ("Do", "BI", "sh"):
            self._draw(draft, state, instruction, resources)
            return state
        self._tell(draft, state, operator, resources)
        draft.all(f"{joined(operands)} {operator}\n")
        if operator == "gs":
            for told in draft.told:
                told.clear()
        return state

    def _tell(self, draft: _Draft, state: State, operator: str, resources: Record) -> None:
        """Before something is painted, tell the plates its ink."""
        shows = operator in SHOWS
        mode = state.render % 4
        if operator in FILLS or operator in BOTH or (shows and mode in (0, 2)):
            self._tell_ink(draft, state.filling(), state.fill_pattern, resources, 0)
        if operator in STROKES or operator in BOTH or (shows and mode in (1, 2)):
            self._tell_ink(draft, state.stroking(), state.stroke_pattern, resources, 1)

    def _tell_ink(self, draft: _Draft, paint: Paint, pattern: Record | None, resources: Record, way: int) -> None:
        made = self._pattern(pattern, resources) if pattern is not None else None
        inks = paint.colour.inks
        is_black = made is None and not self.isolated and not blends(paint)
        for plate in _EACH:
            alpha = 0.0 if spares(paint, plate) else paint.alpha
            if is_black and paint.blend == _MULTIPLY:
                alpha, inks = alpha * min(max(paint.colour.inks[plate], 0), 1), _FULL
            draft.tell_blend(plate, "Normal" if is_black else paint.blend, paint.blend)
            draft.tell_alpha(plate, way, alpha)
            told, part = draft.told[plate], draft.parts[plate]
            if made is not None:
                colour = f"/Pattern {_CHOOSE[way]} /{draft.name(plate, 'Pattern', made[plate])} {_SET[way]}\n"
            else:
                colour = f"{1 - min(max(inks[plate], 0), 1):.4f} {_GRAY[way]}\n"
            if told.get(_GRAY[way]) != colour:
                part.append(colour)
                told[_GRAY[way]] = colour

    def _pattern(self, pattern: Record, resources: Record) -> list[Any] | None:
        """Return a pattern for each plate, None for one that is painted flat; each is written once."""
        if pattern.identity not in self.patterns:
            self.patterns[pattern.identity] = self._new_pattern(pattern, resources)
        return self.patterns[pattern.identity]

    def _new_pattern(self, pattern: Record, resources: Record) -> list[Any] | None:
        matrix = pattern.numbers("Matrix") or tuple(Matrix())
        if pattern.number("PatternType") == 2:
            shades = gray_shadings(self.opened, pattern.record("Shading"), resources)
            return [{"PatternType": 2, "Matrix": list(matrix), "Shading": shade} for shade in shades] if shades else None
        if pattern.number("PaintType", 1) != 1:
            return None
        streams = self.stream(pattern, pattern.record("Resources"), State())
        if streams is None:
            return None
        kept = {key: pattern.get(key) for key in ("PatternType", "PaintType", "TilingType", "BBox", "XStep", "YStep")}
        return [
            new_stream(self.opened, each.data, {**kept, "Matrix": list(matrix), "Resources": each.resources})
            for each in streams
        ]

    # ---- what is drawn by name

    def _draw(self, draft: _Draft, state: State, instruction: Instruction, resources: Record) -> None:
        operator, operands = instruction
        if not operands:
            return
        if operator == "sh":
            self._shade(draft, state, resources.record("Shading").record(str(operands[-1])), resources)
            return
        drawn = operands[0] if operator == "BI" else resources.record("XObject").record(str(operands[-1]))
        if drawn.name("Subtype") == "Form":
            self._form(draft, state, drawn, resources)
        elif operator == "BI" or drawn.name("Subtype") == "Image":
            self._image(draft, state, drawn, resources)

    def _form(self, draft: _Draft, state: State, form: Record, resources: Record) -> None:
        own = form.get("Resources")
        group = form.record("Group")
        is_group = group.name("S") == "Transparency"
        inner = replace(state, fill_alpha=1.0, stroke_alpha=1.0, blend="Normal") if is_group else state.copy()
        is_isolated = is_group and bool(group.get("I"))
        self.isolated += is_isolated
        streams = self.stream(form, own if isinstance(own, Record) else resources, inner)
        self.isolated -= is_isolated
        if streams is None:
            return
        kept: dict[str, Any] = {"Type": Name("XObject"), "Subtype": Name("Form")}
        kept |= {key: form.get(key) for key in ("BBox", "Matrix") if form.get(key) is not None}
        if is_group:
            flags = {key: group.get(key) for key in ("I", "K") if group.get(key) is not None}
            kept["Group"] = {"S": Name("Transparency"), "CS": Name("DeviceGray"), **flags}
        for plate, stream in enumerate(streams):
            draft.tell_blend(plate, state.blend, state.blend)
            draft.tell_alpha(plate, 0, state.fill_alpha)
            made = new_stream(self.opened, stream.data, {**kept, "Resources": stream.resources})
            draft.parts[plate].append(f"/{draft.name(plate, 'XObject', made)} Do\n")

    def _image(self, draft: _Draft, state: State, image: Record, resources: Record) -> None:
        facts = image_facts(image, state.ctm, resources)
        if facts.is_mask:
            self._tell_ink(draft, state.filling(), state.fill_pattern, resources, 0)
            made = self._stencil(image)
        else:
            made = self._plates(facts)
            for plate in _EACH:
                draft.tell_blend(plate, state.blend, state.blend)
                draft.tell_alpha(plate, 0, state.fill_alpha)
        for plate, record in enumerate(made or ()):
            draft.parts[plate].append(f"/{draft.name(plate, 'XObject', record)} Do\n")

    def _stencil(self, image: Record) -> tuple[Record, ...] | None:
        data = image.data()
        kept = {key: image.get(key) for key in ("Width", "Height", "Decode") if image.get(key) is not None}
        entries = {"Subtype": Name("Image"), "ImageMask": True, "BitsPerComponent": 1, **kept}
        if data is None:
            return (image,) * 4 if image.get("Subtype") else None
        return (new_stream(self.opened, data, entries),) * 4

    def _plates(self, facts: ImageFacts) -> tuple[Record, ...] | None:
        identity = facts.record.identity
        if identity not in self.images:
            self.room -= max(facts.width * facts.height, _LEAST_SAMPLES)
            plates = plates_of(facts) if self.room >= 0 else None
            masks = {key: facts.record.get(key) for key in ("SMask", "Mask") if isinstance(facts.record.get(key), Record)}
            self.images[identity] = (
                tuple(new_stream(self.opened, _negative(plate.data), {**_grey_image(plate), **masks}) for plate in plates)
                if plates
                else None
            )
        return self.images[identity]

    def _shade(self, draft: _Draft, state: State, shading: Record, resources: Record) -> None:
        shades = gray_shadings(self.opened, shading, resources)
        colour = shading_colour(shading, resources)
        flat = Paint(colour, alpha=state.fill_alpha, blend=state.blend)
        for plate in _EACH:
            if shades:
                draft.tell_blend(plate, state.blend, state.blend)
                draft.tell_alpha(plate, 0, state.fill_alpha)
                draft.parts[plate].append(f"/{draft.name(plate, 'Shading', shades[plate])} sh\n")
        if not shades:
            self._tell_ink(draft, flat, None, resources, 0)
            draft.all("-32000 -32000 64000 64000 re f\n")


def blends(paint: Paint, is_picture: bool = False) -> bool:
    """Return whether PDFium must blend a paint with what lies below it.

    A flat colour that multiplies need not: on a plate it is black, as opaque as the colour has ink.
    """
    is_flat = not is_picture and paint.colour.space.family != "Pattern"
    return paint.blend not in ("Normal", "Compatible") and not (paint.blend == _MULTIPLY and is_flat)


def spares(paint: Paint, plate: int) -> bool:
    """Return whether a paint leaves a plate as it is, because it overprints without that ink (ISO 32000-1 11.7.4.5)."""
    space = paint.colour.space
    if not paint.overprint:
        return False
    if space.family == "DeviceCMYK":
        return paint.mode == 1 and paint.colour.inks[plate] == 0
    if space.family in ("Separation", "DeviceN") and not space.spots and space.names != ("All",):
        return PROCESS[plate] not in space.names
    return False


_NEGATIVE = bytes(255 - value for value in range(256))


def _negative(data: bytes) -> bytes:
    return data.translate(_NEGATIVE)


def _grey_image(plate: Plate) -> dict[str, Any]:
    return {
        "Type": Name("XObject"),
        "Subtype": Name("Image"),
        "Width": plate.width,
        "Height": plate.height,
        "ColorSpace": Name("DeviceGray"),
        "BitsPerComponent": 8,
    }


def gray_shadings(opened: Opened, shading: Record, resources: Record) -> list[dict[str, Any]] | None:
    """Return an axial or radial shading in the grey of each plate, None for any other."""
    run, space = read_function(shading.get("Function")), read_space(shading.get("ColorSpace"), resources)
    kind = int(shading.number("ShadingType"))
    if run is None or kind not in (2, 3):
        return None
    low, high = shading.pair("Domain", (0.0, 1.0))
    values = [run((low + (high - low) * step / _STEPS,)) for step in range(_STEPS + 1)]
    inks = [inks_of(space, value) for value in values]
    kept = {key: shading.get(key) for key in ("Coords", "Extend", "BBox") if shading.get(key) is not None}
    made = []
    for plate in _EACH:
        table = bytes(round(255 * (1 - min(max(ink[plate], 0), 1))) for ink in inks)
        domain = [low, high]
        function = new_stream(
            opened,
            table,
            {"FunctionType": 0, "Domain": domain, "Range": [0, 1], "Size": [_STEPS + 1], "BitsPerSample": 8},
        )
        made.append({"ShadingType": kind, "ColorSpace": Name("DeviceGray"), "Domain": domain, "Function": function, **kept})
    return made


def _resources(resources: Record, named: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    """Return resources for a plate: fonts and states as they were, and what was written anew."""
    made: dict[str, Any] = {"Font": resources.record("Font"), **named}
    states = resources.record("ExtGState")
    own = {key: states.get(key) for key in states.keys()}  # noqa: SIM118 (a PDF dictionary)
    made["ExtGState"] = {**{key: value for key, value in own.items() if value is not None}, **named.get("ExtGState", {})}
    return made


def heaviest_colour(paints: Iterable[Paint]) -> float:
    """Return the most ink that paints can bring together, 1 for each that is solid; all inks where any overprints."""
    known = list(paints)
    total = max((paint.colour.total for paint in known), default=0.0)
    if all(paint.is_plain and not paint.overprint for paint in known):
        return total
    inks = [paint.colour.inks for paint in known]
    return max(total, sum(max(each[plate] for each in inks) for plate in _EACH))

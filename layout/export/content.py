"""A page's frame as PDF operators: text, rules and pictures; the flip from our y downwards happens here only.

Text and rules are DeviceCMYK 0 0 0 1 with overprint (mode 1), so that black type never leaves a white ghost;
tints and pictures knock out. Glyphs are written by their number in the face, which needs no subset yet.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from struct import pack
from typing import Any, NamedTuple

from layout.crew import share
from layout.deflated import deflated
from layout.frame import (
    BLACK,
    PLAIN_STROKE,
    REGISTRATION,
    SOFT_HYPHEN,
    Art,
    ArtSource,
    Direction,
    Drawing,
    Fill,
    Frame,
    GlyphRun,
    Ink,
    Mark,
    MarkKind,
    Page,
    Path,
    Picture,
    Placed,
)
from layout.geometry import Move, Rect, Size
from layout.inks.press import Press
from layout.pictures import screen_colour
from layout.typeface.catalogue import Faces
from layout.units import Emu, divide, points

OVERPRINT, KNOCK_OUT, UNTOUCHED = "GSo", "GSk", "GSu"
ALL_PLATES = "CSall"
"""The name of the colour space of marks."""

_FEWEST = 6
"""Pages whose content is worth a process of its own."""

_GLYPH = 4
"""Digits of a glyph's number."""

_ONE_HEIGHT = 0.6
"""Ems within which two pieces of text stand at one height for readers that sort them: half an em, and a little more."""

STANDING = "-v"
"""What the name of a face's font for upright vertical runs ends with."""

_MATRICES = {Direction.LEVEL: "1 0 0 1", Direction.UPRIGHT: "1 0 0 1", Direction.TURNED: "0 -1 1 0"}

WITHOUT_TEXT = ("", SOFT_HYPHEN)
"""What a second glyph of a character stands for, and the hyphen of a parted word; a text of its own goes before them."""

_SILENT = frozenset(WITHOUT_TEXT)

Texts = dict[str, dict[int, str]]
"""Face to glyph to the text that it stands for."""

ShownRuns = dict[GlyphRun, tuple[str, str]]
"""Runs to the operators that show them, whole and with the last glyph by itself."""


@dataclass
class PageContent:
    """The operators of a page and what they name: glyphs by face with their text, pictures, art, story beginnings.

    `textless` are the glyphs, by face, that were shown without a text of their own as though nothing else gave them one.
    `standing` are the faces of which glyphs go down the page; they need a font of their own for it.
    """

    page: Page
    operators: list[str] = field(default_factory=list)
    glyphs: dict[str, dict[int, str]] = field(default_factory=dict)
    standing: set[str] = field(default_factory=set)
    pictures: dict[Picture, str] = field(default_factory=dict)
    art: dict[ArtSource, str] = field(default_factory=dict)
    stories: list[tuple[str, float]] = field(default_factory=list)
    textless: dict[str, set[int]] = field(default_factory=dict)

    @cached_property
    def deflated(self) -> bytes:
        """The content stream, deflated once for the page's file and the issue's."""
        return deflated("\n".join(self.operators).encode("ascii"))

    def __getstate__(self) -> dict[str, Any]:
        """Return what goes to another process: the finished stream in place of its operators."""
        return {**self.__dict__, "deflated": self.deflated, "operators": []}

    def goes_after(self, texts: Texts) -> bool:
        """Return whether the content stays as it is on a page after others on which glyphs stand for `texts`."""
        return all(
            _agree(glyphs, texts[face]) and self.textless.get(face, frozenset()).isdisjoint(texts[face])
            for face, glyphs in self.glyphs.items()
            if face in texts
        )

    @cached_property
    def is_all_text(self) -> bool:
        """Whether each glyph stands for a text of its own."""
        return all(_SILENT.isdisjoint(glyphs.values()) for glyphs in self.glyphs.values())

    def add_to(self, texts: Texts) -> None:
        """Add what its glyphs stand for."""
        for face, glyphs in self.glyphs.items():
            known = texts.setdefault(face, {})
            known |= ((glyph, text) for glyph, text in glyphs.items() - known.items() if text not in WITHOUT_TEXT)


class Colours(NamedTuple):
    """The operators that choose an ink for fills and text, and for strokes."""

    fill: Callable[[Ink], str]
    stroke: Callable[[Ink], str]


def _agree(glyphs: dict[int, str], known: dict[int, str]) -> bool:
    """Return whether no glyph stands for another text than it is known for."""
    unlike = glyphs.items() - known.items()
    return all(glyph not in known or text in WITHOUT_TEXT for glyph, text in unlike)


def page_contents(pages: Sequence[Page], faces: Faces, texts: Texts) -> list[PageContent]:
    """Return the content of each page; `texts` gathers over all of them what each glyph stands for.

    Each is made as though it were the only one, by whichever process has time, and made again where glyphs of pages before
    it stand for something else.
    """
    art = [placed.item.source for page in pages for placed in page.frame.walk() if isinstance(placed.item, Art)]
    made = share(lambda page: page_content(page, faces, {}), pages, _FEWEST, (*pages, *art))
    return [content_after(content, faces, texts) for content in made]


def content_after(content: PageContent, faces: Faces, texts: Texts) -> PageContent:
    """Return a page's content, made for it alone, as it is after pages on which glyphs stand for `texts`; its own are added."""
    if not content.goes_after(texts):
        return page_content(content.page, faces, texts)
    content.add_to(texts)
    return content


def page_content(page: Page, faces: Faces, texts: Texts, runs: ShownRuns | None = None) -> PageContent:
    """Return the content of a page; `texts` is what each glyph stands for on pages before it, to which its own are added.

    `runs` keeps how runs are shown for contents that are made later.
    """
    content = PageContent(page)
    writer = Writer(content, faces, texts, runs=runs)
    for placed in page.frame.walk():
        writer.write(placed)
    writer.finish()
    return content


def marks_content(frame: Frame, faces: Faces, texts: Texts) -> PageContent:
    """Return the content of a frame of press marks, whose lower left corner is the origin; `texts` as for a page."""
    content = PageContent(Page(0, "", "", Size(frame.width, frame.height), 0, frame))
    writer = _MarksWriter(content, faces, texts)
    for placed in frame.walk():
        writer.write(placed)
    writer.finish()
    return content


def drawing_operators(drawing: Drawing, colours: Colours) -> bytes:
    """Return the operators of a drawing, which name the graphics states of a page."""
    operators = ["0 J 0 j 10 M [] 0 d"]
    pen = _Pen(operators, 0, drawing.room.height, colours)
    for path in drawing.paths:
        pen.path(path, Placed(0, 0, path))
    return "\n".join(operators).encode("ascii")


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-0") else "0"


def _inks(ink: Ink) -> str:
    return " ".join(_number(part / 1000) for part in ink)


INKS = Colours(lambda ink: f"{_inks(ink)} k", lambda ink: f"{_inks(ink)} K")
"""The inks themselves."""


def screen_colours(press: Press) -> Colours:
    """Return the colours that the inks of a press have on screens."""

    def seen(ink: Ink) -> str:
        return " ".join(_number(part / 255) for part in screen_colour(ink, press))

    return Colours(lambda ink: f"{seen(ink)} rg", lambda ink: f"{seen(ink)} RG")


class _Place(NamedTuple):
    """Where a piece of text begins in points, y upwards, and its size."""

    x: float
    y: float
    size: float

    def is_read_after(self, other: "_Place") -> bool:
        """Return whether PDFium reads this piece after one that follows it.

        It sorts pieces that follow each other within half an em of one height from left to right, and so would read lines
        whose tops are level in the wrong order.
        """
        return other.x < self.x and abs(self.y - other.y) < _ONE_HEIGHT * max(self.size, other.size)


class _Descent(NamedTuple):
    """A run that was written down the page: its number among the operators, and another way to write it.

    `last` is its last piece, `other_last` that of the other way, which leaves another font behind.
    """

    number: int
    last: _Place
    other: str
    other_last: _Place
    font: tuple[str, Emu]


class _Pen:
    """Draws rules and figures; keeps what the graphics state holds, so that nothing is said twice."""

    def __init__(self, operators: list[str], left: Emu, top: Emu, colours: Colours) -> None:
        self.colours = colours
        self.emit = operators.append
        self.left = left
        self.top = top
        self.state = ""
        self.ink: Ink | None = None
        self.stroke: tuple[Emu, Ink] = (0, BLACK)
        self.style = PLAIN_STROKE

    def colour(self, ink: Ink) -> None:
        state = OVERPRINT if ink == BLACK else KNOCK_OUT
        if state != self.state:
            self.emit(f"/{state} gs")
            self.state = state
        if ink != self.ink:
            self.emit(self.filled(ink))
            self.ink = ink

    def filled(self, ink: Ink) -> str:
        """Return the operators that choose the ink of fills and text."""
        return self.colours.fill(ink)

    def stroked(self, ink: Ink) -> str:
        """Return the operators that choose the ink of strokes."""
        return self.colours.stroke(ink)

    def fill(self, fill: Fill, placed: Placed) -> None:
        self.colour(fill.ink)
        x, y = points(self.left + placed.x), points(self.top - placed.y - fill.height)
        self.emit(f"{_number(x)} {_number(y)} {_number(points(fill.width))} {_number(points(fill.height))} re f")

    def path(self, path: Path, placed: Placed) -> None:
        self.colour(path.ink)
        if path.stroke:
            self._stroke(path)
        for number, step in enumerate(path.steps):
            begins = number == 0 or isinstance(step, Move)
            if number and begins and path.is_closed and path.stroke:
                self.emit("h")
            xs, ys = step[::2], step[1::2]
            pairs = zip(xs, ys, strict=True)
            places = [
                f"{_number(points(self.left + placed.x + x))} {_number(points(self.top - placed.y - y))}" for x, y in pairs
            ]
            self.emit(f"{' '.join(places)} {'m' if begins else 'c' if len(places) == 3 else 'l'}")
        ending = ("s" if path.is_closed else "S") if path.stroke else "f*" if path.is_even_odd else "f"
        self.emit(ending)

    def place(self, x: Emu, y: Emu) -> str:
        return f"{_number(points(self.left + x))} {_number(points(self.top - y))}"

    def _stroke(self, path: Path) -> None:
        """Set the width, the ink and the style of strokes."""
        if path.style != self.style:
            dashes = " ".join(_number(points(dash)) for dash in path.style.dashes)
            cap, join, miter, _ = path.style
            self.emit(f"{cap.value} J {join.value} j {_number(miter / 1000)} M [{dashes}] 0 d")
            self.style = path.style
        wanted = (path.stroke, path.ink)
        if wanted != self.stroke:
            self.emit(f"{_number(points(path.stroke))} w {self.stroked(path.ink)}")
            self.stroke = wanted


class Writer(_Pen):
    """Draws a page: text, and what a pen draws between it."""

    def __init__(
        self,
        content: PageContent,
        faces: Faces,
        texts: Texts,
        colours: Colours = INKS,
        runs: ShownRuns | None = None,
    ) -> None:
        page = content.page
        super().__init__(content.operators, page.bleed, page.size.height + page.bleed, colours)
        self.runs = runs
        self.content = content
        self.faces = faces
        self.texts = texts
        self.in_text = False
        self.font: tuple[str, Emu] = ("", 0)
        self.stretch = 1000
        self.descent: _Descent | None = None

    def write(self, placed: Placed) -> None:
        """Draw an item at its place; of marks keep the stories that begin."""
        item = placed.item
        if isinstance(item, GlyphRun):
            self._text(item, points(self.left + placed.x), points(self.top - placed.y))
        elif isinstance(item, Mark):
            if item.kind is MarkKind.STORY and item.title:
                self.content.stories.append((item.title, points(self.top - placed.y)))
        else:
            self.leave_text()
            self._draw(placed)

    def _draw(self, placed: Placed) -> None:
        item = placed.item
        if isinstance(item, Fill):
            self.fill(item, placed)
        elif isinstance(item, Path):
            self.path(item, placed)
        elif isinstance(item, Picture):
            self._picture(item, placed)
        elif isinstance(item, Art):
            self._art(item, placed)

    def finish(self) -> None:
        """End what is open."""
        self.leave_text()

    def leave_text(self) -> None:
        """End the text object, where one is open."""
        if self.in_text:
            self.emit("ET")
            self.in_text = False

    def _text(self, run: GlyphRun, x: float, y: float) -> None:
        place = _Place(x, y, points(run.size))
        if self.descent is not None:
            self._keep_order(self.descent, place)
        if not self.in_text:
            self.emit("BT")
            self.in_text = True
        self.colour(run.ink)
        name = run.face
        if run.direction is Direction.UPRIGHT:
            name += STANDING
            self.content.standing.add(run.face)
        if (name, run.size) != self.font:
            self.emit(f"/{name} {_number(points(run.size))} Tf")
            self.font = (name, run.size)
        if run.stretch != self.stretch:
            self.emit(f"{_number(run.stretch / 10)} Tz")
            self.stretch = run.stretch
        shown, parted = self._shown(run)
        matrix = f"{_MATRICES[run.direction]} {_number(x)} {_number(y)} Tm"
        self.emit(f"{matrix} {shown}")
        number = len(self.content.operators) - 1
        if len(run.glyphs) > 1 and run.direction is not Direction.LEVEL:
            last = place._replace(y=y - points(run.offsets[-1]))
            self.descent = _Descent(number, place, f"{matrix} {parted}", last, self.font)
        elif run.direction is Direction.UPRIGHT:
            self.descent = self._as_level(run, number, place, shown)

    def _as_level(self, run: GlyphRun, number: int, place: _Place, shown: str) -> _Descent:
        """Return a run of one upright glyph with the level font as its other way: its place is then on a baseline."""
        face = self.faces[run.face]
        _, right, up = (points(divide(length * run.size, face.upem)) for length in face.vertical(run.glyphs[0]))
        level = _Place(place.x - right, place.y - up, place.size)
        font = f"/{run.face} {_number(place.size)} Tf"
        return _Descent(
            number, place, f"{font} 1 0 0 1 {_number(level.x)} {_number(level.y)} Tm {shown}", level, (run.face, run.size)
        )

    def _keep_order(self, before: _Descent, place: _Place) -> None:
        """Write the run before in its other way if a piece that follows at a place would be read before its last one."""
        self.descent = None
        if before.last.is_read_after(place) and not before.other_last.is_read_after(place):
            self.content.operators[before.number] = before.other
            self.font = before.font

    def _shown(self, run: GlyphRun) -> tuple[str, str]:
        """Return the operators that show a run, and for one that goes down the page those with its last glyph by itself.

        One glyph can stand for two characters (… and ⋯); the run then carries its text with it.
        """
        found = self.runs.get(run) if self.runs is not None else None
        if found is None:
            found = self._operators(run)
            if self.runs is not None:
                self.runs[run] = found
        if self._name_glyphs(run):
            return found
        text = run.text.encode("utf-16-be").hex().upper()
        span = f"/Span <</ActualText <FEFF{text}>>> BDC"
        shown, parted = found
        return f"{span} {shown} EMC", f"{span} {parted} EMC"

    def _operators(self, run: GlyphRun) -> tuple[str, str]:
        """Return both ways to show a run; there are gaps only where the next origin is not where the face puts it."""
        codes = pack(f">{len(run.glyphs)}H", *run.glyphs).hex().upper()
        sign = -1 if run.direction is Direction.UPRIGHT else 1
        parts: list[str] = []
        start = at = 0
        scale = run.size * run.stretch
        for place, (offset, advance) in enumerate(zip(run.offsets, self._advances(run), strict=True)):
            if offset != at:
                adjust = divide((at - offset) * 1_000_000, scale)
                if adjust:
                    chunk = codes[start * _GLYPH : place * _GLYPH]
                    parts.append(f"<{chunk}>{sign * adjust}" if chunk else f"{sign * adjust}")
                    start = place
                    at -= divide(adjust * scale, 1_000_000)
            at += advance
        chunk = codes[start * _GLYPH :]
        shown = f"[{''.join(parts)}<{chunk}>] TJ" if parts else f"<{chunk}> Tj"
        if run.direction is Direction.LEVEL:
            return shown, ""
        return shown, f"[{''.join(parts)}<{chunk[:-_GLYPH]}>] TJ <{chunk[-_GLYPH:]}> Tj"

    def _advances(self, run: GlyphRun) -> list[Emu]:
        """Return how far a run's font moves on after each of its glyphs."""
        face = self.faces[run.face]
        if run.direction is Direction.UPRIGHT:
            natural = [face.vertical(glyph)[0] * run.size // face.upem for glyph in run.glyphs]
        else:
            sized = face.sized(run.size)
            natural = [sized[glyph] for glyph in run.glyphs]
        return natural if run.stretch == 1000 else [divide(advance * run.stretch, 1000) for advance in natural]

    def _name_glyphs(self, run: GlyphRun) -> bool:
        """Note what the run's glyphs stand for; return whether each stands for its text in all of the issue."""
        known = self.texts.setdefault(run.face, {})
        used = self.content.glyphs.setdefault(run.face, {})
        if _SILENT.isdisjoint(run.clusters):
            told = list(map(known.setdefault, run.glyphs, run.clusters))
            used.update(zip(run.glyphs, told, strict=True))
            return told == list(run.clusters)
        is_plain = True
        for glyph, cluster in zip(run.glyphs, run.clusters, strict=True):
            if cluster in WITHOUT_TEXT:
                used.setdefault(glyph, cluster)
                if glyph not in known:
                    self.content.textless.setdefault(run.face, set()).add(glyph)
                is_plain &= known.get(glyph, cluster) == cluster
                continue
            text = used[glyph] = known.setdefault(glyph, cluster)
            is_plain &= text == cluster
        return is_plain

    def _picture(self, picture: Picture, placed: Placed) -> None:
        if self.state != KNOCK_OUT:
            self.emit(f"/{KNOCK_OUT} gs")
            self.state = KNOCK_OUT
        name = self.content.pictures.setdefault(picture, f"Im{len(self.content.pictures)}")
        x, y = points(self.left + placed.x), points(self.top - placed.y - picture.height)
        size = f"{_number(points(picture.width))} 0 0 {_number(points(picture.height))}"
        self.emit(f"q {size} {_number(x)} {_number(y)} cm /{name} Do Q")

    def _art(self, art: Art, placed: Placed) -> None:
        """Draw art by its form, which begins with the graphics state of a new page and leaves ours as it was."""
        name = self.content.art.setdefault(art.source, f"Fm{len(self.content.art)}")
        size = art.source.size
        room = art.source.room if isinstance(art.source, Drawing) else size
        seen = art.visible or Rect(0, 0, *size)
        across, down = art.width / seen.width, art.height / seen.height
        x, y = points(self.left + placed.x), points(self.top - placed.y - art.height)
        clip = f"{_number(x)} {_number(y)} {_number(points(art.width))} {_number(points(art.height))} re W n "
        origin = f"{_number(x - points(seen.x) * across)} {_number(y - points(size.height - seen.bottom) * down)}"
        scale = f"{across * size.width / room.width:.6f} 0 0 {down * size.height / room.height:.6f}"
        self.emit(f"q /{UNTOUCHED} gs {clip if art.visible else ''}{scale} {origin} cm /{name} Do Q")


class _MarksWriter(Writer):
    """Draws press marks: what is on every plate, in one colour space for all of them."""

    def filled(self, ink: Ink) -> str:
        return f"/{ALL_PLATES} cs 1 scn" if ink == REGISTRATION else super().filled(ink)

    def stroked(self, ink: Ink) -> str:
        return f"/{ALL_PLATES} CS 1 SCN" if ink == REGISTRATION else super().stroked(ink)

"""A page's frame as PDF operators: text, rules and pictures; the flip from our y downwards happens here only.

Text and rules are DeviceCMYK 0 0 0 1 with overprint (mode 1), so that black type never leaves a white ghost;
tints and pictures knock out. Glyphs are written by their number in the face, which needs no subset yet.
"""

from dataclasses import dataclass, field

from layout.frame import BLACK, Fill, GlyphRun, Mark, MarkKind, Page, Picture, Placed
from layout.typeface.catalogue import Faces
from layout.units import Emu, divide, points

OVERPRINT, KNOCK_OUT = "GSo", "GSk"


@dataclass(slots=True)
class PageContent:
    """The operators of a page and what they name: glyphs by face with their text, pictures, story beginnings."""

    page: Page
    operators: list[str] = field(default_factory=list)
    glyphs: dict[str, dict[int, str]] = field(default_factory=dict)
    pictures: dict[Picture, str] = field(default_factory=dict)
    stories: list[tuple[str, float]] = field(default_factory=list)

    @property
    def data(self) -> bytes:
        """The content stream before it is deflated."""
        return "\n".join(self.operators).encode("ascii")


def page_content(page: Page, faces: Faces) -> PageContent:
    """Return the content of a page."""
    content = PageContent(page)
    writer = _Writer(content, faces, page.bleed, page.size.height + page.bleed)
    for placed in page.frame.walk():
        writer.write(placed)
    writer.finish()
    return content


def _number(value: float) -> str:
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return text if text not in ("", "-0") else "0"


class _Writer:
    """Keeps what the graphics state holds, so that nothing is said twice."""

    def __init__(self, content: PageContent, faces: Faces, left: Emu, top: Emu) -> None:
        self.content = content
        self.faces = faces
        self.left = left
        self.top = top
        self.emit = content.operators.append
        self.in_text = False
        self.state = ""
        self.ink = -1
        self.font: tuple[str, Emu, int] = ("", 0, 0)

    def write(self, placed: Placed) -> None:
        item = placed.item
        if isinstance(item, GlyphRun):
            self._text(item, points(self.left + placed.x), points(self.top - placed.y))
        elif isinstance(item, Fill):
            self._fill(item, placed)
        elif isinstance(item, Picture):
            self._picture(item, placed)
        elif isinstance(item, Mark) and item.kind is MarkKind.STORY:
            self.content.stories.append((item.title, points(self.top - placed.y)))

    def finish(self) -> None:
        self._leave_text()

    def _leave_text(self) -> None:
        if self.in_text:
            self.emit("ET")
            self.in_text = False

    def _colour(self, ink: int) -> None:
        state = OVERPRINT if ink == BLACK else KNOCK_OUT
        if state != self.state:
            self.emit(f"/{state} gs")
            self.state = state
        if ink != self.ink:
            self.emit(f"0 0 0 {_number(ink / BLACK)} k")
            self.ink = ink

    def _text(self, run: GlyphRun, x: float, y: float) -> None:
        if not self.in_text:
            self.emit("BT")
            self.in_text = True
        self._colour(run.ink)
        font = (run.face, run.size, run.stretch)
        if font != self.font:
            if font[:2] != self.font[:2]:
                self.emit(f"/{run.face} {_number(points(run.size))} Tf")
            if font[2] != self.font[2]:
                self.emit(f"{_number(run.stretch / 10)} Tz")
            self.font = font
        self.emit(f"1 0 0 1 {_number(x)} {_number(y)} Tm {self._shown(run)}")

    def _shown(self, run: GlyphRun) -> str:
        """Return the operator that shows a run: gaps only where the next origin is not where the face puts it.

        One glyph can stand for two characters (… and ⋯); the run then carries its text with it.
        """
        advances = self.faces[run.face].sized(run.size)
        known = self.content.glyphs.setdefault(run.face, {})
        parts: list[str] = []
        chunk = ""
        at = 0
        scale = run.size * run.stretch
        ambiguous = False
        for glyph, offset, cluster in zip(run.glyphs, run.offsets, run.clusters, strict=True):
            if offset != at:
                adjust = divide((at - offset) * 1_000_000, scale)
                if adjust:
                    parts.append(f"<{chunk}>{adjust}" if chunk else f"{adjust}")
                    chunk = ""
                    at -= divide(adjust * scale, 1_000_000)
            chunk += f"{glyph:04X}"
            ambiguous |= known.setdefault(glyph, cluster) != cluster
            at += divide(advances[glyph] * run.stretch, 1000)
        shown = f"[{''.join(parts)}<{chunk}>] TJ" if parts else f"<{chunk}> Tj"
        if not ambiguous:
            return shown
        text = run.text.encode("utf-16-be").hex().upper()
        return f"/Span <</ActualText <FEFF{text}>>> BDC {shown} EMC"

    def _fill(self, fill: Fill, placed: Placed) -> None:
        self._leave_text()
        self._colour(fill.ink)
        x, y = points(self.left + placed.x), points(self.top - placed.y - fill.height)
        self.emit(f"{_number(x)} {_number(y)} {_number(points(fill.width))} {_number(points(fill.height))} re f")

    def _picture(self, picture: Picture, placed: Placed) -> None:
        self._leave_text()
        if self.state != KNOCK_OUT:
            self.emit(f"/{KNOCK_OUT} gs")
            self.state = KNOCK_OUT
        name = self.content.pictures.setdefault(picture, f"Im{len(self.content.pictures)}")
        x, y = points(self.left + placed.x), points(self.top - placed.y - picture.height)
        size = f"{_number(points(picture.width))} 0 0 {_number(points(picture.height))}"
        self.emit(f"q {size} {_number(x)} {_number(y)} cm /{name} Do Q")

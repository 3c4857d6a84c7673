"""Fonts as a file holds them: subsets with widths and the text of each glyph, made once for all files that share them."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from layout.deflated import deflated
from layout.export.content import WITHOUT_TEXT, PageContent
from layout.typeface.catalogue import Faces
from layout.typeface.face import Face, Metrics, Outlines
from layout.units import divide

_LAST_OF_TWO_BYTES = "\uffff"
"""The last character that UTF-16 writes as its number."""


class EmbeddedFont(NamedTuple):
    """A subset of a face whose codes are the face's own glyph numbers; streams are deflated.

    `data` is the program before it was deflated. `glyph_map` leads from codes to a TrueType program's glyphs.
    `upright` are the rows of `W2` of a face that goes down the page, too.
    """

    name: str
    metrics: Metrics
    outlines: Outlines
    data: bytes
    program: bytes
    widths: tuple[str, ...]
    texts: bytes
    glyph_map: bytes | None
    upright: tuple[str, ...] | None


@dataclass(frozen=True, slots=True, eq=False)
class _Made:
    """A font, and what it was made for: the text of its glyphs, and whether they also go down the page."""

    glyphs: dict[int, str]
    stands: bool
    font: EmbeddedFont


@dataclass(frozen=True, slots=True)
class Fonts:
    """Makes the fonts of files, each subset once for all files that need the same glyphs; the last asked for stands last."""

    faces: Faces
    made: dict[str, list[_Made]] = field(default_factory=dict)

    def embed(self, contents: Iterable[PageContent]) -> dict[str, EmbeddedFont]:
        """Return the fonts of contents by role. Raises BrokenFaceError where a font file is damaged."""
        used: dict[str, dict[int, str]] = {}
        standing: set[str] = set()
        for content in contents:
            standing |= content.standing
            for role, glyphs in content.glyphs.items():
                texts = used.setdefault(role, {})
                if content.is_all_text:
                    texts |= glyphs
                    continue
                texts.update((glyph, text) for glyph, text in glyphs.items() if text not in WITHOUT_TEXT or glyph not in texts)
        return {role: self._font(role, glyphs, role in standing) for role, glyphs in used.items()}

    def _font(self, role: str, glyphs: dict[int, str], stands: bool) -> EmbeddedFont:
        kept = self.made.setdefault(role, [])
        found = next((one for one in reversed(kept) if one.stands is stands and one.glyphs == glyphs), None)
        if found is None:
            found = _Made(glyphs, stands, _embedded(self.faces[role], glyphs, stands))
        else:
            kept.remove(found)
        kept.append(found)
        return found.font

    def latest(self, count: int) -> "Fonts":
        """Return the same with so many fonts of each face at most: those that were asked for last."""
        return Fonts(self.faces, {role: kept[-count:] for role, kept in self.made.items()})


def _embedded(face: Face, glyphs: dict[int, str], stands: bool) -> EmbeddedFont:
    subset, metrics = face.subset(glyphs), face.metrics()
    is_cff = subset.outlines is Outlines.CFF
    return EmbeddedFont(
        f"{_tag(subset.data)}+{metrics.name}",
        metrics,
        subset.outlines,
        subset.data,
        deflated(subset.data),
        tuple(_widths(face, glyphs)),
        deflated(_to_unicode(glyphs)),
        None if is_cff else deflated(_glyph_map(subset.places, glyphs)),
        tuple(_vertical_widths(face, glyphs)) if stands else None,
    )


def _tag(data: bytes) -> str:
    """Return the six letters of a subset's name, made from its data."""
    number = zlib.crc32(data)
    return "".join(chr(65 + number // 26**place % 26) for place in range(6))


def _widths(face: Face, glyphs: dict[int, str]) -> Sequence[str]:
    advances, em = face.advances, face.upem
    widths = ((glyph, divide(advances[glyph] * 1000, em)) for glyph in sorted(glyphs) if advances[glyph] != em)
    return [f"{glyph} [{width}]" for glyph, width in widths if width != 1000]


def _vertical_widths(face: Face, glyphs: dict[int, str]) -> Sequence[str]:
    """Return advance down the page and vertical origin of each glyph, in thousandths of an em."""
    rows = []
    for glyph in sorted(glyphs):
        advance, x, y = (divide(value * 1000, face.upem) for value in face.vertical(glyph))
        rows.append(f"{glyph} [{-advance} {x} {y}]")
    return rows


def _glyph_map(places: dict[int, int], glyphs: dict[int, str]) -> bytes:
    table = bytearray(2 * (max(glyphs) + 1))
    for glyph in glyphs:
        table[2 * glyph : 2 * glyph + 2] = places[glyph].to_bytes(2, "big")
    return bytes(table)


def _to_unicode(glyphs: dict[int, str]) -> bytes:
    """Return the CMap that gives each glyph the text that it stood for in the copy."""
    rows = [
        f"<{glyph:04X}><{ord(text):04X}>"
        if len(text) == 1 and text <= _LAST_OF_TWO_BYTES
        else f"<{glyph:04X}><{text.encode('utf-16-be').hex().upper()}>"
        for glyph, text in sorted(glyphs.items())
        if text
    ]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n{body}\nendcmap\n"
        "CMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")

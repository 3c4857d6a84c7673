"""One font file: glyphs, advances, shaping and subsets by HarfBuzz; the only module that imports uharfbuzz."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

from layout.units import Emu, divide

LANGUAGE = "zh-Hans"
_UNUSED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "STAT", "gasp", "post", "name", "OS/2", "cmap", "DSIG")


class ShapedGlyph(NamedTuple):
    """A glyph of shaped text: its number, its advance in font units, and the place of its text."""

    glyph: int
    advance: int
    cluster: int


@dataclass(frozen=True, slots=True)
class Subset:
    """A font file with the glyphs of a document only; `places` maps the face's glyph numbers to its own."""

    data: bytes
    places: dict[int, int]


@dataclass(frozen=True, slots=True)
class Metrics:
    """What a font descriptor needs, in thousandths of an em."""

    name: str
    box: tuple[int, int, int, int]
    ascent: int
    descent: int


class _Glyphs(dict[str, int]):
    """Character to glyph number, 0 where the face lacks it; filled on demand."""

    def __init__(self, font: hb.Font) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, character: str) -> int:
        glyph = int(self._font.get_nominal_glyph(ord(character)) or 0)
        self[character] = glyph
        return glyph


class _Advances(dict[int, int]):
    """Glyph number to horizontal advance in font units; filled on demand."""

    def __init__(self, font: hb.Font) -> None:
        super().__init__()
        self._font = font

    def __missing__(self, glyph: int) -> int:
        advance: int = self._font.get_glyph_h_advance(glyph)
        self[glyph] = advance
        return advance


class Face:
    """An open face. `role` is its key in frames; `upem` its units per em."""

    def __init__(self, role: str, face: hb.Face) -> None:
        self.role = role
        self._face = face
        self._font = hb.Font(face)
        self.upem: int = face.upem
        self.glyphs = _Glyphs(self._font)
        self.advances = _Advances(self._font)

        self._sized: dict[Emu, SizedAdvances] = {}

    @property
    def can_set(self) -> bool:
        """Whether the file has outlines and a character map with Han."""
        return bool(self._face.glyph_count and self.glyphs["的"])

    def sized(self, size: Emu) -> "SizedAdvances":
        """Return glyph number to advance in EMU at a size; looked up, not computed, from the second time on."""
        table = self._sized.get(size)
        if table is None:
            table = self._sized[size] = SizedAdvances(self, size)
        return table

    def shape(self, text: str, width: str) -> list[ShapedGlyph]:
        """Return the glyphs of a text set horizontally, with kerning, ligatures and the forms of zh-Hans.

        `width` is the OpenType feature for the width of figures and quotation marks: pwid, hwid or fwid.
        """
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr"
        buffer.language = LANGUAGE
        hb.shape(self._font, buffer, {"kern": True, width: True})
        return [
            ShapedGlyph(info.codepoint, position.x_advance, info.cluster)
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    def ink(self, glyph: int) -> tuple[int, int, int, int]:
        """Return left, bottom, width and height of a glyph's ink in font units, y upwards from the baseline."""
        extents = self._font.get_glyph_extents(glyph)
        if extents is None:
            return (0, 0, 0, 0)
        return (extents.x_bearing, extents.y_bearing + extents.height, extents.width, -extents.height)

    def subset(self, glyphs: Iterable[int]) -> Subset:
        """Return the font with these glyphs and without the tables that an embedded font has no use for."""
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyphs)
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _UNUSED_TABLES)
        plan = hb.SubsetPlan(self._face, wanted)
        return Subset(plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping))

    def metrics(self) -> Metrics:
        """Return name and measures for a font descriptor."""
        extents = self._font.get_font_extents("ltr")
        ascent, descent = (divide(value * 1000, self.upem) for value in (extents.ascender, extents.descender))
        name = self._face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or self.role
        return Metrics(name.replace(" ", ""), (-1000, descent, 3000, ascent), ascent, descent)


class SizedAdvances(dict[int, Emu]):
    """Glyph number to horizontal advance in EMU at one size; filled on demand."""

    def __init__(self, face: Face, size: Emu) -> None:
        super().__init__()
        self._face = face
        self._size = size

    def __missing__(self, glyph: int) -> Emu:
        advance = self[glyph] = divide(self._face.advances[glyph] * self._size, self._face.upem)
        return advance


def open_face(role: str, path: Path) -> Face:
    """Return the face of a file; the file is mapped, not read."""
    return Face(role, hb.Face(hb.Blob.from_file_path(str(path))))

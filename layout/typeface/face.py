"""One font file: glyphs, advances, shaping and subsets by HarfBuzz; the only module that imports uharfbuzz."""

import errno
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import groupby, repeat
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

from layout.units import Emu, divide

LANGUAGE = "zh-Hans"

_USAGE, _RESTRICTED, _FORBIDDEN = 0x000F, 0x0002, 0x0300
"""Bits of OS/2.fsType: usage, restricted licence; no subsetting or bitmaps only (OpenType specification, OS/2)."""

_UNUSED_TABLES = ("GSUB", "GPOS", "GDEF", "BASE", "vhea", "vmtx", "STAT", "gasp", "post", "name", "OS/2", "cmap", "DSIG")


_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_.+-]")


class ShapedGlyph(NamedTuple):
    """A glyph of shaped text: its number, its advance in font units, and the place of its text."""

    glyph: int
    advance: int
    cluster: int


class Word(NamedTuple):
    """A Western word shaped at a size: by glyph the text that it stands for, its number, and its advance in EMU.

    The first glyph of a cluster stands for all of its text, the others for none.
    """

    clusters: tuple[str, ...]
    glyphs: tuple[int, ...]
    advances: tuple[Emu, ...]


class FaceFile(NamedTuple):
    """A font file, the face in it, and the weight where it varies."""

    path: Path
    number: int = 0
    weight: int = 400


class Refusal(Enum):
    """Why a font file cannot be used; the values are the codes of findings."""

    NO_FACE = "no-face"
    RIGHTS = "embedding-rights"


class BrokenFaceError(Exception):
    """A font file that was opened turns out to be damaged; carries the face's role."""


class Outlines(Enum):
    """How a subset draws its glyphs, which decides how a PDF holds it."""

    TRUETYPE = "TrueType"
    CFF = "CFF"


class Subset(NamedTuple):
    """A font program with the glyphs of a document only.

    TrueType is a font file, and `places` maps the face's glyph numbers to its own; CFF is a bare CFF table whose
    CIDs are the face's glyph numbers.
    """

    data: bytes
    outlines: Outlines
    places: dict[int, int]


class Metrics(NamedTuple):
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
        if glyph and self._is_blank(glyph) and not (character.isspace() or unicodedata.category(character) == "Cf"):
            glyph = 0
        self[character] = glyph
        return glyph

    def _is_blank(self, glyph: int) -> bool:
        extents = self._font.get_glyph_extents(glyph)
        return extents is None or not (extents.width and extents.height)


class _Standing(dict[str, int]):
    """Character to the glyph that it has where text runs down the page; filled on demand."""

    def __init__(self, face: "Face") -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: str) -> int:
        glyph = self[character] = self._face.stand(character)[0].glyph
        return glyph


class _Wide(dict[str, int]):
    """Character to its full-width glyph; filled on demand."""

    def __init__(self, face: "Face") -> None:
        super().__init__()
        self._face = face

    def __missing__(self, character: str) -> int:
        glyph = self[character] = self._face.shape(character, "fwid")[0].glyph
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
    """An open face. `role` is its key in frames; `upem` its units per em.

    `matched` is the size, in per mille, at which a Latin face suits the Han faces beside it; 1000 for all others.
    """

    def __init__(self, file: FaceFile, role: str, face: hb.Face) -> None:
        self.role = role
        self._file = file
        self._face = face
        self._prepared = face
        self._font = hb.Font(face)
        self._axes = {axis.tag: self._position(axis) for axis in face.axis_infos}
        if self._axes:
            self._font.set_variations(self._axes)
        self.upem: int = face.upem
        self.glyphs = _Glyphs(self._font)
        self.advances = _Advances(self._font)
        self.standing = _Standing(self)
        self.wide = _Wide(self)
        self.matched = 1000
        self._sized: dict[Emu, SizedAdvances] = {}
        self._words: dict[tuple[str, str, Emu], Word] = {}

    def _position(self, axis: hb.OTVarAxisInfo) -> float:
        """Return where the face stands on an axis: its weight on that of weight, the default on all others."""
        wanted = self._file.weight if axis.tag == "wght" else axis.default_value
        return float(min(max(wanted, axis.min_value), axis.max_value))

    def refusal(self, probe: str) -> Refusal | None:
        """Return why the face cannot set an issue, or None: whole, with an outline for a probe, and free to be embedded."""
        if not (self._face.glyph_count and self.glyphs[probe] and self._is_whole() and self._can_be_subset(probe)):
            return Refusal.NO_FACE
        table = self._face.reference_table("OS/2").data
        rights = int.from_bytes(table[8:10], "big") if len(table) >= 10 else 0
        return Refusal.RIGHTS if rights & _FORBIDDEN or rights & _USAGE == _RESTRICTED else None

    def _can_be_subset(self, character: str) -> bool:
        """Return whether a subset of one character has its outline."""
        glyph = self.glyphs[character]
        try:
            made = self.subset([glyph])
        except BrokenFaceError:
            return False
        if made.outlines is Outlines.CFF:
            return bool(made.data)
        extents = hb.Font(hb.Face(hb.Blob(made.data))).get_glyph_extents(made.places[glyph])
        return extents is not None and bool(extents.width)

    def _is_whole(self) -> bool:
        """Return whether every table of the face lies inside its file."""
        data = self._file.path.read_bytes()
        if self._file.number and data[:4] != b"ttcf":
            return False
        start = int.from_bytes(data[12 + 4 * self._file.number :][:4], "big") if data[:4] == b"ttcf" else 0
        count = int.from_bytes(data[start + 4 : start + 6], "big")
        rows = (data[start + 12 + 16 * row :][:16] for row in range(count))
        return all(int.from_bytes(row[8:12], "big") + int.from_bytes(row[12:16], "big") <= len(data) for row in rows)

    def match(self, other: "Face") -> None:
        """Set this Latin face at the size at which its figures are as high as those of a Han face."""
        own, wanted = (self._height("0"), other._height("0"))
        self.matched = divide(1000 * wanted[0] * own[1], wanted[1] * own[0]) if own[0] and wanted[0] else 1000

    def _height(self, character: str) -> tuple[int, int]:
        return self.ink(self.glyphs[character])[3], self.upem

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
        hb.shape(self._font, buffer, {"kern": True, width: True}, shapers=["ot"])
        return [
            ShapedGlyph(info.codepoint, position.x_advance, info.cluster)
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    def word(self, text: str, width: str, size: Emu) -> Word:
        """Return a Western word at a size, shaped as by `shape`; looked up from the second time on."""
        key = text, width, size
        word = self._words.get(key)
        if word is None:
            shaped = self.shape(text, width)
            advances = (divide(glyph.advance * size, self.upem) for glyph in shaped)
            glyphs = tuple(glyph.glyph for glyph in shaped)
            word = self._words[key] = Word(tuple(_clusters(shaped, text)), glyphs, tuple(advances))
        return word

    def stand(self, text: str) -> list[ShapedGlyph]:
        """Return the glyphs of a text set down the page, in their vertical forms; advances go down and are positive."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ttb"
        buffer.language = LANGUAGE
        hb.shape(self._font, buffer, {"vert": True, "fwid": True}, shapers=["ot"])
        return [
            ShapedGlyph(info.codepoint, -position.y_advance, info.cluster)
            for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    @property
    def file_name(self) -> str:
        """The name of its file."""
        return self._file.path.name

    def variant(self, character: str, selector: str) -> int:
        """Return the glyph of an ideographic variation sequence (IVS), 0 where the face has none."""
        return int(self._font.get_variation_glyph(ord(character), ord(selector)) or 0)

    def thousandths(self, glyph: int) -> int:
        """Return a glyph's advance in thousandths of an em."""
        return divide(self.advances[glyph] * 1000, self.upem)

    def vertical(self, glyph: int) -> tuple[int, int, int]:
        """Return a glyph's advance down the page and the x and y of its vertical origin, in font units."""
        x, y = self._font.get_glyph_v_origin(glyph)
        return -self._font.get_glyph_v_advance(glyph), x, y

    def ink(self, glyph: int) -> tuple[int, int, int, int]:
        """Return left, bottom, width and height of a glyph's ink in font units, y upwards from the baseline."""
        extents = self._font.get_glyph_extents(glyph)
        if extents is None:
            return (0, 0, 0, 0)
        return (extents.x_bearing, extents.y_bearing + extents.height, extents.width, -extents.height)

    def subset(self, glyphs: Iterable[int]) -> Subset:
        """Return the font with these glyphs and without the tables that an embedded font has no use for.

        A variable font becomes the instance that set the text. Raises BrokenFaceError where the file is damaged.
        """
        try:
            made = self._subset(list(glyphs))
        except (RuntimeError, UnicodeDecodeError) as error:
            raise BrokenFaceError(self.role) from error
        return made

    def prepare_subsets(self) -> None:
        """Have later subsets, which stay the same, made in a third of the time; that takes as long as ten of them, once.

        Only a TrueType face that does not vary can be prepared.
        """
        if self._prepared is self._face and not self._axes and "glyf" in self._face.table_tags:
            self._prepared = hb.subset_preprocess(self._face)

    def _subset(self, glyphs: list[int]) -> Subset:
        wanted = hb.SubsetInput()
        wanted.glyph_set.update(glyphs)
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _UNUSED_TABLES)
        for tag, position in self._axes.items():
            wanted.pin_axis_location(self._face, tag, position)
        is_cff = bool({"CFF ", "CFF2"} & set(self._face.table_tags))
        if is_cff:
            flags = hb.SubsetFlags
            wanted.flags = flags.RETAIN_GIDS | flags.CFF_IDENTITY_CHARSET | flags.DOWNGRADE_CFF2
        plan = hb.SubsetPlan(self._prepared, wanted)
        made = plan.execute()
        places = dict(plan.old_to_new_glyph_mapping)
        if not set(glyphs) <= places.keys():
            raise BrokenFaceError(self.role)
        if is_cff:
            return Subset(bytes(made.reference_table("CFF ").data), Outlines.CFF, {})
        return Subset(made.blob.data, Outlines.TRUETYPE, places)

    def metrics(self) -> Metrics:
        """Return name and measures for a font descriptor."""
        extents = self._font.get_font_extents("ltr")
        ascent, descent = (divide(value * 1000, self.upem) for value in (extents.ascender, extents.descender))
        name = self._face.get_name(hb.OTNameIdPredefined.POSTSCRIPT_NAME) or self.role
        return Metrics(_NOT_IN_NAMES.sub("", name) or self.role, (-1000, descent, 3000, ascent), ascent, descent)


def _clusters(shaped: list[ShapedGlyph], text: str) -> Iterator[str]:
    """Yield the text that each glyph stands for: all of its cluster's with the first one, none with the others."""
    groups = [(start, len(list(group))) for start, group in groupby(glyph.cluster for glyph in shaped)]
    ends = [*(start for start, _ in groups[1:]), len(text)]
    for (start, count), end in zip(groups, ends, strict=True):
        yield text[start:end]
        yield from repeat("", count - 1)


class SizedAdvances(dict[int, Emu]):
    """Glyph number to horizontal advance in EMU at one size; filled on demand."""

    def __init__(self, face: Face, size: Emu) -> None:
        super().__init__()
        self._face = face
        self._size = size

    def __missing__(self, glyph: int) -> Emu:
        advance = self[glyph] = divide(self._face.advances[glyph] * self._size, self._face.upem)
        return advance


def open_face(role: str, file: FaceFile) -> Face:
    """Return the face of a file; the file is mapped, not read. Raise OSError where it has gone since its name was read."""
    try:
        mapped = hb.Blob.from_file_path(str(file.path))
    except hb.HarfBuzzError as error:
        raise OSError(errno.ENOENT, os.strerror(errno.ENOENT), str(file.path)) from error
    return Face(file, role, hb.Face(mapped, file.number))

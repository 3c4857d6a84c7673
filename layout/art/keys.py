"""Which keys of a foreign PDF's dictionaries are taken over: those of what draws, from one table."""

from enum import Enum
from typing import Any

_RESOURCES = frozenset(("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/Properties"))

_NAMES = """
/Type /Subtype /Filter /DecodeParms /Predictor /Colors /BitsPerComponent /Columns /EarlyChange /K /EndOfLine
/EncodedByteAlign /Rows /EndOfBlock /BlackIs1 /DamagedRowsBeforeError /JBIG2Globals /ColorTransform
/Width /Height /ColorSpace /Intent /ImageMask /Mask /Decode /Interpolate /SMask /SMaskInData /Matte /FormType /BBox
/Matrix /Resources /Group /S /CS /I
/LW /LC /LJ /ML /D /RI /OP /op /OPM /Font /FL /SM /SA /BM /CA /ca /AIS /TK /G /BC
/PatternType /PaintType /TilingType /XStep /YStep /Shading /ExtGState /ShadingType /Background /AntiAlias /Domain
/Function /Coords /Extend /VerticesPerRow /BitsPerCoordinate /BitsPerFlag /FunctionType /Range /Size /BitsPerSample
/Order /Encode /C0 /C1 /N /Functions /Bounds /Alternate /WhitePoint /BlackPoint /Gamma /Colorants /Process /Components
/BaseFont /FirstChar /LastChar /Widths /FontDescriptor /Encoding /ToUnicode /Name /DescendantFonts /DW /W /DW2 /W2
/CIDSystemInfo /CIDToGIDMap /Registry /Ordering /Supplement /BaseEncoding /Differences /FontBBox /FontMatrix /CharProcs
/FontName /FontFamily /FontStretch /FontWeight /Flags /ItalicAngle /Ascent /Descent /Leading /CapHeight /XHeight /StemV
/StemH /AvgWidth /MaxWidth /MissingWidth /FontFile /FontFile2 /FontFile3 /CharSet /CIDSet /Lang /Length1 /Length2
/Length3 /CMapName /WMode /UseCMap
"""
"""Keys of streams, images and forms, graphics states and soft masks, patterns, shadings, functions, colour spaces and fonts
(ISO 32000-1, tables 5, 31, 58, 79 to 95, 111 to 127, 144)."""

_KNOWN = frozenset(_NAMES.split())

_FREE = frozenset(("/CharProcs", "/Colorants"))
"""Keys whose dictionaries have names of the file's own choice for keys."""


class Keys(Enum):
    """Which keys of a dictionary are copied: those of the table, kinds of resources, all, or none.

    Marked content (properties) keeps its names and nothing else, so that no layer is taken over.
    """

    KNOWN = "known"
    RESOURCES = "resources"
    ALL = "all"
    NONE = "none"
    HOLLOW = "all, with nothing in what they lead to"

    def inner(self, name: str, owner: Any) -> "Keys | None":
        """Return which keys are copied of what a key of a dictionary leads to; None where the key stays behind."""
        if self is Keys.KNOWN:
            is_mask = name == "/TR" and owner.get("/S") in ("/Alpha", "/Luminosity")
            kept = Keys.RESOURCES if name == "/Resources" else Keys.ALL if name in _FREE else Keys.KNOWN
            return kept if name in _KNOWN or is_mask else None
        if self is Keys.RESOURCES:
            kept = Keys.HOLLOW if name == "/Properties" else Keys.ALL
            return kept if name in _RESOURCES else None
        return {Keys.ALL: Keys.KNOWN, Keys.HOLLOW: Keys.NONE}.get(self)

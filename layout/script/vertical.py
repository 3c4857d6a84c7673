"""What changes when Chinese runs down the page.

Sources: GB/T 15834-2011 5.2 (quotation marks become double corner brackets, then single ones), CLREQ
`#mixed_text_composition_in_vertical_writing_mode` (numbers of two or three figures stand level in one em, longer ones and words
are turned), `#table_of_punctuation_marks` (： ； ！ ？ keep their em).
"""

import re
from collections.abc import Iterator
from enum import Enum

from layout.script.classes import BY_CODE, WESTERN

CORNERS = {"“": "『", "”": "』", "‘": "「", "’": "」"}
"""The marks whose vertical forms stand for quotation marks; the text keeps what was written."""

_FIXED = frozenset("kx")
_FIXED_PAUSE = "；"
_PIECES = re.compile(rf"(?P<western>[{WESTERN}]+)|(?P<dash>dd)|.")
_LEVEL = 3


class Stand(Enum):
    """How a piece of text stands in a vertical line."""

    UPRIGHT = "upright"
    TURNED = "turned"
    LEVEL = "level"


def pieces(text: str, classes: str) -> Iterator[tuple[str, str, Stand]]:
    """Yield the pieces of a text with their class letters and how each stands; single Latin letters stand upright."""
    for match in _PIECES.finditer(classes):
        start, end = match.span()
        piece, codes = text[start:end], classes[start:end]
        if match["western"] is None or len(piece) == 1:
            yield piece, codes, Stand.UPRIGHT
        elif len(piece) <= _LEVEL and set(codes) == {"D"}:
            yield piece, codes, Stand.LEVEL
        else:
            yield piece, codes, Stand.TURNED


def vertical_halves(text: str, code: str) -> int:
    """Return the depth of a mark's cell in half ems, 0 for one em as a rule: the dash has four, the interpunct one."""
    return 4 if len(text) == 2 else BY_CODE[code].halves or 2


def has_blank(text: str, code: str) -> bool:
    """Return whether a mark has a half em that it can lose when it runs down the page."""
    return code not in _FIXED and text != _FIXED_PAUSE

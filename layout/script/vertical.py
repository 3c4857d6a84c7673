"""What changes when Chinese runs down the page.

Sources: GB/T 15834-2011 5.2 (quotation marks become double corner brackets, then single ones), CLREQ
`#mixed_text_composition_in_vertical_writing_mode` (numbers of two or three figures stand level in one em, longer ones and words
are turned).
"""

import re
import unicodedata
from collections.abc import Iterator
from enum import Enum

from layout.script.classes import BY_CODE, DASH, DIGIT, HAN, LATIN, SOLIDUS, SPACE, SUPERIOR, WESTERN
from layout.script.rules import Region, StandingFigures

CORNERS = {"“": "『", "”": "』", "‘": "「", "’": "」"}
"""The marks whose vertical forms stand for quotation marks; the text keeps what was written."""

_WORD = f"[{WESTERN.replace(SPACE.code, '')}]"
_PIECES = re.compile(rf"(?P<western>{_WORD}(?:[{WESTERN}]*{_WORD})?)|{SPACE.code}+|(?P<pair>xx)|(?P<dash>dd)|.v?")
_IN_A_WORD = re.compile(f"(?<={LATIN.code}){SOLIDUS.code}(?={LATIN.code})")
_LEVEL = 3
_ACRONYM = 4


class Stand(Enum):
    """How a piece of text stands in a vertical line."""

    UPRIGHT = "upright"
    TURNED = "turned"
    LEVEL = "level"


def pieces(
    text: str, classes: str, is_level: bool = False, figures: StandingFigures = StandingFigures.LEVEL
) -> Iterator[tuple[str, str, Stand]]:
    """Yield the pieces of a text with their class letters and how each stands.

    Single Latin letters and acronyms stand upright, longer words and numbers are turned, short numbers stand level;
    white is turned, so that it takes its own width, and a solidus between Latin letters with its word. A house style may turn
    all figures (GB/T 15835-2011, vertical setting).
    `is_level` text was marked by its writer to stand level in one em, whatever it is.
    """
    if is_level:
        yield text, classes, Stand.LEVEL
        return
    for match in _PIECES.finditer(with_words_whole(_as_they_stand(text, classes))):
        start, end = match.span()
        piece, codes = text[start:end], classes[start:end]
        is_number = set(codes) == {DIGIT.code}
        if is_number and figures is StandingFigures.TURNED:
            yield piece, codes, Stand.TURNED
        elif match["pair"] or (1 < len(piece) <= _LEVEL and is_number):
            yield piece, codes, Stand.LEVEL
        elif set(codes) == {SPACE.code}:
            yield piece, codes, Stand.TURNED
        elif match["western"] is None or len(piece) == 1:
            yield piece, codes, Stand.UPRIGHT
        elif len(piece) <= _ACRONYM and piece.isalpha() and piece.isupper():
            yield from ((letter, code, Stand.UPRIGHT) for letter, code in zip(piece, codes, strict=True))
        else:
            yield piece, codes, Stand.TURNED


def with_words_whole(classes: str) -> str:
    """Return class letters with each solidus between Latin letters as one of them: it is turned with its word."""
    return _IN_A_WORD.sub(LATIN.code, classes)


def _as_they_stand(text: str, classes: str) -> str:
    """Return the classes with superior characters that are as wide as Han among the Han."""
    if SUPERIOR.code not in classes:
        return classes
    return "".join(
        HAN.code if code == SUPERIOR.code and unicodedata.east_asian_width(character) in "WF" else code
        for character, code in zip(text, classes, strict=True)
    )


def vertical_halves(text: str, code: str, region: Region) -> int:
    """Return the depth of a mark's cell in half ems: one em as a rule, the dash has four halves, the interpunct one."""
    return 4 if code == DASH.code and len(text) == 2 else BY_CODE[code].cell(region) or 2

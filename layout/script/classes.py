"""The character classes: one table that says of every mark where it may stand and where its blank lies.

Sources: CLREQ `#table_of_punctuation_marks`, `#prohibition_rules_for_line_start_end` and
`#punctuation_width_adjustment`; GB/T 15834-2011 clauses 5.1.1 to 5.1.10.
"""

from dataclasses import dataclass
from enum import Enum


class Blank(Enum):
    """On which side of its em a mark has the half em that may go."""

    NONE = "none"
    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class CharClass:
    """A class of characters and its rules; `code` is its letter in class strings.

    `halves` is the width in half ems, 0 where the face's own advance counts. `step` is the place of the class
    in CLREQ's order of compression (`#procedures_for_inter-character_spacing_reduction`), 0 for never.
    """

    code: str
    characters: str
    halves: int = 2
    blank: Blank = Blank.NONE
    starts_line: bool = True
    ends_line: bool = True
    step: int = 0


HAN = CharClass("H", "", halves=0)
OPENING = CharClass("o", "“‘「『（《〈【〖〔［｛", blank=Blank.LEFT, ends_line=False, step=4)
CLOSING = CharClass("c", "”’」』）》〉】〗〕］｝", blank=Blank.RIGHT, starts_line=False, step=4)
PAUSE = CharClass("p", "，、；", blank=Blank.RIGHT, starts_line=False, step=5)
COLON = CharClass("k", "：", blank=Blank.RIGHT, starts_line=False)
STOP = CharClass("s", "。．", blank=Blank.RIGHT, starts_line=False, step=7)
EXCLAMATION = CharClass("x", "！？‼⁇⁈⁉", blank=Blank.RIGHT, starts_line=False, step=7)
INTERPUNCT = CharClass("m", "·・‧", halves=1, starts_line=False)
DASH = CharClass("d", "—⸺")
ELLIPSIS = CharClass("e", "…⋯")
CONNECTOR = CharClass("n", "～〜–", starts_line=False)
SOLIDUS = CharClass("l", "/", halves=1, starts_line=False, ends_line=False)
DIGIT = CharClass("D", "0123456789", halves=0)
LATIN = CharClass("L", "", halves=0)
PREFIX = CharClass("P", "¥$£€№￥＋±", halves=0, ends_line=False)
SUFFIX = CharClass("S", "%‰°℃℉′″", halves=0, starts_line=False)
SPACE = CharClass("w", " \u00a0", halves=0, starts_line=False)

CLASSES = (
    HAN,
    OPENING,
    CLOSING,
    PAUSE,
    COLON,
    STOP,
    EXCLAMATION,
    INTERPUNCT,
    DASH,
    ELLIPSIS,
    CONNECTOR,
    SOLIDUS,
    DIGIT,
    LATIN,
    PREFIX,
    SUFFIX,
    SPACE,
)
BY_CODE = {row.code: row for row in CLASSES}
MARKS = frozenset("ocpksxmdenl")
WESTERN = frozenset("DLPSw")

_LATIN_RANGES = ((0x21, 0x7F), (0xA1, 0x250), (0x370, 0x530), (0x1E00, 0x2000))


class _ClassTable(dict[int, str]):
    """Code point to class letter; everything that no row names is Latin by its range, or Han."""

    def __missing__(self, code: int) -> str:
        is_latin = any(low <= code < high for low, high in _LATIN_RANGES)
        letter = self[code] = LATIN.code if is_latin else HAN.code
        return letter


_TABLE = _ClassTable({ord(character): row.code for row in CLASSES for character in row.characters})


def classify(text: str) -> str:
    """Return the class letters of a text, one a character.

    Quotation marks inside Latin words (``don't``) and the hyphen belong to the word.
    """
    classes = text.translate(_TABLE)
    if "’" in text or "‘" in text:
        classes = _apostrophes(text, classes)
    return classes


def _apostrophes(text: str, classes: str) -> str:
    letters = list(classes)
    for place in range(1, len(text) - 1):
        if text[place] == "’" and classes[place - 1] == classes[place + 1] == LATIN.code:
            letters[place] = LATIN.code
    return "".join(letters)

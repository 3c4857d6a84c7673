"""The character classes: one table that says of every mark where it may stand and where its blank lies.

Sources: CLREQ `#table_of_punctuation_marks`, `#prohibition_rules_for_line_start_end` and
`#punctuation_width_adjustment`; GB/T 15834-2011 clauses 5.1.1 to 5.1.10.
"""

import re
from collections.abc import Iterator
from enum import Enum
from functools import cache
from typing import NamedTuple

from layout.script.items import LAST_CIRCLED, item_label
from layout.script.rules import Axis, Kinsoku, Region


class Blank(Enum):
    """On which side of its em a mark has the half em that may go; marks in the middle have a quarter on both sides."""

    NONE = "none"
    BEFORE = "before"
    AFTER = "after"
    BOTH = "both"


class CharClass(NamedTuple):
    """A class of characters and its rules; `code` is its letter in class strings.

    `halves` is the width in half ems, 0 where the face's own advance counts. `no_start` and `no_end` are the levels of
    kinsoku from which the class may not begin or end a line. `is_centred` marks stand in the middle of their em in Taiwan
    and Hong Kong, where `is_rigid_in_taiwan` ones never lose a blank; `is_rigid_upright` ones have none to lose where text
    runs down. When marks give up their blanks is in `layout.script.squeeze`.
    """

    code: str
    characters: str
    halves: int = 2
    blank: Blank = Blank.NONE
    no_start: Kinsoku | None = None
    no_end: Kinsoku | None = None
    is_centred: bool = False
    is_rigid_upright: bool = False
    is_rigid_in_taiwan: bool = False

    def may_start(self, level: Kinsoku) -> bool:
        """Return whether the class may begin a line."""
        return self.no_start is None or level < self.no_start

    def may_end(self, level: Kinsoku) -> bool:
        """Return whether the class may end a line."""
        return self.no_end is None or level < self.no_end

    def side(self, region: Region, axis: Axis) -> Blank:
        """Return where the class has its blank (CLREQ `#table_of_punctuation_marks`, `#punctuation_width_adjustment`)."""
        if axis is Axis.VERTICAL and self.is_rigid_upright:
            return Blank.NONE
        if region is Region.TAIWAN and self.is_rigid_in_taiwan:
            return Blank.NONE
        if region is Region.TAIWAN and self.is_centred:
            return Blank.BOTH
        return self.blank

    def cell(self, region: Region) -> int:
        """Return the width in half ems: the interpunct takes half an em on the mainland, one em in Taiwan."""
        return 2 if region is Region.TAIWAN and self.is_centred else self.halves


_BASIC, _GB, _STRICT, _ALWAYS = Kinsoku.BASIC, Kinsoku.GB, Kinsoku.STRICT, Kinsoku.NONE

HAN = CharClass("H", "", halves=0)
OPENING = CharClass("o", "“‘「『（《〈【〖〔［｛", blank=Blank.BEFORE, no_end=_BASIC)
CLOSING = CharClass("c", "”’」』）》〉】〗〕］｝", blank=Blank.AFTER, no_start=_BASIC)
PAUSE = CharClass("p", "，、", blank=Blank.AFTER, no_start=_BASIC, is_centred=True)
SEMICOLON = CharClass("i", "；", blank=Blank.AFTER, no_start=_BASIC, is_centred=True, is_rigid_upright=True)
COLON = CharClass("k", "：", blank=Blank.AFTER, no_start=_BASIC, is_centred=True, is_rigid_upright=True)
STOP = CharClass("s", "。．", blank=Blank.AFTER, no_start=_BASIC, is_centred=True)
EXCLAMATION = CharClass("x", "！？", blank=Blank.AFTER, no_start=_BASIC, is_rigid_upright=True, is_rigid_in_taiwan=True)
PRECOMPOSED = CharClass("q", "‼⁇⁈⁉", no_start=_BASIC)
INTERPUNCT = CharClass("m", "·・‧", halves=1, no_start=_BASIC, is_centred=True)
DASH = CharClass("d", "—―", no_start=_STRICT)
TWO_EM_DASH = CharClass("b", "⸺", halves=4, no_start=_STRICT)
ELLIPSIS = CharClass("e", "…⋯", no_start=_STRICT)
CONNECTOR = CharClass("n", "～〜–－", no_start=_BASIC)
HYPHEN = CharClass("y", "", halves=1, no_start=_BASIC)
SOLIDUS = CharClass("l", "/", halves=1, no_start=_BASIC, no_end=_GB)
WIDE_SOLIDUS = CharClass("j", "／", no_start=_BASIC, no_end=_GB)
DIGIT = CharClass("D", "0123456789", halves=0)
WIDE_DIGIT = CharClass("F", "０１２３４５６７８９")
LATIN = CharClass("L", "\u2010\u2011", halves=0)
WIDE_LATIN = CharClass("G", "".join(map(chr, (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)))))
PREFIX = CharClass("P", "¥$£€№￥＋±−", halves=0, no_end=_BASIC)
SUFFIX = CharClass("S", "%％‰°℃℉′″₫", halves=0, no_start=_BASIC)
SQUARED_UNIT = CharClass("z", "".join(map(chr, range(0x3380, 0x33E0))), no_start=_BASIC)
CIRCLED = CharClass("t", "".join(map(item_label, range(LAST_CIRCLED + 1))), no_end=_STRICT)
SUPERIOR = CharClass("u", "", halves=0, no_start=_ALWAYS)
VARIATION = CharClass("v", "", halves=0, no_start=_ALWAYS)
SPACE = CharClass("w", " \u00a0\u2009\u202f", halves=0, no_start=_ALWAYS)
HALF_EM = CharClass("a", "\u2002", halves=1, no_start=_ALWAYS)

ONE_EM_LINE, BOX_LINE = "—", "─"
"""The one-em line (一字线), and the line of box drawings, which is as long as its em."""

CLASSES = (
    HAN,
    OPENING,
    CLOSING,
    PAUSE,
    SEMICOLON,
    COLON,
    STOP,
    EXCLAMATION,
    PRECOMPOSED,
    INTERPUNCT,
    DASH,
    TWO_EM_DASH,
    ELLIPSIS,
    CONNECTOR,
    HYPHEN,
    SOLIDUS,
    WIDE_SOLIDUS,
    DIGIT,
    WIDE_DIGIT,
    LATIN,
    WIDE_LATIN,
    PREFIX,
    SUFFIX,
    SQUARED_UNIT,
    CIRCLED,
    SUPERIOR,
    VARIATION,
    SPACE,
    HALF_EM,
)
BY_CODE = {row.code: row for row in CLASSES}
WESTERN = "DLPSuw"
"""The classes that are set by the face's own advances, with kerning."""

POINTS = "piksx"
"""The marks that point (点号)."""

COUNTED = frozenset("HDLSPtFGz")
"""The classes of characters, as against marks: a last line holds two of them."""

_LATIN_RANGES = ((0x21, 0x7F), (0xA1, 0x530), (0x1E00, 0x2000))


class _ClassTable(dict[int, str]):
    """Code point to class letter; everything that no row names is Latin by its range, or Han."""

    def __missing__(self, code: int) -> str:
        is_latin = any(low <= code < high for low, high in _LATIN_RANGES)
        letter = self[code] = LATIN.code if is_latin else HAN.code
        return letter


_TABLE = _ClassTable({ord(character): row.code for row in CLASSES for character in row.characters})
_TABLE.update(dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)), VARIATION.code))


@cache
def cells_of(region: Region) -> dict[str, int]:
    """Return the width in half ems of each class that has one of its own."""
    return {row.code: row.cell(region) for row in CLASSES if row.cell(region)}


_QUOTES = frozenset("“”‘’")
_CLOSING_QUOTES = {"”": "“", "’": "‘"}
_MARKS_IN_CONTEXT = _QUOTES | frozenset("—―－")
_QUOTE = re.compile("[“”‘’]")
_HYPHENS = re.compile("-")
_ONE_EM_LINE = re.compile("[—―](?<![—―].)(?![—―])")
_SIGN = re.compile("－(?:(?=[0-9０-９])|(?<=[0-9０-９].))")
_BETWEEN_LATIN = re.compile(f"(?<={LATIN.code})[ocmwv]+(?={LATIN.code})")
_IN_A_WORD = re.compile(f"(?<={LATIN.code}){CLOSING.code}(?={LATIN.code})")


def classify(text: str) -> str:
    """Return the class letters of a text, one a character.

    Quotation marks belong to the script around them, not to their code point: between Latin letters they are part of
    the words (``don’t``, ``the “best” one``), a pair as one. A hyphen beside Han is the short connector of half an em
    (短横线), a dash by itself the one of an em (一字线, GB/T 15834-2011 5.1.6), a full-width minus beside figures a sign.
    """
    classes = text.translate(_TABLE)
    hyphens = [match.start() for match in _HYPHENS.finditer(text)]
    if not hyphens and _MARKS_IN_CONTEXT.isdisjoint(text):
        return classes
    letters = list(classes)
    for match in _ONE_EM_LINE.finditer(text):
        letters[match.start()] = CONNECTOR.code
    for match in _SIGN.finditer(text):
        letters[match.start()] = PREFIX.code
    for place in _latin_quotes(text, classes):
        letters[place] = LATIN.code
    for place in hyphens:
        if HAN.code in (classes[place - 1 : place], classes[place + 1 : place + 2]):
            letters[place] = HYPHEN.code
    return "".join(letters)


def _latin_quotes(text: str, classes: str) -> set[int]:
    """Return the places of the quotation marks between Latin letters, without those whose partner is not."""
    found = {place for match in _BETWEEN_LATIN.finditer(classes) for place in range(*match.span()) if text[place] in _QUOTES}
    if not found:
        return found
    for pair in _pairs(text, classes):
        if not found.issuperset(pair):
            found.difference_update(pair)
    return found


def _pairs(text: str, classes: str) -> Iterator[tuple[int, int]]:
    """Yield the places of opening quotation marks with those of their closing ones; an apostrophe is none."""
    apostrophes = {match.start() for match in _IN_A_WORD.finditer(classes) if text[match.start()] == "’"}
    opened: list[int] = []
    for match in _QUOTE.finditer(text):
        place, mark = match.start(), match[0]
        if mark not in _CLOSING_QUOTES:
            opened.append(place)
        elif opened and text[opened[-1]] == _CLOSING_QUOTES[mark] and place not in apostrophes:
            yield opened.pop(), place

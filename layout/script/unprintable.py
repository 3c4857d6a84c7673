"""Characters that copy should not have: one table of them, of what each is told as, and what is set in their stead.

Variation selectors (U+FE00 to U+FE0F, U+E0100 to U+E01EF) are not among them: they belong to the character before them.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_PICTOGRAPHS = "\U0001f000-\U0001faff"
_SKINS = "[\U0001f3fb-\U0001f3ff]"
_FLAGS = "[\U0001f1e6-\U0001f1ff]"
_EMOJI = f"[©®‼⁉\u2100-\u27bf\u2900-\u2bff〰〽㊗㊙{_PICTOGRAPHS}]"
_ONE_EMOJI = f"{_EMOJI}\ufe0f?{_SKINS}?"
_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u302a-\u302f\u3099\u309a\ufe20-\ufe2f"
_LETTERS = "A-Za-z\u00aa-\u1fff\u2c00-\u2dff\ua640-\uabff"
_RIGHT_TO_LEFT = "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff]"
_VOICED = "うかきくけこさしすせそたちつてとはひふへほゝウカキクケコサシスセソタチツテトハヒフヘホワヰヱヲヽ"
_HALF_VOICED = "はひふへほハヒフヘホ"

INVISIBLE = "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
"""The characters without ink or width, as a pattern."""


class Row(NamedTuple):
    """Characters that copy should not have, as a pattern, and the code under which they are told."""

    code: str
    pattern: str


TABLE = (
    Row(
        "emoji-sequence",
        f"{_ONE_EMOJI}(?:\u200d{_ONE_EMOJI})+|{_EMOJI}\ufe0f?{_SKINS}|{_FLAGS}{{2}}|[0-9#*]\ufe0f?\u20e3"
        f"|[{_PICTOGRAPHS}](?:\ufe0f|[\U000e0020-\U000e007f]+)",
    ),
    Row("invisible-character", INVISIBLE),
    Row("control-character", "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]"),
    Row("damaged-character", "\ufffd"),
    Row("right-to-left", f"{_RIGHT_TO_LEFT}+(?: +{_RIGHT_TO_LEFT}+)*"),
    Row("halfwidth-kana", "[\uff61-\uff9f]+"),
    Row(
        "combining-mark",
        f"(?<![{_LETTERS}{_MARKS}{_VOICED}])[{_MARKS}]+|(?<=[{_VOICED}])(?![\u3099\u309a])[{_MARKS}]+"
        f"|(?<![{_LETTERS}{_MARKS}{_HALF_VOICED}])\u309a",
    ),
)  # fmt: skip

_PLAIN = re.compile(
    "[\t\n -~\u00a1-\u00ac\u00ae-\u00ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u23ff\u2460-\u25ff"
    "\u3000-\u3029\u3220-\u33ff\u3400-\u4dbf\u4e00-\u9fff！-～\uffe0-\uffe6]*"
)
"""Texts without anything of the table, which most are."""

# Patterns that few texts need; re compiles them when one does.
_ANY = "|".join(f"(?P<row{number}>{row.pattern})" for number, row in enumerate(TABLE))
_LEFT_OUT = f"({TABLE[0].pattern})|{INVISIBLE}"
_COMPOSED = f"[{_LETTERS}{_VOICED}][{_MARKS}]+"

_MOST_POINTS = 8


class Fault(NamedTuple):
    """Characters that copy should not have: where they first stand in a line, and how often they stand there."""

    code: str
    offset: int
    text: str
    times: int

    @property
    def points(self) -> str:
        """The code points, with the name of a single one."""
        points = " ".join(f"U+{ord(character):04X}" for character in self.text[:_MOST_POINTS])
        name = unicodedata.name(self.text, "") if len(self.text) == 1 else "…" if len(self.text) > _MOST_POINTS else ""
        return f"{points} {name}".rstrip()


def faults(text: str) -> Iterator[Fault]:
    """Yield what a text should not have in its order; the same characters in one line are one fault."""
    if _PLAIN.fullmatch(text):
        return
    start = 0
    for line in text.split("\n"):
        places: dict[tuple[str, str], list[int]] = {}
        for match in re.finditer(_ANY, line):
            row = TABLE[int((match.lastgroup or "")[3:])]
            places.setdefault((row.code, match[0]), []).append(start + match.start())
        for (code, characters), offsets in places.items():
            yield Fault(code, offsets[0], characters, len(offsets))
        start += len(line) + 1


def without_invisible(text: str) -> str:
    """Return the text without its invisible characters; those that join an emoji stay with it."""
    return re.sub(_LEFT_OUT, r"\1", text)


def settable(text: str) -> str:
    """Return what is set of a text: no invisible characters, and letters in one piece with their combining marks."""
    if _PLAIN.fullmatch(text):
        return text
    return re.sub(_COMPOSED, lambda match: unicodedata.normalize("NFC", match[0]), without_invisible(text))

"""Words of the input as a story has them: full-width marks restored, signs of Markdown escaped, nothing without ink."""

import re

from layout.incoming.rules import WHITE
from layout.script.halfwidth import restore_marks
from layout.script.unprintable import TABLE, without_invisible

_CONTROL = next(re.compile(row.pattern) for row in TABLE if row.code == "control-character")
_SIGNS = re.compile(r"[\\`*_\[\]{}|]|<(?=[A-Za-z/!?])|&(?=#?\w)")
_NUMBER = re.compile(r"\d{1,9}(?=[.)])")


def bare(text: str) -> str:
    """Return a line without white at its ends and without characters that have no ink; tabs become spaces."""
    return _CONTROL.sub("", without_invisible(text.replace("\t", " "))).strip(WHITE)


def markdown_of(text: str) -> str:
    """Return a line as Markdown that is set as the line stands, its full-width marks restored."""
    words = _SIGNS.sub(r"\\\g<0>", restore_marks(text))
    number = _NUMBER.match(words)
    if number:
        return f"{number[0]}\\{words[number.end() :]}"
    return f"\\{words}" if re.match(r"[#>+=~-]|:::", words) else words

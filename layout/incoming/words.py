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


def restored(text: str) -> str:
    """Return words with the full-width marks that a web system folded to ASCII."""
    return restore_marks(text)


def markdown_of(text: str) -> str:
    """Return a line as Markdown that is set as the line stands, its full-width marks restored."""
    words = _SIGNS.sub(r"\\\g<0>", restored(text))
    number = _NUMBER.match(words)
    if number:
        return f"{number[0]}\\{words[number.end() :]}"
    return f"\\{words}" if re.match(r"[#>+=~-]|:::", words) else words


def unpaired(text: str) -> bool:
    """Return whether quotation marks of a text do not pair: one left open, closed twice, or still straight beside Han."""
    depth = 0
    for sign in re.findall("[“”]", text):
        depth += 1 if sign == "“" else -1
        if depth not in (0, 1):
            return True
    return depth != 0 or re.search(r'[\u4e00-\u9fff]"|"[\u4e00-\u9fff]', text) is not None

"""What a line end in copy stands for."""

from collections.abc import Iterable

from layout.script.classes import DIGIT, LATIN, classify

_MARKS = ",.;:!?()'\"%$"
"""ASCII marks and signs that belong to the words they stand beside; hyphens and solidi join theirs."""

_HYPHENS = "\u2010\u2011"


def joint(before: str, after: str) -> str:
    """Return a word space where a line end parts Western words or numbers, nothing beside Han or full-width marks.

    An ASCII mark at the edge is Western where the character behind it is.
    """
    return " " if _is_western(before[::-1]) and _is_western(after) else ""


def join_lines(lines: Iterable[str]) -> str:
    """Return lines of copy as one."""
    text = ""
    for line in lines:
        text += joint(text, line) + line
    return text


def _is_western(text: str) -> bool:
    """Return whether a text begins with a Western word, before which marks may stand."""
    first = text.lstrip(_MARKS)[:1]
    if not first:
        return bool(text)
    is_letter = first.isalnum() if first.isascii() else first not in _HYPHENS
    return is_letter and classify(first) in (DIGIT.code, LATIN.code)

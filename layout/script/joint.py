"""What a line end in copy stands for."""

from collections.abc import Iterable


def joint(before: str, after: str) -> str:
    """Return a word space where a line end parts two Latin words or numbers, nothing beside Han or marks."""
    return " " if before[-1:].isascii() and before[-1:].isalnum() and after[:1].isascii() and after[:1].isalnum() else ""


def join_lines(lines: Iterable[str]) -> str:
    """Return lines of copy as one."""
    text = ""
    for line in lines:
        text += joint(text, line) + line
    return text

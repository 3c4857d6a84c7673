"""Figures in tables: which texts are numbers, which say that there is none, and where the units end."""

import re

_NUMBER = re.compile(r"[+\-−±]?[0-9]+(?:[, \u00a0][0-9]{3})*(?:\.[0-9]+)?[%‰]?")
_UNITS = re.compile(r"[+\-−±]?[0-9, \u00a0]*")
_MISSING = frozenset(("", "-", "–", "—", "——", "…", "……", "/"))


def is_number(text: str) -> bool:
    """Return whether a text is one number: signed, grouped, with decimals, in per cent or not."""
    return _NUMBER.fullmatch(text) is not None


def is_missing(text: str) -> bool:
    """Return whether a text stands for a number that is not there."""
    return text in _MISSING


def units_end(text: str) -> int:
    """Return the place in a number before which its whole figures end; numbers below each other are level there.

    Source: CY/T 170-2019 (学术出版规范 表格): the figures of a column are level at their units.
    """
    match = _UNITS.match(text)
    return match.end() if match else 0

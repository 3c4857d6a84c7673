"""Lengths: integers in EMU (English Metric Units), and the one rounding rule.

914 400 EMU are an inch, so points, half points, millimetres and quarter millimetres are all whole
numbers. Nothing below the manifest uses floats for lengths, so sums are exact and no epsilon is needed.
"""

import re
from fractions import Fraction

Emu = int

PT: Emu = 12_700
MM: Emu = 36_000

_UNITS = {"mm": MM, "cm": 10 * MM, "pt": PT}
_LENGTH = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)\s*(mm|cm|pt)")


def divide(numerator: int, denominator: int) -> int:
    """Return the quotient rounded to the nearest whole number, halves upwards."""
    return (2 * numerator + denominator) // (2 * denominator)


def per_mille(part: Fraction) -> int:
    """Return a fraction in thousandths."""
    return divide(1000 * part.numerator, part.denominator)


def share(total: int, parts: int) -> list[int]:
    """Return `total` cut into `parts` whole numbers that differ by one at most, larger ones first."""
    quotient, remainder = divmod(total, parts)
    return [quotient + 1] * remainder + [quotient] * (parts - remainder)


def parse_length(text: str) -> Emu | None:
    """Return the EMU of a text such as ``390mm`` or ``9pt``, or None where it is no length."""
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        return None
    exact = Fraction(match[1]) * _UNITS[match[2]]
    return divide(exact.numerator, exact.denominator)


def points(length: Emu) -> float:
    """Return a length in PostScript points, for files whose unit is the point."""
    return length / PT


def millimetres(length: Emu) -> float:
    """Return a length in millimetres, for people."""
    return length / MM

"""Operators of PDF content by what they do, and operands as they are written (ISO 32000-1 7.3, annex A)."""

from collections.abc import Iterable
from typing import Any

from layout.preflight.reading import Items, Name, is_number

FILLS = frozenset(("f", "F", "f*"))
STROKES = frozenset(("S", "s"))
BOTH = frozenset(("B", "B*", "b", "b*"))
SHOWS = frozenset(("Tj", "TJ", "'", '"'))
UNSEEN = frozenset(("BDC", "BMC", "EMC", "DP", "MP", "BX", "EX", "ri", "i", "d0", "d1"))
"""Operators that leave no trace on a plate."""


def written(operand: Any) -> str:
    """Return an operand as it stands in a stream, one character a byte."""
    if isinstance(operand, bool):
        return "true" if operand else "false"
    if isinstance(operand, Name):
        return "/" + "".join(sign if sign.isalnum() and sign.isascii() else _escaped(sign) for sign in operand)
    if is_number(operand):
        return f"{operand:.5f}" if isinstance(operand, float) else str(operand)
    if isinstance(operand, bytes):
        return f"<{operand.hex()}>"
    if isinstance(operand, Items):
        return f"[{joined(operand)}]"
    return "null"


def joined(operands: Iterable[Any]) -> str:
    """Return operands as they stand before their operator."""
    return " ".join(map(written, operands))


def _escaped(sign: str) -> str:
    return "".join(f"#{byte:02x}" for byte in sign.encode("utf-8", "surrogateescape"))

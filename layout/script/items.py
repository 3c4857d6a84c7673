"""The labels of a list's items, each one em wide where there is one."""

from typing import NamedTuple

_BULLET = "●"


class _Circled(NamedTuple):
    """A row of circled figures in Unicode: the number of its first, of its last, and the first's code point."""

    first: int
    last: int
    code: int


_CIRCLED = (_Circled(0, 0, 0x24EA), _Circled(1, 20, 0x2460), _Circled(21, 35, 0x3251), _Circled(36, 50, 0x32B1))
"""All that there are; the faces for body text have each."""

LAST_CIRCLED = _CIRCLED[-1].last
"""The greatest number with a circled figure."""


def item_label(number: int | None) -> str:
    """Return the label of an item: a dot for None, a circled figure up to 50, a figure with a full-width stop beyond."""
    if number is None:
        return _BULLET
    row = next((row for row in _CIRCLED if row.first <= number <= row.last), None)
    return f"{number}．" if row is None else chr(row.code + number - row.first)

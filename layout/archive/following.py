"""Finds copy again on the page: which text of a story each piece of type on the page shows, in the order of the page.

Type that shows none of the copy that is still to come is set apart: the heads of a table that are set again in a further leg,
what a jump says, readings over characters.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from layout.frame import SOFT_HYPHEN

_UNSHOWN = re.compile(rf"[\s{SOFT_HYPHEN}]+")


def inked(text: str) -> str:
    """Return a text without its white and its hyphens, which lines add and leave out."""
    return _UNSHOWN.sub("", text)


class Followed(NamedTuple):
    """By piece of type the number of the copy that it shows, None where it shows none; what of each copy is not shown."""

    numbers: tuple[int | None, ...]
    left: tuple[str, ...]


def follow(pieces: Sequence[str], copies: Sequence[str], reach: int) -> Followed:
    """Return which of some copies each piece shows; `reach` is how many that are not yet shown may begin next.

    Within running text one paragraph begins after the other (a reach of 1); the lines of a head stand in any order.
    """
    left = [inked(copy) for copy in copies]
    begun: int | None = None
    numbers: list[int | None] = []
    for piece in map(inked, pieces):
        found = begun
        if piece:
            found = next((number for number in _next(left, begun, reach) if left[number].startswith(piece)), None)
        if piece and found is not None:
            left[found] = left[found][len(piece) :]
            begun = found
        numbers.append(found)
    return Followed(tuple(numbers), tuple(left))


def _next(left: Sequence[str], begun: int | None, reach: int) -> Iterator[int]:
    """Yield the copies that may go on: the one that was begun, then so many of those that have text to come."""
    if begun is not None and left[begun]:
        yield begun
    yield from [number for number, text in enumerate(left) if text][:reach]

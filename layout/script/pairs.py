"""What two classes are to each other, looked up for all neighbours of a text at once."""

from collections.abc import Callable

from layout.script.classes import CLASSES

_CODES = "".join(row.code for row in CLASSES)
_MOST = 16


class Pairs:
    """A table of all pairs of classes: what `judge` says of each, a number up to 255.

    A text is not looked up pair by pair but translated as bytes, which takes a hundredth of the time. So that a pair has
    room in one byte, classes that are judged alike as the first of a pair share a row, and as the second a column; tables
    with more than sixteen of either are refused.
    """

    def __init__(self, judge: Callable[[str, str], int]) -> None:
        rows = {first: bytes(judge(first, second) for second in _CODES) for first in _CODES}
        columns = {second: bytes(judge(first, second) for first in _CODES) for second in _CODES}
        kinds = [list(dict.fromkeys(lines.values())) for lines in (rows, columns)]
        assert max(map(len, kinds)) <= _MOST
        self._rows = _translation({code: _MOST * kinds[0].index(row) for code, row in rows.items()})
        self._columns = _translation({code: kinds[1].index(column) for code, column in columns.items()})
        found = bytearray(_MOST * _MOST)
        for first in _CODES:
            for place, second in enumerate(_CODES):
                found[self._rows[ord(first)] | self._columns[ord(second)]] = rows[first][place]
        self._found = bytes(found)

    def between(self, classes: str) -> bytes:
        """Return what the table says of each class and the one behind it: one byte less than there are classes."""
        codes = classes.encode()
        rows = int.from_bytes(codes[:-1].translate(self._rows), "big")
        columns = int.from_bytes(codes[1:].translate(self._columns), "big")
        return (rows | columns).to_bytes(max(0, len(codes) - 1), "big").translate(self._found)


def _translation(of: dict[str, int]) -> bytes:
    return bytes(of.get(chr(code), 0) for code in range(256))

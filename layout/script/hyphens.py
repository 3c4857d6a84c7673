"""Where Latin words may be hyphenated; the only module that imports pyphen."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import HyphDict

_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z][a-z]{4,}(?![A-Za-z])")
"""Words long enough to be parted; names in capitals and words with capitals inside stay whole."""

_LONG = re.compile("[A-Za-z][a-z]{4}")

_LANGUAGE, _BEFORE, _AFTER = "en_US", 2, 3

_FIGURES = dict.fromkeys(map(ord, "0123456789"))


class _Patterns:
    """The patterns of a dictionary as pyphen reads them, each when a word first asks for it: there are eleven thousand."""

    def __init__(self, lines: list[str]) -> None:
        self._written = dict(zip("\n".join(lines).translate(_FIGURES).split("\n"), lines, strict=True))
        self.longest = max(map(len, self._written))

    def get(self, letters: str) -> tuple[int, tuple[int, ...]] | None:
        """Return from which place on a pattern has values, and these; None where no pattern with any is so written."""
        found = re.findall(r"(\d?)\D?", self._written.get(letters, ""))
        values = [int(figure or "0") for figure in found[: len(letters) + 1]]
        valued = [place for place, value in enumerate(values) if value]
        return (valued[0], tuple(values[valued[0] : valued[-1] + 1])) if valued else None


@cache
def _dictionary() -> "HyphDict":
    from pyphen import LANGUAGES, HyphDict, ignored

    lines = LANGUAGES[_LANGUAGE].read_text(encoding="utf-8").split("\n")[1:]
    read = HyphDict.__new__(HyphDict)
    read.patterns = _Patterns([line for line in lines if line and not line.startswith(ignored)])
    read.cache, read.maxlen = {}, read.patterns.longest
    return read


def has_words(clusters: Sequence[str]) -> bool:
    """Return whether a text may have words that are long enough to be parted; `clusters` is the text by glyph."""
    return _LONG.search("".join(clusters)) is not None


def word_breaks(clusters: Sequence[str]) -> Iterator[int]:
    """Yield the glyphs before which a word may be parted with a hyphen; `clusters` is the text by glyph."""
    text = "".join(clusters)
    places = {offset: glyph for glyph, offset in enumerate(accumulate(map(len, clusters), initial=0))}
    for match in _WORD.finditer(text):
        last = len(match[0]) - _AFTER
        for position in _dictionary().positions(match[0]):
            glyph = places.get(match.start() + position)
            if glyph is not None and _BEFORE <= position <= last:
                yield glyph

"""Where Latin words may be hyphenated, by the patterns of pyphen's dictionary.

Pyphen itself reads all five thousand patterns to their last figure before the first word; here each is read when a word has
its letters. Source of the method: F. M. Liang, Word Hy-phen-a-tion by Com-put-er (1983).
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.util import find_spec
from itertools import accumulate
from pathlib import Path

_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z][a-z]{4,}(?![A-Za-z])")
"""Words long enough to be parted; names in capitals and words with capitals inside stay whole."""

_LONG = re.compile("[A-Za-z][a-z]{4}")

_DICTIONARY, _BEFORE, _AFTER = "hyph_en_US.dic", 2, 3
_FIGURES = str.maketrans("", "", "0123456789")


@cache
def _patterns() -> dict[str, str]:
    """Return the patterns by their letters; between these a number says how well, or how ill, a word is parted there.

    The commands at the head of the dictionary are in capitals, which no word has that is looked up.
    """
    found = find_spec("pyphen")
    assert found is not None
    assert found.origin is not None
    text = (Path(found.origin).parent / "dictionaries" / _DICTIONARY).read_text("utf-8")
    return dict(zip(text.translate(_FIGURES).split("\n"), text.split("\n"), strict=True))


@cache
def _longest() -> int:
    return max(len(letters) for letters in _patterns() if letters.islower())


@cache
def word_positions(word: str) -> tuple[int, ...]:
    """Return after how many letters a word may be parted: where the greatest number of all its patterns is odd."""
    letters, patterns = f".{word.lower()}.", _patterns()
    weights = [0] * (len(letters) + 1)
    for start in range(len(letters) - 1):
        for end in range(start + 1, min(start + _longest(), len(letters)) + 1):
            pattern = patterns.get(letters[start:end])
            place = start
            for sign in pattern or "":
                if sign.isdigit():
                    weights[place] = max(weights[place], int(sign))
                else:
                    place += 1
    inner = range(_BEFORE, len(word) - _AFTER + 1)
    return tuple(place for place in inner if weights[place + 1] % 2)


def has_words(clusters: Sequence[str]) -> bool:
    """Return whether a text may have words that are long enough to be parted; `clusters` is the text by glyph."""
    return _LONG.search("".join(clusters)) is not None


def word_breaks(clusters: Sequence[str]) -> Iterator[int]:
    """Yield the glyphs before which a word may be parted with a hyphen; `clusters` is the text by glyph."""
    text = "".join(clusters)
    places = {offset: glyph for glyph, offset in enumerate(accumulate(map(len, clusters), initial=0))}
    for match in _WORD.finditer(text):
        for position in word_positions(match[0]):
            glyph = places.get(match.start() + position)
            if glyph is not None:
                yield glyph

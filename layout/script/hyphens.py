"""Where Latin words may be hyphenated; the only module that imports pyphen."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyphen import Pyphen

_WORD = re.compile(r"(?<![A-Za-z])[A-Za-z][a-z]{4,}(?![A-Za-z])")
"""Words long enough to be parted; names in capitals and words with capitals inside stay whole."""

_LANGUAGE, _BEFORE, _AFTER = "en_US", 2, 3


@cache
def _dictionary() -> "Pyphen":
    from pyphen import Pyphen

    return Pyphen(lang=_LANGUAGE, left=_BEFORE, right=_AFTER)


def word_breaks(clusters: Sequence[str]) -> Iterator[int]:
    """Yield the glyphs before which a word may be parted with a hyphen; `clusters` is the text by glyph."""
    text = "".join(clusters)
    places = {offset: glyph for glyph, offset in enumerate(accumulate(map(len, clusters), initial=0))}
    for match in _WORD.finditer(text):
        for position in _dictionary().positions(match[0]):
            glyph = places.get(match.start() + position)
            if glyph is not None:
                yield glyph

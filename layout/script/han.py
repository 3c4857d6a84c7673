"""Which characters are Han letters: those that are read with one syllable each."""

import re

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff々〇]"
"""The ideographs of Unicode with the repetition mark and the zero."""


def count_han(text: str) -> int:
    """Return how many Han letters stand in a text."""
    return len(re.findall(_HAN, text))

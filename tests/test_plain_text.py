"""Texts that are taken for plain at first sight have nothing that is looked for, letter by letter and beside each other."""

import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from layout.manifest import story
from layout.script import unprintable


def test_what_is_plain_has_nothing_of_the_table():
    plain = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000 and unprintable._PLAIN.fullmatch(chr(code))]
    told, changed = [], []
    for character in plain:
        for text in (character, f"中{character}か", f"a{character}e"):
            told += (match[0] for line in text.split("\n") for match in re.finditer(unprintable._ANY, line))
            made = re.sub(unprintable._COMPOSED, lambda match: unicodedata.normalize("NFC", match[0]), text)
            changed += [text] if unprintable.without_invisible(made) != text else []

    assert ([], []) == (told, changed)
    assert len(plain) > 28_000


def test_common_signs_are_plain():
    assert unprintable._PLAIN.fullmatch("℃±‰€￥×①②→□，。“”《》㎡ABC 123 é")


@given(st.text("字a1.)*#>+=-:_[{<&`~| \t\n\u3000\u000b", max_size=12))
def test_signs_are_found_by_line_as_in_the_whole(text):
    assert bool(story._OTHER_SIGNS.search(text)) == story.has_other_signs(text)

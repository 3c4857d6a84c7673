"""Words are parted where pyphen parts them, whose patterns we read by ourselves."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyphen import Pyphen

from layout.script.hyphens import word_positions
from tests.conftest import ROOT

PYPHEN = Pyphen(lang="en_US", left=2, right=3)
WORDS = sorted(set(re.findall("[A-Za-z][a-z]{4,}", (ROOT / "layout" / "messages.py").read_text(encoding="utf-8"))))


@pytest.mark.parametrize("initial", ["a", "c", "m", "p", "s", "t"])
def test_words_of_our_own(initial):
    words = [word for word in WORDS if word.lower().startswith(initial)]

    assert [tuple(PYPHEN.positions(word)) for word in words] == [word_positions(word) for word in words]
    assert any(map(word_positions, words))


@given(st.from_regex("[A-Za-z][a-z]{4,24}", fullmatch=True))
def test_any_word(word):
    assert tuple(PYPHEN.positions(word)) == word_positions(word)

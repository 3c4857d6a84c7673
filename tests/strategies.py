"""Texts for the laws: Chinese as papers write it, with every kind of mark, number and Latin word."""

from hypothesis import strategies as st

from layout.manifest.copy import Emphasis, Marking, Sideline
from layout.script.rules import Breaking, Digits, Grid, Kinsoku, MarkWidths, PairWidth, Region, TypeRules

HAN = st.text("的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经", min_size=1, max_size=9)  # fmt: skip
POINTS = st.sampled_from("，。、；：？！")
NUMBERS = st.sampled_from(["3239", "12.5%", "2,000", "1980", "155", "￥300", "±5", "-3℃", "3.153", "2023"])
WORDS = st.sampled_from(["PDF", "GB/T 15834", "OpenType", "don’t", "Wi-Fi", "A", "unbreakable"])
LONG = st.sampled_from(["——", "……", "…………", "·", "～", "/", "？！", "！！！"])


def _bracketed(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.sampled_from(["“”", "‘’", "《》", "（）", "【】", "「」"])
    return st.tuples(pairs, inner).map(lambda pair: pair[0][0] + pair[1] + pair[0][1])


PIECES = st.recursive(st.one_of(HAN, NUMBERS, WORDS, LONG), _bracketed, max_leaves=3)
CLAUSES = st.tuples(PIECES, PIECES, POINTS).map("".join)
PARAGRAPHS = st.lists(CLAUSES, min_size=1, max_size=18).map("".join)
GARBAGE = st.text(st.sampled_from("字中。，“”（）—…·a1 /%’《》、！？：；～-"), min_size=1, max_size=120)
TEXTS = st.one_of(PARAGRAPHS, GARBAGE)
EMS = st.integers(10, 48)

_READINGS = st.sampled_from(["", "", "", "xuán", "ㄏㄢˋ", "˙ㄇㄚ", "tiān dì"])
MARKINGS = st.builds(
    Marking,
    emphasis=st.just(Emphasis.NONE),
    dots=st.booleans(),
    sideline=st.sampled_from(Sideline),
    is_superior=st.sampled_from([False, False, False, True]),
    is_framed=st.booleans(),
    is_kept=st.booleans(),
    is_level=st.sampled_from([False, False, False, True]),
    ruby=_READINGS,
    fit=st.sampled_from([0, 0, 0, 1, 3, 6]),
    spaced=st.sampled_from([0, 0, 0, 250, 1000]),
)
_MARKED = st.one_of(HAN, NUMBERS, WORDS, LONG, POINTS, st.sampled_from(["张A三", "（1）", "km/h", "北京-上海", "“甲”"]))
RUNS = st.lists(st.one_of(st.tuples(CLAUSES, st.just(Marking())), st.tuples(_MARKED, MARKINGS)), min_size=1, max_size=12)
"""Texts with what their writer marked on them."""

RULES = st.builds(
    TypeRules,
    kinsoku=st.sampled_from(Kinsoku),
    marks=st.sampled_from(MarkWidths),
    pairs=st.sampled_from(PairWidth),
    digits=st.sampled_from(Digits),
    gap=st.sampled_from([0, 125, 250, 333]),
    widest_gap=st.sampled_from([250, 333, 500]),
    squeezes_colon=st.booleans(),
    region=st.sampled_from(Region),
    breaking=st.sampled_from(Breaking),
    grid=st.sampled_from([Grid.FILLED, Grid.FILLED, Grid.STRICT]),
    hyphenates=st.booleans(),
)
"""House styles."""

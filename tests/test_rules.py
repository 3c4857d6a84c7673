"""The house style's choices, each with the rule on and off."""

import pytest

from layout.script.breaks import may_break
from layout.script.classes import BY_CODE, CLASSES, classify
from layout.script.rules import Digits, Kinsoku, MarkWidths, PairWidth, TypeRules
from layout.text.lines import break_lines
from layout.text.measure import line_width
from layout.text.shape import Shaper
from layout.text.shaped import StyledText

EM = 100_000
MARKS = [
    (row, mark * 2 if row.code == "d" else mark)
    for row in CLASSES
    for mark in row.characters
    if mark not in " \u00a0\u202f" and row.code not in "DFSPz"
]
IDS = [f"{row.code} U+{ord(mark[0]):04X}" for row, mark in MARKS]


def lines(text, faces, ems, rules=None):
    paragraph, _ = Shaper(faces, rules or TypeRules()).shape([StyledText(text, "song")], EM)
    return ["".join(paragraph.clusters[line.start : line.end]) for line in break_lines(paragraph, ems * EM)]


def halves(text, faces, **choices):
    paragraph, _ = Shaper(faces, TypeRules(**choices)).shape([StyledText(text, "song")], EM)
    return round(sum(paragraph.advances) * 2 / EM, 2)


@pytest.mark.parametrize("level", Kinsoku, ids=lambda level: level.name.lower())
@pytest.mark.parametrize(("row", "mark"), MARKS, ids=IDS)
def test_a_mark_at_the_measure(row, mark, level, faces):
    """Ten Han, then the mark under test just beyond the measure: it may begin a line or not, by its class and level."""
    text = "字" * 10 + mark + "字" * 8

    allowed = may_break(text, classify(text), level)
    begins_line = any(line.startswith(mark) for line in lines(text, faces, 10, TypeRules(level))[1:])

    assert row.may_start(level) == allowed[10]
    assert row.may_end(level) == allowed[10 + len(mark)]
    assert row.may_start(level) or not begins_line


@pytest.mark.parametrize("level", Kinsoku, ids=lambda level: level.name.lower())
@pytest.mark.parametrize(("row", "mark"), MARKS, ids=IDS)
def test_a_mark_as_the_last_of_the_measure(row, mark, level, faces):
    text = "字" * 9 + mark + "字" * 9

    ends_line = any(line.endswith(mark) for line in lines(text, faces, 10, TypeRules(level))[:-1])

    assert row.may_end(level) or not ends_line


def test_levels_forbid_more_and_more():
    forbidden = [{row.code for row in CLASSES if not (row.may_start(level) and row.may_end(level))} for level in Kinsoku]

    assert forbidden[0] < forbidden[1] <= forbidden[2] < forbidden[3]
    assert BY_CODE["l"].may_end(Kinsoku.BASIC)
    assert not BY_CODE["l"].may_end(Kinsoku.GB)
    assert BY_CODE["d"].may_start(Kinsoku.GB)
    assert not BY_CODE["d"].may_start(Kinsoku.STRICT)


@pytest.mark.parametrize(
    ("text", "style", "width"),
    [
        ("天，“地”。", MarkWidths.SQUEEZED, 10),
        ("天，“地”。", MarkWidths.FULL, 10),
        ("天，“地”。", MarkWidths.LINE_END, 10),
        ("天，“地”。", MarkWidths.KAIMING, 9),
        ("天，地：人（和）。", MarkWidths.KAIMING, 14),
        ("天！地？", MarkWidths.KAIMING, 8),
    ],
)
def test_widths_of_marks_by_style(text, style, width, faces):
    assert width == halves(text, faces, marks=style)


@pytest.mark.parametrize(("style", "width"), [(MarkWidths.SQUEEZED, 9), (MarkWidths.LINE_END, 9), (MarkWidths.FULL, 10)])
def test_a_mark_at_line_end_is_half_but_in_full_style(style, width, faces):
    paragraph, _ = Shaper(faces, TypeRules(marks=style)).shape([StyledText("天地玄黄，", "song")], EM)

    assert width == line_width(paragraph) * 2 / EM


@pytest.mark.parametrize(("pairs", "width"), [(PairWidth.ONE_AND_A_HALF, 7), (PairWidth.ONE, 6)])
def test_two_marks_with_their_blanks_between_them(pairs, width, faces):
    assert width == halves("天”“地", faces, pairs=pairs)
    assert width == halves("天：“地", faces, pairs=pairs)


@pytest.mark.parametrize(("text", "width"), [("天！地", 6), ("天？！地", 6), ("天！！！地", 8), ("天？！？地", 8)])
def test_exclamations_stand_two_in_one_em_and_three_in_two(text, width, faces):
    assert width == pytest.approx(halves(text, faces), abs=0.01)


@pytest.mark.parametrize(("digits", "width"), [(Digits.PROPORTIONAL, 4.56), (Digits.HALF, 4.5), (Digits.FULL, 6)])
def test_widths_of_figures(digits, width, faces):
    """Two half figures take one Han and a gap before them, two full ones two Han and none."""
    assert width == pytest.approx(halves("天12", faces, digits=digits), abs=0.01)


@pytest.mark.parametrize(("gap", "width"), [(250, 0.5), (125, 0.25), (0, 0)])
def test_the_gap_between_han_and_latin(gap, width, faces):
    assert width == pytest.approx(halves("天A", faces, gap=gap) - halves("天", faces) - halves("A", faces), abs=0.01)


@pytest.mark.parametrize(
    ("text", "latin"),
    [
        ("他用“Wi-Fi”上网", ""),
        ("the “best” one", "“”"),
        ("don’t", "’"),
        ("他说“好”。", ""),
        ("“AI”时代", ""),
        ("发布iPhone，“AirPods”上市", ""),
        ("发布iPhone“AirPods”上市", ""),
        ("the “don’t” one", "“’”"),
        ("他说‘I don’t’。", "’"),
        ("a “b ‘c’ d” e", "“‘’”"),
    ],
)
def test_quotation_marks_belong_to_the_script_around_them(text, latin):
    found = "".join(mark for mark, code in zip(text, classify(text), strict=True) if mark in "“”‘’" and code == "L")

    assert latin == found


@pytest.mark.parametrize(
    ("text", "classes"),
    [
        ("５０％", "FFS"),
        ("50％", "DDS"),
        ("－5℃", "PDS"),
        ("５－６", "FPF"),
        ("京－沪", "HnH"),
        ("120㎡", "DDDz"),
        ("ＣＢＤ", "GGG"),
        ("well\u2010known", "LLLLLLLLLL"),
        ("Wi\u2011Fi", "LLLLL"),
        ("天――地", "HddH"),
        ("天―地", "HnH"),
    ],
)
def test_the_classes_of_wide_signs(text, classes):
    assert classes == classify(text)


@pytest.mark.parametrize("level", Kinsoku, ids=lambda level: level.name.lower())
@pytest.mark.parametrize(
    "whole",
    [
        "５０％",
        "50％",
        "120㎡",
        "１２０㎡",
        "－5",
        "－５",
        "￥５",
        "３．１４",
        "ＣＢＤ",
        "Ａ４",
        "100\u00a0km",
        "12\u202f345",
        "a\u2010b",
        "――",
    ],
)
def test_numbers_and_words_that_are_not_parted(whole, level):
    text = f"天{whole}地"

    assert {0} == set(may_break(text, classify(text), level)[2 : 1 + len(whole)])


@pytest.mark.parametrize("text", ["\u00a0", "\u00a0天", "天\u00a0"])
def test_a_text_begins_and_ends_beside_white_that_does_not_part(text):
    allowed = may_break(text, classify(text))

    assert allowed[0] == allowed[len(text)] == 1


@pytest.mark.parametrize(("text", "width"), [("１２", 4), ("ＡＢ", 4), ("㎡", 2), ("天５０地", 8), ("天ＡＢ地", 8)])
def test_wide_figures_letters_and_units_stand_on_their_em(text, width, faces):
    assert width == halves(text, faces)


def test_latin_quotation_marks_are_proportional(faces):
    assert halves("a“b”c", faces) == pytest.approx(halves("abc", faces) + 4 * 0.465, abs=0.05)
    assert halves("天“b”地", faces) == pytest.approx(8 + halves("b", faces), abs=0.01)


def test_a_hyphen_beside_han_is_half_an_em_and_one_in_a_word_is_not(faces):
    assert halves("天-地", faces) == 5
    assert classify("Wi-Fi") == "LLLLL"


@pytest.mark.parametrize(("squeezes", "first"), [(False, "天地玄：黄宇宙洪荒"), (True, "天地玄：黄宇宙洪荒日，")])
def test_the_colon_is_squeezed_only_where_the_style_says_so(squeezes, first, faces):
    text = "天地玄：黄宇宙洪荒日，月盈昃辰宿列张寒来"

    assert first == lines(text, faces, 10, TypeRules(squeezes_colon=squeezes))[0]

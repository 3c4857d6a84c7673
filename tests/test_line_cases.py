"""Small named cases of breaking and squeezing: text in, lines out, as a reader sees them."""

import pytest

from layout.diagnostics import Absent
from layout.manifest.copy import Emphasis, Marking
from layout.script.breaks import Break, may_break
from layout.script.classes import classify
from layout.script.joint import join_lines
from layout.script.rules import Axis, Breaking, Grid, MarkWidths, TypeRules
from layout.text.justify import Fit, set_line
from layout.text.lines import break_lines
from layout.text.measure import LineSpan, line_width, natural_width
from layout.text.shape import Shaper
from layout.text.shaped import ShapedText, StyledText
from layout.typeface.catalogue import Faces

EM = 100_000

BREAKS = [
    # name, measure in ems, paragraph, lines
    ("solid", 10, "天地玄黄宇宙洪荒日月盈昃辰宿列张", ["天地玄黄宇宙洪荒日月", "盈昃辰宿列张"]),
    ("a stop is squeezed in", 10, "天地玄黄，宇宙洪荒日。月盈昃辰宿列张寒", ["天地玄黄，宇宙洪荒日。", "月盈昃辰宿列张寒"]),
    ("a stop takes a character along", 10, "天地玄黄宇宙洪荒日月。盈昃辰宿列张", ["天地玄黄宇宙洪荒日", "月。盈昃辰宿列张"]),
    ("an opening quote does not end a line", 10, "天地玄黄宇宙洪荒日“月盈昃”辰宿列张", ["天地玄黄宇宙洪荒日", "“月盈昃”辰宿列张"]),
    ("a closing quote does not begin one", 10, "天地玄黄宇宙“洪荒日”月盈昃辰宿列张", ["天地玄黄宇宙“洪荒日”", "月盈昃辰宿列张"]),
    ("a mark at line end takes half an em", 10, "天地玄黄宇宙洪荒日，月盈昃辰宿列张寒", ["天地玄黄宇宙洪荒日，", "月盈昃辰宿列张寒"]),
    ("a dash stays whole", 10, "天地玄黄宇宙洪荒日——月盈昃辰宿列张", ["天地玄黄宇宙洪荒日", "——月盈昃辰宿列张"]),
    ("an ellipsis stays whole", 10, "天地玄黄宇宙洪荒日……月盈昃辰宿列张", ["天地玄黄宇宙洪荒日", "……月盈昃辰宿列张"]),
    ("two ellipses may part between them", 11, "天地玄黄宇宙洪荒…………月盈昃", ["天地玄黄宇宙洪荒……", "……月盈昃"]),
    ("a number stays whole", 10, "天地玄黄宇宙洪荒2023年盈昃辰宿列张", ["天地玄黄宇宙洪荒", "2023年盈昃辰宿列张"]),
    ("a number keeps its unit", 10, "天地玄黄宇宙洪荒日3亿元盈昃辰宿列张", ["天地玄黄宇宙洪荒日", "3亿元盈昃辰宿列张"]),
    ("a number keeps its sign", 10, "天地玄黄宇宙洪荒日98%盈昃辰宿列张", ["天地玄黄宇宙洪荒日", "98%盈昃辰宿列张"]),
    ("a Latin word stays whole", 10, "天地玄黄宇宙洪OpenType荒日月盈", ["天地玄黄宇宙洪", "OpenType荒日月盈"]),
    ("no line of one character", 10, "天地玄黄宇宙洪荒日月盈", ["天地玄黄宇宙洪荒日", "月盈"]),
    ("an interpunct does not begin a line", 10, "天地玄黄宇宙洪荒日月·盈昃辰宿列张", ["天地玄黄宇宙洪荒日", "月·盈昃辰宿列张"]),
]  # fmt: skip

WIDTHS = [
    # name, text, width in half ems
    ("Han stand on their em", "天地玄黄", 8),
    ("a comma between Han takes its em", "天，地", 6),
    ("colon and quote take one and a half", "天：“地", 7),
    ("stop and closing quote", "天。”地", 7),
    ("closing quote and comma", "天”，地", 7),
    ("closing and opening quote", "天”“地", 7),
    ("two opening brackets", "天《“地", 7),
    ("two closing brackets", "天”》地", 7),
    ("three in a row", "天。”（地", 8),
    ("comma and opening quote", "天，“地", 7),
    ("a stop and another stop keep their ems", "天。。地", 8),
    ("an interpunct takes half an em", "天·地", 5),
    ("a solidus takes half an em", "天/地", 5),
    ("a dash takes two ems", "天——地", 8),
    ("an ellipsis takes two ems", "天……地", 8),
]


def shaped(text: str, faces: Faces, role: str = "song") -> ShapedText:
    return Shaper(faces).shape([StyledText(text, role)], EM)[0]


def cells(text: str, faces: Faces, role: str = "song") -> int:
    paragraph = shaped(text, faces, role)
    return sum(paragraph.advances) * 2 // EM


@pytest.mark.parametrize(("measure", "text", "lines"), [case[1:] for case in BREAKS], ids=[case[0] for case in BREAKS])
def test_breaks(measure, text, lines, faces):
    paragraph = shaped(text, faces)

    found = ["".join(paragraph.clusters[line.start : line.end]) for line in break_lines(paragraph, measure * EM)]

    assert lines == found


@pytest.mark.parametrize("role", ["song", "hei", "kai", "song-heavy", "hei-heavy"])
@pytest.mark.parametrize(("text", "halves"), [case[1:] for case in WIDTHS], ids=[case[0] for case in WIDTHS])
def test_widths(text, halves, role, faces):
    assert halves == cells(text, faces, role)


def test_a_dash_is_one_glyph_that_closes_up(faces):
    paragraph = shaped("——", faces)

    assert ("——",) == tuple(paragraph.clusters)
    assert (2 * EM,) == tuple(paragraph.advances)


@pytest.mark.parametrize(
    ("text", "gaps"),
    [
        ("天A地", [True, True]),
        ("天12地", [True, False, True]),
        ("，A。", [False, False]),
        ("“A”", [False, False]),
        ("A—B", [False, False]),
    ],
)
def test_a_gap_stands_between_han_and_latin_but_not_beside_marks(text, gaps, faces):
    paragraph = shaped(text, faces)

    assert [*gaps, False] == [gap > 0 for gap in paragraph.gaps]


def test_a_paragraph_can_change_faces(faces):
    paragraph, missing = Shaper(faces).shape([StyledText("本报讯", "hei-heavy"), StyledText("天地", "song")], EM)

    assert () == missing
    assert [(0, "hei-heavy"), (3, "song")] == [(piece.start, piece.role) for piece in paragraph.pieces]
    assert ["hei-heavy", "song"] == [placed.item.face for placed in set_line(paragraph, LineSpan(0, 5), 5 * EM, Fit.FULL)]


def test_a_rare_character_comes_from_the_next_face_of_the_chain(faces):
    paragraph, absent = Shaper(faces).shape([StyledText("今·州", "brush")], EM)

    assert (Absent("·", "LXGWWenKai-Regular.ttf"),) == absent
    assert ["brush", "kai", "brush"] == [piece.role for piece in paragraph.pieces]


def test_a_character_that_no_face_has_is_reported(faces):
    assert (Absent("\ue000", ""),) == Shaper(faces).shape([StyledText("天\ue000地", "song")], EM)[1]


def test_width_counts_the_trims_at_both_ends(faces):
    assert 3 * EM == line_width(shaped("“天地”", faces))


def test_kept_runs_beside_each_other_are_kept_together(faces):
    kept, strong = Marking(is_kept=True), Marking(Emphasis.STRONG, is_kept=True)
    runs = [StyledText("天地玄黄宇宙", "song"), StyledText("洪荒", "song", kept), StyledText("日月", "hei", strong)]

    paragraph, _ = Shaper(faces).shape([*runs, StyledText("盈昃辰宿列张", "song")], EM)

    assert ["天地玄黄宇宙", "洪荒日月盈昃辰宿", "列张"] == [
        "".join(paragraph.clusters[line.start : line.end]) for line in break_lines(paragraph, 8 * EM)
    ]


def texts(paragraph: ShapedText, lines) -> list[str]:
    return ["".join(paragraph.clusters[line.start : line.end]) for line in lines]


def test_a_letter_that_takes_two_glyphs_stays_in_its_line(faces):
    paragraph = shaped("x\u0304表示均值天地玄黄", faces)

    assert ("x\u0304", "") == tuple(paragraph.clusters[:2])
    assert ["x\u0304表示均值", "天地玄黄"] == texts(paragraph, break_lines(paragraph, 5 * EM))


@pytest.mark.parametrize("text", ["\ufe00天地", "天地2\ufe0f玄黄", "天\ufe00\ufe01地"])
def test_a_selector_without_a_han_before_it_leaves_no_trace(text, faces):
    paragraph = shaped(text, faces)

    assert paragraph.text == text.replace("2\ufe0f", "2").replace("\ufe00天", "天").replace("\ufe01", "")
    assert len(paragraph.breaks) == len(paragraph.glyphs) + 1


@pytest.mark.parametrize("marking", [Marking(is_kept=True), Marking(ruby="a"), Marking(is_level=True), Marking(dots=True)])
def test_a_marked_selector_by_itself_sets_nothing(marking, faces):
    runs = [StyledText("\ufe00", "song", marking), StyledText("天地", "song")]

    for axis in Axis:
        assert "天地" == Shaper(faces).shape(runs, EM, axis)[0].text


@pytest.mark.parametrize("marking", [Marking(is_kept=True), Marking(fit=12)])
def test_kept_words_are_not_hyphenated(marking, faces):
    runs = [
        StyledText("天地玄黄宇宙", "song"),
        StyledText("international", "song", marking),
        StyledText("洪荒日月盈昃", "song"),
    ]
    paragraph, _ = Shaper(faces).shape(runs, EM)

    assert [] == [line for line in break_lines(paragraph, 13 * EM) if line.has_hyphen]


@pytest.mark.parametrize(("text", "ems"), [("～" * 50, 10), ("！" * 30, 10), ("·" * 60, 10), ("天。" + "。" * 40, 9)])
def test_endless_marks_are_cut_rather_than_set_beyond_their_measure(text, ems, faces):
    paragraph = shaped(text, faces)
    lines = break_lines(paragraph, ems * EM)

    assert text == "".join(texts(paragraph, lines))
    assert all(
        sum(placed.item.width for placed in set_line(paragraph, line, ems * EM, Fit.NATURAL)) <= ems * EM for line in lines
    )


def test_an_item_of_a_list_is_no_wider_than_its_measure(faces):
    runs = [StyledText("①天地玄黄", "song"), StyledText("宇宙洪荒日月盈昃辰宿", "song", Marking(is_kept=True))]
    paragraph, _ = Shaper(faces).shape(runs, EM)

    widths = [natural_width(paragraph, line) for line in break_lines(paragraph, 9 * EM, -EM)]

    assert widths[0] <= 10 * EM
    assert all(width <= 9 * EM for width in widths[1:])


def test_a_bracket_that_is_not_trimmed_at_the_start_of_a_line_can_give(faces):
    paragraph, _ = Shaper(faces, TypeRules(marks=MarkWidths.FULL)).shape(
        [StyledText("天地玄黄宇宙洪荒日月“盈昃辰宿，列张寒来。暑往", "song")], EM
    )

    for line in break_lines(paragraph, 10 * EM)[:-1]:
        assert 10 * EM == sum(placed.item.width for placed in set_line(paragraph, line, 10 * EM, Fit.FULL))


def test_kept_text_that_fits_once_trimmed_is_whole(faces):
    runs = [
        StyledText("天", "song"),
        StyledText("“洪荒日月盈昃辰宿”", "song", Marking(is_kept=True)),
        StyledText("列张", "song"),
    ]
    paragraph, _ = Shaper(faces).shape(runs, EM)

    assert "“洪荒日月盈昃辰宿”" in texts(paragraph, break_lines(paragraph, 9 * EM))


def test_one_by_one_a_run_of_stops_is_cut_where_it_is_full(faces):
    paragraph, _ = Shaper(faces, TypeRules(breaking=Breaking.LINE)).shape([StyledText("。" * 30, "song")], EM)

    assert all(len(text) > 5 for text in texts(paragraph, break_lines(paragraph, 10 * EM))[:-1])


def test_the_strict_grid_gives_nothing(faces):
    paragraph, _ = Shaper(faces, TypeRules(grid=Grid.STRICT)).shape([StyledText("天，地，玄黄宇宙洪——荒日月盈昃", "song")], EM)

    for line in break_lines(paragraph, 10 * EM):
        (placed,) = set_line(paragraph, line, 10 * EM, Fit.FULL)
        assert {0} == {offset % EM for offset in placed.item.offsets}


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        pytest.param(["Hello", "world"], "Hello world", id="words"),
        pytest.param(["Hello,", "world"], "Hello, world", id="a comma ends a line"),
        pytest.param(["in café", "au lait"], "in café au lait", id="an accent at a line end"),
        pytest.param(["cafe\u0301", "au"], "cafe\u0301 au", id="an accent by itself"),
        pytest.param(["The", "(foo)", "bar"], "The (foo) bar", id="brackets"),
        pytest.param(["100%", "of"], "100% of", id="a per cent sign"),
        pytest.param(["for", "$5"], "for $5", id="a dollar sign"),
        pytest.param(["well-", "known"], "well-known", id="a hyphen joins"),
        pytest.param(["well\u2010", "known"], "well\u2010known", id="a hyphen of Unicode joins"),
        pytest.param(["天地", "玄黄"], "天地玄黄", id="Han"),
        pytest.param(["天地", "AI"], "天地AI", id="Han and Latin"),
        pytest.param(["天地,", "AI"], "天地,AI", id="an ASCII mark beside Han"),
        pytest.param(["AI，", "GPT"], "AI，GPT", id="a full-width mark"),
        pytest.param(["", "AI"], "AI", id="an empty line"),
    ],
)
def test_a_line_end_is_a_word_space_between_western_words(lines, whole):
    assert whole == join_lines(lines)


@pytest.mark.parametrize("mark", "～〜—–")
def test_a_range_is_parted_only_reluctantly(mark):
    text = f"天10{mark}15地"

    assert Break.RELUCTANT == may_break(text, classify(text))[4]

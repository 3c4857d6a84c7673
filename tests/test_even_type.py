"""Even type: what the lines of built pages do over copy with everything that narrow columns suffer from.

The counter is that of `tests/bench`, which also judges another engine; here it judges ours.
"""

import re
from typing import NamedTuple

import pytest

from layout.script.halfwidth import halfwidth_marks
from tests.bench import columns
from tests.bench.columns import Row, Story, issue_of_ours, missing
from tests.bench.copy import LONGEST, SHORTEST, TEMPLATES, cut_sentences, paragraphs, story_sentences
from tests.bench.count import FAULTS, SHARES, Cell, Line, flush, latin_gaps, opened, read_lines, widest_han_gap
from tests.bench.engines import set_ours
from tests.bench.newspaper import newspaper

MEASURES = (8, 10, 13, 20, 27, 41)
CHARACTERS = 5_000


def ends_at_a_word_space(line: Line) -> bool:
    return line.copy[line.end : line.end + 1] == " "


CHECKS = {
    **FAULTS,
    "full lines not flush": lambda line: False in flush(line) and not ends_at_a_word_space(line),
    "full lines not flush that end at a word space": lambda line: False in flush(line) and ends_at_a_word_space(line),
}

ONCE = {
    # A single — was classed with the dash, which may begin a line.
    "forbidden line starts: one-em lines (一字线)": ("天地玄黄宇宙洪荒—日月", 10),
    # A minus after Han was classed as the short connector, which stands by itself.
    "figures parted from their sign": ("天地玄黄宇宙-8℃玄黄", 10),
    # What is wider than the indented line, though not than the full one, was opened at each of its glyphs.
    "figures split": ("天地玄黄宇39.15米/秒，相", 8),
    "forbidden line starts and ends: solidi": ("天地玄黄宇宙机只有39.15米/秒，相", 8),
    "words cut without a hyphen": ("天地玄黄hyphenation，", 8),
    # An ellipsis counted as characters beside the one that is left alone.
    "last lines of one character (孤字)": ("天地玄黄宇宙洪荒日……", 10),
    # The word space that is trimmed at the end of a line took its part of the line's white.
    "full lines not flush that end at a word space": ("天地ABCD EFGHIJ", 8),
}
"""Faults that our lines had once: the smallest copy that showed each, and its measure in ems."""


class Judged(NamedTuple):
    """The lines of ours over all measures, and those among them that the build reported as loose."""

    lines: list[Line]
    lost: int
    loose: set[str]


@pytest.fixture(scope="module")
def judged() -> Judged:
    every = Judged([], 0, set())
    for ems in MEASURES:
        copy = paragraphs(ems, CHARACTERS)
        made = set_ours(copy, ems)
        lines, lost = read_lines(copy, made.cells, ems)
        loose = {dict(problem.values)["text"] for problem in made.problems if problem.code == "loose-line"}
        every = Judged(every.lines + lines, every.lost + lost, every.loose | {"".join(text.split()) for text in loose})
    return every


# ---- our lines ---------------------------------------------------------------------------------------------------


def test_the_copy_is_there_whole(judged):
    assert 0 == judged.lost
    assert sum(len(text) for ems in MEASURES for text in paragraphs(ems, CHARACTERS)) >= len(MEASURES) * CHARACTERS


@pytest.mark.parametrize("fault", CHECKS)
def test_no_line_has_the_fault(judged, fault):
    assert [] == [line.text for line in judged.lines if CHECKS[fault](line)]


@pytest.mark.parametrize("fault", ONCE)
def test_a_fault_of_old_stays_away(fault):
    copy, ems = ONCE[fault]

    assert [] == [line.text for line in read_lines([copy], set_ours([copy], ems).cells, ems).lines if CHECKS[fault](line)]


def test_a_joint_opens_by_more_than_a_quarter_em_only_in_lines_that_are_reported_as_loose(judged):
    loose = [line for line in judged.lines if True in opened(line)]

    assert set() == {line.text.removesuffix("-") if line.is_hyphenated else line.text for line in loose} - judged.loose


# ---- our pages ---------------------------------------------------------------------------------------------------

PAGES = 4
MODULES = 32
SEED = 1
"""Of an issue in which some legs begin with a line left alone where nothing is done about it."""


@pytest.fixture(scope="module")
def stories() -> list[Story]:
    return issue_of_ours(newspaper(PAGES, SEED))


def test_every_module_is_there_whole_in_file_and_text(stories):
    assert [(0, 0)] * MODULES == [(story.lost, story.mute) for story in stories]


@pytest.mark.parametrize("fault", CHECKS)
def test_no_line_of_a_page_has_the_fault(stories, fault):
    assert [] == [line.text for story in stories for line in story.lines if CHECKS[fault](line)]


def test_the_legs_of_a_page_are_level_and_on_the_grid(stories):
    assert [(True, 0, 0)] * MODULES == [
        (columns.is_even(story), columns.widows(story), columns.off_grid(story)) for story in stories
    ]


# ---- the counter -------------------------------------------------------------------------------------------------

POINTS = "forbidden line starts: points, closing marks, interpuncts"
ONE_EM = "forbidden line starts: one-em lines (一字线)"
CONNECTORS = "forbidden line starts: other connectors"
OPENING = "forbidden line ends: opening marks"
SOLIDI = "forbidden line starts and ends: solidi"
PARTED = "figures parted from their sign"
CUT = "words cut without a hyphen"
RUNT = "last lines of one character (孤字)"

LINES = [
    # copy, its lines, faults
    ("天地玄黄，宇宙", "天地玄黄/，宇宙", {POINTS}),
    ("“天地”玄黄", "“天地/”玄黄", {POINTS}),
    ("天地·玄黄", "天地/·玄黄", {POINTS}),
    ("天地·玄黄", "天地·/玄黄", set()),
    ("天地3～5玄黄", "天地3/～5玄黄", {CONNECTORS}),
    ("上海—南京", "上海/—南京", {ONE_EM}),
    ("上海—南京", "上海—/南京", set()),
    ("天地——玄黄", "天地/——玄黄", set()),
    ("天地——玄黄", "天地—/—玄黄", {"—— or …… split"}),
    ("天地……玄黄", "天地…/…玄黄", {"—— or …… split"}),
    ("天地…………玄黄", "天地……/……玄黄", set()),
    ("天地“玄黄”", "天地“/玄黄”", {OPENING}),
    ("天地1234玄黄", "天地12/34玄黄", {"figures split"}),
    ("天地1.5玄黄", "天地1./5玄黄", {"figures split"}),
    ("天地5%玄黄", "天地5/%玄黄", {PARTED}),
    ("天地-8℃玄黄", "天地-/8℃玄黄", {PARTED}),
    ("天地￥30玄黄", "天地￥/30玄黄", {PARTED}),
    ("天地3～5%玄黄", "天地3～/5%玄黄", set()),
    ("天地OpenType玄黄", "天地Open/Type玄黄", {CUT}),
    ("天地Open Type玄黄", "天地Open/Type玄黄", set()),
    ("天地Wi-Fi玄黄", "天地Wi-/Fi玄黄", set()),
    ("天地hyphen玄黄", "天地hy-/phen玄黄", set()),
    ("天地玄黄。", "天地玄/黄。", {RUNT}),
    ("天地玄黄……", "天地玄/黄……", {RUNT}),
    ("天地玄12。", "天地玄/12。", set()),
    ("天。", "天。", set()),
]
SOLID_LINES = [
    ("天地米/秒玄黄", ("天地米/", "秒玄黄"), {SOLIDI}),
    ("天地米/秒玄黄", ("天地米", "/秒玄黄"), {SOLIDI}),
    ("天地GB/T玄黄", ("天地GB/", "T玄黄"), set()),
]

CASES = [
    # share, glyphs with their places, measure, what is found
    ("full lines flush within 0.01 em", "天0地1", 2, [True]),
    ("full lines flush within 0.01 em", "天0地1.02", 2, [False]),
    ("full lines flush within 0.01 em", "天0。1", 1.5, [True]),
    ("full lines flush within 0.01 em", "天0。1", 2, [False]),
    ("full lines set solid", "天0地1，2玄3.5", 4.5, [True]),
    ("full lines set solid", "天0地1.02", 2.02, [False]),
    ("full lines with a joint opened by more than 1/4 em", "天0地1.25", 2.25, [False]),
    ("full lines with a joint opened by more than 1/4 em", "天0地1.3", 2.3, [True]),
    ("full lines with a joint opened by more than 1/4 em", "天0，1地2.3", 3.3, [True]),
    ("pairs of marks set in 1.5 em", "天0。1”1.5地2.5", 3.5, [True]),
    ("pairs of marks set in 1.5 em", "天0：1“2地3", 4, [False]),
    ("pairs of marks set in 1.5 em", "天0《1“1.5地2.5", 3.5, [True]),
    ("pairs of marks set in 1.5 em", "天0。1。2", 3, []),
    ("lone marks between Han squeezed below 0.75 em", "天0，1地1.5", 2.5, [True]),
    ("lone marks between Han squeezed below 0.75 em", "天0，1地1.8", 2.8, [False]),
    ("lone marks between Han squeezed below 0.75 em", "天0，1”1.5", 2, []),
]


def solid(lines: tuple[str, ...]) -> list[Cell]:
    """Glyphs of an em each, figures and letters of half an em, below an indent."""
    cells = []
    for number, text in enumerate(lines):
        x = 0.0 if number else 2.0
        for character in text:
            width = 0.5 if character.isascii() else 1
            cells.append(Cell(character, x, x + width, -13 * number))
            x += width
    return cells


def placed(glyphs: str) -> Line:
    """A full line, each of its glyphs one em wide, from glyphs with their places."""
    cells = tuple(Cell(text, float(x), float(x) + 1, 0) for text, x in re.findall(r"(\D)([0-9.]+)", glyphs))
    return Line(cells, 0, "", 0, 0, is_first=False, is_last=False)


@pytest.mark.parametrize(("copy", "lines", "faults"), [*((a, tuple(b.split("/")), c) for a, b, c in LINES), *SOLID_LINES])
def test_the_counter_sees_faults(copy, lines, faults):
    found, lost = read_lines([copy], solid(lines), 10)

    assert 0 == lost
    assert faults == {name for name, is_fault in FAULTS.items() for line in found if is_fault(line)}


@pytest.mark.parametrize(("share", "glyphs", "measure", "expected"), CASES)
def test_the_counter_sees_white(share, glyphs, measure, expected):
    line = placed(glyphs)._replace(measure=measure)

    assert expected == list(SHARES[share](line))


def test_the_counter_measures_gaps():
    line = Line(
        (Cell("天", 0, 1, 0), Cell("地", 1.1, 2.1, 0), Cell("a", 2.3, 2.8, 0), Cell("玄", 3.2, 4.2, 0)),
        5,
        "",
        0,
        0,
        False,
        False,
    )

    assert [0.1, 0.2, 0.4] == [round(gap, 6) for gap in (*widest_han_gap(line), *latin_gaps(line))]


@pytest.mark.parametrize(
    ("lines", "lost"), [(("天地", "玄黄。"), 0), (("天地", "玄。"), 1), (("天地", "玄皇。"), 1), (("天地玄黄。宇",), 1)]
)
def test_the_counter_sees_what_is_lost_or_changed(lines, lost):
    assert lost == read_lines(["天地玄黄。"], solid(lines), 10).lost


def test_an_added_hyphen_is_no_change():
    lines, lost = read_lines(["天地hyphen玄黄"], solid(("天地hy-", "phen玄黄")), 10)

    assert (0, [True, False]) == (lost, [line.is_hyphenated for line in lines])


def test_a_paragraph_begins_at_an_indent():
    first, second = solid(("天地", "玄黄")), solid(("宇宙",))
    cells = [*first, *(cell._replace(baseline=-5) for cell in second)]

    assert [(True, False), (False, True), (True, True)] == [
        (line.is_first, line.is_last) for line in read_lines(["天地玄黄", "宇宙"], cells, 10).lines
    ]


def story_of(*legs: str) -> Story:
    """A story by its legs: a letter a line, where `a` begins a paragraph, `z` ends one, `x` does both."""
    rows = [
        Row(leg, number, Line((), 0, "", 0, 0, mark in "ax", mark in "zx"))
        for leg, marks in enumerate(legs)
        for number, mark in enumerate(marks)
    ]
    return Story(rows, 0, 0)


@pytest.mark.parametrize(
    ("legs", "level", "even", "widows", "orphans"),
    [
        (("ammz", "amzx"), True, True, 0, 0),
        (("ammz", "amz"), True, True, 0, 0),
        (("ammz", "x"), True, False, 0, 0),
        (("amz", "ammz"), False, True, 0, 0),
        (("ammz", "amz", "amz"), False, True, 0, 0),
        (("ammz", "ammz", "amz"), True, True, 0, 0),
        (("amm", "zam"), True, True, 1, 0),
        (("ama", "mmz"), True, True, 0, 1),
        (("amx", "xam"), True, True, 0, 0),
        (("zam", "mma"), True, True, 0, 0),
    ],
)
def test_the_counter_sees_legs(legs, level, even, widows, orphans):
    story = story_of(*legs)

    assert (level, even) == (columns.is_level(story), columns.is_even(story))
    assert (widows, orphans) == (columns.widows(story), columns.orphans(story))


def test_the_counter_sees_lines_off_the_grid():
    (row,) = story_of("x").rows

    assert [0, 1] == [columns.off_grid(Story([row._replace(row=place)], 0, 0)) for place in (3.005, 3.02)]


@pytest.mark.parametrize(("text", "expected"), [("题天地玄黄", 0), ("题天地元黄", 1), ("题天地黄", 1), ("", 4)])
def test_the_counter_sees_a_wrong_text_layer(text, expected):
    assert expected == missing("天地玄黄", text)


# ---- the copy ----------------------------------------------------------------------------------------------------


def test_same_seed_same_copy():
    assert paragraphs(7, 3000) == paragraphs(7, 3000) != paragraphs(8, 3000)


def test_paragraphs_are_as_long_as_in_a_daily():
    assert {True} == {SHORTEST <= len(text) <= LONGEST for text in paragraphs(1, 50_000)}


def test_the_copy_is_sound_chinese():
    copy = paragraphs(1, 50_000)

    assert [] == [text for text in copy if halfwidth_marks(text) or not is_paired(text)]
    assert {"。", "！", "？", "”", "…", "）"} >= {text[-1] for text in copy}


def test_the_copy_has_every_template_and_every_kind_of_mark():
    text = "".join(paragraphs(1, 100_000))

    assert [] == [template for template in TEMPLATES if max(re.split(r"\{\w+\}", template), key=len) not in text]
    assert [] == [mark for mark in "，。、；：！？“”‘’《》〈〉（）【】—…～·/%‰℃￥$€±-" if mark not in text]


def is_paired(text: str) -> bool:
    """Return whether every bracket and quotation mark is closed by its own."""
    inner = re.sub(r"[^“”‘’《》〈〉（）【】]", "", text)
    while inner != (inner := re.sub("“”|‘’|《》|〈〉|（）|【】", "", inner)):
        pass
    return not inner


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("天地。玄黄！宇宙？", ["天地。", "玄黄！", "宇宙？"]),
        ("他说：“天地。玄黄。”宇宙。", ["他说：“天地。玄黄。”", "宇宙。"]),
        ("（天地。）玄黄。", ["（天地。）", "玄黄。"]),
        ("《天地？》玄黄。", ["《天地？》玄黄。"]),
        ("“天地！”，他说。", ["“天地！”，他说。"]),
        ("天地。没有完", ["天地。"]),
    ],
)
def test_sentences_are_cut_at_their_ends(text, sentences):
    assert sentences == list(cut_sentences(text))


def test_the_sentences_are_those_of_the_stories():
    assert {True} == {is_paired(sentence) for sentence in story_sentences()}
    assert not any(sign in sentence for sentence in story_sentences() for sign in ("**", "##", "kicker"))

"""Marks on text in stories: what bracketed spans mean, and what is told of those that mean nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.diagnostics import Span
from layout.manifest.copy import Emphasis, Marking, Sideline, TextRun
from layout.manifest.source import Report
from layout.manifest.story import parsed_markdown, plain_markdown, read_markdown
from layout.script.halfwidth import halfwidth_marks, restore_marks

START = Span("a.md", 4, 1)
STRONG, KAI = Emphasis.STRONG, Emphasis.KAI
NAME, BOOK = Sideline.NAME, Sideline.BOOK


def read(text, span=START):
    report = Report()
    paragraphs = list(read_markdown(text, span, report))
    return paragraphs, [f"{problem.code} {problem.span.line}:{problem.span.column}" for problem in report.problems]


def case(name, text, *runs):
    """Return a case: each run is a text with what its marking has beside the default."""
    return pytest.param(text, [TextRun(words, Marking(**marks)) for words, marks in runs], id=name)


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        case("dots", "[重点]{.dots}", ("重点", {"dots": True})),
        case("name", "[北京]{.name}", ("北京", {"sideline": NAME})),
        case("book", "[论语]{.book}", ("论语", {"sideline": BOOK})),
        case("superior", "注[1]{.superior}", ("注", {}), ("1", {"is_superior": True})),
        case("framed", "[某某]{.framed}", ("某某", {"is_framed": True})),
        case("kept", "[山高水长]{.kept}", ("山高水长", {"is_kept": True})),
        case("level", "[3.0]{.level}", ("3.0", {"is_level": True})),
        case("pinyin", '[汉字]{ruby="hàn zì"}', ("汉字", {"ruby": "hàn zì"})),
        case("zhuyin", '[汉字]{ruby="ㄏㄢˋ ㄗˋ"}', ("汉字", {"ruby": "ㄏㄢˋ ㄗˋ"})),
        case("reading of the whole", '[东海]{ruby="Donghai"}', ("东海", {"ruby": "Donghai"})),
        case("reading without quotes", "[汉]{ruby=hàn}", ("汉", {"ruby": "hàn"})),
        case("reading with more white", '[汉字]{ruby=" hàn   zì "}', ("汉字", {"ruby": "hàn zì"})),
        case("reading beside a mark in the text", '[汉，字]{ruby="hàn zì"}', ("汉，字", {"ruby": "hàn zì"})),
        case("reading of rare letters", '[𠮷々]{ruby="jí jí"}', ("𠮷々", {"ruby": "jí jí"})),
        case("fit", "[李明]{fit=3}", ("李明", {"fit": 3})),
        case("fit below the text's length", "[欧阳修]{fit=1}", ("欧阳修", {"fit": 1})),
        case("quarter spaced", "[标题]{spaced=1/4}", ("标题", {"spaced": 250})),
        case("third spaced", "[标题]{spaced=1/3}", ("标题", {"spaced": 333})),
        case("half spaced", "[标题]{spaced=1/2}", ("标题", {"spaced": 500})),
        case("spaced by an em", '[标题]{spaced="1"}', ("标题", {"spaced": 1000})),
        case("two marks", "[甲]{.dots .name}", ("甲", {"dots": True, "sideline": NAME})),
        case("white in the braces", "[甲]{ .dots   fit=2 }", ("甲", {"dots": True, "fit": 2})),
        case(
            "name in dots", "[[李]{.name}明]{.dots}", ("李", {"dots": True, "sideline": NAME}), ("明", {"dots": True})
        ),
        case("fit in dots", "[[李明]{fit=3}]{.dots}", ("李明", {"dots": True, "fit": 3})),
        case("kept over names", "[[甲]{.name}、乙]{.kept}", ("甲", {"sideline": NAME, "is_kept": True}), ("、乙", {"is_kept": True})),
        case("two names", "[李明]{.name}[王五]{.name}", ("李明", {"sideline": NAME}), ("王五", {"sideline": NAME})),
        case("dots in strong", "**[甲]{.dots}乙**", ("甲", {"emphasis": STRONG, "dots": True}), ("乙", {"emphasis": STRONG})),
        case("strong in dots", "[**甲**乙]{.dots}", ("甲", {"emphasis": STRONG, "dots": True}), ("乙", {"dots": True})),
        case("name all in kai", "[*论语*]{.book}", ("论语", {"emphasis": KAI, "sideline": BOOK})),
        case("text round a mark", "春[风]{.dots}又", ("春", {}), ("风", {"dots": True}), ("又", {})),
        case("line end in a mark", "[春\n风]{.dots}", ("春风", {"dots": True})),
        case("line end in Latin", "[GB\nT]{.kept}", ("GB T", {"is_kept": True})),
        case("brackets alone", "春[风]又", ("春[风]又", {})),
        case("brackets of a reference", "春[风][1]又", ("春[风][1]又", {})),
        case("note as some write it", "注[^1]", ("注[^1]", {})),
        case("braces alone", "集合{1,2}", ("集合{1,2}", {})),
        case("braces after emphasis", "**集合**{1,2}", ("集合", {"emphasis": STRONG}), ("{1,2}", {})),
        case("brace meant as text", "[春]\\{.dots}", ("[春]{.dots}", {})),
        case("braces meant as text", "\\{.dots}", ("{.dots}", {})),
        case("escaped backslash in a mark", "[春\\\\]{.dots}", ("春\\", {"dots": True})),
        case("asterisk in a reading", '[春]{ruby="a*"}与[风]{ruby="*b"}', ("春", {"ruby": "a*"}), ("与", {}), ("风", {"ruby": "*b"})),
    ],
)  # fmt: skip
def test_a_mark_is_read(text, runs):
    paragraphs, found = read(text)

    assert (runs, []) == ([run for paragraph in paragraphs for run in paragraph.runs], found)


def test_a_subhead_may_have_marks():
    (paragraph,), found = read("## 春[风]{.dots}")

    assert (True, "春风", []) == (paragraph.is_subhead, paragraph.text, found)
    assert Marking(dots=True) == paragraph.runs[1].marking


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("春[风]{.dot}", ["unknown-mark 4:6"], id="unknown class"),
        pytest.param("春[风]{dots}", ["unknown-mark 4:6"], id="class without its dot"),
        pytest.param("[春]{rubi=chūn}", ["unknown-mark 4:5"], id="unknown key"),
        pytest.param("[春]{.dots.name}", ["unknown-mark 4:5"], id="classes without white"),
        pytest.param("[春]{#a}", ["unknown-mark 4:5"], id="name of another kind"),
        pytest.param("[春]{% 注 %}", ["unknown-mark 4:5", "unknown-mark 4:7", "unknown-mark 4:9"], id="comment"),
        pytest.param("[春]{onclick=x}", ["unknown-mark 4:5"], id="key that the parser drops"),
        pytest.param("[春]{mark=0}", ["unknown-mark 4:5"], id="key that the parser is handed"),
        pytest.param("春\n[风]{.dots .nam}", ["unknown-mark 5:11"], id="unknown class in the second line"),
        pytest.param("[春]{fit=0}", ["wrong-value 4:9"], id="fit of nothing"),
        pytest.param("[春]{fit=x}", ["wrong-value 4:9"], id="fit of a letter"),
        pytest.param("[春]{fit=-1}", ["wrong-value 4:9"], id="fit below nothing"),
        pytest.param("[春]{fit=}", ["wrong-value 4:9"], id="fit without a value"),
        pytest.param('[春]{fit=""}', ["wrong-value 4:10"], id="fit of an empty text"),
        pytest.param("[春]{fit=" + "9" * 5000 + "}", ["wrong-value 4:9"], id="fit of 5000 digits"),
        pytest.param("[春]{spaced=2/3}", ["wrong-value 4:12"], id="spaced by another step"),
        pytest.param("[春]{spaced=0.25}", ["wrong-value 4:12"], id="spaced by a decimal"),
        pytest.param('[春]{ruby=""}', ["wrong-value 4:11"], id="empty reading"),
        pytest.param('[春]{ruby="  "}', ["wrong-value 4:11"], id="reading of white"),
        pytest.param('[春风绿]{ruby="chūn fēng"}', ["ruby-count 4:7"], id="reading too short"),
        pytest.param('[春]{.dots ruby="chūn fēng"}', ["ruby-count 4:11"], id="reading too long"),
        pytest.param('[A4]{ruby="a b"}', ["ruby-count 4:6"], id="reading of no Han"),
        pytest.param("[春]{.dots .dots}", ["mark-twice 4:11"], id="class twice"),
        pytest.param("[春]{fit=2 fit=3}", ["mark-twice 4:11"], id="key twice"),
        pytest.param("[春]{.name .book}", ["mark-twice 4:11"], id="two lines"),
        pytest.param("[]{.dots}", ["empty-mark 4:3"], id="mark without text"),
        pytest.param("[ ]{.framed}", ["empty-mark 4:4"], id="mark of white"),
        pytest.param("[春]{}", ["empty-mark 4:4"], id="braces without words"),
        pytest.param("[李[明]{.dots}]{fit=3}", ["divided-mark 4:14"], id="fit of two runs"),
        pytest.param("[李**明**]{.name}", ["divided-mark 4:9"], id="line below two runs"),
        pytest.param("[[李明]{.name}]{.book}", ["divided-mark 4:14"], id="line under a line"),
        pytest.param("[[李明]{fit=2}]{fit=3}", ["divided-mark 4:14"], id="fit in a fit"),
        pytest.param("春[风]{.dots", ["broken-mark 4:5"], id="braces left open"),
        pytest.param('[春]{ruby="a\nb"}', ["broken-mark 4:4"], id="braces over a line end"),
        pytest.param("[春]{ruby={a}}", ["broken-mark 4:4"], id="braces in braces"),
        pytest.param("春风]{.dots}", ["broken-mark 4:4"], id="bracket without a partner"),
        pytest.param("\\[春]{.dots}", ["broken-mark 4:5"], id="bracket meant as text"),
        pytest.param("[春] {.dots}", ["broken-mark 4:5"], id="white before the braces"),
        pytest.param("{.dots}", ["broken-mark 4:1"], id="braces alone"),
        pytest.param("**春**{.dots}", ["broken-mark 4:6"], id="mark on strong text"),
        pytest.param("[春]{.dots}{.name}", ["broken-mark 4:11"], id="second braces"),
        pytest.param("[春](a){.dots}", ["broken-mark 4:7", "markup 4:1"], id="mark on a link"),
        pytest.param("![春](a){.dots}", ["broken-mark 4:8", "markup 4:1"], id="mark on an image"),
        pytest.param("`x`{.dots}", ["broken-mark 4:4", "markup 4:1"], id="mark on code"),
        pytest.param("字**[春]{.dots}**", ["stray-mark 4:2"], id="strong that touches a bracket"),
        pytest.param("[春[风](a)]{.dots}", ["markup 4:1"], id="link in a mark"),
    ],
)  # fmt: skip
def test_a_mark_without_meaning_is_told_with_its_place(text, found):
    assert found == read(text)[1]


def test_marks_deeper_than_the_parser_goes_are_told():
    paragraphs, found = read("[" * 5000 + "春" + "]{.dots}" * 5000)

    assert "春" in paragraphs[0].text
    assert {"broken-mark"} == {line.split()[0] for line in found}


def test_braces_that_make_no_mark_stay_in_the_text_for_the_proof():
    assert ['[春]{ruby="a b"}'] == [paragraph.text for paragraph in read('[春]{ruby="a\nb"}')[0]]
    assert ["春]{.dots}"] == [paragraph.text for paragraph in read("春]{.dots}")[0]]


def test_the_nearest_mark_is_named():
    report = Report()
    list(read_markdown("[春]{.supperior}", START, report))

    assert (".supperior", ".superior") == tuple(value for _, value in report.problems[0].values)


def test_a_mark_in_the_manifest_has_its_place():
    _, found = read("春\n[风]{.dot}", Span("issue.yaml", 9, 13))

    assert ["unknown-mark 10:17"] == found


SIGNS = ["春", "A", " ", "[", "]", "{", "}", "]{.dots}", "{fit=2}", "\\", "**", '"', ".", "=", "\n"]


@given(st.lists(st.sampled_from(SIGNS), max_size=14).map("".join))
@settings(max_examples=800)
def test_no_bracket_swallows_text_and_no_mark_is_printed_unsaid(text):
    paragraphs, found = read(text)

    kept = "".join(paragraph.text for paragraph in paragraphs)
    assert found or text.count("春") == kept.count("春")
    assert found or "\\" in text or not ("{.dots}" in kept or "{fit=2}" in kept)


MARKED = ["字", "A", " ", "[字]{.dots}", "{.dots}", "[字]", "{", "}", "]", "**字**", "## ", "\n"]


@given(st.lists(st.sampled_from(MARKED), max_size=9).map("".join))
@settings(max_examples=500)
def test_the_short_way_leaves_brackets_and_braces_to_the_parser(text):
    report = Report()

    short = plain_markdown(text, START)

    if short is not None:
        assert (short, []) == (list(parsed_markdown(text, START, report)), report.problems)


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        pytest.param("[北京]{.name}, 上海", "[北京]{.name}， 上海", id="after a mark"),
        pytest.param("他说,[北京]{.name}", "他说，[北京]{.name}", id="before a mark"),
        pytest.param("([北京]{.name})", "（[北京]{.name}）", id="round a mark"),
        pytest.param('[汉字]{ruby="hàn, zì"}', '[汉字]{ruby="hàn, zì"}', id="in the braces"),
        pytest.param("[见(上)]{.dots}", "[见（上）]{.dots}", id="in the brackets"),
    ],
)
def test_western_marks_are_found_beside_marked_text(text, restored):
    assert restored == restore_marks(text)
    assert [] == halfwidth_marks(restored)

"""Stories that go on on another page: nothing is lost on the way, and both sides name each other."""

import pytest

from layout.frame import GlyphRun, Mark, MarkKind
from layout.issue import set_issue
from layout.script.numerals import jump_words, rest_words
from layout.watch import Watch

PAPER = """key: jump
name: 报
format: {trim-width: 220mm, trim-height: 300mm, type-width: 200mm, type-height: 260mm, columns: 3, ems: 13, gutter: 1}
taboos: {widow: off, stranded-head: off, through-gap: off, stacked-heads: off}
"""
STORY = """---
headline: 一张报纸的行数
short: 报纸的行数
dateline: 本报讯
---
"""
SENTENCE = "版心有多高，行就有多少；行与行一样远，栏与栏才对得齐。"
TEXT = "\n\n".join(SENTENCE * count for count in (3, 8, 2, 9, 5)) + "\n\n## 再说几句\n\n" + SENTENCE * 9
PAGE = """  - label: "{label}"
    sketch: |
      A A A
      . . .
    rows: [{rows}, auto]
    areas: {{A: {{{area}}}}}
"""


@pytest.fixture
def made(tmp_path):
    """An issue of one story whose pages are made by rows and area."""

    def make(*pages, text=TEXT):
        (tmp_path / "paper.yaml").write_text(PAPER, encoding="utf-8")
        (tmp_path / "story.md").write_text(STORY + text + "\n", encoding="utf-8")
        listed = "".join(
            PAGE.format(label=f"{number:02d}", rows=rows, area=area) for number, (rows, area) in enumerate(pages, 1)
        )
        issue = tmp_path / "issue.yaml"
        issue.write_text(f"paper: paper.yaml\nnumber: 1\ndate: 2026-01-01\npages:\n{listed}", encoding="utf-8")
        return set_issue(issue, Watch())

    return make


def body(page) -> str:
    """The text in the legs of a page's story."""
    words, is_body = "", False
    for placed in page.frame.walk():
        if isinstance(placed.item, Mark):
            is_body = placed.item.kind is MarkKind.BODY
        elif isinstance(placed.item, GlyphRun) and is_body:
            words += placed.item.text
    return words


def codes(result) -> list[str]:
    return sorted(
        {problem.code for problem in result.problems} - {"underset", "overset", "areas-too-deep", "areas-too-shallow"}
    )


def plain(text: str) -> str:
    return "本报讯" + text.replace("## ", "").replace("\n", "")


@pytest.mark.parametrize("rows", range(8, 24))
def test_two_sides_of_a_jump_hold_the_whole_story_and_name_each_other(made, rows):
    result = made((rows, 'story: story.md, head: {level: 5}, jump: "02"'), (30, "rest: story.md"))

    first, rest = map(body, result.pages)
    assert [] == [code for code in codes(result) if code != "uneven-legs"]
    assert first.endswith("（下转第二版）")
    assert rest.startswith("（上接第一版）")
    assert plain(TEXT) == first.removesuffix("（下转第二版）") + rest.removeprefix("（上接第一版）")


def test_a_story_goes_on_twice(made):
    result = made(
        (9, 'story: story.md, head: {level: 5}, jump: "02"'), (8, 'rest: story.md, jump: "03"'), (30, "rest: story.md")
    )

    first, second, third = map(body, result.pages)
    assert second.startswith("（上接第一版）")
    assert second.endswith("（下转第三版）")
    assert third.startswith("（上接第二版）")
    assert plain(TEXT) == first[:-7] + second[7:-7] + third[7:]


def test_the_rest_may_stand_on_an_earlier_page(made):
    result = made((30, "rest: story.md"), (12, 'story: story.md, head: {level: 5}, jump: "01"'))

    assert body(result.pages[0]).startswith("（上接第二版）")
    assert body(result.pages[1]).endswith("（下转第一版）")


def test_the_rest_stands_under_the_short_headline(made):
    result = made((12, 'story: story.md, head: {level: 5}, jump: "02"'), (30, "rest: story.md"))

    text = "".join(placed.item.text for placed in result.pages[1].frame.walk() if isinstance(placed.item, GlyphRun))
    assert "报纸的行数" in text
    assert "一张报纸的行数" not in text


@pytest.mark.parametrize(
    ("pages", "wanted"),
    [
        pytest.param([(12, 'story: story.md, jump: "07"')], "jump-nowhere 10:", id="to a page that is not there"),
        pytest.param([(12, 'story: story.md, jump: "01"')], "jump-to-itself 10:", id="to its own page"),
        pytest.param(
            [(12, 'story: story.md, jump: "02"'), (12, "story: {headline: 题, text: 文}")],
            "jump-unanswered 10:",
            id="to a page that does not take it up",
        ),
        pytest.param(
            [(12, "story: story.md"), (12, "rest: story.md")], "rest-unannounced 16:", id="a rest of what does not jump"
        ),
        pytest.param(
            [(12, 'story: story.md, jump: "02"'), (12, 'rest: story.md, jump: "03"'), (12, 'rest: story.md, jump: "02"')],
            "jump-circle 16:",
            id="in a circle",
        ),
        pytest.param(
            [(30, 'story: story.md, jump: "02", columns: 3'), (12, "rest: story.md")],
            "jump-needless 10:",
            id="of a story that fits",
        ),
        pytest.param(
            [(12, 'story: story.md, jump: "02", head: {place: centre}'), (12, "rest: story.md")],
            "jump-needs-legs 10:",
            id="of a story round its head",
        ),
        pytest.param([(12, "rest: nothing.md")], "missing-file 10:", id="a rest of no story"),
    ],
)
def test_what_is_wrong_with_a_jump_is_told_with_its_place(made, pages, wanted):
    text = SENTENCE * 3 if "needless" in wanted else TEXT
    result = made(*pages, text=text)

    places = [f"{problem.code} {problem.span.line}:" for problem in result.problems]
    assert wanted in places


@pytest.mark.parametrize(
    ("label", "words"),
    [("03", "三"), ("10", "十"), ("12", "十二"), ("20", "二十"), ("24", "二十四"), ("A03", "A3"), ("112", "112")],
)
def test_pages_are_named_as_they_are_read(label, words):
    assert f"（下转第{words}版）" == jump_words(label)
    assert f"（上接第{words}版）" == rest_words(label)

"""What a galley tells of its copy: words cut, lines set loose, marks without room between the lines."""

from fractions import Fraction

import pytest

from layout.design.grid import derive_grid
from layout.diagnostics import Span
from layout.flow.galley import Galley, set_galley, shape_story
from layout.flow.interlinear import interlinear_findings
from layout.manifest.areas import StoryHead
from layout.manifest.copy import Paragraph
from layout.manifest.format import FORMATS
from layout.manifest.source import Report, Scalar
from layout.manifest.story import make_story, read_markdown
from layout.script.rules import Axis
from layout.text.measure import opening
from layout.text.shape import Shaper

LEADING = Fraction(2, 5)
PLACE = Span("story.md", 4, 1)


def galley(copy: str, faces, ems: int = 13, leading: Fraction = LEADING) -> Galley:
    grid = derive_grid(FORMATS["对开"], leading)
    story = make_story("story", StoryHead(headline=Scalar("题", PLACE, PLACE)), copy, PLACE, Report())
    return set_galley(shape_story(story, grid, Shaper(faces)), ems * grid.em, grid.em)


def told(found: Galley) -> list[str]:
    return [f"{problem.code} {problem.span.line}:{problem.span.column}" for problem in found.findings]


@pytest.mark.parametrize(
    ("copy", "ems", "leading", "found"),
    [
        ("天地玄黄" * 9, 13, 40, []),
        ("天地玄黄" + "ABCDEFGHIJ" * 6 + "宇宙洪荒", 13, 40, ["word-cut 4:5"]),
        ("天地玄黄" + "1234567890" * 6 + "宇宙洪荒", 13, 40, ["word-cut 4:5"]),
        ("天地玄黄" + "unbreakable" * 9 + "宇宙洪荒", 13, 40, []),
        ("天地[玄黄]{.dots}宇宙", 13, 40, ["dots-too-tight 4:4"]),
        ("天地[玄黄]{.dots}宇宙", 13, 50, []),
        ("天地[玄黄]{.name}宇宙[洪荒]{.book}", 13, 40, []),
        ("天地[玄黄]{.name}宇宙[洪荒]{.book}", 13, 10, ["interlinear-too-tight 4:4", "interlinear-too-tight 4:17"]),
        ('天地[玄黄]{ruby="xuán huáng"}宇宙', 13, 30, ["interlinear-too-tight 4:4"]),
        ('天地[玄黄]{ruby="xuán huáng"}宇宙', 13, 40, []),
        ('天地[汉]{ruby="' + "a" * 90 + '"}' + "玄黄" * 9, 13, 40, ["loose-line 4:1", "reading-too-wide 4:4"]),
        ("天地…………玄黄", 13, 40, ["ellipses-in-text 4:3"]),
        ("天地……", 13, 40, []),
        ("天地\n\n…………\n\n“⋯⋯⋯⋯”", 13, 40, []),
    ],
)
def test_what_is_told_of_copy(copy, ems, leading, found, faces):
    assert found == told(galley(copy, faces, ems, Fraction(leading, 100)))


def test_dots_without_room_become_black_type(faces):
    line = galley("天地[玄黄]{.dots}宇宙", faces).lines[0].shaped

    assert [("song", 0), ("hei-heavy", 2), ("song", 4)] == [(piece.role, piece.start) for piece in line.pieces]
    assert () == line.overlays


QUOTED = "文件说：\n\n> 标点符号是书面语的组成部分，用来表示停顿、语气和词语的性质，是辅助文字记录语言的符号。\n\n下文照常。"
LISTED = "- 一行排不下的列项，第二行起缩一个字，同第一个字对齐，点子留在外面。\n- 短的。\n\n1. 第一条\n2. 第二条"


def indents(found: Galley) -> list[tuple[str, float]]:
    return [("".join(line.shaped.clusters[line.span.start :][:2]), line.indent / line.shaped.size) for line in found.lines]


def test_a_quotation_stands_in_by_two_ems_in_kai(faces):
    found = galley(QUOTED, faces)

    assert indents(found)[:4] == [("文件", 2), ("标点", 4), *indents(found)[2:4]]
    assert {2.0} == {indent for _, indent in indents(found)[2:-1]}
    assert {"kai"} == {piece.role for piece in found.lines[2].shaped.pieces}
    assert all(
        opening(line.shaped, line.span, found.measure - line.indent) < line.shaped.size // 4 for line in found.lines[1:4]
    )


@pytest.mark.parametrize(
    ("sign", "label"),
    [
        ("-", "●"),
        ("0.", "⓪"),
        ("1.", "①"),
        ("20.", "⑳"),
        ("21.", "㉑"),
        ("35.", "㉟"),
        ("36.", "㊱"),
        ("50.", "㊿"),
        ("51.", "51．"),
    ],
)
def test_the_label_of_an_item(sign, label, faces):
    story = make_story("story", StoryHead(headline=Scalar("题", PLACE, PLACE)), f"{sign} 5亿元", PLACE, Report())

    assert [label + "5亿元"] == [paragraph.text for paragraph in story.paragraphs]
    assert all(faces["song"].glyphs[character] for character in label)


def test_the_items_of_a_list_stand_out_with_their_labels(faces):
    found = indents(galley(LISTED, faces))

    assert [(text[0], indent) for text, indent in found if text[0] in "●①②"] == [("●", 0), ("●", 0), ("①", 0), ("②", 0)]
    assert {1.0} == {indent for text, indent in found if text[0] not in "●①②"}


@pytest.mark.parametrize(
    ("axis", "per_cent", "told"),
    [
        pytest.param(Axis.VERTICAL, 55, ["dots-too-tight"], id="both sides in half an em"),
        pytest.param(Axis.VERTICAL, 63, [], id="both sides in five eighths"),
        pytest.param(Axis.LEVEL, 55, [], id="below level lines"),
    ],
)
def test_dots_and_a_line_at_both_sides_want_five_eighths_of_an_em(axis, per_cent, told):
    (paragraph,) = read_markdown("天[地]{.dots .name}玄", Span("a.md", 1, 1), Report())
    grid = derive_grid(FORMATS["对开"], Fraction(per_cent, 100))

    assert told == [problem.code for problem in interlinear_findings(paragraph, grid, axis)]


def test_the_place_of_a_text_is_sought_only_where_something_is_told(monkeypatch):
    sought = []
    monkeypatch.setattr(Paragraph, "place_of", lambda paragraph, needle: sought.append(needle) or paragraph.span)
    (paragraph,) = read_markdown("天[地]{.dots}玄[黄]{.name}", Span("a.md", 1, 1), Report())
    tight = derive_grid(FORMATS["对开"], LEADING)

    assert ["dots-too-tight"] == [problem.code for problem in interlinear_findings(paragraph, tight)]
    assert ["地"] == sought

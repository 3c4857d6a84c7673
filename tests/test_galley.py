"""What a galley tells of its copy: words cut, lines set loose, marks without room between the lines."""

from fractions import Fraction

import pytest

from layout.design.grid import derive_grid
from layout.diagnostics import Span
from layout.flow.galley import Galley, set_galley, shape_story
from layout.manifest.schema import FORMATS, StoryHead
from layout.manifest.source import Report, Scalar
from layout.manifest.story import make_story
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
        ("天地玄黄" + "unbreakable" * 9 + "宇宙洪荒", 13, 40, ["loose-line 4:1"]),
        ("天地[玄黄]{.dots}宇宙", 13, 40, ["dots-too-tight 4:4"]),
        ("天地[玄黄]{.dots}宇宙", 13, 50, []),
        ("天地[玄黄]{.name}宇宙[洪荒]{.book}", 13, 40, []),
        ("天地[玄黄]{.name}宇宙[洪荒]{.book}", 13, 10, ["interlinear-too-tight 4:4", "interlinear-too-tight 4:17"]),
        ('天地[玄黄]{ruby="xuán huáng"}宇宙', 13, 30, ["interlinear-too-tight 4:4"]),
        ('天地[玄黄]{ruby="xuán huáng"}宇宙', 13, 40, []),
    ],
)
def test_what_is_told_of_copy(copy, ems, leading, found, faces):
    assert found == told(galley(copy, faces, ems, Fraction(leading, 100)))


def test_dots_without_room_become_black_type(faces):
    line = galley("天地[玄黄]{.dots}宇宙", faces).lines[0].shaped

    assert [("song", 0), ("hei-heavy", 2), ("song", 4)] == [(piece.role, piece.start) for piece in line.pieces]
    assert () == line.overlays

"""Text that runs round holes: laws for any copy in any region, and small named cases."""

from itertools import chain

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from layout.diagnostics import Span
from layout.flow.fit import with_lines
from layout.flow.galley import GalleyLine, LineKind, ShapedStory, indents, shape_story
from layout.flow.least import least_depth
from layout.flow.region import Anchor, Hole, Region, share_width
from layout.flow.runround import Poured, RoundText, round_text
from layout.flow.uneven import pour_uneven, set_once
from layout.manifest.areas import Remainder, StoryHead
from layout.manifest.source import Report, Scalar
from layout.manifest.story import make_story
from layout.text.justify import Fit, set_line
from layout.text.measure import joints_of
from layout.text.shape import Shaper
from layout.typeface.catalogue import Faces, read_catalogue
from layout.units import Emu
from tests.strategies import HAN, PARAGRAPHS
from tests.test_fit import GRID, LONG

FACES = Faces(read_catalogue({}))
PLACE = Span("story.md", 4, 1)
EM = GRID.em
PIECES = st.one_of(
    PARAGRAPHS, PARAGRAPHS, PARAGRAPHS, HAN.map("## {}".format), PARAGRAPHS.map("> {}".format), HAN.map("- {}".format)
)
STORIES = st.tuples(st.lists(PIECES, max_size=4), PARAGRAPHS).map(lambda copy: "\n\n".join([*copy[0], copy[1]]))
DEEPEST = 200


@st.composite
def regions(draw: st.DrawFn, holes: int = 2) -> Region:
    """Return two to four legs with holes that take whole legs, or any part of them."""
    count = draw(st.integers(2, 4))
    ems = count * draw(st.integers(10, 16)) + count - 1 + draw(st.integers(0, count - 1))
    region = share_width(ems, count, 1, EM, draw(st.sampled_from(Remainder)))
    first, last = sorted((draw(st.integers(0, count - 1)), draw(st.integers(0, count - 1))))
    whole = st.just((region.legs[first].x, region.legs[last].x + region.legs[last].measure))
    part = st.tuples(st.integers(0, ems - 4), st.integers(3, ems)).map(lambda edges: (edges[0] * EM, sum(edges) * EM))
    edges = st.one_of(whole, part)
    hole = st.builds(
        lambda edges, *rest: Hole(edges[0], edges[1] - edges[0], *rest),
        edges,
        st.integers(1, 9),
        st.sampled_from(Anchor),
        st.integers(0, 4),
    )
    return region._replace(holes=tuple(draw(st.lists(hole, max_size=holes))))


def shaped(copy: str) -> ShapedStory:
    story = make_story("story", StoryHead(headline=Scalar("题", PLACE, PLACE)), copy, PLACE, Report())
    return shape_story(story, GRID, Shaper(FACES))


def text_of(copy: str, region: Region) -> RoundText:
    return round_text(shaped(copy), region.legs[0].measure, EM)


def least(text: RoundText, region: Region) -> int:
    return least_depth(lambda depth: text.fits(region, depth), text.guess(region), 1, DEEPEST)


def is_flush(line: GalleyLine, measure: Emu) -> bool:
    """Whether a full line reaches its measure, if it can open anywhere, and a last one stays within it."""
    width = sum(placed.item.width for placed in set_line(line.shaped, line.span, measure, line.fit))
    if line.fit is Fit.NATURAL or not joints_of(line.shaped, line.span):
        return width <= measure
    return width == measure


def check(poured: Poured, story: ShapedStory) -> None:
    """Assert that text is whole, in order, inside its stretches, flush and indented, with no subhead at a stretch's end."""
    lines = [placed.galley_line for leg in poured.filled.legs for placed in leg] + list(poured.filled.rest)
    assert lines == list(poured.galley.lines)
    assert lines == list(chain.from_iterable(made.lines for made in poured.galley.paragraphs))
    for made, paragraph in zip(poured.galley.paragraphs, story.paragraphs, strict=True):
        spans = [line.span for line in made.lines]
        assert [0, *(span.end for span in spans)] == [*(span.start for span in spans), len(paragraph.shaped.glyphs)]
        assert all(line.shaped is paragraph.shaped for line in made.lines)
    owners = [paragraph for made, paragraph in zip(poured.galley.paragraphs, story.paragraphs, strict=True) for _ in made.lines]
    every = iter(owners)
    for stretch, leg in zip(poured.stretches, poured.filled.legs, strict=True):
        end = 0
        for placed in leg:
            line, owner = placed.galley_line, next(every)
            assert placed.line >= end
            end = placed.line + line.depth
            if line.kind is LineKind.TEXT:
                first, rest = indents(owner, stretch.measure, EM)
                assert line.indent == (first if line.span.start == 0 else rest)
                assert is_flush(line, stretch.measure - line.indent)
        assert end <= stretch.lines
        if leg and lines[-1] is not leg[-1].galley_line:
            assert leg[-1].galley_line.kind is LineKind.TEXT


@settings(max_examples=100)
@given(STORIES, regions(), st.integers(0, 6))
def test_text_in_a_region_is_whole_flush_and_in_order(copy, region, more):
    text = text_of(copy, region)
    depth = least(text, region) + more - 3

    poured = text.poured(region, max(0, depth))

    check(poured, text.story)
    assert more < 3 or depth >= DEEPEST or not poured.filled.rest


@settings(max_examples=60)
@given(st.one_of(STORIES, st.integers(60, len(LONG)).map(lambda count: LONG[:count])), regions(), st.sampled_from((-1, 1)))
def test_text_with_a_paragraph_tighter_or_looser_is_whole_flush_and_in_order(copy, region, step):
    natural = text_of(copy, region)
    galley = with_lines(natural.galley, step) or natural.galley
    text = natural.changed(galley)

    poured = text.poured(region, least(text, region))

    check(poured, text.story)
    counts = [[len(paragraph.lines) for paragraph in made.paragraphs] for made in (natural.galley, galley)]
    assert (galley is not natural.galley) == sum(one != other for one, other in zip(*counts, strict=True))


@pytest.mark.parametrize(("count", "step"), [(55, -1), (112, -1), (94, 1), (121, 1)])
def test_a_paragraph_gives_a_line_in_legs_that_differ_in_measure(count, step):
    region = share_width(45, 3, 1, EM, Remainder.LEGS)
    natural = text_of(LONG[:count], region)
    text = natural.changed(with_lines(natural.galley, step))

    stretches = region.stretches(4)
    before, after = (len(pour_uneven(each.story, each.set_in, stretches, EM)[0].lines) for each in (natural, text))

    assert len({stretch.measure for stretch in stretches}) == 2
    assert step == after - before


@settings(max_examples=100)
@given(STORIES, regions())
def test_text_fits_the_least_depth_and_not_one_less(copy, region):
    text = text_of(copy, region)
    depth = least(text, region)

    assert depth == DEEPEST or text.fits(region, depth)
    assert not text.fits(region, depth - 1)
    assert depth == DEEPEST or not text.poured(region, depth).filled.rest
    assert text.poured(region, depth - 1).filled.rest


@settings(max_examples=100)
@given(STORIES, regions(holes=1), st.integers(1, 60))
@example("## 天地\n\n## 玄黄\n\n宇宙洪荒。", share_width(21, 2, 1, EM), 3).via(
    "two subheads go to the next leg with their text"
)
def test_every_line_stands_in_a_stretch_of_its_own_measure(copy, region, depth):
    story = shaped(copy)
    stretches = region.stretches(depth)

    galley, filled = pour_uneven(story, set_once(story, EM), stretches, EM)

    check(Poured(galley, stretches, filled), story)

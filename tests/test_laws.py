"""Laws of a line, for any text and measure."""

from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from layout.frame import GlyphRun
from layout.script.breaks import Break, may_break
from layout.script.classes import BY_CODE, classify
from layout.script.halfwidth import halfwidth_marks, restore_marks
from layout.script.rules import Axis, Grid, Kinsoku
from layout.text.justify import Fit, set_line
from layout.text.lines import break_lines, fit_lines
from layout.text.measure import LineSpan, joints_of, natural_width
from layout.text.shape import Shaper
from layout.text.shaped import ShapedText, StyledText
from layout.typeface.catalogue import Faces, read_catalogue
from layout.units import divide, share
from tests.strategies import EMS, PARAGRAPHS, RULES, RUNS, TEXTS

EM = 113_513
FACES = Faces(read_catalogue({}))
INDENTS = st.sampled_from([0, 2 * EM])


def shaped(text: str) -> ShapedText:
    return Shaper(FACES).shape([StyledText(text, "song")], EM)[0]


def runs_of(*arguments) -> list[GlyphRun]:
    return [placed.item for placed in set_line(*arguments)]


def widest_unit(text: ShapedText) -> int:
    """The widest run that kinsoku and units keep together."""
    starts = [place for place, kind in enumerate(text.breaks) if kind]
    return max((sum(text.advances[a:b]) for a, b in pairwise(starts)), default=0)


@given(TEXTS)
def test_shaping_keeps_every_character(text):
    assert text == shaped(text).text


@given(TEXTS, EMS, INDENTS)
def test_lines_partition_the_text(text, ems, indent):
    paragraph = shaped(text)

    lines = break_lines(paragraph, ems * EM, indent)

    assert text == "".join("".join(paragraph.clusters[line.start : line.end]) for line in lines)
    assert all(line.start < line.end for line in lines)


@given(TEXTS, EMS, INDENTS)
def test_no_line_begins_or_ends_with_a_forbidden_mark(text, ems, indent):
    paragraph = shaped(text)
    assume(widest_unit(paragraph) <= ems * EM - indent)

    lines = break_lines(paragraph, ems * EM, indent)

    for line in lines[:-1]:
        if paragraph.breaks[line.end] != Break.RESCUE:
            assert BY_CODE[paragraph.classes[line.end]].may_start(Kinsoku.GB)
            assert BY_CODE[paragraph.classes[line.end - 1]].may_end(Kinsoku.GB)


@given(TEXTS, EMS, INDENTS)
def test_lines_end_only_where_the_script_allows(text, ems, indent):
    paragraph = shaped(text)
    assume(widest_unit(paragraph) <= ems * EM - indent)

    lines = break_lines(paragraph, ems * EM, indent)

    assert all(paragraph.breaks[line.end] or line.has_hyphen for line in lines)


@given(PARAGRAPHS, EMS, INDENTS)
def test_a_full_line_fills_its_measure_to_the_last_unit(text, ems, indent):
    paragraph = shaped(text)
    assume(widest_unit(paragraph) <= ems * EM - indent)

    for line in break_lines(paragraph, ems * EM, indent)[:-1]:
        measure = ems * EM - (indent if line.start == 0 else 0)
        assert measure == sum(run.width for run in runs_of(paragraph, line, measure, Fit.FULL))


@given(PARAGRAPHS, EMS)
def test_a_last_line_keeps_its_width_and_stays_in_its_measure(text, ems):
    paragraph = shaped(text)
    assume(widest_unit(paragraph) <= ems * EM)

    line = break_lines(paragraph, ems * EM)[-1]
    width = sum(run.width for run in runs_of(paragraph, line, ems * EM, Fit.NATURAL))

    assert min(natural_width(paragraph, line), ems * EM) == width


@given(PARAGRAPHS, EMS)
def test_two_han_never_stand_closer_than_an_em(text, ems):
    paragraph = shaped(text)
    assume(widest_unit(paragraph) <= ems * EM)
    lines = break_lines(paragraph, ems * EM)

    for line in lines:
        placed = set_line(paragraph, line, ems * EM, Fit.NATURAL if line is lines[-1] else Fit.FULL)
        places = [run.x + offset for run in placed for offset in run.item.offsets]
        steps = [after - before for before, after in pairwise(places)]
        pairs = pairwise(paragraph.classes[line.start : line.end])
        assert all(step >= EM for step, pair in zip(steps, pairs, strict=False) if pair == ("H", "H"))


@given(PARAGRAPHS, EMS, st.lists(st.integers(8, 30), max_size=4))
def test_lines_in_slots_of_differing_width_partition_the_text_and_fill_each_slot(text, ems, first):
    paragraph = shaped(text)
    widths = [width * EM for width in (*first, ems)]
    assume(widest_unit(paragraph) <= min(widths))

    lines = fit_lines(paragraph, widths)

    assert text == "".join("".join(paragraph.clusters[line.start : line.end]) for line in lines)
    for number, line in enumerate(lines[:-1]):
        width = widths[min(number, len(widths) - 1)]
        assert width == sum(run.width for run in runs_of(paragraph, line, width, Fit.FULL))


@given(PARAGRAPHS, st.integers(10, 30), st.sampled_from([-1, 1]))
def test_a_paragraph_set_tighter_or_looser_has_the_lines_asked_for_and_gives_no_more_than_it_may(text, ems, more):
    paragraph = shaped(text)
    assume(widest_unit(paragraph) <= ems * EM)
    natural = break_lines(paragraph, ems * EM)

    lines = fit_lines(paragraph, (ems * EM,), len(natural) + more)

    if lines is not None:
        assert len(natural) + more == len(lines)
        for line in lines[:-1]:
            assert ems * EM == sum(run.width for run in runs_of(paragraph, line, ems * EM, Fit.FULL))


class Broken(NamedTuple):
    """A marked text in lines, each with its measure."""

    text: str
    shaped: ShapedText
    lines: list[tuple[LineSpan, int]]

    @property
    def has_room(self) -> bool:
        """Whether no unit is wider than a line."""
        return widest_unit(self.shaped) <= min(measure for _, measure in self.lines)

    def width(self, line: LineSpan, measure: int, fit: Fit) -> int:
        """The sum of the advances of a line as it is set, with what stands beside it left aside."""
        return sum(run.width for run in runs_of(self.shaped._replace(overlays=()), line, measure, fit))


@st.composite
def broken_texts(draw) -> Broken:
    runs, rules, axis = draw(RUNS), draw(RULES), draw(st.sampled_from(Axis))
    ems, indent = draw(EMS), draw(st.sampled_from([-EM, 0, 2 * EM]))
    text, _ = Shaper(FACES, rules).shape([StyledText(words, "song", marking) for words, marking in runs], EM, axis)
    lines = break_lines(text, ems * EM, indent)
    measures = [ems * EM - indent, *[ems * EM] * len(lines)]
    return Broken("".join(words for words, _ in runs), text, list(zip(lines, measures, strict=False)))


@given(broken_texts())
def test_lines_of_marked_text_in_any_style_partition_it(broken):
    assert broken.text == broken.shaped.text
    assert broken.text == "".join("".join(broken.shaped.clusters[line.start : line.end]) for line, _ in broken.lines)
    for line, measure in broken.lines:
        set_line(broken.shaped, line, measure, Fit.FULL)


@given(broken_texts())
def test_no_line_of_marked_text_begins_or_ends_with_what_its_style_forbids(broken):
    assume(broken.has_room)
    shaped, level = broken.shaped, broken.shaped.rules.kinsoku

    for line, _ in broken.lines[:-1]:
        if shaped.breaks[line.end] != Break.RESCUE:
            assert BY_CODE[shaped.classes[line.end]].may_start(level)
            assert BY_CODE[shaped.classes[line.end - 1]].may_end(level)


@given(broken_texts())
def test_no_line_end_parts_what_is_kept_in_marked_text(broken):
    assume(broken.has_room)

    for line, _ in broken.lines[:-1]:
        assert not any(start < line.end < end for start, end in broken.shaped.kept)


@given(broken_texts())
def test_full_lines_of_marked_text_fill_their_measure_in_any_style(broken):
    assume(broken.has_room)
    shaped = broken.shaped

    for line, measure in broken.lines[:-1]:
        width = broken.width(line, measure, Fit.FULL)
        assert width <= measure
        if joints_of(shaped, line) and shaped.rules.grid is Grid.FILLED:
            assert width == measure
    line, measure = broken.lines[-1]
    assert broken.width(line, measure, Fit.NATURAL) <= measure


@given(broken_texts(), st.integers(-1, 1))
def test_marked_text_set_tighter_or_looser_has_the_lines_asked_for_and_fills_them(broken, more):
    assume(broken.has_room and broken.shaped.rules.grid is Grid.FILLED)
    measures = [measure for _, measure in broken.lines][:2]

    lines = fit_lines(broken.shaped, measures, len(broken.lines) + more)

    if lines is not None:
        assert len(broken.lines) + more == len(lines)
        for number, line in enumerate(lines[:-1]):
            measure = measures[min(number, len(measures) - 1)]
            width = broken.width(line, measure, Fit.FULL)
            assert width == measure if joints_of(broken.shaped, line) else width <= measure


@given(TEXTS)
def test_a_wider_measure_never_needs_more_lines_than_a_narrower_one_by_two(text):
    paragraph = shaped(text)
    assume(widest_unit(paragraph) <= 12 * EM)

    assert len(break_lines(paragraph, 30 * EM)) <= len(break_lines(paragraph, 12 * EM))


@given(TEXTS)
def test_same_text_same_lines(text):
    assert break_lines(shaped(text), 13 * EM) == break_lines(shaped(text), 13 * EM)


@given(TEXTS)
def test_a_dash_and_an_ellipsis_are_never_parted(text):
    allowed = may_break(text, classify(text))

    for place in range(1, len(text)):
        if text[place - 1 : place + 1] == "——" and text[:place].count("—") % 2:
            assert not allowed[place]


@given(st.text('汉字中文abc123,:;?!() 。，."*', max_size=60))
def test_restored_copy_has_nothing_left_to_restore_and_keeps_its_length(text):
    restored = restore_marks(text)

    assert len(text) == len(restored)
    assert restored == restore_marks(restored)
    assert len(halfwidth_marks(restored)) <= len(halfwidth_marks(text))


@given(st.integers(0, 10**9), st.integers(1, 200))
def test_shares_sum_to_the_whole_and_differ_by_one(total, parts):
    shares = share(total, parts)

    assert total == sum(shares)
    assert max(shares) - min(shares) <= 1


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_division_rounds_to_the_nearest(numerator, denominator):
    assert abs(divide(numerator, denominator) * denominator - numerator) * 2 <= denominator


@pytest.mark.parametrize("ems", [10, 13, 22])
def test_a_long_word_is_cut_rather_than_set_beyond_its_measure(ems):
    paragraph = shaped("长" + "w" * 300 + "。")

    for line in break_lines(paragraph, ems * EM):
        assert sum(run.width for run in runs_of(paragraph, line, ems * EM, Fit.NATURAL)) <= ems * EM

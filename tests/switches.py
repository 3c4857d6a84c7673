"""What switches a rule of the engine off: another choice of the house style, other copy, or a changed table or function.

This is the one place of the conformance tests that knows the inside of the engine; a rule that moves is found again here.
"""

import re
from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from layout.design.plan import BODY_ROLES
from layout.flow import galley, interlinear, pour, styling
from layout.manifest.copy import Emphasis, ParagraphKind
from layout.manifest.paper import Role
from layout.page import taboos
from layout.page.stories import story as page_story
from layout.page.stories import vertical as page_vertical
from layout.script import breaks, classes, vertical
from layout.script.classes import Blank, cells_of
from layout.script.pairs import Pairs
from layout.script.rules import Axis, Grid, Kinsoku, MarkWidths, Region
from layout.script.squeeze import Step
from layout.script.vertical import Stand
from layout.text import justify, level, lines, measure, overlays, sums, upright, widths
from layout.text.justify import Fit
from layout.text.shaped import Over
from tests.specimen import Off

Switch = Callable[[Any], Any]
"""Makes of a specimen the one without the rule."""

NEVER = re.compile("(?!)")


def but(**choices: Any) -> Switch:
    """With other choices of the house style."""
    return lambda on: on._replace(rules=on.rules._replace(**choices))


def built_with(**choices: Any) -> Switch:
    """With other choices of the manifests, or another story."""
    return lambda on: on._replace(**choices)


def copied(copy: str) -> Switch:
    """With other copy, as a rule without its marks."""
    return lambda on: on._replace(copy=copy)


def patched(off: Off) -> Switch:
    """With something in the engine changed."""
    return lambda on: on._replace(off=off)


def attribute(target: Any, name: str, value: Any) -> Switch:
    """With one table, number or function of the engine changed."""
    return patched(lambda patch: patch.setattr(target, name, value))


def entry(table: dict[Any, Any], key: Any, value: Any) -> Switch:
    """With one row of a table changed."""
    return patched(lambda patch: patch.setitem(table, key, value))


def _nothing(*_: Any) -> None:
    """Do nothing."""


NO_KINSOKU = but(kinsoku=Kinsoku.NONE)
FULL_MARKS = but(marks=MarkWidths.FULL)
FILLED = but(grid=Grid.FILLED)
MAINLAND = but(region=Region.MAINLAND)


# ---- breaks ------------------------------------------------------------------------------------------------------


def _may_part(patch: pytest.MonkeyPatch, *pairs: str) -> None:
    may_part = breaks._may_part

    def judge(first: str, second: str, level: Kinsoku) -> int:
        is_free = any(re.fullmatch(pair.replace("*", "."), first + second) for pair in pairs)
        return 1 if is_free else may_part(first, second, level)

    patch.setattr(breaks, "_parted", lambda level: Pairs(lambda first, second: judge(first, second, level)))


def may_part(*pairs: str) -> Switch:
    """With breaks between classes; a star stands for every class."""
    return patched(lambda patch: _may_part(patch, *pairs))


def _as_two(cells: Any, text: str, face: Any) -> None:
    level._append_plain(cells, text, "dd", level._han_glyphs(cells, text, "dd", face), face)


def _two_dashes(patch: pytest.MonkeyPatch) -> None:
    """Two dashes of an em, with a break between them."""
    patch.setattr(level, "append_dash", _as_two)
    patch.setattr(vertical, "_PIECES", re.compile(r"(?P<western>[DLPSuw]+)|(?P<pair>(?!))|(?P<dash>(?!))|.v?"))
    _may_part(patch, "dd")


TWO_DASHES = patched(_two_dashes)
NO_RESCUE = attribute(breaks, "_RUNS", ())
GROUPS_APART = attribute(breaks, "_GLUE", NEVER)
LONE_LAST = attribute(lines, "_with_company", lambda sums, start, previous: start)
NO_RUNT = attribute(sums, "RUNT", 0.0)


STIFF = attribute(sums, "gives", lambda shaped, start, end: {})
"""Lines are broken as though nothing could give."""


# ---- cells and forms ---------------------------------------------------------------------------------------------


def _cells_of_half_ems(halves: int) -> Switch:
    def off(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(level, "cells_of", lambda region: dict.fromkeys(cells_of(region), halves))
        patch.setattr(upright, "vertical_halves", lambda text, code, region: halves)

    return patched(off)


HALF_CELLS, EM_CELLS = _cells_of_half_ems(1), _cells_of_half_ems(2)


def _moved(append: Callable[..., None]) -> Callable[..., None]:
    """Every mark a third of an em further along its line."""

    def moved(cells: Any, *rest: Any) -> None:
        before = len(cells.shifts)
        append(cells, *rest)
        for place in range(before, len(cells.shifts)):
            if classes.classify(cells.clusters[place]) != "H":
                cells.shifts[place] += cells.at // 3

    return moved


def _moved_ink(patch: pytest.MonkeyPatch) -> None:
    for room, name in (
        (level, "_append_plain"),
        (level, "append_dash"),
        (upright, "append_dash"),
        (upright, "_append_standing"),
        (upright, "_append_turned_mark"),
    ):
        patch.setattr(room, name, _moved(getattr(room, name)))


MOVED_INK = patched(_moved_ink)


def _level_forms(patch: pytest.MonkeyPatch) -> None:
    """Lines that run down take the forms of level ones."""
    standing = upright._append_standing

    def lying(cells: Any, text: str, code: str, face: Any) -> None:
        standing(cells, text, code, face)
        forms = face.wide if level._WIDE_LINES.match(code) else face.glyphs
        cells.glyphs[-1] = forms[text[0]]

    patch.setattr(upright, "_append_standing", lying)
    patch.setattr(upright, "_has_standing_dash", lambda text, face: True)
    patch.setattr(upright, "_TURNED", frozenset())


def _each_upright(text: str, codes: str, *_: Any) -> list[tuple[str, str, Stand]]:
    return [(character, code, Stand.UPRIGHT) for character, code in zip(text, codes, strict=True)]


LEVEL_FORMS = patched(_level_forms)
UNTURNED = attribute(upright, "pieces", _each_upright)
ALL_TURNED = attribute(upright, "pieces", lambda text, codes, *_: [(text, codes, Stand.TURNED)])
SHORT_LINES = attribute(level, "_wide_line", lambda line, face: face.wide[line])
ACRONYMS_TURNED = attribute(vertical, "_ACRONYM", 0)
NO_PAIRS = attribute(widths, "_MARK_PAIRS", NEVER)
NO_STACKS = attribute(widths, "_stack", _nothing)
QUOTES_OF_HAN = attribute(classes, "_BETWEEN_LATIN", NEVER)
QUOTES_OF_LATIN = attribute(classes, "_BETWEEN_LATIN", re.compile("[oc]"))


def _half_em_letters(patch: pytest.MonkeyPatch) -> None:
    shaped = level._append_shaped
    patch.setattr(level, "_append_shaped", lambda cells, text, face, *_: shaped(cells, text, face, "hwid", cells.at // 2))


HALF_EM_LETTERS = patched(_half_em_letters)


# ---- blanks and gaps ---------------------------------------------------------------------------------------------


def _swapped_sides(patch: pytest.MonkeyPatch) -> None:
    """Marks have their blank where their ink is."""
    sides, other = widths._sides, {Blank.BEFORE: Blank.AFTER, Blank.AFTER: Blank.BEFORE}

    def swapped(region: Region, axis: Axis) -> dict[str, Blank]:
        return {code: other.get(side, side) for code, side in sides(region, axis).items()}

    patch.setattr(widths, "_sides", swapped)


def _level_blanks(patch: pytest.MonkeyPatch) -> None:
    """Marks have the blanks of level lines of the mainland, where all have one."""
    sides, marks = widths._sides, widths._blank_marks
    patch.setattr(widths, "_sides", lambda region, axis: sides(Region.MAINLAND, Axis.LEVEL))
    patch.setattr(widths, "_blank_marks", lambda region, axis: marks(Region.MAINLAND, Axis.LEVEL))


def _lose_lead(self: Any, place: int) -> None:
    """The blank goes, and the ink stays where it was."""
    self.cells.advances[place] -= self.leads[place]


SWAPPED_SIDES, LEVEL_BLANKS = patched(_swapped_sides), patched(_level_blanks)
BLANKS_AFTER = attribute(widths, "_sides", lambda region, axis: {"m": Blank.AFTER})
INK_UNMOVED = attribute(widths._Blanks, "lose_lead", _lose_lead)
GAPS_AT_MARKS = attribute(
    widths, "_GAPS", Pairs(lambda a, b: (a in "Hpiksxco" and b in "DLPS") or (a in "DLPSu" and b in "Hpiksxco"))
)
_TRIM = measure.end_trim


def _gaps_kept(shaped: Any, place: int) -> int:
    """Nothing but marks is trimmed at the end of a line."""
    return 0 if shaped.gaps[place] or shaped.classes[place] == "w" else _TRIM(shaped, place)


def _all_hang(shaped: Any, place: int) -> int:
    """All marks at the end of a line hang."""
    first = place
    while shaped.classes[first] in "psc":
        first -= 1
    return sum(shaped.advances[first + 1 : place + 1])


def _end_trim(trim: Callable[[Any, int], int]) -> Switch:
    def off(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(measure, "end_trim", trim)
        patch.setattr(justify, "end_trim", trim)
        patch.setattr(
            sums, "_end_trims", lambda shaped, first, last: ((place, trim(shaped, place)) for place in range(first, last))
        )

    return patched(off)


GAPS_KEPT, ALL_HANG = _end_trim(_gaps_kept), _end_trim(_all_hang)
WHITE_KEPT = _end_trim(measure._mark_trim)


# ---- filling lines -----------------------------------------------------------------------------------------------


def _greedy(total: int, limits: Sequence[int]) -> list[int]:
    """The first place of a step gives or takes all that it can."""
    found = []
    for limit in limits:
        found.append(min(total, limit))
        total -= found[-1]
    return found


def _narrowed(shaped: Any, line: Any, advances: list[int], shifts: list[int], need: int) -> None:
    """Every glyph gives."""
    for place in range(len(advances)):
        advances[place] -= need // len(advances)


UNSQUEEZED, UNSPREAD = attribute(justify, "_compress", _nothing), attribute(justify, "_expand", _nothing)
GREEDY, NARROWED = attribute(justify, "_equal", _greedy), attribute(justify, "_compress", _narrowed)
BACKWARDS = attribute(justify, "_ORDER", tuple(reversed(Step)))
ALL_JOINTS = attribute(widths, "_OPEN", Pairs(lambda first, second: 1))
WORDS_OPEN = attribute(justify, "joints_of", lambda shaped, line: list(range(line.end - line.start - 1)))


def only_steps(*steps: int) -> Switch:
    """With these steps of compression in this order."""
    return attribute(justify, "_ORDER", tuple(map(Step, steps)))


def limit(name: str, value: Callable[[Any, int], int]) -> Switch:
    """With another limit of what a gap or a space takes."""
    return attribute(measure, name, value)


def _whole_em(shaped: Any, white: int) -> int:
    return int(shaped.size)


def _none_of_it(shaped: Any, white: int) -> int:
    return 0


SPACES_GIVE_ALL, GAPS_GIVE_ALL = (entry(measure._LEAST, step, 1_000_000) for step in (Step.SPACES, Step.GAPS))
SPACES_STIFF, GAPS_STIFF = limit("space_growth", _none_of_it), limit("gap_growth", _none_of_it)
SPACES_GROW_ON, GAPS_GROW_ON = limit("space_growth", _whole_em), limit("gap_growth", _whole_em)


def _marks_give_all(patch: pytest.MonkeyPatch) -> None:
    def all_of_it(shaped: Any, start: int, end: int) -> dict[Step, list[tuple[int, int]]]:
        places = {place for step in given(shaped, start, end).values() for place, _ in step}
        return {Step.PAUSES: [(place, 100_000) for place in sorted(places)]}

    given = measure.gives
    patch.setattr(justify, "gives", all_of_it)
    patch.setattr(sums, "gives", all_of_it)


MARKS_GIVE_ALL = patched(_marks_give_all)


# ---- beside the line ---------------------------------------------------------------------------------------------


def overlay(name: str, thousandths: int) -> Switch:
    """With a distance of the overlays changed, in thousandths of an em."""
    return attribute(overlays, name, thousandths)


def drawn_off(kind: Over) -> Switch:
    """Drawn an em and a fifth further left, and two fifths lower."""

    def off(patch: pytest.MonkeyPatch) -> None:
        drawn = overlays._DRAWN[kind]

        def moved(part: Any) -> Any:
            step = part.shaped.size // 5
            return (placed._replace(x=placed.x - 6 * step, y=placed.y + 2 * step) for placed in drawn(part))

        patch.setitem(overlays._DRAWN, kind, moved)

    return patched(off)


WHITE_TAKEN_IN = attribute(overlays._Part, "length", property(lambda part: part.edges[-1] - part.edges[0]))
NO_LEAST_GAP = attribute(interlinear, "_has_room", lambda least, grid: True)


# ---- paragraphs and pages ----------------------------------------------------------------------------------------

LAST_LINES_FULL = attribute(galley, "Fit", SimpleNamespace(FULL=Fit.FULL, NATURAL=Fit.FULL))
NO_INDENT = entry(galley._INDENTS, ParagraphKind.TEXT, (0, 0))
QUOTATIONS_OUT = entry(galley._INDENTS, ParagraphKind.QUOTATION, (0, 0))
ITEMS_OUT = entry(galley._INDENTS, ParagraphKind.ITEM, (0, 0))
SONG_SUBHEADS = entry(styling._ROLES, ParagraphKind.SUBHEAD, Role.SONG)
ALONE_AT_FOOT = attribute(pour, "_needs", lambda lines: [line.depth for line in lines])


def body_role(emphasis: Emphasis, role: str) -> Switch:
    """With another face for an emphasis."""
    return entry(BODY_ROLES, emphasis, role)


def poured(change: Callable[[int], float]) -> Switch:
    """With each line poured further by what `change` says of its number in its leg."""

    def moved(*arguments: Any) -> Any:
        filled = pour.pour(*arguments)
        legs = (
            tuple(placed._replace(line=placed.line + change(number)) for number, placed in enumerate(leg))
            for leg in filled.legs
        )
        return filled._replace(legs=tuple(legs))

    def off(patch: pytest.MonkeyPatch) -> None:
        patch.setattr(page_story, "pour", moved)
        patch.setattr(page_vertical, "pour", moved)

    return patched(off)


def _filled_in_turn(made: Any, region: Any) -> Any:
    level = pour.balance(made, region)
    lines = (sum(pour.capacities(level)) - len(level) + 1, *[1] * (len(level) - 1))
    return tuple(stretch._replace(lines=count) for stretch, count in zip(level, lines, strict=True))


UNBALANCED = attribute(page_story, "balance", _filled_in_turn)


def _half_em_wider(patch: pytest.MonkeyPatch) -> None:
    share_width, set_line = page_story.share_width, page_vertical.set_line

    def shared(ems: int, legs: int, gutter: int, em: int) -> Any:
        made = share_width(ems, legs, gutter, em)
        return made._replace(legs=tuple(leg._replace(measure=leg.measure + em // 2) for leg in made.legs))

    patch.setattr(page_story, "share_width", shared)
    patch.setattr(page_vertical, "set_line", lambda text, span, ems, fit: set_line(text, span, ems + text.size // 2, fit))


def _with_widows(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(page_story, "without_widows", lambda made, region: made)
    patch.setattr(pour, "_ORDERS", 1)


WITHOUT_TABOOS = attribute(taboos, "TABOOS", {})
HALF_EM_WIDER, WITH_WIDOWS = patched(_half_em_wider), patched(_with_widows)

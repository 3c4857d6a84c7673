"""How much narrower marks become beside each other, at the edges of a line, and by the house style; what gives first.

Sources: CLREQ `#h-adjustment_of_adjacent_punctuation_marks` (two marks of which one is a bracket: 2 em become
1.5), `#h-compression_of_punctuation_marks_at_line_start`, `#punctuation_width_adjustment`; GB/T 15834-2011 5.1.2 (two
of ！？ stand in one em, three in two) and 5.1.10 (a mark at line end takes half an em); CLREQ
`#procedures_for_inter-character_spacing_reduction` (the order in which a line that is too wide gives).
"""

from enum import IntEnum
from functools import cache

from layout.script.classes import (
    CLOSING,
    COLON,
    EXCLAMATION,
    INTERPUNCT,
    OPENING,
    PAUSE,
    POINTS,
    SEMICOLON,
    STOP,
)
from layout.script.rules import Axis, Grid, MarkWidths, PairWidth, Region, TypeRules

_CLOSING_SIDE = frozenset(f"c{POINTS}")
_HALF_IN_KAIMING = frozenset("ocpik")
_STIFF = frozenset({MarkWidths.FULL, MarkWidths.LINE_END})
"""The styles in which a mark inside a line keeps its width whatever the line needs."""


class Step(IntEnum):
    """A step of CLREQ's order of compression; a line takes all that a step can give before the next one gives anything.

    The first step, the mark at the line's end, is no choice: it is half an em in every line (`trims_line_edges`).
    """

    SPACES = 2
    INTERPUNCTS = 3
    BRACKETS = 4
    PAUSES = 5
    GAPS = 6
    STOPS = 7


_STEPS = {
    INTERPUNCT.code: Step.INTERPUNCTS,
    OPENING.code: Step.BRACKETS,
    CLOSING.code: Step.BRACKETS,
    PAUSE.code: Step.PAUSES,
    SEMICOLON.code: Step.PAUSES,
    STOP.code: Step.STOPS,
    EXCLAMATION.code: Step.STOPS,
}
"""The step in which the blanks of a class give; word spaces, and the white between Han and Latin, have steps of their own."""


def trims_before(previous: str, this: str) -> bool:
    """Return whether an opening bracket loses the blank before it after the class `previous`, in any style."""
    return this == "o" and (previous == "o" or previous in _CLOSING_SIDE)


def trims_after(this: str, following: str, rules: TypeRules) -> bool:
    """Return whether a mark loses the blank after it before the class `following`, in any style."""
    if this in _CLOSING_SIDE and following == "o":
        return rules.pairs is PairWidth.ONE
    if this == "c":
        return following in _CLOSING_SIDE
    return this in POINTS and following == "c"


def is_half(code: str, rules: TypeRules) -> bool:
    """Return whether a mark is half an em wide wherever it stands: in 开明 style all but those that end a sentence."""
    return rules.marks is MarkWidths.KAIMING and code in _HALF_IN_KAIMING


def trims_line_edges(rules: TypeRules) -> bool:
    """Return whether a mark gives up its blank at the edge of a line."""
    return rules.marks is not MarkWidths.FULL and rules.grid is not Grid.STRICT


def hangs(code: str, previous: str, rules: TypeRules, axis: Axis) -> bool:
    """Return whether a mark hangs beyond the end of a line: on a strict grid one comma or stop after a character.

    In Taiwan and Hong Kong marks hang in vertical lines only. Source: CLREQ `#hanging_punctuation_marks_at_line_end`.
    """
    if rules.grid is not Grid.STRICT or (rules.region is Region.TAIWAN and axis is Axis.LEVEL):
        return False
    return code in "ps" and previous not in _CLOSING_SIDE


def steps_of(rules: TypeRules) -> dict[str, Step]:
    """Return the step in which each class gives that gives at all; the colon stands in none unless the style says so."""
    return _given(rules.marks in _STIFF, rules.squeezes_colon)


@cache
def _given(is_stiff: bool, squeezes_colon: bool) -> dict[str, Step]:
    if is_stiff:
        return {}
    return _STEPS | {COLON.code: Step.PAUSES} if squeezes_colon else _STEPS

"""How much narrower marks become beside each other, at the edges of a line, and by the house style.

Sources: CLREQ `#h-adjustment_of_adjacent_punctuation_marks` (two marks of which one is a bracket: 2 em become
1.5), `#h-compression_of_punctuation_marks_at_line_start`, `#punctuation_width_adjustment`; GB/T 15834-2011 5.1.2 (two
of ！？ stand in one em, three in two) and 5.1.10 (a mark at line end takes half an em).
"""

from layout.script.classes import BY_CODE, POINTS
from layout.script.rules import Axis, Grid, MarkWidths, PairWidth, Region, TypeRules

_CLOSING_SIDE = frozenset(f"c{POINTS}")
_HALF_IN_KAIMING = frozenset("ocpik")
_SQUEEZES_NEIGHBOURS = frozenset({MarkWidths.SQUEEZED, MarkWidths.KAIMING})
_COLON_STEP = 5


def trims_before(previous: str, this: str, rules: TypeRules) -> bool:
    """Return whether an opening bracket loses the blank before it after the class `previous`."""
    return rules.marks in _SQUEEZES_NEIGHBOURS and this == "o" and (previous == "o" or previous in _CLOSING_SIDE)


def trims_after(this: str, following: str, rules: TypeRules) -> bool:
    """Return whether a mark loses the blank after it before the class `following`."""
    if rules.marks not in _SQUEEZES_NEIGHBOURS:
        return False
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


def compression_step(code: str, rules: TypeRules) -> int:
    """Return the step of CLREQ's order in which a class gives; the colon stands in none unless the style says so."""
    return _COLON_STEP if code == "k" and rules.squeezes_colon else BY_CODE[code].step

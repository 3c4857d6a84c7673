"""How much narrower marks become beside each other and at the edges of a line.

Sources: CLREQ `#h-adjustment_of_adjacent_punctuation_marks` (two marks of which one is a bracket: 2 em become
1.5), `#h-compression_of_punctuation_marks_at_line_start`; GB/T 15834-2011 5.1.2 (two of ！？ stand in one em)
and 5.1.10 (a mark at line end takes half an em).
"""

from layout.script.classes import BY_CODE, Blank, CharClass

_CLOSING_SIDE = frozenset("cpksx")


def trims_left(previous: str, this: str) -> bool:
    """Return whether an opening bracket loses its left half after the class `previous`."""
    return this == "o" and (previous == "o" or previous in _CLOSING_SIDE)


def trims_right(this: str, following: str) -> bool:
    """Return whether a mark loses its right half before the class `following`."""
    if this == "c":
        return following in _CLOSING_SIDE
    if this == "x":
        return following in "cx"
    return this in "pks" and following == "c"


def trims_at_line_end(row: CharClass) -> bool:
    """Return whether a mark of this class is set half an em wide at the end of a line."""
    return row.blank is Blank.RIGHT


TRIMS_AT_END = frozenset(code for code, row in BY_CODE.items() if trims_at_line_end(row))
TRIMS_AT_START = frozenset(code for code, row in BY_CODE.items() if row.blank is Blank.LEFT)

"""Where a line may end: kinsoku (避头尾) and what must not be parted.

Sources: CLREQ `#prohibition_rules_for_line_start_end` (level basic), `#h-unbreakable_marks_punctuation`,
`#h-digits_and_their_prefix_and_suffix`; GB/T 15834-2011 5.1.3 to 5.1.9; GB/T 15835-2011 on whole numbers.
"""

import re
from itertools import pairwise

from layout.script.classes import BY_CODE, CLASSES

_UNPARTED = frozenset(
    first + second
    for first, second in (
        "DD",
        "LL",
        "DL",
        "LD",
        "DS",
        "LS",
        "SL",
        "SD",
        "PD",
        "PL",
        "PP",
        "SS",
        "dd",
        "ee",
        "DP",
        "LP",
        "nD",
    )
)


def _forbidden(first: str, second: str) -> bool:
    return not BY_CODE[second].starts_line or not BY_CODE[first].ends_line or first + second in _UNPARTED


_MAY_PART = {a.code + b.code: not _forbidden(a.code, b.code) for a in CLASSES for b in CLASSES}

_NUMBER_WITH_UNIT = re.compile(
    r"[0-9][0-9.,]*(?:[余多几]?[十百千万亿]{0,2}"
    r"(?:年|月|日|时|点|分|秒|岁|期|版|号|级|度|元|角|个|条|次|名|人|位|项|家|座|亩|吨|升|字|行|栏|页|倍|种|米|克|里|ems?)"
    r"|[十百千万亿]{1,2})"
)
_SPLIT_PAIRS = re.compile(r"(——|……|⋯⋯)(?=\1)")


def may_break(text: str, classes: str) -> list[bool]:
    """Return for each place 0 … len whether a line may end before it; 0 and len are always True.

    `classes` is what `layout.script.classes.classify` gives for `text`.
    """
    allowed = [True, *(_MAY_PART[first + second] for first, second in pairwise(classes)), True]
    for match in _SPLIT_PAIRS.finditer(text):
        allowed[match.end()] = True
    for match in _NUMBER_WITH_UNIT.finditer(text):
        for place in range(match.start() + 1, match.end()):
            allowed[place] = False
    return allowed[: len(text) + 1]


def ends_well(first: str, second: str) -> bool:
    """Return whether kinsoku lets a line end between two class letters."""
    return not _forbidden(first, second)

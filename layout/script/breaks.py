"""Where a line may end: kinsoku (避头尾) and what must not be parted.

Sources: CLREQ `#prohibition_rules_for_line_start_end` , `#h-unbreakable_marks_punctuation`,
`#h-digits_and_their_prefix_and_suffix`; GB/T 15834-2011 5.1.3 to 5.1.9; GB/T 15835-2011 on whole numbers.
"""

import re
from enum import IntEnum
from functools import cache
from itertools import chain

from layout.script.classes import BY_CODE, POINTS
from layout.script.pairs import Pairs
from layout.script.rules import Kinsoku


class Break(IntEnum):
    """Whether a line may end at a place: never, freely, only to save a line, with a hyphen, or rather elsewhere.

    A run of three marks or more may be parted as a rescue (CLREQ `#prohibition_rules_for_line_start_end`). A figure
    rather stays with its unit and a range whole, as papers like it; no clause asks for that.
    """

    NEVER = 0
    FREE = 1
    RESCUE = 2
    HYPHEN = 3
    RELUCTANT = 4


_UNPARTED = frozenset(
    {"DD", "LL", "DL", "LD", "DS", "LS", "SL", "SD", "PD", "PL", "PP", "SS", "dd", "ee", "DP", "LP", "yD", "yL"}
) | {"FF", "GG", "FG", "GF", "FS", "GS", "PF", "PG", "FP", "Dz", "Fz"}


def _may_part(first: str, second: str, level: Kinsoku) -> int:
    return int(BY_CODE[second].may_start(level) and BY_CODE[first].may_end(level) and first + second not in _UNPARTED)


@cache
def _parted(level: Kinsoku) -> Pairs:
    return Pairs(lambda first, second: _may_part(first, second, level))


_NUMBER_WITH_UNIT = re.compile(
    r"[0-9０-９](?:[余多几]?[十百千万亿]{0,2}"
    r"(?:年|月|日|时|点|分|秒|岁|期|版|号|级|度|元|角|个|条|次|名|人|位|项|家|座|亩|吨|升|字|行|栏|页|倍|种|米|克|里)"
    r"|[十百千万亿]{1,2})"
)
_GLUE = re.compile(r"\u00a0|\u202f|\u2009(?<=[0-9].)(?=[0-9])|．(?<=[０-９].)(?=[０-９])")
"""White that never parts, and the point in full-width figures; each case begins with its character, which is found quickly."""

_RANGE = re.compile(r"[～〜—―–－][0-9０-９]")
_SPLIT_PAIRS = re.compile("|".join(f"{pair}(?={pair})" for pair in ("——", "—―", "―—", "――", "……", "⋯⋯")))


_RUNS = (re.compile(rf"[c{POINTS}][c{POINTS}][c{POINTS}]+"), re.compile("ooo+"))
_INSEPARABLE = frozenset({"xx"})
_EDGE = bytes((Break.FREE,))


def may_break(text: str, classes: str, level: Kinsoku = Kinsoku.GB) -> bytearray:
    """Return for each place 0 … len its `Break`: whether a line may end before it; 0 and len are always free.

    `classes` is what `layout.script.classes.classify` gives for `text`. Units that are never parted (dashes,
    ellipses, numbers with their signs, Latin words) hold at every level.
    """
    found = bytearray(b"".join((_EDGE, _parted(level).between(classes), _EDGE)))
    for match in _SPLIT_PAIRS.finditer(text):
        found[match.end()] = Break.FREE if level < Kinsoku.STRICT else Break.NEVER
    for match in (*_NUMBER_WITH_UNIT.finditer(text), *_RANGE.finditer(text)):
        for place in range(match.start() + 1, match.end()):
            found[place] = found[place] and Break.RELUCTANT
    for match in _GLUE.finditer(text):
        found[match.start()] = found[match.end()] = Break.NEVER
    found[0] = found[len(text)] = Break.FREE
    for match in chain.from_iterable(runs.finditer(classes) for runs in _RUNS):
        for place in range(match.start() + 1, match.end()):
            if not found[place] and classes[place - 1 : place + 1] not in _INSEPARABLE:
                found[place] = Break.RESCUE
    return found[: len(text) + 1]

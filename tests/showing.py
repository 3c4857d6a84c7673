"""What the conformance tests are written in: cases of clauses, and predicates of what a file shows."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pytest

from layout.script.rules import Axis
from tests.conformance import read_clauses
from tests.finished import Way
from tests.specimen import EVEN, Built, Cell, Line, Setting, Specimen
from tests.switches import Switch

LEVEL, DOWN = Axis.LEVEL, Axis.VERTICAL
BOTH = (LEVEL, DOWN)
HAN = "文"
"""A Han without a mark or meaning for breaks: 字 and its like are units of numbers."""

POINTING = "，、；：。．！？"
OPENING = "“‘「『（《〈【〖〔［｛"
CLOSING = "”’」』）》〉】〗〕］｝"
RIGID = "：；？！"
MIDDLE = 0.38
"""The middle of the em over the baseline of a level line."""


# ---- cases -------------------------------------------------------------------------------------------------------

Thing = Specimen | Built
Predicate = Callable[[Any], bool]


class Case(NamedTuple):
    """A predicate that holds for a specimen, and not for the one with the rule switched off; `fails` says why it does not."""

    clauses: tuple[str, ...]
    name: str
    on: Thing
    off: Thing | None
    holds: Predicate
    fails: str

    @property
    def direction(self) -> str:
        return self.on.axis.value

    @property
    def parameter(self) -> Any:
        has_control = self.off is not None
        marks = [pytest.mark.clause(clause, self.direction, self.name, has_control=has_control) for clause in self.clauses]
        if self.fails:
            marks.append(pytest.mark.xfail(strict=True, reason=self.fails))
        return pytest.param(self, id=f"{self.clauses[0]} {self.direction}: {self.name}", marks=marks)


CASES: list[Case] = []
"""All cases, in the order in which they were added."""

_DIRECTIONS = {clause.id: clause.direction for clause in read_clauses()}


def shows(
    clauses: str,
    name: str,
    copy: str,
    holds: Predicate,
    off: Switch | None,
    *,
    axes: Iterable[Axis] = BOTH,
    fails: str = "",
    **how: Any,
) -> None:
    """Add a case in each of the axes; a clause of one direction only is left out in the other."""
    for axis in axes:
        ids = tuple(clause for clause in clauses.split() if _DIRECTIONS[clause] in ("both", axis.value))
        on = Specimen(copy, axis=axis, **how)
        if ids:
            CASES.append(Case(ids, name, on, off(on) if off else None, holds, fails))


def shows_page(
    clauses: str,
    name: str,
    story: str,
    holds: Predicate,
    off: Switch | None,
    *,
    axes: Iterable[Axis] = (LEVEL,),
    fails: str = "",
    **how: Any,
) -> None:
    """Add a case that is built as a page, in each of the axes."""
    for axis in axes:
        on = Built(story, axis=axis, **how)
        CASES.append(Case(tuple(clauses.split()), name, on, off(on) if off else None, holds, fails))


# ---- what holds --------------------------------------------------------------------------------------------------


def near(found: float, wanted: float, within: float = EVEN) -> bool:
    return abs(found - wanted) <= within


def never_first(mark: str) -> Predicate:
    return lambda s: mark in "".join(s.texts) and not any(text.startswith(mark) for text in s.texts[1:])


def never_last(mark: str) -> Predicate:
    return lambda s: mark in "".join(s.texts) and not any(text.endswith(mark) for text in s.texts[:-1])


def whole(unit: str) -> Predicate:
    """On one line."""
    return lambda s: any(unit in text for text in s.texts)


def in_one(*parts: str) -> Predicate:
    """All on one line."""
    return lambda s: any(all(part in text for part in parts) for text in s.texts)


def line_is(number: int, text: str) -> Predicate:
    return lambda s: s.texts[number] == text


def takes(ems: float, before: str = "天", after: str = "地") -> Predicate:
    return lambda s: near(s.white(before, after), ems)


def starts(*places: float, line: int = 0) -> Predicate:
    """The glyphs of a line begin there."""
    return lambda s: _are(s.lines[line].base, places)


def _are(cells: Iterable[Cell], places: Iterable[float]) -> bool:
    found = [cell.start for cell in cells]
    wanted = list(places)
    return len(found) == len(wanted) and all(near(a, b) for a, b in zip(found, wanted, strict=True))


def both(*predicates: Predicate) -> Predicate:
    return lambda s: all(predicate(s) for predicate in predicates)


def _edges(line: Line) -> tuple[float, float]:
    """Where a line begins and ends: marks are half an em there, at the right of opening ones and at the left of others."""
    inked = [cell for cell in line.base if cell.ink]
    first, last = inked[0], inked[-1]
    start = first.start + 0.5 if first.text in OPENING else first.start
    return start, last.start + 0.5 if last.text in POINTING + CLOSING else last.end


def flush(s: Setting) -> bool:
    full = s.lines[:-1]
    return bool(full) and all(near(start, 0) and near(end, s.measure) for start, end in map(_edges, full))


def middle_of(text: str, line: Setting, before: str = "天", after: str = "地") -> tuple[float, float]:
    """How far the ink of marks lies from the middle of the cell between two Han, along the line and across it."""
    inks = [cell.ink for cell in line.cells if cell.text and cell.text in text]
    start, end = line.start(before) + 1, line.start(after)
    along = (min(ink.left for ink in inks) + max(ink.right for ink in inks)) / 2
    across = (min(ink.bottom for ink in inks) + max(ink.top for ink in inks)) / 2
    return along - (start + end) / 2, across - (MIDDLE if is_level(line) else 0)


def centred(text: str, within: float = 0.09) -> Predicate:
    return lambda s: all(abs(off) <= within for off in middle_of(text, s))


def inside(text: str) -> Predicate:
    """The ink of a mark lies between the Han beside it."""
    return lambda s: s.white("天", "地") > 0 and _is_inside(s.cell(text), s.start("天") + 1, s.start("地"))


def _is_inside(cell: Cell, start: float, end: float) -> bool:
    return start - 0.02 <= cell.along[0] and cell.along[1] <= end + 0.02


def corner(text: str) -> Predicate:
    """At the lower left of its em, or at the upper right where the line runs down: near to the character before it."""

    def holds(s: Setting) -> bool:
        along, across = middle_of(text, s)
        if is_level(s):
            return along < -0.1 and across < 0
        return across > 0.1 and s.cell(text).along[0] < 1.3

    return holds


def runs_along(text: str) -> Predicate:
    """Longer along the line than across it."""

    def holds(s: Setting) -> bool:
        inks = [cell.ink for cell in s.cells if cell.text and cell.text in text]
        assert inks, f"no glyph is read as {text}"
        return all(ink.right - ink.left > ink.top - ink.bottom for ink in inks)

    return holds


def crosses(text: str) -> Predicate:
    return lambda s: not runs_along(text)(s)


def marks_take(**wanted: float) -> Predicate:
    """Each mark takes so many ems between the Han beside it; marks are named by those Han."""
    return lambda s: all(near(s.white(name[0], name[1]), ems) for name, ems in wanted.items())


def is_level(s: Setting) -> bool:
    return s.lines[0].cells[0].way is Way.LEVEL


def same_form(mark: str, form: str) -> Predicate:
    return lambda s: s.cell(mark).code == s.cell(form).code


def stands(text: str, way: Way) -> Predicate:
    return lambda s: all(cell.way is way for cell in s.cells if cell.text in text)

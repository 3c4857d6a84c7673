"""Whether the white between lines has room for what stands in it: dots, lines, readings.

Source: CLREQ `#handling_interlinear_punctuation` wants half an em for marks on one side, five eighths for marks on both, as
lines that run down have them. Thin lines and small readings are set in what newspapers have, unless a house style wants half
an em for them, too; dots want all of it.
"""

from collections.abc import Iterator

from layout.design.grid import PageGrid
from layout.diagnostics import Diagnostic, finding
from layout.manifest.copy import Marking, Paragraph, Sideline
from layout.script.rules import Axis, Interlinear
from layout.text.shaped import Over

_LEAST = {Over.DOTS: 50, Over.NAME: 25, Over.BOOK: 25, Over.RUBY: 37}
"""The least leading in per cent of the em."""

_ROOMS = {Interlinear.NEWSPAPER: 0, Interlinear.HALF: 50}
"""What a house style asks for whatever stands there."""

_BOTH_SIDES = 63
"""That of dots at the right of a line that runs down, and another line's name line at its left."""


def has_dots(marking: Marking, grid: PageGrid, axis: Axis) -> bool:
    """Return whether a text has dots of emphasis, and the leading has room for them."""
    return marking.dots and _has_room(_least(Over.DOTS, marking, axis), grid)


def interlinear_findings(
    paragraph: Paragraph, grid: PageGrid, axis: Axis = Axis.LEVEL, room: Interlinear = Interlinear.NEWSPAPER
) -> Iterator[Diagnostic]:
    """Yield a finding for each text whose marks have no room between the lines."""
    leading = 100 * (grid.pitch - grid.em) // grid.em
    for run in paragraph.runs:
        leasts = {kind: max(_ROOMS[room], _least(kind, run.marking, axis)) for kind in _kinds(run.marking)}
        tight = {kind: least for kind, least in leasts.items() if not _has_room(least, grid)}
        if not tight:
            continue
        place, dots = paragraph.place_of(run.text), tight.pop(Over.DOTS, 0)
        if dots:
            yield finding("dots-too-tight", place, text=run.text, leading=leading, least=dots)
        if tight:
            yield finding("interlinear-too-tight", place, text=run.text, leading=leading, least=max(tight.values()))


def _least(kind: Over, marking: Marking, axis: Axis) -> int:
    is_on_both_sides = kind is Over.DOTS and axis is Axis.VERTICAL and marking.sideline is not Sideline.NONE
    return _BOTH_SIDES if is_on_both_sides else _LEAST[kind]


def _has_room(least: int, grid: PageGrid) -> bool:
    return 100 * (grid.pitch - grid.em) >= (least - 1) * grid.em


def _kinds(marking: Marking) -> Iterator[Over]:
    if marking.dots:
        yield Over.DOTS
    if marking.sideline is not Sideline.NONE:
        yield Over.NAME
    if marking.ruby:
        yield Over.RUBY

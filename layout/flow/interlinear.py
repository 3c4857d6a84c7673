"""Whether the white between lines has room for what stands in it: dots, lines, readings.

Source: CLREQ `#handling_interlinear_punctuation` wants half an em for marks on one side. Thin lines and small readings
are set in what newspapers have; dots want all of it.
"""

from collections.abc import Iterator

from layout.design.grid import PageGrid
from layout.diagnostics import Diagnostic, finding
from layout.manifest.copy import Marking, Paragraph, Sideline
from layout.text.shaped import Over

_LEAST = {Over.DOTS: 50, Over.NAME: 25, Over.BOOK: 25, Over.RUBY: 37}
"""The least leading in per cent of the em."""


def has_room(kind: Over, grid: PageGrid) -> bool:
    """Return whether the leading has room for a kind of mark."""
    return 100 * (grid.pitch - grid.em) >= (_LEAST[kind] - 1) * grid.em


def interlinear_findings(paragraph: Paragraph, grid: PageGrid) -> Iterator[Diagnostic]:
    """Yield a finding for each text whose marks have no room between the lines."""
    leading = 100 * (grid.pitch - grid.em) // grid.em
    for run in paragraph.runs:
        kinds = [kind for kind in _kinds(run.marking) if not has_room(kind, grid)]
        if not kinds:
            continue
        place = paragraph.place_of(run.text)
        if Over.DOTS in kinds:
            yield finding("dots-too-tight", place, text=run.text, leading=leading)
        least = max((_LEAST[kind] for kind in kinds if kind is not Over.DOTS), default=0)
        if least:
            yield finding("interlinear-too-tight", place, text=run.text, leading=leading, least=least)


def _kinds(marking: Marking) -> Iterator[Over]:
    if marking.dots:
        yield Over.DOTS
    if marking.sideline is not Sideline.NONE:
        yield Over.NAME
    if marking.ruby:
        yield Over.RUBY

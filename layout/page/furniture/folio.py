"""The folio (报眉) above the type area: page label, section, paper and date over a rule."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from layout.design.styles import LineStyle
from layout.diagnostics import Span
from layout.frame import Placed
from layout.manifest.areas import Align
from layout.manifest.paper import Role
from layout.page.block import Setting
from layout.page.furniture.piece import Datum, Furniture, lacking, too_wide
from layout.page.furniture.words import folio_date
from layout.page.rules import horizontal
from layout.text.single import SingleLine, set_single
from layout.units import MM, PT, Emu

_LABEL_SIZE = 30
_ABOVE_RULE = 3 * MM
"""From the folio's rule up to its baseline."""

_GAP = 4 * MM
"""White between the paper's name and the date."""


class _Part(NamedTuple):
    """A part of the folio: lines with their depth below its baseline and what they say, and its width."""

    lines: tuple[tuple[Emu, SingleLine, Datum], ...]
    width: Emu


def folio(setting: Setting) -> Furniture:
    """Return the folio: page label at the outer edge, section in the middle, paper and date.

    Left pages (even numbers) have their label at the left, right pages at the right, a spread has both. A folio that is too
    wide for its page is set smaller as a whole, down to four tenths.
    """
    grid = setting.design.grid
    width, height = grid.area.width, grid.pitch // 2 + _ABOVE_RULE + _LABEL_SIZE * PT
    for tenths in range(10, 3, -1):
        left, section, right = _ends(setting, tenths)
        reach = max(sum(part.width for part in left), sum(part.width for part in right))
        fits = section.width + 2 * (reach + 2 * MM) <= width
        if fits:
            break
    rule_y = height - grid.pitch // 2
    baseline = rule_y - _ABOVE_RULE
    ends = [list(_from(0, left)), list(_from(width - sum(part.width for part in right), right))]
    labelled_first = ends if setting.page.number % 2 == 0 else reversed(ends)
    placed = [((width - section.width) // 2, section), *chain.from_iterable(labelled_first)]
    items = [horizontal(0, rule_y, width, MM // 2)]
    items += [item for x, part in placed for item in _placed(part, x, baseline)]
    data = [datum for _, part in placed for _, _, datum in part.lines]
    lines = [line for _, part in placed for _, line, _ in part.lines]
    wide = () if fits else (too_wide("folio", _culprit(section, setting), setting),)
    return Furniture(tuple(items), (*lacking(data, lines, setting), *wide), height=height)


def _culprit(section: _Part, setting: Setting) -> Span:
    """Return where the words stand that make the folio too wide: the section's, or the paper's where those are longer."""
    own, paper = setting.page.name, setting.issue.paper.name
    return own.span if own.text and section.width >= setting.design.grid.area.width // 3 else paper.span


def _ends(setting: Setting, tenths: int) -> tuple[list[_Part], _Part, list[_Part]]:
    """Return what stands at the left, in the middle and at the right, each in so many tenths of its size."""
    issue, page = setting.issue, setting.page

    def part(datum: Datum, role: Role, size: int, tracking: int = 0) -> _Part:
        style = LineStyle(role, size * PT * tenths // 10, tracking=tracking)
        line = set_single(datum.words, style, setting.shaper)
        return _Part(((0, line, datum),), line.width)

    def label(text: str) -> list[_Part]:
        return [part(Datum(text), Role.HEI_HEAVY, _LABEL_SIZE), _white(MM), part(Datum("版"), Role.HEI_HEAVY, 12)]

    name = part(Datum(issue.paper.name.text, issue.paper.name), Role.KAI, 13)
    date = part(folio_date(issue), Role.SONG, 9)
    section = part(Datum(page.name.text, page.name), Role.SONG_HEAVY, 21, 500)
    if page.spread:
        return [*label(page.label), _white(2 * _GAP), name, _white(_GAP), date], section, label(page.spread)
    if page.number % 2 == 0:
        return label(page.label), section, [date, _white(_GAP), name]
    return [name, _white(_GAP), date], section, label(page.label)


def _white(width: Emu) -> _Part:
    return _Part((), width)


def _from(x: Emu, parts: Sequence[_Part]) -> Iterator[tuple[Emu, _Part]]:
    """Yield the parts of an end with the places where they begin."""
    for part in parts:
        yield x, part
        x += part.width


def _placed(part: _Part, x: Emu, baseline: Emu) -> Iterator[Placed]:
    for y, line, _ in part.lines:
        yield from line.placed(x, baseline + y, line.width, Align.LEFT)

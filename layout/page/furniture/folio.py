"""The folio (报眉) above the type area: page label, section, paper and date over a rule."""

from typing import NamedTuple

from layout.design.styles import LineStyle
from layout.manifest.areas import Align
from layout.manifest.issue import IssuePage
from layout.manifest.paper import FolioForm, Role
from layout.page.block import Setting
from layout.page.furniture.piece import Datum, Furniture, lacking, too_wide, widest
from layout.page.furniture.words import contact_data, folio_date
from layout.page.rules import horizontal
from layout.text.single import SingleLine, aligned, set_single
from layout.units import MM, PT, Emu

_LABEL_SIZE = 30
_ABOVE_RULE = 3 * MM
"""From the folio's rule up to its baseline."""

_GAP = 4 * MM
"""White between the paper's name and the date."""

_FEED = 12 * PT
"""From the date's baseline to that of the contacts below it."""

_FEWEST_TENTHS = 4
"""A folio that is too wide for its page is set smaller as a whole, down to four tenths."""


class _Said(NamedTuple):
    """A line of the folio from the start of its part's baseline, and what it says."""

    x: Emu
    y: Emu
    line: SingleLine
    datum: Datum


class _Part(NamedTuple):
    """A part of the folio: its lines and its width."""

    said: tuple[_Said, ...]
    width: Emu

    def moved(self, x: Emu, y: Emu = 0) -> tuple[_Said, ...]:
        """Return the lines moved by a distance."""
        return tuple(said._replace(x=said.x + x, y=said.y + y) for said in self.said)


class _Words(NamedTuple):
    """What a folio is made of; a label is that of the page, and of the right half of a spread."""

    labels: tuple[_Part, ...]
    section: _Part
    name: _Part
    source: _Part


def folio(setting: Setting) -> Furniture:
    """Return the folio in the paper's form: section in the middle, the others at the ends; a spread has two labels."""
    grid = setting.design.grid
    width, height = grid.area.width, grid.pitch // 2 + _ABOVE_RULE + _LABEL_SIZE * PT
    for tenths in range(10, _FEWEST_TENTHS - 1, -1):
        words = _words(setting, tenths)
        left, right = _ENDS[setting.issue.paper.folio.form](words, setting.page)
        fits = words.section.width + 2 * (max(left.width, right.width) + 2 * MM) <= width
        if fits:
            break
    baseline = height - grid.pitch // 2 - _ABOVE_RULE
    labels = {said.datum for label in words.labels for said in label.said}
    ends = sorted((*left.moved(0), *right.moved(width - right.width)), key=lambda said: said.datum not in labels)
    said = (*words.section.moved((width - words.section.width) // 2), *ends)
    items = [horizontal(0, height - grid.pitch // 2, width, MM // 2)]
    for x, y, line, _ in said:
        items += line.placed(x, baseline + y, line.width, Align.LEFT)
    data, lines = [each.datum for each in said], [each.line for each in said]
    wide = () if fits else (too_wide("folio", widest(data, lines, setting), setting),)
    return Furniture(tuple(items), (*lacking(data, lines, setting), *wide), height=height)


def _is_left(page: IssuePage) -> bool:
    return page.number % 2 == 0


def _words(setting: Setting, tenths: int) -> _Words:
    """Return what the folio is made of, each in so many tenths of its size."""
    issue, page = setting.issue, setting.page

    def part(datum: Datum, role: Role, size: int, tracking: int = 0) -> _Part:
        line = set_single(datum.words, LineStyle(role, size * PT * tenths // 10, tracking=tracking), setting.shaper)
        return _Part((_Said(0, 0, line, datum),), line.width)

    labels = (
        _row(MM, part(Datum(text), Role.HEI_HEAVY, _LABEL_SIZE), part(Datum("版"), Role.HEI_HEAVY, 12))
        for text in (page.label, page.spread)
        if text
    )
    section = part(Datum(page.name.text, page.name), Role.SONG_HEAVY, 21, 500)
    size = 18 if issue.paper.folio.form is FolioForm.NAME_OUT else 13
    name = part(Datum(issue.paper.name.text, issue.paper.name), Role.KAI, size)
    source = part(folio_date(issue), Role.SONG, 9)
    contacts = [part(datum, Role.SONG, 8) for datum in contact_data(page.contact)]
    if contacts:
        align = Align.RIGHT if _is_left(page) else Align.LEFT
        source = _stack(source, _row(2 * MM, *contacts), _FEED * tenths // 10, align)
    return _Words(tuple(labels), section, name, source)


def _label_out(words: _Words, page: IssuePage) -> tuple[_Part, _Part]:
    """Return both ends: the page label at the outer edge, paper and date at the other one."""
    if len(words.labels) > 1:
        source = _row(_GAP, words.name, words.source)
        return _row(2 * _GAP, words.labels[0], source), words.labels[1]
    if _is_left(page):
        return words.labels[0], _row(_GAP, words.source, words.name)
    return _row(_GAP, words.name, words.source), words.labels[0]


def _name_out(words: _Words, page: IssuePage) -> tuple[_Part, _Part]:
    """Return both ends: the paper's name at the outer edge, date and page label at the other one (人民日报 since 2008)."""
    if len(words.labels) > 1:
        return _row(_GAP, words.name, words.labels[0]), _row(_GAP, words.labels[1], words.source)
    if _is_left(page):
        return words.name, _row(_GAP, words.source, words.labels[0])
    return _row(_GAP, words.labels[0], words.source), words.name


_ENDS = {FolioForm.LABEL_OUT: _label_out, FolioForm.NAME_OUT: _name_out}


def _row(gap: Emu, *parts: _Part) -> _Part:
    """Return parts beside each other as one."""
    said: list[_Said] = []
    x = 0
    for part in parts:
        said += part.moved(x)
        x += part.width + gap
    return _Part(tuple(said), x - gap)


def _stack(above: _Part, below: _Part, feed: Emu, align: Align) -> _Part:
    """Return a part above another, which stands on the baseline, as one."""
    width = max(above.width, below.width)
    upper, lower = (aligned(part.width, width, align) for part in (above, below))
    return _Part((*above.moved(upper, -feed), *below.moved(lower)), width)

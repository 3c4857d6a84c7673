"""The index box (导读): headlines, each with a small square before it and its page at the end of its last line."""

from dataclasses import dataclass
from typing import NamedTuple

from layout.design.grid import ascent
from layout.design.plan import RULE
from layout.design.styles import LineStyle
from layout.diagnostics import Diagnostic, absent_glyphs, finding
from layout.frame import BLACK, Fill, Frame, Placed
from layout.geometry import Rect
from layout.manifest.areas import Align
from layout.manifest.issue import Block, IndexContent, IndexLine
from layout.manifest.paper import Role
from layout.page.block import Depths, PlacedBlock, Setting
from layout.page.borders.enclosure import Padding, enclosure, padding
from layout.page.furniture import furniture_mark
from layout.page.parts import area_parts
from layout.page.rules import horizontal
from layout.text.justify import Fit, set_line
from layout.text.lines import break_lines
from layout.text.measure import LineSpan
from layout.text.shaped import ShapedText, StyledText
from layout.text.single import SingleLine, set_single
from layout.units import PT, Emu, share

_TITLE_LINES = 4
_TITLE = LineStyle(Role.HEI_HEAVY, 18 * PT, tracking=600)
_SIZE = 21 * PT // 2
_PAGE = LineStyle(Role.HEI, 9 * PT)


class _Entry(NamedTuple):
    """An entry set to the box."""

    shaped: ShapedText
    lines: tuple[LineSpan, ...]
    page: SingleLine | None


@dataclass(frozen=True, slots=True)
class IndexBlock:
    """A measured index."""

    block: Block
    content: IndexContent
    setting: Setting
    title: SingleLine
    entries: tuple[_Entry, ...]
    measure: Emu
    problems: tuple[Diagnostic, ...]

    @property
    def padding(self) -> Padding:
        """What lies between the area's edge and the index."""
        return padding(self.content, self.setting.design.grid)

    @property
    def depths(self) -> Depths:
        """Title, entries with half a line between them, and as much again where the page has room."""
        least = _TITLE_LINES + sum(len(entry.lines) for entry in self.entries) + 1 + 2 * self.padding.lowered
        return Depths(least, least + len(self.entries) // 2, least + 3 * len(self.entries) // 2)

    def place(self, depth: int) -> PlacedBlock:
        """Return the index in `depth` lines, the white shared out between its entries."""
        grid = self.setting.design.grid
        width, height = grid.width(self.block.columns, self.block.column), depth * grid.pitch
        inset, top = self.padding.ems * grid.em, self.padding.lowered * grid.pitch
        lines = (
            *self.title.placed(0, 2 * grid.pitch + grid.pitch // 4, width, Align.CENTRE),
            *_title_rules(self.title, width, grid.pitch, inset),
            *self._entries(inset, height - 2 * top),
        )
        items = (
            furniture_mark("index"),
            *enclosure(self.content, Rect(0, 0, width, height), grid),
            Placed(0, top, Frame(width, height - 2 * top, lines)),
        )
        over = self.depths.least - depth
        problems = self.problems
        if self.title.width > width - 2 * inset:
            over_width = -(-(self.title.width - width + 2 * inset) // PT)
            wide = finding("head-too-wide", self.block.span, text=self.title.text, area=self.block.letter, points=over_width)
            problems = (*problems, wide)
        if over > 0:
            problems = (*problems, finding("index-too-long", self.block.span, area=self.block.letter, lines=over))
        parts = area_parts(self.block, grid, depth)._replace(inset=inset, largest=max(self.title.size, _SIZE))
        return PlacedBlock(Frame(width, height, items), parts, problems)

    def _entries(self, inset: Emu, height: Emu) -> list[Placed]:
        pitch = self.setting.design.grid.pitch
        lines = sum(len(entry.lines) for entry in self.entries)
        spare = max(0, height - (_TITLE_LINES + lines) * pitch - pitch // 2)
        items: list[Placed] = []
        y = _TITLE_LINES * pitch - pitch // 2
        for entry, white in zip(self.entries, share(spare, len(self.entries) or 1), strict=False):
            y += white // 2
            items += self._entry(entry, inset, y)
            y += len(entry.lines) * pitch + white - white // 2
        return items

    def _entry(self, entry: _Entry, inset: Emu, y: Emu) -> list[Placed]:
        pitch, em = self.setting.design.grid.pitch, self.setting.design.grid.em
        square = em // 2
        items = [Placed(inset, y + (pitch - square) // 2, Fill(square, square, BLACK))]
        for number, line in enumerate(entry.lines):
            baseline = y + number * pitch + (pitch - _SIZE) // 2 + ascent(_SIZE)
            fit = Fit.NATURAL if line is entry.lines[-1] else Fit.FULL
            items += [
                Placed(inset + em + run.x, baseline + run.y, run.item)
                for run in set_line(entry.shaped, line, self.measure, fit)
            ]
        if entry.page is not None:
            items += entry.page.placed(inset + em, baseline, self.measure, Align.RIGHT)
        return items


def _title_rules(title: SingleLine, width: Emu, pitch: Emu, inset: Emu) -> list[Placed]:
    """Return a rule on either side of the title, clear of it by two ems of the body."""
    side = max(0, (width - title.width) // 2 - inset - pitch)
    y = 3 * pitch // 2 + pitch // 4
    return [horizontal(inset, y, side, RULE), horizontal(width - inset - side, y, side, RULE)]


def measure_index(block: Block, content: IndexContent, setting: Setting) -> IndexBlock:
    """Return the index set for its area."""
    grid = setting.design.grid
    inset = padding(content, grid).ems * grid.em
    measure = grid.width(block.columns, block.column) - 2 * inset - grid.em
    made = [_set_entry(line, measure, setting) for line in content.lines]
    title = _set_title(content.title, grid.width(block.columns, block.column) - 2 * inset, setting)
    found = (problem for _, problems in made for problem in problems)
    problems = (*absent_glyphs(title.absent, lambda _: block.span), *found)
    return IndexBlock(block, content, setting, title, tuple(entry for entry, _ in made), measure, problems)


def _set_title(text: str, width: Emu, setting: Setting) -> SingleLine:
    """Return the title, letterspaced where it may be, smaller where it must."""
    sizes = [(_TITLE.size, _TITLE.tracking), *((size * PT // 2, 0) for size in range(36, 17, -1))]
    for size, tracking in sizes:
        title = set_single(text, LineStyle(_TITLE.role, size, tracking=tracking), setting.shaper)
        if title.width <= width:
            break
    return title


def _set_entry(line: IndexLine, measure: Emu, setting: Setting) -> tuple[_Entry, tuple[Diagnostic, ...]]:
    """Return an entry with findings for the characters that its face lacks."""
    page = set_single(f"{line.page}版", _PAGE, setting.shaper) if line.page else None
    shaped, absent = setting.shaper.shape([StyledText(line.text.text, Role.SONG.value)], _SIZE)
    lines = break_lines(shaped, measure - (page.width + _SIZE if page else 0))
    return _Entry(shaped, lines, page), absent_glyphs(absent, line.text.place_of)

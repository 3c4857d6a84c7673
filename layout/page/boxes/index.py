"""The index box (导读): headlines, each with a small square before it and its page at the end of its last line."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from layout.design.grid import ascent
from layout.design.styles import LineStyle
from layout.diagnostics import Diagnostic, absent_glyphs, finding
from layout.frame import BLACK, Fill, Frame, Placed
from layout.geometry import Rect
from layout.manifest.areas import Align
from layout.manifest.issue import Block, IndexContent, IndexLine
from layout.manifest.paper import Role
from layout.page.block import Depths, PlacedBlock, Setting
from layout.page.borders.enclosure import Padding, enclosure, padding
from layout.page.boxes.box_title import BoxTitle, narrow_title, roomy_title
from layout.page.furniture.piece import furniture_mark
from layout.page.parts import area_parts
from layout.text.justify import Fit, set_line
from layout.text.lines import break_lines
from layout.text.measure import LineSpan
from layout.text.shaped import ShapedText, StyledText
from layout.text.single import SingleLine, set_single
from layout.units import PT, Emu, share

_SIZE, _PAGE_SIZE = 21 * PT // 2, 9 * PT
_SMALL, _SMALL_PAGE = 9 * PT, 17 * PT // 2
"""Sizes of entries and of their pages; small in an index that has not the lines for the usual ones."""


class _Entry(NamedTuple):
    """An entry set to the measure that its page leaves."""

    shaped: ShapedText
    lines: tuple[LineSpan, ...]
    page: SingleLine | None
    measure: Emu


class _Matter(NamedTuple):
    """What stands in an index, set in one scale."""

    title: BoxTitle
    entries: tuple[_Entry, ...]
    size: Emu
    problems: tuple[Diagnostic, ...]

    @property
    def lines(self) -> int:
        """The lines of all entries."""
        return sum(len(entry.lines) for entry in self.entries)


@dataclass(frozen=True, slots=True)
class IndexBlock:
    """A measured index: in the usual scale, and in a small one for an area with fewer lines (今日导读 in an ear)."""

    block: Block
    content: IndexContent
    setting: Setting
    measure: Emu
    usual: _Matter
    small: _Matter

    @property
    def padding(self) -> Padding:
        """What lies between the area's edge and the index."""
        return padding(self.content, self.setting.design.grid)

    @property
    def depths(self) -> Depths:
        """Title, entries with half a line between them, and as much again where the page has room."""
        least, count = self._least(self.usual), len(self.usual.entries)
        return Depths(self._least(self.small), least + count // 2, least + 3 * count // 2)

    def _least(self, matter: _Matter) -> int:
        return matter.title.lines + matter.lines + 2 * self.padding.lowered + (1 if matter is self.usual else 0)

    def place(self, depth: int) -> PlacedBlock:
        """Return the index in `depth` lines, the white shared out between its entries."""
        grid = self.setting.design.grid
        matter = self.usual if depth >= self._least(self.usual) else self.small
        width, height = grid.width(self.block.columns, self.block.column), depth * grid.pitch
        inset, top = self.padding.ems * grid.em, self.padding.lowered * grid.pitch
        lines = (*matter.title.placed(width, grid.pitch, inset), *self._entries(matter, inset, height - 2 * top))
        items = (
            furniture_mark("index"),
            *enclosure(self.content, Rect(0, 0, width, height), grid),
            Placed(0, top, Frame(width, height - 2 * top, lines)),
        )
        problems = (*matter.problems, *self._too_large(matter, depth, width - 2 * inset))
        parts = area_parts(self.block, grid, depth)._replace(inset=inset, largest=max(matter.title.line.size, matter.size))
        return PlacedBlock(Frame(width, height, items), parts, problems)

    def _too_large(self, matter: _Matter, depth: int, width: Emu) -> Iterator[Diagnostic]:
        """Yield findings where the title is too wide, or the entries are too many."""
        title, area = matter.title.line, self.block.letter
        if title.width > width:
            over_width = -(-(title.width - width) // PT)
            yield finding("head-too-wide", self.block.span, text=title.text, area=area, points=over_width)
        over = self._least(matter) - depth
        if over > 0:
            yield finding("index-too-long", self.block.span, area=area, lines=over)

    def _entries(self, matter: _Matter, inset: Emu, height: Emu) -> list[Placed]:
        pitch = self.setting.design.grid.pitch
        spare = max(0, height - (matter.title.lines + matter.lines) * pitch - pitch // 2)
        items: list[Placed] = []
        y = matter.title.lines * pitch - pitch // 2
        for entry, white in zip(matter.entries, share(spare, len(matter.entries) or 1), strict=False):
            y += white // 2
            items += self._entry(entry, matter.size, inset, y)
            y += len(entry.lines) * pitch + white - white // 2
        return items

    def _entry(self, entry: _Entry, size: Emu, inset: Emu, y: Emu) -> list[Placed]:
        pitch, em = self.setting.design.grid.pitch, self.setting.design.grid.em
        square = em // 2
        items = [Placed(inset, y + (pitch - square) // 2, Fill(square, square, BLACK))]
        for number, line in enumerate(entry.lines):
            baseline = y + number * pitch + (pitch - size) // 2 + ascent(size)
            fit = Fit.NATURAL if line is entry.lines[-1] else Fit.FULL
            items += [
                Placed(inset + em + run.x, baseline + run.y, run.item)
                for run in set_line(entry.shaped, line, entry.measure, fit)
            ]
        if entry.page is not None:
            items += entry.page.placed(inset + em, baseline, self.measure, Align.RIGHT)
        return items


def measure_index(block: Block, content: IndexContent, setting: Setting) -> IndexBlock:
    """Return the index set for its area."""
    grid = setting.design.grid
    width = grid.width(block.columns, block.column) - 2 * padding(content, grid).ems * grid.em
    measure = width - grid.em
    usual_title, small_title = (make(content.title, width, setting.shaper) for make in (roomy_title, narrow_title))
    usual = _set_matter(usual_title, block, content, measure, _SIZE, _PAGE_SIZE, setting)
    return IndexBlock(
        block,
        content,
        setting,
        measure,
        usual,
        _set_matter(small_title, block, content, measure, _SMALL, _SMALL_PAGE, setting),
    )


def _set_matter(
    title: BoxTitle, block: Block, content: IndexContent, measure: Emu, size: Emu, page_size: Emu, setting: Setting
) -> _Matter:
    """Return title and entries of an index with entries in one size."""
    made = [_set_entry(line, measure, size, page_size, setting) for line in content.lines]
    found = (problem for _, problems in made for problem in problems)
    problems = (*absent_glyphs(title.line.absent, lambda _: block.span), *found)
    return _Matter(title, tuple(entry for entry, _ in made), size, problems)


def _set_entry(
    line: IndexLine, measure: Emu, size: Emu, page_size: Emu, setting: Setting
) -> tuple[_Entry, tuple[Diagnostic, ...]]:
    """Return an entry with findings for the characters that its face lacks."""
    page = set_single(f"{line.page}版", LineStyle(Role.HEI, page_size), setting.shaper) if line.page else None
    shaped, absent = setting.shaper.shape([StyledText(line.text.text, Role.SONG.value)], size)
    own = measure - (page.width + size if page else 0)
    return _Entry(shaped, break_lines(shaped, own), page, own), absent_glyphs(absent, line.text.place_of)

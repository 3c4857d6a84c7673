"""Slots beside the masthead (报眼): the weather (天气), or the date and numbers of the issue, small in a frame."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from layout.design.grid import ascent
from layout.diagnostics import Diagnostic, absent_glyphs, finding
from layout.frame import Frame, Placed
from layout.geometry import Rect
from layout.manifest.areas import Align
from layout.manifest.issue import Block, SlotContent
from layout.manifest.paper import Role
from layout.page.block import Depths, PlacedBlock, Setting, lines_for
from layout.page.borders.enclosure import Padding, enclosure, padding
from layout.page.boxes.box_title import BoxTitle, narrow_title
from layout.page.furniture.data import set_data
from layout.page.furniture.piece import furniture_mark, too_large
from layout.page.furniture.words import block_data
from layout.page.parts import area_parts
from layout.text.justify import Fit, set_line
from layout.text.lines import break_lines
from layout.text.measure import LineSpan, line_width
from layout.text.shaped import ShapedText, StyledText
from layout.units import PT, Emu

_USUAL, _SMALL = 21 * PT // 2, 9 * PT
"""五号, and 小五 where a line would be broken."""

_ROOM = 8
"""Lines of white with which a slot still looks well."""


class _Row(NamedTuple):
    """A row of a slot."""

    shaped: ShapedText
    span: LineSpan
    is_end: bool


class _Matter(NamedTuple):
    """The words of a slot in rows; `width` is that of the widest."""

    title: BoxTitle
    rows: tuple[_Row, ...]
    size: Emu
    width: Emu
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class SlotBlock:
    """The weather in its lines under a title."""

    block: Block
    content: SlotContent
    setting: Setting
    matter: _Matter
    measure: Emu

    @property
    def padding(self) -> Padding:
        """What lies between the area's edge and the words."""
        return padding(self.content, self.setting.design.grid)

    @property
    def depths(self) -> Depths:
        """Title and rows, with a line of white."""
        least = self.matter.title.lines + len(self.matter.rows) + 2 * self.padding.lowered
        return Depths(least, least + 1, least + _ROOM)

    def place(self, depth: int) -> PlacedBlock:
        """Return the slot in `depth` lines, its rows in the middle of what its title leaves."""
        grid = self.setting.design.grid
        width, height = grid.width(self.block.columns, self.block.column), depth * grid.pitch
        inset, top = self.padding.ems * grid.em, self.padding.lowered * grid.pitch
        words = (*self.matter.title.placed(width, grid.pitch, inset), *self._rows(inset, height - 2 * top))
        items = (
            furniture_mark(self.content.kind),
            *enclosure(self.content, Rect(0, 0, width, height), grid),
            Placed(0, top, Frame(width, height - 2 * top, words)),
        )
        over = self.depths.least - depth
        long = (finding("slot-too-long", self.block.span, area=self.block.letter, lines=over),) if over > 0 else ()
        parts = area_parts(self.block, grid, depth)._replace(inset=inset, largest=self.matter.size)
        return PlacedBlock(Frame(width, height, items), parts, (*self.matter.problems, *long))

    def _rows(self, inset: Emu, height: Emu) -> Iterator[Placed]:
        """Yield the rows as a block in the middle of the slot, its lines half a line more apart where there is room."""
        pitch, size, count = self.setting.design.grid.pitch, self.matter.size, len(self.matter.rows)
        top = self.matter.title.lines * pitch - pitch // 2
        spare = height - top - pitch // 2 - count * pitch
        white = max(0, min(pitch // 2, spare // len(self.content.lines)))
        x = inset + max(0, self.measure - self.matter.width) // 2
        y = top + max(0, spare - white * (len(self.content.lines) - 1)) // 2
        for row in self.matter.rows:
            baseline = y + (pitch - size) // 2 + ascent(size)
            fit = Fit.NATURAL if row.is_end else Fit.FULL
            for run in set_line(row.shaped, row.span, self.measure, fit):
                yield Placed(x + run.x, baseline + run.y, run.item)
            y += pitch + (white if row.is_end else 0)


class NumbersBlock(NamedTuple):
    """Date and numbers of the issue in a frame."""

    block: Block
    content: SlotContent
    setting: Setting

    @property
    def depths(self) -> Depths:
        """The rows in their usual size with a line of white above and below."""
        grid = self.setting.design.grid
        data = set_data(block_data("numbers", self.setting), self.setting, self._measure, grid.area.height)
        natural = lines_for(data.height, grid.pitch) + 2
        return Depths(max(3, natural * 2 // 3), natural, natural + _ROOM)

    @property
    def _measure(self) -> Emu:
        grid = self.setting.design.grid
        return grid.width(self.block.columns, self.block.column) - 2 * padding(self.content, grid).ems * grid.em

    def place(self, depth: int) -> PlacedBlock:
        """Return the rows as a block in the middle of the frame."""
        grid, setting = self.setting.design.grid, self.setting
        rect = Rect(0, 0, grid.width(self.block.columns, self.block.column), depth * grid.pitch)
        data = set_data(block_data("numbers", setting), setting, self._measure, rect.height - grid.pitch)
        rows = data.placed((rect.width - data.width) // 2, (rect.height - data.height) // 2, data.width, Align.LEFT)
        items = (furniture_mark("numbers"), *enclosure(self.content, rect, grid), *rows)
        found = data.problems if data.fits else (*data.problems, too_large("numbers", data.span, setting))
        if not data.rows:
            found = (finding("no-numbers", self.block.span, area=self.block.letter),)
        inset = padding(self.content, grid).ems * grid.em
        parts = area_parts(self.block, grid, depth)._replace(
            inset=inset, largest=max((row.size for row in data.rows), default=0)
        )
        return PlacedBlock(Frame(rect.width, rect.height, items), parts, found)


def measure_slot(block: Block, content: SlotContent, setting: Setting) -> SlotBlock | NumbersBlock:
    """Return the slot set for its area."""
    if content.kind == "numbers":
        return NumbersBlock(block, content, setting)
    grid = setting.design.grid
    measure = grid.width(block.columns, block.column) - 2 * padding(content, grid).ems * grid.em
    title = narrow_title(content.title.text, measure, setting.shaper)
    matter = _set_lines(title, content, measure, _USUAL, setting)
    if len(matter.rows) > len(content.lines):
        matter = _set_lines(title, content, measure, _SMALL, setting)
    return SlotBlock(block, content, setting, matter, measure)


def _set_lines(title: BoxTitle, content: SlotContent, measure: Emu, size: Emu, setting: Setting) -> _Matter:
    """Return the lines of a slot in one size; one too long for the measure is broken."""
    rows: list[_Row] = []
    problems = [*absent_glyphs(title.line.absent, content.title.place_of)]
    for words in content.lines:
        shaped, absent = setting.shaper.shape([StyledText(words.text, Role.SONG.value)], size)
        problems += absent_glyphs(absent, words.place_of)
        spans = break_lines(shaped, measure)
        rows += (_Row(shaped, span, span is spans[-1]) for span in spans)
    widest = measure if len(rows) > len(content.lines) else max((line_width(row.shaped) for row in rows), default=0)
    return _Matter(title, tuple(rows), size, widest, tuple(problems))

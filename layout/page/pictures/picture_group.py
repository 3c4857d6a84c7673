"""Several pictures as a block (组图): in rows that are cropped to one height each, with words below each and below all."""

from itertools import accumulate
from typing import NamedTuple

from layout.design.styles import CAPTION
from layout.diagnostics import Diagnostic, absent_glyphs, finding
from layout.flow.solve import Price
from layout.frame import Art, Frame, Mark, MarkKind, Picture, Placed
from layout.geometry import Rect
from layout.manifest.issue import Block, PictureContent, PictureGroup
from layout.page.block import Depths, PlacedBlock, Setting, lines_for
from layout.page.parts import area_parts
from layout.page.pictures.caption import set_caption
from layout.page.pictures.cropping import resolution_findings, shaped_picture
from layout.page.pictures.picture import GIVE
from layout.units import Emu, divide, share

LEAST_EMS = 5
"""The narrowest picture of a group: below it no face is known again, and no caption can be set."""


class _Cell(NamedTuple):
    """A picture of a row: its place across, its width, and its own caption."""

    content: PictureContent
    x: Emu
    width: Emu
    caption: Frame

    @property
    def natural(self) -> Emu:
        """The height of the whole picture in its width."""
        return divide(self.width * self.content.height, self.content.width)


class _Row(NamedTuple):
    """Pictures side by side."""

    cells: tuple[_Cell, ...]

    @property
    def natural(self) -> Emu:
        """The mean of its pictures' heights, at which least of them is cropped."""
        return divide(sum(cell.natural for cell in self.cells), len(self.cells))

    @property
    def words(self) -> Emu:
        """The height of the deepest caption."""
        return max(cell.caption.height for cell in self.cells)


class PictureGroupBlock(NamedTuple):
    """A measured group; `caption` is the one that its pictures have in common."""

    block: Block
    content: PictureGroup
    setting: Setting
    rows: tuple[_Row, ...]
    caption: Frame
    problems: tuple[Diagnostic, ...]

    @property
    def _between(self) -> Emu:
        """The height of what stands between its first and its last picture: captions, and gutters as wide as across."""
        return sum(row.words for row in self.rows[:-1]) + (len(self.rows) - 1) * self.setting.design.grid.gutter

    @property
    def _words(self) -> Emu:
        """The height of what stands below its last pictures."""
        return self.rows[-1].words + self.caption.height

    @property
    def _natural(self) -> Emu:
        return sum(row.natural for row in self.rows)

    def _lines(self, pictures: Emu) -> int:
        """Return the lines that the group takes with pictures of a height in all rows together."""
        return lines_for(pictures + self._between + self._words, self.setting.design.grid.pitch)

    @property
    def _range(self) -> tuple[Emu, Emu]:
        """The least and the greatest height of all rows together; without a depth they take on a little white."""
        pitch = self.setting.design.grid.pitch
        if self.content.depth is None:
            return self._natural, self._natural + (GIVE + 1) * pitch
        least, most = (max(pitch, depth * pitch - self._between) for depth in self.content.depth)
        return least, most

    @property
    def depths(self) -> Depths:
        """The depth with rows of their natural heights, and those that its area allows."""
        natural = self._lines(self._natural)
        if self.content.depth is None:
            return Depths(natural, natural, natural + GIVE)
        least, most = map(self._lines, self._range)
        white = 0 if least < most else GIVE
        return Depths(least, min(max(natural, least), most), most + white, white, Price.PICTURE)

    def place(self, depth: int) -> PlacedBlock:
        """Return the group in `depth` lines: its pictures are cropped so that its words end at the foot."""
        grid = self.setting.design.grid
        least, most = self._range
        pictures = min(max(depth * grid.pitch - self._between - self._words, least), most)
        over = self._lines(pictures) - depth
        deep = (finding("picture-too-deep", self.block.span, area=self.block.letter, lines=over),) if over > 0 else ()
        problems = [*self.problems, *deep]
        items: list[Placed] = []
        y = foot = 0
        for row, height in zip(self.rows, self._heights(pictures), strict=True):
            for cell in row.cells:
                picture = shaped_picture(cell.content, cell.width, height, self.setting)
                problems += resolution_findings(cell.content, picture)
                items += self._cell(cell, picture, y)
            foot = y + height
            y = foot + row.words + grid.gutter
        items.append(Placed(0, foot + self.rows[-1].words, self.caption))
        width, size = grid.width(self.block.columns, self.block.column), CAPTION.size if self._has_words else 0
        parts = area_parts(self.block, grid, depth)._replace(picture=Rect(0, 0, width, foot), largest=size)
        return PlacedBlock(Frame(width, depth * grid.pitch, tuple(items)), parts, tuple(problems))

    @property
    def _has_words(self) -> bool:
        return bool(self._words or any(row.words for row in self.rows))

    def _heights(self, pictures: Emu) -> list[Emu]:
        """Return the height of each row: its part of all."""
        ends = [divide(pictures * end, self._natural) for end in accumulate(row.natural for row in self.rows)]
        return [end - start for start, end in zip([0, *ends], ends, strict=False)]

    def _cell(self, cell: _Cell, picture: Picture | Art, y: Emu) -> tuple[Placed, ...]:
        words = cell.content.caption or self.content.caption
        return (
            Placed(cell.x, y, Mark(MarkKind.PICTURE, cell.content.path.stem, words)),
            Placed(cell.x, y, picture._replace(caption=words)),
            Placed(cell.x, y + picture.height, cell.caption),
        )


def measure_picture_group(block: Block, content: PictureGroup, setting: Setting) -> PictureGroupBlock:
    """Return the group with its rows and its captions set for its area."""
    grid = setting.design.grid
    width = grid.width(block.columns, block.column)
    wanted = content.across or usual_across(len(content.pictures))
    most = max(1, (width + grid.gutter) // (LEAST_EMS * grid.em + grid.gutter))
    across = min(wanted, most)
    problems: tuple[Diagnostic, ...] = ()
    if wanted > most:
        problems = (finding("pictures-too-narrow", block.span, area=block.letter, wanted=wanted, most=most, least=LEAST_EMS),)
    rows = []
    for start in range(0, len(content.pictures), across):
        row, found = _row(content.pictures[start : start + across], width, block, setting)
        rows.append(row)
        problems += found
    caption, absent = set_caption(content.caption, content.credit, width, setting)
    problems += absent_glyphs(absent, lambda _: block.span)
    return PictureGroupBlock(block, content, setting, tuple(rows), caption, problems)


def usual_across(count: int) -> int:
    """Return how many of so many pictures stand side by side: two of four, three of more, four of ten or more."""
    return count if count < 4 else 2 if count == 4 else 3 if count < 10 else 4


def _row(
    contents: tuple[PictureContent, ...], width: Emu, block: Block, setting: Setting
) -> tuple[_Row, tuple[Diagnostic, ...]]:
    """Return pictures side by side that fill a width, a gutter between two, with findings; a short last row has wider ones."""
    gutter = setting.design.grid.gutter
    cells: list[_Cell] = []
    problems: tuple[Diagnostic, ...] = ()
    x = 0
    for content, part in zip(contents, share(width - (len(contents) - 1) * gutter, len(contents)), strict=True):
        caption, absent = set_caption(content.caption, content.credit, part, setting)
        problems += absent_glyphs(absent, lambda _: block.span)
        cells.append(_Cell(content, x, part, caption))
        x += part + gutter
    return _Row(tuple(cells)), problems

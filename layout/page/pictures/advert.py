"""An advert (广告): art in the room of its module, with a border, and marked as what it is.

The press law asks for the mark: 《报纸出版管理规定》 (2005), article 38.
"""

from typing import NamedTuple

from layout.design.grid import ascent
from layout.design.modules import ModuleSize, module_sizes
from layout.design.styles import LineStyle
from layout.diagnostics import Diagnostic, absent_glyphs, finding
from layout.frame import WHITE, Fill, Frame, Mark, MarkKind, Placed
from layout.geometry import Rect, Size
from layout.manifest.areas import Align
from layout.manifest.issue import AdvertContent, Block
from layout.manifest.paper import Role
from layout.page.bands import gap_below
from layout.page.block import Depths, PlacedBlock, Setting, lines_for
from layout.page.borders.enclosure import enclosure
from layout.page.borders.table import STYLES
from layout.page.parts import area_parts
from layout.page.pictures.cropping import fitted, resolution_findings, shaped_picture
from layout.text.single import SingleLine, set_single
from layout.units import PT, divide, millimetres

MARK = "广告"
_MARK_STYLE = LineStyle(Role.HEI, 15 * PT // 2)
"""六号."""

_MARK_WHITE = 300
"""White round the mark on its ground, in per mille of its size."""

_TOLERANCE = 20
"""By how much, in per mille, art may be too narrow or too wide for its module."""


class AdvertBlock(NamedTuple):
    """A measured advert: its art keeps its proportions in the middle of its area."""

    block: Block
    content: AdvertContent
    setting: Setting

    @property
    def _sizes(self) -> tuple[ModuleSize, ...]:
        return module_sizes(self.content.module, self.setting.design.grid)

    @property
    def _size(self) -> ModuleSize | None:
        """The size of the module that suits the area's columns, else its first."""
        sizes = self._sizes
        return next((size for size in sizes if size.columns == self.block.columns), next(iter(sizes), None))

    @property
    def depths(self) -> Depths:
        """The module's depth without the white below; where the page gives it its size, what the art needs."""
        grid, size = self.setting.design.grid, self._size
        if size is not None:
            depth = max(1, size.lines - gap_below(self.block, self.setting.page))
        else:
            picture = self.content.picture
            depth = lines_for(
                divide(grid.width(self.block.columns, self.block.column) * picture.height, picture.width), grid.pitch
            )
        return Depths(depth, depth, depth)

    def place(self, depth: int) -> PlacedBlock:
        """Return the advert in its area."""
        grid = self.setting.design.grid
        rect = Rect(0, 0, grid.width(self.block.columns, self.block.column), depth * grid.pitch)
        border = STYLES[self.content.border].thickness(grid.em)
        room = rect.inset(border) if min(rect.width, rect.height) > 2 * border else rect
        width, height = fitted(self.content.picture, room.width, room.height)
        picture = shaped_picture(self.content.picture, width, height, self.setting)
        art = Placed((rect.width - width) // 2, (rect.height - height) // 2, picture)
        begin = Placed(0, 0, Mark(MarkKind.ADVERT, self.content.picture.path.stem, self.content.title))
        mark = set_single(MARK, _MARK_STYLE, self.setting.shaper)
        ground, *words = _marked(mark, room) if self.content.is_marked else (None,)
        under = (art,) if ground is None else (art, ground)
        items = (begin, *under, *enclosure(self.content, rect, grid), *words)
        parts = area_parts(self.block, grid, depth)._replace(is_unmarked=not self.content.is_marked)
        absent = absent_glyphs(mark.absent if words else (), lambda _: self.block.span)
        return PlacedBlock(
            Frame(rect.width, rect.height, items),
            parts,
            (*absent, *self._problems(depth), *resolution_findings(self.content.picture, picture)),
        )

    def _problems(self, depth: int) -> tuple[Diagnostic, ...]:
        """Return findings where columns, depth or proportions are not those of the module.

        Where the page gives the size, less than a line of white is none.
        """
        grid, size = self.setting.design.grid, self._size
        values = {"area": self.block.letter, "size": self.content.size, "page": self.setting.page.label}
        if size is not None and size.columns != self.block.columns:
            wanted = "/".join(str(each.columns) for each in self._sizes)
            return (finding("advert-columns", self.block.span, columns=self.block.columns, wanted=wanted, **values),)
        if size is not None and depth != self.depths.natural:
            wanted_lines = self.depths.natural + gap_below(self.block, self.setting.page)
            given = depth + gap_below(self.block, self.setting.page)
            return (finding("advert-depth", self.block.span, lines=given, wanted=wanted_lines, **values),)
        if size is None and depth == self.depths.natural:
            return ()
        lines = depth if size is None else size.lines
        return self._proportions(Size(grid.width(self.block.columns, self.block.column), lines * grid.pitch))

    def _proportions(self, sold: Size) -> tuple[Diagnostic, ...]:
        """Return a finding where art is not like the size that was sold."""
        picture = self.content.picture
        like, wanted = picture.width * sold.height, picture.height * sold.width
        if abs(like - wanted) * 1000 <= _TOLERANCE * wanted:
            return ()
        unit = "px" if picture.art is None else "mm"
        sides = (picture.width, picture.height)
        shown = [f"{side}" if picture.art is None else f"{millimetres(side):.1f}" for side in sides]
        values = {"area": self.block.letter, "path": picture.path.name, "size": self.content.size}
        room = f"{millimetres(sold.width):.1f} × {millimetres(sold.height):.1f} mm"
        return (finding("advert-proportions", self.block.span, art=f"{' × '.join(shown)} {unit}", room=room, **values),)


def _marked(mark: SingleLine, room: Rect) -> tuple[Placed, ...]:
    """Return the mark on white in the upper right corner of a room, inside its border."""
    white = divide(mark.size * _MARK_WHITE, 1000)
    width, height = mark.width + 2 * white, mark.size + white
    x = room.right - width
    baseline = room.y + white // 2 + ascent(mark.size)
    return (Placed(x, room.y, Fill(width, height, WHITE)), *mark.placed(x + white, baseline, mark.width, Align.LEFT))

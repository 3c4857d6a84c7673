"""A placed picture (图片) with its caption and credit."""

from typing import NamedTuple

from layout.design.styles import CAPTION
from layout.diagnostics import Diagnostic, absent_glyphs, finding
from layout.flow.solve import Price
from layout.frame import Frame, Mark, MarkKind, Placed
from layout.geometry import Rect
from layout.manifest.issue import Block, PictureContent
from layout.manifest.picture_areas import CaptionAt
from layout.page.block import Depths, PlacedBlock, Setting, lines_for
from layout.page.parts import area_parts
from layout.page.pictures.caption import below_type, set_caption
from layout.page.pictures.cropping import resolution_findings, shaped_picture
from layout.units import Emu, divide

GIVE = 2
"""Lines of white that may be added below a picture which may not be cropped to fill its area."""


class PictureBlock(NamedTuple):
    """A measured picture: it fills `width`, and keeps its proportions or is cropped to the depth that its area allows.

    `is_beside` says that the caption stands in the last column of the area, at the picture's foot.
    """

    block: Block
    content: PictureContent
    setting: Setting
    width: Emu
    caption: Frame
    is_beside: bool
    problems: tuple[Diagnostic, ...]

    @property
    def natural(self) -> Emu:
        """The height of the whole picture on paper."""
        return divide(self.width * self.content.height, self.content.width)

    def _lines(self, height: Emu) -> int:
        """Return the lines that a picture of a height takes with its caption."""
        high = max(height, self.caption.height) if self.is_beside else height + self.caption.height
        return lines_for(high, self.setting.design.grid.pitch)

    @property
    def depths(self) -> Depths:
        """The picture's and the caption's depth: as the area allows it to be cropped, or with a little white."""
        natural = self._lines(self.natural)
        if self.content.depth is None:
            return Depths(natural, natural, natural + GIVE)
        least, most = (self._lines(depth * self.setting.design.grid.pitch) for depth in self.content.depth)
        white = 0 if least < most else GIVE
        return Depths(least, min(max(natural, least), most), most + white, white, Price.PICTURE)

    def _height(self, depth: int) -> Emu:
        """Return the height of the picture in an area so many lines deep."""
        if self.content.depth is None:
            return self.natural
        pitch = self.setting.design.grid.pitch
        least, most = (depth * pitch for depth in self.content.depth)
        room = depth * pitch - (0 if self.is_beside else self.caption.height)
        return min(max(room, least), most)

    def place(self, depth: int) -> PlacedBlock:
        """Return the picture at the top of its area with its caption under it or beside it."""
        grid = self.setting.design.grid
        outer, height = depth * grid.pitch, self._height(depth)
        picture = shaped_picture(self.content, self.width, height, self.setting)
        over = self._lines(height) - depth
        deep = (finding("picture-too-deep", self.block.span, area=self.block.letter, lines=over),) if over > 0 else ()
        problems = (*self.problems, *deep, *resolution_findings(self.content, picture))
        items = (
            Placed(0, 0, Mark(MarkKind.PICTURE, self.content.path.stem, self.content.caption)),
            Placed(0, 0, picture),
            self._placed_caption(height),
        )
        parts = area_parts(self.block, grid, depth)._replace(
            picture=Rect(0, 0, self.width, height), largest=CAPTION.size if self.caption.items else 0
        )
        return PlacedBlock(Frame(grid.width(self.block.columns, self.block.column), outer, items), parts, problems)

    def _placed_caption(self, height: Emu) -> Placed:
        if not self.is_beside:
            return Placed(0, height, self.caption)
        y = max(0, height - self.caption.height + below_type(self.setting))
        return Placed(self.width + self.setting.design.grid.gutter, y, self.caption)


def measure_picture(block: Block, content: PictureContent, setting: Setting) -> PictureBlock:
    """Return the picture with its caption set for its area."""
    grid = setting.design.grid
    wants_beside = content.caption_at is CaptionAt.BESIDE
    is_beside = wants_beside and block.columns > 1
    width = grid.width(block.columns - is_beside, block.column)
    caption, absent = set_caption(content.caption, content.credit, grid.width(1) if is_beside else width, setting)
    problems = absent_glyphs(absent, lambda _: block.span)
    if wants_beside and not is_beside:
        problems = (*problems, finding("no-room-beside", block.span, area=block.letter))
    return PictureBlock(block, content, setting, width, caption, is_beside, problems)

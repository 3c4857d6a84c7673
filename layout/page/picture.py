"""A placed picture (图片) with its caption and credit."""

from typing import NamedTuple

from layout.design.grid import ascent
from layout.diagnostics import Absent, Diagnostic, absent_glyphs, finding
from layout.frame import Frame, GlyphRun, Mark, MarkKind, Placed
from layout.geometry import Rect
from layout.manifest.areas import Align
from layout.manifest.issue import Block, PictureContent
from layout.manifest.paper import Role
from layout.page.artwork import artwork
from layout.page.block import Depths, PlacedBlock, Setting, lines_for
from layout.page.parts import area_parts
from layout.text.justify import Fit, set_line
from layout.text.lines import break_lines
from layout.text.measure import line_width
from layout.text.shaped import StyledText
from layout.units import PT, Emu, divide

_CAPTION_SIZE = 17 * PT // 2
_GIVE = 2


class PictureBlock(NamedTuple):
    """A measured picture: it keeps its proportions and fills the width of its area."""

    block: Block
    content: PictureContent
    setting: Setting
    caption: Frame
    problems: tuple[Diagnostic, ...]

    @property
    def size(self) -> tuple[Emu, Emu]:
        """Width and height of the picture on paper."""
        width = self.setting.design.grid.width(self.block.columns)
        return width, divide(width * self.content.height, self.content.width)

    @property
    def depths(self) -> Depths:
        """The picture's and the caption's depth; a little white may be added between them."""
        natural = lines_for(self.size[1] + self.caption.height, self.setting.design.grid.pitch)
        return Depths(natural, natural, natural + _GIVE)

    def place(self, depth: int) -> PlacedBlock:
        """Return the picture at the top of its area with its caption under it."""
        width, height = self.size
        outer = depth * self.setting.design.grid.pitch
        problems = self.problems
        if height + self.caption.height > outer:
            over = lines_for(height + self.caption.height - outer, self.setting.design.grid.pitch)
            problems = (*problems, finding("picture-too-deep", self.block.span, area=self.block.letter, lines=over))
        items = (
            Placed(0, 0, Mark(MarkKind.PICTURE, self.content.path.stem, self.content.caption)),
            Placed(0, 0, artwork(self.content, width, height)),
            Placed(0, height, self.caption),
        )
        parts = area_parts(self.block, self.setting.design.grid, depth)._replace(
            picture=Rect(0, 0, width, height), largest=_CAPTION_SIZE if self.caption.items else 0
        )
        return PlacedBlock(Frame(width, outer, items), parts, problems)


def measure_picture(block: Block, content: PictureContent, setting: Setting) -> PictureBlock:
    """Return the picture with its caption set for its area."""
    caption, absent = _caption(content, setting, setting.design.grid.width(block.columns))
    return PictureBlock(block, content, setting, caption, absent_glyphs(absent, lambda _: block.span))


def _caption(content: PictureContent, setting: Setting, width: Emu) -> tuple[Frame, tuple[Absent, ...]]:
    """Return caption and credit: the caption in 楷, the credit at the end of its last line or on a line of its own."""
    pitch = setting.design.grid.pitch
    shaped, absent = setting.shaper.shape([StyledText(content.caption, Role.KAI.value)], _CAPTION_SIZE)
    credit, others = setting.shaper.shape([StyledText(content.credit, Role.KAI.value)], _CAPTION_SIZE)
    items: list[Placed] = []
    row = used = 0
    for text, align in ((shaped, Align.LEFT), (credit, Align.RIGHT)):
        lines = break_lines(text, width)
        beside = len(lines) == 1 and row and used + line_width(text) + setting.design.grid.em <= width
        row -= 1 if beside else 0
        for line in lines:
            fit = Fit.NATURAL if line is lines[-1] else Fit.FULL
            runs = set_line(text, line, width, fit)
            used = sum(placed.item.width for placed in runs if isinstance(placed.item, GlyphRun))
            x = width - used if align is Align.RIGHT else 0
            items += [Placed(x + run.x, _baseline(row, pitch) + run.y, run.item) for run in runs]
            row += 1
    return Frame(width, row * pitch + pitch // 3 if row else 0, tuple(items)), (*absent, *others)


def _baseline(row: int, pitch: Emu) -> Emu:
    return pitch // 3 + row * pitch + (pitch - _CAPTION_SIZE) // 2 + ascent(_CAPTION_SIZE)

"""The paper's name (报名), in brush characters or as its own art, as large as its room allows."""

from layout.design.styles import LineStyle
from layout.frame import GlyphRun, Placed
from layout.manifest.areas import Align
from layout.manifest.issue import PictureContent
from layout.manifest.paper import Paper, Role
from layout.page.block import Setting
from layout.page.cropping import fitted, shaped_picture
from layout.page.furniture.piece import Datum, Furniture, lacking
from layout.text.shape import Shaper
from layout.text.single import SingleLine, set_single
from layout.units import PT, Emu, divide

_NAME_WIDTH, _NAME_HEIGHT = 90, 94
"""The most of the masthead's width and of its height, without the Latin name, that the paper's name takes, in per cent."""


def level_name(setting: Setting, width: Emu, height: Emu) -> Furniture:
    """Return the name on one line in a room, its ink centred a little above the middle."""
    if setting.issue.masthead is not None:
        return _art(setting.issue.masthead, setting, width, height)
    paper = setting.issue.paper
    name = _level_line(paper, setting.shaper, width, height)
    top, bottom = _ink_heights(name, setting.shaper)
    baseline = divide((height - (top + bottom)) * 9, 20) + top
    problems = lacking([Datum(paper.name.text, paper.name)], [name], setting)
    return Furniture(name.placed(0, baseline, width, Align.CENTRE), problems, name.size)


def _art(art: PictureContent, setting: Setting, width: Emu, height: Emu) -> Furniture:
    """Return the art that stands for the name, as large and as high as brush characters; its words are the paper's name."""
    across, down = fitted(art, width * _NAME_WIDTH // 100, height * _NAME_HEIGHT // 100)
    item = shaped_picture(art._replace(caption=setting.issue.paper.name.text), across, down, setting)
    return Furniture((Placed((width - across) // 2, divide((height - down) * 9, 20), item),), size=down)


def _level_line(paper: Paper, shaper: Shaper, width: Emu, height: Emu) -> SingleLine:
    """Return the paper's name as large as the box allows: its ink within the height, its line within the width."""
    trial = set_single(paper.name.text, LineStyle(Role.BRUSH, 100 * PT), shaper)
    top, bottom = _ink_heights(trial, shaper)
    size = min(
        100 * PT * height * _NAME_HEIGHT // (100 * max(1, top + bottom)),
        100 * PT * width * _NAME_WIDTH // (100 * max(1, trial.width)),
    )
    name = set_single(paper.name.text, LineStyle(Role.BRUSH, size), shaper)
    tracking = min(80, max(0, (width * 88 // 100 - name.width) * 1000 // (size * max(1, len(paper.name.text) - 1))))
    return set_single(paper.name.text, LineStyle(Role.BRUSH, size, tracking=tracking), shaper)


def _ink_heights(line: SingleLine, shaper: Shaper) -> tuple[Emu, Emu]:
    """Return how far a line's ink reaches above and below its baseline."""
    top = bottom = 0
    for run in (placed.item for placed in line.runs if isinstance(placed.item, GlyphRun)):
        face = shaper.faces[run.face]
        for glyph in run.glyphs:
            _, low, _, height = face.ink(glyph)
            top = max(top, divide((low + height) * run.size, face.upem))
            bottom = max(bottom, divide(-low * run.size, face.upem))
    return top, bottom

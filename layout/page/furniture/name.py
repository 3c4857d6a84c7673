"""The paper's name (报名), in brush characters or as its own art, as large as its room allows."""

from layout.design.styles import LineStyle
from layout.diagnostics import absent_glyphs
from layout.frame import BLACK, GlyphRun, Ink, Placed
from layout.manifest.areas import Align
from layout.manifest.issue import PictureContent
from layout.manifest.issue_file import Ink as PageInk
from layout.manifest.paper import Paper, Role
from layout.page.block import Setting
from layout.page.furniture.piece import SMALLEST, Datum, Furniture, lacking, too_large
from layout.page.pictures.cropping import fitted, shaped_picture
from layout.text.shape import Shaper
from layout.text.single import SingleLine, set_single
from layout.text.vertical import VerticalLine, set_vertical
from layout.units import PT, Emu, divide

_NAME_WIDTH, _NAME_HEIGHT = 90, 94
"""The most of the masthead's width and of its height, without the Latin name, that the paper's name takes, in per cent."""


_MOST_DOWN = 120
"""The most white between the characters of a name that goes down, in per mille of their size."""


def level_name(setting: Setting, width: Emu, height: Emu) -> Furniture:
    """Return the name on one line in a room, its ink centred a little above the middle."""
    if setting.issue.masthead is not None:
        return _art(setting.issue.masthead, setting, width, height)
    paper = setting.issue.paper
    name = _level_line(paper, name_ink(setting), setting.shaper, width, height)
    top, bottom = _ink_heights(name, setting.shaper)
    baseline = divide((height - (top + bottom)) * 9, 20) + top
    problems = lacking([Datum(paper.name.text, paper.name)], [name], setting)
    return Furniture(name.placed(0, baseline, width, Align.CENTRE), problems, name.size)


def name_down(setting: Setting, width: Emu, height: Emu) -> Furniture:
    """Return the name down the page (竖报头) in the middle of a room."""
    if setting.issue.masthead is not None:
        art = _art(setting.issue.masthead, setting, width, height)
        return art._replace(size=min(art.size, width * _NAME_WIDTH // 100))
    name = _line_down(setting, width, height)
    top = (height - name.length) // 2
    small = () if name.size > SMALLEST else (too_large("masthead", setting.issue.paper.name.span, setting),)
    items = tuple(Placed(width // 2 + run.x, top + run.y, run.item) for run in name.runs)
    absent = absent_glyphs(name.absent, setting.issue.paper.name.place_of)
    return Furniture(items, (*absent, *small), name.size)


def name_ink(setting: Setting) -> Ink:
    """Return the ink of the name; on a page in black alone it is black."""
    return BLACK if setting.page.ink is PageInk.BLACK else setting.issue.paper.masthead.ink.value


def _line_down(setting: Setting, width: Emu, height: Emu) -> VerticalLine:
    """Return the name down the page as large as its room allows, spaced where the width holds it small."""
    text, room = setting.issue.paper.name.text, height * _NAME_HEIGHT // 100
    style = LineStyle(Role.BRUSH, 100 * PT, ink=name_ink(setting))
    longest = 100 * PT * room // max(1, set_vertical(text, style, setting.shaper).length)
    size = max(SMALLEST, min(longest, width * _NAME_WIDTH // 100))
    tracking = min(_MOST_DOWN, (room - size * len(text)) * 1000 // (size * max(1, len(text) - 1)))
    return set_vertical(text, style._replace(size=size, tracking=max(0, tracking)), setting.shaper)


def _art(art: PictureContent, setting: Setting, width: Emu, height: Emu) -> Furniture:
    """Return the art that stands for the name, as large and as high as brush characters; its words are the paper's name."""
    across, down = fitted(art, width * _NAME_WIDTH // 100, height * _NAME_HEIGHT // 100)
    item = shaped_picture(art._replace(caption=setting.issue.paper.name.text), across, down, setting)
    return Furniture((Placed((width - across) // 2, divide((height - down) * 9, 20), item),), size=down)


def _level_line(paper: Paper, ink: Ink, shaper: Shaper, width: Emu, height: Emu) -> SingleLine:
    """Return the paper's name as large as the box allows: its ink within the height, its line within the width."""
    trial = set_single(paper.name.text, LineStyle(Role.BRUSH, 100 * PT), shaper)
    top, bottom = _ink_heights(trial, shaper)
    size = min(
        100 * PT * height * _NAME_HEIGHT // (100 * max(1, top + bottom)),
        100 * PT * width * _NAME_WIDTH // (100 * max(1, trial.width)),
    )
    name = set_single(paper.name.text, LineStyle(Role.BRUSH, size, ink=ink), shaper)
    tracking = min(80, max(0, (width * 88 // 100 - name.width) * 1000 // (size * max(1, len(paper.name.text) - 1))))
    return set_single(paper.name.text, LineStyle(Role.BRUSH, size, tracking=tracking, ink=ink), shaper)


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

"""What stands on every issue: masthead (报头), date bar, folio (报眉) and page foot (版脚)."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from layout.design.grid import ascent
from layout.design.plan import HEAVY_RULE, RULE
from layout.design.styles import LineStyle
from layout.diagnostics import Absent, Diagnostic, Span, absent_glyphs, finding
from layout.frame import Frame, GlyphRun, Mark, MarkKind, Placed
from layout.manifest.areas import Align, FurnitureArea
from layout.manifest.issue import Block, PictureContent
from layout.manifest.issue_file import Staff
from layout.manifest.paper import Imprint, Paper, Role
from layout.messages import Phrase
from layout.page.block import Depths, PlacedBlock, Setting, shallow
from layout.page.cropping import fitted, shaped_picture
from layout.page.parts import area_parts
from layout.page.rules import horizontal
from layout.script.numerals import date_in_words, lunar_date, weekday
from layout.text.shape import Shaper
from layout.text.single import SingleLine, set_single
from layout.units import MM, PT, Emu, divide

_IMPRINT_LABELS: dict[str, str] = {
    "authority": "主管：",
    "sponsor": "主办：",
    "publisher": "出版：",
    "cn": "国内统一连续出版物号：",
    "postal_code": "邮发代号：",
    "address": "地址：",
    "postcode": "邮编：",
    "phone": "电话：",
    "website": "网址：",
    "printer": "印刷：",
    "price": "零售：",
}
NAMES: dict[str, Phrase] = {
    "masthead": Phrase("报头", "masthead"),
    "datebar": Phrase("日期栏", "date bar"),
    "folio": Phrase("报眉", "folio"),
    "foot": Phrase("版脚", "page foot"),
}
_STAFF_LABELS: dict[str, str] = {"editor": "责编：", "proof": "校对：", "layout": "版式："}

_HALF_EM = "\u2002"

_DATEBAR = Depths(3, 3, 3)
_SMALLEST = 11 * PT // 2
_DATEBAR_SIZE = 11 * PT
_FOOT_SIZE = 15 * PT // 2
_LABEL_SIZE = 30 * PT
_NAME_WIDTH, _NAME_HEIGHT = 90, 94
"""The most of the masthead's width and of its height, without the Latin name, that the paper's name takes, in per cent."""

_ABOVE_RULE = 3 * MM
"""From the folio's rule up to its baseline."""


class Furniture(NamedTuple):
    """A piece of furniture before it has its place: items, characters that no face has, and whether it fits.

    `size` is that of its largest type.
    """

    items: tuple[Placed, ...]
    absent: tuple[Absent, ...] = ()
    fits: bool = True
    size: Emu = 0

    def problems(self, name: str, setting: Setting) -> tuple[Diagnostic, ...]:
        """Return the findings, with the places in paper and issue that the words come from."""
        own = setting.page.name if name == "folio" and setting.page.name.text else setting.issue.paper.name
        wide = () if self.fits else (finding("furniture-too-wide", own.span, page=setting.page.label, name=NAMES[name]),)
        return (*absent_glyphs(self.absent, lambda character: _place_of(character, setting)), *wide)


def _place_of(character: str, setting: Setting) -> Span:
    """Return where a character of the furniture stands in the copy: page name, paper name, or the paper's file."""
    names = (setting.page.name, setting.issue.paper.name)
    found = next((words for words in names if character in words.text), None)
    return setting.issue.paper.span if found is None else found.place_of(character)


class FurnitureBlock(NamedTuple):
    """The masthead or the date bar in its area."""

    block: Block
    content: FurnitureArea
    setting: Setting

    @property
    def depths(self) -> Depths:
        """The date bar takes three lines; the masthead some three tenths of its width."""
        if self.content.kind == "datebar":
            return _DATEBAR
        grid = self.setting.design.grid
        natural = max(4, divide(grid.width(self.block.columns, self.block.column) * 3, 10 * grid.pitch))
        return Depths(natural * 3 // 4, natural, natural * 6 // 5)

    @property
    def _mark(self) -> Placed:
        """The mark that begins the furniture; it says the paper's name where art does."""
        if self.content.kind == "masthead" and self.setting.issue.masthead is not None:
            return Placed(0, 0, Mark(MarkKind.FURNITURE, self.content.kind, self.setting.issue.paper.name.text))
        return furniture_mark(self.content.kind)

    def place(self, depth: int) -> PlacedBlock:
        """Return the furniture in `depth` lines."""
        grid = self.setting.design.grid
        width, height = grid.width(self.block.columns, self.block.column), depth * grid.pitch
        make = _masthead if self.content.kind == "masthead" else _datebar
        made = make(self.setting, width, height)
        frame = Frame(width, height, (self._mark, *made.items))
        problems = shallow(self.block, depth, self.depths.least, self.setting)
        parts = area_parts(self.block, grid, depth)
        parts = parts._replace(name=made.size) if self.content.kind == "masthead" else parts._replace(largest=made.size)
        return PlacedBlock(frame, parts, (*problems, *made.problems(self.content.kind, self.setting)))


def furniture_mark(name: str) -> Placed:
    """Return the mark that begins a piece of furniture."""
    return Placed(0, 0, Mark(MarkKind.FURNITURE, name))


def _masthead(setting: Setting, width: Emu, height: Emu) -> Furniture:
    """Return the name, in brush characters or as the paper's own art, and the Latin name below."""
    paper, shaper = setting.issue.paper, setting.shaper
    latin_size = divide(height, 15)
    room = height - (2 * latin_size if paper.latin else 0)
    art = setting.issue.masthead
    name = _name(paper, shaper, width, room) if art is None else _name_art(art, setting, width, room)
    latin, fits = _fitted(
        [paper.latin or ""], LineStyle(Role.SONG, latin_size, tracking=450), shaper, lambda lines: lines[0].width <= width
    )
    items = (*name.items, *latin[0].placed(0, height - latin_size, width, Align.CENTRE))
    return Furniture(items, (*name.absent, *latin[0].absent), fits, name.size)


def _name(paper: Paper, shaper: Shaper, width: Emu, room: Emu) -> Furniture:
    """Return the name in brush characters, its ink centred a little above the middle."""
    name = _name_line(paper, shaper, width, room)
    top, bottom = _ink_heights(name, shaper)
    baseline = divide((room - (top + bottom)) * 9, 20) + top
    return Furniture(name.placed(0, baseline, width, Align.CENTRE), name.absent, size=name.size)


def _name_art(art: PictureContent, setting: Setting, width: Emu, room: Emu) -> Furniture:
    """Return the art that stands for the name, as large and as high as brush characters; its words are the paper's name."""
    across, down = fitted(art, width * _NAME_WIDTH // 100, room * _NAME_HEIGHT // 100)
    item = shaped_picture(art._replace(caption=setting.issue.paper.name.text), across, down, setting)
    return Furniture((Placed((width - across) // 2, divide((room - down) * 9, 20), item),), size=down)


def _fitted(
    texts: Sequence[str], style: LineStyle, shaper: Shaper, fits: Callable[[list[SingleLine]], bool]
) -> tuple[list[SingleLine], bool]:
    """Return the texts at the largest size, by half points, at which they fit, and whether they do at all."""
    size = max(style.size, _SMALLEST)
    while True:
        lines = [set_single(text, style._replace(size=size), shaper) for text in texts]
        if fits(lines):
            return lines, True
        if size <= _SMALLEST:
            return lines, False
        size = max(_SMALLEST, size - PT // 2)


def _name_line(paper: Paper, shaper: Shaper, width: Emu, height: Emu) -> SingleLine:
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


def _datebar(setting: Setting, width: Emu, height: Emu) -> Furniture:
    """Return date, lunar date, issue number and number of pages, spread evenly between two rules."""
    issue = setting.issue
    imprint = imprint_texts(issue.paper.imprint, ("cn", "postal_code"))
    texts = (
        f"{date_in_words(issue.date)}　{weekday(issue.date)}",
        lunar_date(issue.date),
        *imprint,
        f"第{issue.number}期",
        f"今日{issue.page_count}版",
    )
    pitch = setting.design.grid.pitch
    style = LineStyle(Role.SONG, _DATEBAR_SIZE)
    lines, fits = _fitted(texts, style, setting.shaper, lambda lines: _row_width(lines, 2 * pitch) <= width)
    size = lines[0].size
    top, bottom = pitch // 2, pitch // 2 + 7 * pitch // 4
    baseline = (top + bottom) // 2 - size // 2 + ascent(size)
    rules = (horizontal(0, top, width, HEAVY_RULE), horizontal(0, bottom, width, RULE))
    return Furniture((*rules, *spread(lines, width, baseline)), _absent(lines), fits, size)


def _row_width(lines: Sequence[SingleLine], gap: Emu) -> Emu:
    return sum(line.width for line in lines) + gap * (len(lines) - 1)


def _absent(lines: Sequence[SingleLine]) -> tuple[Absent, ...]:
    return tuple(absent for line in lines for absent in line.absent)


def spread(lines: Sequence[SingleLine], width: Emu, baseline: Emu) -> tuple[Placed, ...]:
    """Return the lines on one baseline with equal white between them, the first and the last at the edges."""
    spare = width - sum(line.width for line in lines)
    if len(lines) == 1:
        return lines[0].placed(0, baseline, width, Align.CENTRE)
    items: list[Placed] = []
    x = 0
    for number, line in enumerate(lines):
        items += line.placed(x + spare * number // (len(lines) - 1), baseline, line.width, Align.LEFT)
        x += line.width
    return tuple(items)


def folio_height(pitch: Emu) -> Emu:
    """Return the height that the folio takes above the type area, its white included."""
    return pitch // 2 + _ABOVE_RULE + _LABEL_SIZE


def foot_height(pitch: Emu) -> Emu:
    """Return the height that the page foot takes below the type area."""
    return pitch // 2 + 2 * _FOOT_SIZE


def folio(setting: Setting, height: Emu) -> Furniture:
    """Return the folio above the type area: page label at the outer edge, section in the middle, paper and date.

    Left pages (even numbers) have their label at the left, right pages at the right, a spread has both. A folio that is too
    wide for its page is set smaller as a whole, down to four tenths.
    """
    width = setting.design.grid.area.width
    for tenths in range(10, 3, -1):
        label, section, source, right = _folio_lines(setting, tenths)
        fits = section.width + 2 * (_row_width(source, 4 * MM) + 2 * MM) <= width
        if fits:
            break
    is_left = setting.page.number % 2 == 0
    rule_y = height - setting.design.grid.pitch // 2
    baseline = rule_y - _ABOVE_RULE
    items = [horizontal(0, rule_y, width, MM // 2), *section.placed(0, baseline, width, Align.CENTRE)]
    items += _row(label, MM, width, baseline, Align.LEFT if is_left else Align.RIGHT)
    source = source[::-1] if is_left else source
    if right:
        items += _row(right, MM, width, baseline, Align.RIGHT)
        inner = 2 * (_row_width(label, MM) + 4 * MM)
        items += [placed._replace(x=placed.x + inner) for placed in _row(source[::-1], 4 * MM, width, baseline, Align.LEFT)]
    else:
        items += _row(source, 4 * MM, width, baseline, Align.RIGHT if is_left else Align.LEFT)
    return Furniture(tuple(items), _absent([*label, section, *source, *right]), fits)


def _folio_lines(setting: Setting, tenths: int) -> tuple[list[SingleLine], SingleLine, list[SingleLine], list[SingleLine]]:
    """Return page label, section name, paper with date, and the label of a spread's right page, at tenths of their sizes."""
    issue, page, shaper = setting.issue, setting.page, setting.shaper

    def line(text: str, role: Role, size: int, tracking: int = 0) -> SingleLine:
        return set_single(text, LineStyle(role, size * PT * tenths // 10, tracking=tracking), shaper)

    words = f"{date_in_words(issue.date)}　{weekday(issue.date)}　第{issue.number}期"
    label, right = (
        [line(text, Role.HEI_HEAVY, _LABEL_SIZE // PT), line("版", Role.HEI_HEAVY, 12)] if text else []
        for text in (page.label, page.spread)
    )
    source = [line(issue.paper.name.text, Role.KAI, 13), line(words, Role.SONG, 9)]
    return label, line(page.name.text, Role.SONG_HEAVY, 21, 500), source, right


def _row(lines: Sequence[SingleLine], gap: Emu, width: Emu, baseline: Emu, align: Align) -> list[Placed]:
    """Return lines beside each other with a gap, as one group at an edge of the width."""
    x = 0 if align is Align.LEFT else width - _row_width(lines, gap)
    items: list[Placed] = []
    for line in lines:
        items += line.placed(x, baseline, line.width, Align.LEFT)
        x += line.width + gap
    return items


def foot(setting: Setting, is_front: bool) -> Furniture:
    """Return the page foot: the imprint on the front page, and who made the page; empty where nothing is given."""
    width, pitch = setting.design.grid.area.width, setting.design.grid.pitch
    texts = [*(imprint_texts(setting.issue.paper.imprint) if is_front else ()), *_staff_texts(setting.page.staff)]
    if not texts:
        return Furniture(())
    style = LineStyle(Role.SONG, _FOOT_SIZE)
    gap = 2 * _FOOT_SIZE
    lines, fits = _fitted(texts, style, setting.shaper, lambda lines: _row_width(lines, gap) <= width)
    baseline = pitch // 2 + _FOOT_SIZE + _FOOT_SIZE // 3
    items = (horizontal(0, pitch // 2, width, RULE), *_row(lines, gap, width, baseline, Align.RIGHT))
    return Furniture(items, _absent(lines), fits)


def imprint_texts(imprint: Imprint, names: Sequence[str] = tuple(_IMPRINT_LABELS)) -> list[str]:
    """Return the imprint's items with their labels, only those that the paper gives, in their legal order.

    The serial number has half an em after its letters (GB/T 9999).
    """
    given = {name: words.text for name in names if (words := getattr(imprint, name)).text}
    if "cn" in given:
        given["cn"] = given["cn"].replace(" ", _HALF_EM)
    return [f"{_IMPRINT_LABELS[name]}{text}" for name, text in given.items()]


def _staff_texts(staff: Staff) -> list[str]:
    return [f"{label}{value}" for name, label in _STAFF_LABELS.items() if (value := getattr(staff, name))]

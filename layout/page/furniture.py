"""What stands on every issue: masthead (报头), date bar, folio (报眉) and page foot (版脚)."""

from collections.abc import Sequence
from dataclasses import dataclass

from layout.design.grid import ascent
from layout.design.plan import HEAVY_RULE, RULE
from layout.design.styles import LineStyle
from layout.diagnostics import Diagnostic, missing_glyphs
from layout.frame import Frame, Mark, MarkKind, Placed
from layout.manifest.schema import Align, Block, FurnitureArea, Imprint, Paper, Role, Staff
from layout.page.block import Depths, PlacedBlock, Setting
from layout.page.rules import horizontal
from layout.script.numerals import date_in_words, lunar_date, weekday
from layout.text.single import SingleLine, set_single
from layout.typeface.catalogue import Faces
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
_STAFF_LABELS: dict[str, str] = {"editor": "责编：", "proof": "校对：", "layout": "版式："}

_MASTHEAD = Depths(12, 15, 18)
_DATEBAR = Depths(3, 3, 3)
_FOOT_SIZE = 15 * PT // 2


@dataclass(frozen=True, slots=True)
class FurnitureBlock:
    """The masthead or the date bar in its area."""

    block: Block
    content: FurnitureArea
    setting: Setting

    @property
    def depths(self) -> Depths:
        """The depths that suit the furniture."""
        return _MASTHEAD if self.content.kind == "masthead" else _DATEBAR

    def place(self, depth: int) -> PlacedBlock:
        """Return the furniture in `depth` lines."""
        grid = self.setting.design.grid
        width, height = grid.width(self.block.columns), depth * grid.pitch
        make = _masthead if self.content.kind == "masthead" else _datebar
        items, missing = make(self.setting, width, height)
        problems = missing_in_furniture(missing, self.setting)
        return PlacedBlock(Frame(width, height, (furniture_mark(self.content.kind), *items)), problems)


def furniture_mark(name: str) -> Placed:
    """Return the mark that begins a piece of furniture."""
    return Placed(0, 0, Mark(MarkKind.FURNITURE, name))


def missing_in_furniture(missing: Sequence[str], setting: Setting) -> tuple[Diagnostic, ...]:
    """Return the findings for characters of the furniture that no face has; they stand in the paper's file."""
    return missing_glyphs(missing, lambda _: setting.issue.paper.span)


def _masthead(setting: Setting, width: Emu, height: Emu) -> tuple[tuple[Placed, ...], Sequence[str]]:
    """Return the name in brush characters, its ink centred a little above the middle, and the Latin name below."""
    paper, faces = setting.issue.paper, setting.faces
    latin_size = divide(height, 15)
    room = height - (2 * latin_size if paper.latin else 0)
    name = _name_line(paper, faces, width, room)
    top, bottom = _ink_heights(name, faces)
    baseline = divide((room - (top + bottom)) * 9, 20) + top
    items = name.placed(0, baseline, width, Align.CENTRE)
    if not paper.latin:
        return items, name.missing
    latin = set_single(paper.latin, LineStyle(Role.SONG, latin_size, tracking=450), faces)
    return (*items, *latin.placed(0, height - latin_size, width, Align.CENTRE)), (*name.missing, *latin.missing)


def _name_line(paper: Paper, faces: Faces, width: Emu, height: Emu) -> SingleLine:
    """Return the paper's name as large as the box allows: its ink within the height, its line within the width."""
    trial = set_single(paper.name, LineStyle(Role.BRUSH, 100 * PT), faces)
    top, bottom = _ink_heights(trial, faces)
    size = min(100 * PT * height * 94 // (100 * max(1, top + bottom)), 100 * PT * width * 90 // (100 * max(1, trial.width)))
    name = set_single(paper.name, LineStyle(Role.BRUSH, size), faces)
    tracking = min(80, max(0, (width * 88 // 100 - name.width) * 1000 // (size * max(1, len(paper.name) - 1))))
    return set_single(paper.name, LineStyle(Role.BRUSH, size, tracking=tracking), faces)


def _ink_heights(line: SingleLine, faces: Faces) -> tuple[Emu, Emu]:
    """Return how far a line's ink reaches above and below its baseline."""
    top = bottom = 0
    for run, _ in line.runs:
        face = faces[run.face]
        for glyph in run.glyphs:
            _, low, _, height = face.ink(glyph)
            top = max(top, divide((low + height) * run.size, face.upem))
            bottom = max(bottom, divide(-low * run.size, face.upem))
    return top, bottom


def _datebar(setting: Setting, width: Emu, height: Emu) -> tuple[tuple[Placed, ...], Sequence[str]]:
    """Return date, lunar date, issue number and number of pages, spread evenly between two rules."""
    issue = setting.issue
    texts = (
        f"{date_in_words(issue.date)}　{weekday(issue.date)}",
        lunar_date(issue.date),
        *(f"{_IMPRINT_LABELS[name]}{value}" for name in ("cn", "postal_code") if (value := getattr(issue.paper.imprint, name))),
        f"第{issue.number}期",
        f"今日{len(issue.pages)}版",
    )
    pitch = setting.design.grid.pitch
    size = 11 * PT
    lines = [set_single(text, LineStyle(Role.SONG, size), setting.faces) for text in texts]
    top, bottom = pitch // 2, pitch // 2 + 7 * pitch // 4
    baseline = (top + bottom) // 2 - size // 2 + ascent(size)
    items = [horizontal(0, top, width, HEAVY_RULE), horizontal(0, bottom, width, RULE)]
    items += spread(lines, width, baseline)
    return tuple(items), [character for line in lines for character in line.missing]


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


def folio(setting: Setting) -> tuple[Frame, Sequence[str]]:
    """Return the folio above the type area: page label at the outer edge, section in the middle, paper and date.

    Left pages (even numbers) have their label at the left, right pages at the right. Its height is that of the
    head margin's part above the type area: four lines.
    """
    issue, page, grid = setting.issue, setting.page, setting.design.grid
    width, height = grid.area.width, 4 * grid.pitch
    outer, inner = (Align.LEFT, Align.RIGHT) if page.number % 2 == 0 else (Align.RIGHT, Align.LEFT)
    rule_y = height - grid.pitch // 2
    baseline = rule_y - 3 * MM
    label = set_single(page.label, LineStyle(Role.HEI_HEAVY, 30 * PT), setting.faces)
    suffix = set_single("版", LineStyle(Role.HEI_HEAVY, 12 * PT), setting.faces)
    section = set_single(page.name, LineStyle(Role.SONG_HEAVY, 21 * PT, tracking=500), setting.faces)
    paper = set_single(issue.paper.name, LineStyle(Role.KAI, 13 * PT), setting.faces)
    date = set_single(
        f"{date_in_words(issue.date)}　{weekday(issue.date)}　第{issue.number}期", LineStyle(Role.SONG, 9 * PT), setting.faces
    )
    gap = 2 * MM
    items = [furniture_mark("folio"), horizontal(0, rule_y, width, MM // 2)]
    items += section.placed(0, baseline, width, Align.CENTRE)
    items += _row([label, suffix], gap // 2, width, baseline, outer)
    items += _row([paper, date] if inner is Align.LEFT else [date, paper], 2 * gap, width, baseline, inner)
    missing = [character for line in (section, paper, date, label) for character in line.missing]
    return Frame(width, height, tuple(items)), missing


def _row(lines: Sequence[SingleLine], gap: Emu, width: Emu, baseline: Emu, align: Align) -> list[Placed]:
    """Return lines beside each other with a gap, as one group at an edge of the width."""
    total = sum(line.width for line in lines) + gap * (len(lines) - 1)
    x = 0 if align is Align.LEFT else width - total
    items: list[Placed] = []
    for line in lines:
        items += line.placed(x, baseline, line.width, Align.LEFT)
        x += line.width + gap
    return items


def foot(setting: Setting, is_front: bool) -> tuple[Frame, Sequence[str]]:
    """Return the page foot: the imprint on the front page, and who made the page; empty where nothing is given."""
    width, pitch = setting.design.grid.area.width, setting.design.grid.pitch
    texts = [*(imprint_texts(setting.issue.paper.imprint) if is_front else ()), *_staff_texts(setting.page.staff)]
    if not texts:
        return Frame(width, 0, ()), ()
    lines = [set_single(text, LineStyle(Role.SONG, _FOOT_SIZE), setting.faces) for text in texts]
    baseline = pitch // 2 + _FOOT_SIZE + _FOOT_SIZE // 3
    items = [furniture_mark("foot"), horizontal(0, pitch // 2, width, RULE)]
    items += _row(lines, 2 * _FOOT_SIZE, width, baseline, Align.RIGHT)
    return Frame(width, 2 * pitch, tuple(items)), [character for line in lines for character in line.missing]


def imprint_texts(imprint: Imprint) -> list[str]:
    """Return the imprint's items with their labels, only those that the paper gives, in their legal order."""
    return [f"{label}{value}" for name, label in _IMPRINT_LABELS.items() if (value := getattr(imprint, name))]


def _staff_texts(staff: Staff) -> list[str]:
    return [f"{label}{value}" for name, label in _STAFF_LABELS.items() if (value := getattr(staff, name))]

"""Specimens: short copy set by our engine, printed into one file, and read back from that file as ems along its lines.

Nothing here asks our frames where anything stands; a line knows only the glyphs and paths that the finished file has.
"""

import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from io import BytesIO
from itertools import accumulate, groupby, pairwise
from pathlib import Path
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from layout.design.grid import PageGrid
from layout.design.plan import BODY_ROLES
from layout.diagnostics import Language, Span, has_errors
from layout.export.content import page_content
from layout.export.metadata import DocumentFacts
from layout.flow.galley import set_galley, shape_story
from layout.frame import Frame, Page, Placed
from layout.geometry import Rect, Size
from layout.issue import Product, build_issue
from layout.manifest.copy import Emphasis, Story
from layout.manifest.load import load_issue
from layout.manifest.source import Report, Scalar
from layout.manifest.story import read_markdown
from layout.script.rules import Axis, TypeRules
from layout.text.justify import Fit, set_line
from layout.text.lines import break_lines
from layout.text.measure import LineSpan, line_width
from layout.text.shape import Shaper
from layout.text.shaped import ShapedText, StyledText
from layout.typeface.catalogue import Faces, read_catalogue
from layout.units import Emu
from layout.watch import Watch
from tests.finished import Box, Drawn, Glyph, Legs, Way, legs_of, read_ink, story_blocks
from tests.printed import write_document

EM: Emu = 127_000
"""Ten points, so that three places of a point are a ten-thousandth of an em."""

PITCH = 3
"""Ems from line to line, so that what stands beside a line cannot be taken for the next line's."""

EVEN = 0.003
"""How far a place may be from where it should be, in ems: the rounding of the file."""

_POINTS = 10
_LONGEST = 60
"""Ems that a vertical specimen has along its lines."""

Off = Callable[[pytest.MonkeyPatch], None]
"""What switches a rule off while a specimen is set."""


class Specimen(NamedTuple):
    """Copy and how it is set: broken at `ems`, or on one line that is `spare` ems wider than it is by itself.

    Copy with braces is read as a story's Markdown with its marks. A story is set as a galley, which indents its paragraphs.
    """

    copy: str
    ems: float = 10
    spare: float | None = None
    indent: int = 0
    axis: Axis = Axis.LEVEL
    rules: TypeRules = TypeRules()
    role: str = "song"
    is_story: bool = False
    off: Off | None = None

    def shaped(self, shaper: Shaper) -> ShapedText:
        return shaper.shape(list(_runs(self.copy, self.role)), EM, self.axis)[0]


class Cell(NamedTuple):
    """A glyph in ems: its origin and the end of its advance along the line, its ink along and across the line.

    Along a line is to the right, or down where it is vertical. Across goes up from a level line's baseline, and to the right
    from the middle of a vertical one.
    """

    text: str
    start: float
    end: float
    across: float
    size: float
    way: Way
    face: str
    code: int
    ink: Box | None

    @property
    def along(self) -> tuple[float, float]:
        """Where the ink begins and ends along the line."""
        assert self.ink is not None, f"{self.text} has no ink"
        return (self.ink.left, self.ink.right)


class Stroke(NamedTuple):
    """A path in ems: its box along (left, right) and across (bottom, top) the line, its stroke, 0 where it is filled."""

    box: Box
    stroke: float
    is_closed: bool


class Line(NamedTuple):
    """A line: its glyphs in their order, and what is drawn beside it."""

    cells: tuple[Cell, ...]
    strokes: tuple[Stroke, ...]

    @property
    def text(self) -> str:
        return "".join(cell.text for cell in self.cells)

    @property
    def base(self) -> tuple[Cell, ...]:
        """The glyphs of the copy, without those of readings, which are smaller."""
        return tuple(cell for cell in self.cells if cell.size > 0.55)


class Setting(NamedTuple):
    """What the file shows of a specimen; `measure` is that of its lines in ems."""

    lines: tuple[Line, ...]
    measure: float

    @property
    def texts(self) -> list[str]:
        return [line.text for line in self.lines]

    @property
    def cells(self) -> list[Cell]:
        return [cell for line in self.lines for cell in line.cells]

    @property
    def strokes(self) -> list[Stroke]:
        return [stroke for line in self.lines for stroke in line.strokes]

    def cell(self, text: str, number: int = 0) -> Cell:
        """Return a glyph by its text, the first of several as a rule."""
        return [cell for cell in self.cells if cell.text == text][number]

    def start(self, text: str, number: int = 0) -> float:
        """Return where a glyph begins along its line."""
        return self.cell(text, number).start

    def white(self, before: str, after: str) -> float:
        """Return what lies between the em of a Han and what follows."""
        return self.start(after) - self.start(before) - 1


def _runs(copy: str, role: str) -> Iterator[StyledText]:
    if "{" not in copy:
        yield StyledText(copy, role)
        return
    report = Report()
    (paragraph,) = read_markdown(copy, Span("specimen.md", 1, 1), report)
    assert not report.problems, report.problems
    for run in paragraph.runs:
        is_plain = run.marking.emphasis is Emphasis.NONE
        yield StyledText(run.text, role if is_plain else BODY_ROLES[run.marking.emphasis], run.marking)


class _Place(NamedTuple):
    """Where a specimen stands on the sheet: its top, its measure in ems, the way and the number of its lines."""

    top: int
    measure: float
    is_level: bool
    count: int


def read_specimens(specimens: Iterable[Specimen]) -> dict[Specimen, Setting | Exception]:
    """Set specimens, print them, and return what the files show of each; one that cannot be set does not keep the others.

    A glyph for —— and ⸺ has one text in a file; specimens with the latter go into a file of their own, so that the
    characters of each run can be told from its glyphs.
    """
    found = list(dict.fromkeys(specimens))
    own = [specimen for specimen in found if "⸺" in specimen.copy]
    others = [specimen for specimen in found if "⸺" not in specimen.copy]
    errors: dict[Specimen, Exception] = {}
    return {**_read(*_sheet(own, errors)), **_read(*_sheet(others, errors)), **errors}


def _sheet(specimens: Sequence[Specimen], errors: dict[Specimen, Exception]) -> tuple[bytes, dict[Specimen, _Place]]:
    """Return a file with specimens below each other, and where they stand in it; note those that cannot be set."""
    items: list[Placed] = []
    places: dict[Specimen, _Place] = {}
    top = 0
    for specimen in specimens:
        try:
            measure, lines = _set(specimen)
        except Exception as error:
            errors[specimen] = error
            continue
        is_level = specimen.axis is Axis.LEVEL
        places[specimen] = _Place(top, measure / EM, is_level, len(lines))
        for number, line in enumerate(lines, 1):
            x, y = (0, top + number * PITCH) if is_level else (number * PITCH, top + PITCH)
            items += [Placed(x * EM + placed.x, y * EM + placed.y, placed.item) for placed in line]
        top += (len(lines) + 1) * PITCH if is_level else _LONGEST + PITCH
    return _printed(items, top * EM), places


def print_specimen(specimen: Specimen) -> bytes:
    """Return a file of its own with a specimen."""
    return _sheet([specimen], {})[0]


def _printed(items: Sequence[Placed], depth: Emu) -> bytes:
    """Return a file whose one page holds the items."""
    page = Page(1, "01", "", Size((_LONGEST + PITCH) * EM, depth), 0, Frame((_LONGEST + PITCH) * EM, depth, tuple(items)))
    facts = DocumentFacts("specimens", "specimens", "specimens", datetime.date(2026, 1, 1))
    return write_document([page_content(page, _faces(), {})], _faces(), {}, facts)


def _set(specimen: Specimen) -> tuple[Emu, list[tuple[Placed, ...]]]:
    """Return the measure of a specimen and its lines, each placed from the start of its baseline."""
    with pytest.MonkeyPatch.context() as patch:
        if specimen.off is not None:
            specimen.off(patch)
        return _lines(specimen)


def _lines(specimen: Specimen) -> tuple[Emu, list[tuple[Placed, ...]]]:
    if specimen.is_story:
        return round(specimen.ems * EM), list(_galley_lines(specimen))
    shaped = specimen.shaped(Shaper(_faces(), specimen.rules))
    if specimen.spare is not None:
        measure = line_width(shaped) + round(specimen.spare * EM)
        return measure, [set_line(shaped, LineSpan(0, len(shaped.glyphs)), measure, Fit.FULL)]
    measure, indent = round(specimen.ems * EM), specimen.indent * EM
    spans = break_lines(shaped, measure, indent)
    lines = []
    for span in spans:
        fit = Fit.NATURAL if span is spans[-1] else Fit.FULL
        start = indent if span is spans[0] else 0
        made = set_line(shaped, span, measure - start, fit)
        lines.append(tuple(_moved(placed, start, specimen.axis) for placed in made))
    return measure, lines


def _galley_lines(specimen: Specimen) -> Iterator[tuple[Placed, ...]]:
    measure = round(specimen.ems * EM)
    grid = PageGrid(Size(0, 0), Rect(0, 0, 0, 0), 1, round(specimen.ems), 1, EM, EM * 3 // 2, 100)
    report, nothing = Report(), Scalar("", Span("specimen.md", 1, 1), Span("specimen.md", 1, 1))
    paragraphs = tuple(read_markdown(specimen.copy, nothing.span, report))
    assert not report.problems, report.problems
    story = Story("specimen", nothing, nothing, nothing, nothing, nothing, paragraphs, nothing.span)
    shaped = shape_story(story, grid, Shaper(_faces(), specimen.rules), specimen.axis)
    for line in set_galley(shaped, measure, EM).lines:
        made = set_line(line.shaped, line.span, measure - line.indent, line.fit)
        yield tuple(_moved(placed, line.indent, specimen.axis) for placed in made)


def _moved(placed: Placed, start: int, axis: Axis) -> Placed:
    return placed._replace(x=placed.x + start) if axis is Axis.LEVEL else placed._replace(y=placed.y + start)


@cache
def _faces() -> Faces:
    return Faces(read_catalogue({}))


def _read(file: bytes, places: dict[Specimen, _Place]) -> dict[Specimen, Setting]:
    """Return what a file shows at each place."""
    page = PdfReader(BytesIO(file)).pages[0]
    glyphs, paths = read_ink(page)
    height = float(page.mediabox.height) / _POINTS
    tops = [place.top for place in places.values()]
    maps = [_Map(place, height) for place in places.values()]
    cells: list[list[list[Cell]]] = [[[] for _ in range(place.count)] for place in places.values()]
    strokes: list[list[list[Stroke]]] = [[[] for _ in range(place.count)] for place in places.values()]
    for glyph in glyphs:
        specimen = bisect_right(tops, height - glyph.y / _POINTS) - 1
        line = maps[specimen].line(glyph.x, glyph.y)
        cells[specimen][line].append(maps[specimen].cell(glyph, line))
    for path in paths:
        x, y = (path.box.left + path.box.right) / 2, (path.box.bottom + path.box.top) / 2
        specimen = bisect_right(tops, height - y / _POINTS) - 1
        line = maps[specimen].line(x, y)
        strokes[specimen][line].append(maps[specimen].stroke(path, line))
    made = (tuple(Line(tuple(a), tuple(b)) for a, b in zip(*both, strict=True)) for both in zip(cells, strokes, strict=True))
    return {specimen: Setting(lines, place.measure) for (specimen, place), lines in zip(places.items(), made, strict=True)}


class _Map(NamedTuple):
    """Leads from points on the sheet to ems along and across the lines of a specimen."""

    place: _Place
    height: float

    def line(self, x: float, y: float) -> int:
        """Return the number of the line at a point; a point outside of all lines is an error."""
        across = self.height - y / _POINTS - self.place.top if self.place.is_level else x / _POINTS
        number = round(across / PITCH) - 1
        assert 0 <= number < self.place.count, "something stands beside no line"
        return number

    def along(self, x: float, y: float) -> float:
        return x / _POINTS if self.place.is_level else self.height - y / _POINTS - self.place.top - PITCH

    def across(self, x: float, y: float, line: int) -> float:
        offset = (line + 1) * PITCH
        return y / _POINTS - self.height + self.place.top + offset if self.place.is_level else x / _POINTS - offset

    def box(self, box: Box, line: int) -> Box:
        """Return a box with left and right along the line, bottom and top across it."""
        first, last = (box.left, box.top), (box.right, box.bottom)
        near, far = sorted((self.across(*first, line), self.across(*last, line)))
        return Box(self.along(*first), near, self.along(*last), far)

    def cell(self, glyph: Glyph, line: int) -> Cell:
        start = self.along(glyph.x, glyph.y)
        is_along = (glyph.way is Way.LEVEL) is self.place.is_level
        end = self.along(*((glyph.end, glyph.y) if glyph.way is Way.LEVEL else (glyph.x, glyph.end))) if is_along else start
        ink = self.box(glyph.ink, line) if glyph.ink is not None else None
        across, size = self.across(glyph.x, glyph.y, line), glyph.size / _POINTS
        return Cell(glyph.text, start, end, across, size, glyph.way, glyph.face, glyph.code, ink)

    def stroke(self, path: Drawn, line: int) -> Stroke:
        return Stroke(self.box(path.box, line), path.stroke / _POINTS, path.is_closed)


# ---- pages -------------------------------------------------------------------------------------------------------

_SIZE = 9
_PAPER = """\
key: specimen
name: 样报
leading: {leading}
type: {type}
format:
  trim-width: {trim_width}pt
  trim-height: {trim_height}pt
  type-width: {width}pt
  type-height: {height}pt
  columns: {columns}
  ems: {ems}
  gutter: 1
"""
_ISSUE = """\
paper: paper.yaml
number: 1
date: 2026-01-01
pages:
  - label: "01"
    sketch: |
      {bar}
      {sketch}
    areas:
      D: datebar
      A: {{story: story.md, direction: {direction}, columns: {legs}, head: {head}}}
"""
_HEAD_LINES = 14


class Built(NamedTuple):
    """A story built as the one page of a paper: its Markdown, base columns of so many ems, and choices of the manifests.

    `legs` are the columns of the story, or its tiers where it runs down the page. `height` is that of the type area in
    points; 0 makes it high enough for any story, whose last lines then stay empty. `refusal` is the one error that it may have.
    """

    story: str
    ems: int = 10
    columns: int = 3
    legs: int = 3
    height: int = 0
    axis: Axis = Axis.LEVEL
    leading: str = "40%"
    head: str = "{level: 5, direction: level}"
    type: str = "{}"
    refusal: str = ""
    off: Off | None = None


class Row(NamedTuple):
    """A line of a page's body: its leg, its place in lines of the grid, and its glyphs in ems from the begin of the leg.

    Lines that run down are counted from the right edge of the area, and from the top of their tier.
    """

    leg: int
    place: float
    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        return "".join(cell.text for cell in self.cells)


class BuiltPage(NamedTuple):
    """What the file of a page shows: the rows of its body, all of its glyphs, and its paths; `legs` says where they stand.

    `told` are the codes of what was found while it was built; where that is an error there is no file, and nothing is shown.
    """

    rows: tuple[Row, ...]
    glyphs: tuple[Glyph, ...]
    paths: tuple[Drawn, ...]
    legs: Legs
    told: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def texts(self) -> list[str]:
        return [row.text for row in self.rows]

    @property
    def width(self) -> float:
        """From the left edge of the first leg to the right edge of the last one."""
        return self.legs.step * (self.legs.count - 1) + self.legs.measure

    def glyph(self, text: str) -> Glyph:
        """Return the first glyph of a text."""
        return next(glyph for glyph in self.glyphs if glyph.text == text)


def read_built(built: Built, folder: Path) -> BuiltPage:
    """Build a page in an empty folder and return what its file shows; an error of the build is an error here."""
    _write_issue(built, folder)
    with pytest.MonkeyPatch.context() as patch:
        if built.off is not None:
            built.off(patch)
        problems = build_issue(folder / "issue.yaml", folder, frozenset({Product.PRINT}), Watch())
    told = tuple(problem.code for problem in problems)
    is_refused = built.refusal in told
    assert is_refused or not has_errors(problems), "\n".join(problem.text(Language.EN) for problem in problems)
    issue, _ = load_issue(folder / "issue.yaml")
    assert issue is not None
    (block,) = story_blocks(issue.pages[0])
    legs = legs_of(block, issue)
    if is_refused:
        return BuiltPage((), (), (), legs, told)
    glyphs, paths = read_ink(PdfReader(folder / issue.name / "print" / f"{issue.name}.pdf").pages[0])
    body = [glyph for glyph in glyphs if glyph.text.strip() and abs(glyph.size - legs.em) < 0.01 and glyph.y < legs.baseline]
    rows = _rows(body, legs) if built.axis is Axis.LEVEL else _rows_down(body, legs)
    return BuiltPage(tuple(rows), tuple(glyphs), tuple(paths), legs, told)


def _write_issue(built: Built, folder: Path) -> None:
    lines = 1.4 * len(built.story) / built.ems + built.story.count("\n")
    depth = built.height or round((_HEAD_LINES + 2 * lines / built.columns) * _SIZE * 1.6)
    width = (built.columns * (built.ems + 1) - 1) * _SIZE
    measures = {"width": width, "height": depth, "trim_width": width + 120, "trim_height": depth + 120}
    paper = _PAPER.format(columns=built.columns, ems=built.ems, leading=built.leading, type=built.type, **measures)
    sketch = {"bar": " ".join("D" * built.columns), "sketch": " ".join("A" * built.columns)}
    issue = _ISSUE.format(direction=built.axis.value, legs=built.legs, head=built.head, **sketch)
    (folder / "paper.yaml").write_text(paper, encoding="utf-8")
    (folder / "issue.yaml").write_text(issue, encoding="utf-8")
    (folder / "story.md").write_text("---\nheadline: 匀\n---\n" + built.story + "\n", encoding="utf-8")


def _rows(body: list[Glyph], legs: Legs) -> Iterator[Row]:
    for (leg, y), group in groupby(body, key=lambda glyph: (legs.leg(glyph), glyph.y)):
        left = legs.left + leg * legs.step
        cells = tuple(_cell(glyph, (glyph.x - left) / legs.em, (glyph.end - left) / legs.em) for glyph in group)
        yield Row(leg, (legs.baseline - y) / legs.pitch, cells)


def _rows_down(body: list[Glyph], legs: Legs) -> Iterator[Row]:
    lines = [list(group) for _, group in groupby(body, key=lambda glyph: glyph.x)]
    right = lines[0][0].x
    tiers = list(accumulate((b[0].x > a[0].x for a, b in pairwise(lines)), initial=0))
    tops = [
        max(line[0].y for line, tier in zip(lines, tiers, strict=True) if tier == number) for number in range(tiers[-1] + 1)
    ]
    for line, tier in zip(lines, tiers, strict=True):
        cells = (_cell(glyph, (tops[tier] - glyph.y) / legs.em, (tops[tier] - glyph.end) / legs.em) for glyph in line)
        yield Row(tier, (right - line[0].x) / legs.pitch, tuple(cells))


def _cell(glyph: Glyph, start: float, end: float) -> Cell:
    return Cell(glyph.text, start, end, 0, 1, glyph.way, glyph.face, glyph.code, None)

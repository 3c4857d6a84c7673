"""Counts what the legs of a whole issue do, ours and Typst's: the same copy in the same rectangles, read from the files."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from statistics import mode
from typing import NamedTuple

from pypdf import PageObject, PdfReader

from layout.diagnostics import Language, has_errors
from layout.frame import SOFT_HYPHEN
from layout.issue import Product, build_issue
from layout.manifest.load import load_issue
from layout.watch import Watch
from tests.bench import newspaper
from tests.bench.count import Line, read_lines
from tests.bench.engines import in_leg, typst_glyphs
from tests.bench.newspaper import EM, GUTTER, PITCH, Module, Sheet, ems_across, write_manifest, write_typst
from tests.conftest import ROOT
from tests.finished import Glyph, Legs, legs_of, read_glyphs, squeezed, story_blocks

_ON_GRID = 0.01
"""Lines of the grid by which a line may miss it."""

_RISE = 0.88
"""Ems from the top of a line to its baseline, as the Typst document says."""


class Row(NamedTuple):
    """A line of a story: its leg, and its line of the page's grid, counted from 0."""

    leg: int
    row: float
    line: Line


class Story(NamedTuple):
    """The text of a module as an engine has set it; `mute` are characters that the file's text gives otherwise or not."""

    rows: list[Row]
    lost: int
    mute: int

    @property
    def lines(self) -> list[Line]:
        return [row.line for row in self.rows]


def issue_of_ours(sheets: Sequence[Sheet]) -> list[Story]:
    """Return the stories of an issue that is built and read back; an error ends the count."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        problems = build_issue(write_manifest(folder, sheets), folder, frozenset({Product.ISSUE}), Watch())
        assert not has_errors(problems), "\n".join(problem.text(Language.EN) for problem in problems)
        issue, _ = load_issue(folder / "issue.yaml")
        assert issue is not None
        pages = PdfReader(folder / issue.name / "print" / f"{issue.name}.pdf").pages
        found: list[Story] = []
        for sheet, page, planned in zip(sheets, pages, issue.pages, strict=True):
            places = [legs_of(block, issue) for block in story_blocks(planned)]
            found += _stories(page, read_glyphs(page), zip(sheet.modules, places, strict=True))
        return found


def issue_of_typst(sheets: Sequence[Sheet]) -> list[Story]:
    """Return the stories of the same issue as Typst sets them."""
    import typst

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        document, file, fonts = write_typst(folder, sheets), folder / "issue.pdf", ROOT / "fonts"
        typst.compile(str(document), str(file), font_paths=[str(fonts)], ignore_system_fonts=True)
        found: list[Story] = []
        for sheet, page in zip(sheets, PdfReader(file).pages, strict=True):
            places = [_typst_legs(module) for module in sheet.modules]
            found += _stories(page, list(typst_glyphs(page)), zip(sheet.modules, places, strict=True))
        return found


def _typst_legs(module: Module) -> Legs:
    """Return where Typst's legs stand: parts of the module between gutters, which need not be whole ems."""
    place = newspaper.typst_module(module)
    gutter = GUTTER * EM
    measure = (place["width"] - (module.legs - 1) * gutter) / module.legs
    first = newspaper.TRIM_HEIGHT * newspaper.POINTS - newspaper.TOP - _RISE * EM
    return Legs(place["x"], measure + gutter, measure, EM, PITCH, first, module.legs)


def _stories(page: PageObject, glyphs: list[Glyph], modules: Iterator[tuple[Module, Legs]]) -> Iterator[Story]:
    text = squeezed(page.extract_text()).replace(SOFT_HYPHEN, "")
    for module, legs in modules:
        cells = [in_leg(glyph, legs) for glyph in glyphs if _is_body(glyph, module, legs)]
        lines, lost = read_lines(module.paragraphs, cells, legs.measure / legs.em)
        yield Story([_row(line, legs) for line in lines], lost, missing(squeezed("".join(module.paragraphs)), text))


def _is_body(glyph: Glyph, module: Module, legs: Legs) -> bool:
    """Return whether a glyph with ink has the size of the text and stands in the rectangle of the module."""
    line, ems = (legs.baseline - glyph.y) / legs.pitch, (glyph.x - legs.left) / legs.em
    is_inside = -GUTTER < ems < ems_across(module.columns) and -0.5 < line - module.line < module.lines
    return is_inside and abs(glyph.size - legs.em) < 0.01 and bool(glyph.text.strip())


def _row(line: Line, legs: Legs) -> Row:
    leg, below = divmod(legs.baseline - mode(cell.baseline for cell in line.cells), legs.baseline)
    return Row(int(leg), below / legs.pitch, line)


def missing(copy: str, text: str) -> int:
    """Return how many characters of copy do not come out of a text in their order."""
    if copy in text:
        return 0
    blocks = SequenceMatcher(None, copy, text, autojunk=False).get_matching_blocks()
    return len(copy) - sum(block.size for block in blocks)


# ---- what is counted ---------------------------------------------------------------------------------------------


def _ends(story: Story, end: Callable[[Iterator[int]], int]) -> dict[int, int]:
    """Return the first or the last row of each leg."""
    legs = {row.leg for row in story.rows}
    return {leg: end(round(row.row) for row in story.rows if row.leg == leg) for leg in legs}


def is_whole(story: Story) -> bool:
    """Return whether all of the copy stands in its rectangle."""
    return story.lost == 0


def is_level(story: Story) -> bool:
    """Return whether the legs end on one line; the last may end above."""
    *before, last = (foot for _, foot in sorted(_ends(story, max).items()))
    return len(set(before)) < 2 and last <= min(before, default=last)


def is_even(story: Story) -> bool:
    """Return whether no leg ends more than a line above another."""
    feet = _ends(story, max).values()
    return max(feet) - min(feet) < 2


def widows(story: Story) -> int:
    """Return how many last lines of paragraphs stand at the head of a leg after the first."""
    heads = _ends(story, min)
    return sum(
        row.leg > 0 and round(row.row) == heads[row.leg] and row.line.is_last and not row.line.is_first for row in story.rows
    )


def orphans(story: Story) -> int:
    """Return how many first lines of paragraphs stand at the foot of a leg before the last."""
    feet = _ends(story, max)
    return sum(
        row.leg < max(feet) and round(row.row) == feet[row.leg] and row.line.is_first and not row.line.is_last
        for row in story.rows
    )


def off_grid(story: Story) -> int:
    """Return how many lines stand off the grid."""
    return sum(abs(row.row - round(row.row)) > _ON_GRID for row in story.rows)

"""Seeded issues of broadsheet pages with fixed modules, written as manifests of ours and as data for Typst.

Four pages of make-up follow each other again and again; a module has the same rectangle, the same legs and the same copy in
both, so that engines differ only in how they set type. Copy and heads are those of the sample's stories.
"""

import json
import random
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench.copy import LONGEST, STORIES, cut_sentences, paragraphs

COLUMNS, EMS, GUTTER = 8, 13, 1
"""Base columns of the page, ems of one and between two, as in 对开."""

WIDTH, HEIGHT = 350, 505
TRIM_WIDTH, TRIM_HEIGHT = 390, 545
"""Type area and page in millimetres: 106 lines of about 13.5 points."""

LINES = 106
SIZES = (1, 4, 8, 24, 96)
"""Pages of the issues that are timed."""

POINTS = 72 / 25.4
EM = WIDTH * POINTS / (COLUMNS * EMS + (COLUMNS - 1) * GUTTER)
PITCH = HEIGHT * POINTS / LINES
LEFT, TOP = ((TRIM_WIDTH - WIDTH) / 2 * POINTS, (TRIM_HEIGHT - HEIGHT) / 2 * POINTS)

HEAD = 8
"""Lines of a head, white included."""

_FILLED, _SLACK = 0.93, 2
"""Share of a module's lines that is filled, and lines left besides: the estimate of a paragraph's lines is a rough one."""

_MASTHEAD, _BAR = 16, 3
_ROWS = (
    ((24, (4, 3), (4, 3)), (29, (5, 4), (3, 2)), (24, (4, 3), (4, 3)), (29, (3, 2), (5, 4))),
    ((26, (5, 3), (3, 2)), (27, (3, 2), (5, 3)), (26, (5, 3), (3, 2)), (27, (3, 2), (5, 3))),
    ((35, (3, 3), (3, 3), (2, 2)), (36, (4, 4), (4, 4)), (35, (2, 2), (3, 3), (3, 3))),
    ((27, (5, 4), (3, 3)), (26, (4, 3), (4, 4)), (27, (3, 3), (5, 4)), (26, (4, 4), (4, 3))),
)
"""Rows of each page of the four: their lines, and of each module its base columns and its legs."""

_LETTERS = "ABCDEFGHI"


class Words(NamedTuple):
    """The words of a head."""

    kicker: str
    headline: str
    deck: str


class Module(NamedTuple):
    """A story in its place: first base column and line, columns, lines and legs."""

    letter: str
    column: int
    line: int
    columns: int
    lines: int
    legs: int
    words: Words
    paragraphs: tuple[str, ...]


class Sheet(NamedTuple):
    """A page: its number, the lines of its furniture above, its modules, and the lines of each row of them."""

    number: int
    above: int
    modules: tuple[Module, ...]
    rows: tuple[int, ...]


def newspaper(pages: int, seed: int = 3239) -> tuple[Sheet, ...]:
    """Return the pages of an issue; the same for the same number and seed."""
    rng = random.Random(seed)
    return tuple(_sheet(number, rng) for number in range(1, pages + 1))


def _sheet(number: int, rng: random.Random) -> Sheet:
    above = _MASTHEAD + _BAR if number == 1 else 0
    rows = _ROWS[(number - 1) % len(_ROWS)]
    depths = [lines - above // len(rows) - (above % len(rows) > place) for place, (lines, *_) in enumerate(rows)]
    modules: list[Module] = []
    line = above
    for depth, (_, *row) in zip(depths, rows, strict=True):
        column = 0
        for columns, legs in row:
            letter = _LETTERS[len(modules)]
            modules.append(_module(letter, (column, line, columns, depth, legs), rng))
            column += columns
        line += depth
    return Sheet(number, above, tuple(modules), tuple(depths))


def _module(letter: str, place: tuple[int, int, int, int, int], rng: random.Random) -> Module:
    _, _, columns, lines, legs = place
    measure = (ems_across(columns) - (legs - 1) * GUTTER) // legs
    words = rng.choice([words for words in _heads() if len(words.headline) <= _longest(columns)])
    return Module(
        letter, *place, words, tuple(_copy(rng.randrange(2**31), measure, int(_FILLED * legs * (lines - HEAD)) - _SLACK))
    )


def ems_across(columns: int) -> int:
    """Return the ems of merged base columns."""
    return columns * (EMS + GUTTER) - GUTTER


def _longest(columns: int) -> int:
    """Return how many characters a headline may have over so many columns."""
    return 13 if columns > 2 else 9


@cache
def _heads() -> tuple[Words, ...]:
    """Return the heads of the sample's stories that have all three lines."""
    found = []
    for path in sorted(STORIES.glob("*.md")):
        front = path.read_text(encoding="utf-8").split("---\n")[1]
        values = dict(re.findall(r"(?m)^(kicker|headline|deck): ([^|>\"'\n]+)$", front))
        if len(values) == len(Words._fields):
            found.append(Words(**values))
    return tuple(found)


def _copy(seed: int, measure: int, lines: int) -> Iterator[str]:
    """Yield paragraphs that fill so many lines of a measure by an estimate, the last ones cut after a sentence."""
    for paragraph in paragraphs(seed, 2 * measure * lines + LONGEST):
        made = ""
        for sentence in cut_sentences(paragraph):
            if _lines(made + sentence, measure) <= lines:
                made += sentence
        if made:
            yield made
            lines -= _lines(made, measure)


def _lines(text: str, measure: int) -> int:
    """Return the lines of a paragraph by an estimate: two ems of indent, half an em for a Western character."""
    width = 2 + sum(0.5 if character < "\u0300" else 1 for character in text)
    return -int(-width // (measure - 0.3))


# ---- ours ---------------------------------------------------------------------------------------------------------

_PAPER = f"""\
key: bench
name: 今日汝州
latin: JINRI RUZHOU
format:
  trim-width: {TRIM_WIDTH}mm
  trim-height: {TRIM_HEIGHT}mm
  type-width: {WIDTH}mm
  type-height: {HEIGHT}mm
  columns: {COLUMNS}
  ems: {EMS}
  gutter: {GUTTER}
leading: 51%
"""


def write_manifest(folder: Path, sheets: Sequence[Sheet]) -> Path:
    """Write an issue with its paper and its stories into a folder; return the issue's file."""
    (folder / "stories").mkdir(parents=True, exist_ok=True)
    (folder / "paper.yaml").write_text(_PAPER, encoding="utf-8")
    for sheet in sheets:
        for module in sheet.modules:
            story_file(folder, sheet, module).write_text(_story(module), encoding="utf-8")
    issue = folder / "issue.yaml"
    pages = "".join(map(_page, sheets))
    issue.write_text(f"paper: paper.yaml\nnumber: 3239\ndate: 2023-03-27\npages:\n{pages}", encoding="utf-8")
    return issue


def story_file(folder: Path, sheet: Sheet, module: Module) -> Path:
    """Return the file of a module's story."""
    return folder / "stories" / f"{sheet.number:02d}{module.letter}.md"


def _story(module: Module) -> str:
    front = "\n".join(f"{key}: {value}" for key, value in module.words._asdict().items())
    return f"---\n{front}\nbyline: 本报编辑部\n---\n" + "\n\n".join(module.paragraphs) + "\n"


def _page(sheet: Sheet) -> str:
    rows = ["M" * COLUMNS, "T" * COLUMNS] if sheet.above else []
    depths = [_MASTHEAD, _BAR, *sheet.rows] if sheet.above else list(sheet.rows)
    starts = sorted({module.line for module in sheet.modules})
    for start in starts:
        rows.append("".join(module.letter * module.columns for module in sheet.modules if module.line == start))
    areas = ["M: masthead", "T: datebar"] if sheet.above else []
    for module in sheet.modules:
        story = f"stories/{sheet.number:02d}{module.letter}.md"
        legs = f", columns: {module.legs}" if module.legs != module.columns else ""
        areas.append(f"{module.letter}: {{story: {story}, head: {{level: 3}}{legs}}}")
    lines = [
        f'  - label: "{sheet.number:02d}"',
        "    name: 版面",
        "    staff: {layout: Banmian}",
        "    sketch: |",
        *(f"      {' '.join(row)}" for row in rows),
        f"    rows: {depths}",
        "    areas:",
        *(f"      {area}" for area in areas),
    ]
    return "\n".join(lines) + "\n"


# ---- Typst --------------------------------------------------------------------------------------------------------


def typst_data(sheets: Sequence[Sheet]) -> dict[str, Any]:
    """Return an issue as the Typst document of this folder reads it: every length in points from the page's upper left."""
    return {
        "width": TRIM_WIDTH * POINTS,
        "height": TRIM_HEIGHT * POINTS,
        "left": LEFT,
        "top": TOP,
        "em": EM,
        "pitch": PITCH,
        "gutter": GUTTER * EM,
        "name": "今日汝州",
        "date": "2023年3月27日　星期一",
        "number": "第3239期",
        "pages": [
            {"number": sheet.number, "above": sheet.above, "modules": [typst_module(module) for module in sheet.modules]}
            for sheet in sheets
        ],
    }


def typst_module(module: Module) -> dict[str, Any]:
    """Return a module's place in points, and its words."""
    return {
        "x": LEFT + module.column * (EMS + GUTTER) * EM,
        "y": TOP + module.line * PITCH,
        "width": ems_across(module.columns) * EM,
        "height": module.lines * PITCH,
        "head": HEAD * PITCH,
        "legs": module.legs,
        **module.words._asdict(),
        "byline": "本报编辑部",
        "paragraphs": module.paragraphs,
    }


def write_typst(folder: Path, sheets: Sequence[Sheet]) -> Path:
    """Write the data and the document for Typst into a folder; return the document."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "issue.json").write_text(json.dumps(typst_data(sheets), ensure_ascii=False), encoding="utf-8")
    document = folder / "issue.typ"
    document.write_bytes(Path(__file__).with_name("issue.typ").read_bytes())
    return document

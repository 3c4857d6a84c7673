"""Sets copy with an engine and reads the glyphs back from the PDF that it leaves."""

import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from layout.diagnostics import Diagnostic, Language, has_errors
from layout.frame import SOFT_HYPHEN
from layout.issue import Product, build_issue
from layout.manifest.load import load_issue
from layout.watch import Watch
from tests.bench.count import Cell
from tests.conftest import ROOT
from tests.finished import Font, Glyph, Legs, Pen, legs_of, read_glyphs, story_blocks

SIZE = 9
"""The size of the type in points."""

LEAST_EMS, MOST_EMS = 8, 41
"""The measures of columns in papers: two thirds of a base column, to three base columns merged."""

LEGS = 4
"""Legs of our page: in one, a narrow measure would make it deeper than a page may be."""

_HEADROOM = 1.4  # over the lines that the characters would fill
_PITCH = 1.45  # over the leading of 40 per cent
_HEAD = 12

_PAPER = """\
key: even
name: 样报
format:
  trim-width: {trim_width}pt
  trim-height: {trim_height}pt
  type-width: {width}pt
  type-height: {height}pt
  columns: {legs}
  ems: {ems}
  gutter: 1
"""
_ISSUE = """\
paper: paper.yaml
number: 1
date: 2026-01-01
pages:
  - label: "01"
    sketch: {sketch}
    areas:
      A: {{story: story.md, head: {{level: 5}}}}
"""
_STORY = "---\nheadline: 匀\n---\n"

_TYPST = """\
#set page(width: {width}pt, height: auto, margin: 0pt)
#set text(
  font: "Noto Serif SC", size: {size}pt, lang: "zh", region: "cn", cjk-latin-spacing: auto, fallback: false,
)
#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 4pt, spacing: 4pt)
#for paragraph in json("copy.json") {{ par(paragraph) }}
"""
_WITHOUT_PLACE = frozenset(b"BDC EMC CS SCN cs scn Tr d J j M i ri".split())


class Setting(NamedTuple):
    """Copy that an engine has set: the glyphs of its body in the order of the lines, and what the engine reported."""

    cells: list[Cell]
    problems: tuple[Diagnostic, ...] = ()


def set_ours(copy: Sequence[str], ems: int) -> Setting:
    """Return the copy as a story of a paper with base columns of `ems`, built and read back; an error ends the count."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_issue(folder, copy, ems)
        problems = build_issue(folder / "issue.yaml", folder, frozenset({Product.PRINT}), Watch())
        assert not has_errors(problems), "\n".join(problem.text(Language.EN) for problem in problems)
        issue, _ = load_issue(folder / "issue.yaml")
        assert issue is not None
        page = PdfReader(folder / issue.name / "print" / f"{issue.name}.pdf").pages[0]
        (block,) = story_blocks(issue.pages[0])
        legs = legs_of(block, issue)
        return Setting([in_leg(glyph, legs) for glyph in read_glyphs(page) if _is_body(glyph, legs)], problems)


def _write_issue(folder: Path, copy: Sequence[str], ems: int) -> None:
    """Write a paper of one page, deep enough for the copy; the last lines of the page stay empty."""
    depth = sum(1 + _HEADROOM * len(words) / ems for words in copy) / LEGS + _HEAD
    width, height = (LEGS * (ems + 1) - 1) * SIZE, round(depth * SIZE * _PITCH)
    measures = {"width": width, "height": height, "trim_width": width + 120, "trim_height": height + 120}
    (folder / "paper.yaml").write_text(_PAPER.format(legs=LEGS, ems=ems, **measures), encoding="utf-8")
    (folder / "issue.yaml").write_text(_ISSUE.format(sketch=" ".join("A" * LEGS)), encoding="utf-8")
    (folder / "story.md").write_text(_STORY + "\n\n".join(copy) + "\n", encoding="utf-8")


def _is_body(glyph: Glyph, legs: Legs) -> bool:
    """Return whether a glyph with ink belongs to the text: it has the size of the grid and stands below the folio."""
    return glyph.text != " " and abs(glyph.size - legs.em) < 0.01 and glyph.y < legs.baseline


def in_leg(glyph: Glyph, legs: Legs) -> Cell:
    """Return a glyph as though the legs stood below each other; a soft hyphen is one that was added."""
    leg = legs.leg(glyph)
    edge = legs.left + leg * legs.step
    return Cell(
        "-" if glyph.text == SOFT_HYPHEN else glyph.text,
        (glyph.x - edge) / legs.em,
        (glyph.end - edge) / legs.em,
        glyph.y - leg * legs.baseline,
    )


def set_typst(copy: Sequence[str], ems: int) -> Setting:
    """Return the copy as Typst sets it at the same measure, with the same face, size and indent."""
    import typst

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "copy.json").write_text(json.dumps(copy, ensure_ascii=False), encoding="utf-8")
        (folder / "copy.typ").write_text(_TYPST.format(width=ems * SIZE, size=SIZE), encoding="utf-8")
        typst.compile(
            str(folder / "copy.typ"), str(folder / "copy.pdf"), font_paths=[str(ROOT / "fonts")], ignore_system_fonts=True
        )
        (page,) = PdfReader(folder / "copy.pdf").pages
        inked = [glyph for glyph in typst_glyphs(page) if glyph.text.strip()]
    return Setting([Cell(glyph.text, glyph.x / SIZE, glyph.end / SIZE, glyph.y) for glyph in inked])


def typst_glyphs(page: PageObject) -> Iterator[Glyph]:
    """Yield the glyphs of a page on which each run of text has a flipped coordinate system of its own."""
    pen = Pen({name: Font(font.get_object()) for name, font in page["/Resources"]["/Font"].items()})
    x = y = 0.0
    for operands, operator in ContentStream(page.get_contents(), page.pdf).operations:
        if operator == b"cm":
            assert [1, 0, 0, -1] == operands[:4]
            x, y = map(float, operands[4:])
        elif operator == b"Tm":
            assert [1, 0, 0, -1] == operands[:4]
            yield from pen.follow([1, 0, 0, 1, x + float(operands[4]), y - float(operands[5])], operator)
        elif operator not in _WITHOUT_PLACE:
            yield from pen.follow(operands, operator)

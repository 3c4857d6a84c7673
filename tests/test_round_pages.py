"""Stories whose text runs round something, on finished pages: where head and legs stand, and in which order the file reads."""

from collections.abc import Callable
from pathlib import Path

import pytest

from layout.frame import GlyphRun, Mark, MarkKind, Picture
from layout.issue import SetIssue, set_issue
from layout.watch import Watch
from tests.bench.copy import paragraphs

COLUMNS, EMS, LINES = 4, 10, 44
PAPER = f"""key: round
name: 报
format: {{trim-width: 200mm, trim-height: 250mm, type-width: 150mm, type-height: 216mm, columns: {COLUMNS}, ems: {EMS}, gutter: 1}}
taboos: {{widow: off, stacked-heads: off, tombstone: off, through-gap: off, level-gap: off}}
"""
ISSUE = """paper: paper.yaml
number: 1
date: 2026-01-01
pages:
  - label: "02"
    sketch: |
{sketch}
    areas:
{areas}
"""


class Copy:
    """Copy of so many characters, without a word that a line could cut."""

    def __init__(self, seed: int) -> None:
        self.text = "".join(sign for sign in "".join(paragraphs(seed, 6000)) if "一" <= sign <= "龥")

    def __getitem__(self, characters: int) -> str:
        return "\\n\\n".join(self.text[start : min(characters, start + 97)] + "。" for start in range(0, characters, 97))


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., SetIssue]:
    """Set a page of a sketch with areas: characters of copy, and further keys."""

    def make(sketch: str, **areas: tuple[int, str] | str) -> SetIssue:
        from PIL import Image

        lines = []
        for seed, (letter, area) in enumerate(areas.items()):
            if isinstance(area, str):
                Image.new("L", (1000, int(area)), 128).save(tmp_path / f"{letter}.png", dpi=(1000, 1000))
                lines.append(f"      {letter}: {{picture: {letter}.png}}")
            else:
                story = f'{{headline: 先画版样, text: "{Copy(seed)[area[0]]}"}}'
                lines.append(f"      {letter}: {{story: {story}, {area[1]}}}")
        rows = "\n".join(f"      {row}" for row in sketch.split("/"))
        (tmp_path / "paper.yaml").write_text(PAPER, encoding="utf-8")
        (tmp_path / "issue.yaml").write_text(ISSUE.format(sketch=rows, areas="\n".join(lines)), encoding="utf-8")
        return set_issue(tmp_path / "issue.yaml", Watch())

    return make


def codes(result: SetIssue) -> list[str]:
    return [problem.code for problem in result.problems]


def places(result: SetIssue) -> list[str]:
    """Return the stories' heads and stretches, and pictures, as first line, line after the last, left edge and width in ems."""
    from layout.design.plan import resolve

    grid = resolve(result.issue).grid
    found, part, last = [], "", None
    for placed in result.pages[0].frame.walk():
        item = placed.item
        if isinstance(item, Mark):
            part, last = {MarkKind.HEAD: "head", MarkKind.BODY: "text"}.get(item.kind, ""), None
        elif isinstance(item, Picture):
            top, foot = ((y - grid.area.y) // grid.pitch for y in (placed.y, placed.y + item.height + grid.pitch - 1))
            found.append(["picture", top, foot, (placed.x - grid.area.x) // grid.em])
        elif isinstance(item, GlyphRun) and part == "text":
            line = (placed.y - grid.baseline - grid.area.y) // grid.pitch
            leg = (placed.x - grid.area.x) // (grid.em * (EMS + 1)) * (EMS + 1)
            if last != (line - 1, leg) and last != (line, leg):
                found.append(["text", line, line, leg])
            found[-1][2], last = line + 1, (line, leg)
        elif isinstance(item, GlyphRun) and part == "head":
            found.append(["head", (placed.y - grid.area.y) // grid.pitch, "", (placed.x - grid.area.x) // grid.em])
    return [f"{what} {top}-{foot} at {x}" for what, top, foot, x in found]

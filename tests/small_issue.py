"""Issues of small pages, written and built in a folder: each page says its number and has a story of its own."""

from pathlib import Path

from layout.diagnostics import Diagnostic
from layout.issue import Product, build_issue
from layout.watch import Watch

SENTENCE = "版心有多高，行就有多少；行与行一样远。"

PAPER = """\
key: tiny
name: 小报
format: {trim-width: 148mm, trim-height: 180mm, type-width: 120mm, type-height: 140mm, columns: 3, ems: 12, gutter: 1}
taboos: {no-label: off, widow: off, unflagged-extra: off}
"""

PAGE = """\
  - label: "LABEL"
    name: 第NUMBER页
    sketch: SKETCH
    areas:
      A: {story: {headline: 题号NUMBER, text: "TEXT"}, head: {level: 5}}
"""


def write_issue(folder: Path, count: int, paper: str = "", spreads: tuple[int, ...] = (), page: str = "") -> Path:
    """Write a paper and an issue of so many pages, those in `spreads` and their next ones as one; return the issue's file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "paper.yaml").write_text(PAPER + paper, encoding="utf-8")
    pages, number = [], 1
    while number <= count:
        is_spread = number in spreads
        text = page or PAGE
        for word, value in {
            "LABEL": f"{number:02d}",
            "NUMBER": str(number),
            "SKETCH": "AAAAAA" if is_spread else "AAA",
            "TEXT": SENTENCE * (100 if is_spread else 50),
        }.items():
            text = text.replace(word, value)
        pages.append(text + (f'    spread: "{number + 1:02d}"\n' if is_spread else ""))
        number += 2 if is_spread else 1
    issue = "paper: paper.yaml\nnumber: 7\ndate: 2026-01-01\npages:\n" + "".join(pages)
    (folder / "issue.yaml").write_text(issue, encoding="utf-8")
    return folder / "issue.yaml"


def build(path: Path, *products: Product) -> tuple[Path, tuple[Diagnostic, ...]]:
    """Build an issue beside its file; return the folder of what it left, and the findings."""
    problems = build_issue(path, path.parent / "build", frozenset(products), Watch())
    return path.parent / "build" / "tiny_20260101", problems

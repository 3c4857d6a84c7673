"""Times the make-up of a page of twelve stories, without and with notched areas: `python -m tests.bench.solve`."""

from collections.abc import Iterator
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

from layout.design.plan import resolve
from layout.manifest.issue import Issue
from layout.manifest.load import load_issue
from layout.page.bands import depth_of_block, solve_page
from layout.page.block import Setting
from layout.page.compose import measure_block
from layout.text.shape import Shaper
from layout.typeface.catalogue import Faces, read_catalogue
from tests.bench.copy import paragraphs
from tests.bench.lines import table

RUNS = 5

PAPER = "key: bench\nname: 报\n"

PLAIN = """
A A A A A B B B
A A A A A C C C
D D D D D C C C
E E F F F G G G
E E F F F H H H
I I I I I J J J
K K K K K L L L
"""

NOTCHED = """
A A A A A B B B
A A A A A C C C
A A D D D C C C
E E F F F G G G
E E F F F G G H
I I I I J J J H
K K K K K L L L
"""

UNEVEN = {"A": "columns: 3", "G": "columns: 2"}
"""Legs that do not end where a notch does, so that their lines differ in measure."""

PAGES = {
    "twelve stories": (PLAIN, {}),
    "two of them with notches": (NOTCHED, {}),
    "and lines of different measures": (NOTCHED, UNEVEN),
}


class Times(NamedTuple):
    """Seconds that each stage takes."""

    measure: float
    solve: float
    place: float


def manifest(sketch: str, depths: dict[str, int], keys: dict[str, str]) -> str:
    """Return the issue of a page whose areas get copy for so many characters each."""
    rows = "\n".join(f"      {row}" for row in sketch.split("\n") if row)
    areas = []
    for seed, (letter, characters) in enumerate(depths.items()):
        text = "\\n\\n".join(paragraphs(seed, characters))
        level = 1 if letter == "A" else 4
        more = f", {keys[letter]}" if letter in keys else ""
        story = f'{{headline: "版样先画好，稿子才有地方去", text: "{text}"}}'
        areas.append(f"      {letter}: {{story: {story}, head: {{level: {level}}}{more}}}")
    pages = f'pages:\n  - label: "01"\n    sketch: |\n{rows}\n    areas:\n' + "\n".join(areas)
    return f"paper: paper.yaml\nnumber: 1\ndate: 2026-01-01\n{pages}\n"


def lengths(sketch: str) -> dict[str, int]:
    """Return the characters of each area's copy, as many as its cells would hold if all bands were equally deep."""
    cells = [letter for letter in sketch if letter.isalpha()]
    bands = sketch.strip().count("\n") + 1
    return {letter: cells.count(letter) * 13 * 111 // bands * 2 // 3 for letter in dict.fromkeys(cells)}


def timed(issue: Issue, faces: Faces) -> Times:
    """Return what each stage takes once."""
    page, design = issue.pages[0], resolve(issue)
    setting = Setting(issue, design, Shaper(faces, design.rules), page)
    begun = perf_counter()
    measured = [measure_block(block, setting) for block in page.blocks]
    with_measures = perf_counter()
    made = solve_page(measured, page, design.grid)
    solved = perf_counter()
    for block in made.measured:
        block.place(depth_of_block(block.block, made.depths, page))
    return Times(with_measures - begun, solved - with_measures, perf_counter() - solved)


def read_page(sketch: str, keys: dict[str, str], folder: Path) -> Issue:
    """Return the issue of a page, written into a folder."""
    (folder / "paper.yaml").write_text(PAPER, encoding="utf-8")
    (folder / "issue.yaml").write_text(manifest(sketch, lengths(sketch), keys), encoding="utf-8")
    issue, problems = load_issue(folder / "issue.yaml")
    assert issue is not None, problems
    return issue


def _rows() -> Iterator[list[str]]:
    faces = Faces(read_catalogue({}))
    yield ["a page of", "measure ms", "solve ms", "place ms"]
    for name, (sketch, keys) in PAGES.items():
        with TemporaryDirectory() as folder:
            issue = read_page(sketch, keys, Path(folder))
        timed(issue, faces)
        times = map(median, zip(*(timed(issue, faces) for _ in range(RUNS)), strict=True))
        yield [name, *(f"{1000 * seconds:.1f}" for seconds in times)]


def main() -> None:
    """Print the table."""
    print(table(_rows()))


if __name__ == "__main__":
    main()

"""Times whole issues, ours and Typst's, each in a process of its own: `python -m tests.bench.issue [--rounds N] [--pages 4,8]`.

Needs the extra `bench`. The tables are printed; those of all sizes are written to `tests/bench/ISSUE.md`.
"""

import argparse
import json
import math
import os
import platform
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from statistics import median

from tests.bench.lines import table
from tests.bench.newspaper import SIZES, newspaper, write_manifest, write_typst
from tests.bench.processes import Finished, Run, in_turn, medians, run

ROOT = Path(__file__).resolve().parents[2]
FACES = ("NotoSerifSC-Regular", "NotoSerifSC-Black", "NotoSansSC-Bold", "LXGWWenKai-Regular", "MaShanZheng-Regular")
"""The faces that the issues need: Typst looks into every file of its folder of fonts."""

OURS, ISSUE, TYPST = "Banmian, a file a page and one of the issue", "Banmian, the issue's file", "Typst, one file"

MANY = 24
"""Pages of the largest issue that is set in every round."""

_TYPST = """
import sys, typst
typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], ignore_system_fonts=True)
"""
_STAGE = re.compile(r"^(\w+) +([\d.]+) ms$", re.MULTILINE)

_REPORT = """\
# Speed: whole issues, ours and Typst's

    python -m tests.bench.issue

Banmian {banmian}, Typst {typst} (PyPI), Python {python}, {system}, {cores} cores. Issues of broadsheet pages with eight stories each, about 7000
characters a page (`tests/bench/newspaper.py`); both set the same copy in the same rectangles and legs with the same faces.
Each figure is the median of {rounds} whole processes ({few} of more than {many} pages), ours and Typst's in turn, after one of each that
warms the files. {load}

## A whole issue, cold
{cold}

Ours sets with all rules on, pours, levels legs, judges make-up, and leaves the files that are named. Processor time is over all cores
and processes; memory is the greatest of one process.

{growth}

### Stages of ours, ms
{stages}

## One character changed, in a process that is kept
{kept}

The median of {edits} edits of one story of the first page; each gives the whole issue's PDF anew. Processor time, ms.

## Findings only
{check}
"""


class Bench:
    """Issues in a folder, with the programs that set them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.fonts = folder / "fonts"
        self.fonts.mkdir()
        for face in FACES:
            (self.fonts / f"{face}.ttf").symlink_to(ROOT / "fonts" / f"{face}.ttf")

    def write(self, pages: int) -> Path:
        """Write an issue of so many pages for both engines; return its folder."""
        place = self.folder / str(pages)
        sheets = newspaper(pages)
        write_manifest(place, sheets)
        write_typst(place, sheets)
        return place

    def ours(self, place: Path, only: str) -> Finished:
        """Build an issue's print files."""
        out = ("--only", only, "--out", str(place / only), "--timings")
        return self._run(str(ROOT / "make_issue.py"), "build", str(place / "issue.yaml"), *out)

    def check(self, place: Path) -> Finished:
        """Check an issue, which leaves nothing."""
        return self._run(str(ROOT / "make_issue.py"), "check", str(place / "issue.yaml"), "--timings")

    def typst(self, place: Path) -> Finished:
        """Compile Typst's document of an issue."""
        return self._run("-c", _TYPST, str(place / "issue.typ"), str(place / "typst.pdf"), str(self.fonts))

    def kept(self, engine: str, place: Path, edits: int) -> dict[str, float]:
        """Return what an engine tells of edits in a process that it keeps."""
        made = self._run("-m", "tests.bench.kept", engine, str(place), str(self.fonts), str(edits))
        told: dict[str, float] = json.loads(made.told)
        return told

    def _run(self, *words: str) -> Finished:
        return run([sys.executable, *words], self.folder)


def few(rounds: int) -> int:
    """Return how often an issue of many pages is set."""
    return max(1, rounds // 3)


def _load() -> str:
    """Return how much else the machine had to do: more processes than processors make the clock tell little."""
    average = os.getloadavg()[2]
    return f"The machine's load was {average:.1f} over the last quarter of an hour: where that is above its cores, read processor time."


def _size(place: Path, only: str) -> str:
    files = list((place / only).rglob("*.pdf"))
    whole = sum(file.stat().st_size for file in files if file.stem.count("_") == 1)
    every = sum(file.stat().st_size for file in files)
    return f"{whole / 1000:.0f}" if whole == every else f"{whole / 1000:.0f} + {(every - whole) / 1000:.0f}"


def cold_rows(
    bench: Bench, sizes: Sequence[int], rounds: int, found: dict[str, dict[int, list[Finished]]]
) -> Iterator[list[str]]:
    """Yield the rows of whole processes, and keep the runs by engine and pages."""
    yield ["pages", "engine", "wall s", "processor s", "memory MB", "PDF kB"]
    for pages in sizes:
        place = bench.write(pages)
        programs = {
            ISSUE: partial(bench.ours, place, "issue"),
            TYPST: partial(bench.typst, place),
            OURS: partial(bench.ours, place, "print"),
        }
        for name, made in in_turn(programs, rounds if pages <= MANY else few(rounds)).items():
            found.setdefault(name, {})[pages] = made
            kilobytes = (
                f"{(place / 'typst.pdf').stat().st_size / 1000:.0f}" if name == TYPST else _size(place, programs[name].args[1])
            )
            yield [str(pages), name, *_figures(medians(one.run for one in made)), kilobytes]


def _figures(took: Run) -> list[str]:
    return [f"{took.wall:.2f}", f"{took.cpu:.2f}", f"{took.memory:.0f}"]


def growth(found: dict[str, dict[int, list[Finished]]]) -> Iterator[str]:
    """Yield for each engine the power of the number of pages with which its work grows, and its memory a page."""
    for name, by_pages in found.items():
        several = {pages: medians(one.run for one in made) for pages, made in by_pages.items() if pages > 1}
        if len(several) < 2:
            return
        power = slope([(math.log(pages), math.log(took.cpu)) for pages, took in several.items()])
        megabytes = slope([(pages, took.memory) for pages, took in several.items()])
        yield f"* {name}: processor time grows with pages to the power of {power:.2f}, memory by {megabytes:.2f} MB a page."


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of the line that lies nearest to points."""
    xs = [x for x, _ in points]
    middle = sum(xs) / len(xs)
    return sum((x - middle) * y for x, y in points) / sum((x - middle) ** 2 for x in xs)


def stage_rows(found: dict[int, list[Finished]]) -> Iterator[list[str]]:
    """Yield the time of each stage by pages, and what is left for the start of the process and its imports."""
    times = {pages: [dict(_STAGE.findall(one.told)) for one in made] for pages, made in found.items()}
    names = list(next(iter(times.values()))[0])
    yield ["pages", *names, "start, imports, end"]
    for pages, every in times.items():
        middles = [median(float(stages[name]) for stages in every) for name in names]
        wall = 1000 * median(one.run.wall for one in found[pages])
        yield [str(pages), *(f"{middle:.0f}" for middle in middles), f"{wall - middles[-1]:.0f}"]


def kept_rows(bench: Bench, sizes: Sequence[int], rounds: int, edits: int) -> Iterator[list[str]]:
    """Yield what an edit takes in a kept process, ours and Typst's in turn."""
    yield ["pages", "Banmian: first", "Banmian: edit", "Typst: first", "Typst: edit", "edit, ours to Typst's"]
    for pages in sizes:
        place = bench.folder / str(pages)
        told = [
            bench.kept(engine, place, edits)
            for _ in range(rounds if pages <= MANY else few(rounds))
            for engine in ("ours", "typst")
        ]
        middles = [median(one[key] for one in told[first::2]) for first in (0, 1) for key in ("first", "edit")]
        yield [str(pages), *(f"{middle:.0f}" for middle in middles), f"{middles[1] / middles[3]:.2f}"]


def check_rows(bench: Bench, sizes: Sequence[int], rounds: int) -> Iterator[list[str]]:
    """Yield what it takes to check an issue."""
    yield ["pages", "wall s", "processor s", "memory MB"]
    for pages in sizes:
        made = in_turn({"check": partial(bench.check, bench.folder / str(pages))}, rounds if pages <= MANY else few(rounds))[
            "check"
        ]
        yield [str(pages), *_figures(medians(one.run for one in made))]


def report(sizes: Sequence[int], rounds: int, edits: int) -> str:
    """Time everything; return the report."""
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name))
        found: dict[str, dict[int, list[Finished]]] = {}
        cold = table(cold_rows(bench, sizes, rounds, found))
        return _REPORT.format(
            banmian=version("banmian"),
            typst=version("typst"),
            python=platform.python_version(),
            system=f"{platform.system()} on {platform.machine()}",
            cores=os.cpu_count(),
            rounds=rounds,
            edits=edits,
            few=few(rounds),
            many=MANY,
            load=_load(),
            cold=cold,
            growth="\n".join(growth(found)),
            stages=table(stage_rows(found[ISSUE])),
            kept=table(kept_rows(bench, sizes, rounds, edits)),
            check=table(check_rows(bench, sizes, rounds)),
        )


def main() -> None:
    """Time, print, and write the report where all sizes were timed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--pages", default=",".join(map(str, SIZES)))
    parser.add_argument("--edits", type=int, default=7)
    options = parser.parse_args()
    sizes = [int(pages) for pages in options.pages.split(",")]
    assert all(a < b for a, b in pairwise(sizes)), "pages in growing order"
    told = report(sizes, options.rounds, options.edits)
    if sizes == list(SIZES):
        Path(__file__).with_name("ISSUE.md").write_text(told, encoding="utf-8")
    print(told, end="")


if __name__ == "__main__":
    main()

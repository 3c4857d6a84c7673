"""Counts the lines of ours and of Typst over the same copy: `python -m tests.bench.lines [--issue PAGES]`.

Once in measures from 8 to 41 ems, once in the rectangles of a whole issue. Needs the extra `bench`. The tables are printed and
written to `tests/bench/LINES.md`.
"""

import argparse
import platform
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

from tests.bench import columns
from tests.bench.columns import Story, issue_of_ours, issue_of_typst
from tests.bench.copy import paragraphs
from tests.bench.count import FAULTS, SHARES, Counted, Line, latin_gaps, opened, quantiles, read_lines, shares, widest_han_gap
from tests.bench.engines import LEAST_EMS, MOST_EMS, Setting, set_ours, set_typst
from tests.bench.newspaper import Sheet, newspaper

CHARACTERS = 6_000
"""Characters of copy in each measure."""

SHOWN = (8, 10, 13, 17, 22, 27, 41)
"""The measures of the table by measure."""

ENGINES: dict[str, Callable[[Sequence[str], int], Setting]] = {"Banmian": set_ours, "Typst": set_typst}
ISSUES: dict[str, Callable[[Sequence[Sheet]], list[Story]]] = {"Banmian": issue_of_ours, "Typst": issue_of_typst}
PLACES: dict[str, Callable[[Story], int]] = {
    "last lines alone at the head of a leg (孤行)": columns.widows,
    "first lines alone at the foot of a leg": columns.orphans,
    "lines off the grid": columns.off_grid,
}

_REPORT = """\
# Even type: our lines and Typst's over the same copy

    python -m tests.bench.lines --issue {pages}

Banmian {banmian}, Typst {typst} (PyPI), Python {python}. {characters} characters of copy (`tests/bench/copy.py`) in measures from
{least} to {most} ems, counted from the glyphs of the finished PDFs (`tests/bench/count.py`). Both: Noto Serif SC at 9 points, justified, 2 ems
of indent; Typst with `lang: "zh", region: "cn"` and the gap between Han and Latin on.

## All measures
{totals}

A full line is every line of a paragraph but its last. Flush: a mark at the line's end counts with half its em (GB/T 15834 5.1.10).
Solid: all Han of the line stand an em apart, to 0.01. A joint is one of Han with Han or with a mark; a pair has a bracket or a
quotation mark in it. Widths are in ems; the widest gap is that of each full line.

## By measure
{measures}

## A whole issue
The issue of {pages} pages that `python -m tests.bench.issue` times (`tests/bench/newspaper.py`): {modules} modules, the same copy in the same rectangles
and the same number of legs. Our legs are whole ems wide and leave the rest to the gaps, Typst's share the width evenly.

{issue}

Legs: the first figure counts modules whose legs end on one line, the last leg aside, which may end above; the second those in which
no leg ends more than a line above another. Ours shares the lines that do not divide among the legs, one each; Typst fills leg after leg.
A last line is alone at the head of a leg after the first one, a first line at the foot of a leg before the last; last lines that ours
leaves alone, since no paragraph of the story can give or take a line, are findings (`widow`). The text layer is what
pypdf extracts: characters of the copy that do not come out of it in their order. All points at line starts of Typst's are interpuncts.
"""


def count_lines(engine: str) -> dict[int, Counted]:
    """Return what an engine's lines do, by measure."""
    counted = {}
    for ems in range(LEAST_EMS, MOST_EMS + 1):
        copy = paragraphs(ems, CHARACTERS)
        counted[ems] = read_lines(copy, ENGINES[engine](copy, ems).cells, ems)
    return counted


def _total_rows(counted: dict[str, list[Line]], lost: list[int]) -> Iterator[list[str]]:
    every = list(counted.values())
    yield ["over all measures", *counted]
    yield ["lines", *(str(len(lines)) for lines in every)]
    yield ["characters lost or changed", *map(str, lost)]
    yield from _line_rows(every)


def _line_rows(every: Sequence[Sequence[Line]]) -> Iterator[list[str]]:
    for name, is_fault in FAULTS.items():
        yield [name, *(str(sum(map(is_fault, lines))) for lines in every)]
    yield ["words hyphenated", *(str(sum(line.is_hyphenated for line in lines)) for lines in every)]
    for name, cases in SHARES.items():
        yield [name, *(_share(*shares(lines, cases)) for lines in every)]
    yield [
        "widest Han-Han gap: median, p95, p99, max",
        *(_widths(lines, widest_han_gap, 0.5, 0.95, 0.99, 1) for lines in every),
    ]
    yield ["Han-Latin gap: min, p5, median, p95, max", *(_widths(lines, latin_gaps, 0, 0.05, 0.5, 0.95, 1) for lines in every)]


def _issue_rows(counted: dict[str, list[Story]], pages: int) -> Iterator[list[str]]:
    every = list(counted.values())
    yield [f"{pages} pages", *counted]
    yield ["modules whole", *(_part(stories, columns.is_whole) for stories in every)]
    yield ["lines", *(str(sum(len(story.rows) for story in stories)) for stories in every)]
    yield ["characters lost or changed", *(str(sum(story.lost for story in stories)) for stories in every)]
    yield ["characters with a wrong text layer", *(str(sum(story.mute for story in stories)) for stories in every)]
    yield from _line_rows([[line for story in stories for line in story.lines] for stories in every])
    yield ["modules with legs level, the last aside", *(_part(stories, columns.is_level) for stories in every)]
    yield ["modules with all legs within a line", *(_part(stories, columns.is_even) for stories in every)]
    for name, count in PLACES.items():
        yield [name, *(str(sum(map(count, stories))) for stories in every)]


def _part(stories: Sequence[Story], holds: Callable[[Story], bool]) -> str:
    return f"{100 * sum(map(holds, stories)) / len(stories):.1f} % of {len(stories)}"


def _measure_rows(counted: dict[str, dict[int, Counted]]) -> Iterator[list[str]]:
    heads = ("lines", "widest Han-Han gap p95, max", "opened by more than 1/4 em", "Han-Latin gap p5, p95")
    yield ["ems", *(f"{engine}: {head}" for head in heads for engine in counted)]
    for ems in SHOWN:
        every = [by_measure[ems].lines for by_measure in counted.values()]
        yield [
            str(ems),
            *(str(len(lines)) for lines in every),
            *(_widths(lines, widest_han_gap, 0.95, 1) for lines in every),
            *(_share(*shares(lines, opened)) for lines in every),
            *(_widths(lines, latin_gaps, 0.05, 0.95) for lines in every),
        ]


def _share(found: int, cases: int) -> str:
    return f"{100 * found / (cases or 1):.1f} % of {cases}"


def _widths(lines: Sequence[Line], widths: Callable[[Line], Iterator[float]], *parts: float) -> str:
    return ", ".join(f"{abs(width) if abs(width) < 0.005 else width:.2f}" for width in quantiles(lines, widths, *parts))


def table(rows: Iterator[list[str]]) -> str:
    """Return rows as a Markdown table; the first is its head."""
    head, *body = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *body))


def main() -> None:
    """Count, print, and write the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--issue", type=int, default=24, metavar="PAGES")
    pages = parser.parse_args().issue
    stories = {engine: count_issue(newspaper(pages)) for engine, count_issue in ISSUES.items()}
    counted = {engine: count_lines(engine) for engine in ENGINES}
    lines = {engine: [line for part in parts.values() for line in part.lines] for engine, parts in counted.items()}
    lost = [sum(part.lost for part in parts.values()) for parts in counted.values()]
    copies = [paragraphs(ems, CHARACTERS) for ems in range(LEAST_EMS, MOST_EMS + 1)]
    report = _REPORT.format(
        banmian=version("banmian"),
        typst=version("typst"),
        python=platform.python_version(),
        characters=f"{sum(len(paragraph) for copy in copies for paragraph in copy):,}".replace(",", " "),
        least=LEAST_EMS,
        most=MOST_EMS,
        totals=table(_total_rows(lines, lost)),
        measures=table(_measure_rows(counted)),
        pages=pages,
        modules=len(stories["Banmian"]),
        issue=table(_issue_rows(stories, pages)),
    )
    Path(__file__).with_name("LINES.md").write_text(report, encoding="utf-8")
    print(report, end="")


if __name__ == "__main__":
    main()

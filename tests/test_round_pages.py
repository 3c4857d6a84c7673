"""Stories whose text runs round something, on finished pages: where head and legs stand, and in which order the file reads."""

import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from PIL import Image

from layout.design.plan import resolve
from layout.diagnostics import Language
from layout.export.printing import print_files
from layout.frame import Fill, GlyphRun, Mark, MarkKind, Picture
from layout.issue import SetIssue, set_issue
from layout.watch import Watch
from tests.bench.copy import paragraphs
from tests.test_fit import LONG

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
    """Set a page of a sketch with areas: copy, or its characters, and further keys."""

    def make(sketch: str, **areas: tuple[int | str, str] | str) -> SetIssue:
        lines = []
        for seed, (letter, area) in enumerate(areas.items()):
            if isinstance(area, str):
                Image.new("L", (1000, int(area)), 128).save(tmp_path / f"{letter}.png", dpi=(1000, 1000))
                lines.append(f"      {letter}: {{picture: {letter}.png}}")
            else:
                text = Copy(seed)[area[0]] if isinstance(area[0], int) else area[0]
                story = f'{{headline: 先画版样, text: "{text}"}}'
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


def told(result: SetIssue) -> str:
    """Return where the text of a page stands."""
    return ",".join(place.removeprefix("text ") for place in places(result) if place.startswith("text"))


HEAD = "head: {level: 4}"


def at(place: str) -> str:
    return f"head: {{level: 4, place: {place}}}"


@pytest.mark.parametrize(
    ("place", "characters", "wanted"),
    [
        ("over", 1500, "5-43 at 0,5-44 at 11,5-44 at 22,5-44 at 33"),
        ("beside", 850, "0-44 at 22,0-44 at 33"),
        ("left-corner", 1540, "7-44 at 0,7-43 at 11,0-43 at 22,0-43 at 33"),
        ("right-corner", 1540, "0-44 at 0,0-43 at 11,7-43 at 22,7-43 at 33"),
        ("brow", 1540, "0-44 at 0,7-43 at 11,7-43 at 22,0-43 at 33"),
        ("centre", 1540, "0-44 at 0,0-18 at 11,25-43 at 11,0-18 at 22,25-43 at 22,0-43 at 33"),
        ("waist", 1500, "0-19 at 0,0-19 at 11,0-19 at 22,0-19 at 33,24-44 at 0,24-44 at 11,24-44 at 22,24-43 at 33"),
    ],
)
def test_where_text_stands_to_its_head(place, characters, wanted, made):
    result = made("A A A A", A=(characters, at(place)))

    assert [] == codes(result)
    assert wanted == told(result)


SHAPES = {
    "L": ("A A B B/A A A A", {"A": (980, HEAD), "B": (420, HEAD)}),
    "foot of an L": ("A A A A/A A B B", {"A": (1000, HEAD), "B": (330, HEAD)}),
    "round a picture": ("A A A A/A P P A/A A A A", {"A": (1280, HEAD), "P": "700"}),
    "round a story": ("A A A A/A B B A/A A A A", {"A": (1100, HEAD), "B": (250, HEAD + ", border: hairline")}),
    "in each other": ("A A A B/A A A B/A B B B", {"A": (700, HEAD), "B": (740, HEAD)}),
}
STANDS = {
    "L": "7-44 at 0,7-44 at 11,29-43 at 22,29-43 at 33,6-28 at 22,6-28 at 33",
    "foot of an L": "6-44 at 0,6-44 at 11,6-20 at 22,6-20 at 33,26-44 at 22,26-43 at 33",
    "round a picture": "4-44 at 0,4-17 at 11,30-44 at 11,4-17 at 22,30-44 at 22,4-43 at 33",
    "round a story": "4-44 at 0,4-12 at 11,35-44 at 11,4-12 at 22,35-44 at 22,4-44 at 33,17-33 at 11,17-32 at 22",
    "in each other": "6-44 at 0,6-24 at 11,6-23 at 22,25-44 at 11,25-44 at 22,5-44 at 33",
}


@pytest.mark.parametrize("name", SHAPES)
def test_where_text_stands_in_areas_of_any_shape(name, made):
    sketch, areas = SHAPES[name]

    result = made(sketch, **areas)

    assert [] == [code for code in codes(result) if code != "narrow-head"]
    assert STANDS[name] == told(result)


def judged(result: SetIssue, tmp_path: Path, judge: Callable[..., subprocess.CompletedProcess[str]]) -> str:
    """Return what pdftotext reads from the finished page, without white."""
    files = print_files(result.issue, result.pages, result.faces).named(result.issue)
    (tmp_path / "page.pdf").write_bytes(files["round_20260101_0001.pdf"])
    read = judge("pdftotext", "-raw", tmp_path / "page.pdf", "-")
    assert read.returncode == 0
    return "".join(read.stdout.split())


def copy_of(result: SetIssue, area: int = 0) -> str:
    """Return the text of an area's story."""
    return "".join(paragraph.text for paragraph in result.issue.pages[0].blocks[area].content.story.paragraphs)


@pytest.mark.parametrize(("place", "characters"), [("centre", 1540), ("waist", 1500), ("brow", 1540), ("beside", 850)])
def test_the_file_reads_a_head_and_then_its_text_in_order(place, characters, made, tmp_path, judge):
    result = made("A A A A", A=(characters, at(place)))

    assert "先画版样" + copy_of(result) in judged(result, tmp_path, judge)


@pytest.mark.parametrize("name", ["L", "round a story", "in each other"])
def test_the_file_reads_stories_of_any_shape_one_after_the_other(name, made, tmp_path, judge):
    sketch, areas = SHAPES[name]

    result = made(sketch, **areas)

    read = judged(result, tmp_path, judge)
    assert all("先画版样" + copy_of(result, area) in read for area in (0, 1))


def test_a_head_that_would_stand_in_a_notch_stands_at_the_top_beside_it(made):
    result = made("B B A A/A A A A", A=(1040, at("left-corner")), B=(380, HEAD))

    assert "head-in-notch" in codes(result)
    assert [place[-2:] for place in places(result) if place.startswith("head")] == [" 6", "28"]


def test_a_notch_keeps_below_a_deep_head(made):
    result = made("A A A C/A P A D/A A A D", A=(800, "head: {level: 1}"), P="700", C=(10, "head: {level: 5}"), D=(330, HEAD))

    head = next(place for place in places(result) if place.startswith("head"))
    (picture,) = (place for place in places(result) if place.startswith("picture"))
    assert int(head.split()[1].strip("-")) < int(picture.split()[1].split("-")[0])


DEEP, SHALLOW = (900, HEAD), (300, HEAD)


@pytest.mark.parametrize(
    ("sketch", "areas", "zh", "en"),
    [
        pytest.param(
            "A A A A/B B B B", {"A": DEEP, "B": DEEP}, "A+B 上下相加至少", "A+B one above the other need", id="several"
        ),
        pytest.param("A A B B/C C C C", {"A": DEEP, "B": SHALLOW, "C": SHALLOW}, "A 区至少", "A needs", id="one beside one"),
        pytest.param(
            "A A B B/C C C C", {"A": DEEP, "B": SHALLOW, "C": SHALLOW}, "B 区至多", "B fills at most", id="given by one"
        ),
    ],
)
def test_areas_that_contradict_each_other_are_told_for_one_and_for_several(sketch, areas, zh, en, made):
    (problem,) = (problem for problem in made(sketch, **areas).problems if problem.code == "areas-too-deep")

    assert zh in problem.message(Language.ZH)
    assert en in problem.message(Language.EN)
    assert "cut copy so that" in problem.hint(Language.EN)


@pytest.mark.parametrize("place", ["left-corner", "waist"])
def test_text_round_a_head_is_set_tighter_where_that_is_allowed(place, made):
    @cache
    def found(lines: int, squeeze: str) -> bool:
        text = "\\n\\n".join(LONG[: 16 * part] for part in [8] * (lines // 8) + [lines % 8] if part)
        return bool(
            {"overset", "underset"} & set(codes(made("A A A A", A=(text, at(place) + f", columns: 2, squeeze: {squeeze}"))))
        )

    longest = max(lines for lines in range(70, 100) if not found(lines, "none"))

    assert not found(longest + 1, "tight")
    assert not found(longest + 1, "either")
    assert found(longest + 1, "loose")


@pytest.mark.parametrize(
    ("place", "legs", "characters"),
    [("left-corner", "", 1510), ("waist", "", 1370), ("over", ", columns: 3, remainder: legs", 1280)],
)
def test_text_round_a_head_or_in_uneven_legs_is_set_looser_where_that_is_allowed(place, legs, characters, made):
    def found(squeeze: str) -> list[str]:
        return codes(made("A A A A", A=(characters, at(place) + f"{legs}, squeeze: {squeeze}")))

    assert found("none") == found("tight") == ["underset"]
    assert found("loose") == found("either") == []


def test_a_rule_stands_above_a_story_that_reaches_under_another(made):
    sketch, areas = SHAPES["in each other"]

    rules = [placed.item for placed in made(sketch, **areas).pages[0].frame.items if isinstance(placed.item, Fill)]

    assert [rule.width > rule.height for rule in rules].count(True) == 1

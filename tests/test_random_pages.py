"""Random pages: cut so that they can be full they come out full to the line; with one story of another length they say why not.

A page is cut into areas first, each gets as much copy as its cut depth holds, and the depths are then forgotten.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain, count, cycle, dropwhile, islice, pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

import pytest

from layout.design.plan import resolve
from layout.diagnostics import Diagnostic, Span
from layout.flow.galley import SetParagraph, set_galley, shape_story
from layout.flow.region import share_width
from layout.frame import Frame, GlyphRun, Mark, MarkKind, Page, Picture
from layout.geometry import Rect
from layout.manifest.areas import Border, Head, HeadPlace, Remainder, StoryHead
from layout.manifest.copy import Story
from layout.manifest.issue import Block, Content, IssuePage, PictureContent, StoryContent
from layout.manifest.issue_file import Staff
from layout.manifest.kinds import Located
from layout.manifest.load import load_issue
from layout.manifest.sketch import read_sketch
from layout.manifest.source import NOTHING, Report, Scalar
from layout.manifest.story import make_story
from layout.page import compose
from layout.page.bands import depth_of_block, holes_of
from layout.page.block import Depths, MeasuredBlock, Setting
from layout.page.compose import compose_page, measure_block
from layout.page.stories.runround import RoundStory
from layout.script.rules import Axis
from layout.text.shape import Shaper
from layout.typeface.catalogue import Faces, read_catalogue
from tests.bench.copy import paragraphs

PAGES, BATCHES = 200, 10

MENDS = 4
"""How often a page with notches is mended: how deep such an area must be depends on the others, so one fault may hide behind another."""

COLUMNS, EMS = 4, 10
LEAST = 13
"""The fewest lines of an area that is cut."""

FITTING = {"overset", "underset", "areas-too-deep", "areas-too-shallow", "area-too-shallow", "picture-too-deep"}
HERE = Span("issue.yaml", 5, 5)
FACES = Faces(read_catalogue({}))
PAPER = f"""key: random
name: 报
format: {{trim-width: 200mm, trim-height: 250mm, type-width: 150mm, type-height: 216mm, columns: {COLUMNS}, ems: {EMS}, gutter: 1}}
"""
ISSUE = 'paper: paper.yaml\nnumber: 1\ndate: 2026-01-01\npages: [{label: "01", sketch: A A A A, areas: {A: {story: {headline: 春, text: 春}}}}]\n'


class Area(NamedTuple):
    """An area as it was cut: its base columns and lines; a picture, or a story with its head at a place."""

    column: int
    columns: int
    line: int
    lines: int
    is_picture: bool = False
    place: HeadPlace = HeadPlace.OVER
    legs: int | None = None
    remainder: Remainder = Remainder.GAPS

    @property
    def end(self) -> int:
        return self.line + self.lines


class Made(NamedTuple):
    """A page as it was cut, with the content of each of its areas."""

    page: IssuePage
    areas: tuple[Area, ...]
    depths: tuple[int, ...]


@pytest.fixture(scope="module")
def setting(tmp_path_factory: pytest.TempPathFactory) -> Setting:
    """What the pages are set with."""
    folder: Path = tmp_path_factory.mktemp("random")
    (folder / "paper.yaml").write_text(PAPER, encoding="utf-8")
    (folder / "issue.yaml").write_text(ISSUE, encoding="utf-8")
    issue, problems = load_issue(folder / "issue.yaml")
    assert issue is not None, problems
    design = resolve(issue)
    return Setting(issue, design, Shaper(FACES, design.rules), issue.pages[0])


# ---- pages are cut ---------------------------------------------------------------------------------------------------


def cut(rng: Random, area: Area) -> Iterator[Area]:
    """Yield the areas that a rectangle is cut into."""
    ways = [way for way, most in (("across", area.lines - 2 * LEAST), ("down", area.columns - 2)) if most >= 0]
    if not ways or (area.lines < 3 * LEAST and rng.random() < 0.35):
        yield area
    elif rng.choice(ways) == "across":
        lines = rng.randint(LEAST, area.lines - LEAST)
        yield from cut(rng, area._replace(lines=lines))
        yield from cut(rng, area._replace(line=area.line + lines, lines=area.lines - lines))
    else:
        columns = rng.randint(1, area.columns - 1)
        yield from cut(rng, area._replace(columns=columns))
        yield from cut(rng, area._replace(column=area.column + columns, columns=area.columns - columns))


def notched(rng: Random, areas: list[Area]) -> list[Area]:
    """Return the areas with a piece cut out of one of them, which thereby gets another shape."""
    wide = [area for area in areas if area.columns > 1 and area.lines >= 2 * LEAST]
    if not wide:
        return areas
    area = rng.choice(wide)
    columns, lines = rng.randint(1, area.columns - 1), rng.randint(8, area.lines - LEAST)
    line = rng.choice([area.line, area.end - lines, area.line + (area.lines - lines + 8) // 2])
    column = area.column + rng.choice([0, area.columns - columns, (area.columns - columns + 1) // 2])
    return [*areas, Area(column, columns, min(line, area.end - lines), lines)]


def dressed(rng: Random, area: Area, is_notched: bool) -> Area:
    """Return an area as a picture, or as a story with its head somewhere and legs of some number."""
    if not is_notched and rng.random() < 0.25:
        return area._replace(is_picture=True)
    place = rng.choice(list(HeadPlace)) if rng.random() < 0.4 else HeadPlace.OVER
    legs = rng.randint(1, area.columns) if rng.random() < 0.3 else None
    return area._replace(place=place, legs=legs, remainder=rng.choice(list(Remainder)))


def drawn(areas: Sequence[Area], lines: int) -> tuple[str, tuple[int, ...]]:
    """Return the sketch of areas, later ones over earlier ones, and the depths of its bands."""
    edges = sorted({0, lines, *(edge for area in areas for edge in (area.line, area.end))})
    rows = []
    for top, _ in pairwise(edges):
        row = ["."] * COLUMNS
        for letter, area in zip("ABCDEFGHIJKLMNOPQ", areas, strict=False):
            if area.line <= top < area.end:
                row[area.column : area.column + area.columns] = letter * area.columns
        rows.append("".join(row))
    return "\n".join(rows), tuple(below - above for above, below in pairwise(edges))


# ---- areas are filled ------------------------------------------------------------------------------------------------


class Filling(NamedTuple):
    """Fills the areas of a page that was cut."""

    setting: Setting
    page: IssuePage
    bands: tuple[int, ...]

    def measured(self, block: Block) -> tuple[MeasuredBlock, Depths]:
        """Return a block measured, and its depths where its notches stand."""
        measured = known(block, self.setting)
        if isinstance(measured, RoundStory):
            holes = holes_of(block, self.bands, self.page, self.setting.design.grid)
            return measured, measured.with_notches(holes).depths
        return measured, measured.depths

    def filled(self, block: Block, area: Area, depth: int, rng: Random) -> Block | None:
        """Return a block with content for which a depth is right; None where it could not be found."""
        grid = self.setting.design.grid
        if area.is_picture:
            height = (depth * grid.pitch - 1) * 10_000 // grid.width(block.columns)
            return block._replace(content=PictureContent(Path("p.png"), 10_000, height, "", ""))
        legs = area.legs or block.columns
        region = share_width(grid.ems_across(block.columns), legs, 1, grid.em, area.remainder)
        cut_copy = lines_at(region.legs[0].measure, self.setting)
        lines = [*chain.from_iterable(cut_copy[rng.randrange(len(cut_copy) // 2) :])]
        used = max(1, legs * (depth - 6))
        for _ in range(9):
            made = block._replace(content=story("".join(lines[:used]), area))
            _, depths = self.measured(made)
            off = min(0, depth - depths.least) or max(0, depth - depths.most)
            if not off:
                return made
            used += off * legs if abs(off) > 1 else off
            if not 1 <= used <= len(lines):
                return None
        return None


@cache
def copy() -> Story:
    return make_story("copy", StoryHead(headline=Scalar("题", HERE, HERE)), "\n\n".join(paragraphs(1, 12_000)), HERE, Report())


LINES: dict[int, list[list[str]]] = {}


def lines_at(measure: int, setting: Setting) -> list[list[str]]:
    """Return copy by paragraphs, cut where the lines of its galley end at a measure."""
    if measure not in LINES:
        grid = setting.design.grid
        made = set_galley(shape_story(copy(), grid, setting.shaper), measure, grid.em)
        LINES[measure] = [list(lines_of(paragraph)) for paragraph in made.paragraphs]
    return LINES[measure]


def lines_of(paragraph: SetParagraph) -> Iterator[str]:
    for line in paragraph.lines:
        text = "".join(line.shaped.clusters[line.span.start : line.span.end])
        yield text + "\n\n" if line is paragraph.lines[-1] else text


def story(copy: str, area: Area) -> StoryContent:
    head = StoryHead(headline=Scalar("先画版样", HERE, HERE))
    made = make_story("story", head, copy, HERE, Report())
    settled = Head(level=5, direction=Axis.LEVEL, place=area.place)
    return StoryContent(made, settled, area.legs, Border.NONE, Axis.LEVEL, remainder=area.remainder)


MEASURED: dict[int, tuple[Content, MeasuredBlock]] = {}


def known(block: Block, setting: Setting) -> MeasuredBlock:
    """Return a block measured; one with content that was measured before is not measured again."""
    if id(block.content) not in MEASURED:
        MEASURED[id(block.content)] = block.content, measure_block(block, setting)
    return MEASURED[id(block.content)][1]


def made(seed: int, setting: Setting) -> Made | None:
    """Return a page that can be full, or None where an area could not be filled."""
    rng = Random(seed)
    lines = setting.design.grid.lines
    plain = list(cut(rng, Area(0, COLUMNS, 0, lines)))
    areas = notched(rng, plain) if seed % 2 else plain
    sketch, bands = drawn(areas, lines)
    read = read_sketch(Scalar(sketch, HERE, HERE), COLUMNS, Report())
    by_letter = dict(zip("ABCDEFGHIJKLMNOPQ", areas, strict=False))
    blocks, chosen = [], []
    page = IssuePage(1, "01", NOTHING, Located((0,) * len(bands), HERE), (), Staff(), HERE)
    filling = Filling(setting, page, bands)
    for cells in read.cells:
        area = dressed(rng, by_letter[cells.letter], bool(cells.notches))
        empty = Block(
            cells.letter, cells.column, cells.columns, cells.band, cells.bands, story("春", area), HERE, cells.notches
        )
        block = filling.filled(empty, area, depth_of_block(empty, bands, page), rng)
        if block is None:
            return None
        blocks.append(block)
        chosen.append(area)
    return Made(page._replace(blocks=tuple(blocks)), tuple(chosen), bands)


def told(page: IssuePage, setting: Setting) -> list[Diagnostic]:
    """Return what is said about how a page is filled."""
    found = compose_page(setting.issue, page, setting.design, setting.shaper).problems
    return [problem for problem in found if problem.code in FITTING]


# ---- pages are judged ------------------------------------------------------------------------------------------------


def filling_of(made: Made, setting: Setting) -> Filling:
    return Filling(setting, made.page, made.depths)


def spoilt(page: Made, rng: Random, setting: Setting) -> tuple[Made, str] | None:
    """Return a page with one story longer or shorter than its neighbours can make good, and the story's letter."""
    filling = filling_of(page, setting)
    each = {block.letter: filling.measured(block)[1] for block in page.page.blocks}
    slack = sum(depths.most - depths.least for depths in each.values()) + 2
    slack *= 1 + any(block.notches for block in page.page.blocks)
    letters = [block.letter for block in page.page.blocks if isinstance(block.content, StoryContent)]
    for letter in rng.sample(letters, len(letters)):
        for change in rng.sample([slack, -slack], 2):
            depth = each[letter].natural + change
            made = changed(page, letter, depth, rng, setting) if depth > 0 else None
            if made is not None:
                return made, letter
    return None


def changed(page: Made, letter: str, depth: int, rng: Random, setting: Setting) -> Made | None:
    """Return a page with other copy in a story, so much that it fills a depth."""
    number = next(number for number, block in enumerate(page.page.blocks) if block.letter == letter)
    block = filling_of(page, setting).filled(page.page.blocks[number], page.areas[number], depth, rng)
    if block is None:
        return None
    blocks = (*page.page.blocks[:number], block, *page.page.blocks[number + 1 :])
    return page._replace(page=page.page._replace(blocks=blocks))


def hinted(problems: Sequence[Diagnostic]) -> dict[str, int]:
    """Return the letters that the first cause names, and by how many lines each of them might become deeper to mend it."""
    values = dict(problems[0].values)
    match problems[0].code:
        case "areas-too-deep":
            shallower = dict.fromkeys(values["areas"].split("+"), -values["over"])
            return shallower | dict.fromkeys(filter(None, values["beside"].split("+")), values["over"])
        case "areas-too-shallow":
            return dict.fromkeys(values["areas"].split("+"), values["over"])
        case "overset":
            return {values["area"]: -values["more"]}
        case "underset":
            return {values["area"]: values["less"]}
    raise AssertionError(problems[0])


def cured(page: Made, letter: str, problems: Sequence[Diagnostic], rng: Random, setting: Setting) -> Made:
    """Return a page with copy changed as the first cause says: in a story, if that is named, or else in the first one named."""
    hints = hinted(problems)
    stories = {block.letter: block for block in page.page.blocks if isinstance(block.content, StoryContent)}
    for named in sorted(filter(stories.__contains__, hints), key=lambda name: name != letter):
        depths = filling_of(page, setting).measured(stories[named])[1]
        made = changed(page, named, (depths.least if hints[named] < 0 else depths.most) + hints[named], rng, setting)
        if made is not None:
            return made
    raise AssertionError(hints)


def inks(frame: Frame, x: int, y: int) -> Iterator[Rect]:
    """Yield where the lines and pictures of a block stand."""
    for placed in frame.walk(x, y):
        if isinstance(placed.item, GlyphRun):
            yield Rect(placed.x, placed.y - placed.item.size * 7 // 8, placed.item.width, placed.item.size)
        elif isinstance(placed.item, Picture):
            yield Rect(placed.x, placed.y, placed.item.width, placed.item.height)


def overlaps(page: Page, blocks: int) -> list[tuple[Rect, Rect]]:
    """Return what stands on something of another block."""
    every = sorted(
        (
            (ink, number)
            for number, placed in enumerate(page.frame.items[:blocks])
            for ink in inks(placed.item, placed.x, placed.y)
        ),
        key=lambda pair: pair[0].y,
    )
    found = []
    for place, (ink, number) in enumerate(every):
        for other, its in every[place + 1 :]:
            if other.y >= ink.bottom:
                break
            if its != number and ink.x < other.right and other.x < ink.right:
                found.append((ink, other))
    return found


def body(frame: Frame) -> list[tuple[int, str]]:
    """Return the baselines and the text of a story's lines, in the order in which they are read."""
    runs = dropwhile(lambda placed: not (isinstance(placed.item, Mark) and placed.item.kind is MarkKind.BODY), frame.walk())
    return [(placed.y, placed.item.text) for placed in runs if isinstance(placed.item, GlyphRun)]


# ---- the tests -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=range(BATCHES))
def batch(request: pytest.FixtureRequest, setting: Setting) -> Iterator[list[Made]]:
    """Pages that can be full; what was measured for them is kept as long as they are."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(compose, "measure_block", known)
        pages = (made(seed, setting) for seed in count(1000 * request.param))
        yield list(islice((page for page in pages if page is not None), PAGES // BATCHES))
    MEASURED.clear()


def test_pages_that_can_be_full_are_full_to_the_line(batch, setting):
    grid = setting.design.grid
    for page in batch:
        composed = compose_page(setting.issue, page.page, setting.design, setting.shaper)
        blocks = page.page.blocks

        assert [] == [problem for problem in composed.problems if problem.code in FITTING]
        assert [] == overlaps(composed.page, len(blocks))
        for block, placed in zip(blocks, composed.page.frame.items, strict=False):
            if isinstance(block.content, StoryContent):
                lines = body(placed.item)
                text = "".join(paragraph.text for paragraph in block.content.story.paragraphs)
                foot = placed.item.height - grid.pitch + grid.baseline
                assert text == "".join(text for _, text in lines).replace("\u00ad", "")
                assert 0 <= foot - max(y for y, _ in lines) <= (grid.pitch if block.notches else 0)


def test_pages_that_cannot_be_full_say_why_and_are_full_once_that_is_mended(batch, setting):
    """As many pages as can be full: where one still suits when it is spoilt, another one is spoilt in its place."""
    rng = Random(len(batch))
    told_of = 0
    for page in cycle(batch):
        if told_of == len(batch):
            break
        made = spoilt(page, rng, setting)
        if made is None:
            continue
        spoilt_page, letter = made
        problems = told(spoilt_page.page, setting)
        told_of += bool(problems)
        assert problems or any(block.notches for block in page.page.blocks)
        for _ in range(MENDS if any(block.notches for block in page.page.blocks) else 1):
            if problems:
                spoilt_page = cured(spoilt_page, letter, problems, rng, setting)
                problems = told(spoilt_page.page, setting)
        assert [] == problems

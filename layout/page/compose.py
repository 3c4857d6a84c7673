"""Composes a page: measures its blocks, solves the bands, places blocks, furniture and rules."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.design.plan import Design
from layout.diagnostics import Diagnostic, finding
from layout.flow.conflict import find_conflict, is_full
from layout.frame import Frame, Page, Placed
from layout.manifest.areas import FurnitureArea
from layout.manifest.copy import Story
from layout.manifest.issue import (
    AdvertContent,
    Block,
    HeadlineContent,
    IndexContent,
    Issue,
    IssuePage,
    Jump,
    PictureContent,
    PictureGroup,
    SlotContent,
    StoryContent,
)
from layout.manifest.paper import MastheadForm, Paper
from layout.messages import Phrase
from layout.page.bands import Bands, depth_of_block, solve_page, top_of
from layout.page.block import NO_RESTS, MeasuredBlock, Rests, Setting
from layout.page.boxes.index import measure_index
from layout.page.boxes.slot import measure_slot
from layout.page.dividers import story_rules
from layout.page.furniture.block import FurnitureBlock
from layout.page.furniture.folio import folio
from layout.page.furniture.foot import foot
from layout.page.furniture.piece import NAMES, furniture_mark
from layout.page.heads.spanning import measure_spanning_head
from layout.page.parts import Parts
from layout.page.pictures.advert import AdvertBlock
from layout.page.pictures.picture import measure_picture
from layout.page.pictures.picture_group import measure_picture_group
from layout.page.stories.jump import JumpingStory, taken_up
from layout.page.stories.runround import is_round, measure_round_story
from layout.page.stories.story import measure_story
from layout.page.stories.vertical import measure_vertical_story
from layout.page.taboos import MadeUp, taboo_findings
from layout.script.rules import Axis
from layout.text.shape import Shaper
from layout.units import PT, Emu

_TYPE_AREA = Phrase("版心只有", "the type area has")
_PINNED = Phrase("固定的各行只有", "the pinned rows have")


Measure = Callable[[Block, Setting], MeasuredBlock]


class Composed(NamedTuple):
    """A finished page, what was found while it was made, and what its stories leave for other pages."""

    page: Page
    problems: tuple[Diagnostic, ...]
    rests: Rests


def compose_page(
    issue: Issue, page: IssuePage, design: Design, shaper: Shaper, rests: Rests = NO_RESTS, measure: Measure | None = None
) -> Composed:
    """Return the finished page with its findings; `rests` is what stories of other pages leave for it.

    `measure` measures its blocks, `measure_block` by default.
    """
    design = design.on(page)
    setting = Setting(issue, design, shaper, page, rests)
    measure = measure or measure_block
    impossible = _check_bands(page, design.grid.lines)
    if impossible:
        blank = Page(page.number, page.label, page.name.text, design.grid.trim, design.bleed, Frame(0, 0, ()))
        return Composed(blank, impossible, NO_RESTS)
    solved = solve_page([measure(block, setting) for block in page.blocks], page, design.grid)
    bands = solved.depths
    items: list[Placed] = []
    parts: list[Parts] = []
    left: dict[tuple[str, str], Story] = {}
    problems: list[Diagnostic] = list(_conflict(page, solved, design.grid.lines))
    for block in solved.measured:
        x, y = design.grid.x(block.block.column), design.grid.y(top_of(block.block, bands))
        placed = block.place(depth_of_block(block.block, bands, page))
        problems += placed.problems
        parts.append(placed.parts.moved(x, y))
        items.append(Placed(x, y, placed.frame))
        if placed.rest is not None:
            left[placed.rest.story.span.file, placed.rest.label] = placed.rest.story
    made_up = MadeUp(
        page, issue.paper, design.grid, _below_bar(page, issue.paper, bands, design.grid), tuple(parts), issue.extra
    )
    problems += taboo_findings(made_up)
    items += story_rules(page, bands, design.grid)
    furniture, more = _furniture(setting)
    items += furniture
    problems += more
    frame = Frame(design.grid.trim.width, design.grid.trim.height, tuple(items))
    heads = tuple(part.head.made for part in parts if part.head is not None and part.head.made is not None)
    made = Page(page.number, page.label, page.name.text, design.grid.trim, design.bleed, frame, heads)
    return Composed(made, tuple(problems), left)


def _check_bands(page: IssuePage, lines: int) -> tuple[Diagnostic, ...]:
    """Return a finding where the pinned bands cannot make up the page; an open band takes a line at least."""
    bands = page.bands.value
    pinned, unpinned = sum(bands), bands.count(0)
    if pinned + unpinned <= lines and (unpinned or pinned == lines):
        return ()
    return (finding("rows-sum", page.bands.span, page=page.label, got=pinned, bands=len(bands), lines=lines),)


def measure_block(block: Block, setting: Setting) -> MeasuredBlock:
    """Return the block set for its width."""
    content = block.content
    if isinstance(content, StoryContent) and content.is_rest:
        content = taken_up(content, setting)
    match content:
        case StoryContent(direction=Axis.VERTICAL):
            return measure_vertical_story(block, content, setting)
        case StoryContent() if is_round(block, content, setting.design.grid):
            return measure_round_story(block, content, setting)
        case StoryContent(jump=Jump() as jump):
            return JumpingStory(measure_story(block, content, setting), jump)
        case StoryContent():
            return measure_story(block, content, setting)
        case HeadlineContent():
            return measure_spanning_head(block, content, setting)
        case PictureContent():
            return measure_picture(block, content, setting)
        case PictureGroup():
            return measure_picture_group(block, content, setting)
        case AdvertContent():
            return AdvertBlock(block, content, setting)
        case IndexContent():
            return measure_index(block, content, setting)
        case SlotContent():
            return measure_slot(block, content, setting)
        case FurnitureArea():
            return FurnitureBlock(block, content, setting)


def _conflict(page: IssuePage, solved: Bands, lines: int) -> Iterator[Diagnostic]:
    """Yield a finding for areas that together need more or fewer lines than there are; one area by itself tells that."""
    if is_full(solved.depths, page.bands.value, solved.needs):
        return
    found = find_conflict(lines, page.bands.value, solved.needs)
    if found is None or len(found.deep) + len(found.shallow) < 2:
        return
    deep, shallow = (_letters(page, numbers) for numbers in (found.deep, found.shallow))
    values: dict[str, object] = {
        "page": page.label,
        "needed": found.needed,
        "given": found.given,
        "over": found.needed - found.given,
    }
    if deep:
        room = _room(shallow) if shallow else _TYPE_AREA if found.given == lines else _PINNED
        remedy = Phrase(f"，或添稿让 {shallow} 多占这些行", f", add as much to {shallow}") if shallow else ""
        yield finding(
            "areas-too-deep", page.span, areas=deep, beside=shallow, need=_need(deep), room=room, remedy=remedy, **values
        )
    else:
        yield finding("areas-too-shallow", page.span, areas=shallow, room=_room(shallow), **values)


def _need(letters: str) -> Phrase:
    """Return the words before the least depth of one area, or of several together."""
    if "+" in letters:
        return Phrase(f"{letters} 上下相加至少", f"{letters} one above the other need")
    return Phrase(f"{letters} 区至少", f"{letters} needs")


def _room(letters: str) -> Phrase:
    """Return the words before the greatest depth of one area, or of several together."""
    if "+" in letters:
        return Phrase(f"{letters} 上下相加至多", f"{letters} one above the other fill at most")
    return Phrase(f"{letters} 区至多", f"{letters} fills at most")


def _letters(page: IssuePage, numbers: Iterable[int]) -> str:
    return "+".join(page.blocks[number].letter for number in sorted(numbers))


def _below_bar(page: IssuePage, paper: Paper, bands: tuple[int, ...], grid: PageGrid) -> Emu:
    """Return where the type area begins below the date bar, or the masthead that stands for it, or where it begins at all."""
    bars = ["datebar", "masthead"] if paper.masthead.form is MastheadForm.LEFT else ["datebar"]
    found = [block for block in page.blocks if isinstance(block.content, FurnitureArea) and block.content.kind in bars]
    return grid.y(max((top_of(bar, bands) + depth_of_block(bar, bands, page) for bar in found), default=0))


def _furniture(setting: Setting) -> tuple[list[Placed], list[Diagnostic]]:
    """Return folio and page foot at their places outside the type area, with findings.

    The masthead stands for the folio on its page; the imprint stands at the foot of the first page.
    """
    area, page = setting.design.grid.area, setting.page
    has_masthead = any(isinstance(block.content, FurnitureArea) and block.content.kind == "masthead" for block in page.blocks)
    pieces = [("foot", foot(setting, page.number == 1))]
    if not has_masthead:
        pieces.insert(0, ("folio", folio(setting)))
    items: list[Placed] = []
    problems: list[Diagnostic] = []
    for name, piece in pieces:
        problems += piece.problems
        if piece.items:
            y = area.bottom if name == "foot" else area.y - piece.height
            items.append(Placed(area.x, y, Frame(area.width, piece.height, (furniture_mark(name), *piece.items))))
            problems += _outside(name, max(-y, y + piece.height - setting.design.grid.trim.height), setting)
    return items, problems


def _outside(name: str, over: Emu, setting: Setting) -> tuple[Diagnostic, ...]:
    """Return a finding where furniture lies outside the trimmed page by `over`."""
    if over <= 0:
        return ()
    paper = setting.issue.paper
    span = paper.format.span if paper.format.span.line else paper.span
    return (finding("margin-too-small", span, page=setting.page.label, name=NAMES[name], points=-(-over // PT)),)

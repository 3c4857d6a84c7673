"""Composes a page: measures its blocks, solves the bands, places blocks, furniture and rules."""

from collections.abc import Iterable, Iterator, Sequence

from layout.design.grid import PageGrid
from layout.design.plan import RULE, Design
from layout.diagnostics import Diagnostic, finding
from layout.flow.conflict import find_conflict
from layout.flow.solve import Need, solve_bands
from layout.frame import Frame, Page, Placed
from layout.manifest.areas import FurnitureArea, IndexArea
from layout.manifest.issue import Block, Issue, IssuePage, PictureContent, PictureGroup, StoryContent
from layout.messages import Phrase
from layout.page.block import MeasuredBlock, Setting
from layout.page.borders.enclosure import is_enclosed
from layout.page.furniture import NAMES, FurnitureBlock, folio, folio_height, foot, foot_height, furniture_mark
from layout.page.index import measure_index
from layout.page.parts import Parts
from layout.page.picture import measure_picture
from layout.page.picture_group import measure_picture_group
from layout.page.rules import horizontal, vertical
from layout.page.story import measure_story
from layout.page.taboos import MadeUp, taboo_findings
from layout.page.vertical import measure_vertical_story
from layout.script.rules import Axis
from layout.text.shape import Shaper
from layout.units import PT, Emu

GAP = 1
"""Lines of white below a block that does not stand at the foot of the page; a rule may stand in it."""


_TYPE_AREA = Phrase("版心", "the type area")

FIRM = 50
"""How much more a line that misfits furniture, a picture or an index counts than one that misfits a story."""


def compose_page(issue: Issue, page: IssuePage, design: Design, shaper: Shaper) -> tuple[Page, tuple[Diagnostic, ...]]:
    """Return the finished page with its findings."""
    setting = Setting(issue, design, shaper, page)
    impossible = _check_bands(page, design.grid.lines)
    if impossible:
        return Page(page.number, page.label, page.name.text, design.grid.trim, design.bleed, Frame(0, 0, ())), impossible
    measured = [measure_block(block, setting) for block in page.blocks]
    needs = [_need(block, page) for block in measured]
    bands = solve_bands(design.grid.lines, page.bands.value, needs)
    items: list[Placed] = []
    parts: list[Parts] = []
    problems: list[Diagnostic] = list(_conflict(page, needs, design.grid.lines))
    for block in measured:
        x, y = design.grid.x(block.block.column), design.grid.y(_top(block.block, bands))
        placed = block.place(_depth(block.block, bands, page))
        problems += placed.problems
        parts.append(placed.parts.moved(x, y))
        items.append(Placed(x, y, placed.frame))
    problems += taboo_findings(MadeUp(page, issue.paper, design.grid, _below_bar(page, bands, design.grid), tuple(parts)))
    items += _rules(page.blocks, bands, page, design.grid)
    furniture, more = _furniture(setting)
    items += furniture
    problems += more
    frame = Frame(design.grid.trim.width, design.grid.trim.height, tuple(items))
    return Page(page.number, page.label, page.name.text, design.grid.trim, design.bleed, frame), tuple(problems)


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
    match content:
        case StoryContent(direction=Axis.VERTICAL):
            return measure_vertical_story(block, content, setting)
        case StoryContent():
            return measure_story(block, content, setting)
        case PictureContent():
            return measure_picture(block, content, setting)
        case PictureGroup():
            return measure_picture_group(block, content, setting)
        case IndexArea():
            return measure_index(block, content, setting)
        case FurnitureArea():
            return FurnitureBlock(block, content, setting)


def _need(measured: MeasuredBlock, page: IssuePage) -> Need:
    area, gap = measured.block, _gap(measured.block, page)
    least, natural, most = measured.depths
    weight = area.columns * (1 if isinstance(area.content, StoryContent) else FIRM)
    return Need(area.band, area.bands, least + gap, natural + gap, most + gap, weight)


def _conflict(page: IssuePage, needs: Sequence[Need], lines: int) -> Iterator[Diagnostic]:
    """Yield a finding for areas that together need more or fewer lines than there are; one area by itself tells that."""
    found = find_conflict(lines, page.bands.value, needs)
    if found is None or len(found.deep) + len(found.shallow) < 2:
        return
    values = {"page": page.label, "needed": found.needed, "given": found.given, "over": found.needed - found.given}
    deep, shallow = (_letters(page, numbers) for numbers in (found.deep, found.shallow))
    if deep:
        yield finding("areas-too-deep", page.span, areas=deep, beside=shallow or _TYPE_AREA, **values)
    else:
        yield finding("areas-too-shallow", page.span, areas=shallow, **values)


def _letters(page: IssuePage, numbers: Iterable[int]) -> str:
    return "+".join(page.blocks[number].letter for number in sorted(numbers))


def _gap(block: Block, page: IssuePage) -> int:
    """Return the white below a block: none at the page's foot, none under furniture, which brings its own."""
    at_foot = block.band + block.bands == len(page.bands.value)
    return 0 if at_foot or isinstance(block.content, FurnitureArea) else GAP


def _top(block: Block, bands: tuple[int, ...]) -> int:
    return sum(bands[: block.band])


def _depth(block: Block, bands: tuple[int, ...], page: IssuePage) -> int:
    return sum(bands[block.band : block.band + block.bands]) - _gap(block, page)


def _below_bar(page: IssuePage, bands: tuple[int, ...], grid: PageGrid) -> Emu:
    """Return where the type area begins below the date bar, or where it begins at all."""
    bars = (block for block in page.blocks if isinstance(block.content, FurnitureArea) and block.content.kind == "datebar")
    return grid.y(max((_top(bar, bands) + _depth(bar, bands, page) for bar in bars), default=0))


def _rules(blocks: tuple[Block, ...], bands: tuple[int, ...], page: IssuePage, grid: PageGrid) -> list[Placed]:
    """Return hairlines between stories: in the gap below one, in the gutter right of one; a border or a tint is rule enough."""
    stories = [block for block in blocks if isinstance(block.content, StoryContent) and not is_enclosed(block.content)]
    items = []
    for block in stories:
        bottom = _top(block, bands) + _depth(block, bands, page)
        if _gap(block, page):
            y = grid.y(bottom) + grid.pitch * GAP // 2
            items.append(horizontal(grid.x(block.column), y, grid.width(block.columns), RULE))
        for other in stories:
            if other.column == block.column + block.columns:
                top = max(_top(block, bands), _top(other, bands))
                depth = min(bottom, _top(other, bands) + _depth(other, bands, page)) - top
                if depth > 0:
                    items.append(vertical(grid.x(other.column) - grid.gutter // 2, grid.y(top), depth * grid.pitch, RULE))
    return items


def _furniture(setting: Setting) -> tuple[list[Placed], list[Diagnostic]]:
    """Return folio and page foot at their places outside the type area, with findings.

    The masthead stands for the folio on its page; the imprint stands at the foot of the first page.
    """
    area, pitch, page = setting.design.grid.area, setting.design.grid.pitch, setting.page
    has_masthead = any(isinstance(block.content, FurnitureArea) and block.content.kind == "masthead" for block in page.blocks)
    pieces = [("foot", foot(setting, page.number == 1), area.bottom, foot_height(pitch))]
    if not has_masthead:
        height = folio_height(pitch)
        pieces.insert(0, ("folio", folio(setting, height), area.y - height, height))
    items: list[Placed] = []
    problems: list[Diagnostic] = []
    for name, piece, y, height in pieces:
        problems += piece.problems(name, setting)
        if piece.items:
            items.append(Placed(area.x, y, Frame(area.width, height, (furniture_mark(name), *piece.items))))
            problems += _outside(name, max(-y, y + height - setting.design.grid.trim.height), setting)
    return items, problems


def _outside(name: str, over: Emu, setting: Setting) -> tuple[Diagnostic, ...]:
    """Return a finding where furniture lies outside the trimmed page by `over`."""
    if over <= 0:
        return ()
    paper = setting.issue.paper
    span = paper.format.span if paper.format.span.line else paper.span
    return (finding("margin-too-small", span, page=setting.page.label, name=NAMES[name], points=-(-over // PT)),)

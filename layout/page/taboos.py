"""Taboos of make-up (版面忌讳) and rules of the press law, judged on what stands where; each paper says how much one counts.

Sources: the taboos are trade rules that textbooks and printers teach (碰题, 叠题, 背题, 通缝, 走文不清, 题窄于文); 孤行 is
CLREQ `#adjustments_of_orphans_and_widows`. What page 1 and the folio must show stands in the 报纸出版形式差错数计算方法, an
annex of the 报纸期刊质量管理规定 of 2020; the form of the serial number in GB/T 9999.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise, permutations, takewhile
from typing import NamedTuple

from layout.design.grid import PageGrid
from layout.diagnostics import Diagnostic, Span, finding
from layout.flow.galley import LineKind
from layout.geometry import Rect
from layout.manifest.issue import IssuePage
from layout.manifest.issue_file import Extra
from layout.manifest.paper import Gravity, Paper
from layout.manifest.source import Scalar
from layout.messages import Phrase, Severity, listed
from layout.page.parts import HeadPart, LegLine, Parts
from layout.script.rules import Axis
from layout.units import Emu, points

LEAST_BELOW = 2
"""The fewest lines of text that stand below a head in its leg."""

_CN = re.compile(r"CN[ \u00a0]\d{2}-0(?!000)\d{3}")
"""A newspaper's serial number: region, and a number from 0001 to 0999 (GB/T 9999)."""

_POSTAL_CODE = re.compile(r"[1-9]?[13579]-[1-9]\d{0,2}")
"""A newspaper's subscription code: the odd number of a province, and one of up to three figures."""

_REQUIRED: dict[str, Phrase] = {
    "authority": Phrase("主管单位", "competent department"),
    "sponsor": Phrase("主办单位", "sponsor"),
    "publisher": Phrase("出版单位", "publisher"),
    "editor": Phrase("总编辑", "editor-in-chief"),
    "cn": Phrase("国内统一连续出版物号", "serial number"),
    "address": Phrase("地址", "address"),
    "postcode": Phrase("邮编", "postcode"),
    "phone": Phrase("电话", "telephone"),
    "distribution": Phrase("发行方式", "distribution"),
    "printer": Phrase("印刷单位", "printer"),
    "printer_address": Phrase("印刷单位地址", "printer's address"),
    "price": Phrase("定价", "price"),
}
"""What the imprint of every issue says besides date and numbers, which the program prints by itself."""

Reach = tuple[Emu, Emu]
"""Where something begins and ends along one direction."""


class MadeUp(NamedTuple):
    """A page whose blocks have their places; `top` is where the type area begins below the date bar."""

    page: IssuePage
    paper: Paper
    grid: PageGrid
    top: Emu
    parts: tuple[Parts, ...]
    extra: Extra | None = None

    @property
    def headed(self) -> tuple[tuple[Parts, HeadPart], ...]:
        """The stories with their heads."""
        return tuple((part, part.head) for part in self.parts if part.head is not None)

    @property
    def below_bar(self) -> tuple[Parts, ...]:
        """What stands below the date bar."""
        return tuple(part for part in self.parts if part.box.y >= self.top)

    def found(self, code: str, span: Span, **values: object) -> Diagnostic:
        """Return a finding on this page."""
        return finding(code, span, page=self.page.label, **values)


def taboo_findings(made: MadeUp) -> tuple[Diagnostic, ...]:
    """Return what the paper does not want to have on a page, each as grave as the paper says."""
    found: list[Diagnostic] = []
    for name, find in TABOOS.items():
        gravity: Gravity = getattr(made.paper.taboos, name)
        if gravity is not Gravity.OFF:
            found += (problem._replace(chosen=Severity(gravity.value)) for problem in find(made))
    return tuple(found)


# ---- heads -------------------------------------------------------------------------------------------------------


def tombstones(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield heads of two stories that run the same way, side by side with no more than gutter or borders between them."""
    for (left, first), (right, second) in permutations(made.headed, 2):
        gap = second.rect.x - first.rect.right
        is_beside = 0 <= gap <= made.grid.gutter + left.inset + right.inset
        if is_beside and first.axis is second.axis and _shared(_down(first.rect), _down(second.rect)):
            how = _how_alike(first, second)
            yield made.found("tombstone", right.span, left=left.letter, right=right.letter, how=how)


def _how_alike(first: HeadPart, second: HeadPart) -> Phrase:
    """Return whether two heads are of one size and face, or what each of them is."""
    one, other = (f"{points(head.size):g} pt {head.role.value}" for head in (first, second))
    if one == other:
        return Phrase(f"同号同体：{one}", f"of one size and face ({one})")
    return Phrase(f"{one} 挨着 {other}", f"{one} beside {other}")


def stacked_heads(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield heads that stand right under another story's head that runs the same way: no text or picture between.

    A head over several stories stands right above theirs.
    """
    for (above, upper), (below, lower) in permutations(made.headed, 2):
        common = _shared(_across(upper.rect), _across(lower.rect))
        if below.letter in above.over or not common or upper.axis is not lower.axis or lower.rect.y < upper.rect.bottom:
            continue
        between = (upper.rect.bottom, lower.rect.y)
        others = (rect for part in made.parts for rect in part.inner if rect not in (upper.rect, lower.rect))
        if not any(_shared(_across(rect), common) and _shared(_down(rect), between) for rect in others):
            yield made.found("stacked-heads", below.span, above=above.letter, below=below.letter)


def stranded_heads(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield heads and subheads with fewer than two lines below them in their leg, while their text goes on in the next."""
    for part in made.parts:
        legs = [leg.lines for leg in part.legs]
        if part.head and part.head.axis is part.axis is Axis.LEVEL and len(legs) > 1:
            lines = sum(map(_is_text, legs[0]))
            if lines < LEAST_BELOW:
                yield made.found("stranded-head", part.span, area=part.letter, text=part.head.title, lines=lines)
        for leg, following in pairwise(legs):
            end = list(takewhile(_is_text, reversed(leg)))
            if len(end) < LEAST_BELOW and len(end) < len(leg) and _is_text(following[0]):
                subhead = leg[-len(end) - 1]
                values = {"area": part.letter, "text": subhead.paragraph.text, "lines": len(end)}
                yield made.found("stranded-head", subhead.paragraph.span, **values)


def _is_text(line: LegLine) -> bool:
    return line.kind is not LineKind.SUBHEAD


def narrow_heads(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield heads with text, or with stories of theirs, below them that runs beyond their room."""
    boxes = {part.letter: part.box for part in made.parts}
    for part, head in made.headed:
        below = [leg.rect for leg in part.legs if leg.rect.y >= head.rect.bottom]
        below += [boxes[letter] for letter in part.over if letter in boxes]
        over = max((_beyond(rect, head.rect) for rect in below), default=0)
        if over > 0:
            yield made.found("narrow-head", part.span, area=part.letter, ems=-(-over // made.grid.em))


def _beyond(rect: Rect, room: Rect) -> Emu:
    return max(0, room.x - rect.x) + max(0, rect.right - room.right)


# ---- text and pictures -------------------------------------------------------------------------------------------


def widows(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield legs that begin with the last line of a paragraph, where none of the story's paragraphs can give or take one.

    What is left is to edit the copy (CLREQ `#adjustments_of_orphans_and_widows`).
    """
    for part in made.parts:
        for number, leg in enumerate(part.legs[1:], 2):
            if leg.lines[0].is_end:
                text = leg.lines[0].text
                yield made.found("widow", leg.lines[0].span, area=part.letter, leg=number, text=text, characters=len(text))


def unclear_runs(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield legs from which the eye does not find the next one: it begins higher or lower, or behind another block.

    Tiers lie below each other, and begin at the same right edge. Text that runs round something goes on below it.
    """
    filled = [(part, part.filled) for part in made.parts]
    for part in made.parts:
        others = [rect for other, rects in filled if other is not part for rect in rects]
        for number, (leg, following) in enumerate(pairwise(leg.rect for leg in part.legs), 1):
            if part.is_round and _goes_on(leg, following):
                continue
            if _is_any_between(others, leg, following) or not _is_next(leg, following, part.axis):
                yield made.found("unclear-run", part.span, area=part.letter, leg=number, next=number + 1)


def _goes_on(leg: Rect, following: Rect) -> bool:
    """Return whether text that runs round something goes on in the same leg, or in one further right that begins no lower."""
    return following.y >= leg.bottom or following.x >= leg.right


def _is_next(leg: Rect, following: Rect, axis: Axis) -> bool:
    if axis is Axis.LEVEL:
        return following.x >= leg.right and following.y == leg.y
    return following.y >= leg.bottom and following.right == leg.right


def _is_any_between(rects: Iterable[Rect], leg: Rect, following: Rect) -> bool:
    """Return whether one of some rectangles reaches into the one that holds two legs and what lies between them."""
    across = (min(leg.x, following.x), max(leg.right, following.right))
    down = (min(leg.y, following.y), max(leg.bottom, following.bottom))
    return any(_shared(_down(rect), down) and _shared(_across(rect), across) for rect in rects)


def tombstoned_pictures(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield pictures side by side whose tops or feet are level, to less than a line."""
    pictures = ((part, part.picture) for part in made.parts if part.picture is not None)
    for (left, first), (right, second) in permutations(pictures, 2):
        is_beside = 0 <= second.x - first.right <= made.grid.gutter + left.inset + right.inset
        edges = (second.y - first.y, second.bottom - first.bottom)
        if is_beside and min(map(abs, edges)) < made.grid.pitch:
            yield made.found("tombstoned-pictures", right.span, left=left.letter, right=right.letter)


# ---- the page as a whole -----------------------------------------------------------------------------------------


def through_gaps(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield upright gaps that nothing lies across between date bar and foot."""
    for _, end in _gaps(_across(rect) for part in made.below_bar for rect in part.solid):
        column = sum(made.grid.x(number) < end for number in range(made.grid.columns))
        yield made.found("through-gap", made.page.span, column=column, next=column + 1)


def level_gaps(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield level gaps that no block lies across; the white within a block is its own."""
    for start, _ in _gaps(_down(part.box) for part in made.below_bar):
        yield made.found("level-gap", made.page.span, line=(start - made.grid.area.y) // made.grid.pitch)


def unmarked_adverts(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield adverts on which 广告 is not printed (报纸出版管理规定, article 38)."""
    for part in made.parts:
        if part.is_unmarked:
            yield made.found("unmarked-advert", part.span, area=part.letter)


def unflagged_extras(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield a finding where no masthead says that the issue is an extra (报纸出版管理规定, articles 35 and 36)."""
    if made.extra and made.page.number == 1 and not _name(made.parts):
        yield made.found("unflagged-extra", made.page.span, extra=made.extra.value)


def imprint_gaps(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield a finding on page 1 with the items of the imprint that the law asks for and the paper does not give.

    报纸出版管理规定 (2005), article 31; a 号外 is free of charge.
    """
    wanted = {name: words for name, words in _REQUIRED.items() if name != "price" or made.extra is not Extra.EXTRA}
    gaps = [name for name in wanted if not getattr(made.paper.imprint, name).text]
    if made.page.number == 1 and gaps:
        span = made.paper.imprint.span if made.paper.imprint.span.line else made.paper.span
        keys = ", ".join(name.replace("_", "-") for name in gaps)
        items = listed(_REQUIRED[name] for name in gaps)
        yield made.found("imprint-gap", span, items=items, keys=keys)


def no_masthead(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield a finding where page 1 does not bear the paper's name."""
    if made.page.number == 1 and not _name(made.parts):
        yield made.found("no-masthead", made.page.span)


def small_names(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield the area with the largest type of page 1 where the paper's name is not larger."""
    name, largest = _name(made.parts), max(made.parts, key=lambda part: part.largest, default=None)
    if made.page.number == 1 and largest and 0 < name <= largest.largest:
        sizes = {"size": f"{points(largest.largest):g}", "name": f"{points(name):.0f}"}
        yield made.found("small-name", largest.span, area=largest.letter, **sizes)


def no_labels(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield a finding where a later page has a masthead in place of the folio, which bears the label."""
    if made.page.number > 1 and _name(made.parts):
        yield made.found("no-label", made.page.span)


def cn_numbers(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield the paper's serial number where no newspaper can have it; page 1 tells it once."""
    yield from _unlike("cn-number", made, made.paper.imprint.cn, _CN)


def postal_codes(made: MadeUp) -> Iterator[Diagnostic]:
    """Yield the paper's subscription code where no newspaper can have it; page 1 tells it once."""
    yield from _unlike("postal-code", made, made.paper.imprint.postal_code, _POSTAL_CODE)


def _unlike(code: str, made: MadeUp, words: Scalar, pattern: re.Pattern[str]) -> Iterator[Diagnostic]:
    if made.page.number == 1 and words.text and not pattern.fullmatch(words.text):
        yield made.found(code, words.span, text=words.text)


def _name(parts: Iterable[Parts]) -> Emu:
    """Return the size of the paper's name, 0 where no masthead bears it."""
    return max((part.name for part in parts), default=0)


def _across(rect: Rect) -> Reach:
    return rect.x, rect.right


def _down(rect: Rect) -> Reach:
    return rect.y, rect.bottom


def _shared(first: Reach, second: Reach) -> Reach | None:
    """Return where both reach, or None where they do not meet."""
    start, end = max(first[0], second[0]), min(first[1], second[1])
    return (start, end) if start < end else None


def _gaps(reaches: Iterable[Reach]) -> Iterator[Reach]:
    """Yield where none of them reaches, between the first and the last."""
    ordered = sorted(reaches)
    end = ordered[0][1] if ordered else 0
    for start, further in ordered:
        if start > end:
            yield end, start
        end = max(end, further)


TABOOS: dict[str, Callable[[MadeUp], Iterable[Diagnostic]]] = {
    "tombstone": tombstones,
    "stacked_heads": stacked_heads,
    "stranded_head": stranded_heads,
    "narrow_head": narrow_heads,
    "widow": widows,
    "unclear_run": unclear_runs,
    "tombstoned_pictures": tombstoned_pictures,
    "through_gap": through_gaps,
    "level_gap": level_gaps,
    "unflagged_extra": unflagged_extras,
    "imprint_gap": imprint_gaps,
    "no_masthead": no_masthead,
    "small_name": small_names,
    "no_label": no_labels,
    "cn_number": cn_numbers,
    "unmarked_advert": unmarked_adverts,
    "postal_code": postal_codes,
}
"""What finds each taboo; how much it counts by default stands beside its key in `layout.manifest.paper.Taboos`."""

"""Lines, and filled rectangles as thin as lines (GWG 2022 R0008, R0010, R0012, R0018, R0019)."""

from collections.abc import Iterator

from layout.preflight.checks.fonts import knocks_out
from layout.preflight.facts import Found, PageFacts, Rules, measure, of
from layout.preflight.placed import Kind, Paint, Placed


def check_lines(page: PageFacts, rules: Rules) -> Iterator[Found]:
    """Yield what is wrong with lines, and white that vanishes."""
    for each in page.shown:
        if each.paint is None or each.kind not in (Kind.LINE, Kind.FILL):
            continue
        if each.paint.vanishes:
            yield of("white-path-vanishes", page, each)
        if each.kind is Kind.LINE:
            yield from _line(page, rules, each, each.paint)


def _line(page: PageFacts, rules: Rules, placed: Placed, paint: Paint) -> Iterator[Found]:
    colour, width = paint.colour, placed.size
    has = measure(width)
    if colour.space.family == "DeviceGray":
        if rules.below("gray-line", width):
            yield of("gray-line", page, placed, has)
    elif knocks_out(paint) and rules.below("black-line-knocks-out", width):
        yield of("black-line-knocks-out", page, placed, has)
    for code, applies in (("thin-white-line", colour.is_white), ("thin-coloured-line", colour.ink_count > 1)):
        if applies and rules.below(code, width):
            yield of(code, page, placed, has)
            return
    if rules.below("hairline", width):
        yield of("hairline", page, placed, has)

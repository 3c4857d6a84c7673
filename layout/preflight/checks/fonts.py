"""Fonts, and text as it is set in them (GWG 2022 R0007, R0009, R0011, R0014 to R0017, ISO 15930-7 6.5)."""

from collections.abc import Iterator
from functools import partial

from layout.preflight.facts import Found, PageFacts, Rules, measure, of
from layout.preflight.fonts import Embedding, Font
from layout.preflight.placed import Kind, Paint, Placed

RICH_BLACK = 0.85
"""From so much black on, a dark colour counts as rich black (R0015)."""

_MOST_LOOKED_AT = 200


def check_fonts(page: PageFacts, _: Rules) -> Iterator[Found]:
    """Yield what is wrong with the fonts of a page."""
    places = {id(each.font): each.box for each in reversed(page.content.placed) if each.font is not None}
    for font in page.content.fonts.values():
        found = partial(Found, page=page.number, box=places.get(id(font)), has=font.name)
        for code in _faults(font):
            yield found(code)
    if page.content.odd_glyphs:
        yield Found("no-glyph", page.number, has=page.content.odd_glyphs)


def _faults(font: Font) -> Iterator[str]:
    if font.embedding is Embedding.NONE:
        yield "font-missing"
    if font.embedding is Embedding.WHOLE:
        yield "font-whole"
    if font.kind == "Type3":
        yield "font-type3"
    if font.name.startswith("Courier"):
        yield "courier"
    if not font.name.isprintable() and any("\udc80" <= sign <= "\udcff" for sign in font.name):
        yield "font-name"


def check_text(page: PageFacts, rules: Rules) -> Iterator[Found]:
    """Yield what is wrong with the colour and the size of texts."""
    for each in page.shown:
        if each.kind is Kind.TEXT and each.paint is not None:
            yield from _text(page, rules, each, each.paint)
    yield from _vanishing(page)


def _text(page: PageFacts, rules: Rules, placed: Placed, paint: Paint) -> Iterator[Found]:
    colour, size = paint.colour, placed.size
    if rules.below("tiny-text", size):
        yield of("tiny-text", page, placed, measure(size))
    if colour.space.family == "DeviceGray":
        if rules.below("gray-text", size):
            yield of("gray-text", page, placed, measure(size))
    elif knocks_out(paint) and rules.below("black-text-knocks-out", size):
        yield of("black-text-knocks-out", page, placed, measure(size))
    if colour.is_white:
        if rules.below("small-white-text", size):
            yield of("small-white-text", page, placed, measure(size))
    elif colour.ink_count > 1:
        if rules.below("small-coloured-text", size):
            yield of("small-coloured-text", page, placed, measure(size))
        total = 100 * colour.total
        if colour.inks[3] >= RICH_BLACK and rules.above("rich-text", total):
            yield of("rich-text", page, placed, measure(total))


def knocks_out(paint: Paint) -> bool:
    """Return whether a paint is black alone and does not overprint as R0009 and R0010 ask."""
    if not (paint.colour.is_black and paint.is_plain):
        return False
    return not paint.overprint or (paint.colour.space.family == "DeviceCMYK" and paint.mode != 1)


def _vanishing(page: PageFacts) -> Iterator[Found]:
    """Yield white texts that overprint something below them."""
    shown = list(page.shown)
    vanishing = [
        place for place, each in enumerate(shown) if each.kind is Kind.TEXT and each.paint is not None and each.paint.vanishes
    ]
    for place in vanishing[:_MOST_LOOKED_AT]:
        text = shown[place]
        if any(below.box.meets(text.box) and _is_seen(below) for below in shown[:place]):
            yield of("white-text-vanishes", page, text)


def _is_seen(placed: Placed) -> bool:
    return placed.paint is None or not placed.paint.colour.is_white

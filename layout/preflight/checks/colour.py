"""Colour spaces, spots, blending (GWG 2022 R0013, R0020, R0024, R0027, R0030, ISO 15930-7 6.4, 6.20, 6.23)."""

from collections.abc import Iterator

from layout.preflight.colour import Space
from layout.preflight.facts import Found, PageFacts, Rules, of
from layout.preflight.placed import Kind, Placed

_REFUSED = frozenset(("DeviceRGB", "CalRGB", "CalGray", "ICCBased", "Lab"))
_FITTING = {"CMYK": ("DeviceCMYK", "DeviceGray"), "RGB": ("DeviceRGB",), "GRAY": ("DeviceGray",)}
"""The device spaces that fit an output intent, by the space of its profile."""

_INTENTS = frozenset(("AbsoluteColorimetric", "RelativeColorimetric", "Saturation", "Perceptual"))
_BLENDS = frozenset(
    [
        "Normal",
        "Compatible",
        "Multiply",
        "Screen",
        "Overlay",
        "Darken",
        "Lighten",
        "ColorDodge",
        "ColorBurn",
        "HardLight",
        "SoftLight",
        "Difference",
        "Exclusion",
        "Hue",
        "Saturation",
        "Color",
        "Luminosity",
    ]
)


def check_colour(page: PageFacts, _: Rules) -> Iterator[Found]:
    """Yield what is wrong with the colours of a page."""
    for each in (*page.shown, *page.content.inner):
        space = space_of(each)
        if space is not None:
            yield from _space(page, each, space)
    for each in page.shown:
        if each.paint is not None:
            yield from _paint(page, each)
    for group in page.content.placed:
        if group.kind is Kind.GROUP and not _blends_well(group):
            yield of("group-space", page, group, group.space.family if group.space else "")
    for name in sorted(page.content.intents - _INTENTS):
        yield Found("intent-name", page.number, has=name)


def space_of(placed: Placed) -> Space | None:
    """Return the space in which an object's colours stand, None for stencils of no colour and JPX pictures."""
    if placed.image is not None and not placed.image.is_mask:
        return placed.image.space
    return placed.paint.colour.space if placed.paint else None


def _space(page: PageFacts, placed: Placed, space: Space) -> Iterator[Found]:
    own = space.first
    if own.family == "unknown":
        yield of("unknown-space", page, placed)
    if own.family in _REFUSED:
        yield of("wrong-space", page, placed, own.family)
    elif own.base is not None and own.base.family in _REFUSED - {"Lab"}:
        yield of("wrong-space", page, placed, f"{own.family} / {own.base.family}")
    if own.family.startswith("Device") and own.family != "DeviceN" and own.family not in _FITTING.get(page.intent, own.family):
        yield of("device-space", page, placed, own.family)
    for name in space.spots:
        yield of("spot", page, placed, name)
    if "All" in own.names:
        yield of("all-inks", page, placed)


def _paint(page: PageFacts, placed: Placed) -> Iterator[Found]:
    paint = placed.paint
    if paint is None:
        return
    if paint.overprint and paint.colour.space.family == "DeviceGray":
        yield of("gray-overprint", page, placed)
    if paint.blend not in _BLENDS:
        yield of("blend-mode", page, placed, paint.blend)


def _blends_well(group: Placed) -> bool:
    """Whether a group blends in CMYK; the mask of a luminosity may be grey, and a group without a space takes its page's."""
    if group.space is None or group.space.family == "DeviceCMYK":
        return True
    return group.is_softness and group.space.family == "DeviceGray"

"""Drawings for pages that are printed in black alone."""

from dataclasses import replace
from functools import cache

from layout.frame import Drawing, Ink, tint
from layout.units import divide

_LIGHT = (299, 587, 114)
"""How much red, green and blue, which cyan, magenta and yellow take away, add to how light a place looks (ITU-R BT.601)."""


@cache
def in_black(drawing: Drawing) -> Drawing:
    """Return a drawing with tints of black that are as light as its colours; the same value for the same drawing."""
    paths = tuple(path._replace(ink=black_of(path.ink)) for path in drawing.paths)
    return replace(drawing, paths=paths)


def black_of(ink: Ink) -> Ink:
    """Return the tint of black that is as light as inks over each other, each of which lets through what it does not take."""
    left = sum(part * (1000 - colour) for part, colour in zip(_LIGHT, ink[:3], strict=True))
    return tint(1000 - divide(left * (1000 - ink.black), 1_000_000))

"""Advert modules (广告规格): the shares of a type area that adverts are sold by.

Source: a rate card's table for a type area of 48 cm by 35 cm (整版 48×35, 1/6 16×17.5, 1/20 9.6×8.7, 下报眉 4.8×25 and 4.8×10);
the upright quarter, the flat eighth and sixteenth, and 通栏 (底栏, 8×35) from cards of other dailies. 报眼 stands beside the
masthead and is as deep as that.
"""

from fractions import Fraction
from typing import NamedTuple


class Share(NamedTuple):
    """The part of a type area's width and of its depth that a module takes."""

    width: Fraction
    depth: Fraction


Module = tuple[Share, ...]
"""The shapes in which a module is sold; none where the page gives it its size."""


def _module(*shares: tuple[str, str]) -> Module:
    return tuple(Share(Fraction(width), Fraction(depth)) for width, depth in shares)


MODULES: dict[str, Module] = {
    "整版": _module(("1", "1")),
    "半版": _module(("1", "1/2")),
    "1/2": _module(("1", "1/2")),
    "1/3": _module(("1", "1/3")),
    "1/4": _module(("1", "1/4"), ("1/2", "1/2")),
    "1/5": _module(("1", "1/5")),
    "1/6": _module(("1/2", "1/3")),
    "1/8": _module(("1/2", "1/4"), ("1", "1/8")),
    "1/10": _module(("1/2", "1/5")),
    "1/16": _module(("1/2", "1/8"), ("1", "1/16")),
    "1/20": _module(("1/4", "1/5")),
    "1/32": _module(("1/4", "1/8")),
    "通栏": _module(("1", "1/6")),
    "下报眉": _module(("5/7", "1/10"), ("2/7", "1/10")),
    "报眼": (),
}

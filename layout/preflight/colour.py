"""Colour spaces and colours of a PDF, and the process inks that they come to."""

from collections.abc import Callable
from typing import NamedTuple

from layout.preflight.functions import Function, Values, read_function
from layout.preflight.reading import EMPTY, Items, Name, Record

Inks = tuple[float, float, float, float]
"""Cyan, magenta, yellow and black, each from 0 to 1."""

PROCESS = ("Cyan", "Magenta", "Yellow", "Black")
NO_INK: Inks = (0.0, 0.0, 0.0, 0.0)

_DEEPEST = 6
_SHORT = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK", "I": "Indexed"}
_DEVICE = {"DeviceGray": 1, "DeviceRGB": 3, "DeviceCMYK": 4}
_CIE = {"CalGray": 1, "CalRGB": 3, "Lab": 3}
_BY_COUNT = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}


class Space(NamedTuple):
    """A colour space: its family as PDF names it, its components, and what it is made from.

    `base` is the alternate of Separation, DeviceN and ICCBased, and the base of Indexed and Pattern; `names` are colorants.
    """

    family: str
    components: int = 1
    names: tuple[str, ...] = ()
    base: "Space | None" = None
    tint: Function | None = None
    table: bytes = b""

    @property
    def spots(self) -> tuple[str, ...]:
        """The colorants that are no process ink (GWG 2022: nor All, nor None)."""
        own = tuple(name for name in self.names if name not in (*PROCESS, "All", "None"))
        return own or (self.base.spots if self.base and self.family in ("Indexed", "Pattern") else ())

    @property
    def first(self) -> "Space":
        """The space that the samples of an indexed or a pattern space stand for."""
        return self.base.first if self.base and self.family in ("Indexed", "Pattern") else self


GRAY = Space("DeviceGray", 1)
CMYK = Space("DeviceCMYK", 4)
RGB = Space("DeviceRGB", 3)
_PLAIN = {space.family: space for space in (GRAY, RGB, CMYK)}


class Colour(NamedTuple):
    """A colour: component values in its space, and the process inks that they come to."""

    space: Space
    values: Values
    inks: Inks

    @property
    def total(self) -> float:
        """The sum of its inks, 1 for each that is solid."""
        return sum(self.inks)

    @property
    def is_white(self) -> bool:
        """Whether the colour leaves the paper bare (GWG 2022: CMYK 0 0 0 0, tint 0, gray 1)."""
        if self.space.family in ("Separation", "DeviceN"):
            return not any(self.values)
        return self.space.family != "Pattern" and self.total == 0

    @property
    def is_black(self) -> bool:
        """Whether the colour is solid black ink alone (GWG 2022)."""
        if self.space.family == "Separation":
            return self.space.names == ("Black",) and self.values == (1,)
        return self.space.family in ("DeviceGray", "DeviceCMYK") and self.inks == (0, 0, 0, 1)

    @property
    def ink_count(self) -> int:
        """How many printing plates the colour stands on."""
        if self.space.family in ("Separation", "DeviceN") and self.space.spots:
            return sum(value > 0 for value in self.values)
        return sum(ink > 0 for ink in self.inks)


def read_space(value: object, resources: Record = EMPTY, depth: int = 0) -> Space:
    """Return a colour space; one that cannot be read is an unknown family of one component."""
    if isinstance(value, Name):
        name = _SHORT.get(value, str(value))
        if name in _PLAIN:
            return _PLAIN[name]
        if name == "Pattern":
            return Space("Pattern", 0)
        found = resources.record("ColorSpace").get(value)
        return read_space(found, EMPTY, depth + 1) if found is not None and depth < _DEEPEST else Space("unknown")
    if not isinstance(value, Items) or not len(value) or depth > _DEEPEST:
        return Space("unknown")
    family = value[0]
    if not isinstance(family, Name):
        return Space("unknown")
    name = _SHORT.get(family, str(family))
    if name in _PLAIN:
        return _PLAIN[name]
    read = _READERS.get(name)
    made = read(value, resources, depth + 1) if read else None
    return made or Space("unknown")


def _at(items: Items, place: int) -> object:
    return items[place] if place < len(items) else None


def _cie(items: Items, _: Record, __: int) -> Space:
    family = str(items[0])
    return Space(family, _CIE[family])


def _icc(items: Items, resources: Record, depth: int) -> Space | None:
    stream = _at(items, 1)
    if not isinstance(stream, Record):
        return None
    count = int(stream.number("N"))
    return Space("ICCBased", count, base=_PLAIN[_BY_COUNT[count]]) if count in _BY_COUNT else None


def _separation(items: Items, resources: Record, depth: int) -> Space | None:
    named = _at(items, 1)
    names = tuple(str(name) for name in named) if isinstance(named, Items) else (str(named),)
    base = read_space(_at(items, 2), resources, depth)
    return Space(str(items[0]), len(names), names[:32], base, read_function(_at(items, 3)))


def _indexed(items: Items, resources: Record, depth: int) -> Space:
    table = _at(items, 3)
    data = table if isinstance(table, bytes) else (table.data() or b"") if isinstance(table, Record) else b""
    return Space("Indexed", 1, (), read_space(_at(items, 1), resources, depth), None, data[: 256 * 32])


def _pattern(items: Items, resources: Record, depth: int) -> Space:
    base = read_space(_at(items, 1), resources, depth) if len(items) > 1 else None
    return Space("Pattern", base.components if base else 0, (), base)


_READERS: dict[str, Callable[[Items, Record, int], Space | None]] = {
    "CalGray": _cie,
    "CalRGB": _cie,
    "Lab": _cie,
    "ICCBased": _icc,
    "Separation": _separation,
    "DeviceN": _separation,
    "Indexed": _indexed,
    "Pattern": _pattern,
}


def colour_of(space: Space, values: Values) -> Colour:
    """Return a colour with its inks, which are worked out once: tint functions take their time."""
    return Colour(space, values, inks_of(space, values))


def first_colour(space: Space) -> Colour:
    """Return the colour that a space begins with (ISO 32000-1 8.6.5.1 and following)."""
    if space.family in ("Separation", "DeviceN"):
        return colour_of(space, (1.0,) * space.components)
    if space.components == 4:
        return colour_of(space, (0.0, 0.0, 0.0, 1.0))
    return colour_of(space, (0.0,) * space.components)


def inks_of(space: Space, values: Values) -> Inks:
    """Return the process inks of a colour: exact for device colours, by the tint function for spots.

    Colours that need a profile are parted simply, what three share going to black: they are refused anyway.
    """
    cyan, magenta, yellow, black = _inks(space, values)
    return _share(cyan), _share(magenta), _share(yellow), _share(black)


def _share(value: float) -> float:
    """Return a value between 0 and 1; functions of broken files may give what is no number at all."""
    return min(max(0.0, value), 1.0)


def _inks(space: Space, values: Values) -> Inks:
    if len(values) < space.components:
        return NO_INK
    match space.family:
        case "DeviceCMYK":
            return values[0], values[1], values[2], values[3]
        case "DeviceGray" | "CalGray":
            return 0.0, 0.0, 0.0, 1 - values[0]
        case "DeviceRGB" | "CalRGB":
            return _parted(values)
        case "Lab":
            return 0.0, 0.0, 0.0, 1 - min(max(values[0] / 100, 0), 1)
        case "Indexed":
            return _looked_up(space, int(min(max(0.0, values[0]), 1e6)))
        case "Separation" | "DeviceN":
            return _tinted(space, values)
    return _inks(space.base, values) if space.base else NO_INK


def _parted(values: Values) -> Inks:
    c, m, y = (1 - min(max(value, 0), 1) for value in values[:3])
    k = min(c, m, y)
    return c - k, m - k, y - k, k


def _looked_up(space: Space, place: int) -> Inks:
    if space.base is None:
        return NO_INK
    count = space.base.components
    row = space.table[place * count : (place + 1) * count]
    scaled = tuple(value / 255 for value in row)
    if space.base.family == "Lab" and scaled:
        scaled = (scaled[0] * 100, *scaled[1:])
    return _inks(space.base, scaled)


def _tinted(space: Space, values: Values) -> Inks:
    """Return the inks of tints: process colorants are themselves, All is every ink, others go through their function."""
    if space.names == ("All",):
        return values[0], values[0], values[0], values[0]
    if space.names == ("None",):
        return NO_INK
    if all(name in (*PROCESS, "None") for name in space.names):
        amounts = dict(zip(space.names, values, strict=False))
        c, m, y, k = (amounts.get(name, 0.0) for name in PROCESS)
        return c, m, y, k
    return _inks(space.base, space.tint(values)) if space.base and space.tint else NO_INK

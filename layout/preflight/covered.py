"""What later paint covers: it needs no painting, so that a page of many layers is measured as soon as one of few.

PDFium itself says what is covered: it paints the topmost paths of a page in black on white, as opaque as they are, and what
comes out as black as black can be shows nothing of what lies below.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress

from layout.export.proof import page_samples
from layout.preflight.facts import PageFacts
from layout.preflight.operators import BOTH, FILLS, SHOWS, STROKES, UNSEEN, joined
from layout.preflight.placed import Coat
from layout.preflight.plane import Box
from layout.preflight.reading import Instruction, Name, Opened, Record, new_stream, pages_apart
from layout.preflight.samples import Plate, are_black
from layout.preflight.state import COLOURS

_PPI = 8.5
"""Of the search: a pixel is 3 mm, and is covered where all of it is."""

_TOPMOST = (200, 1000, 4000)
"""How many of the topmost paths are looked at, in turn: what they cover is left out before the next are."""

_WORTH = 2
"""From how many times as many paths on a search is worth its while."""

_PAINT_PATHS = FILLS | STROKES | BOTH
_OF_PATHS = _PAINT_PATHS | {"m", "l", "c", "v", "y", "re", "h"}
_LEFT_OUT = UNSEEN | COLOURS | {"Do", "BI", "sh"}
_WHITE, _BLACK = "1 g 1 G\n", "0 g 0 G\n"


def covered(opened: Opened, page: PageFacts) -> frozenset[Coat]:
    """Return which paths of a page's own stream are wholly covered later."""
    hidden: frozenset[Coat] = frozenset()
    if any(isinstance(state.get("SMask"), Record) for state in page.content.states.values()):
        return hidden
    for count in _TOPMOST:
        coats = [coat for coat in page.content.coats if coat not in hidden]
        if len(coats) < _WORTH * count:
            break
        hidden |= frozenset(_below(opened, page, coats[:-count], coats[-count:]))
    return hidden


def without(found: Sequence[Instruction], coats: Iterable[Coat]) -> Iterator[Instruction]:
    """Yield operators without those that draw some paths and paint them."""
    places = _places(coats)
    return (each for place, each in enumerate(found) if place not in places or each.operator not in _OF_PATHS)


def _places(coats: Iterable[Coat]) -> frozenset[int]:
    return frozenset(place for coat in coats for place in range(coat.first, coat.last + 1))


def _below(opened: Opened, page: PageFacts, lower: Sequence[Coat], upper: Sequence[Coat]) -> Iterable[Coat]:
    """Return the lower coats of which the upper ones leave nothing to be seen."""
    made = page_samples(_painted(opened, page, upper), _PPI)
    if not made:
        return ()
    shown = Plate(*made[0])
    return compress(lower, are_black(shown, (_pixels(coat.box, page.media, shown) for coat in lower)))


def _pixels(box: Box, media: Box, shown: Plate) -> tuple[int, int, int, int]:
    """Return the pixels that a box of a page may touch."""
    across, down = shown.width / media.width, shown.height / media.height
    left, bottom, right, top = box.within(media)
    return (
        int((left - media.left) * across) - 1,
        int((media.top - top) * down) - 1,
        int((right - media.left) * across) + 2,
        int((media.top - bottom) * down) + 2,
    )


def _painted(opened: Opened, page: PageFacts, coats: Sequence[Coat]) -> bytes:
    """Return a page of some coats in black, each as opaque as it is."""
    opacities = dict.fromkeys(coat.opacity for coat in coats if coat.opacity > 0)
    names = {opacity: f"Cover{number}" for number, opacity in enumerate(opacities)}
    covers = {coat.last: names[coat.opacity] for coat in coats if coat.opacity > 0}
    others = {*page.content.coats}.difference(coats)
    words = "".join(_words(enumerate(page.content.operators), _places(others), covers))
    resources = page.record.record("Resources")
    own = resources.record("ExtGState")
    states = {key: own.get(key) for key in own.keys()}  # noqa: SIM118 (a PDF dictionary)
    states |= {name: {"ca": opacity, "CA": opacity, "BM": Name("Normal")} for opacity, name in names.items()}
    entries = {
        "MediaBox": [float(edge) for edge in page.media],
        "Contents": new_stream(opened, words.encode("latin-1"), {}),
        "Resources": {"Font": resources.record("Font"), "ExtGState": states},
    }
    return pages_apart(opened, [entries])


def _words(found: Iterable[tuple[int, Instruction]], others: frozenset[int], states: Mapping[int, str]) -> Iterator[str]:
    """Yield operators that paint some paths black in their states, and nothing else but texts in white, which may clip."""
    for place, (operator, operands) in found:
        if operator in _LEFT_OUT or (place in others and operator in _OF_PATHS):
            continue
        if place in states:
            yield f"/{states[place]} gs\n{_BLACK}{operator}\n"
        elif operator in _PAINT_PATHS:
            yield "n\n"
        else:
            yield f"{_WHITE if operator in SHOWS else ''}{joined(operands)} {operator}\n"

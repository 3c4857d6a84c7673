"""Times the text stage: shaping, breaking and justifying, faces loaded: `python -m tests.bench.speed_text`."""

from collections.abc import Iterator, Sequence
from statistics import median
from time import perf_counter
from typing import NamedTuple

from layout.text.justify import Fit, set_line
from layout.text.lines import break_lines
from layout.text.shape import Shaper, StyledText
from layout.typeface.catalogue import Faces, read_catalogue
from tests.bench.copy import paragraphs
from tests.bench.lines import table

EM = 114_300
EMS = 13
INDENT = 2 * EM

LENGTHS = (10_000, 100_000, 1_000_000)
"""Characters of one paragraph; where the time is linear, a character takes as long in each."""

_CHARACTERS_TIMED = 300_000
_FEWEST, _MOST = 3, 15


class Times(NamedTuple):
    """Seconds of each step."""

    shape: float
    break_: float
    justify: float


def set_paragraph(text: str, shaper: Shaper) -> Times:
    """Shape, break and justify a paragraph; the only place here that knows the text stage's functions."""
    begun = perf_counter()
    shaped, _ = shaper.shape([StyledText(text, "song")], EM)
    with_glyphs = perf_counter()
    spans = break_lines(shaped, EMS * EM, INDENT)
    broken = perf_counter()
    for span in spans:
        measure = EMS * EM - (INDENT if span.start == 0 else 0)
        set_line(shaped, span, measure, Fit.NATURAL if span is spans[-1] else Fit.FULL)
    return Times(with_glyphs - begun, broken - with_glyphs, perf_counter() - broken)


def set_all(texts: Sequence[str], shaper: Shaper) -> Times:
    """Return the sums of the times over paragraphs."""
    return Times(*map(sum, zip(*(set_paragraph(text, shaper) for text in texts), strict=True)))


def timed(texts: Sequence[str], shaper: Shaper) -> Times:
    """Return the median of each step over several runs: the more, the shorter the copy."""
    runs = min(_MOST, max(_FEWEST, _CHARACTERS_TIMED // sum(map(len, texts))))
    set_paragraph(texts[0][:1000], shaper)
    return Times(*map(median, zip(*(set_all(texts, shaper) for _ in range(runs)), strict=True)))


def one_paragraph(characters: int) -> str:
    """Return copy without a paragraph's end."""
    return "".join(paragraphs(1, characters))[:characters]


def _rows() -> Iterator[list[str]]:
    shaper = Shaper(Faces(read_catalogue({})))
    copy = paragraphs(1, LENGTHS[0])
    yield [f"at {EMS} ems", "characters", "shape ms", "break ms", "justify ms", "sum ms", "µs a character"]
    yield _row(f"{len(copy)} paragraphs", copy, shaper)
    for length in LENGTHS:
        yield _row("one paragraph", [one_paragraph(length)], shaper)


def _row(name: str, texts: Sequence[str], shaper: Shaper) -> list[str]:
    times, characters = timed(texts, shaper), sum(map(len, texts))
    steps = [f"{1000 * seconds:.1f}" for seconds in (*times, sum(times))]
    return [name, str(characters), *steps, f"{1e6 * sum(times) / characters:.2f}"]


def main() -> None:
    """Print the table."""
    print(table(_rows()))


if __name__ == "__main__":
    main()

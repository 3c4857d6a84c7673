"""What pieces of furniture are made of: data with their places in the copy, lines in a row, and findings."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from layout.design.styles import LineStyle
from layout.diagnostics import Diagnostic, Span, absent_glyphs, finding
from layout.frame import Mark, MarkKind, Placed
from layout.manifest.areas import Align
from layout.manifest.source import NOTHING, Scalar
from layout.messages import Phrase
from layout.page.block import Setting
from layout.text.shape import Shaper
from layout.text.single import SingleLine, set_single
from layout.units import PT, Emu

NAMES: dict[str, Phrase] = {
    "masthead": Phrase("报头", "masthead"),
    "datebar": Phrase("日期栏", "date bar"),
    "numbers": Phrase("数据框", "box of numbers"),
    "folio": Phrase("报眉", "folio"),
    "foot": Phrase("版脚", "page foot"),
}

SMALLEST = 11 * PT // 2
"""The size below which furniture is not set."""


class Datum(NamedTuple):
    """What furniture says: a label, a text, and the words of the copy from which they come, where they come from it."""

    text: str
    source: Scalar = NOTHING
    label: str = ""

    @property
    def words(self) -> str:
        """The label with the text."""
        return self.label + self.text

    @property
    def parted(self) -> "list[Datum]":
        """The label by itself, and the text."""
        return [Datum(self.label.strip(), self.source), self._replace(label="")]


class Furniture(NamedTuple):
    """A piece of furniture before it has its place; `size` is that of its largest type, `height` that of a folio or a foot."""

    items: tuple[Placed, ...]
    problems: tuple[Diagnostic, ...] = ()
    size: Emu = 0
    height: Emu = 0


def furniture_mark(name: str, title: str = "") -> Placed:
    """Return the mark that begins a piece of furniture; it says a title where art stands for words."""
    return Placed(0, 0, Mark(MarkKind.FURNITURE, name, title))


def too_wide(name: str, span: Span, setting: Setting) -> Diagnostic:
    """Return the finding for furniture that is too wide at its smallest; `span` is where its widest words stand."""
    return finding("furniture-too-wide", span, page=setting.page.label, name=NAMES[name])


def too_large(name: str, span: Span, setting: Setting) -> Diagnostic:
    """Return the finding for furniture that its area has no room for; `span` is where its widest words stand."""
    return finding("furniture-too-large", span, page=setting.page.label, name=NAMES[name])


def lacking(data: Sequence[Datum], lines: Sequence[SingleLine], setting: Setting) -> tuple[Diagnostic, ...]:
    """Return a finding for each character of the lines that its face lacks, at its place in the copy."""
    problems: list[Diagnostic] = []
    for datum, line in zip(data, lines, strict=True):
        source = datum.source
        problems += absent_glyphs(line.absent, source.place_of if source.text else lambda _: setting.issue.paper.span)
    return tuple(dict.fromkeys(problems))


def widest(data: Sequence[Datum], lines: Sequence[SingleLine], setting: Setting) -> Span:
    """Return where the words of the widest line that comes from the copy stand, or else the paper's name."""
    told = [(line.width, datum.source.span) for datum, line in zip(data, lines, strict=True) if datum.source.text]
    return max(told, key=lambda found: found[0])[1] if told else setting.issue.paper.name.span


def fitted_lines(
    data: Sequence[Datum], style: LineStyle, shaper: Shaper, fits: Callable[[list[SingleLine]], bool]
) -> tuple[list[SingleLine], bool]:
    """Return the data as lines at the largest size, by half points, at which they fit, and whether they do at all."""
    size = max(style.size, SMALLEST)
    while True:
        lines = [set_single(datum.words, style._replace(size=size), shaper) for datum in data]
        if fits(lines):
            return lines, True
        if size <= SMALLEST:
            return lines, False
        size = max(SMALLEST, size - PT // 2)


def row_width(lines: Sequence[SingleLine], gap: Emu) -> Emu:
    """Return the width of lines beside each other with a gap."""
    return sum(line.width for line in lines) + gap * (len(lines) - 1)


def row(lines: Sequence[SingleLine], gap: Emu, width: Emu, baseline: Emu, align: Align) -> list[Placed]:
    """Return lines beside each other with a gap, as one group at an edge of the width."""
    x = 0 if align is Align.LEFT else width - row_width(lines, gap)
    items: list[Placed] = []
    for line in lines:
        items += line.placed(x, baseline, line.width, Align.LEFT)
        x += line.width + gap
    return items


def spread(lines: Sequence[SingleLine], width: Emu, baseline: Emu) -> tuple[Placed, ...]:
    """Return the lines on one baseline with equal white between them, the first and the last at the edges."""
    spare = width - sum(line.width for line in lines)
    if len(lines) == 1:
        return lines[0].placed(0, baseline, width, Align.CENTRE)
    items: list[Placed] = []
    x = 0
    for number, line in enumerate(lines):
        items += line.placed(x + spare * number // (len(lines) - 1), baseline, line.width, Align.LEFT)
        x += line.width
    return tuple(items)

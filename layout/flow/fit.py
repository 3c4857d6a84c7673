"""Fits a galley to its legs: one paragraph set a line tighter or looser, so that no leg begins with a line left alone.

Sources: GB/T 15834-2011 5.1.11 (marks may be compressed so that the end of a passage need not turn over), CLREQ
`#adjustments_of_orphans_and_widows` (孤行: take a line along, or take one back).
"""

from collections.abc import Iterator

from layout.flow.galley import Galley, LineKind, SetParagraph, text_lines
from layout.flow.pour import balance, widows
from layout.flow.region import Region, depth_of
from layout.text.lines import fit_tightly

_TRIED = 6
"""How many paragraphs are tried; longer ones first, in which a line more or less shows least."""

_SHORTEST, _LONGEST = 3, 100
"""Paragraphs of fewer lines show a change; ones of more lines are no newspaper's, and the search would take long."""

FURTHEST = 5
"""Lines in each leg by which a story may become shorter or longer."""


def without_widows(galley: Galley, region: Region) -> Galley:
    """Return the galley so that no leg begins with a paragraph's last line, where one refitted paragraph can bring that."""
    count = widows(galley, region)
    if not count:
        return galley
    best = galley
    for trial in _trials(galley, (-1, 1)):
        left = widows(trial, region)
        if left < count:
            best, count = trial, left
        if not count:
            break
    return best


def refitted(galley: Galley, region: Region, depth: int) -> Galley | None:
    """Return the galley with paragraphs set tighter or looser until its legs have a depth, or None where they cannot.

    `depth` is that of the longest leg in lines.
    """
    for _ in range(len(region.legs) * FURTHEST + 1):
        now = depth_of(balance(galley, region))
        if now == depth:
            return galley
        trial = next(_trials(galley, (-1,) if now > depth else (1,)), None)
        if trial is None:
            return None
        galley = trial
    return None


def refits(galley: Galley, region: Region, step: int) -> Iterator[Galley]:
    """Yield the galley with legs one line shorter or longer each time, as far as its paragraphs can go."""
    for _ in range(FURTHEST):
        made = refitted(galley, region, depth_of(balance(galley, region)) + step)
        if made is None:
            return
        yield made
        galley = made


def with_lines(galley: Galley, change: int) -> Galley | None:
    """Return the galley so many lines longer, or shorter where `change` is negative; None where it cannot be."""
    for _ in range(abs(change)):
        made = next(_trials(galley, (1 if change > 0 else -1,)), None)
        if made is None:
            return None
        galley = made
    return galley


def _trials(galley: Galley, changes: tuple[int, ...]) -> Iterator[Galley]:
    """Yield the galley with one paragraph a line tighter or looser, the longest paragraphs first."""
    paragraphs = galley.paragraphs
    longest = sorted(range(len(paragraphs)), key=lambda number: -len(paragraphs[number].lines))
    for number in longest[:_TRIED]:
        for change in changes:
            made = _refit(paragraphs[number], galley, change)
            if made is not None:
                yield galley.with_paragraph(number, made)


def _refit(paragraph: SetParagraph, galley: Galley, change: int) -> SetParagraph | None:
    """Return a paragraph with a line more or less, or None where it would be too loose, too tight, or is too short."""
    lines = paragraph.lines
    if not _SHORTEST <= len(lines) <= _LONGEST or lines[0].kind is not LineKind.TEXT:
        return None
    shaped, first, rest, measure = lines[0].shaped, lines[0].indent, lines[1].indent, galley.measure
    spans = fit_tightly(shaped, (measure - first, measure - rest), len(lines) + change)
    if spans is None:
        return None
    told = tuple(problem for problem in paragraph.problems if problem.code != "loose-line")
    return SetParagraph(tuple(text_lines(shaped, spans, first, rest)), told)

"""The one check of the words that come in, for stories and manifests alike."""

from collections.abc import Callable

from layout.diagnostics import Span
from layout.manifest.source import Report
from layout.messages import MESSAGES, Severity
from layout.script.halfwidth import halfwidth_marks
from layout.script.unprintable import faults

PlaceAt = Callable[[int], Span]
"""Gives the place of a character of a text."""

MOST_COPY = 200_000
"""Characters of one piece of copy: twenty broadsheet pages hold no more."""


def is_too_long(text: str, span: Span, report: Report) -> bool:
    """Return whether a text is longer than any copy, which is a finding."""
    if len(text) > MOST_COPY:
        report.add("copy-too-long", span, count=len(text), most=MOST_COPY)
    return len(text) > MOST_COPY


def check_words(text: str, place_at: PlaceAt, report: Report, told: str = "") -> bool:
    """Report the characters that copy should not have; return whether the text can be set without them.

    What stands in `told` was told already.
    """
    is_settable = True
    for fault in faults(text):
        if fault.text in told:
            continue
        shown = "".join(filter(str.isprintable, fault.text))
        report.add(fault.code, place_at(fault.offset), text=shown, points=fault.points, count=fault.times)
        is_settable = is_settable and MESSAGES[fault.code].severity is Severity.WARNING
    return is_settable


def check_western_marks(text: str, place_at: PlaceAt, report: Report) -> None:
    """Report western marks between Han, all of a text as one finding."""
    places = halfwidth_marks(text)
    if places:
        report.add("halfwidth-mark", place_at(places[0]), count=len(places), mark=text[places[0]])

"""What stands in slots (小框): the weather in its lines, or the date and numbers of the issue."""

import os
from pathlib import Path

from layout.diagnostics import Span
from layout.manifest.areas import NO_TINT, Border, WeatherArea
from layout.manifest.files import Files
from layout.manifest.issue import SlotContent
from layout.manifest.kinds import LINES, Located, Words
from layout.manifest.source import NOTHING, Scalar, read_text

NUMBERS = SlotContent("numbers", NOTHING, (), Border.HAIRLINE, NO_TINT)

_WORDS = Words(LINES)


def weather_content(area: WeatherArea, files: Files) -> SlotContent | None:
    """Return the slot of the weather, its lines from the manifest or from a text file; None after a finding."""
    words: Scalar | None = area.weather
    if "\n" not in area.weather.text and area.weather.text.lower().endswith(".txt"):
        path = files.find(Located(area.weather.text, area.weather.span))
        words = _words_of(path, area.weather.span, files) if path else None
    return SlotContent("weather", area.title, words.lines, area.border, area.tint) if words is not None else None


def _words_of(path: Path, span: Span, files: Files) -> Scalar | None:
    """Return the words of a text file as they are set."""
    name = os.path.normpath(path)
    text = read_text(path, name, span, files.report)
    start = Span(name, 1, 1)
    return _WORDS.read(Scalar(text, start, start, is_block=True), files.report) if text is not None else None

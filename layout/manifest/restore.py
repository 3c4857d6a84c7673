"""Western marks between Han in stories: found, and put back in their full width."""

import codecs
from collections.abc import Iterator
from pathlib import Path

from layout.diagnostics import Diagnostic, Span, finding
from layout.manifest.schema import Story
from layout.manifest.source import Report, read_raw
from layout.manifest.story import FRONT
from layout.script.halfwidth import halfwidth_marks, restore_marks


def halfwidth_findings(story: Story) -> Iterator[Diagnostic]:
    """Yield a finding for each line of the head and each paragraph with western marks between Han."""
    for words in (story.kicker, story.headline, story.deck, story.byline):
        places = halfwidth_marks(words.text)
        if places:
            yield finding("halfwidth-mark", words.place_at(places[0]), count=len(places), mark=words.text[places[0]])
    for paragraph in story.paragraphs:
        places = halfwidth_marks(paragraph.raw)
        if places:
            place = paragraph.place_at(places[0])
            yield finding("halfwidth-mark", place, count=len(places), mark=paragraph.raw[places[0]])


def restored(path: Path) -> tuple[bytes, int] | None:
    """Return a story file with its text's marks restored and how many there were; None where nothing is to do.

    The front matter stays as it is (its commas and colons may be YAML's), and so does every other byte; a file in
    GB 18030 comes back in UTF-8.
    """
    text = read_raw(path, str(path), Span(str(path)), Report())
    front = FRONT.match(text) if text is not None else None
    if text is None or front is None:
        return None
    body = text[front.end() :]
    count = len(halfwidth_marks(body))
    mark = codecs.BOM_UTF8 if path.read_bytes().startswith(codecs.BOM_UTF8) else b""
    return (mark + (text[: front.end()] + restore_marks(body)).encode("utf-8"), count) if count else None

"""Story files mended: western marks between Han in their full width, and no invisible characters."""

import codecs
from pathlib import Path

from layout.diagnostics import Span
from layout.manifest.source import Report, read_raw
from layout.manifest.story import FRONT
from layout.script.halfwidth import restore_marks
from layout.script.unprintable import without_invisible


def restored(path: Path) -> tuple[bytes, int] | None:
    """Return a story file with its text mended and the number of its changes; None where nothing is to do.

    The front matter stays as it is (its commas and colons may be YAML's), and so does every other byte; a file in
    GB 18030 comes back in UTF-8.
    """
    text = read_raw(path, str(path), Span(str(path)), Report())
    front = FRONT.match(text) if text is not None else None
    if text is None or front is None:
        return None
    body = text[front.end() :]
    bare = without_invisible(body)
    mended = restore_marks(bare)
    count = len(body) - len(bare) + sum(old != new for old, new in zip(bare, mended, strict=True))
    mark = codecs.BOM_UTF8 if path.read_bytes().startswith(codecs.BOM_UTF8) else b""
    return (mark + (text[: front.end()] + mended).encode("utf-8"), count) if count else None

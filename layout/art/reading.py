"""Art by the kind of its file."""

from pathlib import Path

from layout.diagnostics import Diagnostic, Span, finding
from layout.frame import ForeignPage


def is_art(path: Path) -> bool:
    """Return whether a file is art, by its name; any other one is a picture of samples."""
    return path.suffix.lower() == ".pdf"


def read_art(path: Path, page: int | None, span: Span) -> tuple[ForeignPage | None, tuple[Diagnostic, ...]]:
    """Return a page of a file, counted from 1, or its only one; None with findings at `span` where it cannot be placed."""
    from layout.art.foreign import read_page

    return read_page(path, page, span)


def missing_page(path: Path, page: int | None, span: Span) -> tuple[Diagnostic, ...]:
    """Return a finding where a page is asked for that a file of a single one has not."""
    return (finding("art-no-page", span, path=path.name, page=page, count=1),) if page not in (None, 1) else ()

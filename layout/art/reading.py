"""Art by the kind of its file."""

from pathlib import Path

from layout.diagnostics import Diagnostic, Span, finding
from layout.frame import ArtSource
from layout.inks.press import Press


def is_art(path: Path) -> bool:
    """Return whether a file is art, by its name; any other one is a picture of samples."""
    return path.suffix.lower() in (".pdf", ".svg")


def read_art(path: Path, page: int | None, span: Span, press: Press) -> tuple[ArtSource | None, tuple[Diagnostic, ...]]:
    """Return a page of a PDF, counted from 1, or its only one, or an SVG drawing; None with findings where it cannot be set.

    Colours of a drawing become inks of the press. Findings stand at `span`, the place where the file is named, or in the
    drawing.
    """
    if path.suffix.lower() == ".pdf":
        from layout.art.foreign import read_page

        return read_page(path, page, span)
    from layout.art.drawing import read_drawing

    drawing, problems = read_drawing(path, span, press)
    return drawing, (*problems, *missing_page(path, page, span))


def missing_page(path: Path, page: int | None, span: Span) -> tuple[Diagnostic, ...]:
    """Return a finding where a page is asked for that a file of a single one has not."""
    return (finding("art-no-page", span, path=path.name, page=page, count=1),) if page not in (None, 1) else ()

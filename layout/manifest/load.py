"""Reads an issue whole: issue file, paper, sketches, stories; every finding of all of them at once."""

from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from layout.diagnostics import Diagnostic, Span
from layout.inks.press import PRESS
from layout.manifest.files import Files, find_file, real_folders
from layout.manifest.indexing import indexed
from layout.manifest.issue import (
    FontChoice,
    Issue,
)
from layout.manifest.issue_file import IssueFile, PageFile
from layout.manifest.jumps import joined_jumps
from layout.manifest.kinds import Located, Record
from layout.manifest.pages import Pages
from layout.manifest.paper import ROLES, FontFile, Paper, Role
from layout.manifest.picture_content import Pictures, read_press
from layout.manifest.source import Mapping, Node, Report, parse_yaml, read_text
from layout.manifest.story_content import Stories
from layout.units import MM, millimetres

_ISSUE, _PAPER = Record(IssueFile), Record(Paper)

LEAST_EM = 3 * MM // 2
"""The least em that body text can be set in: below it newsprint fills the counters of Han."""


MOST_PAGES = 2000
"""More than the thickest newspaper ever printed, which had some 1600."""


def load_issue(path: Path) -> tuple[Issue | None, tuple[Diagnostic, ...]]:
    """Return the issue of a manifest with all findings; None where an error leaves no issue to set."""
    report = Report()
    issue = _load(path, report)
    return issue, tuple(report.problems)


def _load(path: Path, report: Report) -> Issue | None:
    """Return the issue; whatever can be read of a faulty one is read on, so that all of its faults are told."""
    node = _read_node(path, str(path), Span(str(path)), report)
    if not isinstance(node, Mapping):
        if node is not None:
            _ISSUE.read(node, report)
        return None
    values, complete = _ISSUE.values(node, report)
    folder = path.parent
    named: Located[str] | None = values.get("paper")
    paper_path = find_file(named, folder, real_folders((folder,)), report, "paper-outside") if named else None
    paper = _read_paper(paper_path, folder, named, report) if paper_path and named else None
    listed: Located[tuple[PageFile, ...]] = values.get("pages", Located((), node.span))
    if "pages" in values and not listed.value and not report.problems:
        report.add("no-pages", listed.span)
    if len(listed.value) > MOST_PAGES:
        report.add("too-many-pages", listed.span, count=len(listed.value), most=MOST_PAGES)
        return None
    roots = (folder, *_roots(paper, paper_path.parent, report)) if paper and paper_path else (folder,)
    columns = paper.format.columns if paper else None
    files = Files(folder, real_folders(roots), report)
    own = files.beside(paper_path.parent) if paper_path else files
    press = read_press(paper.colour, own) if paper else PRESS
    reader = Pages(report, columns, Stories(files), Pictures(files, press))
    numbers = accumulate((2 if page.spread.text else 1 for page in listed.value), initial=1)
    pages = joined_jumps([reader.page(number, page) for number, page in zip(numbers, listed.value, strict=False)], report)
    reader.check_labels(listed.value)
    pages = tuple(indexed(page, file, pages, reader.stories) for page, file in zip(pages, listed.value, strict=True))
    fonts = _fonts(paper.fonts or {}, own) if paper else {}
    masthead = reader.pictures.masthead(paper.masthead, own) if paper else None
    if paper is None or not complete or not _check_format(paper, report):
        return None
    kept = {name: values[name] for name in ("edition", "extra") if name in values}
    return Issue(paper, values["number"], values["date"], pages, fonts, folder, node.span, press, masthead, **kept)


def _roots(paper: Paper, folder: Path, report: Report) -> Iterator[Path]:
    """Yield the further folders that a paper names; one that is not there is a finding."""
    for root in paper.roots:
        path = folder / root.value
        if _is_folder(path):
            yield path
        else:
            report.add("missing-folder", root.span, path=root.value)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a name too long, or with a NUL
        return False


def _read_paper(path: Path, folder: Path, named: Located[str], report: Report) -> Paper | None:
    node = _read_node(path, str(folder / named.value), named.span, report)
    return _PAPER.read(node, report) if node is not None else None


def _read_node(path: Path, name: str, span: Span, report: Report) -> Node | None:
    text = read_text(path, name, span, report)
    return parse_yaml(text, name, report) if text is not None else None


def _check_format(paper: Paper, report: Report) -> bool:
    """Return whether the type area lies inside the page and leaves an em that can be read."""
    form = paper.format
    em = form.type_width // (form.columns * (form.ems + form.gutter) - form.gutter)
    fits = form.type_width <= form.trim_width and form.type_height <= form.trim_height and em >= LEAST_EM
    if not fits:
        span = form.span if form.span.line else paper.span
        size = (millimetres(length) for length in (form.type_width, form.type_height, em))
        report.add("type-area", span, **dict(zip(("width", "height", "em"), size, strict=True)))
    return fits


def _fonts(named: dict[str, Located[Located[FontFile] | None]], files: Files) -> dict[Role, FontChoice]:
    """Return the font files that the paper names itself."""
    choices = {}
    for name, place in named.items():
        if place.value is None:
            continue
        font, span = place.value.value, place.value.span
        path = files.find(Located(font.file, span))
        if path is not None:
            choices[ROLES[name]] = FontChoice(path, font.index, font.weight, span)
    return choices

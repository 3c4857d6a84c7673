"""Wires the stages: manifest to pages to files."""

import json
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from layout.design.plan import resolve
from layout.diagnostics import Diagnostic, finding, has_errors
from layout.export.conformity import black_problems, standard_problems
from layout.export.files import write_file
from layout.export.imposition import issue_sides, sheet_problems
from layout.export.pressroom import Pressroom
from layout.export.printing import PrintFiles, Supplies, page_file_name, print_files, supplies_of
from layout.frame import Page
from layout.manifest.copy import Story
from layout.manifest.issue import AdvertContent, Issue, StoryContent
from layout.manifest.load import load_issue
from layout.manifest.paper import ROLES
from layout.manifest.pressroom import Parcel, Standard
from layout.manifest.restore import restored
from layout.page.issue_pages import compose_pages
from layout.typeface.catalogue import Faces, probe_of, read_catalogue
from layout.typeface.face import BrokenFaceError, FaceFile
from layout.watch import Watch


class Product(Enum):
    """What a build may leave."""

    PRINT = "print"
    ISSUE = "issue"
    PROOF = "proof"
    ARCHIVE = "archive"
    SHEETS = "sheets"
    DELIVERY = "delivery"
    SITE = "site"


_ON_SHEETS = frozenset((Product.SHEETS, Product.DELIVERY))
"""What is made for the sheets of the press, or tells their order."""

_PRINTED = frozenset((Product.PRINT, Product.ISSUE, Product.SHEETS))
"""What leaves files in the folder of print files."""


class SetIssue(NamedTuple):
    """An issue with its finished pages and all findings, in the order of the pages."""

    issue: Issue | None
    pages: tuple[Page, ...]
    faces: Faces | None
    problems: tuple[Diagnostic, ...]


def set_issue(path: Path, watch: Watch) -> SetIssue:
    """Return the issue of a manifest set in pages; nothing is written."""
    issue, faces, problems = read_issue(path, watch)
    if issue is None or faces is None:
        return SetIssue(None, (), None, problems)
    with watch.stage("compose"):
        pages = compose_pages(issue, resolve(issue), faces)
    found = (*problems, *(problem for composed in pages for problem in composed.problems), *press_problems(issue))
    return SetIssue(issue, tuple(composed.page for composed in pages), faces, found)


def read_issue(path: Path, watch: Watch) -> tuple[Issue | None, Faces | None, tuple[Diagnostic, ...]]:
    """Return the issue of a manifest with its faces and what was found; neither where an error leaves nothing to set."""
    with watch.stage("read"):
        issue, problems = load_issue(path)
    if issue is None or has_errors(problems):
        return None, None, problems
    with watch.stage("faces"):
        own = {role.value: FaceFile(font.path, font.index, font.weight) for role, font in issue.fonts.items()}
        faces = Faces(read_catalogue(own))
        refused = _check_faces(issue, faces)
    if refused:
        return None, None, (*problems, *refused)
    return issue, faces, (*problems, *_judge_adverts(issue))


def press_problems(issue: Issue) -> tuple[Diagnostic, ...]:
    """Return what keeps an issue from the sheets, the standard and the inks that it names."""
    sheets = sheet_problems(issue) if issue.paper.sheets is not None else ()
    return (*sheets, *standard_problems(issue), *black_problems(issue))


def _judge_adverts(issue: Issue) -> tuple[Diagnostic, ...]:
    """Return what the preflight of the issue's adverts finds; its reader is loaded only where there are any."""
    if not any(isinstance(block.content, AdvertContent) for page in issue.pages for block in page.blocks):
        return ()
    from layout.preflight.judged import advert_findings

    return tuple(advert_findings(issue))


def _judge_pages(issue: Issue, files: PrintFiles) -> tuple[Diagnostic, ...]:
    """Return what the preflight of the pages finds; its lists are of PDF/X-4, so that PDF/X-1a is left to its own rules."""
    if issue.paper.print.standard is not Standard.X4:
        return ()
    from layout.preflight.judged import page_findings

    return tuple(page_findings(issue, {page_file_name(issue, number): data for number, data in files.pages.items()}))


def _check_faces(issue: Issue, faces: Faces) -> tuple[Diagnostic, ...]:
    """Return a finding for each font file of the paper that cannot or may not be set and embedded."""
    refusals = ((font, faces[role.value].refusal(probe_of(role.value))) for role, font in issue.fonts.items())
    return tuple(finding(refusal.value, font.span, path=font.path.name) for font, refusal in refusals if refusal is not None)


def build_issue(path: Path, out: Path, products: frozenset[Product], watch: Watch) -> tuple[Diagnostic, ...]:
    """Set an issue and write its files below `out`; return all findings.

    With an error nothing is written for the press, and older files of the issue are left alone; proofs show the pages as
    far as they go.
    """
    result = set_issue(path, watch)
    issue, faces = result.issue, result.faces
    if issue is None or faces is None:
        return result.problems
    wanted = frozenset(_with_sheets(issue, products))
    if wanted & _ON_SHEETS:
        result = result._replace(problems=tuple(dict.fromkeys((*result.problems, *sheet_problems(issue)))))
    if wanted == {Product.ARCHIVE}:
        return _with_archive(out, result, supplies_of(issue, result.pages, faces), watch)
    printed = frozenset() if has_errors(result.problems) else wanted
    sides = issue_sides(issue) if printed & _ON_SHEETS else ()
    with watch.stage("pdf"):
        try:
            singly = () if wanted == {Product.ISSUE} else None
            files = print_files(issue, result.pages, faces, sides if Product.SHEETS in printed else (), singly)
        except BrokenFaceError as error:
            return (*result.problems, _broken(issue, str(error)))
    folder = out / issue.name
    with watch.stage("write"):
        press = Pressroom(issue, result.pages, files, sides)
        if printed & _PRINTED:
            press.write_print(folder / "print")
        if Product.DELIVERY in printed:
            result = result._replace(problems=(*result.problems, *_judge_pages(issue, files)))
            if not has_errors(result.problems):
                press.write_delivery(folder / "delivery")
    if Product.PROOF in products:
        from layout.export.proofs import write_proofs

        with watch.stage("proof"):
            write_proofs(folder / "proof", issue, result.pages, result.problems, files.named(issue))
    if has_errors(result.problems):
        return result.problems
    found = _with_archive(out, result, files.supplies, watch) if Product.ARCHIVE in products else result.problems
    if Product.SITE in products and not has_errors(found):
        from layout.site.writing import write_site

        with watch.stage("site"):
            found = tuple(dict.fromkeys((*found, *write_site(out, issue, result.pages, files))))
    return found


def _with_archive(out: Path, result: SetIssue, supplies: Supplies, watch: Watch) -> tuple[Diagnostic, ...]:
    """Write the package of an issue unless an error stands against it; return all findings."""
    if result.issue is None or has_errors(result.problems):
        return result.problems
    from layout.archive.writing import write_archive

    with watch.stage("archive"):
        try:
            kept = write_archive(out / result.issue.name / "archive", result.issue, result.pages, supplies)
        except BrokenFaceError as error:
            kept = (_broken(result.issue, str(error)),)
    return (*result.problems, *kept)


def index_sites(out: Path, watch: Watch) -> tuple[Diagnostic, ...]:
    """Bring the search indexes of sites below `out` up to date, once for all issues that were built; return all findings."""
    from layout.site.writing import index_sites

    with watch.stage("index"):
        return index_sites(out)


def _with_sheets(issue: Issue, products: frozenset[Product]) -> Iterator[Product]:
    """Yield the products with the sheets, where the paper has them printed or delivered."""
    yield from products
    delivered = Product.DELIVERY in products and Parcel.SHEETS in issue.paper.delivery.files
    if delivered or (Product.PRINT in products and issue.paper.sheets is not None):
        yield Product.SHEETS


def _broken(issue: Issue, role: str) -> Diagnostic:
    """Return the finding for a face that proved damaged only when it was subset."""
    font = issue.fonts.get(ROLES[role]) if role in ROLES else None
    return finding("no-face", font.span if font else issue.paper.span, path=font.path.name if font else role)


def verify_archive(folder: Path) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the package of an issue in a folder: nothing is written."""
    from layout.archive.verify import verify

    return verify(folder)


def fix_marks(path: Path) -> Iterator[tuple[Path, int]]:
    """Mend the text of an issue's story files; yield each changed file and the number of its changes."""
    issue, _ = load_issue(path)
    for story in _stories(issue) if issue else ():
        file = Path(story.span.file)
        made = restored(file)
        if made is not None:
            data, count = made
            write_file(file.resolve(), data)
            yield file, count


def _stories(issue: Issue) -> Iterator[Story]:
    for page in issue.pages:
        for block in page.blocks:
            if isinstance(block.content, StoryContent) and not block.content.is_rest:
                yield block.content.story


def write_schemas(folder: Path) -> tuple[Path, ...]:
    """Write the JSON Schemas of issue, paper and story into a folder; return the files."""
    from layout.manifest.export import SCHEMAS, json_schema

    files = []
    for name, record in SCHEMAS.items():
        files.append(folder / f"{name}.schema.json")
        write_file(files[-1], (json.dumps(json_schema(record), ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
    return tuple(files)

"""Wires the stages: manifest to pages to files."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from layout.design.plan import resolve
from layout.diagnostics import Diagnostic, finding, has_errors
from layout.export.files import remove_others, write_file
from layout.export.printing import print_files
from layout.frame import Page
from layout.geometry import Rect
from layout.manifest.copy import Story
from layout.manifest.issue import AdvertContent, Issue, StoryContent
from layout.manifest.jumps import in_order
from layout.manifest.load import load_issue
from layout.manifest.paper import ROLES
from layout.manifest.restore import restored
from layout.page.compose import Composed, compose_page
from layout.text.shape import Shaper
from layout.typeface.catalogue import Faces, probe_of, read_catalogue
from layout.typeface.face import BrokenFaceError, FaceFile
from layout.watch import Watch


class Product(Enum):
    """What a build may leave."""

    PRINT = "print"
    PROOF = "proof"
    ARCHIVE = "archive"


class SetIssue(NamedTuple):
    """An issue with its finished pages and all findings, in the order of the pages."""

    issue: Issue | None
    pages: tuple[Page, ...]
    faces: Faces | None
    problems: tuple[Diagnostic, ...]


def set_issue(path: Path, watch: Watch) -> SetIssue:
    """Return the issue of a manifest set in pages; nothing is written."""
    with watch.stage("read"):
        issue, problems = load_issue(path)
    if issue is None or has_errors(problems):
        return SetIssue(None, (), None, problems)
    with watch.stage("faces"):
        own = {role.value: FaceFile(font.path, font.index, font.weight) for role, font in issue.fonts.items()}
        faces = Faces(read_catalogue(own))
        refused = _check_faces(issue, faces)
        design = resolve(issue)
    if refused:
        return SetIssue(None, (), None, (*problems, *refused))
    problems = (*problems, *_judge_adverts(issue))
    made: dict[int, Composed] = {}
    rests: dict[tuple[str, str], Story] = {}
    for page in in_order(issue.pages):
        with watch.stage("compose"):
            made[page.number] = compose_page(issue, page, design, Shaper(faces, design.rules), rests)
        rests |= made[page.number].rests
    pages = [made[page.number] for page in issue.pages]
    found = (*problems, *(problem for composed in pages for problem in composed.problems))
    return SetIssue(issue, tuple(composed.page for composed in pages), faces, found)


def _judge_adverts(issue: Issue) -> tuple[Diagnostic, ...]:
    """Return what the preflight of the issue's adverts finds; its reader is loaded only where there are any."""
    if not any(isinstance(block.content, AdvertContent) for page in issue.pages for block in page.blocks):
        return ()
    from layout.preflight.adverts import advert_findings

    return tuple(advert_findings(issue))


def _check_faces(issue: Issue, faces: Faces) -> tuple[Diagnostic, ...]:
    """Return a finding for each font file of the paper that cannot or may not be set and embedded."""
    refusals = ((font, faces[role.value].refusal(probe_of(role.value))) for role, font in issue.fonts.items())
    return tuple(finding(refusal.value, font.span, path=font.path.name) for font, refusal in refusals if refusal is not None)


def build_issue(path: Path, out: Path, products: frozenset[Product], watch: Watch) -> tuple[Diagnostic, ...]:
    """Set an issue and write its files below `out`; return all findings.

    With an error no print file is written, and older ones of the issue are left alone; proofs show the pages as
    far as they go.
    """
    result = set_issue(path, watch)
    if result.issue is None or result.faces is None:
        return result.problems
    folder = out / result.issue.name
    with watch.stage("pdf"):
        try:
            files = print_files(result.issue, result.pages, result.faces)
        except BrokenFaceError as error:
            return (*result.problems, _broken(result.issue, str(error)))
    with watch.stage("write"):
        if Product.PRINT in products and not has_errors(result.problems):
            for name, data in files.items():
                write_file(folder / "print" / name, data)
            remove_others(folder / "print", f"{result.issue.name}*.pdf", files)
    if Product.PROOF in products:
        with watch.stage("proof"):
            _write_proofs(folder / "proof", result.issue, result, files)
    if Product.ARCHIVE in products and not has_errors(result.problems):
        with watch.stage("archive"):
            return (*result.problems, *_write_archive(folder / "archive", result.issue, result, files))
    return result.problems


def _broken(issue: Issue, role: str) -> Diagnostic:
    """Return the finding for a face that proved damaged only when it was subset."""
    font = issue.fonts.get(ROLES[role]) if role in ROLES else None
    return finding("no-face", font.span if font else issue.paper.span, path=font.path.name if font else role)


def _write_proofs(folder: Path, issue: Issue, result: SetIssue, files: dict[str, bytes]) -> None:
    from layout.export.dump import dump_page
    from layout.export.proof import page_image
    from layout.export.report import report

    for page in result.pages:
        name = f"{issue.name}_{page.number:04d}"
        write_file(folder / f"{name}.png", page_image(files[f"{name}.pdf"]))
        write_file(folder / f"{name}.txt", dump_page(page).encode("utf-8"))
    kept = {Path(name).with_suffix(suffix).name for name in files for suffix in (".png", ".txt")}
    for suffix in ("png", "txt"):
        remove_others(folder, f"{issue.name}_*.{suffix}", kept)
    told = report(issue, result.pages, result.problems, resolve(issue))
    write_file(folder / "report.json", (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def _write_archive(folder: Path, issue: Issue, result: SetIssue, files: dict[str, bytes]) -> tuple[Diagnostic, ...]:
    """Write the package of an issue, unless its text is not that of its pages; return what was found while it was made.

    Page images are painted in threads meanwhile: PDFium and JPEG leave Python free.
    """
    from layout.archive.articles import archive_issue
    from layout.archive.bag import write_bag
    from layout.archive.package import package
    from layout.archive.sources import source_files

    with ThreadPoolExecutor(_PAINTERS) as pool:
        photographs = {page.number: pool.submit(_photograph, page, issue, files) for page in result.pages}
        archived, problems = archive_issue(issue, result.pages)
        images = {number: photograph.result() for number, photograph in photographs.items()}
    if has_errors(problems):
        return problems
    faces = result.faces
    assert faces is not None
    families = {style.face: faces[style.face].metrics().name for page in archived.pages for style in page.styles}
    write_bag(folder / issue.name, package(archived, files, images, source_files(issue), families))
    return problems


_PAINTERS = 2
"""Threads that paint: while one has PDFium, another one writes its image."""


def _photograph(page: Page, issue: Issue, files: dict[str, bytes]) -> bytes:
    """Return the image of a page without its bleed."""
    from layout.archive.raster import PAGE_PPI, pixels
    from layout.export.proof import page_photograph

    trim = Rect(pixels(page.bleed), pixels(page.bleed), pixels(page.size.width), pixels(page.size.height))
    return page_photograph(files[f"{issue.name}_{page.number:04d}.pdf"], PAGE_PPI, trim)


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

"""Writes the proofs of an issue: an image and a text dump of each page, and the report of the issue."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from layout.crew import share
from layout.design.plan import resolve
from layout.diagnostics import Diagnostic
from layout.export.dump import dump_page
from layout.export.files import write_files
from layout.export.proof import page_image
from layout.export.report import report
from layout.frame import Page
from layout.manifest.issue import Issue


def write_proofs(
    folder: Path, issue: Issue, pages: Sequence[Page], problems: tuple[Diagnostic, ...], prints: Mapping[str, bytes]
) -> None:
    """Write the proofs of an issue into a folder; `prints` are its PDF files by name."""
    names = [f"{issue.name}_{page.number:04d}" for page in pages]
    images = share(lambda name: page_image(prints[f"{name}.pdf"]), names, 1)
    files = {f"{name}.png": image for name, image in zip(names, images, strict=True)}
    files |= {f"{name}.txt": dump_page(page).encode("utf-8") for name, page in zip(names, pages, strict=True)}
    told = report(issue, tuple(pages), problems, resolve(issue))
    files["report.json"] = (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode("utf-8")
    write_files(folder, files, (f"{issue.name}_*.png", f"{issue.name}_*.txt"))

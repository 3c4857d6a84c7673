"""The files that a manifest names: inside its own folder, or the roots that its paper names."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from layout.manifest.kinds import Located
from layout.manifest.source import Report


class Files(NamedTuple):
    """Where the files of an issue may lie, `roots` by their real paths, and what is found to be wrong with them."""

    folder: Path
    roots: tuple[Path, ...]
    report: Report

    def find(self, name: Located[str]) -> Path | None:
        """Return the file that the issue names; None with a finding where it is absent or outside the roots."""
        return find_file(name, self.folder, self.roots, self.report)

    def beside(self, folder: Path) -> "Files":
        """Return the files that a paper in another folder names."""
        return Files(folder, (*real_folders((folder,)), *self.roots), self.report)


def real_folders(folders: Iterable[Path]) -> tuple[Path, ...]:
    """Return folders by their real paths, once for all the files that may lie in them; one without any is left out."""
    found = []
    for folder in folders:
        try:
            found.append(folder.resolve())
        except (OSError, ValueError, RuntimeError):  # a circle of links
            continue
    return tuple(found)


def find_file(
    name: Located[str], base: Path, roots: tuple[Path, ...], report: Report, code: str = "outside-roots"
) -> Path | None:
    """Return the file that a manifest names, or None with a finding where it is absent or outside the roots' real paths."""
    path = base / name.value
    try:
        real = path.resolve()
        allowed = any(real.is_relative_to(root) for root in roots)
        exists = real.is_file()
    except (OSError, ValueError, RuntimeError):
        allowed = exists = False
    if not allowed:
        report.add(code, name.span, path=name.value)
        return None
    if not exists:
        report.add("missing-file", name.span, path=name.value)
        return None
    return path

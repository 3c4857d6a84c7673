"""The folder that an import makes: whole or not there, and nothing that stood in its place is lost."""

from collections.abc import Mapping
from itertools import count
from pathlib import Path

from layout.export.files import write_folder


def is_free(folder: Path, may_replace: bool) -> bool:
    """Return whether a folder may be written: new or empty, or one that may be replaced and is none we stand in."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    is_ours = Path.cwd().is_relative_to(folder.resolve())
    return not is_ours and (may_replace or not any(folder.iterdir()))


def write_beside(folder: Path, files: Mapping[str, bytes]) -> Path | None:
    """Write a folder; return where one with files that stood there was moved, ``NAME.before``.

    An OSError tells what could not be written.
    """
    kept = _free_name(folder) if folder.exists() and any(folder.iterdir()) else None
    write_folder(folder, files, kept)
    return kept


def _free_name(folder: Path) -> Path:
    names = (folder.with_name(f"{folder.name}.before{f'-{number}' if number > 1 else ''}") for number in count(1))
    return next(path for path in names if not path.exists())

"""A folder that appears whole or not at all."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from layout.export.files import write_file


def is_free(folder: Path, may_replace: bool) -> bool:
    """Return whether a folder may be written: new or empty, or one that may be replaced and is none we stand in."""
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    is_ours = Path.cwd().is_relative_to(folder.resolve())
    return not is_ours and (may_replace or not any(folder.iterdir()))


def write_folder(folder: Path, files: Mapping[str, bytes]) -> Path | None:
    """Write files into a folder beside its place and move it there; return where one that stood there was moved.

    Nothing is deleted: a folder of that name is kept as ``NAME.before``. An OSError tells what could not be written.
    """
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        for name, data in files.items():
            write_file(part / name, data)
        kept = _aside(folder) if folder.exists() else None
        os.replace(part, folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return kept


def _aside(folder: Path) -> Path | None:
    """Move a folder aside; an empty one goes without leaving anything."""
    if not any(folder.iterdir()):
        folder.rmdir()
        return None
    kept = folder.with_name(f"{folder.name}.before")
    number = 1
    while kept.exists():
        number += 1
        kept = folder.with_name(f"{folder.name}.before-{number}")
    os.replace(folder, kept)
    return kept

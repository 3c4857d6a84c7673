"""Files that appear whole or not at all."""

import os
import shutil
from collections.abc import Collection
from pathlib import Path


def remove_others(folder: Path, pattern: str, keep: Collection[str]) -> None:
    """Remove the files of a folder that match a pattern and are not among `keep`: leavings of an earlier build."""
    for path in folder.glob(pattern):
        if path.name not in keep:
            path.unlink()


def write_file(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there in one step; one that it replaces keeps its mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(data)
    if path.exists():
        shutil.copymode(path, part)
    os.replace(part, path)

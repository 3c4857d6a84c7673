"""Files and folders that appear whole or not at all."""

import os
import shutil
from collections.abc import Collection, Mapping
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


def write_changed(path: Path, data: bytes) -> bool:
    """Write a file unless it has the same bytes already; return whether it was written."""
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    write_file(path, data)
    return True


def write_folder(place: Path, files: Mapping[str, bytes], kept: Path | None = None) -> None:
    """Write a folder beside its place and move it there: at its place it is whole or absent, however the run ends.

    A former one stays until the new one is whole, and goes then, or is moved to `kept`. One that a killed run had moved
    aside is put back first.
    """
    part, former = (place.with_name(f".{place.name}.{state}") for state in ("part", "former"))
    if former.exists() and not place.exists():
        os.replace(former, place)
    for leaving in (part, former):
        if leaving.exists():
            shutil.rmtree(leaving)
    part.mkdir(parents=True)
    for name, data in files.items():
        (part / name).parent.mkdir(parents=True, exist_ok=True)
        (part / name).write_bytes(data)
    if place.exists():
        os.replace(place, kept or former)
    os.replace(part, place)
    if former.exists():
        shutil.rmtree(former)

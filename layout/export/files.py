"""Files and folders that appear whole or not at all.

Whoever writes has a folder to himself: a second run waits for the first. What a killed run left goes with the next one.
"""

import os
import shutil
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where nobody is kept out
    fcntl = None  # type: ignore[assignment]


def write_file(path: Path, data: bytes) -> None:
    """Write a file beside its place and move it there in one step; one that it replaces keeps its mode."""
    write_files(path.parent, {path.name: data})


def write_files(folder: Path, files: Mapping[str, bytes], owned: Iterable[str] = ()) -> None:
    """Write files of a folder beside their places, and move them there when all are whole.

    Those that match a pattern of `owned` and are not among them go: leavings of an earlier run. Others are left alone.
    Where one cannot be written, all places stay as they were.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        parts = {folder / f".{name}.part": folder / name for name in files}
        try:
            for (part, place), data in zip(parts.items(), files.values(), strict=True):
                _write(part, data)
                if place.exists():
                    shutil.copymode(place, part)
            for part, place in parts.items():
                os.replace(part, place)
        finally:
            _clear(parts)
        for pattern in owned:
            remove_others(folder, pattern, files)
            _clear(folder.glob(f".{pattern}.part"))


def remove_others(folder: Path, pattern: str, kept: Container[str]) -> None:
    """Remove the files of a folder that match a pattern and are not among `kept`: leavings of an earlier run."""
    _clear(path for path in folder.glob(pattern) if path.name not in kept)


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
    place.parent.mkdir(parents=True, exist_ok=True)
    with alone(place.parent):
        part, former = (place.with_name(f".{place.name}.{state}") for state in ("part", "former"))
        if former.exists() and not place.exists():
            os.replace(former, place)
        for leaving in (part, former):
            if leaving.exists():
                shutil.rmtree(leaving)
        try:
            part.mkdir()
            for name, data in files.items():
                (part / name).parent.mkdir(parents=True, exist_ok=True)
                _write(part / name, data)
        except OSError:
            shutil.rmtree(part, ignore_errors=True)
            raise
        if place.exists():
            os.replace(place, kept or former)
        os.replace(part, place)
        if former.exists():
            shutil.rmtree(former)


def _write(path: Path, data: bytes) -> None:
    """Write a file; an error names it, which that of a full disk does not do by itself."""
    try:
        path.write_bytes(data)
    except OSError as error:
        error.filename = error.filename or str(path)
        raise


def _clear(paths: Iterable[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other runs out of a folder while a block lasts; the system ends it where the run is killed.

    Where a file system knows no such locks, nobody is kept out.
    """
    if fcntl is None:
        yield
        return
    handle = None
    try:
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        if handle is not None:
            os.close(handle)

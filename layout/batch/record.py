"""What stands of an issue's package: from what it was made, and its digest, in a file beside it.

A package is made anew unless all that makes it is the same: the program, its libraries, the sources of the issue, its faces.
"""

import hashlib
import json
import os
import platform
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from layout.archive.sources import source_files
from layout.diagnostics import Diagnostic, Span
from layout.export.files import write_file
from layout.manifest.issue import Issue
from layout.messages import MESSAGES, Phrase, Severity
from layout.typeface.catalogue import BUNDLED, read_catalogue
from layout.typeface.face import FaceFile

_PROGRAM = Path(__file__).resolve().parents[1]

LIBRARIES = (
    "deflate",
    "deflate",
    "fonttools",
    "lunar_python",
    "lxml",
    "markdown-it-py",
    "mdit-py-plugins",
    "pikepdf",
    "pillow",
    "pyphen",
    "pypdf",
    "pypdfium2",
    "pyyaml",
    "reportlab",
    "svgelements",
    "uharfbuzz",
)
"""The libraries whose version may change a byte of a package."""


class Record(NamedTuple):
    """What stands of an issue: the key of what made it, the digest of its bag, and what was found, none of it an error."""

    key: str
    bag: str
    problems: tuple[Diagnostic, ...]


def record_file(bag: Path) -> Path:
    """Return the file of a bag's record: beside the bag, which holds nothing of this."""
    return bag.with_name(f"{bag.name}.done.json")


def key_of(issue: Issue) -> str:
    """Return the SHA-256 of all that makes an issue's package; raise OSError where a source cannot be read."""
    made = hashlib.sha256(_program().encode("ascii"))
    own = {role.value: FaceFile(font.path, font.index, font.weight) for role, font in issue.fonts.items()}
    faces = ((role, _digest(entry.file.path)) for role, entry in sorted(read_catalogue(own).items()))
    sources = ((path, hashlib.sha256(data).hexdigest()) for path, data in source_files(issue).items())
    _add(made, (*faces, *sources))
    return made.hexdigest()


@cache
def _program() -> str:
    """Return the digest of this program, of the interpreter and of the libraries, as a process finds them when it begins."""
    made = hashlib.sha256()
    _add(made, (("python", platform.python_version()), ("zlib", zlib.ZLIB_RUNTIME_VERSION)))
    _add(made, ((name, version(name)) for name in LIBRARIES))
    _add(made, ((path.relative_to(_PROGRAM).as_posix(), _digest(path)) for path in sorted(_own_files())))
    return made.hexdigest()


def _own_files() -> Iterator[Path]:
    files = (path for path in _PROGRAM.rglob("*") if path.is_file())
    return (path for path in files if "__pycache__" not in path.parts and BUNDLED not in path.parents)


def _add(made: Any, parts: Iterable[tuple[str, str]]) -> None:
    """Add names with their values to a digest; no two lists of them are taken for each other."""
    for part in parts:
        made.update(json.dumps(part).encode("ascii") + b"\n")


def _digest(path: Path) -> str:
    state = path.stat()
    return _digest_at(path, state.st_mtime_ns, state.st_size)


@cache
def _digest_at(path: Path, _changed: int, _size: int) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write_record(bag: Path, record: Record, folder: Path) -> None:
    """Write the record of a bag; the places of its findings are told from the issue's folder."""
    told = [_as_plain(problem, folder) for problem in record.problems]
    text = json.dumps({"key": record.key, "bag": record.bag, "problems": told}, ensure_ascii=False, indent=1, default=str)
    write_file(record_file(bag), f"{text}\n".encode())


def read_record(bag: Path, folder: Path) -> Record | None:
    """Return the record of a bag, None where there is none or it is damaged."""
    try:
        read = json.loads(record_file(bag).read_bytes())
        return Record(read["key"], read["bag"], tuple(_from_plain(plain, folder) for plain in read["problems"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _as_plain(problem: Diagnostic, folder: Path) -> dict[str, object]:
    file, line, column = problem.span
    values = {name: value._asdict() if isinstance(value, Phrase) else value for name, value in problem.values}
    chosen = problem.chosen.value if problem.chosen else None
    return {"code": problem.code, "span": [os.path.relpath(file, folder), line, column], "values": values, "chosen": chosen}


def _from_plain(plain: Any, folder: Path) -> Diagnostic:
    """Return a finding that a record tells; raise KeyError, TypeError or ValueError where it is none of ours."""
    MESSAGES[plain["code"]]
    file, line, column = plain["span"]
    values = ((name, Phrase(**value) if isinstance(value, dict) else value) for name, value in plain["values"].items())
    chosen = Severity(plain["chosen"]) if plain["chosen"] else None
    return Diagnostic(plain["code"], Span(os.path.normpath(folder / file), int(line), int(column)), tuple(values), chosen)

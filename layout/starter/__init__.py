"""A paper and a first issue to begin with: three files that build without findings.

They are the files of README's tour; `tests/test_readme.py` holds both to each other.
"""

import datetime
import re
from pathlib import Path
from string import Template
from typing import NamedTuple

from layout.export.files import write_file
from layout.manifest.source import yaml_scalar

_TEMPLATES = Path(__file__).resolve().parent
FILES = ("paper.yaml", "issue.yaml", "story.md")
KEY = re.compile(r"[a-z][a-z0-9-]{0,31}")
"""What a paper's key may be; every file name of its issues begins with it."""


class Beginning(NamedTuple):
    """What a first issue is made from; `latin` may be empty."""

    key: str
    name: str
    latin: str
    date: datetime.date


def write_starter(folder: Path, beginning: Beginning) -> tuple[Path, ...]:
    """Write a paper and its first issue into a folder; return the files. An OSError tells what could not be written."""
    words = {
        "key": beginning.key,
        "name": yaml_scalar(beginning.name),
        "latin": f"latin: {yaml_scalar(beginning.latin)}\n" if beginning.latin else "",
        "date": beginning.date.isoformat(),
    }
    made = []
    for name in FILES:
        text = (_TEMPLATES / name).read_text(encoding="utf-8")
        made.append(folder / name)
        write_file(made[-1], Template(text).substitute(words).encode("utf-8"))
    return tuple(made)

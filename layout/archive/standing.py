"""Which issue's package stands in a folder: two issues of one paper and day must not take each other's place."""

import json
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from layout.archive.bag import PAYLOAD
from layout.diagnostics import Diagnostic, finding
from layout.manifest.issue import Issue


def standing_findings(folder: Path, issue: Issue) -> tuple[Diagnostic, ...]:
    """Return a finding where a folder holds the package of another issue: of another number, paper or manifest."""
    told = _told(folder / PAYLOAD / f"{issue.name}.json")
    own = {"paper": issue.paper.name.text, "number": issue.number, "manifest": Path(issue.span.file).name}
    if all(_named(name, told.get(name, value)) == value for name, value in own.items()):
        return ()
    values = {name: told.get(name, "") for name in ("number", "manifest")}
    return (finding("archive-taken", issue.span, name=issue.name, **values),)


def _told(file: Path) -> Mapping[str, Any]:
    """Return what a package says of its issue, nothing where there is no package that can be read."""
    try:
        made = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return made if isinstance(made, dict) else {}


def _named(name: str, value: object) -> object:
    """Return a value as issues are told apart by it: of a manifest its name, since its folder depends on other sources."""
    return PurePosixPath(value).name if name == "manifest" and isinstance(value, str) else value

"""Builds in processes that fork from this one, at the same time or killed; run as a script, which prints what they left.

Forked, a build begins at once: what it imports is there, and no library has threads yet.
"""

import hashlib
import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import layout.archive.writing
import layout.export.proofs
import layout.preflight.judged
from layout.issue import Product, build_issue
from layout.watch import Watch
from tests.small_issue import write_issue

__all__ = ["layout"]

PRODUCTS = (Product.PRINT, Product.PROOF, Product.DELIVERY, Product.ARCHIVE)
KILLS, ROUNDS = 15, 5


def versions(folder: Path) -> tuple[Path, Path]:
    """Write two versions of an issue; return their files."""
    old, new = (write_issue(folder / name, 1) for name in ("old", "new"))
    new.write_text(new.read_text("utf-8").replace("题号1", "新号1"), encoding="utf-8")
    return old, new


def begun(path: Path, out: Path) -> int:
    """Begin a build in a process of its own; return its number."""
    process = os.fork()
    if process:
        return process
    problems = build_issue(path, out, frozenset(PRODUCTS), Watch())
    os._exit(1 if any(problem.severity.value == "error" for problem in problems) else 0)


def ended(process: int) -> int:
    """Wait for a process; return its status."""
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of each file below a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def states(out: Path, old: dict[str, str], new: dict[str, str]) -> dict[str, str]:
    """Return of each product whether it is the old one, the new one, mixed of whole files of both, absent, or broken."""
    here = {path: digest for path, digest in digests(out).items() if "/." not in path}
    told = {}
    for product in (product.value for product in PRODUCTS):
        found, before, after = ({path: at for path, at in each.items() if f"/{product}/" in path} for each in (here, old, new))
        is_mixed = found.keys() == before.keys() and all(at in (before[path], after[path]) for path, at in found.items())
        known = (("old", found == before), ("new", found == after), ("absent", not found), ("mixed", is_mixed))
        told[product] = next((name for name, holds in known if holds), "broken")
    return told


def kills(folder: Path) -> Iterator[object]:
    """Kill builds of the new version over the old one, each a little later; yield what stands then, and after the next build."""
    old, new = versions(folder)
    out = folder / "out"
    assert ended(begun(new, out)) == 0
    after = digests(out)
    begin = time.monotonic()
    assert ended(begun(old, out)) == 0
    duration, before = time.monotonic() - begin, digests(out)
    kept = shutil.copytree(out, folder / "kept")
    for number in range(KILLS):
        process = begun(new, out)
        time.sleep((number + 0.5) / KILLS * duration)
        os.kill(process, signal.SIGKILL)
        status, left = ended(process), states(out, before, after)
        assert ended(begun(new, out)) == 0
        yield status, left, digests(out) == after
        shutil.rmtree(out)
        shutil.copytree(kept, out)


def pairs(folder: Path) -> Iterator[object]:
    """Build two versions at once; yield how both ended and what stands then."""
    old, new = versions(folder)
    assert 0 == ended(begun(old, folder / "first"))
    assert 0 == ended(begun(new, folder / "second"))
    before, after = digests(folder / "first"), digests(folder / "second")
    for _ in range(ROUNDS):
        processes = [begun(old, folder / "out"), begun(new, folder / "out")]
        yield [ended(process) for process in processes], states(folder / "out", before, after), len(digests(folder / "out"))
    yield len(before)


if __name__ == "__main__":
    print(json.dumps(list({"kills": kills, "pairs": pairs}[sys.argv[1]](Path(sys.argv[2])))))

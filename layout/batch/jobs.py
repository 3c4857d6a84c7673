"""The job of one issue: where it is done is all the same, and what comes back is small.

What sets pages is imported where it is needed: who gives out jobs does none of them.
"""

from enum import Enum
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from layout.diagnostics import Diagnostic, has_errors
from layout.watch import Watch

_AT_WORK = Lock()
"""A process sets one issue at a time: workers of a cluster may have several threads, which would only wait for each other."""


class Job(NamedTuple):
    """An issue to be archived: its manifest, and the folder below which its files go."""

    path: Path
    out: Path


class Status(Enum):
    """What became of a job: made, standing already as it would be made, or with errors."""

    MADE = "made"
    STANDING = "standing"
    FAILED = "failed"


class Outcome(NamedTuple):
    """What came of a job: all findings, the bag with its seal where there is one now, and the seconds of each stage."""

    status: Status
    problems: tuple[Diagnostic, ...]
    bag: Path | None = None
    seal: str | None = None
    seconds: tuple[tuple[str, float], ...] = ()


def archive(job: Job) -> Outcome:
    """Make the package of an issue, unless it stands as it would be made.

    Raises:
        OSError: a file cannot be read or written.
    """
    with _AT_WORK:
        return _archived(job)


def _archived(job: Job) -> Outcome:
    """Do a job; its record is written last, and only where the sources are still those of its key."""
    from layout.archive.verify import seal
    from layout.batch.record import Record, key_of, read_record, write_record
    from layout.issue import Product, build_issue
    from layout.manifest.load import load_issue

    issue, problems = load_issue(job.path)
    if issue is None or has_errors(problems):
        return Outcome(Status.FAILED, problems)
    bag = job.out / issue.name / "archive" / issue.name
    key, record = key_of(issue), read_record(bag, job.path.parent)
    if record is not None and (record.key, record.bag) == (key, seal(bag)):
        return Outcome(Status.STANDING, record.problems, bag, record.bag)
    watch = Watch()
    problems = build_issue(job.path, job.out, frozenset({Product.ARCHIVE}), watch)
    seconds = tuple(watch.stages.items())
    if has_errors(problems):
        return Outcome(Status.FAILED, problems, seconds=seconds)
    made = seal(bag)
    if made is not None and key_of(issue) == key:
        write_record(bag, Record(key, made, problems), job.path.parent)
    return Outcome(Status.MADE, problems, bag, made, seconds)

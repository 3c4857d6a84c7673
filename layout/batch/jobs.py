"""The job of one issue: where it is done is all the same, and what comes back is small."""

from enum import Enum
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from layout.archive.verify import seal
from layout.batch.record import Record, key_of, read_record, write_record
from layout.diagnostics import Diagnostic, has_errors
from layout.issue import Product, build_issue
from layout.manifest.load import load_issue
from layout.watch import Watch

_AT_WORK = Lock()
"""A process sets one issue at a time: workers of a cluster may have several threads, which would only wait for each other."""


class Job(NamedTuple):
    """An issue to be made: its manifest, the folder below which its files go, and what is wanted of it."""

    path: Path
    out: Path
    products: frozenset[Product]


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


def build(job: Job) -> Outcome:
    """Make the products of an issue; raise OSError where a file cannot be read or written."""
    watch = Watch()
    with _AT_WORK:
        problems = build_issue(job.path, job.out, job.products, watch)
    status = Status.FAILED if has_errors(problems) else Status.MADE
    return Outcome(status, problems, seconds=tuple(watch.stages.items()))


def archive(job: Job) -> Outcome:
    """Make the package of an issue, unless it stands as it would be made; raise OSError where a file cannot be read or written.

    The record is written last, and only where the sources are still those of the key.
    """
    with _AT_WORK:
        issue, problems = load_issue(job.path)
        if issue is None or has_errors(problems):
            return Outcome(Status.FAILED, problems)
        bag = job.out / issue.name / "archive" / issue.name
        key, record = key_of(issue), read_record(bag, job.path.parent)
        if record is not None and (record.key, record.bag) == (key, seal(bag)):
            return Outcome(Status.STANDING, record.problems, bag, record.bag)
    made = build(job)
    sealed = seal(bag) if made.status is Status.MADE else None
    if sealed is not None and key_of(issue) == key:
        write_record(bag, Record(key, sealed, made.problems), job.path.parent)
    return made._replace(bag=bag, seal=sealed)

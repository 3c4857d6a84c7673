"""Makes many issues, and tells which of them were not made."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from layout.batch.jobs import Job, Outcome, Status
from layout.batch.run import Lost, run_jobs
from layout.batch.workers import Workers
from layout.diagnostics import Diagnostic, Span, finding
from layout.messages import Severity


def make_issues(
    work: Callable[[Job], Outcome], jobs: Sequence[Job], workers: Workers, tell: Callable[[int], None]
) -> tuple[Outcome, ...]:
    """Return what came of each issue, in their order; the findings of one that was not made end with one that says so.

    Issues that go to one place are told, whichever of them stands there.
    """
    outcomes = [_told(job, result) for job, result in zip(jobs, run_jobs(work, jobs, workers, tell), strict=True)]
    for first, second in _at_one_place(outcomes):
        clash = finding("same-issue", Span(str(jobs[second].path)), other=str(jobs[first].path))
        outcomes[second] = outcomes[second]._replace(status=Status.FAILED, problems=(*outcomes[second].problems, clash))
    return tuple(
        outcome._replace(problems=(*outcome.problems, *_left(job, outcome)))
        for job, outcome in zip(jobs, outcomes, strict=True)
    )


def _told(job: Job, result: Outcome | Lost) -> Outcome:
    if isinstance(result, Outcome):
        return result
    code, values = ("job-failed", {"reason": result.reason}) if result.reason else ("worker-died", {})
    return Outcome(Status.FAILED, (finding(code, Span(str(job.path)), **values),))


def _at_one_place(outcomes: Sequence[Outcome]) -> Iterator[tuple[int, int]]:
    """Yield the numbers of each issue that goes where one before it goes, and of that one."""
    places = defaultdict[object, list[int]](list)
    for number, outcome in enumerate(outcomes):
        if outcome.bag is not None:
            places[outcome.bag].append(number)
    for first, *others in places.values():
        yield from ((first, other) for other in others)


def _left(job: Job, outcome: Outcome) -> Iterator[Diagnostic]:
    if outcome.status is Status.FAILED:
        errors = sum(problem.severity is Severity.ERROR for problem in outcome.problems)
        yield finding("issue-left", Span(str(job.path)), count=errors)

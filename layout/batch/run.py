"""Runs jobs by workers of any kind: what fails, fails alone.

A worker that dies may take the jobs of others with it. All that were under way then are suspects, and run again one at a time
when the others are done; the one whose worker dies again is the cause.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from layout.batch.workers import Workers

Job = TypeVar("Job")
Result = TypeVar("Result")


class Lost(NamedTuple):
    """What there is of a job without a result: the words of its exception, none where its worker died."""

    reason: str


def run_jobs(
    work: Callable[[Job], Result], jobs: Sequence[Job], workers: Workers, tell: Callable[[int], None]
) -> tuple[Result | Lost, ...]:
    """Return the result of each job in their order; `tell` hears how many are done.

    `work` and the jobs are pickled; `work` has to be importable where it is done.
    """
    run = _Run(work, jobs, tell)
    suspects = run.through(range(len(jobs)), workers)
    for number in run.through(suspects, workers._replace(at_once=1)):
        run.settle(number, Lost(""))
    return tuple(run.done[number] for number in range(len(jobs)))


@dataclass(slots=True)
class _Run(Generic[Job, Result]):
    """A run: what there is to do, and what is done, by the numbers of the jobs."""

    work: Callable[[Job], Result]
    jobs: Sequence[Job]
    tell: Callable[[int], None]
    done: dict[int, Result | Lost] = field(default_factory=dict)

    def settle(self, number: int, result: Result | Lost) -> None:
        self.done[number] = result
        self.tell(len(self.done))

    def through(self, numbers: Iterable[int], workers: Workers) -> list[int]:
        """Do jobs, with new workers where some have died; return the numbers of those whose worker died."""
        waiting, dead = deque(numbers), list[int]()
        while waiting:
            with workers.start(workers.at_once) as executor:
                dead += self._round(executor, waiting, workers)
        return dead

    def _round(self, executor: Executor, waiting: deque[int], workers: Workers) -> list[int]:
        """Do jobs until none waits, the workers have done their share, or one has died; return the numbers of the dead."""
        running: dict[Future[Result], int] = {}
        dead: list[int] = []
        left = workers.share
        while True:
            while waiting and left and not dead and len(running) < workers.at_once:
                future = self._begun(executor, waiting[0])
                left = left - 1 if future is not None else 0
                if future is not None:
                    running[future] = waiting.popleft()
            if not running:
                return dead
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                number = running.pop(future)
                fault = future.exception()
                if isinstance(fault, workers.deaths):
                    dead.append(number)
                else:
                    self.settle(number, future.result() if fault is None else Lost(f"{type(fault).__name__}: {fault}"))

    def _begun(self, executor: Executor, number: int) -> Future[Result] | None:
        """Return a job under way; None where a worker has just died and the executor takes no more."""
        try:
            return executor.submit(self.work, self.jobs[number])
        except BrokenExecutor:
            return None

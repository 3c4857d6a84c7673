"""Runs a program as a whole process, from nothing to its end, and tells what it took."""

import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Run(NamedTuple):
    """What a process took: seconds on the clock, seconds of processor time, and MB of memory at its greatest.

    Processor time counts processes that it started; memory is that of the largest of them.
    """

    wall: float
    cpu: float
    memory: float


class Finished(NamedTuple):
    """A run and what the program printed."""

    run: Run
    told: str


def run(command: Sequence[str], folder: Path) -> Finished:
    """Run a program in a folder; one that ends with a status above 1 is an error.

    Python may keep its compiled modules, whatever the environment says, as it does where it is installed.
    """
    told = folder / "told.txt"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "compiled")
    opened = os.open(told, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    begun = time.perf_counter()
    ends = [(os.POSIX_SPAWN_DUP2, opened, 1), (os.POSIX_SPAWN_DUP2, opened, 2)]
    number = os.posix_spawn(command[0], command, environment, file_actions=ends)
    _, status, usage = os.wait4(number, 0)
    wall = time.perf_counter() - begun
    os.close(opened)
    text = told.read_text(encoding="utf-8")
    assert os.waitstatus_to_exitcode(status) in (0, 1), f"{' '.join(command)}\n{text}"
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Finished(Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit), text)


def medians(runs: Iterable[Run]) -> Run:
    """Return the median of each figure."""
    return Run(*map(median, zip(*runs, strict=True)))


def in_turn(programs: dict[str, Callable[[], Finished]], rounds: int) -> dict[str, list[Finished]]:
    """Return the runs of programs by name, taken in turn (A B A B), after one of each where there are several."""
    for program in programs.values() if rounds > 1 else ():
        program()
    found: dict[str, list[Finished]] = {name: [] for name in programs}
    for _ in range(rounds):
        for name, program in programs.items():
            found[name].append(program())
    return found

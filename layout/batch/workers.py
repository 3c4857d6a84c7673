"""Who does the jobs: processes of this machine, or the workers of a Dask cluster. Both are one kind of executor.

The only module that imports Dask.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from multiprocessing import connection
from multiprocessing.context import BaseContext
from threading import Thread
from typing import NamedTuple

_SHARE = 200
"""Jobs of a process before another one takes its place: what libraries keep of fonts and pictures goes with it.

`max_tasks_per_child` is not used: up to Python 3.14 a pool may wait for ever for the process that it has ended (gh-115634).
"""

_AHEAD = 256
"""Jobs that a cluster holds at a time; how many workers it has may change meanwhile."""

PATIENCE = 10.0
"""Seconds in which a scheduler has to answer."""


_QUIET = "ignore:resource_tracker"
"""Keeps Python's process that clears away after a run from complaining where that was interrupted."""


class Workers(NamedTuple):
    """Who does jobs: `start` starts so many, who have `at_once` jobs under way, and `share` jobs until others are started.

    `deaths` are the exceptions of a job whose worker ended with it.
    """

    start: Callable[[int], AbstractContextManager[Executor]]
    at_once: int
    share: int
    deaths: tuple[type[BaseException], ...]


def own_processes(count: int) -> Workers:
    """Return so many processes of this machine."""
    return Workers(_own, count, count * _SHARE, (BrokenExecutor,))


def usable_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _own(count: int) -> AbstractContextManager[Executor]:
    return ProcessPoolExecutor(count, mp_context=_context(), initializer=_begin)


def _context() -> BaseContext:
    """Return how processes start: each by itself, from the path of this one, so that all run the same program."""
    if _QUIET not in sys.warnoptions:
        sys.warnoptions.append(_QUIET)
    return multiprocessing.get_context("spawn")


def _begin() -> None:
    """Let a worker end with the run, however that ends: a pool's process would wait for its next job for ever."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def cluster(address: str) -> Workers:
    """Return the workers of a cluster by its scheduler's address.

    Raises:
        ImportError: Dask is not installed.
        OSError: no scheduler answers there.
        ValueError: the address is none.
    """
    from distributed import Client, KilledWorker

    Client(address, timeout=PATIENCE, set_as_default=False).close()
    return Workers(partial(_of_cluster, address), _AHEAD, 2**62, (KilledWorker,))


@contextmanager
def _of_cluster(address: str, _count: int) -> Iterator[Executor]:
    from distributed import Client

    with Client(address, set_as_default=False) as client, client.get_executor(pure=False) as executor:
        yield executor

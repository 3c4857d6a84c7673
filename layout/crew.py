"""Shares work among processes, where a system can fork them; the only module that does."""

import io
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")


def hands() -> int:
    """Return how many processes may work at once: one for each processor that this one may use.

    It is 1 where none can be forked, and in a process or a thread that is itself one of several at work.
    """
    others = sys.modules.get("multiprocessing.process")
    is_one_of_several = others is not None and others.parent_process() is not None
    if sys.platform != "linux" or is_one_of_several or threading.current_thread() is not threading.main_thread():
        return 1
    return len(os.sched_getaffinity(0))


def share(work: Callable[[T], R], pieces: Sequence[T], fewest: int, known: Sequence[object] = ()) -> list[R]:
    """Return what work makes of each piece, in the order of the pieces, whoever did it.

    A process is started for `fewest` pieces at least: less is not worth its start. `known` are values that are told apart by
    their identity; results name them, not copies of them. Pieces of a process that ends before its work is whole are done
    again in this one, so that what went wrong shows here, or nothing did.
    """
    crew = min(hands(), len(pieces) // fewest)
    if crew < 2:
        return [work(piece) for piece in pieces]
    others = [_Hand.start(work, pieces[number::crew], known) for number in range(1, crew)]
    try:
        made: dict[int, R] = dict(zip(range(0, len(pieces), crew), map(work, pieces[::crew]), strict=True))
        for number, hand in enumerate(others, 1):
            done = hand.results(known)
            places = range(number, len(pieces), crew)
            made |= zip(places, done if done is not None else map(work, pieces[number::crew]), strict=True)
    finally:
        for hand in others:
            hand.dismiss()
    return [made[place] for place in range(len(pieces))]


class _Hand:
    """A process at work, and the file in memory where it leaves what it made."""

    def __init__(self, process: int, file: int) -> None:
        self.process = process
        self.file = file

    @classmethod
    def start(cls, work: Callable[[T], R], pieces: Sequence[T], known: Sequence[object]) -> "_Hand":
        """Start a process, which ends without a word: what it cannot do, this one does again."""
        file = os.memfd_create("work")
        process = os.fork()
        if process:
            return cls(process, file)
        try:
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            with open(file, "wb", closefd=False) as opened:
                _write([work(piece) for piece in pieces], opened, known)
            os._exit(0)
        finally:
            os._exit(1)

    def results(self, known: Sequence[object]) -> "list[Any] | None":
        """Wait for the end of the process; return what it made, or None where it did not come to the end of its work."""
        process, self.process = self.process, 0
        _, status = os.waitpid(process, 0)
        if status or not os.lseek(self.file, 0, os.SEEK_END):
            return None
        os.lseek(self.file, 0, os.SEEK_SET)
        with open(self.file, "rb", closefd=False) as opened:
            made: list[Any] = (_Named(opened, known) if known else pickle.Unpickler(opened)).load()
        return made

    def dismiss(self) -> None:
        """End the process where it is still at work."""
        if self.process:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
        os.close(self.file)


def _write(made: Sequence[object], file: io.BufferedWriter, known: Sequence[object]) -> None:
    (_Naming(file, known) if known else pickle.Pickler(file, pickle.HIGHEST_PROTOCOL)).dump(made)


class _Naming(pickle.Pickler):
    """Names values that both processes know by their place among them."""

    def __init__(self, file: io.BufferedWriter, known: Sequence[object]) -> None:
        super().__init__(file, pickle.HIGHEST_PROTOCOL)
        self.places = {id(value): place for place, value in enumerate(known)}

    def persistent_id(self, value: object) -> int | None:
        return self.places.get(id(value))


class _Named(pickle.Unpickler):
    """Finds values again by their names."""

    def __init__(self, file: io.BufferedReader, known: Sequence[object]) -> None:
        super().__init__(file)
        self.known = known

    def persistent_load(self, place: int) -> object:
        return self.known[place]

"""Runs a reading under limits of time and memory, and keeps what breaks the law as a small file."""

import os
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import NoReturn

SECONDS = 10
"""Of processor time that a reading may take, which does not count what else the machine does."""

MEGABYTES = 512
"""Of memory that a reading may take beyond what the interpreter with its libraries has."""

_SHRINKING = 20
"""Seconds for making a file small."""


class TooSlow(BaseException):
    """A reading took too long; no error of a file, so that none who catches these can catch it."""


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise TooSlow


@contextmanager
def hurried(seconds: float | None = None) -> Iterator[None]:
    """Raise TooSlow in what takes more processor time than so many seconds."""
    former = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, seconds or SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)


@contextmanager
def confined(megabytes: int = MEGABYTES) -> Iterator[None]:
    """Give what follows so much memory more than the process has."""
    former = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * os.sysconf("SC_PAGE_SIZE") + (megabytes << 20), former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, former)


Reading = Callable[[bytes], None]


def fault(read: Reading, data: bytes) -> tuple[str, str] | None:
    """Return the name of what breaks the law, and its trace; None where the law holds."""
    try:
        with hurried(), confined():
            read(data)
    except (Exception, TooSlow) as error:
        return name_of(error), "".join(traceback.format_exception(error))
    return None


def name_of(error: BaseException) -> str:
    """Return kind and place of an error: the innermost line of the house, or of the law where it is the law that broke."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "/layout/" in frame.filename] or frames
    last = own[-1]
    kind = type(error).__name__ if type(error).__name__ != "BrokenLawError" else str(error).split(":")[0].replace("/", "_")[:60]
    return f"{kind} {Path(last.filename).stem} {'' if kind == 'TooSlow' else last.lineno}".replace(" ", "-")


def shrunk(read: Reading, data: bytes, name: str) -> bytes:
    """Return less data with the same fault: pieces are left out, large ones first, as long as there is time."""
    end, size = time.monotonic() + _SHRINKING, len(data) // 2
    while size and time.monotonic() < end:
        place = 0
        while place < len(data) and time.monotonic() < end:
            less = data[:place] + data[place + size :]
            found = fault(read, less)
            if found is not None and found[0] == name:
                data = less
            else:
                place += size
        size //= 2
    return data


class Finds:
    """The faults of a room, each kept once: its smallest file, and its trace."""

    def __init__(self, folder: Path, read: Reading) -> None:
        self.folder, self.read = folder, read
        self.known: set[str] = set()

    def judge(self, data: bytes) -> None:
        """Read data; keep a fault that is new."""
        found = fault(self.read, data)
        if found is None or found[0] in self.known:
            return
        name, trace = found
        self.known.add(name)
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_bytes(data if name.startswith("TooSlow") else shrunk(self.read, data, name))
        (self.folder / f"{name}.trace").write_text(trace, encoding="utf-8", errors="backslashreplace")

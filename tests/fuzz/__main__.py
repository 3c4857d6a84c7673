"""Fuzzes a room: ``python -m tests.fuzz manifest --seconds 600``, or reads files again: ``python -m tests.fuzz manifest FILE``.

Where atheris is installed (``pip install banmian[fuzz]``), what a change reaches in the house guides the next ones; else they
are made at random.
"""

import argparse
import json
import sys
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random

try:
    import atheris
except ImportError:
    atheris = None

GUIDED = ("layout", "pypdf", "svgelements", "markdown_it", "docx")
"""Packages whose branches guide the fuzzer."""

_EVERY = 50
"""Executions after which their number is written down."""


def main() -> int:
    """Run the command line; return 1 where a file breaks the law."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("room")
    parser.add_argument("files", nargs="*", type=Path, help="files to be read again, in place of fuzzing")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("build/fuzz"), help="where files that break the law are kept")
    parser.add_argument("--random", action="store_true", help="make changes at random, even where atheris is installed")
    options = parser.parse_args()
    if atheris is not None and not options.files and not options.random:
        with atheris.instrument_imports(include=list(GUIDED), enable_loader_override=False):
            return _run(options, _guided)
    return _run(options, _at_random)


def _run(options: argparse.Namespace, drive: "Callable[[argparse.Namespace, Fuzzed], None]") -> int:
    from tests.fuzz.rooms import ROOMS, furnished
    from tests.fuzz.watched import fault

    room = ROOMS[options.room]
    with tempfile.TemporaryDirectory() as place:
        folder = furnished(room, Path(place))
        if options.files:
            faults = [fault(lambda data: room.check(data, folder), path.read_bytes()) for path in options.files]
            print("\n".join(trace for found in faults if found for trace in found))
            return 1 if any(faults) else 0
        fuzzed = Fuzzed(options, folder)
        for seed in fuzzed.seeds:  # so that what is imported late is there before memory is counted
            fuzzed.read(seed)
        drive(options, fuzzed)
        fuzzed.note()
    return 1 if fuzzed.finds.known else 0


class Fuzzed:
    """A room under way: what is read, how often, and what was found."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        from tests.fuzz.rooms import ROOMS
        from tests.fuzz.watched import Finds

        self.name, self.room = options.room, ROOMS[options.room]
        self.seeds = list(self.room.seeds())
        self.finds = Finds(options.out / options.room, lambda data: self.room.check(data, folder))
        self.count, self.start = 0, time.monotonic()
        self.log = options.out / f"{options.room}-{options.seed}.json"

    def read(self, data: bytes) -> None:
        """Read data once."""
        self.finds.judge(data)
        self.count += 1
        if self.count % _EVERY == 0:
            self.note()

    def note(self) -> None:
        """Write down how far it went."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        seconds = round(time.monotonic() - self.start)
        made = {"room": self.name, "executions": self.count, "seconds": seconds, "findings": sorted(self.finds.known)}
        self.log.write_text(json.dumps(made, ensure_ascii=False) + "\n", encoding="utf-8")


def _at_random(options: argparse.Namespace, fuzzed: Fuzzed) -> None:
    rng, end = Random(options.seed), time.monotonic() + options.seconds
    while time.monotonic() < end:
        fuzzed.read(fuzzed.room.mutate(rng.choice(fuzzed.seeds), rng))


def _guided(options: argparse.Namespace, fuzzed: Fuzzed) -> None:
    corpus = Path(tempfile.mkdtemp())
    for seed in fuzzed.seeds:
        (corpus / f"{zlib.crc32(seed):08x}").write_bytes(seed)

    def changed(data: bytes, most: int, seed: int) -> bytes:
        return fuzzed.room.mutate(bytes(data), Random(seed))[:most]

    longest = max(map(len, fuzzed.seeds)) * 2 + 1000
    limits = [
        f"-max_total_time={options.seconds}",
        f"-seed={options.seed}",
        f"-max_len={longest}",
        "-timeout=120",
        "-rss_limit_mb=4000",
    ]
    artifacts = options.out / options.room
    artifacts.mkdir(parents=True, exist_ok=True)
    arguments = [sys.argv[0], *limits, f"-artifact_prefix={artifacts}/", "-print_final_stats=1", str(corpus)]
    atheris.Setup(arguments, lambda data: fuzzed.read(bytes(data)), custom_mutator=changed)
    atheris.Fuzz()


if __name__ == "__main__":
    sys.exit(main())

"""The law of every room that reads files: over files that once broke it, and over some that are spoilt at random.

``python -m tests.fuzz ROOM`` looks for more; a file that it finds is put into ``tests/fuzz/cases/ROOM``.
"""

import tempfile
import time
from pathlib import Path
from random import Random

import pytest

from tests.fuzz.rooms import ROOMS, BrokenLawError, furnished
from tests.fuzz.watched import Finds, fault, shrunk

CASES = Path(__file__).parent / "fuzz" / "cases"
SECONDS = 0.5
"""Of processor time in which each room is given spoilt files."""


@pytest.fixture(scope="module", params=ROOMS)
def room(request, tmp_path_factory):
    """A room, and a folder with what stands beside its file; the seeds were read, so that memory is counted without imports."""
    room = ROOMS[request.param]
    folder = furnished(room, tmp_path_factory.mktemp(request.param))
    seeds = list(room.seeds())
    return request.param, room, folder, seeds


def test_sound_files_keep_the_law(room):
    _, own, folder, seeds = room

    for seed in seeds:
        own.check(seed, folder)


def test_files_that_broke_the_law_keep_it(room):
    name, own, folder, _ = room

    faults = {path.name: fault(lambda data: own.check(data, folder), path.read_bytes()) for path in CASES.glob(f"{name}/*")}

    assert {} == {path: found for path, found in faults.items() if found}


def test_spoilt_files_keep_the_law(room):
    _, own, folder, seeds = room
    rng, end = Random(1), time.process_time() + SECONDS

    while time.process_time() < end:
        data = own.mutate(rng.choice(seeds), rng)
        found = fault(lambda data: own.check(data, folder), data)
        assert found is None, f"{found}\n{data!r}"


def test_every_case_belongs_to_a_room():
    assert {path.name for path in CASES.iterdir()} <= set(ROOMS)


# ---- the watch over them -------------------------------------------------------------------------------------------------


def fails(data: bytes) -> None:
    if b"x" in data:
        raise BrokenLawError("an x")


def waits(data: bytes) -> None:
    while True:
        pass


def swells(data: bytes) -> None:
    bytearray(1 << 30)


def test_a_fault_is_kept_once_and_small():
    with tempfile.TemporaryDirectory() as place:
        finds = Finds(Path(place), fails)
        for data in (b"aaaaxaaaa", b"sound", b"x" * 9):
            finds.judge(data)

        files = sorted(path for path in Path(place).iterdir() if path.suffix != ".trace")
        assert [b"x"] == [path.read_bytes() for path in files]


def test_what_takes_too_long_or_too_much_is_a_fault(monkeypatch):
    monkeypatch.setattr("tests.fuzz.watched.SECONDS", 0.2)

    assert fault(waits, b"")[0].startswith("TooSlow")
    assert fault(swells, b"")[0].startswith("MemoryError")
    assert fault(fails, b"a") is None


def test_a_file_shrinks_to_what_is_at_fault():
    assert b"x" == shrunk(fails, b"abc" * 99 + b"x" + b"def" * 99, fault(fails, b"x")[0])

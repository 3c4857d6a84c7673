"""What befalls a build from outside: it is killed, the disk is full, folders are locked, files go, others build beside it, clocks jump.

What stands is always whole: the files of a product are those of one build, and the next build mends all.
"""

import datetime
import json
import os
import random
import shutil
import subprocess
import sys
import time
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor

import pytest

from layout.batch.jobs import Job, Status, archive
from layout.batch.many import make_issues
from layout.batch.workers import Workers
from layout.cli import main
from layout.diagnostics import Language
from layout.export.files import write_files
from layout.issue import build_issue
from layout.messages import Severity
from layout.watch import Watch
from tests.builds import KILLS, PRODUCTS, ROUNDS, digests, states, versions
from tests.conftest import ROOT
from tests.killed import killed
from tests.small_issue import write_issue

LIST = ",".join(product.value for product in PRODUCTS)
WHOLE = {"old", "new"}


def seen(what, folder):
    """Run builds of `tests.builds`; return what it tells of them."""
    command = [sys.executable, "-m", "tests.builds", what, folder]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (0, "") == (result.returncode, result.stderr)
    return json.loads(result.stdout)


def made(path, out):
    """Run a build of this process; return its exit status."""
    return main(["build", str(path), "--only", LIST, "--out", str(out), "--lang", "en"])


# ---- killed ----------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="processes that fork")
def test_a_build_that_is_killed_leaves_whole_products_and_the_next_one_mends_all(tmp_path):
    told = seen("kills", tmp_path)

    assert KILLS == len(told)
    assert sum(status < 0 for status, _, _ in told) > KILLS // 2, "builds ended before they were killed"
    for _, left, is_mended in told:
        assert {"print", "proof", "delivery", "archive"} == set(left)
        assert set(left.values()) <= {*WHOLE, "absent", "mixed"}, left  # these two for the moment of the moves
        assert is_mended


STEPS = killed(
    '(os, "replace"), (Path, "unlink"), (Path, "write_bytes"), (shutil, "copymode")',
    'write_files(Path(sys.argv[1]), {"a.pdf": b"new a", "b.pdf": b"new b"}, ["*.pdf"])',
)
OLD = {"a.pdf": b"old a", "b.pdf": b"old b", "c.pdf": b"old c", "note": b"mine"}
NEW = {"a.pdf": b"new a", "b.pdf": b"new b", "note": b"mine"}


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_files_stay_as_they_were_until_all_new_ones_are_whole(tmp_path):
    """The process is killed before each of its steps in turn, and the last time not at all."""
    stages = []
    for steps in range(30):
        folder = tmp_path / str(steps)
        write_files(folder, OLD)
        status = subprocess.run([sys.executable, "-c", STEPS, folder, str(steps)], cwd=ROOT, check=False).returncode
        left = contents(folder)
        assert all(data in (OLD.get(name), NEW.get(name)) for name, data in left.items() if not name.startswith("."))
        stages.append({name: data for name, data in left.items() if not name.startswith(".")})
        (folder / ".d.pdf.part").write_bytes(b"of a page that is no more")
        write_files(folder, NEW, ["*.pdf"])
        assert NEW == contents(folder)
        if status == 0:
            break
    assert [OLD] * 5 == stages[:5]
    assert NEW == stages[-1]
    assert len(stages) > 8


# ---- two at once -----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="processes that fork")
def test_two_builds_of_one_issue_at_once_both_succeed_and_leave_whole_products(tmp_path):
    *told, count = seen("pairs", tmp_path)

    assert ROUNDS == len(told)
    for ends, left, files in told:
        assert [0, 0] == ends
        assert set(left.values()) <= WHOLE, left
        assert count == files


# ---- a full disk -----------------------------------------------------------------------------------------------------


class SmallDisk:
    """A file system of its own, whose size is set in bytes."""

    def __init__(self, folder):
        self.folder = folder

    def sized(self, size, how="remount,"):
        command = ["mount", "-t", "tmpfs", "-o", f"{how}size={size}", "tmpfs", self.folder]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tmp_path):
    small = SmallDisk(tmp_path / "disk")
    small.folder.mkdir()
    if shutil.which("mount") is None or not small.sized(1 << 26, ""):
        pytest.skip("a small disk is mounted by root alone: run the tests as root")
    yield small
    subprocess.run(["umount", small.folder], check=True)


@pytest.mark.parametrize("share", [0.02, 0.2, 0.3, 0.4])
def test_a_full_disk_leaves_whole_products_and_the_next_build_mends_all(share, disk, tmp_path, capsys):
    old, new = versions(tmp_path)
    assert 0 == made(new, tmp_path / "other")
    assert 0 == made(old, disk.folder)
    before, after = digests(disk.folder), digests(tmp_path / "other")
    used = shutil.disk_usage(disk.folder).used
    assert disk.sized(used + int(share * used))
    capsys.readouterr()

    status = made(new, disk.folder)

    (line,) = capsys.readouterr().err.splitlines()
    assert 2 == status
    assert line.startswith(f"make_issue.py: {disk.folder}")
    assert line.endswith(": No space left on device")
    assert set(states(disk.folder, before, after).values()) <= WHOLE
    assert before.keys() == digests(disk.folder).keys(), "leavings take the room of the next build"
    assert disk.sized(1 << 26)
    assert 0 == made(new, disk.folder)
    assert after == digests(disk.folder)


def test_a_batch_on_a_full_disk_tells_each_issue_that_has_no_room(disk, tmp_path):
    paths = [write_issue(tmp_path / str(number), 1) for number in range(4)]
    for number, path in enumerate(paths):
        path.write_text(path.read_text("utf-8").replace("2026-01-01", f"2026-01-0{number + 1}"), encoding="utf-8")
    jobs = [Job(path, disk.folder) for path in paths]
    one = Workers(ThreadPoolExecutor, 1, 99, (BrokenExecutor,))
    assert Status.MADE is archive(jobs[0]).status
    used = shutil.disk_usage(disk.folder).used
    assert disk.sized(used * 5 // 2)

    outcomes = make_issues(archive, jobs, one, lambda done: None)

    assert [Status.STANDING, Status.MADE, Status.FAILED, Status.FAILED] == [outcome.status for outcome in outcomes]
    assert ["job-failed", "issue-left"] == [problem.code for problem in outcomes[3].problems]
    assert "No space left on device" in outcomes[3].problems[0].message(Language.EN)
    assert disk.sized(1 << 26)
    mended = make_issues(archive, jobs, one, lambda done: None)
    assert [Status.STANDING, Status.STANDING, Status.MADE, Status.MADE] == [outcome.status for outcome in mended]


# ---- folders that cannot be written ----------------------------------------------------------------------------------


def without_power(*command):
    """Run the command line so that modes of files hold for it even where the tests are run by root."""
    if os.name != "posix" or (os.geteuid() == 0 and shutil.which("setpriv") is None):
        pytest.skip("modes of files hold for no one here: install the Debian package util-linux")
    drop = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    words = [*drop, sys.executable, ROOT / "make_issue.py", *command, "--lang", "en"]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.fixture
def sealed(tmp_path):
    """An issue and its build, which nobody may change."""
    path, out = write_issue(tmp_path / "issue", 1), tmp_path / "out"
    assert 0 == made(path, out)
    folders = [folder for root in (tmp_path / "issue", out) for folder in (root, *root.rglob("*")) if folder.is_dir()]
    for folder in folders:
        folder.chmod(0o555)
    yield path, out
    for folder in folders:
        folder.chmod(0o755)


def test_a_folder_that_may_not_be_written_is_named_and_left_as_it_is(sealed):
    path, out = sealed
    before = digests(out)

    result = without_power("build", path, "--only", LIST, "--out", out)

    (line,) = result.stderr.splitlines()
    assert (2, "") == (result.returncode, result.stdout)
    assert line.startswith(f"make_issue.py: {out}")
    assert line.endswith(": Permission denied")
    assert before == digests(out)


def test_a_batch_into_a_folder_that_may_not_be_written_is_told_for_each_issue(sealed):
    path, out = sealed

    result = without_power("archive", path, "--jobs", "1", "--out", out)

    assert 1 == result.returncode
    assert "error[job-failed]: this issue was not finished: PermissionError: " in result.stderr


def test_sources_that_may_not_be_changed_are_built_from(sealed, tmp_path):
    path, out = sealed

    result = without_power("build", path, "--only", LIST, "--out", tmp_path / "new")

    assert 0 == result.returncode
    assert digests(out) == digests(tmp_path / "new")


# ---- files that go while they are needed -----------------------------------------------------------------------------

STAGES = ["faces", "compose", "pdf", "write", "proof", "archive"]


@pytest.mark.parametrize("file", ["face.ttf", "issue.yaml"])
@pytest.mark.parametrize("stage", STAGES)
def test_a_file_that_goes_while_an_issue_is_set_is_told_or_not_missed(file, stage, tmp_path):
    """At every stage the build ends with its file named, or as if it were there; what stood stays whole."""
    path, out = write_issue(tmp_path / "issue", 1), tmp_path / "out"
    shutil.copyfile(ROOT / "fonts" / "NotoSansSC-Regular.ttf", path.parent / "face.ttf")
    with (path.parent / "paper.yaml").open("a", encoding="utf-8") as paper:
        paper.write("fonts: {song: face.ttf}\n")
    assert 0 == made(path, out)
    before = digests(out)

    def goes(begun):
        if begun == stage:
            (path.parent / file).unlink()

    named = []
    try:
        problems = build_issue(path, out, frozenset(PRODUCTS), Watch(goes))
        named = [problem.span.file for problem in problems if problem.severity is Severity.ERROR]
    except OSError as error:
        named = [error.filename]

    assert set(named) <= {str(path.parent / file), str(path.parent / "paper.yaml")}
    assert before == digests(out)


# ---- clocks ----------------------------------------------------------------------------------------------------------


def test_clocks_that_jump_change_no_byte(tmp_path, monkeypatch):
    path = write_issue(tmp_path / "issue", 1)
    assert 0 == made(path, tmp_path / "calm")
    chance = random.Random(1)

    def jumping(*_):
        return chance.uniform(0, 4e9)

    def jumping_day(*_):
        return time.struct_time(datetime.datetime.fromtimestamp(jumping(), datetime.UTC).timetuple())

    with monkeypatch.context() as patch:
        for name in ("time", "monotonic", "perf_counter"):
            patch.setattr(time, name, jumping)
        for name in ("gmtime", "localtime"):
            patch.setattr(time, name, jumping_day)
        for source in path.parent.iterdir():
            os.utime(source, (jumping(), jumping()))
        assert 0 == made(path, tmp_path / "wild")

    assert digests(tmp_path / "calm") == digests(tmp_path / "wild")

"""Many issues at once: the same bytes whoever makes them, each failure alone, and no issue made twice."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from concurrent.futures import BrokenExecutor, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from dask import config as dask_config
from distributed import LocalCluster
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.batch import record
from layout.batch.jobs import Job, Status, archive
from layout.batch.many import make_issues
from layout.batch.run import Lost, run_jobs
from layout.batch.workers import Workers, cluster, own_processes
from layout.cli import main
from layout.diagnostics import Diagnostic, Language, Span
from layout.issue import build_issue
from layout.messages import MESSAGES, Phrase, Severity
from tests.conftest import ROOT
from tests.dying import archive_or_die

COUNT, KILLED = 200, 60
SENTENCE = "行与行一样远。"
PAPER = """\
key: tiny
name: 报
format: {trim-width: 90mm, trim-height: 76mm, type-width: 74mm, type-height: 40mm, columns: 2, ems: 11, gutter: 1}
taboos: {no-label: off}
"""
ISSUE = """\
paper: paper.yaml
number: NUMBER
date: DATE
pages:
  - label: "01"
    sketch: AA
    areas:
      A: {story: {headline: 第NUMBER期, text: "TEXT"}, head: {level: 5}}
"""


def write_issue(folder, number):
    """Write an issue of one small page; return its file."""
    folder.mkdir(parents=True)
    (folder / "paper.yaml").write_text(PAPER, encoding="utf-8")
    date = f"{2000 + number // 300}-{number // 25 % 12 + 1:02d}-{number % 25 + 1:02d}"
    text = ISSUE.replace("NUMBER", str(number)).replace("DATE", date).replace("TEXT", SENTENCE * (10 + number % 2))
    (folder / "issue.yaml").write_text(text, encoding="utf-8")
    return folder / "issue.yaml"


@pytest.fixture(scope="session")
def issues(tmp_path_factory):
    """The files of two hundred issues."""
    folder = tmp_path_factory.mktemp("issues")
    return [write_issue(folder / f"{number:03d}", number) for number in range(1, COUNT + 1)]


@pytest.fixture(scope="session")
def made(issues, tmp_path_factory, make_issue):
    """What two processes leave of all issues."""
    out = tmp_path_factory.mktemp("made")
    result = make_issue("archive", *issues, "--jobs", 2, "--out", out)

    assert (0, "", "") == (result.returncode, result.stdout, result.stderr)

    return out


@pytest.fixture
def in_threads(monkeypatch):
    """Let runs of this process have threads in place of processes."""
    monkeypatch.setattr(
        "layout.batch.workers.own_processes", lambda count: Workers(ThreadPoolExecutor, count, 99, (BrokenExecutor,))
    )


@pytest.fixture
def light_workers(monkeypatch):
    """Let processes of this one begin without what tests need."""
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    monkeypatch.delattr(sys.modules["__main__"], "__file__", raising=False)


def files_of(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def done(out):
    return sorted(out.glob("*/archive/*.done.json"))  # no folder that is being moved meanwhile


def jobs_of(paths, out):
    return [Job(path, out) for path in paths]


def codes(outcome):
    return [problem.code for problem in outcome.problems]


# ---- the same bytes --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def dask():
    """The address of a cluster of two processes; one death of a worker makes suspects of its jobs."""
    with (
        dask_config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None) as local,
    ):
        yield local.scheduler_address


def test_a_cluster_leaves_what_processes_leave(issues, made, dask, tmp_path, make_issue):
    result = make_issue("archive", *issues, "--cluster", dask, "--out", tmp_path)

    assert (0, "", "") == (result.returncode, result.stdout, result.stderr)
    assert COUNT == len(done(made))
    assert files_of(made) == files_of(tmp_path)


def test_a_package_of_a_batch_is_that_of_a_single_build(issues, made, tmp_path):
    assert 0 == main(["build", str(issues[0]), "--only", "archive", "--out", str(tmp_path)])

    (name,) = (path.name for path in tmp_path.iterdir())
    assert files_of(tmp_path / name / "archive" / name) == files_of(made / name / "archive" / name)


def test_packages_of_a_batch_are_whole(made):
    bags = [path for path in made.glob("*/archive/*") if path.is_dir()][:5]

    assert 0 == main(["archive", "--verify", *map(str, bags)])


# ---- resuming --------------------------------------------------------------------------------------------------------


def begun(issues, out, enough):
    """Begin a run in a group of its own; return its process when so many issues are done."""
    command = [sys.executable, ROOT / "make_issue.py", "archive", *issues, "--jobs", "2", "--out", out]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while process.poll() is None and len(done(out)) < enough:
        time.sleep(0.02)
    assert process.poll() is None, process.communicate()
    return process


def is_gone(group):
    """Whether no process of a group is left, within some seconds."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_a_run_that_is_killed_goes_on_where_it_was(issues, made, tmp_path, make_issue):
    """Killed are first the run alone, whose workers end with it, and then the run with its workers, all at once."""
    issues = issues[:KILLED]
    process = begun(issues, tmp_path, 10)
    process.kill()
    process.communicate()
    assert is_gone(process.pid)
    first = len(done(tmp_path))
    process = begun(issues, tmp_path, first + 10)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    standing = {file: file.stat().st_mtime_ns for file in done(tmp_path)}
    bags = {file: (file.parent / file.name.removesuffix(".done.json") / "bagit.txt").stat().st_ino for file in standing}

    result = make_issue("archive", *issues, "--jobs", 2, "--out", tmp_path)

    assert (0, "", "") == (result.returncode, result.stdout, result.stderr)
    assert first + 10 <= len(standing) < KILLED
    assert standing == {file: file.stat().st_mtime_ns for file in standing}
    assert bags == {file: (file.parent / file.name.removesuffix(".done.json") / "bagit.txt").stat().st_ino for file in standing}
    left = files_of(tmp_path)
    assert left == {path: data for path, data in files_of(made).items() if path in left}
    assert KILLED == len(done(tmp_path))


def test_an_interrupted_run_ends_at_once_and_says_so_in_one_line(issues, tmp_path):
    process = begun(issues, tmp_path, 5)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=5)

    assert (130, "stopped\n") == (process.returncode, errors)
    assert is_gone(process.pid)
    assert 5 <= len(done(tmp_path)) < COUNT


def test_nothing_is_made_where_all_stands(issues, made, make_issue):
    before = {path: path.stat().st_mtime_ns for path in made.rglob("*")}

    result = make_issue("archive", *issues, "--jobs", 2, "--out", made)

    assert (0, "", "") == (result.returncode, result.stdout, result.stderr)
    assert before == {path: path.stat().st_mtime_ns for path in made.rglob("*")}


@pytest.fixture
def single(tmp_path):
    """An issue and its job, done."""
    path = write_issue(tmp_path / "issue", 3)
    job = Job(path, tmp_path / "out")
    assert archive(job).status is Status.MADE
    return job


def bag_of(job):
    return next(path for path in job.out.glob("*/archive/*") if path.is_dir())


def append(path, text):
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def another_version(monkeypatch):
    monkeypatch.setattr(record, "_program", lambda: "another")


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda job, _: append(job.path, "# seen\n"), id="a comment in the manifest"),
        pytest.param(lambda job, _: append(job.path.parent / "paper.yaml", "leading: 40%\n"), id="a key of the paper"),
        pytest.param(lambda job, patch: another_version(patch), id="another version of the program"),
        pytest.param(lambda job, _: shutil.rmtree(bag_of(job)), id="the bag lost"),
        pytest.param(lambda job, _: next(bag_of(job).rglob("*.jpg")).unlink(), id="a file of the bag lost"),
        pytest.param(lambda job, _: append(next(bag_of(job).rglob("*.txt")), "x"), id="a file of the bag longer"),
        pytest.param(lambda job, _: append(bag_of(job) / "manifest-sha256.txt", "\n"), id="a list of the bag changed"),
        pytest.param(lambda job, _: (bag_of(job) / "note").write_text("x"), id="a file added"),
        pytest.param(lambda job, _: record.record_file(bag_of(job)).unlink(), id="the record lost"),
        pytest.param(lambda job, _: record.record_file(bag_of(job)).write_text("{", encoding="utf-8"), id="the record cut"),
        pytest.param(lambda job, _: record.record_file(bag_of(job)).write_text("[3]"), id="the record another thing"),
    ],
)  # fmt: skip
def test_a_package_is_made_anew_where_anything_that_makes_it_has_changed(change, single, monkeypatch):
    change(single, monkeypatch)

    assert Status.MADE is archive(single).status
    assert Status.STANDING is archive(single).status


def test_an_issue_is_made_anew_where_its_own_face_has_changed(tmp_path):
    path = write_issue(tmp_path / "issue", 3)
    for name in ("Regular", "Bold"):
        shutil.copyfile(ROOT / "fonts" / f"NotoSansSC-{name}.ttf", path.parent / f"{name}.ttf")
    append(path.parent / "paper.yaml", "fonts: {hei: Regular.ttf}\n")
    (job,) = jobs_of([path], tmp_path / "out")
    assert Status.MADE is archive(job).status
    shutil.copyfile(path.parent / "Bold.ttf", path.parent / "Regular.ttf")

    assert [Status.MADE, Status.STANDING] == [archive(job).status for _ in range(2)]


def test_an_issue_stands_wherever_its_folder_is(single, tmp_path):
    """A copy of the tree with its packages, such as on another machine, is not made anew."""
    shutil.copytree(tmp_path, tmp_path / "copy")

    moved = archive(Job(tmp_path / "copy/issue/issue.yaml", tmp_path / "copy/out"))

    assert Status.STANDING is moved.status


def test_an_issue_with_errors_is_not_taken_for_the_one_that_stands(single):
    good = single.path.read_text(encoding="utf-8")
    single.path.write_text(good.replace("AA", "AB"), encoding="utf-8")
    assert (Status.FAILED, None) == archive(single)[::3]
    single.path.write_text(good, encoding="utf-8")

    assert Status.STANDING is archive(single).status


def test_a_source_that_changes_while_its_issue_is_set_leaves_no_record(single, monkeypatch):
    """Its key was that of the source before, which may come back; the package is that of the source after."""
    record.record_file(bag_of(single)).unlink()
    good, before = single.path.read_text(encoding="utf-8"), files_of(bag_of(single))

    def changing(*arguments):
        append(single.path, "# late\n")
        return build_issue(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr("layout.issue.build_issue", changing)
        assert Status.MADE is archive(single).status
    assert before != files_of(bag_of(single))
    single.path.write_text(good, encoding="utf-8")

    assert Status.MADE is archive(single).status
    assert before == files_of(bag_of(single))


def test_findings_are_told_again_where_a_package_stands(tmp_path, in_threads, monkeypatch, capsys):
    path = write_issue(tmp_path / "issue", 4)
    path.write_text(path.read_text(encoding="utf-8").replace(SENTENCE * 10, SENTENCE * 4), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    told = []
    for folder in (tmp_path, tmp_path, tmp_path / "issue"):
        monkeypatch.chdir(folder)
        place = os.path.relpath(tmp_path, folder)
        arguments = [f"{place}/issue/issue.yaml", "--out", f"{place}/out", "--lang", "en"]
        assert 0 == main(["archive", *(os.path.normpath(word) if "/" in word else word for word in arguments)])
        told.append(capsys.readouterr().err)

    assert told[0].startswith("issue/issue.yaml:8:7: warning[stranded-head]: ")
    assert told[0] == told[1]
    assert told[0].removeprefix("issue/") == told[2].removeprefix("../issue/")


FIELDS = {code: set(re.findall(r"{(\w+)", " ".join(message[1:]))) for code, message in MESSAGES.items()}
VALUES = st.text() | st.integers() | st.builds(Phrase, st.text(), st.text())
NAMES = st.sampled_from(["issue.yaml", "stories/a.md", "../paper.yaml"])


@given(st.sampled_from(sorted(FIELDS)), NAMES, st.integers(0), st.integers(0), st.sampled_from([None, *Severity]), st.data())
@settings(max_examples=50)
def test_a_finding_is_the_same_after_its_record(tmp_path_factory, code, name, line, column, chosen, data):
    values = tuple((field, data.draw(VALUES)) for field in sorted(FIELDS[code]))
    folder = tmp_path_factory.mktemp("record")
    problem = Diagnostic(code, Span(os.path.normpath(folder / name), line, column), values, chosen)
    whole = record.Record("key", "bag", (problem,))

    record.write_record(folder / "bag", whole, folder)

    assert whole == record.read_record(folder / "bag", folder)


def test_all_libraries_that_make_a_package_count():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    names = {re.match(r"[\w-]+", wanted)[0] for wanted in project["dependencies"]}

    elsewhere = {"cbor2", "jinja2", "pagefind", "python-docx", "rich"}  # of sites, of what comes in, of terminals
    assert names - elsewhere == set(record.LIBRARIES)


# ---- failures --------------------------------------------------------------------------------------------------------


@pytest.fixture
def faulty(issues, tmp_path):
    """Ten issues, the third with a wrong sketch."""
    paths = [shutil.copytree(path.parent, tmp_path / path.parent.name) / path.name for path in issues[:10]]
    paths[2].write_text(paths[2].read_text(encoding="utf-8").replace("AA", "AB"), encoding="utf-8")
    return paths


@pytest.mark.parametrize("kind", ["processes", "cluster"])
def test_what_fails_fails_alone_and_is_listed(kind, faulty, tmp_path, light_workers, request):
    workers = own_processes(2) if kind == "processes" else cluster(request.getfixturevalue("dask"))
    heard = []

    outcomes = make_issues(archive_or_die, jobs_of(faulty, tmp_path / "out"), workers, heard.append)

    failed = {number: codes(outcome) for number, outcome in enumerate(outcomes, 1) if outcome.status is Status.FAILED}
    assert {3, 5, 7} == set(failed)
    assert "issue-left" == failed[3][-1]
    assert len(failed[3]) > 1
    assert ["worker-died", "issue-left"] == failed[5]
    assert ["job-failed", "issue-left"] == failed[7]
    assert "No space left on device" in outcomes[6].problems[0].message(Language.EN)
    assert 7 == len(done(tmp_path / "out"))
    assert list(range(1, 11)) == heard


def test_findings_come_in_the_order_of_the_issues_and_the_rest_is_done(faulty, tmp_path, in_threads, capsys):
    faulty[8].write_text("paper: none.yaml\n", encoding="utf-8")
    order = [faulty[8], *faulty[:8]]

    assert 1 == main(["archive", *map(str, order), "--out", str(tmp_path / "out"), "--json"])

    output, errors = capsys.readouterr()
    told = json.loads(output)
    assert "" == errors
    assert [str(faulty[8]), str(faulty[2])] == list(dict.fromkeys(problem["file"] for problem in told))
    assert [str(faulty[8]), str(faulty[2])] == [problem["file"] for problem in told if problem["code"] == "issue-left"]
    assert 7 == len(done(tmp_path / "out"))


def test_issues_that_go_to_one_place_are_told(tmp_path, in_threads, capsys):
    first, second = (write_issue(tmp_path / name, 3) for name in "ab")

    assert 1 == main(["archive", str(first), str(second), "--out", str(tmp_path / "out"), "--lang", "en"])

    lines = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("  hint")]
    assert [
        f"{second}: error[same-issue]: this issue has the paper and the date of {first}, and both write the same files",
        f"{second}: error[issue-left]: this issue was not made: 1 errors",
    ] == lines


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param([], "name issues", id="nothing"),
        pytest.param(["issue.yaml", "--verify", "."], "name issues", id="both"),
        pytest.param(["none.yaml"], "there is no issue none.yaml", id="absent"),
        pytest.param(["issue.yaml", "--jobs", "0"], "--jobs", id="no jobs"),
        pytest.param(["issue.yaml", "--jobs", "2", "--cluster", "tcp://127.0.0.1:9"], "--jobs is for this", id="jobs on a cluster"),
        pytest.param(["issue.yaml", "--cluster", "tcp://127.0.0.1:9"], "--cluster tcp://127.0.0.1:9: ", id="no scheduler"),
        pytest.param(["issue.yaml", "--cluster", "ftp://x:9"], "--cluster ftp://x:9: ", id="no address"),
    ],
)  # fmt: skip
def test_wrong_use_is_told(words, told, tmp_path, monkeypatch, capsys):
    shutil.copytree(write_issue(tmp_path / "issue", 3).parent, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("layout.batch.workers.PATIENCE", 0.3)

    try:
        status = main(["archive", *words])
    except SystemExit as end:
        status = end.code

    assert 2 == status
    assert told in capsys.readouterr().err
    assert not (tmp_path / "build").exists()


def test_a_cluster_without_dask_says_what_to_install(tmp_path, monkeypatch, capsys):
    monkeypatch.setitem(sys.modules, "distributed", None)

    assert 2 == main(["archive", str(write_issue(tmp_path / "issue", 3)), "--cluster", "tcp://127.0.0.1:9"])

    assert "pip install 'banmian[cluster]'" in capsys.readouterr().err


# ---- runs of any kind ------------------------------------------------------------------------------------------------


class DeathError(Exception):
    """What a job raises whose worker dies."""


class Breaking(ThreadPoolExecutor):
    """Threads that are a pool of processes to their user: where one dies, all jobs under way are lost, and no more are taken."""

    is_broken = False

    def submit(self, function, *arguments):
        if self.is_broken:
            raise BrokenExecutor
        return super().submit(self.watched, function, *arguments)

    def watched(self, function, *arguments):
        try:
            result = function(*arguments)
        except DeathError:
            self.is_broken = True
        if self.is_broken:
            raise BrokenExecutor
        return result


@given(st.lists(st.sampled_from(["well", "well", "fault", "death"]), max_size=20), st.integers(1, 4), st.integers(1, 7))
def test_each_job_has_its_own_result_whatever_becomes_of_the_others(kinds, count, share):
    heard = []

    def work(job):
        number, kind = job
        if kind == "death":
            raise DeathError
        if kind == "fault":
            raise ValueError(number)
        return number

    @contextmanager
    def start(threads):
        assert threads <= count
        with Breaking(threads) as executor:
            yield executor

    jobs = list(enumerate(kinds))
    results = run_jobs(work, jobs, Workers(start, count, share, (BrokenExecutor,)), heard.append)

    wanted = {"well": lambda number: number, "fault": lambda number: Lost(f"ValueError: {number}"), "death": lambda _: Lost("")}
    assert [wanted[kind](number) for number, kind in jobs] == list(results)
    assert list(range(1, len(jobs) + 1)) == heard

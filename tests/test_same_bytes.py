"""The same input gives the same bytes: every product, whatever the machine, its paths, processors, clock, language and hashes.

Two machines are played: nothing but the copy and the program is the same on both. That processes and clusters of any number
leave what one build leaves stands in `test_batch.py`, that of jumping clocks in `test_faults.py`.
"""

import os
import shutil
import subprocess
import sys
from typing import NamedTuple

import pytest

from layout.issue import Product
from tests.builds import digests
from tests.conftest import GALLERY, ROOT, SAMPLE
from tests.small_issue import write_issue

ALL = ",".join(product.value for product in Product)
BUILDS = (("gallery", ALL), ("small", ALL), ("sample", Product.PRINT.value))


class Machine(NamedTuple):
    """A machine: where the program stands, how many processors it has at most, and what its processes find about them."""

    root: object
    folder: object
    processors: int
    umask: int
    environment: dict

    def bind(self):
        """Leave a process so many processors, where the system knows how."""
        if hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: self.processors])

    def digests(self, issue, products):
        """Build products of an issue in a process of its own, from the machine's folder; return the digest of each file."""
        out = self.folder / "out"
        command = [sys.executable, self.root / "make_issue.py", "build", issue, "--only", products, "--out", out]
        variables = {**os.environ, **self.environment, "LANG": self.environment["LC_ALL"]}
        result = subprocess.run(
            command,
            cwd=self.folder,
            preexec_fn=self.bind,
            umask=self.umask,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert 0 == result.returncode, result.stderr
        made = digests(out)
        shutil.rmtree(out)
        return made


def linked(source, target):
    """Copy a tree by hard links where the file system has them."""

    def link(*names):
        try:
            os.link(*names)
        except OSError:
            shutil.copy2(*names)

    shutil.copytree(source, target, copy_function=link)


@pytest.fixture(scope="module")
def machines(tmp_path_factory):
    """Two machines, each with the program and its issues below a folder of its own."""
    here, there = tmp_path_factory.mktemp("a"), tmp_path_factory.mktemp("another name")
    copy = there / "程序"
    for name in ("layout", "fonts", "issues"):
        linked(ROOT / name, copy / name)
    shutil.copy2(ROOT / "make_issue.py", copy)
    tokyo = {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "HOME": str(here)}
    new_york = {"TZ": "America/New_York", "LC_ALL": "zh_CN.UTF-8", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1700000000"}
    return Machine(ROOT, here, 8, 0o077, tokyo), Machine(copy, there, 1, 0o022, new_york)


def issue_on(machine, name):
    """Return the file of an issue on a machine, the small one by a path of its own."""
    if name == "small":
        return write_issue(machine.folder / "small", 6, "sheets: {folding: nested}\nmarks: all\n")
    return machine.root / {"gallery": GALLERY, "sample": SAMPLE}[name].relative_to(ROOT)


@pytest.mark.parametrize(("name", "products"), BUILDS)
def test_two_machines_leave_the_same_bytes(name, products, machines):
    first, second = (machine.digests(issue_on(machine, name), products) for machine in machines)

    assert first == second
    folders = {path.split("/")[1] for path in first}
    assert {"print", "proof", "archive", "delivery"} <= folders if products == ALL else {"print"} == folders


def test_a_build_reads_the_copy_of_the_program_that_it_was_started_from(machines):
    _, there = machines
    (there.root / "layout" / "units.py").unlink()

    with pytest.raises(AssertionError, match="units"):
        there.digests(issue_on(there, "small"), Product.PRINT.value)

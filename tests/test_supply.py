"""What the program is made of besides its own: libraries by their digests, licences that go with its own, and no network."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from functools import partial
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.builds import PRODUCTS
from tests.conftest import ROOT
from tests.small_issue import write_issue

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
WANTED = [Requirement(line) for line in PROJECT["dependencies"]]
LOCKED = re.compile(r"^([\w.-]+)==([\w.]+)[^\n]*\\\n((?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+)", re.MULTILINE)

PERMISSIVE = re.compile(r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla Public License")
"""Licences whose works may be used beside one under Apache-2.0; of several to choose from one is enough."""


LICENCES = ROOT / "layout" / "LICENCES.md"
LIST = (
    "# Licences of the libraries",
    "",
    "What the program needs beside Python, and under which licence each library says that it comes. Bundled faces and the profile",
    "have theirs beside them. The tests write this list: `pytest tests/test_supply.py --update-licences`.",
    "",
    "| library | licence |",
    "|---|---|",
)


def digests(folder):
    return {path.relative_to(folder): sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def locked():
    """The version and the digests of each library of the lock file."""
    text = (ROOT / ".ci" / "requirements.lock").read_text(encoding="utf-8")
    rows = {canonicalize_name(name): (version, lines.count("--hash")) for name, version, lines in LOCKED.findall(text)}
    assert len(re.findall("^[a-z]", text, re.MULTILINE)) == len(rows), "a row that is not read"
    return rows


def extras(wanted):
    """The environments in which a library is needed: by itself, and with each extra that is wanted of it."""
    return [{"extra": extra} for extra in ("", *wanted.extras)]


def installed():
    """The metadata of the libraries that are needed here, and of those that they need."""
    waiting, found = list(WANTED), {}
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            pytest.fail(f"{name} is not installed: pip install -e .")
        needed = map(Requirement, found[name].requires or [])
        waiting += (each for each in needed if not each.marker or any(map(each.marker.evaluate, extras(wanted))))
    return found


def test_the_lock_file_has_a_version_and_digests_of_each_library():
    rows = locked()

    assert [] == [str(wanted) for wanted in WANTED if canonicalize_name(wanted.name) not in rows]
    for wanted in WANTED:
        version, digests = rows[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(version), wanted
        assert digests >= 1


def test_the_lock_file_has_all_that_the_libraries_need():
    assert set() == installed().keys() - locked().keys()


def licence(found):
    """What a library says of its licence: the expression, or else the first line of its field, or its classifier."""
    said = [found.metadata.get("License-Expression"), (found.metadata.get("License") or "").strip().partition("\n")[0]]
    said += [line.rpartition(" :: ")[2] for line in found.metadata.get_all("Classifier") or [] if line.startswith("License ::")]
    return next((words for words in said if words and PERMISSIVE.search(words)), "")


def test_licences_of_all_libraries_go_with_our_own():
    assert [] == [name for name, found in installed().items() if not licence(found)]


def test_the_list_of_licences_is_that_of_the_libraries(request):
    rows = [f"| [{name}](https://pypi.org/project/{name}/) | {licence(found)} |" for name, found in sorted(installed().items())]
    made = "\n".join([*LIST, *rows]) + "\n"
    if request.config.getoption("--update-licences"):
        LICENCES.write_text(made, encoding="utf-8")

    assert made == LICENCES.read_text(encoding="utf-8")


def test_the_wheel_makes_the_same_pages_outside_the_tree(tmp_path):
    """Set in a bare folder by the program of the wheel, with the libraries that are installed here and no source tree."""
    run = partial(subprocess.run, capture_output=True, text=True, cwd=tmp_path, env={"PATH": os.environ["PATH"]})
    made = run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / "dist", ROOT])
    assert 0 == made.returncode, made.stdout + made.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    checked = run([sys.executable, "-m", "twine", "check", "--strict", wheel])
    assert 0 == checked.returncode, checked.stdout
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(tmp_path / "bare")
    path = write_issue(tmp_path, 2)
    outside = (
        "import sys; sys.path[0] = 'bare'; import make_issue; assert 'bare' in make_issue.__file__; sys.exit(make_issue.main())"
    )
    words = ["build", path, "--only", "print,archive", "--out"]

    assert 0 == run([sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, ''); {outside}", *words, "there"]).returncode
    assert 0 == run([sys.executable, ROOT / "make_issue.py", *words, "here"]).returncode

    assert digests(tmp_path / "here") == digests(tmp_path / "there")


def test_a_build_needs_no_network(tmp_path):
    alone = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") is None or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("a network of its own cannot be had here: install util-linux, or run the tests as root")
    dark = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    assert (
        b"Network is unreachable"
        in subprocess.run([*alone, sys.executable, "-c", dark], capture_output=True, check=False).stderr
    )
    products = ",".join(product.value for product in PRODUCTS)
    words = ["build", write_issue(tmp_path, 2), "--only", products, "--out", tmp_path / "out"]

    result = subprocess.run([*alone, sys.executable, ROOT / "make_issue.py", *words], capture_output=True, check=False)

    assert (0, b"", b"") == (result.returncode, result.stdout, result.stderr)

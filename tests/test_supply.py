"""What the program is made of besides its own: libraries by their digests, licences that go with its own, and no network."""

import re
import shutil
import subprocess
import sys
import tomllib
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


def locked():
    """The version and the digests of each library of the lock file."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    rows = {canonicalize_name(name): (version, lines.count("--hash")) for name, version, lines in LOCKED.findall(text)}
    assert len(re.findall("^[a-z]", text, re.MULTILINE)) == len(rows), "a row that is not read"
    return rows


def installed():
    """The metadata of the libraries that are needed here, and of those that they need."""
    waiting, found = list(WANTED), {}
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name in found or (wanted.marker and not wanted.marker.evaluate({"extra": ""})):
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            pytest.fail(f"{name} is not installed: pip install -e .")
        waiting += map(Requirement, found[name].requires or [])
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


def test_licences_of_all_libraries_go_with_our_own():
    odd = {}
    for name, found in installed().items():
        said = [found.metadata.get("License-Expression"), (found.metadata.get("License") or "").partition("\n")[0]]
        said += [line for line in found.metadata.get_all("Classifier") or [] if line.startswith("License ::")]
        if not PERMISSIVE.search(" ".join(filter(None, said))):
            odd[name] = said

    assert {} == odd


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

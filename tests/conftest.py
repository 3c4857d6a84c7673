"""What the tests share: the sample issue, built once, and the outside judges."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from layout.typeface.catalogue import Faces, read_catalogue
from tests import conformance
from tests.browser import chromium
from tests.kept_issue import write_kept

ROOT = Path(__file__).resolve().parent.parent
SAMPLE = ROOT / "issues" / "ruzhou" / "3239.yaml"
GALLERY = ROOT / "issues" / "gallery" / "gallery.yaml"
PACKAGES = {
    "qpdf": "qpdf",
    "pdffonts": "poppler-utils",
    "pdftotext": "poppler-utils",
    "pdfinfo": "poppler-utils",
    "pdfdetach": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "pdfimages": "poppler-utils",
    "gs": "ghostscript",
    "java": "default-jre-headless",
    "chromium": "chromium",
}

settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-pages", action="store_true", help="write the page dumps anew; read their diff")
    parser.addoption("--update-manual", action="store_true", help="make the pictures of issues/MANUAL.md anew; look at them")
    parser.addoption("--update-licences", action="store_true", help="write layout/LICENCES.md anew; read its diff")
    parser.addoption(conformance.OPTION, action="store_true", help="write layout/CONFORMANCE.md anew; read its diff")


def pytest_configure(config: pytest.Config) -> None:
    conformance.register(config)


@pytest.fixture(scope="session")
def judge() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run an outside program: missing, it fails the test in CI and skips it on a user's machine."""

    def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        if shutil.which(program) is None:
            advice = f"{program} is missing: install the Debian package {PACKAGES[program]}"
            if os.environ.get("CI"):
                pytest.fail(advice)
            pytest.skip(advice)
        return subprocess.run([program, *map(str, arguments)], capture_output=True, text=True, check=False)

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A browser without a window, one for all tests: two in a process are in each other's way."""
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def make_issue() -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run the command line in a process of its own."""

    def run(*arguments: object, cwd: Path = ROOT, **environment: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "make_issue.py"), *map(str, arguments)]
        return subprocess.run(
            command, capture_output=True, text=True, check=False, cwd=cwd, env={**os.environ, "LANG": "C.UTF-8", **environment}
        )

    return run


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, make_issue: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """The folder that a build of the sample issue leaves; the sample has no findings."""
    out = tmp_path_factory.mktemp("build")
    result = make_issue("build", SAMPLE, "--out", out)

    assert (0, "") == (result.returncode, result.stderr)

    return out / "ruzhou_20230327"


@pytest.fixture(scope="session")
def bag(tmp_path_factory: pytest.TempPathFactory, make_issue: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """The archive's package of the sample issue."""
    out = tmp_path_factory.mktemp("archive")
    result = make_issue("build", SAMPLE, "--only", "archive", "--out", out)

    assert (0, "") == (result.returncode, result.stderr)

    return out / "ruzhou_20230327" / "archive" / "ruzhou_20230327"


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory, make_issue: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """The package of an issue that has all that is told apart, below an address, with tiles and EPUB."""
    folder = tmp_path_factory.mktemp("published")
    issue = write_kept(folder, "archive: {address: https://papers.example/kept/, also: [tiles, epub]}\n")
    result = make_issue("build", issue, "--only", "archive", "--out", folder / "build")

    assert 0 == result.returncode, result.stderr

    return folder / "build" / "kept_20260101" / "archive" / "kept_20260101"


@pytest.fixture(scope="session")
def gallery(tmp_path_factory: pytest.TempPathFactory, make_issue: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """The folder that a build of the gallery leaves; the gallery has no findings."""
    out = tmp_path_factory.mktemp("gallery")
    result = make_issue("build", GALLERY, "--out", out)

    assert (0, "") == (result.returncode, result.stderr)

    return out / "gallery_20260101"


@pytest.fixture(scope="session")
def faces() -> Faces:
    """The bundled faces."""
    return Faces(read_catalogue({}))

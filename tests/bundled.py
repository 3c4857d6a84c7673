"""Files that come with packages from PyPI of which nothing else is used; they are installed without what they depend on."""

import importlib.metadata
import os
from pathlib import Path

import pytest


def bundled(package: str, name: str) -> Path:
    """Return a file of a package by its name: missing, it fails the test in CI and skips it on a user's machine."""
    try:
        files = importlib.metadata.files(package) or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    found = next((Path(str(file.locate())) for file in files if file.name == name), None)
    if found is None:
        advice = f"{name} is missing: pip install --no-deps {package}"
        if os.environ.get("CI"):
            pytest.fail(advice)
        pytest.skip(advice)
    return found

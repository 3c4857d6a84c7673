"""Makes search indexes of the same articles the same to the byte; the only module that imports cbor2.

Pagefind writes filters and their values in an order that differs from run to run, and names files by what they hold. Its files
are gzipped CBOR behind a signature; here what may stand in any order is sorted, and named anew.
"""

import gzip
import hashlib
from collections.abc import Mapping
from typing import Any

_SIGNATURE = b"pagefind_dcd"
_FILTERS = 3
"""Where the list of the filters with their files stands in the data of an index."""

_BEFORE, _DATA, _FILTER, _ENTRY = "pagefind.", ".pf_meta", ".pf_filter", "pagefind-entry.json"
_LONG = 13


def settled(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an index by path, as they are whatever order pagefind chose."""
    made = {name: data for name, data in files.items() if not name.endswith((_FILTER, _DATA))}
    for name in sorted(name for name in files if name.endswith(_DATA)):
        told = _opened(files[name])
        former = name.removeprefix(_BEFORE).removesuffix(_DATA)
        language = former.partition("_")[0]
        for each in told[_FILTERS]:
            word, values = _opened(files[f"filter/{each[1]}{_FILTER}"])
            data = _closed([word, sorted(values)])
            each[1] = f"{language}_{_digest(data)}"
            made[f"filter/{each[1]}{_FILTER}"] = data
        told[_FILTERS].sort()
        data = _closed(told)
        own = f"{language}_{_digest(data)}"
        made[f"{_BEFORE}{own}{_DATA}"] = data
        made[_ENTRY] = made[_ENTRY].replace(former.encode("ascii"), own.encode("ascii"))
    return made


def _opened(data: bytes) -> Any:
    """Return what a file of an index holds."""
    import cbor2

    return cbor2.loads(gzip.decompress(data).removeprefix(_SIGNATURE))


def _closed(value: object) -> bytes:
    """Return a file of an index that holds a value."""
    import cbor2

    return gzip.compress(_SIGNATURE + cbor2.dumps(value), mtime=0)


def _digest(data: bytes) -> str:
    """Return by what a file is named."""
    return hashlib.sha256(data).hexdigest()[:_LONG]

"""Makes the search index of each year with pagefind, from a tree of pages that nobody sees.

Pagefind takes words apart by a dictionary that lacks names; with white round every Han letter and every mark, a query in
quotation marks finds any text exactly. The browser's side of it is ``assets/search.js``: it searches what stands between marks,
and looks itself whether the marks are there.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from layout.diagnostics import Diagnostic, Span, finding
from layout.export.files import write_folder
from layout.site.names import index_folder
from layout.site.record import Record
from layout.site.register import read_records, read_register
from layout.site.settled import settled
from layout.site.templates import fill

_HAN = "[\u2e80-\u2fdf\u3005\u3007\u3021-\u3029\u3038-\u303b\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_APART = re.compile(rf"{_HAN}|[^\w\s]|_")
_WHITE, _LINE_END = "␠", "¶"
"""What stands for white and for line ends of the text, of which pagefind keeps none."""

_KEPT = re.compile(
    r"pagefind(-entry\.json|-worker\.js|\.js|\..*\.pf_meta)|wasm\..*|.*\.(pf_index|pf_fragment|pf_filter|pf_sort)"
)
"""What the search page loads; the rest is a search page of pagefind's own."""

_SOURCE = "source.json"
"""Of what an index was made: the digests of its issues by their folders."""

_PLACES = 10_000
"""More articles than an issue has: the latest issue comes first, and its articles in reading order. Pagefind takes what looks
like numbers for such of 32 bits, which are too short; with a letter in front they are sorted as texts.
"""


def index_years(folder: Path) -> Iterator[Diagnostic]:
    """Make the search index anew for each year of a site that has changed since; yield what was found."""
    listed, problems = read_register(folder)
    register = listed.on_disk(folder)
    yield from problems
    for year in register.years:
        entries = register.of(year)
        source = (json.dumps({entry.folder: entry.digest for entry in entries}, indent=1) + "\n").encode("ascii")
        place = folder / index_folder(year)
        if (place / _SOURCE).is_file() and (place / _SOURCE).read_bytes() == source:
            continue
        read = read_records(folder, entries)
        yield from read.problems
        if not read.problems:
            yield from _index(place, year, list(read.records.values()), source)


def _index(place: Path, year: int, records: Sequence[Record], source: bytes) -> Iterator[Diagnostic]:
    with tempfile.TemporaryDirectory() as made:
        tree, out = Path(made) / "tree", Path(made) / "index"
        for record in records:
            _write_tree(tree / record.entry.folder, record)
        command = [
            sys.executable,
            "-m",
            "pagefind",
            "--site",
            str(tree),
            "--output-path",
            str(out),
            "--glob",
            "**/*.htm",
            "--silent",
        ]
        run = subprocess.run(command, capture_output=True, text=True, check=False)
        if run.returncode:
            reason = (run.stderr.strip() or run.stdout.strip()).rpartition("\n")[2]
            yield finding("site-index", Span(str(place)), year=year, reason=reason)
            return
        found = sorted(path for path in out.rglob("*") if path.is_file() and _KEPT.fullmatch(path.name))
        files = {path.relative_to(out).as_posix(): path.read_bytes() for path in found}
    write_folder(place, {**settled(files), _SOURCE: source})


def _write_tree(folder: Path, record: Record) -> None:
    folder.mkdir(parents=True)
    for place, article in enumerate(record.articles):
        order = f"d{record.entry.date.replace('-', '')}{_PLACES - place:05d}"
        page = fill("indexed.html", article=article, entry=record.entry, order=order, text=spaced(article.text))
        (folder / article.file).write_bytes(page)


def spaced(text: str) -> str:
    """Return a text with white round each Han letter and each mark."""
    words = ([_APART.sub(r" \g<0> ", word) for word in line.split()] for line in text.split("\n"))
    return f" {_LINE_END} ".join(f" {_WHITE} ".join(line) for line in words)


def digest(data: bytes) -> str:
    """Return by what a year's data tell whether an issue has changed."""
    return hashlib.sha256(data).hexdigest()

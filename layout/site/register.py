"""What the site holds: the issues of each year, read from the site's own data and checked before anything is written."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from layout.diagnostics import Diagnostic, Span, finding
from layout.site.names import DATA, year_data
from layout.site.record import Entry, Record, read_record, read_year


class Register(NamedTuple):
    """The issues of a site in the order of their dates."""

    entries: tuple[Entry, ...] = ()

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have issues, the latest first."""
        return tuple(sorted({entry.year for entry in self.entries}, reverse=True))

    def of(self, year: int) -> tuple[Entry, ...]:
        """Return the issues of a year."""
        return tuple(entry for entry in self.entries if entry.year == year)

    def with_entry(self, entry: Entry) -> "Register":
        """Return the register with an issue, in place of the one in its folder where there is one."""
        others = (other for other in self.entries if other.folder != entry.folder)
        return Register(tuple(sorted((*others, entry), key=lambda each: each.order)))

    def latest(self, count: int) -> tuple[Entry, ...]:
        """Return so many issues, the latest first."""
        return self.entries[: -count - 1 : -1]

    @property
    def arounds(self) -> "dict[str, Around]":
        """The issues before and after each one, by its folder."""
        beside = zip((None, *self.entries), self.entries, (*self.entries[1:], None), strict=False)
        return {entry.folder: Around(before, after) for before, entry, after in beside}

    def on_disk(self, folder: Path) -> "Register":
        """Return the register without issues whose folders were removed from a site."""
        return Register(tuple(entry for entry in self.entries if (folder / entry.folder).is_dir()))


class Around(NamedTuple):
    """The issues before and after one (上一期、下一期), None where there is none."""

    before: Entry | None
    after: Entry | None

    @property
    def firsts(self) -> tuple[str, ...]:
        """The paths of their first pages, which the pages of the issue lead to; empty where there is none."""
        return tuple(entry.first if entry else "" for entry in self)


class ReadRegister(NamedTuple):
    """A register with the findings over data that are damaged."""

    register: Register
    problems: tuple[Diagnostic, ...]


def read_register(folder: Path) -> ReadRegister:
    """Return what a site holds by its data."""
    entries: list[Entry] = []
    problems: list[Diagnostic] = []
    for path in sorted((folder / year_data(0)).parent.glob("*.json")):
        try:
            entries += read_year(path.read_bytes(), int(path.stem))
        except ValueError as error:
            problems.append(damaged(path, error))
    return ReadRegister(Register(tuple(sorted(entries, key=lambda entry: entry.order))), tuple(problems))


def taken(register: Register, entry: Entry, span: Span) -> Iterator[Diagnostic]:
    """Yield a finding where another issue has the date and the edition of one that is to be added."""
    for other in register.entries:
        if other.folder == entry.folder and (other.number, other.source) != (entry.number, entry.source):
            words = {"date": other.date, "other": other.number, "source": other.source, "folder": other.folder}
            yield finding("site-taken", span, **words)


class ReadRecords(NamedTuple):
    """The data of issues by their folders, with the findings over those that are damaged."""

    records: dict[str, Record]
    problems: tuple[Diagnostic, ...]


def read_records(folder: Path, entries: Iterable[Entry]) -> ReadRecords:
    """Return the own data of issues of a site."""
    records: dict[str, Record] = {}
    problems: list[Diagnostic] = []
    for entry in entries:
        path = folder / entry.folder / DATA
        try:
            record = read_record(path.read_bytes())
            if record.entry != replace(entry, digest=""):
                raise ValueError("it is not the issue that the data of its year tell")
            records[entry.folder] = record
        except (ValueError, FileNotFoundError) as error:
            problems.append(damaged(path, error))
    return ReadRecords(records, tuple(problems))


def damaged(path: Path, error: Exception) -> Diagnostic:
    """Return the finding for data that cannot be read."""
    return finding("site-data", Span(str(path)), path=path.name, reason=str(error))

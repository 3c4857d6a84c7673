"""Makes what the issues of a site share: calendar, feed, site map, search page, and the way to the latest front page.

All of it is a function of the site's data, whatever the order in which issues were added.
"""

import calendar
import datetime
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from layout.script.numerals import weekday
from layout.site.names import calendar_name, root_of, year_data, year_script
from layout.site.record import Entry, PaperFacts, Record, year_file, year_script_file
from layout.site.register import Register
from layout.site.templates import fill

FED_ISSUES = 7
"""How many issues the feed tells, the latest first."""

_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "https://schema.org/Newspaper")
_MIDNIGHT = "T00:00:00+08:00"
_MONDAY = datetime.date(2001, 1, 1)
_ASSETS = Path(__file__).parent / "assets"


class Shared(NamedTuple):
    """What a site holds when an issue has been added: its register, and the own data of the latest issues, the latest first."""

    register: Register
    latest: Sequence[Record]

    @property
    def paper(self) -> PaperFacts:
        """The paper as its latest issue tells it."""
        return self.latest[0].paper


def shared_files(shared: Shared) -> dict[str, bytes]:
    """Return the files that the issues of a site share, by path."""
    years = shared.register.years
    files = {f"assets/{path.name}": path.read_bytes() for path in sorted(_ASSETS.iterdir())}
    for year in years:
        files |= dict(_year(shared, year))
    files["search.html"] = fill("search.html", years=years, **_facts(shared, "search.html"))
    files["feed.xml"] = _feed(shared)
    target = shared.latest[0].entry.first
    for name in ("index.html", "paperindex.htm"):
        files[name] = fill("redirect.html", paper=shared.paper, target=target)
    return files | (_site_map(shared) if shared.paper.address else {})


def _facts(shared: Shared, path: str) -> Mapping[str, object]:
    """Return what every page of the site shows."""
    latest = shared.latest[0].entry
    return {"paper": shared.paper, "path": path, "root": root_of(path), "calendar": calendar_name(latest.year)}


# ---- calendar ----------------------------------------------------------------------------------------------------


class Day(NamedTuple):
    """A day of a calendar with the issues of it; 0 where a week reaches out of its month."""

    number: int
    issues: tuple[Entry, ...]


class Month(NamedTuple):
    """A month that has issues, in weeks that begin on Monday."""

    number: int
    weeks: tuple[tuple[Day, ...], ...]


def _year(shared: Shared, year: int) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a year by path."""
    entries = shared.register.of(year)
    data = year_file(year, entries)
    yield year_data(year), data
    yield year_script(year), year_script_file(data)
    names = [weekday(_MONDAY + datetime.timedelta(day))[-1] for day in range(7)]
    told = {"year": year, "years": shared.register.years, "months": tuple(_months(year, entries)), "weekdays": names}
    yield calendar_name(year), fill("calendar.html", **told, **_facts(shared, calendar_name(year)))


def _months(year: int, entries: Sequence[Entry]) -> Iterator[Month]:
    weeks = calendar.Calendar(calendar.MONDAY)
    for month in sorted({int(entry.date[5:7]) for entry in entries}):
        days = {day: tuple(entry for entry in entries if entry.date == f"{year}-{month:02d}-{day:02d}") for day in range(1, 32)}
        rows = weeks.monthdayscalendar(year, month)
        yield Month(month, tuple(tuple(Day(day, days.get(day, ())) for day in row) for row in rows))


# ---- feed and site map -------------------------------------------------------------------------------------------


class Item(NamedTuple):
    """An article in the feed."""

    id: str
    title: str
    updated: str
    path: str
    authors: tuple[str, ...]
    section: str
    lead: str


def _feed(shared: Shared) -> bytes:
    items = [item for record in shared.latest[:FED_ISSUES] for item in _items(record)]
    updated = f"{shared.latest[0].entry.date}{_MIDNIGHT}"
    return fill("feed.xml", paper=shared.paper, id=_urn(shared.paper.key), updated=updated, items=items)


def _items(record: Record) -> Iterator[Item]:
    entry = record.entry
    for each in record.articles:
        path = f"{entry.folder}/{each.file}"
        yield Item(_urn(each.id), each.headline, f"{entry.date}{_MIDNIGHT}", path, each.authors, each.section, each.lead)


def _urn(name: str) -> str:
    """Return an identifier that stays the same wherever the site stands."""
    return uuid.uuid5(_NAMESPACE, name).urn


def issue_map(record: Record) -> bytes:
    """Return the site map of an issue: its pages and its articles."""
    names = [*(page.file for page in record.entry.pages), *(article.file for article in record.articles)]
    return fill("sitemap.xml", paper=record.paper, entry=record.entry, names=names)


def _site_map(shared: Shared) -> dict[str, bytes]:
    robots = f"User-agent: *\nAllow: /\nSitemap: {shared.paper.address}sitemap.xml\n"
    site_map = fill("sitemaps.xml", paper=shared.paper, entries=shared.register.entries)
    return {"sitemap.xml": site_map, "robots.txt": robots.encode("ascii")}

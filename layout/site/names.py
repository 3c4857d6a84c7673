"""Names of the site's files: those that old digital editions had, so that links and readers of theirs go on.

Paths are from the site's root and have ``/`` between their parts.
"""

import datetime
import posixpath

from layout.archive.model import Article

DATA = "issue.js"
"""An issue's own data, in its folder."""

MAIN_EDITION = "1"


def issue_folder(date: datetime.date, edition: str) -> str:
    """Return the folder of an issue, such as html/2023-03/27; another edition of the day has its name after the day."""
    return f"html/{date:%Y-%m}/{date:%d}" + (f"-{edition.lower()}" if edition != MAIN_EDITION else "")


def node_name(number: int) -> str:
    """Return the name of a page's file."""
    return f"node_{number:02d}.htm"


def content_name(article: Article) -> str:
    """Return the name of an article's file: its page and its place among the articles there."""
    return f"content_{article.number:02d}_{article.order:02d}.htm"


def relative(path: str, start: str) -> str:
    """Return the way to a path from the file at another one."""
    return posixpath.relpath(path, posixpath.dirname(start) or ".")


def root_of(path: str) -> str:
    """Return the way from a file to the site's root: empty, or parts that lead up."""
    return "../" * path.count("/")


def year_data(year: int) -> str:
    """Return the path of a year's data."""
    return f"issues/{year}.json"


def year_script(year: int) -> str:
    """Return the path of a year's data as a script, for pages that are opened from a disk."""
    return f"issues/{year}.js"


def calendar_name(year: int) -> str:
    """Return the path of a year's calendar."""
    return f"calendar/{year}.html"


def index_folder(year: int) -> str:
    """Return the folder of a year's search index."""
    return f"pagefind/{year}"

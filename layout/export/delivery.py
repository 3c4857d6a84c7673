"""What the press gets: files under the names that it asks for, the order of pages, and a list of checksums."""

import json
import re
from collections.abc import Mapping

from layout.export.imposition import label_of
from layout.export.order import Ordered, checksums, order_list, page_order
from layout.manifest.issue import Issue
from layout.manifest.pressroom import Parcel

_ORDER_DATA, _ORDER_LIST, _CHECKSUMS = "order.json", "order.txt", "SHA256SUMS"

_SHEETS, _ISSUE = "sheets", "issue"
"""What stands in place of a page's label in the names of the other files."""


def folder_name(issue: Issue) -> str:
    """Return the name of the delivered folder."""
    return _filled(issue.paper.delivery.folder, _fields(issue))


def delivered_names(issue: Issue) -> dict[int, str]:
    """Return the name of each page's file by its number; empty where pages are not delivered."""
    if Parcel.PAGES not in issue.paper.delivery.files:
        return {}
    numbers = {page.number: f"{page.number:04d}-{page.number + 1:04d}" for page in issue.pages if page.spread}
    return {page.number: _named(issue, label_of(page), numbers.get(page.number, f"{page.number:04d}")) for page in issue.pages}


def sheets_name(issue: Issue) -> str:
    """Return the name of the file with the sheets; empty where it is not delivered."""
    return _named(issue, _SHEETS, _SHEETS) if Parcel.SHEETS in issue.paper.delivery.files else ""


def delivered_parcels(issue: Issue, pages: Mapping[int, bytes], whole: bytes, sheets: bytes | None) -> dict[str, bytes]:
    """Return the print files that the paper wants delivered, by name."""
    wanted = issue.paper.delivery.files
    files = {name: pages[number] for number, name in delivered_names(issue).items()}
    if Parcel.ISSUE in wanted:
        files[_named(issue, _ISSUE, _ISSUE)] = whole
    if Parcel.SHEETS in wanted and sheets is not None:
        files[sheets_name(issue)] = sheets
    return files


def with_order(ordered: Ordered, data_name: str = _ORDER_DATA, list_name: str = _ORDER_LIST) -> dict[str, bytes]:
    """Return the two files of the order."""
    data = json.dumps(page_order(ordered), ensure_ascii=False, indent=1) + "\n"
    return {data_name: data.encode("utf-8"), list_name: order_list(ordered).encode("utf-8")}


def delivered(ordered: Ordered) -> dict[str, bytes]:
    """Return all files of a delivered folder: those of the order's, the order itself, and the checksums of them all."""
    files = {**ordered.files, **with_order(ordered)}
    return {**files, _CHECKSUMS: checksums(files).encode("ascii")}


def _fields(issue: Issue) -> dict[str, str]:
    date = issue.date
    return {
        "issue": issue.name,
        "key": issue.paper.key,
        "date": f"{date:%Y%m%d}",
        "year": f"{date:%Y}",
        "month": f"{date:%m}",
        "day": f"{date:%d}",
        "number": issue.number,
        "edition": issue.edition_name,
    }


def _named(issue: Issue, label: str, page: str) -> str:
    return _filled(issue.paper.delivery.name, {**_fields(issue), "label": label, "page": page}) + ".pdf"


def _filled(pattern: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda match: values[match[1]], pattern)

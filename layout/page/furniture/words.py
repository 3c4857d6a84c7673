"""What furniture says of an issue: dates, numbers, imprint and staff, each with its place in the copy."""

from collections.abc import Sequence

from layout.manifest.issue import Issue
from layout.manifest.issue_file import Staff
from layout.manifest.paper import Imprint
from layout.page.furniture.piece import Datum
from layout.script.numerals import date_in_words, lunar_date, weekday

IMPRINT_LABELS: dict[str, str] = {
    "authority": "主管：",
    "sponsor": "主办：",
    "publisher": "出版：",
    "cn": "国内统一连续出版物号：",
    "postal_code": "邮发代号：",
    "address": "地址：",
    "postcode": "邮编：",
    "phone": "电话：",
    "website": "网址：",
    "printer": "印刷：",
    "price": "零售：",
}
_STAFF_LABELS: dict[str, str] = {"editor": "责编：", "proof": "校对：", "layout": "版式："}

_HALF_EM = "\u2002"


def bar_data(issue: Issue) -> tuple[Datum, ...]:
    """Return what a date bar says: date, lunar date, serial number, subscription code, issue number, number of pages."""
    return (
        Datum(f"{date_in_words(issue.date)}　{weekday(issue.date)}"),
        Datum(lunar_date(issue.date)),
        *imprint_data(issue.paper.imprint, ("cn", "postal_code")),
        Datum(f"第{issue.number}期"),
        Datum(f"今日{issue.page_count}版"),
    )


def folio_date(issue: Issue) -> Datum:
    """Return what a folio says of the issue."""
    return Datum(f"{date_in_words(issue.date)}　{weekday(issue.date)}　第{issue.number}期")


def imprint_data(imprint: Imprint, names: Sequence[str] = tuple(IMPRINT_LABELS)) -> tuple[Datum, ...]:
    """Return the imprint's items with their labels, only those that the paper gives, in their legal order.

    The serial number has half an em after its letters (GB/T 9999).
    """
    given = {name: words for name in names if (words := getattr(imprint, name)).text}
    return tuple(
        Datum(words.text.replace(" ", _HALF_EM) if name == "cn" else words.text, words, IMPRINT_LABELS[name])
        for name, words in given.items()
    )


def staff_data(staff: Staff) -> tuple[Datum, ...]:
    """Return who made a page."""
    return tuple(
        Datum(words.text, words, label) for name, label in _STAFF_LABELS.items() if (words := getattr(staff, name)).text
    )

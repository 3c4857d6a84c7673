"""What furniture says of an issue: dates, numbers, imprint and staff, each with its place in the copy."""

from collections.abc import Sequence

from layout.manifest.areas import FurnitureArea
from layout.manifest.issue import Issue, IssuePage, SlotContent
from layout.manifest.issue_file import Contact, Extra, Staff
from layout.manifest.paper import MastheadForm
from layout.page.block import Setting
from layout.page.furniture.piece import Datum
from layout.script.numerals import date_in_words, lunar_date, weekday

IMPRINT_LABELS: dict[str, str] = {
    "authority": "主管：",
    "sponsor": "主办：",
    "publisher": "出版：",
    "editor": "总编辑：",
    "cn": "国内统一连续出版物号：",
    "postal_code": "邮发代号：",
    "address": "地址：",
    "postcode": "邮编：",
    "phone": "电话：",
    "website": "网址：",
    "email": "邮箱：",
    "distribution": "发行：",
    "licence": "广告经营许可证：",
    "printer": "印刷：",
    "printer_address": "印刷地址：",
    "price": "零售：",
    "month_price": "月价：",
    "year_price": "年价：",
}
"""The imprint in its legal order (报纸出版管理规定, article 31)."""

_PRICES = ("price", "month_price", "year_price")
_IN_BAR = ("cn", "postal_code")
_BESIDE_NAME = ("website", *_PRICES)
_FREE = "免费赠阅"
"""What a 号外 says in place of a price (报纸出版管理规定, article 31)."""

_STAFF_LABELS: dict[str, str] = {"editor": "责编：", "proof": "校对：", "layout": "版式："}

_HALF_EM = "\u2002"


def bar_data(issue: Issue) -> tuple[Datum, ...]:
    """Return what a date bar says: date, lunar date, serial number, subscription code, issue number, number of pages."""
    return (
        Datum(f"{date_in_words(issue.date)}　{weekday(issue.date)}"),
        Datum(lunar_date(issue.date)),
        *imprint_data(issue, _IN_BAR),
        Datum(_number(issue)),
        Datum(_page_count(issue)),
    )


def block_data(kind: str, setting: Setting) -> tuple[Datum, ...]:
    """Return what the masthead, or the box of numbers, says besides the name, the date first.

    Nothing is said twice on a page: the date bar says what is its own, the box of numbers what is left, or else the
    masthead, unless its form has the name alone.
    """
    issue, kinds = setting.issue, kinds_on(setting.page)
    if kind == "masthead" and (issue.paper.masthead.form is MastheadForm.CENTRE or "numbers" in kinds):
        return ()
    rest = imprint_data(issue, _BESIDE_NAME)
    if "datebar" in kinds:
        return rest
    dates = (Datum(date_in_words(issue.date)), Datum(lunar_date(issue.date), label=f"{weekday(issue.date)}　"))
    numbers = Datum(_page_count(issue), label=f"{_number(issue)}　")
    return (*dates, numbers, *imprint_data(issue, _IN_BAR), *rest)


def says_date(data: Sequence[Datum], issue: Issue) -> bool:
    """Return whether data begin with the date."""
    return bool(data) and data[0].text == date_in_words(issue.date)


def kinds_on(page: IssuePage) -> set[str]:
    """Return the kinds of furniture that stand in areas of a page."""
    return {block.content.kind for block in page.blocks if isinstance(block.content, FurnitureArea | SlotContent)}


def _number(issue: Issue) -> str:
    return f"第{issue.number}期"


def _page_count(issue: Issue) -> str:
    return f"今日{issue.page_count}版"


def folio_date(issue: Issue) -> Datum:
    """Return what a folio says of the issue."""
    extra = f"　{issue.extra.value}" if issue.extra else ""
    return Datum(f"{date_in_words(issue.date)}　{weekday(issue.date)}　{_number(issue)}{extra}")


def imprint_data(issue: Issue, names: Sequence[str] = tuple(IMPRINT_LABELS)) -> tuple[Datum, ...]:
    """Return the imprint's items with their labels, only those that the paper gives, in their legal order.

    The serial number has half an em after its letters (GB/T 9999). A 号外 is free of charge.
    """
    is_free = issue.extra is Extra.EXTRA
    free = (Datum(_FREE),) if is_free and "price" in names else ()
    named = [name for name in names if not (is_free and name in _PRICES)]
    given = {name: words for name in named if (words := getattr(issue.paper.imprint, name)).text}
    return (
        tuple(
            Datum(words.text.replace(" ", _HALF_EM) if name == "cn" else words.text, words, IMPRINT_LABELS[name])
            for name, words in given.items()
        )
        + free
    )


def contact_data(contact: Contact) -> tuple[Datum, ...]:
    """Return how readers reach the editors of a page."""
    given = ((name, getattr(contact, name)) for name in ("phone", "website", "email"))
    return tuple(Datum(words.text, words, IMPRINT_LABELS[name]) for name, words in given if words.text)


def staff_data(staff: Staff) -> tuple[Datum, ...]:
    """Return who made a page."""
    return tuple(
        Datum(words.text, words, label) for name, label in _STAFF_LABELS.items() if (words := getattr(staff, name)).text
    )

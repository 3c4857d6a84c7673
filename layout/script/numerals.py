"""Dates as a masthead says them, and pages as jumps do; the only module that imports lunar_python."""

import datetime

_WEEKDAYS = "一二三四五六日"
_DIGITS = "〇一二三四五六七八九"


def date_in_words(date: datetime.date) -> str:
    """Return a date such as 2023年3月27日 (GB/T 15835-2011: Arabic figures for dates of the common calendar)."""
    return f"{date.year}年{date.month}月{date.day}日"


def weekday(date: datetime.date) -> str:
    """Return the weekday such as 星期一 (GB/T 15835-2011: always in Han numerals)."""
    return "星期" + _WEEKDAYS[date.weekday()]


def jump_words(label: str) -> str:
    """Return what stands at the end of a story that goes on on another page, such as （下转第三版）."""
    return f"（下转第{_page(label)}版）"


def rest_words(label: str) -> str:
    """Return what stands before the rest of a story that began on another page, such as （上接第一版）."""
    return f"（上接第{_page(label)}版）"


def _page(label: str) -> str:
    """Return what a page label is called in running text: 三 for 03, A3 for A03."""
    letters, number = label.rstrip("0123456789"), int(label.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    return f"{letters}{number}" if letters or not 0 < number < 100 else _han(number)


def _han(number: int) -> str:
    """Return a number below a hundred in Han numerals, as it is read."""
    tens, ones = divmod(number, 10)
    return ("" if not tens else "十" if tens == 1 else _DIGITS[tens] + "十") + (_DIGITS[ones] if ones else "")


def lunar_date(date: datetime.date) -> str:
    """Return the lunar date such as 农历癸卯年闰二月初六 (Han numerals; leap months marked 闰)."""
    from lunar_python import Solar

    lunar = Solar.fromYmd(date.year, date.month, date.day).getLunar()
    return f"农历{lunar.getYearInGanZhi()}年{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"

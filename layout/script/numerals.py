"""Dates as a masthead says them; the only module that imports lunar_python."""

import datetime

_WEEKDAYS = "一二三四五六日"


def date_in_words(date: datetime.date) -> str:
    """Return a date such as 2023年3月27日 (GB/T 15835-2011: Arabic figures for dates of the common calendar)."""
    return f"{date.year}年{date.month}月{date.day}日"


def weekday(date: datetime.date) -> str:
    """Return the weekday such as 星期一 (GB/T 15835-2011: always in Han numerals)."""
    return "星期" + _WEEKDAYS[date.weekday()]


def lunar_date(date: datetime.date) -> str:
    """Return the lunar date such as 农历癸卯年闰二月初六 (Han numerals; leap months marked 闰)."""
    from lunar_python import Solar

    lunar = Solar.fromYmd(date.year, date.month, date.day).getLunar()
    return f"农历{lunar.getYearInGanZhi()}年{lunar.getMonthInChinese()}月{lunar.getDayInChinese()}"

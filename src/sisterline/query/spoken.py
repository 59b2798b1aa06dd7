"""Days as people say them: yesterday, last year, 10 years ago, 5y, the 70s.

Only the command line takes them; data files hold EDTF. What is said about today is relative to a day that the
caller gives. All functions return the first and the last day, and None for a text that says nothing of the
kind.
"""

import re
from datetime import date, timedelta
from functools import cache
from typing import Literal

from msgspec import Struct

from sisterline.dates import Date, months_later

Days = tuple[date, date]
Unit = Literal["day", "week", "month", "year", "decade"]

_UNITS: dict[str, Unit] = {
    "d": "day", "day": "day", "days": "day", "天": "day", "日": "day",
    "w": "week", "week": "week", "weeks": "week", "周": "week", "週": "week", "週間": "week",
    "m": "month", "month": "month", "months": "month", "个月": "month", "か月": "month", "ヶ月": "month",
    "y": "year", "year": "year", "years": "year", "年": "year", "年間": "year",
    "decade": "decade", "decades": "decade",
}  # fmt: skip
_DAYS: dict[Unit, int] = {"day": 1, "week": 7}
_MONTHS: dict[Unit, int] = {"month": 1, "year": 12, "decade": 120}
_WORDS = {
    "now": "today", "今天": "today", "今日": "today", "昨天": "yesterday", "昨日": "yesterday",
    "明天": "tomorrow", "明日": "tomorrow", "今年": "this year", "去年": "last year", "昨年": "last year",
    "明年": "next year", "来年": "next year",
}  # fmt: skip
_DAYS_AWAY = {"yesterday": -1, "today": 0, "tomorrow": 1}
_STEPS = {"last": -1, "past": -1, "this": 0, "next": 1}


class _Patterns(Struct, frozen=True, kw_only=True):
    """What days are said with; a count and its unit are two groups."""

    span: re.Pattern[str]
    ago: re.Pattern[str]
    ahead: re.Pattern[str]
    several: re.Pattern[str]
    neighbour: re.Pattern[str]
    decade: re.Pattern[str]


@cache
def _patterns() -> _Patterns:
    # Compiled when something is said: that takes a millisecond, which most calls save.
    count = rf"(\d{{1,4}}) ?({'|'.join(sorted(_UNITS, key=len, reverse=True))})"
    return _Patterns(
        span=re.compile(count, re.ASCII),
        ago=re.compile(rf"{count} ?(?:ago|前)", re.ASCII),
        ahead=re.compile(rf"in {count}|{count} ?(?:from now|后|後)", re.ASCII),
        several=re.compile(rf"(last|past|next) {count}", re.ASCII),
        neighbour=re.compile(r"(last|this|next) (week|month|year|decade)"),
        decade=re.compile(r"(?:the )?['’]?(\d{3}|\d)0(?:s|年代)", re.ASCII),
    )


def spoken_range(text: str, today: date, *, ahead: bool = False) -> Days | None:
    """The days that a text says by itself.

    `5y` is the last five years, `10 years ago` the year then, as `3 months ago` is a month.

    Args:
        text: what was said, in any case.
        today: the day on which it was said.
        ahead: whether a span such as `5y` begins today instead of ending today.
    """
    words = _plain(text)
    if match := _patterns().span.fullmatch(words):
        count, unit = _counted(match, ahead=ahead)
        return _between(today, _moved(today, count, unit))
    if away := _away(words):
        return _whole(_moved(today, *away), away[1])
    return _named(words, today)


def spoken_end(text: str, today: date, *, ahead: bool = False) -> Days | None:
    """The days that a text says as an end of a range: `5y` and `5 years ago` are both the day five years ago.

    Args:
        text: what was said, in any case.
        today: the day on which it was said.
        ahead: whether a span such as `5y` is counted forwards from today instead of backwards.
    """
    words = _plain(text)
    away = _away(words)
    if match := _patterns().span.fullmatch(words):
        away = _counted(match, ahead=ahead)
    if away is not None:
        day = _moved(today, *away)
        return day, day
    return _named(words, today)


def _plain(text: str) -> str:
    words = " ".join(text.lower().split())
    return _WORDS.get(words, words)


def _counted(match: re.Match[str], *, ahead: bool) -> tuple[int, Unit]:
    """The signed number of a span, and its unit."""
    count = int(match[1])
    return count if ahead else -count, _UNITS[match[2]]


def _away(words: str) -> tuple[int, Unit] | None:
    """How far a day lies from today, negative in the past: `10 years ago`, `in 3 weeks`."""
    if match := _patterns().ago.fullmatch(words):
        return -int(match[1]), _UNITS[match[2]]
    if match := _patterns().ahead.fullmatch(words):
        return int(match[1] or match[3]), _UNITS[match[2] or match[4]]
    return None


def _named(words: str, today: date) -> Days | None:
    """Days with a name, decades, and several units before or after today."""
    if words in _DAYS_AWAY:
        day = _moved(today, _DAYS_AWAY[words], "day")
        return day, day
    if match := _patterns().neighbour.fullmatch(words):
        unit = _UNITS[match[2]]
        start, _ = _whole(today, unit)
        return _whole(_moved(start, _STEPS[match[1]], unit), unit)
    if match := _patterns().several.fullmatch(words):
        return _between(today, _moved(today, _STEPS[match[1]] * int(match[2]), _UNITS[match[3]]))
    if match := _patterns().decade.fullmatch(words):
        return _decade(match[1], today)
    return None


def _decade(digits: str, today: date) -> Days | None:
    """The days of a decade: 197 for the 1970s; 7 for the last 70s that have begun."""
    year = int(digits) * 10
    if len(digits) == 1:
        year += today.year // 100 * 100
        if year > today.year:
            year -= 100
    if year < 1:
        return None
    return date(year, 1, 1), date(year + 9, 12, 31)


def _whole(day: date, unit: Unit) -> Days:
    """The week from Monday on, the month, the year or the decade in which a day lies; a day itself."""
    if unit == "day":
        return day, day
    if unit == "week":
        monday = _moved(day, -day.weekday(), "day")
        return monday, _moved(monday, 6, "day")
    if unit == "month":
        month = Date(day.year, day.month)
        return date.fromordinal(month.first_day), date.fromordinal(month.day_after - 1)
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    first = day.year // 10 * 10
    return date(max(first, 1), 1, 1), date(first + 9, 12, 31)


def _moved(day: date, count: int, unit: Unit) -> date:
    """A day some units later, or earlier if the count is negative, within the years 1 to 9999."""
    try:
        if unit in _MONTHS:
            return months_later(day, count * _MONTHS[unit])
        return day + timedelta(days=count * _DAYS[unit])
    except (OverflowError, ValueError):
        return date.max if count > 0 else date.min


def _between(one: date, other: date) -> Days:
    return min(one, other), max(one, other)

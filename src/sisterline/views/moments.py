"""Dates in sentences and distances in time, in words.

Columns have dates as EDTF (ISO 8601-2): these line up, sort and can be typed again.
"""

from typing import TYPE_CHECKING

from sisterline.translation import counted, pgettext
from sisterline.translation import gettext as _

if TYPE_CHECKING:
    from sisterline.reports.anniversaries import Distance


def moment(date: str) -> str:
    """An EDTF date or interval in a sentence: 1996-03-05, in Chinese and Japanese 1996年3月5日."""
    first, slash, last = date.partition("/")
    if not slash:
        return _qualified(date)
    if last == "..":
        return pgettext("date in a sentence", "{first}/..").format(first=_qualified(first))
    if first == "..":
        return pgettext("date in a sentence", "../{last}").format(last=_qualified(last))
    return pgettext("date in a sentence", "{first}/{last}").format(
        first=_qualified(first), last=_qualified(last)
    )


def _qualified(date: str) -> str:
    known = _calendar_date(date.rstrip("~?"))
    if date.endswith("~"):
        return pgettext("date in a sentence", "{date}~").format(date=known)
    if date.endswith("?"):
        return pgettext("date in a sentence", "{date}?").format(date=known)
    return known


def _calendar_date(date: str) -> str:
    numbers = dict(zip(("year", "month", "day"), map(int, date.split("-")), strict=False))
    message = pgettext("date in a sentence", "{year:04}")
    if len(numbers) == 2:
        message = pgettext("date in a sentence", "{year:04}-{month:02}")
    if len(numbers) == 3:
        message = pgettext("date in a sentence", "{year:04}-{month:02}-{day:02}")
    return message.format(**numbers)


def due_words(date: str) -> str:
    """When an anniversary is, in words where its day is unknown: in March 2027, about 2027, perhaps 2027."""
    known = date.rstrip("~?")
    if len(known) == len("2027-03-01") and known == date:
        return date
    words = known
    if len(known) == len("2027-03"):
        words = _month(int(known[5:])).format(year=known[:4])
    if len(known) == len("2027"):
        words = pgettext("heading of a year", "{year}").format(year=known)
    if date.endswith("~"):
        return pgettext("date of an anniversary", "about {date}").format(date=words)
    if date.endswith("?"):
        return pgettext("date of an anniversary", "perhaps {date}").format(date=words)
    return pgettext("date of an anniversary", "in {date}").format(date=words)


def _month(number: int) -> str:
    months = (
        _("January {year}"),
        _("February {year}"),
        _("March {year}"),
        _("April {year}"),
        _("May {year}"),
        _("June {year}"),
        _("July {year}"),
        _("August {year}"),
        _("September {year}"),
        _("October {year}"),
        _("November {year}"),
        _("December {year}"),
    )
    return months[number - 1]


def distance_words(distance: "Distance") -> str:
    """How far a date is from today: in 3 months, this year, 2 days ago."""
    count = distance.count
    if distance.unit == "day":
        return _days(count)
    if distance.unit == "month":
        return _months(count)
    return _years(count)


def _days(count: int) -> str:
    if count == 0:
        return _("today")
    if count > 0:
        return counted("in {count} day", "in {count} days", count)
    return counted("{count} day ago", "{count} days ago", -count)


def _months(count: int) -> str:
    if count == 0:
        return _("this month")
    if count > 0:
        return counted("in {count} month", "in {count} months", count)
    return counted("{count} month ago", "{count} months ago", -count)


def _years(count: int) -> str:
    if count == 0:
        return _("this year")
    if count > 0:
        return counted("in {count} year", "in {count} years", count)
    return counted("{count} year ago", "{count} years ago", -count)

"""Dates that know how exactly they are known, and the anniversaries that follow from them.

The notation is a part of EDTF (Extended Date/Time Format, ISO 8601-2:2019, levels 0 and 1):
`YYYY`, `YYYY-MM`, `YYYY-MM-DD`, each with an optional `~` (approximate) or `?` (uncertain), and
intervals `A/B`, `A/..` (still open) and `../B` (start unknown). A date means all the days that
it may be, as a half-open interval, and is never written with digits that its source did not give.
"""

import re
from calendar import monthrange
from datetime import date
from typing import Literal

from msgspec import Struct

Precision = Literal["day", "month", "year"]
Qualifier = Literal["", "~", "?"]

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?]?)", re.ASCII)

EXAMPLE = "write 1996, 1996-03 or 1996-03-05, with ~ after it for approximate or ? for uncertain"


class DateError(ValueError):
    """A text is not a date.

    Attributes:
        hint: how to write it, where that can be said.
        meant: the only date or interval, in EDTF, that the text can mean; empty where nobody can say.
        explained: whether the hint is about this text, and not a general example.
    """

    def __init__(self, message: str, hint: str = "", *, meant: str = "", explained: bool = True) -> None:
        super().__init__(message)
        self.hint = hint
        self.meant = meant
        self.explained = explained


class Date(Struct, frozen=True, order=True, array_like=True):
    """A year, a month or a day, as exactly as it is known.

    The order is total and goes by the first day meant; of two dates that begin together the less
    exact one comes first, and a certain one before an uncertain one.
    """

    year: int
    month: int = 0  # 0 if unknown
    day: int = 0  # 0 if unknown
    qualifier: Qualifier = ""

    @classmethod
    def parse(cls, text: str) -> "Date":
        """Read EDTF.

        Raises:
            DateError: the text is in another notation, or names a day that no calendar has.
        """
        return _parse_date(text, interval=False)

    @classmethod
    def from_date(cls, day: date) -> "Date":
        """The same day, known to the day."""
        return cls(day.year, day.month, day.day)

    def __str__(self) -> str:
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}{self.qualifier}"
        if self.month:
            return f"{self.year:04}-{self.month:02}{self.qualifier}"
        return f"{self.year:04}{self.qualifier}"

    @property
    def precision(self) -> Precision:
        """The smallest unit that is known."""
        return "day" if self.day else "month" if self.month else "year"

    @property
    def first_day(self) -> int:
        """The first day meant, as a proleptic Gregorian ordinal (`datetime.date.toordinal`)."""
        return date(self.year, self.month or 1, self.day or 1).toordinal()

    @property
    def day_after(self) -> int:
        """The day after the last day meant, as an ordinal: the open end of the interval."""
        if self.day:
            return self.first_day + 1
        month = self.month or 12
        return date(self.year, month, monthrange(self.year, month)[1]).toordinal() + 1


class Period(Struct, frozen=True, array_like=True):
    """A date, or an interval between two dates, either of which may be open.

    A single date is a period whose `start` and `end` are equal. `start` is None where it is not
    known (`../2009`), `end` is None while it goes on (`1979/..`); never both.
    """

    start: Date | None
    end: Date | None

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read an EDTF date or interval.

        Raises:
            DateError: a part is no date, both ends are open, or the end lies before the start.
        """
        first, slash, last = text.partition("/")
        if not slash:
            at = _parse_date(text, interval=True)
            return cls(at, at)
        if not first or not last:
            missing = "end" if first else "start"
            raise DateError(f'"{text}" has no {missing}', f"write {first or '..'}/{last or '..'}")
        try:
            start = None if first == ".." else Date.parse(first)
            end = None if last == ".." else Date.parse(last)
        except DateError as error:
            raise _interval_error(text, error) from None
        if start is None and end is None:
            raise DateError(f'"{text}" has neither a start nor an end')
        if start is not None and end is not None and end.day_after <= start.first_day:
            raise DateError(f'"{text}" ends before it starts', f"did you mean {last}/{first}?")
        return cls(start, end)

    @classmethod
    def single(cls, when: Date) -> "Period":
        """The period that is one date."""
        return cls(when, when)

    def __str__(self) -> str:
        if self.start == self.end:
            return str(self.start)
        return f"{self.start or '..'}/{self.end or '..'}"

    @property
    def anchor(self) -> Date:
        """Where the period is on a time axis: its start, or its end if the start is unknown."""
        return self.start or self.end  # type: ignore[return-value]  # never both None

    @property
    def latest(self) -> Date:
        """The last date that is given: its end, or its start while it is open."""
        return self.end or self.start  # type: ignore[return-value]  # never both None

    @property
    def sort_key(self) -> tuple[Date, int]:
        """A sort key: by the anchor, shorter periods first, open ones last."""
        return self.anchor, self.end.day_after if self.end else date.max.toordinal() + 1

    def overlaps(self, first: int, after: int) -> bool:
        """Whether some day meant may lie in the half-open interval of ordinals [first, after)."""
        return (self.start is None or self.start.first_day < after) and (
            self.end is None or self.end.day_after > first
        )


def months_later(day: date, months: int) -> date:
    """The same day a number of months later, or the last one of a shorter month, or of the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > 9999:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def anniversary(founding: Date, n: int) -> Date:
    """The n-th anniversary, known as exactly as the founding itself.

    A founding on 29 February falls on 28 February in a common year, as in most calendars and
    libraries (dateutil's relativedelta), so that it stays in its month.

    Raises:
        OverflowError: it lies beyond the year 9999.
    """
    year = founding.year + n
    if not 1 <= year <= 9999:
        raise OverflowError(f"the year {year} cannot be written")
    day = founding.day
    if day == 29 and founding.month == 2:
        day = monthrange(year, 2)[1]
    return Date(year, founding.month, day, founding.qualifier)


def years_since(founding: Date, today: date) -> int:
    """Whole years from a founding to today, counted in the founding's own precision.

    It is the largest n whose anniversary has begun, so that a tie founded in 1996 is 30 years old
    all through 2026; negative before the founding.
    """
    n = today.year - founding.year
    if anniversary(founding, n).first_day > today.toordinal():
        n -= 1
    return n


def next_anniversary(founding: Date, today: date, every: int = 1) -> tuple[int, Date]:
    """The first anniversary whose ordinal is a multiple of `every` and which is not over today.

    One that is known by its month or year only is due until that month or year has ended.
    """
    n = max(every, -(-max(years_since(founding, today), 1) // every) * every)
    while (due := anniversary(founding, n)).day_after <= today.toordinal():
        n += every
    return n, due


# --- errors ---------------------------------------------------------------------------------------

_INTERVAL = "write an interval as 2007/2023, or 2007/.. while it goes on"


def parse_typed(text: str) -> Period:
    """Read a date of the command line: EDTF, or any other notation that can mean one thing only.

    A fiscal year (昭和54年度) is an interval.

    Raises:
        DateError: it can mean nothing, or several things.
    """
    try:
        return Period.single(Date.parse(text))
    except DateError as error:
        if not error.meant:
            raise
        return Period.parse(error.meant)


def _parse_date(text: str, *, interval: bool) -> Date:
    """Read one date; `interval` says whether an interval could be written in its place."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise _date_error(text, interval=interval)
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if year == 0:
        raise DateError(f'"{text}" is not a date: years begin at 0001')
    if match[2] and not 1 <= month <= 12:
        hint = suggest_notation(text, interval=interval)
        raise DateError(f'"{text}" is not a date: there is no month {match[2]}', hint)
    if match[3] and not 1 <= day <= monthrange(year, month)[1]:
        days = monthrange(year, month)[1]
        raise DateError(f'"{text}" is not a date: {year:04}-{month:02} has {days} days')
    return Date(year, month, day, match[4])  # type: ignore[arg-type]  # the pattern allows only qualifiers


def suggest_notation(text: str, *, interval: bool) -> str:
    """How to write a date that is in another notation; empty where nobody can say."""
    from sisterline.notations import interpret

    notation = interpret(text)
    if notation is None:
        return ""
    if interval:
        return notation.hint
    return notation.date_hint or notation.hint


def _date_error(text: str, *, interval: bool) -> DateError:
    """What to say of a text that is not EDTF."""
    from sisterline.notations import interpret

    message = f'"{text}" is not a date'
    notation = interpret(text)
    if notation is not None:
        return DateError(message, suggest_notation(text, interval=interval), meant=notation.edtf)
    if "/" in text:
        return DateError(message, "write one date here, not an interval", explained=False)
    return DateError(message, EXAMPLE, explained=False)


def _interval_error(text: str, error: DateError) -> DateError:
    """What to say of an interval of which an end is not a date: the whole of it may be another notation."""
    hint = suggest_notation(text, interval=True)
    if not hint and error.explained:
        hint = error.hint
    return DateError(str(error), hint or _INTERVAL)


def abbreviate(period: str) -> str:
    """An EDTF interval with the parts of its end left out that repeat its start (ISO 8601-1, 5.5.2.3)."""
    start, slash, end = period.partition("/")
    if not slash or len(start) != len(end) or not start[:4].isdecimal() or not end[:4].isdecimal():
        return period
    if start[-1] in "~?" or end[-1] in "~?":
        return period
    if start[:7] == end[:7] and len(start) == 10:
        return f"{start}/{end[8:]}"
    if start[:4] == end[:4] and len(start) > 4:
        return f"{start}/{end[5:]}"
    return period

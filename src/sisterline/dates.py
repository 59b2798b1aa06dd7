"""Dates with the precision of their source, and anniversaries.

The notation is a part of EDTF (Extended Date/Time Format, ISO 8601-2:2019, levels 0 and 1): `YYYY`, `YYYY-MM`
and `YYYY-MM-DD`, each with an optional `~` (approximate) or `?` (uncertain), and intervals `A/B`, `A/..`
(still open) and `../B` (start unknown). A date compares as the half-open interval of all days that it may
be, and is never written with digits that its source did not give.
"""

import re
from calendar import monthrange
from datetime import date
from typing import Literal

from msgspec import Struct

from sisterline.translation import gettext as _

Precision = Literal["day", "month", "year"]
Qualifier = Literal["", "~", "?"]

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([~?]?)", re.ASCII)


def example() -> str:
    """How dates are written, as the fix of one that is not."""
    return _("write 1996, 1996-03 or 1996-03-05, followed by ~ if approximate or ? if uncertain")


class DateError(ValueError):
    """A text is not a date.

    Attributes:
        hint: how to write it; empty if that is unknown.
        meant: the only date or interval that the text can mean, in EDTF; empty if there is not exactly one.
        explained: whether the hint is about this text, rather than a general example.
    """

    def __init__(self, message: str, hint: str = "", *, meant: str = "", explained: bool = True) -> None:
        super().__init__(message)
        self.hint = hint
        self.meant = meant
        self.explained = explained


class Date(Struct, frozen=True, order=True, array_like=True, gc=False):
    """A year, a month or a day.

    The order is total, by first day; of two dates with the same first day the less precise one comes first,
    and one without qualifier before one with.
    """

    year: int
    month: int = 0  # 0 if unknown
    day: int = 0  # 0 if unknown
    qualifier: Qualifier = ""

    @classmethod
    def parse(cls, text: str) -> "Date":
        """Read EDTF.

        Raises:
            DateError: the text is in another notation, or there is no such day.
        """
        return _parse_date(text, interval=False)

    @classmethod
    def from_date(cls, day: date) -> "Date":
        """A day of the calendar as a date."""
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
        if self.day:
            return "day"
        if self.month:
            return "month"
        return "year"

    @property
    def first_day(self) -> int:
        """The first day that the date may be, as an ordinal (`datetime.date.toordinal`)."""
        return date(self.year, self.month or 1, self.day or 1).toordinal()

    @property
    def day_after(self) -> int:
        """The day after the last one that the date may be, as an ordinal: the open end of the interval."""
        if self.day:
            return self.first_day + 1
        month = self.month or 12
        return date(self.year, month, monthrange(self.year, month)[1]).toordinal() + 1


class Period(Struct, frozen=True, array_like=True, gc=False):
    """A date, or an interval between two dates.

    Attributes:
        start: None if it is unknown (`../2009`).
        end: None while the interval is open (`1979/..`); the start itself for a single date. Not both are
            None.
    """

    start: Date | None
    end: Date | None

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read an EDTF date or interval.

        Raises:
            DateError: a part is not a date, both ends are open, or the end is before the start.
        """
        first, slash, last = text.partition("/")
        if not slash:
            return cls.single(_parse_date(text, interval=True))
        if not first:
            raise DateError(
                _('"{text}" has no start').format(text=text), _("write ../{last}").format(last=last or "..")
            )
        if not last:
            raise DateError(
                _('"{text}" has no end').format(text=text), _("write {first}/..").format(first=first)
            )
        try:
            start, end = _parse_end(first), _parse_end(last)
        except DateError as error:
            raise _interval_error(text, error) from None
        if start is None and end is None:
            raise DateError(_('"{text}" has neither a start nor an end').format(text=text))
        if start is not None and end is not None and end.day_after <= start.first_day:
            raise DateError(
                _('"{text}" ends before it starts').format(text=text),
                _("did you mean {last}/{first}?").format(last=last, first=first),
            )
        return cls(start, end)

    @classmethod
    def single(cls, when: Date) -> "Period":
        """One date as a period."""
        return cls(when, when)

    def __str__(self) -> str:
        if self.start == self.end:
            return str(self.start)
        return f"{self.start or '..'}/{self.end or '..'}"

    @property
    def anchor(self) -> Date:
        """The date that the period has on a time axis: its start, or its end if the start is unknown."""
        return self.start or self.end  # type: ignore[return-value]  # never both None

    @property
    def latest(self) -> Date:
        """The last date that the source gives: the end, or the start while the period is open."""
        return self.end or self.start  # type: ignore[return-value]  # never both None

    @property
    def sort_key(self) -> tuple[Date, int]:
        """A sort key: by anchor, then by end, open periods last."""
        if self.end is None:
            return self.anchor, date.max.toordinal() + 1
        return self.anchor, self.end.day_after

    def overlaps(self, first: int, after: int) -> bool:
        """Whether a day that the period may include is in [first, after), an interval of ordinals."""
        starts_before = self.start is None or self.start.first_day < after
        ends_after = self.end is None or self.end.day_after > first
        return starts_before and ends_after


def first_day_text(when: Date | Period) -> str | None:
    """The first day that a date may mean, as ISO 8601; None where that is unknown."""
    start = when if isinstance(when, Date) else when.start
    return None if start is None else date.fromordinal(start.first_day).isoformat()


def last_day_text(when: Date | Period) -> str | None:
    """The last day that a date may mean, as ISO 8601; None where that is open."""
    end = when if isinstance(when, Date) else when.end
    return None if end is None else date.fromordinal(end.day_after - 1).isoformat()


def months_later(day: date, months: int) -> date:
    """The same day a number of months later, or the last one of a shorter month, or of the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > 9999:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def anniversary(founding: Date, n: int) -> Date:
    """The nth anniversary, with the precision and the qualifier of the founding.

    The anniversary of 29 February is 28 February in a common year, as in most calendars and libraries
    (dateutil's relativedelta).

    Raises:
        OverflowError: it is not in the years 1 to 9999.
    """
    year = founding.year + n
    if not 1 <= year <= 9999:
        raise OverflowError(f"the year {year} cannot be written")
    day = founding.day
    if day == 29 and founding.month == 2:
        day = monthrange(year, 2)[1]
    return Date(year, founding.month, day, founding.qualifier)


def years_since(founding: Date, today: date) -> int:
    """Whole years from a founding to today: the largest n whose anniversary has begun.

    So a partnership founded in 1996 is 30 years old throughout 2026; negative before the founding.
    """
    n = today.year - founding.year
    begins = anniversary(founding, n)
    if (begins.month or 1, begins.day or 1) > (today.month, today.day):
        n -= 1
    return n


def next_anniversary(founding: Date, today: date, every: int = 1) -> tuple[int, Date]:
    """The number and date of the first anniversary that is a multiple of `every` and is not over today.

    One with the precision of a month or year is not over until that month or year is.
    """
    n = max(every, -(-max(years_since(founding, today), 1) // every) * every)
    while (due := anniversary(founding, n)).day_after <= today.toordinal():
        n += every
    return n, due


# --- errors ---------------------------------------------------------------------------------------


def parse_typed(text: str) -> Period:
    """Read a date of the command line: EDTF, or any other notation with exactly one meaning.

    That may be an interval, as for a fiscal year (昭和54年度).

    Raises:
        DateError: it has no meaning, or several.
    """
    try:
        return Period.single(Date.parse(text))
    except DateError as error:
        if not error.meant:
            raise
        return Period.parse(error.meant)


def _parse_date(text: str, *, interval: bool) -> Date:
    """Read one date; `interval` says whether an interval is allowed in its place, for the hint."""
    match = _DATE.fullmatch(text)
    if match is None:
        raise _date_error(text, interval=interval)
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    if year == 0:
        raise DateError(_('"{text}" is not a date: years begin at 0001').format(text=text))
    if match[2] and not 1 <= month <= 12:
        hint = suggest_notation(text, interval=interval)
        raise DateError(
            _('"{text}" is not a date: there is no month {month}').format(text=text, month=match[2]), hint
        )
    if match[3] and not 1 <= day <= monthrange(year, month)[1]:
        days = monthrange(year, month)[1]
        raise DateError(
            _('"{text}" is not a date: {month} has {days} days').format(
                text=text, month=f"{year:04}-{month:02}", days=days
            )
        )
    return Date(year, month, day, match[4])  # type: ignore[arg-type]  # the pattern allows only qualifiers


def _parse_end(text: str) -> Date | None:
    """Read one end of an interval; None for an open one."""
    if text == "..":
        return None
    return Date.parse(text)


def suggest_notation(text: str, *, interval: bool) -> str:
    """How to write a date that is in another notation, as a hint; empty if that is unknown."""
    from sisterline.notations import interpret

    notation = interpret(text)
    if notation is None:
        return ""
    if interval:
        return notation.hint
    return notation.date_hint or notation.hint


def _date_error(text: str, *, interval: bool) -> DateError:
    """The error for a text that is not EDTF."""
    from sisterline.notations import interpret

    message = _('"{text}" is not a date').format(text=text)
    notation = interpret(text)
    if notation is not None:
        return DateError(message, suggest_notation(text, interval=interval), meant=notation.edtf)
    if "/" in text:
        return DateError(message, _("write one date here, not an interval"), explained=False)
    return DateError(message, example(), explained=False)


def _interval_error(text: str, error: DateError) -> DateError:
    """The error for an interval with an end that is not a date: all of it may be in another notation."""
    hint = suggest_notation(text, interval=True)
    if not hint and error.explained:
        hint = error.hint
    return DateError(str(error), hint or _("write an interval as 2007/2023, or 2007/.. while it goes on"))


def abbreviate(period: str) -> str:
    """An EDTF interval whose end leaves out the parts that repeat its start (ISO 8601-1, 5.5.2.3)."""
    start, _, end = period.partition("/")
    digits = f"{start}{end}".replace("-", "")
    if len(start) != len(end) or not digits.isdecimal():  # open, with a qualifier, or a single date
        return period
    if start[:7] == end[:7] and len(start) == 10:
        return f"{start}/{end[8:]}"
    if start[:4] == end[:4] and len(start) > 4:
        return f"{start}/{end[5:]}"
    return period

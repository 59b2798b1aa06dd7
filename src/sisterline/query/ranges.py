"""Ranges of days, as options give them."""

import re
from datetime import date
from typing import NamedTuple

from sisterline.dates import Date, DateError, Period, months_later, parse_typed
from sisterline.errors import UsageError, with_fix
from sisterline.translation import gettext as _

_WITHIN = re.compile(r"(\d{1,4})([dwmy])", re.ASCII)
PLANNING_MONTHS = 120  # a range without an end ends here: as far ahead as people plan


class DayRange(NamedTuple):
    """A half-open range of days as proleptic Gregorian ordinals: `first` is in it, `after` is not."""

    first: int
    after: int

    def overlaps(self, when: Period) -> bool:
        """Whether the range has a day that is, or may be, one of the period's."""
        return when.overlaps(self.first, self.after)


ALL_TIME = DayRange(0, date.max.toordinal() + 2)


def planning_range(
    today: date, *, within: str | None, year: int | None, first: str | None, last: str | None
) -> DayRange:
    """The days of a plan: a span from today on, a year, or a range of dates; 12 months by default.

    Args:
        today: where a span, and a range without a start, begins.
        within: as 90d, 8w, 12m or 3y.
        year: the whole year.
        first: the first date of a range.
        last: the last date of a range, included.

    Raises:
        UsageError: they contradict each other, or one cannot be read.
    """
    given = [within is not None, year is not None, first is not None or last is not None]
    if sum(given) > 1:
        raise UsageError(_("--within, --year and --from/--to cannot be combined; use one of them"))
    if year is not None:
        return _year(year)
    if first is None and last is None:
        return _span(today, "12m" if within is None else within)
    return _from_to(today, first, last)


def _year(year: int) -> DayRange:
    if year > 9999:
        raise UsageError(_("--year: the last year is 9999"))
    return DayRange(Date(year).first_day, Date(year).day_after)


def _from_to(today: date, first: str | None, last: str | None) -> DayRange:
    days = date_range(first, last) or ALL_TIME
    start = today.toordinal() if first is None else days.first
    if days.after <= start:
        raise UsageError(_("--to {last} lies before today; add --from").format(last=last))
    if last is not None:
        return DayRange(start, days.after)
    return DayRange(start, months_later(date.fromordinal(start), PLANNING_MONTHS).toordinal())


def _span(today: date, text: str) -> DayRange:
    match = _WITHIN.fullmatch(text)
    if match is None:
        raise UsageError(
            _('--within: "{text}" is not a span of time; try 90d, 8w, 12m or 3y').format(text=text)
        )
    count, unit = int(match[1]), match[2]
    if unit in "dw":
        days = count * 7 if unit == "w" else count
        last_day = today.toordinal() + days
    else:
        months = count * 12 if unit == "y" else count
        last_day = months_later(today, months).toordinal()
    return DayRange(today.toordinal(), min(last_day, date.max.toordinal()) + 1)


def parse_range(text: str, option: str) -> DayRange:
    """Read `1973..1979`, `1973..`, `..1979`, `1970s`, `1996` or `1996-03` as a range of days.

    Raises:
        UsageError: it is not a range, or ends before it starts.
    """
    example = _("try {option} 1973..1979, 1980s or 1996-03").format(option=option)
    first, dots, last = text.partition("..")
    try:
        if not dots:
            return _decade(text) or _days_of(text)
        if ".." in last:
            raise DateError(_('"{text}" is not a date').format(text=last), explained=False)
        start, end = _days_of(first or ".."), _days_of(last or "..")
    except DateError as error:
        hint = example
        if error.explained and error.hint:
            hint = error.hint
        raise UsageError(with_fix(f"{option}: {error}", hint)) from None
    if not first and not last:
        raise UsageError(
            with_fix(_('{option}: ".." has neither a start nor an end').format(option=option), example)
        )
    if end.after <= start.first:
        raise UsageError(
            _('{option}: "{text}" ends before it starts; try {option} {range}').format(
                option=option, text=text, range=f"{last}..{first}"
            )
        )
    return DayRange(start.first, end.after)


def _decade(text: str) -> DayRange | None:
    """The days of a decade such as 1970s; None for any other text."""
    if text[3:] != "0s" or not text[:3].isdecimal() or text[:3] == "000":
        return None
    year = int(text[:3]) * 10
    return DayRange(Date(year).first_day, Date(year + 9).day_after)


def date_range(first: str | None, last: str | None) -> DayRange | None:
    """The range from `--from` to `--to`, both included; None if neither is given.

    Raises:
        UsageError: one is not a date, or they are in the wrong order.
    """
    if first is None and last is None:
        return None
    start = _option_days("--from", first).first
    after = _option_days("--to", last).after
    if after <= start:
        raise UsageError(_("--from {first} lies after --to {last}").format(first=first, last=last))
    return DayRange(start, after)


def date_notes(option: str, text: str) -> tuple[str, ...]:
    """How dates in other notations than EDTF are read, one line each; what is not a date is skipped."""
    notes = []
    for part in text.split(".."):
        try:
            Date.parse(part)
        except DateError as error:
            if error.meant:
                notes.append(
                    _("{option}: {text} is read as {date}").format(option=option, text=part, date=error.meant)
                )
    return tuple(notes)


def _days_of(text: str) -> DayRange:
    """The days of a date that was typed; all days for `..`.

    Raises:
        DateError: it is not a date, or may be one of several.
    """
    if text == "..":
        return ALL_TIME
    when = parse_typed(text)
    first, after = ALL_TIME
    if when.start is not None:
        first = when.start.first_day
    if when.end is not None:
        after = when.end.day_after
    return DayRange(first, after)


def _option_days(option: str, text: str | None) -> DayRange:
    """The days of the date that an option has; all days if it is not given.

    Raises:
        UsageError: it is not a date.
    """
    if text is None:
        return ALL_TIME
    try:
        return _days_of(text)
    except DateError as error:
        raise UsageError(with_fix(f"{option}: {error}", error.hint)) from None

"""Ranges of days, as options give them."""

from datetime import date
from typing import NamedTuple

from sisterline.dates import Date, DateError, Period, months_later, parse_typed
from sisterline.errors import UsageError, said_of, with_fix
from sisterline.query.spoken import spoken_end, spoken_range
from sisterline.translation import gettext as _

DAYS_OF_A_YEAR = 365
PLANNING_MONTHS = 120  # a range without an end ends here: as far ahead as people plan


class DayRange(NamedTuple):
    """A half-open range of days as proleptic Gregorian ordinals: `first` is in it, `after` is not."""

    first: int
    after: int

    @property
    def dates(self) -> tuple[date, date]:
        """The first day and the last one, as far as the calendar has them (`datetime.date`)."""
        last = min(self.after - 1, date.max.toordinal())
        return date.fromordinal(max(self.first, 1)), date.fromordinal(last)

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


def is_shorter_than_a_year(days: DayRange) -> bool:
    """Whether a range cannot hold all days of a year."""
    return days.after - days.first < DAYS_OF_A_YEAR


def _year(year: int) -> DayRange:
    if year > 9999:
        raise UsageError(_("--year: the last year is 9999"))
    return DayRange(Date(year).first_day, Date(year).day_after)


def _from_to(today: date, first: str | None, last: str | None) -> DayRange:
    days = date_range(first, last, today, ahead=True) or ALL_TIME
    start = today.toordinal() if first is None else days.first
    if days.after <= start:
        raise UsageError(_("--to {last} lies before today; add --from").format(last=last))
    if last is not None:
        return DayRange(start, days.after)
    return DayRange(start, months_later(date.fromordinal(start), PLANNING_MONTHS).toordinal())


def _span(today: date, text: str) -> DayRange:
    days = spoken_range(text, today, ahead=True)
    if days is None or days[0] != today:
        raise UsageError(
            _('--within: "{text}" is not a span of time; try 90d, 8w, 12m or 3y').format(text=text)
        )
    return _inclusive(*days)


def _inclusive(first: date, last: date) -> DayRange:
    return DayRange(first.toordinal(), last.toordinal() + 1)


def parse_range(text: str, option: str, today: date) -> DayRange:
    """Read a range of days: `1973..1979`, `1973..`, `1973/1979`, `1996-03`, `70s`, `last year` or `5y`.

    Args:
        text: as it was typed.
        option: whose value it is, for messages.
        today: what years ago and spans are counted from.

    Raises:
        UsageError: it is not a range, or ends before it starts.
    """
    example = _("try {option} 1973..1979, 1980s or 1996-03").format(option=option)
    first, dots, last = _with_dots(text).partition("..")
    try:
        if not dots:
            days = spoken_range(text, today)
            return _inclusive(*days) if days else _days_of(text)
        if ".." in last:
            raise DateError(_('"{text}" is not a date').format(text=last), explained=False)
        start, end = _end_of(first or "..", today), _end_of(last or "..", today)
    except DateError as error:
        hint = example
        if error.explained and error.hint:
            hint = error.hint
        raise UsageError(with_fix(said_of(option, str(error)), hint)) from None
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


def _with_dots(text: str) -> str:
    """An interval of EDTF (1973/1979, 1973/..) in the notation with dots; any other text as it is."""
    first, slash, last = text.partition("/")
    if not slash or not all(part == ".." or is_edtf(part) for part in (first, last)):
        return text
    return f"{first.removesuffix('..')}..{last.removesuffix('..')}"


def is_edtf(text: str) -> bool:
    """Whether a text is one date in EDTF."""
    try:
        Date.parse(text)
    except DateError:
        return False
    return True


def date_range(first: str | None, last: str | None, today: date, *, ahead: bool = False) -> DayRange | None:
    """The range from `--from` to `--to`, both included; None if neither is given.

    Args:
        first: the first date.
        last: the last date.
        today: what years ago and spans are counted from.
        ahead: whether a span such as `5y` is counted forwards.

    Raises:
        UsageError: one is not a date, or they are in the wrong order.
    """
    if first is None and last is None:
        return None
    start = _option_days("--from", first, today, ahead=ahead).first
    after = _option_days("--to", last, today, ahead=ahead).after
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


def _end_of(text: str, today: date, *, ahead: bool = False) -> DayRange:
    """The days of an end of a range; all days for `..`.

    Raises:
        DateError: it is not a date, or may be one of several.
    """
    days = spoken_end(text, today, ahead=ahead)
    return _inclusive(*days) if days else _days_of(text)


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


def _option_days(option: str, text: str | None, today: date, *, ahead: bool) -> DayRange:
    """The days of the date that an option has; all days if it is not given.

    Raises:
        UsageError: it is not a date.
    """
    if text is None:
        return ALL_TIME
    try:
        return _end_of(text, today, ahead=ahead)
    except DateError as error:
        fix = error.hint
        if ".." in text:
            fix = _("give one date here: --from and --to together make a range")
        raise UsageError(with_fix(said_of(option, str(error)), fix)) from None

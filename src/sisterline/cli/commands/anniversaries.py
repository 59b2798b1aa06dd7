"""`sisterline anniversaries`."""

import re
from calendar import monthrange
from datetime import date
from typing import Annotated

from sisterline.cli.commands import language_of, load_selection, write_report
from sisterline.cli.options import Asked, option, shared
from sisterline.dates import Date
from sisterline.errors import UsageError
from sisterline.language import ordinal
from sisterline.query.selection import DayRange, SelectionResult, date_range
from sisterline.reports.anniversaries import AnniversariesReport, anniversaries_report

PANEL = "Anniversaries"
_WITHIN = re.compile(r"(\d{1,4})([dwmy])", re.ASCII)


@shared("anniversaries", dated=False)
def command(
    asked: Asked,
    within: Annotated[
        str | None,
        option("--within", "From today on: 90d, 8w, 12m or 3y; 12m if nothing is said.", PANEL, "SPAN"),
    ] = None,
    year: Annotated[int | None, option("--year", "In a year.", PANEL, "YEAR", least=1000)] = None,
    first: Annotated[str | None, option("--from", "From this date on.", PANEL, "DATE")] = None,
    last: Annotated[str | None, option("--to", "Up to this date, with it.", PANEL, "DATE")] = None,
    every: Annotated[
        int, option("--every", "Each so-many-th one; 1 for all, 10 for round ones.", PANEL, "N", least=1)
    ] = 5,
) -> None:
    """Tell which anniversaries fall due, the soonest first.

    `sisterline anniversaries`

    `sisterline anniversaries --year 2028 --every 10`

    `sisterline anniversaries --within 3y --city Dalian`
    """
    span = _span(within, year, first, last, asked.today)
    dataset, selected = load_selection(asked)
    report = anniversaries_report(
        dataset,
        selected,
        span,
        asked.today,
        every=every,
        language=language_of(asked, dataset),
        reverse=asked.reverse,
        limit=asked.limit,
    )
    write_report(asked, report, bool(report.rows), none=_none(report, selected))


def _none(report: AnniversariesReport, selected: SelectionResult) -> str:
    """What to say where there is no anniversary in the range: when the next one is."""
    if report.rows or not selected.partnerships:
        return ""
    message = f"no anniversary from {report.first} to {report.last}"
    if report.upcoming is None:
        return message
    upcoming = report.upcoming
    return (
        f"{message}; the next is the {ordinal(upcoming.ordinal)} of {upcoming.partnership}, {upcoming.date}"
    )


def _span(within: str | None, year: int | None, first: str | None, last: str | None, today: date) -> DayRange:
    """The range of days that the options ask for.

    Raises:
        UsageError: they contradict each other, or one cannot be read.
    """
    given = [within is not None, year is not None, first is not None or last is not None]
    if sum(given) > 1:
        raise UsageError("--within, --year and --from/--to exclude each other; give one of them")
    if year is not None:
        if year > 9999:
            raise UsageError("--year: years end at 9999")
        return DayRange(Date(year).first_day, Date(year).day_after)
    if span := date_range(first, last):
        start = span.first if first is not None else today.toordinal()
        if span.after <= start:
            raise UsageError(f"--to {last} lies before today; add --from")
        # Without an end they would never end: as far as a person plans.
        return DayRange(
            start, span.after if last is not None else _later(date.fromordinal(start), 120).toordinal()
        )
    match = _WITHIN.fullmatch("12m" if within is None else within)
    if match is None:
        raise UsageError(f'--within: "{within}" is no span of time; try 90d, 8w, 12m or 3y')
    count, unit = int(match[1]), match[2]
    if unit in "dw":
        last_day = today.toordinal() + count * (7 if unit == "w" else 1)
    else:
        last_day = _later(today, count * (12 if unit == "y" else 1)).toordinal()
    return DayRange(today.toordinal(), min(last_day, date.max.toordinal()) + 1)


def _later(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month, or of the calendar."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > 9999:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

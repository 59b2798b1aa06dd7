"""The range of days that a plan covers, and the calendar arithmetic behind it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sisterline.dates import months_later
from sisterline.errors import UsageError
from sisterline.query.ranges import PLANNING_MONTHS, DayRange, planning_range

TODAY = date(2026, 11, 21)


def _planned(
    *,
    within: str | None = None,
    year: int | None = None,
    first: str | None = None,
    last: str | None = None,
    today: date = TODAY,
) -> tuple[str, str]:
    """The first and the last day of a plan."""
    days = planning_range(today, within=within, year=year, first=first, last=last)
    return _days(days)


def _days(days: DayRange) -> tuple[str, str]:
    return str(date.fromordinal(days.first)), str(date.fromordinal(days.after - 1))


def test_a_plan_covers_twelve_months_from_today_by_default() -> None:
    assert _planned() == ("2026-11-21", "2027-11-21")
    assert _planned() == _planned(within="12m") == _planned(within="1y")


@pytest.mark.parametrize(
    ("within", "last"),
    [
        ("0d", "2026-11-21"),
        ("90d", "2027-02-19"),
        ("8w", "2027-01-16"),
        ("3m", "2027-02-21"),
        ("3y", "2029-11-21"),
        ("9999y", "9999-12-31"),
        ("9999w", "2218-07-11"),
        ("5 years", "2031-11-21"),
        ("10 Weeks", "2027-01-30"),
        ("next 2 months", "2027-01-21"),
        ("5年", "2031-11-21"),
    ],
)
def test_a_span_includes_today_and_its_last_day(within: str, last: str) -> None:
    assert _planned(within=within) == ("2026-11-21", last)


def test_a_year_is_whole() -> None:
    assert _planned(year=2028) == ("2028-01-01", "2028-12-31")
    assert _planned(year=9999) == ("9999-01-01", "9999-12-31")


def test_both_ends_of_a_range_are_included() -> None:
    assert _planned(first="2027", last="2028-03") == ("2027-01-01", "2028-03-31")
    assert _planned(first="2020", last="2020") == ("2020-01-01", "2020-12-31")


def test_a_range_without_a_start_begins_today() -> None:
    assert _planned(last="2027-03") == ("2026-11-21", "2027-03-31")
    assert _planned(last="2026") == ("2026-11-21", "2026-12-31")


def test_a_range_without_an_end_covers_the_years_that_people_plan() -> None:
    first, last = _planned(first="2030-05")
    assert (first, last) == ("2030-05-01", "2040-04-30")
    assert months_later(date.fromisoformat(first), PLANNING_MONTHS) == date(2040, 5, 1)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"within": "1y", "year": 2027}, "--within, --year and --from/--to cannot be combined"),
        ({"within": "1y", "last": "2027"}, "--within, --year and --from/--to cannot be combined"),
        ({"year": 2027, "first": "2027"}, "--within, --year and --from/--to cannot be combined"),
        ({"within": ""}, '--within: "" is not a span of time; try 90d, 8w, 12m or 3y'),
        ({"within": "last year"}, '--within: "last year" is not a span of time'),
        ({"year": 10000}, "--year: the last year is 9999"),
        ({"first": "2028", "last": "2027"}, "--from 2028 lies after --to 2027"),
        ({"last": "2020"}, "--to 2020 lies before today; add --from"),
        ({"first": "soon"}, '--from: "soon" is not a date'),
    ],
)
def test_a_plan_that_is_not_valid_is_refused(options: dict[str, str], message: str) -> None:
    given_options = {"within": None, "year": None, "first": None, "last": None} | options
    with pytest.raises(UsageError) as error:
        planning_range(TODAY, **given_options)  # type: ignore[arg-type]
    assert str(error.value).startswith(message)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-31", 1, "2027-01-31"),
        ("2026-11-21", 0, "2026-11-21"),
        ("9999-12-01", 1, "9999-12-31"),
    ],
)
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(
    day: str, months: int, later: str
) -> None:
    assert str(months_later(date.fromisoformat(day), months)) == later


@given(st.dates(max_value=date(9000, 1, 1)), st.integers(0, 11000))
def test_months_later_changes_the_month_by_their_number(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    shortened = later.day != day.day
    assert not shortened or (later.day < day.day and (later + timedelta(days=1)).day == 1)

"""Dates as people say them on the command line, relative to a day that is given."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import TODAY
from sisterline.dates import Date, DateError, months_later
from sisterline.errors import UsageError
from sisterline.query.ranges import ALL_TIME, DayRange, date_range, parse_range
from sisterline.query.spoken import spoken_end, spoken_range

DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31))


def _range(text: str, today: date = TODAY) -> tuple[str, str]:
    """The first and the last day of a range, 21 November 2026 being today, a Saturday."""
    return _days(parse_range(text, "--founded", today))


def _days(days: DayRange | None) -> tuple[str, str]:
    assert days is not None
    first = ".." if days.first == ALL_TIME.first else str(date.fromordinal(days.first))
    last = ".." if days.after == ALL_TIME.after else str(date.fromordinal(days.after - 1))
    return first, last


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2026-11-21", "2026-11-21"),
        ("Yesterday", "2026-11-20", "2026-11-20"),
        ("今日", "2026-11-21", "2026-11-21"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("this year", "2026-01-01", "2026-12-31"),
        ("last  Year", "2025-01-01", "2025-12-31"),
        ("去年", "2025-01-01", "2025-12-31"),
        ("next year", "2027-01-01", "2027-12-31"),
        ("last decade", "2010-01-01", "2019-12-31"),
        ("10 years ago", "2016-01-01", "2016-12-31"),
        ("10年前", "2016-01-01", "2016-12-31"),
        ("3 months ago", "2026-08-01", "2026-08-31"),
        ("2 weeks ago", "2026-11-02", "2026-11-08"),
        ("2 days ago", "2026-11-19", "2026-11-19"),
        ("in 2 years", "2028-01-01", "2028-12-31"),
        ("5y", "2021-11-21", "2026-11-21"),
        ("5 years", "2021-11-21", "2026-11-21"),
        ("last 5 years", "2021-11-21", "2026-11-21"),
        ("next 6 months", "2026-11-21", "2027-05-21"),
        ("6m", "2026-05-21", "2026-11-21"),
        ("10w", "2026-09-12", "2026-11-21"),
        ("90d", "2026-08-23", "2026-11-21"),
        ("70s", "1970-01-01", "1979-12-31"),
        ("the 70s", "1970-01-01", "1979-12-31"),
        ("'90s", "1990-01-01", "1999-12-31"),
        ("20s", "2020-01-01", "2029-12-31"),
        ("30s", "1930-01-01", "1939-12-31"),
        ("00s", "2000-01-01", "2009-12-31"),
        ("1970s", "1970-01-01", "1979-12-31"),
        ("1970年代", "1970-01-01", "1979-12-31"),
        ("1973/1979", "1973-01-01", "1979-12-31"),
        ("1973/..", "1973-01-01", ".."),
        ("../1979-05", "..", "1979-05-31"),
        ("2020..", "2020-01-01", ".."),
        ("..1980", "..", "1980-12-31"),
        ("70s..80s", "1970-01-01", "1989-12-31"),
        ("10 years ago..yesterday", "2016-11-21", "2026-11-20"),
        ("5y..", "2021-11-21", ".."),
        ("1973..today", "1973-01-01", "2026-11-21"),
        ("1973-1979", "1973-01-01", "1979-12-31"),
        ("1979/5/1", "1979-05-01", "1979-05-01"),  # still a date
    ],
)
def test_a_range_is_understood_as_it_is_said(text: str, first: str, last: str) -> None:
    assert _range(text) == (first, last)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("10 years ago", None, ("2016-11-21", "..")),
        ("5y", "yesterday", ("2021-11-21", "2026-11-20")),
        (None, "6m", ("..", "2026-05-21")),
        ("last year", "this year", ("2025-01-01", "2026-12-31")),
        ("70s", "80s", ("1970-01-01", "1989-12-31")),
    ],
)
def test_an_end_of_a_range_is_a_day_or_the_end_of_what_is_named(
    first: str | None, last: str | None, days: tuple[str, str]
) -> None:
    assert _days(date_range(first, last, TODAY)) == days


def test_a_plan_counts_spans_forwards() -> None:
    assert _days(date_range("1y", "2y", TODAY, ahead=True)) == ("2027-11-21", "2028-11-21")
    with pytest.raises(UsageError, match="--from 1y lies after --to 2y"):
        date_range("1y", "2y", TODAY)


@pytest.mark.parametrize("text", ["ago", "5", "y5", "last", "years ago", "05s", "0s", "s", "", "5yy", "-5y"])
def test_other_words_say_nothing_about_today(text: str) -> None:
    assert spoken_range(text, TODAY) is None
    assert spoken_end(text, TODAY) is None


def test_a_shorter_month_ends_a_span() -> None:
    assert spoken_end("1 month ago", date(2026, 3, 31)) == (date(2026, 2, 28), date(2026, 2, 28))
    assert spoken_end("1y", date(2028, 2, 29)) == (date(2027, 2, 28), date(2027, 2, 28))


@given(DAYS, st.integers(0, 9999), st.sampled_from("dwmy"), st.booleans())
def test_a_span_lies_between_today_and_its_other_end(today: date, count: int, unit: str, ahead: bool) -> None:
    days = spoken_range(f"{count}{unit}", today, ahead=ahead)
    assert days is not None
    first, last = days
    assert (first if ahead else last) == today
    assert first <= last
    end = spoken_end(f"{count}{unit}", today, ahead=ahead)
    assert end == ((last, last) if ahead else (first, first))


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_ago_is_the_arithmetic_of_the_calendar(today: date, count: int) -> None:
    def ago(unit: str) -> date:
        days = spoken_end(f"{count} {unit} ago", today)
        assert days is not None
        return days[0]

    assert ago("days") == today - timedelta(days=count)
    assert ago("weeks") == today - timedelta(weeks=count)
    assert ago("months") == months_later(today, -count)
    assert ago("years").year == today.year - count


@given(DAYS, st.integers(0, 9))
def test_a_decade_of_two_digits_is_the_last_one_that_has_begun(today: date, tens: int) -> None:
    days = spoken_range(f"{tens}0s", today)
    if days is None:  # there was none since the year 1
        assert today.year < 100
        return
    first, last = days
    assert first <= today
    assert today.year - first.year < 100
    assert (first.year % 100, last.year - first.year) == (tens * 10, 9)


@given(DAYS, st.sampled_from(["week", "month", "year", "decade"]))
def test_last_this_and_next_follow_each_other_without_a_gap(today: date, unit: str) -> None:
    last, this, following = (spoken_range(f"{which} {unit}", today) for which in ("last", "this", "next"))
    assert last
    assert this
    assert following
    assert this[0] <= today <= this[1]
    if date(11, 1, 1) < today < date(9980, 1, 1):
        assert last[1] + timedelta(days=1) == this[0]
        assert this[1] + timedelta(days=1) == following[0]


@given(st.text(alphabet="0123456789 .-/~?sywmdago年thislexr", max_size=20), DAYS)
def test_any_text_is_a_range_or_one_error(text: str, today: date) -> None:
    message, days = "", ALL_TIME
    try:
        days = parse_range(text, "--founded", today)
    except UsageError as error:
        message = str(error)
    assert days.first < days.after
    assert not message or message.startswith("--founded: ")


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)), DAYS)
def test_a_date_of_the_data_format_means_the_same_whatever_day_it_is(day: date, today: date) -> None:
    for text in (str(day), f"{day.year:04}", f"{day.year:04}-{day.month:02}"):
        when = Date.parse(text)
        assert parse_range(text, "--founded", today) == DayRange(when.first_day, when.day_after)


def test_data_files_take_none_of_these_words() -> None:
    for text in ("today", "last year", "5y", "70s", "10 years ago"):
        with pytest.raises(DateError):
            Date.parse(text)

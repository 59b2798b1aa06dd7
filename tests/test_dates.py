"""Dates that know how exactly they are known, and anniversaries."""

import re
from datetime import date, timedelta
from itertools import count, pairwise

import edtf
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from data_strategies import dates, periods
from sisterline.dates import (
    Date,
    DateError,
    Period,
    anniversary,
    next_anniversary,
    years_since,
)
from sisterline.dates import example as date_example

INTERVAL = "write an interval as 2007/2023, or 2007/.. while it goes on"
LAST = date.max.toordinal()
# Years in which people found partnerships, so that a day and a date often meet.
near_dates = dates(1980, 2040)
near_days = st.dates(date(1970, 1, 1), date(2050, 12, 31))


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def meant(when: Date) -> list[int]:
    """The days that a date may mean, by going through its year."""
    start = date(when.year, 1, 1)
    year = [start + timedelta(n) for n in range(366) if start.toordinal() + n <= LAST]
    return [
        each.toordinal()
        for each in year
        if each.year == when.year and when.month in (0, each.month) and when.day in (0, each.day)
    ]


# --- reading and writing --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts", "precision"),
    [
        ("1996", (1996, 0, 0, ""), "year"),
        ("1996~", (1996, 0, 0, "~"), "year"),
        ("1996?", (1996, 0, 0, "?"), "year"),
        ("1996-03", (1996, 3, 0, ""), "month"),
        ("1996-03~", (1996, 3, 0, "~"), "month"),
        ("1996-03?", (1996, 3, 0, "?"), "month"),
        ("1996-03-05", (1996, 3, 5, ""), "day"),
        ("1996-03-05~", (1996, 3, 5, "~"), "day"),
        ("1996-03-05?", (1996, 3, 5, "?"), "day"),
        ("2000-02-29", (2000, 2, 29, ""), "day"),
        ("0001-01-01", (1, 1, 1, ""), "day"),
        ("9999-12-31", (9999, 12, 31, ""), "day"),
    ],
)
def test_a_date_is_read_and_written_with_its_precision_and_mark(
    text: str, parts: tuple[int, int, int, str], precision: str
) -> None:
    when = Date.parse(text)
    assert (when.year, when.month, when.day, when.qualifier) == parts
    assert when.precision == precision
    assert str(when) == text


@given(dates())
def test_a_date_that_is_written_reads_as_itself(when: Date) -> None:
    assert Date.parse(str(when)) == when


@given(st.dates())
def test_a_calendar_day_is_a_date_known_to_the_day(today: date) -> None:
    assert str(Date.from_date(today)) == today.isoformat()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("1996-02-30", "1996-02 has 29 days"),
        ("1997-02-29", "1997-02 has 28 days"),
        ("1900-02-29", "1900-02 has 28 days"),  # a century is a leap year only where 400 divides it
        ("1996-04-31~", "1996-04 has 30 days"),
        ("1996-03-00", "1996-03 has 31 days"),
        ("0800-12-32", "0800-12 has 31 days"),
        ("1996-13", "there is no month 13"),
        ("1996-00", "there is no month 00"),
        ("1996-99-99", "there is no month 99"),
        ("0000", "years begin at 0001"),
        ("0000-13-77?", "years begin at 0001"),
    ],
)
def test_a_day_that_no_calendar_has_is_refused_with_the_reason(text: str, reason: str) -> None:
    with pytest.raises(DateError) as caught:
        Date.parse(text)
    assert str(caught.value) == f'"{text}" is not a date: {reason}'


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("1996/3/5", "write 1996-03-05"),
        ("1996-3-5", "write 1996-03-05"),
        ("1996.03.05", "write 1996-03-05"),
        ("1996-3", "write 1996-03"),
        ("1996年3月5日", "write 1996-03-05"),
        ("1996年3月", "write 1996-03"),
        (" 1996-03-05 ", "write 1996-03-05"),
        ("1990s", "write 1995~ for about then"),
        ("5 March 1996", "write 1996-03-05"),
        ("１９９６", "write 1996"),  # digits, but not ASCII's
        ("1996\n", "write 1996"),
        ("some time in 1996", date_example()),
        ("5. März 1996", date_example()),
        ("", date_example()),
    ],
)
def test_another_notation_is_refused_with_the_way_to_write_it(text: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        Date.parse(text)
    assert str(caught.value) == f'"{text}" is not a date'
    assert caught.value.hint == hint


@given(
    st.from_regex(r"[12]\d{3}[-/.年]\d{1,2}([-/.月]\d{1,2}日?)?", fullmatch=True).filter(
        lambda text: not text.isdigit()
    )
)
@example("1996-3-45")
@example("2007/23")
def test_a_hint_never_proposes_a_date_that_does_not_exist(text: str) -> None:
    try:
        Date.parse(text)
    except DateError as error:
        if proposed := re.fullmatch(r"write ([\d-]+)", error.hint):
            Date.parse(proposed[1])


def test_an_interval_for_a_date_field_gets_no_hint_about_intervals() -> None:
    with pytest.raises(DateError) as caught:
        Date.parse("2007/2023")
    assert "interval as" not in caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "1996",
        "1996-03-05?",
        "2007/2023",
        "2007-05~/2009?",
        "1979/..",
        "1979-06-24~/..",
        "../2009",
        "../2009-07",
    ],
)
def test_a_period_is_written_as_it_was_read(text: str) -> None:
    assert str(Period.parse(text)) == text


@given(periods())
def test_a_period_that_is_written_reads_as_itself(period: Period) -> None:
    assert Period.parse(str(period)) == period


def test_a_single_date_is_a_period_that_starts_and_ends_with_it() -> None:
    when = Date(1996, 3, 5)
    assert Period.parse("1996-03-05") == Period.single(when) == Period(when, when)


def test_an_interval_from_a_date_to_itself_is_that_date() -> None:
    assert str(Period.parse("1996/1996")) == "1996"


@pytest.mark.parametrize("text", ["1996-03/1996", "1996/1996-03", "1996-03-31/1996-03", "1996~/1996?"])
def test_an_interval_may_end_within_the_date_that_it_starts_with(text: str) -> None:
    assert str(Period.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("2023/2007", '"2023/2007" ends before it starts', "did you mean 2007/2023?"),
        (
            "1996-04/1996-03-31",
            '"1996-04/1996-03-31" ends before it starts',
            "did you mean 1996-03-31/1996-04?",
        ),
        ("../..", '"../.." has neither a start nor an end', ""),
        ("2007/now", '"now" is not a date', INTERVAL),
        ("1996 / 1997", '"1996 " is not a date', "write 1996/1997"),
        ("1990s", '"1990s" is not a date', "write 1995~ for about then, or 1990/1999 for the whole decade"),
    ],
)
def test_a_bad_interval_is_refused_with_the_way_to_write_it(text: str, message: str, hint: str) -> None:
    with pytest.raises(DateError) as caught:
        Period.parse(text)
    assert (str(caught.value), caught.value.hint) == (message, hint)


@pytest.mark.parametrize("text", ["1996/3/5", "1996/3"])
def test_a_date_with_slashes_is_not_taken_for_an_interval(text: str) -> None:
    with pytest.raises(DateError) as caught:
        Period.parse(text)
    assert caught.value.hint == "write 1996-03" + ("-05" if text == "1996/3/5" else "")


@pytest.mark.parametrize("text", ["1996-3-5/1997", "1990/1996-3-5", "1996年3月5日/.."])
def test_the_bad_half_of_an_interval_gets_its_own_hint(text: str) -> None:
    with pytest.raises(DateError) as caught:
        Period.parse(text)
    assert "1996-03-05" in caught.value.hint


@given(st.text(st.sampled_from("0123456789-/.~?年月日Xs "), max_size=24))
@example("1996-03-00")
def test_any_text_is_a_period_or_a_date_error(text: str) -> None:
    try:
        period = Period.parse(text)
    except DateError:
        return
    assert str(period) in (text, text.partition("/")[0])  # `A/A` is written `A`


# --- the days that are meant ----------------------------------------------------------------------


@given(dates())
@example(Date(9999))
@example(Date(9999, 12, 31))
@example(Date(1900, 2))
@example(Date(2000, 2))
def test_first_and_after_enclose_just_the_days_that_are_meant(when: Date) -> None:
    assert list(range(when.first_day, when.day_after)) == meant(when)


@settings(max_examples=40)  # edtf takes 8 ms a text
@given(dates())
def test_the_days_that_are_meant_are_those_of_the_edtf_package(when: Date) -> None:
    theirs = edtf.parse_edtf(str(when))
    assert date(*theirs.lower_strict()[:3]).toordinal() == when.first_day
    assert date(*theirs.upper_strict()[:3]).toordinal() + 1 == when.day_after


@settings(max_examples=40)
@given(periods())
def test_closed_intervals_are_those_of_the_edtf_package(period: Period) -> None:
    # It has no day for the bound of an interval that is open: no oracle for `A/..` and `../B`.
    assume(period.start and period.end)
    assert period.start is not None
    assert period.end is not None
    theirs = edtf.parse_edtf(str(period))
    assert date(*theirs.lower_strict()[:3]).toordinal() == period.start.first_day
    assert date(*theirs.upper_strict()[:3]).toordinal() + 1 == period.end.day_after


@pytest.mark.parametrize(
    "text",
    [
        "0000",  # the year 1 BC, which datetime does not have
        "-0005",
        "1900-02-29",  # edtf knows no century that is a common year
        "1997/1996",
        "1996-21",  # spring 1996: level 1, but no source of ours says so
        "1996%",  # approximate and uncertain at once
        "199X",
        "1996/",  # level 0: the end is not known, other than still open
        "/1996",
    ],
)
def test_what_edtf_accepts_and_we_do_not(text: str) -> None:
    assert str(edtf.parse_edtf(text))
    with pytest.raises(DateError):
        Period.parse(text)


# --- order ----------------------------------------------------------------------------------------


def test_dates_sort_by_their_first_day_then_the_less_exact_then_the_less_certain() -> None:
    texts = [
        "1995-12-31",
        "1996",
        "1996?",
        "1996~",
        "1996-01",
        "1996-01-01",
        "1996-01-01~",
        "1996-01-02",
        "1996-02",
    ]
    assert [str(when) for when in sorted(Date.parse(text) for text in reversed(texts))] == texts


@given(st.lists(dates(1996, 1997) | st.builds(Date, st.just(1996), st.integers(0, 2)), max_size=8))
def test_the_order_of_dates_is_total_and_goes_by_the_days_they_mean(some: list[Date]) -> None:
    def key(when: Date) -> tuple[int, int, int]:
        return when.first_day, -when.day_after, ("", "?", "~").index(when.qualifier)

    assert sorted(some) == sorted(some, key=key)
    assert len({key(when) for when in some}) == len(set(some))


@given(st.lists(periods(dates(1996, 1999)), min_size=2, max_size=6))
def test_periods_sort_by_their_anchor_shorter_ones_first_open_ones_last(some: list[Period]) -> None:
    for one, other in pairwise(sorted(some, key=lambda period: period.sort_key)):
        assert one.anchor <= other.anchor
        if one.anchor == other.anchor and other.end is not None:
            assert one.end is not None
            assert one.end.day_after <= other.end.day_after


@pytest.mark.parametrize(
    ("text", "anchor", "latest"),
    [
        ("1996-03", "1996-03", "1996-03"),
        ("2007/2023", "2007", "2023"),
        ("1979/..", "1979", "1979"),
        ("../2009", "2009", "2009"),
    ],
)
def test_a_period_is_sorted_by_its_start_and_is_as_late_as_its_end(
    text: str, anchor: str, latest: str
) -> None:
    period = Period.parse(text)
    assert (str(period.anchor), str(period.latest)) == (anchor, latest)


@given(periods(dates(1996, 1999)), st.integers(day("1995-06-01"), day("2000-06-01")), st.integers(0, 900))
def test_a_period_overlaps_a_span_if_some_day_lies_in_both(period: Period, first: int, length: int) -> None:
    span = range(first, first + length + 1)
    begins = period.start.first_day if period.start else 0
    ends = period.end.day_after if period.end else LAST + 1
    assert period.overlaps(span.start, span.stop) == any(begins <= each < ends for each in span)


# --- anniversaries --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("founding", "n", "falls_on"),
    [
        ("1996-03-05", 30, "2026-03-05"),
        ("1996-03~", 30, "2026-03~"),
        ("1996?", 30, "2026?"),
        ("1996-02-29", 30, "2026-02-28"),
        ("1996-02-29", 32, "2028-02-29"),
        ("1996-02-29~", 104, "2100-02-28~"),  # no leap year, although 4 divides it
        ("1996-02-28", 32, "2028-02-28"),
        ("1996-02", 30, "2026-02"),
        ("1996-03-05", 0, "1996-03-05"),
        ("0001", 9998, "9999"),
    ],
)
def test_an_anniversary_is_known_as_exactly_as_the_founding(founding: str, n: int, falls_on: str) -> None:
    assert str(anniversary(Date.parse(founding), n)) == falls_on


@given(dates(1900, 2100), st.integers(0, 500))
def test_an_anniversary_lies_in_its_year_with_the_precision_and_mark_of_the_founding(
    founding: Date, n: int
) -> None:
    due = anniversary(founding, n)
    assert Date.parse(str(due)) == due  # a day that exists
    assert (due.year, due.month) == (founding.year + n, founding.month)
    assert (due.precision, due.qualifier) == (founding.precision, founding.qualifier)


@pytest.mark.parametrize(("founding", "n"), [("9000", 1000), ("9999-12-31", 1), ("1996", -1996)])
def test_an_anniversary_in_a_year_that_cannot_be_written_is_an_overflow(founding: str, n: int) -> None:
    with pytest.raises(OverflowError, match=r"the year (10000|0) cannot be written"):
        anniversary(Date.parse(founding), n)


@pytest.mark.parametrize(
    ("founding", "today", "years"),
    [
        ("1996-03-05", "2026-03-04", 29),
        ("1996-03-05", "2026-03-05", 30),
        ("1996-03", "2026-02-28", 29),
        ("1996-03", "2026-03-01", 30),
        ("1996", "2026-01-01", 30),
        ("1996", "2026-12-31", 30),
        ("1996-02-29", "2026-02-27", 29),
        ("1996-02-29", "2026-02-28", 30),
        ("1996-02-29", "2028-02-28", 31),
        ("1996-03-05", "1996-03-05", 0),
        ("1996-03-05", "1996-03-04", -1),
    ],
)
def test_a_year_is_full_once_its_anniversary_has_begun(founding: str, today: str, years: int) -> None:
    assert years_since(Date.parse(founding), date.fromisoformat(today)) == years


@given(near_dates, near_days)
def test_years_since_counts_the_anniversaries_that_have_begun(founding: Date, today: date) -> None:
    begun = [n for n in range(-75, 76) if anniversary(founding, n).first_day <= today.toordinal()]
    assert years_since(founding, today) == max(begun)


@pytest.mark.parametrize(
    ("founding", "today", "every", "n", "due"),
    [
        ("1996-03-05", "2026-03-05", 1, 30, "2026-03-05"),  # today is not over
        ("1996-03-05", "2026-03-06", 1, 31, "2027-03-05"),
        ("1996-03-05", "2026-11-21", 5, 35, "2031-03-05"),
        ("1996-03", "2026-03-31", 5, 30, "2026-03"),  # due until the month has ended
        ("1996-03", "2026-04-01", 5, 35, "2031-03"),
        ("1996~", "2026-12-31", 10, 30, "2026~"),
        ("1996-02-29", "2025-03-01", 1, 30, "2026-02-28"),
        ("1996-03-05", "1996-03-05", 1, 1, "1997-03-05"),  # the founding is no anniversary of itself
        ("2030", "2026-11-21", 5, 5, "2035"),  # nor has one to come begun
    ],
)
def test_the_next_anniversary_is_the_first_that_is_not_over(
    founding: str, today: str, every: int, n: int, due: str
) -> None:
    ordinal, when = next_anniversary(Date.parse(founding), date.fromisoformat(today), every)
    assert (ordinal, str(when)) == (n, due)


@given(near_dates, near_days, st.integers(1, 60))
def test_the_next_anniversary_is_that_of_a_plain_search(founding: Date, today: date, every: int) -> None:
    n = next(n for n in count(every, every) if anniversary(founding, n).day_after > today.toordinal())
    assert next_anniversary(founding, today, every) == (n, anniversary(founding, n))


def test_there_is_no_next_anniversary_beyond_the_last_year_that_can_be_written() -> None:
    assert next_anniversary(Date(9989), date.max, 10) == (10, Date(9999))
    with pytest.raises(OverflowError, match="the year 10000 cannot be written"):
        next_anniversary(Date(9998, 12, 31), date.max, 2)

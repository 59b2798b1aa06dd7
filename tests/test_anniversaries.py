"""`anniversaries`: which are due in a range, in what order, and how exactly each is known."""

import csv
import io
import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_strategies import dates
from helpers import ON_SMALL, SMALL, TODAY, Result, call, small
from sisterline.dates import Date, anniversary
from sisterline.model import Dataset, Partnership, Place
from sisterline.query.ranges import DayRange
from sisterline.query.selection import Selection, SelectionResult, select
from sisterline.reports.anniversaries import AnniversariesReport, Distance, Upcoming, anniversaries_report
from sisterline.views.moments import distance_words
from sisterline.vocabulary import Status

TIES = """
places:
  a: {name: Ahausen, country: DE, level: town}
  b: {name: Bourg, country: FR, level: town}
  c: {name: Cressy, country: FR, level: town}
  d: {name: Dorf, country: DE, level: town}
partnerships:
- {id: a-year, between: [a, b], since: 1982}
- {id: b-day, between: [a, c], since: 1977-12-31}
- {id: c-month, between: [a, d], since: 1987-12}
- {id: d-day, between: [b, c], since: 1992-12-01}
- {id: e-month, between: [b, d], since: 1997-03}
- {id: f-day, between: [c, d], since: 2002-03-31, status: suspended}
- {id: g-about, between: [d, c], since: 2007~}
- {id: h-over, between: [d, b], since: 2012-06-15, status: dissolved}
- {id: i-undated, between: [d, a]}
"""


@pytest.fixture
def ties(tmp_path: Path) -> Path:
    """Ties of every precision, all of which have a round anniversary in 2027."""
    path = tmp_path / "ties.yaml"
    path.write_text(TIES, encoding="utf-8")
    return path


def _due(*arguments: str | Path, data: Path = SMALL, today: str = "2026-11-21") -> dict[str, Any]:
    """The report as JSON."""
    result = call(
        "anniversaries", "--no-builtin", "--data", data, "--today", today, *arguments, "-f", "json"
    )  # fmt: skip
    assert result.status == 0, result.err
    report: dict[str, Any] = json.loads(result.out)
    return report


def _rows(report: dict[str, Any]) -> list[tuple[str, str, int]]:
    return [(row["partnership"]["id"], row["date"], row["ordinal"]) for row in report["rows"]]


# --- the range ------------------------------------------------------------------------------------


def test_without_options_it_lists_the_next_twelve_months() -> None:
    report = _due()
    assert (report["first"], report["last"], report["every"]) == ("2026-11-21", "2027-11-21", 5)
    # Of the small data set; the one known to the year may still come this year.
    assert _rows(report) == [
        ("yunhe-kita", "2026~", 30),
        ("haibei-prov-sakae-pref", "2027-02-28", 35),
    ]
    assert report == _due("--within", "12m")


@pytest.mark.parametrize(
    ("within", "today", "last"),
    [
        ("0d", "2026-11-21", "2026-11-21"),
        ("1d", "2026-12-31", "2027-01-01"),
        ("90d", "2026-11-21", "2027-02-19"),
        ("8w", "2026-11-21", "2027-01-16"),
        ("12m", "2026-11-21", "2027-11-21"),
        ("1m", "2027-01-31", "2027-02-28"),  # a shorter month ends it, none runs over into March
        ("1m", "2028-01-31", "2028-02-29"),
        ("13m", "2026-12-15", "2028-01-15"),
        ("3y", "2026-11-21", "2029-11-21"),
        ("1y", "2028-02-29", "2029-02-28"),
        ("9999y", "2026-11-21", "9999-12-31"),  # as far as a date can be written
        ("9999d", "9990-01-01", "9999-12-31"),
    ],
)
def test_a_span_of_time_begins_today_and_includes_its_last_day(within: str, today: str, last: str) -> None:
    result = call(
        "anniversaries", "--no-builtin", "--data", SMALL, "--text", "no such words",
        "--within", within, "--today", today, "-f", "json",
    )  # fmt: skip
    report = json.loads(result.out)
    assert (report["first"], report["last"]) == (today, last)


def test_the_last_day_of_a_span_is_in_it_and_the_next_is_not(ties: Path) -> None:
    # b-day is 50 on 2027-12-31.
    ids = {days: [row[0] for row in _rows(_due("--within", f"{days}d", data=ties))] for days in (404, 405)}
    assert (TODAY + timedelta(days=405)).isoformat() == "2027-12-31"
    assert "b-day" in ids[405]
    assert "b-day" not in ids[404]


def test_today_itself_is_in_the_span(ties: Path) -> None:
    report = _due("--within", "0d", "--every", "1", data=ties, today="2027-12-31")
    assert _rows(report)[0] == ("b-day", "2027-12-31", 50)
    assert report["rows"][0]["distance"] == {"count": 0, "unit": "day"}
    # A month that is not over may fall today as well.
    assert [row[0] for row in _rows(report)] == ["b-day", "c-month"]


def test_a_span_shorter_than_a_year_counts_apart_what_is_known_by_year_only(ties: Path) -> None:
    report = _due("--within", "10w", data=ties, today="2027-11-21")
    assert [row[0] for row in _rows(report)] == ["d-day", "b-day", "c-month"]
    assert (report["matched"], report["left_out"]) == (3, 2)
    whole = _due("--within", "51 weeks", data=ties, today="2027-01-01")
    assert whole["left_out"] == 2
    year = _due("--within", "1 year", data=ties, today="2027-01-01")
    assert {"a-year", "g-about"} <= {row[0] for row in _rows(year)}
    assert year["left_out"] == 0
    # A range of dates is what somebody wrote, however short.
    assert _due("--from", "2027-12-02", "--to", "2027-12-03", data=ties)["left_out"] == 0
    shown = call(
        "anniversaries", "--no-builtin", "--data", ties, "--within", "10w", "--today", "2027-11-21"
    )  # fmt: skip
    assert "left out: 2 anniversaries known only by year; --within 1y lists them" in shown.lines
    alone = call(
        "anniversaries", "--no-builtin", "--data", ties, "--within", "1w", "--today", "2027-06-01"
    )  # fmt: skip
    assert (alone.status, alone.out) == (0, "")
    assert alone.err == (
        "sisterline: no anniversary from 2027-06-01 to 2027-06-08 known to the day or month; "
        "2 known only by year: add --within 1y\n"
    )


def test_a_year_has_its_own_days_only(ties: Path) -> None:
    report = _due("--year", "2027", data=ties)
    assert (report["first"], report["last"]) == ("2027-01-01", "2027-12-31")
    assert {row[1][:4] for row in _rows(report)} == {"2027"}
    assert len(report["rows"]) == 7
    assert _rows(_due("--year", "1985")) == []
    assert _rows(_due("--year", "1983")) == [("linhai-sakae", "1983-06-24", 10)]
    assert _rows(_due("--year", "1000")) == []


def test_a_past_year_is_reported_as_past() -> None:
    (row,) = _due("--year", "1983")["rows"]
    assert row["distance"] == {"count": -43, "unit": "year"}
    assert row["days"] == (date(1983, 6, 24) - TODAY).days < 0


@pytest.mark.parametrize(
    ("first", "last", "ids"),
    [
        ("2027-12-01", "2027-12-30", ["d-day", "c-month", "a-year", "g-about"]),
        ("2027-12-02", "2027-12-31", ["b-day", "c-month", "a-year", "g-about"]),
        ("2027-03", "2027-03", ["f-day", "e-month", "a-year", "g-about"]),
        ("2027-04", "2027-11", ["a-year", "g-about"]),
        ("2027", "2027", ["f-day", "e-month", "d-day", "b-day", "c-month", "a-year", "g-about"]),
    ],
)
def test_a_range_includes_both_its_ends(ties: Path, first: str, last: str, ids: list[str]) -> None:
    report = _due("--from", first, "--to", last, data=ties)
    assert [row[0] for row in _rows(report)] == ids


def test_a_range_without_a_start_begins_today(ties: Path) -> None:
    report = _due("--to", "2027-03", data=ties)
    assert (report["first"], report["last"]) == ("2026-11-21", "2027-03-31")


def test_a_range_without_an_end_goes_as_far_as_people_plan(ties: Path) -> None:
    report = _due("--from", "2030-05", data=ties)
    assert (report["first"], report["last"]) == ("2030-05-01", "2040-04-30")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--within", "1y", "--year", "2027"),
        ("--within", "1y", "--from", "2027"),
        ("--within", "1y", "--to", "2027"),
        ("--year", "2027", "--from", "2027"),
        ("--year", "2027", "--to", "2028"),
        ("--within", "1y", "--year", "2027", "--from", "2027"),
    ],
)
def test_the_ways_to_give_a_range_exclude_each_other(arguments: tuple[str, ...]) -> None:
    assert small("anniversaries", *arguments) == (
        2, "", "sisterline: --within, --year and --from/--to cannot be combined; use one of them\n"
    )  # fmt: skip


@pytest.mark.parametrize(
    "within", ["5x", "", "12", "m", "-3m", "1.5y", "y 3", "١٢m", "1s", "99999d", "3 years ago"]
)
def test_a_span_that_cannot_be_read_is_wrong_usage_with_an_example(within: str) -> None:
    # An empty value must not pass for the default either: a script's unset variable would.
    result = small("anniversaries", "--within", within)
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        f'sisterline: --within: "{within}" is not a span of time; try 90d, 8w, 12m or 3y\n'
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "2028", "--to", "2027"), "--from 2028 lies after --to 2027"),
        (("--from", "soon"), '--from: "soon" is not a date'),
        (("--to", "2027-02-30"), "2027-02 has 28 days"),
        (("--to", "2020"), "--to 2020 lies before today; add --from"),
        (("--year", "27"), '"27" is not a whole number of at least 1000'),
        (("--year", "next"), '"next" is not a whole number of at least 1000'),
        (("--year", "10000"), "--year: the last year is 9999"),
        (("--every", "0"), '"0" is not a whole number of at least 1'),
        (("--every", "five"), '"five" is not a whole number of at least 1'),
    ],
)
def test_a_range_that_makes_no_sense_is_wrong_usage(arguments: tuple[str, ...], message: str) -> None:
    result = small("anniversaries", *arguments)
    assert (result.status, result.out) == (2, "")
    assert message in result.err
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "9995"),
        ("--from", "9990-01-01", "--to", "9999-12-31"),
        ("--year", "9999"),
        ("--within", "9999y", "--every", "1000"),
        ("--within", "12m", "--today", "9999-12-31"),
    ],
)
def test_the_end_of_the_calendar_is_no_crash(arguments: tuple[str, ...]) -> None:
    result = call("anniversaries", *ON_SMALL, *arguments)
    assert result.status in (0, 2)
    assert "Traceback" not in result.err


@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("timeline",),
        ("show", "a-year"),
        ("stats",),
        ("anniversaries", "--from", "9990", "--to", "9999"),
    ],
)
def test_a_year_that_was_mistyped_is_no_crash(tmp_path: Path, command: tuple[str, ...]) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(TIES.replace("since: 1982", "since: 9998"), encoding="utf-8")
    result = call(*command, "--no-builtin", "--data", path)
    assert (result.status, result.err) == (0, "")
    assert "Ahausen" in result.out or command[0] in ("stats", "anniversaries")


# --- which are told -------------------------------------------------------------------------------


@pytest.mark.parametrize(("every", "ordinals"), [(1, {1, 2, 3}), (5, {5, 10}), (10, {10, 20}), (7, {7, 14})])
def test_every_nth_anniversary_is_listed(every: int, ordinals: set[int]) -> None:
    report = _due("--from", "1970", "--to", "2060", "--every", str(every))
    told = {row[2] for row in _rows(report)}
    assert report["every"] == every
    assert ordinals <= told
    assert not [n for n in told if n % every]
    assert {row["ordinal"] for row in report["rows"] if row["round"]} == {n for n in told if n % 10 == 0}


def test_the_founding_itself_is_no_anniversary() -> None:
    report = _due("--from", "1973", "--to", "1974", "--every", "1")
    assert _rows(report) == [("linhai-sakae", "1974-06-24", 1)]


def test_a_future_partnership_has_its_anniversaries_after_its_founding(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(TIES.replace("since: 1982", "since: 2030-05-05"), encoding="utf-8")
    assert [
        row for row in _rows(_due("--to", "2042", "--every", "5", data=path)) if row[0] == "a-year"
    ] == [("a-year", "2035-05-05", 5), ("a-year", "2040-05-05", 10)]  # fmt: skip


def test_a_leap_day_falls_on_the_28th_in_other_years() -> None:
    report = _due("--from", "2027", "--to", "2032", "--every", "1", "--city", "Haibei-sheng")
    dates_of = [row[1] for row in _rows(report)]
    assert dates_of == ["2027-02-28", "2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]


def test_a_suspended_partnership_is_listed_and_marked_in_every_format() -> None:
    arguments = ("--year", "2029", "--city", "Jinshan")
    (row,) = _due(*arguments)["rows"]
    assert (row["date"], row["partnership"]["status"]) == ("2029-10", "suspended")
    assert [
        line for line in small("anniversaries", *arguments).lines if "50th" in line and "suspended" in line
    ]
    (told,) = csv.DictReader(io.StringIO(small("anniversaries", *arguments, "-f", "csv").out))
    assert told["status"] == "suspended"
    assert "| suspended |" in small("anniversaries", *arguments, "-f", "markdown").out


def test_a_suspended_partnership_is_marked_in_a_calendar_too(ties: Path) -> None:
    result = call(
        "anniversaries", "--no-builtin", "--data", ties, "--from", "2027-03", "--to", "2027-03", "-f", "ics"
    )
    assert "SUMMARY:25th anniversary of Cressy – Dorf (suspended)\r\n" in result.out


def test_a_dissolved_partnership_has_no_anniversaries() -> None:
    report = _due("--from", "1984", "--to", "2100", "--every", "1")
    assert "linhai-forest-omori" not in {row[0] for row in _rows(report)}
    result = small("anniversaries", "--status", "dissolved", "--within", "99y")
    assert result == (0, "", "sisterline: no anniversary from 2026-11-21 to 2125-11-21\n")


def test_partnerships_without_a_founding_date_are_counted_and_not_listed() -> None:
    report = _due("--within", "9y")
    assert report["undated"] == 2
    assert not {"jinshan-east-kita", "alesund-sakae"} & {row[0] for row in _rows(report)}
    assert "2 partnerships without a founding date have none" in small("anniversaries").out
    one = small("anniversaries", "--city", "Ålesund", "--within", "5y").out
    assert "1 partnership without a founding date has none" in one
    assert "without a founding date" not in small("anniversaries", "--city", "Yunhe").out


def test_the_selection_narrows_them() -> None:
    assert _rows(_due("--year", "2028", "--city", "栄市")) == [("linhai-sakae", "2028-06-24", 55)]
    assert _rows(_due("--year", "2028", "--city", "Jinshan")) == []
    assert small("anniversaries", "--year", "2028", "--city", "Jinshan").err == (
        "sisterline: no multiple of 5 from 2028-01-01 to 2028-12-31; "
        "the 49th of Jinshan – Ōmori, 2028-10: add --every 1\n"
    )
    assert _rows(_due("--year", "2028", "--city", "Jinshan", "--every", "1")) == [
        ("jinshan-omori", "2028-10", 49)
    ]
    assert small("anniversaries", "--year", "1960", "--city", "Jinshan").err == (
        "sisterline: no anniversary from 1960-01-01 to 1960-12-31; "
        "the next is the 50th of Jinshan – Ōmori, 2029-10\n"
    )


# --- their order ----------------------------------------------------------------------------------


def test_the_soonest_come_first_and_the_exact_before_the_vague(ties: Path) -> None:
    rows = _rows(_due("--year", "2027", data=ties))
    assert rows == [
        ("f-day", "2027-03-31", 25),  # the last day of March, and still before "in March"
        ("e-month", "2027-03", 30),
        ("d-day", "2027-12-01", 35),
        ("b-day", "2027-12-31", 50),
        ("c-month", "2027-12", 40),  # the last month, and still before "in 2027"
        ("a-year", "2027", 45),
        ("g-about", "2027~", 20),
    ]


def test_reverse_and_limit_take_the_other_end(ties: Path) -> None:
    rows = _rows(_due("--year", "2027", data=ties))
    assert _rows(_due("--year", "2027", "--reverse", data=ties)) == rows[::-1]
    report = _due("--year", "2027", "--limit", "2", data=ties)
    assert _rows(report) == rows[:2]
    assert report["matched"] == 7
    assert _rows(_due("--year", "2027", "--reverse", "--limit", "2", data=ties)) == rows[:-3:-1]


# --- how exactly they are known -------------------------------------------------------------------


def test_nothing_invents_a_day(ties: Path) -> None:
    for row in _due("--year", "2027", data=ties)["rows"]:
        since = row["partnership"]["since"]
        assert row["date"] == f"2027{since[4:]}"  # the same digits and the same doubt
        assert (row["days"] is None) == (len(since.rstrip("~?")) < 10)
    result = call("anniversaries", "--no-builtin", "--data", ties, "--year", "2027", "--today", "2026-11-21")
    texts = {line.split("○")[0].strip() for line in result.lines if "○" in line}
    assert texts == {
        "2027-03-31", "in March 2027", "2027-12-01", "2027-12-31", "in December 2027", "in 2027",
        "about 2027",
    }  # fmt: skip


def test_a_spreadsheet_gets_an_empty_cell_for_days_that_are_not_known(ties: Path) -> None:
    result = call(
        "anniversaries",
        "--no-builtin",
        "--data",
        ties,
        "--year",
        "2027",
        "--today",
        "2026-11-21",
        "-f",
        "csv",
    )
    days = {row["partnership"]: row["days"] for row in csv.DictReader(io.StringIO(result.out))}
    assert days["d-day"] == "375"
    assert {days[name] for name in ("a-year", "c-month", "e-month", "g-about")} == {""}


@pytest.mark.parametrize(
    ("today", "words"),
    [
        ("2026-11-21", {"b-day": "in 13 months", "e-month": "in 4 months", "a-year": "in 1 year"}),
        ("2027-12-30", {"b-day": "in 1 day", "e-month": "9 months ago", "a-year": "this year"}),
        ("2027-03-15", {"f-day": "in 16 days", "e-month": "this month", "b-day": "in 9 months"}),
        ("2028-01-01", {"b-day": "1 day ago", "c-month": "1 month ago", "a-year": "1 year ago"}),
        ("2030-12-31", {"b-day": "3 years ago", "c-month": "3 years ago", "a-year": "3 years ago"}),
        ("2025-01-31", {"f-day": "in 2 years", "b-day": "in 2 years", "e-month": "in 2 years"}),
        ("2027-10-31", {"d-day": "in 31 days", "b-day": "in 2 months"}),
    ],
)
def test_distance_in_time_has_the_unit_that_is_known(ties: Path, today: str, words: dict[str, str]) -> None:
    rows = _due("--year", "2027", data=ties, today=today)["rows"]
    away = {row["partnership"]["id"]: distance_words(Distance(**row["distance"])) for row in rows}
    assert {name: away[name] for name in words} == words


def test_the_sources_of_the_founding_are_footnotes() -> None:
    report = _due("--year", "2028", "--city", "栄市")
    assert [source["id"] for source in report["sources"]] == ["linhai-city", "sakae-city"]
    assert report["rows"][0]["sources"] == [1, 2]
    page = small("anniversaries", "--year", "2028", "--city", "栄市").out
    assert "[1] Linhai City, 国际友城 (official, zh, read 2026-11-20) https://linhai.example" in page


# --- against brute force --------------------------------------------------------------------------

TOWNS = {
    name: Place(id=name, name=name.upper(), country="DE", level="town") for name in ("one", "other")
}  # fmt: skip
statuses: st.SearchStrategy[Status] = st.sampled_from(("active", "suspended", "dissolved"))


@st.composite
def _ties(draw: st.DrawFn) -> Dataset:
    founded = draw(st.lists(st.tuples(st.none() | dates(1850, 2060), statuses), max_size=5))
    partnerships = tuple(
        Partnership(id=f"t{n}", between=("one", "other"), since=since, status=status)
        for n, (since, status) in enumerate(founded)
    )
    return Dataset(countries={}, places=TOWNS, sources={}, partnerships=partnerships, totals=())


def _days(when: Date) -> tuple[date, date]:
    """The first and the last day that a date may mean, told by the calendar and not by `Date`."""
    if when.day:
        day = date(when.year, when.month, when.day)
        return day, day
    if when.month:
        first = date(when.year, when.month, 1)
        return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return date(when.year, 1, 1), date(when.year, 12, 31)


def _report(data: Dataset, first: date, last: date, every: int) -> AnniversariesReport:
    selected: SelectionResult = select(data, Selection())
    span = DayRange(first.toordinal(), last.toordinal() + 1)
    return anniversaries_report(data, selected, span, TODAY, every=every)


@given(
    _ties(),
    st.dates(date(1840, 1, 1), date(2150, 12, 31)),
    st.integers(0, 20_000),
    st.sampled_from((1, 2, 5, 7, 10, 50)),
)
def test_all_that_may_fall_in_a_range_and_nothing_else_is_listed(
    data: Dataset, first: date, length: int, every: int
) -> None:
    last = first + timedelta(days=length)
    expected = set()
    for tie in data.partnerships:
        if tie.since is None or tie.status == "dissolved":
            continue
        for n in range(1, 400):
            on = anniversary(tie.since, n)
            start, end = _days(on)
            if n % every == 0 and start <= last and end >= first:
                expected.add((tie.id, n, str(on)))
    report = _report(data, first, last, every)
    told = [(row.partnership.id, row.ordinal, row.date) for row in report.rows]
    assert set(told) == expected
    assert len(told) == len(expected) == report.matched
    assert report.undated == sum(tie.since is None for tie in data.partnerships)


@given(_ties(), st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(0, 3000))
def test_they_are_in_the_order_of_their_last_day_and_the_exact_come_first(
    data: Dataset, first: date, length: int
) -> None:
    rows = _report(data, first, first + timedelta(days=length), 1).rows
    for one, other in pairwise(Date.parse(row.date) for row in rows):
        (one_first, one_last), (other_first, other_last) = _days(one), _days(other)
        assert one_last <= other_last
        if one_last == other_last:
            assert one_first >= other_first


def test_an_empty_range_of_the_bundled_data_says_so() -> None:
    result: Result = call("anniversaries", "--year", "1950")
    assert (result.status, result.out) == (0, "")
    assert result.err.startswith("sisterline: no anniversary from 1950-01-01 to 1950-12-31; the next")


@pytest.mark.parametrize(
    ("every", "upcoming"), [(1000, Upcoming(date="9999-06", ordinal=8000, partnership="t0")), (3000, None)]
)
def test_the_next_one_may_be_in_the_last_year_of_the_calendar(every: int, upcoming: Upcoming | None) -> None:
    founded = Partnership(id="t0", between=("one", "other"), since=Date(1999, 6))
    data = Dataset(countries={}, places=TOWNS, sources={}, partnerships=(founded,), totals=())
    today = date(9990, 1, 1)
    only_today = DayRange(today.toordinal(), today.toordinal() + 1)
    report = anniversaries_report(data, select(data, Selection()), only_today, today, every=every)
    assert (report.rows, report.upcoming) == ((), upcoming)

"""What is only announced is shown as that in every format, and counts nowhere as something that happened."""

import csv
import json
import sqlite3
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from helpers import Result, call

DATA = """\
countries:
  CN: {name: China}
  JP: {name: Japan}
places:
  a: {name: A, country: CN, level: city}
  b: {name: B, country: JP, level: city}
sources:
  paper: {title: The paper}
partnerships:
- id: a-b
  between: [a, b]
  since: 1990-05-05
  sources: [paper]
  events:
  - {date: 1990-05-05, type: agreement, title: The mayors agree, announced: true, source: paper}
  - {date: 2004-04-04, type: culture, title: A concert in B, source: paper}
  - {date: 2011-06-01/2011-06-03, type: delegation, title: A's mayor in B, announced: true, source: paper,
     notes: a note}
  - {date: 2013, type: dissolution, title: The end of the partnership, announced: true, source: paper}
  - {date: 2030-01-01, type: sports, title: A match in A, announced: true, source: paper}
  exchanges:
  - {from: a, to: b, what: singers, category: visitors, count: 30, unit: people, period: 2004, source: paper}
  - {from: a, to: b, what: the mayor's party, category: visitors, count: 8, unit: people, period: 2011-06,
     announced: true, source: paper}
"""


@pytest.fixture
def announced(tmp_path: Path) -> Path:
    path = tmp_path / "announced.yaml"
    path.write_text(DATA, "utf-8")
    return path


def _asked(path: Path, command: str, *arguments: str | Path) -> Result:
    result = call(command, *arguments, "--no-builtin", "--data", path, "--today", "2026-11-21")
    assert result.status == 0, result.err
    return result


def _json(path: Path, command: str, *arguments: str) -> Any:
    return json.loads(_asked(path, command, *arguments, "-f", "json").out)


def _rows(path: Path, command: str, *arguments: str) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(_asked(path, command, *arguments, "-f", "csv").out)))


@pytest.mark.parametrize("form", ["table", "markdown"])
@pytest.mark.parametrize("command", [("timeline",), ("show", "a-b")])
def test_a_page_says_announced_after_the_title_also_when_the_day_is_past(
    announced: Path, command: Sequence[str], form: str
) -> None:
    page = _asked(announced, *command, "-f", form).out
    assert "A's mayor in B (announced) (a note)" in page
    assert "A match in A (announced)" in page
    assert "The end of the partnership (announced)" in page
    assert "A concert in B (announced)" not in page


def test_a_history_marks_it_with_a_sign_of_its_own(announced: Path) -> None:
    lines = _asked(announced, "timeline").lines
    assert [line.split()[1] for line in lines if "(announced)" in line] == ["△"] * 4
    lines = _asked(announced, "timeline", "--ascii").lines
    assert [line.split()[1] for line in lines if "(announced)" in line] == ["?"] * 4


def test_an_announced_agreement_is_not_the_founding(announced: Path) -> None:
    items = _json(announced, "timeline", "--every", "0")["items"]
    assert [(item["kind"], item["announced"]) for item in items if item["date"] == "1990-05-05"] == [
        ("founding", False),
        ("event", True),
    ]


def test_an_announced_end_ends_nothing(announced: Path) -> None:
    items = _json(announced, "timeline")["items"]
    assert [item["date"] for item in items if item["ordinal"]][-1] == "2030-05-05"
    [lane] = _json(announced, "timeline", "--chart")["lanes"]
    assert lane["changes"] == []


def test_a_chart_draws_it_apart_and_its_count_leaves_it_out(announced: Path) -> None:
    [lane] = _json(announced, "timeline", "--chart")["lanes"]
    assert (lane["years"], lane["announced"], lane["events"]) == (
        [[2004, 1]],
        [[1990, 1], [2011, 1], [2013, 1], [2030, 1]],
        1,
    )
    drawn = _asked(announced, "timeline", "--chart")
    assert drawn.lines[1].count("△") == 3  # the founding covers that of 1990
    assert "△ announced" in drawn.out
    rows = [(row["year"], row["events"], row["announced"]) for row in _rows(announced, "timeline", "--chart")]
    assert rows == [("1990", "0", "1"), ("2004", "1", "0"), ("2011", "0", "1"), ("2013", "0", "1"),
                    ("2030", "0", "1")]  # fmt: skip
    assert (
        "| A – B       |    1990 | active |      1 |         4 |"
        in _asked(announced, "timeline", "--chart", "-f", "markdown").out
    )


def test_counts_of_events_leave_it_out_and_statistics_count_it_apart(announced: Path) -> None:
    [row] = _rows(announced, "list")
    assert row["events"] == "1"
    report = _json(announced, "stats")
    assert (report["events"], report["announced"]) == (1, 4)
    assert "1 event · 4 announced · " in _asked(announced, "stats").out
    assert _json_of_check(announced)["events"] == 1


def _json_of_check(path: Path) -> Any:
    return json.loads(call("check", path, "-f", "json").out)


def test_sums_leave_it_out_and_say_so(announced: Path) -> None:
    [row] = _json(announced, "exchanges")["sums"]
    assert (row["exact"], row["records"], row["excluded"], row["announced"]) == (30, 1, 0, 1)
    assert "Announced" in _asked(announced, "exchanges").out
    records = _json(announced, "exchanges", "--records")["records"]
    assert [(each["announced"], each["counted"]) for each in records] == [(False, True), (True, False)]
    assert "the mayor's party (announced)" in _asked(announced, "exchanges", "--records").out


def test_spreadsheets_have_a_column_for_it(announced: Path) -> None:
    rows = _rows(announced, "timeline", "--every", "0")
    assert [row["announced"] for row in rows] == ["false", "true", "false", "true", "true", "true"]
    assert [row["announced"] for row in _rows(announced, "exchanges", "--records")] == ["false", "true"]


def test_a_calendar_has_it_as_tentative(announced: Path) -> None:
    text = _asked(announced, "timeline", "-f", "ics").out
    entries = text.replace("\r\n ", "").split("BEGIN:VEVENT")[1:]
    tentative = [entry for entry in entries if "STATUS:TENTATIVE" in entry]
    assert len(tentative) == 3  # the one of 2013 has no day
    assert all("Announced: no source says that it took place." in entry for entry in tentative)
    assert not any("STATUS" in entry for entry in entries if entry not in tentative)


def test_a_database_has_a_column_for_it(announced: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    _asked(announced, "list", "-o", path)
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT count(*) FROM events WHERE announced").fetchone() == (4,)
        assert database.execute("SELECT announced, counted FROM exchanges ORDER BY id").fetchall() == [
            (0, 1),
            (1, 0),
        ]
    database.close()


def test_the_facts_of_a_source_say_it(announced: Path) -> None:
    assert "A match in A (announced)" in _asked(announced, "sources", "paper").out
    assert "8 people: the mayor's party (announced)" in _asked(announced, "sources", "paper").out


def test_coverage_does_not_take_it_for_an_event(tmp_path: Path) -> None:
    path = tmp_path / "only.yaml"
    path.write_text(
        DATA.replace("title: A concert in B,", "title: A concert in B, announced: true,"), "utf-8"
    )
    [row] = [row for row in _json(path, "stats")["coverage"] if row["code"] == "with-events"]
    assert row["count"] == 0


def test_a_plan_after_today_is_no_warning_and_none_counts_as_activity(announced: Path) -> None:
    path = announced.with_name("old.yaml")
    path.write_text(DATA.replace("2004-04-04", "1994-04-04"), "utf-8")
    result = call("check", path, "--warnings", "--today", "2026-11-21")
    assert "after today" not in result.out
    assert "a-b: active, with no event since 1994-04-04" in result.out

"""When the last event was: as a column, to sort and to select by, and how many have had none for years."""

import csv
import json
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
  a: {name: A, country: CN, level: province}
  b: {name: B, country: JP, level: prefecture}
  c: {name: C, country: JP, level: city, within: b}
  d: {name: D, country: JP, level: prefecture}
partnerships:
- id: old
  between: [a, b]
  since: 1990
  events:
  - {date: 1990, type: agreement, title: The beginning}
  - {date: 2010-05-30/2010-06-02, type: delegation, title: A visit}
  - {date: 2010-03, type: gift, title: A gift}
  - {date: 2024, type: culture, title: A plan, announced: true}
- id: recent
  between: [a, c]
  events:
  - {date: 2022-11-21, type: delegation, title: A visit}
- id: continuing
  between: [a, d]
  events:
  - {date: 1979/.., type: students, title: Letters every month}
- id: silent
  between: [c, a]
  since: 1980
- id: ended
  between: [d, a]
  status: dissolved
  events:
  - {date: 1995, type: dissolution, title: The end}
"""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    path = tmp_path / "data.yaml"
    path.write_text(DATA, "utf-8")
    return path


def _asked(path: Path, *arguments: str | Path) -> Result:
    return call(*arguments, "--no-builtin", "--data", path, "--today", "2026-11-21")


def _json(path: Path, *arguments: str) -> Any:
    result = _asked(path, *arguments, "-f", "json")
    assert result.status == 0, result.err
    return json.loads(result.out)


def _ids(path: Path, *arguments: str) -> list[str]:
    return [row["id"] for row in _json(path, "list", *arguments)["partnerships"]]


def test_it_is_the_day_on_which_the_last_event_that_took_place_ended(data: Path) -> None:
    found = {row["id"]: row["last_event"] for row in _json(data, "list")["partnerships"]}
    assert found == {
        "old": "2010-06-02",
        "recent": "2022-11-21",
        "continuing": "1979/..",
        "silent": None,
        "ended": "1995",
    }


def test_it_is_a_column_of_a_spreadsheet_and_of_a_wide_table(data: Path) -> None:
    rows = list(csv.DictReader(StringIO(_asked(data, "list", "-f", "csv").out)))
    assert {row["id"]: row["last_event"] for row in rows}["silent"] == ""
    page = _asked(data, "list", "--columns", "id,last_event").out
    assert "2010-06-02" in page


def test_a_list_is_sorted_by_it_with_what_continues_after_all_others_and_none_at_the_end(data: Path) -> None:
    assert _ids(data, "--sort", "last_event") == ["ended", "old", "recent", "continuing", "silent"]
    assert _ids(data, "--sort", "last_event", "--reverse") == [
        "continuing", "recent", "old", "ended", "silent",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ("..2015", {"old", "silent", "ended"}),  # also what has no event on record
        ("..2010-05", {"silent", "ended"}),
        ("2010-06..2022", {"old", "recent"}),
        ("2011..", {"recent", "continuing"}),  # also what continues
        ("1990s", {"ended"}),
        ("2022-11", {"recent"}),
    ],
)
def test_partnerships_are_selected_by_a_range_of_it(data: Path, days: str, found: set[str]) -> None:
    assert set(_ids(data, "--last-event", days)) == found


def test_the_selection_looks_at_all_events_whichever_are_shown(data: Path) -> None:
    report = _json(data, "list", "--last-event", "2010", "--type", "gift")
    [row] = report["partnerships"]
    # The column is about the selected events, as the number of events is.
    assert (row["id"], row["events"], row["last_event"]) == ("old", 1, "2010-03")


def test_a_range_that_cannot_be_read_is_wrong_usage(data: Path) -> None:
    result = _asked(data, "list", "--last-event", "soon")
    assert result.status == 2
    assert result.err.startswith('sisterline: --last-event: "soon" is not a date')


def test_an_empty_selection_names_the_option(data: Path) -> None:
    assert "nothing matches --last-event 2015\n" in _asked(data, "list", "--last-event", "2015").err


def test_statistics_count_those_without_an_event_for_years_among_those_that_still_exist(data: Path) -> None:
    rows = {row["code"]: (row["count"], row["of"]) for row in _json(data, "stats")["coverage"]}
    assert rows["quiet-5-years"] == (2, 4)  # old and silent, not ended
    assert rows["quiet-10-years"] == (2, 4)
    assert rows["quiet-20-years"] == (1, 4)
    page = _asked(data, "stats").out
    assert "no event on record for 10 years  2  of 4" in page


def test_years_without_an_event_are_full_years(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    for day, count in (("2021-11-20", 1), ("2021-11-21", 0)):
        path.write_text(DATA.replace("2022-11-21", day).replace("1979/..", "2026"), "utf-8")
        rows = {row["code"]: row["count"] for row in _json(path, "stats")["coverage"]}
        assert rows["quiet-5-years"] == 2 + count, day


def test_regions_are_counted_on_the_side_of_the_selected_country(data: Path) -> None:
    [count] = _json(data, "stats", "--by", "region", "--country", "Japan")["counts"]
    assert [(row["key"]["codes"], row["count"]) for row in count["rows"]] == [(["b"], 3), (["d"], 2)]
    assert (count["overlaps"], count["countries"]) == (False, ["Japan"])
    assert "By region of Japan" in _asked(data, "stats", "--by", "region", "--country", "JP").out
    [both] = _json(data, "stats", "--by", "region")["counts"]
    assert {row["key"]["codes"][0] for row in both["rows"]} == {"a", "b", "d"}
    cross = _json(data, "stats", "--by", "region", "--by", "level", "--country", "CN")["cross"]
    assert [key["codes"] for key in cross["rows"]] == [["a"]]

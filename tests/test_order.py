"""`--sort`: the rows of every report by the columns that programs have."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import small
from sisterline.cli.settings_keys import KEYS
from sisterline.errors import UsageError
from sisterline.reports.order import SortColumn, in_order, parse_sort, value_of

# Calls whose CSV has the rows that are sorted. A call that has no row of the kind shows nothing.
SORTED = {
    "list": ("list",),
    "timeline": ("timeline",),
    "anniversaries": ("anniversaries", "--within", "30y"),
    "exchanges": ("exchanges",),
    "exchanges by direction": ("exchanges", "--by", "direction"),
    "exchanges by place": ("exchanges", "--by", "place"),
    "records": ("exchanges", "--records"),
    "sources": ("sources",),
    "stats": ("stats", "--by", "region"),
}
PARTLY = {
    "chart": (("timeline", "--chart"), {"year", "announced"}),  # of a single year, not of a lane
    "cross": (("stats", "--by", "region", "--by", "status"), {"active", "suspended", "dissolved"}),
}


def _rows(*arguments: str) -> list[dict[str, str]]:
    result = small(*arguments, "-f", "csv")
    assert result.status == 0, result.err
    return list(csv.DictReader(io.StringIO(result.out)))


def _uncited(rows: list[dict[str, str]]) -> list[str]:
    """Rows in any order, without their sources, which have the order in which the report cites them."""
    return sorted(str(row | {"sources": ""}) for row in rows)


def _columns(*arguments: str) -> list[str]:
    return list(_rows(*arguments)[0])


@pytest.mark.parametrize("name", SORTED)
def test_rows_can_be_sorted_by_every_column_that_programs_have(name: str) -> None:
    usual = _rows(*SORTED[name])
    assert len(usual) > 1
    for column in usual[0]:
        for flag in (column, f"-{column}"):
            found = _rows(*SORTED[name], "--sort", flag)
            assert _uncited(found) == _uncited(usual), flag
        assert _rows(*SORTED[name], "--sort", column, "--reverse") == found, column
        # What has no value is last both ways.
        for rows in (found, _rows(*SORTED[name], "--sort", column)):
            blank = [not row[column] for row in rows]
            assert blank == sorted(blank), column


@pytest.mark.parametrize("name", PARTLY)
def test_rows_made_of_several_things_are_sorted_by_what_they_have_one_of(name: str) -> None:
    arguments, not_sorted = PARTLY[name]
    for column in set(_columns(*arguments)) - not_sorted:
        assert _rows(*arguments, "--sort", f"-{column}") == _rows(*arguments, "--sort", column, "--reverse")


@pytest.mark.parametrize(
    ("arguments", "column"),
    [
        (("list",), "events"),
        (("timeline",), "ordinal"),
        (("anniversaries", "--within", "30y"), "ordinal"),
        (("exchanges",), "records"),
        (("exchanges", "--records"), "count"),
        (("sources",), "partnerships"),
        (("stats", "--by", "region"), "partnerships"),
        (("timeline", "--chart"), "events"),
        (("stats", "--by", "region", "--by", "status"), "all"),
    ],
)
def test_numbers_are_in_the_order_of_numbers(arguments: tuple[str, ...], column: str) -> None:
    if "--chart" in arguments:
        lanes = json.loads(small(*arguments, "--sort", f"-{column}", "-f", "json").out)["lanes"]
        numbers = [lane[column] for lane in lanes]
    else:
        rows = _rows(*arguments, "--sort", f"-{column}")
        numbers = [int(row[column]) for row in rows if row[column]]
    assert len(set(numbers)) > 1
    assert numbers == sorted(numbers, reverse=True)


def test_several_columns_narrow_each_other_however_they_are_given() -> None:
    rows = _rows("list", "--sort", "status,-events")
    assert [row["status"] for row in rows] == sorted(row["status"] for row in rows)
    active = [int(row["events"]) for row in rows if row["status"] == "active"]
    assert active == sorted(active, reverse=True)
    assert rows == _rows("list", "--sort", "status", "-s", "-events")


def test_the_limit_comes_after_the_order() -> None:
    assert _rows("list", "-s", "-events", "-n", "2") == _rows("list", "-s", "-events")[:2]
    assert _rows("timeline", "-s", "-date", "-n", "3") == _rows("timeline", "-s", "-date")[:3]


def test_a_history_by_date_keeps_headings_and_any_other_order_has_none() -> None:
    assert small("timeline", "--sort", "date") == small("timeline")
    assert small("timeline", "--sort", "-date") == small("timeline", "--reverse")
    by_type = small("timeline", "Sakae-shi", "--sort", "type,-date").lines
    assert not [line for line in by_type if line.endswith("0s") or "today" in line or " years" in line[:20]]
    report = json.loads(small("timeline", "--sort", "type", "-f", "json").out)
    assert (report["chronological"], report["group"]) == (False, "none")
    assert {item["gap"] for item in report["items"]} == {0}
    headed = json.loads(small("timeline", "--sort", "-date", "-f", "json").out)
    assert (headed["chronological"], headed["reverse"], headed["group"]) == (True, True, "decade")


def test_footnotes_are_numbered_in_the_order_of_the_rows() -> None:
    report = json.loads(small("anniversaries", "--within", "30y", "--sort", "-place", "-f", "json").out)
    cited = [number for row in report["rows"] for number in row["sources"]]
    first_cited = list(dict.fromkeys(cited))
    assert first_cited == sorted(first_cited)


def test_a_statistic_is_limited_and_reversed_like_any_table() -> None:
    usual = _rows("stats", "--by", "region")
    assert _rows("stats", "--by", "region", "--limit", "2") == usual[:2]
    assert _rows("stats", "--by", "region", "--reverse") == usual[::-1]
    crossed = _rows("stats", "--by", "region", "--by", "status")
    assert _rows("stats", "--by", "region", "--by", "status", "-n", "1", "--reverse") == crossed[:-2:-1]


def test_every_sort_that_can_be_a_setting_is_an_order_of_its_usual_table() -> None:
    for key in KEYS.values():
        if key.name.endswith(".sort"):
            assert small(key.command, "--sort", key.example.strip('"')).status == 0


# --- the function ---------------------------------------------------------------------------------


def test_a_list_of_columns_is_read_with_its_directions() -> None:
    assert parse_sort(["-events, since", "id"]) == (
        SortColumn("events", descending=True), SortColumn("since"), SortColumn("id"),
    )  # fmt: skip
    assert parse_sort([]) == parse_sort([""]) == ()


class _Row:
    def __init__(self, a: int | None, b: int | None) -> None:
        self.a, self.b = a, b


KEYS_OF_ROW = {"a": value_of("a"), "b": value_of("b")}
NUMBERS = st.none() | st.integers(0, 3)


@given(st.lists(st.builds(_Row, NUMBERS, NUMBERS), max_size=12), st.booleans(), st.booleans(), st.booleans())
def test_rows_are_in_order_stable_and_complete(rows: list[Any], down: bool, up: bool, reverse: bool) -> None:
    sort = (SortColumn("a", down), SortColumn("b", up))
    found = in_order(rows, sort, KEYS_OF_ROW, reverse=reverse)

    def rank(value: int | None, *, descending: bool) -> tuple[bool, int]:
        if value is None:
            return True, 0
        return False, -value if descending != reverse else value

    def expected(row: Any) -> tuple[Any, ...]:
        return rank(row.a, descending=down), rank(row.b, descending=up)

    assert found == sorted(rows, key=expected)  # which is stable


def test_an_unknown_column_names_those_that_there_are() -> None:
    with pytest.raises(UsageError, match='--sort: no column "c" here; choose one of a, b'):
        in_order([], (SortColumn("c"),), KEYS_OF_ROW)

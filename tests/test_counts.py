"""How many rows there are and are shown, below them on a terminal; and columns that somebody chose."""

import json
import re
from collections import Counter

import pytest

from helpers import ON_SMALL, small
from screen import Seen, on_terminal


def lines(*arguments: str, columns: int = 80) -> list[str]:
    """The lines of a screen over the small data set."""
    seen: Seen = on_terminal(*arguments, *ON_SMALL, "--no-pager", columns=columns)
    assert seen.status == 0
    return [row.text.strip() for row in seen.rows]


@pytest.mark.parametrize(
    ("arguments", "counts"),
    [
        (("list",), ("partnerships", "{all} partnerships", "2 of {all} partnerships")),
        (("timeline", "--chart"), ("lanes", "{all} partnerships", "2 of {all} partnerships")),
        (("timeline", "--city", "yunhe"), ("items", "{all} items", "2 of {all} items")),
        (("exchanges",), ("sums", "{all} sums", "2 of {all} sums")),
    ],
)
def test_a_screen_ends_its_rows_with_how_many_there_are(
    arguments: tuple[str, ...], counts: tuple[str, str, str]
) -> None:
    rows, whole, part = counts
    number = len(json.loads(small(*arguments, "-f", "json").out)[rows])
    assert number > 2
    assert whole.format(all=number) in lines(*arguments)
    assert part.format(all=number) in lines(*arguments, "--limit", "2")
    # A pipe gets rows alone.
    assert part.format(all=number) not in small(*arguments, "--limit", "2").out


@pytest.mark.parametrize(
    "arguments",
    [
        ("list", "--columns", "since"),
        ("timeline", "--columns", "date"),
        ("anniversaries", "--within", "20y", "--columns", "date"),
        ("sources", "--columns", "id"),
        ("exchanges", "--columns", "unit"),
    ],
)
def test_chosen_columns_are_counted_too(arguments: tuple[str, ...]) -> None:
    assert lines(*arguments, "--limit", "2")[-1].startswith("2 of ")


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("language", ["en", "zh", "ja"])
def test_columns_that_were_chosen_are_wrapped_and_never_cut(columns: int, language: str) -> None:
    arguments = ("timeline", "--columns", "date,title", "--lang", language)
    *rows, count = lines(*arguments, columns=columns)
    assert re.fullmatch(r"\d+( items|条|件)", count)
    # In a pipe nothing is wrapped or cut.
    whole = small(*arguments).out
    assert Counter("".join("".join(rows).split())) == Counter("".join(whole.split()))
    assert len(rows) > len(whole.splitlines()) or columns == 120


def test_the_status_of_the_few_that_are_not_active_takes_no_column_of_its_own() -> None:
    head, *rows = small("list").lines
    assert "Status" not in head
    suspended = [row for row in json.loads(small("list", "-f", "json").out)["partnerships"]
                 if row["status"] == "suspended"]  # fmt: skip
    assert suspended
    assert sum("suspended" in row for row in rows) == len(suspended)
    head, *rows = small("list", "--status", "suspended").lines
    assert "Status" in head
    assert "Years" in head
    assert len(rows) == len(suspended)


def test_a_legend_says_where_a_column_of_a_chart_is_more_than_a_year() -> None:
    remark = "a column may be several years"
    assert remark in " ".join(lines("timeline", "--chart", columns=80))
    assert remark not in " ".join(lines("timeline", "--chart", columns=400))
    assert remark not in small("timeline", "--chart").out

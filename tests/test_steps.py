"""Every which anniversary a history has where nobody asks for one."""

import json
from datetime import date
from pathlib import Path

import pytest

from helpers import Result, call, small
from sisterline.dates import Date, Period
from sisterline.model import Partnership
from sisterline.reports.entries import Entry
from sisterline.reports.refs import DEFAULT_EVERY
from sisterline.reports.steps import ALWAYS_SHOWN, CLUSTER_FROM, fitting_step, is_due

TODAY = date(2026, 11, 21)
PAIR = Partnership(id="a-b", between=("a", "b"))


def anniversary(year: int, ordinal: int) -> Entry:
    return Entry(Period.single(Date(year)), "anniversary", PAIR, ordinal=ordinal)


def history(since: int, events: int, until: int = 2026) -> list[Entry]:
    """Events in the year of the founding, and every fifth anniversary."""
    happened = [Entry(Period.single(Date(since)), "event", PAIR)] * events
    return happened + [anniversary(since + n, n) for n in range(5, until - since + 1, 5)]


@pytest.mark.parametrize(
    ("since", "events", "step"),
    [
        (1965, 1, 5),  # 12 anniversaries have room
        (1960, 1, 10),  # 13 have not, but 6
        (1960, 7, 5),  # fewer than twice as many as events
        (1895, 1, 25),  # 13 by tens, 5 by twenty-fives
        (1895, 7, 10),
        (1625, 1, 50),
        (925, 1, 100),
        (25, 1, 100),  # no greater step is left
    ],
)
def test_a_step_is_chosen_so_that_anniversaries_do_not_outnumber_what_happened(
    since: int, events: int, step: int
) -> None:
    assert fitting_step(history(since, events), 1, TODAY) == step


def test_anniversaries_to_come_are_kept_and_not_counted() -> None:
    entries = history(1973, 1, until=2200)
    step = fitting_step(entries, 1, TODAY)
    assert step == DEFAULT_EVERY
    kept = [entry for entry in history(1900, 1, until=2100) if is_due(entry, 25, TODAY)]
    assert [entry.ordinal for entry in kept[1:]] == [25, 50, 75, 100, 125, *range(130, 201, 5)]


def test_anniversaries_that_share_a_line_count_once() -> None:
    entries = sorted(history(1976, 1) * 40, key=lambda entry: entry.when.sort_key)
    assert fitting_step(entries, CLUSTER_FROM + 1, TODAY) == DEFAULT_EVERY
    many = [anniversary(1900 + n % 120, 5 + 5 * (n % 2)) for n in range(400)]
    assert fitting_step(many, CLUSTER_FROM + 1, TODAY) == 25
    assert fitting_step([], 0, TODAY) == DEFAULT_EVERY
    assert len({entry.when for entry in many}) > ALWAYS_SHOWN


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Eight partnerships of which only the year of the founding is known."""
    places = "".join(f"  p{n}: {{name: 姉妹市{n}, country: JP, level: city}}\n" for n in range(16))
    ties = "".join(f"- {{id: t{n}, between: [p{n}, p{n + 8}], since: {1950 + n}}}\n" for n in range(8))
    path = tmp_path / "old.yaml"
    path.write_text(f"places:\n{places}partnerships:\n{ties}", encoding="utf-8")
    return path


def on(path: Path, *arguments: str) -> Result:
    return call(*arguments, "--no-builtin", "--data", path, "--today", "2026-11-21")


def test_a_timeline_of_foundings_is_not_drowned_and_says_so(old: Path) -> None:
    few = on(old, "timeline")
    assert few.lines[-1] == "  every 50th past anniversary; --every 1 for all"
    assert len([line for line in few.lines if "50th anniversary" in line]) == 8
    assert "10th anniversary" not in few.out
    # The next of each is there, whatever its number.
    assert len([line for line in few.lines if "anniversary" in line and line.strip() > "2026"]) >= 8
    asked = on(old, "timeline", "--every", "5")
    assert "every 5th" not in asked.out
    assert len(asked.lines) > 2 * len(few.lines)


def test_show_says_it_too_and_a_document_names_no_option(tmp_path: Path, old: Path) -> None:
    old.write_text(old.read_text("utf-8").replace("since: 1950", "since: 1850"), encoding="utf-8")
    assert "every 10th past anniversary; --every 1 for all" not in on(old, "show", "t0").out
    assert "every 25th past anniversary; --every 1 for all" in on(old, "show", "t0").out
    document = tmp_path / "t0.md"
    on(old, "show", "t0", "-o", str(document))
    text = document.read_text("utf-8")
    assert "very 25th past anniversary" in text
    assert "--every" not in text
    assert "past anniversary" not in on(old, "show", "t0", "--brief").out


def test_programs_get_the_same_anniversaries_of_every_history(old: Path) -> None:
    for options in (("-f", "csv"), ("-f", "json"), ("--columns", "date,title")):
        assert on(old, "timeline", *options).out == on(old, "timeline", "--every", "5", *options).out
    report = json.loads(on(old, "timeline", "-f", "json").out)
    assert (report["every"], report["every_chosen"]) == (5, False)


def test_an_ordinary_history_has_every_fifth_anniversary_and_no_remark() -> None:
    assert small("timeline").out == small("timeline", "--every", "5").out

"""`exchanges`: sums by each thing, nothing counted twice, and the records that add up to them."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from msgspec import convert

from data_strategies import datasets
from helpers import TODAY, call, small
from sisterline.dates import Period
from sisterline.model import Dataset, Exchange
from sisterline.query.selection import Selection, select
from sisterline.reports.exchanges import SUM_BYS, ExchangesReport, SumBy, exchanges_report
from sisterline.reports.refs import GroupKey
from sisterline.reports.sums import Sum
from sisterline.views.groups import group_labels
from sisterline.views.style import UNICODE

# Shrinking a whole data set takes minutes: a failure is told as it was found.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)

# (key, unit, exact, approximate, records, left out) of the small data set, reckoned by hand: the pupils by
# 2009 are counted again by 2019, the singers are a part of the delegation.
DELEGATION = ("people", 20, 0, 1, 1)
VISITS = ("visits", 45, 0, 1, 0)
BOOKS = ("books", 1500, 0, 1, 0)
PUPILS = ("people", 0, 760, 1, 1)
EXPECTED: dict[str, set[tuple[object, ...]]] = {
    "category": {
        ("delegations", *DELEGATION),
        ("delegations", *VISITS),
        ("goods", *BOOKS),
        ("students", *PUPILS),
        ("trainees", "people", 12, 30, 2, 0),
        ("other", "items", 3, 0, 1, 0),
    },
    "partnership": {
        ("Linhai – Sakae", "people", 20, 760, 2, 2),
        ("Linhai – Sakae", *VISITS),
        ("Linhai – Sakae", *BOOKS),
        ("Haibei – Sakae Prefecture", "people", 12, 30, 2, 0),
        ("[red]Evil[/] \x1b[31mtown – Linhai", "items", 3, 0, 1, 0),
    },
    "unit": {
        ("people", "people", 32, 790, 4, 2),
        ("visits", *VISITS),
        ("books", *BOOKS),
        ("items", "items", 3, 0, 1, 0),
    },
    "year": {
        ("1998", *DELEGATION),
        ("2001", *BOOKS),
        ("2011", "items", 3, 0, 1, 0),
        # A figure over several years is not spread over them: no source says how it was.
        ("several years", "people", 12, 790, 3, 1),
        ("several years", *VISITS),
    },
    "decade": {
        ("1990s", "people", 32, 0, 2, 1),  # the delegation, and the trainees of 1994/1996
        ("2000s", *BOOKS),
        ("2010s", "items", 3, 0, 1, 0),
        ("several decades", "people", 0, 790, 2, 1),
        ("several decades", *VISITS),
    },
    "direction": {
        ("China to Japan", "people", 20, 790, 3, 2),
        ("Japan to China", *BOOKS),
        ("Japan to China", "people", 12, 0, 1, 0),
        # A figure of both ways is counted once, and in no direction.
        ("China and Japan, both ways", *VISITS),
        ("China and NO, both ways", "items", 3, 0, 1, 0),
    },
    "place": {
        ("Linhai sends", "people", 20, 760, 2, 2),
        ("Sakae receives", "people", 20, 760, 2, 2),
        ("Sakae sends", *BOOKS),
        ("Linhai receives", *BOOKS),
        ("Linhai, both ways", *VISITS),
        ("Sakae, both ways", *VISITS),
        ("Sakae Prefecture sends", "people", 12, 0, 1, 0),
        ("Haibei receives", "people", 12, 0, 1, 0),
        ("Haibei sends", "people", 0, 30, 1, 0),
        ("Sakae Prefecture receives", "people", 0, 30, 1, 0),
        ("[red]Evil[/] \x1b[31mtown, both ways", "items", 3, 0, 1, 0),
        ("Linhai, both ways", "items", 3, 0, 1, 0),
    },
}


def _asked(*arguments: str | Path) -> dict[str, Any]:
    result = small("exchanges", *arguments, "-f", "json")
    assert result.status == 0, result.err
    report: dict[str, Any] = json.loads(result.out)
    return report


def _labels(report: dict[str, Any]) -> list[str]:
    """What people read of the keys of the sums."""
    keys = [convert(row["key"], GroupKey) for row in report["sums"]]
    labels = group_labels(keys, report["by"], UNICODE)
    return [labels[key] for key in keys]


def _sums(report: dict[str, Any]) -> set[tuple[object, ...]]:
    rows = [
        (label, *(row[name] for name in ("unit", "exact", "approximate", "records", "excluded")))
        for label, row in zip(_labels(report), report["sums"], strict=True)
    ]
    assert len(rows) == len(set(rows))
    return set(rows)


def _report(data: Dataset, by: SumBy) -> ExchangesReport:
    return exchanges_report(data, select(data, Selection()), TODAY, by=by, records=True)


# --- the sums -------------------------------------------------------------------------------------


def test_every_grouping_of_sums_is_computed_here_by_hand() -> None:
    assert set(EXPECTED) == set(SUM_BYS)


@pytest.mark.parametrize("by", SUM_BYS)
def test_the_sums_are_those_computed_by_hand(by: str) -> None:
    report = _asked("--by", by)
    assert report["by"] == by
    assert _sums(report) == EXPECTED[by]
    assert report["matched"] == 9
    assert report["records"] == []  # only where they are asked for


def test_sums_are_by_category_by_default() -> None:
    assert small("exchanges") == small("exchanges", "--by", "category")


def test_only_places_count_a_record_in_two_rows_and_the_page_says_so() -> None:
    assert [by for by in SUM_BYS if _asked("--by", by)["overlaps"]] == ["place"]
    note = "a record counts under both its places"
    assert note in small("exchanges", "--by", "place").out
    assert note not in small("exchanges", "--by", "partnership").out


def test_years_and_decades_are_in_date_order() -> None:
    for by in ("year", "decade"):
        codes = [row["key"]["codes"][0] for row in _asked("--by", by)["sums"]]
        assert codes == sorted(codes)
        assert codes[-1] == "several"
        assert f"several {by}s" in small("exchanges", "--by", by).out


def test_what_has_the_most_records_comes_first_elsewhere() -> None:
    for by in ("category", "partnership", "unit", "direction", "place"):
        counts = [row["records"] for row in _asked("--by", by)["sums"]]
        assert counts == sorted(counts, reverse=True)


def test_approximate_counts_are_marked_and_summed_separately() -> None:
    (line,) = [line for line in small("exchanges").lines if line.strip().startswith("trainees")]
    assert line.split() == ["trainees", "people", "12", "~30", "2"]
    (line,) = [line for line in small("exchanges").lines if line.strip().startswith("students")]
    assert line.split() == ["students", "people", "~760", "1", "1"]  # nothing stands for an exact sum of 0


def test_a_spreadsheet_gets_the_sums_as_bare_numbers() -> None:
    rows = list(csv.DictReader(io.StringIO(small("exchanges", "--by", "category", "-f", "csv").out)))
    assert rows[0].keys() == {"category", "unit", "exact", "approximate", "records", "excluded", "announced"}
    found = {
        (row["category"], row["unit"], *(int(row[name]) for name in list(row)[2:6])) for row in rows
    }  # fmt: skip
    assert found == EXPECTED["category"]
    # By unit there is one column of it, not two of the same.
    assert next(iter(csv.reader(io.StringIO(small("exchanges", "--by", "unit", "-f", "csv").out)))) == [
        "unit", "exact", "approximate", "records", "excluded", "announced",
    ]  # fmt: skip


def test_labels_are_in_the_language_that_was_asked_for() -> None:
    assert "中国 to 日本" in _labels(_asked("--by", "direction", "--lang", "zh"))
    assert "臨海市 sends" in _labels(_asked("--by", "place", "--lang", "ja"))


def test_an_unknown_way_to_sum_is_wrong_usage() -> None:
    result = small("exchanges", "--by", "partnerships")
    assert (result.status, result.out) == (2, "")
    assert "did you mean partnership?" in result.err


# --- homonyms and turned pairs --------------------------------------------------------------------

HOMONYMS = """
countries:
  CN: {name: China}
  JP: {name: Japan}
places:
  suzhou: {name: {en: Suzhou, zh: 苏州市}, country: CN, level: city}
  suzhou-anhui: {name: {en: Suzhou, zh: 宿州市}, country: CN, level: city}
  ikeda: {name: {en: Ikeda, ja: 池田市}, country: JP, level: city}
partnerships:
- id: suzhou-ikeda
  between: [suzhou, ikeda]
  exchanges:
  - {from: suzhou, to: ikeda, what: pupils, category: students, count: 10, unit: people, period: 2001}
  - {mutual: true, what: visits, category: visitors, count: 3, unit: visits, period: 2001}
- id: ikeda-suzhou-anhui
  between: [ikeda, suzhou-anhui]
  exchanges:
  - {from: suzhou-anhui, to: ikeda, what: pupils, category: students, count: 200, unit: people, period: 2001}
  - {mutual: true, what: visits, category: visitors, count: 4, unit: visits, period: 2001}
"""


@pytest.fixture
def homonyms(tmp_path: Path) -> Path:
    """Two places of one name with the same partner, first in one pair and second in the other."""
    path = tmp_path / "homonyms.yaml"
    path.write_text(HOMONYMS, encoding="utf-8")
    return path


# By their English names these countries are in the other order than by their Chinese names or their codes.
NEIGHBOURS = """
countries:
  CH: {name: {en: Switzerland, zh: 瑞士}}
  DE: {name: {en: Germany, zh: 德国}}
places:
  basel: {name: Basel, country: CH, level: city}
  ulm: {name: Ulm, country: DE, level: city}
  bonn: {name: Bonn, country: DE, level: city}
partnerships:
- id: basel-ulm
  between: [basel, ulm]
  exchanges:
  - {mutual: true, what: visits, category: visitors, count: 3, unit: visits, period: 2001}
- id: bonn-basel
  between: [bonn, basel]
  exchanges:
  - {mutual: true, what: visits, category: visitors, count: 4, unit: visits, period: 2001}
"""


def test_the_codes_of_two_countries_are_in_the_same_order_in_every_language(tmp_path: Path) -> None:
    path = tmp_path / "neighbours.yaml"
    path.write_text(NEIGHBOURS, encoding="utf-8")
    data = ("--no-builtin", "--data", path, "--by", "direction", "-f", "json")
    for language, names in (("en", ["Switzerland", "Germany"]), ("zh", ["瑞士", "德国"])):
        (row,) = json.loads(call("exchanges", *data, "--lang", language).out)["sums"]
        assert row["key"] == {"codes": ["CH", "DE"], "names": names, "direction": "both"}
        assert row["exact"] == 7


def _of(path: Path, by: str) -> list[dict[str, Any]]:
    result = call("exchanges", "--no-builtin", "--data", path, "--by", by, "-f", "json")
    rows: list[dict[str, Any]] = json.loads(result.out)["sums"]
    return rows


def test_two_places_of_one_name_are_not_added_up(homonyms: Path) -> None:
    sent = [row["exact"] for row in _of(homonyms, "place") if row["key"]["direction"] == "sends"]
    assert sorted(sent) == [10, 200]
    rows = call("exchanges", "--no-builtin", "--data", homonyms, "--by", "place", "-f", "csv").lines[1:]
    assert len({line.split(",")[0] for line in rows if ",sends," in line}) == 2


def test_two_partnerships_of_one_name_are_not_added_up(homonyms: Path) -> None:
    turned = homonyms.read_text("utf-8").replace("[ikeda, suzhou-anhui]", "[suzhou-anhui, ikeda]")
    homonyms.write_text(turned, encoding="utf-8")
    rows = [row for row in _of(homonyms, "partnership") if row["unit"] == "people"]
    assert sorted(row["exact"] for row in rows) == [10, 200]


def test_mutual_figures_are_one_sum_whichever_place_is_first(homonyms: Path) -> None:
    rows = [row for row in _of(homonyms, "direction") if row["unit"] == "visits"]
    assert [row["exact"] for row in rows] == [7]


# --- the records ----------------------------------------------------------------------------------


def test_the_records_are_in_date_order() -> None:
    records = _asked("--records")["records"]
    assert len(records) == 9
    for one, other in pairwise(Period.parse(record["period"]) for record in records):
        assert one.sort_key <= other.sort_key


def test_a_record_says_whether_it_is_counted() -> None:
    records = {record["what"]: record for record in _asked("--records")["records"]}
    assert {what for what, record in records.items() if not record["counted"]} == {
        "pupils by 2009", "its singers",
    }  # fmt: skip
    mutual = records["visits both ways"]
    assert (mutual["origin"], mutual["destination"], mutual["notes"]) == (
        "",
        "",
        "counted by the Linhai office",
    )
    page = small("exchanges", "--records").out
    assert "its singers (in another count)" in page
    assert "its singers" not in small("exchanges").out


def test_the_records_are_the_main_matter_of_a_spreadsheet() -> None:
    rows = list(csv.DictReader(io.StringIO(small("exchanges", "--records", "-f", "csv").out)))
    assert len(rows) == 9
    assert Counter(row["counted"] for row in rows) == {"true": 7, "false": 2}
    assert Counter(row["approximate"] for row in rows) == {"true": 3, "false": 6}
    assert {row["sources"] for row in rows} == {"sakae-city", "gazette", "linhai-city", "", "evil-source"}


def test_the_sources_of_the_records_are_footnotes() -> None:
    report = _asked("--records", "--city", "栄市", "--category", "delegations")
    assert [source["id"] for source in report["sources"]] == ["linhai-city", "gazette"]
    assert {number for record in report["records"] for number in record["sources"]} == {1, 2}
    assert _asked("--city", "栄市")["sources"] == []


def _totals(rows: Iterable[Sum]) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """The sums of a report by key and unit."""
    return {
        (row.key.label, row.unit): (row.exact, row.approximate, row.records, row.excluded) for row in rows
    }


def _added(report: ExchangesReport, key: str) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """The same, added up from the records that are marked as counted."""
    table: dict[tuple[str, str], list[int]] = {}
    for flow in report.records:
        row = table.setdefault((getattr(flow, key), flow.unit), [0, 0, 0, 0])
        if flow.counted:
            row[int(flow.approximate)] += flow.count
            row[2] += 1
        elif not flow.announced:
            row[3] += 1
    return {name: (row[0], row[1], row[2], row[3]) for name, row in table.items()}


@pytest.mark.parametrize("by", ["category", "unit"])
def test_the_counted_records_of_the_bundled_data_add_up_to_the_sums(bundled: Dataset, by: SumBy) -> None:
    report = _report(bundled, by)
    assert len(report.records) == report.matched > 500
    assert _totals(report.sums) == _added(report, by)


@pytest.mark.parametrize("by", SUM_BYS)
def test_every_way_to_sum_the_bundled_data_comes_to_the_same(bundled: Dataset, by: SumBy) -> None:
    whole = _totals(_report(bundled, "unit").sums)
    found = Counter[tuple[str, int]]()
    for row in _report(bundled, by).sums:
        for n, value in enumerate((row.exact, row.approximate, row.records, row.excluded)):
            found[row.unit, n] += value
    times = 2 if by == "place" else 1
    assert {unit: tuple(found[unit, n] for n in range(4)) for _, unit in whole} == {
        unit: tuple(value * times for value in values) for (_, unit), values in whole.items()
    }


@settings(max_examples=30, phases=PHASES)
@given(datasets())
def test_what_is_counted_follows_the_rules_and_adds_up_to_the_sums(data: Dataset) -> None:
    by_category, by_unit = _report(data, "category"), _report(data, "unit")
    assert _totals(by_category.sums) == _added(by_category, "category")
    assert _totals(by_unit.sums) == _added(by_unit, "unit")
    for partnership in data.partnerships:
        marks = [flow.counted for flow in by_unit.records if flow.partnership == partnership.id]
        assert marks == [_counts(flow, partnership.exchanges) for flow in partnership.exchanges]


def _counts(exchange: Exchange, others: tuple[Exchange, ...]) -> bool:
    """Whether a sum takes a record: no part of another, and the latest of its series in its unit."""
    if exchange.announced:
        return False
    others = tuple(other for other in others if not other.announced)
    if exchange.part_of and any(other.id == exchange.part_of for other in others):
        return False
    if exchange.series is None:
        return True
    series = [o for o in others if (o.series, o.unit) == (exchange.series, exchange.unit)]
    # The first of equal ones.
    best = max(series, key=lambda o: (o.period.latest.day_after, o.count))
    return best is exchange


# --- what is selected -----------------------------------------------------------------------------


def test_the_selection_narrows_the_records() -> None:
    assert _sums(_asked("--category", "trainees")) == {("trainees", "people", 12, 30, 2, 0)}
    assert _sums(_asked("--city", "Haibei-sheng", "--from", "1999")) == {("trainees", "people", 0, 30, 1, 0)}
    assert _asked("--kind", "other")["partnerships"][0]["id"] == "evil-linhai"


def test_a_running_total_counts_where_the_later_one_is_not_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text(
        HOMONYMS.split("partnerships:")[0]
        + """partnerships:
- id: suzhou-ikeda
  between: [suzhou, ikeda]
  exchanges:
  - {from: suzhou, to: ikeda, what: x, category: youth, count: 60, unit: people, period: ../2009, series: s}
  - {from: suzhou, to: ikeda, what: x, category: youth, count: 90, unit: people, period: 2010/2019, series: s}
""",
        encoding="utf-8",
    )
    for arguments, exact in (((), 90), (("--to", "2009"), 60), (("--from", "2015"), 90)):
        result = call("exchanges", "--no-builtin", "--data", path, *arguments, "-f", "json")
        assert [row["exact"] for row in json.loads(result.out)["sums"]] == [exact]


def test_a_selection_without_exchanges_says_so() -> None:
    assert small("exchanges", "--category", "money") == (
        0, "", "sisterline: nothing matches --category money\n"
    )  # fmt: skip
    assert small("exchanges", "--city", "Ålesund").err == "sisterline: nothing matches --city Ålesund\n"


def test_limit_and_reverse_do_what_their_help_says() -> None:
    # They are offered in `exchanges --help`; an option that is taken and does nothing misleads.
    sums = _asked()["sums"]
    assert _asked("--limit", "2")["sums"] == sums[:2]
    assert _asked("--reverse")["sums"] == sums[::-1]

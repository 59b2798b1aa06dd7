"""`diff OLD NEW`: what was added, removed and changed, and nothing else."""

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import data_changelog
import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from data_strategies import datasets
from helpers import CONTROL, SMALL, TODAY, call, plain
from sisterline import DATA_VERSION
from sisterline.formats import markdown
from sisterline.formats.terminal import page
from sisterline.formats.terminal.console import Viewport
from sisterline.model import Dataset
from sisterline.reading.dataset import load_dataset
from sisterline.reading.files import bundled_folder
from sisterline.reports.diff import DiffReport, RecordChange, diff_report
from sisterline.text.cells import width

OLD = """
dataset: {title: Ties, version: 2026.1}
places:
  a: {name: {en: A-town, ja: 甲市}, country: JP, level: town, population: {count: 900, as_of: 2020}}
  b: {name: B-town, country: CN, level: town}
  c: {name: C-town, country: CN, level: town}
sources:
  s: {title: News}
  t: {title: Gazette}
partnerships:
- id: a-b
  between: [a, b]
  since: 1996-03
  sources: [s]
  disputed: [{field: since, value: 1995, source: s}]
  events:
  - {date: 1996-03, type: agreement, title: The towns sign, source: s}
  - {date: 2001, type: gift, title: A bell is given}
  - {date: 2005-05, type: delegation, title: A visit}
  - {date: 2005-05, type: delegation, title: Another visit}
  exchanges:
  - {id: visit, mutual: true, what: pupils, category: students, count: 20, unit: people, period: 2012}
  - {from: a, to: b, what: books, category: goods, count: 3, unit: books, period: 2013}
- {id: a-c, between: [a, c]}
totals:
- {between: [CN, JP], count: 2, unit: pairs, as_of: 2020, by: Us, counts: all}
"""
NEW = """
dataset: {title: Ties, version: 2026.2}
places:
  a: {name: {en: A-town, ja: 甲町}, country: JP, level: town, population: {count: 950, as_of: 2025}}
  b: {name: B-town, country: CN, level: town}
  d: {name: D-town, country: CN, level: town}
sources:
  s: {title: News, type: press}
partnerships:
- id: a-b
  between: [a, b]
  kind: twin-town
  since: 1996-03-05
  sources: [s]
  events:
  - {date: 1996-03-05, type: agreement, title: The towns sign, source: s}
  - {date: 2001, type: gift, title: A bronze bell is given}
  - {date: 2005-05, type: delegation, title: Another visit}
  - {date: 2011, type: aid, title: Aid after the earthquake}
  exchanges:
  - {id: visit, mutual: true, what: pupils, category: students, count: 24, unit: people, period: 2012}
- id: a-d
  between: [a, d]
  kind: twin-town
  since: 2020
  events: [{date: 2020, type: agreement, title: Signed}]
totals:
- {between: [CN, JP], count: 3, unit: pairs, as_of: 2020, by: Us, counts: all}
"""


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    """Two versions of a file."""
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(OLD, "utf-8")
    new.write_text(NEW, "utf-8")
    return old, new


def report_of(versions: tuple[Path, Path]) -> dict[str, Any]:
    """The difference as JSON."""
    result = call("diff", *versions, "-f", "json", "--today", "2026-11-25")
    assert (result.status, result.err) == (0, "")
    found: dict[str, Any] = json.loads(result.out)
    return found


def lines_of(versions: tuple[Path, Path]) -> list[tuple[str, ...]]:
    """The difference as CSV, without the line of names."""
    return [tuple(row) for row in csv.reader(io.StringIO(call("diff", *versions, "-f", "csv").out))][1:]


# --- what is found --------------------------------------------------------------------------------


def test_every_field_that_differs_is_a_line(versions: tuple[Path, Path]) -> None:
    gift = ("A bell is given", "A bronze bell is given")
    day = ("1996-03", "1996-03-05")
    assert lines_of(versions) == [
        ("dataset", "", "changed", "", "", "", "version", "2026.1", "2026.2"),
        ("partnerships", "a-b", "changed", "", "", "", "kind", "", "twin-town"),
        ("partnerships", "a-b", "changed", "", "", "", "since", "1996-03", "1996-03-05"),
        # The same event with a corrected date, and one with a corrected title.
        ("partnerships", "a-b", "changed", "event", "1996-03-05", "agreement", "date", *day),
        ("partnerships", "a-b", "changed", "event", "2001", "gift", "title", *gift),
        ("partnerships", "a-b", "added", "event", "2011", "aid", "date", "", "2011"),
        ("partnerships", "a-b", "added", "event", "2011", "aid", "type", "", "aid"),
        ("partnerships", "a-b", "added", "event", "2011", "aid", "title", "", "Aid after the earthquake"),
        # Of two on the same date the one with the same title stays.
        ("partnerships", "a-b", "removed", "event", "2005-05", "delegation", "date", "2005-05", ""),
        ("partnerships", "a-b", "removed", "event", "2005-05", "delegation", "type", "delegation", ""),
        ("partnerships", "a-b", "removed", "event", "2005-05", "delegation", "title", "A visit", ""),
        ("partnerships", "a-b", "changed", "exchange", "2012", "students", "count", "20", "24"),
        *(
            ("partnerships", "a-b", "removed", "exchange", "2013", "goods", field, value, "")
            for field, value in (
                ("from", "a"), ("to", "b"), ("what", "books"), ("category", "goods"), ("count", "3"),
                ("unit", "books"), ("period", "2013"),
            )
        ),
        ("partnerships", "a-b", "removed", "dispute", "", "since", "field", "since", ""),
        ("partnerships", "a-b", "removed", "dispute", "", "since", "value", "1995", ""),
        ("partnerships", "a-b", "removed", "dispute", "", "since", "source", "s", ""),
        ("partnerships", "a-d", "added", "", "", "", "between", "", "a, d"),
        ("partnerships", "a-d", "added", "", "", "", "kind", "", "twin-town"),
        ("partnerships", "a-d", "added", "", "", "", "since", "", "2020"),
        ("partnerships", "a-d", "added", "event", "2020", "agreement", "date", "", "2020"),
        ("partnerships", "a-d", "added", "event", "2020", "agreement", "type", "", "agreement"),
        ("partnerships", "a-d", "added", "event", "2020", "agreement", "title", "", "Signed"),
        ("partnerships", "a-c", "removed", "", "", "", "between", "a, c", ""),
        ("places", "a", "changed", "", "", "", "name.ja", "甲市", "甲町"),
        ("places", "a", "changed", "", "", "", "population.count", "900", "950"),
        ("places", "a", "changed", "", "", "", "population.as_of", "2020", "2025"),
        ("places", "d", "added", "", "", "", "name", "", "D-town"),
        ("places", "d", "added", "", "", "", "country", "", "CN"),
        ("places", "d", "added", "", "", "", "level", "", "town"),
        ("places", "c", "removed", "", "", "", "name", "C-town", ""),
        ("places", "c", "removed", "", "", "", "country", "CN", ""),
        ("places", "c", "removed", "", "", "", "level", "town", ""),
        ("sources", "s", "changed", "", "", "", "type", "", "press"),
        ("sources", "t", "removed", "", "", "", "title", "Gazette", ""),
        ("totals", "2020 Us", "changed", "", "", "", "count", "2", "3"),
    ]  # fmt: skip


def test_the_counts_of_each_section_are_those_of_its_records(versions: tuple[Path, Path]) -> None:
    counts = {
        section["section"]: tuple(section[name] for name in ("old", "new", "added", "removed", "changed"))
        for section in report_of(versions)["sections"]
    }
    assert counts == {
        "partnerships": (2, 2, 1, 1, 1),
        "events": (4, 5, 2, 1, 2),
        "exchanges": (2, 1, 0, 1, 1),
        "places": (3, 3, 1, 1, 1),
        "sources": (2, 1, 0, 1, 1),
        "totals": (1, 1, 0, 0, 1),
        "countries": (0, 0, 0, 0, 0),
    }


def test_a_moved_record_or_another_style_of_yaml_is_no_difference(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "folder")
    one = tmp_path / "one.yaml"
    one.write_text("".join(file.read_text("utf-8") for file in sorted(SMALL.glob("*.yaml"))), "utf-8")
    report = report_of((tmp_path / "folder", one))
    assert report["records"] == []


def test_the_versions_of_both_sides_are_named(versions: tuple[Path, Path]) -> None:
    report = report_of(versions)
    assert (report["old"]["version"], report["data"]["version"]) == ("2026.1", "2026.2")


# --- how it is written ----------------------------------------------------------------------------

SCREEN = """\
2026.1 → 2026.2 · 10 records differ

              Old  New  Added  Removed  Changed
Partnerships    2    2      1        1        1
Events          4    5      2        1        2
Exchanges       2    1               1        1
Places          3    3      1        1        1
Sources         2    1               1        1
Totals          1    1                        1
Countries       0    0

Data set
   Fact     Difference
~  version  2026.1 → 2026.2

Partnerships
Record     Fact                         Difference
a-b     +  kind                         twin-town
        ~  since                        1996-03 → 1996-03-05
        ~  event 1996-03-05 agreement,  1996-03 → 1996-03-05
           date
        ~  event 2001 gift, title       A bell is given → A bronze bell is given
        +  event 2011 aid               Aid after the earthquake
        -  event 2005-05 delegation     A visit
        ~  exchange 2012 students,      20 → 24
           count
        -  exchange 2013 goods          books
        -  dispute since                1995
a-d     +                               twin-town, 2020, 1 event
a-c     -                               –
"""


def test_the_screen_shows_counts_and_then_each_record(
    versions: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert call("diff", *versions).out.startswith(SCREEN)


@pytest.mark.parametrize("cells", [60, 80, 120])
def test_no_line_is_wider_than_the_screen(world: Dataset, cells: int) -> None:
    nothing = Dataset(countries={}, places={}, sources={}, partnerships=(), totals=())
    for report in (diff_report(nothing, world, TODAY), diff_report(world, nothing, TODAY)):
        for line in plain(page.lines(report, Viewport(cells))):
            assert width(line) <= cells
            assert not CONTROL.search(line)


def test_markdown_has_a_table_for_each_section_that_differs(versions: tuple[Path, Path]) -> None:
    text = call("diff", *versions, "-f", "markdown").out
    assert text.startswith("# 2026.1 → 2026.2 · 10 records differ\n")
    headings = [line for line in text.splitlines() if line.startswith("## ")]
    assert headings == ["## Data set", "## Partnerships", "## Places", "## Sources", "## Totals"]
    assert text.endswith("Data: Ties, version 2026.2\n")


def test_the_json_is_of_its_schema(versions: tuple[Path, Path]) -> None:
    schema = json.loads(call("schema", "diff").out)
    assert list(Draft202012Validator(schema).iter_errors(report_of(versions))) == []


def test_two_equal_versions_differ_in_nothing_and_the_status_is_0() -> None:
    result = call("diff", SMALL, SMALL)
    assert (result.status, result.err) == (0, "")
    assert result.lines[0] == "unknown version → unknown version · no difference"


def test_the_status_is_0_also_where_versions_differ(versions: tuple[Path, Path]) -> None:
    assert call("diff", *versions).status == 0


# --- which versions -------------------------------------------------------------------------------


def test_the_new_version_is_by_default_the_bundled_data(tmp_path: Path) -> None:
    shutil.copytree(bundled_folder(), tmp_path / "old")
    places = tmp_path / "old" / "places.yaml"
    places.write_text(places.read_text("utf-8").replace("Tientsin", "Tien-tsin"), "utf-8")
    report = json.loads(call("diff", tmp_path / "old", "-f", "json").out)
    assert report["data"]["version"] == DATA_VERSION
    (record,) = report["records"]
    assert (record["section"], record["id"], record["change"]) == ("places", "tianjin", "changed")


def test_a_version_that_is_not_valid_is_one_line_and_status_1(versions: tuple[Path, Path]) -> None:
    versions[1].write_text("places: [", "utf-8")
    result = call("diff", *versions)
    assert result.status == 1
    assert result.err.startswith(f"sisterline: {versions[1]}:1:")


def test_standard_input_can_be_one_version_but_not_both() -> None:
    result = call("diff", "-", "-")
    assert result.status == 2
    assert "standard input" in result.err


def test_a_version_is_never_replaced_by_the_difference(versions: tuple[Path, Path]) -> None:
    result = call("diff", *versions, "-o", versions[0], "-f", "markdown", "--force")
    assert result.status == 1
    assert versions[0].read_text("utf-8") == OLD


# --- the log of the data --------------------------------------------------------------------------


def test_the_log_of_the_data_begins_with_the_present_version() -> None:
    text = (bundled_folder() / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert versions[0] == DATA_VERSION
    assert versions == sorted(set(versions), reverse=True)


def test_the_log_keeps_the_sections_of_earlier_versions_and_replaces_that_of_the_present() -> None:
    old = data_changelog.log("", "## 2026.1\n\nfirst\n")
    assert old == f"{data_changelog.HEAD}\n## 2026.1\n\nfirst\n"
    draft = data_changelog.log(old, "## 2026.2\n\ndraft\n")
    assert data_changelog.log(draft, "## 2026.2\n\n### Places\n\nsecond\n") == (
        f"{data_changelog.HEAD}\n## 2026.2\n\n### Places\n\nsecond\n\n## 2026.1\n\nfirst\n"
    )


def test_the_log_repeats_no_sentence_that_the_data_no_longer_has(
    versions: tuple[Path, Path],
) -> None:
    old, new = (load_dataset([path]) for path in versions)
    report = data_changelog.without_old_sentences(diff_report(old, new, TODAY))
    text = markdown.text(report)
    for sentence in ("A bell is given", "A visit", "books", "Gazette"):
        assert sentence in markdown.text(diff_report(old, new, TODAY))
        assert sentence not in text
    assert "… → A bronze bell is given" in text
    assert "1996-03 → 1996-03-05" in text


# --- whatever the data ----------------------------------------------------------------------------

Named = dict[tuple[str, str], RecordChange]


def named(report: DiffReport) -> Named:
    """The records of a report by section and id; totals may share one."""
    return {(record.section, record.id): record for record in report.records if record.section != "totals"}


@settings(max_examples=20)
@given(datasets(), datasets())
def test_both_directions_show_the_same_and_the_counts_add_up(one: Dataset, other: Dataset) -> None:
    forth, back = diff_report(one, other, TODAY), diff_report(other, one, TODAY)
    for section, reverse in zip(forth.sections, back.sections, strict=True):
        assert section.old + section.added - section.removed == section.new
        assert (section.added, section.removed) == (reverse.removed, reverse.added)
    there, again = named(forth), named(back)
    assert there.keys() == again.keys()
    for name, record in there.items():
        swapped = {(field.field, field.new, field.old) for field in again[name].fields}
        assert {(field.field, field.old, field.new) for field in record.fields} == swapped


@settings(max_examples=20)
@given(datasets())
def test_a_data_set_does_not_differ_from_itself(dataset: Dataset) -> None:
    assert diff_report(dataset, dataset, TODAY).records == ()


@settings(max_examples=20)
@given(datasets(), datasets())
def test_each_record_that_differs_is_listed_with_a_field_or_a_part(one: Dataset, other: Dataset) -> None:
    found = named(diff_report(one, other, TODAY))
    for section in ("places", "sources", "countries"):
        old, new = getattr(one, section), getattr(other, section)
        differing = {name for name in {*old, *new} if old.get(name) != new.get(name)}
        assert {name for kind, name in found if kind == section} == differing
    old = {partnership.id: partnership for partnership in one.partnerships}
    new = {partnership.id: partnership for partnership in other.partnerships}
    differing = {name for name in {*old, *new} if old.get(name) != new.get(name)}
    assert {name for kind, name in found if kind == "partnerships"} == differing
    assert all(record.fields or record.parts for record in found.values())

"""`export FOLDER`: tidy tables that hold together, say what the data says, and replace nothing of others."""

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings

from data_strategies import datasets
from helpers import CONTROL, SMALL, TESTS, TODAY, call, small
from sisterline import DATA_VERSION, model
from sisterline.dates import Date, Period
from sisterline.formats.package import tables as tidy
from sisterline.formats.package.folder import DESCRIPTOR
from sisterline.language import localized
from sisterline.model import Dataset, source_ids
from sisterline.query.selection import Selection, select
from sisterline.reports.archive import archive_report

NAMES = ["places", "partnerships", "events", "exchanges", "disputes", "sources", "totals", "citations"]

Rows = list[dict[str, str]]


def rows_of(folder: Path, name: str) -> Rows:
    """A table of an export as Python's own reader has it."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def described(folder: Path) -> dict[str, Any]:
    """The description of an export."""
    found: dict[str, Any] = json.loads((folder / DESCRIPTOR).read_text("utf-8"))
    return found


def contents(folder: Path) -> dict[str, bytes]:
    """The files of a folder."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small data set as a package."""
    folder = tmp_path_factory.mktemp("export") / "small"
    result = small("export", folder)
    assert (result.status, result.err) == (0, "")
    assert result.out == (f"created {folder}: 9 partnerships in 8 tables, described by datapackage.json\n")
    return folder


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundled data as a package."""
    folder = tmp_path_factory.mktemp("export") / "public"
    assert call("export", folder, "--today", "2026-11-25").status == 0
    return folder


# --- other programs read it -----------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("name", ["exported", "public"])
def test_frictionless_finds_the_package_valid(name: str, request: pytest.FixtureRequest) -> None:
    # Types, constraints, keys, foreign keys, lengths and hashes.
    folder: Path = request.getfixturevalue(name)
    command = [sys.executable, "-W", "ignore", "-m", "frictionless", "validate", DESCRIPTOR, "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    report = json.loads(done.stdout)
    assert report["valid"], report
    assert [task["name"] for task in report["tasks"]] == NAMES
    assert done.returncode == 0


@pytest.mark.slow
def test_frictionless_notices_a_foreign_key_that_names_nothing(exported: Path, tmp_path: Path) -> None:
    # The test above can fail: these are checks that a reader makes of what we describe.
    shutil.copytree(exported, tmp_path / "copy")
    places = tmp_path / "copy" / "places.csv"
    places.write_text(places.read_text("utf-8").replace("omori,", "gone,", 1), "utf-8")
    command = [sys.executable, "-W", "ignore", "-m", "frictionless", "validate", DESCRIPTOR, "--json"]
    done = subprocess.run(
        command, cwd=tmp_path / "copy", capture_output=True, text=True, timeout=120, check=False
    )
    errors = {error["type"] for task in json.loads(done.stdout)["tasks"] for error in task["errors"]}
    assert {"foreign-key", "hash-count"} <= errors


def test_pandas_reads_each_table_with_the_types_that_are_described(public: Path) -> None:
    program = """
import json, sys
import pandas as pd
TYPES = {"string": "string", "array": "string", "integer": "Int64", "number": "float64", "boolean": "boolean"}
found = {}
for resource in json.load(open("datapackage.json", encoding="utf-8"))["resources"]:
    fields = resource["schema"]["fields"]
    types = {field["name"]: TYPES[field["type"]] for field in fields if field["type"] in TYPES}
    days = [field["name"] for field in fields if field["type"] == "date"]
    table = pd.read_csv(resource["path"], dtype=types, parse_dates=days)
    assert table["id"].is_unique and table["id"].notna().all()
    for day in days:
        assert str(table[day].dtype).startswith("datetime64"), day
    found[resource["name"]] = len(table)
print(json.dumps(found))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=public, capture_output=True, text=True, timeout=120, check=True
    )
    assert json.loads(done.stdout) == {name: len(rows_of(public, name)) for name in NAMES}


def test_the_pandas_code_of_the_data_page_runs_and_sums_what_the_command_sums(
    public: Path, tmp_path: Path
) -> None:
    page = (TESTS.parent / "docs" / "data.md").read_text("utf-8")
    (program,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    shutil.copytree(public, tmp_path / "pairs")
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    (decades,) = json.loads(call("stats", "--by", "decade", "-f", "json").out)["counts"]
    counts = {row["key"]["codes"][0]: row["count"] for row in decades["rows"] if row["key"]["codes"]}
    assert len(counts) > 4
    for decade, count in counts.items():
        assert re.search(rf"^{decade[:4]}\.0 +{count}$", done.stdout, re.MULTILINE)
    sums = json.loads(call("exchanges", "--by", "category", "-f", "json").out)["sums"]
    (students,) = [each for each in sums if (each["key"]["codes"], each["unit"]) == (["students"], "people")]
    assert done.stdout.splitlines()[-1] == str(students["exact"])


# --- it holds together ----------------------------------------------------------------------------


@settings(max_examples=20)
@given(datasets(ties=1))
def test_ids_are_unique_and_references_exist_whatever_the_data(dataset: Dataset) -> None:
    archive = archive_report(dataset, select(dataset, Selection()), TODAY)
    found = {table.name: table for table in tidy.tables(archive)}
    assert list(found) == NAMES
    ids = {name: [row.id for row in table.rows] for name, table in found.items()}
    for name, table in found.items():
        assert len(ids[name]) == len(set(ids[name]))
        names = [column.name for column in table.columns]
        assert len(names) == len(set(names))
        assert names[0] == "id"
        for column in table.columns:
            values = [column.read(row) for row in table.rows]
            if column.required:
                assert None not in values
            if column.refers_to:
                assert set(values) - {None} <= set(ids[column.refers_to])
            if column.choices:
                assert set(values) - {None} <= set(column.choices)


def test_every_foreign_key_of_the_bundled_data_exists(public: Path) -> None:
    ids = {name: {row["id"] for row in rows_of(public, name)} for name in NAMES}
    keys = 0
    for resource in described(public)["resources"]:
        for key in resource["schema"]["foreignKeys"]:
            table = key["reference"]["resource"] or resource["name"]
            (column,) = key["fields"]
            assert {row[column] for row in rows_of(public, resource["name"])} - {""} <= ids[table]
            keys += 1
    assert keys == 20


def leaves(record: type[msgspec.Struct]) -> Iterator[str]:
    """The fields of a record that hold values, those of records in it included."""
    for field in msgspec.structs.fields(record):
        yield field.name


def test_every_field_of_the_model_has_a_column_or_a_table() -> None:
    # Not lists of records, which are tables, and not lists of sources, which are citations.
    elsewhere: dict[type[msgspec.Struct], set[str]] = {
        model.Partnership: {"between", "sources", "disputed", "not_found", "events", "exchanges"},
        model.Event: {"source"},
        model.Exchange: {"id", "source"},
        model.Total: {"between", "source"},
        model.Place: {"location", "identifiers"},
    }
    tables: dict[str, type[msgspec.Struct]] = {
        "places": model.Place, "partnerships": model.Partnership, "events": model.Event,
        "exchanges": model.Exchange, "disputes": model.Dispute, "sources": model.Source,
        "totals": model.Total,
    }  # fmt: skip
    for table, record in tables.items():
        columns = {column.name for column in tidy.columns_of(table)}
        assert set(leaves(record)) - elsewhere.get(record, set()) <= columns
    assert {"latitude", "longitude", *leaves(model.Identifiers)} <= {
        column.name for column in tidy.columns_of("places")
    }


def test_a_field_that_is_added_gets_its_columns_by_itself() -> None:
    class Later(model.Event, frozen=True, kw_only=True):
        confirmed: bool = False
        seen: Date | None = None

    from sisterline.formats.package.columns import record_columns

    names = [column.name for column in record_columns(Later)]
    assert names[-5:] == ["confirmed", "seen", "seen_first_day", "seen_last_day", "seen_precision"]


def test_every_column_is_described(public: Path) -> None:
    for resource in described(public)["resources"]:
        assert resource["description"].endswith(".")
        for field in resource["schema"]["fields"]:
            assert field["description"], field["name"]


# --- it says what the data says -------------------------------------------------------------------


def test_there_are_as_many_rows_as_records(public: Path, bundled: Dataset) -> None:
    pairs = bundled.partnerships
    events = [event for pair in pairs for event in pair.events]
    flows = [flow for pair in pairs for flow in pair.exchanges]
    disputes = [dispute for pair in pairs for dispute in pair.disputed]
    assert len(rows_of(public, "partnerships")) == len(pairs)
    assert len(rows_of(public, "events")) == len(events)
    assert len(rows_of(public, "exchanges")) == len(flows)
    assert len(rows_of(public, "disputes")) == len(disputes)
    assert len(rows_of(public, "totals")) == len(bundled.totals)
    citations = [row["fact"] for row in rows_of(public, "citations")]
    assert citations.count("founding") == sum(len(set(pair.sources)) for pair in pairs)
    assert citations.count("event") == sum(len(set(source_ids(event.source))) for event in events)
    assert citations.count("exchange") == sum(len(set(source_ids(flow.source))) for flow in flows)


def test_dates_have_their_first_and_last_day_and_their_precision(public: Path, bundled: Dataset) -> None:
    rows = {row["id"]: row for row in rows_of(public, "partnerships")}
    for pair in bundled.partnerships:
        row = rows[pair.id]
        if pair.since is None:
            assert [row[name] for name in ("since", "first_day", "last_day", "precision")] == [""] * 4
            continue
        assert Date.parse(row["since"]) == pair.since
        assert (row["first_day"][:4], row["last_day"][:4]) == (row["since"][:4],) * 2
        assert row["precision"] == pair.since.precision
        assert (row["first_day"] == row["last_day"]) == (row["precision"] == "day")


def test_an_open_interval_has_no_day_at_its_open_end(public: Path) -> None:
    rows = [row for row in rows_of(public, "exchanges") if row["period"].endswith("/..")]
    assert rows
    for row in rows:
        assert row["last_day"] == ""
        assert row["first_day"].startswith(str(Period.parse(row["period"]).start)[:4])


def test_booleans_are_true_or_false(public: Path) -> None:
    for column in ("mutual", "approximate", "counted"):
        assert {row[column] for row in rows_of(public, "exchanges")} == {"true", "false"}


def test_sums_of_the_counted_rows_are_those_of_the_command(public: Path) -> None:
    report = json.loads(call("exchanges", "--by", "category", "-f", "json").out)
    for row in report["sums"]:
        (category,), unit = row["key"]["codes"], row["unit"]
        counted = [
            each
            for each in rows_of(public, "exchanges")
            if (each["category"], each["unit"], each["counted"]) == (category, unit, "true")
        ]
        exact = sum(int(each["count"]) for each in counted if each["approximate"] == "false")
        assert exact == row["exact"]


def test_there_are_no_computed_anniversaries(public: Path, bundled: Dataset) -> None:
    events = [event for pair in bundled.partnerships for event in pair.events]
    stored = {localized(event.title, "en") for event in events}
    titles = {row["title"] for row in rows_of(public, "events")}
    assert not {title for title in titles if title.endswith("th anniversary")} - stored


def test_a_record_names_what_it_is_part_of_by_its_id(public: Path) -> None:
    rows = {row["id"]: row for row in rows_of(public, "exchanges")}
    parts = [row for row in rows.values() if row["part_of"]]
    assert parts
    for part in parts:
        assert rows[part["part_of"]]["partnership"] == part["partnership"]
        assert part["counted"] == "false"


def test_the_package_names_title_version_licence_and_selection(tmp_path: Path) -> None:
    assert call("export", tmp_path / "x", "--city", "Kobe", "--today", "2026-11-25").status == 0
    package = described(tmp_path / "x")
    assert package["title"] == "Sisterline data set of China-Japan partnerships"
    assert package["version"] == DATA_VERSION
    assert package["licenses"] == [{"name": "CC-BY-4.0"}]
    assert package["created"] == "2026-11-25T00:00:00Z"
    assert package["sisterline"]["selection"] == "--city Kobe"


def test_own_data_beside_the_bundled_data_has_no_licence_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("places:\n  nowhere-town: {name: Nowhere, country: JP, level: town}\n", "utf-8")
    assert call("export", tmp_path / "x", "--city", "Kobe", "--data", own).status == 0
    package = described(tmp_path / "x")
    assert package["version"] == f"{DATA_VERSION}+own"
    assert "licenses" not in package
    assert package["description"].endswith("Licence: CC-BY-4.0 for the bundled data")


def test_data_without_a_description_makes_a_package_without_title(exported: Path) -> None:
    assert described(exported).keys().isdisjoint({"title", "version", "licenses"})


def test_hostile_texts_are_harmless_in_every_cell(exported: Path) -> None:
    for name in NAMES:
        for row in rows_of(exported, name):
            for column, text in row.items():
                assert not CONTROL.search(text)
                if column not in ("latitude", "longitude"):
                    assert not text.lstrip().startswith(("=", "+", "-", "@"))


# --- selections -----------------------------------------------------------------------------------


def test_a_selection_exports_the_rows_that_it_selects(tmp_path: Path) -> None:
    call("export", tmp_path / "x", "--city", "Kobe", "--from", "2000", "--type", "culture")
    listed = json.loads(call("list", "--city", "Kobe", "-f", "json").out)["partnerships"]
    rows = rows_of(tmp_path / "x", "partnerships")
    assert {row["id"] for row in rows} <= {row["id"] for row in listed}
    events = rows_of(tmp_path / "x", "events")
    assert {row["type"] for row in events} == {"culture"}
    assert min(row["last_day"] for row in events) >= "2000"
    assert rows_of(tmp_path / "x", "exchanges") == []


def test_ids_are_the_same_whatever_is_selected(tmp_path: Path, public: Path) -> None:
    call("export", tmp_path / "x", "--from", "1990", "--type", "delegation", "--category", "students")
    for name in ("events", "exchanges", "totals"):
        whole = {row["id"]: row for row in rows_of(public, name)}
        part = rows_of(tmp_path / "x", name)
        assert part
        for row in part:
            same = whole[row["id"]]
            assert {key: row[key] for key in row if key not in ("counted", "part_of")} == {
                key: same[key] for key in row if key not in ("counted", "part_of")
            }


def test_an_empty_selection_is_a_valid_package_without_rows(tmp_path: Path) -> None:
    result = small("export", tmp_path / "x", "--kind", "partner-city")
    assert (result.status, result.err) == (0, "sisterline: nothing matches --kind partner-city\n")
    assert all(rows_of(tmp_path / "x", name) == [] for name in NAMES)


def test_the_same_data_on_the_same_day_is_the_same_package(tmp_path: Path, exported: Path) -> None:
    small("export", tmp_path / "x")
    assert contents(tmp_path / "x") == contents(exported)


# --- folders --------------------------------------------------------------------------------------


def test_an_empty_folder_is_filled_and_keeps_its_permissions(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    folder.mkdir(mode=0o750)
    assert small("export", folder).status == 0
    assert folder.stat().st_mode & 0o777 == 0o750
    assert sorted(contents(folder)) == sorted([DESCRIPTOR, *(f"{name}.csv" for name in NAMES)])


def test_the_current_folder_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert small("export", ".").status == 0
    assert (tmp_path / DESCRIPTOR).is_file()
    assert Path.cwd() == tmp_path


def test_a_slash_at_the_end_of_the_name_makes_no_difference(tmp_path: Path) -> None:
    assert small("export", f"{tmp_path}/x/").status == 0
    assert (tmp_path / "x" / DESCRIPTOR).is_file()
    assert small("export", f"{tmp_path}/x/").status == 0


def test_standard_output_is_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = small("export", "-")
    assert (result.status, list(tmp_path.iterdir())) == (2, [])
    assert "export writes a folder, not standard output; name one" in result.err


def test_a_folder_in_the_home_folder_may_begin_with_a_tilde(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert small("export", "~/x").status == 0
    assert (tmp_path / "x" / DESCRIPTOR).is_file()


def test_a_new_folder_has_the_permissions_that_a_new_folder_gets(tmp_path: Path, exported: Path) -> None:
    (tmp_path / "plain").mkdir()
    assert exported.stat().st_mode == (tmp_path / "plain").stat().st_mode
    assert small("export", tmp_path / "x").status == 0
    assert (tmp_path / "x").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_an_earlier_export_is_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    small("export", folder)
    whole = contents(folder)
    assert small("export", folder, "--city", "omori").status == 0
    assert contents(folder) != whole
    assert small("export", folder).status == 0
    assert contents(folder) == whole


def test_a_file_of_an_earlier_export_that_is_no_longer_written_is_removed(tmp_path: Path) -> None:
    from sisterline.formats.package.folder import with_digest

    folder = tmp_path / "x"
    small("export", folder)
    package = described(folder)
    former = folder / "former.csv"
    shutil.copy(folder / "totals.csv", former)
    resource = {**package["resources"][-2], "path": former.name}
    assert resource["name"] == "totals"
    package["resources"].append(resource)
    (folder / DESCRIPTOR).write_text(json.dumps(with_digest(package)), "utf-8")
    assert small("export", folder).status == 0
    assert not former.exists()


def refused(folder: Path, reason: str) -> None:
    """Check that a folder is refused for a reason, and left as it was."""
    before = contents(folder)
    result = small("export", folder)
    assert result.status == 1
    assert result.err == f"sisterline: cannot write {folder}: {reason}; choose a new or an empty folder\n"
    assert result.out == ""
    assert contents(folder) == before


def test_a_folder_with_a_file_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    refused(tmp_path, "it holds notes.txt, which is no part of an export")


@pytest.mark.parametrize("name", ["thesis.csv", ".hidden", "places.csv.bak"])
def test_an_earlier_export_to_which_somebody_added_a_file_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "x"
    small("export", folder)
    (folder / name).write_text("mine", "utf-8")
    refused(folder, f"it holds {name}, which is no part of an export")


@pytest.mark.parametrize("name", ["events.csv", DESCRIPTOR])
def test_an_earlier_export_that_somebody_edited_is_refused(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "x"
    small("export", folder)
    file = folder / name
    file.write_bytes(file.read_bytes().replace(b"e", b"E", 1))
    refused(folder, f"{name} in it was changed since it was exported")


def test_a_package_of_another_program_is_refused(tmp_path: Path) -> None:
    for text in ('{"name": "mine", "resources": []}', "[]", "{", '{"sisterline": 1}', "null"):
        (tmp_path / DESCRIPTOR).write_text(text, "utf-8")
        refused(tmp_path, "its datapackage.json is not one of Sisterline's")


def test_a_folder_of_data_files_is_refused(tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "data")
    refused(tmp_path / "data", "it holds partnerships.yaml, which is no part of an export")


def test_a_link_in_the_place_of_a_table_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    small("export", folder)
    (folder / "events.csv").rename(tmp_path / "elsewhere.csv")
    (folder / "events.csv").symlink_to(tmp_path / "elsewhere.csv")
    refused(folder, "events.csv in it was changed since it was exported")


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no permissions of POSIX")
def test_a_read_only_table_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "x"
    small("export", folder)
    (folder / "events.csv").chmod(0o444)
    result = small("export", folder)
    assert result.status == 1
    assert "events.csv in it is read-only" in result.err


def test_what_a_system_leaves_in_a_folder_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / ".DS_Store").write_bytes(b"x")
    assert small("export", tmp_path).status == 0
    assert (tmp_path / ".DS_Store").read_bytes() == b"x"
    assert small("export", tmp_path).status == 0


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine", "utf-8")
    result = small("export", tmp_path / "x")
    assert (result.status, result.err) == (
        1, f"sisterline: cannot write {tmp_path / 'x'}: it is a file; name a folder\n",
    )  # fmt: skip


def test_a_folder_in_a_missing_folder_names_the_fix(tmp_path: Path) -> None:
    result = small("export", tmp_path / "no" / "x")
    assert result.status == 1
    assert result.err.endswith("No such file or directory; make its folder first\n")


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert small("export", tmp_path / "link").status == 0
    assert (tmp_path / "real" / DESCRIPTOR).is_file()


@pytest.mark.parametrize("new", [True, False])
def test_a_failure_on_the_way_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, new: bool
) -> None:
    folder = tmp_path / "x"
    if not new:
        small("export", folder, "--city", "omori")
    before = contents(folder) if not new else {}
    written = Path.write_bytes

    def full(path: Path, data: Any) -> int:
        if path.name == "sources.csv":
            raise OSError(28, "No space left on device")
        return written(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    result = small("export", folder)
    assert (result.status, result.out) == (1, "")
    assert "No space left on device" in result.err
    assert [path.name for path in tmp_path.iterdir()] == ([] if new else ["x"])
    assert (contents(folder) if not new else {}) == before


# --- the command ----------------------------------------------------------------------------------


def test_a_call_without_a_folder_says_what_is_missing() -> None:
    result = call("export")
    assert result.status == 2
    assert "folder" in result.err.lower()


def test_options_of_reports_are_unknown_to_export() -> None:
    assert call("export", "x", "-f", "json").status == 2
    assert call("export", "x", "--columns", "id").status == 2

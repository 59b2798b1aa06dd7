"""`list -o FILE.sqlite`: a database that holds together, says what the commands say, and is whole."""

import contextlib
import csv
import io
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import msgspec
import pytest
import sqlite_utils
from hypothesis import HealthCheck, Phase, given, settings

from data_strategies import datasets
from helpers import SMALL, TESTS, TODAY, call, small
from sisterline import DATA_VERSION, __version__
from sisterline.formats import sqlite
from sisterline.formats.options import WriteOptions
from sisterline.model import Dataset, source_ids
from sisterline.query.places import native_name
from sisterline.query.selection import Selection, select
from sisterline.reading.dataset import load_dataset
from sisterline.reports.archive import archive_report

TABLES = {
    "countries", "places", "names", "sources", "partnerships", "partnership_sources", "disputed", "events",
    "event_titles", "event_sources", "exchanges", "exchange_sources", "totals",
    "total_sources", "translations", "meta", "columns",
}  # fmt: skip
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A database opened for reading, after it was found sound."""
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    try:
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        yield database
    finally:
        database.close()


def _count(database: sqlite3.Connection, table: str) -> int:
    return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with _opened(path) as database:
        return [tuple(row) for row in database.execute(sql)]


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory, world: Dataset) -> Path:
    """The small data set as a database."""
    path = tmp_path_factory.mktemp("database") / "small.sqlite"
    sqlite.write(archive_report(world, select(world, Selection()), TODAY), path, WriteOptions())
    return path


@pytest.fixture(scope="session")
def public(tmp_path_factory: pytest.TempPathFactory, bundled: Dataset) -> Path:
    """The bundled data as a database."""
    path = tmp_path_factory.mktemp("database") / "bundled.sqlite"
    sqlite.write(archive_report(bundled, select(bundled, Selection()), TODAY), path, WriteOptions())
    return path


# --- it holds together ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["whole", "public"])
def test_the_tables_refer_to_each_other_by_foreign_keys_that_hold(
    name: str, request: pytest.FixtureRequest
) -> None:
    with _opened(request.getfixturevalue(name)) as database:
        names = {
            row["name"] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        assert names == TABLES
        keys = {
            (table, row["from"], row["table"], row["to"])
            for table in names
            for row in database.execute(f"PRAGMA foreign_key_list({table})")
        }
        assert keys >= {
            ("partnerships", "place", "places", "id"),
            ("partnerships", "partner", "places", "id"),
            ("places", "within", "places", "id"),
            ("names", "place", "places", "id"),
            ("events", "partnership", "partnerships", "id"),
            ("event_sources", "event", "events", "id"),
            ("event_sources", "source", "sources", "id"),
            ("exchanges", "partnership", "partnerships", "id"),
            ("exchanges", "origin", "places", "id"),
            ("exchange_sources", "source", "sources", "id"),
            ("partnership_sources", "source", "sources", "id"),
            ("total_sources", "source", "sources", "id"),
            ("places", "population_source", "sources", "id"),
        }
        # The same as foreign_key_check, said in SQL.
        for table, column, other, key in keys:
            assert not database.execute(
                f"SELECT 1 FROM {table} WHERE {column} NOT IN (SELECT {key} FROM {other})"
            ).fetchall()


@pytest.mark.parametrize(("name", "data"), [("whole", "world"), ("public", "bundled")])
def test_there_are_as_many_rows_as_records(name: str, data: str, request: pytest.FixtureRequest) -> None:
    dataset: Dataset = request.getfixturevalue(data)
    pairs = dataset.partnerships
    events = [event for pair in pairs for event in pair.events]
    flows = [flow for pair in pairs for flow in pair.exchanges]
    used = {end for pair in pairs for end in pair.between}
    while outer := {within for place in used if (within := dataset.places[place].within)} - used:
        used |= outer
    places = [dataset.places[place] for place in used]
    names = sum((1 if isinstance(p.name, str) else len(p.name)) + len(p.aliases) for p in places)
    expected = {
        "partnerships": len(pairs),
        "events": len(events),
        "exchanges": len(flows),
        "places": len(places),
        "names": names,
        "totals": len(dataset.totals),
        "countries": len(dataset.countries),
        "disputed": sum(len(pair.disputed) for pair in pairs),
        "partnership_sources": sum(len(set(pair.sources)) for pair in pairs),
        "event_sources": sum(len(set(source_ids(event.source))) for event in events),
        "exchange_sources": sum(len(set(source_ids(flow.source))) for flow in flows),
        "total_sources": sum(len(set(source_ids(total.source))) for total in dataset.totals),
        "event_titles": sum(len(event.title) for event in events if not isinstance(event.title, str)),
    }
    with _opened(request.getfixturevalue(name)) as database:
        assert {table: _count(database, table) for table in expected} == expected


def test_a_source_is_listed_if_a_record_cites_it(public: Path, bundled: Dataset) -> None:
    named = {row[0] for row in _rows(public, "SELECT id FROM sources")}
    facts = {
        row["source"]["id"]: row["facts"]
        for row in json.loads(call("sources", "-f", "json").out)["rows"]
    }  # fmt: skip
    # A place that no partnership has is not in the database, nor the source of its population.
    used = {end for pair in bundled.partnerships for end in pair.between}
    only_unused = {
        place.population.source
        for name, place in bundled.places.items()
        if place.population and place.population.source and name not in used
    }
    assert named <= {name for name, count in facts.items() if count}
    assert {name for name, count in facts.items() if count} - named <= only_unused


# --- what it says ---------------------------------------------------------------------------------


def test_a_partnership_and_its_places_are_as_in_the_data(whole: Path, world: Dataset) -> None:
    (row,) = _rows(whole, "SELECT * FROM partnerships WHERE id = 'linhai-sakae'")
    assert row == (
        "linhai-sakae", "linhai", "sakae", "friendship-city", "1973-06-24", "1973-06-24", "1973-06-24",
        "1979/..", "agreement signed", "active", None, "2026-11-20", None, "The oldest tie of both.", 1952,
    )  # fmt: skip
    population = world.places["linhai"].population
    assert population
    (row,) = _rows(whole, "SELECT * FROM places WHERE id = 'linhai'")
    assert row == (
        "linhai", "Linhai", "临海市", "CN", "city", "haibei-prov", "haibei-prov",
        None, 28.8514, 121.1303, "Q900001", "900001", None, None, "999901", 1234567, "2020",
        population.source, "A port on the Gulf.",
    )  # fmt: skip
    assert _rows(whole, "SELECT name, language, alias FROM names WHERE place = 'linhai' ORDER BY rowid") == [
        ("Linhai", "en", 0), ("临海市", "zh", 0), ("臨海市", "ja", 0), ("臨海", None, 1),
        ("Lin-hai Hsien", None, 1),
    ]  # fmt: skip
    natives = dict(_rows(whole, "SELECT id, native FROM places"))
    assert natives == {name: native_name(world, world.places[name]) for name in natives}


@pytest.mark.parametrize(
    ("partnership", "days"),
    [
        ("linhai-sakae", ("1973-06-24", "1973-06-24")),
        ("jinshan-omori", ("1979-10-01", "1979-10-31")),
        ("haibei-prov-sakae-pref", ("1992-02-29", "1992-02-29")),
        ("yunhe-kita", ("1996-01-01", "1996-12-31")),
        ("jinshan-east-kita", (None, None)),
    ],
)
def test_a_date_has_the_first_and_the_last_day_that_it_may_mean(
    whole: Path, partnership: str, days: tuple[str | None, str | None]
) -> None:
    sql = f"SELECT first_day, last_day FROM partnerships WHERE id = '{partnership}'"
    assert _rows(whole, sql) == [days]


def test_an_open_end_is_null(whole: Path) -> None:
    sql = "SELECT date, first_day, last_day FROM events WHERE date LIKE '%/%' ORDER BY date"
    assert _rows(whole, sql) == [
        ("1979/..", "1979-01-01", None),
        ("1998-06-24/1998-06-28", "1998-06-24", "1998-06-28"),
    ]
    sql = "SELECT period, first_day, last_day FROM exchanges WHERE period LIKE '..%'"
    assert _rows(whole, sql) == [("../1999", None, "1999-12-31")]


def test_titles_are_there_in_every_language(whole: Path) -> None:
    sql = """SELECT language, event_titles.title FROM event_titles JOIN events ON events.id = event
             WHERE events.title LIKE 'A delegation%' ORDER BY language"""
    assert _rows(whole, sql) == [
        ("en", "A delegation marks the 25th anniversary in Sakae"),
        ("ja", "代表団が栄市で25周年を祝う"),
        ("zh", "代表团访问荣市庆祝25周年"),
    ]


SUMS = """
SELECT {key} AS key, unit,
       coalesce(sum(count) FILTER (WHERE counted AND NOT approximate), 0),
       coalesce(sum(count) FILTER (WHERE counted AND approximate), 0),
       count(*) FILTER (WHERE counted), count(*) FILTER (WHERE NOT counted AND NOT announced),
       count(*) FILTER (WHERE announced)
FROM exchanges GROUP BY key, unit
"""


@pytest.mark.parametrize("by", ["category", "unit"])
def test_sums_by_sql_are_those_of_the_command(public: Path, by: str) -> None:
    sums = json.loads(call("exchanges", "--by", by, "-f", "json").out)["sums"]
    found = {(row["key"]["codes"][0], *[row[name] for name in row if name != "key"]) for row in sums}
    assert set(_rows(public, SUMS.format(key=by))) == found


def test_founding_decades_by_sql_are_those_of_the_command(public: Path) -> None:
    sql = "SELECT substr(since, 1, 3) || '0s', count(*) FROM partnerships WHERE since NOT NULL GROUP BY 1"
    counts = json.loads(call("stats", "--by", "decade", "-f", "json").out)["counts"][0]["rows"]
    assert dict(_rows(public, sql)) == {
        row["key"]["codes"][0]: row["count"] for row in counts if row["key"]["codes"]
    }


@pytest.mark.parametrize(("name", "data"), [("whole", "world"), ("public", "bundled")])
def test_every_text_of_the_data_is_in_it_in_every_language(
    name: str, data: str, request: pytest.FixtureRequest
) -> None:
    dataset: Dataset = request.getfixturevalue(data)
    with _opened(request.getfixturevalue(name)) as database:
        cells = {
            cell
            for table in TABLES
            for row in database.execute(f"SELECT * FROM {table}")
            for cell in row
            if isinstance(cell, str)
        }
    used = {end for pair in dataset.partnerships for end in pair.between}
    places = [place for name, place in dataset.places.items() if name in used]
    records = [*dataset.countries.values(), *places, *dataset.partnerships, *dataset.totals]
    texts = set(_texts(msgspec.to_builtins(records)))
    assert len(texts) > 50
    assert texts - cells - {"", "~", "?"} == set()  # marks of dates


def _texts(value: object) -> Iterator[str]:
    """The texts of data, also in lists and by language."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)


def test_hostile_text_is_stored_unchanged(whole: Path) -> None:
    assert ("=1+1",) in _rows(whole, "SELECT title FROM events")
    assert ("[red]Evil[/] \x1b[31mtown",) in _rows(whole, "SELECT name FROM places")
    assert ("a|b `c`",) in _rows(whole, "SELECT publisher FROM sources")


def test_a_selection_is_a_database_of_its_own(tmp_path: Path, world: Dataset) -> None:
    path = tmp_path / "x.sqlite"
    assert small("list", "--city", "Jinshan", "--type", "suspension", "-o", path) == (0, "", "")
    with _opened(path) as database:
        assert _count(database, "partnerships") == 1
        assert _count(database, "events") == 2
        # Its two places, with the prefecture and without the rest of the world.
        assert {row["id"] for row in database.execute("SELECT id FROM places")} == {
            "jinshan", "omori", "sakae-pref",
        }  # fmt: skip
        assert {row["id"] for row in database.execute("SELECT id FROM sources")} == {"gazette"}


def test_an_empty_selection_is_an_empty_database(tmp_path: Path) -> None:
    result = small("list", "--kind", "partner-city", "-o", tmp_path / "x.sqlite")
    assert (result.status, result.err) == (0, "sisterline: nothing matches --kind partner-city\n")
    with _opened(tmp_path / "x.sqlite") as database:
        data = TABLES - {"meta", "columns"}
        assert {table: _count(database, table) for table in data} == dict.fromkeys(data, 0)


def test_a_database_says_who_made_it_from_what_and_when(whole: Path, tmp_path: Path) -> None:
    path = tmp_path / "bundled.sqlite"
    call("list", "--country", "JP", "--limit", "1", "--today", "2026-11-21", "-o", path)
    meta = {
        "schema_version": "5", "program": f"sisterline {__version__}", "made": "2026-11-21",
        "license": "CC-BY-4.0", "version": DATA_VERSION, "selection": "--country JP --limit 1",
        "title": "Sisterline data set of China-Japan partnerships",
    }  # fmt: skip
    assert dict(_rows(path, "SELECT key, value FROM meta")) == meta
    # The small data set is not described, and all of it is in the database.
    for key in ("license", "version", "selection", "title"):
        del meta[key]
    assert dict(_rows(whole, "SELECT key, value FROM meta")) == meta
    with _opened(whole) as database:
        assert database.execute("PRAGMA application_id").fetchone()[0] == 0x53495354
        assert database.execute("PRAGMA user_version").fetchone()[0] == 5


def test_every_column_of_a_database_is_described(whole: Path) -> None:
    described = set(_rows(whole, 'SELECT "table", "column" FROM columns WHERE description <> \'\''))
    columns = {
        (table, column)
        for table in TABLES
        for (column,) in _rows(whole, f"SELECT name FROM pragma_table_info('{table}')")
    }
    assert described == columns


def test_descriptions_and_units_are_those_of_the_data_package(whole: Path, tmp_path: Path) -> None:
    assert small("export", tmp_path / "x").status == 0
    package = json.loads((tmp_path / "x" / "datapackage.json").read_text("utf-8"))
    packaged = {
        (resource["name"], field["name"]): (field["description"], field.get("unit"))
        for resource in package["resources"]
        for field in resource["schema"]["fields"]
    }
    rows = _rows(whole, 'SELECT "table", "column", description, unit FROM columns')
    shared = [row for row in rows if row[:2] in packaged]
    assert len(shared) > 60
    for table, column, description, unit in shared:
        assert (description, unit) == packaged[table, column]


def test_the_query_of_the_data_page_makes_the_metadata_that_datasette_reads(public: Path) -> None:
    # As docs.datasette.io/en/stable/metadata.html describes it; tried with Datasette 0.65.
    page = (TESTS.parent / "docs" / "data.md").read_text("utf-8")
    (query,) = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    ((text,),) = _rows(public, query)
    metadata = json.loads(text)
    assert metadata["title"] == "Sisterline data set of China-Japan partnerships"
    assert metadata["license"] == "CC-BY-4.0"
    assert metadata["source"] == f"version {DATA_VERSION}"
    tables = metadata["databases"]["pairs"]["tables"]
    assert tables.keys() == TABLES
    for table, described in tables.items():
        names = {name for (name,) in _rows(public, f"SELECT name FROM pragma_table_info('{table}')")}
        assert described["columns"].keys() == names
        assert all(described["columns"].values())


def test_limit_holds_for_a_database_too(tmp_path: Path) -> None:
    # `list --limit 2 -o x.csv` writes two; the same words must not mean all of them here.
    assert small("list", "--limit", "2", "-o", tmp_path / "x.sqlite").status in (0, 2)
    if (tmp_path / "x.sqlite").exists():
        assert _rows(tmp_path / "x.sqlite", "SELECT count(*) FROM partnerships") == [(2,)]


def test_a_source_that_is_named_twice_is_no_failure(tmp_path: Path) -> None:
    data = tmp_path / "x.yaml"
    data.write_text(
        "places:\n  a: {name: A, country: DE, level: town}\n  b: {name: B, country: FR, level: town}\n"
        "sources: {s: {title: T}}\n"
        "partnerships:\n- id: a-b\n  between: [a, b]\n  sources: [s, s]\n"
        "  events: [{date: 2001, type: gift, title: T, source: [s, s]}]\n",
        encoding="utf-8",
    )
    assert call("check", data).status == 0
    result = call("list", "--no-builtin", "--data", data, "-o", tmp_path / "x.sqlite")
    assert (result.status, result.err) == (0, "")


# Shrinking a whole data set takes minutes: a failure is told as it was found.
@settings(max_examples=10, phases=PHASES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=datasets())
def test_any_data_makes_a_database_that_holds_together(data: Dataset, tmp_path: Path) -> None:
    path = tmp_path / "any.sqlite"
    path.unlink(missing_ok=True)
    sqlite.write(archive_report(data, select(data, Selection()), TODAY), path, WriteOptions())
    with _opened(path) as database:
        assert _count(database, "partnerships") == len(data.partnerships)
        titles = [row["title"] for row in database.execute("SELECT title FROM events ORDER BY id")]
        assert len(titles) == sum(len(pair.events) for pair in data.partnerships)


def test_events_exchanges_and_totals_have_the_ids_of_a_data_package(whole: Path, tmp_path: Path) -> None:
    assert small("export", tmp_path / "package").status == 0
    with _opened(whole) as database:
        for table in ("events", "exchanges", "totals"):
            text = (tmp_path / "package" / f"{table}.csv").read_text(encoding="utf-8")
            ids = [row["id"] for row in csv.DictReader(io.StringIO(text))]
            assert [row["id"] for row in database.execute(f"SELECT id FROM {table} ORDER BY rowid")] == ids
            assert ids


# --- other programs -------------------------------------------------------------------------------


def test_sqlite_utils_opens_it(whole: Path) -> None:
    database = sqlite_utils.Database(sqlite3.connect(f"{whole.as_uri()}?mode=ro", uri=True))
    try:
        assert set(database.table_names()) == TABLES
        table = cast("sqlite_utils.db.Table", database["partnerships"])
        assert table.count == 9
        assert table.pks == ["id"]
        assert {key.column for key in table.foreign_keys} == {"place", "partner"}
        rows = {str(row["id"]): row for row in table.rows}
        assert rows["alesund-omori"]["since"] == "2001-05?"
        assert "CREATE TABLE exchanges" in database.schema
    finally:
        database.conn.close()


def test_the_command_of_sqlite_utils_reads_rows_and_schema(whole: Path) -> None:
    program = Path(sys.executable).with_name("sqlite-utils")
    sql = "SELECT p.id, native FROM partnerships p JOIN places ON places.id = place ORDER BY since NULLS LAST"
    done = subprocess.run([program, "query", whole, sql], capture_output=True, timeout=60, check=True)
    rows = json.loads(done.stdout)
    assert {"id": "linhai-sakae", "native": "临海市"}.items() <= rows[0].items()
    assert len(rows) == 9


# --- the file -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["x.sqlite", "x.db", "X.SQLITE"])
def test_the_extension_asks_for_it(tmp_path: Path, name: str, world: Dataset) -> None:
    assert small("list", "-o", tmp_path / name) == (0, "", "")
    with _opened(tmp_path / name) as database:
        assert _count(database, "partnerships") == len(world.partnerships)
    assert [path.name for path in tmp_path.iterdir()] == [name]  # no journal and nothing temporary


@pytest.mark.parametrize("arguments", [(), ("-o", "-")])
def test_it_does_not_go_to_standard_output(arguments: tuple[str, ...]) -> None:
    result = small("list", "-f", "sqlite", *arguments)
    assert (result.status, result.out) == (2, "")
    assert result.err == "sisterline: sqlite is a file of its own: name it with --output pairs.sqlite\n"


@pytest.mark.parametrize("command", ["timeline", "stats", "anniversaries", "exchanges", "sources"])
def test_only_list_writes_it(command: str, tmp_path: Path) -> None:
    result = small(command, "-o", tmp_path / "x.sqlite")
    assert result.status == 2
    assert f"{command} cannot be written as sqlite; choose one of table" in result.err
    assert list(tmp_path.iterdir()) == []


def test_an_old_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite"
    assert small("list", "-o", path).status == 0
    old = sqlite3.connect(path)
    try:
        old.execute("DELETE FROM event_titles")
        old.commit()
        # A reader that has the old file open keeps it; the new one has nothing of it.
        assert small("list", "--city", "Jinshan", "-o", path).status == 0
        assert old.execute("SELECT count(*) FROM partnerships").fetchone() == (9,)
    finally:
        old.close()
    with _opened(path) as database:
        assert _count(database, "partnerships") == 1


def test_a_file_that_is_no_database_is_replaced_by_force_only(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_text("no database at all", encoding="utf-8")
    assert small("list", "-o", tmp_path / "x.db").status == 1
    assert (tmp_path / "x.db").read_text(encoding="utf-8") == "no database at all"
    assert small("list", "-o", tmp_path / "x.db", "--force").status == 0
    with _opened(tmp_path / "x.db") as database:
        assert _count(database, "partnerships") == 9


def test_a_full_disk_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    path = tmp_path / "x.sqlite"
    assert small("list", "--limit", "1", "-o", path).status == 0
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    load_dataset([SMALL])
    # The kernel refuses to write beyond so many bytes, as it does on a full disk.
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        result = small("list", "-o", path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (result.status, result.out) == (1, "")
    assert result.err.startswith(f"sisterline: cannot write {path}: ")
    assert result.err.count("\n") == 1
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["x.sqlite"]


def test_a_failure_halfway_leaves_the_old_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.sqlite"
    assert small("list", "--limit", "1", "-o", path).status == 0
    before = path.read_bytes()
    monkeypatch.setattr(sqlite, "INDEXES", "CREATE INDEX twice ON nowhere (name);")
    result = small("list", "-o", path)
    assert result == (1, "", f"sisterline: cannot write {path}: no such table: main.nowhere\n")
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["x.sqlite"]


def test_a_place_that_cannot_be_written_fails_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "folder.db").mkdir()
    for path in (tmp_path / "no" / "x.sqlite", tmp_path / "folder.db"):
        result = small("list", "-o", path)
        assert (result.status, result.out) == (1, "")
        assert result.err.startswith(f"sisterline: cannot write {path}: ")
        assert result.err.count("\n") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["folder.db"]

"""SQLite: a data set as tables with foreign keys, for SQL, Datasette and spreadsheets.

A database names its maker: `PRAGMA application_id` is APPLICATION_ID, `PRAGMA user_version` is
SCHEMA_VERSION, and the table `meta` says what it was made from. Only a database so marked is ever
replaced (`database_protection`).
"""

import sqlite3
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from sisterline import __version__
from sisterline.formats.options import WriteOptions
from sisterline.formats.package.columns import Read
from sisterline.formats.package.tables import Row as PackageRow
from sisterline.formats.package.tables import columns_of, rows_of
from sisterline.formats.sqlite_columns import PACKAGED, column_names, column_rows
from sisterline.formats.sqlite_schema import APPLICATION_ID, INDEXES, SCHEMA_VERSION, TABLES
from sisterline.language import by_language, localized
from sisterline.model import source_ids
from sisterline.query.places import enclosing, native_name

if TYPE_CHECKING:
    from sisterline.reports.archive import ArchiveReport

Row = dict[str, Any]  # column -> value

# The columns of each table that hold a text that the data may give in several languages.
_TRANSLATED = {
    "countries": ("name",),
    "places": ("notes",),
    "sources": ("title", "publisher"),
    "partnerships": ("basis", "notes"),
    "disputed": ("notes",),
    "events": ("notes",),
    "exchanges": ("what", "notes"),
    "totals": ("by", "counts"),
}


def write(report: "ArchiveReport", path: Path, _: WriteOptions) -> str:
    """Write the data set of an archive into a database that does not exist yet, or is empty.

    The file is a temporary one, which is thrown away if anything fails: it needs no journal, and is
    written to the disk once, by whoever moves it into place.

    Returns:
        No note: a database holds everything.

    Raises:
        OSError: the file cannot be written.
    """
    try:
        database = sqlite3.connect(path)
        try:
            database.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION};"
                f"BEGIN;{TABLES}"
            )
            _insert(database, "meta", _meta(report))
            for table, rows in _Tables(report, database).all():
                _insert(database, table, rows)
            _insert(database, "columns", column_rows(database))
            for statement in INDEXES.strip().split("\n"):
                database.execute(statement)
            database.commit()
        finally:
            database.close()
    except sqlite3.Error as error:
        raise OSError(None, str(error)) from None
    return ""


def _insert(database: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    rows = list(rows)
    if not rows:
        return
    names = ", ".join(f'"{column}"' for column in rows[0])
    marks = ", ".join("?" * len(rows[0]))
    values = (tuple(row.values()) for row in rows)
    # The names of tables and columns are ours; every value of the data is bound.
    database.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', values)  # noqa: S608


def _meta(archive: "ArchiveReport") -> Iterator[Row]:
    """What a database is and was made from; the same for the same data on the same day."""
    facts = {
        "schema_version": str(SCHEMA_VERSION),
        "program": f"sisterline {__version__}",
        "selection": archive.selection,
        "made": archive.today,
    }
    if archive.data is not None:
        facts |= asdict(archive.data)  # title, version and license
    yield from ({"key": key, "value": value} for key, value in facts.items() if value)


class _Tables:
    """The rows of every table of one data set: those of the data package, and those made of their parts.

    Args:
        archive: the data set, with ids for its parts.
        database: with empty tables, whose columns the rows get.
    """

    def __init__(self, archive: "ArchiveReport", database: sqlite3.Connection) -> None:
        self._dataset = archive.dataset
        self._database = database
        self._rows = rows_of(archive)
        # A place comes after the one that it lies in, as foreign keys want it.
        self._rows["places"].sort(key=self._depth)

    def all(self) -> Iterator[tuple[str, Iterator[Row]]]:
        """Names of tables with their rows, in the order in which foreign keys can be filled."""
        yield "countries", self._country_rows()
        yield "places", self._packaged("places", native=self._native)
        yield "names", self._name_rows()
        yield "sources", self._packaged("sources")
        yield "partnerships", self._packaged("partnerships")
        yield "partnership_sources", self._source_rows("partnership", attrgetter("sources"))
        yield "disputed", self._packaged("disputed")
        yield "events", self._packaged("events")
        yield "event_titles", self._event_title_rows()
        yield "event_sources", self._source_rows("event")
        # Here the id that the data has for it; in a package that of the row, which may be left out.
        yield "exchanges", self._packaged("exchanges", part_of=attrgetter("record.part_of"))
        yield "exchange_sources", self._source_rows("exchange")
        yield "totals", self._packaged("totals")
        yield "total_sources", self._source_rows("total")
        yield "translations", self._translation_rows()

    def _packaged(self, table: str, **others: Read) -> Iterator[Row]:
        """The rows of a table of the data package: its columns here, and others."""
        packaged = PACKAGED[table]
        names = column_names(self._database, table)
        readers = {column.name: column.read for column in columns_of(packaged) if column.name in names}
        readers |= others
        for row in self._rows[packaged]:
            yield {name: read(row) for name, read in readers.items()}

    def _depth(self, row: PackageRow) -> tuple[int, str]:
        return len(list(enclosing(self._dataset, row.id))), row.id

    def _native(self, row: PackageRow) -> str:
        return native_name(self._dataset, row.record)

    def _country_rows(self) -> Iterator[Row]:
        for code, country in self._dataset.countries.items():
            yield {"code": code, "name": localized(country.name, "en"), "language": country.language}

    def _name_rows(self) -> Iterator[Row]:
        for row in self._rows["places"]:
            for tag, name in by_language(row.record.name).items():
                yield {"place": row.id, "name": name, "language": tag or None, "alias": 0}
        for row in self._rows["places"]:
            for alias in row.record.aliases:
                yield {"place": row.id, "name": alias, "language": None, "alias": 1}

    def _event_title_rows(self) -> Iterator[Row]:
        for row in self._rows["events"]:
            for tag, title in by_language(row.record.title).items():
                if tag:
                    yield {"event": row.id, "language": tag, "title": title}

    def _source_rows(self, what: str, sources: Read = attrgetter("source")) -> Iterator[Row]:
        """The sources of partnerships, events, exchanges or totals."""
        for row in self._rows[f"{what}s"]:
            for source in dict.fromkeys(source_ids(sources(row.record))):
                yield {what: row.id, "source": source}

    def _translation_rows(self) -> Iterator[Row]:
        """The texts that are given by language, by table and key of the row."""
        for table, columns in _TRANSLATED.items():
            for key, record in self._records(table):
                for column in columns:
                    for tag, text in by_language(getattr(record, column) or "").items():
                        if tag:
                            yield {
                                "table": table,
                                "row": str(key),
                                "column": column,
                                "language": tag,
                                "text": text,
                            }

    def _records(self, table: str) -> Iterable[tuple[object, object]]:
        """The records of a table by the keys of their rows."""
        if table == "countries":
            return self._dataset.countries.items()
        rows = self._rows[PACKAGED[table]]
        if table == "disputed":  # without a key of its own
            return enumerate((row.record for row in rows), start=1)
        return ((row.id, row.record) for row in rows)

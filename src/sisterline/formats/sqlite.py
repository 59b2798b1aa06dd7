"""SQLite: a data set as tables with foreign keys, for SQL, Datasette and spreadsheets.

A database names its maker: `PRAGMA application_id` is APPLICATION_ID, `PRAGMA user_version` is
SCHEMA_VERSION, and the table `meta` says what it was made from. Only a database so marked is ever
replaced (`database_protection`).
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from sisterline import __version__
from sisterline.dates import Date, Period
from sisterline.model import Dataset, LocalizedText, localized, source_ids
from sisterline.query.places import native_name, region_of
from sisterline.reports.sums import countable

if TYPE_CHECKING:
    from msgspec import Struct

    from sisterline.reports.archive import ArchiveReport

APPLICATION_ID = 0x53495354  # "SIST" in ASCII; `file` and SQLite's magic.txt know such numbers
SCHEMA_VERSION = 1  # of the tables; raise it when one changes

# A column has a text in one language, English where there is any; `translations` has a text that is given by
# language in all of them, by the key of the row (its rowid where it has none). Names of places and titles of
# events have tables of their own.
# Dates stand three times: as EDTF text, and as the first and the last day that they may mean, so that
# SQL can compare them; an open end is NULL.
TABLES = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE countries (code TEXT PRIMARY KEY, name TEXT NOT NULL, language TEXT);
CREATE TABLE places (
    id TEXT PRIMARY KEY, name TEXT NOT NULL, native TEXT NOT NULL, country TEXT NOT NULL, level TEXT NOT NULL,
    within TEXT REFERENCES places (id), region TEXT REFERENCES places (id),
    population INTEGER, population_as_of TEXT, population_source TEXT REFERENCES sources (id), notes TEXT
);
CREATE TABLE names (
    place TEXT NOT NULL REFERENCES places (id), name TEXT NOT NULL, language TEXT, alias INTEGER NOT NULL
);
CREATE TABLE sources (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, publisher TEXT, url TEXT, language TEXT, type TEXT
);
CREATE TABLE partnerships (
    id TEXT PRIMARY KEY,
    place TEXT NOT NULL REFERENCES places (id), partner TEXT NOT NULL REFERENCES places (id),
    kind TEXT, since TEXT, first_day TEXT, last_day TEXT, basis TEXT, status TEXT NOT NULL, notes TEXT
);
CREATE TABLE partnership_sources (
    partnership TEXT NOT NULL REFERENCES partnerships (id), source TEXT NOT NULL REFERENCES sources (id),
    PRIMARY KEY (partnership, source)
);
CREATE TABLE disputed (
    partnership TEXT NOT NULL REFERENCES partnerships (id), field TEXT NOT NULL, value TEXT NOT NULL,
    source TEXT REFERENCES sources (id), notes TEXT
);
CREATE TABLE events (
    id INTEGER PRIMARY KEY, partnership TEXT NOT NULL REFERENCES partnerships (id),
    date TEXT NOT NULL, first_day TEXT, last_day TEXT, type TEXT NOT NULL, title TEXT NOT NULL, notes TEXT
);
CREATE TABLE event_titles (
    event INTEGER NOT NULL REFERENCES events (id), language TEXT NOT NULL, title TEXT NOT NULL,
    PRIMARY KEY (event, language)
);
CREATE TABLE event_sources (
    event INTEGER NOT NULL REFERENCES events (id), source TEXT NOT NULL REFERENCES sources (id),
    PRIMARY KEY (event, source)
);
CREATE TABLE exchanges (
    id INTEGER PRIMARY KEY, partnership TEXT NOT NULL REFERENCES partnerships (id), name TEXT,
    origin TEXT REFERENCES places (id), destination TEXT REFERENCES places (id), mutual INTEGER NOT NULL,
    what TEXT NOT NULL, category TEXT NOT NULL, count INTEGER NOT NULL, unit TEXT NOT NULL,
    period TEXT NOT NULL, first_day TEXT, last_day TEXT, approximate INTEGER NOT NULL,
    series TEXT, part_of TEXT, counted INTEGER NOT NULL, notes TEXT
);
CREATE TABLE exchange_sources (
    exchange INTEGER NOT NULL REFERENCES exchanges (id), source TEXT NOT NULL REFERENCES sources (id),
    PRIMARY KEY (exchange, source)
);
CREATE TABLE totals (
    id INTEGER PRIMARY KEY, country TEXT NOT NULL, other TEXT NOT NULL,
    count INTEGER NOT NULL, unit TEXT NOT NULL,
    as_of TEXT NOT NULL, first_day TEXT, last_day TEXT, "by" TEXT NOT NULL, counts TEXT NOT NULL,
    approximate INTEGER NOT NULL
);
CREATE TABLE total_sources (
    total INTEGER NOT NULL REFERENCES totals (id), source TEXT NOT NULL REFERENCES sources (id),
    PRIMARY KEY (total, source)
);
CREATE TABLE translations (
    "table" TEXT NOT NULL, "row" TEXT NOT NULL, "column" TEXT NOT NULL, language TEXT NOT NULL,
    text TEXT NOT NULL, PRIMARY KEY ("table", "row", "column", language)
);
"""
INDEXES = """
CREATE INDEX names_by_name ON names (name);
CREATE INDEX partnerships_by_place ON partnerships (place);
CREATE INDEX partnerships_by_partner ON partnerships (partner);
CREATE INDEX events_by_partnership ON events (partnership);
CREATE INDEX exchanges_by_partnership ON exchanges (partnership);
"""
# The tables and indexes that Sisterline makes. One that a later schema no longer has must stay here: older
# databases hold it, and they can still be replaced.
OBJECTS = frozenset(re.findall(r"CREATE (?:TABLE|INDEX) (\w+)", TABLES + INDEXES))


def write(report: "Struct", path: Path) -> None:
    """Write the data set of an archive into a database that does not exist yet, or is empty.

    The file is a temporary one, which is thrown away if anything fails: it needs no journal, and is
    written to the disk once, by whoever moves it into place.

    Raises:
        OSError: the file cannot be written.
    """
    archive = cast("ArchiveReport", report)
    try:
        database = sqlite3.connect(path)
        try:
            database.executescript(
                "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                f"PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION};"
                f"BEGIN;{TABLES}"
            )
            for table, rows in (("meta", _meta(archive)), *_tables(archive.dataset)):
                if rows:
                    marks = ", ".join("?" * len(rows[0]))
                    # The names of tables are ours, in _tables; every value of the data is bound.
                    database.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608
            for statement in INDEXES.strip().split("\n"):
                database.execute(statement)
            database.commit()
        finally:
            database.close()
    except sqlite3.Error as error:
        raise OSError(None, str(error)) from None


_TRANSLATED = {
    "countries": ("name",),
    "places": ("notes",),
    "sources": ("title",),
    "partnerships": ("basis", "notes"),
    "disputed": ("notes",),
    "events": ("notes",),
    "exchanges": ("what", "notes"),
    "totals": ("counts",),
}


def _meta(archive: "ArchiveReport") -> list[tuple[Any, ...]]:
    """What a database is and was made from; the same for the same data on the same day."""
    facts = {
        "schema_version": str(SCHEMA_VERSION),
        "program": f"sisterline {__version__}",
        "data_license": archive.license,
        "made": archive.today,
    }
    return [(key, value) for key, value in facts.items() if value]


def _tables(dataset: Dataset) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    yield "countries", [(code, localized(c.name, "en"), c.language) for code, c in dataset.countries.items()]
    # A place stands after the one that it lies in, as foreign keys want it.
    order = sorted(dataset.places, key=lambda place: (len(_chain(dataset, place)), place))
    places = [(name, dataset.places[name]) for name in order]
    yield (
        "places",
        [
            (
                name,
                localized(place.name, "en"),
                native_name(dataset, place),
                place.country,
                place.level,
                place.within,
                region_of(dataset, name),
                place.population.count if place.population else None,
                str(place.population.as_of) if place.population else None,
                place.population.source if place.population else None,
                _text(place.notes),
            )
            for name, place in places
        ],
    )
    names = [(name, text, tag, 0) for name, place in places for tag, text in _by_language(place.name)]
    yield "names", names + [(name, alias, None, 1) for name, place in places for alias in place.aliases]
    yield (
        "sources",
        [
            (i, localized(s.title, "en"), s.publisher, s.url, s.language, s.type)
            for i, s in dataset.sources.items()
        ],
    )
    pairs = dataset.partnerships
    yield (
        "partnerships",
        [
            (
                p.id,
                *p.between,
                p.kind,
                _text(p.since),
                *_days(p.since),
                _text(p.basis),
                p.status,
                _text(p.notes),
            )
            for p in pairs
        ],
    )
    yield "partnership_sources", [(p.id, source) for p in pairs for source in dict.fromkeys(p.sources)]
    yield (
        "disputed",
        [(p.id, d.field, d.value, d.source, _text(d.notes)) for p in pairs for d in p.disputed],
    )
    events = list(enumerate(((p, event) for p in pairs for event in p.events), 1))
    yield (
        "events",
        [
            (n, p.id, str(e.date), *_days(e.date), e.type, localized(e.title, "en"), _text(e.notes))
            for n, (p, e) in events
        ],
    )
    yield (
        "event_titles",
        [(n, tag, text) for n, (_, e) in events for tag, text in _by_language(e.title) if tag is not None],
    )
    yield (
        "event_sources",
        [(n, source) for n, (_, e) in events for source in dict.fromkeys(source_ids(e.source))],
    )
    taken = {id(exchange) for p in pairs for exchange in countable(p)}
    flows = list(enumerate(((p, exchange) for p in pairs for exchange in p.exchanges), 1))
    yield (
        "exchanges",
        [
            (
                n,
                p.id,
                x.id,
                x.origin,
                x.destination,
                int(x.mutual),
                localized(x.what, "en"),
                x.category,
                x.count,
                x.unit,
                str(x.period),
                *_days(x.period),
                int(x.approximate),
                x.series,
                x.part_of,
                int(id(x) in taken),
                _text(x.notes),
            )
            for n, (p, x) in flows
        ],
    )
    yield (
        "exchange_sources",
        [(n, source) for n, (_, x) in flows for source in dict.fromkeys(source_ids(x.source))],
    )
    yield (
        "totals",
        [
            (
                n,
                *t.between,
                t.count,
                t.unit,
                str(t.as_of),
                *_days(t.as_of),
                t.by,
                localized(t.counts, "en"),
                int(t.approximate),
            )
            for n, t in enumerate(dataset.totals, 1)
        ],
    )
    yield (
        "total_sources",
        [(n, s) for n, t in enumerate(dataset.totals, 1) for s in dict.fromkeys(source_ids(t.source))],
    )
    yield "translations", list(_translations(dataset, order))


def _translations(dataset: Dataset, places: list[str]) -> Iterator[tuple[str, str, str, str, str]]:
    """The texts that are given by language: table, key of the row, column, language and text."""
    pairs = dataset.partnerships
    records: dict[str, Iterable[tuple[object, Struct]]] = {
        "countries": dataset.countries.items(),
        "places": ((place, dataset.places[place]) for place in places),
        "sources": dataset.sources.items(),
        "partnerships": ((pair.id, pair) for pair in pairs),
        "disputed": enumerate((dispute for pair in pairs for dispute in pair.disputed), 1),
        "events": enumerate((event for pair in pairs for event in pair.events), 1),
        "exchanges": enumerate((exchange for pair in pairs for exchange in pair.exchanges), 1),
        "totals": enumerate(dataset.totals, 1),
    }
    for table, rows in records.items():
        for key, record in rows:
            for column in _TRANSLATED[table]:
                text = getattr(record, column)
                if isinstance(text, dict):
                    for language, translation in text.items():
                        yield table, str(key), column, language, translation


def _chain(dataset: Dataset, place: str) -> list[str]:
    """A place and all that it lies in."""
    chain, at = [place], dataset.places[place].within
    while at:
        chain.append(at)
        at = dataset.places[at].within
    return chain


def _text(value: LocalizedText | Date | None) -> str | None:
    return str(value) if isinstance(value, Date) else localized(value, "en") or None


def _by_language(text: LocalizedText) -> Iterator[tuple[str | None, str]]:
    if isinstance(text, str):
        yield None, text
    else:
        yield from text.items()


def _days(when: Date | Period | None) -> tuple[str | None, str | None]:
    """The first and the last day that a date may mean, as ISO 8601."""
    from datetime import date

    if when is None:
        return None, None
    period = Period.single(when) if isinstance(when, Date) else when
    first = date.fromordinal(period.start.first_day).isoformat() if period.start else None
    return first, date.fromordinal(period.end.day_after - 1).isoformat() if period.end else None

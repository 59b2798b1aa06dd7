"""SQLite: a data set as tables with foreign keys, for SQL, Datasette and spreadsheets.

A database names its maker: `PRAGMA application_id` is APPLICATION_ID, `PRAGMA user_version` is
SCHEMA_VERSION, and the table `meta` says what it was made from. Only a database so marked is ever
replaced (`database_protection`).
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from sisterline import __version__
from sisterline.dates import day_texts
from sisterline.formats.options import WriteOptions
from sisterline.formats.sqlite_columns import column_rows
from sisterline.formats.sqlite_schema import APPLICATION_ID, INDEXES, SCHEMA_VERSION, TABLES
from sisterline.formats.sqlite_values import by_language, text_of
from sisterline.language import localized
from sisterline.model import (
    Event,
    Exchange,
    Identifiers,
    NotFound,
    Partnership,
    Place,
    Total,
    source_ids,
)
from sisterline.query.history import last_event
from sisterline.query.places import enclosing, native_name, region_of
from sisterline.reports.refs import distance_between
from sisterline.reports.sums import with_counted

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
            for table, rows in _Tables(report).all():
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
    values = ", ".join(f":{column}" for column in rows[0])
    # The names of tables and columns are ours; every value of the data is bound.
    database.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({values})', rows)  # noqa: S608


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
    """The rows of every table of one data set; events, exchanges and totals have the ids of an archive."""

    def __init__(self, archive: "ArchiveReport") -> None:
        self._dataset = dataset = archive.dataset
        # A place comes after the one that it lies in, as foreign keys want it.
        self._places = sorted(dataset.places, key=self._depth)
        self._events: list[tuple[str, tuple[Partnership, Event]]] = []
        self._exchanges: list[tuple[str, tuple[Partnership, Exchange, bool]]] = []
        for partnership in dataset.partnerships:
            ids = archive.ids[partnership.id]
            for name, event in zip(ids.events, partnership.events, strict=True):
                self._events.append((name, (partnership, event)))
            for name, counted in zip(ids.exchanges, with_counted(partnership), strict=True):
                self._exchanges.append((name, (partnership, *counted)))
        self._totals = list(zip(archive.total_ids, dataset.totals, strict=True))

    def all(self) -> Iterator[tuple[str, Iterator[Row]]]:
        """Names of tables with their rows, in the order in which foreign keys can be filled."""
        yield "countries", self._country_rows()
        yield "places", (self._place_row(name, self._dataset.places[name]) for name in self._places)
        yield "names", self._name_rows()
        yield "sources", self._source_rows()
        yield "partnerships", map(self._partnership_row, self._dataset.partnerships)
        yield "partnership_sources", self._partnership_source_rows()
        yield "disputed", self._dispute_rows()
        yield "events", (_event_row(name, *event) for name, event in self._events)
        yield "event_titles", self._event_title_rows()
        yield "event_sources", self._event_source_rows()
        yield "exchanges", self._exchange_rows()
        yield "exchange_sources", self._exchange_source_rows()
        yield "totals", (_total_row(name, total) for name, total in self._totals)
        yield "total_sources", self._total_source_rows()
        yield "translations", self._translation_rows()

    def _depth(self, place_id: str) -> tuple[int, str]:
        return len(list(enclosing(self._dataset, place_id))), place_id

    def _country_rows(self) -> Iterator[Row]:
        for code, country in self._dataset.countries.items():
            yield {"code": code, "name": localized(country.name, "en"), "language": country.language}

    def _place_row(self, place_id: str, place: Place) -> Row:
        population, location = place.population, place.location
        identifiers = place.identifiers or Identifiers()
        return {
            "id": place_id,
            "name": localized(place.name, "en"),
            "native": native_name(self._dataset, place),
            "country": place.country,
            "level": place.level,
            "within": place.within,
            "region": region_of(self._dataset, place_id),
            "reading": place.reading,
            "latitude": location.lat if location else None,
            "longitude": location.lon if location else None,
            **{scheme: getattr(identifiers, scheme) for scheme in Identifiers.__struct_fields__},
            "population": population.count if population else None,
            "population_as_of": str(population.as_of) if population else None,
            "population_source": population.source if population else None,
            "notes": text_of(place.notes),
        }

    def _name_rows(self) -> Iterator[Row]:
        for place_id in self._places:
            place = self._dataset.places[place_id]
            for tag, name in by_language(place.name):
                yield {"place": place_id, "name": name, "language": tag, "alias": 0}
        for place_id in self._places:
            for alias in self._dataset.places[place_id].aliases:
                yield {"place": place_id, "name": alias, "language": None, "alias": 1}

    def _source_rows(self) -> Iterator[Row]:
        for source_id, source in self._dataset.sources.items():
            yield {
                "id": source_id,
                "title": localized(source.title, "en"),
                "publisher": text_of(source.publisher),
                "url": source.url,
                "archived": source.archived,
                "accessed": None if source.accessed is None else str(source.accessed),
                "language": source.language,
                "type": source.type,
            }

    def _partnership_row(self, partnership: Partnership) -> Row:
        place, partner = partnership.between
        first, last = day_texts(partnership.since)
        latest = last_event(partnership.events)
        return {
            "id": partnership.id,
            "place": place,
            "partner": partner,
            "kind": partnership.kind,
            "since": str(partnership.since) if partnership.since else None,
            "first_day": first,
            "last_day": last,
            "last_event": None if latest is None else str(latest),
            "basis": text_of(partnership.basis),
            "status": partnership.status,
            **_not_found(partnership.not_found),
            "notes": text_of(partnership.notes),
            "distance": distance_between(*(self._dataset.places[end] for end in partnership.between)),
        }

    def _partnership_source_rows(self) -> Iterator[Row]:
        for partnership in self._dataset.partnerships:
            for source in dict.fromkeys(partnership.sources):
                yield {"partnership": partnership.id, "source": source}

    def _dispute_rows(self) -> Iterator[Row]:
        for partnership in self._dataset.partnerships:
            for dispute in partnership.disputed:
                yield {
                    "partnership": partnership.id,
                    "field": dispute.field,
                    "value": dispute.value,
                    "source": dispute.source,
                    "notes": text_of(dispute.notes),
                }

    def _event_title_rows(self) -> Iterator[Row]:
        for name, (_, event) in self._events:
            for tag, title in by_language(event.title):
                if tag is not None:
                    yield {"event": name, "language": tag, "title": title}

    def _event_source_rows(self) -> Iterator[Row]:
        for name, (_, event) in self._events:
            for source in dict.fromkeys(source_ids(event.source)):
                yield {"event": name, "source": source}

    def _exchange_rows(self) -> Iterator[Row]:
        for name, (partnership, exchange, counted) in self._exchanges:
            yield _exchange_row(name, partnership, exchange, counted=counted)

    def _exchange_source_rows(self) -> Iterator[Row]:
        for name, (_, exchange, _) in self._exchanges:
            for source in dict.fromkeys(source_ids(exchange.source)):
                yield {"exchange": name, "source": source}

    def _total_source_rows(self) -> Iterator[Row]:
        for name, total in self._totals:
            for source in dict.fromkeys(source_ids(total.source)):
                yield {"total": name, "source": source}

    def _translation_rows(self) -> Iterator[Row]:
        """The texts that are given by language, by table and key of the row."""
        partnerships = self._dataset.partnerships
        records: dict[str, Iterable[tuple[object, object]]] = {
            "countries": self._dataset.countries.items(),
            "places": ((place_id, self._dataset.places[place_id]) for place_id in self._places),
            "sources": self._dataset.sources.items(),
            "partnerships": ((partnership.id, partnership) for partnership in partnerships),
            "disputed": enumerate((dispute for each in partnerships for dispute in each.disputed), start=1),
            "events": ((name, event) for name, (_, event) in self._events),
            "exchanges": ((name, exchange) for name, (_, exchange, _) in self._exchanges),
            "totals": self._totals,
        }
        for table, rows in records.items():
            for key, record in rows:
                for column in _TRANSLATED[table]:
                    for tag, text in by_language(getattr(record, column) or ""):
                        if tag is not None:
                            yield {
                                "table": table,
                                "row": str(key),
                                "column": column,
                                "language": tag,
                                "text": text,
                            }


def _not_found(searched: NotFound | None) -> Row:
    """The days on which facts were searched for in vain."""
    searched = searched or NotFound()
    days = ((fact, getattr(searched, fact)) for fact in NotFound.__struct_fields__)
    return {f"not_found_{fact}": None if day is None else str(day) for fact, day in days}


def _event_row(name: str, partnership: Partnership, event: Event) -> Row:
    first, last = day_texts(event.date)
    return {
        "id": name,
        "partnership": partnership.id,
        "date": str(event.date),
        "first_day": first,
        "last_day": last,
        "type": event.type,
        "title": localized(event.title, "en"),
        "announced": int(event.announced),
        "notes": text_of(event.notes),
    }


def _exchange_row(name: str, partnership: Partnership, exchange: Exchange, *, counted: bool) -> Row:
    first, last = day_texts(exchange.period)
    return {
        "id": name,
        "partnership": partnership.id,
        "name": exchange.id,
        "origin": exchange.origin,
        "destination": exchange.destination,
        "mutual": int(exchange.mutual),
        "what": localized(exchange.what, "en"),
        "category": exchange.category,
        "count": exchange.count,
        "unit": exchange.unit,
        "period": str(exchange.period),
        "first_day": first,
        "last_day": last,
        "approximate": int(exchange.approximate),
        "announced": int(exchange.announced),
        "series": exchange.series,
        "part_of": exchange.part_of,
        "counted": int(counted),
        "notes": text_of(exchange.notes),
    }


def _total_row(name: str, total: Total) -> Row:
    country, other = total.between
    first, last = day_texts(total.as_of)
    return {
        "id": name,
        "country": country,
        "other": other,
        "region": total.region,
        "count": total.count,
        "unit": total.unit,
        "as_of": str(total.as_of),
        "first_day": first,
        "last_day": last,
        "by": text_of(total.by),
        "counts": localized(total.counts, "en"),
        "approximate": int(total.approximate),
    }

"""The tables of a data package: the records of a data set as rows with ids and foreign keys."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Annotated, Any, Literal, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from sisterline.formats.package.columns import Column, reader, record_columns
from sisterline.model import Dispute, Event, Exchange, Partnership, Place, Source, Total, source_ids
from sisterline.query.history import last_event
from sisterline.query.places import region_of
from sisterline.reports.archive import ArchiveReport
from sisterline.reports.refs import distance_between
from sisterline.reports.sums import with_counted
from sisterline.vocabulary import Id, field_doc


class Table(Struct, frozen=True, kw_only=True):
    """A table.

    Attributes:
        name: that of its file, without the extension.
        description: what a row is.
        columns: the first one is `id`, the primary key.
        rows: values that the columns read.
    """

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Sequence[Any]


class Row(NamedTuple):
    """A row: its id, the partnership that it is part of, its record, and what is worked out for it."""

    id: str
    record: Any
    partnership: str | None = None
    derived: Struct | None = None


# --- what is worked out, described as the fields of the model are ---------------------------------


class _OfPlace(Struct, frozen=True):
    region: Annotated[
        Id | None, field_doc("id of the region that it lies in, or its own if it is one", names="places")
    ] = None


class _OfPartnership(Struct, frozen=True):
    last_event: Annotated[
        str | None, field_doc("when the last of its events was that took place, as EDTF")
    ] = None
    distance: Annotated[int | None, field_doc("great-circle distance of the two places")] = None


class _OfExchange(Struct, frozen=True):
    part_of: Annotated[Id | None, field_doc("the exchange that already counts these", names="exchanges")] = (
        None
    )
    counted: Annotated[
        bool, field_doc("whether a sum of all rows takes it, so that nothing is counted twice")
    ] = True


class _Citation(Struct, frozen=True, kw_only=True):
    """What a source supports: exactly one fact."""

    source: Annotated[Id, field_doc("id of the source", names="sources")]
    fact: Annotated[
        Literal["founding", "event", "exchange", "dispute", "population", "total"],
        field_doc("what it supports"),
    ]
    partnership: Annotated[
        Id | None, field_doc("the partnership that the fact is part of", names="partnerships")
    ] = None
    event: Annotated[Id | None, field_doc("the event", names="events")] = None
    exchange: Annotated[Id | None, field_doc("the exchange", names="exchanges")] = None
    dispute: Annotated[Id | None, field_doc("what the source says instead", names="disputes")] = None
    place: Annotated[Id | None, field_doc("the place whose population it is", names="places")] = None
    total: Annotated[Id | None, field_doc("the official total", names="totals")] = None


class _Spec(Struct, frozen=True, kw_only=True):
    """How the records of a type become a table.

    Attributes:
        record: the type.
        description: what a row is.
        of_partnership: whether a row is part of a partnership.
        derived: the type of what is worked out for a row.
        renamed: the names of columns that differ from those of the fields; "" leaves one out.
        refers_to: the tables whose ids fields hold, where the model does not say so.
    """

    record: type[Struct]
    description: str
    of_partnership: bool = False
    derived: type[Struct] | None = None
    renamed: Mapping[str, str] = {}
    refers_to: Mapping[str, str] = {}


_SPECS = {
    "places": _Spec(
        record=Place,
        description="Places, and the larger places that they lie in.",
        derived=_OfPlace,
        renamed={"id": ""},
    ),
    "partnerships": _Spec(
        record=Partnership,
        description="Partnerships, each between two places.",
        derived=_OfPartnership,
        renamed={"id": ""},
    ),
    "events": _Spec(
        record=Event,
        description="What happened in a partnership, with its date. No computed anniversaries.",
        of_partnership=True,
    ),
    "exchanges": _Spec(
        record=Exchange,
        description="Counted flows of people, groups or goods in a partnership. Sum only counted rows of "
        "one unit.",
        of_partnership=True,
        derived=_OfExchange,
        renamed={"id": "name", "part_of": ""},
        refers_to={"origin": "places", "destination": "places"},
    ),
    "disputes": _Spec(
        record=Dispute,
        description="What another source says about a partnership instead.",
        of_partnership=True,
    ),
    "sources": _Spec(record=Source, description="The documents that facts were read in.", renamed={"id": ""}),
    "totals": _Spec(record=Total, description="Official bodies' own counts of partnerships."),
    "citations": _Spec(record=_Citation, description="Which source supports which fact."),
}


def tables(archive: ArchiveReport) -> list[Table]:
    """All tables of a data set, also those without rows."""
    rows = rows_of(archive)
    rows["citations"] = _citation_rows(rows)
    return [
        Table(
            name=name,
            description=spec.description,
            columns=tuple(columns_of(name, rows[name])),
            rows=rows[name],
        )
        for name, spec in _SPECS.items()
    ]


def columns_of(table: str, rows: Sequence[Any] = ()) -> Iterator[Column]:
    """The columns of a table; those of other languages only where a row has a text in them."""
    spec = _SPECS[table]
    yield Column(name="id", type="string", description="its id", read=attrgetter("id"), required=True)
    if spec.of_partnership:
        yield Column(
            name="partnership",
            type="string",
            description="id of the partnership",
            read=attrgetter("partnership"),
            required=True,
            refers_to="partnerships",
        )
    for column in record_columns(spec.record, rows):
        name = spec.renamed.get(column.name, column.name)
        refers_to = spec.refers_to.get(column.name, column.refers_to)
        if name:
            yield replace(column, name=name, refers_to=refers_to)
    if spec.derived is not None:
        yield from record_columns(spec.derived, attribute="derived")


# --- rows -----------------------------------------------------------------------------------------


def rows_of(archive: ArchiveReport) -> dict[str, list[Row]]:
    """The rows of each table that records of the data set make."""
    dataset = archive.dataset
    found: dict[str, list[Row]] = defaultdict(list)
    for name, place in dataset.places.items():
        found["places"].append(Row(name, place, derived=_OfPlace(region_of(dataset, name))))
    for partnership in dataset.partnerships:
        ends = (dataset.places[end] for end in partnership.between)
        last = last_event(partnership.events)
        derived = _OfPartnership(None if last is None else str(last), distance_between(*ends))
        found["partnerships"].append(Row(partnership.id, partnership, derived=derived))
        ids = archive.ids[partnership.id]
        found["events"] += _part_rows(ids.events, partnership.events, partnership.id)
        found["exchanges"] += _exchange_rows(ids.exchanges, partnership)
        found["disputes"] += _part_rows(ids.disputes, partnership.disputed, partnership.id)
    found["sources"] = [Row(name, source) for name, source in dataset.sources.items()]
    found["totals"] = [
        Row(name, total) for name, total in zip(archive.total_ids, dataset.totals, strict=True)
    ]
    return found


def _part_rows(ids: Sequence[str], records: Sequence[Struct], partnership: str) -> list[Row]:
    return [Row(name, record, partnership) for name, record in zip(ids, records, strict=True)]


def _exchange_rows(ids: Sequence[str], partnership: Partnership) -> Iterator[Row]:
    by_name = {
        exchange.id: name for name, exchange in zip(ids, partnership.exchanges, strict=True) if exchange.id
    }
    for name, (exchange, counted) in zip(ids, with_counted(partnership), strict=True):
        whole = None
        if exchange.part_of is not None:
            whole = by_name.get(exchange.part_of)  # which may not be selected
        yield Row(name, exchange, partnership.id, _OfExchange(whole, counted))


class _Cited(NamedTuple):
    """A fact of each row of a table: what it is, where its sources are, and the column for the row's id."""

    fact: Literal["founding", "event", "exchange", "dispute", "population", "total"]
    source: str
    column: str


_CITED = {
    "partnerships": _Cited("founding", "record.sources", "partnership"),
    "events": _Cited("event", "record.source", "event"),
    "exchanges": _Cited("exchange", "record.source", "exchange"),
    "disputes": _Cited("dispute", "record.source", "dispute"),
    "places": _Cited("population", "record.population.source", "place"),
    "totals": _Cited("total", "record.source", "total"),
}


def _citation_rows(rows: Mapping[str, list[Row]]) -> list[Row]:
    """A row for each fact and each of its sources, in the order of tables and rows."""
    found: dict[str, Row] = {}
    for table, (fact, path, column) in _CITED.items():
        source_of = reader(path)
        for row in rows[table]:
            about = {"partnership": row.partnership, column: row.id}
            for source in source_ids(source_of(row)):
                name = f"{fact}:{row.id}:{source}"
                found[name] = Row(name, _Citation(source=source, fact=fact, **about))
    return list(found.values())

"""The tables of a data package: the records of a data set as rows with ids and foreign keys."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal, NamedTuple

from msgspec import Struct

from sisterline.formats.package.columns import Column, record_columns
from sisterline.model import (
    Dispute,
    Event,
    Exchange,
    Partnership,
    Place,
    Source,
    Total,
    source_ids,
)
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


class _Row(NamedTuple):
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
    rows = _rows(archive)
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
    yield Column(name="id", type="string", description="its id", read=_id, required=True)
    if spec.of_partnership:
        yield Column(
            name="partnership",
            type="string",
            description="id of the partnership",
            read=_partnership,
            required=True,
            refers_to="partnerships",
        )
    for column in record_columns(spec.record, rows):
        name = spec.renamed.get(column.name, column.name)
        refers_to = spec.refers_to.get(column.name, column.refers_to)
        if name:
            yield _replaced(column, name, refers_to)
    if spec.derived is not None:
        yield from record_columns(spec.derived, attribute="derived")


def _replaced(column: Column, name: str, refers_to: str) -> Column:
    from msgspec.structs import replace

    return replace(column, name=name, refers_to=refers_to)


def _id(row: _Row) -> str:
    return row.id


def _partnership(row: _Row) -> str | None:
    return row.partnership


# --- rows -----------------------------------------------------------------------------------------


def _rows(archive: ArchiveReport) -> dict[str, list[_Row]]:
    dataset = archive.dataset
    found: dict[str, list[_Row]] = {name: [] for name in _SPECS}
    for name, place in dataset.places.items():
        found["places"].append(_Row(name, place, derived=_OfPlace(region_of(dataset, name))))
    for partnership in dataset.partnerships:
        ends = (dataset.places[end] for end in partnership.between)
        last = last_event(partnership.events)
        derived = _OfPartnership(None if last is None else str(last), distance_between(*ends))
        found["partnerships"].append(_Row(partnership.id, partnership, derived=derived))
        ids = archive.ids[partnership.id]
        found["events"] += _part_rows(ids.events, partnership.events, partnership.id)
        found["exchanges"] += _exchange_rows(ids.exchanges, partnership)
        found["disputes"] += _part_rows(ids.disputes, partnership.disputed, partnership.id)
    found["sources"] = [_Row(name, source) for name, source in dataset.sources.items()]
    found["totals"] = [
        _Row(name, total) for name, total in zip(archive.total_ids, dataset.totals, strict=True)
    ]
    found["citations"] = _citation_rows(found)
    return found


def _part_rows(ids: Sequence[str], records: Sequence[Struct], partnership: str) -> list[_Row]:
    return [_Row(name, record, partnership) for name, record in zip(ids, records, strict=True)]


def _exchange_rows(ids: Sequence[str], partnership: Partnership) -> Iterator[_Row]:
    by_name = {
        exchange.id: name for name, exchange in zip(ids, partnership.exchanges, strict=True) if exchange.id
    }
    for name, (exchange, counted) in zip(ids, with_counted(partnership), strict=True):
        whole = None
        if exchange.part_of is not None:
            whole = by_name.get(exchange.part_of)  # which may not be selected
        yield _Row(name, exchange, partnership.id, _OfExchange(whole, counted))


def _citation_rows(rows: Mapping[str, list[_Row]]) -> list[_Row]:
    """A row for each fact and each of its sources, in the order of tables and rows."""
    found = [citation for table, cite in _CITING.items() for row in rows[table] for citation in cite(row)]
    return [_Row(_citation_id(citation), citation) for citation in dict.fromkeys(found)]


def _citation_id(citation: _Citation) -> str:
    parts = (citation.event, citation.exchange, citation.dispute, citation.place, citation.total)
    about = next((part for part in parts if part), citation.partnership)
    return f"{citation.fact}:{about}:{citation.source}"


def _founding_citations(row: _Row) -> Iterator[_Citation]:
    for source in row.record.sources:
        yield _Citation(source=source, fact="founding", partnership=row.id)


def _event_citations(row: _Row) -> Iterator[_Citation]:
    for source in source_ids(row.record.source):
        yield _Citation(source=source, fact="event", partnership=row.partnership, event=row.id)


def _exchange_citations(row: _Row) -> Iterator[_Citation]:
    for source in source_ids(row.record.source):
        yield _Citation(source=source, fact="exchange", partnership=row.partnership, exchange=row.id)


def _dispute_citations(row: _Row) -> Iterator[_Citation]:
    if row.record.source:
        yield _Citation(source=row.record.source, fact="dispute", partnership=row.partnership, dispute=row.id)


def _population_citations(row: _Row) -> Iterator[_Citation]:
    population = row.record.population
    if population is not None and population.source:
        yield _Citation(source=population.source, fact="population", place=row.id)


def _total_citations(row: _Row) -> Iterator[_Citation]:
    for source in source_ids(row.record.source):
        yield _Citation(source=source, fact="total", total=row.id)


_CITING = {
    "partnerships": _founding_citations,
    "events": _event_citations,
    "exchanges": _exchange_citations,
    "disputes": _dispute_citations,
    "places": _population_citations,
    "totals": _total_citations,
}

"""`exchanges`: counted flows, summed without counting anything twice, and the records behind a sum."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Literal, get_args

from msgspec import Struct

from sisterline.model import Dataset, Exchange, Partnership, localized, source_ids
from sisterline.query.selection import SelectionResult
from sisterline.reports.refs import (
    SCHEMA_VERSION,
    Footnotes,
    PartnershipRef,
    RefBuilder,
    SourceRef,
    distinct_names,
)
from sisterline.reports.sums import Sum, countable, sums

FlowBy = Literal["category", "partnership", "year", "decade", "unit", "direction", "place"]
FLOW_BYS: tuple[FlowBy, ...] = get_args(FlowBy)

SEVERAL = "several"


class Flow(Struct, frozen=True):
    """One exchange record.

    Attributes:
        period: when, as EDTF.
        origin: the name of the place that sends; empty for a mutual figure.
        destination: the name of the place that receives; empty likewise.
        what: what was counted.
        category: what sort of flow.
        count: how many.
        unit: of what.
        approximate: whether the source says about, over or nearly.
        counted: whether sums take it; if not, another record counts the same already.
        partnership: id of the partnership.
        sources: numbers of its sources.
        notes: what the data adds.
    """

    period: str
    origin: str
    destination: str
    what: str
    category: str
    count: int
    unit: str
    approximate: bool
    counted: bool
    partnership: str
    sources: tuple[int, ...]
    notes: str


class ExchangesReport(Struct, frozen=True, tag_field="report", tag="exchanges"):
    """Sums of exchanges.

    Attributes:
        schema: of the JSON form.
        today: the day of the report.
        by: what they are summed by.
        overlaps: whether one record can count in several rows, as under both its places.
        sums: one for each key and unit.
        records: the exchange records behind them, in the order of time; empty unless they were asked for.
        partnerships: those that have exchange records.
        sources: the footnotes of the records.
        matched: how many records there are.
    """

    schema: int
    today: str
    by: str
    overlaps: bool
    sums: tuple[Sum, ...]
    records: tuple[Flow, ...]
    partnerships: tuple[PartnershipRef, ...]
    sources: tuple[SourceRef, ...]
    matched: int


def exchanges_report(
    dataset: Dataset,
    selected: SelectionResult,
    today: date,
    *,
    by: FlowBy = "category",
    records: bool = False,
    language: str = "en",
    reverse: bool = False,
    limit: int | None = None,
) -> ExchangesReport:
    """Sums of the selected exchanges, with the records behind them if these are asked for.

    `reverse` and `limit` are for the sums; the records are all those behind the selection.
    """
    notes, refs = Footnotes(dataset, language), RefBuilder(dataset, today, language)
    pairs = tuple(p for p in selected.partnerships if p.exchanges)
    rows = sums(pairs, _key(dataset, by, language))
    if by in ("year", "decade"):
        rows = tuple(sorted(rows, key=lambda row: (row.key, row.unit)))
    if reverse:
        rows = rows[::-1]
    return ExchangesReport(
        SCHEMA_VERSION,
        today.isoformat(),
        by,
        by == "place",
        rows[:limit],
        flows(dataset, pairs, language, notes) if records else (),
        tuple(map(refs.pair, pairs)),
        notes.listed(),
        sum(len(partnership.exchanges) for partnership in pairs),
    )


def flows(
    dataset: Dataset, partnerships: Iterable[Partnership], language: str, notes: Footnotes
) -> tuple[Flow, ...]:
    """The exchange records of partnerships in the order of time."""
    found = []
    for partnership in partnerships:
        taken = {id(exchange) for exchange in countable(partnership)}
        found += [
            (item.period.sort_key, partnership.id, _flow(dataset, partnership, item, taken, language, notes))
            for item in partnership.exchanges
        ]
    return tuple(flow for _, _, flow in sorted(found, key=lambda each: each[:2]))


def _flow(
    dataset: Dataset,
    partnership: Partnership,
    exchange: Exchange,
    taken: set[int],
    language: str,
    notes: Footnotes,
) -> Flow:
    ends = [
        localized(dataset.places[end].name, language) if end else ""
        for end in (exchange.origin, exchange.destination)
    ]
    return Flow(
        str(exchange.period),
        ends[0],
        ends[1],
        localized(exchange.what, language),
        exchange.category,
        exchange.count,
        exchange.unit,
        exchange.approximate,
        id(exchange) in taken,
        partnership.id,
        notes.numbers(source_ids(exchange.source)),
        localized(exchange.notes, language),
    )


def _key(
    dataset: Dataset, by: FlowBy, language: str
) -> Callable[[Partnership, Exchange], str | tuple[str, ...]]:
    """What an exchange is summed under."""

    name = distinct_names(dataset, language)

    def country(place: str) -> str:
        code = dataset.places[place].country
        return localized(dataset.countries[code].name, language) if code in dataset.countries else code

    def direction(partnership: Partnership, exchange: Exchange) -> str:
        ends = sorted(country(end) for end in partnership.between)
        if exchange.origin and exchange.destination:
            return f"{country(exchange.origin)} to {country(exchange.destination)}"
        return f"{ends[0]} and {ends[1]}, both ways"

    def year(_: Partnership, exchange: Exchange, unit: int = 1) -> str:
        # A figure over several years is not spread over them: no source says how it was.
        start, end = exchange.period.start, exchange.period.end
        if start is None or end is None or start.year // unit != end.year // unit:
            return f"{SEVERAL} {'years' if unit == 1 else 'decades'}"
        return f"{start.year:04}" if unit == 1 else f"{start.year // 10:03}0s"

    def place(partnership: Partnership, exchange: Exchange) -> tuple[str, ...]:
        if exchange.origin and exchange.destination:
            return f"{name(exchange.origin)} sends", f"{name(exchange.destination)} receives"
        return tuple(f"{name(end)}, both ways" for end in partnership.between)

    return {
        "category": lambda _, exchange: exchange.category,
        "partnership": lambda p, _: f"{name(p.between[0])} – {name(p.between[1])}",
        "year": year,
        "decade": lambda p, exchange: year(p, exchange, 10),
        "unit": lambda _, exchange: exchange.unit,
        "direction": direction,
        "place": place,
    }[by]

"""`exchanges`: counted flows, summed without counting anything twice, and the records behind a sum."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Literal, get_args

from msgspec import Struct

from sisterline.dates import Date, Period
from sisterline.language import localized
from sisterline.model import Dataset, Exchange, Partnership, source_ids
from sisterline.query.selection import SelectionResult
from sisterline.reports.base import Report, data_ref
from sisterline.reports.order import Sort, SortKey, in_order, name_of, time_of, value_of
from sisterline.reports.refs import (
    Citations,
    Direction,
    GroupKey,
    PartnershipRef,
    RefBuilder,
    SourceRef,
    country_name,
    decade_code,
    year_code,
)
from sisterline.reports.sums import KeyOf, Sum, sums, with_counted
from sisterline.vocabulary import Category, Unit

SumBy = Literal["category", "partnership", "year", "decade", "unit", "direction", "place"]
SUM_BYS: tuple[SumBy, ...] = get_args(SumBy)

SEVERAL = "several"  # the code of a figure over several years or decades: no source says how it was spread


class Flow(Struct, frozen=True, kw_only=True):
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
        announced: whether it is a plan of which no source says that it took place.
        counted: whether sums take it; if not, it is announced or another record counts the same already.
        partnership: id of the partnership.
        sources: numbers of its sources.
        notes: what the data adds.
    """

    period: str
    origin: str
    destination: str
    what: str
    category: Category
    count: int
    unit: Unit
    approximate: bool
    announced: bool
    counted: bool
    partnership: str
    sources: tuple[int, ...]
    notes: str


class ExchangesReport(Report, frozen=True, kw_only=True, tag="exchanges"):
    """Sums of exchanges.

    Attributes:
        by: what they are summed by.
        overlaps: whether one record can count in several rows, as under both its places.
        sums: one for each key and unit.
        records: the exchange records behind them, in date order; empty unless they were asked for.
        partnerships: those that have exchange records.
        sources: the footnotes of the records.
        matched: how many records there are.
        summed: how many sums there were before the limit.
    """

    by: SumBy
    overlaps: bool
    sums: tuple[Sum, ...]
    records: tuple[Flow, ...]
    partnerships: tuple[PartnershipRef, ...]
    sources: tuple[SourceRef, ...]
    matched: int
    summed: int


def exchanges_report(
    dataset: Dataset,
    selected: SelectionResult,
    today: date,
    *,
    by: SumBy = "category",
    records: bool = False,
    language: str = "en",
    sort: Sort = (),
    reverse: bool = False,
    limit: int | None = None,
) -> ExchangesReport:
    """Sums of the selected exchanges, with the records behind them if these are asked for.

    `sort` is for the records if there are any, else for the sums. `reverse` and `limit` are for the sums; the
    records are all those behind the selection.

    Raises:
        UsageError: what is sorted has no such column.
    """
    citations = Citations(dataset, language)
    refs = RefBuilder(dataset, today, language)
    partnerships = tuple(p for p in selected.partnerships if p.exchanges)
    rows = sums(partnerships, Keys(dataset, language).of(by))
    if by in ("year", "decade"):
        rows = tuple(sorted(rows, key=_by_time))
    found: tuple[Flow, ...] = ()
    if records:
        found = flows(dataset, partnerships, language, citations)
    if records and sort:
        found = tuple(in_order(found, sort, RECORD_KEYS, reverse=reverse))
        sort = ()
    rows = tuple(in_order(rows, sort, _sum_keys(by), reverse=reverse))
    return ExchangesReport(
        today=today.isoformat(),
        data=data_ref(dataset, language),
        by=by,
        overlaps=by == "place",
        sums=rows[:limit],
        records=found,
        partnerships=tuple(map(refs.partnership, partnerships)),
        sources=citations.all(),
        matched=sum(len(partnership.exchanges) for partnership in partnerships),
        summed=len(rows),
    )


# The columns of the tables that programs have: of records, and of sums by one of SUM_BYS.
RECORD_KEYS: dict[str, SortKey] = {
    "period": time_of("period"),
    "from": name_of("origin"),
    "to": name_of("destination"),
    "what": name_of("what"),
    **{
        name: value_of(name)
        for name in ("category", "count", "unit", "approximate", "announced", "counted", "partnership")
    },
    "notes": name_of("notes"),
    "sources": value_of("sources"),
}
SUM_COLUMNS = ("unit", "exact", "approximate", "records", "excluded", "announced")
SORT_COLUMNS = tuple(dict.fromkeys((*SUM_BYS, "way", *SUM_COLUMNS, *RECORD_KEYS)))  # of all tables


def _sum_keys(by: SumBy) -> dict[str, SortKey]:
    """The keys of the columns of a table of sums."""
    keys: dict[str, SortKey] = {by: name_of("key.label"), "direction": value_of("key.direction")}
    if by == "direction":
        keys["way"] = keys.pop("direction")
        keys[by] = name_of("key.label")
    return keys | {name: value_of(name) for name in SUM_COLUMNS}


def flows(
    dataset: Dataset,
    partnerships: Iterable[Partnership],
    language: str,
    citations: Citations,
    *,
    counted_only: bool = False,
) -> tuple[Flow, ...]:
    """The exchange records of partnerships in date order, or only those that sums take."""
    found = []
    for partnership in partnerships:
        for exchange, counted in with_counted(partnership):
            if counted_only and not counted:
                continue
            flow = Flow(
                period=str(exchange.period),
                origin=_name(dataset, exchange.origin, language),
                destination=_name(dataset, exchange.destination, language),
                what=localized(exchange.what, language),
                category=exchange.category,
                count=exchange.count,
                unit=exchange.unit,
                approximate=exchange.approximate,
                announced=exchange.announced,
                counted=counted,
                partnership=partnership.id,
                sources=citations.numbers(source_ids(exchange.source)),
                notes=localized(exchange.notes, language),
            )
            found.append((exchange.period.sort_key, partnership.id, flow))
    return tuple(flow for _, _, flow in sorted(found, key=_time_and_partnership))


def _time_and_partnership(found: tuple[object, str, Flow]) -> tuple[object, str]:
    return found[:2]


def _by_time(row: Sum) -> tuple[bool, str, str]:
    code = row.key.codes[0]
    return code == SEVERAL, code, row.unit


def _name(dataset: Dataset, place_id: str | None, language: str) -> str:
    if place_id is None:
        return ""
    return localized(dataset.places[place_id].name, language)


def by_category(_: Partnership, exchange: Exchange) -> tuple[GroupKey, ...]:
    """The key of a sum by category."""
    return (GroupKey(codes=(exchange.category,)),)


class Keys:
    """What exchanges are summed under, with names in one language."""

    def __init__(self, dataset: Dataset, language: str) -> None:
        self._dataset = dataset
        self._language = language

    def of(self, by: SumBy) -> KeyOf:
        """What finds the keys of an exchange."""

        def keys(partnership: Partnership, exchange: Exchange) -> tuple[GroupKey, ...]:
            match by:
                case "category":
                    return by_category(partnership, exchange)
                case "partnership":
                    names = tuple(_name(self._dataset, end, self._language) for end in partnership.between)
                    return (GroupKey(codes=(partnership.id,), names=names),)
                case "year":
                    return (_time_key(exchange.period, year_code),)
                case "decade":
                    return (_time_key(exchange.period, decade_code),)
                case "unit":
                    return (GroupKey(codes=(exchange.unit,)),)
                case "direction":
                    return self._direction(partnership, exchange)
                case "place":
                    return self._places(partnership, exchange)

        return keys

    def _direction(self, partnership: Partnership, exchange: Exchange) -> tuple[GroupKey, ...]:
        if exchange.origin and exchange.destination:
            ends = (exchange.origin, exchange.destination)
            return (self._countries([self._country(end) for end in ends], "to"),)
        codes = sorted(self._country(end) for end in partnership.between)
        return (self._countries(codes, "both"),)

    def _places(self, partnership: Partnership, exchange: Exchange) -> tuple[GroupKey, ...]:
        if exchange.origin and exchange.destination:
            return (self._at(exchange.origin, "sends"), self._at(exchange.destination, "receives"))
        return tuple(self._at(end, "both") for end in partnership.between)

    def _countries(self, codes: Sequence[str], direction: Direction) -> GroupKey:
        names = tuple(country_name(self._dataset, code, self._language) for code in codes)
        return GroupKey(codes=tuple(codes), names=names, direction=direction)

    def _at(self, place_id: str, direction: Direction) -> GroupKey:
        name = _name(self._dataset, place_id, self._language)
        return GroupKey(codes=(place_id,), names=(name,), direction=direction)

    def _country(self, place_id: str) -> str:
        return self._dataset.places[place_id].country


def _time_key(period: Period, code: Callable[[Date], str]) -> GroupKey:
    """The key of the year or the decade that a whole period is in; SEVERAL where it is in no single one."""
    start, end = period.start, period.end
    if start is None or end is None or code(start) != code(end):
        return GroupKey(codes=(SEVERAL,))
    return GroupKey(codes=(code(start),))

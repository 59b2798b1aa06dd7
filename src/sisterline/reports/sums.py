"""Sums of counted exchanges, without counting anything twice."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from sisterline.model import Exchange, Partnership
from sisterline.reports.refs import GroupKey
from sisterline.vocabulary import Unit


class Sum(Struct, frozen=True, kw_only=True):
    """A sum of counts of one unit.

    Attributes:
        key: what it is the sum of, such as the category.
        unit: what was counted; sums never mix units.
        exact: the sum of the counts that sources give as exact.
        approximate: the sum of those they give as about, over or nearly, kept apart.
        records: how many records went into it.
        excluded: how many did not, because another record counts the same already.
        announced: how many did not, because they are only announced.
    """

    key: GroupKey
    unit: Unit
    exact: int
    approximate: int
    records: int
    excluded: int
    announced: int


KeyOf = Callable[[Partnership, Exchange], tuple[GroupKey, ...]]


def with_counted(partnership: Partnership) -> list[tuple[Exchange, bool]]:
    """Every exchange of a partnership, and whether a sum takes it.

    Left out are those that are only announced, parts of another record, where that one is selected too, and
    all but the latest of a series of running totals of one unit (the larger of two that are equally late).
    """
    latest: dict[tuple[str, str], Exchange] = {}
    took_place = [exchange for exchange in partnership.exchanges if not exchange.announced]
    for exchange in took_place:
        if exchange.series:
            other = latest.setdefault((exchange.series, exchange.unit), exchange)
            if _lateness(exchange) > _lateness(other):
                latest[exchange.series, exchange.unit] = exchange
    selected = {exchange.id for exchange in took_place if exchange.id}

    def counts(exchange: Exchange) -> bool:
        if exchange.announced or exchange.part_of in selected:
            return False
        return exchange.series is None or latest[exchange.series, exchange.unit] is exchange

    return [(exchange, counts(exchange)) for exchange in partnership.exchanges]


def sums(partnerships: Iterable[Partnership], key_of: KeyOf) -> tuple[Sum, ...]:
    """Sum exchanges by a key and by unit, the most records first.

    A record with several keys counts under each of them.
    """
    table: dict[tuple[GroupKey, Unit], _Tally] = {}
    for partnership in partnerships:
        for exchange, counted in with_counted(partnership):
            for key in key_of(partnership, exchange):
                table.setdefault((key, exchange.unit), _Tally()).add(exchange, counted=counted)
    rows = [tally.sum(key, unit) for (key, unit), tally in table.items()]
    return tuple(sorted(rows, key=_order))


class _Tally:
    """A sum while it grows."""

    def __init__(self) -> None:
        self.exact = self.approximate = self.records = self.excluded = self.announced = 0

    def add(self, exchange: Exchange, *, counted: bool) -> None:
        if exchange.announced:
            self.announced += 1
            return
        if not counted:
            self.excluded += 1
            return
        self.records += 1
        if exchange.approximate:
            self.approximate += exchange.count
        else:
            self.exact += exchange.count

    def sum(self, key: GroupKey, unit: Unit) -> Sum:
        return Sum(
            key=key,
            unit=unit,
            exact=self.exact,
            approximate=self.approximate,
            records=self.records,
            excluded=self.excluded,
            announced=self.announced,
        )


def _order(row: Sum) -> tuple[int, str, str, str]:
    return -row.records, row.key.label, row.key.direction, row.unit


def _lateness(exchange: Exchange) -> tuple[int, int]:
    return exchange.period.latest.day_after, exchange.count

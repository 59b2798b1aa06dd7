"""Sums of counted exchanges, without counting anything twice."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from sisterline.model import Exchange, Partnership


class Sum(Struct, frozen=True):
    """A sum of counts of one unit.

    Attributes:
        key: what it is the sum of, such as the category.
        unit: what was counted; sums never mix units.
        exact: the sum of the counts that sources give as exact.
        approximate: the sum of those they give as about, over or nearly, kept apart.
        records: how many records went into it.
        left_out: how many did not, because another record counts the same already.
    """

    key: str
    unit: str
    exact: int
    approximate: int
    records: int
    left_out: int


def countable(partnership: Partnership) -> tuple[Exchange, ...]:
    """The exchanges of a partnership that a sum takes.

    Left out are parts of another record, where that one is selected too, and all but the latest of a
    series of running totals of one unit (the larger of two that are equally late).
    """
    latest: dict[tuple[str, str], Exchange] = {}
    for exchange in partnership.exchanges:
        if exchange.series:
            other = latest.setdefault((exchange.series, exchange.unit), exchange)
            if _late(exchange) > _late(other):
                latest[exchange.series, exchange.unit] = exchange
    there = {exchange.id for exchange in partnership.exchanges if exchange.id}
    return tuple(
        exchange
        for exchange in partnership.exchanges
        if exchange.part_of not in there
        and (exchange.series is None or latest[exchange.series, exchange.unit] is exchange)
    )


def _late(exchange: Exchange) -> tuple[int, int]:
    return exchange.period.latest.day_after, exchange.count


def sums(
    partnerships: Iterable[Partnership], key: Callable[[Partnership, Exchange], str | tuple[str, ...]]
) -> tuple[Sum, ...]:
    """Sum exchanges by a key and by unit, the most records first.

    A record with several keys counts under each of them.
    """
    table: dict[tuple[str, str], list[int]] = {}
    for partnership in partnerships:
        taken = {id(exchange) for exchange in countable(partnership)}
        for exchange in partnership.exchanges:
            found = key(partnership, exchange)
            for name in (found,) if isinstance(found, str) else found:
                row = table.setdefault((name, exchange.unit), [0, 0, 0, 0])
                if id(exchange) not in taken:
                    row[3] += 1
                    continue
                row[1 if exchange.approximate else 0] += exchange.count
                row[2] += 1
    rows = [Sum(name, unit, *row) for (name, unit), row in table.items()]
    return tuple(sorted(rows, key=lambda each: (-each.records, each.key, each.unit)))

"""Partnerships counted by one or two things."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product
from operator import itemgetter
from typing import Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from sisterline.language import localized
from sisterline.model import AnyPartnership, Dataset, Partnership
from sisterline.query.places import region_of
from sisterline.reports.order import Sort, SortKey, in_order, name_of, value_of
from sisterline.reports.refs import GroupKey, country_name, decade_code, year_code

CountBy = Literal["decade", "year", "country", "region", "level", "kind", "status"]
COUNT_BYS: tuple[CountBy, ...] = get_args(CountBy)

UNKNOWN = GroupKey(codes=())


class CountRow(Struct, frozen=True):
    """How many partnerships have one value of what is counted by.

    Attributes:
        key: the value.
        count: how many partnerships have it.
    """

    key: GroupKey
    count: int


class Count(Struct, frozen=True):
    """Partnerships counted by one thing.

    Attributes:
        by: what they are counted by.
        rows: in date order for dates, else the largest first; unknown last.
        overlaps: whether one partnership can be in several rows, as in both its countries.
        countries: the names of the countries whose places alone are counted; empty where all are.
    """

    by: CountBy
    rows: tuple[CountRow, ...]
    overlaps: bool
    countries: tuple[str, ...] = ()


class Cross(Struct, frozen=True, kw_only=True):
    """Partnerships counted by two things.

    Attributes:
        by: what the rows and what the columns are.
        rows: keys of the rows.
        columns: keys of the columns.
        cells: a row of counts for each key of `rows`.
        row_totals: how many partnerships each row has; less than its sum where one is in several columns.
        column_totals: the same of each column.
        overlaps: whether one partnership can be in several rows or columns.
    """

    by: tuple[CountBy, CountBy]
    rows: tuple[GroupKey, ...]
    columns: tuple[GroupKey, ...]
    cells: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    overlaps: bool


KeysOf = Callable[[AnyPartnership], tuple[GroupKey, ...]]


class CountKeys:
    """What partnerships are counted under, with names in one language."""

    def __init__(self, dataset: Dataset, language: str, countries: frozenset[str]) -> None:
        self._dataset = dataset
        self._language = language
        self._countries = countries

    def sides(self, by: CountBy) -> tuple[str, ...]:
        """The names of the countries that a count is limited to; none where it is not."""
        if by != "region":
            return ()
        return tuple(country_name(self._dataset, code, self._language) for code in sorted(self._countries))

    def of(self, by: CountBy) -> KeysOf:
        """The keys of one partnership."""

        def keys(partnership: AnyPartnership) -> tuple[GroupKey, ...]:
            match by:
                case "country":
                    return self._countries_of(partnership)
                case "region":
                    return self._regions_of(partnership)
                case "level":
                    levels = tuple(self._dataset.places[place].level for place in partnership.between)
                    return (GroupKey(codes=levels),)
                case "decade":
                    return _one_key(decade_code(partnership.since) if partnership.since else None)
                case "year":
                    return _one_key(year_code(partnership.since) if partnership.since else None)
                case "kind":
                    return _one_key(partnership.kind)
                case "status":
                    return _one_key(partnership.status)

        return keys

    def _countries_of(self, partnership: AnyPartnership) -> tuple[GroupKey, ...]:
        codes = dict.fromkeys(self._dataset.places[place].country for place in partnership.between)
        return tuple(
            GroupKey(codes=(code,), names=(country_name(self._dataset, code, self._language),))
            for code in codes
        )

    def _regions_of(self, partnership: AnyPartnership) -> tuple[GroupKey, ...]:
        ends: tuple[str, ...] = partnership.between
        if self._countries:
            ends = tuple(place for place in ends if self._dataset.places[place].country in self._countries)
        regions = dict.fromkeys(region_of(self._dataset, place) for place in ends)
        return tuple(self._place(region) for region in regions)

    def _place(self, place_id: str | None) -> GroupKey:
        if place_id is None:
            return UNKNOWN
        name = localized(self._dataset.places[place_id].name, self._language)
        return GroupKey(codes=(place_id,), names=(name,))


def _one_key(code: str | None) -> tuple[GroupKey, ...]:
    return (GroupKey(codes=(code,)) if code else UNKNOWN,)


def tally(keys: Sequence[tuple[GroupKey, ...]], by: CountBy) -> list[tuple[GroupKey, int]]:
    """Keys with how often each occurs: dates in order, else the largest first; unknown last."""
    table = Counter(key for found in keys for key in found)
    in_time = by in ("decade", "year")

    def order(row: tuple[GroupKey, int]) -> tuple[bool, int, str]:
        key, count = row
        return key == UNKNOWN, 0 if in_time else -count, key.label

    return sorted(table.items(), key=order)


def count_by(keys: CountKeys, partnerships: tuple[Partnership, ...], by: CountBy) -> Count:
    """Partnerships counted by one thing."""
    found = [keys.of(by)(partnership) for partnership in partnerships]
    return Count(
        by=by,
        rows=tuple(CountRow(key, count) for key, count in tally(found, by)),
        overlaps=any(len(each) > 1 for each in found),
        countries=keys.sides(by),
    )


def cross_table(keys: CountKeys, partnerships: tuple[Partnership, ...], by: tuple[CountBy, CountBy]) -> Cross:
    """Partnerships counted by two things."""
    down = [keys.of(by[0])(partnership) for partnership in partnerships]
    across = [keys.of(by[1])(partnership) for partnership in partnerships]
    cells = Counter(cell for pair in zip(down, across, strict=True) for cell in product(*pair))
    rows, columns = tally(down, by[0]), tally(across, by[1])
    return Cross(
        by=by,
        rows=tuple(key for key, _ in rows),
        columns=tuple(key for key, _ in columns),
        cells=tuple(tuple(cells[row, column] for column, _ in columns) for row, _ in rows),
        row_totals=tuple(count for _, count in rows),
        column_totals=tuple(count for _, count in columns),
        overlaps=any(len(each) > 1 for each in (*down, *across)),
    )


# --- order ----------------------------------------------------------------------------------------


def arranged(count: Count, sort: Sort, *, reverse: bool, limit: int | None) -> Count:
    """A count with its rows sorted and limited; those in which the key is unknown are last.

    Raises:
        UsageError: there is no such column.
    """
    keys: dict[str, SortKey] = {count.by: name_of("key.label"), "partnerships": value_of("count")}
    rows = in_order(count.rows, sort, keys, reverse=reverse)
    return replace(count, rows=tuple(rows[:limit]))


def arranged_cross(cross: Cross, sort: Sort, *, reverse: bool, limit: int | None) -> Cross:
    """A table of two things with its rows sorted and limited.

    Raises:
        UsageError: there is no such column.
    """
    rows = zip(cross.rows, cross.cells, cross.row_totals, strict=True)
    keys: dict[str, SortKey] = {cross.by[0]: _label, "all": itemgetter(2)}
    arranged_rows = in_order(rows, sort, keys, reverse=reverse)[:limit]
    return replace(
        cross,
        rows=tuple(key for key, _, _ in arranged_rows),
        cells=tuple(cells for _, cells, _ in arranged_rows),
        row_totals=tuple(total for _, _, total in arranged_rows),
    )


def _label(row: tuple[GroupKey, tuple[int, ...], int]) -> str | None:
    return row[0].label or None

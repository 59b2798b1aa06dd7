"""`stats`: how many, by what; exchange sums, official totals, and how complete the data is."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from itertools import product
from typing import Literal, get_args

from msgspec import Struct

from sisterline.model import Dataset, Partnership, Total, localized, source_ids
from sisterline.query.history import number_of_events
from sisterline.query.places import region_of
from sisterline.query.selection import SelectionResult
from sisterline.reports.base import Report, data_ref
from sisterline.reports.coverage import Coverage, coverage_of
from sisterline.reports.exchanges import by_category
from sisterline.reports.refs import (
    Citations,
    GroupKey,
    SourceRef,
    country_name,
    decade_code,
    sources_of,
    year_code,
)
from sisterline.reports.sums import Sum, sums
from sisterline.vocabulary import TotalUnit

CountBy = Literal["decade", "year", "country", "region", "level", "kind", "status"]
COUNT_BYS: tuple[CountBy, ...] = get_args(CountBy)
OVERVIEW: tuple[CountBy, ...] = ("decade", "region", "level", "kind", "status")

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


class TotalRow(Struct, frozen=True, kw_only=True):
    """An official body's own count of partnerships.

    Attributes:
        as_of: when that was so, as EDTF.
        region: the name of the region whose partnerships were counted; empty where it is the whole country.
        by: who counted.
        count: how many.
        unit: of what: pairs, or places that have a partner.
        approximate: whether the source says about, over or nearly.
        counts: what was counted, in the terms of who counted.
        sources: numbers of its sources in `footnotes`.
    """

    as_of: str
    region: str
    by: str
    count: int
    unit: TotalUnit
    approximate: bool
    counts: str
    sources: tuple[int, ...]


class StatsReport(Report, frozen=True, kw_only=True, tag="stats"):
    """Counts.

    Attributes:
        partnerships: how many are selected.
        places: how many places they connect.
        events: how many events they have.
        announced: how many more are only announced.
        exchanges: how many exchange records they have.
        sources: how many sources their facts rest on.
        first: the earliest founding as EDTF; empty where none is dated.
        last: the latest founding likewise.
        counts: by each thing that was asked for.
        cross: by two things at once, if that was asked for.
        sums: of exchanges, by category and unit.
        totals: official counts for the two countries of the selection, where it has just two: those of the
            selected regions, or else those of the whole countries.
        coverage: of the selected partnerships.
        footnotes: the sources of the totals.
    """

    partnerships: int
    places: int
    events: int
    announced: int
    exchanges: int
    sources: int
    first: str
    last: str
    counts: tuple[Count, ...]
    cross: Cross | None
    sums: tuple[Sum, ...]
    totals: tuple[TotalRow, ...]
    coverage: tuple[Coverage, ...]
    footnotes: tuple[SourceRef, ...]


def stats_report(
    dataset: Dataset,
    selected: SelectionResult,
    today: date,
    *,
    by: tuple[CountBy, ...] = (),
    countries: frozenset[str] = frozenset(),
    regions: frozenset[str] = frozenset(),
    language: str = "en",
) -> StatsReport:
    """Counts of the selected partnerships: by one or two things, or an overview where none is named.

    Args:
        dataset: where names are.
        selected: the partnerships.
        today: the day that the years without an event are counted from.
        by: one or two things to count by.
        countries: codes of the countries whose regions are counted; all where it is empty.
        regions: ids of the regions that were selected; none where the selection is not limited to any.
        language: of names.
    """
    partnerships = selected.partnerships
    dates = sorted(p.since for p in partnerships if p.since)
    sources = [sources_of(p) for p in partnerships]
    events = sum(number_of_events(p.events) for p in partnerships)
    citations = Citations(dataset, language)
    totals: tuple[TotalRow, ...] = ()
    if not by:
        fitting = _fitting_totals(dataset, partnerships, regions)
        totals = tuple(_total_row(dataset, total, language, citations) for total in fitting)
    keys = GroupKeys(dataset, language, countries)
    counts: tuple[Count, ...] = ()
    cross = None
    if len(by) == 2:
        cross = _cross(keys, partnerships, (by[0], by[1]))
    elif by:
        counts = (_count(keys, partnerships, by[0]),)
    else:
        overview = [_count(keys, partnerships, each) for each in OVERVIEW]
        counts = tuple(count for count in overview if len(count.rows) > 1)
    return StatsReport(
        today=today.isoformat(),
        data=data_ref(dataset, language),
        partnerships=len(partnerships),
        places=len({place for p in partnerships for place in p.between}),
        events=events,
        announced=sum(len(p.events) for p in partnerships) - events,
        exchanges=sum(len(p.exchanges) for p in partnerships),
        sources=len(set[str]().union(*sources)),
        first=str(dates[0]) if dates else "",
        last=str(dates[-1]) if dates else "",
        counts=counts,
        cross=cross,
        sums=() if by else sums(partnerships, by_category),
        totals=totals,
        coverage=() if by else coverage_of(dataset, partnerships, sources, today),
        footnotes=citations.all(),
    )


# --- counting -------------------------------------------------------------------------------------

KeysOf = Callable[[Partnership], tuple[GroupKey, ...]]


class GroupKeys:
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
        keys: dict[CountBy, KeysOf] = {
            "decade": self._decade,
            "year": self._year,
            "country": self._country,
            "region": self._region,
            "level": self._level,
            "kind": self._kind,
            "status": self._status,
        }
        return keys[by]

    def _decade(self, partnership: Partnership) -> tuple[GroupKey, ...]:
        if partnership.since is None:
            return (UNKNOWN,)
        return (GroupKey(codes=(decade_code(partnership.since),)),)

    def _year(self, partnership: Partnership) -> tuple[GroupKey, ...]:
        if partnership.since is None:
            return (UNKNOWN,)
        return (GroupKey(codes=(year_code(partnership.since),)),)

    def _country(self, partnership: Partnership) -> tuple[GroupKey, ...]:
        codes = dict.fromkeys(self._dataset.places[place].country for place in partnership.between)
        return tuple(
            GroupKey(codes=(code,), names=(country_name(self._dataset, code, self._language),))
            for code in codes
        )

    def _region(self, partnership: Partnership) -> tuple[GroupKey, ...]:
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

    def _level(self, partnership: Partnership) -> tuple[GroupKey, ...]:
        return (GroupKey(codes=tuple(self._dataset.places[place].level for place in partnership.between)),)

    def _kind(self, partnership: Partnership) -> tuple[GroupKey, ...]:
        if partnership.kind is None:
            return (UNKNOWN,)
        return (GroupKey(codes=(partnership.kind,)),)

    def _status(self, partnership: Partnership) -> tuple[GroupKey, ...]:
        return (GroupKey(codes=(partnership.status,)),)


def tally(keys: Sequence[tuple[GroupKey, ...]], by: CountBy) -> list[tuple[GroupKey, int]]:
    """Keys with how often each occurs: dates in order, else the largest first; unknown last."""
    table = Counter(key for found in keys for key in found)
    in_time = by in ("decade", "year")

    def order(row: tuple[GroupKey, int]) -> tuple[bool, int, str]:
        key, count = row
        return key == UNKNOWN, 0 if in_time else -count, key.label

    return sorted(table.items(), key=order)


def _count(keys: GroupKeys, partnerships: tuple[Partnership, ...], by: CountBy) -> Count:
    found = [keys.of(by)(partnership) for partnership in partnerships]
    return Count(
        by=by,
        rows=tuple(CountRow(key, count) for key, count in tally(found, by)),
        overlaps=any(len(each) > 1 for each in found),
        countries=keys.sides(by),
    )


def _cross(keys: GroupKeys, partnerships: tuple[Partnership, ...], by: tuple[CountBy, CountBy]) -> Cross:
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


def _fitting_totals(
    dataset: Dataset, partnerships: tuple[Partnership, ...], regions: frozenset[str]
) -> tuple[Total, ...]:
    """The official totals for the two countries that all the selected partnerships connect."""
    countries = {
        tuple(sorted(dataset.places[place].country for place in partnership.between))
        for partnership in partnerships
    }
    if len(countries) != 1:
        return ()
    ours = countries.pop()
    fitting = (total for total in dataset.totals if tuple(sorted(total.between)) == ours)
    if regions:
        return tuple(total for total in fitting if total.region in regions)
    return tuple(total for total in fitting if total.region is None)


def _total_row(dataset: Dataset, total: Total, language: str, citations: Citations) -> TotalRow:
    return TotalRow(
        as_of=str(total.as_of),
        region=localized(dataset.places[total.region].name, language) if total.region else "",
        by=total.by,
        count=total.count,
        unit=total.unit,
        approximate=total.approximate,
        counts=localized(total.counts, language),
        sources=citations.numbers(source_ids(total.source)),
    )

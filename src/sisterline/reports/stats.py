"""`stats`: how many, by what; exchange sums, official totals, and how complete the data is."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import product
from typing import Literal, get_args

from msgspec import Struct

from sisterline.model import Dataset, Partnership, localized, source_ids
from sisterline.query.places import region_of
from sisterline.query.selection import SelectionResult
from sisterline.reports.refs import SCHEMA_VERSION, Footnotes, SourceRef, distinct_names, sources_of
from sisterline.reports.sums import Sum, sums

By = Literal["decade", "year", "country", "region", "level", "kind", "status"]
BYS: tuple[By, ...] = get_args(By)

UNKNOWN = "not known"


class CountRow(Struct, frozen=True):
    """How many partnerships have one value of what is counted by."""

    label: str
    count: int


class Count(Struct, frozen=True):
    """Partnerships counted by one thing.

    Attributes:
        by: what.
        title: the same in words.
        rows: in the order of time for dates, else the most first.
        overlaps: whether one partnership can be in several rows, as in both its countries.
    """

    by: str
    title: str
    rows: tuple[CountRow, ...]
    overlaps: bool


class Cross(Struct, frozen=True):
    """Partnerships counted by two things.

    Attributes:
        by: what the rows and what the columns are.
        rows: labels of the rows.
        columns: labels of the columns.
        cells: a row of counts for each label of `rows`.
        row_totals: how many partnerships each row has; less than its sum where one is in several columns.
        column_totals: the same of each column.
        overlaps: whether one partnership can be in several rows or columns.
    """

    by: tuple[str, str]
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    overlaps: bool


class TotalRow(Struct, frozen=True):
    """An official body's own count."""

    as_of: str
    by: str
    count: int
    unit: str
    approximate: bool
    counts: str
    sources: tuple[int, ...]


class Coverage(Struct, frozen=True):
    """How much of the data has something."""

    label: str
    count: int
    of: int


class StatsReport(Struct, frozen=True, tag_field="report", tag="stats"):
    """Counts.

    Attributes:
        schema: of the JSON form.
        today: the day of the count.
        partnerships: how many are selected.
        places: how many places these tie.
        events: how many events they have.
        exchanges: how many exchange records they have.
        sources: how many sources tell of them.
        first: the earliest founding as EDTF; empty where none is dated.
        last: the latest founding likewise.
        counts: by each thing that was asked for.
        cross: by two things at once, if that was asked for.
        sums: of exchanges, by category and unit.
        totals: official counts for the two countries of the selection, where it has just two.
        coverage: of the selected partnerships.
        footnotes: the sources of the totals.
    """

    schema: int
    today: str
    partnerships: int
    places: int
    events: int
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
    dataset: Dataset, selected: SelectionResult, today: date, *, by: tuple[By, ...] = (), language: str = "en"
) -> StatsReport:
    """Counts of the selected partnerships: by what was asked for, or by all that is of use."""
    pairs = tuple(selected.partnerships)  # gone through more than once
    dates = sorted(p.since for p in pairs if p.since)
    sources = [sources_of(p) for p in pairs]
    notes = Footnotes(dataset, language)
    whole = not by
    totals = _totals(dataset, pairs, language, notes) if whole else ()
    return StatsReport(
        SCHEMA_VERSION,
        today.isoformat(),
        len(pairs),
        len({place for p in pairs for place in p.between}),
        sum(len(p.events) for p in pairs),
        sum(len(p.exchanges) for p in pairs),
        len(set[str]().union(*sources)),
        str(dates[0]) if dates else "",
        str(dates[-1]) if dates else "",
        _counts(dataset, pairs, by, language) if len(by) < 2 else (),
        _cross(dataset, pairs, (by[0], by[1]), language) if len(by) == 2 else None,
        sums(pairs, lambda _, exchange: exchange.category) if whole else (),
        totals,
        _coverage(dataset, pairs, sources) if whole else (),
        notes.listed(),
    )


# --- counting -------------------------------------------------------------------------------------

_TITLES: dict[By, str] = {
    "decade": "By decade of founding",
    "year": "By year of founding",
    "country": "By country",
    "region": "By region",
    "level": "By level",
    "kind": "By kind",
    "status": "By status",
}


def _labels(dataset: Dataset, by: By, language: str) -> Callable[[Partnership], tuple[str, ...]]:
    """What a partnership counts under."""

    name_of = distinct_names(dataset, language) if by == "region" else str

    def region(partnership: Partnership) -> tuple[str, ...]:
        found = [region_of(dataset, place) for place in partnership.between]
        return tuple(dict.fromkeys(name_of(name) if name else UNKNOWN for name in found))

    def country(partnership: Partnership) -> tuple[str, ...]:
        codes = dict.fromkeys(dataset.places[place].country for place in partnership.between)
        names = dataset.countries
        return tuple(localized(names[code].name, language) if code in names else code for code in codes)

    def level(partnership: Partnership) -> tuple[str, ...]:
        return (" – ".join(dataset.places[place].level for place in partnership.between),)

    return {
        "decade": lambda p: (f"{p.since.year // 10:03}0s" if p.since else UNKNOWN,),
        "year": lambda p: (f"{p.since.year:04}" if p.since else UNKNOWN,),
        "kind": lambda p: (p.kind or UNKNOWN,),
        "status": lambda p: (p.status,),
        "region": region,
        "country": country,
        "level": level,
    }[by]


def _tally(
    pairs: Iterable[Partnership], label: Callable[[Partnership], tuple[str, ...]], by: By
) -> list[tuple[str, int]]:
    table: dict[str, int] = {}
    for partnership in pairs:
        for name in label(partnership):
            table[name] = table.get(name, 0) + 1
    if by in ("decade", "year"):
        return sorted(table.items())  # digits sort before "not known"
    return sorted(table.items(), key=lambda row: (row[0] == UNKNOWN, -row[1], row[0]))


def _counts(
    dataset: Dataset, pairs: tuple[Partnership, ...], asked: tuple[By, ...], language: str
) -> tuple[Count, ...]:
    counts = []
    for by in asked or ("decade", "region", "level", "kind", "status"):
        label = _labels(dataset, by, language)
        rows = tuple(CountRow(name, count) for name, count in _tally(pairs, label, by))
        if asked or len(rows) > 1:
            counts.append(Count(by, _TITLES[by], rows, any(len(label(p)) > 1 for p in pairs)))
    return tuple(counts)


def _cross(dataset: Dataset, pairs: tuple[Partnership, ...], by: tuple[By, By], language: str) -> Cross:
    label = (_labels(dataset, by[0], language), _labels(dataset, by[1], language))
    rows, columns = ([name for name, _ in _tally(pairs, label[n], by[n])] for n in (0, 1))
    cells: dict[tuple[str, str], int] = {}
    for partnership in pairs:
        for cell in product(label[0](partnership), label[1](partnership)):
            cells[cell] = cells.get(cell, 0) + 1
    return Cross(
        by,
        tuple(rows),
        tuple(columns),
        tuple(tuple(cells.get((row, column), 0) for column in columns) for row in rows),
        tuple(count for _, count in _tally(pairs, label[0], by[0])),
        tuple(count for _, count in _tally(pairs, label[1], by[1])),
        any(len(each(p)) > 1 for p in pairs for each in label),
    )


def _totals(
    dataset: Dataset, pairs: tuple[Partnership, ...], language: str, notes: Footnotes
) -> tuple[TotalRow, ...]:
    """The official totals for the two countries that all the selected partnerships tie."""
    countries = {tuple(sorted(dataset.places[place].country for place in p.between)) for p in pairs}
    if len(countries) != 1:
        return ()
    ours = next(iter(countries))
    return tuple(
        TotalRow(
            str(total.as_of),
            total.by,
            total.count,
            total.unit,
            total.approximate,
            localized(total.counts, language),
            notes.numbers(source_ids(total.source)),
        )
        for total in dataset.totals
        if tuple(sorted(total.between)) == ours
    )


def _coverage(
    dataset: Dataset, pairs: tuple[Partnership, ...], sources: Sequence[set[str]]
) -> tuple[Coverage, ...]:
    """How much is known of the partnerships, whose sources are given in the same order."""
    dated = [p for p in pairs if p.since]

    def official(names: Iterable[str]) -> bool:
        return any(dataset.sources[name].type == "official" for name in names)

    rows: list[tuple[str, Iterable[object], Iterable[object]]] = [
        ("with a founding date", dated, pairs),
        ("  known to the day", [p for p in dated if p.since and p.since.precision == "day"], pairs),
        ("  known to the month", [p for p in dated if p.since and p.since.precision == "month"], pairs),
        ("  known to the year", [p for p in dated if p.since and p.since.precision == "year"], pairs),
        ("  by an official source", [p for p in dated if official(p.sources)], dated),
        ("with events", [p for p in pairs if p.events], pairs),
        ("with counted exchanges", [p for p in pairs if p.exchanges], pairs),
        ("with an official source", [names for names in sources if official(names)], pairs),
        ("with two sources or more", [names for names in sources if len(names) > 1], pairs),
    ]
    return tuple(Coverage(label, len(list(some)), len(list(of))) for label, some, of in rows)

"""`stats`: how many, by what; exchange sums, official totals, and how complete the data is."""

from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from sisterline.errors import UsageError
from sisterline.language import localized
from sisterline.model import Dataset, Partnership, Total, source_ids
from sisterline.query.history import number_of_events
from sisterline.query.selection import SelectionResult
from sisterline.reports.base import Report, data_ref
from sisterline.reports.counts import (
    COUNT_BYS,
    Count,
    CountBy,
    CountKeys,
    Cross,
    arranged,
    arranged_cross,
    count_by,
    cross_table,
)
from sisterline.reports.coverage import Coverage, coverage_of
from sisterline.reports.exchanges import by_category
from sisterline.reports.order import Sort
from sisterline.reports.refs import Citations, SourceRef, sources_of
from sisterline.reports.sums import Sum, sums
from sisterline.translation import gettext as _
from sisterline.vocabulary import TotalUnit

OVERVIEW: tuple[CountBy, ...] = ("decade", "region", "level", "kind", "status")
SORT_COLUMNS = (*COUNT_BYS, "partnerships", "all")  # a table has some of them


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
        counts: by the one thing that was asked for, or by several for an overview.
        cross: by two things at once, if that was asked for.
        sums: of exchanges, by category and unit.
        totals: official counts for the two countries of the selection, where it has just two: those of the
            selected regions, or else those of the whole countries.
        coverage: of the selected partnerships. Sums, totals and coverage belong to the overview.
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
    counts: tuple[Count, ...] = ()
    cross: Cross | None = None
    sums: tuple[Sum, ...] = ()
    totals: tuple[TotalRow, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    footnotes: tuple[SourceRef, ...] = ()


def stats_report(
    dataset: Dataset,
    selected: SelectionResult,
    today: date,
    *,
    by: tuple[CountBy, ...] = (),
    countries: frozenset[str] = frozenset(),
    regions: frozenset[str] = frozenset(),
    language: str = "en",
    sort: Sort = (),
    reverse: bool = False,
    limit: int | None = None,
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
        sort: columns to sort the rows of `by` by: `by` itself, or how many partnerships.
        reverse: the other way round.
        limit: at most this many rows of `by`.

    Raises:
        UsageError: there is no such column, or nothing to count by.
    """
    if sort and not by:
        raise UsageError("--sort: " + _("add --by, whose rows it sorts"))
    partnerships = selected.partnerships
    sources = [sources_of(p) for p in partnerships]
    events = sum(number_of_events(p.events) for p in partnerships)
    first, last = _founded(partnerships)
    report = StatsReport(
        today=today.isoformat(),
        data=data_ref(dataset, language),
        partnerships=len(partnerships),
        places=len({place for p in partnerships for place in p.between}),
        events=events,
        announced=sum(len(p.events) for p in partnerships) - events,
        exchanges=sum(len(p.exchanges) for p in partnerships),
        sources=len(set[str]().union(*sources)),
        first=first,
        last=last,
    )
    keys = CountKeys(dataset, language, countries)
    if len(by) == 2:
        cross = cross_table(keys, partnerships, (by[0], by[1]))
        return replace(report, cross=arranged_cross(cross, sort, reverse=reverse, limit=limit))
    if by:
        count = count_by(keys, partnerships, by[0])
        return replace(report, counts=(arranged(count, sort, reverse=reverse, limit=limit),))
    citations = Citations(dataset, language)
    return replace(
        report,
        counts=_overview_counts(keys, partnerships),
        sums=sums(partnerships, by_category),
        totals=_totals(dataset, partnerships, regions, language, citations),
        coverage=coverage_of(dataset, partnerships, sources, today),
        footnotes=citations.all(),
    )


def _founded(partnerships: Sequence[Partnership]) -> tuple[str, str]:
    """The earliest and the latest founding as EDTF; empty where none is dated."""
    dates = sorted(p.since for p in partnerships if p.since)
    if not dates:
        return "", ""
    return str(dates[0]), str(dates[-1])


def _overview_counts(keys: CountKeys, partnerships: tuple[Partnership, ...]) -> tuple[Count, ...]:
    """The counts that have something to compare."""
    found = [count_by(keys, partnerships, each) for each in OVERVIEW]
    return tuple(each for each in found if len(each.rows) > 1)


def _totals(
    dataset: Dataset,
    partnerships: tuple[Partnership, ...],
    regions: frozenset[str],
    language: str,
    citations: Citations,
) -> tuple[TotalRow, ...]:
    fitting = _fitting_totals(dataset, partnerships, regions)
    return tuple(_total_row(dataset, total, language, citations) for total in fitting)


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
        by=localized(total.by, language),
        count=total.count,
        unit=total.unit,
        approximate=total.approximate,
        counts=localized(total.counts, language),
        sources=citations.numbers(source_ids(total.source)),
    )

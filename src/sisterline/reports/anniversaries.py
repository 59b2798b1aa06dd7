"""`anniversaries`: which ones fall in a range of time, known as exactly as the founding."""

from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import Literal, NamedTuple

from msgspec import Struct

from sisterline.dates import Date, Period, anniversary
from sisterline.model import Dataset, Partnership
from sisterline.query.ranges import DayRange
from sisterline.query.selection import SelectionResult
from sisterline.reports.base import Report, data_ref
from sisterline.reports.order import Sort, SortColumn, SortKey, end_of, in_order, value_of
from sisterline.reports.refs import DEFAULT_EVERY, Citations, PartnershipRef, RefBuilder, SourceRef, age_of

MONTHS_BECOME_YEARS = 24  # from this many months on a distance is given in years
DAYS_BECOME_MONTHS = 60  # and from this many days on in months


class Distance(Struct, frozen=True):
    """How far a date is from today, in the unit that it is known in.

    Attributes:
        count: whole units; negative when the date is over, 0 for this day, month or year.
        unit: day, month or year.
    """

    count: int
    unit: Literal["day", "month", "year"]


class AnniversaryRow(Struct, frozen=True, kw_only=True):
    """An anniversary of a partnership.

    Attributes:
        partnership: whose it is.
        ordinal: which one.
        round: whether it is a multiple of ten.
        date: as EDTF, with no digit that the founding has not.
        days: days from today to it, negative when it is over; None where the day is unknown.
        distance: the same in the unit that is known.
        sources: numbers of the sources of the founding.
    """

    partnership: PartnershipRef
    ordinal: int
    round: bool
    date: str
    days: int | None
    distance: Distance
    sources: tuple[int, ...]


class Upcoming(Struct, frozen=True):
    """The first anniversary after today of any selected partnership.

    Attributes:
        date: as EDTF.
        ordinal: which one.
        partnership: id of the partnership.
    """

    date: str
    ordinal: int
    partnership: str


class AnniversariesReport(Report, frozen=True, kw_only=True, tag="anniversaries"):
    """Anniversaries in a range of time, the soonest first.

    Attributes:
        first: the first day of the range.
        last: the last day of it.
        every: every Nth anniversary is reported.
        rows: in order; of those in a month the ones known to the day come first, of those in a year
            the ones known to the month.
        undated: how many selected partnerships have no founding date, and so no anniversary.
        upcoming: where there are no rows, the first anniversary after today; None where there is none.
        sources: the footnotes.
        matched: how many there were before the limit.
        left_out: how many more may fall in the range, but are known only by their year, which the range is
            shorter than; 0 where these are among the rows.
    """

    first: str
    last: str
    every: int
    rows: tuple[AnniversaryRow, ...]
    undated: int
    upcoming: Upcoming | None
    sources: tuple[SourceRef, ...]
    matched: int
    left_out: int


class _Due(NamedTuple):
    partnership: Partnership
    ordinal: int
    when: Date


def anniversaries_report(
    dataset: Dataset,
    selected: SelectionResult,
    days: DayRange,
    today: date,
    *,
    every: int = DEFAULT_EVERY,
    by_year: bool = True,
    language: str = "en",
    sort: Sort = (),
    reverse: bool = False,
    limit: int | None = None,
) -> AnniversariesReport:
    """The anniversaries of the selected partnerships that may fall in a range of days.

    A dissolved partnership has none; a suspended one has, and its status says so.

    Args:
        dataset: where names and sources are.
        selected: the partnerships.
        days: the range.
        today: the day that distances are counted from.
        every: every Nth anniversary.
        by_year: whether those known only by their year are rows as well, or just counted.
        language: of names and titles.
        sort: columns of SORT_COLUMNS; the soonest first where none is named.
        reverse: the other way round.
        limit: at most this many anniversaries.

    Raises:
        UsageError: there is no such column.
    """
    first, last = days.dates
    citations = Citations(dataset, language)
    refs = RefBuilder(dataset, today, language, every)
    found = [each for partnership in selected.partnerships for each in _due(partnership, days, every)]
    due = [each for each in found if by_year or each.when.month]
    due = in_order(due, sort, _sort_keys(dataset, language), usual=_BY_DATE, reverse=reverse)
    rows = tuple(
        AnniversaryRow(
            partnership=refs.partnership(partnership),
            ordinal=ordinal,
            round=ordinal % 10 == 0,
            date=str(when),
            days=when.first_day - today.toordinal() if when.day else None,
            distance=distance(when, today),
            sources=citations.numbers(partnership.sources),
        )
        for partnership, ordinal, when in due[:limit]
    )
    return AnniversariesReport(
        today=today.isoformat(),
        data=data_ref(dataset, language),
        first=first.isoformat(),
        last=last.isoformat(),
        every=every,
        rows=rows,
        undated=sum(partnership.since is None for partnership in selected.partnerships),
        upcoming=None if rows else _upcoming(selected.partnerships, today, every),
        sources=citations.all(),
        matched=len(due),
        left_out=len(found) - len(due),
    )


def missed(selected: SelectionResult, days: DayRange) -> Upcoming | None:
    """The first anniversary in a range of days, whatever its ordinal; None where there is none."""
    due = [each for partnership in selected.partnerships for each in _due(partnership, days, 1)]
    if not due:
        return None
    first = min(due, key=_order)
    return Upcoming(str(first.when), first.ordinal, first.partnership.id)


def distance(when: Date, today: date) -> Distance:
    """How far a date is from today, in whole units of the precision that it is known in."""
    years = when.year - today.year
    if not when.month:
        return Distance(years, "year")
    months = years * 12 + when.month - today.month
    if not when.day:
        if abs(months) < MONTHS_BECOME_YEARS:
            return Distance(months, "month")
        return Distance(years, "year")
    days = when.first_day - today.toordinal()
    if abs(days) < DAYS_BECOME_MONTHS:
        return Distance(days, "day")
    if days > 0 and when.day < today.day:
        months -= 1
    elif days < 0 and when.day > today.day:
        months += 1
    if abs(months) < MONTHS_BECOME_YEARS:
        return Distance(months, "month")
    return Distance(int(months / 12), "year")


def _order(due: _Due) -> tuple[int, int, int, str]:
    """By date, the more exactly known first."""
    return due.when.year, due.when.month or 13, due.when.day or 32, due.partnership.id


# The columns of the table that programs have.
SORT_COLUMNS = (
    "date", "ordinal", "days", "partnership", "place", "place_native", "partner", "partner_native", "away",
    "since", "kind", "status", "sources",
)  # fmt: skip
_BY_DATE = (SortColumn("date"),)


def _sort_keys(dataset: Dataset, language: str) -> dict[str, SortKey]:
    """The keys of anniversaries by SORT_COLUMNS, with names in one language."""

    def day(due: _Due) -> int | None:
        return due.when.first_day if due.when.day else None

    keys: tuple[SortKey, ...] = (
        _order,
        attrgetter("ordinal"),
        day,
        attrgetter("partnership.id"),
        end_of(dataset, 0, language),
        end_of(dataset, 0, ""),
        end_of(dataset, 1, language),
        end_of(dataset, 1, ""),
        _order,
        attrgetter("partnership.since"),
        attrgetter("partnership.kind"),
        attrgetter("partnership.status"),
        value_of("partnership.sources"),
    )
    return dict(zip(SORT_COLUMNS, keys, strict=True))


def _due(partnership: Partnership, days: DayRange, every: int) -> Iterator[_Due]:
    for ordinal, when in anniversaries_in(partnership, days, every):
        yield _Due(partnership, ordinal, when)


def anniversaries_in(partnership: Partnership, days: DayRange, every: int) -> Iterator[tuple[int, Date]]:
    """The anniversaries of a partnership that may fall in a range of days; none of a dissolved one."""
    since = partnership.since
    if since is None or partnership.status == "dissolved":
        return
    first, last = days.dates
    first_ordinal = first.year - since.year
    start = max(every, first_ordinal - first_ordinal % every)
    for ordinal in range(start, last.year - since.year + 1, every):
        when = anniversary(since, ordinal)
        if days.overlaps(Period.single(when)):
            yield ordinal, when


def _upcoming(partnerships: tuple[Partnership, ...], today: date, every: int) -> Upcoming | None:
    found = []
    for partnership in partnerships:
        _years, upcoming = age_of(partnership, today, every)
        if upcoming is not None:
            ordinal, when = upcoming
            found.append((when, ordinal, partnership.id))
    if not found:
        return None
    when, ordinal, name = min(found)
    return Upcoming(str(when), ordinal, name)

"""`anniversaries`: what falls due in a range of time, known as exactly as the founding."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from sisterline.dates import Date, Period, anniversary
from sisterline.language import plural
from sisterline.model import Dataset, Partnership
from sisterline.query.selection import DayRange, SelectionResult
from sisterline.reports.refs import SCHEMA_VERSION, Footnotes, PartnershipRef, RefBuilder, SourceRef


class DueRow(Struct, frozen=True):
    """An anniversary of a partnership.

    Attributes:
        partnership: whose it is.
        ordinal: which one.
        round: whether it is a multiple of ten.
        date: as EDTF, with no digit that the founding has not.
        days: days from today to it, negative when it is over; None where the day is not known.
        away: the same in words, in the unit that is known.
        sources: numbers of the sources of the founding.
    """

    partnership: PartnershipRef
    ordinal: int
    round: bool
    date: str
    days: int | None
    away: str
    sources: tuple[int, ...]


class AnniversariesReport(Struct, frozen=True, tag_field="report", tag="anniversaries"):
    """Anniversaries in a range of time, the soonest first.

    Attributes:
        schema: of the JSON form.
        today: the day that they are counted from.
        first: the first day of the range.
        last: the last day of it.
        every: each how-many-th is told.
        rows: in order; of those in a month the ones known to the day come first, of those in a year
            the ones known to the month.
        undated: how many selected partnerships have no founding date, and so no anniversary.
        sources: the footnotes.
        matched: how many there were before the limit.
    """

    schema: int
    today: str
    first: str
    last: str
    every: int
    rows: tuple[DueRow, ...]
    undated: int
    sources: tuple[SourceRef, ...]
    matched: int


class _Due(NamedTuple):
    partnership: Partnership
    n: int
    on: Date


def anniversaries_report(
    dataset: Dataset,
    selected: SelectionResult,
    span: DayRange,
    today: date,
    *,
    every: int = 5,
    language: str = "en",
    reverse: bool = False,
    limit: int | None = None,
) -> AnniversariesReport:
    """The anniversaries of the selected partnerships that may fall in a range of days.

    A dissolved tie has none; a suspended one has, and its status says so.
    """
    notes, refs = Footnotes(dataset, language), RefBuilder(dataset, today, language, every)
    due: list[_Due] = []
    undated = 0
    for partnership in selected.partnerships:
        due += _due(partnership, span, every)
        undated += partnership.since is None
    due.sort(key=lambda each: (each.on.year, each.on.month or 13, each.on.day or 32, each.partnership.id))
    if reverse:
        due.reverse()
    rows = tuple(
        DueRow(
            refs.pair(partnership),
            n,
            n % 10 == 0,
            str(on),
            on.first_day - today.toordinal() if on.day else None,
            away(on, today),
            notes.numbers(partnership.sources),
        )
        for partnership, n, on in due[:limit]
    )
    return AnniversariesReport(
        SCHEMA_VERSION,
        today.isoformat(),
        date.fromordinal(max(span.first, 1)).isoformat(),
        date.fromordinal(min(span.after - 1, date.max.toordinal())).isoformat(),
        every,
        rows,
        undated,
        notes.listed(),
        len(due),
    )


def _due(partnership: Partnership, span: DayRange, every: int) -> Iterator[_Due]:
    since = partnership.since
    if since is None or partnership.status == "dissolved":
        return
    last = min(9999, date.fromordinal(min(span.after, date.max.toordinal())).year)
    start = date.fromordinal(max(span.first, 1)).year - since.year
    for n in range(max(every, start - start % every), last - since.year + 1, every):
        on = anniversary(since, n)
        if span.overlaps(Period.single(on)):
            yield _Due(partnership, n, on)


def away(on: Date, today: date) -> str:
    """How far a date is from today, in words, in the unit that it is known in."""
    years = on.year - today.year
    if not on.month:
        return _told(years, "year")
    months = years * 12 + on.month - today.month
    if not on.day:
        return _told(months, "month") if abs(months) < 24 else _told(years, "year")
    days = on.first_day - today.toordinal()
    if days == 0:
        return "today"
    if abs(days) < 60:
        return _told(days, "day")
    whole = months - (1 if days > 0 and on.day < today.day else -1 if days < 0 and on.day > today.day else 0)
    return _told(whole, "month") if abs(whole) < 24 else _told(int(whole / 12), "year")


def _told(count: int, unit: str) -> str:
    if count == 0:
        return f"this {unit}"
    return f"in {plural(count, unit)}" if count > 0 else f"{plural(-count, unit)} ago"

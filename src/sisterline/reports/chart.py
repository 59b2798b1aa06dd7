"""`timeline --chart`: a lane per partnership on one axis of years."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec import Struct

from sisterline.dates import Date
from sisterline.language import localized
from sisterline.model import AnyPartnership, Dataset, Event, Partnership, source_ids
from sisterline.query.history import happened, number_of_events
from sisterline.query.selection import SelectionResult
from sisterline.reports.base import Report, data_ref, eras_of
from sisterline.reports.order import Sort, SortKey, in_order, name_of, time_of, value_of
from sisterline.reports.refs import Citations, PartnershipRef, RefBuilder, SourceRef
from sisterline.vocabulary import Status

YEARS_BEFORE_FIRST = 12  # years of the axis before the first founding; earlier ones share its first cell
_INTERRUPTIONS: dict[str, Status] = {"suspension": "suspended", "dissolution": "dissolved"}
_RESUMPTIONS = frozenset({"resumption", "renewal"})


class StatusChange(Struct, frozen=True):
    """A year in which a partnership was interrupted or resumed.

    Attributes:
        year: when.
        status: what it was from then on; `active` where it was resumed.
    """

    year: int
    status: Status


class Lane(Struct, frozen=True, kw_only=True):
    """One partnership on the axis.

    Attributes:
        partnership: whose lane it is.
        founded: the year; None where no source says.
        years: pairs of a year and the number of events that began in it, in order; only years with events.
        announced: the same of events that are only announced.
        changes: interruptions and resumptions, in order.
        events: how many events there are in all, without those only announced.
    """

    partnership: PartnershipRef
    founded: int | None
    years: tuple[tuple[int, int], ...]
    announced: tuple[tuple[int, int], ...]
    changes: tuple[StatusChange, ...]
    events: int


class ChartEra(Struct, frozen=True, kw_only=True):
    """A time that bore on all partnerships, as far as it lies on the axis.

    Attributes:
        period: from when to when, as EDTF.
        label: what it was.
        first: the first year of it on the axis.
        last: the last year of it on the axis.
        sources: footnotes.
    """

    period: str
    label: str
    first: int
    last: int
    sources: tuple[int, ...]


class ChartReport(Report, frozen=True, kw_only=True, tag="chart"):
    """Lanes on one axis of years.

    Attributes:
        first: the first year of the axis; earlier events are in `years` all the same.
        last: the last year of it.
        eras: what the axis shades, in the order of the data.
        lanes: in the order of founding, those without a date last, unless another order was asked for.
        matched: how many lanes there were before the limit.
        empty: how many selected partnerships have neither a date nor an event, and so no lane.
        sources: those of the eras, by number.
    """

    first: int
    last: int
    eras: tuple[ChartEra, ...]
    lanes: tuple[Lane, ...]
    matched: int
    empty: int
    sources: tuple[SourceRef, ...]


# The columns of the table that programs have, except those of a single year.
SORT_KEYS: dict[str, SortKey] = {
    "partnership": value_of("partnership.id"),
    "place": name_of("partnership.place.name"),
    "partner": name_of("partnership.partner.name"),
    "since": time_of("partnership.since"),
    "status": value_of("partnership.status"),
    "events": value_of("events"),
}


def chart_report(
    dataset: Dataset,
    selected: SelectionResult,
    today: date,
    *,
    language: str = "en",
    sort: Sort = (),
    reverse: bool = False,
    limit: int | None = None,
) -> ChartReport:
    """Lanes for the selected partnerships, in the order of founding or of columns of SORT_KEYS.

    Raises:
        UsageError: there is no such column.
    """
    drawn = [p for p in selected.partnerships if p.since or p.events]
    refs = RefBuilder(dataset, today, language)
    lanes = [lane_of(refs, partnership, selected.history(partnership)) for partnership in drawn]
    lanes = in_order(lanes, sort, SORT_KEYS, reverse=reverse)[:limit]
    shown = {lane.partnership.id for lane in lanes}
    first, last = axis_of((p for p in drawn if p.id in shown), today)
    cited = Citations(dataset, language)
    eras = tuple(eras_between(dataset, first, last, language, cited))
    return ChartReport(
        today=today.isoformat(),
        data=data_ref(dataset, language),
        first=first,
        last=last,
        eras=eras,
        lanes=tuple(lanes),
        matched=len(drawn),
        empty=len(selected.partnerships) - len(drawn),
        sources=cited.all(),
    )


def eras_between(
    dataset: Dataset, first: int, last: int, language: str, cited: Citations
) -> Iterator[ChartEra]:
    """The eras of a data set that lie on an axis of years, at least in part; what they cite is numbered."""
    for era in eras_of(dataset):
        start, end = era.period.start, era.period.end
        begins = first if start is None else max(first, start.year)
        ends = last if end is None else min(last, end.year)
        if begins <= ends:
            yield ChartEra(
                period=str(era.period),
                label=localized(era.label, language),
                first=begins,
                last=ends,
                sources=cited.numbers(source_ids(era.source)),
            )


def axis_of(partnerships: Iterable[AnyPartnership], today: date) -> tuple[int, int]:
    """The first and the last year of an axis for the lanes of partnerships."""
    event_years: set[int] = set()
    founding_years: set[int] = set()
    for partnership in partnerships:
        event_years.update(event.date.anchor.year for event in partnership.events)
        if partnership.since is not None:
            founding_years.add(partnership.since.year)
    first = min(event_years | founding_years, default=today.year)
    if founding_years:
        first = max(first, min(founding_years) - YEARS_BEFORE_FIRST)
    return first, max(event_years | founding_years | {today.year})


def lane_of(refs: RefBuilder, partnership: Partnership, history: tuple[Event, ...]) -> Lane:
    """The lane of a partnership.

    Args:
        refs: makes the reference of the partnership.
        partnership: with the events that are drawn.
        history: all of its events: they say when it was suspended.
    """
    years = Counter(event.date.anchor.year for event in happened(partnership.events))
    announced = Counter(event.date.anchor.year for event in partnership.events if event.announced)
    return Lane(
        partnership=refs.partnership(partnership),
        founded=partnership.since.year if partnership.since else None,
        years=tuple(sorted(years.items())),
        announced=tuple(sorted(announced.items())),
        changes=tuple(StatusChange(when.year, status) for when, status in status_changes(history)),
        events=number_of_events(partnership.events),
    )


def status_changes(events: tuple[Event, ...]) -> Iterator[tuple[Date, Status]]:
    """When a partnership was interrupted or resumed, and what it was from then on."""
    suspended = False
    for event in happened(events):
        status = _INTERRUPTIONS.get(event.type)
        if status:
            suspended = status == "suspended"
            yield event.date.anchor, status
        elif event.type in _RESUMPTIONS and suspended:
            suspended = False
            yield event.date.anchor, "active"

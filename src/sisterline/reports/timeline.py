"""`timeline`: what happened, in order, with the anniversaries that fall between."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, date
from typing import Literal, NamedTuple

from msgspec import Struct

from sisterline.dates import Date, Period, anniversary, next_anniversary
from sisterline.model import Dataset, Event, Partnership, localized, source_ids
from sisterline.query.history import happened
from sisterline.query.selection import Selection, SelectionResult
from sisterline.reports.base import Report, data_ref
from sisterline.reports.refs import DEFAULT_EVERY, Citations, PartnershipRef, RefBuilder, SourceRef
from sisterline.vocabulary import EventType

Grouping = Literal["year", "decade", "none"]
ItemKind = Literal["event", "founding", "anniversary"]
MIN_GAP_YEARS = 3  # a gap is reported where at least this many years lie between one item and the next


class Item(Struct, frozen=True, kw_only=True):
    """One line of a timeline.

    Attributes:
        date: when, as EDTF.
        kind: an event of the data, the founding (of the data or computed from `since`), or a
            computed anniversary.
        type: the type of the event; of a computed item `agreement` or `anniversary`.
        title: what happened, as the data has it; empty for what is computed.
        basis: of a computed founding, what its date rests on.
        partnership: id of the partnership.
        ordinal: which anniversary; None for events.
        round: whether the ordinal is a multiple of ten.
        suspended: whether the partnership was suspended on a computed anniversary.
        announced: whether it is a plan of which no source says that it took place, also when its day is past.
        sources: numbers of its sources; of a computed item those of the founding.
        notes: what the data adds to it.
        gap: years from the item before it to this one; 0 where they are fewer than 3, or it lies after today.
        future: whether it lies after today.
        number: of an event, which of its type it is among all events of the partnership, from the oldest
            on; the same in every selection, and after a correction of its date or title.
    """

    date: str
    kind: ItemKind
    type: EventType
    title: str = ""
    basis: str = ""
    partnership: str
    ordinal: int | None = None
    round: bool = False
    suspended: bool = False
    announced: bool = False
    sources: tuple[int, ...]
    notes: str = ""
    gap: int
    future: bool
    number: int | None = None


class TimelineReport(Report, frozen=True, kw_only=True, tag="timeline"):
    """Events and anniversaries in date order.

    Attributes:
        partnerships: those whose items these are, also those that have none.
        items: in order.
        sources: the footnotes.
        matched: how many items there were before the limit.
        group: what the items are grouped by for reading.
        reverse: whether the newest come first.
        includes_today: whether today lies in the range of time that was asked for.
    """

    partnerships: tuple[PartnershipRef, ...]
    items: tuple[Item, ...]
    sources: tuple[SourceRef, ...]
    matched: int
    group: Grouping
    reverse: bool
    includes_today: bool


_ANNIVERSARY, _FOUNDING, _EVENT = 0, 1, 2  # ranks of entries of one day


class Entry(NamedTuple):
    """An item before it is placed among the others."""

    when: Period
    rank: int
    partnership: Partnership
    event: Event | None = None
    ordinal: int | None = None
    suspended: bool = False
    number: int | None = None  # of an event among those of its type

    @property
    def is_founding(self) -> bool:
        """Whether it is the founding, of the data or computed."""
        return self.rank == _FOUNDING


def timeline_report(
    dataset: Dataset,
    selected: SelectionResult,
    selection: Selection,
    today: date,
    *,
    language: str = "en",
    every: int = DEFAULT_EVERY,
    group: Grouping = "decade",
    reverse: bool = False,
    limit: int | None = None,
) -> TimelineReport:
    """Events and computed anniversaries of the selected partnerships.

    Args:
        dataset: where names and sources are.
        selected: the partnerships with the events that were asked for.
        selection: what was asked for: the range of time and the types hold for anniversaries too.
        today: of the anniversaries to come only the next one is reported, or all up to the end of the
            range where one was given.
        language: of names and titles.
        every: every Nth anniversary; 0 for none.
        group: what the items are grouped by for reading.
        reverse: newest first.
        limit: at most this many items.
    """
    citations = Citations(dataset, language)
    entries = timeline_entries(selected, selection, today, every=every, reverse=reverse)
    refs = RefBuilder(dataset, today, language, every)
    return TimelineReport(
        today=today.isoformat(),
        data=data_ref(dataset, language),
        partnerships=tuple(map(refs.partnership, selected.partnerships)),
        items=timeline_items(entries[:limit], today, language, citations),
        sources=citations.all(),
        matched=len(entries),
        group=group,
        reverse=reverse,
        includes_today=includes(selection, Date.from_date(today)),
    )


def timeline_entries(
    selected: SelectionResult,
    selection: Selection,
    today: date,
    *,
    every: int = DEFAULT_EVERY,
    reverse: bool = False,
) -> list[Entry]:
    """Everything dated of the selected partnerships, in order."""
    entries: list[Entry] = []
    for partnership in selected.partnerships:
        history = selected.history(partnership)
        events = list(_events(partnership, history))
        entries += events
        if partnership.since is not None and not selection.categories:
            founded = any(entry.rank == _FOUNDING for entry in events)
            if not founded and _wants(selection, "agreement", partnership.since):
                entries.append(Entry(Period.single(partnership.since), _FOUNDING, partnership))
            entries += _anniversaries(partnership, history, selection, today, every)
    entries.sort(key=_order, reverse=reverse)
    return entries


def timeline_items(
    entries: list[Entry], today: date, language: str, citations: Citations
) -> tuple[Item, ...]:
    """The items of entries; what happened has the first footnotes, as views show none of anniversaries."""
    for entry in entries:
        if entry.event is not None:
            citations.numbers(source_ids(entry.event.source))
        elif entry.ordinal is None:
            citations.numbers(entry.partnership.sources)
    items: list[Item] = []
    previous_year: int | None = None
    for entry in entries:
        year = entry.when.anchor.year
        gap = 0 if previous_year is None else abs(year - previous_year)
        previous_year = year
        items.append(_item(entry, gap, today, language, citations))
    return tuple(items)


def includes(selection: Selection, when: Date) -> bool:
    """Whether a date may lie in the range of time that was asked for."""
    return selection.dated is None or selection.dated.overlaps(Period.single(when))


def _order(entry: Entry) -> tuple[tuple[Date, int], int]:
    return entry.when.sort_key, entry.rank


def _wants(selection: Selection, event_type: str, when: Date) -> bool:
    """Whether a computed item of a type on a date was asked for."""
    type_wanted = not selection.types or event_type in selection.types
    return type_wanted and includes(selection, when)


def _events(partnership: Partnership, history: tuple[Event, ...]) -> Iterator[Entry]:
    """The events of a partnership; the first agreement on the founding date is the founding."""
    founded = False
    for event, number in _numbered(partnership.events, history):
        rank = _EVENT
        if not founded and is_founding(event, partnership):
            rank, founded = _FOUNDING, True
        yield Entry(event.date, rank, partnership, event, number=number)


def _numbered(events: Iterable[Event], history: Iterable[Event]) -> Iterator[tuple[Event, int]]:
    """Each event with its number among those of its type in `history`, of which `events` are a part."""
    counts: Counter[str] = Counter()
    rest = iter(events)
    wanted = next(rest, None)
    for event in history:
        counts[event.type] += 1
        if event == wanted:
            yield event, counts[event.type]
            wanted = next(rest, None)


def is_founding(event: Event, partnership: Partnership) -> bool:
    """Whether an event is the agreement that founded a partnership, by its type and its date."""
    signed = event.type == "agreement" and not event.announced
    return signed and _same_date(event.date, partnership.since)


def _same_date(when: Period, since: Date | None) -> bool:
    """Whether an event is dated like the founding; a doubt about one of the two makes no second one."""
    start = when.start
    if since is None or start is None or when.start != when.end:
        return False
    return (start.year, start.month, start.day) == (since.year, since.month, since.day)


def _anniversaries(
    partnership: Partnership, history: tuple[Event, ...], selection: Selection, today: date, every: int
) -> Iterator[Entry]:
    """The anniversaries of a partnership that were asked for, while it lasts."""
    since = partnership.since
    if not every or since is None or since.first_day > today.toordinal():
        return
    ends = [event.date.latest.day_after for event in happened(history) if event.type == "dissolution"]
    if partnership.status == "dissolved" and not ends:
        return
    for ordinal in range(every, _last_ordinal(since, selection, today, every) + 1, every):
        when = anniversary(since, ordinal)
        if ends and when.first_day >= ends[-1]:
            return
        if _wants(selection, "anniversary", when):
            yield Entry(
                Period.single(when),
                _ANNIVERSARY,
                partnership,
                ordinal=ordinal,
                suspended=_was_suspended(history, when),
            )


def _last_ordinal(since: Date, selection: Selection, today: date, every: int) -> int:
    """The ordinal of the next anniversary, or of the last one up to the end of the range if that is later."""
    latest = MAXYEAR - since.year
    try:
        last = next_anniversary(since, today, every)[0]
    except OverflowError:
        return latest
    if selection.dated and selection.dated.after <= date.max.toordinal():
        last = max(last, date.fromordinal(selection.dated.after).year - since.year)
    return min(last, latest)


def _item(entry: Entry, gap: int, today: date, language: str, citations: Citations) -> Item:
    future = entry.when.anchor.first_day > today.toordinal()
    shown_gap = gap if gap >= MIN_GAP_YEARS and not future else 0
    partnership, event, ordinal = entry.partnership, entry.event, entry.ordinal
    if ordinal is not None:
        return Item(
            date=str(entry.when),
            kind="anniversary",
            type="anniversary",
            partnership=partnership.id,
            ordinal=ordinal,
            round=ordinal % 10 == 0,
            suspended=entry.suspended,
            sources=citations.numbers(partnership.sources),
            gap=shown_gap,
            future=future,
        )
    if event is None:
        return Item(
            date=str(entry.when),
            kind="founding",
            type="agreement",
            basis=localized(partnership.basis, language),
            partnership=partnership.id,
            sources=citations.numbers(partnership.sources),
            gap=shown_gap,
            future=future,
        )
    return Item(
        date=str(entry.when),
        kind="founding" if entry.rank == _FOUNDING else "event",
        type=event.type,
        title=localized(event.title, language),
        partnership=partnership.id,
        announced=event.announced,
        sources=citations.numbers(source_ids(event.source)),
        notes=localized(event.notes, language),
        gap=shown_gap,
        future=future,
        number=entry.number,
    )


def _was_suspended(history: tuple[Event, ...], when: Date) -> bool:
    """Whether the partnership was suspended on a date."""
    suspended = False
    for event in happened(history):
        if event.date.anchor.first_day <= when.first_day and event.type in (
            "suspension",
            "resumption",
            "renewal",
        ):
            suspended = event.type == "suspension"
    return suspended

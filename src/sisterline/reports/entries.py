"""What a timeline has of partnerships, in the order of time: their events, foundings and anniversaries."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import MAXYEAR, date
from typing import Literal, NamedTuple

from sisterline.dates import Date, Period, anniversary, next_anniversary
from sisterline.model import Event, Partnership, source_ids
from sisterline.query.history import happened
from sisterline.query.selection import Selection, SelectionResult
from sisterline.reports.refs import DEFAULT_EVERY
from sisterline.vocabulary import EventType

ItemKind = Literal["event", "founding", "anniversary"]

# The order of entries of one day.
_RANKS: dict[ItemKind, int] = {"anniversary": 0, "founding": 1, "event": 2}


class Entry(NamedTuple):
    """An item before it is placed among the others."""

    when: Period
    kind: ItemKind  # a founding is one of the data, or computed
    partnership: Partnership
    event: Event | None = None
    ordinal: int | None = None
    suspended: bool = False
    number: int | None = None  # of an event among those of its type

    @property
    def type(self) -> EventType:
        """The type of the event, or what a computed item is."""
        if self.event is not None:
            return self.event.type
        return "agreement" if self.kind == "founding" else "anniversary"

    @property
    def announced(self) -> bool:
        """Whether it is a plan."""
        return self.event is not None and self.event.announced

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of its sources; of a computed item those of the founding."""
        if self.event is not None:
            return tuple(source_ids(self.event.source))
        return self.partnership.sources


def timeline_entries(
    selected: SelectionResult,
    selection: Selection,
    today: date,
    *,
    every: int = DEFAULT_EVERY,
) -> list[Entry]:
    """Everything dated of the selected partnerships, in the order of time."""
    entries: list[Entry] = []
    for partnership in selected.partnerships:
        history = selected.history(partnership)
        events = list(_events(partnership, history))
        entries += events
        if partnership.since is not None and not selection.categories:
            founded = any(entry.kind == "founding" for entry in events)
            if not founded and _wants(selection, "agreement", partnership.since):
                entries.append(Entry(Period.single(partnership.since), "founding", partnership))
            entries += _anniversaries(partnership, history, selection, today, every)
    entries.sort(key=in_time)
    return entries


def includes(selection: Selection, when: Date) -> bool:
    """Whether a date may lie in the range of time that was asked for."""
    return selection.dated is None or selection.dated.overlaps(Period.single(when))


def in_time(entry: Entry) -> tuple[tuple[Date, int], int]:
    """A sort key: by date; of one day an anniversary comes first, then the founding."""
    return entry.when.sort_key, _RANKS[entry.kind]


def _wants(selection: Selection, event_type: str, when: Date) -> bool:
    """Whether a computed item of a type on a date was asked for."""
    type_wanted = not selection.types or event_type in selection.types
    return type_wanted and includes(selection, when)


def _events(partnership: Partnership, history: tuple[Event, ...]) -> Iterator[Entry]:
    """The events of a partnership; the first agreement on the founding date is the founding."""
    founded = False
    for event, number in _numbered(partnership.events, history):
        kind: ItemKind = "event"
        if not founded and is_founding(event, partnership):
            kind, founded = "founding", True
        yield Entry(event.date, kind, partnership, event, number=number)


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
                "anniversary",
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

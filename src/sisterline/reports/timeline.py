"""`timeline`: what happened, in order, with the anniversaries that fall between."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from msgspec import Struct

from sisterline.dates import Date, Period, anniversary, next_anniversary
from sisterline.language import ordinal
from sisterline.model import Dataset, Event, Partnership, localized, source_ids
from sisterline.query.selection import Selection, SelectionResult
from sisterline.reports.refs import SCHEMA_VERSION, Footnotes, PartnershipRef, RefBuilder, SourceRef

Group = Literal["year", "decade", "none"]
MIN_GAP_YEARS = 3  # a gap is drawn where at least this many years lie between one item and the next


class Item(Struct, frozen=True):
    """One line of a timeline.

    Attributes:
        date: when, as EDTF.
        kind: an event of the data, the founding (of the data or computed from `since`), or a
            computed anniversary.
        type: the type of the event; `anniversary` for a computed one.
        title: what happened.
        partnership: id of the partnership.
        ordinal: which anniversary; None for events.
        round: whether the ordinal is a multiple of ten.
        sources: numbers of its sources; of a computed item those of the founding.
        notes: what the data adds to it.
        group: the heading that it stands under.
        gap: silent years before it, 0 where they are few.
        future: whether it lies after today.
        number: of an event, which of its type it is among all events of the partnership, from the oldest
            on; the same in every selection, and after a correction of its date or title.
    """

    date: str
    kind: Literal["event", "founding", "anniversary"]
    type: str
    title: str
    partnership: str
    ordinal: int | None
    round: bool
    sources: tuple[int, ...]
    notes: str
    group: str
    gap: int
    future: bool
    number: int | None = None


class TimelineReport(Struct, frozen=True, tag_field="report", tag="timeline"):
    """Events and anniversaries in the order of time.

    Attributes:
        schema: of the JSON form.
        today: the day that anniversaries are counted from.
        partnerships: those whose items these are, also those that have none.
        items: in order.
        sources: the footnotes.
        matched: how many items there were before the limit.
        reverse: whether the newest come first.
        now: whether today lies in the range of time that was asked for.
    """

    schema: int
    today: str
    partnerships: tuple[PartnershipRef, ...]
    items: tuple[Item, ...]
    sources: tuple[SourceRef, ...]
    matched: int
    reverse: bool
    now: bool


class _Entry(NamedTuple):
    """An item before it is placed among the others."""

    when: Period
    rank: int  # on one day: anniversaries, the founding, events
    partnership: Partnership
    event: Event | None
    ordinal: int | None
    asleep: bool = False  # the tie was suspended then
    number: int | None = None  # of an event among those of its type


def timeline_report(
    dataset: Dataset,
    selected: SelectionResult,
    selection: Selection,
    today: date,
    *,
    language: str = "en",
    every: int = 5,
    group: Group = "decade",
    reverse: bool = False,
    limit: int | None = None,
    footnotes: Footnotes | None = None,
) -> TimelineReport:
    """Events and computed anniversaries of the selected partnerships.

    Args:
        dataset: where names and sources are.
        selected: the partnerships with the events that were asked for.
        selection: what was asked for: the range of time and the types hold for anniversaries too.
        today: a line is drawn there; of the anniversaries to come only the next one is told, or all
            up to the end of the range where one was given.
        language: of names and titles.
        every: each how-many-th anniversary is told; 0 for none.
        group: what the headings are.
        reverse: newest first.
        limit: the first so many only.
        footnotes: the numbers of a report that this one is a part of.
    """
    notes = footnotes or Footnotes(dataset, language)
    partnerships = tuple(selected.partnerships)
    marks = [mark for p in partnerships for mark in _marks(p, selected.history(p), selection, today, every)]
    marks.sort(key=lambda mark: (mark.when.sort_key, mark.rank), reverse=reverse)
    refs = RefBuilder(dataset, today, language, every)
    pairs = tuple(map(refs.pair, partnerships))
    return TimelineReport(
        SCHEMA_VERSION,
        today.isoformat(),
        pairs,
        tuple(_items(marks[:limit], today, language, group, notes)),
        notes.listed() if footnotes is None else (),
        len(marks),
        reverse,
        _in(selection, Date.from_date(today)),
    )


def _marks(
    partnership: Partnership, history: tuple[Event, ...], selection: Selection, today: date, every: int
) -> Iterator[_Entry]:
    since = partnership.since
    founded = False
    for event, number in _numbered(partnership.events, history):
        founding = (
            not founded and event.type == "agreement" and since is not None and _same(event.date, since)
        )
        founded = founded or founding
        yield _Entry(event.date, 1 if founding else 2, partnership, event, None, number=number)
    if since is None or selection.categories:
        return
    types = selection.types
    if not founded and (not types or "agreement" in types) and _in(selection, since):
        yield _Entry(Period.single(since), 1, partnership, None, None)
    if every and (not types or "anniversary" in types):
        for n, on in _anniversaries(partnership, history, since, selection, today, every):
            if _in(selection, on):
                yield _Entry(Period.single(on), 0, partnership, None, n, _was_suspended(history, on))


def _numbered(events: Iterable[Event], history: Iterable[Event]) -> Iterator[tuple[Event, int]]:
    """Each event with its number among those of its type in `history`, of which `events` are a part."""
    counts: dict[str, int] = {}
    rest = iter(events)
    wanted = next(rest, None)
    for event in history:
        counts[event.type] = counts.get(event.type, 0) + 1
        if event == wanted:
            yield event, counts[event.type]
            wanted = next(rest, None)


def _same(when: Period, since: Date) -> bool:
    """Whether an event is dated like the founding; a doubt about one of the two makes no second one."""
    at = when.start
    return (
        when.start == when.end
        and at is not None
        and (at.year, at.month, at.day) == (since.year, since.month, since.day)
    )


def _anniversaries(
    partnership: Partnership,
    history: tuple[Event, ...],
    since: Date,
    selection: Selection,
    today: date,
    every: int,
) -> Iterator[tuple[int, Date]]:
    """The anniversaries of a tie while it lasts, up to the next one or to the end of the range."""
    ended = [event.date.latest for event in history if event.type == "dissolution"]
    if (partnership.status == "dissolved" and not ended) or since.first_day > today.toordinal():
        return
    try:
        last = next_anniversary(since, today, every)[0]
    except OverflowError:
        last = 9999
    if selection.dated and selection.dated.after <= date.max.toordinal():
        last = max(last, date.fromordinal(selection.dated.after).year - since.year)
    for n in range(every, min(last, 9999 - since.year) + 1, every):
        on = anniversary(since, n)
        if ended and on.first_day >= ended[-1].day_after:
            return
        yield n, on


def _in(selection: Selection, when: Date) -> bool:
    return selection.dated is None or selection.dated.overlaps(Period.single(when))


def _items(
    marks: Iterable[_Entry], today: date, language: str, group: Group, notes: Footnotes
) -> Iterator[Item]:
    marks = list(marks)
    for mark in marks:
        if mark.event is not None:  # first, so that the footnotes of what happened are numbered on end
            notes.numbers(source_ids(mark.event.source))
    before: int | None = None
    for mark in marks:
        year = mark.when.anchor.year
        gap = 0 if before is None else abs(year - before)
        before = year
        future = mark.when.anchor.first_day > today.toordinal()
        label = {"year": f"{year:04}", "decade": f"{year // 10:03}0s", "none": ""}[group]
        event, partnership = mark.event, mark.partnership
        kind: Literal["event", "founding", "anniversary"] = "event"
        if mark.ordinal is not None:
            kind, title, sources = "anniversary", f"{ordinal(mark.ordinal)} anniversary", partnership.sources
            if mark.asleep:
                title += " (suspended)"
        elif event is None:
            basis = localized(partnership.basis, language)
            kind, title, sources = "founding", f"Founded{f': {basis}' if basis else ''}", partnership.sources
        else:
            kind = "founding" if mark.rank == 1 else "event"
            title, sources = localized(event.title, language), source_ids(event.source)
        yield Item(
            str(mark.when),
            kind,
            event.type if event else "anniversary" if mark.ordinal else "agreement",
            title,
            partnership.id,
            mark.ordinal,
            bool(mark.ordinal) and mark.ordinal % 10 == 0,  # type: ignore[operator]  # not None where true
            notes.numbers(sources),
            localized(event.notes, language) if event else "",
            label,
            gap if gap >= MIN_GAP_YEARS and not future else 0,
            future,
            mark.number,
        )


def _was_suspended(history: tuple[Event, ...], when: Date) -> bool:
    """Whether the tie was suspended then."""
    asleep = False
    for event in history:
        if event.date.anchor.first_day <= when.first_day and event.type in (
            "suspension",
            "resumption",
            "renewal",
        ):
            asleep = event.type == "suspension"
    return asleep

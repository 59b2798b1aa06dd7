"""`timeline`: what happened, in order, with the anniversaries that fall between."""

from datetime import date
from functools import partial
from operator import attrgetter
from typing import Literal

from msgspec import Struct

from sisterline.dates import Date
from sisterline.language import localized
from sisterline.model import Dataset
from sisterline.query.selection import Selection, SelectionResult
from sisterline.reports.base import Report, data_ref
from sisterline.reports.entries import Entry, ItemKind, in_time, includes
from sisterline.reports.order import Sort, SortColumn, SortKey, end_of, in_order, value_of
from sisterline.reports.refs import DEFAULT_EVERY, Citations, PartnershipRef, RefBuilder, SourceRef
from sisterline.reports.steps import history_of
from sisterline.text.matching import fold
from sisterline.vocabulary import EventType

Grouping = Literal["year", "decade", "none"]
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
        every: of the past every Nth anniversary is an item; 0 for none.
        every_chosen: whether N was chosen to fit the history, as nobody asked for one.
        group: what the items are grouped by for reading.
        reverse: whether the newest come first, or what comes last in the order of another column.
        chronological: whether the items are in the order of time, forwards or backwards.
        includes_today: whether today lies in the range of time that was asked for.
    """

    partnerships: tuple[PartnershipRef, ...]
    items: tuple[Item, ...]
    sources: tuple[SourceRef, ...]
    matched: int
    every: int
    every_chosen: bool
    group: Grouping
    reverse: bool
    chronological: bool
    includes_today: bool


def timeline_report(
    dataset: Dataset,
    selected: SelectionResult,
    selection: Selection,
    today: date,
    *,
    language: str = "en",
    every: int | None = DEFAULT_EVERY,
    group: Grouping = "decade",
    sort: Sort = (),
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
        every: every Nth anniversary; 0 for none; None to choose an N that fits the history.
        group: what the items are grouped by for reading, if they are in the order of time.
        sort: columns of SORT_COLUMNS; by date where none is named.
        reverse: newest first, or each column of `sort` the other way round.
        limit: at most this many items.

    Raises:
        UsageError: there is no such column.
    """
    citations = Citations(dataset, language)
    history = history_of(selected, selection, today, every=every)
    sort = sort or _BY_DATE
    entries = in_order(history.entries, sort, _sort_keys(dataset, language), reverse=reverse)
    chronological = sort[0].name == "date"
    refs = RefBuilder(dataset, today, language, every or DEFAULT_EVERY)
    return TimelineReport(
        today=today.isoformat(),
        data=data_ref(dataset, language),
        partnerships=tuple(map(refs.partnership, selected.partnerships)),
        items=timeline_items(entries[:limit], today, language, citations, gaps=chronological),
        sources=citations.all(),
        matched=len(entries),
        every=history.every,
        every_chosen=every is None,
        group=group if chronological else "none",
        reverse=sort[0].descending != reverse,
        chronological=chronological,
        includes_today=chronological and includes(selection, Date.from_date(today)),
    )


def timeline_items(
    entries: list[Entry], today: date, language: str, citations: Citations, *, gaps: bool = True
) -> tuple[Item, ...]:
    """The items of entries; what happened has the first footnotes, as views show none of anniversaries.

    Without `gaps`, as in any other order than that of time, none is reported.
    """
    for entry in entries:
        if entry.ordinal is None:
            citations.numbers(entry.sources)
    items: list[Item] = []
    previous_year: int | None = None
    for entry in entries:
        year = entry.when.anchor.year
        gap = 0
        if gaps and previous_year is not None:
            gap = abs(year - previous_year)
        previous_year = year
        items.append(_item(entry, gap, today, language, citations))
    return tuple(items)


# The columns of the table that programs have.
SORT_COLUMNS = (
    "date", "kind", "type", "title", "partnership", "place", "partner", "ordinal", "announced", "notes",
    "sources",
)  # fmt: skip
_BY_DATE = (SortColumn("date"),)


def _sort_keys(dataset: Dataset, language: str) -> dict[str, SortKey]:
    """The keys of entries by SORT_COLUMNS, with texts in one language."""

    def text(entry: Entry, field: str) -> str | None:
        found = localized(getattr(entry.event, field, ""), language)
        return fold(found) or None

    keys: tuple[SortKey, ...] = (
        in_time,
        attrgetter("kind"),
        attrgetter("type"),
        partial(text, field="title"),
        attrgetter("partnership.id"),
        end_of(dataset, 0, language),
        end_of(dataset, 1, language),
        attrgetter("ordinal"),
        attrgetter("announced"),
        partial(text, field="notes"),
        value_of("sources"),
    )
    return dict(zip(SORT_COLUMNS, keys, strict=True))


def _item(entry: Entry, gap: int, today: date, language: str, citations: Citations) -> Item:
    future = entry.when.anchor.first_day > today.toordinal()
    shown_gap = gap if gap >= MIN_GAP_YEARS and not future else 0
    event, ordinal = entry.event, entry.ordinal
    title = notes = basis = ""
    if event is not None:
        title, notes = localized(event.title, language), localized(event.notes, language)
    elif ordinal is None:
        basis = localized(entry.partnership.basis, language)
    return Item(
        date=str(entry.when),
        kind=entry.kind,
        type=entry.type,
        title=title,
        basis=basis,
        partnership=entry.partnership.id,
        ordinal=ordinal,
        round=ordinal is not None and ordinal % 10 == 0,
        suspended=entry.suspended,
        announced=entry.announced,
        sources=citations.numbers(entry.sources),
        notes=notes,
        gap=shown_gap,
        future=future,
        number=entry.number,
    )

"""What is asked of the data set: a selection of partnerships, and of what is dated in them."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from msgspec import Struct

from sisterline.dates import Date, DateError, Period, parse_typed
from sisterline.errors import UsageError
from sisterline.model import Dataset, Event, Exchange, Partnership, names_of, translations
from sisterline.query.places import (
    display_name,
    enclosing,
    find_country,
    find_places,
    find_regions,
    partnerships_of,
)
from sisterline.store.index import index_of
from sisterline.text.matching import fold


class DayRange(NamedTuple):
    """A half-open range of days as ordinals: `first` is in it, `after` is not."""

    first: int
    after: int

    def overlaps(self, when: Period) -> bool:
        """Whether some day meant may lie in the range."""
        return when.overlaps(self.first, self.after)


ALL_TIME = DayRange(0, date.max.toordinal() + 2)


class Selection(Struct, frozen=True, kw_only=True):
    """Which partnerships, and which of their events and exchanges.

    Values of one field are alternatives, fields narrow each other. Names are as people type them.
    """

    cities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    founded: DayRange | None = None
    text: tuple[str, ...] = ()
    dated: DayRange | None = None
    types: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # how dates were understood, one line each

    @property
    def narrows_dated(self) -> bool:
        """Whether it leaves out some events or exchanges of the partnerships that it chooses."""
        return bool(self.dated or self.types or self.categories)


class SelectionResult(Struct, frozen=True):
    """What a selection chose.

    Attributes:
        partnerships: in the order of the data set; their events and exchanges are only those that were
            asked for.
        notes: what the person should know about how names were understood, one line each.
        histories: all events of those partnerships that have only some of theirs here, by id: a tie was
            suspended also where the suspension itself was not asked for.
    """

    partnerships: tuple[Partnership, ...]
    notes: tuple[str, ...] = ()
    histories: dict[str, tuple[Event, ...]] = {}

    def history(self, partnership: Partnership) -> tuple[Event, ...]:
        """All events of a partnership, also those that were not asked for."""
        return self.histories.get(partnership.id, partnership.events)


def select(
    dataset: Dataset, selection: Selection, among: Sequence[Partnership] | None = None
) -> SelectionResult:
    """Choose partnerships, and the dated items in them.

    Args:
        dataset: where they are.
        selection: what is asked for.
        among: the only partnerships to choose from; all of the data set where it is None.

    Raises:
        SisterlineError: a name is not in the data set.
    """
    notes = list(selection.notes)
    chosen: Sequence[Partnership] = dataset.partnerships if among is None else among
    if selection.cities:
        cities = {
            place
            for name in selection.cities
            for place in _note_ambiguity(find_places(dataset, name), dataset, name, notes)
        }
        chosen = (
            partnerships_of(dataset, cities) if among is None else [p for p in among if _touches(p, cities)]
        )
    if selection.regions:
        regions = {place for name in selection.regions for place in find_regions(dataset, name)}
        chosen = [
            p for p in chosen if any(not regions.isdisjoint(enclosing(dataset, end)) for end in p.between)
        ]
    if selection.countries:
        codes = {find_country(dataset, name) for name in selection.countries}
        chosen = [p for p in chosen if any(dataset.places[place].country in codes for place in p.between)]
    if selection.levels:
        chosen = [
            p for p in chosen if any(dataset.places[place].level in selection.levels for place in p.between)
        ]
    if selection.kinds:
        chosen = [p for p in chosen if p.kind in selection.kinds]
    if selection.statuses:
        chosen = [p for p in chosen if p.status in selection.statuses]
    if span := selection.founded:
        chosen = [p for p in chosen if p.since and span.overlaps(Period.single(p.since))]
    if selection.text:
        words = [fold(text) for text in selection.text]
        chosen = [p for p in chosen if _mentions(dataset, p, words)]
    histories: dict[str, tuple[Event, ...]] = {}
    if selection.narrows_dated:
        histories = {p.id: p.events for p in chosen}
        chosen = [_only_dated(p, selection) for p in chosen]
        if selection.types or selection.categories:
            chosen = [p for p in chosen if p.events or p.exchanges]
    return SelectionResult(tuple(chosen), tuple(notes), histories)


def select_by_name(
    dataset: Dataset, name: str, partnership: Partnership | None, selection: Selection
) -> tuple[tuple[str, ...], SelectionResult]:
    """What a name asks to be shown: the ids of places, and partnerships.

    They are those of the partnership, if it is one; else all places of the name, and their partnerships.

    Raises:
        SisterlineError: there is neither.
    """
    if partnership is not None:
        return partnership.between, select(dataset, selection, (partnership,))
    notes: list[str] = []
    places = _note_ambiguity(find_places(dataset, name), dataset, name, notes)
    ties = partnerships_of(dataset, places)
    if not ties:  # a region without ties of its own: those of what lies in it
        inside = {
            end for end in index_of(dataset).ties if not set(places).isdisjoint(enclosing(dataset, end))
        }
        ties = partnerships_of(dataset, inside)
    selected = select(dataset, selection, ties)
    return places, SelectionResult(selected.partnerships, (*notes, *selected.notes), selected.histories)


# --- ranges of time -------------------------------------------------------------------------------


def parse_range(text: str, option: str) -> DayRange:
    """Read `1973..1979`, `1973..`, `..1979`, `1970s`, `1996` or `1996-03` as a range of days.

    Raises:
        UsageError: it is none, or upside down.
    """
    example = f"; try {option} 1973..1979, 1980s or 1996-03"
    first, dots, last = text.partition("..")
    try:
        if not dots:
            if text[3:] == "0s" and text[:3].isdecimal() and text[:3] != "000":
                return DayRange(Date(int(text[:3]) * 10).first_day, Date(int(text[:3]) * 10 + 9).day_after)
            return _days_of(text)
        if ".." in last:
            raise DateError(f'"{last}" is not a date', explained=False)
        span = DayRange(
            _days_of(first).first if first else 0, _days_of(last).after if last else ALL_TIME.after
        )
    except DateError as error:
        hint = f"; {error.hint}" if error.explained and error.hint else example
        raise UsageError(f"{option}: {error}{hint}") from None
    if not first and not last:
        raise UsageError(f'{option}: ".." has neither a start nor an end{example}')
    if span.after <= span.first:
        raise UsageError(f'{option}: "{text}" ends before it starts; try {option} {last}..{first}')
    return span


def date_range(first: str | None, last: str | None) -> DayRange | None:
    """The range that `--from` and `--to` give, both of them included.

    Raises:
        UsageError: one is no date, or they are upside down.
    """
    if first is None and last is None:
        return None
    start = ALL_TIME.first if first is None else _option_days("--from", first).first
    after = ALL_TIME.after if last is None else _option_days("--to", last).after
    if after <= start:
        raise UsageError(f"--from {first} lies after --to {last}")
    return DayRange(start, after)


def date_notes(option: str, text: str) -> tuple[str, ...]:
    """How dates in other notations than EDTF were understood, one line each; none are an error here."""
    notes = []
    for part in text.split(".."):
        try:
            Date.parse(part)
        except DateError as error:
            if error.meant:
                notes.append(f"{option}: {part} is read as {error.meant}")
    return tuple(notes)


def _days_of(text: str) -> DayRange:
    """The days of a date that was typed.

    Raises:
        DateError: it is no date, or can be several.
    """
    when = parse_typed(text)
    first = ALL_TIME.first if when.start is None else when.start.first_day
    after = ALL_TIME.after if when.end is None else when.end.day_after
    return DayRange(first, after)


def _option_days(option: str, text: str) -> DayRange:
    """The same of the value of an option, whose errors name it."""
    try:
        return _days_of(text)
    except DateError as error:
        hint = f"; {error.hint}" if error.hint else ""
        raise UsageError(f"{option}: {error}{hint}") from None


# --- details --------------------------------------------------------------------------------------


def _touches(partnership: Partnership, places: set[str]) -> bool:
    return not places.isdisjoint(partnership.between)


def _note_ambiguity(found: tuple[str, ...], dataset: Dataset, name: str, notes: list[str]) -> tuple[str, ...]:
    """Tell that a name means several places."""
    used = index_of(dataset).ties
    kept = tuple(place for place in found if place in used)
    if len(kept) > 1:
        places = ", ".join(f"{display_name(dataset, dataset.places[place])} = {place}" for place in kept)
        notes.append(f'"{name}" may be {len(kept)} places, all are shown: {places}')
    return kept or found


def _mentions(dataset: Dataset, partnership: Partnership, words: Sequence[str]) -> bool:
    """Whether one of the words stands in a name, a title or a note."""
    told = [partnership.notes, partnership.basis]
    told += [part for event in partnership.events for part in (event.title, event.notes)]
    told += [part for exchange in partnership.exchanges for part in (exchange.what, exchange.notes)]
    names = [name for place in partnership.between for name in names_of(dataset.places[place])]
    heap = "\n".join(fold(text) for text in (*names, *(each for text in told for each in translations(text))))
    return any(word in heap for word in words)


def _only_dated(partnership: Partnership, selection: Selection) -> Partnership:
    """The same with only the events and exchanges that were asked for."""
    from msgspec.structs import replace

    span = selection.dated or ALL_TIME

    def wanted(item: Event | Exchange) -> bool:
        if isinstance(item, Event):
            return span.overlaps(item.date) and (
                item.type in selection.types or not (selection.types or selection.categories)
            )
        return span.overlaps(item.period) and (
            item.category in selection.categories or not (selection.types or selection.categories)
        )

    return replace(
        partnership,
        events=tuple(filter(wanted, partnership.events)),
        exchanges=tuple(filter(wanted, partnership.exchanges)),
    )

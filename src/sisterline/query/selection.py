"""What is asked of the data set: a selection of partnerships, and of what is dated in them."""

from collections.abc import Sequence

from msgspec import Struct

from sisterline.dates import Period
from sisterline.model import Dataset, Event, Exchange, Partnership, names_of, translations
from sisterline.query.places import (
    display_name,
    enclosing,
    find_country,
    find_places,
    find_regions,
    partnerships_of,
)
from sisterline.query.ranges import ALL_TIME, DayRange
from sisterline.store.index import index_of
from sisterline.text.matching import fold


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

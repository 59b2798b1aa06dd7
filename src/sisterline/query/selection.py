"""Selections of partnerships, and of the events and exchanges in them."""

from collections.abc import Iterable, Iterator, Sequence, Set

from msgspec import Struct

from sisterline.dates import Period
from sisterline.model import Dataset, Event, Exchange, Partnership, Place, search_names, translations
from sisterline.query.history import is_last_in, last_event
from sisterline.query.places import (
    display_name,
    enclosing,
    find_country,
    find_places,
    find_regions,
)
from sisterline.query.ranges import ALL_TIME, DayRange
from sisterline.text.matching import fold


class Selection(Struct, frozen=True, kw_only=True):
    """Which partnerships to choose, and which of their events and exchanges.

    Values of one field are alternatives, and each field narrows the others. Names are as people type them.
    """

    cities: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    founded: DayRange | None = None
    last_event: DayRange | None = None
    text: tuple[str, ...] = ()
    dated: DayRange | None = None
    types: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # how dates in other notations were read, one line each

    @property
    def narrows_dated(self) -> bool:
        """Whether it may leave out events or exchanges of the partnerships that it chooses."""
        return bool(self.dated or self.types or self.categories)


class SelectionResult(Struct, frozen=True):
    """What a selection chose.

    Attributes:
        partnerships: in the order of the data set, with the selected events and exchanges only.
        notes: how names and dates were read where that is not obvious, one line each.
        histories: all events of the partnerships that may have only some of theirs here, by id: a
            partnership was suspended also when the suspension itself is not selected.
    """

    partnerships: tuple[Partnership, ...]
    notes: tuple[str, ...] = ()
    histories: dict[str, tuple[Event, ...]] = {}

    def history(self, partnership: Partnership) -> tuple[Event, ...]:
        """All events of a partnership, selected or not."""
        return self.histories.get(partnership.id, partnership.events)


def select(
    dataset: Dataset, selection: Selection, among: Sequence[Partnership] | None = None
) -> SelectionResult:
    """Choose partnerships, and the events and exchanges in them.

    Args:
        dataset: the data to choose from.
        selection: what to choose.
        among: the only partnerships to consider; None for all of the data set.

    Raises:
        SisterlineError: a name is not in the data set.
    """
    notes = list(selection.notes)
    chosen = _select_by_city(dataset, selection, among, notes)
    chosen = _select_by_ends(dataset, selection, chosen)
    chosen = _select_by_fields(dataset, selection, chosen)
    histories: dict[str, tuple[Event, ...]] = {}
    if selection.narrows_dated:
        histories = {p.id: p.events for p in chosen}
        chosen = [_only_dated(p, selection) for p in chosen]
        if selection.types or selection.categories:
            chosen = [p for p in chosen if p.events or p.exchanges]
    return SelectionResult(tuple(chosen), tuple(notes), histories)


def _select_by_city(
    dataset: Dataset, selection: Selection, among: Sequence[Partnership] | None, notes: list[str]
) -> Sequence[Partnership]:
    if not selection.cities:
        return dataset.partnerships if among is None else among
    found = [_noted_places(dataset, name, notes) for name in selection.cities]
    cities = {place for places in found for place in places}
    if among is None:
        return dataset.partnerships_of(cities)
    return [p for p in among if not cities.isdisjoint(p.between)]


def _select_by_ends(
    dataset: Dataset, selection: Selection, chosen: Sequence[Partnership]
) -> Sequence[Partnership]:
    """The partnerships that have a place in a selected region, one in a selected country, and so on."""
    if selection.regions:
        regions = region_ids(dataset, selection)
        chosen = [p for p in chosen if _lies_in(dataset, p.between, regions)]
    if selection.countries:
        codes = country_codes(dataset, selection)
        chosen = [p for p in chosen if any(place.country in codes for place in _ends(dataset, p))]
    if selection.levels:
        levels = selection.levels
        chosen = [p for p in chosen if any(place.level in levels for place in _ends(dataset, p))]
    return chosen


def country_codes(dataset: Dataset, selection: Selection) -> frozenset[str]:
    """The codes of the countries that a selection names.

    Raises:
        UnknownName: one is not in the data set.
    """
    return frozenset(find_country(dataset, name) for name in selection.countries)


def region_ids(dataset: Dataset, selection: Selection) -> frozenset[str]:
    """The ids of the regions that a selection names.

    Raises:
        UnknownName: one is not in the data set.
    """
    return frozenset(place for name in selection.regions for place in find_regions(dataset, name))


def _select_by_fields(
    dataset: Dataset, selection: Selection, chosen: Sequence[Partnership]
) -> Sequence[Partnership]:
    if selection.kinds:
        chosen = [p for p in chosen if p.kind in selection.kinds]
    if selection.statuses:
        chosen = [p for p in chosen if p.status in selection.statuses]
    if founded := selection.founded:
        chosen = [p for p in chosen if p.since and founded.overlaps(Period.single(p.since))]
    if days := selection.last_event:
        chosen = [p for p in chosen if is_last_in(last_event(p.events), days)]
    if selection.text:
        words = [fold(text) for text in selection.text]
        chosen = [p for p in chosen if _mentions(dataset, p, words)]
    return chosen


def select_by_name(
    dataset: Dataset, name: str, partnership: Partnership | None, selection: Selection
) -> tuple[tuple[str, ...], SelectionResult]:
    """The ids of the places that a name means, and their selected partnerships.

    Args:
        dataset: the data to choose from.
        name: as it was typed.
        partnership: the one that the name means; None if it is the name of places.
        selection: what to choose of it, or of the partnerships of all places of the name. A region without
            partnerships of its own has those of the places in it.

    Raises:
        SisterlineError: a name is not in the data set.
    """
    if partnership is not None:
        return partnership.between, select(dataset, selection, (partnership,))
    notes: list[str] = []
    places = _noted_places(dataset, name, notes)
    partnerships = dataset.partnerships_of(places)
    if not partnerships:
        outer = set(places)
        inside = [place for place in dataset.partnered_places if _lies_in(dataset, (place,), outer)]
        partnerships = dataset.partnerships_of(inside)
    selected = select(dataset, selection, partnerships)
    return places, SelectionResult(selected.partnerships, (*notes, *selected.notes), selected.histories)


# --- details --------------------------------------------------------------------------------------


def _ends(dataset: Dataset, partnership: Partnership) -> list[Place]:
    return [dataset.places[place] for place in partnership.between]


def _lies_in(dataset: Dataset, places: Iterable[str], outer: Set[str]) -> bool:
    """Whether one of some places is, or lies in, one of some outer places."""
    return any(not outer.isdisjoint(enclosing(dataset, place)) for place in places)


def _noted_places(dataset: Dataset, name: str, notes: list[str]) -> tuple[str, ...]:
    """The places of a name, those with partnerships if there are any; adds a note if they are several."""
    found = find_places(dataset, name)
    kept = tuple(place for place in found if place in dataset.partnered_places)
    if len(kept) > 1:
        places = ", ".join(f"{display_name(dataset, dataset.places[place])} = {place}" for place in kept)
        notes.append(f'"{name}" may be {len(kept)} places, all are shown: {places}')
    return kept or found


def texts_of(partnership: Partnership) -> Iterator[str]:
    """The texts about a partnership in all their languages: notes, titles of events, what was counted."""
    texts = [partnership.notes, partnership.basis]
    for event in partnership.events:
        texts += [event.title, event.notes]
    for exchange in partnership.exchanges:
        texts += [exchange.what, exchange.notes]
    for text in texts:
        yield from translations(text)


def _mentions(dataset: Dataset, partnership: Partnership, words: Sequence[str]) -> bool:
    """Whether one of some folded words is in a name, a title or a note."""
    names = (name for place in _ends(dataset, partnership) for name in search_names(place))
    folded = "\n".join(map(fold, (*names, *texts_of(partnership))))
    return any(word in folded for word in words)


def _only_dated(partnership: Partnership, selection: Selection) -> Partnership:
    """A partnership with the selected events and exchanges only."""
    from msgspec.structs import replace

    days = selection.dated or ALL_TIME
    every_type = not (selection.types or selection.categories)

    def is_selected(item: Event | Exchange) -> bool:
        if isinstance(item, Event):
            return days.overlaps(item.date) and (every_type or item.type in selection.types)
        return days.overlaps(item.period) and (every_type or item.category in selection.categories)

    return replace(
        partnership,
        events=tuple(filter(is_selected, partnership.events)),
        exchanges=tuple(filter(is_selected, partnership.exchanges)),
    )

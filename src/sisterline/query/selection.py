"""Selections of partnerships, and of the events and exchanges in them."""

from collections.abc import Iterable, Iterator, Sequence, Set
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from sisterline.dates import Period
from sisterline.errors import SisterlineError, UnknownName
from sisterline.language import translations
from sisterline.model import AnyPartnership, Dataset, Event, Exchange, Partnership, Place, search_names
from sisterline.query.history import is_last_in, last_event
from sisterline.query.places import (
    display_name,
    enclosing,
    find_country,
    find_partnership,
    find_places,
    find_regions,
    known_country,
    matching_places,
    names_of_pair,
)
from sisterline.query.ranges import ALL_TIME, DayRange
from sisterline.text.matching import fold
from sisterline.translation import gettext as _
from sisterline.translation import listed
from sisterline.vocabulary import REGION_LEVELS

P = TypeVar("P", bound=AnyPartnership)


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


class TextlessResult(Struct, frozen=True):
    """What a selection chose, for a report that shows no texts.

    Attributes:
        partnerships: as those of a `SelectionResult`.
        notes: likewise.
    """

    partnerships: tuple[AnyPartnership, ...]
    notes: tuple[str, ...] = ()


def select_textless(dataset: Dataset, selection: Selection) -> TextlessResult:
    """Choose what `select` chooses, for a report that shows no texts.

    Raises:
        SisterlineError: a name is not in the data set.
    """
    if selection.cities or selection.text or selection.narrows_dated:
        selected = select(dataset, selection)
        return TextlessResult(selected.partnerships, selected.notes)
    chosen = _select_by_ends(dataset, selection, dataset.textless)
    chosen = _select_by_days(selection, _select_by_codes(selection, chosen))
    return TextlessResult(tuple(chosen), selection.notes)


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
    cities: set[str] = set()
    pairs: set[str] = set()
    for name in selection.cities:
        try:
            cities.update(_noted_places(dataset, name, notes))
        except UnknownName:
            partnership = find_partnership(dataset, name)
            if partnership is None:
                _check_quotes(dataset, selection.cities)
                raise
            pairs.add(partnership.id)
    if among is None and not pairs:
        return dataset.partnerships_of(cities)
    if among is None:
        among = dataset.partnerships
    return [p for p in among if p.id in pairs or not cities.isdisjoint(p.between)]


def _check_quotes(dataset: Dataset, words: tuple[str, ...]) -> None:
    """Check that several names are not the words of one, as of Kumamoto Prefecture.

    Raises:
        SisterlineError: they are.
    """
    whole = " ".join(words)
    if len(words) > 1 and matching_places(dataset, whole):
        raise SisterlineError(_('"{name}" is one name; put it in quotes').format(name=whole))


def _select_by_ends(dataset: Dataset, selection: Selection, chosen: Sequence[P]) -> Sequence[P]:
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
    chosen = _select_by_codes(selection, chosen)
    chosen = _select_by_days(selection, chosen)
    if selection.text:
        words = [fold(text) for text in selection.text]
        chosen = [p for p in chosen if _mentions(dataset, p, words)]
    return chosen


def _select_by_codes(selection: Selection, chosen: Sequence[P]) -> Sequence[P]:
    """The partnerships of the selected kinds and statuses."""
    if selection.kinds:
        chosen = [p for p in chosen if p.kind in selection.kinds]
    if selection.statuses:
        chosen = [p for p in chosen if p.status in selection.statuses]
    return chosen


def _select_by_days(selection: Selection, chosen: Sequence[P]) -> Sequence[P]:
    """The partnerships founded, and with their last event, in the selected ranges of days."""
    if founded := selection.founded:
        chosen = [p for p in chosen if p.since and founded.overlaps(Period.single(p.since))]
    if days := selection.last_event:
        chosen = [p for p in chosen if is_last_in(last_event(p.events), days)]
    return chosen


class NamedSelection(Struct, frozen=True, kw_only=True):
    """What a name means, and what was selected of it.

    Attributes:
        places: ids of the places that it may mean, or of the two of a partnership; none for a country.
        country: the code of the country that it means; empty for places and partnerships.
        selected: the partnerships.
    """

    places: tuple[str, ...] = ()
    country: str = ""
    selected: SelectionResult


def select_by_name(
    dataset: Dataset, name: str, partnership: Partnership | None, selection: Selection
) -> NamedSelection:
    """What a name means, and the selected partnerships of it.

    Args:
        dataset: the data to choose from.
        name: as it was typed.
        partnership: the one that the name means; None if it is the name of places or of a country.
        selection: what to choose of it, or of the partnerships of all places of the name. A region has those
            of the places in it, and so has a place without partnerships of its own.

    Raises:
        SisterlineError: a name is not in the data set.
    """
    if partnership is not None:
        selected = select(dataset, selection, (partnership,))
        return NamedSelection(places=partnership.between, selected=selected)
    notes: list[str] = []
    try:
        places = _noted_places(dataset, name, notes)
    except UnknownName:
        if country := known_country(dataset, name):
            among = dataset.partnerships_of(_places_of_country(dataset, country))
            return NamedSelection(country=country, selected=select(dataset, selection, among))
        if pair := names_of_pair(dataset, name):
            message = _("{place} and {partner} have no partnership with each other on record")
            raise SisterlineError(message.format(place=pair[0], partner=pair[1])) from None
        raise
    selected = select(dataset, selection, _partnerships_around(dataset, places))
    with_notes = replace(selected, notes=(*notes, *selected.notes))
    return NamedSelection(places=places, selected=with_notes)


def _partnerships_around(dataset: Dataset, places: tuple[str, ...]) -> Sequence[Partnership]:
    """The partnerships of places; of regions, and where there are none, also of the places in them.

    Nara may be the city and the prefecture: whoever means the city wants its partnerships only.
    """
    own = dataset.partnerships_of(places)
    if own and not all(dataset.places[place].level in REGION_LEVELS for place in places):
        return own
    outer = set(places)
    inside = [place for place in dataset.partnered_places if _lies_in(dataset, (place,), outer)]
    return dataset.partnerships_of(inside)


def _places_of_country(dataset: Dataset, country: str) -> list[str]:
    return [place for place in dataset.partnered_places if dataset.places[place].country == country]


# --- details --------------------------------------------------------------------------------------


def _ends(dataset: Dataset, partnership: AnyPartnership) -> list[Place]:
    return [dataset.places[place] for place in partnership.between]


def _lies_in(dataset: Dataset, places: Iterable[str], outer: Set[str]) -> bool:
    """Whether one of some places is, or lies in, one of some outer places."""
    return any(not outer.isdisjoint(enclosing(dataset, place)) for place in places)


def _noted_places(dataset: Dataset, name: str, notes: list[str]) -> tuple[str, ...]:
    """The places of a name, those with partnerships if there are any; adds a note if they are several."""
    found = find_places(dataset, name)
    kept = tuple(place for place in found if place in dataset.partnered_places)
    if len(kept) > 1:
        places = listed(f"{display_name(dataset, dataset.places[place])} = {place}" for place in kept)
        notes.append(
            _('"{name}" may be {count} places, all are shown: {list}').format(
                name=name, count=len(kept), list=places
            )
        )
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

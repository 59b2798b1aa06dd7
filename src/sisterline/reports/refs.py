"""What several reports are made of: partnerships and places by their names, sources by their numbers."""

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from msgspec import Struct

from sisterline.dates import next_anniversary, years_since
from sisterline.model import Dataset, Event, Exchange, Partnership, localized
from sisterline.query.places import native_name, region_of

SCHEMA_VERSION = 1  # of the JSON form of every report; raised when a field changes its meaning or goes


class PlaceRef(Struct, frozen=True):
    """A place as reports tell it.

    Attributes:
        id: its id in the data.
        name: in the language that was asked for.
        native: in the language of its country.
        names: all names by language; under "" the one whose language is not said.
        level: city, prefecture ...
        region: the name of the region that it lies in; empty where it is one itself or has none.
        country: its ISO 3166-1 code.
        country_name: in the language that was asked for; the code where the data has no name.
    """

    id: str
    name: str
    native: str
    names: dict[str, str]
    level: str
    region: str
    country: str
    country_name: str


class NextAnniversary(Struct, frozen=True):
    """An anniversary that is still to come, known as exactly as the founding."""

    ordinal: int
    date: str


class PartnershipRef(Struct, frozen=True):
    """A partnership as reports tell it.

    Attributes:
        id: its id in the data.
        place: the first of its two places.
        partner: the second.
        kind: what the parties call it; None where no source says.
        since: the founding as EDTF; None where no source says.
        status: active, suspended or dissolved.
        years: whole years since the founding; None where that is not known, or the tie is dissolved.
        next: the next anniversary (each fifth one counts); None likewise.
        events: how many events are selected.
        exchanges: how many exchange records are selected.
        sources: how many sources tell of it.
    """

    id: str
    place: PlaceRef
    partner: PlaceRef
    kind: str | None
    since: str | None
    status: str
    years: int | None
    next: NextAnniversary | None
    events: int
    exchanges: int
    sources: int


class SourceRef(Struct, frozen=True):
    """A source by its number in this report."""

    number: int
    id: str
    title: str
    publisher: str
    url: str
    language: str
    type: str


class Footnotes:
    """Numbers for sources, in the order in which a report first names them."""

    def __init__(self, dataset: Dataset, language: str) -> None:
        self._dataset = dataset
        self._language = language
        self._numbers: dict[str, int] = {}

    def numbers(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers of sources, given now if they have none."""
        return tuple(sorted({self._numbers.setdefault(name, len(self._numbers) + 1) for name in ids}))

    def listed(self) -> tuple[SourceRef, ...]:
        """All sources named so far, by number."""
        refs = []
        for name, number in self._numbers.items():
            source = self._dataset.sources[name]
            refs.append(
                SourceRef(
                    number,
                    name,
                    localized(source.title, self._language),
                    source.publisher or "",
                    source.url or "",
                    source.language or "",
                    source.type or "",
                )
            )
        return tuple(refs)


def distinct_names(dataset: Dataset, language: str) -> Callable[[str], str]:
    """Names of places by id, with the id after a name that several places have."""
    names = {place_id: localized(place.name, language) for place_id, place in dataset.places.items()}
    taken = Counter(names.values())
    return lambda place_id: (
        f"{names[place_id]} ({place_id})" if taken[names[place_id]] > 1 else names[place_id]
    )


class RefBuilder:
    """Places and partnerships as one report tells them; a place of several partnerships is told once.

    Args:
        dataset: where they are.
        today: the day that years and anniversaries are counted from.
        language: of the names.
        every: the next anniversary is a multiple of it.
    """

    def __init__(self, dataset: Dataset, today: date, language: str, every: int = 5) -> None:
        self._dataset = dataset
        self._today = today
        self._language = language
        self._every = every or 5
        self._places: dict[str, PlaceRef] = {}

    def place(self, place_id: str) -> PlaceRef:
        """A place of the data set by its names."""
        known = self._places.get(place_id)
        if known is not None:
            return known
        dataset, language = self._dataset, self._language
        place = dataset.places[place_id]
        country = dataset.countries.get(place.country)
        region = region_of(dataset, place_id)
        ref = self._places[place_id] = PlaceRef(
            place_id,
            localized(place.name, language),
            native_name(dataset, place),
            {"": place.name} if isinstance(place.name, str) else place.name,
            place.level,
            localized(dataset.places[region].name, language) if region and region != place_id else "",
            place.country,
            localized(country.name, language) if country else place.country,
        )
        return ref

    def pair(self, partnership: Partnership) -> PartnershipRef:
        """A partnership of the data set by the names of its places."""
        since, years, due = partnership.since, None, None
        if since and partnership.status != "dissolved" and since.first_day <= self._today.toordinal():
            years = years_since(since, self._today)
            with contextlib.suppress(OverflowError):  # none is left before the year 10000
                ordinal, on = next_anniversary(since, self._today, self._every)
                due = NextAnniversary(ordinal, str(on))
        place, partner = partnership.between
        return PartnershipRef(
            partnership.id,
            self.place(place),
            self.place(partner),
            partnership.kind,
            str(since) if since else None,
            partnership.status,
            years,
            due,
            len(partnership.events),
            len(partnership.exchanges),
            len(sources_of(partnership)),
        )


def sources_of(partnership: Partnership) -> set[str]:
    """The ids of all sources that tell of a partnership."""
    found = set(partnership.sources)
    items: tuple[Event | Exchange, ...] = (*partnership.events, *partnership.exchanges)
    for item in items:
        if isinstance(item.source, str):
            found.add(item.source)
        else:
            found.update(item.source)
    found.update(dispute.source for dispute in partnership.disputed if dispute.source)
    return found

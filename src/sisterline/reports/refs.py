"""What several reports are made of: partnerships and places by their names, sources by their numbers."""

import contextlib
from collections.abc import Iterable
from datetime import date
from typing import Literal

from msgspec import Struct

from sisterline.coordinates import Coordinates, distance
from sisterline.dates import Date, next_anniversary, years_since
from sisterline.language import by_language, localized
from sisterline.model import (
    AnyDispute,
    AnyEvent,
    AnyExchange,
    AnyPartnership,
    Dataset,
    Identifiers,
    Place,
    source_ids,
)
from sisterline.query.history import last_event, number_of_events
from sisterline.query.places import native_name, region_of
from sisterline.vocabulary import Kind, Level, SourceType, Status

DEFAULT_EVERY = 5  # every Nth anniversary is reported unless somebody asks for another N


class PlaceRef(Struct, frozen=True, kw_only=True):
    """A place as reports name it.

    Attributes:
        id: its id in the data.
        name: in the language that was asked for.
        native: in the language of its country.
        names: all names by language tag; the tag is empty where the data does not give the language.
        level: what sort of place it is.
        region: the name of the region that it lies in; empty where it is one itself or has none.
        country: its ISO 3166-1 code.
        country_name: in the language that was asked for; the code where the data has no name.
        reading: how a Japanese name is read, in kana; empty where the data does not say.
        location: latitude and longitude in degrees of WGS 84; None likewise.
        identifiers: what other data sets call it, those that the data has; None where it has none.
    """

    id: str
    name: str
    native: str
    names: dict[str, str]
    level: Level
    region: str
    country: str
    country_name: str
    reading: str = ""
    location: Coordinates | None = None
    identifiers: Identifiers | None = None


class NextAnniversary(Struct, frozen=True):
    """An anniversary that is still to come.

    Attributes:
        ordinal: which one: 30 for the 30th.
        date: when, as EDTF, known as exactly as the founding.
    """

    ordinal: int
    date: str


class PartnershipRef(Struct, frozen=True, kw_only=True):
    """A partnership as reports name it.

    Attributes:
        id: its id in the data.
        place: the first of its two places.
        partner: the second.
        kind: what the parties call it; None where no source says.
        since: the founding as EDTF; None where no source says.
        status: what it is today, as far as the data knows.
        years: whole years since the founding; None where that is unknown or to come, or the partnership is
            dissolved.
        next: the next anniversary whose ordinal is a multiple of `every`; None likewise.
        events: how many events are selected, without those only announced.
        last_event: when the last of these events was, as EDTF: the date on which it ended, or an open
            interval where it still continues; None where there is none.
        exchanges: how many exchange records are selected.
        sources: how many sources its facts rest on.
        distance: between the two places, in km along a great circle; None where one has no location.
    """

    id: str
    place: PlaceRef
    partner: PlaceRef
    kind: Kind | None
    since: str | None
    status: Status
    years: int | None
    next: NextAnniversary | None
    events: int
    last_event: str | None
    exchanges: int
    sources: int
    distance: int | None = None


class SourceRef(Struct, frozen=True, kw_only=True):
    """A source, and its number in this report.

    Attributes:
        number: what the values of this report cite it by, counted from 1.
        id: its id in the data.
        title: in the language that was asked for.
        publisher: who published it, likewise; empty where the data does not say.
        url: its address; empty likewise.
        archived: the address of an archived copy; empty likewise.
        accessed: when it was read at its address, as EDTF; empty likewise.
        language: the tag of the language that it is written in; empty likewise.
        type: what sort of source it is; empty likewise.
    """

    number: int
    id: str
    title: str
    publisher: str
    url: str
    archived: str = ""
    accessed: str = ""
    language: str
    type: SourceType | Literal[""]


Direction = Literal["", "to", "both", "sends", "receives"]


class GroupKey(Struct, frozen=True, kw_only=True):
    """What a count or a sum is grouped under.

    Attributes:
        codes: ids, codes or years of it; none where it is unknown. A pair of levels has two.
        names: the names that the data has for them; none where the codes are words of a vocabulary.
        direction: which way goods and people went between or at these places; empty where that is no matter.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...] = ()
    direction: Direction = ""

    @property
    def label(self) -> str:
        """Names, else codes, joined: a sort key, and the text for programs."""
        return " – ".join(self.names or self.codes)


class Citations:
    """Numbers for sources, in the order in which a report first cites them."""

    def __init__(self, dataset: Dataset, language: str) -> None:
        self._dataset = dataset
        self._language = language
        self._numbers: dict[str, int] = {}

    def numbers(self, ids: Iterable[str]) -> tuple[int, ...]:
        """The numbers of sources, given now if they have none, sorted."""
        cited = set()
        for name in ids:
            cited.add(self._numbers.setdefault(name, len(self._numbers) + 1))
        return tuple(sorted(cited))

    def all(self) -> tuple[SourceRef, ...]:
        """All sources cited so far, by number."""
        return tuple(self._ref(name, number) for name, number in self._numbers.items())

    def _ref(self, name: str, number: int) -> SourceRef:
        source = self._dataset.sources[name]
        return SourceRef(
            number=number,
            id=name,
            title=localized(source.title, self._language),
            publisher=localized(source.publisher, self._language),
            url=source.url or "",
            archived=source.archived or "",
            accessed="" if source.accessed is None else str(source.accessed),
            language=source.language or "",
            type=source.type or "",
        )


class RefBuilder:
    """Makes the references of one report; what several have in common is made once.

    Args:
        dataset: where the places are.
        today: the day that years and anniversaries are counted from.
        language: of the names.
        every: the next anniversary is a multiple of it; 0 for the default.
    """

    def __init__(self, dataset: Dataset, today: date, language: str, every: int = DEFAULT_EVERY) -> None:
        self._dataset = dataset
        self._today = today
        self._language = language
        self._every = every or DEFAULT_EVERY
        self._places: dict[str, PlaceRef] = {}
        self._regions: dict[str, str] = {}  # their names, by the id of what lies in a region or is one

    def place(self, place_id: str) -> PlaceRef:
        """A place of the data set by its names."""
        ref = self._places.get(place_id)
        if ref is None:
            ref = self._places[place_id] = self._place(place_id)
        return ref

    def partnership(self, partnership: AnyPartnership) -> PartnershipRef:
        """A partnership of the data set by the names of its places."""
        years, upcoming = age_of(partnership, self._today, self._every)
        place, partner = map(self.place, partnership.between)
        since = partnership.since
        last = last_event(partnership.events)
        return PartnershipRef(
            id=partnership.id,
            place=place,
            partner=partner,
            kind=partnership.kind,
            since=None if since is None else str(since),
            status=partnership.status,
            years=years,
            next=upcoming and NextAnniversary(upcoming[0], str(upcoming[1])),
            events=number_of_events(partnership.events),
            last_event=None if last is None else str(last),
            exchanges=len(partnership.exchanges),
            sources=len(sources_of(partnership)),
            distance=distance_between(place, partner),
        )

    def _place(self, place_id: str) -> PlaceRef:
        dataset, language = self._dataset, self._language
        place = dataset.places[place_id]
        return PlaceRef(
            id=place_id,
            name=localized(place.name, language),
            native=native_name(dataset, place),
            names=by_language(place.name),
            level=place.level,
            region=self._region_around(place),
            country=place.country,
            country_name=country_name(dataset, place.country, language),
            reading=place.reading or "",
            location=place.location,
            identifiers=place.identifiers,
        )

    def _region_around(self, place: Place) -> str:
        """The name of the region that a place lies in; empty where it lies in none."""
        if place.within is None:
            return ""
        name = self._regions.get(place.within)
        if name is None:
            region = region_of(self._dataset, place.within)
            name = localized(self._dataset.places[region].name, self._language) if region else ""
            self._regions[place.within] = name
        return name


def age_of(
    partnership: AnyPartnership, today: date, every: int
) -> tuple[int | None, tuple[int, Date] | None]:
    """Whole years since the founding, and the next anniversary whose ordinal is a multiple of `every`.

    None for what a partnership does not have today, see `living_since`.
    """
    since = living_since(partnership, today)
    if since is None:
        return None, None
    upcoming = None
    with contextlib.suppress(OverflowError):  # none is left before the year 10000
        upcoming = next_anniversary(since, today, every)
    return years_since(since, today), upcoming


def distance_between(place: Place | PlaceRef, partner: Place | PlaceRef) -> int | None:
    """The great-circle distance of two places in km; None where the data locates only one or none."""
    if place.location is None or partner.location is None:
        return None
    return distance(place.location, partner.location)


def living_since(partnership: AnyPartnership, today: date) -> Date | None:
    """The founding of a partnership that has an age and anniversaries today.

    None where the founding is unknown or to come, or the partnership is dissolved.
    """
    since = partnership.since
    if since is None or partnership.status == "dissolved" or since.first_day > today.toordinal():
        return None
    return since


def year_code(when: Date) -> str:
    """The code of a year: 1996."""
    return f"{when.year:04}"


def decade_code(when: Date) -> str:
    """The code of a decade: 1990s."""
    return f"{when.year // 10:03}0s"


def country_name(dataset: Dataset, code: str, language: str) -> str:
    """The name of a country; its code where the data has no name."""
    country = dataset.countries.get(code)
    if country is None:
        return code
    return localized(country.name, language)


def sources_of(partnership: AnyPartnership) -> set[str]:
    """The ids of all sources that facts of a partnership rest on."""
    found = set(partnership.sources)
    items: tuple[AnyEvent | AnyExchange | AnyDispute, ...]
    items = (*partnership.events, *partnership.exchanges, *partnership.disputed)
    for item in items:
        found.update(source_ids(item.source))
    return found

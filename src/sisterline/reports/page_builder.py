"""Makes the parts of a page from records of the data set, and numbers what they name."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal

from sisterline.dates import Date
from sisterline.model import (
    Dataset,
    Dispute,
    Era,
    Event,
    Exchange,
    Partnership,
    Place,
    Total,
    population_sources,
    source_ids,
)
from sisterline.query.places import enclosing, region_of, stems_of
from sisterline.query.ranges import DayRange
from sisterline.reports.anniversaries import anniversaries_in
from sisterline.reports.base import eras_of
from sisterline.reports.entries import is_founding
from sisterline.reports.fields import fields_as_text
from sisterline.reports.lanes import Axis, Form, form_of, lane_of
from sisterline.reports.page_parts import (
    PageAnniversary,
    PageCountry,
    PageDispute,
    PageEra,
    PageEvent,
    PageExchange,
    PagePartnership,
    PagePlace,
    PageSource,
    PageSum,
    PageTotal,
    part_of,
)
from sisterline.reports.refs import DEFAULT_EVERY, GroupKey, age_of, distance_between
from sisterline.reports.sums import sums, with_counted


class _Numbers:
    """Numbers for ids, counted from 0 in the order in which they are first asked for."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def keys(self) -> tuple[str, ...]:
        """The ids by their numbers."""
        return tuple(self._numbers)

    def __contains__(self, key: str) -> bool:
        return key in self._numbers

    def of(self, key: str) -> int:
        """The number of an id."""
        return self._numbers.setdefault(key, len(self._numbers))

    def all(self, keys: Iterable[str]) -> tuple[int, ...]:
        """The numbers of ids, each once."""
        return tuple(dict.fromkeys(map(self.of, keys)))


class PageBuilder:
    """Makes the parts of one page, and numbers what they name."""

    def __init__(self, dataset: Dataset, today: date, *, axis: Axis, days: DayRange, every: int) -> None:
        self._axis = axis
        self._every = every
        self._countries, self._places, self._sources = _Numbers(), _Numbers(), _Numbers()
        self._dataset = dataset
        self._today = today
        self._days = days

    def partnership(self, partnership: Partnership, history: tuple[Event, ...]) -> PagePartnership:
        """All about one partnership."""
        place, partner = partnership.between
        years, upcoming = age_of(partnership, self._today, DEFAULT_EVERY)
        following = None if upcoming is None else _anniversary(*upcoming)
        due = tuple(
            _anniversary(ordinal, when)
            for ordinal, when in anniversaries_in(partnership, self._days, self._every)
        )
        exchanges = (
            self._exchange(item, place, excluded=not counted) for item, counted in with_counted(partnership)
        )
        return part_of(
            PagePartnership,
            partnership,
            places=(self._places.of(place), self._places.of(partner)),
            years=years,
            next=None if following in due[:1] else following,
            anniversaries=due,
            distance=distance_between(self._dataset.places[place], self._dataset.places[partner]),
            disputed=tuple(map(self._dispute, partnership.disputed)),
            not_found=fields_as_text(partnership.not_found),
            sources=self._sources.all(partnership.sources),
            events=tuple(self._event(event, partnership) for event in partnership.events),
            exchanges=tuple(exchanges),
            sums=_sums(partnership),
            lane=lane_of(partnership, history, self._axis, self._today),
        )

    def _event(self, event: Event, partnership: Partnership) -> PageEvent:
        form: Form | Literal["founded", "stop"] = form_of(event)
        if event.type in ("suspension", "dissolution"):
            form = "stop"
        elif is_founding(event, partnership):
            form = "founded"
        return part_of(PageEvent, event, form=form, sources=self._cited(event))

    def _exchange(self, exchange: Exchange, place: str, *, excluded: bool) -> PageExchange:
        origin, sources = _origin(exchange, place), self._cited(exchange)
        return part_of(PageExchange, exchange, origin=origin, excluded=excluded, sources=sources)

    def _dispute(self, dispute: Dispute) -> PageDispute:
        return part_of(PageDispute, dispute, sources=self._cited(dispute))

    def _cited(self, record: Event | Exchange | Dispute | Total | Era) -> tuple[int, ...]:
        return self._sources.all(source_ids(record.source))

    def sources(self) -> tuple[PageSource, ...]:
        """The sources that were cited so far."""
        return tuple(part_of(PageSource, self._dataset.sources[name]) for name in self._sources.keys)

    def places(self) -> tuple[PagePlace, ...]:
        """The places that were named so far, and what they lie in."""
        for name in self._places.keys:
            self._places.all(enclosing(self._dataset, name))
        return tuple(self._place(self._dataset.places[name]) for name in self._places.keys)

    def _place(self, place: Place) -> PagePlace:
        region = region_of(self._dataset, place.id)
        location, population, identifiers = place.location, place.population, place.identifiers
        return part_of(
            PagePlace,
            place,
            country=self._countries.of(place.country),
            stems=stems_of(place),
            within=None if place.within is None else self._places.of(place.within),
            region=None if region is None else self._places.of(region),
            location=None if location is None else (location.lat, location.lon),
            wikidata=(identifiers and identifiers.wikidata) or "",
            geonames=(identifiers and identifiers.geonames) or "",
            population=population.count if population else None,
            population_as_of=str(population.as_of) if population else "",
            population_sources=self._sources.all(population_sources(place)),
        )

    def regions(self) -> tuple[int, ...]:
        """The regions of the places, by country and official code."""
        found = {region_of(self._dataset, name) for name in self._places.keys} - {None}
        return tuple(self._places.of(name) for name in sorted(filter(None, found), key=self._region_key))

    def _region_key(self, name: str) -> tuple[int, str]:
        place = self._dataset.places[name]
        codes = place.identifiers
        code = (codes and (codes.gbt2260 or codes.jis or codes.iso3166_2)) or name
        return self._countries.of(place.country), code

    def countries(self) -> tuple[PageCountry, ...]:
        """The countries of the places."""
        return tuple(map(self._country, self._countries.keys))

    def _country(self, code: str) -> PageCountry:
        """A country by its code, which is its name where the data has none."""
        country = self._dataset.countries.get(code)
        if country is None:
            return PageCountry(code=code, name=code)
        return part_of(PageCountry, country, code=code)

    def totals(self) -> Iterator[PageTotal]:
        """The totals that are about the countries and, if about a region, about one of the page."""
        named = {place for name in self._places.keys for place in enclosing(self._dataset, name)}
        countries = {self._dataset.places[name].country for name in named}
        for total in self._dataset.totals:
            if countries.issuperset(total.between) and (total.region is None or total.region in named):
                region = None if total.region is None else self._places.of(total.region)
                yield part_of(PageTotal, total, region=region, sources=self._cited(total))

    def eras(self) -> Iterator[PageEra]:
        """The eras that lie on the axis."""
        for era in eras_of(self._dataset):
            start, end = self._axis.span(era.period)
            if end > start:
                yield part_of(PageEra, era, start=start, end=end, sources=self._cited(era))


def _anniversary(ordinal: int, when: Date) -> PageAnniversary:
    return PageAnniversary(ordinal, str(when))


def _origin(exchange: Exchange, place: str) -> int | None:
    """0 where it came from the first place of the pair, 1 from the second; None for both ways."""
    if exchange.mutual or exchange.origin is None:
        return None
    return int(exchange.origin != place)


def _sums(partnership: Partnership) -> tuple[PageSum, ...]:
    """What its exchanges come to, by direction and unit."""
    place = partnership.between[0]

    def key_of(_: Partnership, exchange: Exchange) -> tuple[GroupKey, ...]:
        origin = _origin(exchange, place)
        return (GroupKey(codes=() if origin is None else (str(origin),)),)

    return tuple(
        PageSum(
            unit=each.unit,
            origin=int(each.key.codes[0]) if each.key.codes else None,
            exact=each.exact,
            approximate=each.approximate,
        )
        for each in sums([partnership], key_of)
        if each.records
    )

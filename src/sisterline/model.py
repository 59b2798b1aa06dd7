"""The data set: places, sources, partnerships with their events and exchanges, official totals.

All values are frozen, and validated when read. Documents and the JSON Schema take the descriptions of fields.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Annotated

from msgspec import Struct, field

from sisterline.coordinates import EXAMPLE, Coordinates
from sisterline.dates import Date, Period
from sisterline.index import Index, make_index
from sisterline.language import by_language, translations
from sisterline.text.matching import fold
from sisterline.textless import TextlessDispute, TextlessEvent, TextlessExchange, TextlessPartnership
from sisterline.vocabulary import (
    Category,
    Count,
    CountryCode,
    DisputedField,
    EventType,
    GbCode,
    GeonamesId,
    Id,
    Iso3166Code,
    JisCode,
    Kana,
    Kind,
    Language,
    Level,
    LocalizedText,
    NonEmptyStr,
    OneOrMoreIds,
    SourceType,
    Status,
    TotalUnit,
    Unit,
    Url,
    WikidataId,
    field_doc,
)


class _Record(Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A record of a data file: unknown keys are errors."""


# Fields that several records have.
_Cited = Annotated[OneOrMoreIds, field_doc("id of its source, or a list of them", "[a, b]", names="sources")]
_Notes = Annotated[LocalizedText | None, field_doc("what a reader should know")]

# --- records ------------------------------------------------------------------------------------


class Era(_Record, frozen=True, kw_only=True):
    """A time that bore on all partnerships of a data set, such as a pandemic."""

    period: Annotated[Period, field_doc("from when to when", "2020-01/2023-05")]
    label: Annotated[LocalizedText, field_doc("what it was, in a word or two", "pandemic")]
    source: _Cited = ()


class DatasetInfo(_Record, frozen=True, kw_only=True):
    """What a data set is, so that it can be cited."""

    title: Annotated[LocalizedText, field_doc("its title", "Partnerships of Beihai")]
    description: Annotated[LocalizedText | None, field_doc("what it covers")] = None
    license: Annotated[NonEmptyStr | None, field_doc("its licence, by its SPDX id", "CC-BY-4.0")] = None
    version: Annotated[NonEmptyStr | None, field_doc("its version, as a date", "2026.11.25")] = None
    eras: Annotated[tuple[Era, ...], field_doc("times that charts shade behind the partnerships")] = ()


class Country(_Record, frozen=True, kw_only=True):
    """A country: its names, and the language of its native names."""

    name: Annotated[LocalizedText, field_doc("its name", "{en: Japan, ja: 日本}")]
    language: Annotated[Language | None, field_doc("the language of its native names", "ja")] = None


class Population(_Record, frozen=True, kw_only=True):
    """The population of a place."""

    count: Annotated[Count, field_doc("people", "1850000")]
    as_of: Annotated[Date, field_doc("when it was counted", "2022")]
    source: Annotated[Id | None, field_doc("id of the source", names="sources")] = None


class Identifiers(_Record, frozen=True, kw_only=True):
    """What other data sets call a place."""

    wikidata: Annotated[WikidataId | None, field_doc("its Wikidata item", "Q210365")] = None
    geonames: Annotated[GeonamesId | None, field_doc("its GeoNames id", "1816705")] = None
    iso3166_2: Annotated[Iso3166Code | None, field_doc("ISO 3166-2 code of a region", "CN-GX")] = field(
        name="iso3166-2", default=None
    )
    jis: Annotated[
        JisCode | None,
        field_doc("Japanese local government code: JIS X 0401/0402 and a check digit", "432024"),
    ] = None
    gbt2260: Annotated[GbCode | None, field_doc("Chinese code of GB/T 2260", "450500")] = None


class Place(_Record, frozen=True, kw_only=True):
    """A city, district, county, prefecture or province."""

    id: str
    name: Annotated[
        LocalizedText, field_doc("its name, or its names by language", "{en: Beihai, zh: 北海市, ja: 北海市}")
    ]
    country: Annotated[CountryCode, field_doc("ISO 3166-1 code", "CN")]
    level: Annotated[Level, field_doc("what it is", "city")]
    within: Annotated[Id | None, field_doc("id of the place it lies in", "guangxi-prov", names="places")] = (
        None
    )
    aliases: Annotated[
        tuple[NonEmptyStr, ...], field_doc("other names to find it by", "[Peihai, Pakhoi]")
    ] = ()
    reading: Annotated[Kana | None, field_doc("how a Japanese name is read, in kana", "やつしろし")] = None
    location: Annotated[
        Coordinates | None, field_doc("latitude and longitude, in degrees of WGS 84", EXAMPLE)
    ] = None
    identifiers: Annotated[Identifiers | None, field_doc("what other data sets call it")] = None
    population: Annotated[Population | None, field_doc("how many people live there")] = None
    notes: _Notes = None


class Source(_Record, frozen=True, kw_only=True):
    """A document that facts were read in."""

    id: str
    title: Annotated[
        LocalizedText, field_doc("its title; in [brackets] if it has none of its own", "友好都市")
    ]
    publisher: Annotated[LocalizedText | None, field_doc("who published it", "Yatsushiro City")] = None
    url: Annotated[Url | None, field_doc("where it can be read", "https://example.org/beihai")] = None
    archived: Annotated[
        Url | None,
        field_doc("where a copy is archived", "https://web.archive.org/web/2024/https://example.org/"),
    ] = None
    accessed: Annotated[Date | None, field_doc("when it was read at its address", "2026-11-25")] = None
    language: Annotated[Language | None, field_doc("the language it is written in", "ja")] = None
    type: Annotated[
        SourceType | None,
        field_doc(
            "`official`: a government, a national association or a city's own; `press`; `reference`; "
            "`copy`: only a copy of the original was seen",
            "official",
        ),
    ] = None


class Dispute(_Record, frozen=True, kw_only=True):
    """What another source says instead."""

    field: Annotated[DisputedField, field_doc("the field in question", "since")]
    value: Annotated[NonEmptyStr, field_doc("what the other source gives for it", "1996-03")]
    source: Annotated[Id | None, field_doc("id of that source", names="sources")] = None
    notes: Annotated[LocalizedText | None, field_doc("why they differ")] = None


class NotFound(_Record, frozen=True, kw_only=True):
    """The days on which facts were last searched for in vain. It says nothing about what happened."""

    founding: Annotated[Date | None, field_doc("when its date was searched for", "2026-11-26")] = None
    official_source: Annotated[Date | None, field_doc("when an official one was searched for")] = None
    later_events: Annotated[Date | None, field_doc("when events after the last one were searched for")] = None


class Event(_Record, frozen=True, kw_only=True):
    """Something that happened between the two places, with its date."""

    date: Annotated[Period, field_doc("when", "2012-09-13")]
    type: Annotated[EventType, field_doc("what sort of event", "award")]
    title: Annotated[
        LocalizedText, field_doc("what happened and to whom, one sentence", "Beihai sends 23 books")
    ]
    announced: Annotated[
        bool, field_doc("a plan: no source says that it took place; never the last event", "true")
    ] = False
    source: _Cited = ()
    notes: _Notes = None


class Exchange(_Record, frozen=True, kw_only=True):
    """A counted flow of people, groups or goods over a period.

    It goes from one place of the partnership to the other, or is `mutual`: one figure for both directions.
    """

    id: Annotated[Id | None, field_doc("an id for `part_of`, unique in its partnership", "visit-2018")] = None
    origin: Annotated[Id | None, field_doc("id of the place that sends or gives")] = field(
        name="from", default=None
    )
    destination: Annotated[Id | None, field_doc("id of the place that receives")] = field(
        name="to", default=None
    )
    mutual: Annotated[
        bool, field_doc("one figure for both directions, instead of `from` and `to`", "true")
    ] = False
    what: Annotated[LocalizedText, field_doc("what was counted", "junior high school students")]
    category: Annotated[Category, field_doc("what sort of flow", "students")]
    count: Annotated[Count, field_doc("how many", "20")]
    unit: Annotated[Unit, field_doc("of what", "people")]
    period: Annotated[Period, field_doc("when, or over which years", "2007/2023")]
    approximate: Annotated[bool, field_doc("the source says about, over or nearly", "true")] = False
    announced: Annotated[
        bool, field_doc("a plan: no source says that it took place; left out of sums", "true")
    ] = False
    series: Annotated[
        Id | None,
        field_doc("running totals of one flow share it: a sum takes the latest only", "young-visitors"),
    ] = None
    part_of: Annotated[Id | None, field_doc("the exchange that counts these: a sum leaves it out")] = None
    source: _Cited = ()
    notes: _Notes = None


class Partnership(_Record, frozen=True, kw_only=True):
    """A lasting relation between two places."""

    id: Annotated[Id, field_doc("its id", "beihai-yatsushiro")]
    between: Annotated[
        tuple[Id, Id], field_doc("ids of the two places", "[beihai, yatsushiro]", names="places")
    ]
    kind: Annotated[Kind | None, field_doc("what the parties call it", "friendship-city")] = None
    since: Annotated[
        Date | None, field_doc("when it was founded, with the precision of the source", "1996-03-05")
    ] = None
    basis: Annotated[LocalizedText | None, field_doc("what that date is based on", "agreement signed")] = None
    status: Annotated[Status, field_doc("whether it still exists", "active")] = "active"
    sources: Annotated[
        tuple[Id, ...],
        field_doc("ids of the sources of the founding", "[yatsushiro-beihai]", names="sources"),
    ] = ()
    disputed: Annotated[tuple[Dispute, ...], field_doc("what other sources say instead")] = ()
    not_found: Annotated[NotFound | None, field_doc("what was searched for in vain, and when")] = None
    notes: _Notes = None
    events: Annotated[tuple[Event, ...], field_doc("what happened, sorted by date once read")] = ()
    exchanges: Annotated[tuple[Exchange, ...], field_doc("counted flows, sorted by period once read")] = ()


class Extension(_Record, frozen=True, kw_only=True):
    """Events and exchanges added to a partnership that is defined elsewhere."""

    extends: Annotated[Id, field_doc("id of that partnership", "beihai-yatsushiro", names="partnerships")]
    events: Annotated[tuple[Event, ...], field_doc("further events")] = ()
    exchanges: Annotated[tuple[Exchange, ...], field_doc("further counted flows")] = ()


class Total(_Record, frozen=True, kw_only=True):
    """An official body's own count of partnerships."""

    between: Annotated[tuple[CountryCode, CountryCode], field_doc("the two countries", "[CN, JP]")]
    region: Annotated[
        Id | None,
        field_doc("id of the province or prefecture whose partnerships were counted", names="places"),
    ] = None
    count: Annotated[Count, field_doc("how many", "263")]
    unit: Annotated[TotalUnit, field_doc("`pairs`, or `places` that have a partner", "pairs")]
    as_of: Annotated[Period, field_doc("when it was counted", "2023-07")]
    by: Annotated[LocalizedText, field_doc("who counted", "CPAFFC")]
    counts: Annotated[LocalizedText, field_doc("what was counted, in the counter's terms")]
    approximate: Annotated[bool, field_doc("the source says about, over or nearly", "true")] = False
    source: _Cited = ()


AnyEvent = Event | TextlessEvent
AnyExchange = Exchange | TextlessExchange
AnyDispute = Dispute | TextlessDispute
AnyPartnership = Partnership | TextlessPartnership


class Dataset(Struct, frozen=True, kw_only=True, dict=True):
    """All records, loaded and checked: every id that one refers to exists.

    Attributes:
        countries: by ISO 3166-1 code.
        places: by id.
        sources: by id.
        partnerships: in the order of their founding, those without a date last.
        totals: in date order.
        info: title, licence and version; None where no file describes the data set.
        stored_index: the index that was kept with the records; None where it is still to be made.
    """

    countries: dict[str, Country]
    places: Mapping[str, Place]
    sources: Mapping[str, Source]
    partnerships: Sequence[Partnership]
    totals: tuple[Total, ...]
    info: DatasetInfo | None = None
    stored_index: Index | None = None

    @cached_property
    def index(self) -> Index:
        """Where names and partnerships are; made once, at the first look-up."""
        if self.stored_index is not None:
            return self.stored_index
        return make_index(
            places=((name, (*search_names(place), name)) for name, place in self.places.items()),
            partnerships=((each.id, each.between) for each in self.partnerships),
            languages=(tag for each in self.places.values() for tag in by_language(each.name) if tag),
        )

    @property
    def textless(self) -> Sequence[AnyPartnership]:
        """The partnerships, without their texts where that is quicker: where they are stored."""
        found: Sequence[AnyPartnership] = getattr(self.partnerships, "textless", self.partnerships)
        return found

    @property
    def partnered_places(self) -> Collection[str]:
        """The ids of places that have a partnership."""
        return self.index.numbers.keys()

    def partnerships_of(self, places: Iterable[str]) -> tuple[Partnership, ...]:
        """The partnerships of places with these ids, in the order of the data set."""
        numbers = {number for place in places for number in self.index.numbers.get(place, ())}
        return tuple(self.partnerships[number] for number in sorted(numbers))

    def partnership(self, name: str) -> Partnership | None:
        """The partnership of an id, which is compared as names are (`matching.fold`)."""
        folded = fold(name)
        for found, number in self.index.partnership_ids(folded):
            if found == folded:
                return self.partnerships[number]
        return None


def source_ids(source: OneOrMoreIds | None) -> tuple[str, ...]:
    """The ids of a `source` field, which may hold one id, several or none."""
    return (source,) if isinstance(source, str) else source or ()


def population_sources(place: Place) -> tuple[str, ...]:
    """The ids of the sources of the population of a place."""
    return () if place.population is None else source_ids(place.population.source)


def names_of(place: Place) -> tuple[str, ...]:
    """All names of a place."""
    return (*translations(place.name), *place.aliases)


def search_names(place: Place) -> tuple[str, ...]:
    """What a place is found by besides its id: all its names, and their reading."""
    return (*names_of(place), *filter(None, (place.reading,)))

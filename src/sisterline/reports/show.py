"""`show`: everything about one partnership, or about one place and its partnerships."""

from datetime import date

from msgspec import Struct

from sisterline.dates import Date
from sisterline.language import by_language, localized
from sisterline.model import Dataset, Dispute, Partnership, population_sources, source_ids
from sisterline.query.places import enclosing
from sisterline.query.selection import NamedSelection, Selection
from sisterline.reports.base import Report, data_ref
from sisterline.reports.entries import includes
from sisterline.reports.exchanges import Flow, by_category, flows
from sisterline.reports.fields import fields_as_text
from sisterline.reports.highlights import highlights
from sisterline.reports.refs import (
    DEFAULT_EVERY,
    Citations,
    PartnershipRef,
    PlaceRef,
    RefBuilder,
    SourceRef,
    country_name,
)
from sisterline.reports.steps import history_of
from sisterline.reports.sums import Sum, sums
from sisterline.reports.timeline import Item, timeline_items
from sisterline.vocabulary import DisputedField


class PlaceCard(Struct, frozen=True, kw_only=True):
    """The facts about a place.

    Attributes:
        place: its names.
        aliases: other names that it is found by.
        within: the names of the places that it lies in, outwards.
        population: people; None where the data does not say.
        population_as_of: when, as EDTF; empty likewise.
        notes: what the data adds.
        sources: numbers of the sources.
    """

    place: PlaceRef
    aliases: tuple[str, ...]
    within: tuple[str, ...]
    population: int | None
    population_as_of: str
    notes: str
    sources: tuple[int, ...]


class CountryCard(Struct, frozen=True, kw_only=True):
    """A country.

    Attributes:
        code: its ISO 3166-1 code.
        name: in the language that was asked for; the code where the data has no name.
        native: in its own language; empty where the data has no name.
        names: all names by language tag; the tag is empty where the data does not give the language.
    """

    code: str
    name: str
    native: str
    names: dict[str, str]


class DisputeNote(Struct, frozen=True):
    """What another source says of a partnership instead.

    Attributes:
        field: which field of the partnership the sources differ about.
        value: what the other source gives for it.
        notes: why they differ, as the data says; may be empty.
        sources: the number of that source; none where the data does not name it.
    """

    field: DisputedField
    value: str
    notes: str
    sources: tuple[int, ...]


class PartnershipCard(Struct, frozen=True, kw_only=True):
    """The undated facts about a partnership.

    Attributes:
        partnership: its names, founding and next anniversary.
        basis: what the founding date rests on.
        notes: what the data adds.
        disputed: what other sources say instead.
        not_found: what was searched for in vain, with the day as EDTF.
        sources: numbers of the sources of the founding.
    """

    partnership: PartnershipRef
    basis: str
    notes: str
    disputed: tuple[DisputeNote, ...]
    not_found: dict[str, str]
    sources: tuple[int, ...]


class ShowReport(Report, frozen=True, kw_only=True, tag="show"):
    """Everything about one partnership, or about the places or the country of one name.

    Attributes:
        brief: whether the items are only the most important events, for a page to hand out.
        places: the places asked for, or the two of the partnership asked for; none for a country.
        country: the country asked for; None for places and partnerships.
        partnerships: the partnership asked for, or those of the places; of a region or a country also those
            of the places in it.
        items: their events and anniversaries, in order.
        every: of the past every Nth anniversary is an item; 0 for none.
        every_chosen: whether N was chosen to fit the history, as nobody asked for one.
        includes_today: whether today lies in the range of time that was asked for.
        exchanges: their exchange records, in date order; if brief, those that the sums take.
        sums: of those, by category and unit.
        sources: the footnotes of all of it.
    """

    brief: bool
    places: tuple[PlaceCard, ...]
    country: CountryCard | None = None
    partnerships: tuple[PartnershipCard, ...]
    items: tuple[Item, ...]
    every: int
    every_chosen: bool
    includes_today: bool
    exchanges: tuple[Flow, ...]
    sums: tuple[Sum, ...]
    sources: tuple[SourceRef, ...]


def show_report(
    dataset: Dataset,
    named: NamedSelection,
    selection: Selection,
    today: date,
    *,
    language: str = "en",
    every: int | None = DEFAULT_EVERY,
    brief: bool = False,
) -> ShowReport:
    """Everything about what a name means and the selected partnerships, or a page of it.

    Args:
        dataset: where names and sources are.
        named: the places or the country, and the partnerships with the events that were asked for.
        selection: what was asked for.
        today: the day that ages and anniversaries are counted from.
        language: of names and titles.
        every: every Nth anniversary; 0 for none; None to choose an N that fits the history.
        brief: only the most important events, and no anniversaries among them.
    """
    citations = Citations(dataset, language)
    refs = RefBuilder(dataset, today, language, every or DEFAULT_EVERY)
    places, selected = named.places, named.selected
    partnerships = selected.partnerships
    # Citations are numbered in the order of the page. That of one pair begins with the pair, all others with
    # the places.
    if len(places) == 2 and len(partnerships) == 1:
        _number_sources(partnerships[0], citations)
    place_cards = tuple(_place_card(dataset, refs.place(place), language, citations) for place in places)
    cards = tuple(_partnership_card(p, refs.partnership(p), language, citations) for p in partnerships)
    if brief:
        every = 0
    history = history_of(selected, selection, today, every=every)
    entries = highlights(history.entries) if brief else history.entries
    items = timeline_items(entries, today, language, citations)
    exchanges = flows(dataset, partnerships, language, citations, counted_only=brief)
    return ShowReport(
        today=today.isoformat(),
        data=data_ref(dataset, language),
        brief=brief,
        places=place_cards,
        country=_country_card(dataset, named.country, language),
        partnerships=cards,
        items=items,
        every=history.every,
        every_chosen=every is None,
        includes_today=includes(selection, Date.from_date(today)),
        exchanges=exchanges,
        sums=sums(partnerships, by_category),
        sources=citations.all(),
    )


def _place_card(dataset: Dataset, ref: PlaceRef, language: str, citations: Citations) -> PlaceCard:
    place = dataset.places[ref.id]
    outer = [name for name in enclosing(dataset, ref.id) if name != ref.id]
    population = place.population
    return PlaceCard(
        place=ref,
        aliases=place.aliases,
        within=tuple(localized(dataset.places[name].name, language) for name in outer),
        population=population.count if population else None,
        population_as_of=str(population.as_of) if population else "",
        notes=localized(place.notes, language),
        sources=citations.numbers(population_sources(place)),
    )


def _country_card(dataset: Dataset, code: str, language: str) -> CountryCard | None:
    if not code:
        return None
    name = country_name(dataset, code, language)
    country = dataset.countries.get(code)
    if country is None:
        return CountryCard(code=code, name=name, native="", names={})
    native = localized(country.name, country.language or "en")
    return CountryCard(code=code, name=name, native=native, names=by_language(country.name))


def _partnership_card(
    partnership: Partnership, ref: PartnershipRef, language: str, citations: Citations
) -> PartnershipCard:
    _number_sources(partnership, citations)
    return PartnershipCard(
        partnership=ref,
        basis=localized(partnership.basis, language),
        notes=localized(partnership.notes, language),
        disputed=tuple(_dispute_note(dispute, language, citations) for dispute in partnership.disputed),
        not_found=fields_as_text(partnership.not_found),
        sources=citations.numbers(partnership.sources),
    )


def _number_sources(partnership: Partnership, citations: Citations) -> None:
    """Number the sources of the undated facts: the page cites the founding first."""
    citations.numbers(partnership.sources)
    for dispute in partnership.disputed:
        citations.numbers(source_ids(dispute.source))


def _dispute_note(dispute: Dispute, language: str, citations: Citations) -> DisputeNote:
    return DisputeNote(
        field=dispute.field,
        value=dispute.value,
        notes=localized(dispute.notes, language),
        sources=citations.numbers(source_ids(dispute.source)),
    )

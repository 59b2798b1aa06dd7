"""`show`: all that is known of one partnership, or of one place and its partnerships."""

from datetime import date

from msgspec import Struct

from sisterline.model import Dataset, Partnership, localized
from sisterline.query.selection import Selection, SelectionResult
from sisterline.reports.exchanges import Flow, flows
from sisterline.reports.refs import SCHEMA_VERSION, Footnotes, PartnershipRef, PlaceRef, RefBuilder, SourceRef
from sisterline.reports.sums import Sum, sums
from sisterline.reports.timeline import TimelineReport, timeline_report


class PlaceCard(Struct, frozen=True):
    """What is known of a place.

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


class DisputeNote(Struct, frozen=True):
    """What another source says of a partnership instead."""

    field: str
    value: str
    notes: str
    sources: tuple[int, ...]


class PairCard(Struct, frozen=True):
    """What is known of a partnership besides what is dated.

    Attributes:
        partnership: its names, founding and next anniversary.
        basis: what the founding date rests on.
        notes: what the data adds.
        disputed: what other sources say instead.
        sources: numbers of the sources of the founding.
    """

    partnership: PartnershipRef
    basis: str
    notes: str
    disputed: tuple[DisputeNote, ...]
    sources: tuple[int, ...]


class ShowReport(Struct, frozen=True, tag_field="report", tag="show"):
    """All that is known of one partnership, or of the places of one name.

    Attributes:
        schema: of the JSON form.
        today: the day that anniversaries are counted from.
        places: the places asked for, or the two of the partnership asked for.
        partnerships: the partnership asked for, or those of the places.
        timeline: their events and anniversaries.
        exchanges: their exchange records, in the order of time.
        sums: of those, by category and unit.
        sources: the footnotes of all of it.
    """

    schema: int
    today: str
    places: tuple[PlaceCard, ...]
    partnerships: tuple[PairCard, ...]
    timeline: TimelineReport
    exchanges: tuple[Flow, ...]
    sums: tuple[Sum, ...]
    sources: tuple[SourceRef, ...]


def show_report(
    dataset: Dataset,
    places: tuple[str, ...],
    selected: SelectionResult,
    selection: Selection,
    today: date,
    *,
    language: str = "en",
    every: int = 5,
) -> ShowReport:
    """All that is known of places (by their ids) and of the selected partnerships."""
    notes = Footnotes(dataset, language)
    pairs = tuple(selected.partnerships)
    refs = RefBuilder(dataset, today, language, every)
    cards = tuple(_place_card(dataset, refs.place(place), language, notes) for place in places)
    ties = tuple(_pair_card(partnership, refs.pair(partnership), language, notes) for partnership in pairs)
    timeline = timeline_report(
        dataset, selected, selection, today, language=language, every=every, footnotes=notes
    )
    return ShowReport(
        SCHEMA_VERSION,
        today.isoformat(),
        cards,
        ties,
        timeline,
        flows(dataset, pairs, language, notes),
        sums(pairs, lambda _, exchange: exchange.category),
        notes.listed(),
    )


def _place_card(dataset: Dataset, ref: PlaceRef, language: str, notes: Footnotes) -> PlaceCard:
    place = dataset.places[ref.id]
    within, at = [], place.within
    while at:
        within.append(localized(dataset.places[at].name, language))
        at = dataset.places[at].within
    population = place.population
    return PlaceCard(
        ref,
        place.aliases,
        tuple(within),
        population.count if population else None,
        str(population.as_of) if population else "",
        localized(place.notes, language),
        notes.numbers([population.source] if population and population.source else []),
    )


def _pair_card(partnership: Partnership, ref: PartnershipRef, language: str, notes: Footnotes) -> PairCard:
    return PairCard(
        ref,
        localized(partnership.basis, language),
        localized(partnership.notes, language),
        tuple(
            DisputeNote(
                dispute.field,
                dispute.value,
                localized(dispute.notes, language),
                notes.numbers([dispute.source] if dispute.source else []),
            )
            for dispute in partnership.disputed
        ),
        notes.numbers(partnership.sources),
    )

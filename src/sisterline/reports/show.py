"""`show`: all that is known of one partnership, or of one place and its partnerships."""

from datetime import date

from msgspec import Struct

from sisterline.model import Dataset, Exchange, Partnership, cited, say
from sisterline.query import Selected, Selection
from sisterline.reports.parts import SCHEMA, Footnotes, PairRef, PlaceRef, SourceRef, pair_ref, place_ref
from sisterline.reports.sums import Sum, counted, sums
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


class Doubt(Struct, frozen=True):
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

    partnership: PairRef
    basis: str
    notes: str
    disputed: tuple[Doubt, ...]
    sources: tuple[int, ...]


class Flow(Struct, frozen=True):
    """One exchange record.

    Attributes:
        period: when, as EDTF.
        origin: the name of the place that sends; empty for a mutual figure.
        destination: the name of the place that receives; empty likewise.
        what: what was counted.
        category: what sort of flow.
        count: how many.
        unit: of what.
        approximate: whether the source says about, over or nearly.
        counted: whether sums take it; if not, another record counts the same already.
        partnership: id of the partnership.
        sources: numbers of its sources.
        notes: what the data adds.
    """

    period: str
    origin: str
    destination: str
    what: str
    category: str
    count: int
    unit: str
    approximate: bool
    counted: bool
    partnership: str
    sources: tuple[int, ...]
    notes: str


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
    selected: Selected,
    selection: Selection,
    today: date,
    *,
    language: str = "en",
    every: int = 5,
) -> ShowReport:
    """All that is known of places (by their ids) and of the selected partnerships."""
    notes = Footnotes(dataset, language)
    pairs = selected.partnerships
    cards = tuple(_place_card(dataset, place, language, notes) for place in places)
    ties = tuple(_pair_card(dataset, partnership, today, language, every, notes) for partnership in pairs)
    timeline = timeline_report(
        dataset, selected, selection, today, language=language, every=every, footnotes=notes
    )
    flows = [
        (item.period.key, p.id, item, _flow(dataset, p, item, language, notes))
        for p in pairs
        for item in p.exchanges
    ]
    flows.sort(key=lambda flow: flow[:2])
    return ShowReport(
        SCHEMA,
        today.isoformat(),
        cards,
        ties,
        timeline,
        tuple(flow[3] for flow in flows),
        sums(pairs, lambda _, exchange: exchange.category),
        notes.listed(),
    )


def _place_card(dataset: Dataset, place_id: str, language: str, notes: Footnotes) -> PlaceCard:
    place = dataset.places[place_id]
    within, at = [], place.within
    while at:
        within.append(say(dataset.places[at].name, language))
        at = dataset.places[at].within
    population = place.population
    return PlaceCard(
        place_ref(dataset, place_id, language),
        place.aliases,
        tuple(within),
        population.count if population else None,
        str(population.as_of) if population else "",
        say(place.notes, language),
        notes.numbers([population.source] if population and population.source else []),
    )


def _pair_card(
    dataset: Dataset, partnership: Partnership, today: date, language: str, every: int, notes: Footnotes
) -> PairCard:
    return PairCard(
        pair_ref(dataset, partnership, today, language, every),
        say(partnership.basis, language),
        say(partnership.notes, language),
        tuple(
            Doubt(
                dispute.field,
                dispute.value,
                say(dispute.notes, language),
                notes.numbers([dispute.source] if dispute.source else []),
            )
            for dispute in partnership.disputed
        ),
        notes.numbers(partnership.sources),
    )


def _flow(
    dataset: Dataset, partnership: Partnership, exchange: Exchange, language: str, notes: Footnotes
) -> Flow:
    ends = [
        say(dataset.places[end].name, language) if end else ""
        for end in (exchange.origin, exchange.destination)
    ]
    return Flow(
        str(exchange.period),
        ends[0],
        ends[1],
        say(exchange.what, language),
        exchange.category,
        exchange.count,
        exchange.unit,
        exchange.approximate,
        any(exchange is other for other in counted(partnership)),
        partnership.id,
        notes.numbers(cited(exchange.source)),
        say(exchange.notes, language),
    )

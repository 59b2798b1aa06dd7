"""The selected part of the data set, for formats that hold a data set."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from sisterline.model import Dataset, Exchange, Partnership, Total, population_sources, source_ids
from sisterline.query.places import enclosing
from sisterline.query.selection import SelectionResult
from sisterline.reports.base import Report, data_ref, eras_of
from sisterline.reports.refs import sources_of


class PartIds(Struct, frozen=True, kw_only=True):
    """Ids for the parts of a partnership, which are the same whatever else is selected.

    They are made of what a correction seldom changes: `beihai-yatsushiro:2012-09-13:award` is an event, and
    a second one of that type on that date has `:2` at its end.

    Attributes:
        events: one for each selected event, in order.
        exchanges: likewise; an exchange with an id of its own has `beihai-yatsushiro:visit-2018`.
        disputes: one for each dispute.
    """

    events: tuple[str, ...]
    exchanges: tuple[str, ...]
    disputes: tuple[str, ...]


class ArchiveReport(Report, frozen=True, kw_only=True, tag="archive"):
    """A data set of the selected partnerships, with the places and sources that they name.

    Attributes:
        dataset: complete in itself: every id in it exists.
        ids: those of the parts of each partnership.
        total_ids: one for each total, in order.
        selection: the options that selected it, as typed; empty where all of the data set is in it.
    """

    dataset: Dataset
    ids: dict[str, PartIds]
    total_ids: tuple[str, ...]
    selection: str = ""


def archive_report(
    dataset: Dataset, selected: SelectionResult, today: date, *, selection: str = ""
) -> ArchiveReport:
    """The part of the data set that the selected partnerships need.

    Args:
        dataset: where they are.
        selected: the partnerships.
        today: the day of the report.
        selection: the options that selected them, as typed.
    """
    partnerships = selected.partnerships
    places = _places(dataset, partnerships)
    countries = {dataset.places[place].country for place in places}
    totals = tuple(
        total
        for total in dataset.totals
        if countries.issuperset(total.between) and (total.region is None or total.region in places)
    )
    sources = _sources(dataset, partnerships, places, totals)
    part = Dataset(
        countries={code: country for code, country in dataset.countries.items() if code in countries},
        places={name: place for name, place in dataset.places.items() if name in places},
        sources={name: source for name, source in dataset.sources.items() if name in sources},
        partnerships=partnerships,
        totals=totals,
        info=dataset.info,
    )
    return ArchiveReport(
        today=today.isoformat(),
        data=data_ref(dataset),
        dataset=part,
        ids={partnership.id: _part_ids(dataset, partnership) for partnership in partnerships},
        total_ids=_selected(dataset.totals, _distinct(map(_total_key, dataset.totals)), totals),
        selection=selection,
    )


def _part_ids(dataset: Dataset, selected: Partnership) -> PartIds:
    """The ids of the selected parts of a partnership, counted among all of its parts."""
    whole = dataset.partnership(selected.id) or selected
    events = _distinct(f"{whole.id}:{event.date}:{event.type}" for event in whole.events)
    exchanges = _distinct(f"{whole.id}:{_exchange_key(exchange)}" for exchange in whole.exchanges)
    return PartIds(
        events=_selected(whole.events, events, selected.events),
        exchanges=_selected(whole.exchanges, exchanges, selected.exchanges),
        disputes=_distinct(f"{whole.id}:{dispute.field}" for dispute in whole.disputed),
    )


def _exchange_key(exchange: Exchange) -> str:
    return exchange.id or f"{exchange.period}:{exchange.category}:{exchange.unit}"


def _total_key(total: Total) -> str:
    return f"{'-'.join(total.between)}:{total.as_of}:{total.unit}"


def _distinct(keys: Iterable[str]) -> tuple[str, ...]:
    """The same, the second of a key with `:2` at its end, and so on."""
    counts: Counter[str] = Counter()
    found = []
    for key in keys:
        counts[key] += 1
        found.append(key if counts[key] == 1 else f"{key}:{counts[key]}")
    return tuple(found)


def _selected(whole: Sequence[object], ids: Sequence[str], part: Sequence[object]) -> tuple[str, ...]:
    """The ids of a part, all of whose records are in the whole in the same order; equal ones are together."""
    return tuple(name for record, name in zip(whole, ids, strict=True) if record in part)


def _places(dataset: Dataset, partnerships: tuple[Partnership, ...]) -> set[str]:
    """The places of partnerships, and all that these lie in."""
    ends = {end for partnership in partnerships for end in partnership.between}
    return {place for end in ends for place in enclosing(dataset, end)}


def _sources(
    dataset: Dataset, partnerships: tuple[Partnership, ...], places: set[str], totals: tuple[Total, ...]
) -> set[str]:
    """The sources of partnerships, of the populations of places, of totals, and of eras."""
    sources = {name for partnership in partnerships for name in sources_of(partnership)}
    for place in places:
        sources.update(population_sources(dataset.places[place]))
    for total in totals:
        sources.update(source_ids(total.source))
    for era in eras_of(dataset):
        sources.update(source_ids(era.source))
    return sources

"""The selected part of the data set, for formats that hold a data set."""

from datetime import date

from sisterline.model import Dataset, Partnership, Total, source_ids
from sisterline.query.places import enclosing
from sisterline.query.selection import SelectionResult
from sisterline.reports.base import Report, data_ref
from sisterline.reports.refs import sources_of


class ArchiveReport(Report, frozen=True, kw_only=True, tag="archive"):
    """A data set of the selected partnerships, with the places and sources that they name.

    Attributes:
        dataset: complete in itself: every id in it exists.
        selection: the options that selected it, as typed; empty where all of the data set is in it.
    """

    dataset: Dataset
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
    totals = tuple(total for total in dataset.totals if countries.issuperset(total.between))
    sources = _sources(dataset, partnerships, places, totals)
    part = Dataset(
        countries={code: country for code, country in dataset.countries.items() if code in countries},
        places={name: place for name, place in dataset.places.items() if name in places},
        sources={name: source for name, source in dataset.sources.items() if name in sources},
        partnerships=partnerships,
        totals=totals,
        info=dataset.info,
    )
    return ArchiveReport(today=today.isoformat(), data=data_ref(dataset), dataset=part, selection=selection)


def _places(dataset: Dataset, partnerships: tuple[Partnership, ...]) -> set[str]:
    """The places of partnerships, and all that these lie in."""
    ends = {end for partnership in partnerships for end in partnership.between}
    return {place for end in ends for place in enclosing(dataset, end)}


def _sources(
    dataset: Dataset, partnerships: tuple[Partnership, ...], places: set[str], totals: tuple[Total, ...]
) -> set[str]:
    """The sources of partnerships, of the populations of places, and of totals."""
    sources = {name for partnership in partnerships for name in sources_of(partnership)}
    for place in places:
        population = dataset.places[place].population
        if population and population.source:
            sources.add(population.source)
    for total in totals:
        sources.update(source_ids(total.source))
    return sources

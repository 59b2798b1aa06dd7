"""The whole selection as it stands in the data, for formats that hold a data set."""

from datetime import date

from sisterline.model import Dataset, source_ids
from sisterline.query.selection import SelectionResult
from sisterline.reports.base import Report
from sisterline.reports.refs import sources_of


class ArchiveReport(Report, frozen=True, kw_only=True, tag="archive"):
    """A data set of the selected partnerships, with the places and sources that they name.

    Attributes:
        dataset: complete in itself: every id in it exists.
        license: of the data, as SPDX calls it; empty where it is not known, as for a user's own data.
    """

    dataset: Dataset
    license: str = ""


def archive_report(
    dataset: Dataset, selected: SelectionResult, today: date, *, license_name: str = ""
) -> ArchiveReport:
    """The part of the data set that the selected partnerships need.

    Args:
        dataset: where they are.
        selected: the partnerships.
        today: the day of the report.
        license_name: the licence of the data, where it is known.
    """
    places: dict[str, None] = {}
    pairs = selected.partnerships
    for partnership in pairs:
        for end in partnership.between:
            at: str | None = end
            while at and at not in places:
                places[at] = None
                at = dataset.places[at].within
    sources = {name for partnership in pairs for name in sources_of(partnership)}
    for place in places:
        population = dataset.places[place].population
        if population and population.source:
            sources.add(population.source)
    countries = {dataset.places[place].country for place in places}
    totals = tuple(total for total in dataset.totals if countries.issuperset(total.between))
    sources.update(name for total in totals for name in source_ids(total.source))
    part = Dataset(
        {code: country for code, country in dataset.countries.items() if code in countries},
        {name: place for name, place in dataset.places.items() if name in places},
        {name: source for name, source in dataset.sources.items() if name in sources},
        pairs,
        totals,
    )
    return ArchiveReport(today=today.isoformat(), dataset=part, license=license_name)

"""The page (`-f html`): everything about the selected partnerships, with texts in all their languages."""

from datetime import date
from typing import Literal

from sisterline.model import Dataset
from sisterline.query.ranges import DayRange, planning_range
from sisterline.query.selection import SelectionResult
from sisterline.reports.base import Report, data_ref
from sisterline.reports.lanes import Axis, axis_of
from sisterline.reports.page_builder import PageBuilder
from sisterline.reports.page_parts import (
    PageCountry,
    PageEra,
    PagePartnership,
    PagePlace,
    PageSource,
    PageTotal,
)
from sisterline.reports.refs import DEFAULT_EVERY
from sisterline.vocabulary import LocalizedText

PageView = Literal["list", "map", "figures", "anniversaries"]
AHEAD = "5y"  # whose anniversaries are listed unless somebody asks for others


class PageReport(Report, frozen=True, kw_only=True, tag="page"):
    """What one page holds.

    Attributes:
        language: the one that it opens in.
        view: the one that it opens with.
        opened: id of the partnership that it opens; empty for none.
        selection: the options that selected the partnerships, as typed; empty where all are there.
        title: of the data set, in all its languages; empty where no file describes it.
        description: likewise.
        axis: the years of the lanes.
        now: where today lies on it.
        first: the first day of the range of anniversaries.
        last: the last day of it.
        every: every Nth anniversary is listed.
        eras: what the axis shades.
        countries: those of the places.
        sides: numbers of the two countries, where all partnerships go from one to the other; else None.
        places: the ends of the partnerships, and what they lie in.
        regions: numbers of the places that are regions, by country and official code: neighbours are
            together.
        partnerships: in the order of the founding.
        sources: all that are cited.
        totals: of the countries and regions of the page.
    """

    language: str
    view: PageView
    opened: str
    selection: str
    title: LocalizedText
    description: LocalizedText
    axis: Axis
    now: int
    first: str
    last: str
    every: int
    eras: tuple[PageEra, ...]
    countries: tuple[PageCountry, ...]
    sides: tuple[int, int] | None
    places: tuple[PagePlace, ...]
    regions: tuple[int, ...]
    partnerships: tuple[PagePartnership, ...]
    sources: tuple[PageSource, ...]
    totals: tuple[PageTotal, ...]


def page_report(
    dataset: Dataset,
    selected: SelectionResult,
    today: date,
    *,
    language: str = "en",
    view: PageView = "list",
    opened: str = "",
    selection: str = "",
    days: DayRange | None = None,
    every: int = DEFAULT_EVERY,
) -> PageReport:
    """The page of the selected partnerships.

    Args:
        dataset: where names and sources are.
        selected: the partnerships, with the events and exchanges that were asked for.
        today: the day that ages and anniversaries are counted from.
        language: the one that it opens in.
        view: the one that it opens with.
        opened: id of the partnership that it opens; empty for none.
        selection: the options that selected the partnerships, as typed.
        days: the range of the anniversaries; None for the next five years.
        every: every Nth anniversary is listed; 0 for the default.
    """
    days = days or planning_range(today, within=AHEAD, year=None, first=None, last=None)
    first, last = days.dates
    axis = axis_of(selected.partnerships, today)
    builder = PageBuilder(dataset, today, axis=axis, days=days, every=every or DEFAULT_EVERY)
    partnerships = tuple(builder.partnership(p, selected.history(p)) for p in selected.partnerships)
    places = builder.places()
    # Totals and eras name further sources, so those come last.
    totals = tuple(builder.totals())
    eras = tuple(builder.eras())
    info = dataset.info
    return PageReport(
        today=today.isoformat(),
        data=data_ref(dataset, language),
        language=language,
        view=view,
        opened=opened,
        selection=selection,
        title=info.title if info else "",
        description=(info and info.description) or "",
        axis=axis,
        now=axis.position(today.toordinal()),
        first=first.isoformat(),
        last=last.isoformat(),
        every=every or DEFAULT_EVERY,
        eras=eras,
        countries=builder.countries(),
        sides=_sides(partnerships, places),
        places=places,
        regions=builder.regions(),
        partnerships=partnerships,
        sources=builder.sources(),
        totals=totals,
    )


def _sides(
    partnerships: tuple[PagePartnership, ...], places: tuple[PagePlace, ...]
) -> tuple[int, int] | None:
    """The countries that the first and the second places of all partnerships lie in; None if they differ."""
    sides = {(places[p.places[0]].country, places[p.places[1]].country) for p in partnerships}
    if len(sides) != 1:
        return None
    first, second = sides.pop()
    return (first, second) if first != second else None

"""The cursor of the chart: a year, and the years that share its cell."""

from sisterline.formats.terminal.lanes import Axis
from sisterline.reports.chart import Lane


def years_of_cell(axis: Axis, cell: int, lane: Lane) -> range:
    """The years of a lane that one cell of the axis covers; the first one also has all earlier events."""
    years = [year for year in range(axis.first, axis.last + 1) if axis.cell(year) == cell]
    if not years:  # there are more cells than years
        return range(0)
    first = years[0]
    if cell == 0:
        first = min([first, *(year for year, _count in (*lane.years, *lane.announced))])
    return range(first, years[-1] + 1)


def year_beside(axis: Axis, year: int, by: int) -> int:
    """The next year before or after a year that has another cell; the same year at the ends of the axis."""
    beside = year
    while axis.first <= beside + by <= axis.last:
        beside += by
        if axis.cell(beside) != axis.cell(year):
            return beside
    return year


def event_beside(axis: Axis, lane: Lane, year: int, by: int) -> int:
    """The next year before or after one with an event in another cell; the same year where there is none."""
    years = {max(axis.first, each) for each, _count in (*lane.years, *lane.announced)}
    at = axis.cell(year)
    further = [each for each in years if (axis.cell(each) - at) * by > 0]
    return min(further, key=lambda each: abs(each - year), default=year)


def year_at(axis: Axis, cell: int) -> int | None:
    """The first year of a cell; None outside the axis, or where the cell has no year of its own."""
    return next((year for year in range(axis.first, axis.last + 1) if axis.cell(year) == cell), None)


def events_in(lane: Lane, years: range) -> int:
    """How many events of a lane began, or are announced to begin, in some years."""
    return sum(count for year, count in (*lane.years, *lane.announced) if year in years)

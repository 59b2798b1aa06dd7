"""The view of `timeline --chart`."""

from typing import NamedTuple

from sisterline.language import plural
from sisterline.reports.chart import ChartReport, Lane
from sisterline.views.blocks import Block, Column, Paragraph, Table, View
from sisterline.views.drawings import LaneRow, Lanes
from sisterline.views.style import Glyphs
from sisterline.views.words import pair_name


class _Year(NamedTuple):
    lane: Lane
    year: int
    events: int
    announced: int


def view(report: ChartReport, glyphs: Glyphs) -> View:
    """Lanes with a legend; for programs the number of events of each year."""
    table = _table(report)
    if not report.lanes:
        return View(blocks=(), main=table)
    lanes = Lanes(
        first=report.first,
        last=report.last,
        lanes=tuple(lane_row(lane, glyphs) for lane in report.lanes),
        count_heading="events",
        legend=_legend(report, glyphs),
    )
    blocks: list[Block] = [lanes]
    if report.empty:
        verb = "is" if report.empty == 1 else "are"
        remark = f"{plural(report.empty, 'partnership')} without a date or an event {verb} not drawn"
        blocks.append(Paragraph(parts=(remark,), tight=True))
    return View(blocks=tuple(blocks), main=table)


def lane_row(lane: Lane, glyphs: Glyphs) -> LaneRow:
    """A lane with the name of its partnership."""
    return LaneRow(
        label=pair_name(lane.partnership, glyphs),
        founded=lane.founded,
        years=lane.years,
        announced=lane.announced,
        changes=tuple((change.year, change.status) for change in lane.changes),
        status=lane.partnership.status,
        count=lane.events,
    )


def _legend(report: ChartReport, glyphs: Glyphs) -> tuple[str, ...]:
    parts = [
        f"{glyphs.founding} founded",
        f"{glyphs.event} an event",
        "2-9: events in that year",
        "# ten or more",
    ]
    if any(lane.announced for lane in report.lanes):
        parts.append(f"{glyphs.announced} announced")
    if any(year < report.first for lane in report.lanes for year, _ in lane.years):
        parts.append(f"first column: {report.first} and before")
    if any(lane.changes for lane in report.lanes):
        parts.append(f"{glyphs.cut} suspended or dissolved")
    parts.append(f"{glyphs.arrow} continues")
    return tuple(parts)


def _years(lane: Lane) -> list[_Year]:
    """The years of a lane that have an event, or one that is only announced."""
    events, announced = dict(lane.years), dict(lane.announced)
    years = sorted(events.keys() | announced.keys())
    return [_Year(lane, year, events.get(year, 0), announced.get(year, 0)) for year in years]


def _table(report: ChartReport) -> Table:
    rows = [row for lane in report.lanes for row in _years(lane)]
    return Table(
        name="events-by-year",
        title="Events by year",
        columns=(
            Column(name="partnership", path="lane.partnership.id"),
            Column(name="place", path="lane.partnership.place.name", heading="Place"),
            Column(name="partner", path="lane.partnership.partner.name", heading="Partner"),
            Column(name="since", path="lane.partnership.since", heading="Since"),
            Column(name="status", path="lane.partnership.status", heading="Status"),
            Column(name="year", heading="Year", align="right"),
            Column(name="events", heading="Events", align="right"),
            Column(name="announced", heading="Announced", align="right"),
        ),
        rows=rows,
    )

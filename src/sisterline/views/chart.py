"""The view of `timeline --chart`."""

from typing import NamedTuple

from sisterline.dates import abbreviate
from sisterline.reports.chart import ChartReport, Lane
from sisterline.translation import counted, pgettext
from sisterline.translation import gettext as _
from sisterline.views.blocks import Block, Column, Footnotes, Paragraph, Table, View, count_line
from sisterline.views.columns import date_column, source_columns
from sisterline.views.drawings import Lanes
from sisterline.views.style import Glyphs
from sisterline.views.words import partnerships_words, shown_of


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
        eras=report.eras,
        lanes=report.lanes,
        count_heading=pgettext("above numbers of events", "events"),
        legend=_legend(report, glyphs),
    )
    shown = shown_of(len(report.lanes), report.matched, partnerships_words(report.matched))
    blocks: list[Block] = [lanes, count_line(shown, indent=2)]
    if report.empty:
        remark = counted(
            "{count} partnership without a date or an event is not drawn",
            "{count} partnerships without a date or an event are not drawn",
            report.empty,
        )
        blocks.append(Paragraph(parts=(remark,), tight=True))
    if not report.eras:
        return View(blocks=tuple(blocks), main=table)
    eras = _eras(report)
    blocks += [eras, Footnotes(report.sources, brief=True)]
    return View(blocks=tuple(blocks), main=table, tables=(eras,))


def _legend(report: ChartReport, glyphs: Glyphs) -> tuple[str, ...]:
    parts = [
        _("{mark} founded").format(mark=glyphs.founding),
        _("{mark} an event").format(mark=glyphs.event),
        _("2-9: events in that year"),
        _("# ten or more"),
    ]
    if any(lane.announced for lane in report.lanes):
        parts.append(_("{mark} announced").format(mark=glyphs.announced))
    if any(year < report.first for lane in report.lanes for year, _ in lane.years):
        parts.append(_("first column: {year} and before").format(year=report.first))
    if any(lane.changes for lane in report.lanes):
        parts.append(_("{mark} suspended or dissolved").format(mark=glyphs.cut))
    parts.append(_("{mark} continues").format(mark=glyphs.arrow))
    if report.eras:
        parts.append(_("{mark} an era").format(mark=glyphs.shade))
    return tuple(parts)


def _eras(report: ChartReport) -> Table:
    """The eras with their dates, of which the chart has the years, and names only where there is room."""
    return Table(
        name="eras",
        title=_("Eras"),
        columns=(
            date_column("period", pgettext("column", "When"), show=abbreviate),
            Column(name="label", heading=pgettext("column", "What"), min_width=8, wrap=True),
            *source_columns(report.sources),
        ),
        rows=report.eras,
        indent=2,
        headless=True,
    )


def _years(lane: Lane) -> list[_Year]:
    """The years of a lane that have an event, or one that is only announced."""
    events, announced = dict(lane.years), dict(lane.announced)
    years = sorted(events.keys() | announced.keys())
    return [_Year(lane, year, events.get(year, 0), announced.get(year, 0)) for year in years]


def _table(report: ChartReport) -> Table:
    rows = [row for lane in report.lanes for row in _years(lane)]
    return Table(
        name="events-by-year",
        title=_("Events by year"),
        columns=(
            Column(name="partnership", path="lane.partnership.id"),
            Column(name="place", path="lane.partnership.place.name", heading=pgettext("column", "Place")),
            Column(
                name="partner", path="lane.partnership.partner.name", heading=pgettext("column", "Partner")
            ),
            Column(name="since", path="lane.partnership.since", heading=pgettext("column", "Since")),
            Column(
                name="status",
                path="lane.partnership.status",
                heading=pgettext("column", "Status"),
                codes="status",
            ),
            Column(name="year", heading=pgettext("column", "Year"), align="right"),
            Column(name="events", heading=pgettext("column", "Events"), align="right"),
            Column(name="announced", heading=pgettext("column", "Announced"), align="right"),
        ),
        rows=rows,
    )

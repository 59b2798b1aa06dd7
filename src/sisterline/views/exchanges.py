"""The view of `exchanges`."""

from sisterline.language import plural
from sisterline.reports.exchanges import ExchangesReport
from sisterline.views.blocks import Block, Footnotes, Heading, View, count_line
from sisterline.views.exchange_tables import flows_table, sums_table
from sisterline.views.style import Glyphs
from sisterline.views.words import shown_of


def view(report: ExchangesReport, glyphs: Glyphs) -> View:
    """The sums and the records behind them; programs get the records where they were asked for."""
    aside = "a record counts under both its places" if report.overlaps else ""
    sums = sums_table(report.sums, glyphs, "", report.by)
    title = f"{plural(report.matched, 'exchange record')} summed by {report.by}"
    counted = shown_of(len(report.sums), report.summed, "sum")
    heading = Heading(parts=(title,), aside=aside, level=1)
    blocks: tuple[Block, ...] = (heading, sums, count_line(counted, indent=2))
    if not report.records:
        return View(blocks=blocks, main=sums, counted=counted)
    records = flows_table(report.records, report.partnerships, report.sources, glyphs, "Records")
    return View(
        blocks=(*blocks, records, Footnotes(report.sources)),
        main=records,
        counted=plural(report.matched, "record"),
        tables=(sums,),
    )

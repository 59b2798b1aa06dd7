"""The view of `exchanges`."""

from sisterline.reports.exchanges import ExchangesReport
from sisterline.translation import counted, ngettext
from sisterline.translation import gettext as _
from sisterline.views.blocks import Block, Footnotes, Heading, View, count_line
from sisterline.views.exchange_tables import flows_table, sums_table
from sisterline.views.labels import GROUPING, label
from sisterline.views.style import Glyphs
from sisterline.views.words import shown_of


def view(report: ExchangesReport, glyphs: Glyphs) -> View:
    """The sums and the records behind them; programs get the records where they were asked for."""
    aside = _("a record counts under both its places") if report.overlaps else ""
    sums = sums_table(report.sums, glyphs, "", report.by)
    title = ngettext(
        "{count} exchange record summed by {by}", "{count} exchange records summed by {by}", report.matched
    ).format(count=f"{report.matched:,}", by=label(GROUPING, report.by))
    shown = shown_of(len(report.sums), report.summed, counted("{count} sum", "{count} sums", report.summed))
    heading = Heading(parts=(title,), aside=aside, level=1)
    blocks: tuple[Block, ...] = (heading, sums, count_line(shown, indent=2))
    if not report.records:
        return View(blocks=blocks, main=sums, counted=shown)
    records = flows_table(report.records, report.partnerships, report.sources, glyphs, _("Records"))
    return View(
        blocks=(*blocks, records, Footnotes(report.sources)),
        main=records,
        counted=counted("{count} record", "{count} records", report.matched),
        tables=(sums,),
    )

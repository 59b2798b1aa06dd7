"""The view of `exchanges`."""

from sisterline.reports.exchanges import ExchangesReport
from sisterline.translation import gettext as _
from sisterline.translation import ngettext
from sisterline.views.blocks import Block, Footnotes, Heading, View
from sisterline.views.exchange_tables import flows_table, sums_table
from sisterline.views.labels import GROUPING, label
from sisterline.views.style import Glyphs


def view(report: ExchangesReport, glyphs: Glyphs) -> View:
    """The sums and the records behind them; programs get the records where they were asked for."""
    aside = _("a record counts under both its places") if report.overlaps else ""
    sums = sums_table(report.sums, glyphs, "", report.by)
    title = ngettext(
        "{count} exchange record summed by {by}", "{count} exchange records summed by {by}", report.matched
    ).format(count=f"{report.matched:,}", by=label(GROUPING, report.by))
    blocks: tuple[Block, ...] = (Heading(parts=(title,), aside=aside, level=1), sums)
    if not report.records:
        return View(blocks=blocks, main=sums)
    records = flows_table(report.records, report.partnerships, report.sources, glyphs, _("Records"))
    return View(blocks=(*blocks, records, Footnotes(report.sources)), main=records, tables=(sums,))

"""The screen of `exchanges`."""

from collections.abc import Iterator

from sisterline.render.canvas import Line, View
from sisterline.render.screens.parts import flows_table, footnotes, heading, sums_table
from sisterline.reports.exchanges import ExchangesReport
from sisterline.words import plural


def lines(report: ExchangesReport, view: View) -> Iterator[Line]:
    """The lines of it."""
    aside = "a record counts under both its places" if report.overlaps else ""
    yield from heading(f"{plural(report.matched, 'exchange record')} summed by {report.by}", view, aside)
    yield from sums_table(report.sums, view, report.by)
    if report.records:
        yield ()
        yield (("Records", "head"),)
        yield from flows_table(report.records, report.partnerships, view)
        yield from footnotes(report.sources, view)

"""The screen of `exchanges`."""

from collections.abc import Iterator

from sisterline.formats.terminal.console import StyledLine, Viewport
from sisterline.formats.terminal.screens.parts import flows_table, footnotes, heading, sums_table
from sisterline.language import plural
from sisterline.reports.exchanges import ExchangesReport


def lines(report: ExchangesReport, view: Viewport) -> Iterator[StyledLine]:
    """The lines of it."""
    aside = "a record counts under both its places" if report.overlaps else ""
    yield from heading(f"{plural(report.matched, 'exchange record')} summed by {report.by}", view, aside)
    yield from sums_table(report.sums, view, report.by)
    if report.records:
        yield ()
        yield (("Records", "head"),)
        yield from flows_table(report.records, report.partnerships, view)
        yield from footnotes(report.sources, view)

"""The screen of `list`."""

from collections.abc import Iterator

from sisterline.formats.terminal.console import StyledLine, Viewport
from sisterline.formats.terminal.screens.parts import pair_columns
from sisterline.formats.terminal.table import table
from sisterline.reports.listing import ListReport


def lines(report: ListReport, view: Viewport) -> Iterator[StyledLine]:
    """The lines of it."""
    return table(pair_columns(report.partnerships, view.marks), report.partnerships, view)

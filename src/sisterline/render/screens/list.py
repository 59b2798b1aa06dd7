"""The screen of `list`."""

from collections.abc import Iterator

from sisterline.render.canvas import Line, View
from sisterline.render.screens.parts import pair_columns
from sisterline.render.table import table
from sisterline.reports.listing import ListReport


def lines(report: ListReport, view: View) -> Iterator[Line]:
    """The lines of it."""
    return table(pair_columns(report.partnerships, view.marks), report.partnerships, view)

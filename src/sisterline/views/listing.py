"""The view of `list`."""

from sisterline.reports.listing import ListReport
from sisterline.views.blocks import Table, View
from sisterline.views.shared import partnership_columns
from sisterline.views.style import Glyphs


def view(report: ListReport, glyphs: Glyphs) -> View:
    """One table of the partnerships."""
    rows = report.partnerships
    table = Table(name="partnerships", columns=partnership_columns(rows, glyphs), rows=rows)
    return View(blocks=(table,), main=table)

"""The view of `list`."""

from sisterline.reports.listing import ListReport
from sisterline.views.blocks import Table, View, count_line
from sisterline.views.columns import partnership_columns
from sisterline.views.style import Glyphs
from sisterline.views.words import shown_of


def view(report: ListReport, glyphs: Glyphs) -> View:
    """One table of the partnerships; who watches is shown how many there are."""
    rows = report.partnerships
    table = Table(name="partnerships", columns=partnership_columns(rows, glyphs), rows=rows)
    counted = shown_of(len(rows), report.matched, "partnership")
    return View(blocks=(table, count_line(counted)), main=table, counted=counted)

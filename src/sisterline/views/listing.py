"""The view of `list`."""

from sisterline.reports.listing import ListReport
from sisterline.views.blocks import Table, View, count_line
from sisterline.views.columns import partnership_columns
from sisterline.views.style import Glyphs
from sisterline.views.words import partnerships_words, shown_of


def view(report: ListReport, glyphs: Glyphs) -> View:
    """One table of the partnerships; who watches is shown how many there are."""
    rows = report.partnerships
    table = Table(name="partnerships", columns=partnership_columns(rows, glyphs), rows=rows)
    shown = shown_of(len(rows), report.matched, partnerships_words(report.matched))
    return View(blocks=(table, count_line(shown)), main=table, counted=shown)

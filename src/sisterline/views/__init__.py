"""Reports as blocks that every format can lay out: a module per report."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sisterline.reports.base import Report
    from sisterline.views.blocks import View
    from sisterline.views.style import Glyphs

# The module of each report, loaded when it is written.
MODULES = {
    "list": "listing",
    "timeline": "timeline",
    "chart": "chart",
    "show": "show",
    "stats": "stats",
    "anniversaries": "anniversaries",
    "exchanges": "exchanges",
    "sources": "sources",
    "check": "check",
}


def view_of(report: "Report", glyphs: "Glyphs") -> "View":
    """Describe a report for every format.

    Args:
        report: any report that has a view.
        glyphs: the characters to draw with.
    """
    module = import_module(f"sisterline.views.{MODULES[report.name]}")
    view: View = module.view(report, glyphs)
    return view

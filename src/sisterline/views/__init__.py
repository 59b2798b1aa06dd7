"""Reports as blocks that every format can lay out: a module per report."""

from importlib import import_module
from typing import TYPE_CHECKING

from sisterline.reports import MODULES

if TYPE_CHECKING:
    from sisterline.reports.base import Report
    from sisterline.views.blocks import View
    from sisterline.views.style import Glyphs


def view_of(report: "Report", glyphs: "Glyphs") -> "View":
    """Describe a report for every format.

    Args:
        report: any report that has a view.
        glyphs: the characters to draw with.
    """
    module = import_module(f"sisterline.views.{MODULES[report.name]}")
    view: View = module.view(report, glyphs)
    return view

"""Pure functions: data set, selection and today make frozen report values, a module per report.

A report holds codes and numbers; the view of the same module name holds the words.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sisterline.reports.base import Report

# The module of each report, here and in `views`, by the name of the report.
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
    "diff": "diff",
    "config": "config",
    "links": "links",
}


def report_class(name: str) -> "type[Report]":
    """The class of the reports of a name, one of MODULES."""
    module = import_module(f"sisterline.reports.{MODULES[name]}")
    report: type[Report] = getattr(module, f"{name.capitalize()}Report")
    return report

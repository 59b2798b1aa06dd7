"""`sisterline schema`."""

from importlib import import_module
from typing import Annotated

import msgspec

from sisterline.cli.commands import notify
from sisterline.cli.options import FORCE, OUTPUT
from sisterline.cli.parameters import argument
from sisterline.formats.json import json_schema as report_schema
from sisterline.formats.output import Output, open_output
from sisterline.reading.jsonschema import json_schema

# The module and the class of each report that has a schema.
_REPORTS = {
    "list": ("listing", "ListReport"),
    "timeline": ("timeline", "TimelineReport"),
    "chart": ("chart", "ChartReport"),
    "show": ("show", "ShowReport"),
    "stats": ("stats", "StatsReport"),
    "anniversaries": ("anniversaries", "AnniversariesReport"),
    "exchanges": ("exchanges", "ExchangesReport"),
    "sources": ("sources", "SourcesReport"),
    "check": ("check", "CheckReport"),
}
_WHAT = ("data", *_REPORTS)


def command(
    what: Annotated[
        str,
        argument(help="What to describe", metavar="[WHAT]", values=_WHAT),
    ] = "data",
    output: Annotated[str | None, OUTPUT] = None,
    force: Annotated[bool, FORCE] = False,
) -> None:
    """Print the JSON Schema of data files or of a report.

    \b
      sisterline schema -o sisterline.json
      sisterline schema timeline
    """
    if what == "data":
        schema = json_schema()
    else:
        module, name = _REPORTS[what]
        report = getattr(import_module(f"sisterline.reports.{module}"), name)
        schema = report_schema(report)
    with open_output(Output(path=output, force=force, notify=notify), "json") as out:
        out.write(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n")

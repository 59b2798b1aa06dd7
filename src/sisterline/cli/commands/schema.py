"""`sisterline schema`."""

from importlib import import_module
from typing import Annotated

import msgspec
import typer

from sisterline.cli.commands import notify
from sisterline.cli.options import FORCE, OUTPUT, one_of
from sisterline.formats.json import json_schema as report_schema
from sisterline.formats.output import Output, open_output
from sisterline.reading.jsonschema import json_schema

# What a schema can be had of: the module and the name of each report.
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
        typer.Argument(
            help=f"What to describe: {', '.join(_WHAT)}.",
            metavar="[WHAT]",
            parser=one_of(_WHAT),
            autocompletion=lambda: list(_WHAT),
        ),
    ] = "data",
    output: OUTPUT = None,
    force: FORCE = False,
) -> None:
    """Print the JSON Schema of data files, or of the JSON that a command writes.

    `sisterline schema -o sisterline.json`

    `sisterline schema timeline`
    """
    if what == "data":
        schema = json_schema()
    else:
        module, name = _REPORTS[what]
        report = getattr(import_module(f"sisterline.reports.{module}"), name)
        schema = report_schema(report)
    with open_output(Output(path=output, force=force, notify=notify), "json") as out:
        out.write(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n")

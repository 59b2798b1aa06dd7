"""`sisterline schema`."""

from typing import Annotated

import msgspec

from sisterline.cli.commands import notify
from sisterline.cli.options import FORCE, OUTPUT_FILE
from sisterline.cli.parameters import argument
from sisterline.formats.json import report_schema
from sisterline.formats.output import Output, open_output
from sisterline.reading.jsonschema import data_schema
from sisterline.reports import MODULES, report_class

_WHAT = ("data", *MODULES)


def command(
    what: Annotated[
        str,
        argument(help="What the schema describes", metavar="[WHAT]", values=_WHAT),
    ] = "data",
    output: Annotated[str | None, OUTPUT_FILE] = None,
    force: Annotated[bool, FORCE] = False,
) -> None:
    """Print the JSON Schema of data files or of a report.

    \b
      sisterline schema -o sisterline.json
      sisterline schema timeline
    """
    if what == "data":
        schema = data_schema()
    else:
        schema = report_schema(report_class(what))
    with open_output(Output(path=output, force=force, notify=notify), "json") as out:
        out.write(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n")

"""`sisterline schema`."""

from typing import Annotated

import msgspec

from sisterline.cli.commands import notify, paged
from sisterline.cli.options import FORCE, LANG, NO_PAGER, OUTPUT_FILE
from sisterline.cli.parameters import argument
from sisterline.cli.settings import load_settings
from sisterline.formats.json import report_schema
from sisterline.formats.output import Output, open_output
from sisterline.reading.jsonschema import data_schema
from sisterline.reports import MODULES, report_class

_WHAT = ("data", *MODULES)


def command(
    what: Annotated[str, argument(help="What the schema describes", metavar="[WHAT]", values=_WHAT)] = "data",
    output: Annotated[str | None, OUTPUT_FILE] = None,
    force: Annotated[bool, FORCE] = False,
    no_pager: Annotated[bool, NO_PAGER] = False,
    lang: Annotated[str | None, LANG] = None,
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
    pager = load_settings().pager(wanted=not no_pager)
    target = Output(path=output, force=force, notify=notify)
    with paged(target, pager), open_output(target, "json") as out:
        out.write(msgspec.json.format(msgspec.json.encode(schema), indent=2).decode() + "\n")

"""`sisterline export`."""

from pathlib import Path
from typing import Annotated

from sisterline.cli.commands import load_selection, nothing, notify
from sisterline.cli.options import takes
from sisterline.cli.parameters import argument
from sisterline.cli.request import Request
from sisterline.errors import UsageError
from sisterline.formats.output import Output
from sisterline.formats.package.writer import write
from sisterline.language import plural
from sisterline.reports.archive import archive_report
from sisterline.text.escape import printable


@takes(None, places=False, rows=False)
def command(
    request: Request,
    folder: Annotated[
        Path, argument(help="A new or empty folder, or that of an earlier export.", metavar="FOLDER")
    ],
) -> None:
    """Export the data as a folder of tidy tables, for research.

    \b
      sisterline export pairs
      sisterline export kobe --city Kobe --from 2000
    """
    if str(folder) == "-":
        raise UsageError("export writes a folder, not standard output; name one, such as pairs")
    dataset, selected = load_selection(request)
    if not selected.partnerships:
        notify(nothing(request.words))
    archive = archive_report(dataset, selected, request.today, selection=request.words)
    tables = write(archive, Output(path=str(folder), inputs=request.paths, notify=notify))
    count = plural(len(selected.partnerships), "partnership")
    print(f"created {printable(str(folder))}: {count} in {len(tables)} tables, described by datapackage.json")

"""`sisterline export`."""

from pathlib import Path
from typing import Annotated

from sisterline.cli.commands import load_selection, nothing, notify
from sisterline.cli.options import LANG, takes
from sisterline.cli.parameters import argument
from sisterline.cli.request import Request
from sisterline.errors import UsageError
from sisterline.formats.output import Output
from sisterline.formats.package.writer import write
from sisterline.reports.archive import archive_report
from sisterline.text.escape import printable
from sisterline.translation import gettext as _
from sisterline.translation import ngettext


@takes(None, places=False, rows=False)
def command(
    request: Request,
    folder: Annotated[
        Path, argument(help="A new or empty folder, or that of an earlier export.", metavar="FOLDER")
    ],
    lang: Annotated[str | None, LANG] = None,
) -> None:
    """Export the data as a folder of tidy tables, for research.

    \b
      sisterline export pairs
      sisterline export kobe --city Kobe --from 2000
    """
    if str(folder) == "-":
        raise UsageError(_("export writes a folder, not standard output; name one, such as pairs"))
    dataset, selected = load_selection(request)
    if not selected.partnerships:
        notify(nothing(request.words))
    archive = archive_report(dataset, selected, request.today, selection=request.words)
    tables = write(archive, Output(path=str(folder), inputs=request.paths, notify=notify))
    message = ngettext(
        "created {folder}: {count} partnership in {tables} tables, described by datapackage.json",
        "created {folder}: {count} partnerships in {tables} tables, described by datapackage.json",
        len(selected.partnerships),
    )
    count = f"{len(selected.partnerships):,}"
    print(message.format(folder=printable(str(folder)), count=count, tables=len(tables)))

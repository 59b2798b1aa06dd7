"""`sisterline list`."""

from typing import Annotated

from sisterline.cli.commands import load_selection, write_report
from sisterline.cli.options import Asked, option, shared
from sisterline.formats import pick_format
from sisterline.query.selection import SelectionResult
from sisterline.reports.listing import SORTS, list_report


@shared("list")
def command(
    asked: Asked,
    sort: Annotated[str, option("--sort", "Sort by a column", "Output", "COLUMN", words=SORTS)] = "since",
) -> None:
    """List partnerships, one a line.

    `sisterline list --founded 1970s`

    `sisterline list --region Liaoning --sort events --reverse`

    `sisterline list --country Japan -o pairs.csv`

    `sisterline list -o pairs.sqlite`
    """
    dataset, selected = load_selection(asked)
    report = list_report(
        dataset,
        selected,
        asked.today,
        language=asked.language,
        sort=sort,
        reverse=asked.reverse,
        limit=asked.limit,
    )
    if pick_format(asked.format, asked.output, "list") == "sqlite":
        from sisterline.reports.archive import archive_report

        listed = {row.id for row in report.partnerships}
        part = SelectionResult(tuple(p for p in selected.partnerships if p.id in listed))
        write_report(asked, archive_report(dataset, part, asked.today), bool(listed))
        return
    write_report(asked, report, bool(report.partnerships))

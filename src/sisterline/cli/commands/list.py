"""`sisterline list`."""

from typing import TYPE_CHECKING, Annotated

from sisterline.cli.commands import language_of, load_selection, write_report
from sisterline.cli.options import Asked, option, shared
from sisterline.query.selection import SelectionResult
from sisterline.reading.files import LICENSE
from sisterline.reports.listing import SORT_KEYS, list_report

if TYPE_CHECKING:
    from sisterline.reports.archive import ArchiveReport


@shared("list")
def command(
    asked: Asked,
    sort: Annotated[str, option("--sort", "Sort by a column", "Output", "COLUMN", words=SORT_KEYS)] = "since",
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
        language=language_of(asked, dataset),
        sort=sort,
        reverse=asked.reverse,
        limit=asked.limit,
    )
    listed = {row.id for row in report.partnerships}

    def archive() -> "ArchiveReport":
        from sisterline.reports.archive import archive_report

        part = SelectionResult(tuple(p for p in selected.partnerships if p.id in listed))
        return archive_report(dataset, part, asked.today, license_name=_license(asked))

    write_report(asked, report, bool(listed), archive=archive)


def _license(asked: Asked) -> str:
    """The licence of what is exported: nobody knows that of a user's own data."""
    if not asked.builtin:
        return ""
    return f"{LICENSE} for the bundled data" if asked.data else LICENSE

"""`sisterline list`."""

from typing import TYPE_CHECKING, Annotated

from sisterline.cli.commands import language_of, load_selection, page_maker, write_report
from sisterline.cli.options import takes
from sisterline.cli.parameters import option
from sisterline.cli.request import Request
from sisterline.query.selection import SelectionResult
from sisterline.reports.listing import SORT_KEYS, list_report

if TYPE_CHECKING:
    from sisterline.reports.archive import ArchiveReport


@takes("list")
def command(
    request: Request,
    sort: Annotated[
        str,
        option(
            "--sort",
            help="Sort by a column",
            metavar="COLUMN",
            values=SORT_KEYS,
        ),
    ] = "since",
) -> None:
    """List partnerships, one per line.

    \b
      sisterline list --founded 1970s
      sisterline list --region Liaoning --sort events --reverse
      sisterline list --country Japan -o pairs.csv
      sisterline list -o pairs.html
    """
    dataset, selected = load_selection(request)
    language = language_of(request, dataset)
    report = list_report(
        dataset,
        selected,
        request.today,
        language=language,
        sort=sort,
        reverse=request.reverse,
        limit=request.limit,
    )
    listed = {row.id for row in report.partnerships}

    part = SelectionResult(
        tuple(p for p in selected.partnerships if p.id in listed), histories=selected.histories
    )

    def archive() -> "ArchiveReport":
        from sisterline.reports.archive import archive_report

        return archive_report(dataset, part, request.today, selection=_words(request))

    others = {"archive": archive, "page": page_maker(request, dataset, part, language)}
    write_report(request, report, found=bool(listed), others=others)


def _words(request: Request) -> str:
    """The options that choose what a database holds, as typed."""
    words = request.words
    if request.limit is not None:
        words += f" --limit {request.limit}"
    return words.strip()

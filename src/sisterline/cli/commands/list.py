"""`sisterline list`."""

from typing import TYPE_CHECKING

from sisterline.cli.commands import language_of, load_selection, page_maker, partnership_counter, write_report
from sisterline.cli.options import takes
from sisterline.cli.request import Request
from sisterline.query.selection import SelectionResult
from sisterline.reports.listing import SORT_KEYS, list_report

if TYPE_CHECKING:
    from sisterline.reports.archive import ArchiveReport


@takes("list", sort=SORT_KEYS)
def command(request: Request) -> None:
    """List partnerships, one per line.

    \b
      sisterline list Kobe Dalian
      sisterline list --region Liaoning --founded 70s --sort -events
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
        sort=request.sort,
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
    write_report(request, report, found=bool(listed), count=partnership_counter(dataset), others=others)


def _words(request: Request) -> str:
    """The options that choose what a database holds, as typed."""
    words = request.words
    if request.limit is not None:
        words += f" --limit {request.limit}"
    return words.strip()

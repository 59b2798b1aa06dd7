"""`sisterline list`."""

from typing import TYPE_CHECKING

from sisterline.cli.commands import (
    language_of,
    load_requested,
    notify_all,
    page_maker,
    partnership_counter,
    write_report,
)
from sisterline.cli.options import takes
from sisterline.cli.request import Request
from sisterline.query.selection import SelectionResult, select, select_textless
from sisterline.reports.listing import SORT_KEYS, list_report

if TYPE_CHECKING:
    from sisterline.reports.base import Report


@takes("list", sort=SORT_KEYS)
def command(request: Request) -> None:
    """List partnerships, one per line.

    \b
      sisterline list Kobe Dalian
      sisterline list --region Liaoning --founded 70s --sort -events
      sisterline list --country Japan -o pairs.csv
      sisterline list -o pairs.html
    """
    dataset = load_requested(request)
    selected = select_textless(dataset, request.selection)
    notify_all(selected)
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

    def part() -> SelectionResult:
        """What is listed, with all texts, for the formats that hold another report."""
        chosen = select(dataset, request.selection)
        kept = tuple(p for p in chosen.partnerships if p.id in listed)
        return SelectionResult(kept, histories=chosen.histories)

    def archive() -> "Report":
        from sisterline.reports.archive import archive_report

        return archive_report(dataset, part(), request.today, selection=_words(request))

    def page() -> "Report":
        return page_maker(request, dataset, part(), language)()

    others = {"archive": archive, "page": page}
    write_report(request, report, found=bool(listed), count=partnership_counter(dataset), others=others)


def _words(request: Request) -> str:
    """The options that choose what a database holds, as typed."""
    words = request.words
    if request.limit is not None:
        words += f" --limit {request.limit}"
    return words.strip()

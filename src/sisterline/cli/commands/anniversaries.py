"""`sisterline anniversaries`."""

from typing import Annotated

from sisterline.cli.commands import language_of, load_selection, page_maker, write_report
from sisterline.cli.options import takes
from sisterline.cli.parameters import option
from sisterline.cli.request import Request
from sisterline.language import ordinal
from sisterline.query.ranges import planning_range
from sisterline.query.selection import SelectionResult
from sisterline.reports.anniversaries import AnniversariesReport, anniversaries_report
from sisterline.reports.refs import DEFAULT_EVERY

PANEL = "Anniversaries"


@takes("anniversaries", dated=False)
def command(
    request: Request,
    *,
    within: Annotated[
        str | None,
        option(
            "--within",
            help="From today: 90d, 8w, 12m or 3y; by default 12m.",
            panel=PANEL,
            metavar="SPAN",
        ),
    ] = None,
    year: Annotated[
        int | None,
        option("--year", help="Anniversaries in one year.", panel=PANEL, metavar="YEAR", least=1000),
    ] = None,
    first: Annotated[
        str | None, option("--from", help="Anniversaries from this date on.", panel=PANEL, metavar="DATE")
    ] = None,
    last: Annotated[
        str | None,
        option("--to", help="Anniversaries up to and including this date.", panel=PANEL, metavar="DATE"),
    ] = None,
    every: Annotated[
        int,
        option(
            "--every",
            help="Every Nth anniversary; 1 for all.",
            panel=PANEL,
            metavar="N",
            least=1,
        ),
    ] = DEFAULT_EVERY,
) -> None:
    """Show upcoming anniversaries, the soonest first.

    \b
      sisterline anniversaries
      sisterline anniversaries --year 2028 --every 10
      sisterline anniversaries --within 3y --city Dalian
    """
    days = planning_range(request.today, within=within, year=year, first=first, last=last)
    dataset, selected = load_selection(request)
    language = language_of(request, dataset)
    report = anniversaries_report(
        dataset,
        selected,
        days,
        request.today,
        every=every,
        language=language,
        reverse=request.reverse,
        limit=request.limit,
    )
    page = page_maker(request, dataset, selected, language, view="anniversaries", days=days, every=every)
    none = _none(report, selected)
    write_report(request, report, found=bool(report.rows), none=none, others={"page": page})


def _none(report: AnniversariesReport, selected: SelectionResult) -> str:
    """The message where the range has no anniversary, with the next one; empty where another one fits."""
    if report.rows or not selected.partnerships:
        return ""
    message = f"no anniversary from {report.first} to {report.last}"
    if report.upcoming is None:
        return message
    upcoming = report.upcoming
    which = f"the {ordinal(upcoming.ordinal)} of {upcoming.partnership}"
    return f"{message}; the next is {which}, {upcoming.date}"

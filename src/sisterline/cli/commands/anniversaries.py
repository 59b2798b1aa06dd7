"""`sisterline anniversaries`."""

from typing import Annotated

from sisterline.cli.commands import language_of, load_selection, partnership_counter, write_report
from sisterline.cli.options import takes
from sisterline.cli.parameters import option
from sisterline.cli.request import Request
from sisterline.language import ordinal
from sisterline.query.ranges import DayRange, is_shorter_than_a_year, planning_range
from sisterline.query.selection import SelectionResult
from sisterline.reports.anniversaries import (
    SORT_COLUMNS,
    AnniversariesReport,
    Upcoming,
    anniversaries_report,
    missed,
)
from sisterline.reports.refs import DEFAULT_EVERY

PANEL = "Anniversaries"


@takes("anniversaries", dated=False, sort=SORT_COLUMNS)
def command(
    request: Request,
    *,
    within: Annotated[
        str | None,
        option(
            "--within",
            help='From today: 10w, 6m, 3y, "5 years"; by default 12m.',
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
      sisterline anniversaries --year 2028 --every 10
      sisterline anniversaries Dalian --within "3 years"
    """
    days = planning_range(request.today, within=within, year=year, first=first, last=last)
    exact = within is not None and is_shorter_than_a_year(days)
    dataset, selected = load_selection(request)
    report = anniversaries_report(
        dataset,
        selected,
        days,
        request.today,
        every=every,
        by_year=not exact,
        language=language_of(request, dataset),
        sort=request.sort,
        reverse=request.reverse,
        limit=request.limit,
    )
    none = _none(report, selected, days)
    write_report(request, report, found=bool(report.rows), none=none, count=partnership_counter(dataset))


def _none(report: AnniversariesReport, selected: SelectionResult, days: DayRange) -> str:
    """The note where the range has no anniversary, with what would give one.

    Empty where there is one, and where no partnership is selected.
    """
    if report.rows or not selected.partnerships:
        return ""
    message = f"no anniversary from {report.first} to {report.last}"
    if report.left_out:
        return f"{message} known to the day or month; {report.left_out} known only by year: add --within 1y"
    if report.every > 1 and (found := missed(selected, days)):
        message = f"no multiple of {report.every} from {report.first} to {report.last}"
        return f"{message}; {_one(found)}: add --every 1"
    if report.upcoming is None:
        return message
    return f"{message}; the next is {_one(report.upcoming)}"


def _one(upcoming: Upcoming) -> str:
    return f"the {ordinal(upcoming.ordinal)} of {upcoming.partnership}, {upcoming.date}"

"""`sisterline anniversaries`."""

from collections.abc import Callable
from typing import Annotated

from sisterline.cli.commands import language_of, load_selection, page_maker, partnership_counter, write_report
from sisterline.cli.options import takes
from sisterline.cli.parameters import option
from sisterline.cli.request import Request
from sisterline.errors import with_fix
from sisterline.language import ordinal
from sisterline.query.places import name_of_partnership
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
from sisterline.translation import gettext as _
from sisterline.views.moments import moment

_Names = Callable[[str], str]


@takes("anniversaries", dated=False, sort=SORT_COLUMNS)
def command(
    request: Request,
    *,
    within: Annotated[
        str | None,
        option("--within", help='From today: 10w, 6m, 3y, "5 years"; by default 12m.', metavar="SPAN"),
    ] = None,
    year: Annotated[
        int | None, option("--year", help="Anniversaries in one year.", metavar="YEAR", least=1000)
    ] = None,
    first: Annotated[
        str | None, option("--from", help="Anniversaries from this date on.", metavar="DATE")
    ] = None,
    last: Annotated[
        str | None, option("--to", help="Anniversaries up to and including this date.", metavar="DATE")
    ] = None,
    every: Annotated[
        int, option("--every", help="Every Nth anniversary; 1 for all.", metavar="N", least=1)
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
    language = language_of(request, dataset)
    report = anniversaries_report(
        dataset,
        selected,
        days,
        request.today,
        every=every,
        by_year=not exact,
        language=language,
        sort=request.sort,
        reverse=request.reverse,
        limit=request.limit,
    )

    def name(partnership: str) -> str:
        return name_of_partnership(dataset, partnership, language)

    none = _none(report, selected, days, name)
    page = page_maker(request, dataset, selected, language, view="anniversaries", days=days, every=every)
    write_report(
        request,
        report,
        found=bool(report.rows),
        none=none,
        count=partnership_counter(dataset),
        others={"page": page},
    )


def _none(report: AnniversariesReport, selected: SelectionResult, days: DayRange, names: _Names) -> str:
    """The note where the range has no anniversary, with what would give one.

    Empty where there is one, and where no partnership is selected.
    """
    if report.rows or not selected.partnerships:
        return ""
    days_meant = {"first": moment(report.first), "last": moment(report.last)}
    if report.left_out:
        return _(
            "no anniversary from {first} to {last} known to the day or month; "
            "{count} known only by year: add --within 1y"
        ).format(count=report.left_out, **days_meant)
    if report.every > 1 and (found := missed(selected, days)):
        return _("no multiple of {every} from {first} to {last}; {one}: add --every 1").format(
            every=report.every, one=_one(found, names), **days_meant
        )
    message = _("no anniversary from {first} to {last}").format(**days_meant)
    if report.upcoming is None:
        return message
    return with_fix(message, _("the next is {one}").format(one=_one(report.upcoming, names)))


def _one(upcoming: Upcoming, names: _Names) -> str:
    return _("the {nth} of {partnership}, {date}").format(
        nth=ordinal(upcoming.ordinal),
        n=upcoming.ordinal,
        partnership=names(upcoming.partnership),
        date=moment(upcoming.date),
    )

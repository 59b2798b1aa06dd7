"""`sisterline stats`."""

from typing import Annotated, cast

from sisterline.cli.commands import language_of, load_selection, page_maker, partnership_counter, write_report
from sisterline.cli.options import takes
from sisterline.cli.parameters import option
from sisterline.cli.request import Request
from sisterline.errors import UsageError
from sisterline.query.selection import country_codes, region_ids
from sisterline.reports.counts import COUNT_BYS, CountBy
from sisterline.reports.stats import SORT_COLUMNS, stats_report
from sisterline.translation import gettext as _


@takes("stats", sort=SORT_COLUMNS)
def command(
    request: Request,
    by: Annotated[
        list[str] | None,
        option(
            "--by",
            help="Count by this, or by two things in a table if given twice",
            metavar="WHAT",
            noun="value",
            values=COUNT_BYS,
            words="grouping",
        ),
    ] = None,
) -> None:
    """Count partnerships and exchanges, next to official totals.

    \b
      sisterline stats
      sisterline stats --by region --country China --limit 5
      sisterline stats --by decade --by level
    """
    if by and len(by) > 2:
        raise UsageError(_("--by can be given at most twice"))
    dataset, selected = load_selection(request)
    language = language_of(request, dataset)
    report = stats_report(
        dataset,
        selected,
        request.today,
        countries=country_codes(dataset, request.selection),
        regions=region_ids(dataset, request.selection),
        by=cast("tuple[CountBy, ...]", tuple(by or ())),
        language=language,
        sort=request.sort,
        reverse=request.reverse,
        limit=request.limit,
    )
    others = {"page": page_maker(request, dataset, selected, language, view="figures")}
    found, count = bool(selected.partnerships), partnership_counter(dataset)
    write_report(request, report, found=found, count=count, others=others)

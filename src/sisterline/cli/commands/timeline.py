"""`sisterline timeline`."""

from typing import Annotated, cast, get_args

from sisterline.cli.commands import (
    item_counter,
    language_of,
    load_selection,
    page_maker,
    partnership_counter,
    step_of_anniversaries,
    write_report,
)
from sisterline.cli.options import EVERY, takes
from sisterline.cli.parameters import option
from sisterline.cli.request import Request
from sisterline.reports.chart import SORT_KEYS as CHART_KEYS
from sisterline.reports.chart import chart_report
from sisterline.reports.timeline import SORT_COLUMNS, Grouping, timeline_report


@takes("timeline", sort=(*SORT_COLUMNS, *CHART_KEYS))
def command(
    request: Request,
    chart: Annotated[bool, option("--chart", help="Draw one lane per partnership on one axis.")] = False,
    every: Annotated[int | None, EVERY] = None,
    group: Annotated[
        str, option("--group", help="A heading for each", metavar="UNIT", values=get_args(Grouping))
    ] = "decade",
) -> None:
    """Show events and anniversaries in date order.

    \b
      sisterline timeline Beihai
      sisterline timeline 天津 --from "5 years ago"
      sisterline timeline --founded 1970s --chart
    """
    dataset, selected = load_selection(request)
    language = language_of(request, dataset)
    others = {"page": page_maker(request, dataset, selected, language)}
    if chart:
        drawn = chart_report(
            dataset,
            selected,
            request.today,
            language=language,
            sort=request.sort,
            reverse=request.reverse,
            limit=request.limit,
        )
        found, count = bool(drawn.lanes), partnership_counter(dataset)
        write_report(request, drawn, found=found, count=count, others=others)
        return
    report = timeline_report(
        dataset,
        selected,
        request.selection,
        request.today,
        language=language,
        every=step_of_anniversaries(request, every, "timeline"),
        group=cast("Grouping", group),
        sort=request.sort,
        reverse=request.reverse,
        limit=request.limit,
    )
    found, count = bool(report.items), item_counter(dataset, "events")
    write_report(request, report, found=found, count=count, others=others)

"""`sisterline timeline`."""

from typing import Annotated, cast, get_args

from sisterline.cli.commands import language_of, load_selection, step_of_anniversaries, write_report
from sisterline.cli.options import takes
from sisterline.cli.parameters import option
from sisterline.cli.request import Request
from sisterline.reports.chart import chart_report
from sisterline.reports.timeline import Grouping, timeline_report

PANEL = "Timeline"


@takes("timeline")
def command(
    request: Request,
    chart: Annotated[
        bool, option("--chart", help="Draw one lane per partnership on one axis.", panel=PANEL)
    ] = False,
    every: Annotated[
        int | None,
        option(
            "--every",
            help="Every Nth anniversary, 0 for none; by default every 5th, or fewer.",
            panel=PANEL,
            metavar="N",
            least=0,
        ),
    ] = None,
    group: Annotated[
        str,
        option(
            "--group",
            help="A heading for each",
            panel=PANEL,
            metavar="UNIT",
            values=get_args(Grouping),
        ),
    ] = "decade",
) -> None:
    """Show events and anniversaries in date order.

    \b
      sisterline timeline --city Beihai
      sisterline timeline --city 天津 --from 2020
      sisterline timeline --founded 1970s --chart
    """
    dataset, selected = load_selection(request)
    language = language_of(request, dataset)
    if chart:
        drawn = chart_report(
            dataset,
            selected,
            request.today,
            language=language,
            reverse=request.reverse,
            limit=request.limit,
        )
        write_report(request, drawn, found=bool(drawn.lanes))
        return
    report = timeline_report(
        dataset,
        selected,
        request.selection,
        request.today,
        language=language,
        every=step_of_anniversaries(request, every, "timeline"),
        group=cast("Grouping", group),
        reverse=request.reverse,
        limit=request.limit,
    )
    write_report(request, report, found=bool(report.items))

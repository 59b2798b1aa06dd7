"""`sisterline timeline`."""

from typing import Annotated, cast, get_args

from sisterline.cli.commands import language_of, load_selection, page_maker, write_report
from sisterline.cli.options import takes
from sisterline.cli.parameters import option
from sisterline.cli.request import Request
from sisterline.reports.chart import chart_report
from sisterline.reports.refs import DEFAULT_EVERY
from sisterline.reports.timeline import Grouping, timeline_report

PANEL = "Timeline"


@takes("timeline")
def command(
    request: Request,
    chart: Annotated[
        bool, option("--chart", help="Draw one lane per partnership on one axis.", panel=PANEL)
    ] = False,
    every: Annotated[
        int,
        option("--every", help="Every Nth anniversary; 0 for none.", panel=PANEL, metavar="N", least=0),
    ] = DEFAULT_EVERY,
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
    others = {"page": page_maker(request, dataset, selected, language)}
    if chart:
        drawn = chart_report(
            dataset,
            selected,
            request.today,
            language=language,
            reverse=request.reverse,
            limit=request.limit,
        )
        write_report(request, drawn, found=bool(drawn.lanes), others=others)
        return
    report = timeline_report(
        dataset,
        selected,
        request.selection,
        request.today,
        language=language,
        every=every,
        group=cast("Grouping", group),
        reverse=request.reverse,
        limit=request.limit,
    )
    write_report(request, report, found=bool(report.items), others=others)

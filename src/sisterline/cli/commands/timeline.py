"""`sisterline timeline`."""

from typing import Annotated, cast, get_args

from sisterline.cli.commands import language_of, load_selection, write_report
from sisterline.cli.options import Asked, option, shared
from sisterline.reports.chart import chart_report
from sisterline.reports.timeline import Grouping, timeline_report

PANEL = "Timeline"


@shared("timeline")
def command(
    asked: Asked,
    chart: Annotated[bool, option("--chart", "Draw a lane a partnership on one axis.", PANEL)] = False,
    every: Annotated[
        int, option("--every", "Tell each so-many-th anniversary; 0 for none.", PANEL, "N", least=0)
    ] = 5,
    group: Annotated[str, option("--group", "Headings", PANEL, "UNIT", words=get_args(Grouping))] = "decade",
) -> None:
    """Tell what happened, in order, with the anniversaries between.

    `sisterline timeline --city Beihai`

    `sisterline timeline --city 天津 --from 2020`

    `sisterline timeline --founded 1970s --chart`
    """
    dataset, selected = load_selection(asked)
    if chart:
        drawn = chart_report(
            dataset,
            selected,
            asked.today,
            language=language_of(asked, dataset),
            reverse=asked.reverse,
            limit=asked.limit,
        )
        write_report(asked, drawn, bool(drawn.lanes))
        return
    report = timeline_report(
        dataset,
        selected,
        asked.selection,
        asked.today,
        language=language_of(asked, dataset),
        every=every,
        group=cast("Grouping", group),
        reverse=asked.reverse,
        limit=asked.limit,
    )
    write_report(asked, report, bool(report.items))

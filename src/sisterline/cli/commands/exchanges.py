"""`sisterline exchanges`."""

from typing import Annotated, cast

from sisterline.cli.commands import item_counter, language_of, load_selection, write_report
from sisterline.cli.options import takes
from sisterline.cli.parameters import option
from sisterline.cli.request import Request
from sisterline.reports.exchanges import SORT_COLUMNS, SUM_BYS, SumBy, exchanges_report


@takes("exchanges", sort=SORT_COLUMNS)
def command(
    request: Request,
    by: Annotated[
        str, option("--by", help="Sum by", metavar="WHAT", noun="value", values=SUM_BYS, words="grouping")
    ] = "category",
    records: Annotated[bool, option("--records", help="Show the records behind the sums.")] = False,
) -> None:
    """Sum counted exchanges, counting each flow once.

    \b
      sisterline exchanges Kobe --records --sort -count
      sisterline exchanges --category students --by direction
      sisterline exchanges --by decade -o flows.csv
    """
    dataset, selected = load_selection(request)
    report = exchanges_report(
        dataset,
        selected,
        request.today,
        by=cast("SumBy", by),
        records=records,
        language=language_of(request, dataset),
        sort=request.sort,
        reverse=request.reverse,
        limit=request.limit,
    )
    write_report(request, report, found=bool(report.matched), count=item_counter(dataset, "exchanges"))

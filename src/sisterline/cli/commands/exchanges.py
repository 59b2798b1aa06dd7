"""`sisterline exchanges`."""

from typing import Annotated, cast

from sisterline.cli.commands import language_of, load_selection, write_report
from sisterline.cli.options import Asked, option, shared
from sisterline.reports.exchanges import SUM_BYS, SumBy, exchanges_report

PANEL = "Exchanges"


@shared("exchanges")
def command(
    asked: Asked,
    by: Annotated[str, option("--by", "Sum by", PANEL, "WHAT", words=SUM_BYS)] = "category",
    records: Annotated[bool, option("--records", "Tell the records behind the sums.", PANEL)] = False,
) -> None:
    """Sum counted exchanges, nothing twice and units never mixed.

    `sisterline exchanges --city Kobe --records`

    `sisterline exchanges --category students --by direction`

    `sisterline exchanges --by decade -o flows.csv`
    """
    dataset, selected = load_selection(asked)
    report = exchanges_report(
        dataset,
        selected,
        asked.today,
        by=cast("SumBy", by),
        records=records,
        language=language_of(asked, dataset),
        reverse=asked.reverse,
        limit=asked.limit,
    )
    write_report(asked, report, bool(report.matched))

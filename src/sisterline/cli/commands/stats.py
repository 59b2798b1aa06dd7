"""`sisterline stats`."""

from typing import Annotated, cast

from sisterline.cli.commands import language_of, load_selection, write_report
from sisterline.cli.options import Asked, option, shared
from sisterline.errors import UsageError
from sisterline.reports.stats import COUNT_BYS, CountBy, stats_report


@shared("stats")
def command(
    asked: Asked,
    by: Annotated[
        list[str] | None,
        option(
            "--by",
            "Count by one thing, or give it twice for a table of both",
            "Statistics",
            "WHAT",
            words=COUNT_BYS,
        ),
    ] = None,
) -> None:
    """Count partnerships and exchanges, beside official totals, and tell how complete the data is.

    `sisterline stats`

    `sisterline stats --by region --country China`

    `sisterline stats --by decade --by level`
    """
    if by and len(by) > 2:
        raise UsageError("--by: at most two things can be counted by at once")
    dataset, selected = load_selection(asked)
    asked_by = cast("tuple[CountBy, ...]", tuple(by or ()))
    report = stats_report(dataset, selected, asked.today, by=asked_by, language=language_of(asked, dataset))
    write_report(asked, report, bool(selected.partnerships))

"""`sisterline show`."""

from typing import Annotated

from sisterline.cli.arguments import decode_argument
from sisterline.cli.commands import (
    language_of,
    load_requested,
    notify_all,
    page_maker,
    step_of_anniversaries,
    write_report,
)
from sisterline.cli.options import EVERY, takes
from sisterline.cli.parameters import argument, option
from sisterline.cli.request import Request
from sisterline.query.places import find_partnership
from sisterline.query.selection import select_by_name
from sisterline.reports.show import show_report


@takes("show", places=False, rows=False)
def command(
    request: Request,
    names: Annotated[
        list[str],
        argument(
            help="A place in any script, the id of a partnership, or two places: Beihai-Yatsushiro.",
            metavar="NAME",
            complete="partnerships",
        ),
    ],
    every: Annotated[int | None, EVERY] = None,
    brief: Annotated[
        bool, option("--brief", help="A page to hand out: facts, main events, sums of exchanges.")
    ] = False,
) -> None:
    """Show everything about one place, country or partnership.

    \b
      sisterline show kobe
      sisterline show beihai-yatsushiro --brief -o beihai.md
      sisterline show 大连 --lang zh
    """
    dataset = load_requested(request)
    name = decode_argument(" ".join(names))
    partnership = find_partnership(dataset, name)
    named = select_by_name(dataset, name, partnership, request.selection)
    notify_all(named.selected)
    language = language_of(request, dataset)
    report = show_report(
        dataset,
        named,
        request.selection,
        request.today,
        language=language,
        every=step_of_anniversaries(request, every, "show"),
        brief=brief,
    )
    selected = named.selected
    opened = selected.partnerships[0].id if len(selected.partnerships) == 1 else ""
    others = {"page": page_maker(request, dataset, selected, language, opened=opened)}
    write_report(request, report, found=bool(report.partnerships), others=others)

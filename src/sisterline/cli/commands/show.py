"""`sisterline show`."""

from typing import Annotated

from sisterline.cli.arguments import decode_argument
from sisterline.cli.commands import language_of, load_requested, notify_all, page_maker, write_report
from sisterline.cli.options import takes
from sisterline.cli.parameters import argument, option
from sisterline.cli.request import Request
from sisterline.query.places import find_partnership
from sisterline.query.selection import select_by_name
from sisterline.reports.refs import DEFAULT_EVERY
from sisterline.reports.show import show_report


@takes("show", rows=False)
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
    every: Annotated[
        int,
        option("--every", help="Every Nth anniversary; 0 for none.", panel="Timeline", metavar="N", least=0),
    ] = DEFAULT_EVERY,
    brief: Annotated[
        bool, option("--brief", help="A page to hand out: facts, main events, sums of exchanges.")
    ] = False,
) -> None:
    """Show everything about one place or one partnership.

    \b
      sisterline show kobe
      sisterline show beihai-yatsushiro --brief -o beihai.md
      sisterline show 大连 --lang zh
    """
    dataset = load_requested(request)
    name = decode_argument(" ".join(names))
    partnership = find_partnership(dataset, name)
    places, selected = select_by_name(dataset, name, partnership, request.selection)
    notify_all(selected)
    language = language_of(request, dataset)
    report = show_report(
        dataset,
        places,
        selected,
        request.selection,
        request.today,
        language=language,
        every=every,
        brief=brief,
    )
    opened = selected.partnerships[0].id if len(selected.partnerships) == 1 else ""
    others = {"page": page_maker(request, dataset, selected, language, opened=opened)}
    write_report(request, report, found=bool(report.partnerships), others=others)

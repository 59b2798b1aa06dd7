"""`sisterline show`."""

from typing import Annotated

import typer

from sisterline.cli.arguments import decode_argument
from sisterline.cli.commands import load_dataset_of, notify_all, write_report
from sisterline.cli.options import Asked, completion, option, shared
from sisterline.query.places import find_partnership
from sisterline.query.selection import select_by_name
from sisterline.reports.show import show_report


@shared("show", rows=False)
def command(
    asked: Asked,
    names: Annotated[
        list[str],
        typer.Argument(
            help="A place in any script, a partnership's id, or two places: Beihai-Yatsushiro.",
            metavar="NAME",
            autocompletion=completion("partnerships"),
        ),
    ],
    every: Annotated[
        int, option("--every", "Tell each so-many-th anniversary; 0 for none.", "Timeline", "N", least=0)
    ] = 5,
) -> None:
    """Show all that is known of one place or one partnership.

    `sisterline show kobe`

    `sisterline show beihai-yatsushiro`

    `sisterline show 大连 --lang zh`
    """
    dataset = load_dataset_of(asked)
    name = decode_argument(" ".join(names))
    places, selected = select_by_name(dataset, name, find_partnership(dataset, name), asked.selection)
    notify_all(selected)
    report = show_report(
        dataset, places, selected, asked.selection, asked.today, language=asked.language, every=every
    )
    write_report(asked, report, bool(report.partnerships))

"""`sisterline show`."""

from typing import Annotated

import typer

from sisterline.commands import finish, language_of, read, tell
from sisterline.names import find_partnership
from sisterline.options import Asked, completion, option, shared
from sisterline.query import resolve
from sisterline.reports.show import show_report
from sisterline.words import typed


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
    dataset = read(asked)
    name = typed(" ".join(names))
    places, selected = resolve(dataset, name, find_partnership(dataset, name), asked.selection)
    tell(selected)
    report = show_report(
        dataset,
        places,
        selected,
        asked.selection,
        asked.today,
        language=language_of(asked, dataset),
        every=every,
    )
    finish(asked, report, bool(report.partnerships))

"""`sisterline sources`."""

from typing import Annotated, get_args

import typer

from sisterline.cli.arguments import decode_argument
from sisterline.cli.commands import language_of, load_selection, write_report
from sisterline.cli.options import Asked, completion, option, shared
from sisterline.model import SourceType
from sisterline.reports.sources import sources_report


@shared("sources", dated=False)
def command(
    asked: Asked,
    name: Annotated[
        str,
        typer.Argument(
            help="A source's id, or words of its title, publisher or address.",
            metavar="[NAME]",
            autocompletion=completion("sources"),
        ),
    ] = "",
    type_: Annotated[
        list[str] | None, option("--type", "Type", "Sources", "TYPE", words=get_args(SourceType))
    ] = None,
) -> None:
    """List the sources, and what one of them supports.

    `sisterline sources --city Beihai`

    `sisterline sources clair-1176`

    `sisterline sources --type official "Kobe City"`
    """
    dataset, selected = load_selection(asked)
    name = decode_argument(name)
    report = sources_report(
        dataset,
        selected,
        asked.today,
        name=name,
        types=tuple(type_ or ()),
        everything=not asked.words,
        language=language_of(asked, dataset),
        reverse=asked.reverse,
        limit=asked.limit,
    )
    words = [f"--type {each}" for each in type_ or ()] + ([name] if name else [])
    write_report(asked, report, bool(report.rows), " ".join(words))

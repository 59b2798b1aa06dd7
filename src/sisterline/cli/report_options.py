"""The options that depend on the report of a command: its formats, and the columns to sort its rows by."""

from collections.abc import Iterable
from typing import Annotated, Any

import typer

from sisterline.cli.help import OUTPUT
from sisterline.cli.parameters import choice, option
from sisterline.errors import choose_one_of, with_fix
from sisterline.formats import FORMATS, formats_for
from sisterline.reports.order import parse_sort
from sisterline.translation import gettext as _


def sort_option(columns: Iterable[str]) -> Any:
    """The annotated type of `--sort` for a report whose rows can be sorted by some columns."""
    known = tuple(dict.fromkeys(columns))
    check = choice(known, "column")

    def parse(value: str) -> str:
        for column in parse_sort([value]):
            check(column.name)
        return value

    kind = option(
        "--sort",
        "-s",
        help="Columns to sort by; -NAME is descending: -events,since.",
        topic=OUTPUT,
        metavar="NAMES",
        values=known,
        list_values=False,
        parser=parse,
    )
    return Annotated[list[str] | None, kind]


def format_option(report: str) -> Any:
    """The annotated type of `--format` for a report: one of the formats that can hold it."""
    able = formats_for(report)

    def parse(value: str) -> str:
        if value in FORMATS and value not in able:
            problem = _("{report} cannot be written as {format}").format(report=report, format=value)
            raise typer.BadParameter(with_fix(problem, choose_one_of(able)))
        return choice(able, "format")(value)

    kind = option("--format", "-f", help="Format", metavar="FORMAT", values=able, parser=parse)
    return Annotated[str | None, kind]

"""The options that commands share: each group is a Struct, each field an option.

A field has the flag, help, type and default of its option. `takes` gives a command the options of several
groups; the command receives their values as one `Request`.
"""

import functools
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from msgspec import Struct
from msgspec.structs import fields

from sisterline.cli.help import DATA, OUTPUT, SELECTION
from sisterline.cli.parameters import choice, option
from sisterline.cli.request import Request, request_of
from sisterline.formats import FORMATS, formats_for
from sisterline.model import Category, EventType, Kind, Level, Status

LANGUAGES = ("en", "zh", "ja")

Names = list[str] | None
Flag = bool

OUTPUT_FILE = option(
    "--output", "-o", help="File to write, or - for stdout; its extension decides the format.", panel=OUTPUT,
    metavar="FILE",
)  # fmt: skip
FORCE = option(
    "--force",
    help="Replace FILE even if its content is of another kind; never an input, a data file, a database that "
    "Sisterline did not write, or a read-only file.",
    panel=OUTPUT,
)
BOM = option(
    "--bom",
    help="Start CSV and TSV with a byte order mark, so that Excel reads them as UTF-8.",
    panel=OUTPUT,
)
TODAY = option("--today", help="Use this day as today.", panel=OUTPUT, metavar="DATE")


class SelectionOptions(Struct, frozen=True, kw_only=True):
    """Which partnerships."""

    city: Annotated[
        Names,
        option(
            "--city",
            help="Place on either side, by any name in any script, with or without 市 or -shi; repeatable.",
            panel=SELECTION,
            metavar="NAME",
            complete="places",
        ),
    ] = None
    region: Annotated[
        Names,
        option(
            "--region",
            help="Province or prefecture on either side; repeatable.",
            panel=SELECTION,
            metavar="NAME",
            complete="regions",
        ),
    ] = None
    country: Annotated[
        Names,
        option(
            "--country",
            help="Country on either side, by name or code; repeatable.",
            panel=SELECTION,
            metavar="NAME",
            complete="countries",
        ),
    ] = None
    level: Annotated[
        Names,
        option(
            "--level",
            help="Level on either side",
            panel=SELECTION,
            metavar="LEVEL",
            noun="level",
            values=get_args(Level),
        ),
    ] = None
    kind: Annotated[
        Names,
        option(
            "--kind",
            help="What the parties call the partnership",
            panel=SELECTION,
            metavar="KIND",
            noun="kind",
            values=get_args(Kind),
        ),
    ] = None
    status: Annotated[
        Names,
        option(
            "--status",
            help="Status of the partnership",
            panel=SELECTION,
            metavar="STATUS",
            noun="status",
            values=get_args(Status),
        ),
    ] = None
    founded: Annotated[
        str | None,
        option(
            "--founded",
            help="Founded in a range: 1973..1979, 1980s, 1996 or 1996-03.",
            panel=SELECTION,
            metavar="RANGE",
        ),
    ] = None
    text: Annotated[
        Names,
        option(
            "--text", help="Text in names, titles or notes; repeatable.", panel=SELECTION, metavar="WORDS"
        ),
    ] = None


class DatedOptions(Struct, frozen=True, kw_only=True):
    """Which events and exchanges of these partnerships."""

    from_: Annotated[
        str | None,
        option(
            "--from",
            help="Events and exchanges from this date on.",
            panel=SELECTION,
            metavar="DATE",
        ),
    ] = None
    to: Annotated[
        str | None,
        option(
            "--to",
            help="Events and exchanges up to and including this date.",
            panel=SELECTION,
            metavar="DATE",
        ),
    ] = None
    type_: Annotated[
        Names,
        option(
            "--type",
            help="Events of a type",
            panel=SELECTION,
            metavar="TYPE",
            noun="type",
            values=get_args(EventType),
        ),
    ] = None
    category: Annotated[
        Names,
        option(
            "--category",
            help="Exchanges of a category",
            panel=SELECTION,
            metavar="CATEGORY",
            noun="category",
            values=get_args(Category),
        ),
    ] = None


class OutputOptions(Struct, frozen=True, kw_only=True):
    """How a report is written, and where."""

    output: Annotated[str | None, OUTPUT_FILE] = None
    force: Annotated[Flag, FORCE] = False
    bom: Annotated[Flag, BOM] = False
    lang: Annotated[
        str | None,
        option(
            "--lang",
            help=f"Language of names and titles: {', '.join(LANGUAGES)} or another.",
            panel=OUTPUT,
            metavar="LANG",
        ),
    ] = None
    color: Annotated[
        str,
        option(
            "--color",
            help="When to use colours",
            panel=OUTPUT,
            metavar="WHEN",
            values=("auto", "always", "never"),
        ),
    ] = "auto"
    ascii_: Annotated[Flag, option("--ascii", help="Draw with ASCII characters only.", panel=OUTPUT)] = False
    today: Annotated[str | None, TODAY] = None


class RowOptions(Struct, frozen=True, kw_only=True):
    """Which rows and columns, and the order of rows."""

    columns: Annotated[
        str | None,
        option("--columns", help="Columns, separated by commas.", panel=OUTPUT, metavar="NAMES"),
    ] = None
    reverse: Annotated[Flag, option("--reverse", help="Reverse the order.", panel=OUTPUT)] = False
    limit: Annotated[
        int | None, option("--limit", help="At most N rows.", panel=OUTPUT, metavar="N", least=1)
    ] = None


class DataOptions(Struct, frozen=True, kw_only=True):
    """Which data is read."""

    data: Annotated[
        list[Path] | None,
        option(
            "--data",
            help="Your own YAML file or folder, or - for standard input, added to the bundled data; "
            "repeatable. SISTERLINE_DATA adds more.",
            panel=DATA,
            metavar="PATH",
        ),
    ] = None
    no_builtin: Annotated[Flag, option("--no-builtin", help="Do not read the bundled data.", panel=DATA)] = (
        False
    )


def format_option(report: str) -> Any:
    """The annotated type of `--format` for a report: one of the formats that can hold it."""
    able = formats_for(report)

    def parse(value: str) -> str:
        if value in FORMATS and value not in able:
            raise typer.BadParameter(
                f"{report} cannot be written as {value}; choose one of {', '.join(able)}"
            )
        return choice(able, "format")(value)

    def complete() -> list[str]:
        return able

    kind = typer.Option(
        "--format",
        "-f",
        help=f"Format: {', '.join(able)}.",
        rich_help_panel=OUTPUT,
        metavar="FORMAT",
        parser=parse,
        autocompletion=complete,
    )
    return Annotated[str | None, kind]


Command = Callable[..., None]


def takes(report: str, *, dated: bool = True, rows: bool = True) -> Callable[[Command], Command]:
    """Give a command the shared options, whose values it receives as a `Request`, its first argument.

    Typer reads options from the signature of a function, one for each parameter. So the command gets a
    signature of its own parameters and the fields of the groups.

    Args:
        report: the report that the command makes, which decides the formats.
        dated: whether the command has the options for events and exchanges.
        rows: whether the command has the options for rows and columns.
    """
    groups: list[type[Struct]] = [SelectionOptions]
    if dated:
        groups.append(DatedOptions)
    groups.append(OutputOptions)
    if rows:
        groups.append(RowOptions)
    groups.append(DataOptions)

    def decorate(command: Command) -> Command:
        parameters = [*_own_parameters(command), *_shared_parameters(report, groups)]

        @functools.wraps(command)
        def run(**values: Any) -> None:
            format_name = values.pop("format_")
            given: dict[type[Struct], Any] = {group: _taken(group, values) for group in groups}
            command(_request(given, format_name), **values)

        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return run

    return decorate


def _own_parameters(command: Command) -> list[inspect.Parameter]:
    """The parameters of a command except the first one, the request."""
    own = list(inspect.signature(command).parameters.values())[1:]
    hints = inspect.get_annotations(command, eval_str=True)
    return [parameter.replace(annotation=hints[parameter.name]) for parameter in own]


def _shared_parameters(report: str, groups: list[type[Struct]]) -> list[inspect.Parameter]:
    """One parameter for each field of the groups, and one for the format."""
    parameters = []
    for group in groups:
        if group is OutputOptions:
            parameters.append(_parameter("format_", format_option(report), None))
        parameters += [_parameter(field.name, field.type, field.default) for field in fields(group)]
    return parameters


def _parameter(name: str, annotation: Any, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _taken(group: type[Struct], values: dict[str, Any]) -> Struct:
    """The value of a group, whose fields are removed from `values`."""
    return group(**{field.name: values.pop(field.name) for field in fields(group)})


def _request(given: dict[type[Struct], Any], format_name: str | None) -> Request:
    return request_of(
        selection=given[SelectionOptions],
        dated=given.get(DatedOptions, DatedOptions()),
        output=given[OutputOptions],
        rows=given.get(RowOptions, RowOptions()),
        data=given[DataOptions],
        format_name=format_name,
    )

"""The options that commands share: each group is a Struct, each field an option.

A field has the flag, help, type and default of its option. `takes` gives a command the options of several
groups; the command receives their values as one `Request`.
"""

import functools
import inspect
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any, get_args

import typer
from msgspec import Struct
from msgspec.structs import fields, replace

from sisterline.cli.defaults import fill_in, given_arguments
from sisterline.cli.help import OUTPUT, SELECTION
from sisterline.cli.parameters import argument, option
from sisterline.cli.report_options import format_option, sort_option
from sisterline.cli.request import request_of
from sisterline.cli.settings import load_settings
from sisterline.formats.options import Color, Sources
from sisterline.vocabulary import Category, EventType, Kind, Level, Status

Names = list[str] | None
Flag = bool

_selection = functools.partial(option, topic=SELECTION)
_output = functools.partial(option, topic=OUTPUT)

OUTPUT_FILE = _output(
    "--output", "-o", help="File to write; its extension decides the format.", metavar="FILE"
)
FORCE = _output(
    "--force",
    help="Replace FILE whatever it contains; never an input, a data file or another program's database.",
)
BOM = _output("--bom", help="Start CSV and TSV with a byte order mark, for Excel.")
DATA_PATHS = _output(
    "--data",
    help="Your own YAML file or folder, or - for standard input, added to the bundled data.",
    metavar="PATH",
)
NO_BUILTIN = _output("--no-builtin", help="Do not read the bundled data.")
LANG = _output(
    "--lang", "-l", help="Language of words, names and titles: en, zh, ja or another.", metavar="LANG"
)
COLOR = _output("--color", help="Colours", metavar="WHEN", noun="value", values=get_args(Color))
ASCII_ONLY = _output("--ascii", help="Draw with ASCII characters only.")
TODAY = _output("--today", help="Use this day as today.", metavar="DATE")
PLACES = Annotated[
    Names,
    argument(
        help="Places on either side, by any name in any script.", metavar="[PLACE]...", complete="places"
    ),
]
EVERY = option("--every", help="Every Nth anniversary, 0 for none; by default as fits.", metavar="N", least=0)
NO_PAGER = _output("--no-pager", help="Do not page output that is longer than the screen.")


class SelectionOptions(Struct, frozen=True, kw_only=True):
    """Which partnerships."""

    city: Annotated[
        Names,
        _selection(
            "--city",
            help="Place on either side, by any name in any script.",
            metavar="NAME",
            complete="places",
        ),
    ] = None
    region: Annotated[
        Names,
        _selection(
            "--region", help="Province or prefecture on either side.", metavar="NAME", complete="regions"
        ),
    ] = None
    country: Annotated[
        Names,
        _selection(
            "--country", help="Country on either side, by name or code.", metavar="NAME", complete="countries"
        ),
    ] = None
    level: Annotated[
        Names,
        _selection(
            "--level", help="Level on either side", metavar="LEVEL", values=get_args(Level), words="level"
        ),
    ] = None
    kind: Annotated[
        Names,
        _selection(
            "--kind",
            help="What the parties call the partnership",
            metavar="KIND",
            values=get_args(Kind),
            words="kind",
        ),
    ] = None
    status: Annotated[
        Names,
        _selection(
            "--status",
            help="Status of the partnership",
            metavar="STATUS",
            values=get_args(Status),
            words="status",
        ),
    ] = None
    founded: Annotated[
        str | None,
        _selection("--founded", help="Founded in a range of dates, such as 1973..1979.", metavar="RANGE"),
    ] = None
    last_event: Annotated[
        str | None,
        _selection(
            "--last-event", help="Last event in a range; ..2015 includes pairs without any.", metavar="RANGE"
        ),
    ] = None
    text: Annotated[Names, _selection("--text", help="Text in names, titles or notes.", metavar="WORDS")] = (
        None
    )


class DatedOptions(Struct, frozen=True, kw_only=True):
    """Which events and exchanges of these partnerships."""

    from_: Annotated[
        str | None, _selection("--from", help="Events and exchanges from this date on.", metavar="DATE")
    ] = None
    to: Annotated[
        str | None,
        _selection("--to", help="Events and exchanges up to and including this date.", metavar="DATE"),
    ] = None
    type_: Annotated[
        Names,
        _selection(
            "--type",
            help="Events of a type that `sisterline help marks` lists.",
            metavar="TYPE",
            values=get_args(EventType),
            words="event type",
            list_values=False,
        ),
    ] = None
    category: Annotated[
        Names,
        _selection(
            "--category",
            help="Exchanges of a category",
            metavar="CATEGORY",
            values=get_args(Category),
            words="category",
        ),
    ] = None


class OutputOptions(Struct, frozen=True, kw_only=True):
    """How a report is written, and where."""

    output: Annotated[str | None, OUTPUT_FILE] = None
    force: Annotated[Flag, FORCE] = False
    bom: Annotated[Flag, BOM] = False
    lang: Annotated[str | None, LANG] = None
    color: Annotated[str, COLOR] = "auto"
    sources: Annotated[
        str | None,
        _output(
            "--sources",
            help="List sources full, short (on a terminal) or none.",
            metavar="HOW",
            noun="value",
            values=get_args(Sources),
            list_values=False,
        ),
    ] = None
    ascii_: Annotated[Flag, ASCII_ONLY] = False
    no_pager: Annotated[Flag, NO_PAGER] = False


class ScreenOptions(Struct, frozen=True, kw_only=True):
    """How a full screen is drawn: those of `OutputOptions` that are not about an output."""

    lang: Annotated[str | None, LANG] = None
    color: Annotated[str, COLOR] = "auto"
    ascii_: Annotated[Flag, ASCII_ONLY] = False


class RowOptions(Struct, frozen=True, kw_only=True):
    """Which rows and columns, and the order of rows."""

    columns: Annotated[
        str | None, _output("--columns", "-c", help="Columns, separated by commas.", metavar="NAMES")
    ] = None
    reverse: Annotated[Flag, _output("--reverse", help="Reverse the order.")] = False
    limit: Annotated[int | None, _output("--limit", "-n", help="At most N rows.", metavar="N", least=1)] = (
        None
    )


class DataOptions(Struct, frozen=True, kw_only=True):
    """Which data is read, and the day from which it is seen."""

    data: Annotated[list[Path] | None, DATA_PATHS] = None
    no_builtin: Annotated[Flag, NO_BUILTIN] = False
    today: Annotated[str | None, TODAY] = None


Command = Callable[..., None]
_ANYWHERE = inspect.Parameter.POSITIONAL_OR_KEYWORD
# Typer passes the context of the call to a parameter of this type.
_CONTEXT = inspect.Parameter("context", _ANYWHERE, annotation=typer.Context)
_PLACES = inspect.Parameter("places", _ANYWHERE, annotation=PLACES, default=None)


def takes(
    report: str | None,
    *,
    places: bool = True,
    dated: bool = True,
    rows: bool = True,
    sort: Iterable[str] = (),
    screen: bool = False,
) -> Callable[[Command], Command]:
    """Give a command the shared options, whose values it receives as a `Request`, its first argument.

    Typer reads options from the signature of a function, one for each parameter. So the command gets a
    signature of its own parameters and the fields of the groups.

    Args:
        report: the report that the command makes, which decides the formats; None for a command that
            writes no report.
        places: whether the arguments of the command are places.
        dated: whether the command has the options for events and exchanges.
        rows: whether the command has the options for rows and columns.
        screen: whether it has the options for a full screen.
        sort: the columns by which its rows can be sorted.
    """
    groups: list[type[Struct]] = [SelectionOptions]
    if dated:
        groups.append(DatedOptions)
    if report is not None:
        groups.append(OutputOptions)
    if screen:
        groups.append(ScreenOptions)
    if rows:
        groups.append(RowOptions)
    groups.append(DataOptions)

    def decorate(command: Command) -> Command:
        own = _own_parameters(command)
        if places:
            own.insert(0, _PLACES)
        parameters = [_CONTEXT, *own, *_shared_parameters(report, groups, sort)]

        @functools.wraps(command)
        def run(context: typer.Context, **values: Any) -> None:
            settings = load_settings()
            fill_in(settings, context, values)
            format_name = values.pop("format_", None)
            sort_columns = values.pop("sort", None)
            given: dict[type[Struct], Any] = {group: _taken(group, values) for group in groups}
            request = request_of(
                places=values.pop("places", None),
                selection=given[SelectionOptions],
                dated=given.get(DatedOptions, DatedOptions()),
                output=given.get(OutputOptions, _drawn(given)),
                rows=given.get(RowOptions, RowOptions()),
                data=given[DataOptions],
                format_name=format_name,
                sort=sort_columns,
                settings=settings,
                report=report or "",
            )
            command(replace(request, arguments=given_arguments(context)), **values)

        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return run

    return decorate


def _own_parameters(command: Command) -> list[inspect.Parameter]:
    """The parameters of a command except the first one, the request."""
    own = list(inspect.signature(command).parameters.values())[1:]
    hints = inspect.get_annotations(command, eval_str=True)
    return [parameter.replace(annotation=hints[parameter.name]) for parameter in own]


def _shared_parameters(
    report: str | None, groups: list[type[Struct]], sort: Iterable[str]
) -> list[inspect.Parameter]:
    """One parameter for each field of the groups, one for the format, and one to sort."""
    parameters = []
    for group in groups:
        if report is not None and group is OutputOptions:
            parameters.append(_parameter("format_", format_option(report), None))
        if sort and group is RowOptions:
            parameters.append(_parameter("sort", sort_option(sort), None))
        parameters += [_parameter(field.name, field.type, field.default) for field in fields(group)]
    return parameters


def _parameter(name: str, annotation: Any, default: object) -> inspect.Parameter:
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default)


def _taken(group: type[Struct], values: dict[str, Any]) -> Struct:
    """The value of a group, whose fields are removed from `values`."""
    return group(**{name: values.pop(name) for name in group.__struct_fields__})


def _drawn(given: dict[type[Struct], Any]) -> OutputOptions:
    """The options of a full screen as those of an output; the usual ones where the command has no screen."""
    screen = given.get(ScreenOptions, ScreenOptions())
    return OutputOptions(lang=screen.lang, color=screen.color, ascii_=screen.ascii_)

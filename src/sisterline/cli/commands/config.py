"""`sisterline config`."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

from sisterline.cli.commands import notify, paged
from sisterline.cli.defaults import option_value
from sisterline.cli.options import BOM, FORCE, LANG, NO_PAGER, OUTPUT_FILE, TODAY
from sisterline.cli.report_options import format_option
from sisterline.cli.request import parse_day
from sisterline.cli.settings import Origin, Setting, SettingsError, read_settings
from sisterline.cli.settings_keys import KEYS, Key
from sisterline.errors import Problem
from sisterline.formats import resolve_format, write
from sisterline.formats.output import Output
from sisterline.reading.files import display_path
from sisterline.reports.config import ConfigReport, SettingRow


def command(
    context: typer.Context,
    *,
    format_: format_option("config") = None,  # type: ignore[valid-type]
    output: Annotated[str | None, OUTPUT_FILE] = None,
    force: Annotated[bool, FORCE] = False,
    bom: Annotated[bool, BOM] = False,
    no_pager: Annotated[bool, NO_PAGER] = False,
    today: Annotated[str | None, TODAY] = None,
    lang: Annotated[str | None, LANG] = None,
) -> None:
    """Show your settings, and where each one is made.

    \b
      sisterline config
      sisterline config -f json
    """
    format_name = resolve_format(format_, output, "config")
    settings = read_settings()
    problems = [*settings.problems, *_problems_of(settings.check_data)]
    rows = []
    for key in KEYS.values():
        parameter = _parameter(context.parent, key)
        made = settings.made.get(key.name)
        if key.name == "pager":
            made = settings.pager()
        rows.append(_row(key, made, parameter))
        if made is not None and parameter is not None:
            problems += _problems_of(option_value, context, parameter, made)
    report = ConfigReport(
        today=parse_day(today).isoformat(),
        path=display_path(settings.path) if settings.path else "",
        exists=settings.exists,
        settings=tuple(rows),
        problems=tuple(sorted(problems)),
    )
    destination = Output(path=output, force=force, notify=notify)
    with paged(destination, settings.pager(wanted=not no_pager)):
        write(report, format_name, output=destination, options=settings.write_options(bom=bom))
    if problems:
        raise typer.Exit(1)


def _problems_of(check: Callable[..., object], *arguments: object) -> tuple[Problem, ...]:
    """The problems of settings that a check raises; none where they are valid."""
    try:
        check(*arguments)
    except SettingsError as error:
        return error.problems
    return ()


def _parameter(program: Any, key: Key) -> Any:
    """The option whose default a setting of one command is; None for a setting of all commands."""
    if not key.command:
        return None
    parameters = program.command.get_command(program, key.command).params
    return next(parameter for parameter in parameters if key.option in parameter.opts)


def _row(key: Key, made: Setting | None, parameter: Any) -> SettingRow:
    """A setting; one that is not made has the default of its option, or its own."""
    origin = Origin()
    value = key.default
    if made is not None:
        origin, value = made.origin, made.value
    elif parameter is not None and parameter.default is not None:
        value = (str(parameter.default),)
    shown: str | bool | tuple[str, ...] = value
    if not isinstance(value, bool) and key.kind != "paths":
        shown = ",".join(value)
    return SettingRow(
        name=key.name,
        value=shown,
        source=origin.source,
        place=origin.path,
        line=origin.line,
        column=origin.column,
        variable=key.variable,
    )

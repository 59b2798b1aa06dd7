"""Options that a command line leaves out, with the values of the user's settings."""

from typing import Any

import typer

from sisterline.cli.arguments import decode_argument
from sisterline.cli.help import long_flag
from sisterline.cli.settings import Setting, Settings, SettingsError


def fill_in(settings: Settings, context: Any, values: dict[str, Any]) -> None:
    """Replace the defaults of the options that are not on the command line.

    The default columns are left to `write_report`: they are for one format.

    Args:
        settings: the user's.
        context: of the call; it knows which options were given.
        values: of the parameters of the command, by their names.

    Raises:
        SettingsError: the option does not take the value of a setting.
    """
    if not settings.made:
        return
    parameters = {flag: parameter for parameter in context.command.params for flag in parameter.opts}
    for setting in settings.made.values():
        key = setting.key
        parameter = parameters.get(key.option)
        if parameter is None or key.command not in ("", context.info_name) or key.option == "--columns":
            continue
        rivals = [parameters[flag] for flag in (key.option, *key.unless) if flag in parameters]
        if not any(_is_given(context, rival) for rival in rivals):
            values[parameter.name] = option_value(context, parameter, setting)


def given_arguments(context: Any) -> tuple[tuple[str, str | None], ...]:
    """The options that are on the command line: the flag and the value of each; a flag alone has None."""
    arguments: list[tuple[str, str | None]] = []
    for parameter in context.command.params:
        if parameter.param_type_name != "option" or not _is_given(context, parameter):
            continue
        value, flag = context.params[parameter.name], long_flag(parameter)
        if isinstance(value, bool):
            arguments.append((flag, None))
            continue
        values = value if isinstance(value, list | tuple) else [value]
        arguments += [(flag, decode_argument(str(each))) for each in values]
    return tuple(arguments)


def _is_given(context: Any, parameter: Any) -> bool:
    source = context.get_parameter_source(parameter.name)
    return source is not None and source.name != "DEFAULT"


def option_value(context: Any, parameter: Any, setting: Setting) -> Any:
    """The value of a setting as its option has it.

    Raises:
        SettingsError: the option does not take it; with the place of the setting.
    """
    value: Any = setting.value
    if parameter.multiple:
        value = list(setting.texts)
    elif not isinstance(value, bool):
        value = setting.text
    try:
        return parameter.type_cast_value(context, value)
    except typer.BadParameter as error:
        raise SettingsError((setting.origin.problem(str(error.message)),)) from None

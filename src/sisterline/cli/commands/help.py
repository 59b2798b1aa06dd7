"""`sisterline help`."""

from typing import Annotated, Any, cast

import typer

from sisterline.cli.help import TOPICS, PlainGroup
from sisterline.cli.options import LANG
from sisterline.errors import UsageError, did_you_mean, with_fix
from sisterline.text.matching import closest_match
from sisterline.translation import gettext as _
from sisterline.translation import listed


def _complete(ctx: typer.Context) -> list[str]:
    return [*_program(ctx).summaries, *TOPICS]


def command(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="A command or a topic.", metavar="[NAME]", autocompletion=_complete)
    ] = "",
    lang: Annotated[str | None, LANG] = None,
) -> None:
    """Show help on a command or a topic.

    \b
      sisterline help
      sisterline help timeline
      sisterline help dates
    """
    program = _program(context)
    if not name:
        print(program.get_help(_outer(context)))
    elif name in TOPICS:
        from sisterline.cli.topics import topic_text

        print(topic_text(name))
    elif name in program.summaries:
        print(_help_of(name, context))
    else:
        hint = did_you_mean(closest_match(name, [*program.summaries, *TOPICS]))
        if not hint:
            hint = _("the topics are {list}; `sisterline help` lists the commands").format(
                list=listed(TOPICS)
            )
        raise UsageError(with_fix(_('unknown command or topic "{name}"').format(name=name), hint))


def _outer(context: typer.Context) -> typer.Context:
    """The context of the program, of which this command is one."""
    return cast("typer.Context", context.parent)


def _program(context: typer.Context) -> PlainGroup:
    return cast("PlainGroup", _outer(context).command)


def _help_of(name: str, context: typer.Context) -> str:
    """What `sisterline NAME --help` prints."""
    command: Any = _program(context).get_command(_outer(context), name)
    asked = command.make_context(name, [], parent=_outer(context), resilient_parsing=True)
    return str(command.get_help(asked))

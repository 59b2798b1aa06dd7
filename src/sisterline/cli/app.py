"""The command line: the commands, the exit statuses of the program, and messages about wrong usage."""

import errno
import importlib
import os
import sys
from functools import cache
from itertools import takewhile
from typing import Annotated, Any

import msgspec
import typer

from sisterline import DATA_VERSION, __version__
from sisterline.cli.arguments import decode_argument
from sisterline.cli.help import PlainCommand, PlainGroup, topic_of
from sisterline.cli.settings_place import exists
from sisterline.cli.streams import configure, settle_environment
from sisterline.cli.tongue import spoken_language
from sisterline.errors import (
    DataError,
    SisterlineError,
    UnknownName,
    UsageError,
    did_you_mean,
    said_of,
    with_fix,
)
from sisterline.translation import gettext as _
from sisterline.translation import marked, speaking

# The commands and their summaries, in the order of `--help`. Each is a module of `commands`, loaded when it
# is called: if `--help` loaded them all for the first lines of their docstrings, it would take longer than
# most commands. A test compares the summaries with these lines.
COMMANDS = {
    "list": marked("List partnerships, one per line."),
    "timeline": marked("Show events and anniversaries in date order."),
    "show": marked("Show everything about one place, country or partnership."),
    "stats": marked("Count partnerships and exchanges, next to official totals."),
    "anniversaries": marked("Show upcoming anniversaries, the soonest first."),
    "exchanges": marked("Sum counted exchanges, counting each flow once."),
    "sources": marked("List sources, and the facts that one of them supports."),
    "explore": marked("Explore everything on a full screen: search, chart, pages."),
    "export": marked("Export the data as a folder of tidy tables, for research."),
    "import": marked("Turn spreadsheets into a data file for review."),
    "check": marked("Check data files, and report each problem with its fix."),
    "diff": marked("Compare two versions of the data, record by record."),
    "config": marked("Show your settings, and where each one is made."),
    "init": marked("Create a data file with comments to start from."),
    "schema": marked("Print the JSON Schema of data files or of a report."),
    "help": marked("Show help on a command or a topic."),
}
_MODULES = {"import": "import_"}  # of commands whose name is a keyword of Python
_SHOW = "show"  # the command of a line that begins with a name: `sisterline Kobe`
_COMPLETE = "_SISTERLINE_COMPLETE"  # set by the completion scripts of shells
_SETTINGS = {"help_option_names": ["-h", "--help"]}


class _Commands(PlainGroup):
    """A group whose commands are loaded when they are called."""

    summaries = COMMANDS

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            name = _MODULES.get(cmd_name, cmd_name)
            module = importlib.import_module(f"sisterline.cli.commands.{name}")
            single = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_SETTINGS)
            single.command(cmd_name, cls=PlainCommand, short_help=COMMANDS[cmd_name])(module.command)
            self.commands[cmd_name] = typer.main.get_command(single)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command of a line; that of a line that begins with a name is `show`."""
        if _names_places(args):
            name, command, _ = super().resolve_command(ctx, [_SHOW, *args])
            return name, command, args
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:
        """The commands that begin as typed; places where none does."""
        found = super().shell_complete(ctx, incomplete)
        if found or not incomplete or incomplete.startswith("-"):
            return found
        parameters = self.get_command(ctx, "list").params
        places = next(parameter for parameter in parameters if parameter.name == "places")
        return places.shell_complete(ctx, incomplete)


app = typer.Typer(
    name="sisterline",
    cls=_Commands,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings=_SETTINGS,
    help="""Explore sister-city partnerships: what was founded when, what happened since, and who says so.
A place or a pair in place of a command is shown.

\b
  sisterline Beihai
  sisterline timeline Beihai
  sisterline list --founded 70s
  sisterline stats
  sisterline explore""",
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if wanted:
        print(f"sisterline {__version__}")
        print(_("data set {version}").format(version=DATA_VERSION))
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _sisterline(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version",
            "-V",
            callback=_version,
            is_eager=True,
            help="Show the versions of the program and of its data set, and exit.",
        ),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())


def run(arguments: list[str]) -> int:
    """Run the program and return its exit status.

    0 done, 1 expected failure, 2 wrong usage, 130 Ctrl-C. A pipe that its reader has closed is no failure and
    prints nothing. Unexpected exceptions are not caught.
    """
    settle_environment()
    try:
        with speaking(spoken_language(arguments)):
            return _run(arguments)
    finally:
        exists.cache_clear()


def _run(arguments: list[str]) -> int:
    try:
        configure()
        status = _call(arguments)
        sys.stdout.flush()
    except typer.TyperException as error:
        return _report_usage_error(error, arguments)
    except DataError as error:
        _say(str(error))
        _say(_("`sisterline check` with the same files shows every problem"))
        return error.exit_code
    except UnknownName as error:
        if _names_places(arguments) and _begins_with(arguments, error.name):
            return _report_unknown_word(error, arguments[0])
        _say(str(error))
        return error.exit_code
    except SisterlineError as error:
        _say(str(error))
        return error.exit_code
    except msgspec.DecodeError:  # its checksum is right, but Sisterline did not write it
        _say(
            _(
                "the cache has data that Sisterline did not write; empty its folder, "
                "or set SISTERLINE_NO_CACHE=1"
            )
        )
        return 1
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except OSError as error:
        if error.errno != errno.EPIPE:
            _say(_("cannot write: {reason}").format(reason=error.strerror or error))
            _silence_stdout()
            return 1
        _silence_stdout()
        return 0
    except SystemExit:
        _silence_stdout()  # Rich and Typer exit so when the reader has closed the pipe
        return 0
    if isinstance(status, int):
        return status
    return 0


@cache
def _program() -> Any:
    """The commands as Typer reads them, built once in a process: tests make thousands of calls in one."""
    return typer.main.get_command(app)


def _call(arguments: list[str]) -> object:
    """Let Typer run a command, or answer a shell that completes a line."""

    def program(words: list[str]) -> object:
        return _program()(words, prog_name="sisterline", standalone_mode=False)

    if _COMPLETE in os.environ or arguments[:1] == ["--install-completion"]:
        from sisterline.cli import shells

        if _COMPLETE in os.environ:
            return shells.answer(program)
        if shells.install(program, arguments[1:]):
            return 0
    return program(arguments)


def _names_places(arguments: list[str]) -> bool:
    """Whether a command line begins with a name instead of a command or an option."""
    return bool(arguments) and arguments[0] not in COMMANDS and not arguments[0].startswith("-")


def _begins_with(arguments: list[str], name: str) -> bool:
    """Whether a name is all words of a command line before its first option."""
    words = list(takewhile(_is_no_option, map(decode_argument, arguments)))
    return " ".join(words) == name


def _is_no_option(word: str) -> bool:
    return not word.startswith("-")


def _silence_stdout() -> None:
    """Discard further output: Python would report the error again when it flushes the stream at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report_usage_error(error: Any, arguments: list[str]) -> int:
    """Report wrong usage in one line, with the help that describes the right one.

    Args:
        error: an error of Typer; one about a value has its parameter.
        arguments: the command line.
    """
    if _names_places(arguments) and (meant := _mistyped_command(arguments[0])):
        message = with_fix(_('unknown command "{word}"').format(word=arguments[0]), did_you_mean(meant))
        _say(_("{message} (see {command})").format(message=message, command="sisterline --help"))
        return int(error.exit_code)
    message = " ".join(_usage_message(error, arguments).split()).rstrip(".")
    described = " ".join(["sisterline", *_command_of(arguments), "--help"])
    if topic := topic_of(getattr(error, "param", None)):
        described = f"sisterline help {topic}"
    _say(_("{message} (see {command})").format(message=message, command=described))
    return int(error.exit_code)


def _report_unknown_word(error: UnknownName, word: str) -> int:
    """Report a line that begins with neither a command nor a name, and return the exit status of wrong usage.

    Args:
        error: about the name.
        word: the first of the line.
    """
    from sisterline.cli.intents import meant_word

    meant = meant_word(word, list(COMMANDS), error.suggestion)
    hint = did_you_mean(meant) or _("`sisterline --help` lists the commands")
    _say(with_fix(_('"{name}" is neither a command nor a place').format(name=error.name), hint))
    return UsageError.exit_code


def _mistyped_command(word: str) -> str:
    """The command that somebody probably meant by a word that is no place; empty if it is one."""
    from sisterline.cli.complete import data_of
    from sisterline.cli.intents import meant_commands
    from sisterline.query.places import matching_places

    meant = meant_commands(word, list(COMMANDS))
    if meant and matching_places(data_of(()), decode_argument(word)):
        return ""
    return meant


def _command_of(arguments: list[str]) -> list[str]:
    """The name of the command in a command line, if it has one; only options that exit come before it."""
    if _names_places(arguments):
        return [_SHOW]
    return [word for word in arguments[:1] if word in COMMANDS]


def _usage_message(error: Any, arguments: list[str]) -> str:
    """What is wrong, after the name of the option or argument whose value is not valid."""
    message = str(error.message)
    if name := getattr(error, "option_name", ""):
        return with_fix(_of_typer(message), _meant_instead(error, name, arguments))
    parameter = getattr(error, "param", None)
    if not message or parameter is None:
        return _of_typer(str(error.format_message()))
    name = parameter.human_readable_name.strip("[].")
    if parameter.param_type_name == "option":
        name = parameter.opts[0]
    return said_of(name, message)


def _meant_instead(error: Any, name: str, arguments: list[str]) -> str:
    """The option that was probably meant by one that does not exist."""
    if not hasattr(error, "possibilities") or error.ctx is None:
        return ""
    from sisterline.cli.intents import command_with, meant_option

    if not name.startswith("--"):  # -json is read as -j -s -o -n
        name = next((word for word in arguments if word.startswith(name)), name)
    if hint := did_you_mean(meant_option(name, error.ctx)):
        return hint
    command = command_with(name, error.ctx.find_root(), COMMANDS)
    if command and error.ctx.parent is None:
        return _("write it after the command or the place")
    if command:
        return _("{command} has it").format(command=command)
    return ""


def _of_typer(sentence: str) -> str:
    """A sentence of Typer's in the language of the program, without a capital and a full stop."""
    from sisterline.cli.typer_words import translated

    plain = sentence.rstrip(".")
    return translated(plain[:1].lower() + plain[1:])


def _say(text: str) -> None:
    """Print one line on standard error; what it imports is needed only where something is wrong."""
    from sisterline.cli.commands import notify

    notify(text)

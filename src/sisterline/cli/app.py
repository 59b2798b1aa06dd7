"""The command line: which commands there are, how the program ends, and what a wrong call gets."""

import errno
import importlib
import os
import sys
from typing import Annotated, Any, cast

import msgspec
import typer

from sisterline import __version__
from sisterline.cli.help import GroupedCommand, PlainGroup
from sisterline.cli.streams import configure, settle_environment
from sisterline.errors import DataError, SisterlineError
from sisterline.text.matching import closest_match

# In the order of `--help`. Each is a module of `commands`, loaded when it is called.
COMMANDS = (
    "list", "timeline", "show", "stats", "anniversaries", "exchanges", "sources", "check", "init", "schema",
)  # fmt: skip
# Typer has no public name for the base of its usage errors (0.27, 0.28): it is the base of this one.
_UsageError = cast("type[Exception]", typer.BadParameter.__bases__[0])
_ALL_COMMANDS = f"choose one of {', '.join(COMMANDS)}"
_COMPLETE = "_SISTERLINE_COMPLETE"  # set where a shell asks what to complete
_SETTINGS = {"help_option_names": ["-h", "--help"]}


class _Commands(PlainGroup):
    """A group whose commands are made when they are asked for."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        if cmd_name not in self.commands:
            module = importlib.import_module(f"sisterline.cli.commands.{cmd_name}")
            single = typer.Typer(add_completion=False, rich_markup_mode=None, context_settings=_SETTINGS)
            single.command(cmd_name, cls=GroupedCommand)(module.command)
            self.commands[cmd_name] = typer.main.get_command(single)
        return self.commands[cmd_name]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            hint = closest_match(args[0], COMMANDS, "did you mean {}?")
            ctx.fail(f'unknown command "{args[0]}"; {hint or _ALL_COMMANDS}')
        return super().resolve_command(ctx, args)


app = typer.Typer(
    name="sisterline",
    cls=_Commands,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings=_SETTINGS,
    help="""Explore sister-city partnerships: what was founded when, what happened since, and who says so.

\b
  sisterline list
  sisterline timeline --city Beihai
  sisterline show kobe
  sisterline stats""",
)


def _version(wanted: bool) -> None:  # noqa: FBT001 - Typer calls it so
    if wanted:
        print(f"sisterline {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _sisterline(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        print(context.get_help())


def run(arguments: list[str]) -> int:
    """Run the program and return its exit status.

    0 done, 1 an expected failure, 2 wrong usage, 130 Ctrl-C. A reader that closes the pipe ends it quietly.
    """
    settle_environment()
    try:
        configure()
        status = _call(arguments)
        sys.stdout.flush()
    except _UsageError as error:
        return _report_usage_error(error)
    except DataError as error:
        _say(str(error))
        _say("`sisterline check` with the same files shows all problems")
        return error.exit_code
    except SisterlineError as error:
        _say(str(error))
        return error.exit_code
    except msgspec.DecodeError:  # its checksum is right, and yet it is not data: somebody wrote it there
        _say("the cache holds what sisterline did not write; empty its folder, or set SISTERLINE_NO_CACHE=1")
        return 1
    except (KeyboardInterrupt, typer.Abort):
        return 130
    except OSError as error:
        if error.errno != errno.EPIPE:
            _say(f"cannot write: {error.strerror or error}")
            _silence_stdout()
            return 1
        _silence_stdout()
        return 0
    except SystemExit:
        _silence_stdout()  # the reader has what it wanted: Rich and Typer leave by SystemExit then
        return 0
    return status if isinstance(status, int) else 0


def _call(arguments: list[str]) -> object:
    """Let Typer run a command, or answer a shell that completes a line."""

    def program(words: list[str]) -> object:
        return app(words, prog_name="sisterline", standalone_mode=False)

    if _COMPLETE in os.environ or arguments[:1] == ["--install-completion"]:
        from sisterline.cli import shells

        if _COMPLETE in os.environ:
            return shells.answer(program)
        if shells.install(program, arguments[1:]):
            return 0
    return program(arguments)


def _silence_stdout() -> None:
    """Let standard output lead nowhere: Python would report the error again when it flushes it at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _report_usage_error(error: Any) -> int:
    """Report wrong usage in one line, with the command that shows the help."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "sisterline"
    message = " ".join(error.format_message().split()).rstrip(".")
    if possible := getattr(error, "possibilities", None):
        message = f"{error.message.rstrip('.')}; did you mean {possible[0]}?"
    _say(f"{message[:1].lower()}{message[1:]} (see {command} --help)")
    return 2


def _say(text: str) -> None:
    from sisterline.cli.commands import notify

    notify(text)

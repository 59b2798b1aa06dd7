"""The help of commands as plain text, each on one screen: names are never broken at their hyphens.

Typer draws help with Rich's Markdown, whose import takes as long as most commands. This module fills in the
methods that Typer's classes offer for it, `format_options` and `format_commands`.

The help of a command describes what the command has of its own and names the options that commands share;
`topics.py` describes those.
"""

import inspect
import shutil
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from typer.core import TyperCommand, TyperGroup

from sisterline.cli.streams import ERROR_HANDLER
from sisterline.text.cells import pad, width, wrap
from sisterline.translation import gettext as _
from sisterline.translation import marked

# What `sisterline help TOPIC` shows; the texts are in topics.py, which loads all shared options.
TOPICS = {
    "selection": marked("Options that choose partnerships, events and exchanges."),
    "output": marked("Options for formats, files, rows, colours and data."),
    "dates": marked("How to write dates and ranges."),
    "marks": marked("What the marks of a timeline and a chart mean."),
}
SELECTION, OUTPUT = "selection", "output"  # the topics of the options that commands share

NARROWEST, WIDEST = 20, 120  # cells of a line of help
_INDENT = 2  # cells before the rows of a section
_GAP = 2  # cells between a term and its description
_LEAST_ROOM = 24  # cells of a description; where there are fewer it gets lines of its own

Row = tuple[str, str]  # a term and its description


class PlainGroup(TyperGroup):
    """A group of commands that lists them without loading any.

    Attributes:
        summaries: the names of the commands, each with its description in one line.
    """

    summaries: Mapping[str, str] = {}

    def get_help(self, ctx: Any) -> str:
        """The help as one text, as wide as the terminal."""
        ctx.terminal_width = help_width()
        return encodable(super().get_help(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how a call looks."""
        _write_usage(self, ctx, formatter)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write what the program is for, and examples."""
        _write_help_text(self.help, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options of the program, its commands and the topics of `sisterline help`."""
        rows = [help_row(parameter, ctx) for parameter in self.get_params(ctx)]
        _write_section(formatter, _("Options"), [row for row in rows if row is not None])
        self.format_commands(ctx, formatter)
        _write_section(formatter, _("Topics (sisterline help TOPIC)"), _in_words(TOPICS))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write one line for each command."""
        _write_section(formatter, _("Commands (sisterline COMMAND --help)"), _in_words(self.summaries))


class PlainCommand(TyperCommand):
    """A command whose help describes its own options and names those that commands share."""

    def get_help(self, ctx: Any) -> str:
        """The help as one text, as wide as the terminal."""
        ctx.terminal_width = help_width()
        return encodable(super().get_help(ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write how a call looks."""
        _write_usage(self, ctx, formatter)

    def format_help_text(self, ctx: Any, formatter: Any) -> None:
        """Write what the command is for, and examples."""
        _write_help_text(self.help, formatter)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the command's own options, then the names of the shared ones by their topics."""
        if rows := own_rows(self, ctx):
            _write_section(formatter, _("Arguments and options"), rows)
        if shared := _shared_rows(self.get_params(ctx)):
            _write_section(formatter, _("Shared options and topics (sisterline help TOPIC)"), shared)


def topic_of(parameter: Any) -> str:
    """The topic that describes a parameter; empty for one that only one command has."""
    panel = getattr(parameter, "rich_help_panel", None)
    return panel if panel in TOPICS else ""


def own_rows(command: Any, context: Any) -> list[Row]:
    """The arguments and options that only this command has, except --help."""
    rows = []
    for parameter in command.get_params(context):
        row = help_row(parameter, context)
        if row is not None and not topic_of(parameter) and parameter.name != "help":
            rows.append(row)
    return rows


def _shared_rows(parameters: Iterable[Any]) -> list[Row]:
    """The options that a command shares with others, by topic, and what else has a topic."""
    flags: dict[str, list[str]] = {}
    for parameter in parameters:
        if topic := topic_of(parameter):
            flags.setdefault(topic, []).append(long_flag(parameter))
    rows = [(topic, ", ".join(names)) for topic, names in flags.items()]
    if SELECTION in flags:
        rows.append(("dates", _("How to write dates and ranges; marks: what the marks mean.")))
    return rows


def help_row(parameter: Any, context: Any) -> Row | None:
    """A parameter, and what it is for in the language of the program; None for a hidden one."""
    from sisterline.cli.parameters import help_words
    from sisterline.cli.typer_words import translated

    record = parameter.get_help_record(context)
    if record is None:
        return None
    term, description = record
    help: str = parameter.help or ""
    if not description.startswith(help):
        return term, description
    added = description.removeprefix(help).strip()  # [default: since]
    words = translated(help) if parameter.name == "help" else help_words(help)
    return term, f"{words} {translated(added)}".strip()


def _in_words(summaries: Mapping[str, str]) -> list[Row]:
    return [(name, _(summary)) for name, summary in summaries.items()]


def long_flag(parameter: Any) -> str:
    """The name of an option that its documentation uses: --output, not -o."""
    flags: list[str] = [flag for flag in parameter.opts if flag.startswith("--")]
    return flags[0]


def help_width() -> int:
    """The cells of a line of help: those of the terminal, also where Typer would take 50 at least."""
    return max(NARROWEST, min(shutil.get_terminal_size().columns, WIDEST))


def encodable(text: str) -> str:
    """A text with only what standard output can encode: Typer would write UTF-8 to a stream of ASCII."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, errors=ERROR_HANDLER).decode(encoding)


def _write_usage(command: Any, context: Any, formatter: Any) -> None:
    pieces = " ".join(command.collect_usage_pieces(context))
    formatter.write_usage(context.command_path, pieces, prefix=_("Usage: "))


def _write_help_text(help: str | None, formatter: Any) -> None:
    """Write paragraphs, of which those that begin with a backspace are examples, line by line."""
    if not help:  # as without docstrings (python -OO)
        return
    for paragraph in inspect.cleandoc(help).split("\n\n"):
        lines = paragraph.splitlines()
        if lines[0] == "\b":
            lines = lines[1:]
        else:
            summary = " ".join(lines)
            lines = wrap(_(summary), formatter.width - _INDENT)
        formatter.write("\n")
        for line in lines:
            formatter.write(f"{'':{_INDENT}}{line}\n")


def _write_section(formatter: Any, title: str, rows: list[Row]) -> None:
    lines = wrap(_("{title}:").format(title=title), formatter.width)
    lines += [f"{'':{_INDENT}}{line}" for line in definition_lines(rows, formatter.width - _INDENT)]
    formatter.write("\n")
    for line in lines:
        formatter.write(f"{line}\n")


def definition_lines(rows: list[Row], cells: int) -> list[str]:
    """Terms and their descriptions in two columns of at most `cells` together.

    Where the second column would be too narrow, each description is below its term. Lines break at spaces
    only (and between Chinese or Japanese characters), so that a value with hyphens can be copied.
    """
    column = max(width(term) for term, _ in rows) + _GAP
    if cells - column < _LEAST_ROOM:
        return _stacked_lines(rows, cells)
    lines = []
    for term, description in rows:
        first, *others = wrap(description, cells - column)
        lines.append(f"{pad(term, column)}{first}")
        lines += [f"{'':{column}}{line}" for line in others]
    return lines


def _stacked_lines(rows: list[Row], cells: int) -> list[str]:
    lines = []
    for term, description in rows:
        lines += wrap(term, cells)
        lines += [f"{'':{_GAP}}{line}" for line in wrap(description, cells - _GAP)]
    return lines

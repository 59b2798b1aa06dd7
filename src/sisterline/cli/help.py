"""The help of commands as plain text, each on one screen: names are never broken at their hyphens.

Typer draws help with Rich's Markdown, whose import takes as long as most commands. This module fills in the
methods that Typer's classes offer for it, `format_options` and `format_commands`.

The help of a command describes what the command has of its own and names the options that commands share;
`topics.py` describes those.
"""

import shutil
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from typer.core import TyperCommand, TyperGroup

from sisterline.cli.streams import ERROR_HANDLER
from sisterline.text.cells import pad, width, wrap

# What `sisterline help TOPIC` shows; the texts are in topics.py, which loads all shared options.
TOPICS = {
    "selection": "Options that choose partnerships, events and exchanges.",
    "output": "Options for formats, files, rows, colours and data.",
    "dates": "How to write dates and ranges.",
    "marks": "What the marks of a timeline and a chart mean.",
}
SELECTION, OUTPUT = "selection", "output"  # panels of the options that commands share: the names of topics

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
        _fit_terminal(ctx)
        return encodable(super().get_help(ctx))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options of the program, its commands and the topics of `sisterline help`."""
        rows = [parameter.get_help_record(ctx) for parameter in self.get_params(ctx)]
        _write_section(formatter, "Options", [row for row in rows if row is not None])
        self.format_commands(ctx, formatter)
        _write_section(formatter, "Topics (sisterline help TOPIC)", list(TOPICS.items()))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write one line for each command."""
        _write_section(formatter, "Commands (sisterline COMMAND --help)", list(self.summaries.items()))


class PlainCommand(TyperCommand):
    """A command whose help describes its own options and names those that commands share."""

    def get_help(self, ctx: Any) -> str:
        """The help as one text, as wide as the terminal."""
        _fit_terminal(ctx)
        return encodable(super().get_help(ctx))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the command's own options, then the names of the shared ones by their topics."""
        if rows := own_rows(self, ctx):
            _write_section(formatter, "Arguments and options", rows)
        if shared := _shared_rows(self.get_params(ctx)):
            _write_section(formatter, "Shared options and topics (sisterline help TOPIC)", shared)


def topic_of(parameter: Any) -> str:
    """The topic that describes a parameter; empty for one that only one command has."""
    panel = getattr(parameter, "rich_help_panel", None)
    return panel if panel in TOPICS else ""


def own_rows(command: Any, context: Any) -> list[Row]:
    """The arguments and options that only this command has, except --help."""
    rows = []
    for parameter in command.get_params(context):
        row = parameter.get_help_record(context)
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
        rows.append(("dates", "How to write dates and ranges; marks: what the marks mean."))
    return rows


def long_flag(parameter: Any) -> str:
    """The name of an option that its documentation uses: --output, not -o."""
    flags: list[str] = [flag for flag in parameter.opts if flag.startswith("--")]
    return flags[0]


def _fit_terminal(context: Any) -> None:
    """Give the help the width of the terminal: the default is never narrower than 50 cells."""
    columns = shutil.get_terminal_size().columns
    context.terminal_width = max(NARROWEST, min(columns, WIDEST))


def encodable(text: str) -> str:
    """A text with only what standard output can encode: Typer would write UTF-8 to a stream of ASCII."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, errors=ERROR_HANDLER).decode(encoding)


def _write_section(formatter: Any, title: str, rows: list[Row]) -> None:
    lines = wrap(f"{title}:", formatter.width)
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

"""The help of commands as plain text: options in sections, names never broken at their hyphens.

Typer draws help with Rich's Markdown, whose import takes as long as most commands. This module fills in the
methods that Typer's classes offer for it, `format_options` and `format_commands`.
"""

import shutil
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from typer.core import TyperCommand, TyperGroup

from sisterline.cli.streams import ERROR_HANDLER
from sisterline.text.cells import pad, width, wrap

SELECTION, OUTPUT, DATA = "Selection", "Output", "Data"  # the sections that commands share, in this order
ARGUMENTS, OPTIONS = "Arguments", "Options"
_LAST = (SELECTION, OUTPUT, DATA, OPTIONS)  # what a command has of its own comes before

NARROWEST, WIDEST = 20, 120  # cells of a line of help
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
        return _encodable(super().get_help(ctx))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the options of the program, then its commands."""
        _write_sections(formatter, _sections(self.get_params(ctx), ctx))
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write one line for each command."""
        _write_sections(formatter, {"Commands": list(self.summaries.items())})


class PlainCommand(TyperCommand):
    """A command whose options are listed in sections, by their `rich_help_panel`."""

    def get_help(self, ctx: Any) -> str:
        """The help as one text, as wide as the terminal."""
        _fit_terminal(ctx)
        return _encodable(super().get_help(ctx))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, the command's own options, then those that commands share."""
        _write_sections(formatter, _sections(self.get_params(ctx), ctx))


def _fit_terminal(context: Any) -> None:
    """Give the help the width of the terminal: the default is never narrower than 50 cells."""
    columns = shutil.get_terminal_size().columns
    context.terminal_width = max(NARROWEST, min(columns, WIDEST))


def _encodable(text: str) -> str:
    """A text with only what standard output can encode: Typer would write UTF-8 to a stream of ASCII."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, errors=ERROR_HANDLER).decode(encoding)


def _sections(parameters: Iterable[Any], context: Any) -> dict[str, list[Row]]:
    """The parameters of a command by the name of their section, in the order to be written."""
    sections: dict[str, list[Row]] = {}
    for parameter in parameters:
        row = parameter.get_help_record(context)
        if row is not None:
            sections.setdefault(_section_of(parameter), []).append(row)
    own = [name for name in sections if name not in _LAST]
    shared = [name for name in _LAST if name in sections]
    return {name: sections[name] for name in (*own, *shared)}


def _section_of(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return ARGUMENTS
    return getattr(parameter, "rich_help_panel", None) or OPTIONS


def _write_sections(formatter: Any, sections: Mapping[str, list[Row]]) -> None:
    for name, rows in sections.items():
        with formatter.section(name):
            for line in definition_lines(rows, formatter.width - formatter.current_indent):
                formatter.write(f"{'':{formatter.current_indent}}{line}\n")


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

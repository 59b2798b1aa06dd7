"""The help of a command as plain text, its options under the names of their groups.

Typer's own help in groups is drawn by Rich's Markdown, whose import takes as long as most commands.
"""

import shutil
import sys
from typing import Any

from typer.core import TyperCommand, TyperGroup

from sisterline.cli.streams import ERROR_HANDLER

OTHER = "Other"
NARROWEST, WIDEST = 20, 120  # cells of a line of help


def encodable(text: str) -> str:
    """A text with only what standard output can encode: Typer would write UTF-8 to a stream of ASCII."""
    encoding = sys.stdout.encoding or "utf-8"
    return text.encode(encoding, errors=ERROR_HANDLER).decode(encoding)


def fit_terminal(context: Any) -> None:
    """Give the help the width of the terminal: the default is never narrower than 50 cells."""
    columns = shutil.get_terminal_size().columns
    context.terminal_width = max(NARROWEST, min(columns, WIDEST))


class PlainGroup(TyperGroup):
    """A group of commands whose help any standard output can show."""

    def get_help(self, ctx: Any) -> str:
        """The help as one text."""
        fit_terminal(ctx)
        return encodable(super().get_help(ctx))


class GroupedCommand(TyperCommand):
    """A command whose help lists its options by `rich_help_panel`."""

    def get_help(self, ctx: Any) -> str:
        """The help as one text."""
        fit_terminal(ctx)
        return encodable(super().get_help(ctx))

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then each group of options in the order of its first one."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            record = parameter.get_help_record(ctx)
            if record is None:
                continue
            default = "Arguments" if parameter.param_type_name == "argument" else OTHER
            name = getattr(parameter, "rich_help_panel", None) or default
            groups.setdefault(name, []).append(record)
        if OTHER in groups:
            groups[OTHER] = groups.pop(OTHER)  # last
        for name, records in groups.items():
            with formatter.section(name):
                formatter.write_dl(records)

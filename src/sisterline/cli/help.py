"""The help of a command as plain text, its options under the names of their groups.

Typer's own help in groups is drawn by Rich's Markdown, whose import takes as long as most commands.
"""

from typing import Any

from typer.core import TyperCommand

OTHER = "Other"


class GroupedCommand(TyperCommand):
    """A command whose help lists its options by `rich_help_panel`."""

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

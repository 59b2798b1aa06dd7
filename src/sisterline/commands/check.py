"""`sisterline check`."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from sisterline.commands import say
from sisterline.errors import Problem
from sisterline.files import bundled
from sisterline.load import survey
from sisterline.options import OUTPUT, TODAY, format_option, option, parse_day
from sisterline.progress import bar
from sisterline.reading.yaml_events import loader_is_fast
from sisterline.render import pick_format, write
from sisterline.reports.check import check_report


def command(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Files and folders; the bundled data where none is named.", metavar="[PATH]..."),
    ] = None,
    warnings: Annotated[bool, option("--warnings", "Tell what is legal but doubtful too.", "Check")] = False,
    with_builtin: Annotated[
        bool, option("--with-builtin", "Read the bundled data too, which the files may extend.", "Check")
    ] = False,
    format_: format_option("check") = None,  # type: ignore[valid-type]
    output: OUTPUT = None,
    today: TODAY = None,
) -> None:
    """Check data files, and tell every problem with its place and its mend.

    `sisterline check my-pairs.yaml`

    `sisterline check --with-builtin my-visits.yaml`

    `sisterline check --warnings -f github`
    """
    format_name = pick_format(format_, output, "check")
    read = [bundled(), *(paths or [])] if with_builtin or not paths else paths
    with bar() as progress:
        dataset, problems, where, yaml_warnings = survey(read, progress)
    report = check_report(
        dataset,
        problems,
        where,
        parse_day(today),
        warnings=warnings,
        yaml_warnings=yaml_warnings,
        excerpt=_excerpt(problems),
        silent=str(bundled()) if with_builtin else "",
    )
    write(report, format_name, output=output)
    if not loader_is_fast():
        say("read about ten times as slowly as usual: PyYAML was installed without its C library libyaml")
    if problems:
        raise typer.Exit(1)


def _excerpt(problems: Sequence[Problem]) -> str:
    """The line of the only problem; empty where there are more, or it cannot be had."""
    if len(problems) != 1 or not problems[0].line:
        return ""
    try:
        # As Problem counts lines: the separators of Unicode do not end one.
        lines = re.split(r"\r\n|\n|\r", Path(problems[0].path).read_bytes().decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        return ""
    return lines[problems[0].line - 1] if problems[0].line <= len(lines) else ""

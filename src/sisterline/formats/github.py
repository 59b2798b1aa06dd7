"""Workflow commands of GitHub Actions: problems as errors, doubts as warnings, at their lines."""

from typing import TYPE_CHECKING, cast

from sisterline.text.escape import printable

if TYPE_CHECKING:
    from msgspec import Struct

    from sisterline.errors import Problem
    from sisterline.reports.check import CheckReport


def text(report: "Struct") -> str:
    """The commands, one a line."""
    checked = cast("CheckReport", report)
    lines = [_command("error", problem) for problem in checked.problems]
    lines += [_command("warning", doubt) for doubt in checked.warnings]
    return "".join(f"{line}\n" for line in lines)


def _command(level: str, problem: "Problem") -> str:
    place = {"file": problem.path, "line": str(problem.line), "col": str(problem.column)}
    if not problem.line:
        place = {"file": problem.path}
    properties = ",".join(f"{key}={_escape(value, ':,')}" for key, value in place.items())
    message = f"{problem.message}; {problem.hint}" if problem.hint else problem.message
    return f"::{level} {properties}::{_escape(message)}"


def _escape(value: str, more: str = "") -> str:
    """Percent-escapes, as the runner's toolkit makes them (actions/toolkit, command.ts)."""
    value = printable(value)
    for char in f"%\r\n{more}":
        value = value.replace(char, f"%{ord(char):02X}")
    return value

"""Workflow commands of GitHub Actions: problems as errors, warnings as warnings, at their lines."""

from typing import IO, TYPE_CHECKING

from sisterline.errors import with_fix
from sisterline.formats.options import WriteOptions, write_text
from sisterline.text.escape import printable

if TYPE_CHECKING:
    from sisterline.errors import Problem
    from sisterline.reports.check import CheckReport


def write(report: "CheckReport", out: IO[str], _: WriteOptions) -> str:
    """Write the commands."""
    return write_text(out, text(report))


def text(report: "CheckReport") -> str:
    """The commands, one per line."""
    lines = [_command("error", problem) for problem in report.problems]
    lines += [_command("warning", warning) for warning in report.warnings]
    return "".join(f"{line}\n" for line in lines)


def _command(level: str, problem: "Problem") -> str:
    place = {"file": problem.path, "line": str(problem.line), "col": str(problem.column)}
    if not problem.line:
        place = {"file": problem.path}
    properties = ",".join(f"{key}={_escape(value, ':,')}" for key, value in place.items())
    message = with_fix(problem.message, problem.hint)
    return f"::{level} {properties}::{_escape(message)}"


def _escape(value: str, more: str = "") -> str:
    """Percent-escapes, as the runner's toolkit makes them (actions/toolkit, command.ts)."""
    value = printable(value)
    for char in f"%\r\n{more}":
        value = value.replace(char, f"%{ord(char):02X}")
    return value

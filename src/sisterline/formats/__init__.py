"""Writers: a report in a format, to standard output or a file; picked by name or by extension."""

from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from sisterline.errors import UsageError
from sisterline.formats.output import Output, open_output, output_path
from sisterline.formats.terminal.console import supports_unicode

if TYPE_CHECKING:
    from msgspec import Struct

    from sisterline.formats.terminal.console import Color


_STDOUT = Output()


class Format(NamedTuple):
    """A format by the extensions of its files and the reports that it can hold; all where none is named."""

    suffixes: tuple[str, ...]
    reports: tuple[str, ...] = ()


FORMATS: dict[str, Format] = {
    "table": Format((".txt",)),
    "json": Format((".json",)),
    "csv": Format((".csv",)),
    "tsv": Format((".tsv", ".tab")),
    "markdown": Format((".md", ".markdown")),
    "ics": Format((".ics",), ("timeline", "anniversaries")),
    "sqlite": Format((".sqlite", ".db"), ("list", "archive")),
    "github": Format((), ("check",)),
}


def pick_format(name: str | None, output: str | None, report: str) -> str:
    """The format of a name, else of the output's extension, else a table, for a report.

    Raises:
        UsageError: there is no such format, the extension says nothing, or it cannot hold the report.
    """
    able = [each for each, format_ in FORMATS.items() if not format_.reports or report in format_.reports]
    if name is None and output not in (None, "-"):
        suffix = Path(str(output)).suffix.lower()
        name = next((each for each, format_ in FORMATS.items() if suffix in format_.suffixes), None)
        if name is None:
            known = ", ".join(suffix for each in able for suffix in FORMATS[each].suffixes)
            hint = f"use one of {known}, or add --format"
            raise UsageError(f'--output: the extension of "{output}" names no format; {hint}')
    name = name or "table"
    if name not in able:
        raise UsageError(f"{report} cannot be written as {name}; choose one of {', '.join(able)}")
    return name


def write(
    report: "Struct",
    format_name: str,
    *,
    output: Output = _STDOUT,
    columns: tuple[str, ...] = (),
    color: "Color" = "auto",
    ascii_only: bool = False,
    bom: bool = False,
) -> str:
    """Write a report; what the format cannot hold of it is told in a line, empty where it holds all.

    Args:
        report: any report that the format can hold.
        format_name: one of FORMATS.
        output: where to; a file is written whole or not at all.
        columns: which of the columns, and in what order; all where none is named.
        color: when there are colours.
        ascii_only: draw with ASCII only.
        bom: begin CSV and TSV with a byte order mark (U+FEFF as UTF-8), by which Excel knows UTF-8.

    Raises:
        UsageError: the format has no columns to choose, none of that name, or no byte order mark.
        SisterlineError: the file must not be replaced, or cannot be written.
    """
    if columns and format_name not in ("table", "csv", "tsv", "markdown"):
        raise UsageError(f"--columns chooses columns of table, csv, tsv and markdown; {format_name} has none")
    if bom and format_name not in ("csv", "tsv"):
        raise UsageError(f"--bom is for csv and tsv; {format_name} has no byte order mark")
    if format_name == "sqlite":
        _database(report, output)
        return ""
    with open_output(output, format_name) as out:
        if format_name == "table":
            _table(report, out, columns, color, ascii_only)
            return ""
        if format_name == "ics" and isinstance(out, TextIOWrapper):
            # A calendar is UTF-8 with CRLF, whatever the locale (RFC 5545, 3.1 and 3.1.4).
            out.reconfigure(encoding="utf-8", newline="")
        if bom:
            if isinstance(out, TextIOWrapper):
                out.reconfigure(encoding="utf-8")  # what the mark says
            out.write("\ufeff")
        text = _text(report, format_name, columns, supports_unicode(out))
        out.write(text)
        untold = _encoding_loss(text, out)
    if format_name == "ics":
        from sisterline.formats import ical

        return ical.omitted_note(report)
    if not untold and format_name in ("csv", "tsv"):
        from sisterline.formats import delimited

        return delimited.omitted_note(report, format_name)
    return untold


def _encoding_loss(text: str, out: IO[str]) -> str:
    """Word that a stream cannot hold all of a text, empty where it can: data must not be lost unsaid."""
    encoding = getattr(out, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return f"not all characters can be written as {encoding}: -o FILE writes UTF-8"
    return ""


def _text(report: "Struct", format_name: str, columns: tuple[str, ...], unicode: bool) -> str:
    if format_name == "json":
        from sisterline.formats import json

        return json.text(report, ascii_only=not unicode)
    if format_name == "ics":
        from sisterline.formats import ical

        return ical.text(report)
    if format_name == "github":
        from sisterline.formats import github

        return github.text(report)
    if format_name == "markdown":
        from sisterline.formats import markdown

        return markdown.text(report, columns)
    from sisterline.formats import delimited

    return delimited.text(report, columns, tabs=format_name == "tsv")


def _table(
    report: "Struct", out: IO[str], columns: tuple[str, ...], color: "Color", ascii_only: bool
) -> None:
    from sisterline.formats.terminal import page as terminal
    from sisterline.formats.terminal.console import print_lines, viewport_of

    view = viewport_of(out, ascii_only=ascii_only)
    lines = terminal.chosen(report, columns, view) if columns else terminal.lines(report, view)
    print_lines(lines, out, color)


def _database(report: "Struct", output: Output) -> None:
    from sisterline.formats import sqlite

    if output.is_stdout:
        raise UsageError("sqlite is a file of its own: name it with --output pairs.sqlite")
    with output_path(output, "sqlite") as temporary:
        sqlite.write(report, temporary)

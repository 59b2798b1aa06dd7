"""The formats: what each can hold, and one writer for all of them.

A format is a row of `FORMATS` and a module, which is loaded when it writes. The module has
`write(report, out, options)`, which returns a note about what the format cannot hold, or, if the format is a
file of its own, `write(report, path, options)`.
"""

from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sisterline.errors import UsageError, choose_one_of, with_fix
from sisterline.formats.options import FileKind, WriteOptions
from sisterline.formats.output import Output, open_output, output_path
from sisterline.translation import gettext as _
from sisterline.translation import listed, listed_and

if TYPE_CHECKING:
    from sisterline.reports.base import Report

_STDOUT = Output()
_PLAIN = WriteOptions()


class Format(Struct, frozen=True, kw_only=True):
    """A format.

    Attributes:
        module: the module that writes it, in this package.
        suffixes: of its files.
        reports: the names of the reports that it can hold; all where none is named.
        for_people: whether it is a text that people read as it is, so that it need not be complete.
        takes_columns: whether it has columns to choose.
        takes_bom: whether it can begin with a byte order mark (U+FEFF).
        utf8: whether it is UTF-8 whatever the encoding of the stream.
        own_file: whether it has to be a file of its own.
        holds: the name of the report that it holds of every call, whose command makes it in addition; empty
            for a format that holds the report of the command.
        for_programs: whether programs read it, so that the locale must not matter.
        kind: of its files, by which an earlier output is known from somebody else's file.
    """

    module: str
    suffixes: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    for_people: bool = False
    takes_columns: bool = False
    takes_bom: bool = False
    utf8: bool = False
    own_file: bool = False
    holds: str = ""
    for_programs: bool = False
    kind: FileKind = "text"

    def can_hold(self, report: str) -> bool:
        """Whether it can hold a report of a name."""
        return not self.reports or report in self.reports


FORMATS: dict[str, Format] = {
    "table": Format(module="terminal.page", suffixes=(".txt",), for_people=True, takes_columns=True),
    "json": Format(module="json", suffixes=(".json",), for_programs=True, kind="json"),
    "csv": Format(
        module="delimited", suffixes=(".csv",), takes_columns=True, takes_bom=True, for_programs=True
    ),
    "tsv": Format(
        module="delimited", suffixes=(".tsv", ".tab"), takes_columns=True, takes_bom=True, for_programs=True
    ),
    "markdown": Format(module="markdown", suffixes=(".md", ".markdown"), for_people=True, takes_columns=True),
    # RFC 5545, 3.1.4: UTF-8 with CRLF, whatever the locale.
    "ics": Format(
        module="ical",
        suffixes=(".ics",),
        reports=("timeline", "anniversaries"),
        utf8=True,
        kind="calendar",
    ),
    "sqlite": Format(
        module="sqlite",
        suffixes=(".sqlite", ".db"),
        reports=("list", "archive"),
        own_file=True,
        holds="archive",
        for_programs=True,
        kind="database",
    ),
    "xlsx": Format(module="xlsx", suffixes=(".xlsx",), takes_columns=True, own_file=True, kind="workbook"),
    "html": Format(
        module="html.writer",
        suffixes=(".html", ".htm"),
        reports=("list", "timeline", "chart", "show", "stats", "anniversaries", "page"),
        utf8=True,
        holds="page",
        kind="page",
    ),
    "geojson": Format(
        module="geojson", suffixes=(".geojson",), reports=("list",), for_programs=True, kind="json"
    ),
    "github": Format(module="github", reports=("check",)),
}


def formats_for(report: str) -> list[str]:
    """The names of the formats that can hold a report."""
    return [name for name, form in FORMATS.items() if form.can_hold(report)]


def resolve_format(name: str | None, output: str | None, report: str) -> str:
    """The format of a name, else of the output's extension, else a table.

    Args:
        name: as it was typed; None where none was.
        output: the file to write; None or "-" for standard output.
        report: the name of the report to hold.

    Raises:
        UsageError: the extension belongs to no format, or the format cannot hold the report.
    """
    able = formats_for(report)
    if name is None and output is not None and output != "-":
        name = _by_suffix(output, able)
    name = name or "table"
    if name not in able:
        problem = _("{report} cannot be written as {format}").format(report=report, format=name)
        raise UsageError(with_fix(problem, choose_one_of(able)))
    return name


def is_for_programs(name: str | None, output: str | None) -> bool:
    """Whether programs read what is written, by the name of a format, else by the extension of a file."""
    if name is not None:
        return name in FORMATS and FORMATS[name].for_programs
    suffix = Path(output or "").suffix.lower()
    return any(suffix in form.suffixes for form in FORMATS.values() if form.for_programs)


def _by_suffix(output: str, able: list[str]) -> str:
    suffix = Path(output).suffix.lower()
    for name, form in FORMATS.items():
        if suffix in form.suffixes:
            return name
    known = listed(suffix for name in able for suffix in FORMATS[name].suffixes)
    problem = _('--output: the extension of "{file}" belongs to no format').format(file=output)
    raise UsageError(with_fix(problem, _("use one of {list}, or add --format").format(list=known)))


def write(
    report: "Report",
    format_name: str,
    *,
    output: Output = _STDOUT,
    options: WriteOptions = _PLAIN,
) -> str:
    """Write a report.

    Args:
        report: any report that the format can hold.
        format_name: one of FORMATS.
        output: where to; a file is written whole or not at all.
        options: how.

    Returns:
        A note about what the format cannot hold of the report; empty where it holds everything.

    Raises:
        UsageError: the format has no columns to choose, none of that name, or no byte order mark.
        SisterlineError: the file must not be replaced, or cannot be written.
    """
    form = FORMATS[format_name]
    _refuse_unusable(format_name, options)
    options = replace(options, format=format_name)
    module = import_module(f"sisterline.formats.{form.module}")
    if form.own_file:
        if output.is_stdout:
            message = _("{format} is a file of its own: name it with {example}")
            example = f"--output pairs{form.suffixes[0]}"
            raise UsageError(message.format(format=format_name, example=example))
        with output_path(output, form.kind, form.suffixes[0]) as temporary:
            own_note: str = module.write(report, temporary, options)
        return own_note
    with open_output(output, form.kind) as out:
        if isinstance(out, TextIOWrapper):
            if form.utf8:
                out.reconfigure(encoding="utf-8", newline="")
            if options.bom:
                out.reconfigure(encoding="utf-8")  # what the mark says
        if options.bom:
            out.write("\ufeff")
        note: str = module.write(report, out, options)
    return note


def _refuse_unusable(format_name: str, options: WriteOptions) -> None:
    form = FORMATS[format_name]
    if options.columns and not form.takes_columns:
        message = _("--columns chooses columns of {list}; {format} has none")
        able = listed(name for name, each in FORMATS.items() if each.takes_columns)
        raise UsageError(message.format(list=able, format=format_name))
    if options.bom and not form.takes_bom:
        message = _("--bom is for {list}; {format} has no byte order mark")
        able = listed_and(name for name, each in FORMATS.items() if each.takes_bom)
        raise UsageError(message.format(list=able, format=format_name))

"""Writers: a report in a format, to standard output or a file; picked by name or by extension."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from sisterline.errors import SisterlineError, UsageError
from sisterline.formats.terminal.console import supports_unicode

if TYPE_CHECKING:
    from msgspec import Struct

    from sisterline.formats.terminal.console import Color


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
    output: str | None = None,
    columns: tuple[str, ...] = (),
    color: "Color" = "auto",
    ascii_only: bool = False,
) -> str:
    """Write a report; what the format cannot hold of it is told in a line, empty where it holds all.

    A file is made whole or not at all: it is written beside its place and then moved there.

    Raises:
        UsageError: the format has no columns to choose, or none of that name.
        SisterlineError: the file cannot be written.
    """
    if columns and format_name not in ("table", "csv", "tsv", "markdown"):
        raise UsageError(f"--columns chooses columns of table, csv, tsv and markdown; {format_name} has none")
    if format_name == "sqlite":
        _database(report, output)
        return ""
    with open_output(output) as out:
        if format_name == "table":
            _table(report, out, columns, color, ascii_only)
            return ""
        if format_name == "ics" and isinstance(out, TextIOWrapper):
            # A calendar is UTF-8 with CRLF, whatever the locale (RFC 5545, 3.1 and 3.1.4).
            out.reconfigure(encoding="utf-8", newline="")
        text = _text(report, format_name, columns, supports_unicode(out))
        out.write(text)
        untold = _encoding_loss(text, out)
    if format_name == "ics":
        from sisterline.formats import ical

        return ical.omitted_note(report)
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


def _database(report: "Struct", output: str | None) -> None:
    from sisterline.formats import sqlite

    if output is None or output == "-":
        raise UsageError("sqlite is a file of its own: name it with --output pairs.sqlite")
    with atomic_path(Path(output)) as temporary:
        sqlite.write(report, temporary)


@contextmanager
def open_output(output: str | None) -> Iterator[IO[str]]:
    """Standard output, or a file that appears under its name only when all of it is there."""
    if output is None or output == "-":
        yield sys.stdout
        return
    with atomic_path(Path(output)) as temporary, temporary.open("w", encoding="utf-8", newline="") as out:
        yield out


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """A file beside the one that is wanted, which takes its place once it is whole.

    Raises:
        SisterlineError: one of the two cannot be written.
    """
    import tempfile

    temporary: Path | None = None
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        if path.exists() and not path.is_file():
            yield path  # a device or a pipe, such as /dev/stdout: written to, never replaced
            return
        path = path.resolve()  # a link stays, what it leads to is replaced
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        temporary = Path(name)
        yield temporary
        # mkstemp makes a file for its owner only; a new file should have the usual rights.
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)
        temporary.replace(path)
        temporary = None
    except OSError as error:
        raise SisterlineError(f"cannot write {path}: {error.strerror or error}") from None
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)

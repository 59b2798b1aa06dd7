"""Writers: a report in a format, to standard output or a file; picked by name or by extension."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sisterline.errors import SisterlineError, UsageError
from sisterline.words import nearest

if TYPE_CHECKING:
    from msgspec import Struct

    from sisterline.render.canvas import Color

# Each format with the extensions of the files that hold it.
FORMATS: dict[str, tuple[str, ...]] = {
    "table": (".txt",),
    "json": (".json",),
    "csv": (".csv",),
    "tsv": (".tsv", ".tab"),
    "markdown": (".md", ".markdown"),
}


def pick_format(name: str | None, output: str | None) -> str:
    """The format of a name, else of the output's extension, else a table.

    Raises:
        UsageError: there is no such format, or the extension says nothing.
    """
    if name is not None:
        if name in FORMATS:
            return name
        hint = nearest(name, FORMATS, "did you mean {}?") or f"choose one of {', '.join(FORMATS)}"
        raise UsageError(f'no format is called "{name}"; {hint}')
    if output is None or output == "-":
        return "table"
    suffix = Path(output).suffix.lower()
    for format_name, suffixes in FORMATS.items():
        if suffix in suffixes:
            return format_name
    known = ", ".join(suffix for suffixes in FORMATS.values() for suffix in suffixes)
    raise UsageError(
        f'--output: the extension of "{output}" names no format; use one of {known}, or add --format'
    )


def write(
    report: "Struct",
    format_name: str,
    *,
    output: str | None = None,
    columns: tuple[str, ...] = (),
    color: "Color" = "auto",
    ascii_only: bool = False,
) -> None:
    """Write a report.

    A file is made whole or not at all: it is written beside its place and then moved there.

    Raises:
        UsageError: the format has no columns to choose, or none of that name.
        SisterlineError: the file cannot be written.
    """
    if columns and format_name == "json":
        raise UsageError("--columns chooses columns of table, csv, tsv and markdown; json has all fields")
    with _opened(output) as out:
        if format_name == "table":
            _table(report, out, columns, color, ascii_only)
        else:
            out.write(_text(report, format_name, columns))


def _text(report: "Struct", format_name: str, columns: tuple[str, ...]) -> str:
    if format_name == "json":
        from sisterline.render import json

        return json.text(report)
    if format_name == "markdown":
        from sisterline.render import markdown

        return markdown.text(report, columns)
    from sisterline.render import delimited

    return delimited.text(report, columns, tabs=format_name == "tsv")


def _table(
    report: "Struct", out: IO[str], columns: tuple[str, ...], color: "Color", ascii_only: bool
) -> None:
    from sisterline.render import terminal
    from sisterline.render.canvas import print_lines, view_of

    view = view_of(out, ascii_only=ascii_only)
    lines = terminal.chosen(report, columns, view) if columns else terminal.lines(report, view)
    print_lines(lines, out, color)


@contextmanager
def _opened(output: str | None) -> Iterator[IO[str]]:
    """Standard output, or a file that appears under its name only when all of it is there."""
    if output is None or output == "-":
        yield sys.stdout
        return
    path = Path(output)
    temporary: str | None = None
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as out:
            yield out
        # mkstemp makes a file for its owner only; a new file should have the usual rights.
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)  # noqa: PTH101
        os.replace(temporary, path)  # noqa: PTH105
        temporary = None
    except OSError as error:
        raise SisterlineError(f"cannot write {output}: {error.strerror or error}") from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)

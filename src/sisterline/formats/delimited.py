"""CSV (RFC 4180) and TSV: the main table of a report under a line of column names.

TSV (IANA, text/tab-separated-values) has no quotes, but spreadsheets, pandas, R and Python's excel-tab
dialect take a cell that begins with a quote for a quoted one, and read on over tabs and lines until the
next quote. Such a cell, and no other, is quoted as in CSV.
"""

import csv
import io
import re
from typing import IO, TYPE_CHECKING

from sisterline.formats.options import WriteOptions, write_text
from sisterline.text.escape import printable
from sisterline.translation import gettext as _
from sisterline.translation import listed, speaking
from sisterline.views import view_of
from sisterline.views.blocks import Cell
from sisterline.views.labels import SHEET, label
from sisterline.views.style import UNICODE

if TYPE_CHECKING:
    from sisterline.reports.base import Report

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection), with full-width signs too
# in Chinese and Japanese ones. Where lists are separated by semicolons it opens a CSV file in other cells
# than were written. An apostrophe before the sign keeps it text.
_BEGINNING = re.compile(r"[\s\"]*[=+\-@＝＋－＠]")
_AFTER_SEMICOLON = re.compile(r";[\s\"]*(?=[=+\-@＝＋－＠])")


def write(report: "Report", out: IO[str], options: WriteOptions) -> str:
    """Write the main table of a report; the note names the tables that are left out."""
    tabs = options.format == "tsv"
    note = write_text(out, text(report, options.columns, tabs=tabs))
    return note or omitted_note(report, options.format)


def text(report: "Report", columns: tuple[str, ...] = (), *, tabs: bool = False) -> str:
    """The main table of a report.

    Args:
        report: any report.
        columns: which of them and in what order; all where none is named.
        tabs: TSV, whose cells can hold neither tabs nor line breaks, instead of CSV.

    Raises:
        UsageError: a column has no such name.
    """
    with speaking("en"):  # programs read it
        table = view_of(report, UNICODE).main
        chosen = table.select(columns)
        readers = [column.reader() for column in chosen]
        rows = [[cell(column.name) for column in chosen]]
        rows += [[cell(read(row)) for read in readers] for row in table.rows]
    if tabs:
        return "".join("\t".join(map(_quoted, row)) + "\n" for row in rows)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def omitted_note(report: "Report", format_name: str) -> str:
    """Which tables of a report are left out; empty where none is.

    Not the sources: a column names them, and `sources` writes them as a table of their own.
    """
    view = view_of(report, UNICODE)
    names = listed(label(SHEET, table.name) for table in view.tables if table.rows)
    if not names:
        return ""
    message = _("{format} holds one table, {table}; -f json and -f markdown also hold {others}")
    return message.format(format=format_name, table=label(SHEET, view.main.name), others=names)


def _quoted(cell: str) -> str:
    if not cell.startswith('"'):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def cell(value: Cell) -> str:
    """A value as the text of a cell, which no spreadsheet takes for a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = printable(value or "")
    if ";" in text:
        text = _AFTER_SEMICOLON.sub(r"\g<0>'", text)
    return f"'{text}" if _BEGINNING.match(text) else text

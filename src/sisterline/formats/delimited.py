"""CSV (RFC 4180) and TSV: the main grid of a report under a line of column names.

TSV (IANA, text/tab-separated-values) has no quotes, but spreadsheets, pandas, R and Python's excel-tab
dialect take a cell that begins with a quote for a quoted one, and read on over tabs and lines until the
next quote. Such a cell, and no other, is quoted as in CSV.
"""

import csv
import io
import re
from typing import TYPE_CHECKING

from sisterline.formats.grids import Cell, grids
from sisterline.text.escape import printable

if TYPE_CHECKING:
    from msgspec import Struct

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection), with full-width signs too
# in Chinese and Japanese ones. Where lists are separated by semicolons it opens a CSV file in other cells
# than were written. An apostrophe before the sign keeps it text.
_BEGINNING = re.compile(r"[\s\"]*[=+\-@＝＋－＠]")
_AFTER_SEMICOLON = re.compile(r";[\s\"]*(?=[=+\-@＝＋－＠])")


def text(report: "Struct", columns: tuple[str, ...] = (), *, tabs: bool = False) -> str:
    """The main grid of a report.

    Args:
        report: any report.
        columns: which of them and in what order; all where none is named.
        tabs: TSV, whose cells can hold neither tabs nor line breaks, instead of CSV.

    Raises:
        UsageError: a column has no such name.
    """
    grid = grids(report)[0].only(columns)
    rows = [[_cell(cell) for cell in row] for row in (grid.columns, *grid.rows)]
    if tabs:
        return "".join("\t".join(map(_quoted, row)) + "\n" for row in rows)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def omitted_note(report: "Struct", format_name: str) -> str:
    """What of a report is not in its main grid, in a line; empty where all is.

    Not the sources: a column names them, and `sources` writes them as a grid of their own.
    """
    first, *rest = grids(report)
    titles = ", ".join(grid.title for grid in rest if grid.rows and grid.title != "Sources")
    if not titles:
        return ""
    return f"{format_name} holds one table, {first.title}; -f json and -f markdown also hold {titles}"


def _quoted(cell: str) -> str:
    if not cell.startswith('"'):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def _cell(cell: Cell) -> str:
    if isinstance(cell, int):
        return str(cell)
    text = printable(cell or "")
    if ";" in text:
        text = _AFTER_SEMICOLON.sub(r"\g<0>'", text)
    return f"'{text}" if _BEGINNING.match(text) else text

"""CSV (RFC 4180) and TSV: the main grid of a report under a line of column names."""

import csv
import io
from typing import TYPE_CHECKING

from sisterline.render.grids import Cell, grids
from sisterline.render.text import visible

if TYPE_CHECKING:
    from msgspec import Struct

# A spreadsheet takes a cell that begins so for a formula (OWASP, CSV injection): an apostrophe before it
# keeps it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


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
    out = io.StringIO()
    writer = csv.writer(
        out,
        delimiter="\t" if tabs else ",",
        lineterminator="\n",
        quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL,
        quotechar=None if tabs else '"',
    )
    writer.writerow(grid.columns)
    writer.writerows([_cell(cell) for cell in row] for row in grid.rows)
    return out.getvalue()


def _cell(cell: Cell) -> str:
    if isinstance(cell, int):
        return str(cell)
    text = visible(cell or "")
    return f"'{text}" if text.startswith(_FORMULA) else text

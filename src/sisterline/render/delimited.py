"""CSV (RFC 4180) and TSV: the main grid of a report under a line of column names."""

import csv
import io
from typing import TYPE_CHECKING

from sisterline.render.grids import Cell, grids
from sisterline.words import visible

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
    rows = [list(grid.columns), *([_cell(cell) for cell in row] for row in grid.rows)]
    if tabs:
        return "".join("\t".join(row) + "\n" for row in rows)
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _cell(cell: Cell) -> str:
    if isinstance(cell, int):
        return str(cell)
    text = visible(cell or "")
    return f"'{text}" if text.startswith(_FORMULA) else text

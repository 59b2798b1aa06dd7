"""Markdown: the grids of a report as pipe tables (GitHub Flavored Markdown, 4.10)."""

import re
from typing import TYPE_CHECKING

from sisterline.formats.grids import Cell, Grid, grids
from sisterline.text.cells import pad, width
from sisterline.text.escape import printable

if TYPE_CHECKING:
    from msgspec import Struct

# Everything that Markdown or HTML gives a meaning inside a line, with the mathematics of GitHub and the
# braces of templates.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~#!&${}=^])")


def text(report: "Struct", columns: tuple[str, ...] = ()) -> str:
    """All grids of a report, each under its title; the columns asked for are those of the first.

    Raises:
        UsageError: a column has no such name.
    """
    first, *rest = grids(report)
    tables = [first.only(columns), *rest]
    if len(tables) == 1:
        return _table(tables[0])
    return "\n".join(f"## {grid.title}\n\n{_table(grid)}" for grid in tables)


def _table(grid: Grid) -> str:
    kept = [
        n for n in range(len(grid.columns)) if n == 0 or any(row[n] not in ("", None) for row in grid.rows)
    ]
    head = [_escape(grid.columns[n].replace("_", " ")) for n in kept]
    rows = [[_escape(row[n]) for n in kept] for row in grid.rows]
    numeric = [bool(grid.rows) and all(isinstance(row[n], int | None) for row in grid.rows) for n in kept]
    widths = [
        max(3, width(head[n]), *(width(row[n]) for row in rows)) if rows else max(3, width(head[n]))
        for n in range(len(kept))
    ]
    lines = [
        [pad(cell, widths[n], "right" if numeric[n] else "left") for n, cell in enumerate(row)]
        for row in (head, *rows)
    ]
    rule = [
        "-" * (size - 1) + ":" if right else "-" * size for size, right in zip(widths, numeric, strict=True)
    ]
    return "".join(f"| {' | '.join(line)} |\n" for line in (lines[0], rule, *lines[1:]))


def _escape(cell: Cell) -> str:
    if cell is None or isinstance(cell, int):
        return "" if cell is None else str(cell)
    text = printable(cell)
    if re.fullmatch(r"https?://\S+", text):
        return f"<{text.replace('|', '%7C').replace('<', '%3C').replace('>', '%3E')}>"
    return _SPECIAL.sub(r"\\\1", text)

"""Reports laid out for people: lines that fit a width, or have their natural width in a pipe."""

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, cast

from msgspec import Struct

from sisterline.formats.terminal.console import StyledLine, Viewport
from sisterline.formats.terminal.table import Column, table


def lines(report: Struct, view: Viewport) -> Iterator[StyledLine]:
    """The lines of a report, by the screen that has the report's name."""
    screen = import_module(f"sisterline.formats.terminal.screens.{report.__struct_config__.tag}")
    return cast("Iterator[StyledLine]", screen.lines(report, view))


def chosen(report: Struct, names: tuple[str, ...], view: Viewport) -> Iterator[StyledLine]:
    """The main grid of a report with the columns that were asked for.

    Raises:
        UsageError: a column has no such name.
    """
    from sisterline.formats.grids import grids

    grid = grids(report)[0].only(names)

    def cell(number: int) -> Callable[[tuple[Any, ...]], str]:
        return lambda row: "" if row[number] is None else str(row[number])

    columns = [
        Column(
            name.replace("_", " ").capitalize(),
            cell(number),
            align="right" if any(isinstance(row[number], int) for row in grid.rows) else "left",
        )
        for number, name in enumerate(grid.columns)
    ]
    return table(columns, grid.rows, view)

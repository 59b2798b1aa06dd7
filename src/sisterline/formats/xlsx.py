"""XLSX (ISO/IEC 29500, SpreadsheetML): a workbook with a sheet for each table of a report, and its sources.

A cell is a number, a truth value, a text or, where a text is an EDTF date that is known to the day, a real
date. Texts are written as texts: none of the data becomes a formula or a link.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sisterline.formats.options import WriteOptions
from sisterline.text.cells import width
from sisterline.text.escape import printable
from sisterline.translation import active_language
from sisterline.translation import gettext as _
from sisterline.views import view_of
from sisterline.views.blocks import Cell, Column, Footnotes, Table, View
from sisterline.views.labels import LANGUAGE_TAG, SHEET, column_key, label
from sisterline.views.style import UNICODE
from sisterline.views.words import data_words

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from sisterline.reports.base import Report

CREATOR = "Sisterline"
MAX_ROWS = 1_048_576  # of a sheet, with the line of column names
_WHOLE_SHEET = "A1:XFD1048576"
MAX_TEXT = 32_767  # characters in a cell
_MAX_NUMBER = 10**15 - 1  # spreadsheets keep 15 digits
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheets count a day that never was
_WIDEST = 60  # characters that a column is wide at most

_SOURCE_COLUMNS = (
    *(Column(name=name) for name in ("id", "title", "publisher", "url")),
    Column(name="language", codes=LANGUAGE_TAG),
    Column(name="type", codes="source type"),
)


def write(report: "Report", path: Path, options: WriteOptions) -> str:
    """Write a workbook; the note says what a sheet could not hold.

    The same report makes the same bytes: a workbook is dated by the `today` of its report.

    Raises:
        UsageError: a column has no such name.
        OSError: the file cannot be written.
    """
    from io import BytesIO

    from xlsxwriter import Workbook

    content = BytesIO()
    workbook = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # A workbook that nobody has changed since is known by these (`protection`).
    day = datetime.combine(date.fromisoformat(report.today), datetime.min.time())
    properties = {"title": report.name, "author": CREATOR, "created": day}
    if report.data is not None:
        properties["comments"] = printable(data_words(report.data))
    workbook.set_properties(properties)
    writer = _Writer(workbook)
    for table, columns in _sheets(view_of(report, UNICODE), options.columns):
        writer.add(table, columns)
    workbook.close()
    path.write_bytes(content.getvalue())
    return writer.note


def known_day(text: str) -> date | None:
    """The day of an EDTF date that is known to the day and that a spreadsheet can count; else None."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= _FIRST_DAY else None


def _sheets(view: View, chosen: tuple[str, ...]) -> Iterator[tuple[Table, Sequence[Column]]]:
    """The tables for programs with their columns, then the sources that they cite by id."""
    tables = [table for table in view.tables if table.rows]
    yield view.main, view.main.select(chosen)
    for table in tables:
        yield table, table.for_programs()
    if any(table.name == "sources" for table in (view.main, *tables)):
        return
    for block in view.blocks:
        if isinstance(block, Footnotes) and block.sources:
            yield Table(name="sources", columns=_SOURCE_COLUMNS, rows=block.sources), _SOURCE_COLUMNS


class _Writer:
    """Writes tables to the sheets of a workbook.

    Attributes:
        note: what a sheet could not hold; empty so far as it held everything.
    """

    def __init__(self, workbook: "Workbook") -> None:
        self._workbook = workbook
        self._bold: Format = workbook.add_format({"bold": True})
        self._day: Format = workbook.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.note = ""

    def add(self, table: Table, columns: Sequence[Column]) -> None:
        """Write a table to a sheet of its own, under a line of column names that stays in view."""
        sheet = self._workbook.add_worksheet(label(SHEET, table.name))
        sheet.freeze_panes(1, 0)
        sheet.ignore_errors({"number_stored_as_text": _WHOLE_SHEET})  # years, which are texts on purpose
        rows = table.rows[: MAX_ROWS - 1]
        if len(rows) < len(table.rows):
            self.note = _("a sheet of xlsx holds {count} rows: the others are left out").format(
                count=f"{MAX_ROWS - 1:,}"
            )
        for number, column in enumerate(columns):
            heading = _heading(column)
            cells = [heading, *map(column.chosen_reader(), rows)]
            sheet.set_column(number, number, _column_width(cells))
            sheet.write_string(0, number, heading, self._bold)
            for row, cell in enumerate(cells[1:], start=1):
                self._write(sheet, (row, number), cell)

    def _write(self, sheet: "Worksheet", at: tuple[int, int], cell: Cell) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, bool):
            sheet.write_boolean(*at, cell)
        elif isinstance(cell, int | float) and abs(cell) <= _MAX_NUMBER:
            sheet.write_number(*at, cell)
        elif (day := known_day(str(cell))) is not None:
            sheet.write_datetime(*at, day, self._day)
        else:
            sheet.write_string(*at, self._held(printable(str(cell))))

    def _held(self, text: str) -> str:
        if len(text) <= MAX_TEXT:
            return text
        self.note = _("a cell of xlsx holds {count} characters: longer texts are cut").format(
            count=f"{MAX_TEXT:,}"
        )
        return text[: MAX_TEXT - 1] + UNICODE.ellipsis


def _heading(column: Column) -> str:
    """What is above a column: in English its name, else words."""
    if column.named_by_heading and column.heading and active_language() != "en":
        return column.heading
    return column_key(column.name)


def _column_width(cells: Sequence[Cell]) -> int:
    """The width of a column: of its widest cell, within limits."""
    widest = max(width(printable(str(cell))) for cell in cells if cell is not None)
    return min(widest, _WIDEST) + 1

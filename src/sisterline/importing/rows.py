"""One row of a table while it is read: its cells by field, what they mean, and the comments about them."""

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from sisterline.dates import Period
from sisterline.errors import with_fix
from sisterline.importing.cells import CellError, Reading, join_date, join_period, read_period
from sisterline.importing.draft import Outcome
from sisterline.importing.fields import COUNTS_OF_PEOPLE, fold_header
from sisterline.importing.headers import Layout
from sisterline.importing.tables import Cell, Row, Table, cell_name
from sisterline.importing.terms import UNITS, find_term
from sisterline.translation import gettext as _

T = TypeVar("T")


class RowReader:
    """The cells of one row.

    Attributes:
        comments: what was found about its cells, each with the address of one.
        doubtful: whether one of the comments is a doubt.
    """

    def __init__(self, table: Table, layout: Layout, row: Row) -> None:
        self.comments: list[str] = []
        self.doubtful = False
        self._table = table
        self._layout = layout
        self._row = row
        fields = layout.columns.items()
        self._cells = {field: row.cells[column] for field, column in fields if column in row.cells}
        for field in [field for field, cell in self._cells.items() if cell.kind == "error"]:
            self.doubt(
                field,
                _("an error or a formula without a value is left out: {text}").format(
                    text=self._cells[field].text
                ),
            )
            del self._cells[field]

    def __contains__(self, field: str) -> bool:
        return field in self._cells

    @property
    def outcome(self) -> Outcome:
        """What becomes of the row, once it is a record."""
        return "doubtful" if self.doubtful else "taken"

    def reading(self, field: str, read: Callable[[Cell], Reading[T]]) -> T:
        """What the cell of a field means; a doubt about it becomes a comment.

        Raises:
            CellError: the cell is empty, or cannot be read.
        """
        cell = self._cell(field)
        try:
            found = read(cell)
        except CellError as error:
            raise CellError(str(error), field) from None
        self.doubt(field, found.doubt)
        return found.value

    def required(self, field: str) -> str:
        """The text of a field.

        Raises:
            CellError: its cell is empty.
        """
        return self._cell(field).text

    def _cell(self, field: str) -> Cell:
        if field not in self._cells:
            raise CellError(_("the cell for {field} is empty").format(field=field), field)
        return self._cells[field]

    def header(self, field: str) -> str:
        """The name of a field's column; empty if it has none."""
        return self._layout.headers.get(self._layout.columns.get(field, 0), "")

    def check_lengths(self, most: int) -> None:
        """Check that no cell is longer than a text of a data file may be.

        Raises:
            CellError: one is.
        """
        for column, cell in self._row.cells.items():
            if len(cell.text) > most:
                raise CellError(
                    _("{cell} has more than {count} characters").format(
                        cell=cell_name(self._row.number, column), count=f"{most:,}"
                    )
                )

    def text(self, field: str) -> str:
        """The text of a field; empty if its cell is."""
        if field not in self._cells:
            return ""
        return self._cells[field].text

    def address(self, field: str = "") -> str:
        """The address of a field's cell, which may be empty; that of the row if it has no such column."""
        if field not in self._layout.columns:
            return self._table.row_address(self._row.number)
        return self._table.address(self._row.number, self._layout.columns[field])

    def doubt(self, field: str, message: str) -> None:
        """Add a doubt about a cell; an empty message is none."""
        if message:
            self.doubtful = True
            self.comments.append(f"{self.address(field)}: {message}")

    def note_unread(self) -> None:
        """Add a comment with each cell that is in no column of the layout."""
        read = set(self._layout.columns.values())
        for column, cell in sorted(self._row.cells.items()):
            if column not in read:
                address = self._table.address(self._row.number, column)
                self.comments.append(f"{address}: {self._layout.label(column)}: {cell.text}")

    def all_cells(self) -> str:
        """The row in one line, for a comment: each cell with its letters."""
        return row_text(self._row)


def row_text(row: Row) -> str:
    """A row in one line: each cell with its column and row."""
    cells = sorted(row.cells.items())
    return " | ".join(f"{cell_name(row.number, column)}: {cell.text}" for column, cell in cells)


# --- what the fields of a row mean -----------------------------------------------------------------


def read_term(row: RowReader, field: str, terms: Mapping[str, str], *, otherwise: str = "") -> str:
    """The word of the data format for a cell; an unknown one is a doubt, and `otherwise` is written."""
    text = row.text(field)
    if not text:
        return ""
    found = find_term(terms, text)
    if found:
        return found
    message = _('"{text}" is not a known {field}; it is left out')
    if otherwise:
        message = _('"{text}" is not a known {field}; written as {otherwise}')
    row.doubt(field, message.format(text=text, field=field, otherwise=otherwise))
    return otherwise


def usual_unit(row: RowReader) -> str:
    """The unit that the header of the count names in brackets or by its name; people, if it names none."""
    header = row.header("count")
    bracketed = re.search(r"[(（](.+?)[)）]", header)
    if bracketed and (unit := find_term(UNITS, bracketed[1])):
        return unit
    if fold_header(header) not in COUNTS_OF_PEOPLE:
        row.doubt("count", _("it has no unit; written as people"))
    return "people"


def read_since(row: RowReader) -> str:
    """The founding date of a row; empty if there is none, or none that is certain."""
    if "since" not in row:
        return ""
    try:
        period = row.reading("since", _whole_date(row))
        if period.start != period.end:
            raise CellError(_("{period} is not one date").format(period=period))
    except CellError as error:
        row.doubt("since", with_fix(str(error), _("it is left out")))
        return ""
    return str(period)


def read_row_period(row: RowReader) -> str:
    """The date or interval of a row.

    Raises:
        CellError: it has none.
    """
    period = row.reading("date", _whole_date(row))
    if "end" in row:
        try:
            period = join_period(period, row.reading("end", read_period))
        except CellError as error:
            row.doubt("end", with_fix(str(error), _("the end is left out")))
    return str(period)


def _whole_date(row: RowReader) -> Callable[[Cell], Reading[Period]]:
    """A reader of a date whose month and day may be in columns of their own."""
    month, day = row.text("month"), row.text("day")

    def read(cell: Cell) -> Reading[Period]:
        if month:
            return read_period(Cell(join_date(cell.text, month, day)))
        return read_period(cell)

    return read

"""Tables as a spreadsheet shows them: cells with their addresses, whatever file they come from."""

import re
from typing import Literal

from msgspec import Struct

from sisterline.translation import gettext as _

CellKind = Literal["text", "number", "date", "error"]


class Cell(Struct, frozen=True, array_like=True):
    """A cell that is not empty.

    Attributes:
        text: its text without outer spaces; a date as `1979-05-01` or `1979-05-01T12:30:00`.
        kind: how the workbook stores it; all cells of a text file are text. An error is `#N/A` or another,
            or a formula that no program has calculated.
    """

    text: str
    kind: CellKind = "text"


class Row(Struct, frozen=True, array_like=True):
    """A row with at least one cell that is not empty.

    Attributes:
        number: from 1.
        cells: by column, counted from 1.
    """

    number: int
    cells: dict[int, Cell]


class Table(Struct, frozen=True, kw_only=True):
    """A sheet of a workbook, or a text file.

    Attributes:
        file: the file as the user named it.
        rows: those that are not empty, from the top.
        sheet: its name; empty for a text file.
        hidden: whether the workbook does not show it.
        encoding: of a text file, with what separates its columns, for people; empty for a sheet.
    """

    file: str
    rows: tuple[Row, ...]
    sheet: str = ""
    hidden: bool = False
    encoding: str = ""

    @property
    def name(self) -> str:
        """The file and the sheet, for messages."""
        if not self.sheet:
            return self.file
        return f"{self.file}, {self.sheet}"

    def address(self, row: int, column: int) -> str:
        """The file and the cell, as in `visits.xlsx, Sheet1!C7`."""
        return f"{self.file}, {self._prefix()}{cell_name(row, column)}"

    def row_address(self, row: int) -> str:
        """The file and the row, as in `visits.xlsx, Sheet1, row 7`."""
        return _("{name}, row {row}").format(name=self.name, row=row)

    def _prefix(self) -> str:
        if not self.sheet:
            return ""
        if re.fullmatch(r"[^\W\d]\w*", self.sheet):
            return f"{self.sheet}!"
        quoted = self.sheet.replace("'", "''")
        return f"'{quoted}'!"


def cell_name(row: int, column: int) -> str:
    """A cell by its column and row, as in C7."""
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """The letters of a column, counted from 1: A, B ... Z, AA."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The number of a column, counted from 1, by its letters or digits; 0 if that is none."""
    if letters.isdecimal() and len(letters) < 6:
        return int(letters)
    if not re.fullmatch(r"[A-Za-z]{1,3}", letters):
        return 0
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number

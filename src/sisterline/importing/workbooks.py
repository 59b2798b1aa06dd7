"""Workbooks (XLSX, XLS, ODS and others), read by python-calamine in a process of its own.

A sheet is a dense block in calamine's memory: two cells in opposite corners of a sheet ask for 500 GB, and
Rust then ends the process. So a child process with a limit of memory reads it, and its failure is one line.
"""

import re
import subprocess
import sys
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import msgspec
from msgspec import Struct

from sisterline.errors import UnreadableError
from sisterline.importing.tables import Cell, Row, Table, column_number
from sisterline.importing.unread_cells import unread_cells
from sisterline.translation import gettext as _
from sisterline.translation import marked

MAX_MEMORY = 4 << 30  # bytes of the child process; a sheet of a million rows and 20 columns takes 2 GiB
MAX_SECONDS = 300
_SIGNATURES = (b"PK\3\4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


class _Sheet(Struct, frozen=True, array_like=True):
    """A sheet as the child process writes it."""

    name: str
    hidden: bool
    rows: tuple[Row, ...]


class _Answer(Struct, frozen=True):
    """What the child process writes: sheets, or why the workbook cannot be read."""

    sheets: tuple[_Sheet, ...] = ()
    error: str = ""


def is_workbook(data: bytes) -> bool:
    """Whether a file is a ZIP archive or an OLE document, as workbooks are."""
    return data.startswith(_SIGNATURES)


def read_workbook(data: bytes, name: str) -> list[Table]:
    """The sheets of a workbook called `name`.

    Raises:
        UnreadableError: it is no workbook, is encrypted or damaged, or takes too much memory or time.
    """
    command = [sys.executable, "-P", "-m", "sisterline.importing.workbooks"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=MAX_SECONDS, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise _unreadable(name, _("it takes more than {count} seconds").format(count=MAX_SECONDS)) from None
    if done.returncode:
        raise _unreadable(name, _("it is damaged, or takes too much memory"))
    answer = msgspec.msgpack.decode(done.stdout, type=_Answer)
    if answer.error:
        raise _unreadable(name, _(answer.error))
    return [
        Table(file=name, sheet=sheet.name, hidden=sheet.hidden, rows=sheet.rows) for sheet in answer.sheets
    ]


def _unreadable(name: str, reason: str) -> UnreadableError:
    hint = _("open it in a spreadsheet program and save it as .xlsx or as CSV in UTF-8")
    return UnreadableError(name, _("the workbook cannot be read: {reason}").format(reason=reason), hint)


# --- in the child process -----------------------------------------------------------------------------


def main() -> None:
    """Read a workbook from standard input, and write its sheets to standard output as msgpack."""
    _limit_memory()
    answer = _read(sys.stdin.buffer.read())
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer))


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))


def _read(data: bytes) -> _Answer:
    import io

    import python_calamine

    unread = unread_cells(data)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = []
        for number, metadata in enumerate(workbook.sheets_metadata):
            if metadata.typ == python_calamine.SheetTypeEnum.WorkSheet:
                sheet = workbook.get_sheet_by_index(number)
                hidden = metadata.visible != python_calamine.SheetVisibleEnum.Visible
                problems = unread[number] if number < len(unread) else {}
                sheets.append(_Sheet(metadata.name, hidden, _rows(sheet, problems)))
    except python_calamine.PasswordError:
        return _Answer(error=marked("it is protected with a password"))
    except (python_calamine.CalamineError, ValueError, OverflowError) as error:
        return _Answer(error=str(error))
    return _Answer(sheets=tuple(sheets))


def _rows(sheet: Any, unread: Mapping[str, str]) -> tuple[Row, ...]:
    """The rows of a sheet that have a cell, with the value of merged cells in each of them.

    Args:
        sheet: of calamine.
        unread: what is in cells that it returns as empty, by address.
    """
    top, left = sheet.start or (0, 0)
    rows: dict[int, dict[int, Cell]] = {}
    for number, values in enumerate(sheet.to_python(), start=top + 1):
        cells = {column: _cell(value) for column, value in enumerate(values, start=left + 1)}
        filled = {column: cell for column, cell in cells.items() if cell.text}
        if filled:
            rows[number] = filled
    for address, text in unread.items():
        letters, row = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()  # type: ignore[union-attr]
        rows.setdefault(int(row), {}).setdefault(column_number(letters), Cell(text, "error"))
    for (first, column), (last, _last_column) in sheet.merged_cell_ranges or ():
        _fill_down(rows, first + 1, last + 1, column + 1)
    return tuple(Row(number, rows[number]) for number in sorted(rows))


def _fill_down(rows: dict[int, dict[int, Cell]], first: int, last: int, column: int) -> None:
    """Give the rows of a merged area, as far as they have cells, the value of its first cell."""
    value = rows.get(first, {}).get(column)
    if value is None:
        return
    for number in range(first + 1, last + 1):
        if number in rows:
            rows[number].setdefault(column, value)


def _cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return Cell(str(value).upper())
    if isinstance(value, int | float):
        return Cell(f"{value:.15g}", "number")
    if isinstance(value, date | datetime):
        return Cell(value.isoformat().removesuffix("T00:00:00"), "date")
    return Cell(str(value).strip())


if __name__ == "__main__":
    main()

"""The values of a row's fields, with doubts about them as comments."""

import re
from collections.abc import Callable, Mapping

from sisterline.dates import Period
from sisterline.errors import with_fix
from sisterline.importing.cells import CellError, Reading, join_date, join_period, read_period
from sisterline.importing.fields import COUNTS_OF_PEOPLE, fold_header
from sisterline.importing.rows import RowReader
from sisterline.importing.tables import Cell
from sisterline.importing.terms import UNITS, find_term
from sisterline.translation import gettext as _


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

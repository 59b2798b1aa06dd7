"""CSV, TSV and their relatives: the encoding and the separator are found from the text."""

import csv
import io
from collections import Counter
from itertools import islice

from sisterline.errors import UnreadableError
from sisterline.importing.tables import Cell, Row, Table
from sisterline.reading.encoding import decode_any
from sisterline.translation import gettext as _
from sisterline.translation import listed, marked

_SEPARATORS = {
    ",": marked("commas"),
    "\t": marked("tabs"),
    ";": marked("semicolons"),
    "|": marked("vertical bars"),
}
_SAMPLE_ROWS = 50  # that a separator is found from


def read_delimited(data: bytes, name: str) -> Table:
    """The table of a text file called `name`.

    Raises:
        UnreadableError: its encoding is unknown, or it is no such table.
    """
    text, encoding = decode_any(data, name)
    try:
        separator = find_separator(text)
        records = list(_records(text, separator))
    except csv.Error as error:
        raise UnreadableError(name, _("not a CSV file: {error}").format(error=error)) from None
    rows = (_row(number, record) for number, record in enumerate(records, start=1))
    return Table(
        file=name,
        rows=tuple(row for row in rows if row.cells),
        encoding=listed((encoding, _(_SEPARATORS[separator]))),
    )


def find_separator(text: str) -> str:
    """The separator that gives the most rows of one width; of several the one with the most columns."""
    best, best_score = ",", (0, 0)
    for separator in _SEPARATORS:
        widths = [len(record) for record in islice(_records(text, separator), _SAMPLE_ROWS)]
        counts = Counter(width for width in widths if width > 1)
        score = max(((count, width) for width, count in counts.items()), default=(0, 0))
        if score > best_score:
            best, best_score = separator, score
    return best


def _records(text: str, separator: str) -> "csv.Reader":  # type: ignore[name-defined]
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator)


def _row(number: int, record: list[str]) -> Row:
    texts = {column: text.strip() for column, text in enumerate(record, start=1)}
    return Row(number, {column: Cell(text) for column, text in texts.items() if text})

"""Which row of a table names its columns, and which field each column holds."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct

from sisterline.errors import UsageError, closest_or_all, with_fix
from sisterline.importing.fields import FIELDS, SHAPES, Shape, fold_header, shape_of
from sisterline.importing.tables import Row, Table, column_letters, column_number
from sisterline.translation import gettext as _

_MAX_ROWS = 30  # that a header is looked for in
_LEAST_FIELDS = 2  # that a header has


class Layout(Struct, frozen=True, kw_only=True):
    """How to read a table.

    Attributes:
        shape: what its rows are.
        header: the number of the row with the names of the columns; 0 if there is none.
        columns: the column of each field.
        headers: the name of each column that has one.
    """

    shape: Shape
    header: int
    columns: Mapping[str, int]
    headers: Mapping[int, str]

    def label(self, column: int) -> str:
        """The name of a column in quotes, or its letters."""
        if column in self.headers:
            return f'"{self.headers[column]}"'
        return column_letters(column)


def parse_maps(texts: Iterable[str]) -> dict[str, str]:
    """The columns that --map gives to fields.

    Raises:
        UsageError: one is not of the form FIELD=COLUMN, or there is no such field.
    """
    maps = {}
    for text in texts:
        field, equals, column = (part.strip() for part in text.partition("="))
        if not equals or not column:
            raise UsageError(
                _('--map: "{text}" has no column; write it as date=B or date=年月日').format(text=text)
            )
        if field not in FIELDS:
            problem = _('--map: "{field}" is not a field').format(field=field)
            raise UsageError(with_fix(problem, closest_or_all(field, FIELDS)))
        maps[field] = column
    return maps


def find_layout(table: Table, maps: Mapping[str, str], shape: Shape | None) -> Layout | None:
    """How to read a table; None if no row names its columns, and `maps` names no columns by letters.

    Args:
        table: any.
        maps: for fields the name, the letters or the number of their column, before all names.
        shape: what its rows are; None to find it from the columns.
    """
    header = _find_header(table, maps, shape)
    columns = _with_letters(header.columns, maps)
    found = shape or shape_of(frozenset(columns))
    if found is None or not columns:
        return None
    columns = _with_date_of(found, columns)
    return Layout(
        shape=found,
        header=header.number,
        columns={field: column for field, column in columns.items() if field in SHAPES[found]},
        headers=header.names,
    )


class _Header(NamedTuple):
    """A row that names columns: its number, the column of each field, and the names of all columns."""

    number: int = 0
    columns: Mapping[str, int] = {}
    names: Mapping[int, str] = {}


def _find_header(table: Table, maps: Mapping[str, str], shape: Shape | None) -> _Header:
    """The first row that names the most columns; an empty one if no row names enough of them."""
    best = _Header()
    for row in table.rows[:_MAX_ROWS]:
        columns = _columns(row, maps, shape)
        if len(columns) >= _LEAST_FIELDS and len(columns) > len(best.columns):
            names = {column: cell.text for column, cell in row.cells.items()}
            best = _Header(row.number, columns, names)
    return best


def _with_letters(named: Mapping[str, int], maps: Mapping[str, str]) -> dict[str, int]:
    """The columns that a header names, and those that `maps` gives by their letters, which count first."""
    placed = {field: column_number(column) for field, column in maps.items()}
    by_letters = {field: column for field, column in placed.items() if column}
    taken = set(by_letters.values())
    left = {field: column for field, column in named.items() if column not in taken}
    mapped = {field: named[field] for field in maps if field in named}
    return {**left, **by_letters, **mapped}


def _with_date_of(shape: Shape, columns: Mapping[str, int]) -> dict[str, int]:
    """Columns with their date under the name that it has in tables of a shape."""
    wanted, other = "date", "since"
    if shape == "partnerships":
        wanted, other = "since", "date"
    named = dict(columns)
    if other in named:
        column = named.pop(other)
        named.setdefault(wanted, column)
    return named


def _columns(row: Row, maps: Mapping[str, str], shape: Shape | None) -> dict[str, int]:
    """The columns that a row names, if it is a header: of several for one field the best name counts."""
    by_name: dict[str, int] = {}
    for column, cell in row.cells.items():
        if cell.kind == "text":
            by_name.setdefault(fold_header(cell.text), column)
    wanted = {field: (fold_header(maps[field]),) for field in FIELDS if field in maps}
    usual = {
        field: value.names for field, value in FIELDS.items() if field not in maps and _fits(field, shape)
    }
    columns: dict[str, int] = {}
    for field, names in {**wanted, **usual}.items():
        for name in names:
            if name and name in by_name and by_name[name] not in columns.values():
                columns[field] = by_name[name]
                break
    return columns


def _fits(field: str, shape: Shape | None) -> bool:
    """Whether tables of a shape have a field; `date` and `since` mean the same until the shape is known."""
    return shape is None or field in SHAPES[shape] or field in ("date", "since")

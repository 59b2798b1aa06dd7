"""The table `columns` of a database: what each column holds.

The descriptions are those of the data package, which come from the model, and below those of the tables
that only a database has.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any

from sisterline.formats.package.tables import columns_of

# Tables that are tables of the data package, whose columns they have.
PACKAGED = {
    "places": "places",
    "sources": "sources",
    "partnerships": "partnerships",
    "disputed": "disputes",
    "events": "events",
    "exchanges": "exchanges",
    "totals": "totals",
}
_OWN = {
    "meta": {
        "key": "title, version and license of the data set; program, selection, made and schema_version of "
        "the database",
        "value": "its value",
    },
    "columns": {
        "table": "the name of a table",
        "column": "the name of a column of it",
        "description": "what it holds",
        "unit": "the unit of its numbers, if that is the same in every row",
    },
    "countries": {
        "code": "ISO 3166-1 code",
        "name": "its name",
        "language": "tag of the language of its native names",
    },
    "places": {"native": "its name in the language of its country"},
    "names": {
        "place": "id of the place",
        "name": "a name of it",
        "language": "tag of the language of the name, if the data gives it",
        "alias": "1 for another name to find it by, 0 for its name",
    },
    "event_titles": {
        "event": "id of the event",
        "language": "tag of the language",
        "title": "the title in that language",
    },
    "translations": {
        "table": "the name of a table",
        "row": "the id of a row of it, or its number where it has none",
        "column": "the name of a column of it",
        "language": "tag of the language",
        "text": "the text of that column in that language",
    },
}


def column_rows(database: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """A row for each column of a database that has a description."""
    tables = database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for (table,) in tables.fetchall():
        described = _described(table)
        for column in column_names(database, table):
            description, unit = described.get(column, ("", ""))
            if description:
                yield {
                    "table": table,
                    "column": column,
                    "description": description,
                    "unit": unit or None,
                }


def column_names(database: sqlite3.Connection, table: str) -> list[str]:
    """The names of the columns of a table, in order."""
    return [name for (name,) in database.execute("SELECT name FROM pragma_table_info(?)", (table,))]


def _described(table: str) -> dict[str, tuple[str, str]]:
    """The description and the unit of each column of a table."""
    found: dict[str, tuple[str, str]] = {}
    if table.endswith("_sources"):
        what = table.removesuffix("_sources")
        found = {what: (f"id of the {what}", ""), "source": ("id of a source of it", "")}
    if table in PACKAGED:
        columns = columns_of(PACKAGED[table])
        found = {column.name: (column.description, column.unit) for column in columns}
    for column, description in _OWN.get(table, {}).items():
        found[column] = (description, "")
    return found

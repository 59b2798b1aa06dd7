"""Writes a data package: a CSV file for each table, and `datapackage.json`, which describes them.

The description follows Data Package, Data Resource and Table Schema (datapackage.org/standard, 2.0), which
readers of version 1 also read. Cells are as harmless as those of `-f csv`.
"""

import csv
import io
import json
import re
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from sisterline import __version__
from sisterline.formats.delimited import cell
from sisterline.formats.output import Output
from sisterline.formats.package.folder import DESCRIPTOR, MARK, staged_folder, with_digest
from sisterline.formats.package.tables import Table, tables
from sisterline.language import localized
from sisterline.text.escape import printable

if TYPE_CHECKING:
    from sisterline.formats.package.columns import Column
    from sisterline.reports.archive import ArchiveReport

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_LICENSE_ID = re.compile(r"[A-Za-z0-9._-]+")  # what the standard allows as the name of a licence

Json = dict[str, Any]


def write(archive: "ArchiveReport", output: Output) -> list[Table]:
    """Write the data set of an archive into a folder, and return its tables.

    Raises:
        SisterlineError: the folder holds anything but an earlier export, or cannot be written.
    """
    found = tables(archive)
    with staged_folder(output) as folder:
        resources = [_write_table(folder, table) for table in found]
        descriptor = with_digest(_descriptor(archive, resources))
        text = msgspec.json.format(msgspec.json.encode(descriptor), indent=2)
        (folder / DESCRIPTOR).write_bytes(text + b"\n")
    return found


def _write_table(folder: Path, table: Table) -> Json:
    """Write the file of a table; returns the resource that describes it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.name for column in table.columns])
    for row in table.rows:
        writer.writerow([_cell(column.read(row)) for column in table.columns])
    content = out.getvalue().encode()
    path = f"{table.name}.csv"
    (folder / path).write_bytes(content)
    return {
        "name": table.name,
        "path": path,
        "type": "table",
        "profile": "tabular-data-resource",  # what readers of version 1 expect
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": ["id"],
            "foreignKeys": [_foreign_key(table, column) for column in table.columns if column.refers_to],
            "missingValues": [""],
        },
    }


def _cell(value: Any) -> str:
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, tuple):  # an array of Table Schema is JSON
        return json.dumps([printable(item) for item in value], ensure_ascii=False) if value else ""
    return cell(value)


def _field(column: "Column") -> Json:
    constraints: Json = {}
    if column.required:
        constraints["required"] = True
    if column.name == "id":
        constraints["unique"] = True
    if column.choices:
        constraints["enum"] = list(column.choices)
    field: Json = {"name": column.name, "type": column.type, "description": column.description}
    if column.unit:
        field["unit"] = column.unit
    if constraints:
        field["constraints"] = constraints
    return field


def _foreign_key(table: Table, column: "Column") -> Json:
    resource = column.refers_to
    if resource == table.name:
        resource = ""  # as the standard writes a table that refers to itself
    return {"fields": [column.name], "reference": {"resource": resource, "fields": ["id"]}}


def _descriptor(archive: "ArchiveReport", resources: list[Json]) -> Json:
    """The description of the package; the same for the same data on the same day."""
    found: Json = {"$schema": _PROFILE, "name": "sisterline-export"}
    info = archive.dataset.info
    if info is not None:
        facts = {
            "title": localized(info.title, "en"),
            "description": localized(info.description, "en"),
            "version": info.version,
        }
        found |= {key: printable(text) for key, text in facts.items() if text}
        if info.license and _LICENSE_ID.fullmatch(info.license):
            found["licenses"] = [{"name": info.license}]
        elif info.license:
            found["description"] = (
                f"{found.get('description', '')} Licence: {printable(info.license)}".strip()
            )
    found["created"] = f"{archive.today}T00:00:00Z"
    found[MARK] = {"program": f"sisterline {__version__}", "selection": printable(archive.selection)}
    found["resources"] = resources
    return found

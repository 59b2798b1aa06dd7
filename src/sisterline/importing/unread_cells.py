"""Cells of an XLSX workbook that python-calamine returns as empty: errors, and formulas without a value."""

import html
import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator

# Attributes as SpreadsheetML has them (ISO/IEC 29500-1, 18.2.19 and 18.3.1.4).
_SHEET = re.compile(rb"<sheet\b[^>]*?\br:id=\"([^\"]+)\"")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_CELL = re.compile(rb"<c\b([^>]*[^/>])>(.*?)</c>", re.DOTALL)
_ADDRESS = re.compile(rb"\br=\"([A-Z]{1,3}\d{1,7})\"")
_VALUE = re.compile(rb"<v[^>]*>(.*?)</v>", re.DOTALL)
_FORMULA = re.compile(rb"<f[^>]*>(.*?)</f>", re.DOTALL)


def unread_cells(data: bytes) -> list[dict[str, str]]:
    """What is in cells that are returned as empty, by address, for each sheet in the order of the workbook.

    Returns:
        `#N/A` for an error, `=A1+1` for a formula; an empty list if the file is no XLSX workbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [dict(_unread_in(archive.read(part))) for part in _parts(archive)]
    except (zipfile.BadZipFile, EOFError, KeyError, OSError, RuntimeError, ValueError, zlib.error):
        return []  # what is damaged is for calamine to report


def _parts(archive: zipfile.ZipFile) -> list[str]:
    """The names of the parts that hold the sheets."""
    targets = {}
    for match in _RELATION.finditer(archive.read("xl/_rels/workbook.xml.rels")):
        targets[_attribute(match[0], b"Id")] = _attribute(match[0], b"Target")
    sheets = [match[1].decode() for match in _SHEET.finditer(archive.read("xl/workbook.xml"))]
    return [posixpath.normpath(posixpath.join("/xl", targets[sheet])).lstrip("/") for sheet in sheets]


def _attribute(tag: bytes, name: bytes) -> str:
    match = re.search(rb"\b" + name + rb"=\"([^\"]*)\"", tag)
    return match[1].decode() if match else ""


def _unread_in(xml: bytes) -> Iterator[tuple[str, str]]:
    for attributes, content in _CELL.findall(xml):
        address, value, formula = (
            pattern.search(part)
            for pattern, part in ((_ADDRESS, attributes), (_VALUE, content), (_FORMULA, content))
        )
        if address is None:
            continue
        if b't="e"' in attributes and value:
            yield address[1].decode(), _text(value[1])
        elif formula and not value:
            yield address[1].decode(), f"={_text(formula[1])}"


def _text(xml: bytes) -> str:
    return html.unescape(xml.decode("utf-8", "replace"))

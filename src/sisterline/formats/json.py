"""JSON (RFC 8259): a report, indented.

Characters that could act on a terminal or hide text are written as escapes: the same value, made safe.
"""

import re
from typing import IO, TYPE_CHECKING, Any

import msgspec

from sisterline.formats.options import WriteOptions, supports_unicode, write_text
from sisterline.text.escape import escape_unsafe, is_plainly_safe

if TYPE_CHECKING:
    from sisterline.reports.base import Report


# Records of the data, of which only the fields that are given are written.
_SPARSE = frozenset({"Identifiers"})
_PRINTABLE_ASCII = bytes(range(0x20, 0x7F))


def write(report: "Report", out: IO[str], options: WriteOptions) -> str:
    """Write a report; in ASCII where the stream can hold no more."""
    return write_text(out, text(report, ascii_only=not supports_unicode(out)))


def text(report: "Report", *, ascii_only: bool = False) -> str:
    """A report as JSON, with a line break at the end."""
    encoded = msgspec.json.encode(report)
    indented = (msgspec.json.format(encoded, indent=2) + b"\n").decode()
    # Nearly every report is plainly safe, which is soon seen by what it has beyond ASCII.
    others = encoded.translate(None, delete=_PRINTABLE_ASCII).decode()
    if not ascii_only and is_plainly_safe(others):
        return indented
    return escaped(indented, ascii_only=ascii_only)


def escaped(text: str, *, ascii_only: bool = False) -> str:
    """JSON with escapes instead of unsafe characters, or of all that are not ASCII."""
    if ascii_only:
        return re.sub(r"[^\n\x20-\x7e]", _escape_match, text)
    if is_plainly_safe(text):
        return text
    return escape_unsafe(text, _escape)


def report_schema(report: type["Report"]) -> dict[str, Any]:
    """The JSON Schema of a report as `text` writes it: with every field, also those that have a default."""
    from sisterline.reading.jsonschema import DIALECT  # with the schema of data files, which no report needs

    schema = {"$schema": DIALECT, **msgspec.json.schema(report)}
    for name, definition in schema["$defs"].items():
        if "properties" in definition and name not in _SPARSE:
            definition["required"] = list(definition["properties"])
    return schema


def _escape_match(match: re.Match[str]) -> str:
    return _escape(match[0])


def _escape(char: str) -> str:
    """A character as JSON escapes, two for one beyond U+FFFF."""
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[n]:02x}{units[n + 1]:02x}" for n in range(0, len(units), 2))

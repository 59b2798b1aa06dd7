"""JSON: a report as it stands, indented, with its schema number first."""

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from msgspec import Struct


def text(report: "Struct") -> str:
    """A report as JSON, with a line break at the end."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n"

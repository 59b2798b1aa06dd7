"""JSON (RFC 8259): a report as it stands, indented.

Characters that could act on a terminal or hide text are written as escapes: the same value, and harmless.
"""

import re
from typing import TYPE_CHECKING

import msgspec

from sisterline.words import HARMFUL

if TYPE_CHECKING:
    from msgspec import Struct


def text(report: "Struct", *, ascii_only: bool = False) -> str:
    """A report as JSON, with a line break at the end; in ASCII where the stream takes no more."""
    plain = msgspec.json.encode(report)
    harmless = plain.decode().isprintable()  # as good as always, and ten times as fast to know as a search
    told = msgspec.json.format(plain, indent=2).decode()
    if ascii_only:
        told = re.sub(r"[^\n\x20-\x7e]", _escape, told)
    elif not harmless:
        told = re.sub(f"(?!\n){HARMFUL}", _escape, told)
    return told + "\n"


def _escape(match: re.Match[str]) -> str:
    """A character as JSON escapes, two for one beyond U+FFFF."""
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[n]:02x}{units[n + 1]:02x}" for n in range(0, len(units), 2))

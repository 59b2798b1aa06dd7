"""JSON (RFC 8259): a report as it stands, indented.

Characters that could act on a terminal or hide text are written as escapes: the same value, and harmless.
"""

import re
from typing import TYPE_CHECKING, Any

import msgspec

from sisterline.words import harmless, is_plain, visible

if TYPE_CHECKING:
    from msgspec import Struct


def text(report: "Struct", *, ascii_only: bool = False) -> str:
    """A report as JSON, with a line break at the end; in ASCII where the stream takes no more."""
    try:
        encoded = msgspec.json.encode(report)
    except UnicodeEncodeError:  # a path may have bytes that are not UTF-8, JSON cannot
        encoded = msgspec.json.encode(_encodable(msgspec.to_builtins(report)))
    plain = is_plain(encoded.decode())  # as good as always: a tenth of the time of the search below
    told = msgspec.json.format(encoded, indent=2).decode()
    if ascii_only:
        return re.sub(r"[^\n\x20-\x7e]", lambda match: _escape(match[0]), told) + "\n"
    return (told if plain else harmless(told, _escape)) + "\n"


def _escape(char: str) -> str:
    """A character as JSON escapes, two for one beyond U+FFFF."""
    units = char.encode("utf-16-be")
    return "".join(f"\\u{units[n]:02x}{units[n + 1]:02x}" for n in range(0, len(units), 2))


def _encodable(value: Any) -> Any:
    """A value without the characters that stand for bytes of other encodings."""
    if isinstance(value, dict):
        return {key: _encodable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_encodable(item) for item in value]
    return (
        re.sub("[\ud800-\udfff]", lambda match: visible(match[0]), value) if isinstance(value, str) else value
    )

"""A draft as YAML for review: comments with addresses, and every text quoted where it may be misread."""

import re
from collections.abc import Iterator
from typing import Any

from sisterline.importing.draft import Block, Draft, Entry, Plain
from sisterline.text.escape import printable
from sisterline.translation import gettext as _

_ITEMS = 5_000  # events or exchanges of one record: a reader has a limit of values (yaml_reader.MAX_RECORD)
_ADDRESSES = 20  # that one comment lists
_PLAIN = re.compile(r"[a-z0-9]+(?:[-/][a-z0-9]+)*|[A-Z]{2}", re.ASCII)
_WORDS = frozenset(("true", "false", "null", "yes", "no", "on", "off", "y", "n", "YES", "NO", "ON"))
# What YAML does not allow unescaped, or a reader would not see. An ideographic space is both, and usual.
_ESCAPED = re.compile(r'["\\]|[^\x20-\x7e\u3000]')
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")  # in a comment, after `printable`


def write_lines(draft: Draft, introduction: list[str]) -> Iterator[str]:
    """The lines of a data file, each with its line break.

    Args:
        draft: what the file holds; without records it has an empty list of partnerships.
        introduction: comments at its top.
    """
    for line in _lines(draft, introduction):
        yield f"{line}\n"


def _lines(draft: Draft, introduction: list[str]) -> Iterator[str]:
    yield from map(comment, introduction)
    for section, entries in (("places", draft.places), ("sources", draft.sources)):
        if entries:
            yield ""
            yield f"{section}:"
            for name, entry in entries.items():
                yield from _comments(entry, "  ")
                yield f"  {name}: {_flow(entry.fields)}"
    yield ""
    if not draft.blocks:
        yield "partnerships: []"
    else:
        yield "partnerships:"
        for block in draft.blocks.values():
            yield from _block_lines(block)
    if draft.notes:
        yield ""
        yield comment(_("What is not in a record above, by its address:"))
        yield from map(comment, draft.notes)


def _block_lines(block: Block) -> Iterator[str]:
    """A record with its events and exchanges; more than it may hold are in extensions of it."""
    yield from _comments(block.head, "")
    lead = "- "
    for key, value in block.head.fields.items():
        yield f"{lead}{key}: {_scalar(value)}"
        lead = "  "
    target = block.head.fields.get("extends") or block.head.fields["id"]
    for key, entries in block.parts.items():
        for first in range(0, len(entries), _ITEMS):
            if first:
                yield f"- extends: {_scalar(target)}"
            yield f"  {key}:"
            for entry in entries[first : first + _ITEMS]:
                yield from _comments(entry, "  ")
                yield f"  - {_flow(entry.fields)}"


def _comments(entry: Entry, indent: str) -> Iterator[str]:
    for text in entry.comments:
        yield indent + comment(text)
    if entry.also:
        more = len(entry.also) - _ADDRESSES
        message = _("also {list}")
        if more > 0:
            message = _("also {list}; and {count} more")
        yield indent + comment(message.format(list="; ".join(entry.also[:_ADDRESSES]), count=more))


def comment(text: str) -> str:
    """A text as a comment of one line."""
    safe = _UNWRITABLE.sub(_code_point, printable(text))
    return f"# {safe}".rstrip()


def _code_point(match: re.Match[str]) -> str:
    return f"\\u{{{ord(match[0]):x}}}"


def _flow(fields: dict[str, Plain]) -> str:
    """A mapping in one line."""
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in fields.items()) + "}"


def _scalar(value: Any) -> str:
    if value is True:
        return "true"
    if isinstance(value, list):
        return "[" + ", ".join(map(_scalar, value)) + "]"
    if (_PLAIN.fullmatch(value) and value not in _WORDS) or re.fullmatch(r"[\d-]+~", value):
        return str(value)
    return quote(value)


def quote(text: str) -> str:
    """A text in double quotes (YAML 1.2.2, 7.3.1)."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


_NAMED = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _escape(match: re.Match[str]) -> str:
    char = match[0]
    if char in _NAMED:
        return _NAMED[char]
    if char.isprintable():
        return char
    code = ord(char)
    if code < 0x100:
        return f"\\x{code:02x}"
    if code < 0x10000:
        return f"\\u{code:04x}"
    return f"\\U{code:08x}"

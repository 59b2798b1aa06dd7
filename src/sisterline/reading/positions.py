"""Positions of values in YAML text, looked up only to report problems."""

import re
from array import array
from bisect import bisect_right
from typing import Any

from sisterline.reading.yaml_events import events
from sisterline.translation import gettext as _

_LINE_BREAK = re.compile(r"\r\n|\n|\r")
RECORD_DEPTH = 2  # a record is a value in a section, which is a value in the root

Step = str | int  # a key or an index


class Lines:
    """Lines and columns of a text as editors count them.

    PyYAML also counts U+0085, U+2028 and U+2029 as line breaks.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: array[int] | None = None

    def position(self, index: int) -> tuple[int, int]:
        """Line and column, both from 1, of the character at an index."""
        if self._starts is None:
            self._starts = array("L", [0])
            self._starts.extend(found.end() for found in _LINE_BREAK.finditer(self._text))
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1


def line_start(text: str, index: int) -> int:
    """The index at which the line of an index begins."""
    return max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1


def line_end(text: str, index: int) -> int:
    """The index of the next line break, or of the end of the text."""
    found = _LINE_BREAK.search(text, index)
    return found.start() if found else len(text)


class Spot:
    """The position of one value.

    Attributes:
        start: index of its first character.
        column: its column from 0, as the YAML parser counts.
        end: index after its last character.
        key_start: index of the first character of its key; None in a list.
        style: of a scalar, as PyYAML names it, "" without quotes; None for a mapping or list.
        parts: the values in it by key or index; empty below the depth of the outline.
    """

    __slots__ = ("column", "end", "key_start", "parts", "start", "style")

    def __init__(self, event: Any, key_start: int | None, offset: int, style: str | None) -> None:
        self.start: int = event.start_mark.index + offset
        self.column: int = event.start_mark.column
        self.end: int = event.end_mark.index + offset
        self.key_start = key_start
        self.style = style
        self.parts: dict[Step, Spot] = {}


def outline(text: str, max_depth: int | None = None, offset: int = 0) -> Spot:
    """The positions of the values of valid YAML.

    Args:
        text: one document.
        max_depth: the depth of the innermost values to keep; None for all. The root has depth 0.
        offset: what to add to every index.

    Raises:
        ValueError: there is no value.
    """
    import yaml

    ends = (yaml.MappingEndEvent, yaml.SequenceEndEvent)
    open_collections: list[_OpenCollection] = []
    depth = 0  # of the next value
    for event in events(text):
        if isinstance(event, ends):
            depth -= 1
            if max_depth is None or depth <= max_depth:
                spot = open_collections.pop().spot
                end: Any = event.end_mark
                spot.end = end.index + offset
                if depth == 0:
                    return spot
            continue
        if not isinstance(event, yaml.NodeEvent):
            continue
        is_collection = isinstance(event, yaml.CollectionStartEvent)
        if max_depth is None or depth <= max_depth:
            spot = _add(open_collections, event, offset)
            if is_collection:
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                open_collections.append(_OpenCollection(spot, is_mapping=is_mapping))
            elif depth == 0:
                return spot
        depth += is_collection
    raise ValueError(_("there is no value"))


class _OpenCollection:
    """A mapping or list that has not ended yet."""

    __slots__ = ("is_mapping", "key_event", "spot")

    def __init__(self, spot: Spot, *, is_mapping: bool) -> None:
        self.spot = spot
        self.is_mapping = is_mapping
        self.key_event: Any = None  # in a mapping, the key of the next value


def _add(open_collections: list[_OpenCollection], event: Any, offset: int) -> Spot:
    """Add the value or key that begins with an event to the innermost open collection."""
    style = None
    if hasattr(event, "style"):
        style = event.style or ""  # no style is "" for libyaml, None for PyYAML's own scanner
    if not open_collections:
        return Spot(event, None, offset, style)
    around = open_collections[-1]
    parts = around.spot.parts
    if not around.is_mapping:
        spot = Spot(event, None, offset, style)
        parts[len(parts)] = spot
        return spot
    if around.key_event is None:
        around.key_event = event
        return Spot(event, None, offset, style)
    key_event, around.key_event = around.key_event, None
    spot = Spot(event, key_event.start_mark.index + offset, offset, style)
    parts.setdefault(getattr(key_event, "value", ""), spot)
    return spot


class Outline:
    """The positions of one text: of all records, and of what is inside them where that is looked up."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._root: Spot | None = None
        self._inside: tuple[Spot, Spot] | None = None  # the last record that was outlined, and its outline

    def find(self, steps: tuple[Step, ...]) -> tuple[Spot, int]:
        """The innermost value that exists along some steps from the root, and the number of steps to it."""
        if self._root is None:
            self._root = outline(self._text, RECORD_DEPTH)
        spot = self._root
        for number, step in enumerate(steps):
            if number == RECORD_DEPTH and spot.style is None:
                spot = self._look_into(spot)
            if step not in spot.parts:
                return spot, number
            spot = spot.parts[step]
        return spot, len(steps)

    def _look_into(self, record: Spot) -> Spot:
        """A record with all its parts."""
        if self._inside is None or self._inside[0] is not record:
            # Spaces instead of what is before the record in its line keep its columns.
            source = " " * record.column + self._text[record.start : record.end]
            whole = outline(source, offset=record.start - record.column)
            whole.key_start = record.key_start
            self._inside = record, whole
        return self._inside[1]

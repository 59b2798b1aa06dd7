"""The complaints of PyYAML's parser as problems: position, what is wrong, and the fix.

libyaml has no error codes, so its messages are recognised by parts of their wording, which PyYAML's own
scanner mostly shares. The position of a complaint is where the parser gave up; the cause may be earlier.
"""

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sisterline.errors import Problem
from sisterline.reading.positions import Lines, line_start
from sisterline.reading.slips import find_cause, find_closing_quote
from sisterline.reading.yaml_events import MAX_DEPTH, events

if TYPE_CHECKING:
    import yaml

INVALID_ESCAPE = ("this escape is not a character", "write the character itself")
NESTED_TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"

_ALLOWED = r"\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
_MAX_SLOW_LENGTH = 1_000_000  # characters that PyYAML's own parser may read: some seconds
_LEAD_ONLY = re.compile(r"[ ]*(?:-[ ]+)*")
_KEY_ONLY = re.compile(r"[ ]*(?:-[ ]+)*[A-Za-z_][A-Za-z0-9_-]*[ ]*")


class RefusedError(Exception):
    """A file is not read any further.

    Attributes:
        index: of the character at which reading stopped.
        message: why.
        hint: the fix; empty if there is none but to make the file smaller.
    """

    def __init__(self, index: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.index = index
        self.message = message
        self.hint = hint


class _Stop(NamedTuple):
    """Where the parser gave up, and what it had understood until then."""

    last_event: int  # index at which the last event begins
    bracket: int | None  # index of the innermost bracket that is open


def problem_from_error(error: Exception, text: str, name: str) -> Problem:
    """The problem that an error of the reader means.

    Args:
        error: a RefusedError, or what PyYAML raised.
        text: what was read.
        name: the file.
    """
    import yaml

    if isinstance(error, RefusedError):
        return _problem(name, text, error.index, error.message, error.hint)
    if isinstance(error, yaml.MarkedYAMLError):
        return _syntax(error, text, name)
    if isinstance(error, yaml.reader.ReaderError):
        return _illegal_character(text, name)
    return _invalid_escape(text, name)


def _problem(name: str, text: str, index: int, message: str, hint: str = "") -> Problem:
    return Problem(name, *Lines(text).position(index), message, hint)


def _syntax(error: "yaml.MarkedYAMLError", text: str, name: str) -> Problem:
    """A syntax error: by its cause earlier in the text if one is found, else by what the parser says."""
    complaint = f"{error.problem or ''} {error.context or ''}"
    mark: Any = error.problem_mark or error.context_mark
    index = min(mark.index, len(text)) if mark else 0
    if "nesting depth" in complaint:
        return _problem(name, text, _index_of_nesting(text, index), NESTED_TOO_DEEP)
    start_of_line = line_start(text, index)
    indent = re.compile(r"[ \t]*").match(text, start_of_line)
    if "\\t" in complaint or "tab" in complaint or (indent and "\t" in indent[0]):
        return _problem(name, text, index, "a tab cannot indent YAML", "use spaces")
    if "escape" in complaint or "hexdecimal" in complaint:
        backslash = text.rfind("\\", start_of_line, index + 1)  # PyYAML's own scanner points after it
        hint = "put the text in single quotes, or write two backslashes"
        index = max(index if backslash < 0 else backslash, start_of_line)
        return _problem(name, text, index, "unknown escape in double quotes", hint)
    if "quoted" in (error.context or ""):
        start = error.context_mark.index if error.context_mark else index
        return _open_quote(text, name, start, index)
    stop = _replay(text)
    if cause := find_cause(text, min(stop.last_event, index), index, stop.bracket):
        return _problem(name, text, cause.offset, cause.message, cause.hint)
    if "simple key" in complaint and error.context_mark:
        return _problem(name, text, error.context_mark.index, "a key here has no colon", "write key: value")
    if "mapping values are not allowed" in complaint:
        return _stray_colon(text, name, stop.last_event, index)
    if stop.bracket is not None and "flow" in complaint:
        return _unclosed("bracket", text, name, stop.bracket, index)
    said = (error.problem or error.context or "").replace("\\t", "tab")
    context = f" {error.context}" if error.context and error.problem else ""
    hint = "check the indentation and the quotes"
    return _problem(name, text, index, f"this is not YAML: {said}{context}", hint)


def _index_of_nesting(text: str, index: int) -> int:
    """Where the first collection that is nested too deep begins; `index` if looking for it takes too long.

    libyaml 0.2.6, in PyYAML 6.0.4, refuses 1,000 levels before it hands out the events of the levels that
    we refuse. PyYAML's own parser, which is slow, hands them out one by one.
    """
    import yaml

    if len(text) > _MAX_SLOW_LENGTH:
        return index
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            start: Any = event.start_mark
            return int(start.index)
    return index


def _replay(text: str) -> _Stop:
    """Go through the events once more, up to the error."""
    import yaml

    last_event = 0
    brackets: list[int | None] = []  # None for a collection without
    try:
        for event in events(text):
            if isinstance(event, yaml.DocumentEndEvent):
                continue
            start: Any = event.start_mark
            last_event = start.index
            if isinstance(event, yaml.CollectionStartEvent):
                brackets.append(last_event if event.flow_style else None)
            elif isinstance(event, yaml.CollectionEndEvent):
                brackets.pop()
    except (yaml.YAMLError, ValueError, OverflowError):
        pass
    return _Stop(last_event, brackets[-1] if brackets else None)


def _stray_colon(text: str, name: str, start: int, index: int) -> Problem:
    """A colon inside a text without quotes, which begins at `start`.

    If it is after what looks like a key in a later line of that text, it is not the colon that is wrong.
    """
    line = line_start(text, index)
    if start >= line or not _KEY_ONLY.fullmatch(text, line, index):
        hint = "quote a text that holds a colon and a space"
        return _problem(name, text, index, "a colon is not allowed here", hint)
    if _LEAD_ONLY.fullmatch(text, line_start(text, start), start):
        return _problem(name, text, start, "a key here has no colon", "write key: value")
    key = index - len(text[line:index].lstrip(" "))
    hint = "indent it like the key above, or quote the text"
    return _problem(name, text, key, "a key is not allowed inside a text", hint)


def _open_quote(text: str, name: str, start: int, index: int) -> Problem:
    """A quote at `start` that is never closed, or is closed by a character that only looks like one."""
    if slip := find_closing_quote(text, start):
        return _problem(name, text, slip.offset, slip.message, slip.hint)
    return _unclosed("quote", text, name, start, index)


def _unclosed(what: str, text: str, name: str, start: int, index: int) -> Problem:
    """A quote or bracket that is never closed, or should have been before an index."""
    if not text[index:].strip():
        return _problem(name, text, start, f"the {what} that opens here is never closed")
    line, column = Lines(text).position(start)
    message = f"the {what} that opens at {line}:{column} should go on or close here"
    return _problem(name, text, index, message, "check for a missing comma, quote or bracket")


def _invalid_escape(text: str, name: str) -> Problem:
    r"""An escape such as \UFFFFFFFF that is beyond Unicode."""
    match = re.search(r"\\U(?!000[0-9a-fA-F]{5}|0010[0-9a-fA-F]{4})", text)
    return _problem(name, text, match.start() if match else 0, *INVALID_ESCAPE)


def _illegal_character(text: str, name: str) -> Problem:
    """A character that no YAML file may hold."""
    match = re.search(f"[^{_ALLOWED}]", text)
    index = match.start() if match else 0
    message = f"the character U+{ord(text[index]):04X} is not allowed in YAML"
    return _problem(name, text, index, message, "delete it")

"""What is said of a text that cannot be read: its place, its fault and its mend."""

import contextlib
import re
from typing import TYPE_CHECKING, Any

from sisterline.compose import MAX_DEPTH, NO_CHARACTER, TOO_DEEP, LimitError, NotYAMLError, events
from sisterline.errors import Problem

if TYPE_CHECKING:
    import yaml


def tell(error: LimitError | NotYAMLError, text: str, name: str) -> Problem:
    """The problem that is behind an error of the composer."""
    import yaml

    if isinstance(error, LimitError):
        return Problem(name, error.mark.line + 1, error.mark.column + 1, str(error))
    cause = error.__cause__
    if isinstance(cause, yaml.MarkedYAMLError):
        return _syntax(cause, text, name)
    if isinstance(cause, yaml.reader.ReaderError):
        return _unreadable(text, name)
    return _no_character(text, name)  # PyYAML's own scanner: an escape beyond Unicode


def _syntax(error: "yaml.MarkedYAMLError", text: str, name: str) -> Problem:
    """A syntax error in words that tell what to mend."""
    mark: Any = error.problem_mark or error.context_mark
    if "simple key" in (error.context or ""):
        mark = error.context_mark
        line, column = mark.line + 1, mark.column + 1
        return Problem(name, line, column, "a key here has no colon", "write key: value")
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = (error.problem or error.context or "this is not YAML").replace("\\t", "tab")
    if "nesting depth" in said:
        return _too_deep(text, name) or Problem(name, line, column, TOO_DEEP)
    lines = text.splitlines()
    here = lines[line - 1] if line <= len(lines) else ""
    if "tab" in said or "\t" in here[: len(here) - len(here.lstrip())]:
        return Problem(name, line, column, "a tab cannot indent YAML", "use spaces")
    if "single document" in (error.context or "") + said or "another document" in said:
        return Problem(
            name, line, column, "a second document begins here", "keep one document in a file, without ---"
        )
    if "mapping values are not allowed" in said:
        return Problem(
            name, line, column, "a colon is not allowed here", "quote a text that holds a colon and a space"
        )
    if "escape" in said or "hexdecimal" in said:
        column = here.rfind("\\", 0, column) + 1 or column  # PyYAML's own scanner points behind the backslash
        hint = "put the text in single quotes, or write two backslashes"
        return Problem(name, line, column, "the escape here means nothing in double quotes", hint)
    quoted = "quoted" in (error.context or "")
    start = error.context_mark if quoted else _bracket(text) if "flow" in (error.context or "") else None
    if start:
        what = "quote" if quoted else "bracket"
        if line > len(lines) or (line == len(lines) and column > len(here)):
            return Problem(
                name, start.line + 1, start.column + 1, f"the {what} that opens here is never closed"
            )
        opened = f"the {what} that opens at {start.line + 1}:{start.column + 1} should go on or close here"
        return Problem(name, line, column, opened, "check for a missing comma, quote or bracket")
    context = f" {error.context}" if error.context else ""
    return Problem(
        name, line, column, f"this is not YAML: {said}{context}", "check the indentation and the quotes"
    )


def _too_deep(text: str, name: str) -> Problem | None:
    """The problem of the first collection that lies deeper than data may.

    libyaml refuses 1,000 levels itself from version 0.2.6 on (in PyYAML 6.0.4), before it hands out the
    events of the levels that we would refuse. PyYAML's own parser, which is slow, meets them one by one.
    """
    import yaml

    depth = 0
    with contextlib.suppress(yaml.YAMLError):
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > MAX_DEPTH:
                mark: Any = event.start_mark
                return Problem(name, mark.line + 1, mark.column + 1, TOO_DEEP)
    return None


def _bracket(text: str) -> Any:
    """The mark of the innermost bracket that is open where the text stops being YAML."""
    import yaml

    opened: list[Any] = []
    with contextlib.suppress(yaml.YAMLError):
        for event in events(text):
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                opened.append(event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                opened.pop()
    flow = [event for event in opened if event.flow_style]
    return flow[-1].start_mark if flow else None


def _no_character(text: str, name: str) -> Problem:
    r"""An escape such as \UFFFFFFFF that lies beyond Unicode."""
    match = re.search(r"\\U(?!000[0-9a-fA-F]{5}|0010[0-9a-fA-F]{4})", text)
    at = match.start() if match else 0
    line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
    return Problem(name, line, column, *NO_CHARACTER)


def _unreadable(text: str, name: str) -> Problem:
    """A character that no YAML file may hold."""
    match = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    at = match.start() if match else 0
    line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
    what = f"U+{ord(text[at]):04X}" if match else "a control character"
    return Problem(name, line, column, f"the character {what} is not allowed in YAML", "delete it")

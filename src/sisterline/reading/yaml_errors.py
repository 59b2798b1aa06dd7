"""What the errors of PyYAML's parser mean: where, what is wrong, and the fix.

libyaml has no error codes, so its errors are recognised by parts of their wording, most of which PyYAML's own
scanner shares. The position of an error is where the parser stopped; the cause may be earlier.
"""

import contextlib
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sisterline.reading.positions import Lines, line_start
from sisterline.reading.slips import Slip, find_cause, find_closing_quote
from sisterline.reading.yaml_events import MAX_DEPTH, events
from sisterline.translation import gettext as _
from sisterline.translation import pgettext

if TYPE_CHECKING:
    import yaml


_ALLOWED = r"\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff"
_MAX_SLOW_LENGTH = 1_000_000  # characters that PyYAML's own parser reads in a few seconds
_LEAD_ONLY = re.compile(r"[ ]*(?:-[ ]+)*")
_KEY_ONLY = re.compile(r"[ ]*(?:-[ ]+)*[A-Za-z_][A-Za-z0-9_-]*[ ]*")


def invalid_escape() -> tuple[str, str]:
    """The problem of an escape that is beyond Unicode, and its fix."""
    return _("this escape is not a character"), _("write the character itself")


def nested_too_deep() -> str:
    """The problem of values in more values than are read."""
    return _("nested deeper than {limit} levels").format(limit=MAX_DEPTH)


class YamlRefusedError(Exception):
    """A file that is not read to its end.

    Attributes:
        index: of the character at which reading stopped.
        message: the reason.
        hint: the fix; empty if the message says it.
    """

    def __init__(self, index: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.index = index
        self.message = message
        self.hint = hint


class _Stop(NamedTuple):
    """Where the parser stopped.

    Attributes:
        offset: index of the character there.
        last_event: index at which the last event before it begins.
        bracket: index of the innermost bracket that is open there; None if there is none.
    """

    offset: int
    last_event: int
    bracket: int | None


def slip_from_error(error: Exception, text: str) -> Slip:
    """What an error of the reader means, and where it is.

    Args:
        error: a YamlRefusedError, or what PyYAML raised.
        text: what was read.
    """
    import yaml

    if isinstance(error, YamlRefusedError):
        return Slip(error.index, error.message, error.hint)
    if isinstance(error, yaml.MarkedYAMLError):
        return _syntax_error(error, text)
    if isinstance(error, yaml.reader.ReaderError):
        return _illegal_character(text)
    return _invalid_escape(text)


def _syntax_error(error: "yaml.MarkedYAMLError", text: str) -> Slip:
    """What is wrong where the parser stopped, or else before that."""
    mark: Any = error.problem_mark or error.context_mark
    index = min(mark.index, len(text)) if mark else 0
    if found := _error_at(error, text, index):
        return found
    stop = _find_stop(text, index)
    if cause := find_cause(text, min(stop.last_event, index), index, stop.bracket):
        return cause
    return _error_before(error, text, stop)


def _error_at(error: "yaml.MarkedYAMLError", text: str, index: int) -> Slip | None:
    """The error at an index, if the parser's words say which it is."""
    words = f"{error.problem or ''} {error.context or ''}"
    if "nesting depth" in words:
        return Slip(_index_of_nesting(text, index), nested_too_deep())
    start_of_line = line_start(text, index)
    if "\\t" in words or "tab" in words or re.compile(r" *\t").match(text, start_of_line):
        return Slip(index, _("a tab cannot indent YAML"), _("use spaces"))
    if "escape" in words or "hexdecimal" in words:
        # PyYAML's own scanner points after the backslash.
        backslash = text.rfind("\\", start_of_line, index + 1)
        if backslash >= 0:
            index = backslash
        hint = _("put the text in single quotes, or write two backslashes")
        return Slip(index, _("unknown escape in double quotes"), hint)
    if "quoted" in (error.context or ""):
        start: Any = error.context_mark
        opened = start.index if start else index
        quote = pgettext("what is open", "quote")
        return find_closing_quote(text, opened) or _unclosed(quote, text, opened, index)
    return None


def _error_before(error: "yaml.MarkedYAMLError", text: str, stop: _Stop) -> Slip:
    """The error that made the parser stop, by its words; these themselves if they are not known."""
    problem, context = error.problem or "", error.context or ""
    if "simple key" in f"{problem} {context}" and error.context_mark:
        return Slip(error.context_mark.index, _("this key has no colon"), _("write key: value"))
    if "mapping values are not allowed" in problem:
        return _stray_colon(text, stop.last_event, stop.offset)
    if stop.bracket is not None and "flow" in f"{problem} {context}":
        return _unclosed(pgettext("what is open", "bracket"), text, stop.bracket, stop.offset)
    words = f"{problem} {context}".strip().replace("\\t", "tab")
    return Slip(
        stop.offset,
        _("this is not YAML: {words}").format(words=words),
        _("check the indentation and the quotes"),
    )


def _index_of_nesting(text: str, index: int) -> int:
    """The index of the first collection that is nested too deep; `index` if finding it would take too long.

    libyaml 0.2.6, in PyYAML 6.0.4, stops at 1,000 levels before it returns the events of the first ones.
    PyYAML's own parser, which is slow, returns them one by one.
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


def _find_stop(text: str, index: int) -> _Stop:
    """Read the events before an error at an index once more."""
    import yaml

    last_event = 0
    brackets: list[int | None] = [None]  # None for a collection in block style
    with contextlib.suppress(yaml.YAMLError, ValueError, OverflowError):
        for event in events(text):
            if isinstance(event, yaml.DocumentEndEvent):
                continue
            start: Any = event.start_mark
            last_event = start.index
            if isinstance(event, yaml.CollectionEndEvent):
                brackets.pop()
            elif isinstance(event, yaml.CollectionStartEvent):
                brackets.append(None)
                if event.flow_style:
                    brackets[-1] = last_event
    return _Stop(index, last_event, brackets[-1])


def _stray_colon(text: str, start: int, index: int) -> Slip:
    """A colon in text without quotes that begins at `start`.

    After what looks like a key in a later line of that text, it is not the colon that is wrong.
    """
    line = line_start(text, index)
    if start >= line or not _KEY_ONLY.fullmatch(text, line, index):
        return Slip(
            index, _("a colon is not allowed here"), _("quote text that has a colon and a space in it")
        )
    if _LEAD_ONLY.fullmatch(text, line_start(text, start), start):
        return Slip(start, _("this key has no colon"), _("write key: value"))
    key = index - len(text[line:index].lstrip(" "))
    hint = _("indent it like the key above, or quote the text")
    return Slip(key, _("a key is not allowed inside text"), hint)


def _unclosed(what: str, text: str, start: int, index: int) -> Slip:
    """A quote or bracket that is never closed, or not before an index where it has to be."""
    if not text[index:].strip():
        return Slip(start, _("the {what} that opens here is never closed").format(what=what))
    line, column = Lines(text).position(start)
    message = _("the {what} that opens at {place} should continue or close here").format(
        what=what, place=f"{line}:{column}"
    )
    return Slip(index, message, _("check for a missing comma, quote or bracket"))


def _invalid_escape(text: str) -> Slip:
    r"""An escape such as \UFFFFFFFF that is beyond Unicode."""
    index = _first_index(r"\\U(?!000[0-9a-fA-F]{5}|0010[0-9a-fA-F]{4})", text)
    return Slip(index, *invalid_escape())


def _illegal_character(text: str) -> Slip:
    """A character that is not allowed in YAML."""
    index = _first_index(f"[^{_ALLOWED}]", text)
    return Slip(
        index,
        _("the character U+{ord} is not allowed in YAML").format(ord=f"{ord(text[index]):04X}"),
        _("delete it"),
    )


def _first_index(pattern: str, text: str) -> int:
    """The index of the first match of a pattern; 0 if there is none."""
    match = re.search(pattern, text)
    return match.start() if match else 0

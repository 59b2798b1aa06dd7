"""Data files as documents: plain values, with their positions for problems.

Every scalar stays the text that is in the file: `NO`, `012`, `1996-03` and `1:30` get their types from the
schema, never from YAML's guesses. Features that make YAML hard to read or unsafe (anchors, aliases, merge
keys, tags, duplicate keys, several documents) are problems.
"""

from pathlib import Path
from typing import Any

from sisterline.errors import Problem, Problems, UnreadableError
from sisterline.reading import OnProgress, slips
from sisterline.reading.encoding import decode, read_bytes, refuse_table
from sisterline.reading.files import display_path
from sisterline.reading.partial import readable_rest
from sisterline.reading.positions import Lines, Outline, Step
from sisterline.reading.yaml_errors import YamlRefusedError, nested_too_deep, slip_from_error
from sisterline.reading.yaml_events import gc_paused
from sisterline.reading.yaml_reader import Plain, Reader
from sisterline.reading.yaml_warnings import cut_texts
from sisterline.translation import gettext as _
from sisterline.translation import marked

_FIRST_LINE = marked("begin with partnerships: or places:")


class Document:
    """One file as a plain value.

    Attributes:
        path: the file as the user named it.
        value: mappings, lists and texts; None for a key without a value, which is reported already.
        problems: what was found wrong with it so far.
        is_partial: whether records with syntax errors are left out of the value.
    """

    def __init__(self, text: str, value: Plain, problems: Problems, *, is_partial: bool = False) -> None:
        self.path = problems.path
        self.value = value
        self.problems = problems
        self.is_partial = is_partial
        self._text = text
        self._lines = Lines(text)
        self._outline = Outline(text)

    def position_of(self, *steps: Step, key: bool = False) -> tuple[int, int]:
        """Line and column, counted from 1, of the value that the steps lead to.

        Args:
            steps: keys and indexes from the root; those from the first that does not exist are ignored.
            key: whether to return the position of the last key instead of its value.
        """
        spot, found = self._outline.find(steps)
        if key and found == len(steps) and spot.key_start is not None:
            return self._lines.position(spot.key_start)
        return self._lines.position(spot.start)

    def problem(self, message: str, *steps: Step, hint: str = "", key: bool = False) -> Problem:
        """A problem with the value that the steps lead to, or with the slip in it that explains it."""
        if slip := self._slip_in(steps, key=key):
            return self._problem_of(slip)
        return Problem(self.path, *self.position_of(*steps, key=key), message, hint)

    def warnings(self) -> list[Problem]:
        """Valid YAML that probably does not mean what its author wanted."""
        return [self._problem_of(slip) for slip in cut_texts(self._text)]

    def _problem_of(self, slip: slips.Slip) -> Problem:
        return Problem(self.path, *self._lines.position(slip.offset), slip.message, slip.hint)

    def _slip_in(self, steps: tuple[Step, ...], *, key: bool) -> slips.Slip | None:
        """The slip in a key or text without quotes that is not valid; None if there is none."""
        spot, found = self._outline.find(steps)
        if found < len(steps):
            return None
        if key and spot.key_start is not None:
            return slips.in_unknown_key(self._text, spot.key_start, str(steps[-1]))
        if key or spot.style != "":
            return None
        return slips.in_value(self._text, spot.start, spot.end)


def read(
    path: Path, name: str = "", on_progress: OnProgress | None = None
) -> tuple[Document | None, list[Problem]]:
    """Read a file: its document, and its problems. The document is None if the file cannot be used.

    Args:
        path: the file.
        name: its name in problems; the path by default.
        on_progress: called with the number of characters read and of all.
    """
    name = name or display_path(path)
    try:
        data = read_bytes(path, name)
    except UnreadableError as error:
        return None, [error.problem]
    return parse(data, name, on_progress)


def parse(
    data: bytes, name: str, on_progress: OnProgress | None = None
) -> tuple[Document | None, list[Problem]]:
    """Read the bytes of a file called `name`, as `read` does."""
    try:
        text = decode(data, name)
        if not text or text.isspace():
            raise UnreadableError(name, _("the file is empty"), _(_FIRST_LINE), line=1, column=1)
        return _parse_text(text, name, on_progress)
    except UnreadableError as error:
        return None, [error.problem]


def _parse_text(
    text: str, name: str, on_progress: OnProgress | None
) -> tuple[Document | None, list[Problem]]:
    reader = Reader(text, name, on_progress)
    value, error = _read(reader)
    if not isinstance(value, dict):
        refuse_table(text, name)
    if error is not None:
        return _parse_rest(reader, error)
    if reader.forbidden.count:
        return None, reader.forbidden.all()
    if value is None:
        raise UnreadableError(name, _("the file has no data"), _(_FIRST_LINE), line=1, column=1)
    return Document(text, value, reader.problems), reader.problems.all()


def _read(reader: Reader) -> tuple[Any, Exception | None]:
    """The value of a text, and the error that ended the reading of it, if any."""
    import yaml

    with gc_paused():
        try:
            value = reader.read()
        except (yaml.YAMLError, YamlRefusedError, ValueError, OverflowError) as error:
            return None, error
    for slip in slips.line_separators(reader.text):
        reader.forbid(slip)
    return value, None


def _parse_rest(reader: Reader, error: Exception) -> tuple[Document | None, list[Problem]]:
    """What can be read of a text that was not read to its end, and its problems.

    Syntax errors after something forbidden are mostly its consequence, and so are not reported.
    """
    first = slip_from_error(error, reader.text)
    refused = isinstance(error, YamlRefusedError) or first.message == nested_too_deep()
    if reader.forbidden.count and not refused:
        return None, reader.forbidden.all()
    reader.forbid(first)
    if refused:
        return None, reader.forbidden.all()
    rest = readable_rest(reader.text, first.offset)
    if rest is None:
        return None, reader.forbidden.all()
    again = Reader(rest.text, reader.problems.path, None)
    for slip in (first, *rest.slips):
        again.report(slip)
    value, error_again = _read(again)
    if error_again is not None or again.forbidden.count or not isinstance(value, dict):
        return None, [*reader.forbidden.all(), *again.forbidden.all()]
    return Document(rest.text, value, again.problems, is_partial=True), again.problems.all()

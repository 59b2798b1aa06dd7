"""YAML text as plain values that know where they stand.

Every scalar stays the text that stands in the file: `NO`, `012`, `1996-03` and `1:30` are typed by the
schema later, never by YAML's guesses. What makes YAML hard to read or unsafe (anchors, aliases, merge
keys, tags, duplicate keys, several documents) is a problem, not a feature.
"""

import os
import stat
from pathlib import Path
from typing import Any

from sisterline.compose import (
    Faults,
    ForbiddenError,
    LimitError,
    NotYAMLError,
    Plain,
    Record,
    Watch,
    compose,
    nodes,
)
from sisterline.errors import Problem
from sisterline.reading.files import MAX_BYTES, display_path
from sisterline.syntax import tell

_BEGIN = "begin with partnerships: or places:"
_BOM = b"\xef\xbb\xbf"
# UTF-32 first: one of its marks begins as one of UTF-16.
_OTHERS = {"UTF-32": (b"\xff\xfe\0\0", b"\0\0\xfe\xff"), "UTF-16": (b"\xff\xfe", b"\xfe\xff")}
_Keys = dict[Any, dict[str, tuple[Any, Any]]]  # of mappings that were searched: key -> its node, its value's


class Document:
    """One file as a plain value.

    Attributes:
        path: the file as the user named it.
        value: mappings, lists and texts.
        faults: what is wrong with it so far.
    """

    def __init__(self, text: str, value: Plain, root: Any, faults: Faults) -> None:
        self.path = faults.name
        self.value = value
        self.faults = faults
        self._text = text
        self._root = root
        self._keys: _Keys = {}
        self._opened: tuple[Record | None, Any, _Keys] = (None, None, {})

    def place(self, *steps: str | int, key: bool = False) -> tuple[int, int]:
        """Line and column, counted from 1, of the value that the steps lead to.

        Args:
            steps: keys and indexes from the root; the walk ends early at a step that does not exist.
            key: the place of the last key instead of its value.
        """
        node, mark = self._root, self._root.start_mark
        keys, above = self._keys, 0
        for number, step in enumerate(steps, 1):
            if isinstance(node, Record):
                above = node.start_mark.line
                node, keys = self._open(node)
                mark = node.start_mark
            name, node = _step(node, step, keys)
            if node is None:
                break
            mark = name.start_mark if name and key and number == len(steps) else node.start_mark
        return above + mark.line + 1, mark.column + 1

    def problem(self, message: str, *steps: str | int, hint: str = "", key: bool = False) -> Problem:
        """A problem with the value that the steps lead to."""
        return Problem(self.path, *self.place(*steps, key=key), message, hint)

    def _open(self, record: Record) -> tuple[Any, _Keys]:
        """The nodes of a record, composed once more with what stands before it in its line made blank."""
        if record is not self._opened[0]:
            start = record.start_mark
            text = self._text[start.index : record.end_mark.index]
            self._opened = record, nodes(" " * start.column + text), {}
        return self._opened[1:]


def _step(node: Any, step: str | int, keys: _Keys) -> tuple[Any, Any]:
    """The node of a key with that of its value, or None with that of an item; None twice without either."""
    parts = node.value if isinstance(node.value, list) else []
    if isinstance(step, int):
        part = parts[step] if step < len(parts) else None
        return None, None if isinstance(part, tuple) else part
    if node not in keys:
        # Made once: a file that is wrong in every record would else be searched as often as it is long.
        pairs = [pair for pair in reversed(parts) if isinstance(pair, tuple)]
        keys[node] = {name.value: (name, item) for name, item in pairs if isinstance(name.value, str)}
    return keys[node].get(step, (None, None))


def read(path: Path, name: str = "", watch: Watch | None = None) -> tuple[Document | None, list[Problem]]:
    """Read a file; the document is None where its text cannot be made out at all."""
    name = name or display_path(path)
    try:
        data = _content(path)
    except FileNotFoundError:
        return None, [Problem(name, 0, 0, "there is no such file")]
    except _RefusedError as error:
        return None, [Problem(name, 0, 0, *error.args)]
    except OSError as error:
        return None, [Problem(name, 0, 0, f"cannot be read: {error.strerror or error}")]
    return parse(data, name, watch)


class _RefusedError(Exception):
    """A file is not to be read; with what is said of it and its mend."""


def _content(path: Path) -> bytes:
    """All of a regular file, as long as it is when it is opened."""
    irregular = ("this is not a regular file", "name a .yaml file or a folder of them")
    # A pipe would be waited for, and a device may act when it is opened.
    if not stat.S_ISREG(path.stat().st_mode):
        raise _RefusedError(*irregular)
    # A name may come to mean something else between two looks: a pipe is not waited for even then.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags), "rb") as file:  # noqa: PTH123  # a path cannot be opened so
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode):
            raise _RefusedError(*irregular)
        if found.st_size > MAX_BYTES:
            size = f"the file has {found.st_size >> 20:,} MiB, where {MAX_BYTES >> 20} are allowed"
            raise _RefusedError(size, "make several files of it")
        return file.read(found.st_size)


def parse(data: bytes, name: str, watch: Watch | None = None) -> tuple[Document | None, list[Problem]]:
    """Read the bytes of a file called `name`."""
    text, problem = _decode(data, name)
    if problem:
        return None, [problem]
    if not text or text.isspace():
        return None, [Problem(name, 1, 1, "the file is empty", _BEGIN)]
    faults = Faults(name)
    try:
        root, value = compose(text, faults, watch)
    except ForbiddenError:
        return None, faults.all()
    except (LimitError, NotYAMLError) as error:
        return None, [tell(error, text, name)]
    if root is None:
        return None, [Problem(name, 1, 1, "the file holds no data", _BEGIN)]
    return Document(text, value, root, faults), faults.all()


def loader_is_fast() -> bool:
    """Whether libyaml is there: without it reading takes some ten times as long."""
    import yaml

    return bool(yaml.__with_libyaml__)


def _decode(data: bytes, name: str) -> tuple[str, Problem | None]:
    """UTF-8, with or without a byte order mark."""
    for codec, marks in _OTHERS.items():
        if data.startswith(marks):
            return "", Problem(name, 1, 1, f"the file is {codec}, not UTF-8", "save it as UTF-8")
    try:
        return data.removeprefix(_BOM).decode("utf-8"), None
    except UnicodeDecodeError as error:
        start = error.start + (len(_BOM) if data.startswith(_BOM) else 0)
        line_start = data.rfind(b"\n", 0, start) + 1
        column = len(data[line_start:start].removeprefix(_BOM).decode("utf-8")) + 1
        line = data.count(b"\n", 0, start) + 1
        message = f"byte {data[start]:#04x} at offset {start} is not UTF-8"
        return "", Problem(name, line, column, message, "save the file as UTF-8")

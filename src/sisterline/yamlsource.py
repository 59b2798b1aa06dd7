"""YAML text as plain values that know where they stand: the only module that reads YAML.

Every scalar stays the text that stands in the file: `NO`, `012`, `1996-03` and `1:30` are typed by the
schema later, never by YAML's guesses. What makes YAML hard to read or unsafe (anchors, aliases, merge
keys, tags, duplicate keys, several documents) is a problem, not a feature.
"""

import contextlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sisterline.errors import Problem

if TYPE_CHECKING:
    import yaml

Plain = str | list[Any] | dict[str, Any]

MAX_DEPTH = 32  # the schema needs 6; a file nested deeper than this was not written for it

_CORE = "tag:yaml.org,2002:"  # written !! in a file
_MAP, _SEQ, _STR = _CORE + "map", _CORE + "seq", _CORE + "str"
# An indicator counts only where a token can begin: urls and titles are full of & * and !.
_INDICATOR = re.compile(r"(?<![^\s\[\]{},:-])(?:[&*]\S|!)")
_BEGIN = "begin with partnerships: or places:"
_BOM = b"\xef\xbb\xbf"


class _TooDeepError(Exception):
    """A file is nested deeper than its schema could ever need."""

    def __init__(self, mark: Any) -> None:
        self.mark = mark


class Document(Struct, frozen=True):
    """One file as a plain value.

    Attributes:
        path: the file as the user named it.
        value: mappings, lists and texts.
    """

    path: str
    value: Plain
    node: Any  # the root yaml.Node: places are looked up in it only when a problem needs one

    def place(self, *steps: str | int, key: bool = False) -> tuple[int, int]:
        """Line and column, counted from 1, of the value that the steps lead to.

        Args:
            steps: keys and indexes from the root; the walk ends early at a step that does not exist.
            key: the place of the last key instead of its value.
        """
        node, mark = self.node, self.node.start_mark
        for number, step in enumerate(steps, 1):
            if isinstance(step, int):
                if not isinstance(node.value, list) or step >= len(node.value):
                    break
                node = node.value[step]
                mark = node.start_mark
                continue
            pairs = node.value if isinstance(node.value, list) else []
            found = [pair for pair in pairs if isinstance(pair, tuple) and pair[0].value == step]
            if not found:
                break
            name, node = found[0]
            mark = name.start_mark if key and number == len(steps) else node.start_mark
        return mark.line + 1, mark.column + 1

    def problem(self, message: str, *steps: str | int, hint: str = "", key: bool = False) -> Problem:
        """A problem with the value that the steps lead to."""
        return Problem(self.path, *self.place(*steps, key=key), message, hint)


def read(path: Path, name: str = "") -> tuple[Document | None, list[Problem]]:
    """Read a file; the document is None where its text cannot be made out at all."""
    name = name or str(path)
    try:
        if path.exists() and not path.is_file():
            return None, [
                Problem(name, 0, 0, "this is not a regular file", "name a .yaml file or a folder of them")
            ]
        data = path.read_bytes()
    except FileNotFoundError:
        return None, [Problem(name, 0, 0, "there is no such file")]
    except OSError as error:
        return None, [Problem(name, 0, 0, f"cannot be read: {error.strerror or error}")]
    return parse(data, name)


def parse(data: bytes, name: str) -> tuple[Document | None, list[Problem]]:
    """Read the bytes of a file called `name`."""
    text, problem = _decode(data, name)
    if problem:
        return None, [problem]
    if not text.strip():
        return None, [Problem(name, 1, 1, "the file is empty", _BEGIN)]
    node, problems = _compose(text, name)
    if node is None:
        return None, problems or [Problem(name, 1, 1, "the file holds no data", _BEGIN)]
    value = _plain(node, name, problems)
    return Document(name, value, node), problems


def loader_is_fast() -> bool:
    """Whether libyaml is there: without it reading takes some ten times as long."""
    import yaml

    return bool(yaml.__with_libyaml__)


def _base() -> Any:
    """PyYAML's loader over libyaml; its own one where libyaml is missing."""
    import yaml

    if yaml.__with_libyaml__:
        return yaml.CSafeLoader

    class Own(yaml.SafeLoader):
        """Reads `[1996?]` as libyaml and YAML 1.2 do: PyYAML's own scanner ends a bare text at the mark."""

        def scan_plain(self) -> Any:
            if not self.flow_level:
                return super().scan_plain()
            look = self.peek
            # It looks for the end of the text with this, and takes the text from elsewhere.
            vars(self)["peek"] = lambda index=0: "x" if look(index) == "?" else look(index)
            try:
                return super().scan_plain()
            finally:
                del vars(self)["peek"]

    return Own


def _decode(data: bytes, name: str) -> tuple[str, Problem | None]:
    """UTF-8, with or without a byte order mark."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", Problem(name, 1, 1, "the file is UTF-16, not UTF-8", "save it as UTF-8")
    try:
        return data.removeprefix(_BOM).decode("utf-8"), None
    except UnicodeDecodeError as error:
        start = error.start + (len(_BOM) if data.startswith(_BOM) else 0)
        line_start = data.rfind(b"\n", 0, start) + 1
        column = len(data[line_start:start].removeprefix(_BOM).decode("utf-8")) + 1
        line = data.count(b"\n", 0, start) + 1
        message = f"byte {data[start]:#04x} at offset {start} is not UTF-8"
        return "", Problem(name, line, column, message, "save the file as UTF-8")


def _compose(text: str, name: str) -> "tuple[yaml.Node | None, list[Problem]]":
    import gc

    import yaml

    class Loader(_base()):  # type: ignore[misc]
        """Composes without guessing types: a tag other than these three was written in the file."""

        def resolve(self, kind: type, value: object, implicit: object) -> str:
            return _MAP if kind is yaml.MappingNode else _SEQ if kind is yaml.SequenceNode else _STR

        def descend_resolver(self, current_node: Any, current_index: object) -> None:
            # Both loaders recurse for each level, libyaml's until the process crashes.
            self.depth = getattr(self, "depth", -1) + 1
            if self.depth > MAX_DEPTH:
                raise _TooDeepError(current_node.start_mark)

        def ascend_resolver(self) -> None:
            self.depth -= 1

    # The collector looks at every new node again and again: paused, 26,000 records compose in less
    # than half the time.
    collecting = gc.isenabled()
    gc.disable()
    loader: Any = None
    try:
        if _INDICATOR.search(text) and (problems := _forbidden(text, name)):
            return None, problems
        loader = Loader(text)
        return loader.get_single_node(), []
    except yaml.MarkedYAMLError as error:
        return None, [_syntax(error, text, name)]
    except yaml.reader.ReaderError as error:
        return None, [_unreadable(error, text, name)]
    except _TooDeepError as error:
        line, column = error.mark.line + 1, error.mark.column + 1
        return None, [Problem(name, line, column, f"nested deeper than {MAX_DEPTH} levels")]
    except (ValueError, OverflowError):  # PyYAML's own scanner: an escape beyond Unicode
        return None, [_no_character(text, name)]
    finally:
        if loader is not None:
            loader.dispose()
        if collecting:
            gc.enable()


def _forbidden(text: str, name: str) -> list[Problem]:
    """Anchors, aliases and tags, which can be told apart from text only by the parser."""
    import yaml

    problems = []
    event: Any
    for event in yaml.parse(text, Loader=_base()):
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        if isinstance(event, yaml.AliasEvent):
            problems.append(
                Problem(name, line, column, f"the alias *{anchor} is not allowed", "write the value out")
            )
        elif anchor:
            problems.append(
                Problem(
                    name,
                    line,
                    column,
                    f"the anchor &{anchor} is not allowed",
                    "quote a text that begins with &",
                )
            )
        elif tag:
            problems.append(
                Problem(
                    name,
                    line,
                    column,
                    f"the tag {tag.replace(_CORE, '!!')} is not allowed",
                    "quote a text that begins with !",
                )
            )
    return problems


def _plain(node: Any, name: str, problems: list[Problem]) -> Plain:
    """The value of a node; what cannot be one is reported and left out."""
    value = node.value
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            problems.append(_at(node, name, *_NO_CHARACTER))
        return value
    if node.tag == _SEQ:
        return [_plain(item, name, problems) for item in value]
    mapping: dict[str, Any] = {}
    for key_node, item in value:
        key = key_node.value
        if not isinstance(key, str):
            problems.append(
                _at(key_node, name, "a key must be a text", "quote it, or check for a stray [ or {")
            )
            continue
        if key == "<<":
            problems.append(_at(key_node, name, "the merge key << is not allowed", "write the values out"))
            continue
        if key in mapping:
            problems.append(_at(key_node, name, f'the key "{key}" stands twice', "keep one of the two"))
            continue
        if item.value == "" and not item.style:  # the loaders write no style as None or as ""
            hint = "give it one or leave the key out"
            if node.flow_style:
                hint += ", or quote a text that holds a comma"
            problems.append(_at(key_node, name, f'"{key}" has no value', hint))
            mapping[key] = None
            continue
        mapping[key] = _plain(item, name, problems)
    return mapping


def _at(node: Any, name: str, message: str, hint: str = "") -> Problem:
    return Problem(name, node.start_mark.line + 1, node.start_mark.column + 1, message, hint)


def _syntax(error: "yaml.MarkedYAMLError", text: str, name: str) -> Problem:
    """A syntax error in words that tell what to mend."""
    mark: Any = error.problem_mark or error.context_mark
    if "simple key" in (error.context or ""):
        mark = error.context_mark
        line, column = mark.line + 1, mark.column + 1
        return Problem(name, line, column, "a key here has no colon", "write key: value")
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    said = (error.problem or error.context or "this is not YAML").replace("\\t", "tab")
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
        if line > len(lines):
            return Problem(
                name, start.line + 1, start.column + 1, f"the {what} that opens here is never closed"
            )
        opened = f"the {what} that opens at {start.line + 1}:{start.column + 1} should go on or close here"
        return Problem(name, line, column, opened, "check for a missing comma, quote or bracket")
    context = f" {error.context}" if error.context else ""
    return Problem(
        name, line, column, f"this is not YAML: {said}{context}", "check the indentation and the quotes"
    )


def _bracket(text: str) -> Any:
    """The mark of the innermost bracket that is open where the text stops being YAML."""
    import yaml

    opened: list[Any] = []
    with contextlib.suppress(yaml.YAMLError):
        event: Any
        for event in yaml.parse(text, Loader=_base()):
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                opened.append(event)
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                opened.pop()
    flow = [event for event in opened if event.flow_style]
    return flow[-1].start_mark if flow else None


_NO_CHARACTER = ("an escape here means no character", "write the character itself")


def _no_character(text: str, name: str) -> Problem:
    r"""An escape such as \UFFFFFFFF that lies beyond Unicode."""
    match = re.search(r"\\U(?!000[0-9a-fA-F]{5}|0010[0-9a-fA-F]{4})", text)
    at = match.start() if match else 0
    line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
    return Problem(name, line, column, *_NO_CHARACTER)


def _unreadable(error: Any, text: str, name: str) -> Problem:
    """A character that no YAML file may hold."""
    match = re.search(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    at = match.start() if match else 0
    line, column = text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1
    what = f"U+{ord(text[at]):04X}" if match else "a control character"
    return Problem(name, line, column, f"the character {what} is not allowed in YAML", "delete it")

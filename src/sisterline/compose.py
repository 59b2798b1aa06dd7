"""YAML composed by libyaml and made plain a record at a time, with the limits that keep it harmless.

All of a file as YAML nodes takes some forty times its size, and most of the time that reading takes goes
into making, keeping and walking them. So each record is made plain as soon as it ends, and its nodes are
dropped; where it began and ended is kept, so that its places can be looked up should one be needed.
"""

import contextlib
import gc
import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from msgspec import Struct

from sisterline.errors import Problem

Plain = str | list[Any] | dict[str, Any]
Watch = Callable[[float], None]  # is told how much of a text is read, from 0 to 1

MAX_DEPTH = 32  # the schema needs 6; a file nested deeper than this was not written for it
TOO_DEEP = f"nested deeper than {MAX_DEPTH} levels"
MAX_RECORD = 100_000  # values in one record: the largest of the bundled ones has 1,200
MAX_RECORDS = 1_000_000  # of 26,000 partnerships with their places and sources there are 70,000
MAX_TEXT = 100_000  # characters of one text: some 30 pages
MAX_TOLD = 1_000  # problems told of one file: more than a person mends before looking again

_CORE = "tag:yaml.org,2002:"  # written !! in a file
# An indicator counts only where a token can begin: urls and titles are full of & * and !.
_INDICATOR = re.compile(r"[&*!](?<![^\s\[\]{},:-].)(?:(?<=!)|\S)")
_SURROGATE = re.compile(r"\\(?:u[dD]|U0000[dD])[89a-fA-F]")
NO_CHARACTER = ("an escape here means no character", "write the character itself")


class LimitError(Exception):
    """A file holds more than any data does: deeper, or in greater number."""

    def __init__(self, message: str, mark: Any) -> None:
        super().__init__(message)
        self.mark = mark


class NotYAMLError(Exception):
    """A text is no YAML, for the cause that is given."""


class ForbiddenError(Exception):
    """A file has anchors, aliases or tags; each was noted as a fault."""


class Record(Struct, frozen=True, gc=False):
    """What is left of the nodes of a record: it stands for them in the nodes around it."""

    value: Any
    style: str | None
    start_mark: Any
    end_mark: Any


class Faults:
    """The problems of one file, as many as are told, and how many there are in all."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.told: list[Problem] = []
        self.count = 0

    def add(self, mark: Any, message: str, hint: str = "") -> None:
        """Note a problem at a mark."""
        if self.more():
            self.told.append(Problem(self.name, mark.line + 1, mark.column + 1, message, hint))

    def more(self) -> bool:
        """Count one more problem: whether it is to be told."""
        self.count += 1
        return self.count <= MAX_TOLD

    @property
    def full(self) -> bool:
        """Whether as many are told as are."""
        return self.count >= MAX_TOLD

    def all(self) -> list[Problem]:
        """What is told, and that it is not all if so."""
        if self.count <= MAX_TOLD:
            return self.told
        message = f"{self.count:,} problems, of which {MAX_TOLD:,} are told"
        return [Problem(self.name, 0, 0, message, "mend these and check again"), *self.told]


@contextlib.contextmanager
def collector_paused() -> Iterator[None]:
    """Without the garbage collector, which looks at every new value again and again.

    26,000 records are read in less than half the time without it.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def compose(text: str, faults: Faults, watch: Watch | None = None) -> tuple[Any, Plain]:
    """The root node of a text, its records dropped, and its plain value; None and "" where it has none.

    Raises:
        NotYAMLError: it is no YAML.
        ForbiddenError: it has what data files may not have.
        LimitError: it is deeper or larger than data files are.
    """
    import yaml

    try:
        if any(sign in text for sign in "&*!") and _INDICATOR.search(text):
            _refuse_forbidden(text, faults)
        return _Composer(text, faults, watch).run()
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # ValueError: an escape beyond Unicode
        raise NotYAMLError from error


def nodes(text: str) -> Any:
    """All nodes of a text that was composed before."""
    loader = _loader()(text)
    try:
        return loader.get_single_node()
    finally:
        loader.dispose()


def events(text: str) -> Iterator[Any]:
    """What the parser meets one after the other."""
    import yaml

    yield from yaml.parse(text, Loader=_base())


class _Composer:
    """One file on its way to plain values."""

    def __init__(self, text: str, faults: Faults, watch: Watch | None) -> None:
        import yaml

        self.text = text
        self.faults = faults
        self.watch = watch
        self.mapping: type = yaml.MappingNode
        self.sequence: type = yaml.SequenceNode
        self.records = 0
        self.escapes = bool(_SURROGATE.search(text))

    def run(self) -> tuple[Any, Plain]:
        """The root node and the plain value."""
        with collector_paused():
            loader = _loader()(self.text)
            loader.descend_resolver = self._descend()
            try:
                root = loader.get_single_node()
            finally:
                del loader.descend_resolver  # it would keep the loader alive in a circle
                loader.dispose()
            if root is None:
                return None, ""
            self._look(root)
            return root, self._plain(root)

    def _descend(self) -> Callable[[Any, object], None]:
        """What the loader calls for each node before it makes it, with the node around it.

        It is the only place where Python runs for each node: 26,000 records are 1.3 million calls.
        """
        levels: dict[Any, int] = {}  # the nodes around the one that comes, from the outermost to the last
        last: Any = self  # no node
        count = 0

        def descend(parent: Any, _: object) -> None:
            nonlocal last, count
            count += 1
            if parent is last and count <= MAX_RECORD:
                return
            if count > MAX_RECORD:
                raise LimitError(f"more than {MAX_RECORD:,} values in one record", parent.start_mark)
            last = parent
            level = levels.get(parent)
            if level is None:
                # Both loaders recurse for each level, libyaml's until the process crashes.
                if len(levels) > MAX_DEPTH:
                    raise LimitError(TOO_DEEP, parent.start_mark)
                levels[parent] = len(levels)
                return
            while len(levels) > level + 1:
                levels.popitem()
            if level == 2:  # None, the root, a section: what ended is a record of it
                self._end(parent)
                count = 0
            elif level == 1 and parent.value:  # a section ended, and with it its last record
                last_pair = parent.value[-1]
                self._end(last_pair[1] if isinstance(last_pair, tuple) else parent)
                count = 0

        return descend

    def _end(self, section: Any) -> None:
        """Make the last record of a section plain, and drop its nodes."""
        siblings = section.value
        if not siblings or isinstance(siblings, str):
            return  # what ended is a key that is a collection, or a section that is a text
        entry = siblings[-1]
        node = entry[1] if type(entry) is tuple else entry
        if type(node) is Record:
            return
        if self.escapes or node.end_mark.index - node.start_mark.index > MAX_TEXT:
            self._look(node)
        record = Record(self._plain(node), getattr(node, "style", None), node.start_mark, node.end_mark)
        siblings[-1] = (entry[0], record) if type(entry) is tuple else record
        self.records += 1
        if self.records > MAX_RECORDS:
            raise LimitError(f"more than {MAX_RECORDS:,} records in one file", node.start_mark)
        if self.watch and not self.records % 128:
            self.watch(node.end_mark.index / len(self.text))

    def _look(self, node: Any) -> None:
        """Report texts that no value may be, and leave their beginnings in their places."""
        value = node.value
        if type(node) is Record:
            return
        if type(value) is not str:
            for item in value:
                for part in item if type(item) is tuple else (item,):
                    self._look(part)
        elif len(value) > MAX_TEXT:
            message = f"a text of {len(value):,} characters, where {MAX_TEXT:,} are allowed"
            self.faults.add(node.start_mark, message, "shorten it")
            node.value = value[:100]
        elif self.escapes and any("\ud800" <= char <= "\udfff" for char in value):
            self.faults.add(node.start_mark, *NO_CHARACTER)

    def _plain(self, node: Any) -> Any:
        """The value of a node; what cannot be one is reported and left out."""
        value = node.value
        if type(node) is Record or type(value) is str:
            return value
        if type(node) is self.sequence:
            return [item.value if type(item.value) is str else self._plain(item) for item in value]
        mapping: dict[str, Any] = {}
        for key_node, item in value:
            key, inner = key_node.value, item.value
            if type(key) is not str:
                self.faults.add(
                    key_node.start_mark, "a key must be a text", "quote it, or check for a stray [ or {"
                )
            elif key == "<<":
                self.faults.add(
                    key_node.start_mark, "the merge key << is not allowed", "write the values out"
                )
            elif key in mapping:
                self.faults.add(key_node.start_mark, f'the key "{key}" stands twice', "keep one of the two")
            elif type(inner) is str:
                if not inner and not item.style:  # the loaders write no style as None or as ""
                    hint = "give it one or leave the key out"
                    if node.flow_style:
                        hint += ", or quote a text that holds a comma"
                    self.faults.add(key_node.start_mark, f'"{key}" has no value', hint)
                    inner = None
                mapping[key] = inner
            else:
                mapping[key] = self._plain(item)
        return mapping


def _loader() -> Any:
    return _composing(_base())


def _base() -> Any:
    """PyYAML's loader over libyaml; its own one where libyaml is missing."""
    import yaml

    return yaml.CSafeLoader if yaml.__with_libyaml__ else _own(yaml.SafeLoader)


@cache
def _own(base: Any) -> Any:
    class Own(base):  # type: ignore[misc]
        """Reads `[1996?]` as libyaml and YAML 1.2 do: PyYAML's own scanner ends a bare text at the mark."""

        def scan_plain(self) -> Any:
            if not self.flow_level:
                return super().scan_plain()
            look = self.peek
            # It looks for the end of the text with this, and takes the text from elsewhere.
            self.__dict__["peek"] = lambda index=0: "x" if look(index) == "?" else look(index)
            try:
                return super().scan_plain()
            finally:
                del self.__dict__["peek"]

    return Own


@cache
def _composing(base: Any) -> Any:
    class Loader(base):  # type: ignore[misc]
        """Composes without guessing types, which nothing asks for: every scalar stays a text."""

        # Called for each node. A method of C takes whatever it is given in a third of the time of one of
        # Python; what it gives back is the tag.
        resolve = "".format
        descend_resolver = "".format
        ascend_resolver = "".format

    return Loader


def _refuse_forbidden(text: str, faults: Faults) -> None:
    """Look for anchors, aliases and tags, which can be told apart from text only by the parser."""
    import yaml

    depth = 0
    for event in events(text):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH + 1:
                return  # which will be refused when it is composed
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            faults.add(event.start_mark, f"the alias *{anchor} is not allowed", "write the value out")
        elif anchor:
            message = f"the anchor &{anchor} is not allowed"
            faults.add(event.start_mark, message, "quote a text that begins with &")
        elif tag:
            message = f"the tag {tag.replace(_CORE, '!!')} is not allowed"
            faults.add(event.start_mark, message, "quote a text that begins with !")
    if faults.count:
        raise ForbiddenError

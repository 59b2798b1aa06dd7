"""YAML text as plain values: one pass over PyYAML's events, within limits of depth and size."""

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from sisterline.errors import Problems
from sisterline.reading import OnProgress, slips
from sisterline.reading.positions import Lines
from sisterline.reading.slips import Slip
from sisterline.reading.yaml_errors import YamlRefusedError, invalid_escape, nested_too_deep
from sisterline.reading.yaml_events import MAX_DEPTH, events
from sisterline.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable

Plain = str | list[Any] | dict[str, Any]

MAX_RECORD = 100_000  # values in one record; the largest bundled one has 1,200
MAX_RECORDS = 1_000_000  # in one file; 26,000 partnerships with places and sources have 70,000
MAX_TEXT = 100_000  # characters of one text: some 30 pages

_CORE_TAGS = "tag:yaml.org,2002:"  # written !! in a file
_BLOCK_STYLES = frozenset("|>")
_SURROGATE_ESCAPE = re.compile(r"\\(?:u[dD]|U0000[dD])[89a-fA-F]")
_RECORDS_PER_REPORT = 128  # between reports of progress
_DROPPED = object()  # instead of a key that was a problem


class _Frame(NamedTuple):
    """The state to return to when a collection ends.

    Attributes:
        collection: the one around it; None for the root.
        is_key: whether the collection is itself a key, which is a problem.
        in_flow: whether the one around it is in brackets.
    """

    collection: Any
    is_key: bool
    in_flow: bool


class Reader:
    """Builds the value of one text from its events.

    Nothing recurses: the open collections are a list. The code that runs for each scalar is short, as a file
    of 26,000 records has more than a million.

    Attributes:
        problems: what is wrong with values.
        forbidden: what is not allowed in the file at all, so that its value is not used.
    """

    def __init__(self, text: str, name: str, on_progress: OnProgress | None) -> None:
        self.text = text
        self.lines = Lines(text)
        self.problems = Problems(name)
        self.forbidden = Problems(name)
        self.on_progress = on_progress
        self.may_have_surrogates = bool(_SURROGATE_ESCAPE.search(text))
        self.unchecked_length = MAX_TEXT
        if self.may_have_surrogates:
            self.unchecked_length = -1
        self.root: Any = None
        self.collection: Any = None  # the innermost one that is open
        self.key: Any = None  # of the next value in a mapping; _DROPPED if that value is not kept
        self.key_event: Any = None
        self.in_flow = False
        self.frames: list[_Frame] = []
        self.values = self.records = self.documents = 0

    def read(self) -> Any:
        """The value of the text; None if it has none.

        Raises:
            yaml.YAMLError, ValueError, OverflowError: it is not YAML.
            YamlRefusedError: it exceeds a limit, or has a second document.
        """
        import yaml

        steps: dict[type, Callable[[Any], None]] = {
            yaml.MappingStartEvent: self._start_mapping,
            yaml.MappingEndEvent: self._end,
            yaml.SequenceStartEvent: self._start_list,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._start_document,
        }
        find_step = steps.get
        scalar_type, read_scalar = yaml.ScalarEvent, self._scalar
        for event in events(self.text):
            event_type = type(event)
            if event_type is scalar_type:  # most are
                read_scalar(event)
            elif step := find_step(event_type):
                step(event)
        return self.root

    def _start_document(self, event: Any) -> None:
        self.documents += 1
        if self.documents > 1:
            hint = _("put each document in a file of its own, without ---")
            raise YamlRefusedError(event.start_mark.index, _("a second document begins here"), hint)

    def _scalar(self, event: Any) -> None:
        self.values += 1
        value: Any = event.value
        if (
            self.values > MAX_RECORD
            or event.anchor
            or event.tag
            or event.style in _BLOCK_STYLES
            or len(value) > self.unchecked_length
        ):
            value = self._check_scalar(event)
        collection = self.collection
        if type(collection) is list:
            collection.append(value)
        elif collection is None:
            self.root = value
        elif self.key is None:
            self.key, self.key_event = value, event
            # "<<" and a key after a hyphen without a space are less than "A".
            if value < "A" or value in collection or not value.isascii():
                self._check_key(event, value)
        else:
            if not value and not event.style:  # the loaders have no style as None or ""
                self._missing_value(event)
                value = None
            if self.key is not _DROPPED:
                collection[self.key] = value
            self.key = None

    def _check_scalar(self, event: Any) -> str:
        """The text of an unusual scalar, whose problems are reported."""
        self._check_event(event)
        value: str = event.value
        if event.style in _BLOCK_STYLES:
            value = value.rstrip(" \t\n")  # the line break after a block is layout, not text
        if len(value) > MAX_TEXT:
            message = _("a text of {count} characters, where {limit} are allowed").format(
                count=f"{len(value):,}", limit=f"{MAX_TEXT:,}"
            )
            self._report(event.start_mark.index, message, _("shorten it"))
            return value[:100]
        if self.may_have_surrogates and any("\ud800" <= char <= "\udfff" for char in value):
            self._report(event.start_mark.index, *invalid_escape())
        return value

    def _check_key(self, event: Any, key: Any) -> None:
        """Report a key that is not valid, and drop its value."""
        start = event.start_mark.index
        if not event.style and (slip := slips.in_key(self.text, start, event.end_mark.index)):
            self.forbid(slip)
        elif key == "<<":
            self._report(start, _("the merge key << is not allowed"), _("write the values out"))
        elif key in self.collection:
            self._report(start, _('duplicate key "{key}"').format(key=key), _("keep one of the two"))
        else:
            return
        self.key = _DROPPED

    def _missing_value(self, event: Any) -> None:
        """Report a key without a value, with the probable reason."""
        if self.key is _DROPPED:
            return
        start = self.key_event.start_mark.index
        if slip := slips.in_key_without_value(self.text, start, self.key_event.end_mark.index):
            self.forbid(slip)
            return
        hint = _("give it one or remove the key")
        if self.in_flow:
            hint = _("give it one or remove the key, or quote text that has a comma in it")
        if slips.comment_follows(self.text, event.start_mark.index):
            hint = _("quote text that begins with #, or give it a value")
        self._report(start, _('"{key}" has no value').format(key=self.key), hint)

    def _start_mapping(self, event: Any) -> None:
        self._start(event, {})

    def _start_list(self, event: Any) -> None:
        self._start(event, [])

    def _start(self, event: Any, value: Plain) -> None:
        self.values += 1
        self._check_event(event)
        if len(self.frames) >= MAX_DEPTH:
            raise YamlRefusedError(event.start_mark.index, nested_too_deep())
        is_key = type(self.collection) is dict and self.key is None
        frame = _Frame(self.collection, is_key, self.in_flow)
        if is_key:
            hint = _("quote it, or check for a stray [ or {")
            self._report(event.start_mark.index, _("a key must be text"), hint)
        else:
            self._add(value)
        self.frames.append(frame)
        self.collection, self.key, self.in_flow = value, None, event.flow_style

    def _end(self, event: Any) -> None:
        frame = self.frames.pop()
        self.collection, self.in_flow = frame.collection, frame.in_flow
        self.key = None
        if frame.is_key:
            self.key = _DROPPED
        depth = len(self.frames)
        if depth <= 2:
            self._end_record(event, depth)

    def _end_record(self, event: Any, depth: int) -> None:
        """Count a record: a value in a section, or in the root if that is a list."""
        if depth:
            self.values = 0
        if depth == 2 or (depth == 1 and type(self.root) is list):
            self.records += 1
            if self.records > MAX_RECORDS:
                raise YamlRefusedError(
                    event.start_mark.index,
                    _("more than {limit} records in one file").format(limit=f"{MAX_RECORDS:,}"),
                )
            if self.on_progress and not self.records % _RECORDS_PER_REPORT:
                self.on_progress(event.end_mark.index, len(self.text))

    def _alias(self, event: Any) -> None:
        message = _("the alias *{anchor} is not allowed").format(anchor=event.anchor)
        hint = _("write the value out, or quote text that begins with *")
        self.forbid(Slip(event.start_mark.index, message, hint))
        if type(self.collection) is dict and self.key is None:
            self.key = _DROPPED
        else:
            self._add("")

    def _add(self, value: Plain) -> None:
        """Add a value to the innermost collection."""
        if self.collection is None:
            self.root = value
        elif type(self.collection) is list:
            self.collection.append(value)
        else:
            if self.key is not _DROPPED:
                self.collection[self.key] = value
            self.key = None

    def _check_event(self, event: Any) -> None:
        """Report anchors and tags, and stop at too many values in a record."""
        start = event.start_mark.index
        if self.values > MAX_RECORD:
            raise YamlRefusedError(
                start, _("more than {limit} values in one record").format(limit=f"{MAX_RECORD:,}")
            )
        if event.anchor:
            message = _("the anchor &{anchor} is not allowed").format(anchor=event.anchor)
            self.forbid(Slip(start, message, _("quote text that begins with &")))
        elif event.tag:
            tag = event.tag.replace(_CORE_TAGS, "!!")
            message = _("the tag {tag} is not allowed").format(tag=tag)
            self.forbid(Slip(start, message, _("quote text that begins with !")))

    def report(self, slip: Slip) -> None:
        """Add a problem with a value."""
        self._report(*slip)

    def forbid(self, slip: Slip) -> None:
        """Add a problem that leaves the value unused."""
        self.forbidden.report(self.lines.position(slip.offset), slip.message, slip.hint)

    def _report(self, index: int, message: str, hint: str) -> None:
        self.problems.report(self.lines.position(index), message, hint)

"""What is wrong with a record, field by field: each problem with its position and its fix."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple, TypeVar

from msgspec import Struct, inspect
from msgspec.structs import replace

from sisterline.coordinates import CoordinatesError
from sisterline.dates import DateError
from sisterline.dates import example as date_example
from sisterline.errors import choose_one_of, did_you_mean
from sisterline.reading.patterns import PATTERNS, mismatch
from sisterline.reading.scalars import ScalarError
from sisterline.reading.schema import (
    LANGUAGE,
    Field,
    References,
    accepts,
    convert_record,
    fields_of,
    pattern_of,
    union_members,
    without_metadata,
)
from sisterline.reading.yaml_reader import Plain
from sisterline.reading.yaml_text import Document
from sisterline.text.matching import closest_match
from sisterline.translation import gettext as _
from sisterline.translation import listed, listed_or, marked, pgettext

T = TypeVar("T", bound=Struct)

# Words compared in all to find the closest ones, which takes some two seconds at most: a file may have a
# thousand unknown ids, and a million known ones.
MAX_COMPARISONS = 100_000
_MAX_WORD = 100  # characters of a word that a suggestion is looked for
_MAX_VOCABULARY = 100  # words; suggestions from larger ones are not kept

_LISTS = (inspect.VarTupleType, inspect.TupleType)
_ListType = inspect.VarTupleType | inspect.TupleType

LIST_HINT = marked("begin each record with a hyphen")


class Location(NamedTuple):
    """A value in a file, by the keys and indexes that lead to it from the root of a document."""

    document: Document
    steps: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return "{}:{}:{}".format(*self.position())

    def position(self) -> tuple[str, int, int]:
        """Path, line and column of the key, or of the value if it has none."""
        return self.document.path, *self.document.position_of(*self.steps, key=True)

    def value_position(self) -> tuple[str, int, int]:
        """Path, line and column of the value."""
        return self.document.path, *self.document.position_of(*self.steps)

    def child(self, *steps: str | int) -> "Location":
        """The location of a value in this one."""
        return Location(self.document, (*self.steps, *steps))

    def parent(self) -> "Location":
        """The location of the value that this one is in."""
        return Location(self.document, self.steps[:-1])


class Diagnostics:
    """Reports problems at locations, and suggests what was meant, within a limit of time."""

    def __init__(self) -> None:
        self._suggestions: dict[object, str] = {}
        self._comparisons = 0

    def report(self, location: Location, message: str, hint: str = "", *, key: bool = False) -> None:
        """Add a problem with a value, or with its key, to the problems of its document."""
        document = location.document
        if document.problems.count_one():
            problem = document.problem(message, *location.steps, hint=hint, key=key)
            document.problems.shown.append(problem)

    def report_unknown_key(self, key: str, known: Collection[str], location: Location) -> None:
        """Report a key that is not one of the known keys of the mapping at a location."""
        hint = self.suggest(key, known) or _("the keys are {list}").format(list=listed(known))
        if key == "id":
            hint = _("the key of a record of places or sources is its id")
        self.report(location.child(key), _('unknown key "{key}"').format(key=key), hint, key=True)

    def suggest(self, word: str, known: Collection[str], *, likeness: float = 0.6) -> str:
        """A hint with the known word that was probably meant; empty if there is none."""
        return did_you_mean(self.closest(word, known, likeness=likeness))

    def closest(self, word: str, known: Collection[str], *, likeness: float = 0.6) -> str:
        """The closest known word; empty if none is close, or if too many words were compared already."""
        if len(word) > _MAX_WORD:
            return ""
        key = (word, likeness, *known) if len(known) < _MAX_VOCABULARY else None
        found = self._suggestions.get(key)
        if found is None:
            if self._comparisons > MAX_COMPARISONS:
                return ""
            self._comparisons += len(known)
            found = closest_match(word, known, likeness=likeness)
            if key is not None:
                self._suggestions[key] = found
        return found


class RecordChecker:
    """Converts records, and reports everything that is wrong with those that are not valid.

    Attributes:
        references: section -> ids of it that records refer to, also those that are not valid.
        records: every record with its type and its location.
    """

    def __init__(self, diagnostics: Diagnostics) -> None:
        self.references: References = defaultdict(set)
        self.records: list[tuple[Plain, type[Struct], Location]] = []
        self._diagnostics = diagnostics

    def convert(self, value: Plain | None, record: type[T], location: Location, **given: str) -> T | None:
        """Convert one record; None if it is not valid, which is reported.

        Args:
            value: what the file has; None for a key without a value, which is reported already.
            record: the type to convert it to.
            location: of the value.
            given: fields that are not in the value, such as the id that is its key.
        """
        if value is None:
            return None
        self.records.append((value, record, location))
        converted = convert_record(value, record, self.references, **given)
        if converted is None:
            for section, name, _ in references_in(value, record, location):
                self.references[section].add(name)
            self._check_record(value, record, location, given)
        return converted

    def check_key(self, pattern: str, text: str, location: Location) -> None:
        """Report a key that does not match its pattern."""
        if not re.search(pattern, text):
            self._diagnostics.report(location, *mismatch(text, pattern), key=True)

    def _check_record(
        self, value: Plain, record: type[Struct], location: Location, given: dict[str, str]
    ) -> None:
        fields = {name: field for name, field in fields_of(record).items() if name not in given}
        if not isinstance(value, dict):
            hint = _("the keys are {list}").format(list=listed(fields))
            if required := [name for name, field in fields.items() if field.required]:
                hint = _("write {keys} with their values").format(keys=", ".join(required))
            self._diagnostics.report(
                location, _("a mapping is expected here, not {value}").format(value=kind_of(value)), hint
            )
            return
        mistyped = set()
        for key, item in value.items():
            if key not in fields:
                mistyped.add(self._diagnostics.closest(key, fields))
            if item is None:
                continue  # reported already
            if key in fields:
                self._check_field(fields[key], item, location.child(key))
            else:
                self._diagnostics.report_unknown_key(key, fields, location)
        for name, field in fields.items():
            if field.required and name not in value and name not in mistyped:
                hint = _("add {name}: {example}").format(name=name, example=field.example).rstrip()
                self._diagnostics.report(location, _('"{name}" is missing').format(name=name), hint)

    def _check_field(self, field: Field, item: Plain, location: Location) -> None:
        if field.scalar is not None:
            self._check_scalar(field, item, location)
        elif field.record is None:
            self._check_value(field, item, location)
        elif not field.many:
            self._check_inner(item, field.record, location)
        elif isinstance(item, list):
            for number, entry in enumerate(item):
                self._check_inner(entry, field.record, location.child(number))
        else:
            message = _('"{key}" should be a list, not {item}').format(key=field.key, item=kind_of(item))
            self._diagnostics.report(location, message, _(LIST_HINT))

    def _check_scalar(self, field: Field, item: Plain, location: Location) -> None:
        """Check a date, a number, a boolean or coordinates."""
        if not isinstance(item, str) and not field.many:
            message = _('"{key}": one value is expected, not {item}').format(
                key=field.key, item=kind_of(item)
            )
            self._diagnostics.report(location, message, _example_of(field) or date_example())
            return
        try:
            if field.scalar is not None:
                field.scalar(item)
        except (DateError, ScalarError) as error:
            self._diagnostics.report(location, _said_of(field.key, error), error.hint)
        except CoordinatesError as error:
            at = location if error.item is None else location.child(error.item)
            self._diagnostics.report(at, _said_of(field.key, error), error.hint)

    def _check_inner(self, value: Plain, record: type[Struct], location: Location) -> None:
        """Check a record in another."""
        if convert_record(value, record, defaultdict(set)) is None:
            self._check_record(value, record, location, {})

    def _check_value(self, field: Field, value: Plain | None, location: Location) -> None:
        """Check a value without records in it: each part of it, if it has parts."""
        if value is None:
            return  # reported already
        for kind in map(without_metadata, field.types):
            if value and isinstance(value, list) and isinstance(kind, _LISTS):
                self._check_list(field, kind, value, location)
                return
            if value and isinstance(value, dict) and isinstance(kind, inspect.DictType):
                for tag, item in value.items():
                    self.check_key(LANGUAGE, tag, location.child(tag))
                    self._check_value(_part(field, kind.value_type), item, location.child(tag))
                return
        if not any(accepts(kind, value) for kind in field.types):
            self._report_value(field, value, location)

    def _check_list(
        self, field: Field, kind: _ListType, value: list[Plain | None], location: Location
    ) -> None:
        if isinstance(kind, inspect.VarTupleType):
            item_type = kind.item_type
        else:
            item_type = kind.item_types[0]
            if len(value) != len(kind.item_types):
                message = _('"{name}" should have two items, not {count}').format(
                    name=field.key, count=len(value)
                )
                self._diagnostics.report(location, message, _example_of(field))
        for number, item in enumerate(value):
            self._check_value(_part(field, item_type), item, location.child(number))

    def _report_value(self, field: Field, value: Plain, location: Location) -> None:
        """Report a value that is not valid as a whole."""
        hint = _example_of(field)
        pattern = pattern_of(field.types[0])
        if value in ("", [], {}):
            message = _('"{name}" is empty').format(name=field.key)
            hint = hint or _("give it a value or remove it")
        elif isinstance(value, str) and field.choices:
            message = _('"{value}" is not a valid {name}').format(value=value, name=field.key)
            hint = self._diagnostics.suggest(value, field.choices) or choose_one_of(field.choices)
        elif isinstance(value, str) and pattern in PATTERNS:
            message, hint = mismatch(value, pattern)
        else:
            message = _('"{name}" should be {types}, not {value}').format(
                name=field.key, types=_type_names(field.types), value=kind_of(value)
            )
        self._diagnostics.report(location, message, hint)


def _part(field: Field, kind: inspect.Type) -> Field:
    """What a part of a field should be: it has the name of the field, and no example of its own."""
    return replace(field, types=union_members(kind), choices=(), example="")


def _example_of(field: Field) -> str:
    """How to write a field, as a hint; empty if there is no example."""
    return _("write {example}").format(example=field.example) if field.example else ""


def references_in(
    value: Plain, record: type[Struct], location: Location
) -> Iterator[tuple[str, str, Location]]:
    """Section, id and location of each reference in a record, also in one that is not valid."""
    if not isinstance(value, dict):
        return
    fields = fields_of(record)
    for key, item in value.items():
        field = fields.get(key)
        if field is None or not (field.section or field.record):
            continue
        for each, place in _items(item, location.child(key)):
            if field.record:
                yield from references_in(each, field.record, place)
            elif isinstance(each, str):
                yield field.section, each, place


def _items(value: Plain, location: Location) -> list[tuple[Plain, Location]]:
    """The items of a list with their locations; for another value, that value."""
    if isinstance(value, list) and value:
        return [(item, location.child(number)) for number, item in enumerate(value)]
    return [(value, location)]


def kind_of(value: Plain | None) -> str:
    """The kind of a plain value, for messages."""
    if isinstance(value, dict):
        return pgettext("what a value is", "a mapping")
    if isinstance(value, list):
        return pgettext("what a value is", "a list")
    return pgettext("what a value is", "text")


def _type_names(types: tuple[inspect.Type, ...]) -> str:
    """The types that a value may have, for messages."""
    names = []
    for kind in map(without_metadata, types):
        if isinstance(kind, _LISTS):
            names.append(pgettext("what a value is", "a list"))
        elif isinstance(kind, inspect.DictType):
            names.append(pgettext("what a value is", "text by language"))
        else:
            names.append(pgettext("what a value is", "text"))
    return listed_or(dict.fromkeys(names))


def _said_of(key: str, error: Exception) -> str:
    """What is wrong with the value of a key."""
    return pgettext("a problem of a key", '"{key}": {problem}').format(key=key, problem=error)

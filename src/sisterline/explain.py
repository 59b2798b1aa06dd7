"""What is wrong with a record: taken apart, field by field, to tell each problem with its place and mend."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple, TypeVar, get_args, get_origin

from msgspec import Struct

from sisterline.dates import EXAMPLE, DateError
from sisterline.errors import Problem
from sisterline.reading.yaml_reader import Plain
from sisterline.reading.yaml_text import Document
from sisterline.schema import (
    COUNTRY,
    ID,
    LANGUAGE,
    URL,
    Field,
    Named,
    choices_of,
    fits,
    options,
    pattern_of,
    shape,
    typed,
)
from sisterline.words import nearest

T = TypeVar("T", bound=Struct)

# Words compared in all to tell the nearest known one: some two seconds. 26,000 ids are looked through in
# half a second.
COMPARED = 100_000


class At(NamedTuple):
    """Where a value stands: the steps that lead to it from the root of a document."""

    document: Document
    steps: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return "{}:{}:{}".format(*self.where())

    def where(self) -> tuple[str, int, int]:
        """Path, line and column."""
        return self.document.path, *self.document.position_of(*self.steps, key=True)

    def sub(self, *steps: str | int) -> "At":
        """Further in."""
        return At(self.document, (*self.steps, *steps))

    def up(self) -> "At":
        """One step out."""
        return At(self.document, self.steps[:-1])

    def wrong(self, message: str, hint: str = "", *, key: bool = False) -> Problem:
        """A problem with the value, or with its key."""
        return self.document.problem(message, *self.steps, hint=hint, key=key)


class Typing:
    """The typing of records: what is wrong goes to the documents, and what records name is noted.

    Attributes:
        named: the ids that records name, by the section that has to hold them, also of bad records.
        met: each record with its type and its place.
    """

    def __init__(self) -> None:
        self.named: Named = defaultdict(set)
        self.met: list[tuple[Plain, type[Struct], At]] = []
        self._alike: dict[object, str] = {}
        self._compared = 0

    def record(self, value: Plain | None, record: type[T], at: At, **given: str) -> T | None:
        """Type one record, or report all that is wrong with it.

        Args:
            value: what the file has; None where that was reported as empty.
            record: what it should become.
            at: where it stands.
            given: fields that do not stand in the record itself, such as the id that is its key.
        """
        if value is None:
            return None
        self.met.append((value, record, at))
        if (good := typed(value, record, self.named, **given)) is not None:
            return good
        for section, name, _ in references(value, record, at):
            self.named[section].add(name)
        self._explain(value, record, at, given)
        return None

    def wrong(self, at: At, message: str, hint: str = "", *, key: bool = False) -> None:
        """Report a problem."""
        problems = at.document.problems
        if problems.count_one():
            problems.shown.append(at.wrong(message, hint, key=key))

    def unknown(self, key: str, known: Collection[str], at: At) -> None:
        """Report a key that a mapping cannot have."""
        hint = self.nearest(key, known, "did you mean {}?") or f"the keys are {', '.join(known)}"
        if key == "id":
            hint = "the key of a record of places or sources is its id"
        self.wrong(at.sub(key), f'unknown key "{key}"', hint, key=True)

    def match(self, pattern: str, text: str, at: At) -> None:
        """Report a key that is not of its pattern."""
        if not re.search(pattern, text):
            what, hint = _PATTERNS[pattern]
            self.wrong(at, f'"{text}" is no {what}', hint, key=True)

    def nearest(
        self, word: str, known: Collection[str], sentence: str = "{}", *, likeness: float = 0.6
    ) -> str:
        """The same as `words.nearest`, within a time that does not grow with the number of slips."""
        asked = (word, tuple(known)) if len(known) < 100 else None
        if asked not in self._alike:
            if self._compared > COMPARED or len(word) > 100:
                return ""
            self._compared += len(known)
            found = nearest(word, known, likeness=likeness)
            if asked is None:
                return sentence.format(found) if found else ""
            self._alike[asked] = found
        return sentence.format(self._alike[asked]) if self._alike[asked] else ""

    def _explain(self, value: Plain, record: type[Struct], at: At, given: dict[str, str]) -> None:
        """Tell each problem of a record that is not well."""
        fields = {name: field for name, field in shape(record).items() if name not in given}
        if not isinstance(value, dict):
            keys = ", ".join(name for name, field in fields.items() if field.required)
            hint = f"write {keys} with their values"
            self.wrong(at, f"here should be a mapping, not {kind_of(value)}", hint)
            return
        mistyped = set()
        for key, item in value.items():
            field = fields.get(key)
            if field is None:
                mistyped.add(self.nearest(key, fields))
                if item is not None:  # else reported as empty
                    self.unknown(key, fields, at)
            elif item is not None:
                self._field(key, item, field, at.sub(key))
        for name, field in fields.items():
            if field.required and name not in value and name not in mistyped:
                self.wrong(at, f'"{name}" is missing', f"add {name}: {field.example}".rstrip())

    def _field(self, key: str, item: Plain, field: Field, at: At) -> None:
        """Tell what is wrong with the value of one field, if anything is."""
        if field.scalar is not None:
            try:
                field.scalar(item) if isinstance(item, str) else _no_scalar(field, item)
            except DateError as error:
                self.wrong(at, f'"{key}": {error}', error.hint)
        elif field.record is None:
            self._refused(key, item, field.type, f"write {field.example}" if field.example else "", at)
        elif field.many and not isinstance(item, list):
            self.wrong(at, f'"{key}" should be a list, not {kind_of(item)}', LIST_HINT)
        elif isinstance(item, list):
            for number, entry in enumerate(item):
                self._inner(entry, field.record, at.sub(number))
        else:
            self._inner(item, field.record, at)

    def _inner(self, value: Plain, record: type[Struct], at: At) -> None:
        """Tell what is wrong with a record inside another, if anything is."""
        if typed(value, record, defaultdict(set)) is None:
            self._explain(value, record, at, {})

    def _refused(self, name: str, value: Plain | None, hint: Any, example: str, at: At) -> None:
        """Tell what is wrong with one value that msgspec refused: with each part of it, if it has parts."""
        shapes = {get_origin(option): option for option in options(hint)}
        if value is None or fits(value, hint):
            return
        if isinstance(value, list) and value and tuple in shapes:
            inner, *rest = get_args(shapes[tuple])
            if rest != [...] and len(value) != 1 + len(rest):
                self.wrong(at, f'"{name}" should name two, not {len(value)}', example)
            for number, item in enumerate(value):
                self._refused(name, item, inner, "", at.sub(number))
        elif isinstance(value, dict) and value and dict in shapes:
            inner = get_args(shapes[dict])[1]
            for tag, item in value.items():
                self.match(LANGUAGE, tag, at.sub(tag))
                self._refused(name, item, inner, "", at.sub(tag))
        else:
            self._one(name, value, hint, example, at)

    def _one(self, name: str, value: Plain, hint: Any, example: str, at: At) -> None:
        """Tell what is wrong with a value that has no parts, or the wrong ones."""
        choices = choices_of(hint)
        texts = [option for option in options(hint, bare=False) if options(option)[0] is str]
        pattern = pattern_of(texts[0]) if texts else ""
        if value in ("", [], {}):
            self.wrong(at, f'"{name}" is empty', example or "give it a value or leave it out")
        elif isinstance(value, str) and choices:
            known = self.nearest(value, choices, "did you mean {}?") or f"choose one of {', '.join(choices)}"
            self.wrong(at, f'"{value}" is no {name}', known)
        elif isinstance(value, str) and pattern in _PATTERNS:
            what, mend = _PATTERNS[pattern]
            self.wrong(at, f'"{value}" is no {what}', mend)
        else:
            self.wrong(at, f'"{name}" should be {_wanted(hint)}, not {kind_of(value)}', example)


def references(value: Plain, record: type[Struct], at: At) -> Iterator[tuple[str, str, At]]:
    """Section, id and place of each id that a record names."""
    fields = shape(record)
    for key, item in value.items() if isinstance(value, dict) else ():
        field = fields.get(key)
        if field is None or not (field.names or field.record):
            continue
        here = at.sub(key)
        several = [(each, here.sub(n)) for n, each in enumerate(item)] if isinstance(item, list) else []
        for each, place in several or [(item, here)]:
            if field.record:
                yield from references(each, field.record, place)
            elif isinstance(each, str):
                yield field.names, each, place


def kind_of(value: Plain | None) -> str:
    """What a plain value is, in words."""
    return "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a text"


LIST_HINT = "begin each record with a hyphen"
_PATTERNS = {
    ID: ("id", "use lower-case letters, digits and single hyphens, as beihai-yatsushiro"),
    COUNTRY: ("country code", "use two capital letters, as JP"),
    LANGUAGE: ("language tag", "use a tag such as en, zh, ja or de"),
    URL: ("web address", "begin it with http:// or https://, without spaces, quotes or user@"),
}


def _no_scalar(field: Field, item: Plain) -> Any:
    raise DateError(
        f"one value is expected, not {kind_of(item)}", f"write {field.example}" if field.example else EXAMPLE
    )


def _wanted(hint: Any) -> str:
    """What a value should be, in words."""
    words = {tuple: "a list", dict: "texts by language"}
    return " or ".join(dict.fromkeys(words.get(get_origin(option), "a text") for option in options(hint)))

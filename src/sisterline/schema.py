"""What a record may hold, read off the model, and the typing of one record by it.

msgspec decides whether a record is valid; only when it says no is the record taken apart, field by
field, to tell each problem with its place and its mend.
"""

import re
import types
from collections.abc import Callable, Iterator
from functools import cache
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct

from sisterline.dates import EXAMPLE, Date, DateError, Period
from sisterline.errors import Problem
from sisterline.model import CountryCode, Id, Language, Url
from sisterline.words import nearest
from sisterline.yamlsource import Document, Plain

T = TypeVar("T", bound=Struct)
Matcher = Callable[[Any], bool]


class At(NamedTuple):
    """Where a value stands: the steps that lead to it from the root of a document."""

    document: Document
    steps: tuple[str | int, ...] = ()

    def __str__(self) -> str:
        return "{}:{}:{}".format(*self.where())

    def where(self) -> tuple[str, int, int]:
        """Path, line and column."""
        return self.document.path, *self.document.place(*self.steps, key=True)

    def sub(self, *steps: str | int) -> "At":
        """Further in."""
        return At(self.document, (*self.steps, *steps))

    def up(self) -> "At":
        """One step out."""
        return At(self.document, self.steps[:-1])

    def wrong(self, message: str, hint: str = "", *, key: bool = False) -> Problem:
        """A problem with the value, or with its key."""
        return self.document.problem(message, *self.steps, hint=hint, key=key)


class Field(NamedTuple):
    """One field of a record as it is written in a file."""

    type: Any
    required: bool
    scalar: Callable[[str], Any] | None  # text -> value, for what is no text
    record: type[Struct] | None  # it holds a record, or a list of them
    many: bool
    description: str
    example: str
    names: str  # the section that has to hold the ids that it gives

    @property
    def choices(self) -> tuple[str, ...]:
        """The words it may be, where these are few and fixed."""
        return _choices(self.type)


@cache
def shape(record: type[Struct]) -> dict[str, Field]:
    """The fields of a record by the keys that a file has for them."""
    fields = {}
    for item in msgspec.structs.fields(record):
        metas = [arg for arg in get_args(item.type)[1:] if isinstance(arg, Meta)]
        meta = next((each for each in metas if each.description), Meta())
        first = options(item.type)[0]
        inner = get_args(first)[0] if get_origin(first) is tuple else first
        scalar = _SCALARS.get(first) if isinstance(first, type) else None
        is_record = isinstance(inner, type) and issubclass(inner, Struct) and scalar is None
        fields[item.encode_name] = Field(
            item.type,
            item.required,
            scalar,
            inner if is_record else None,
            inner is not first,
            meta.description or "",
            (meta.examples or [""])[0],
            (meta.extra or {}).get("names", ""),
        )
    return fields


class Typing:
    """The typing of records: its problems, and the ids that the records name.

    Attributes:
        problems: what was wrong so far.
        named: (section, id, where) for each id that a record names, also in records that are bad.
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.named: list[tuple[str, str, At]] = []

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
        fields = {name: field for name, field in shape(record).items() if name not in given}
        if not isinstance(value, dict):
            keys = ", ".join(name for name, field in fields.items() if field.required)
            self.wrong(
                at, f"here should be a mapping, not {kind_of(value)}", f"write {keys} with their values"
            )
            return None
        ready: dict[str, Any] = dict(given)
        good = True
        for key, item in value.items():
            field = fields.get(key)
            if item is None:
                good = False  # reported as empty
            elif field is None:
                self.unknown(key, fields, at)
                good = False
            else:
                if field.names:
                    self._name(field.names, item, at.sub(key))
                fine, ready[key] = self._value(key, item, field, at)
                good &= fine
        if good:
            try:
                typed = msgspec.convert(ready, record)
            except msgspec.ValidationError:
                pass
            else:
                if all(matched(getattr(typed, name)) for name, matched in _matchers(record)):
                    return typed
        self._explain(value, ready, fields, at)
        return None

    def wrong(self, at: At, message: str, hint: str = "", *, key: bool = False) -> None:
        """Report a problem."""
        self.problems.append(at.wrong(message, hint, key=key))

    def unknown(self, key: str, known: dict[str, Field] | tuple[str, ...], at: At) -> None:
        """Report a key that a mapping cannot have."""
        hint = nearest(key, known, "did you mean {}?") or f"the keys are {', '.join(known)}"
        if key == "id":
            hint = "the key of a record of places or sources is its id"
        self.wrong(at.sub(key), f'unknown key "{key}"', hint, key=True)

    def _name(self, section: str, item: Plain, at: At) -> None:
        """Note the ids that a field names, to be looked for once all files are read."""
        if isinstance(item, str):
            self.named.append((section, item, at))
        elif isinstance(item, list):
            self.named += [(section, name, at.sub(n)) for n, name in enumerate(item) if isinstance(name, str)]

    def _value(self, key: str, item: Plain, field: Field, at: At) -> tuple[bool, Any]:
        """Whether one field is well so far, and what msgspec is to validate of it."""
        if field.scalar is not None:
            try:
                return True, field.scalar(item) if isinstance(item, str) else _no_scalar(field, item)
            except DateError as error:
                self.wrong(at.sub(key), f'"{key}": {error}', error.hint)
                return False, None
        if field.record is None:
            return True, item
        if not field.many:
            inner = self.record(item, field.record, at.sub(key))
            return inner is not None, inner
        if not isinstance(item, list):
            self.wrong(at.sub(key), f'"{key}" should be a list, not {kind_of(item)}', LIST_HINT)
            return False, ()
        found = [self.record(entry, field.record, at.sub(key, number)) for number, entry in enumerate(item)]
        return None not in found, tuple(entry for entry in found if entry is not None)

    def _explain(
        self, value: dict[str, Any], ready: dict[str, Any], fields: dict[str, Field], at: At
    ) -> None:
        """Tell each problem of a record that was not reported on the way."""
        mistyped = {nearest(key, fields) for key in value if key not in fields}
        for name, field in fields.items():
            if name not in value:
                if field.required and name not in mistyped:
                    self.wrong(at, f'"{name}" is missing', f"add {name}: {field.example}".rstrip())
            elif name in ready and field.scalar is None and field.record is None:
                example = f"write {field.example}" if field.example else ""
                self._refused(name, ready[name], field.type, example, at.sub(name))

    def _refused(self, name: str, value: Plain | None, hint: Any, example: str, at: At) -> None:
        """Tell what is wrong with one value that msgspec refused: with each part of it, if it has parts."""
        shapes = {get_origin(option): option for option in options(hint)}
        if value is None or self._fits(value, hint):
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
                self.problems += matches(LANGUAGE, tag, at.sub(tag))
                self._refused(name, item, inner, "", at.sub(tag))
        else:
            self._one(name, value, hint, example, at)

    def _one(self, name: str, value: Plain, hint: Any, example: str, at: At) -> None:
        """Tell what is wrong with a value that has no parts, or the wrong ones."""
        choices = _choices(hint)
        texts = [option for option in options(hint, bare=False) if _strip(option) is str]
        pattern = pattern_of(texts[0]) if texts else ""
        if value in ("", [], {}):
            self.wrong(at, f'"{name}" is empty', example or "give it a value or leave it out")
        elif isinstance(value, str) and choices:
            known = nearest(value, choices, "did you mean {}?") or f"choose one of {', '.join(choices)}"
            self.wrong(at, f'"{value}" is no {name}', known)
        elif isinstance(value, str) and pattern in _PATTERNS:
            what, mend = _PATTERNS[pattern]
            self.wrong(at, f'"{value}" is no {what}', mend)
        else:
            self.wrong(at, f'"{name}" should be {_wanted(hint)}, not {kind_of(value)}', example)

    def _fits(self, value: Plain, hint: Any) -> bool:
        try:
            msgspec.convert(value, hint)
        except msgspec.ValidationError:
            return False
        matched = _matcher(hint)
        return matched is None or matched(value)


def kind_of(value: Plain | None) -> str:
    """What a plain value is, in words."""
    return "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "a text"


# --- details --------------------------------------------------------------------------------------


def pattern_of(hint: Any) -> str:
    """The pattern that a text has to match; empty where it may be any."""
    metas = (arg for arg in get_args(hint) if isinstance(arg, Meta))
    return next((str(meta.extra["pattern"]) for meta in metas if meta.extra and "pattern" in meta.extra), "")


ID, COUNTRY, LANGUAGE, URL = (pattern_of(hint) for hint in (Id, CountryCode, Language, Url))
LIST_HINT = "begin each record with a hyphen"
_PATTERNS = {
    ID: ("id", "use lower-case letters, digits and single hyphens, as beihai-yatsushiro"),
    COUNTRY: ("country code", "use two capital letters, as JP"),
    LANGUAGE: ("language tag", "use a tag such as en, zh, ja or de"),
    URL: ("web address", "begin it with http:// or https:// and leave no spaces"),
}


def matches(pattern: str, text: str, at: At) -> Iterator[Problem]:
    """The problem of a key that is not of its pattern, if it is not."""
    if not re.search(pattern, text):
        what, hint = _PATTERNS[pattern]
        yield at.wrong(f'"{text}" is no {what}', hint, key=True)


@cache
def _matchers(record: type[Struct]) -> list[tuple[str, Matcher]]:
    """Of each field of a record that has patterns, what tells whether its value matches them."""
    found = ((item.name, _matcher(item.type)) for item in msgspec.structs.fields(record))
    return [(name, matched) for name, matched in found if matched is not None]


@cache
def _matcher(hint: Any) -> Matcher | None:
    """What tells whether a value of the type matches the patterns in it; None where there are none."""
    texts: Matcher | None = None
    items: Matcher | None = None
    tags: Matcher | None = None
    for option in options(hint, bare=False):
        inner = get_args(_strip(option))
        if pattern := pattern_of(option):
            texts = re.compile(pattern).search  # type: ignore[assignment]  # a match is as good as True
        elif inner and get_origin(_strip(option)) is tuple:
            items = _matcher(inner[0])
        elif inner and get_origin(_strip(option)) is dict:
            tags = _matcher(inner[0])

    def matched(value: Any) -> bool:
        if isinstance(value, str):
            return texts is None or bool(texts(value))
        each = tags if isinstance(value, dict) else items
        return value is None or each is None or all(map(each, value))

    return matched if texts or items or tags else None


def _number(text: str) -> int:
    if re.fullmatch(r"\d{1,15}", text, re.ASCII):
        return int(text)
    digits = re.sub(r"[,_ ']", "", text)
    if not digits.isdecimal():
        raise DateError(f'"{text}" is not a whole number', "write digits only, as 20")
    if len(digits) > 15:
        raise DateError(f'"{text}" is too large a number')
    raise DateError(f'"{text}" is not a whole number', f"write {int(digits)}")


def _truth(text: str) -> bool:
    if text in ("true", "false"):
        return text == "true"
    raise DateError(f'"{text}" is neither true nor false', "write true, or leave the key out")


def _no_scalar(field: Field, item: Plain) -> Any:
    raise DateError(
        f"one value is expected, not {kind_of(item)}", f"write {field.example}" if field.example else EXAMPLE
    )


_SCALARS: dict[Any, Callable[[str], Any]] = {
    Date: Date.parse,
    Period: Period.parse,
    int: _number,
    bool: _truth,
}


def _strip(hint: Any) -> Any:
    return _strip(get_args(hint)[0]) if get_origin(hint) is Annotated else hint


def options(hint: Any, *, bare: bool = True) -> list[Any]:
    """The members of a union but for None, without their metadata; the thing itself where it is none."""
    inner = _strip(hint)
    found = [inner if bare else hint]
    if get_origin(inner) in (Union, types.UnionType):
        found = [option for option in get_args(inner) if option is not type(None)]
    return [_strip(option) for option in found] if bare else found


def _choices(hint: Any) -> tuple[str, ...]:
    return tuple(arg for option in options(hint) if get_origin(option) is Literal for arg in get_args(option))


def _wanted(hint: Any) -> str:
    """What a value should be, in words."""
    words = {tuple: "a list", dict: "texts by language"}
    return " or ".join(dict.fromkeys(words.get(get_origin(option), "a text") for option in options(hint)))

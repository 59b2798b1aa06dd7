"""What a record may hold, read off the model, and the typing of a record that is well.

What is wrong with one that is not well is told by explain.py.
"""

import re
import types
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct

from sisterline.dates import Date, Period
from sisterline.model import CountryCode, Id, Language, Url

T = TypeVar("T", bound=Struct)
Named = dict[str, set[str]]  # section -> the ids that records name, and that it has to hold

_DATES = 10_000  # dates whose parsing is remembered: some 2 MB


class ScalarError(ValueError):
    """A text is not the number or the truth value that a field holds.

    Attributes:
        hint: how to write it; empty where that cannot be said.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


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
        return choices_of(self.type)


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


def pattern_of(hint: Any) -> str:
    """The pattern that a text has to match; empty where it may be any."""
    metas = (arg for arg in get_args(hint) if isinstance(arg, Meta))
    return next((str(meta.extra["pattern"]) for meta in metas if meta.extra and "pattern" in meta.extra), "")


ID, COUNTRY, LANGUAGE, URL = (pattern_of(hint) for hint in (Id, CountryCode, Language, Url))


def typed(value: Any, record: type[T], named: Named, **given: str) -> T | None:
    """Type one record that is well; None for any other.

    msgspec decides whether it is, but for patterns, dates and numbers.

    Args:
        value: what the file has.
        record: what it should become.
        named: takes the ids that it names.
        given: fields that do not stand in the record itself, such as the id that is its key.
    """
    try:
        return _typed(value, record, named, given)
    except (ValueError, TypeError, msgspec.ValidationError):  # a ScalarError is a ValueError
        return None


def fits(value: Any, hint: Any) -> bool:
    """Whether a value that holds no record is of a type."""
    try:
        msgspec.convert(value, hint)
    except msgspec.ValidationError:
        return False
    whole, each = _patterns(hint)
    return _matches(value, whole, each)


# --- details --------------------------------------------------------------------------------------

_Search = Callable[[str], object]


class _Plan(NamedTuple):
    """What has to be done with the fields of a record before and after msgspec has them."""

    scalars: tuple[tuple[str, Callable[[str], Any]], ...]
    records: tuple[tuple[str, type[Struct], bool], ...]
    patterns: tuple[tuple[str, _Search | None, _Search | None], ...]
    names: tuple[tuple[str, str], ...]


@cache
def _plan(record: type[Struct]) -> _Plan:
    fields = shape(record).items()
    return _Plan(
        tuple((key, field.scalar) for key, field in fields if field.scalar),
        tuple((key, field.record, field.many) for key, field in fields if field.record),
        tuple((key, *found) for key, field in fields if any(found := _patterns(field.type))),
        tuple((key, field.names) for key, field in fields if field.names),
    )


def _typed(value: Any, record: type[T], named: Named, given: dict[str, str]) -> T:
    """The same as `typed`, but that it raises one of several exceptions."""
    plan = _plan(record)
    ready = {**value, **given}
    if None in ready.values() or len(ready) != len(value) + len(given):
        raise ValueError  # what is empty was reported, and what is given cannot stand in the file too
    for key, scalar in plan.scalars:
        if key in value:
            ready[key] = scalar(value[key])
    for key, inner, many in plan.records:
        if key in value:
            item = value[key]
            if not many:
                ready[key] = _typed(item, inner, named, {})
            elif isinstance(item, list):
                ready[key] = tuple([_typed(each, inner, named, {}) for each in item])
            else:
                raise TypeError
    good = msgspec.convert(ready, record)
    for key, whole, each in plan.patterns:
        if key in value and not _matches(value[key], whole, each):
            raise ValueError
    for key, section in plan.names:
        if key in value:
            item = value[key]
            named[section].update((item,) if isinstance(item, str) else item)
    return good


@cache
def _patterns(hint: Any) -> tuple[_Search | None, _Search | None]:
    """What a text has to match, and each item of a list or key of a mapping; None where any will do."""
    whole: _Search | None = None
    each: _Search | None = None
    for option in options(hint, bare=False):
        inner = get_args(_strip(option))
        if pattern := pattern_of(option):
            whole = re.compile(pattern).search
        elif inner and get_origin(_strip(option)) in (tuple, dict) and (pattern := pattern_of(inner[0])):
            each = re.compile(pattern).search
    return whole, each


def _matches(value: Any, whole: _Search | None, each: _Search | None) -> bool:
    if isinstance(value, str):
        return whole is None or whole(value) is not None
    return each is None or all(map(each, value))


def _number(text: str) -> int:
    if re.fullmatch(r"\d{1,15}", text, re.ASCII):
        return int(text)
    digits = re.sub(r"[,_ ']", "", text)
    if not digits.isdecimal():
        raise ScalarError(f'"{text}" is not a whole number', "write digits only, as 20")
    if len(digits) > 15:
        raise ScalarError(f'"{text}" is too large a number')
    raise ScalarError(f'"{text}" is not a whole number', f"write {int(digits)}")


def _truth(text: str) -> bool:
    if text in ("true", "false"):
        return text == "true"
    raise ScalarError(f'"{text}" is neither true nor false', "write true, or leave the key out")


_SCALARS: dict[Any, Callable[[str], Any]] = {
    # The same dates stand in a file again and again.
    Date: lru_cache(_DATES)(Date.parse),
    Period: lru_cache(_DATES)(Period.parse),
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


def choices_of(hint: Any) -> tuple[str, ...]:
    """The words that a type is one of."""
    return tuple(arg for option in options(hint) if get_origin(option) is Literal for arg in get_args(option))

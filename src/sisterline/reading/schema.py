"""The fields of records, derived from the model, and the conversion of valid records.

diagnose.py finds out what is wrong with other records.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar, cast, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct, inspect

from sisterline.coordinates import Coordinates, CoordinatesError
from sisterline.dates import DateError
from sisterline.model import Country, DatasetInfo, Extension, Partnership, Place, Source, Total
from sisterline.reading.scalars import ScalarError, scalar_parser
from sisterline.vocabulary import (
    CountryCode,
    GbCode,
    GeonamesId,
    Id,
    Iso3166Code,
    JisCode,
    Kana,
    Language,
    Url,
    WikidataId,
)

T = TypeVar("T", bound=Struct)
# The sections of a data file, in the order of documents, with the types of their records.
RECORDS: dict[str, tuple[type[Struct], ...]] = {
    "dataset": (DatasetInfo,),
    "countries": (Country,),
    "places": (Place,),
    "sources": (Source,),
    "partnerships": (Partnership, Extension),
    "totals": (Total,),
}
References = dict[str, set[str]]  # section -> ids of it that records refer to


class Field(Struct, frozen=True, kw_only=True):
    """One field of a record as it is written in a file.

    Attributes:
        key: its name in a file.
        types: the types that its value may have, without None.
        choices: the words of its vocabulary, in the order of the model; empty if it has none.
        required: whether it has no default.
        scalar: converts its text, or its list of texts; None if the text itself is the value.
        record: the type of the record in it, or of the records in its list; None for other fields.
        many: whether it is a list.
        description: what it holds.
        example: how it is written; empty if there is no example.
        section: the section whose ids it refers to; empty if it refers to none.
    """

    key: str
    types: tuple[inspect.Type, ...]
    choices: tuple[str, ...]
    required: bool
    scalar: Callable[[Any], Any] | None
    record: type[Struct] | None
    many: bool
    description: str
    example: str
    section: str


@cache
def fields_of(record: type[Struct]) -> dict[str, Field]:
    """The fields of a record by their keys in a file."""
    described = cast("inspect.StructType", inspect.type_info(record))
    hints = get_type_hints(record, include_extras=True)
    return {field.encode_name: _field(field, hints[field.name]) for field in described.fields}


@cache
def all_keys() -> frozenset[str]:
    """The keys of all records, and of the records in them."""
    records = [record for types in RECORDS.values() for record in types]
    keys: set[str] = set()
    for record in records:  # which grows by what is found in it
        fields = fields_of(record)
        keys |= fields.keys()
        records += [field.record for field in fields.values() if field.record]
    return frozenset(keys)


def union_members(kind: inspect.Type) -> tuple[inspect.Type, ...]:
    """The members of a union except None, with their metadata; of another type, the type itself."""
    bare = without_metadata(kind)
    if isinstance(bare, inspect.UnionType):
        return tuple(member for member in bare.types if not isinstance(member, inspect.NoneType))
    return (kind,)


def without_metadata(kind: inspect.Type) -> inspect.Type:
    """A type without its metadata."""
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    return kind


def pattern_of(kind: inspect.Type) -> str:
    """The pattern of a text type; empty if it has none."""
    if isinstance(kind, inspect.Metadata) and kind.extra:
        return str(kind.extra.get("pattern", ""))
    return ""


ID, COUNTRY, LANGUAGE, URL = (
    pattern_of(inspect.type_info(alias)) for alias in (Id, CountryCode, Language, Url)
)
KANA, WIKIDATA, GEONAMES, ISO_3166, JIS, GB = (
    pattern_of(inspect.type_info(alias))
    for alias in (Kana, WikidataId, GeonamesId, Iso3166Code, JisCode, GbCode)
)


def convert_record(value: Any, record: type[T], references: References, **given: str) -> T | None:
    """Convert a record; None if it is not valid.

    msgspec validates it, except for patterns, dates, numbers and booleans.

    Args:
        value: what the file has.
        record: the type to convert it to.
        references: the ids that it refers to are added to these.
        given: fields that are not in the value, such as the id that is its key.
    """
    if not isinstance(value, dict):
        return None
    ready = {**value, **given}
    # A key without a value is None, and reported already; what is given must not be in the file, too.
    if None in ready.values() or len(ready) != len(value) + len(given):
        return None
    conversion = _conversion(record)
    if not _convert_fields(ready, value, conversion, references):
        return None
    try:
        converted = msgspec.convert(ready, record)
    except msgspec.ValidationError:
        return None
    for key, search_text, search_item in conversion.patterns:
        if key in value and not _matches(value[key], search_text, search_item):
            return None
    for key, section in conversion.references:
        if key in value:
            references[section].update(_one_or_more(value[key]))
    return converted


def accepts(kind: inspect.Type, value: Any) -> bool:
    """Whether a type accepts a plain value that has no parts: a text, or an empty list or mapping."""
    bare = without_metadata(kind)
    if isinstance(bare, inspect.LiteralType):
        return value in bare.values
    if isinstance(bare, inspect.StrType) and isinstance(value, str):
        return len(value) >= (bare.min_length or 0) and re.search(pattern_of(kind), value) is not None
    return isinstance(bare, inspect.VarTupleType) and value == []


# --- fields ---------------------------------------------------------------------------------------


def _field(field: inspect.Field, hint: Any) -> Field:
    types = union_members(field.type)
    schema: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    if isinstance(field.type, inspect.Metadata):
        schema, extra = field.type.extra_json_schema or {}, field.type.extra or {}
    bare = item = without_metadata(types[0])
    if isinstance(bare, inspect.VarTupleType):
        item = without_metadata(bare.item_type)
    scalar = scalar_parser(bare)
    record = None
    if scalar is None and isinstance(item, inspect.StructType):
        record = item.cls
    return Field(
        key=field.encode_name,
        types=types,
        choices=_declared_choices(hint),
        required=field.required,
        scalar=scalar,
        record=record,
        many=item is not bare or scalar == Coordinates.parse,
        description=schema.get("description", ""),
        example=(schema.get("examples") or [""])[0],
        section=extra.get("names", ""),
    )


def _declared_choices(hint: Any) -> tuple[str, ...]:
    """The words of a Literal in the order of the model, which msgspec does not keep."""
    if get_origin(hint) is Literal:
        return get_args(hint)
    return tuple(choice for inner in get_args(hint) for choice in _declared_choices(inner))


# --- conversion -----------------------------------------------------------------------------------

_Search = Callable[[str], object]


class _Conversion(NamedTuple):
    """What to do with the fields of a record besides msgspec's conversion.

    Attributes:
        scalars: keys with the functions that convert their values.
        records: keys with the types of the records in them, and whether they are lists.
        patterns: keys with the searches that a text, and an item of a list or key of a mapping, must match.
        references: keys with the sections that they refer to.
    """

    scalars: tuple[tuple[str, Callable[[Any], Any]], ...]
    records: tuple[tuple[str, type[Struct], bool], ...]
    patterns: tuple[tuple[str, _Search | None, _Search | None], ...]
    references: tuple[tuple[str, str], ...]


@cache
def _conversion(record: type[Struct]) -> _Conversion:
    fields = fields_of(record).items()
    patterns = [(key, *_searches(field.types)) for key, field in fields]
    return _Conversion(
        scalars=tuple((key, field.scalar) for key, field in fields if field.scalar),
        records=tuple((key, field.record, field.many) for key, field in fields if field.record),
        patterns=tuple(entry for entry in patterns if entry[1] or entry[2]),
        references=tuple((key, field.section) for key, field in fields if field.section),
    )


def _convert_fields(
    ready: dict[str, Any], value: dict[str, Any], conversion: _Conversion, references: References
) -> bool:
    """Convert the scalars and the records in a record, from `value` to `ready`; False if one is not valid."""
    for key, scalar in conversion.scalars:
        if key in value:
            try:
                ready[key] = scalar(value[key])
            except (
                DateError,
                ScalarError,
                CoordinatesError,
                TypeError,
            ):  # a list or a mapping is a TypeError
                return False
    for key, record, many in conversion.records:
        if key in value:
            part = _convert_part(value[key], record, references, many=many)
            if part is None:
                return False
            ready[key] = part
    return True


def _convert_part(
    value: Any, record: type[T], references: References, *, many: bool
) -> T | tuple[T, ...] | None:
    """Convert a record in another one, or a list of them; None if one is not valid."""
    if not many:
        return convert_record(value, record, references)
    if not isinstance(value, list):
        return None
    items = []
    for each in value:
        item = convert_record(each, record, references)
        if item is None:
            return None
        items.append(item)
    return tuple(items)


def _searches(types: tuple[inspect.Type, ...]) -> tuple[_Search | None, _Search | None]:
    """The searches that a text, and an item of a list or key of a mapping, must match; None for any."""
    search_text: _Search | None = None
    search_item: _Search | None = None
    for kind in types:
        if pattern := pattern_of(kind):
            search_text = re.compile(pattern).search
        if pattern := pattern_of(_item_type(kind)):
            search_item = re.compile(pattern).search
    return search_text, search_item


def _item_type(kind: inspect.Type) -> inspect.Type:
    """The type of the items of a list or of the keys of a mapping; another type itself, without metadata."""
    bare = without_metadata(kind)
    if isinstance(bare, inspect.VarTupleType):
        return bare.item_type
    if isinstance(bare, inspect.TupleType):
        return bare.item_types[0]
    if isinstance(bare, inspect.DictType):
        return bare.key_type
    return bare


def _matches(value: Any, search_text: _Search | None, search_item: _Search | None) -> bool:
    if isinstance(value, str):
        return search_text is None or search_text(value) is not None
    return search_item is None or all(map(search_item, value))


def _one_or_more(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(value)

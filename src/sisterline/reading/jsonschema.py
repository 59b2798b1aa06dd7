"""The JSON Schema (2020-12) of data files, made from the model, for editors that check YAML as it is typed.

An editor's YAML server reads `1996` as a number and `true` as a boolean, the loader reads both as text: the
schema allows either. What JSON Schema cannot express (ids that exist, calendar days) is left to `check`.
"""

from typing import Any

from msgspec import Struct, inspect

from sisterline.coordinates import Coordinates
from sisterline.dates import Date, Period
from sisterline.model import Country, DatasetInfo, Extension, Partnership, Place, Source, Total
from sisterline.reading.schema import COUNTRY, ID, Field, fields_of, pattern_of, without_metadata

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[~?]?"
_YEAR = {"type": "integer", "minimum": 1, "maximum": 9999}


def _degrees(limit: int) -> dict[str, Any]:
    number = {"type": "number", "minimum": -limit, "maximum": limit}
    return {"anyOf": [number, {"type": "string", "pattern": r"^-?\d{1,3}(\.\d{1,15})?$"}]}


_PARSED: dict[type, dict[str, Any]] = {
    Date: {"anyOf": [{"type": "string", "pattern": f"^{_DATE}$"}, _YEAR]},
    Period: {"anyOf": [{"type": "string", "pattern": rf"^({_DATE}|({_DATE}|\.\.)/({_DATE}|\.\.))$"}, _YEAR]},
    Coordinates: {
        "type": "array",
        "prefixItems": [_degrees(90), _degrees(180)],
        "minItems": 2,
        "maxItems": 2,
    },
}
_WHOLE_NUMBER = {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\d+$"}]}
_TRUTH = {"anyOf": [{"type": "boolean"}, {"enum": ["true", "false"]}]}


def data_schema() -> dict[str, Any]:
    """The schema of a data file."""
    definitions: dict[str, Any] = {}
    country, place, source = (_keyed(record, definitions) for record in (Country, Place, Source))
    partnership, extension, total = (_ref(record, definitions) for record in (Partnership, Extension, Total))
    return {
        "$schema": DIALECT,
        "title": "Sisterline data file",
        "description": "Sister-city partnerships with their events, exchanges and sources.",
        "type": "object",
        "additionalProperties": False,
        "minProperties": 1,
        "properties": {
            "dataset": {"description": "what the data set is", **_ref(DatasetInfo, definitions)},
            "countries": {
                "description": "countries by their ISO 3166-1 codes",
                "type": "object",
                "propertyNames": {"pattern": COUNTRY},
                "additionalProperties": country,
            },
            "places": _by_id("places by their ids", place),
            "sources": _by_id("sources by their ids", source),
            "partnerships": {
                "description": "partnerships, and extensions of partnerships in other files",
                "type": "array",
                # With anyOf an editor could not report what is wrong with a record.
                "items": {
                    "if": {"type": "object", "required": ["extends"]},
                    "then": extension,
                    "else": partnership,
                },
            },
            "totals": {"description": "official counts", "type": "array", "items": total},
        },
        "$defs": dict(sorted(definitions.items())),
    }


def _by_id(description: str, record: dict[str, Any]) -> dict[str, Any]:
    names = {"pattern": ID}
    return {
        "description": description,
        "type": "object",
        "propertyNames": names,
        "additionalProperties": record,
    }


def _keyed(record: type[Struct], definitions: dict[str, Any]) -> dict[str, Any]:
    """A reference to the definition of a record whose id is its key, and so not one of its fields."""
    return _ref(record, definitions, without=("id",))


def _ref(record: type[Struct], definitions: dict[str, Any], without: tuple[str, ...] = ()) -> dict[str, Any]:
    """A reference to the definition of a record, which is added to `definitions` if it is not in it."""
    name = record.__name__
    if name not in definitions:
        definitions[name] = {}  # reserved first, as its fields may refer to it
        fields = {key: field for key, field in fields_of(record).items() if key not in without}
        definitions[name] = {
            "description": (record.__doc__ or "").partition("\n")[0],
            "type": "object",
            "additionalProperties": False,
            "properties": {key: _field(field, definitions) for key, field in fields.items()},
            "required": [key for key, field in fields.items() if field.required],
        }
    return {"$ref": f"#/$defs/{name}"}


def _field(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    schema = _value(field, definitions)
    if field.description:
        schema = {"description": field.description, **schema}
    return schema


def _value(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema of the value of a field."""
    if field.record is not None:
        record = _ref(field.record, definitions)
        return {"type": "array", "items": record} if field.many else record
    if field.choices:
        return {"enum": list(field.choices)}
    schemas = [_type(kind) for kind in field.types]
    return schemas[0] if len(schemas) == 1 else {"anyOf": schemas}


def _type(kind: inspect.Type) -> dict[str, Any]:
    """The schema of a type that has no record in it and is not a vocabulary."""
    bare = without_metadata(kind)
    if isinstance(bare, inspect.StructType):
        return _PARSED[bare.cls]
    if isinstance(bare, inspect.IntType):
        return _WHOLE_NUMBER
    if isinstance(bare, inspect.BoolType):
        return _TRUTH
    if isinstance(bare, inspect.VarTupleType):
        return {"type": "array", "items": _type(bare.item_type)}
    if isinstance(bare, inspect.TupleType):
        count = len(bare.item_types)
        return {"type": "array", "items": _type(bare.item_types[0]), "minItems": count, "maxItems": count}
    if isinstance(bare, inspect.DictType):
        return {
            "type": "object",
            "minProperties": 1,
            "propertyNames": _type(bare.key_type),
            "additionalProperties": _type(bare.value_type),
        }
    return _text(kind)


def _text(kind: inspect.Type) -> dict[str, Any]:
    """The schema of text, which an editor may read as another type: `notes: 2020`."""
    texts: dict[str, Any] = {"type": ["string", "number", "boolean"]}
    if pattern := pattern_of(kind):
        texts["pattern"] = pattern
    if isinstance(kind, inspect.Metadata) and kind.extra and "numbers" in kind.extra:
        return _code(pattern, kind.extra["numbers"])
    bare = without_metadata(kind)
    if isinstance(bare, inspect.StrType) and bare.min_length:
        texts["minLength"] = bare.min_length
    return texts


def _code(pattern: str, numbers: tuple[int, int] | None) -> dict[str, Any]:
    """The schema of a code, some of which an editor reads as numbers: `gbt2260: 450500`."""
    text = {"type": "string", "pattern": pattern}
    if numbers is None:
        return text
    least, greatest = numbers
    return {"anyOf": [text, {"type": "integer", "minimum": least, "maximum": greatest}]}

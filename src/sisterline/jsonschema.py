"""The JSON Schema (2020-12) of data files, made from the model, for editors that check YAML while one types.

An editor's YAML server reads `1996` as a number and `true` as a boolean, where the loader reads texts: the
schema takes both. What JSON Schema cannot say (ids that exist, real calendar days) stays with `check`.
"""

from typing import Any, get_args, get_origin

from msgspec import Meta, Struct

from sisterline.dates import Date, Period
from sisterline.model import (
    Country,
    CountryCode,
    Extension,
    Id,
    Partnership,
    Place,
    Source,
    Total,
)
from sisterline.schema import Field, options, pattern_of, shape

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_DATE = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?[~?]?"
_YEAR = {"type": "integer", "minimum": 1, "maximum": 9999}
_SCALARS: dict[Any, dict[str, Any]] = {
    Date: {"anyOf": [{"type": "string", "pattern": f"^{_DATE}$"}, _YEAR]},
    Period: {
        "anyOf": [{"type": "string", "pattern": rf"^({_DATE}|({_DATE}|\.\.)/({_DATE}|\.\.))$"}, _YEAR],
    },
    int: {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": r"^\d+$"}]},
    bool: {"anyOf": [{"type": "boolean"}, {"enum": ["true", "false"]}]},
}


def json_schema() -> dict[str, Any]:
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
            "countries": {
                "description": "countries by their ISO 3166-1 codes",
                "type": "object",
                "propertyNames": {"pattern": pattern_of(CountryCode)},
                "additionalProperties": country,
            },
            "places": _by_id("places by their ids", place),
            "sources": _by_id("sources by their ids", source),
            "partnerships": {
                "description": "partnerships, and extensions of partnerships that stand in other files",
                "type": "array",
                # Not anyOf: an editor could not tell then what is wrong with a record.
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
    names = {"pattern": pattern_of(Id)}
    return {
        "description": description,
        "type": "object",
        "propertyNames": names,
        "additionalProperties": record,
    }


def _keyed(record: type[Struct], definitions: dict[str, Any]) -> dict[str, Any]:
    """A record whose id is its key, and so no field of it."""
    return _ref(record, definitions, left_out=("id",) if "id" in shape(record) else ())


def _ref(record: type[Struct], definitions: dict[str, Any], left_out: tuple[str, ...] = ()) -> dict[str, Any]:
    name = record.__name__
    if name not in definitions:
        definitions[name] = {}  # taken before its fields, which may name it again
        fields = {key: field for key, field in shape(record).items() if key not in left_out}
        definitions[name] = {
            "description": (record.__doc__ or "").partition("\n")[0],
            "type": "object",
            "additionalProperties": False,
            "properties": {key: _field(field, definitions) for key, field in fields.items()},
            "required": [key for key, field in fields.items() if field.required],
        }
    return {"$ref": f"#/$defs/{name}"}


def _field(field: Field, definitions: dict[str, Any]) -> dict[str, Any]:
    if field.record is not None:
        inner = _ref(field.record, definitions)
        shaped: dict[str, Any] = {"type": "array", "items": inner} if field.many else dict(inner)
    else:
        shapes = [_type(option) for option in options(field.type, bare=False)]
        shaped = shapes[0] if len(shapes) == 1 else {"anyOf": shapes}
    described = {"description": field.description} if field.description else {}
    return {**described, **shaped}


def _type(hint: Any) -> dict[str, Any]:
    """The schema of a type that holds no record."""
    bare = options(hint)[0]
    if isinstance(bare, type) and bare in _SCALARS:
        return _SCALARS[bare]
    origin, args = get_origin(bare), get_args(bare)
    if origin is tuple:
        shaped: dict[str, Any] = {"type": "array", "items": _type(args[0])}
        return shaped if args[-1] is Ellipsis else {**shaped, "minItems": len(args), "maxItems": len(args)}
    if origin is dict:
        return {
            "type": "object",
            "minProperties": 1,
            "propertyNames": _type(args[0]),
            "additionalProperties": _type(args[1]),
        }
    if origin is not None:  # Literal
        return {"enum": list(args)}
    # An editor's `notes: 2020` is a number, the loader's a text.
    texts: dict[str, Any] = {"type": ["string", "number", "boolean"]}
    if pattern := pattern_of(hint):
        texts["pattern"] = pattern
    for meta in (arg for arg in get_args(hint) if isinstance(arg, Meta)):
        texts |= {"minLength": meta.min_length} if meta.min_length else {}
    return texts
